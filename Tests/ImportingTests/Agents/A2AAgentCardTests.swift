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
