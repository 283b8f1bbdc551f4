/// Shortest ways from the nearest of several starts to every node, each edge of length one.
public struct ShortestPaths: Hashable, Sendable {
  /// Edges between each node and the nearest start: 0 for a start, `nil` where no way leads.
  public let distance: [Int?]
  private let parent: [Int?]

  fileprivate init(distance: [Int?], parent: [Int?]) {
    self.distance = distance
    self.parent = parent
  }

  /// The nodes of a shortest way, from the start to the node; `nil` where none leads there.
  public func path(to node: Int) -> [Int]? {
    guard distance[node] != nil else { return nil }
    var path = [node]
    var last = node
    while let before = parent[last] {
      path.append(before)
      last = before
    }
    return path.reversed()
  }
}

extension DirectedGraph {
  /// Shortest ways from the nearest of some nodes to every other, breadth first.
  ///
  /// Among ways of the same length the one found first counts: starts in the order given, neighbours
  /// ascending.
  ///
  /// - Parameters:
  ///   - starts: where ways begin.
  ///   - blocked: nodes that no way enters.
  /// - Complexity: O(n + m).
  public func shortestPaths(from starts: [Int], avoiding blocked: Set<Int> = []) -> ShortestPaths {
    var distance: [Int?] = Array(repeating: nil, count: nodeCount)
    var parent: [Int?] = Array(repeating: nil, count: nodeCount)
    var queue: [Int] = []
    for start in starts where distance[start] == nil {
      distance[start] = 0
      queue.append(start)
    }
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      let next = distance[node].map { $0 + 1 }
      for neighbour in successors(of: node)
      where distance[neighbour] == nil && !blocked.contains(neighbour) {
        distance[neighbour] = next
        parent[neighbour] = node
        queue.append(neighbour)
      }
    }
    return ShortestPaths(distance: distance, parent: parent)
  }

  /// For each strongly connected component of more than one node, one of its shortest cycles.
  ///
  /// A cycle begins with its lowest node and does not name it again at the end; among the shortest
  /// ones it is the one through the lowest node. Components are in the order of
  /// `stronglyConnectedComponents()`.
  /// - Complexity: O(c · m) for components of c nodes; the search from each node ends at the length
  ///   of the best cycle found.
  public func shortestCycles() -> [(component: [Int], cycle: [Int])] {
    var number = Array(repeating: -1, count: nodeCount)
    let components = stronglyConnectedComponents().filter { $0.count > 1 }
    for (index, component) in components.enumerated() {
      for node in component { number[node] = index }
    }
    var depth = Array(repeating: -1, count: nodeCount)
    var parent = Array(repeating: -1, count: nodeCount)
    return components.enumerated().map { index, component in
      var best: [Int] = []
      for start in component {
        guard best.count != 2 else { break }
        var queue = [start]
        var head = 0
        var last = -1
        depth[start] = 0
        search: while head < queue.count {
          let node = queue[head]
          head += 1
          // A cycle that closes here has as many nodes as its last one's depth and one.
          if !best.isEmpty, depth[node] + 1 >= best.count { break }
          for next in successors(of: node) where number[next] == index {
            if next == start {
              last = node
              break search
            }
            if depth[next] < 0 {
              depth[next] = depth[node] + 1
              parent[next] = node
              queue.append(next)
            }
          }
        }
        if last >= 0 {
          best = [last]
          while let node = best.last, node != start { best.append(parent[node]) }
          best.reverse()
        }
        for node in queue { depth[node] = -1 }
      }
      let turn = best.indices.min { best[$0] < best[$1] } ?? 0
      return (component, Array(best[turn...] + best[..<turn]))
    }
  }
}
