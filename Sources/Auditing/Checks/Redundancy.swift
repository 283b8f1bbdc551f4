import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let redundancy = AuditCheck(
    id: "redundancy", summary: "Systems that do much the same, above all with different owners",
    matters: "The same work is built, run and repaired twice, and the copies drift apart."
  ) { context in
    let found = context.redundancy
    var outcome = Outcome()
    let findings = found.clusters.map { (cluster: $0, finding: finding($0, found, context)) }
    let slight = findings.filter { cluster, finding in
      finding.severity == .low
        && cluster.allSatisfy { UnregisteredGroup.isUnregistered(context.estate.systems[$0]) }
    }
    let areTogether = slight.count > slightGroups
    let together = Set(areTogether ? slight.map { $0.cluster } : [])
    if areTogether { outcome.findings.append(finding(slight.map { $0.cluster }, context)) }
    for (cluster, finding) in findings where !together.contains(cluster) {
      outcome.findings.append(finding)
    }
    for group in found.copies.groups { outcome.findings.append(finding(group, context)) }
    if found.likeness.withoutPurpose > 0 {
      outcome.remarks.append(
        "Of \(counted(found.likeness.withoutPurpose, "system")) the purpose is unknown; of these only "
          + "those are compared of which targets, data and trigger are all known.")
    }
    return outcome
  }
}

/// Groups of low severity that only exports speak of and that are told one by one; more are one finding
/// (assumed).
private let slightGroups = 5

/// Groups that only exports speak of, as of the parts and variants of a library.
private func finding(_ clusters: [[Int]], _ context: AuditContext) -> Finding {
  let systems = context.estate.systems
  let largest = clusters.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  let examples = largest.prefix(3).map { cluster in
    listText(cluster.map { systems[$0].name }, limit: 3)
  }
  let members = clusters.flatMap { $0 }
  return Finding(
    check: AuditCheck.redundancy.id, .low,
    "\(clusters.count) groups of systems that only exports speak of do much the same",
    subjects: [], others: members.map { systems[$0].reference }, topic: "in no register",
    evidence: members.compactMap { systems[$0].sources.min() },
    why:
      "\(counted(members.count, "system")) in \(clusters.count) groups are alike by the formula of this "
      + "check, but their owners are unknown and their names share a word, or no purpose is known: they may be "
      + "parts or variants of one library. The largest: \(examples.joined(separator: "; ")). More than "
      + "\(slightGroups) such groups are one finding.",
    remedy:
      "Ask who made \(examples[0]) whether all of them are in use, and begin with those that are.")
}

private func finding(
  _ cluster: [Int], _ found: RedundancyClusters, _ context: AuditContext
) -> Finding {
  let systems = cluster.map { context.estate.systems[$0] }
  var best = (first: cluster[0], second: cluster[1], score: -1.0)
  for (place, a) in cluster.enumerated() {
    for b in cluster.dropFirst(place + 1) {
      let score = found.score(a, b)
      if score > best.score { best = (a, b, score) }
    }
  }
  let (a, b) = (context.estate.systems[best.first], context.estate.systems[best.second])
  let parts = found.likeness.score(best.first, best.second)
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
  let isPurposeKnown = parts.parts.contains { $0.part == .purpose }
  // Whoever gave the parts of one library names that share a word knew of both; other owners need not.
  let isOneLibrary =
    differ != true && UnregisteredGroup.isUnregistered(a) && UnregisteredGroup.isUnregistered(b)
    && a.technology.value == b.technology.value && SiblingNames(a.name, b.name) != nil
  return Finding(
    check: AuditCheck.redundancy.id,
    isPurposeKnown && !isOneLibrary ? severity(best.score, owners: differ) : .low,
    "\(listText(systems.map(\.name))) do much the same", subjects: systems.map(\.reference),
    evidence: systems.flatMap { $0.purpose.facts.prefix(1).map(\.evidence) + $0.sources },
    why: "Likeness of \(a.name) and \(b.name): (\(terms.joined(separator: " + "))) / "
      + "\(scoreText(weight))\(factor) = \(scoreText(best.score)) ≥ "
      + "\(scoreText(context.options.redundancyScore)). Parts unknown of either are left out."
      + (isPurposeKnown ? "" : " The purpose is among them, so that this is a likeness of means.")
      + (isOneLibrary
        ? " Their names share a word and only exports speak of them, as of parts or variants of one library: low."
        : "")
      + (differ == nil ? " Whether the owners differ is unknown." : ""),
    remedy: "Compare them case by case; if nothing speaks against it, keep \(keeper.system.name)"
      + "\(keeper.reason) and move the work of \(listText(others)) there.")
}

private func severity(_ score: Double, owners differ: Bool?) -> Severity {
  if score >= 0.75 && differ == true { return .high }
  return score < 0.6 && differ != true ? .low : .medium
}

/// Copies, versions and environments of one automation.
private func finding(_ group: PlatformCopies.Group, _ context: AuditContext) -> Finding {
  let systems = group.members.map { context.estate.systems[$0] }
  let original = context.estate.systems[group.original]
  let others = systems.filter { $0 != original }.map(\.name)
  let inProduction = systems.count { $0.isSwitchedOn }
  let isKept = group.kind == .environments
  return Finding(
    check: AuditCheck.redundancy.id,
    isKept ? .info : inProduction > 1 ? .medium : .low,
    isKept
      ? "\(listText(systems.map(\.name))) are one automation in several environments"
      : "\(listText(systems.map(\.name))) are \(group.kind.rawValue) of one automation",
    subjects: [original.reference], others: systems.filter { $0 != original }.map(\.reference),
    topic: group.kind.rawValue, evidence: systems.flatMap(\.sources),
    why:
      "Their names differ by a mark of \(group.kind.rawValue) only, their technology is not known to "
      + "differ, and nothing shows that they work on different things; the product or a click made "
      + "them, nobody built them twice (inferred from the names). "
      + (isKept
        ? "Environments are meant to be there: info."
        : "In production or switched on: \(numberText(inProduction)). Medium where that is more than one, else low."),
    remedy: isKept
      ? "Enter them as one automation with its environments, so that they are counted once."
      : "Keep \(original.name), and delete \(listText(others)) once nothing starts them.")
}
