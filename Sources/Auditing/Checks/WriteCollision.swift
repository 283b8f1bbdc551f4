import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let writeCollision = AuditCheck(
    id: "write-collision",
    summary: "Automations that change the same data of one application without an order",
    matters:
      "What the last one writes stays, whoever was right: the others' changes are lost unnoticed."
  ) { context in
    var writers: [Target: [Int: [GraphEdge]]] = [:]
    var unnamed: [Int: Set<Int>] = [:]
    var shown: [Target: String] = [:]
    for edge in context.graph.edges where edge.kind == .writes {
      guard let system = context.system(at: edge.source), system.isAlive else { continue }
      let place = context.graph.nodes[edge.target]
      switch place.kind {
      case .application:
        let data = edge.data.filter(namesOneThing)
        if data.isEmpty { unnamed[edge.target, default: []].insert(edge.source) }
        for name in data {
          let target = Target(node: edge.target, data: nameKey(name))
          shown[target] = shown[target] ?? "\(name) of \(place.name)"
          writers[target, default: [:]][edge.source, default: []].append(edge)
        }
      case .data where edge.channel != .internalCall && namesOneThing(place.name):
        let target = Target(node: edge.target, data: "")
        shown[target] = place.name
        writers[target, default: [:]][edge.source, default: []].append(edge)
      default: continue
      }
    }
    let order = CallOrder(context)
    var outcome = Outcome()
    for (target, edges) in writers.sorted(by: { $0.key < $1.key }) where edges.count > 1 {
      let parties = order.parties(edges.keys.sorted())
      guard parties.count > 1, !isOfOneDrawing(target, edges, context),
        let finding = finding(target, shown[target] ?? "", edges, parties, context)
      else { continue }
      outcome.findings.append(finding)
    }
    let open = unnamed.values.filter { $0.count > 1 }
    if !open.isEmpty {
      let systems = Set(open.flatMap { $0 })
      outcome.remarks.append(
        "\(counted(systems.count, "automation")) change \(counted(open.count, "application")) that "
          + "others change too, and no file names which data; nothing is concluded of them.")
    }
    return outcome
  }
}

/// Whether all that is known to write a data object stands in one drawing: that shows in which order its pools do so.
private func isOfOneDrawing(
  _ target: Target, _ edges: [Int: [GraphEdge]], _ context: AuditContext
) -> Bool {
  context.graph.nodes[target.node].kind == .data
    && Set(edges.values.joined().flatMap(\.evidence).map(\.location.path)).count == 1
}

/// What is written: a datum of an application, or a data object.
private struct Target: Hashable, Comparable {
  var node: Int
  var data: String

  static func < (a: Target, b: Target) -> Bool { (a.node, a.data) < (b.node, b.data) }
}

/// Which automations are kept in order by calling one another, or by one that calls them.
private struct CallOrder {
  private let callers: DirectedGraph

  init(_ context: AuditContext) {
    callers = DirectedGraph(
      nodeCount: context.graph.nodes.count,
      edges: context.graph.edges.compactMap { edge in
        guard edge.kind == .invokes || edge.kind == .triggers,
          context.graph.nodes[edge.source].kind == .system,
          context.graph.nodes[edge.target].kind == .system
        else { return nil }
        return (from: edge.target, to: edge.source)
      })
  }

  /// Automations by those that are in an order with one another: one calls the other, or the same
  /// third one, up to three calls above, calls both.
  func parties(_ systems: [Int]) -> [[Int]] {
    var partyOfCaller: [Int: Int] = [:]
    var parties: [Int: [Int]] = [:]
    for (number, system) in systems.enumerated() {
      var above: Set<Int> = [system]
      var edge: Set<Int> = [system]
      for _ in 0..<3 {
        edge = Set(edge.flatMap { callers.successors(of: $0) }).subtracting(above)
        above.formUnion(edge)
      }
      let met = Set(above.compactMap { partyOfCaller[$0] })
      let party = met.min() ?? number
      parties[party, default: []].append(system)
      for other in met.sorted() where other != party {
        parties[party, default: []] += parties.removeValue(forKey: other) ?? []
        for (caller, old) in partyOfCaller where old == other { partyOfCaller[caller] = party }
      }
      for caller in above { partyOfCaller[caller] = party }
    }
    return parties.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}

/// What an operation does to data that is there.
private enum Effect {
  case replaces
  case adds
  case unknown

  init(_ edges: [GraphEdge]) {
    let effects = edges.map(Effect.init)
    self =
      if effects.contains(.replaces) { .replaces } else if effects.contains(.unknown) {
        .unknown
      } else { .adds }
  }

  private init(_ edge: GraphEdge) {
    let parts = Set(words(of: edge.action ?? "").map(stem))
    // Messages, events and records of a stream are added, even where the operation is called "put".
    let streams: Set = ["event", "message", "stream", "email", "mail", "queue", "notification"]
    func has(_ list: [String]) -> Bool { !parts.isDisjoint(with: list.map(stem)) }
    if edge.channel == .queue || edge.channel == .mail || has(Array(streams)) || has(["import"]) {
      self = .adds
    } else if has([
      "update", "updates", "patch", "put", "upsert", "set", "change", "edit", "modify", "replace",
      "save", "overwrite", "move", "rename", "delete", "deletes", "remove", "clear", "merge",
      "write",
      "store",
    ]) {
      self = .replaces
    } else if has([
      "create", "creates", "add", "append", "insert", "post", "send", "publish", "copy", "upload",
      "new", "produce", "log", "comment", "reply",
    ]) {
      self = .adds
    } else {
      self = .unknown
    }
  }
}

private func finding(
  _ target: Target, _ name: String, _ edges: [Int: [GraphEdge]], _ parties: [[Int]],
  _ context: AuditContext
) -> Finding? {
  // A party counts with what the most harmful of its members does.
  let effects = parties.map { Effect($0.flatMap { edges[$0] ?? [] }) }
  let replacing = effects.count { $0 == .replaces }
  let unknown = effects.count { $0 == .unknown }
  guard replacing + unknown > 0 else { return nil }
  let nodes = edges.keys.sorted()
  let systems = nodes.compactMap(context.system(at:))
  let inProduction = systems.allSatisfy { $0.isInProduction }
  let owners = Set(systems.compactMap(\.ownerGroup).map(nameKey)).count
  let severity: Severity =
    if replacing >= 2, inProduction, owners > 1 {
      .high
    } else if replacing + unknown >= 2, owners > 1 {
      .medium
    } else {
      .low
    }
  let acts = nodes.map { node in
    let actions = Set((edges[node] ?? []).compactMap(\.action)).sorted()
    return context.graph.nodes[node].name
      + (actions.isEmpty ? "" : " (\(listText(actions, limit: 3)))")
  }
  let volumes = systems.compactMap { $0.volume.value?.perMonth }
  let often =
    volumes.count < systems.count
    ? "" : " Together they run \(numberText(volumes.reduce(0, +).rounded())) times a month."
  return Finding(
    check: AuditCheck.writeCollision.id, severity,
    "\(counted(nodes.count, "automation")) change \(name) without an order between them",
    subjects: [context.reference(target.node)], others: nodes.map(context.reference),
    topic: target.data.isEmpty ? nil : target.data,
    evidence: nodes.flatMap { (edges[$0] ?? []).flatMap(\.evidence) },
    why:
      "\(name) is written by \(listText(acts)). \(nodes.count == 2 ? "Neither calls the other" : "None calls another"), and "
      + "nothing that is known calls \(nodes.count == 2 ? "both" : "two of them") (up to three calls above): \(parties.count) parties, of which \(replacing) replace "
      + "what is there and \(unknown) do not say what they do to it. Which records and fields each "
      + "one changes is not known.\(often)",
    remedy:
      "Let one of them own \(name) and the others ask it to write, or check the version of the "
      + "record before each write.",
    example: nodes.count < 2
      ? nil
      : "Both take up one record; \(context.graph.nodes[nodes[0]].name) writes it, then "
        + "\(context.graph.nodes[nodes[1]].name) writes what it read before.")
}
