import Inventory

/// What somebody who controls one node can act on through it.
public struct CompromiseReach: Hashable, Sendable {
  /// Positions of the nodes that it acts on itself, through however many others but through no
  /// orchestrator, ascending.
  public let direct: [Int]
  /// Positions of the orchestrators that it can make act: those it calls, triggers or writes to, and
  /// those that call it and trust its answer; ascending.
  public let orchestrators: [Int]
  /// Positions of the nodes that only those orchestrators put within its reach, ascending.
  public let throughOrchestrators: [Int]

  /// All of them, ascending.
  public var all: [Int] { (direct + orchestrators + throughOrchestrators).sorted() }
}

extension IntegrationGraph {
  /// What a compromised node can act on: everything along what it calls, triggers, writes, reads or
  /// governs, and everything that an orchestrator can reach that it calls or that calls it.
  ///
  /// An orchestrator acts on the answers of what it calls, so a compromised system speaks through it
  /// to all others (assumed: nothing checks the answers). People do not pass a compromise on:
  /// hand-overs, escalations and the channel `people` do not count. Other than `blastRadius(of:)`,
  /// which follows who stands still when a node *fails*, this follows what a node can *do*.
  ///
  /// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together* (a compromised agent
  /// that others trust; the orchestration layer as a new attack surface).
  /// - Complexity: O(n + m log m).
  public func compromiseReach(of node: Int) -> CompromiseReach {
    let (acting, trusting) = trust
    return reach(of: node, acting: acting, trusting: trusting)
  }

  /// `compromiseReach(of:)` of several nodes, in their order.
  ///
  /// - Complexity: O(m log m + k · (n + m)) for k nodes.
  public func compromiseReaches(of starts: [Int]) -> [CompromiseReach] {
    let (acting, trusting) = trust
    return starts.map { reach(of: $0, acting: acting, trusting: trusting) }
  }

  /// Who acts on whom, without and with the answers that orchestrators trust.
  private var trust: (acting: DirectedGraph, trusting: DirectedGraph) {
    var acts: [(from: Int, to: Int)] = []
    var answers: [(from: Int, to: Int)] = []
    for edge in edges where !edge.isHuman {
      acts.append((edge.source, edge.target))
      if isOrchestrator(edge.source), edge.kind == .invokes || edge.kind == .reads {
        answers.append((edge.target, edge.source))
      }
    }
    return (
      DirectedGraph(nodeCount: nodes.count, edges: acts),
      DirectedGraph(nodeCount: nodes.count, edges: acts + answers)
    )
  }

  private func reach(
    of node: Int, acting: DirectedGraph, trusting: DirectedGraph
  ) -> CompromiseReach {
    let all = trusting.reachable(from: node)
    let orchestrators = all.filter(isOrchestrator)
    let ways = acting.shortestPaths(from: [node], avoiding: Set(orchestrators))
    return CompromiseReach(
      direct: all.filter { !isOrchestrator($0) && ways.distance[$0] != nil },
      orchestrators: orchestrators,
      throughOrchestrators: all.filter { !isOrchestrator($0) && ways.distance[$0] == nil })
  }
}
