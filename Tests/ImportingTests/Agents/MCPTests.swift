import Facts
import Importing
import Inventory
import Testing

@Suite("Model Context Protocol")
struct MCPTests {
  @Test("an entry of the registry has packages, addresses and secrets by name")
  func registry() throws {
    let documents = imported([
      "server.json": """
      {"$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
       "name": "com.example/tickets", "title": "Tickets", "description": "Reads tickets", "version": "1.2.0",
       "packages": [{"registryType": "oci", "identifier": "ghcr.io/example/tickets:1.2.0",
         "transport": {"type": "stdio"},
         "runtimeArguments": [{"type": "named", "name": "-e", "value": "TICKET_TOKEN={token}",
           "variables": {"token": {"isSecret": true}}}],
         "environmentVariables": [{"name": "REGION"}, {"name": "PIN", "isSecret": true}]}],
       "remotes": [{"type": "streamable-http", "url": "https://mcp.example.com/tickets",
         "headers": [{"name": "Authorization", "isSecret": true, "value": "Bearer {t}"}]}]}
      """
    ])
    #expect(documents.map(\.format) == ["mcp"])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "com.example/tickets")
    #expect(system.kind.value == .script)
    #expect(system.version.value == "1.2.0")
    #expect(
      system.aliases == [
        "Tickets", "ghcr.io/example/tickets", "https://mcp.example.com/tickets",
      ])
    #expect(fragment.triggers.map(\.expression) == ["stdio", "https://mcp.example.com/tickets"])
    #expect(fragment.credentials.map(\.name) == ["PIN", "TICKET_TOKEN", "Authorization"])
  }

  @Test("the first schema, lists of servers, cards and bundles are read too")
  func otherDescriptions() {
    let documents = imported([
      "bundle.json": """
      {"manifest_version": "0.2", "name": "notes", "version": "1", "author": {"name": "Example Ltd"},
       "server": {"type": "node", "entry_point": "i.js", "mcp_config": {"command": "node",
         "env": {"API_KEY": "${user_config.key}"}}},
       "tools": [{"name": "add_note"}, {"name": "list_notes"}],
       "user_config": {"key": {"type": "string", "sensitive": true}}}
      """,
      "card.json": """
      {"name": "support", "description": "\\u0001", "transport": ["stdio", "streamable-http"],
       "tools": [{"name": "classify"}], "authentication": {"type": "api-key"}}
      """,
      "first.json": """
      [{"name": "io.example/a", "description": "d", "version_detail": {"version": "0.1"},
       "packages": [{"registry_name": "npm", "name": "@example/a@0.1",
         "environment_variables": [{"name": "A_KEY", "is_secret": true}]}]}]
      """,
      "list.json": """
      {"servers": [{"server": {"name": "x/one", "remotes": [{"type": "sse", "url": "https://one.example.com/sse"}]}},
       {"server": {"description": "nameless"}}]}
      """,
    ])
    #expect(documents.map(\.status) == [.imported, .imported, .imported, .partial])
    #expect(
      documents.flatMap { $0.fragment.systems.map(\.name) } == [
        "notes", "support", "io.example/a", "x/one",
      ])
    #expect(
      documents.flatMap { $0.fragment.steps.map(\.id) } == ["add_note", "list_notes", "classify"])
    #expect(
      documents.flatMap { $0.fragment.credentials.map(\.name) } == ["API_KEY", "api-key", "A_KEY"])
    #expect(documents[2].fragment.systems.first?.aliases == ["@example/a"])
    #expect(documents[1].fragment.systems.first?.purpose.isKnown == false)
  }

  @Test("a client whose file does not say who it is uses its servers as an application")
  func nameless() {
    let documents = imported([
      "desk/.mcp.json": """
      {"mcpServers": {
        "github": {"command": "npx", "args": ["-y", "@example/github@latest"], "env": {"GITHUB_TOKEN": "ghp_x"}},
        "crm": {"type": "http", "url": "https://mcp.example.com/crm?key=s3cr3t", "headers": {"X-Api-Key": "s3cr3t"}},
        "bridge": {"command": "npx", "args": ["mcp-remote", "https://b.example.com/sse"], "alwaysAllow": ["read"]},
        "old": {"command": "x", "disabled": true}}}
      """
    ])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    #expect(fragment.systems.map(\.name) == ["github", "crm", "bridge"])
    #expect(
      fragment.systems.map(\.aliases) == [
        ["@example/github"], ["https://mcp.example.com/crm"], ["https://b.example.com/sse"],
      ])
    #expect(
      shown(fragment.connections) == [
        "MCP client of desk invokes system github by mcp: stdio",
        "MCP client of desk invokes system crm by mcp: http",
        "MCP client of desk invokes system bridge by mcp: http",
      ])
    #expect(fragment.connections.allSatisfy { $0.source.kind == .application })
    #expect(fragment.credentials.map(\.name) == ["GITHUB_TOKEN", "X-Api-Key"])
    #expect(fragment.permissions.map(\.name) == ["read without asking"])
    #expect(documents[0].problems.map(\.severity) == [.info, .info])
    #expect(!"\(documents)".contains("s3cr3t"))
    #expect(!"\(documents)".contains("ghp_x"))
  }

  @Test(
    "clients are told by their dialect or place; comments and trailing commas are theirs",
    arguments: [
      (
        "app/.vscode/mcp.json",
        "{\n// ours\n\"inputs\": [], \"servers\": {\"s\": {\"command\": \"uvx\", \"args\": [\"p\",],},}}",
        "Visual Studio Code in app"
      ),
      (
        "zed/settings.json",
        "{\"context_servers\": {\"s\": {\"command\": {\"path\": \"uvx\", \"args\": [\"p\"]}}}}",
        "Zed in zed"
      ),
      (
        "w.json", "{\"mcpServers\": {\"s\": {\"serverUrl\": \"https://w.example.com\"}}}",
        "Windsurf"
      ),
      (
        "x/.cursor/mcp.json", "{\"mcpServers\": {\"s\": {\"command\": \"python\"}}}", "Cursor in x"
      ),
      (
        "o.json",
        "{\"$schema\": \"https://opencode.ai/config.json\", \"mcp\": {\"s\": {\"type\": \"local\", \"command\": [\"npx\", \"p\"]}}}",
        "OpenCode"
      ),
      (
        "q.json",
        "{\"name\": \"helper\", \"prompt\": \"Help\", \"mcpServers\": {\"s\": {\"command\": \"p\"}}, \"allowedTools\": [\"@s\"]}",
        "helper"
      ),
      ("c.yaml", "name: mine\nmcpServers:\n  - name: s\n    command: npx\n", "mine"),
    ])
  func clients(path: String, text: String, client: String) {
    let documents = imported([path: text])
    #expect(documents.map(\.format) == ["mcp"], "\(documents)")
    #expect(
      documents[0].fragment.connections.map { "\($0.source.name) > \($0.target.name)" } == [
        "\(client) > s"
      ])
    #expect(documents[0].fragment.systems.map(\.name).contains(client))
  }

  @Test("two servers of one package are not one system")
  func samePackage() {
    let estate = estate([
      ".mcp.json": """
      {"mcpServers": {"in": {"command": "docker", "args": ["run", "-i", "-e", "K", "mcp/files:1"]},
       "out": {"command": "docker", "args": ["run", "mcp/files"]}}}
      """
    ])
    #expect(estate.systems.map(\.name) == ["in", "out"])
    #expect(estate.systems.allSatisfy { $0.aliases.isEmpty })
  }

  @Test("wrong types and other files with servers are left alone")
  func hostile() {
    let documents = imported([
      "a.json": "{\"mcpServers\": 5}", "b.json": "{\"mcpServers\": {}}",
      "c.json": "{\"servers\": [{\"url\": \"https://x.example\"}]}",
      "d.json":
        "{\"mcpServers\": {\"s\": {\"command\": 7, \"url\": \"https://s.example\", \"env\": []}}}",
      "e.json": "{\"packages\": [1, {}], \"name\": \"x\"}",
    ])
    #expect(
      documents.map(\.status) == [
        .notInventory, .notInventory, .notInventory, .imported, .notInventory,
      ])
  }
}
