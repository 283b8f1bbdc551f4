import Facts
import Inventory

extension AuditCheck {
  static let completeness = AuditCheck(
    id: "completeness", summary: "Systems of which too few of the seven audit fields are known",
    matters: "What is not known of a system can be neither simulated nor planned for."
  ) { context in
    var outcome = Outcome()
    if context.estate.systems.isEmpty {
      outcome.remarks.append(
        "No system is in the inventory: that nothing was found says nothing about the estate.")
    }
    var lacking: [(system: AutomationSystem, missing: [AuditField])] = []
    for (index, system) in context.estate.systems.enumerated() {
      let missing = context.missingFields(ofSystem: index)
      guard missing.count >= max(1, context.options.missingFields) else { continue }
      lacking.append((system, missing))
    }
    var together: Set<String> = []
    let groups = UnregisteredGroup.groups(
      lacking.map(\.system), by: { UnregisteredTrait(gravity($0, context), of: $0, context) })
    for (trait, group) in groups {
      let members = Set(group.systems.map(\.key))
      together.formUnion(members)
      let fields = lacking.filter { members.contains($0.system.key) }.flatMap(\.missing)
      outcome.findings.append(finding(group.byConsequence(context), trait, fields, context))
    }
    for (system, missing) in lacking where !together.contains(system.key) {
      outcome.findings.append(finding(system, missing: missing, context))
    }
    return outcome
  }
}

/// How much it matters that an export is all that is known of a system: what it says to be switched on is
/// relied on, of anything else it is not known whether it runs.
private func gravity(_ system: AutomationSystem, _ context: AuditContext) -> Severity {
  context.isSaidToRun(system) ? .medium : .low
}

/// Systems of which only an export is known, which cannot hold most of the fields.
private func finding(
  _ group: UnregisteredGroup, _ trait: UnregisteredTrait, _ missing: [AuditField],
  _ context: AuditContext
) -> Finding {
  let count = group.counted
  let isRunning = trait.severity == .medium
  let drawn = context.drawnOnly
  let drawings = group.systems.count { $0.status.value == nil && drawn.contains($0.key) }
  let gaps = AuditField.allCases.compactMap { field in
    let systems = missing.count { $0 == field }
    return systems == 0 ? nil : "\(field.rawValue) of \(numberText(systems))"
  }
  return Finding(
    check: AuditCheck.completeness.id, trait.severity,
    "\(count) \(group.running(isRunning))\(trait.ending): what exports cannot hold is unknown",
    subjects: [], others: group.systems.map(\.reference),
    topic: group.topic("in no register-\(trait.topic)"), evidence: group.evidence,
    why:
      "Only exports speak of \(count) (\(group.products); status: \(group.statuses)), and of each "
      + "\(context.options.missingFields) or more of the seven audit fields are unknown: "
      + "\(listText(gaps, limit: 7)).\(group.seen(context))\(group.parts(context))\(group.examples(context))"
      + (drawings == 0
        ? ""
        : " Of \(numberText(drawings)) the files name no product that runs them but at most the tool that drew "
          + "them, or mark them as not executable: they may be drawings.")
      + " Unknown is not zero: nothing may be concluded from the gap; medium where they are "
      + "switched on or were seen to run other than among tests and examples, else low.",
    remedy: (group.areMostlyExamples(context) ? "Find out which of them are in use at all. " : "")
      + "Export the register (rehearse inventory register), strike what is not in use, "
      + (missing.contains(.owner)
        ? "find an owner for the rest, let the owners fill in the gaps, and import it."
        : "let the owners fill in the gaps of the rest, and import it."))
}

private func finding(
  _ system: AutomationSystem, missing: [AuditField], _ context: AuditContext
) -> Finding {
  let fields = AuditField.allCases.count
  let names = listText(missing.map(\.rawValue), limit: fields)
  let status = system.statusText
  let known = fields - missing.count
  let whom =
    system.owner.value.flatMap { isPlaceholder($0) ? nil : $0 }
    ?? system.team.value
    ?? system.maker.flatMap { OwnerName($0, teams: []).isNobody ? nil : $0 }
  let asked = whom.map { "Ask \($0)" } ?? "Find out who runs it and ask"
  return Finding(
    check: AuditCheck.completeness.id,
    // What an export cannot hold is missing of it as a matter of course.
    UnregisteredGroup.isUnregistered(system)
      ? max(
        context.isSaidToRun(system) ? .critical : .low,
        severity(system, missing: min(missing.count, 4)))
      : severity(system, missing: missing.count),
    "\(system.name): \(missing.count) of \(fields) audit fields are unknown",
    subjects: [system.reference], evidence: system.sources,
    why: "Known are \(known) of \(fields) fields (\(percentText(known, of: fields))); unknown: "
      + "\(names). \(missing.count) ≥ \(context.options.missingFields) unknown fields make a "
      + "finding; status \(status). Unknown is not zero: nothing may be concluded from the gap.",
    remedy: "\(asked) for \(names), and enter the answers in the register.")
}

/// Five or more unknown fields are high, fewer medium; more where business stops without the system,
/// less where it is not in production yet or any more.
private func severity(_ system: AutomationSystem, missing: Int) -> Severity {
  let base = missing >= 5 ? 1 : 2
  let step =
    switch system.status.value {
    case .production, nil: system.criticality.value == .missionCritical ? -1 : 0
    case .development, .pilot: 1
    case .disabled, .retired: 2
    }
  return Severity.allCases[min(max(base + step, 0), Severity.allCases.count - 1)]
}
