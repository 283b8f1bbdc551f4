extension DirectedGraph {
  /// The largest sets of nodes in which each reaches each other, a single node included.
  ///
  /// Each set is ascending; the sets are ordered by their first node. A set of more than one node
  /// is a loop of calls or triggers.
  ///
  /// Source: Tarjan, *Depth-first search and linear graph algorithms*, doi:10.1137/0201010; without
  /// recursion, so that a chain of any length is safe.
  /// - Complexity: O(n + m).
  public func stronglyConnectedComponents() -> [[Int]] {
    let unvisited = -1
    var order = Array(repeating: unvisited, count: nodeCount)
    var low = Array(repeating: 0, count: nodeCount)
    var isOpen = Array(repeating: false, count: nodeCount)
    var open: [Int] = []
    var walk: [(node: Int, next: Int)] = []
    var components: [[Int]] = []
    var visited = 0

    for root in 0..<nodeCount where order[root] == unvisited {
      walk.append((root, 0))
      while let (node, next) = walk.last {
        if next == 0 {
          order[node] = visited
          low[node] = visited
          visited += 1
          open.append(node)
          isOpen[node] = true
        }
        let neighbours = successors(of: node)
        if next < neighbours.count {
          walk[walk.count - 1].next += 1
          let neighbour = neighbours[neighbours.startIndex + next]
          if order[neighbour] == unvisited {
            walk.append((neighbour, 0))
          } else if isOpen[neighbour] {
            low[node] = min(low[node], order[neighbour])
          }
          continue
        }
        walk.removeLast()
        if let parent = walk.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == order[node] {
          var component: [Int] = []
          while let member = open.popLast() {
            isOpen[member] = false
            component.append(member)
            if member == node { break }
          }
          components.append(component.sorted())
        }
      }
    }
    return components.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }
}
