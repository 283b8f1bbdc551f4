extension DirectedGraph {
  /// For each node, on how many shortest paths between two others it lies.
  ///
  /// Where a pair is joined by several shortest paths, each counts its share; every edge has length
  /// one; ordered pairs; not normalised. Between 0 and (n − 1)(n − 2).
  ///
  /// Source: Brandes, *A faster algorithm for betweenness centrality*,
  /// doi:10.1080/0022250X.2001.9990249.
  /// - Parameter limit: Nodes from which paths are searched; of a larger graph every k-th node is taken,
  ///   and the sums are scaled up: an estimate (Brandes and Pich, *Centrality estimation in large
  ///   networks*, doi:10.1142/S0218127407018403).
  /// - Complexity: O(min(n, limit) · m).
  public func betweenness(from limit: Int = .max) -> [Double] {
    var result = Array(repeating: 0.0, count: nodeCount)
    var distance = Array(repeating: -1, count: nodeCount)
    var pathCount = Array(repeating: 0.0, count: nodeCount)
    var dependency = Array(repeating: 0.0, count: nodeCount)
    var queue: [Int] = []
    queue.reserveCapacity(nodeCount)

    let step = nodeCount > limit ? (nodeCount + limit - 1) / max(1, limit) : 1
    for source in stride(from: 0, to: nodeCount, by: step) {
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
    if step > 1 {
      let scale = Double(nodeCount) / Double((nodeCount + step - 1) / step)
      for node in result.indices { result[node] *= scale }
    }
    return result
  }
}
