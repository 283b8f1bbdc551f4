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
    let moves = graph.dataMoves
    let leaving = Dictionary(grouping: moves.indices) { moves[$0].from }
    var outcome = Outcome()
    var handled = 0
    for (position, dataClass) in classification.classes.enumerated() where dataClass.sensitive {
      let carries = moves.map {
        classification.classes(of: graph.edges[$0.edge], in: graph).contains(position)
      }
      guard carries.contains(true) else { continue }
      handled += 1
      var reasons: [Int: (reason: String, evidence: Evidence)] = [:]
      for node in graph.nodes.indices {
        reasons[node] = unfit(graph.nodes[node], dataClass, governance)
      }
      guard !reasons.isEmpty else { continue }
      outcome.findings += leaks(
        dataClass, moves, leaving, carries, reasons, context)
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

/// The shortest ways of one class of data from where files name it to each node that must not have it.
private func leaks(
  _ dataClass: DataClass, _ moves: [DataMove], _ leaving: [Int: [Int]], _ carries: [Bool],
  _ reasons: [Int: (reason: String, evidence: Evidence)], _ context: AuditContext
) -> [Finding] {
  let graph = context.graph
  // A search from all sources at once, ways that name the class before ways that only may carry it.
  var cameBy: [Int?] = Array(repeating: nil, count: graph.nodes.count)
  var certain = Array(repeating: false, count: graph.nodes.count)
  var isSeen = Array(repeating: false, count: graph.nodes.count)
  var open: [Int] = []
  for (number, move) in moves.enumerated() where carries[number] {
    if !isSeen[move.to] {
      isSeen[move.to] = true
      certain[move.to] = true
      cameBy[move.to] = number
      open.append(move.to)
    }
  }
  var next = 0
  while next < open.count {
    let node = open[next]
    next += 1
    // What nobody who must not have them passes on is that one's finding already.
    if reasons[node] != nil { continue }
    for number in leaving[node] ?? [] where !isSeen[moves[number].to] {
      // An application gives each reader what it asks for, so another reader's data do not follow.
      if graph.nodes[node].kind == .application, !carries[number] { continue }
      isSeen[moves[number].to] = true
      cameBy[moves[number].to] = number
      open.append(moves[number].to)
    }
  }
  return reasons.keys.sorted().compactMap { sink in
    guard isSeen[sink] else { return nil }
    var path: [Int] = []
    var node = sink
    while let number = cameBy[node], path.count < graph.nodes.count {
      path.append(number)
      node = moves[number].from
      if certain[moves[number].to] { break }
    }
    path.reverse()
    guard let reason = reasons[sink] else { return nil }
    return finding(dataClass, path.map { moves[$0] }, isCertain: certain[sink], reason, context)
  }
}

private func finding(
  _ dataClass: DataClass, _ path: [DataMove], isCertain: Bool,
  _ reason: (reason: String, evidence: Evidence), _ context: AuditContext
) -> Finding? {
  guard let first = path.first, let last = path.last else { return nil }
  let graph = context.graph
  let sink = graph.nodes[last.to]
  let names = context.names([first.from] + path.map(\.to))
  let way = names.joined(separator: " → ")
  let severity: Severity = isCertain ? (dataClass.location == nil ? .medium : .high) : .low
  let data = Set(path.flatMap { graph.edges[$0.edge].data }).sorted()
  return Finding(
    check: AuditCheck.leakagePath.id, severity,
    "\(dataClass.name) may reach \(sink.name): \(way)",
    subjects: [sink.reference], others: path.map { context.reference($0.from) },
    topic: nameKey(dataClass.name),
    evidence: path.flatMap { graph.edges[$0.edge].evidence.prefix(2) } + [reason.evidence],
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
