import Facts
import Importing
import Inventory
import Testing

/// A flow as an exported package has it; `properties` are added to the file's own.
private func flow(
  triggers: String = "", actions: String = "", properties: String = "\"displayName\": \"Orders\","
) -> String {
  """
  {"name": "57c30a17-cf98-4f05-8e1c-5892b16715eb", "properties": {\(properties)
  "connectionReferences": {"shared_sql": {"api": {"name": "shared_sql"}}},
  "definition": {
  "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
  "triggers": {\(triggers)},
  "actions": {\(actions)}
  }}}
  """
}

/// An action of a connector.
private func action(_ name: String, _ connector: String, _ operation: String, _ extra: String = "")
  -> String
{
  """
  "\(name)": {"type": "OpenApiConnection", "inputs": {"host": {
  "apiId": "/providers/Microsoft.PowerApps/apis/shared_\(connector)", "operationId": "\(operation)"
  }\(extra.isEmpty ? "" : ", \(extra)")}}
  """
}

@Suite("Power Automate flows")
struct PowerAutomateTests {
  private func connections(_ actions: String) -> [String] {
    shown(estate(["definition.json": flow(actions: actions)]).connections)
  }

  @Test("a definition becomes a workflow with its name and GUID")
  func system() throws {
    let document = try #require(imported(["x/definition.json": flow()]).first)
    let system = try #require(document.fragment.systems.first)
    #expect(document.format == "power-automate")
    #expect(document.status == .imported)
    #expect(system.name == "Orders")
    #expect(system.kind.value == .workflow)
    #expect(system.technology.value == "Power Automate")
    #expect(system.aliases == ["57c30a17-cf98-4f05-8e1c-5892b16715eb"])
  }

  @Test("a bare definition is a flow of Azure Logic Apps, named after its folder")
  func logicApp() throws {
    let text = """
      {"definition": {"$schema": "https://x/workflowdefinition.json#", "triggers": {}, "actions": {}},
      "kind": "Stateful"}
      """
    let system = try #require(
      imported(["apps/dunning/workflow.json": text]).first?.fragment.systems.first)
    #expect(system.name == "dunning")
    #expect(system.technology.value == "Azure Logic Apps")
    #expect(system.sources.first?.provenance == .inferred)
  }

  @Test("in an agent's folder the folder has name and identifier, and the agent's call leads there")
  func folderOfAgent() {
    let identifier = "4f0c1f56-2a1b-4d59-9b2f-0c7d1f5a9e11"
    let estate = estate([
      "desk/workflows/TellTheDesk-\(identifier)/workflow.json": flow(
        actions: action("a", "advancedapprovals", "CreateAnApproval"), properties: "")
    ])
    #expect(estate.systems.map(\.name) == ["TellTheDesk"])
    #expect(estate.systems.first?.aliases.contains(identifier) == true)
    #expect(estate.applications.map(\.name) == ["Approvals"])
  }

  @Test("connectors become applications, and operations tell whether they read or write")
  func connectors() {
    let actions = [
      action("a", "sharepointonline", "GetItems", "\"parameters\": {\"table\": \"Invoices\"}"),
      action("b", "office365", "SendEmailV2"),
      action(
        "c", "sharepointonline", "HttpRequest", "\"parameters\": {\"parameters/method\": \"PATCH\"}"
      ),
      action("d", "ledger-5f04d5eb22c34423fb-5f448e0b83a75acf03", "Post"),
      action("e", "office365users", "MyProfile_V2"),
    ].joined(separator: ",\n")
    #expect(
      connections(actions) == [
        "Orders writes application ledger by api: Post",
        "Orders writes application Office 365 Outlook by mail: SendEmailV2",
        "Orders invokes application Office 365 Users by api: MyProfile_V2",
        "Orders reads application SharePoint by api: GetItems",
        "Orders writes application SharePoint by api: HttpRequest",
      ])
    let estate = estate(["definition.json": flow(actions: actions)])
    #expect(estate.connections.first { $0.action == "GetItems" }?.data == ["Invoices"])
    #expect(
      estate.applications.first { $0.name == "ledger" }?.aliases
        == ["shared_ledger-5f04d5eb22c34423fb-5f448e0b83a75acf03"])
  }

  @Test("older packages name the connector by its address, newer ones by a reference")
  func otherHosts() {
    let older = """
      "a": {"type": "ApiConnection", "metadata": {"flowSystemMetadata": {"swaggerOperationId": "GetFileItem"}},
      "inputs": {"host": {"api": {"runtimeUrl": "https://x.azure-apim.net/apim/sharepointonline"}}}},
      "b": {"type": "OpenApiConnection", "inputs": {"host": {"apiId": "", "connectionName": "shared_sql",
      "operationId": "GetRows_V2"}}}
      """
    #expect(
      connections(older) == [
        "Orders reads application SharePoint by api: GetFileItem",
        "Orders reads application SQL Server by api: GetRows_V2",
      ])
  }

  @Test("requests lead to their host; an address that is an expression is noted")
  func requests() {
    let literal = """
      "a": {"type": "Http", "inputs": {"method": "POST", "uri": "https://api.rates.example.com/v1"}},
      "b": {"type": "Http", "inputs": {"method": "GET", "uri": "https://graph.microsoft.com/v1.0/me"}}
      """
    #expect(
      connections(literal) == [
        "Orders writes application api.rates.example.com by api: POST",
        "Orders reads application Microsoft Graph by api: GET",
      ])
    expectProblems(
      "definition.json",
      flow(actions: "1️⃣\"a\": {\"type\": \"Http\", \"inputs\": {\"uri\": \"@{variables('x')}\"}}"),
      [(.low, "the address of the request is an expression")])
  }

  @Test("actions inside conditions, loops, scopes and switches are found, and so are they")
  func nesting() {
    let actions = """
      "If": {"type": "If", "actions": {"a": {"type": "Compose"}}, "else": {"actions": {"b": {"type": "Compose"}}}},
      "Each": {"type": "Foreach", "actions": {"c": {"type": "Compose"}}},
      "Loop": {"type": "Until", "limit": {"timeout": "PT1H30M"}, "actions": {"d": {"type": "Wait"}}},
      "Switch": {"type": "Switch", "cases": {"x": {"actions": {"e": {"type": "Compose"}}}},
      "default": {"actions": {"f": {"type": "Terminate", "inputs": {"runStatus": "Failed"}}}}},
      "Catch": {"type": "Scope", "runAfter": {"Each": ["Failed", "TimedOut"]}, "actions": {}},
      "Finally": {"type": "Scope", "runAfter": {"Each": ["Succeeded", "Failed"]}, "actions": {}}
      """
    let steps = estate(["definition.json": flow(actions: actions)]).steps
    #expect(
      steps.map { "\($0.kind.rawValue) \($0.id)" } == [
        "decision If", "action a", "action b", "group Each", "action c", "group Loop", "wait d",
        "decision Switch", "action e", "error-handling f", "error-handling Catch", "group Finally",
      ])
    #expect(steps.first { $0.id == "Loop" }?.timeout == TimeSpan(microseconds: 5_400_000_000))
  }

  @Test("retry policies state retries; none is zero, and no policy is unknown")
  func retries() {
    let actions = [
      action("a", "sql", "GetRows_V2", "\"retryPolicy\": {\"type\": \"fixed\", \"count\": 3}"),
      action("b", "sql", "GetRows_V2", "\"retryPolicy\": {\"type\": \"none\"}"),
      action("c", "sql", "GetRows_V2"),
    ].joined(separator: ",")
    #expect(
      estate(["definition.json": flow(actions: actions)]).steps.map(\.retries) == [3, 0, nil])
  }

  @Test(
    "approvals and cards that wait are people; a group's mailbox is the team, a person's is not")
  func people() {
    func parameters(_ address: String) -> String {
      "\"parameters\": {\"WebhookApprovalCreationInput/assignedTo\": \"\(address)\"}"
    }
    let actions = [
      action("a", "approvals", "StartAndWaitForAnApproval", parameters("credit@bank.example;")),
      action("b", "approvals", "StartAndWaitForAnApproval", parameters("first.last@bank.example")),
      action("c", "approvals", "StartAndWaitForAnApproval", parameters("@{triggerBody()['who']}")),
      action("d", "approvals", "CreateAnApproval"),
      action("e", "teams", "PostCardAndWaitForResponse"),
    ].joined(separator: ",")
    let estate = estate(["definition.json": flow(actions: actions)])
    #expect(estate.touchPoints.map(\.step) == ["a", "b", "c", "e"])
    #expect(estate.touchPoints.map(\.kind) == [.approval, .approval, .approval, .form])
    #expect(estate.touchPoints.map(\.team) == ["credit@bank.example", nil, nil, nil])
    #expect(estate.steps.map(\.kind) == [.human, .human, .human, .action, .human])
  }

  @Test("child flows and desktop flows are called by their GUIDs, which resolve to their names")
  func calls() {
    let child = "35324e67-f449-5cb4-af5a-ce0ff46f4318"
    let actions = """
      "a": {"type": "Workflow", "inputs": {"host": {"workflowReferenceName": "\(child)"}}},
      \(action("b", "uiflow", "RunUIFlow_V2", "\"parameters\": {\"uiFlowId\": \"\(child.uppercased())\"}")),
      \(action("c", "uiflow", "RunUIFlow_V2", "\"parameters\": {\"uiFlowId\": \"@variables('x')\"}"))
      """
    let other = flow(properties: "\"displayName\": \"Entry\",").replacing(
      "57c30a17-cf98-4f05-8e1c-5892b16715eb", with: child)
    let estate = estate(["a.json": flow(actions: actions), "b.json": other])
    #expect(
      shown(estate.connections) == [
        "Orders invokes system Entry by internal: RunUIFlow_V2",
        "Orders invokes system Entry by internal: Workflow",
      ])
    #expect(estate.steps.map(\.kind) == [.call, .call, .call])
    #expect(estate.ghosts.isEmpty)
  }

  @Test(
    "triggers",
    arguments: [
      ("{\"type\": \"Request\", \"kind\": \"Button\"}", Trigger.Kind.manual, "Button"),
      ("{\"type\": \"Request\", \"kind\": \"Http\"}", .call, "Http"),
      (
        "{\"type\": \"Recurrence\", \"recurrence\": {\"frequency\": \"Week\", \"interval\": 2, \"schedule\": {\"weekDays\": [\"Monday\", \"Friday\"], \"hours\": [\"6\"]}}}",
        .schedule, "every 2 Week on Monday, Friday at hour 6"
      ),
      (
        "{\"type\": \"OpenApiConnectionWebhook\", \"inputs\": {\"host\": {\"apiId\": \"/apis/shared_sharepointonline\", \"operationId\": \"GetOnNewItems\"}}}",
        .event, "T"
      ),
    ] as [(String, Trigger.Kind, String)])
  func triggers(trigger: String, kind: Trigger.Kind, expression: String) {
    let estate = estate(["definition.json": flow(triggers: "\"T\": \(trigger)")])
    #expect(estate.triggers.map(\.kind) == [kind])
    #expect(estate.triggers.map(\.expression) == [expression])
    #expect(
      shown(estate.connections)
        == (kind == .event
          ? ["SharePoint triggers system Orders by api: GetOnNewItems"] : []))
  }

  @Test(
    "a schedule tells how often the flow runs",
    arguments: [
      ("\"frequency\": \"Minute\", \"interval\": 15", 4, .hour),
      (
        "\"frequency\": \"Day\", \"interval\": 1, \"schedule\": {\"hours\": [6, 18], \"minutes\": [0]}",
        2, .day
      ),
      (
        "\"frequency\": \"Week\", \"interval\": 2, \"schedule\": {\"weekDays\": [\"Monday\", \"Friday\"]}",
        1, .week
      ),
      ("\"frequency\": \"Month\"", 1, .month),
    ] as [(String, Double, Frequency.Period)])
  func volume(recurrence: String, count: Double, period: Frequency.Period) {
    let trigger = "\"T\": {\"type\": \"Recurrence\", \"recurrence\": {\(recurrence)}}"
    let system = estate(["definition.json": flow(triggers: trigger)]).systems.first
    #expect(system?.volume.value == Frequency(count: count, per: period))
    #expect(system?.volume.winner?.evidence.provenance == .inferred)
  }

  // MARK: Packages and solutions

  private let manifest = """
    {"schema": "1.0", "details": {"displayName": "P", "description": "Books orders", "creator": "A. Maker"},
    "resources": {
    "ff241a62-834c-430c-b3f3-b9612e3125ab": {"type": "Microsoft.Flow/flows", "details": {"displayName": "Book orders"}},
    "60b0752d-e66b-4fde-a63c-7acebdb034ef": {"type": "Microsoft.PowerApps/apis", "name": "shared_ledger-5f04d5eb22c34423fb",
    "details": {"displayName": "Ledger Service"}}
    }}
    """

  @Test("a package's manifest gives purpose, creator, GUID and names of connectors")
  func package() throws {
    let estate = estate([
      "manifest.json": manifest,
      "Microsoft.Flow/flows/manifest.json": "{\"packageSchemaVersion\":\"1.0\",\"flowAssets\":{}}",
      "Microsoft.Flow/flows/ff241a62-834c-430c-b3f3-b9612e3125ab/definition.json": flow(
        actions: action("a", "ledger-5f04d5eb22c34423fb", "GetEntry"),
        properties: "\"displayName\": \"\","),
      "Microsoft.Flow/flows/ff241a62-834c-430c-b3f3-b9612e3125ab/connectionsMap.json":
        "{\"shared_sql\":\"27a0a940-4f35-490c-b02d-91954a505862\"}",
    ])
    let system = try #require(estate.systems.first)
    #expect(estate.systems.count == 1)
    #expect(system.name == "Book orders")
    #expect(system.purpose.value == "Books orders")
    #expect(system.creator.value == "A. Maker")
    #expect(system.owner.isKnown == false)
    #expect(system.aliases.contains("ff241a62-834c-430c-b3f3-b9612e3125ab"))
    #expect(estate.applications.map(\.name) == ["Ledger Service"])
  }

  @Test("a manifest whose definition is missing says so at its place")
  func missingDefinition() {
    expectProblems(
      "manifest.json",
      manifest.replacing("\"ff241a62", with: "1️⃣\"ff241a62"),
      [(.medium, "has no definition among the files")])
  }

  private let customizations = """
    <ImportExportXml><Workflows>
    <Workflow WorkflowId="{2578e499-0be1-ec11-bb3c-000d3a233a82}" Name="Grant access">
    <JsonFileName>/Workflows/Grantaccess-2578E499-0BE1-EC11-BB3C-000D3A233A82.json</JsonFileName>
    <Category>5</Category><StateCode>0</StateCode></Workflow>
    <Workflow WorkflowId="{11111111-0be1-ec11-bb3c-000d3a233a82}" Name="Type it in"><Category>6</Category>
    <Dependencies>{"childFlows":["22222222-0be1-ec11-bb3c-000d3a233a82"]}</Dependencies></Workflow>
    <Workflow WorkflowId="{22222222-0be1-ec11-bb3c-000d3a233a82}" Name="Log in"><Category>6</Category></Workflow>
    <Workflow WorkflowId="{33333333-0be1-ec11-bb3c-000d3a233a82}" Name="Old"><Category>0</Category></Workflow>
    </Workflows></ImportExportXml>
    """

  private let solution = """
    <ImportExportXml><SolutionManifest><UniqueName>s</UniqueName><Version>1.0.0.4</Version>
    <Publisher><UniqueName>p</UniqueName><LocalizedNames><LocalizedName description="Workplace Team"/>
    </LocalizedNames></Publisher></SolutionManifest></ImportExportXml>
    """

  @Test("the publisher that every environment has says nothing")
  func defaultPublisher() throws {
    let plain = solution.replacing("Workplace Team", with: "CDS Default Publisher")
    let bytes = archive(["solution.xml": plain, "customizations.xml": customizations])
    let systems = Estate(merging: imported(["s.zip": bytes])).systems
    #expect(!systems.isEmpty && systems.allSatisfy { !$0.creator.isKnown })
  }

  @Test(
    "a solution gives names, state, version and who published it; its desktop flows are robots in part"
  )
  func solutionExport() throws {
    let bytes = archive([
      "solution.xml": solution, "customizations.xml": customizations,
      "[Content_Types].xml": "<Types/>",
      "Workflows/Grantaccess-2578E499-0BE1-EC11-BB3C-000D3A233A82.json": flow(properties: ""),
    ])
    let documents = imported(["s.zip": bytes])
    #expect(
      documents.map { "\($0.path) \($0.status.rawValue)" } == [
        "s.zip imported",
        "s.zip!/Workflows/Grantaccess-2578E499-0BE1-EC11-BB3C-000D3A233A82.json imported",
        "s.zip!/[Content_Types].xml not_inventory", "s.zip!/customizations.xml partial",
        "s.zip!/solution.xml imported",
      ])
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["Grant access", "Log in", "Type it in"])
    let flow = try #require(estate.systems.first)
    #expect(flow.status.value == .disabled)
    #expect(flow.version.value == "1.0.0.4")
    #expect(flow.creator.value == "Workplace Team")
    #expect(flow.creator.winner?.evidence.note == "publisher")
    #expect(flow.aliases.contains("2578e499-0be1-ec11-bb3c-000d3a233a82"))
    #expect(estate.systems.last?.technology.value == "Power Automate Desktop")
    #expect(shown(estate.connections) == ["Type it in invokes system Log in by internal: RunFlow"])
  }

  @Test("a solution whose definition is missing says so, and one without flows is not_inventory")
  func solutionWithoutFlows() {
    let alone = imported(["customizations.xml": customizations, "solution.xml": solution])
    #expect(alone.first?.problems.map(\.severity) == [.medium])
    let none = imported([
      "customizations.xml":
        "<ImportExportXml><Workflows><Workflow Name=\"x\"><Category>0</Category></Workflow></Workflows></ImportExportXml>",
      "solution.xml": solution,
    ])
    #expect(none.map(\.status) == [.notInventory, .notInventory])
  }
}
