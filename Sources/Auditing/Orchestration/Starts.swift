import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// Which automations in use start which others: directly, or by changing data whose change is the
/// other's trigger.
struct Starts {
  /// Nodes of the integration graph first, then a node for each datum that starts something.
  let graph: DirectedGraph
  /// Circles that are closed only by statements that do not tell who starts whom: two that
  /// "integrate", or parts of one diagram that answer each other.
  let undecidedCircles: Int

  private let systemCount: Int
  private let data: [Datum]
  private let edges: [Pair: GraphEdge]

  /// A named datum of an application, or a datum on its own.
  private struct Datum: Hashable {
    var node: Int
    var name: String
  }

  private struct Pair: Hashable {
    var from: Int
    var to: Int
  }

  init(_ context: AuditContext) {
    let nodes = context.graph.nodes
    systemCount = nodes.count
    let diagrams = Self.diagrams(context)
    var numbers: [Datum: Int] = [:]
    var data: [Datum] = []
    var edges: [Pair: GraphEdge] = [:]
    var undecided: [(from: Int, to: Int)] = []
    func isAutomation(_ node: Int) -> Bool {
      nodes[node].kind == .system && context.system(at: node)?.isAlive == true
    }
    for edge in context.graph.edges where edge.kind == .triggers && isAutomation(edge.target) {
      for datum in Self.data(of: edge, at: edge.source, nodes) where numbers[datum] == nil {
        numbers[datum] = nodes.count + data.count
        data.append(datum)
      }
    }
    for edge in context.graph.edges {
      if edge.kind == .invokes || edge.kind == .triggers, isAutomation(edge.source),
        isAutomation(edge.target), edge.source != edge.target
      {
        if edge.tellsDirection, !Self.isDialogue(edge, diagrams, context) {
          let pair = Pair(from: edge.source, to: edge.target)
          edges[pair] = edges[pair] ?? edge
        } else {
          undecided.append((edge.source, edge.target))
        }
      } else if edge.kind == .triggers, isAutomation(edge.target) {
        for datum in Self.data(of: edge, at: edge.source, nodes) {
          guard let number = numbers[datum] else { continue }
          edges[Pair(from: number, to: edge.target)] = edge
        }
      } else if edge.kind == .writes, isAutomation(edge.source) {
        for datum in Self.data(of: edge, at: edge.target, nodes) {
          guard let number = numbers[datum] else { continue }
          let pair = Pair(from: edge.source, to: number)
          edges[pair] = edges[pair] ?? edge
        }
      }
    }
    self.data = data
    self.edges = edges
    let known = edges.keys.map { (from: $0.from, to: $0.to) }
    graph = DirectedGraph(nodeCount: nodes.count + data.count, edges: known)
    let certain = graph.stronglyConnectedComponents().filter { $0.count > 1 }
    let all = DirectedGraph(nodeCount: nodes.count + data.count, edges: known + undecided)
      .stronglyConnectedComponents().filter { $0.count > 1 }
    let closed = Set(certain.flatMap { $0 })
    undecidedCircles = all.count { $0.allSatisfy { !closed.contains($0) } }
  }

  /// Sets of nodes that start one another in a circle, each with one of its shortest circles, which
  /// begins with its first automation.
  var circles: [(members: [Int], circle: [Int])] {
    graph.shortestCycles().map { component, cycle in
      let start = cycle.firstIndex(where: isSystem) ?? 0
      return (component, Array(cycle[start...] + cycle[..<start]))
    }
  }

  /// Whether a node is an automation rather than a datum.
  func isSystem(_ node: Int) -> Bool { node < systemCount }

  /// The edge of the integration graph that one start of a circle rests on.
  func edge(from: Int, to: Int) -> GraphEdge? { edges[Pair(from: from, to: to)] }

  /// What a node is called: an automation by its name, a datum by its own and its application's.
  func name(_ node: Int, _ context: AuditContext) -> String {
    guard node >= systemCount else { return context.graph.nodes[node].name }
    let datum = data[node - systemCount]
    let place = context.graph.nodes[datum.node]
    return place.kind == .data ? place.name : "\(shownName(node)) of \(place.name)"
  }

  private func shownName(_ node: Int) -> String {
    let datum = data[node - systemCount]
    for (pair, edge) in edges where pair.from == node || pair.to == node {
      if let name = edge.data.first(where: { nameKey($0) == datum.name }) { return name }
    }
    return datum.name
  }

  private static func data(of edge: GraphEdge, at node: Int, _ nodes: [GraphNode]) -> [Datum] {
    switch nodes[node].kind {
    case .data: [Datum(node: node, name: "")]
    case .application:
      edge.data.filter(namesOneThing).map { Datum(node: node, name: nameKey($0)) }
    case .system, .team: []
    }
  }

  /// Files in which the processes of each system are drawn, by the system's key.
  private static func diagrams(_ context: AuditContext) -> [String: Set<String>] {
    var diagrams: [String: Set<String>] = [:]
    for process in context.estate.processes {
      diagrams[nameKey(process.system), default: []].insert(process.process.location.path)
    }
    return diagrams
  }

  /// Whether an edge lies within one file: between the pools of one diagram, whose messages answer
  /// each other, or between a workflow and a part of its own.
  private static func isDialogue(
    _ edge: GraphEdge, _ diagrams: [String: Set<String>], _ context: AuditContext
  ) -> Bool {
    guard let source = context.system(at: edge.source), let target = context.system(at: edge.target)
    else { return false }
    let paths = Set(edge.evidence.map(\.location.path))
    let drawn = (diagrams[source.key] ?? []).intersection(diagrams[target.key] ?? [])
    if !drawn.isEmpty, paths.isSubset(of: drawn) { return true }
    let homes = Set((source.sources + target.sources).map(\.location.path))
    return edge.channel == .internalCall && homes.count == 1 && paths == homes
  }
}

extension GraphEdge {
  /// Whether some place says who acts on whom: a register that only lists what a system integrates
  /// with does not.
  var tellsDirection: Bool {
    evidence.contains { $0.note?.hasSuffix("the direction is not stated") != true }
  }
}

/// Whether a name of data stands for one thing of its application, rather than for whatever the first
/// sheet, table or file is called that a product makes.
func namesOneThing(_ name: String) -> Bool {
  if name.contains("{") || name.contains("$") || name.contains("[") { return false }
  let word = nameKey(name).drop { !$0.isLetter }
  let stem = String(word.prefix { $0.isLetter })
  let generic: Set = [
    "", "sheet", "table", "tablename", "tab", "default", "data", "list", "item", "items", "test",
    "main", "output", "input", "file", "temp", "tmp", "untitled", "topic", "queue", "formresponses",
    "objectstore", "record", "records", "result", "results", "body", "payload", "message", "folder",
    "database", "collection", "index", "blatt", "tabelle", "feuille", "hoja", "foglio", "bucket",
    "bucketname", "queueurl", "topicarn", "page", "new", "value", "object", "entity",
  ]
  return !(generic.contains(stem) && word.dropFirst(stem.count).allSatisfy(\.isNumber))
}
