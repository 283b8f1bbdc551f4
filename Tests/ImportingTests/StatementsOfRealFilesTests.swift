import Facts
import Inventory
import Testing

@testable import Importing

/// Statements that a reader of real files found to be wrong, each with the least file that shows it.
@Suite("What real files say, and nothing else")
struct StatementsOfRealFilesTests {
  private func model(_ attributes: String, id: String, name: String, body: String = "") -> String {
    """
    <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \(attributes)>
    <decision id="\(id)" name="\(name)"\(body)><decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number">
    <text>amount</text></inputExpression></input><output name="o" typeRef="string"/><rule><inputEntry><text>1</text></inputEntry>
    <outputEntry><text>"a"</text></outputEntry></rule></decisionTable></decision></definitions>
    """
  }

  @Test("the engine of a decision model is told by its extensions before the tool that drew it")
  func technology() {
    let exporter = "exporter=\"Camunda Modeler; version 5\""
    let camunda =
      "name=\"A\" namespace=\"urn:a\" xmlns:camunda=\"http://camunda.org/schema/1.0/dmn\""
    let kie = "name=\"B\" namespace=\"https://kiegroup.org/dmn/_1\""
    let documents = imported([
      "a.dmn": model(
        "\(camunda) \(exporter)", id: "a", name: "A1", body: " camunda:historyTimeToLive=\"3\""),
      "b.dmn": model(kie, id: "b", name: "B1"),
      "c.dmn": model("name=\"C\" namespace=\"urn:c\" \(exporter)", id: "c", name: "C1"),
    ])
    let found = documents.map { $0.fragment.systems.first?.technology.value }
    #expect(found == ["Camunda", "Drools", "Camunda Modeler"])
  }

  @Test("models of different names stay two, though one decision has the id or name of the other")
  func modelsApart() {
    let guid = "_0004a9c1-7d2e-4b1f-9c55-1b7f2a9d3e10"
    let copies = estate([
      "a.dmn": model("name=\"Tariffs\" namespace=\"urn:a\"", id: guid, name: "Tariff"),
      "b.dmn": model("name=\"Discounts\" namespace=\"urn:b\"", id: guid, name: "Discount"),
    ])
    #expect(copies.systems.map(\.name).sorted() == ["Discounts", "Tariffs"])
    let named = estate([
      "a.dmn": model("name=\"Dish\" namespace=\"urn:a\"", id: "dish", name: "Dish"),
      "b.dmn": model(
        "name=\"Restaurant\" namespace=\"urn:b\"", id: "dish", name: "Dish of the day"),
    ])
    #expect(named.systems.map(\.name).sorted() == ["Dish", "Restaurant"])
  }

  @Test("a case of Orchestrator is a workflow; folders of a list among tests prove no production")
  func orchestrator() throws {
    let list = """
      {"@odata.context": "https://cloud.example/odata/$metadata#Releases", "value": [
      {"Id": 1, "Key": "k1", "Name": "Claims", "ProcessKey": "Claims", "ProcessVersion": "1.0.0",
       "ProcessType": "CaseManagement", "OrganizationUnitFullyQualifiedName": "Finance/Production"}]}
      """
    let real = try #require(imported(["export/Releases.json": list]).first?.fragment.systems.first)
    #expect(real.kind.value == .workflow && real.status.value == .production)
    let shown = try #require(
      imported(["tests/fixtures/Releases.json": list]).first?.fragment.systems.first)
    #expect(!shown.status.isKnown)
  }

  @Test("a prompt template has one step, called as the template is")
  func prompt() throws {
    let text = """
      <GenAiPromptTemplate xmlns="http://soap.sforce.com/2006/04/metadata"><developerName>Greet</developerName>
      <masterLabel>Greet a guest</masterLabel><type>einstein_gpt__flex</type><templateVersions><content>Hello</content>
      <primaryModel>sfdc_ai__DefaultGPT4Omni</primaryModel><status>Published</status></templateVersions></GenAiPromptTemplate>
      """
    let document = try #require(imported(["Greet.genAiPromptTemplate-meta.xml": text]).first)
    #expect(document.fragment.steps.map(\.name) == ["Greet a guest"])
  }

  @Test("a file that was uploaded into ServiceNow is no system")
  func upload() throws {
    func source(_ method: String) -> String {
      """
      <record_update table="sys_data_source"><sys_data_source action="INSERT_OR_UPDATE"><name>Old users</name>
      <type>File</type><format>CSV</format><file_retrieval_method>\(method)</file_retrieval_method>
      <scp_server>files.example</scp_server><import_set_table_name>u_old</import_set_table_name>
      <sys_id>0123456789abcdef0123456789abcdef</sys_id></sys_data_source></record_update>
      """
    }
    let upload = try #require(imported(["a.xml": source("Attachment")]).first)
    #expect(upload.status == .notInventory && upload.fragment.isEmpty)
    #expect(upload.problems.contains { $0.message.contains("uploaded by hand") })
    let fetched = try #require(imported(["a.xml": source("SFTP")]).first)
    #expect(fetched.fragment.systems.map(\.name) == ["Old users"])
  }

  @Test("an agent that never asks a person says so; it is no place where people step in")
  func never() throws {
    let text = """
      {"type": "assistant", "config": {"name": "coder", "human_input_mode": "NEVER", "system_message": "Writes code",
       "llm_config": {"config_list": [{"model": "gpt-4o"}]}}}
      """
    let document = try #require(imported(["coder.json": text]).first)
    #expect(document.fragment.touchPoints.isEmpty)
    #expect(document.fragment.systems.first?.humanInvolvement.value == "none")
  }

  @Test("what is chosen from a list in n8n has the name that the list showed")
  func chosen() throws {
    let text = """
      {"name": "Orders", "nodes": [
      {"name": "Post", "type": "n8n-nodes-base.executeWorkflow", "typeVersion": 1.2, "position": [0, 0],
       "parameters": {"workflowId": {"__rl": true, "value": "k2Jd8sQzP0aLw9Xe", "mode": "list", "cachedResultName": "Post order"}}},
      {"name": "Card", "type": "n8n-nodes-base.trello", "typeVersion": 1, "position": [1, 0],
       "parameters": {"listId": {"__rl": true, "value": "66aa", "mode": "list", "cachedResultName": "To do"},
        "assignee": {"__rl": true, "value": "7", "mode": "list", "cachedResultName": "Ann"}}},
      {"name": "Same", "type": "n8n-nodes-base.noOp", "typeVersion": 1, "position": [2, 0], "parameters": {}},
      {"name": "Same", "type": "n8n-nodes-base.noOp", "typeVersion": 1, "position": [3, 0], "parameters": {}},
      {"name": "Same", "type": "n8n-nodes-base.noOp", "typeVersion": 1, "position": [4, 0], "parameters": {}}
      ], "connections": {}}
      """
    let document = try #require(imported(["w.json": text]).first)
    let connections = document.fragment.connections
    #expect(connections.first?.target == EntityReference(.system, "Post order"))
    #expect(connections.first?.evidence.first?.note == "its identifier is 'k2Jd8sQzP0aLw9Xe'")
    #expect(connections.last?.data == ["To do"])
    #expect(document.fragment.steps.count == 5)
    #expect(document.problems.map(\.severity) == [.low])
  }

  @Test(
    "a computed address that begins with a host has that host",
    arguments: [
      ("#['https://api.orders.example/v1/' ++ vars.id]", "api.orders.example"),
      ("https://api.orders.example/${path}", "api.orders.example"),
      ("#['https://' ++ vars.host ++ '/v1']", nil), ("https://api.${zone}.example/v1", nil),
      ("#[if (vars.test) 'https://a.example/x' else 'https://b.example/x']", nil),
    ])
  func computedAddress(_ address: String, _ host: String?) {
    #expect(Importing.host(inExpression: address) == host)
    let text = """
      <mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:http="http://www.mulesoft.org/schema/mule/http">
      <flow name="orders"><http:request method="GET" url="\(address)"/></flow></mule>
      """
    let targets = imported(["pom.xml": "<project/>", "src/main/mule/o.xml": text])
      .flatMap(\.fragment.connections).map(\.target.name)
    #expect(targets.contains("api.orders.example") == (host != nil))
  }

  @Test("a caught error leads to an error path, and an activity is a list of tasks, no system")
  func stateMachine() throws {
    let text = """
      {"StartAt": "Pay", "States": {
      "Pay": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:1:function:pay", "Next": "Count",
       "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Undo"}]},
      "Undo": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:1:function:undo", "End": true},
      "Count": {"Type": "Task", "Resource": "${ActivityArn}", "End": true}}}
      """
    let document = try #require(imported(["pay.asl.json": text]).first)
    let kinds = Dictionary(
      document.fragment.steps.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
    #expect(kinds == ["Pay": .call, "Undo": .errorHandling, "Count": .call])
    let activity = try #require(document.fragment.connections.last)
    #expect(
      activity.target == EntityReference(.data, "Activity of pay") && activity.channel == .queue)
    #expect(document.fragment.connections.contains { $0.target.name == "undo" })
  }

  @Test("a desktop flow finds its elements as the repository says that lies beside it")
  func controlRepository() throws {
    let id = "b1b933bf-5746-4c79-9b99-12da65958023"
    let script =
      "UIAutomation.PressButton.PressButton Button: appmask['Window \\u0027Ledger\\u0027']['Save']"
    let files = [
      "customizations.xml": """
      <ImportExportXml><Workflows><Workflow WorkflowId="{\(id.uppercased())}" Name="Booking"><Category>6</Category>
      <Definition>"\(script)"</Definition></Workflow></Workflows></ImportExportXml>
      """,
      "desktopflowbinaries/1/desktopflowbinary.xml": """
      <desktopflowbinary desktopflowbinaryid="1"><data mimetype="application/json">ControlRepository_1.json</data>
      <process><workflowid>\(id)</workflowid></process><type>ControlRepository</type></desktopflowbinary>
      """,
      "desktopflowbinaries/1/data/ControlRepository_1.json": """
      {"Version": 1, "Screens": [{"Name": "Window 'Ledger'", "Controls": [{"Name": "Save", "Selectors": [
      {"Elements": [{"Tag": "button", "Attributes": [{"Name": "Id", "Value": "save", "Ignore": false}]}]}]}]}]}
      """,
    ]
    for documents in [
      imported(files), imported(["s.zip": archive(files.map { ($0.key, Array($0.value.utf8)) })]),
    ] {
      let steps = documents.flatMap(\.fragment.steps)
      #expect(steps.map(\.selector) == ["button[Id=\"save\"]"])
      #expect(documents.allSatisfy { $0.status != .failed })
    }
  }

  @Test(
    "an element of Blue Prism is found by the attributes in use, a region by its picture or point")
  func elements() throws {
    let text = """
      <process name="Ledger" bpversion="6.10" type="object"><appdef><element name="Root"><id>r</id>
      <element name="Amount"><id>a</id><type>HTMLEdit</type><attributes>
      <attribute name="Path" inuse="True"><ProcessValue datatype="text" value="/HTML/BODY(1)/FORM(1)/INPUT(1)"/></attribute>
      <attribute name="ID" inuse="True"><ProcessValue datatype="text" value="amount"/></attribute>
      <attribute name="Value" inuse="True"><ProcessValue datatype="text" value="12"/></attribute>
      <attribute name="Title"><ProcessValue datatype="text" value="t"/></attribute></attributes></element>
      <region name="Logo"><id>g</id><attributes><attribute name="LocationMethod"><ProcessValue value="Image"/></attribute>
      </attributes></region></element></appdef>
      <stage stageid="1" name="Enter" type="Write"><step expr="[x]"><element id="A"/></step></stage>
      <stage stageid="2" name="Press" type="Navigate"><step><element id="g"/><action><id>Click</id></action></step></stage>
      </process>
      """
    let document = try #require(imported(["o.bpobject": text]).first)
    #expect(
      document.fragment.steps.map(\.selector) == [
        "<HTMLEdit Path='/HTML/BODY(1)/FORM(1)/INPUT(1)' ID='amount'/>", "image: Logo",
      ])
  }

  @Test("an empty file is nothing, and says so")
  func empty() throws {
    let document = try #require(imported(["META-INF/processes.xml": ""]).first)
    #expect(document.status == .notInventory && document.problems.map(\.severity) == [.low])
  }

  @Test("a connector of Integration Service leads to its application")
  func connector() throws {
    let settings =
      #"{"InstanceParameters": {"ConnectorKey": "uipath-openai-openai"}, "ConnectorName": "OpenAI", "Operation": "Create", "ObjectName": "chat"}"#
    let text = """
      <Activity x:Class="Ask" xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities"
       xmlns:isactr="http://schemas.uipath.com/workflow/integration-service-activities/isactr"
       xmlns:sap2010="http://schemas.microsoft.com/netfx/2010/xaml/activities/presentation"
       xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml">
      <Sequence DisplayName="Ask" sap2010:WorkflowViewState.IdRef="Sequence_1">
      <isactr:ConnectorActivity DisplayName="Generate" ConnectionId="c" Configuration="\(settings.replacing("\"", with: "&quot;"))"
       sap2010:WorkflowViewState.IdRef="ConnectorActivity_1"><isactr:ConnectorActivity.FieldObjects>
      <isactr:FieldObject Name="model" Type="FieldArgument"/></isactr:ConnectorActivity.FieldObjects></isactr:ConnectorActivity>
      </Sequence></Activity>
      """
    let project =
      #"{"name": "Asker", "main": "Ask.xaml", "dependencies": {}, "schemaVersion": "4.0", "projectVersion": "1.0.0"}"#
    let documents = imported(["project.json": project, "Ask.xaml": text])
    #expect(documents.flatMap(\.fragment.steps).map(\.name) == ["Ask", "Generate"])
    let found = documents.flatMap(\.fragment.connections)
    #expect(found.map(\.target) == [EntityReference(.application, "OpenAI")])
    #expect(found.first?.kind == .writes && found.first?.action == "Create chat")
  }

  @Test("a process calls a case of Camunda, and an operation of an interface that has no id")
  func processCalls() {
    let text = """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
       xmlns:tns="urn:t"><interface name="Counter" implementationRef="counter:Counter"><operation id="inc" name="Increase"/></interface>
      <process id="p" name="Claims"><serviceTask id="s" name="Count" operationRef="tns:inc"/>
      <callActivity id="c" name="Check" camunda:caseRef="claim-check"/></process></definitions>
      """
    #expect(
      Set(shown(imported(["p.bpmn": text]).flatMap(\.fragment.connections))) == [
        "Claims invokes application Counter by api: Increase",
        "Claims invokes system claim-check by internal: case",
      ])
  }

  @Test("an agent of Automation Anywhere is listed with the bots that it may run")
  func listedAgent() throws {
    let manifest = #"""
      {"files": [{"path": "Automation Anywhere\\Bots\\Claims\\Claims agent", "contentType": "application/vnd.aa.aiagent",
      "scannedDependencies": ["Automation Anywhere\\Bots\\Claims\\Find claim"], "manualDependencies": []}], "packages": []}
      """#
    let document = try #require(imported(["manifest.json": manifest]).first)
    #expect(document.status == .partial)
    let agent = try #require(document.fragment.systems.first)
    #expect(agent.name == "Claims agent" && agent.kind.value == .agent)
    #expect(
      shown(document.fragment.connections) == [
        "Claims agent invokes system Bots/Claims/Find claim by internal: dependency"
      ])
  }

  @Test("tasks of a crew say why they are read in part only")
  func tasks() throws {
    let documents = imported([
      "config/agents.yaml": "writer:\n  role: R\n  goal: G\n  backstory: B\n",
      "config/tasks.yaml": "write:\n  description: D\n  expected_output: O\n  agent: writer\n",
    ])
    let document = try #require(documents.first { $0.path == "config/tasks.yaml" })
    #expect(document.status == .partial && document.problems.map(\.severity) == [.info])
  }
}
