import Facts
import Inventory

extension AuditCheck {
  static let auditTrail = AuditCheck(
    id: "audit-trail", summary: "Systems that leave no audit trail, or only part of one",
    matters: "Without a trail nobody can show afterwards who did what, and why."
  ) { context in
    let governance = context.governance
    var outcome = Outcome()
    var unknown = 0
    var unknownAgents = 0
    for system in context.estate.systems where system.isAlive {
      guard let trail = governance.declaration(of: system.name)?.auditTrail else {
        unknown += 1
        if system.kind.value == .agent { unknownAgents += 1 }
        continue
      }
      if let finding = finding(system, trail, governance) { outcome.findings.append(finding) }
    }
    if unknown > 0 {
      outcome.remarks.append(
        "Whether \(counted(unknown, "system")) in use, \(counted(unknownAgents, "agent")) among them, "
          + "\(unknown == 1 ? "leaves" : "leave") an audit trail is not known: no export says so. Say it "
          + "under 'systems' of the policy file.")
    }
    return outcome
  }
}

private func finding(
  _ system: AutomationSystem, _ trail: Fact<[String]>, _ governance: GovernanceFacts
) -> Finding? {
  let isAgent = system.kind.value == .agent
  // Prompts and responses are there only where a model is asked.
  let wanted = SystemDeclaration.trailItems.filter {
    isAgent || !["prompts", "responses", "code"].contains($0)
  }
  let missing = wanted.filter { !trail.value.contains($0) }
  guard !missing.isEmpty else { return nil }
  let isLive = system.isInProduction
  let severity: Severity =
    if trail.value.isEmpty {
      isLive && (isAgent || system.criticality.value == .missionCritical) ? .high : .medium
    } else { isLive && isAgent ? .medium : .low }
  let purpose =
    governance.declaration(of: system.name)?.purposeLog?.value == false
    ? " Nor does it note for what purpose it read data." : ""
  return Finding(
    check: AuditCheck.auditTrail.id, severity,
    trail.value.isEmpty
      ? "\(system.name) leaves no audit trail"
      : "\(system.name): the audit trail lacks \(listText(missing))",
    subjects: [system.reference], evidence: [trail.evidence] + system.sources.sorted().prefix(1),
    why:
      "Declared: \(trail.value.isEmpty ? "no audit trail" : "the trail holds \(listText(trail.value))"). "
      + "Wanted of \(isAgent ? "an agent" : "an automation"): \(listText(wanted)).\(purpose) No trail of an "
      + "agent or a mission-critical system in production: high, else medium; part of one: medium for "
      + "agents in production, else low.",
    remedy: "Let \(system.name) write \(listText(missing)) where it cannot change them afterwards.")
}
