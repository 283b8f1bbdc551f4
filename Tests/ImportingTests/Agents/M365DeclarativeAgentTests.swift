import Facts
import Importing
import Inventory
import Testing

@Suite("Microsoft 365 declarative agents")
struct M365DeclarativeAgentTests {
  private let manifest = """
    {"$schema": "https://developer.microsoft.com/json-schemas/teams/v1.21/MicrosoftTeams.schema.json",
    "manifestVersion": "1.21", "version": "1.0.2", "id": "9a7d", "icons": {}, "permissions": ["identity"],
    "developer": {"name": "Example Labs"}, "name": {"short": "Sales Help${{SUFFIX}}", "full": "Full name for x"},
    "copilotAgents": {"declarativeAgents": [{"id": "a", "file": "declarativeAgent.json"}]}}
    """
  private let agent = """
    {"$schema": "https://developer.microsoft.com/json-schemas/copilot/declarative-agent/v1.4/schema.json",
    "version": "v1.4", "name": "[[agentName]]", "description": "Helps sales", "instructions": "x",
    "capabilities": [{"name": "WebSearch", "sites": [{"url": "https://learn.microsoft.com/x"}]},
    {"name": "OneDriveAndSharePoint", "items_by_url": [{"url": "https://c.sharepoint.com/sites/Sales/Price%20lists"}]},
    {"name": "Email"}, {"name": "CodeInterpreter"}, {"name": "GraphConnectors", "connections": [{"connection_id": "tickets"}]}],
    "actions": [{"id": "a1", "file": "plugins/ai-plugin.json"}], "worker_agents": [{"id": "Legal Helper"}],
    "behavior_overrides": {"special_instructions": {"discourage_model_knowledge": true}}}
    """
  private let plugin = """
    {"schema_version": "v2.2", "name_for_human": "Orders", "namespace": "orders",
    "functions": [{"name": "getOrder", "description": "Gets"},
    {"name": "cancelOrder", "capabilities": {"confirmation": {"type": "AdaptiveCard", "title": "Cancel it?"}}}],
    "runtimes": [{"type": "OpenApi", "auth": {"type": "OAuthPluginVault", "reference_id": "${{ORDERS_LOGIN}}"},
    "spec": {"url": "api/openapi.yaml"}, "run_for_functions": ["getOrder", "cancelOrder"]}]}
    """

  @Test("a package: the agent with what it reads, its plugin's functions, and who made it")
  func package() throws {
    let documents = imported([
      "p/manifest.json": manifest, "p/declarativeAgent.json": agent,
      "p/plugins/ai-plugin.json": plugin,
    ])
    #expect(documents.allSatisfy { $0.format == "m365-declarative-agent" })
    #expect(documents.allSatisfy { $0.status == .imported }, "\(documents.flatMap(\.problems))")
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["Sales Help"])
    let system = try #require(estate.systems.first)
    #expect(system.kind.value == .agent)
    #expect(system.purpose.value == "Helps sales")
    #expect(system.version.value == "1.0.2")
    #expect(system.creator.value == "Example Labs")
    #expect(system.aliases.contains("9a7d") && !system.aliases.contains("Full name for x"))
    let read = try #require(documents.first { $0.path == "p/declarativeAgent.json" }).fragment
    #expect(
      shown(read.connections) == [
        "Sales Help reads application Microsoft Learn by api: web search",
        "Sales Help reads application SharePoint by api: files",
        "Sales Help reads application Office 365 Outlook by mail: mail",
        "Sales Help reads application Copilot connector tickets by api: Copilot connector",
        "Sales Help invokes application Orders by api: getOrder",
        "Sales Help invokes application Orders by api: cancelOrder",
        "Sales Help invokes system Legal Helper by internal: worker agent",
      ])
    #expect(read.connections[1].data == ["Price lists"])
    #expect(
      read.permissions.map(\.name) == ["read all mail of its user", "run code (hosted sandbox)"])
    #expect(read.guardrails.map(\.name) == ["answers from its own sources only"])
    #expect(read.credentials.map(\.name) == ["ORDERS_LOGIN"])
    let tools = try #require(documents.first { $0.path.hasSuffix("ai-plugin.json") }).fragment
    #expect(tools.steps.map(\.id) == ["getOrder", "cancelOrder"])
    #expect(tools.touchPoints.map(\.step) == ["cancelOrder"])
    #expect(tools.applications.map(\.name) == ["Orders"])
  }

  @Test("the description that a toolkit puts into every new agent is no purpose")
  func template() {
    let documents = imported([
      "p/manifest.json": manifest,
      "p/declarativeAgent.json": agent.replacing(
        "Helps sales", with: "Declarative agent created with Teams Toolkit"),
      "p/plugins/ai-plugin.json": plugin,
    ])
    #expect(Estate(merging: documents).systems.map(\.purpose.value) == [nil])
  }

  @Test("a plugin of an MCP server, a bot, and an app of tabs only")
  func others() throws {
    let documents = imported([
      "a/ai-plugin.json": """
      {"schema_version": "v2.4", "name_for_human": "Gallery", "functions": [{"name": "find"}],
      "runtimes": [{"type": "RemoteMCPServer", "spec": {"url": "https://gallery.example.com/mcp"}, "run_for_functions": ["find"]}]}
      """,
      "b/manifest.json": """
      {"$schema": "x/teams/", "manifestVersion": "1.22", "id": "1", "name": {"short": "News"}, "icons": {}, "developer": {"name": "N"},
      "copilotAgents": {"customEngineAgents": [{"type": "bot", "id": "bot-1"}]}, "bots": [{"botId": "bot-1"}]}
      """,
      "c/manifest.json":
        "{\"$schema\": \"x/teams/\", \"manifestVersion\": \"1.22\", \"name\": {\"short\": \"T\"}, \"icons\": {}, \"staticTabs\": []}",
    ])
    #expect(documents.map(\.status) == [.imported, .partial, .notInventory])
    #expect(
      shown(documents[0].fragment.connections) == [
        "Gallery invokes system gallery.example.com by mcp: find"
      ])
    #expect(documents[1].fragment.systems.map(\.name) == ["News"])
    #expect(documents[1].fragment.systems[0].aliases == ["1", "bot-1"])
  }

  @Test("a plugin that is not there, and a capability that is not known, are noted")
  func problems() {
    expectProblems(
      "declarativeAgent.json",
      """
      {"$schema": "x/declarative-agent/v1.5/schema.json", "name": "A", "instructions": "x",
      "capabilities": [1️⃣{"name": "Telepathy"}], "actions": [2️⃣{"id": "a", "file": "gone.json"}]}
      """, [(.info, "Telepathy"), (.low, "gone.json")])
  }

  @Test("an agent with the schema of the first version is one")
  func firstSchema() throws {
    let text = """
      {"$schema": "https://aka.ms/json-schemas/copilot-extensions/v1.0/declarative-copilot.schema.json",
      "name": "Tide Times", "description": "Tells tides", "instructions": "Answer with the tide."}
      """
    let document = try #require(imported(["declarativeAgent.json": text]).first)
    #expect(document.format == "m365-declarative-agent")
    #expect(document.fragment.systems.map(\.name) == ["Tide Times"])
  }

  @Test(
    "a capability without places reads all that its user may see; actions on mail are writing",
    arguments: [
      (
        #"{"name": "OneDriveAndSharePoint"}"#,
        ["read all files in SharePoint and OneDrive of its user"]
      ),
      (#"{"name": "OneDriveAndSharePoint", "items_by_sharepoint_ids": [{"site_id": "x"}]}"#, []),
      (#"{"name": "TeamsMessages"}"#, ["read all messages in Teams of its user"]),
      (#"{"name": "TeamsMessages", "urls": [{"url": "https://teams.microsoft.com/l/x"}]}"#, []),
      (#"{"name": "Email", "shared_mailbox": "desk@example.com"}"#, []),
      (#"{"name": "Meetings"}"#, ["read all meetings of its user"]),
      (#"{"name": "GraphConnectors"}"#, ["read all Copilot connectors of its user"]),
      (#"{"name": "WebSearch"}"#, []),
      (#"{"name": "EmailActions"}"#, ["send, change and delete mail of its user"]),
    ])
  func scopes(capability: String, expected: [String]) throws {
    let agent = """
      {"$schema": "https://developer.microsoft.com/json-schemas/copilot/declarative-agent/v1.8/schema.json",
      "version": "v1.8", "name": "Desk", "description": "d", "instructions": "x", "capabilities": [\(capability)]}
      """
    let read = imported(["declarativeAgent.json": agent])[0].fragment
    #expect(read.permissions.map(\.name) == expected)
    let writes = read.connections.contains { $0.kind == .writes }
    #expect(writes == capability.contains("Actions"))
  }
}
