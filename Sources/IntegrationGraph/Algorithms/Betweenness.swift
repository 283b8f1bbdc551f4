extension DirectedGraph {
  /// For each node, on how many shortest paths between two others it lies.
  ///
  /// Where a pair is joined by several shortest paths, each counts its share; every edge has length
  /// one; ordered pairs; not normalised. Between 0 and (n − 1)(n − 2).
  ///
  /// Source: Brandes, *A faster algorithm for betweenness centrality*,
  /// doi:10.1080/0022250X.2001.9990249.
  /// - Complexity: O(n · m).
  public func betweenness() -> [Double] {
    var result = Array(repeating: 0.0, count: nodeCount)
    var distance = Array(repeating: -1, count: nodeCount)
    var pathCount = Array(repeating: 0.0, count: nodeCount)
    var dependency = Array(repeating: 0.0, count: nodeCount)
    var queue: [Int] = []
    queue.reserveCapacity(nodeCount)

    for source in 0..<nodeCount {
      queue.removeAll(keepingCapacity: true)
      queue.append(source)
      distance[source] = 0
      pathCount[source] = 1
      var head = 0
      while head < queue.count {
        let node = queue[head]
        head += 1
        for next in successors(of: node) {
          if distance[next] < 0 {
            distance[next] = distance[node] + 1
            queue.append(next)
          }
          if distance[next] == distance[node] + 1 { pathCount[next] += pathCount[node] }
        }
      }
      for node in queue.reversed() {
        for next in successors(of: node) where distance[next] == distance[node] + 1 {
          dependency[node] += pathCount[node] / pathCount[next] * (1 + dependency[next])
        }
        if node != source { result[node] += dependency[node] }
      }
      for node in queue {
        distance[node] = -1
        pathCount[node] = 0
        dependency[node] = 0
      }
    }
    return result
  }
}
