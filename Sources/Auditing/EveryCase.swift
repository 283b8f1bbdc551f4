import ProcessModel

/// Which elements of a process every case meets: those without which no end can be reached from any
/// start.
///
/// Element by element the flow is searched once more without it. Boundary events leave their activity as
/// flows do. A process without start or end says nothing of its elements, nor does what lies in a
/// sub-process say anything of the whole; then it is not certain.
struct EveryCase {
  private let positions: [String: Int]
  private let outgoing: [[Int]]
  private let starts: [Int]
  private let isEnd: [Bool]
  private let isNested: [Bool]

  init(of process: BusinessProcess) {
    let elements = process.elements
    var positions: [String: Int] = [:]
    for (index, element) in elements.enumerated() where positions[element.id] == nil {
      positions[element.id] = index
    }
    var outgoing: [[Int]] = Array(repeating: [], count: elements.count)
    for flow in process.flows {
      if let source = positions[flow.source], let target = positions[flow.target] {
        outgoing[source].append(target)
      }
    }
    for (index, element) in elements.enumerated() {
      if case .boundary(_, let host, _) = element.kind, let host = positions[host] {
        outgoing[host].append(index)
      }
    }
    self.positions = positions
    self.outgoing = outgoing
    isNested = elements.map { $0.parent != nil }
    starts = elements.indices.filter { index in
      if case .startEvent = elements[index].kind { return elements[index].parent == nil }
      return false
    }
    isEnd = elements.map { element in
      if case .endEvent = element.kind { return element.parent == nil }
      return false
    }
  }

  /// Whether every case meets an element.
  ///
  /// - Complexity: O(elements + flows).
  func meets(_ element: FlowElement) -> Bool {
    guard let avoided = positions[element.id], !starts.isEmpty, !isNested[avoided],
      isEnd.contains(true)
    else { return false }
    var isSeen = Array(repeating: false, count: outgoing.count)
    isSeen[avoided] = true
    var open: [Int] = []
    for start in starts where !isSeen[start] {
      isSeen[start] = true
      open.append(start)
    }
    while let node = open.popLast() {
      // What leads nowhere ends there, too.
      if isEnd[node] || outgoing[node].isEmpty { return false }
      for next in outgoing[node] where !isSeen[next] {
        isSeen[next] = true
        open.append(next)
      }
    }
    return true
  }
}
