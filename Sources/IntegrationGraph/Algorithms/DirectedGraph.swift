/// A simple directed graph of numbered nodes: what the algorithms work on.
///
/// Parallel edges are one edge, and an edge from a node to itself is left out. Neighbours are
/// listed in ascending order, so that every walk over the graph is determinate.
public struct DirectedGraph: Hashable, Sendable {
  /// Number of nodes; they are numbered from 0.
  public let nodeCount: Int
  private let starts: [Int]
  private let targets: [Int]

  /// Creates a graph from pairs of node numbers, in any order.
  ///
  /// - Precondition: every number is in `0..<nodeCount`.
  /// - Complexity: O(n + m log m).
  public init(nodeCount: Int, edges: some Sequence<(from: Int, to: Int)>) {
    var pairs: [(from: Int, to: Int)] = []
    for edge in edges where edge.from != edge.to {
      precondition(
        (0..<nodeCount).contains(edge.from) && (0..<nodeCount).contains(edge.to),
        "an edge names a node that is not in the graph")
      pairs.append(edge)
    }
    pairs.sort { $0 < $1 }
    var starts = [0]
    var targets: [Int] = []
    starts.reserveCapacity(nodeCount + 1)
    targets.reserveCapacity(pairs.count)
    var next = 0
    for node in 0..<nodeCount {
      let first = targets.count
      while next < pairs.count, pairs[next].from == node {
        if targets.count == first || targets.last != pairs[next].to {
          targets.append(pairs[next].to)
        }
        next += 1
      }
      starts.append(targets.count)
    }
    self.nodeCount = nodeCount
    self.starts = starts
    self.targets = targets
  }

  /// Number of edges.
  public var edgeCount: Int { targets.count }

  /// The nodes that a node has an edge to, ascending.
  public func successors(of node: Int) -> ArraySlice<Int> {
    targets[starts[node]..<starts[node + 1]]
  }

  /// All edges, ordered by source, then target.
  public var edges: [(from: Int, to: Int)] {
    (0..<nodeCount).flatMap { node in successors(of: node).map { (from: node, to: $0) } }
  }

  /// The graph with every edge turned round.
  public var reversed: DirectedGraph {
    DirectedGraph(nodeCount: nodeCount, edges: edges.map { (from: $0.to, to: $0.from) })
  }

  /// The undirected projection: each edge in both directions.
  public var undirected: DirectedGraph {
    DirectedGraph(
      nodeCount: nodeCount, edges: edges.flatMap { [$0, (from: $0.to, to: $0.from)] })
  }
}
