import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let sensitiveAct = AuditCheck(
    id: "sensitive-act", summary: "Sensitive acts without a trace or a second approver",
    matters: "Prices, rights, payments and deletions that one alone changes are found out too late."
  ) { context in
    let governance = context.governance
    let acts = context.policy.sensitiveActs.map { act in
      (act: act, patterns: act.words.map(WordPattern.init))
    }
    func act(named name: String) -> String? {
      let all = words(of: name)
      guard !tellsOfSomething(all) else { return nil }
      return acts.first { $0.patterns.contains { $0.matchesInAnyOrder(all) } }?.act.name
    }
    var outcome = Outcome()
    for process in context.estate.processes {
      let places = places(in: process, act, context)
      if !places.isEmpty {
        outcome.findings.append(
          finding(process.system, places, topic: process.process.id, governance, context))
      }
    }
    let drawn = Set(context.estate.processes.map { nameKey($0.system) })
    var operations: [String: [Place]] = [:]
    for connection in context.estate.connections where connection.source.kind == .system {
      let key = connection.source.key
      guard !drawn.contains(key), let action = connection.action, let kind = act(named: action),
        let evidence = connection.evidence.first
      else { continue }
      operations[key, default: []].append(Place(act: kind, name: action, evidence: evidence))
    }
    for step in context.estate.steps where step.kind == .action || step.kind == .call {
      let key = nameKey(step.system)
      guard !drawn.contains(key), let name = step.name, let kind = act(named: name) else {
        continue
      }
      operations[key, default: []].append(Place(act: kind, name: name, evidence: step.evidence))
    }
    for system in context.estate.systems where system.isAlive {
      guard let places = operations[system.key],
        governance.supervision(of: system, context).isEmpty
      else { continue }
      outcome.findings.append(finding(system.name, places, topic: nil, governance, context))
    }
    return outcome
  }
}

/// Whether words name a message about something rather than the thing: *Send PaymentFailed event* pays nobody.
private func tellsOfSomething(_ words: [String]) -> Bool {
  guard let first = words.first,
    ["send", "publish", "emit", "raise", "notify", "log", "post", "trigger", "put"].contains(first)
  else { return false }
  return first == "notify" || first == "log"
    || words.dropFirst().contains {
      [
        "event", "events", "notification", "notifications", "message", "email", "mail", "reminder",
        "alert", "status", "confirmation", "failed", "failure", "receipt",
      ].contains($0)
    }
}

/// Where something does a sensitive act.
private struct Place {
  var act: String
  var name: String
  var evidence: Evidence
}

/// Sensitive acts of a process to which no approval or review leads.
///
/// A task of no type counts as one where its name says so: then the second approver is not known to be
/// missing.
private func places(
  in process: EstateProcess, _ act: (String) -> String?, _ context: AuditContext
) -> [Place] {
  let elements = process.process.elements
  let found = elements.indices.compactMap { index -> (Int, String)? in
    guard elements[index].isActivity, let name = elements[index].name, !namesApproval(name),
      let kind = act(name)
    else { return nil }
    return (index, kind)
  }
  guard !found.isEmpty else { return [] }
  let walk = ProcessWalk(process.process)
  func checks(_ index: Int) -> Bool {
    if let point = context.touchPoint(at: elements[index], ofSystem: process.system),
      point.kind == .approval || point.kind == .review
    {
      return true
    }
    let name = elements[index].name ?? ""
    switch elements[index].kind {
    case .task(.user), .task(.manual): return namesApproval(name) || namesReview(name)
    // Who does a task of no type the file does not say: by its name people may.
    case .task(.abstract): return namesApproval(name) || namesReview(name)
    default: return false
    }
  }
  return found.compactMap { index, kind in
    guard !walk.leading(to: index).contains(where: checks) else { return nil }
    return Place(
      act: kind, name: elements[index].name ?? elements[index].id,
      evidence: Evidence(.inferred, elements[index].location, note: elements[index].name))
  }
}

private func finding(
  _ system: String, _ places: [Place], topic: String?, _ governance: GovernanceFacts,
  _ context: AuditContext
) -> Finding {
  let trail = governance.declaration(of: system)?.auditTrail
  let isLive = context.system(named: system)?.isInProduction == true
  let hasNoTrail = trail?.value.isEmpty == true
  let names = places.map { "“\($0.name)”" }.reduce(into: [String]()) {
    if !$0.contains($1) { $0.append($1) }
  }
  let kinds = Set(places.map(\.act)).sorted()
  let trace =
    trail.map { $0.value.isEmpty ? "declared to leave no trace" : "declared to leave a trace" }
    ?? "whether it leaves a trace is not known"
  return Finding(
    check: AuditCheck.sensitiveAct.id,
    isLive && hasNoTrail ? .high : isLive || hasNoTrail ? .medium : .low,
    "\(system): \(listText(names, limit: 3)) without a second approver",
    subjects: [EntityReference(.system, system)], topic: topic,
    evidence: places.map { Evidence(.inferred, $0.evidence.location, note: $0.evidence.note) }
      + (trail.map { [$0.evidence] } ?? []),
    why:
      "\(counted(places.count, "act")) of \(listText(kinds)) (words, inferred); no approval or review by "
      + "people comes before in its files; \(trace). In production and declared without a trace: high; "
      + "one of these: medium; else low.",
    remedy: "Put the yes of a second person before \(names[0]), and note who gave it.")
}
