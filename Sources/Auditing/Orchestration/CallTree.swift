import Facts
import IntegrationGraph
import Inventory

/// How many calls of agents one request sets off, along the tree of calls.
///
/// Counted are the calls among automations that an agent makes or answers; each place in a file that
/// calls counts once, whatever repeats it, and tools are not counted. Calls that lead back into a
/// circle are counted once.
struct CallTree {
  /// Calls of agents below each node of the integration graph, one request to it.
  let calls: [Double]
  /// Longest chain of calls below each node.
  let depth: [Int]
  /// Nodes that no automation calls, ascending.
  let roots: [Int]

  private let outgoing: [[Call]]

  struct Call {
    /// Node that is called.
    var target: Int
    /// Places in one file that call it.
    var count: Int
    /// Whether an agent makes or answers it.
    var isOfAgent: Bool
    var evidence: [Evidence]
  }

  init(_ context: AuditContext) {
    let nodes = context.graph.nodes
    func isAutomation(_ node: Int) -> Bool {
      nodes[node].kind == .system && (nodes[node].isGhost || context.isAlive(node))
    }
    var isCalled = Array(repeating: false, count: nodes.count)
    let outgoing: [[Call]] = nodes.indices.map { node in
      guard isAutomation(node), !nodes[node].isGhost else { return [] }
      let edges = context.graph.edges(from: node).filter {
        $0.kind == .invokes && $0.target != node && $0.tellsDirection && isAutomation($0.target)
      }
      let targets = Dictionary(grouping: edges, by: \.target).sorted { $0.key < $1.key }
      return targets.map { target, edges in
        isCalled[target] = true
        let evidence = edges.flatMap(\.evidence)
        let places = Dictionary(grouping: Set(evidence.map(\.location)), by: \.path)
        let isOfAgent =
          nodes[target].systemKind == .agent || nodes[node].systemKind == .agent
          || (nodes[node].systemKind == .orchestrator && nodes[target].systemKind == nil)
        return Call(
          target: target, count: max(1, places.values.map(\.count).max() ?? 1),
          isOfAgent: isOfAgent, evidence: evidence)
      }
    }
    self.outgoing = outgoing
    roots = nodes.indices.filter { !isCalled[$0] && !outgoing[$0].isEmpty }
    (calls, depth) = Self.sums(outgoing)
  }

  /// The calls that a node makes itself.
  func calls(from node: Int) -> [Call] { outgoing[node] }

  /// The chain of nodes below one on which most calls lie, itself first.
  func heaviestChain(from root: Int) -> [Int] {
    var chain = [root]
    while let last = chain.last, chain.count <= (depth[root] + 1) {
      let next = outgoing[last].filter { !chain.contains($0.target) }.max { a, b in
        (weight(a), b.target) < (weight(b), a.target)
      }
      guard let next else { break }
      chain.append(next.target)
    }
    return chain
  }

  private func weight(_ call: Call) -> Double {
    Double(call.count) * ((call.isOfAgent ? 1 : 0) + calls[call.target])
  }

  /// Sums along the tree, without recursion; a call back to a node that is still open ends a walk.
  private static func sums(_ outgoing: [[Call]]) -> ([Double], [Int]) {
    var calls = Array(repeating: 0.0, count: outgoing.count)
    var depth = Array(repeating: 0, count: outgoing.count)
    var state = Array(repeating: 0, count: outgoing.count)
    for start in outgoing.indices where state[start] == 0 {
      var walk = [(node: start, next: 0)]
      state[start] = 1
      while let (node, next) = walk.last {
        if next < outgoing[node].count {
          walk[walk.count - 1].next += 1
          let target = outgoing[node][next].target
          if state[target] == 0 {
            state[target] = 1
            walk.append((target, 0))
          }
        } else {
          walk.removeLast()
          for call in outgoing[node] {
            // What is still open is above: the call closes a circle and is counted once.
            let below = state[call.target] == 2 ? calls[call.target] : 0
            calls[node] += Double(call.count) * ((call.isOfAgent ? 1 : 0) + below)
            depth[node] = max(depth[node], 1 + (state[call.target] == 2 ? depth[call.target] : 0))
          }
          state[node] = 2
        }
      }
    }
    return (calls, depth)
  }
}
