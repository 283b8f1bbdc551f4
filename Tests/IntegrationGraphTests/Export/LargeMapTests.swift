import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

/// 2,000 nodes and 6,000 edges in domains that mostly talk among themselves, with or without owners.
func largeEstate(owned: Bool) -> EstateBuilder {
  var generator = SeededGenerator(seed: 11)
  var builder = EstateBuilder()
  for number in 0..<1_600 {
    builder.system(
      "System \(number)", kind: SystemKind.allCases[number % SystemKind.allCases.count],
      team: owned ? "Team \(number / 64)" : nil)
  }
  for number in 0..<6_000 {
    let source = Int.random(in: 0..<1_600, using: &generator)
    let near = source / 64 * 64 + Int.random(in: 0..<64, using: &generator)
    let far = Int.random(in: 0..<1_600, using: &generator)
    let target: EntityReference =
      switch Int.random(in: 0..<20, using: &generator) {
      case 0..<12: .system("System \(near)")
      case 12: .system("System \(far)")
      case 13..<17:
        .application("Application \(Int.random(in: 0..<30, using: &generator) * source % 100)")
      default: .data("Data \(near % 300)")
      }
    builder.connect(
      [.invokes, .reads, .writes][number % 3], .system("System \(source)"), target,
      action: "Operation \(number)")
  }
  return builder
}

@Suite("a map of 2,000 nodes and 6,000 edges")
struct LargeMapTests {
  @Test("is analysed whole, by every algorithm", .timeLimit(.minutes(1)))
  func analysis() {
    let graph = IntegrationGraph(largeEstate(owned: true).estate)
    #expect((1_950...2_050).contains(graph.nodes.count) && graph.edges.count > 5_900)
    #expect(!graph.links.stronglyConnectedComponents().isEmpty)
    #expect(!graph.links.cutPointsAndBridges().cutPoints.isEmpty)
    #expect(graph.links.betweenness().contains { $0 > 0 })
    #expect((graph.links.communities().modularity ?? 0) > 0.4)
    #expect(graph.links.hubConcentration().hubs.count == 5)
    #expect(!graph.links.shortestCycles().isEmpty)
    #expect(graph.pointToPoint().direct.count > 1_000)
    #expect(!graph.compromiseReach(of: 0).all.isEmpty)
  }

  @Test(
    "is first shown as a page of clusters and their strongest lines, owners known or not",
    arguments: [true, false])
  func overview(owned: Bool) {
    let graph = IntegrationGraph(largeEstate(owned: owned).estate)
    let clusters = graph.mapClusters
    #expect((12...60).contains(clusters.count), "\(clusters.map(\.name))")
    #expect(clusters.flatMap(\.nodes).sorted() == Array(graph.nodes.indices))
    let lines = graph.dot(MapOptions(showsLegend: true)).split(separator: "\n")
    let drawn = lines.count { $0.contains(" -> ") }
    // Two for each cluster, and one more for each that would have none.
    #expect(drawn <= 3 * clusters.count)
    #expect(lines.contains { $0.contains("strongest lines are drawn") })
    // Layers would pile so many clusters up in one column.
    #expect(lines.contains { $0.contains("layout=sfdp") } == (clusters.count > 20))
    // Drawn and counted in the key are together all edges but those within a cluster.
    guard clusters.count > 20 else { return }
    var clusterOf: [Int: Int] = [:]
    for (number, cluster) in clusters.enumerated() {
      for node in cluster.nodes { clusterOf[node] = number }
    }
    let between = graph.edges.count { clusterOf[$0.source] != clusterOf[$0.target] }
    let numbers = lines.filter { $0.contains(" -> ") }.compactMap {
      $0.split(separator: "<TD>").last?.prefix { $0.isNumber }
    }.compactMap { Int($0) }
    let left = lines.compactMap {
      $0.split(separator: "weaker ones, of ").dropFirst().first?.prefix { $0.isNumber }
    }.compactMap { Int($0) }
    #expect(numbers.count == drawn && left.count == 1)
    #expect((numbers + left).reduce(0, +) == between)
  }

  @Test("is laid out by springs where every node is asked for")
  func whole() {
    let graph = IntegrationGraph(largeEstate(owned: true).estate)
    #expect(graph.dot(MapOptions(detail: .whole)).contains("layout=sfdp"))
  }
}
