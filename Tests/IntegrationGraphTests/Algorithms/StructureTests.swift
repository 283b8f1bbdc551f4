import IntegrationGraph
import Testing

/// Ties between the 34 members of a karate club; Zachary, *An information flow model for conflict and
/// fission in small groups*, doi:10.1086/jar.33.4.3629752.
private let karateClub = [
  0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31], 1: [2, 3, 7, 13, 17, 19, 21, 30],
  2: [3, 7, 8, 9, 13, 27, 28, 32], 3: [7, 12, 13], 4: [6, 10], 5: [6, 10, 16], 6: [16],
  8: [30, 32, 33], 9: [33], 13: [33], 14: [32, 33], 15: [32, 33], 18: [32, 33], 19: [33],
  20: [32, 33], 22: [32, 33], 23: [25, 27, 29, 32, 33], 24: [25, 27, 31], 25: [31], 26: [29, 33],
  27: [33], 28: [31, 33], 29: [32, 33], 30: [32, 33], 31: [32, 33], 32: [33],
]

private func graph(_ count: Int, _ edges: [(from: Int, to: Int)]) -> DirectedGraph {
  DirectedGraph(nodeCount: count, edges: edges)
}

@Suite("communities, hubs, ways and cycles: known answers")
struct StructureTests {
  private var club: DirectedGraph {
    graph(34, karateClub.flatMap { node, others in others.map { (node, $0) } })
  }

  @Test("the karate club falls into four groups, as good as any published division but the best")
  func clubCommunities() throws {
    let found = club.communities()
    // The best division known has 0.4198 (Agarwal and Kempe, doi:10.1140/epjb/e2008-00425-1).
    #expect(try #require(found.modularity) > 0.41)
    #expect(found.members.count == 4)
    #expect(found.members.flatMap { $0 }.sorted() == Array(0..<34))
    for (number, members) in found.members.enumerated() {
      #expect(members.allSatisfy { found.community[$0] == number })
    }
  }

  @Test("two triangles joined by one edge are two groups of modularity 5/14")
  func triangles() {
    let found = graph(6, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)]).communities()
    #expect(found.members == [[0, 1, 2], [3, 4, 5]])
    #expect(abs((found.modularity ?? 0) - 5.0 / 14) < 1e-12)
  }

  @Test("nodes without relations are groups of their own, and nothing is known of their modularity")
  func isolated() {
    #expect(graph(3, []).communities().members == [[0], [1], [2]])
    #expect(graph(3, []).communities().modularity == nil)
    #expect(graph(0, []).communities().members.isEmpty)
    #expect(graph(2, [(0, 1), (1, 0)]).communities().members == [[0, 1]])
  }

  @Test("a star is fully centralised, a ring not at all")
  func freeman() {
    let star = graph(6, (1..<6).map { (0, $0) }).hubConcentration(top: 1)
    #expect(star.degreeCentralisation == 1)
    #expect(star.betweennessCentralisation == 1)
    #expect(star.hubs.map(\.node) == [0])
    #expect(star.hubs.first?.shareOfPaths == 1)
    #expect(star.shareOfRelations == 1)

    let ring = graph(6, (0..<6).map { ($0, ($0 + 1) % 6) }).hubConcentration(top: 2)
    #expect(ring.degreeCentralisation == 0)
    #expect(ring.betweennessCentralisation == 0)
    #expect(ring.shareOfRelations == 3.0 / 6)
  }

  @Test("without three nodes or without relations nothing is said of centralisation")
  func noHubs() {
    let pair = graph(2, [(0, 1)]).hubConcentration()
    #expect(pair.degreeCentralisation == nil)
    #expect(pair.shareOfPaths == nil)
    #expect(graph(5, []).hubConcentration().hubs.isEmpty)
    #expect(graph(5, []).hubConcentration().shareOfRelations == nil)
  }

  @Test("the hubs of the karate club hold the shares that networkx finds")
  func clubHubs() {
    let found = club.hubConcentration(top: 3)
    #expect(found.hubs.map(\.node) == [0, 33, 32])
    #expect(found.hubs.map(\.neighbours) == [16, 17, 12])
    #expect(found.shareOfRelations == 44.0 / 78)
    #expect(abs((found.degreeCentralisation ?? 0) - 0.3996212121212121) < 1e-9)
    #expect(abs((found.betweennessCentralisation ?? 0) - 0.4055571953299226) < 1e-9)
  }

  @Test("the shortest way starts at the nearest of several sources and goes round what is blocked")
  func ways() {
    let chain = graph(7, [(0, 1), (1, 2), (2, 3), (4, 2), (0, 5), (5, 6), (6, 3)])
    let ways = chain.shortestPaths(from: [0, 4])
    #expect(ways.path(to: 3) == [4, 2, 3])
    #expect(ways.distance[3] == 2)
    #expect(ways.path(to: 0) == [0])
    #expect(chain.shortestPaths(from: [0]).path(to: 3) == [0, 1, 2, 3])
    #expect(chain.shortestPaths(from: [0], avoiding: [2]).path(to: 3) == [0, 5, 6, 3])
    #expect(chain.shortestPaths(from: [3]).path(to: 0) == nil)
  }

  @Test("each component has one of its shortest cycles, beginning with its lowest node")
  func cycles() {
    let found = graph(
      9,
      [
        (3, 1), (1, 4), (4, 3), (4, 2), (2, 5), (5, 1), (6, 7), (7, 6), (7, 8), (8, 6), (0, 1),
      ]
    ).shortestCycles()
    #expect(found.map(\.component) == [[1, 2, 3, 4, 5], [6, 7, 8]])
    #expect(found.map(\.cycle) == [[1, 4, 3], [6, 7]])
    #expect(graph(3, [(0, 1), (1, 2)]).shortestCycles().isEmpty)
  }

  @Test("a ring of 3,000 nodes has one cycle of 3,000")
  func ring() {
    let found = graph(3000, (0..<3000).map { ($0, ($0 + 1) % 3000) }).shortestCycles()
    #expect(found.first?.cycle == Array(0..<3000))
  }
}
