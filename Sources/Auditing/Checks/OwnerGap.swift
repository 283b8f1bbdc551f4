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
      namesNoOwner($0) && governance.declaration(of: $0.name)?.recordOwner == nil
    }
    let starts = context.startingTriggers
    func gravity(_ system: AutomationSystem) -> Severity {
      severity(
        ofUnregistered: system, started: starts[system.key] != nil,
        isRunning: context.isSaidToRun(system))
    }
    for (trait, group) in UnregisteredGroup.groups(
      undeclared, by: { UnregisteredTrait(gravity($0), of: $0, context) },
      perProduct: { $0.severity <= .high })
    {
      together.formUnion(group.systems.map(\.key))
      outcome.findings.append(gap(group.byConsequence(context), trait, starts, context))
    }
    for system in context.estate.systems where !together.contains(system.key) {
      let owner = system.owner.value.map { OwnerName($0, teams: teams) } ?? .placeholder
      if owner == .person, let name = system.owner.value {
        if system.isAlive { systemsOfPerson[nameKey(name), default: []].append(system) }
      } else {
        let said = governance.declaration(of: system.name)
        let isUnregistered =
          namesNoOwner(system) && said?.recordOwner == nil
          && UnregisteredGroup.isUnregistered(system)
        outcome.findings.append(
          isUnregistered
            ? gap(unregistered: system, gravity(system), starts[system.key] ?? [], context)
            : gap(system, owner, said))
      }
    }
    for (_, systems) in systemsOfPerson.sorted(by: { $0.key < $1.key })
    where systems.count >= max(2, context.options.systemsPerOwner) {
      outcome.findings.append(busFactor(systems, context))
    }
    return outcome
  }
}

/// Whether nobody is named as the owner of a system, or only a word that stands for nobody.
private func namesNoOwner(_ system: AutomationSystem) -> Bool {
  system.owner.facts.allSatisfy { isPlaceholder($0.value) }
}

/// Systems of which only an export is known that names no owner, in the order of their consequence.
private func gap(
  _ group: UnregisteredGroup, _ trait: UnregisteredTrait, _ starts: [String: [Trigger]],
  _ context: AuditContext
) -> Finding {
  let count = group.counted
  let empty = Dictionary(grouping: group.systems.compactMap(\.owner.value), by: \.self)
    .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    .map { "“\($0.key)” (\(numberText($0.value.count)))" }
  let asked = group.peopleToAsk
  let isRunning = group.systems.allSatisfy(context.isSaidToRun)
  return Finding(
    check: AuditCheck.ownerGap.id, trait.severity,
    "No owner is on record for \(count) \(group.running(isRunning))\(trait.ending)",
    subjects: [], others: group.systems.map(\.reference),
    topic: group.topic("in no register-\(trait.topic)"),
    // Where a start decides how grave it is, the place that says so stands beside that of the system.
    evidence: trait.severity <= .high
      ? group.systems.flatMap { system in
        system.placeOfStatus + (starts[system.key] ?? []).prefix(1).map(\.evidence)
      } : group.evidence,
    why:
      "\(count) are known from exports only, which name no accountable person, and no register speaks "
      + "of them: \(group.products); status: \(group.statuses).\(group.seen(context))\(group.parts(context))"
      + "\(group.examples(context)) "
      + (empty.isEmpty
        ? "" : "What stands there for an owner names nobody: \(listText(empty)). ")
      + (asked.isEmpty
        ? "Nor do they name anybody else. "
        : "Named otherwise, which makes nobody accountable: \(listText(asked, limit: 20)). ")
      + (trait.severity <= .high
        ? "What starts them: \(startsOfGroup(group, starts)). "
        : isRunning && !group.systems.contains { starts[$0.key] != nil }
          ? "What a schedule or an event starts is not among them, but told by itself. " : "")
      + "\(unregisteredRule) "
      + "\(UnregisteredGroup.least) such systems or more are one finding, high ones one for each product.",
    remedy: (group.areMostlyExamples(context) ? "Find out which of them are in use at all. " : "")
      + (asked.isEmpty ? "" : "Ask whoever is named who answers for them. ")
      + "Enter them in a register with one person each; begin with what can do most harm by its files: "
      + "\(group.firstOnes(context)).")
}

/// By what the systems of a group are started, for a sentence: each with its own trigger where they are few.
private func startsOfGroup(_ group: UnregisteredGroup, _ starts: [String: [Trigger]]) -> String {
  let all = group.systems.compactMap { system in
    starts[system.key]?.first.map { "\(system.name): \($0.said)" }
  }
  return listText(all, limit: 4)
}

extension Trigger {
  /// What starts something, for a sentence: `a schedule (Day 1)`.
  fileprivate var said: String {
    let what = kind == .schedule ? "a schedule" : "an event"
    guard let expression else { return what }
    let line = expression.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "\(what) (\(line.count > 60 ? String(line.prefix(59)) + "…" : line))"
  }
}

/// One system of which only an export is known that names no owner.
private func gap(
  unregistered system: AutomationSystem, _ severity: Severity, _ starts: [Trigger],
  _ context: AuditContext
) -> Finding {
  let creator = system.maker.flatMap { OwnerName($0, teams: []).isNobody ? nil : $0 }
  let hint = context.exampleHint(system)
  // Named where it decides how grave the gap is.
  let start = severity <= .high ? starts.first : nil
  let remedy =
    creator.map {
      "Ask \($0), who made it, who answers for \(system.name), and enter that person in a register."
    } ?? system.publisher.map {
      "Ask \($0), who published it, who answers for \(system.name), and enter that person in a register."
    } ?? "Enter \(system.name) in a register with one person who answers for it."
  return Finding(
    check: AuditCheck.ownerGap.id, severity, "\(system.name): no owner is on record",
    subjects: [system.reference], evidence: system.sources + (start.map { [$0.evidence] } ?? []),
    why:
      "It is known from an export only, which names no accountable person, and no register speaks "
      + "of it. \(others(of: system, nil)) Status: \(system.statusText)."
      + "\(start.map { " What starts it: \($0.said)." } ?? "")\(hint) \(unregisteredRule)",
    remedy: (hint.isEmpty ? "" : "Find out whether it is in use at all. ") + remedy)
}

/// How bad it is that only an export speaks of a system, as the end of an explanation.
private let unregisteredRule =
  "Whether somebody answers for it is not known, so that it is never critical: high where it is "
  + "switched on and a schedule or an event starts it, medium where it is switched on and waits to be called, "
  + "or was seen to run; low where the files say neither, or that of tests only."

private func severity(
  ofUnregistered system: AutomationSystem, started: Bool, isRunning: Bool
) -> Severity {
  switch system.status.value {
  case .production: started && system.isSaidToBeSwitchedOn ? .high : .medium
  case nil: isRunning ? .medium : .low
  case .pilot, .development, .disabled: .low
  case .retired: .info
  }
}

private func gap(
  _ system: AutomationSystem, _ owner: OwnerName, _ said: SystemDeclaration?
) -> Finding {
  let name = system.owner.value
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
    } else if let creator = system.maker, !OwnerName(creator, teams: []).isNobody {
      "Ask \(creator), who made it, who answers for \(system.name), and enter that person."
    } else {
      "Name one person who answers for \(system.name), or switch it off."
    }
  return Finding(
    check: AuditCheck.ownerGap.id, severity(of: owner, system), title,
    subjects: [system.reference],
    evidence: system.owner.facts.map(\.evidence) + system.sources
      + (said?.recordOwner.map { [$0.evidence] } ?? []),
    why:
      "\(known)\(team). \(others(of: system, said)) Status: \(system.statusText). What nobody answers for must not run in production: critical there.",
    remedy: remedy)
}

/// Who made a system and who is on record as its owner: neither answers for it by that.
private func others(of system: AutomationSystem, _ said: SystemDeclaration?) -> String {
  if system.maker == nil, system.publisher == nil, said?.recordOwner == nil {
    return "Who made it is not known, and nobody is on record as owner."
  }
  let made =
    system.maker.map { "Made by \($0)" } ?? system.publisher.map { "Published by \($0)" }
    ?? "Who made it is not known"
  let record =
    said?.recordOwner.map { "on record as owner is \($0.value)" } ?? "nobody is on record as owner"
  return "\(made); \(record): neither makes anybody accountable."
}

/// How bad a gap is.
///
/// Nobody at all is critical in production; a group of which nobody in particular answers, one step
/// less. An unknown status may be production, and so may what a file says is switched on.
private func severity(of owner: OwnerName, _ system: AutomationSystem) -> Severity {
  switch system.status.value {
  case .production where system.isInProduction: owner.isNobody ? .critical : .high
  case .production, nil: owner.isNobody ? .high : .medium
  case .pilot: owner.isNobody ? .medium : .low
  case .development, .disabled: owner.isNobody ? .low : .info
  case .retired: .info
  }
}

private func busFactor(_ systems: [AutomationSystem], _ context: AuditContext) -> Finding {
  let owner = systems[0].owner.value ?? ""
  let alive = context.systemsInUse
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
