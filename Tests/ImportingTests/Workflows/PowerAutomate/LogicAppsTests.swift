import Facts
import Inventory
import Testing

@Suite("Logic Apps, templates and clippings")
struct LogicAppsTests {
  private static let schema =
    "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"

  private func definition(_ actions: String) -> String {
    """
    {"$schema": "\(Self.schema)", "contentVersion": "1.0.0.0", "triggers": {}, "actions": {\(actions)}}
    """
  }

  @Test("every workflow of a template is one of its own, named by parameter, with its connectors")
  func template() throws {
    let mail = """
      "Tell": {"type": "apiconnection", "inputs": {"method": "post", "path": "/v2/Mail",
      "host": {"connection": {"name": "@parameters('$connections')['office365']['connectionId']"}}}}
      """
    let template = """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      "parameters": {"flow": {"type": "string", "defaultValue": "Notify-Desk"}},
      "resources": [
        {"type": "Microsoft.Web/connections", "name": "office365"},
        {"type": "Microsoft.Logic/workflows", "name": "[parameters('flow')]",
         "identity": {"type": "SystemAssigned"},
         "properties": {"state": "Enabled", "definition": \(definition(mail)),
         "parameters": {"$connections": {"value": {"office365":
         {"id": "[concat(subscription().id, '/providers/Microsoft.Web/locations/x/managedApis/office365')]"}}}}}},
        {"type": "Microsoft.Resources/deployments", "name": "inner", "properties": {"template":
         {"resources": [{"type": "Microsoft.Logic/workflows", "name": "Second",
         "properties": {"state": "Disabled", "definition": \(definition("\"a\": {\"type\": \"Compose\"}"))}}]}}}
      ]}
      """
    let documents = imported(["azuredeploy.json": template])
    #expect(documents.map(\.format) == ["power-automate"])
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["Notify-Desk", "Second"])
    #expect(estate.systems.map(\.status.value) == [.production, .disabled])
    #expect(estate.systems.map(\.technology.value) == ["Azure Logic Apps", "Azure Logic Apps"])
    #expect(
      shown(estate.connections) == [
        "Notify-Desk writes application Office 365 Outlook by mail: POST"
      ])
    #expect(estate.permissions.map(\.name) == ["managed identity: SystemAssigned"])
    #expect(estate.steps.map(\.id) == ["Tell", "a"])
  }

  @Test("Logic Apps Standard names providers, connections beside it, functions and child workflows")
  func standard() {
    let actions = """
      "Read": {"type": "ServiceProvider", "inputs": {"parameters": {}, "serviceProviderConfiguration":
        {"connectionName": "sql", "operationId": "executeQuery", "serviceProviderId": "/serviceProviders/sql"}}},
      "Post": {"type": "ApiConnection", "inputs": {"method": "post", "path": "/x",
        "host": {"connection": {"referenceName": "chat"}}}},
      "Rate": {"type": "Function", "inputs": {"function": {"id":
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/rating-app/functions/Rate"}}},
      "Child": {"type": "Workflow", "inputs": {"host": {"workflow": {"id": "Archive"}}}},
      "Hook": {"type": "HttpWebhook", "inputs": {"subscribe": {"method": "POST", "uri": "https://h.example.com/s"}}},
      "Think": {"type": "Agent", "inputs": {"parameters": {"deploymentId": "gpt-4o"}},
        "tools": {"look": {"actions": {"Inner": {"type": "Compose"}}}}}
      """
    let estate = estate([
      "app/Orders/workflow.json":
        "{\"definition\": \(definition(actions)), \"kind\": \"Stateful\"}",
      "app/connections.json": """
      {"managedApiConnections": {"chat": {"api": {"id": "/x/managedApis/teams"}}}}
      """,
    ])
    #expect(estate.systems.map(\.name) == ["Orders"])
    #expect(estate.systems.first?.models == ["gpt-4o"])
    #expect(
      Set(shown(estate.connections)) == [
        "Orders invokes application SQL Server by api: executeQuery",
        "Orders invokes system Archive by internal: Workflow",
        "Orders invokes application rating-app by api: Rate",
        "Orders writes application h.example.com by api: POST",
        "Orders invokes application Azure OpenAI by api: Agent",
        "Orders writes application Microsoft Teams by api: POST",
      ])
    #expect(
      estate.steps.map(\.id).sorted() == [
        "Child", "Hook", "Inner", "Post", "Rate", "Read", "Think",
      ])
  }

  @Test("one action from the designer is a step of a flow of which nothing else is known")
  func clipping() throws {
    let action = """
      {"type": "OpenApiConnection", "inputs": {"parameters": {"table": "Cases"}, "host":
      {"apiId": "/providers/Microsoft.PowerApps/apis/shared_sql", "connectionName": "shared_sql",
      "operationId": "GetItems_V2"}}, "runAfter": {}}
      """
    let document = try #require(imported(["Get rows.json": action]).first)
    #expect(document.status == .partial)
    #expect(document.fragment.steps.map(\.id) == ["Get rows"])
    #expect(
      shown(document.fragment.connections) == [
        "Get rows reads application SQL Server by api: GetItems_V2"
      ])
    #expect(document.problems.count == 1)
  }

  @Test("templates without workflows, and other JSON of the kind, are left to others")
  func others() {
    let documents = imported([
      "vm.json":
        "{\"resources\": [{\"type\": \"Microsoft.Compute/virtualMachines\", \"name\": \"v\"}]}",
      "x.json": "{\"triggers\": {}, \"actions\": {\"a\": {\"type\": \"run\"}}}",
      "y.json": "{\"resources\": 7, \"value\": [1, {\"definition\": 3}]}",
    ])
    #expect(documents.allSatisfy { $0.format == nil && $0.status == .notInventory })
  }
}
