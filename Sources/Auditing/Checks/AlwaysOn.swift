import Facts
import Inventory

extension AuditCheck {
  static let alwaysOn = AuditCheck(
    id: "always-on", summary: "Assistants that watch people all the time without consent on record",
    matters: "What listens all the time needs the consent of those it listens to."
  ) { context in
    let governance = context.governance
    var outcome = Outcome()
    var unknown = 0
    for system in context.estate.systems where system.isAlive {
      let said = governance.declaration(of: system.name)
      guard let monitors = said?.monitorsPeople else {
        if system.kind.value == .agent { unknown += 1 }
        continue
      }
      guard monitors.value, said?.consent?.value != true else { continue }
      outcome.findings.append(finding(system, monitors, said?.consent))
    }
    if unknown > 0 {
      outcome.remarks.append(
        "Whether \(counted(unknown, "agent")) in use \(unknown == 1 ? "watches" : "watch") people all the "
          + "time is not known; say so under 'systems' (monitors_people, consent) of the policy file."
      )
    }
    return outcome
  }
}

private func finding(
  _ system: AutomationSystem, _ monitors: Fact<Bool>, _ consent: Fact<Bool>?
) -> Finding {
  let isRefused = consent?.value == false
  return Finding(
    check: AuditCheck.alwaysOn.id, isRefused ? .high : .medium,
    "\(system.name) watches people, and "
      + (isRefused ? "there is no consent" : "consent is not known"),
    subjects: [system.reference],
    evidence: [monitors.evidence] + (consent.map { [$0.evidence] } ?? []),
    why: "Declared: it watches or listens to people all the time; consent of those concerned: "
      + (isRefused ? "none (declared): high." : "not known: medium."),
    remedy: "Ask those concerned, or the works council, before \(system.name) goes on.")
}
