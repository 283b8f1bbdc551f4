import IntegrationGraph
import Testing

@Suite("graph algorithms agree with brute force")
struct GraphAlgorithmTests {
  @Test(
    "two nodes share a strong component exactly if each reaches the other",
    arguments: 0..<200 as Range<UInt64>)
  func strongComponents(seed: UInt64) {
    let graph = randomGraph(seed: seed)
    let distance = graph.distances
    let components = graph.stronglyConnectedComponents()
    #expect(components.flatMap { $0 }.sorted() == Array(0..<graph.nodeCount))
    #expect(components.allSatisfy { $0 == $0.sorted() })
    var component = Array(repeating: 0, count: graph.nodeCount)
    for (number, members) in components.enumerated() {
      for member in members { component[member] = number }
    }
    for a in 0..<graph.nodeCount {
      for b in 0..<graph.nodeCount {
        let together = distance[a][b] != nil && distance[b][a] != nil
        #expect((component[a] == component[b]) == together)
      }
    }
  }

  @Test(
    "a cut point is a node whose removal leaves its component in pieces",
    arguments: 0..<200 as Range<UInt64>)
  func cutPoints(seed: UInt64) {
    let graph = randomGraph(seed: seed)
    let undirected = graph.undirected.distances
    var expected: [[Int]] = []
    for node in 0..<graph.nodeCount {
      let others = (0..<graph.nodeCount).filter { $0 != node && undirected[node][$0] != nil }
      let pieces = graph.pieces(among: others)
      if pieces.count > 1 { expected.append([node] + pieces) }
    }
    #expect(graph.cutPointsAndBridges().cutPoints.map { [$0.node] + $0.pieces } == expected)
  }

  @Test("a bridge is a relation whose removal adds a piece", arguments: 0..<200 as Range<UInt64>)
  func bridges(seed: UInt64) {
    let graph = randomGraph(seed: seed)
    let all = Array(0..<graph.nodeCount)
    let whole = graph.pieces(among: all).count
    var expected: [[Int]] = []
    for edge in graph.undirected.edges where edge.from < edge.to {
      if graph.pieces(among: all, without: edge).count > whole {
        expected.append([edge.from, edge.to])
      }
    }
    #expect(graph.cutPointsAndBridges().bridges.map { [$0.lower, $0.upper] } == expected)
  }

  @Test(
    "betweenness counts each pair's share of shortest paths", arguments: 0..<200 as Range<UInt64>)
  func betweenness(seed: UInt64) {
    let graph = randomGraph(seed: seed)
    let distance = graph.distances
    let count = graph.nodeCount
    // Number of shortest paths, by growing distance: those to the predecessors, summed.
    var paths = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    for source in 0..<count {
      paths[source][source] = 1
      for length in 1...max(1, count) {
        for edge in graph.edges
        where distance[source][edge.to] == length && distance[source][edge.from] == length - 1 {
          paths[source][edge.to] += paths[source][edge.from]
        }
      }
    }
    let measured = graph.betweenness()
    for node in 0..<count {
      var expected = 0.0
      for source in 0..<count where source != node {
        for target in 0..<count where target != node && target != source {
          guard let whole = distance[source][target], let first = distance[source][node],
            let second = distance[node][target], first + second == whole
          else { continue }
          expected += paths[source][node] * paths[node][target] / paths[source][target]
        }
      }
      #expect(abs(measured[node] - expected) < 1e-9)
    }
  }

  @Test("betweenness from a sample of nodes is near the whole one")
  func sampledBetweenness() {
    let star = DirectedGraph(nodeCount: 101, edges: (0..<100).map { (from: $0, to: 100) })
      .undirected
    #expect(star.betweenness()[100] == 9_900)
    #expect(abs(star.betweenness(from: 10)[100] / 9_900 - 1) < 0.02)
    #expect(star.betweenness(from: 101) == star.betweenness())
  }

  @Test("a node reaches what lies at some distance", arguments: 0..<200 as Range<UInt64>)
  func reachability(seed: UInt64) {
    let graph = randomGraph(seed: seed)
    let distance = graph.distances
    for node in 0..<graph.nodeCount {
      let expected = (0..<graph.nodeCount).filter { $0 != node && distance[node][$0] != nil }
      #expect(graph.reachable(from: node) == expected)
    }
  }

  @Test("a chain of 200,000 nodes is walked without running out of stack")
  func longChain() {
    let count = 200_000
    let graph = DirectedGraph(
      nodeCount: count, edges: (1..<count).map { (from: $0 - 1, to: $0) })
    #expect(graph.stronglyConnectedComponents().count == count)
    #expect(graph.cutPointsAndBridges().bridges.count == count - 1)
    #expect(graph.reachable(from: 0).count == count - 1)
  }

  @Test("parallel edges are one edge and loops none")
  func simple() {
    let graph = DirectedGraph(
      nodeCount: 3, edges: [(from: 2, to: 0), (from: 0, to: 1), (from: 0, to: 1), (from: 1, to: 1)])
    #expect(graph.edgeCount == 2)
    #expect(graph.edges.map { [$0.from, $0.to] } == [[0, 1], [2, 0]])
    #expect(graph.reversed.edges.map { [$0.from, $0.to] } == [[0, 2], [1, 0]])
  }

  @Test("a graph without nodes has nothing")
  func empty() {
    let graph = DirectedGraph(nodeCount: 0, edges: [])
    #expect(graph.stronglyConnectedComponents().isEmpty)
    #expect(graph.cutPointsAndBridges().cutPoints.isEmpty)
    #expect(graph.betweenness().isEmpty)
  }
}
