import Facts
import IntegrationGraph
import Inventory

/// Which agents are no more than a part of another system: of a workflow, a crew or a team.
///
/// A part is an agent that only exports describe, in files that also describe what calls it, and that nothing else
/// calls: who counts what is run counts the whole once.
struct PartsOfSystems {
  private let wholeOfPart: [Int: Int]

  init(_ context: AuditContext) {
    let graph = context.graph
    let paths: [Set<String>] = graph.nodes.map { node in
      node.kind == .system && !node.isGhost
        && node.evidence.allSatisfy { $0.provenance != .declared && $0.provenance != .corrected }
        ? Set(node.evidence.map(\.location.path)) : []
    }
    var callers: [Int: Int] = [:]
    for node in graph.nodes.indices
    where graph.nodes[node].systemKind == .agent && !paths[node].isEmpty {
      let calls = graph.edges(to: node).filter {
        $0.source != node && graph.nodes[$0.source].kind == .system
      }
      guard let first = calls.map(\.source).min(),
        calls.allSatisfy({
          $0.kind == .invokes && $0.channel == .internalCall
            && paths[node].isSubset(of: paths[$0.source])
        })
      else { continue }
      callers[node] = first
    }
    var wholes: [Int: Int] = [:]
    for part in callers.keys {
      var seen: Set<Int> = [part]
      var node = part
      // Agents of a team may call each other in a circle: the first of them stands for it.
      while let caller = callers[node] {
        guard seen.insert(caller).inserted else {
          node = seen.min() ?? node
          break
        }
        node = caller
      }
      if node != part { wholes[part] = node }
    }
    wholeOfPart = wholes
  }

  /// What is run when a system is: itself, or what it is a part of.
  func whole(_ node: Int) -> Int { wholeOfPart[node] ?? node }

  /// What nodes are, each part with its whole, each once, in their order.
  func wholes(_ nodes: some Sequence<Int>) -> [Int] {
    var seen: Set<Int> = []
    return nodes.map(whole).filter { seen.insert($0).inserted }
  }
}
