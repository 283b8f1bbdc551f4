import Facts
import Inventory
import Testing

@testable import Importing

/// References from files of one product to files of another, in one estate.
@Suite("One estate out of many files")
struct EstateAcrossFilesTests {
  private func bpmn(_ content: String) -> String {
    """
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
      <bpmn:process id="loan" name="Loan" isExecutable="true">\(content)</bpmn:process>
    </bpmn:definitions>
    """
  }

  private let dmn = """
    <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="Loan rules">
      <decision id="credit_score" name="Credit score"><decisionTable>
        <input><inputExpression><text>income</text></inputExpression></input><output name="score"/>
        <rule><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
      </decisionTable></decision>
    </definitions>
    """

  @Test("a task of a process meets the decision it asks, by the decision's id")
  func decision() {
    let estate = estate([
      "p/loan.bpmn": bpmn(
        """
        <bpmn:businessRuleTask id="t" name="Score"><bpmn:extensionElements>
        <zeebe:calledDecision decisionId="credit_score"/></bpmn:extensionElements>
        </bpmn:businessRuleTask>
        """), "rules/score.dmn": dmn,
    ])
    #expect(shown(estate.connections) == ["Loan invokes system Loan rules by internal: decide"])
    #expect(estate.ghosts.isEmpty)
  }

  @Test("an integration flow meets the agent it calls, by the agent's address")
  func agentByAddress() {
    let mule = """
      <mule xmlns="http://www.mulesoft.org/schema/mule/core"
        xmlns:a2a="http://www.mulesoft.org/schema/mule/a2a">
        <a2a:client-config name="Stock">
          <a2a:client-connection serverUrl="https://agents.example.com/stock"/></a2a:client-config>
        <flow name="order"><a2a:send-message config-ref="Stock"/></flow>
      </mule>
      """
    let card = """
      {"name": "Stock Agent", "url": "https://agents.example.com/stock", "capabilities": {},
       "protocolVersion": "0.3.0", "skills": [{"id": "find", "name": "Find"}]}
      """
    let estate = estate(["m/src/main/mule/order.xml": mule, "cards/stock.json": card])
    #expect(estate.connections.map(\.target.name) == ["Stock Agent"])
    #expect(estate.ghosts.isEmpty)
  }

  @Test("a client meets the tool server of the registry, by the package it starts")
  func toolServer() {
    let client = """
      {"mcpServers": {"notes": {"command": "npx", "args": ["-y", "@example/notes"]}}}
      """
    let server = """
      {"$schema": "https://static.modelcontextprotocol.io/schemas/2025-09-29/server.schema.json",
       "name": "io.example/notes", "description": "Keeps notes", "version": "1.0.0",
       "packages": [{"registryType": "npm", "identifier": "@example/notes", "version": "1.0.0",
         "transport": {"type": "stdio"}}]}
      """
    let estate = estate(["desk/.mcp.json": client, "registry/server.json": server])
    #expect(estate.systems.count == 1)
    #expect(estate.systems.first?.purpose.value == "Keeps notes")
    #expect(estate.connections.count == 1)
    #expect(estate.ghosts.isEmpty)
  }

  @Test("an agent meets the flow that does its action, by the flow's API name")
  func flowOfAgent() {
    func metadata(_ root: String, _ content: String) -> String {
      "<\(root) xmlns=\"http://soap.sforce.com/2006/04/metadata\">\(content)</\(root)>"
    }
    let estate = estate([
      "p/genAiPlannerBundles/Desk/Desk.genAiPlannerBundle": metadata(
        "GenAiPlannerBundle",
        """
        <masterLabel>Desk Agent</masterLabel><localTopics><developerName>Orders</developerName>
        <masterLabel>Orders</masterLabel>
        <localActionLinks><functionName>Find</functionName></localActionLinks>
        <localActions><developerName>Find</developerName><invocationTarget>Find_Order</invocationTarget>
        <invocationTargetType>flow</invocationTargetType></localActions></localTopics>
        """),
      "p/flows/Find_Order.flow-meta.xml": metadata(
        "Flow",
        """
        <label>Find the order</label><processType>AutoLaunchedFlow</processType><status>Active</status>
        <recordLookups><name>Get</name><label>Get</label><object>Order</object></recordLookups>
        """),
    ])
    #expect(estate.ghosts.isEmpty)
    let agent = estate.system(named: "Desk Agent")?.name
    #expect(
      estate.connections.contains {
        $0.source.name == agent && $0.target.name == estate.system(named: "Find_Order")?.name
      })
  }

  @Test("one application has one node, whatever the product that names it")
  func applications() {
    let flow = """
      {"properties": {"displayName": "Orders", "definition": {"$schema": "x/workflowdefinition.json#",
       "triggers": {}, "actions": {
         "Get": {"type": "OpenApiConnection", "inputs": {"host": {
           "apiId": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline",
           "operationId": "GetItems", "connectionName": "c"}}},
         "Page": {"type": "Http", "inputs": {"method": "GET",
           "uri": "https://contoso.sharepoint.com/sites/a"}}}}}}
      """
    let robot = uiPathWorkflow(
      """
      <o:GetItems xmlns:o="clr-namespace:UiPath.MicrosoftOffice365.Activities.Sharepoint;assembly=UiPath.MicrosoftOffice365.Activities"
        DisplayName="Get items" />
      """)
    let estate = estate([
      "flow/definition.json": flow, "robot/project.json": uiPathManifest("\"a\": 1"),
      "robot/Main.xaml": robot,
    ])
    let targets = Set(
      estate.connections.filter { $0.target.kind == .application }.map(\.target.name))
    #expect(targets == ["SharePoint"])
    #expect(Set(estate.connections.map(\.source.name)).count == 2)
  }
}
