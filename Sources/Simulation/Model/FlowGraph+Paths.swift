extension FlowGraph {
  func outgoing(of node: Int) -> Range<Int> {
    let row = nodes[node]
    return Int(row.firstFlow)..<Int(row.firstFlow + row.flowCount)
  }

  func starts(of scope: Scope) -> [Int] {
    (scope.firstStart..<(scope.firstStart + scope.startCount)).map { Int(scopeStarts[Int($0)]) }
  }

  /// The last node that every path to a node must pass; −1 where there is none.
  func dominator(of target: Int) -> Int {
    let scope = scopes[Int(nodes[target].scope)]
    func reached(without removed: Int) -> [Bool] {
      var seen = [Bool](repeating: false, count: nodes.count)
      var open = starts(of: scope).filter { $0 != removed }
      for node in open { seen[node] = true }
      while let node = open.popLast() {
        var next = outgoing(of: node).map { Int(flows[$0].target) }
        for index in 0..<Int(nodes[node].handlerCount) {
          next.append(Int(handlers[Int(nodes[node].firstHandler) + index].node))
        }
        for other in next where other != removed && !seen[other] {
          seen[other] = true
          open.append(other)
        }
      }
      return seen
    }
    let candidates = nodes.indices.filter {
      $0 != target && nodes[$0].scope == nodes[target].scope && !reached(without: $0)[target]
    }
    // The last one is not reached without any other.
    return candidates.last { candidate in
      candidates.allSatisfy { $0 == candidate || !reached(without: $0)[candidate] }
    } ?? -1
  }
}
