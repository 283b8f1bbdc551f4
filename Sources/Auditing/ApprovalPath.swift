import Inventory
import ProcessModel

/// The approvals that one case may meet on its way through a process.
///
/// Each decision of the flow is taken so that the case meets the most: an exclusive or event-based
/// gateway sends it one way, a parallel one all ways; an inclusive one and conditional flows may send
/// it all ways. An interrupting boundary event is an alternative to the normal way out, another one an
/// addition. What follows a join is met once. Loops are walked once: flows that lead back to an
/// element from which they come are left out. Calls of processes that are known are followed.
struct ApprovalPath {
  /// The elements, in the order of the flow.
  let approvals: [FlowElement]

  /// The way through a process that meets the most approvals.
  /// - Parameters:
  ///   - process: The process.
  ///   - isApproval: Whether an element of a process is a human approval.
  ///   - called: The process that a call activity names; `nil` where it is not known.
  init(
    through process: BusinessProcess,
    isApproval: (BusinessProcess, FlowElement) -> Bool,
    called: (String) -> BusinessProcess?
  ) {
    approvals = Self.most(process, isApproval, called, open: [])
  }

  /// Calls deeper than this are not followed.
  private static let depthLimit = 12

  private static func most(
    _ process: BusinessProcess, _ isApproval: (BusinessProcess, FlowElement) -> Bool,
    _ called: (String) -> BusinessProcess?, open: [String]
  ) -> [FlowElement] {
    var flow = ApprovalFlow(process)
    for (index, element) in process.elements.enumerated() {
      if isApproval(process, element) { flow.approvals[index] = [element] }
      guard case .callActivity(let name?) = element.kind, open.count < depthLimit,
        let inner = called(name), !open.contains(inner.id), inner.id != process.id
      else { continue }
      flow.approvals[index] = most(inner, isApproval, called, open: open + [process.id])
    }
    return flow.most()
  }
}

/// The elements of one process as a graph of ways that are all taken and ways of which one is taken.
private struct ApprovalFlow {
  /// Approvals met at each element itself.
  var approvals: [[FlowElement]]
  private var required: [[Int]]
  private var alternatives: [[[Int]]]
  private let starts: [Int]

  init(_ process: BusinessProcess) {
    let elements = process.elements
    approvals = Array(repeating: [], count: elements.count)
    required = Array(repeating: [], count: elements.count)
    alternatives = Array(repeating: [], count: elements.count)

    var positions: [String: Int] = [:]
    for (index, element) in elements.enumerated() where positions[element.id] == nil {
      positions[element.id] = index
    }
    var outgoing: [[Int]] = Array(repeating: [], count: elements.count)
    var isEntered = Array(repeating: false, count: elements.count)
    for flow in process.flows {
      guard let source = positions[flow.source], let target = positions[flow.target] else {
        continue
      }
      outgoing[source].append(target)
      isEntered[target] = true
    }
    var links: [String: [Int]] = [:]
    for (index, element) in elements.enumerated() {
      if case .intermediateCatch(.link(let name)) = element.kind {
        links[name ?? "", default: []].append(index)
      }
    }
    var inner: [String: [Int]] = [:]
    var boundaries: [Int: [(event: Int, interrupting: Bool)]] = [:]
    var eventSubProcesses: Set<String> = []
    for (index, element) in elements.enumerated() {
      if case .boundary(_, let host, let interrupting) = element.kind {
        if let host = positions[host] {
          boundaries[host, default: []].append((index, interrupting))
        }
        isEntered[index] = true
      }
      if case .intermediateCatch(.link) = element.kind { isEntered[index] = true }
      if case .subProcess(.event) = element.kind {
        eventSubProcesses.insert(element.id)
        isEntered[index] = true
      }
      if let parent = element.parent { inner[parent, default: []].append(index) }
    }
    func entries(_ members: [Int]) -> [Int] {
      let startEvents = members.filter {
        if case .startEvent = elements[$0].kind { return true }
        return false
      }
      return startEvents.isEmpty ? members.filter { !isEntered[$0] } : startEvents
    }

    for (index, element) in elements.enumerated() {
      var ways = outgoing[index]
      if case .intermediateThrow(.link(let name)) = element.kind { ways += links[name ?? ""] ?? [] }
      switch element.kind {
      case .gateway(.exclusive), .gateway(.eventBased):
        alternatives[index] = ways.map { [$0] }
        continue
      case .subProcess where !eventSubProcesses.contains(element.id):
        required[index] += entries(inner[element.id] ?? [])
      default: break
      }
      let attached = boundaries[index] ?? []
      required[index] += attached.filter { !$0.interrupting }.map(\.event)
      let interruptions = attached.filter(\.interrupting).map { [$0.event] }
      if interruptions.isEmpty {
        required[index] += ways
      } else {
        alternatives[index] = [ways] + interruptions
      }
    }
    let top = elements.indices.filter { elements[$0].parent == nil }
    let entered = entries(top)
    starts = entered.isEmpty ? Array(top.prefix(1)) : entered
  }

  /// The most approvals that a case meets from any start, in the order of the flow.
  func most() -> [FlowElement] {
    let order = postOrder()
    var rank = Array(repeating: Int.max, count: approvals.count)
    for (place, node) in order.enumerated() { rank[node] = place }
    // Elements that hold approvals and lie on the best way from each element onward.
    var best: [Set<Int>] = Array(repeating: [], count: approvals.count)
    func met(_ nodes: Set<Int>) -> Int { nodes.reduce(0) { $0 + approvals[$1].count } }
    // An edge to an element that is not finished earlier closes a loop.
    func onward(_ node: Int, _ targets: [Int]) -> Set<Int> {
      targets.filter { rank[$0] < rank[node] }.reduce(into: []) { $0.formUnion(best[$1]) }
    }
    for node in order {
      var way = onward(node, required[node])
      if !approvals[node].isEmpty { way.insert(node) }
      var choice: (way: Set<Int>, count: Int)?
      for group in alternatives[node] {
        let candidate = onward(node, group)
        let count = met(way.union(candidate))
        if count > choice?.count ?? -1 { choice = (candidate, count) }
      }
      best[node] = way.union(choice?.way ?? [])
    }
    var winner: Set<Int> = []
    for start in starts where met(best[start]) > met(winner) { winner = best[start] }
    return winner.sorted { rank[$0] > rank[$1] }.flatMap { approvals[$0] }
  }

  /// Elements that the starts lead to, each after all it leads to, loops aside.
  private func postOrder() -> [Int] {
    var order: [Int] = []
    var isSeen = Array(repeating: false, count: approvals.count)
    for start in starts where !isSeen[start] {
      var walk = [(node: start, next: 0)]
      isSeen[start] = true
      while let (node, next) = walk.last {
        // What is visited last comes first in the order, so that it reads as the flow does.
        let targets = Array((required[node] + alternatives[node].flatMap { $0 }).reversed())
        if next < targets.count {
          walk[walk.count - 1].next += 1
          if !isSeen[targets[next]] {
            isSeen[targets[next]] = true
            walk.append((targets[next], 0))
          }
        } else {
          walk.removeLast()
          order.append(node)
        }
      }
    }
    return order
  }
}
