import Facts
import Inventory

extension AuditCheck {
  static let scarceSkills = AuditCheck(
    id: "scarce-skills", summary: "Technologies that only one or two people, or one team, keep",
    matters: "When the one who knows it is ill or leaves, nobody can mend what stands still."
  ) { context in
    var outcome = Outcome()
    var unknown = 0
    for technology in TechnologySkills(context).technologies
    where technology.systems.count >= context.options.scarceSkillSystems {
      if let finding = finding(technology, context) {
        outcome.findings.append(finding)
      } else if technology.people.count <= 2, technology.withoutPerson > 0 {
        unknown += 1
      }
    }
    if unknown > 0 {
      outcome.remarks.append(
        "Of \(counted(unknown, "technology", "technologies")) it is not known who keeps all systems; "
          + "whether the skill is scarce is unknown.")
    }
    return outcome
  }
}

private func finding(
  _ technology: TechnologySkills.Technology, _ context: AuditContext
) -> Finding? {
  let systems = technology.systems.map { context.estate.systems[$0] }
  let isFew = technology.withoutPerson == 0 && (1...2).contains(technology.people.count)
  let isOneTeam =
    technology.people.isEmpty && technology.withoutTeam == 0 && technology.teams.count == 1
  guard isFew || isOneTeam else { return nil }
  let keepers = isFew ? technology.people : technology.teams
  let isImportant = systems.contains {
    $0.criticality.value == .missionCritical || $0.criticality.value == .high
  }
  let isAlone = isFew && technology.people.count == 1
  let inProduction = systems.contains { $0.isSwitchedOn }
  return Finding(
    check: AuditCheck.scarceSkills.id,
    isAlone && isImportant && inProduction ? .medium : .low,
    "\(technology.name) is kept by \(isFew ? "" : "one team, ")\(listText(keepers)) alone",
    subjects: [], others: systems.map(\.reference), topic: nameKey(technology.name),
    evidence: systems.flatMap { system in
      (system.owner.winner ?? system.team.winner).map { [$0.evidence] } ?? []
    },
    why: "\(counted(systems.count, "system")) in use (≥ "
      + "\(numberText(context.options.scarceSkillSystems))) built with \(technology.name), and "
      + (isFew
        ? "the only people named as owner or maker of any of them: \(listText(keepers))"
        : "no person named for any of them, only the team \(listText(keepers))")
      + ". Medium where it is one person and a system of high criticality is in production, else low. "
      + "Others may know it whom no file names.",
    remedy: isAlone
      ? "Let a second person make the next change of \(systems[0].name), with \(keepers[0]) beside."
      : "Agree on who mends \(systems[0].name) while \(keepers[0]) \(isFew ? "is" : "are") away, and "
        + "let that person try it once.")
}
