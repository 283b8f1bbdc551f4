import Facts
import Inventory

extension AuditCheck {
  static let completeness = AuditCheck(
    id: "completeness", summary: "Systems of which too few of the seven audit fields are known",
    matters: "What is not known of a system can be neither simulated nor planned for."
  ) { context in
    var outcome = Outcome()
    for (index, system) in context.estate.systems.enumerated() {
      let missing = context.missingFields(ofSystem: index)
      guard missing.count >= max(1, context.options.missingFields) else { continue }
      outcome.findings.append(finding(system, missing: missing, context))
    }
    return outcome
  }
}

private func finding(
  _ system: AutomationSystem, missing: [AuditField], _ context: AuditContext
) -> Finding {
  let fields = AuditField.allCases.count
  let names = listText(missing.map(\.rawValue), limit: fields)
  let status = system.status.value?.rawValue ?? "unknown"
  let known = fields - missing.count
  let whom =
    system.owner.value.flatMap { isPlaceholder($0) ? nil : $0 }
    ?? system.team.value ?? system.creator.value
  let asked = whom.map { "Ask \($0)" } ?? "Find out who runs it and ask"
  return Finding(
    check: AuditCheck.completeness.id, severity(system, missing: missing.count),
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
