import ProcessModel

/// Which elements of a process come after which, along flows, into and out of sub-processes and over
/// events on a boundary.
struct ProcessWalk {
  private var following: [[Int]]

  init(_ process: BusinessProcess) {
    let elements = process.elements
    var positions: [String: Int] = [:]
    for (index, element) in elements.enumerated() where positions[element.id] == nil {
      positions[element.id] = index
    }
    following = Array(repeating: [], count: elements.count)
    for flow in process.flows {
      if let source = positions[flow.source], let target = positions[flow.target] {
        following[source].append(target)
      }
    }
    for (index, element) in elements.enumerated() {
      if case .boundary(_, let host, _) = element.kind, let host = positions[host] {
        following[host].append(index)
      }
      guard let parent = element.parent.flatMap({ positions[$0] }) else { continue }
      switch element.kind {
      case .startEvent: following[parent].append(index)
      case .endEvent: following[index].append(parent)
      default: break
      }
    }
  }

  /// Elements that a case may come to from one, itself only by a loop.
  func reachable(from start: Int) -> Set<Int> {
    var seen: Set<Int> = []
    var open = following[start]
    while let next = open.popLast() {
      if seen.insert(next).inserted { open += following[next] }
    }
    return seen
  }

  /// Elements from which a case may come to one.
  func leading(to end: Int) -> Set<Int> {
    var before: [[Int]] = Array(repeating: [], count: following.count)
    for (source, targets) in following.enumerated() {
      for target in targets { before[target].append(source) }
    }
    var seen: Set<Int> = []
    var open = before[end]
    while let next = open.popLast() {
      if seen.insert(next).inserted { open += before[next] }
    }
    return seen
  }
}
