import EstateTestSupport
import IntegrationGraph

/// A random graph of up to `limit` nodes, sparse to dense, with loops and parallel edges.
func randomGraph(seed: UInt64, limit: Int = 9) -> DirectedGraph {
  var generator = SeededGenerator(seed: seed)
  let count = Int.random(in: 1...limit, using: &generator)
  let edgeCount = Int.random(in: 0...(count * 3), using: &generator)
  let edges = (0..<edgeCount).map { _ in
    (
      from: Int.random(in: 0..<count, using: &generator),
      to: Int.random(in: 0..<count, using: &generator)
    )
  }
  return DirectedGraph(nodeCount: count, edges: edges)
}

extension DirectedGraph {
  /// Shortest distances between all pairs, `nil` where there is no way, by Floyd and Warshall.
  var distances: [[Int?]] {
    var distance: [[Int?]] = Array(
      repeating: Array(repeating: nil, count: nodeCount), count: nodeCount)
    for node in 0..<nodeCount { distance[node][node] = 0 }
    for edge in edges { distance[edge.from][edge.to] = 1 }
    for middle in 0..<nodeCount {
      for from in 0..<nodeCount {
        for to in 0..<nodeCount {
          guard let first = distance[from][middle], let second = distance[middle][to] else {
            continue
          }
          distance[from][to] = min(distance[from][to] ?? .max, first + second)
        }
      }
    }
    return distance
  }

  /// Sizes of the pieces into which some nodes fall when only edges between them count, directions
  /// left aside, largest first.
  func pieces(among nodes: [Int], without bridge: (Int, Int)? = nil) -> [Int] {
    var open = Set(nodes)
    var sizes: [Int] = []
    for start in nodes where open.remove(start) != nil {
      var size = 0
      var stack = [start]
      while let node = stack.popLast() {
        size += 1
        for edge in edges {
          if let bridge, (edge.from, edge.to) == bridge || (edge.to, edge.from) == bridge {
            continue
          }
          if edge.from == node, open.remove(edge.to) != nil { stack.append(edge.to) }
          if edge.to == node, open.remove(edge.from) != nil { stack.append(edge.from) }
        }
      }
      sizes.append(size)
    }
    return sizes.sorted(by: >)
  }
}
