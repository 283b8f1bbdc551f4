/// A node whose removal cuts the graph into pieces.
public struct CutPoint: Hashable, Sendable {
  /// Number of the node.
  public let node: Int
  /// Sizes of the pieces its component falls into, largest first; at least two, none empty.
  public let pieces: [Int]

  /// Number of counted nodes that lose touch with the largest piece.
  public var cutOffCount: Int { pieces.dropFirst().reduce(0, +) }
}

/// A pair of neighbours whose separation cuts the graph into pieces.
public struct Bridge: Hashable, Sendable, Comparable {
  /// The smaller node number.
  public let lower: Int
  /// The larger node number.
  public let upper: Int

  /// Ordered by the smaller, then the larger number.
  public static func < (a: Bridge, b: Bridge) -> Bool { (a.lower, a.upper) < (b.lower, b.upper) }
}

extension DirectedGraph {
  /// Articulation points and bridges of the undirected projection, in ascending order.
  ///
  /// Edges that run both ways between two nodes are one relation of neighbours; a bridge is such a
  /// relation, not one edge of it.
  ///
  /// - Parameter isCounted: Which nodes count towards the size of a piece; a piece of none is no
  ///   piece.
  /// Source: Hopcroft and Tarjan, *Efficient algorithms for graph manipulation*,
  /// doi:10.1145/362248.362272; without recursion.
  /// - Complexity: O(n + m log m).
  public func cutPointsAndBridges(
    counting isCounted: (Int) -> Bool = { _ in true }
  ) -> (cutPoints: [CutPoint], bridges: [Bridge]) {
    let graph = undirected
    let unvisited = -1
    var order = Array(repeating: unvisited, count: nodeCount)
    var low = Array(repeating: 0, count: nodeCount)
    var parent = Array(repeating: unvisited, count: nodeCount)
    let weight = (0..<nodeCount).map { isCounted($0) ? 1 : 0 }
    var size = weight
    var severed: [[Int]] = Array(repeating: [], count: nodeCount)
    var walk: [(node: Int, next: Int)] = []
    var cutPoints: [CutPoint] = []
    var bridges: [Bridge] = []
    var visited = 0

    for root in 0..<nodeCount where order[root] == unvisited {
      var members: [Int] = []
      walk.append((root, 0))
      order[root] = visited
      low[root] = visited
      visited += 1
      while let (node, next) = walk.last {
        let neighbours = graph.successors(of: node)
        if next < neighbours.count {
          walk[walk.count - 1].next += 1
          let neighbour = neighbours[neighbours.startIndex + next]
          if order[neighbour] == unvisited {
            parent[neighbour] = node
            order[neighbour] = visited
            low[neighbour] = visited
            visited += 1
            walk.append((neighbour, 0))
          } else if neighbour != parent[node] {
            low[node] = min(low[node], order[neighbour])
          }
          continue
        }
        walk.removeLast()
        members.append(node)
        guard let above = walk.last?.node else { continue }
        low[above] = min(low[above], low[node])
        size[above] += size[node]
        if low[node] >= order[above] { severed[above].append(size[node]) }
        if low[node] > order[above] {
          bridges.append(Bridge(lower: min(node, above), upper: max(node, above)))
        }
      }
      let whole = members.reduce(0) { $0 + weight[$1] }
      for node in members {
        let rest = whole - weight[node] - severed[node].reduce(0, +)
        let pieces = (severed[node] + [rest]).filter { $0 > 0 }.sorted(by: >)
        if pieces.count > 1 { cutPoints.append(CutPoint(node: node, pieces: pieces)) }
      }
    }
    return (cutPoints.sorted { $0.node < $1.node }, bridges.sorted())
  }
}
