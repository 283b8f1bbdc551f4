extension DirectedGraph {
  /// The nodes that a walk along the edges from a node can come to, ascending, the node itself
  /// left out.
  ///
  /// - Complexity: O(n + m).
  public func reachable(from start: Int) -> [Int] { reachable(from: [start]) }

  /// The nodes that a walk from any of several nodes can come to, ascending, those left out.
  ///
  /// - Complexity: O(n + m).
  public func reachable(from starts: [Int]) -> [Int] {
    var isSeen = Array(repeating: false, count: nodeCount)
    for start in starts { isSeen[start] = true }
    var open = starts
    var found: [Int] = []
    while let node = open.popLast() {
      for next in successors(of: node) where !isSeen[next] {
        isSeen[next] = true
        found.append(next)
        open.append(next)
      }
    }
    return found.sorted()
  }
}
