import Facts
import Inventory
import ProcessModel

/// Collects the nodes and edges of a graph from the parts of an estate.
struct GraphDrawing {
  private var nodes: [String: GraphNode] = [:]
  private var edges: [String: EdgeDraft] = [:]
  /// System of each process, by key of the process's id and name.
  private var processSystems: [String: String] = [:]

  private struct EdgeDraft {
    var source: String
    var target: String
    var kind: Connection.Kind
    var channel: Connection.Channel
    var action: String?
    var data: Set<String>
    var evidence: Set<Evidence>
  }

  init(_ estate: Estate) {
    for system in estate.systems { add(GraphNode(system)) }
    for application in estate.applications {
      add(GraphNode(EntityReference(.application, application.name), sources: application.sources))
    }
    for team in estate.teams {
      add(GraphNode(EntityReference(.team, team.name), sources: team.sources))
    }
    for process in estate.processes {
      for name in [process.process.id, process.process.name ?? ""] where !nameKey(name).isEmpty {
        processSystems[nameKey(name), default: process.system] = process.system
      }
    }
  }

  private mutating func add(_ node: GraphNode) {
    if nodes[node.id] == nil { nodes[node.id] = node }
  }

  /// The node of a name, which is made where there is none.
  ///
  /// The estate spells names its own way already, so a system that is not there is a ghost;
  /// applications, teams and data come into being by being named.
  private mutating func nodeID(of reference: EntityReference) -> String {
    let id = reference.nodeID
    if nodes[id] == nil { nodes[id] = GraphNode(named: reference) }
    return id
  }

  mutating func addConnections(_ connections: [Connection]) {
    for connection in connections {
      let source = nodeID(of: connection.source)
      let target = nodeID(of: connection.target)
      addEdge(
        EdgeDraft(
          source: source, target: target, kind: connection.kind, channel: connection.channel,
          action: connection.action, data: Set(connection.data),
          evidence: Set(connection.evidence)))
    }
  }

  /// Draws the way a case takes to people: an exception escalates to its team, any other touch point
  /// hands the case over to it.
  ///
  /// Touch points without a team draw nothing, since it is unknown who acts. Where a connection of
  /// the same kind is already drawn between the two, the touch point is further evidence of it.
  mutating func addTouchPoints(_ touchPoints: [HumanTouchPoint]) {
    var drawn: [String: String] = [:]
    for id in edges.keys.sorted() {
      guard let edge = edges[id] else { continue }
      drawn["\(edge.kind.rawValue):\(edge.source):\(edge.target)", default: id] = id
    }
    for touchPoint in touchPoints {
      guard let team = touchPoint.team, !nameKey(team).isEmpty else { continue }
      let source = nodeID(ofSystemOrProcess: touchPoint.system)
      let target = nodeID(of: EntityReference(.team, team))
      let kind: Connection.Kind = touchPoint.kind == .exception ? .escalates : .handsOver
      var evidence = touchPoint.evidence
      if evidence.note == nil {
        evidence.note = "human touch point: \(touchPoint.name ?? touchPoint.step)"
      }
      let pair = "\(kind.rawValue):\(source):\(target)"
      if let id = drawn[pair] {
        edges[id]?.evidence.insert(evidence)
      } else {
        let draft = EdgeDraft(
          source: source, target: target, kind: kind, channel: .people, action: nil, data: [],
          evidence: [evidence])
        drawn[pair] = addEdge(draft)
      }
    }
  }

  private mutating func nodeID(ofSystemOrProcess name: String) -> String {
    let reference = EntityReference(.system, name)
    if nodes[reference.nodeID] == nil, let system = processSystems[nameKey(name)] {
      return nodeID(of: EntityReference(.system, system))
    }
    return nodeID(of: reference)
  }

  @discardableResult
  private mutating func addEdge(_ draft: EdgeDraft) -> String {
    let id =
      "edge:\(draft.kind.rawValue):\(draft.source):\(draft.target):\(draft.channel.rawValue)"
      + (draft.action.map { ":\(identifierPart($0))" } ?? "")
    if var edge = edges[id] {
      edge.data.formUnion(draft.data)
      edge.evidence.formUnion(draft.evidence)
      edges[id] = edge
    } else {
      edges[id] = draft
    }
    return id
  }

  func sortedNodes() -> [GraphNode] {
    let ranked = nodes.values.map { (kind: $0.kind, key: $0.reference.key, node: $0) }
    return ranked.sorted { ($0.kind, $0.key) < ($1.kind, $1.key) }.map(\.node)
  }

  func sortedEdges(positions: [String: Int]) -> [GraphEdge] {
    let drawn = edges.compactMap { id, draft -> GraphEdge? in
      guard let source = positions[draft.source], let target = positions[draft.target] else {
        return nil
      }
      return GraphEdge(
        id: id, source: source, target: target, kind: draft.kind, channel: draft.channel,
        action: draft.action, data: draft.data.sorted(), evidence: draft.evidence.sorted())
    }
    let kinds = Connection.Kind.allCases.map(\.rawValue)
    return
      drawn
      .map { ($0.source, $0.target, kinds.firstIndex(of: $0.kind.rawValue) ?? 0, $0.id, $0) }
      .sorted { ($0.0, $0.1, $0.2, $0.3) < ($1.0, $1.1, $1.2, $1.3) }
      .map(\.4)
  }
}
