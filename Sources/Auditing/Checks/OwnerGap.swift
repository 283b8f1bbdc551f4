import Facts
import Inventory

extension AuditCheck {
  static let ownerGap = AuditCheck(
    id: "owner-gap", summary: "Systems for which no person answers, and people who answer for many",
    matters: "Where no person answers for a system nobody decides, repairs or stops it."
  ) { context in
    let teams = Set(
      context.estate.teams.flatMap { [$0.name] + $0.aliases }.map(nameKey))
    var outcome = Outcome()
    let governance = context.governance
    var systemsOfPerson: [String: [AutomationSystem]] = [:]
    var together: Set<String> = []
    let undeclared = context.estate.systems.filter {
      governance.declaration(of: $0.name)?.recordOwner == nil
    }
    for (gravity, group) in UnregisteredGroup.groups(
      undeclared, by: { max(.high, severity(of: .placeholder, status: $0.status.value)) })
    {
      together.formUnion(group.systems.map(\.key))
      outcome.findings.append(gap(group, gravity))
    }
    for system in context.estate.systems where !together.contains(system.key) {
      let owner = system.owner.value.map { OwnerName($0, teams: teams) } ?? .placeholder
      if owner == .person, let name = system.owner.value {
        if system.isAlive { systemsOfPerson[nameKey(name), default: []].append(system) }
      } else {
        outcome.findings.append(gap(system, owner, governance.declaration(of: system.name)))
      }
    }
    for (_, systems) in systemsOfPerson.sorted(by: { $0.key < $1.key })
    where systems.count >= max(2, context.options.systemsPerOwner) {
      outcome.findings.append(busFactor(systems, context))
    }
    return outcome
  }
}

/// Systems of which only an export is known that names no owner.
private func gap(_ group: UnregisteredGroup, _ severity: Severity) -> Finding {
  let count = counted(group.systems.count, "system")
  let statuses = Set(group.systems.map { $0.status.value?.rawValue ?? "unknown" }).sorted()
  return Finding(
    check: AuditCheck.ownerGap.id, severity,
    "No owner is on record for \(count) of \(group.product)",
    subjects: [], others: group.systems.map(\.reference),
    topic: group.topic("in no register-\(severity.rawValue)"), evidence: group.evidence,
    why:
      "\(count) of \(group.product) are known from exports only, which name no accountable person, "
      + "and no register speaks of them; status by their files: \(listText(statuses)). Whether somebody "
      + "answers for them is not known, so that it is high at most, where a system told by itself is "
      + "critical. One finding for \(UnregisteredGroup.least) such systems or more of a product.",
    remedy: "Enter them in a register with one person each; begin with "
      + "\(listText(group.systems.map(\.name), limit: 4)).")
}

private func gap(
  _ system: AutomationSystem, _ owner: OwnerName, _ said: SystemDeclaration?
) -> Finding {
  let name = system.owner.value
  let status = system.status.value?.rawValue ?? "unknown"
  let title: String
  let known: String
  if let name, !isPlaceholder(name) {
    title = "\(system.name): the owner is \(owner.meaning), not a person"
    known = "The owner is given as “\(name)”, which reads as \(owner.meaning)"
  } else {
    title = "\(system.name): nobody answers for it"
    known = name.map { "The owner is given as “\($0)”" } ?? "No file names an owner"
  }
  let team = system.team.value.map { "; the team is known (\($0)), but no person in it" } ?? ""
  let remedy =
    if let team = system.team.value {
      "Let the head of \(team) name one person who answers for \(system.name)."
    } else if owner == .team, let name {
      "Let the head of \(name) name one person who answers for \(system.name)."
    } else if let creator = system.creator.value, !OwnerName(creator, teams: []).isNobody {
      "Ask \(creator), who made it, who answers for \(system.name), and enter that person."
    } else {
      "Name one person who answers for \(system.name), or switch it off."
    }
  return Finding(
    check: AuditCheck.ownerGap.id, severity(of: owner, status: system.status.value), title,
    subjects: [system.reference],
    evidence: system.owner.facts.map(\.evidence) + system.sources
      + (said?.recordOwner.map { [$0.evidence] } ?? []),
    why:
      "\(known)\(team). \(others(of: system, said)) Status \(status): what nobody answers for must not run in production.",
    remedy: remedy)
}

/// Who made a system and who is on record as its owner: neither answers for it by that.
private func others(of system: AutomationSystem, _ said: SystemDeclaration?) -> String {
  let creator = system.creator.value.flatMap { isPlaceholder($0) ? nil : $0 }
  let made = creator.map { "Made by \($0)" } ?? "Who made it is not known"
  let record =
    said?.recordOwner.map { "on record as owner is \($0.value)" } ?? "nobody is on record as owner"
  return "\(made); \(record): neither makes that person accountable."
}

/// How bad a gap is.
///
/// Nobody at all is critical in production; a group of which nobody in particular answers, one step
/// less. An unknown status may be production.
private func severity(of owner: OwnerName, status: LifecycleStatus?) -> Severity {
  switch status {
  case .production: owner.isNobody ? .critical : .high
  case nil: owner.isNobody ? .high : .medium
  case .pilot: owner.isNobody ? .medium : .low
  case .development, .disabled: owner.isNobody ? .low : .info
  case .retired: .info
  }
}

private func busFactor(_ systems: [AutomationSystem], _ context: AuditContext) -> Finding {
  let owner = systems[0].owner.value ?? ""
  let alive = context.estate.systems.count { $0.isAlive }
  return Finding(
    check: AuditCheck.ownerGap.id, .medium,
    "\(owner) alone answers for \(systems.count) systems",
    subjects: systems.map(\.reference), topic: "one-person",
    evidence: systems.flatMap { $0.owner.facts.prefix(1).map(\.evidence) },
    why:
      "\(systems.count) ≥ \(context.options.systemsPerOwner) systems in use name the same owner, "
      + "\(percentText(systems.count, of: alive)) of all \(alive) in use. If one person falls ill "
      + "or leaves, nobody answers for any of them.",
    remedy: "Name a deputy for each, beginning with \(systems[0].name).")
}
