import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

@Suite("the graph of an estate")
struct GraphDrawingTests {
  @Test("nodes have stable identifiers and are ordered by kind and key")
  func nodes() {
    var builder = EstateBuilder()
    builder.system("KYC_Screening Bot", kind: .rpa, owner: "Ada Lovelace", team: "Compliance")
    builder.connect(.reads, .system("KYC_Screening Bot"), .application("Core Banking"))
    builder.connect(.writes, .system("KYC_Screening Bot"), .data("hits.csv"))
    builder.connect(.escalates, .system("KYC_Screening Bot"), .team("Compliance"))
    let graph = IntegrationGraph(builder.estate)
    #expect(
      graph.nodes.map(\.id) == [
        "system:kycscreeningbot", "application:corebanking", "team:compliance", "data:hitscsv",
      ])
    #expect(graph.nodes[0].systemKind == .rpa)
    #expect(graph.nodes[0].ownerGroup == "Compliance")
    #expect(graph.position(of: .system("kyc screening BOT")) == 0)
    #expect(graph.ghosts.isEmpty)
  }

  @Test("a system that is only spoken of is a ghost; applications, teams and data are not")
  func ghosts() {
    var builder = EstateBuilder()
    builder.system("A")
    builder.connect(.invokes, .system("A"), .system("Old CRM Bot"))
    builder.connect(.reads, .system("A"), .application("SAP"))
    builder.connect(.writes, .system("A"), .data("queue"))
    let graph = IntegrationGraph(builder.estate)
    #expect(graph.ghosts.map { graph.nodes[$0].name } == ["Old CRM Bot"])
  }

  @Test("what two places say of one act is one edge with both evidences and all data")
  func merging() throws {
    var builder = EstateBuilder()
    builder.system("A")
    builder.connect(
      .reads, .system("A"), .application("SAP"), channel: .api, action: "GetItem", data: ["order"])
    builder.connect(
      .reads, .system("A"), .application("SAP"), channel: .api, action: "Get_Item",
      data: ["invoice"])
    builder.connect(.reads, .system("A"), .application("SAP"), channel: .userInterface)
    let graph = IntegrationGraph(builder.estate)
    #expect(graph.edges.count == 2)
    let edge = try #require(graph.edges.first)
    #expect(edge.id == "edge:reads:system:a:application:sap:api:getitem")
    #expect(edge.data == ["invoice", "order"])
    #expect(edge.evidence.count == 2)
    #expect(graph.outDegree(of: 0) == 2)
    #expect(graph.inDegree(of: 1) == 2)
  }

  @Test("an exception escalates to its team, other touch points hand the case over")
  func touchPoints() {
    var builder = EstateBuilder()
    builder.system("Loans")
    builder.touchPoint(.approval, in: "Loans", step: "t1", name: "Approve", team: "Credit")
    builder.touchPoint(.review, in: "Loans", step: "t2", team: "Credit")
    builder.touchPoint(.exception, in: "Loans", step: "t3", team: "Back Office")
    builder.touchPoint(.work, in: "Loans", step: "t4")
    let graph = IntegrationGraph(builder.estate)
    #expect(
      graph.edges.map(\.id) == [
        "edge:escalates:system:loans:team:backoffice:people",
        "edge:hands-over:system:loans:team:credit:people",
      ])
    #expect(graph.edges.map(\.evidence.count) == [1, 2])
  }

  @Test("a touch point is further evidence of a connection that is already drawn")
  func touchPointJoinsConnection() {
    var builder = EstateBuilder()
    builder.system("Loans")
    builder.connect(.escalates, .system("Loans"), .team("Credit"), channel: .mail)
    builder.touchPoint(.exception, in: "Loans", step: "t1", team: "Credit")
    let graph = IntegrationGraph(builder.estate)
    #expect(graph.edges.count == 1)
    #expect(graph.edges.first?.channel == .mail)
    #expect(graph.edges.first?.evidence.count == 2)
  }

  @Test("the order in which things are said does not matter", arguments: 0..<20 as Range<UInt64>)
  func orderOfSaying(seed: UInt64) {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] { builder.system(name) }
    builder.connect(.invokes, .system("A"), .system("B"))
    builder.connect(.invokes, .system("A"), .system("B"), channel: .api)
    builder.connect(.reads, .system("C"), .application("SAP"), action: "x")
    builder.connect(.writes, .system("B"), .data("q"))
    builder.touchPoint(.exception, in: "B", step: "1", team: "Ops")
    let expected = IntegrationGraph(builder.estate)
    var generator = SeededGenerator(seed: seed)
    builder.fragment.systems.shuffle(using: &generator)
    builder.fragment.connections.shuffle(using: &generator)
    #expect(IntegrationGraph(builder.estate) == expected)
  }

  @Test("who calls or reads depends on the target, who is triggered or handed a case on the source")
  func dependencies() {
    var builder = EstateBuilder()
    for name in ["Caller", "Callee", "Starter", "Started", "Writer", "Reader"] {
      builder.system(name)
    }
    builder.connect(.invokes, .system("Caller"), .system("Callee"))
    builder.connect(.triggers, .system("Starter"), .system("Started"))
    builder.connect(.writes, .system("Writer"), .data("queue"))
    builder.connect(.reads, .system("Reader"), .data("queue"))
    builder.connect(.reads, .system("Callee"), .application("Core"))
    let graph = IntegrationGraph(builder.estate)
    func radius(_ reference: EntityReference) -> [String] {
      graph.position(of: reference).map { node in
        graph.blastRadius(of: node).map { graph.nodes[$0].name }
      } ?? []
    }
    #expect(radius(.application("Core")) == ["Callee", "Caller"])
    #expect(radius(.system("Callee")) == ["Caller"])
    #expect(radius(.system("Caller")).isEmpty)
    #expect(radius(.system("Starter")) == ["Started"])
    #expect(radius(.system("Writer")) == ["Reader", "queue"])
    #expect(radius(.data("queue")) == ["Reader"])
    #expect(radius(.system("Reader")).isEmpty)
  }

  @Test("long names that differ only at their end have short identifiers that differ")
  func longNames() {
    let stem = String(repeating: "department of ", count: 500)
    let ids = ["a", "b"].map { EntityReference.system(stem + $0).nodeID }
    #expect(ids[0] != ids[1])
    #expect(ids.allSatisfy { $0.count < 100 })
  }

  @Test("an estate of which nothing is known has an empty graph")
  func empty() {
    let graph = IntegrationGraph(Estate())
    #expect(graph.nodes.isEmpty)
    #expect(graph.edges.isEmpty)
    #expect(graph.dot().hasPrefix("digraph"))
  }
}
