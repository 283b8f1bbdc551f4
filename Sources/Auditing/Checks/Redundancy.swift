import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let redundancy = AuditCheck(
    id: "redundancy", summary: "Systems that do much the same, above all with different owners",
    matters: "The same work is built, run and repaired twice, and the copies drift apart."
  ) { context in
    let likeness = Likeness(context)
    var outcome = Outcome()
    for cluster in clusters(likeness, context) {
      outcome.findings.append(finding(cluster, likeness, context))
    }
    if likeness.withoutPurpose > 0 {
      outcome.remarks.append(
        "Of \(counted(likeness.withoutPurpose, "system")) the purpose is unknown; nothing is concluded."
      )
    }
    return outcome
  }
}

/// Purposes must be this alike, whatever else two systems share: two bots that drive one application
/// are not redundant for that (assumed).
private let leastPurpose = 0.4

/// Groups of systems that are alike on average.
///
/// Pairs join in the order of their score; a pair joins two groups where the mean score between the
/// groups reaches the threshold (average linkage, Sokal and Michener 1958), so that a chain of
/// half-alike systems does not become one group.
private func clusters(_ likeness: Likeness, _ context: AuditContext) -> [[Int]] {
  let systems = context.estate.systems
  let threshold = context.options.redundancyScore
  func boosted(_ a: Int, _ b: Int) -> Double { score(likeness.mean(a, b), a, b, context) }
  let pairs = likeness.pairs(among: systems.map(\.isAlive), purpose: leastPurpose)
    .filter { likeness.sharedWordCount($0.0, $0.1) > 1 && !workTogether($0.0, $0.1, context) }
    .map { (score: boosted($0.0, $0.1), first: $0.0, second: $0.1) }
    .filter { $0.score >= threshold }
    .sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }
  var groupOf: [Int: Int] = [:]
  var groups: [Int: [Int]] = [:]
  for pair in pairs {
    let (a, b) = (groupOf[pair.first] ?? pair.first, groupOf[pair.second] ?? pair.second)
    if a == b { continue }
    let (left, right) = (groups[a] ?? [a], groups[b] ?? [b])
    // Of large groups a sample will do.
    let sample = left.prefix(20).flatMap { x in right.prefix(20).map { boosted(x, $0) } }
    guard sample.reduce(0, +) / Double(sample.count) >= threshold else { continue }
    let merged = (left + right).sorted()
    groups[b] = nil
    groups[a] = merged
    for member in merged { groupOf[member] = a }
  }
  return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
}

/// The score of a pair, raised where the owners differ, at most 1.
private func score(_ mean: Double, _ a: Int, _ b: Int, _ context: AuditContext) -> Double {
  let systems = context.estate.systems
  let factor =
    ownersDiffer(systems[a], systems[b]) == true ? context.options.differentOwnersFactor : 1
  return min(1, mean * factor)
}

/// Whether one of two systems starts, calls or serves the other: then they share the work.
private func workTogether(_ a: Int, _ b: Int, _ context: AuditContext) -> Bool {
  guard let first = context.node(ofSystem: a), let second = context.node(ofSystem: b) else {
    return false
  }
  let links = context.graph.links
  return links.successors(of: first).contains(second)
    || links.successors(of: second).contains(first)
}

private func finding(_ cluster: [Int], _ likeness: Likeness, _ context: AuditContext) -> Finding {
  let systems = cluster.map { context.estate.systems[$0] }
  var best = (first: cluster[0], second: cluster[1], score: -1.0)
  for (place, a) in cluster.enumerated() {
    for b in cluster.dropFirst(place + 1) {
      let score = score(likeness.mean(a, b), a, b, context)
      if score > best.score { best = (a, b, score) }
    }
  }
  let (a, b) = (context.estate.systems[best.first], context.estate.systems[best.second])
  let parts = likeness.score(best.first, best.second)
  let terms = parts.parts.map { part in
    let shared = part.shared.isEmpty ? "" : " (\(listText(part.shared)))"
    return
      "\(part.part.rawValue) \(scoreText(part.value)) × \(scoreText(part.part.weight))\(shared)"
  }
  let weight = parts.parts.reduce(0) { $0 + $1.part.weight }
  let differ = ownersDiffer(a, b)
  let factor =
    differ == true
    ? ", × \(scoreText(context.options.differentOwnersFactor)) for different owners" : ""
  let keeper = keeper(of: systems)
  let others = systems.filter { $0 != keeper.system }.map(\.name)
  return Finding(
    check: AuditCheck.redundancy.id, severity(best.score, owners: differ),
    "\(listText(systems.map(\.name))) do much the same", subjects: systems.map(\.reference),
    evidence: systems.flatMap { $0.purpose.facts.prefix(1).map(\.evidence) + $0.sources },
    why: "Likeness of \(a.name) and \(b.name): (\(terms.joined(separator: " + "))) / "
      + "\(scoreText(weight))\(factor) = \(scoreText(best.score)) ≥ "
      + "\(scoreText(context.options.redundancyScore)). Parts unknown of either are left out."
      + (differ == nil ? " Whether the owners differ is unknown." : ""),
    remedy: "Compare them case by case; if nothing speaks against it, keep \(keeper.system.name)"
      + "\(keeper.reason) and move the work of \(listText(others)) there.")
}

private func severity(_ score: Double, owners differ: Bool?) -> Severity {
  if score >= 0.75 && differ == true { return .high }
  return score < 0.6 && differ != true ? .low : .medium
}

/// The system to keep: in production, then failing least, then running most, then by name.
func keeper(of systems: [AutomationSystem]) -> (system: AutomationSystem, reason: String) {
  let inProduction = systems.filter { $0.status.value == .production }
  let candidates = inProduction.isEmpty ? systems : inProduction
  let rates = candidates.compactMap { system in system.failureRate.value.map { ($0.value, system) }
  }
  if rates.count == candidates.count, let least = rates.min(by: { $0.0 < $1.0 }),
    rates.count(where: { $0.0 == least.0 }) == 1, rates.count > 1
  {
    return (least.1, ", which fails least (\(percentText(least.0)))")
  }
  let volumes = candidates.compactMap { system in
    system.volume.value.map { ($0.perMonth, system) }
  }
  if volumes.count == candidates.count, let most = volumes.max(by: { $0.0 < $1.0 }),
    volumes.count(where: { $0.0 == most.0 }) == 1, volumes.count > 1
  {
    return (most.1, ", which runs most (\(numberText(most.0.rounded())) a month)")
  }
  if inProduction.count == 1 { return (inProduction[0], ", the only one in production") }
  return (candidates[0], "")
}
