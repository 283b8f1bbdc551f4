import Facts
import Importing
import Inventory
import Testing

@Suite("A2A agent cards")
struct A2AAgentCardTests {
  @Test("a card becomes an agent with its skills, address, provider and version")
  func card() throws {
    let documents = imported([
      "card.json": """
      {"name": "Bureau Agent", "description": "Fetches reports", "url": "https://agents.example.com/bureau",
      "version": "1.2", "protocolVersion": "0.3.0", "capabilities": {"streaming": true},
      "provider": {"organization": "Example Labs", "url": "https://example.com"},
      "skills": [{"id": "fetch", "name": "Fetch report"}, {"id": "sum", "name": "Sum up"}]}
      """
    ])
    #expect(documents.map(\.status) == [.imported])
    let estate = Estate(merging: documents)
    let agent = try #require(estate.systems.first)
    #expect(agent.name == "Bureau Agent")
    #expect(agent.kind.value == .agent)
    #expect(agent.purpose.value == "Fetches reports")
    #expect(agent.version.value == "1.2")
    #expect(agent.creator.value == "Example Labs")
    #expect(agent.owner.isKnown == false)
    #expect(agent.aliases == ["https://agents.example.com/bureau"])
    #expect(estate.steps.map(\.id) == ["fetch", "sum"])
    #expect(estate.triggers.map(\.expression) == ["https://agents.example.com/bureau"])
  }

  @Test("a card of version 1 lists interfaces; an address on the own machine identifies nothing")
  func interfaces() throws {
    let estate = estate([
      "card.json": """
      {"name": "A", "capabilities": {}, "skills": [], "supportedInterfaces": [
      {"url": "http://localhost:10999", "protocolBinding": "JSONRPC"},
      {"url": "http://localhost:10999", "protocolBinding": "GRPC"}]}
      """
    ])
    #expect(estate.triggers.count == 1)
    #expect(estate.systems.first?.aliases == [])
  }

  @Test(
    "logins are credentials and scopes permissions, in the spelling of every version",
    arguments: [
      """
      "securitySchemes": {"corp": {"type": "oauth2", "flows": {"clientCredentials": {"scopes": {"read": "r"}}}}},
      "security": [{"corp": ["write"]}]
      """,
      """
      "securitySchemes": {"corp": {"oauth2SecurityScheme": {"flows": {"clientCredentials": {"scopes": {"read": "r"}}}}}},
      "securityRequirements": [{"schemes": {"corp": {"list": ["write"]}}}]
      """,
      """
      "security_schemes": {"corp": {"oauth2_security_scheme": {"flows": {"client_credentials": {"scopes": {"read": "r"}}}}}},
      "security_requirements": [{"schemes": {"corp": {"list": ["write"]}}}]
      """,
    ])
  func security(part: String) {
    let documents = imported([
      "card.json": """
      {"name": "A", "capabilities": {"extendedAgentCard": true}, "skills": [{"id": "s"}],
      "supported_interfaces": [{"url": "https://u:p@a.example.com/rpc?k=1", "protocol_binding": "GRPC"}], \(part)}
      """
    ])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    #expect(fragment.credentials.map(\.name) == ["corp"])
    #expect(fragment.permissions.map(\.name) == ["read", "write"])
    #expect(fragment.triggers.map(\.expression) == ["https://a.example.com/rpc"])
    #expect(fragment.systems.first?.unknowns.count == 2)
  }

  @Test("a catalogue lists cards; version 0.1 names the kinds of login only")
  func catalogue() {
    let documents = imported([
      "agents.json": """
      {"agents": [{"card": {"name": "A", "url": "https://a.example.com", "version": "1", "capabilities": {},
        "authentication": {"schemes": ["bearer"]}, "skills": [{"id": "s", "name": "S"}]}},
        {"name": "B", "url": "https://b.example.com", "capabilities": {}, "skills": []}]}
      """
    ])
    #expect(documents.map(\.status) == [.imported])
    #expect(documents[0].fragment.systems.map(\.name) == ["A", "B"])
    #expect(documents[0].fragment.credentials.map(\.name) == ["bearer"])
  }

  @Test("a skill without id and name, and a card with an empty name, are noted")
  func problems() {
    expectProblems(
      "card.json",
      """
      {"name": "A", "url": "http://x", "capabilities": {}, "skills": [1️⃣{"tags": []}]}
      """, [(.medium, "neither id nor name")])
    let nameless = imported([
      "card.json": "{\"name\": \"\", \"url\": \"x\", \"capabilities\": {}, \"skills\": []}"
    ])
    #expect(nameless.map(\.status) == [.failed])
  }
}
