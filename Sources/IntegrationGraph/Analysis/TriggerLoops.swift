import Inventory

/// Systems that start one another in a circle.
public struct TriggerLoop: Hashable, Sendable {
  /// Positions of all nodes that start each other, ascending: a strongly connected component.
  public let nodes: [Int]
  /// One of its shortest circles, as the edges of the graph in order, each beginning where the one
  /// before ends; a write is followed by the trigger or the reading from the queue written to.
  public let cycle: [GraphEdge]
}

extension IntegrationGraph {
  /// What counts as one thing starting another.
  public enum StartRule: String, Hashable, Sendable, CaseIterable {
    /// Calls and triggers that files name: `invokes` and `triggers`.
    case calls
    /// And queues: who writes to a data object starts what that data object triggers, or what reads
    /// from it by the channel `queue`.
    case queues
    /// And changes anywhere: who writes to anything that triggers something starts it. A circle of
    /// this kind is possible, not certain: the change may not be one that the trigger waits for.
    case changes
  }

  /// Systems that start one another in a circle, in the order of their first node, a node that
  /// starts itself included.
  ///
  /// People in between break a circle: hand-overs and escalations do not count, nor does the channel
  /// `people`.
  ///
  /// Source: *From impressive demos to operational chaos* (automations that fire one another).
  /// - Complexity: that of `DirectedGraph.shortestCycles`.
  public func triggerLoops(_ rule: StartRule = .queues) -> [TriggerLoop] {
    let starts = startEdges(rule)
    let graph = DirectedGraph(nodeCount: nodes.count, edges: starts.map { ($0.from, $0.to) })
    var first: [Arc: GraphEdge] = [:]
    var loops: [TriggerLoop] = []
    var single: Set<Int> = []
    for start in starts {
      let arc = Arc(from: start.from, to: start.to)
      if first[arc] == nil { first[arc] = start.edge }
    }
    for (component, cycle) in graph.shortestCycles() {
      let edges = cycle.indices.compactMap { index in
        first[Arc(from: cycle[index], to: cycle[(index + 1) % cycle.count])]
      }
      single.formUnion(component)
      loops.append(TriggerLoop(nodes: component, cycle: edges))
    }
    for start in starts where start.from == start.to && single.insert(start.from).inserted {
      loops.append(TriggerLoop(nodes: [start.from], cycle: [start.edge]))
    }
    return loops.sorted { ($0.nodes.first ?? 0) < ($1.nodes.first ?? 0) }
  }

  private struct Arc: Hashable {
    var from: Int
    var to: Int
  }

  /// What starts what, in edge order.
  private func startEdges(_ rule: StartRule) -> [(from: Int, to: Int, edge: GraphEdge)] {
    let triggering = Set(edges.lazy.filter { $0.kind == .triggers }.map(\.source))
    return edges.compactMap { edge in
      guard edge.channel != .people else { return nil }
      let isData = nodes[edge.target].kind == .data
      switch edge.kind {
      case .invokes, .triggers: return (edge.source, edge.target, edge)
      case .reads:
        guard rule != .calls, isData, edge.channel == .queue else { return nil }
        return (edge.target, edge.source, edge)
      case .writes:
        let starts =
          switch rule {
          case .calls: false
          case .queues: isData && (triggering.contains(edge.target) || edge.channel == .queue)
          case .changes: triggering.contains(edge.target) || (isData && edge.channel == .queue)
          }
        return starts ? (edge.source, edge.target, edge) : nil
      case .handsOver, .escalates, .governs: return nil
      }
    }
  }
}
