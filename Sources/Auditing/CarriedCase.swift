import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// A stretch of a process on which people carry the case from one system to the next: the task of a
/// system, then only human work that is no judgement, then the task of another system.
struct CarriedCase: Hashable {
  /// The system whose task comes before, as a node of the graph.
  let giver: Int
  /// The system whose task comes after.
  let taker: Int
  /// The elements of the stretch: the system's task, the human work, the other system's task.
  let elements: [FlowElement]

  /// The people's part of it.
  var work: ArraySlice<FlowElement> { elements.dropFirst().dropLast() }

  /// The stretches of a process, one for each pair of systems and first human task, in its order.
  ///
  /// Gateways and events are passed through; an approval, a check, a sub-process or a task of which no
  /// system is known ends the stretch.
  static func all(in process: EstateProcess, _ context: AuditContext) -> [CarriedCase] {
    let elements = process.process.elements
    var positions: [String: Int] = [:]
    for (index, element) in elements.enumerated() where positions[element.id] == nil {
      positions[element.id] = index
    }
    var outgoing: [[Int]] = Array(repeating: [], count: elements.count)
    for flow in process.process.flows {
      if let source = positions[flow.source], let target = positions[flow.target] {
        outgoing[source].append(target)
      }
    }
    let performers = performers(of: process, context)
    var found: [CarriedCase] = []
    for (start, element) in elements.enumerated() {
      guard let giver = performers[element.id] else { continue }
      var isSeen = Array(repeating: false, count: elements.count)
      var open: [(node: Int, work: [FlowElement])] = [(start, [])]
      while let (node, work) = open.popLast() {
        for next in outgoing[node].reversed() where !isSeen[next] {
          isSeen[next] = true
          let target = elements[next]
          switch step(target, process, performers, context) {
          case .passes: open.append((next, work))
          case .isWork: open.append((next, work + [target]))
          case .ends: continue
          case .isOf(let taker):
            if taker != giver, !work.isEmpty, !areGroupsOfRules(giver, taker, context) {
              found.append(
                CarriedCase(giver: giver, taker: taker, elements: [element] + work + [target]))
            }
          }
        }
      }
    }
    return found
  }

  /// Whether two systems are groups of rules of one product, which one engine evaluates.
  private static func areGroupsOfRules(_ a: Int, _ b: Int, _ context: AuditContext) -> Bool {
    let (first, second) = (context.graph.nodes[a], context.graph.nodes[b])
    guard first.systemKind == .rules, second.systemKind == .rules else { return false }
    let products = [a, b].map { context.system(at: $0)?.technology.value.map(nameKey) }
    return products[0] == nil || products[1] == nil || products[0] == products[1]
  }

  private enum Part {
    case passes
    case isWork
    case ends
    case isOf(Int)
  }

  private static func step(
    _ element: FlowElement, _ process: EstateProcess, _ performers: [String: Int],
    _ context: AuditContext
  ) -> Part {
    if let performer = performers[element.id] { return .isOf(performer) }
    switch element.kind {
    case .gateway, .intermediateCatch, .intermediateThrow: return .passes
    case .task(.user), .task(.manual):
      let point = context.touchPoint(at: element, ofSystem: process.system)
      let kind = point?.kind ?? (namesApproval(element.name ?? "") ? .approval : .work)
      // Who corrects, changes the case: that is no carrying.
      return (kind == .work || kind == .form) && !namesCorrection(element.name ?? "")
        ? .isWork : .ends
    default: return .ends
    }
  }

  /// The systems that do the tasks of a process: those that a connection at the task's place names.
  static func performers(
    of process: EstateProcess, _ context: AuditContext
  ) -> [String: Int] {
    guard let carrier = context.node(ofSystemNamed: process.system) else { return [:] }
    var performers: [String: Int] = [:]
    let edges = context.graph.edges(from: carrier).filter {
      context.graph.nodes[$0.target].kind == .system && $0.kind == .invokes
    }
    for element in process.process.elements {
      let edge = edges.first { edge in
        edge.evidence.contains { $0.location == element.location }
      }
      if let edge { performers[element.id] = edge.target }
    }
    return performers
  }
}

/// Whether the name of a human task says that somebody mends what an automation could not.
private func namesCorrection(_ name: String) -> Bool {
  let stems = ["correct", "fix", "repair", "amend", "rework", "clarif", "resolv", "korrig"]
  return words(of: name).contains { word in stems.contains { word.hasPrefix($0) } }
}
