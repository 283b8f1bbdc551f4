import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let leakagePath = AuditCheck(
    id: "leakage-path", summary: "Ways on which sensitive data reach whoever must not have them",
    matters: "Data that have left to where they must not be cannot be called back."
  ) { context in
    let governance = context.governance
    let classification = DataClassification(context.policy)
    let graph = context.graph
    let steps = graph.dataSteps(answers: .none, where: movesData)
    var outcome = Outcome()
    var handled = 0
    for (position, dataClass) in classification.classes.enumerated() where dataClass.sensitive {
      func carries(_ edge: GraphEdge) -> Bool {
        classification.classes(of: edge, in: graph).contains(position)
      }
      let carriers = steps.filter { carries($0.edge) }
      guard !carriers.isEmpty else { continue }
      handled += 1
      var reasons: [Int: (reason: String, evidence: Evidence)] = [:]
      for node in graph.nodes.indices {
        reasons[node] = unfit(graph.nodes[node], dataClass, governance)
      }
      guard !reasons.isEmpty else { continue }
      outcome.findings += leaks(dataClass, carriers, carries, reasons, context)
    }
    let sinks = context.policy.systems.contains { $0.external != nil || $0.residency != nil }
    if handled > 0, !sinks, !context.policy.dataClasses.contains(where: { $0.allowed != nil }) {
      outcome.remarks.append(
        "\(counted(handled, "class", "classes")) of sensitive data \(handled == 1 ? "moves" : "move") "
          + "through the estate (inferred from names), but who may hold them is not known; say so under "
          + "'data_classes' (allowed) and 'systems' (external, residency) of the policy file.")
    }
    return outcome
  }
}

/// Why a node must not hold a class of data; `nil` where nothing says so.
private func unfit(
  _ node: GraphNode, _ dataClass: DataClass, _ governance: GovernanceFacts
) -> (reason: String, evidence: Evidence)? {
  if node.kind == .data { return nil }
  if let allowed = dataClass.allowed, let location = dataClass.location {
    if allowed.contains(where: { nameKey($0) == nameKey(node.name) }) { return nil }
    return (
      "is not among those who may hold \(dataClass.name) (declared)", Evidence(.declared, location)
    )
  }
  let said = governance.declaration(of: node.name)
  if let external = said?.external, external.value {
    return ("is run by somebody outside (declared)", external.evidence)
  }
  if let wanted = dataClass.residency, let residency = said?.residency,
    nameKey(wanted) != nameKey(residency.value)
  {
    return (
      "keeps data in \(residency.value), where \(dataClass.name) must stay in \(wanted) (declared)",
      residency.evidence
    )
  }
  return nil
}

/// Whether data move along an edge: reading and writing are moves, other acts where they name data.
private func movesData(_ edge: GraphEdge) -> Bool {
  switch edge.kind {
  case .reads, .writes: true
  case .invokes, .triggers, .handsOver, .escalates: !edge.data.isEmpty
  case .governs: false
  }
}

/// One step of data, in the direction in which they go.
private struct Move {
  var from: Int
  var to: Int
  var edge: GraphEdge
}

/// The shortest ways of one class of data from where files name it to each node that must not have it.
private func leaks(
  _ dataClass: DataClass, _ carriers: [IntegrationGraph.DataStep],
  _ carries: (GraphEdge) -> Bool,
  _ reasons: [Int: (reason: String, evidence: Evidence)], _ context: AuditContext
) -> [Finding] {
  let graph = context.graph
  var arrivals: [Int: Move] = [:]
  for step in carriers where arrivals[step.to] == nil {
    arrivals[step.to] = Move(from: step.from, to: step.to, edge: step.edge)
  }
  let sinks = reasons.keys.sorted()
  var ways: [Int: [Move]] = [:]
  for sink in sinks { if let move = arrivals[sink] { ways[sink] = [move] } }
  // What nobody who must not have them passes on is that one's finding already; and an application gives
  // each reader what it asks for, so another reader's data do not follow.
  let further = graph.shortestDataPaths(
    from: arrivals.keys.filter { reasons[$0] == nil }, to: sinks.filter { arrivals[$0] == nil },
    answers: .none
  ) { edge in
    let giver = edge.kind == .reads ? edge.target : edge.source
    return movesData(edge) && reasons[giver] == nil
      && (graph.nodes[giver].kind != .application || carries(edge))
  }
  for path in further {
    guard let start = path.nodes.first, let sink = path.nodes.last, let first = arrivals[start]
    else { continue }
    let steps = zip(zip(path.nodes, path.nodes.dropFirst()), path.edges)
    ways[sink] = [first] + steps.map { Move(from: $0.0, to: $0.1, edge: $1) }
  }
  return sinks.compactMap { sink in
    guard let way = ways[sink], let reason = reasons[sink] else { return nil }
    return finding(dataClass, way, isCertain: arrivals[sink] != nil, reason, context)
  }
}

private func finding(
  _ dataClass: DataClass, _ path: [Move], isCertain: Bool,
  _ reason: (reason: String, evidence: Evidence), _ context: AuditContext
) -> Finding? {
  guard let first = path.first, let last = path.last else { return nil }
  let graph = context.graph
  let sink = graph.nodes[last.to]
  let names = context.names([first.from] + path.map(\.to))
  let way = names.joined(separator: " → ")
  let severity: Severity = isCertain ? (dataClass.location == nil ? .medium : .high) : .low
  let data = Set(path.flatMap { $0.edge.data }).sorted()
  return Finding(
    check: AuditCheck.leakagePath.id, severity,
    "\(dataClass.name) may reach \(sink.name): \(way)",
    subjects: [sink.reference], others: path.map { context.reference($0.from) },
    topic: nameKey(dataClass.name),
    evidence: path.flatMap { $0.edge.evidence.prefix(2) } + [reason.evidence],
    why:
      "\(sink.name) \(reason.reason). The shortest way of data there has \(counted(path.count, "step"))"
      + (data.isEmpty ? "" : " and names \(listText(data))")
      + "; that this is \(dataClass.name) is inferred from words"
      + (dataClass.location == nil ? " of the default lexicon" : " of the policy file") + ". "
      + (isCertain
        ? "The last step names the data: high for a declared class, else medium."
        : "Whether a later step passes the same data on is not known: low."),
    remedy:
      "Take \(dataClass.name) out of what \(graph.nodes[last.from].name) gives to \(sink.name), or "
      + "mask it before that step.")
}
