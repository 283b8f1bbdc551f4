import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

@Suite("what the graph tells of loops, data, trust and links")
struct AnalysisTests {
  private func position(_ reference: EntityReference, _ graph: IntegrationGraph) throws -> Int {
    try #require(graph.position(of: reference))
  }

  private func names(_ nodes: [Int], _ graph: IntegrationGraph) -> [String] {
    nodes.map { graph.nodes[$0].name }
  }

  // MARK: Data

  @Test("data go from what is read to its reader, on through data objects, to what is written")
  func dataPath() throws {
    var builder = EstateBuilder()
    builder.connect(.reads, .system("Loader"), .application("HR"), data: ["salary"])
    builder.connect(.writes, .system("Loader"), .data("share.csv"), channel: .file)
    builder.connect(.reads, .system("Chat"), .data("share.csv"), channel: .file)
    builder.connect(.invokes, .system("Chat"), .application("Model"))
    let graph = IntegrationGraph(builder.estate)
    let holders = graph.holders { $0 == "salary" }
    #expect(names(holders, graph) == ["HR"])
    let model = try position(.application("Model"), graph)
    let path = try #require(graph.shortestDataPaths(from: holders, to: [model]).first)
    #expect(names(path.nodes, graph) == ["HR", "Loader", "share.csv", "Chat", "Model"])
    #expect(path.edges.map(\.kind) == [.reads, .writes, .reads, .invokes])
    #expect(names(path.dataObjects, graph) == ["share.csv"])
    #expect(path.orchestrators.isEmpty)
    #expect(
      graph.shortestDataPaths(
        from: holders, to: [model], avoiding: [try position(.system("Chat"), graph)]
      ).isEmpty)
    #expect(
      graph.shortestDataPaths(from: holders, to: [model]) { $0.data.contains("salary") }.isEmpty)
    // Not the other way round: who is read learns nothing of its reader.
    #expect(graph.shortestDataPaths(from: [model], to: holders).isEmpty)
  }

  @Test("an orchestrator hands what one system answers to the next")
  func throughOrchestrator() throws {
    var builder = EstateBuilder()
    builder.system("Hub", kind: .orchestrator)
    builder.system("Plain", kind: .workflow)
    builder.connect(.invokes, .system("Hub"), .system("Payroll"))
    builder.connect(.invokes, .system("Hub"), .system("Mailer"))
    builder.connect(.invokes, .system("Plain"), .system("Ledger"))
    builder.connect(.invokes, .system("Plain"), .system("Printer"))
    let graph = IntegrationGraph(builder.estate)
    let payroll = try position(.system("Payroll"), graph)
    let mailer = try position(.system("Mailer"), graph)
    let hub = try position(.system("Hub"), graph)
    let path = try #require(graph.shortestDataPaths(from: [payroll], to: [mailer]).first)
    #expect(names(path.nodes, graph) == ["Payroll", "Hub", "Mailer"])
    #expect(path.orchestrators == [hub])
    #expect(graph.shortestDataPath(from: payroll, through: hub, to: mailer) == path)
    #expect(graph.shortestDataPaths(from: [payroll], to: [mailer], answers: .none).isEmpty)
    let ledger = try position(.system("Ledger"), graph)
    let printer = try position(.system("Printer"), graph)
    #expect(graph.shortestDataPaths(from: [ledger], to: [printer]).isEmpty)
    #expect(
      graph.shortestDataPaths(from: [ledger], to: [printer], answers: .always).count == 1)
  }

  @Test("of several sources the nearest counts, and a source that is a sink has no way")
  func nearestSource() throws {
    var builder = EstateBuilder()
    builder.connect(.writes, .data("far"), .system("A"))
    builder.connect(.writes, .system("A"), .system("B"))
    builder.connect(.writes, .data("near"), .system("B"))
    builder.connect(.writes, .system("B"), .system("Sink"))
    let graph = IntegrationGraph(builder.estate)
    let sources = [try position(.data("far"), graph), try position(.data("near"), graph)]
    let sink = try position(.system("Sink"), graph)
    let paths = graph.shortestDataPaths(from: sources, to: [sink] + sources)
    #expect(paths.map { names($0.nodes, graph) } == [["near", "B", "Sink"]])
  }

  // MARK: Compromise

  @Test("a compromised agent acts through the orchestrator that trusts its answers")
  func compromise() throws {
    var builder = EstateBuilder()
    builder.system("Hub", kind: .orchestrator)
    builder.connect(.invokes, .system("Hub"), .system("Agent"))
    builder.connect(.invokes, .system("Hub"), .system("Payments"))
    builder.connect(.writes, .system("Payments"), .application("Bank"))
    builder.connect(.reads, .system("Agent"), .application("Wiki"))
    builder.connect(.escalates, .system("Agent"), .team("People"))
    let graph = IntegrationGraph(builder.estate)
    let reach = graph.compromiseReach(of: try position(.system("Agent"), graph))
    #expect(names(reach.direct, graph) == ["Wiki"])
    #expect(names(reach.orchestrators, graph) == ["Hub"])
    #expect(names(reach.throughOrchestrators, graph) == ["Payments", "Bank"])
    let hub = graph.compromiseReach(of: try position(.system("Hub"), graph))
    #expect(names(hub.direct, graph) == ["Agent", "Payments", "Bank", "Wiki"])
    #expect(hub.orchestrators.isEmpty && hub.throughOrchestrators.isEmpty)
  }

  @Test("without an orchestrator a compromise follows only what the system itself does")
  func compromiseWithoutHub() throws {
    var builder = EstateBuilder()
    builder.connect(.invokes, .system("Caller"), .system("Agent"))
    builder.connect(.invokes, .system("Caller"), .system("Other"))
    let graph = IntegrationGraph(builder.estate)
    let reach = graph.compromiseReach(of: try position(.system("Agent"), graph))
    #expect(reach.all.isEmpty)
  }

  // MARK: Links

  @Test("links are counted by pairs, apart from those of a hub, of a standard and of people")
  func pointToPoint() {
    var builder = EstateBuilder()
    builder.system("Hub", kind: .orchestrator)
    builder.connect(.invokes, .system("A"), .system("B"), channel: .api)
    builder.connect(.invokes, .system("B"), .system("A"), channel: .api, action: "back")
    builder.connect(.reads, .system("A"), .application("SAP"))
    builder.connect(.invokes, .system("Hub"), .system("A"), channel: .api)
    builder.connect(.invokes, .system("Hub"), .system("C"), channel: .mcp)
    builder.connect(.invokes, .system("C"), .system("B"), channel: .mcp)
    builder.connect(.handsOver, .system("C"), .system("A"), channel: .people)
    builder.connect(.governs, .system("D"), .system("A"))
    builder.connect(.writes, .system("A"), .data("file"))
    let count = IntegrationGraph(builder.estate).pointToPoint()
    #expect(count.members.count == 4)
    #expect(count.possible == 6)
    #expect(count.direct.count == 2)
    #expect(count.direct.first?.edges.count == 2)
    #expect(count.directOfUnknownChannel == 1)
    #expect(count.throughHub.count == 2)
    #expect(count.byStandard.count == 1)
    #expect(count.density == 2.0 / 6)
    #expect(count.share == 2.0 / 5)
  }

  @Test("of an estate without links there is nothing to say")
  func noLinks() {
    var builder = EstateBuilder()
    builder.system("A")
    let count = IntegrationGraph(builder.estate).pointToPoint()
    #expect(count.density == nil && count.share == nil && count.possible == 0)
  }
}
