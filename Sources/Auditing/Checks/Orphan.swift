import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let orphan = AuditCheck(
    id: "orphan", summary: "Systems that nothing is connected with, and remains that nobody needs",
    matters:
      "What nobody uses still costs licences, credentials and attention, and can still do harm."
  ) { context in
    let started = Set(context.startingTriggers.keys)
    var outcome = Outcome()
    let lonely = context.estate.systems.enumerated().filter { index, system in
      system.isAlive && context.node(ofSystem: index).map { context.graph.degree(of: $0) } == 0
    }
    let unneeded = context.estate.systems.enumerated().filter { index, system in
      guard let node = context.node(ofSystem: index), !system.isAlive else { return false }
      return consumersOutside(node, of: system, context).isEmpty
    }
    // Whom a caller's file would name is not known of them, so that silence says little.
    let lonelyGroups = UnregisteredGroup.groups(lonely.map(\.element)) { _ in Severity.low }
    let unneededGroups = UnregisteredGroup.groups(unneeded.map(\.element)) { _ in Severity.low }
    for (_, group) in lonelyGroups { outcome.findings.append(alone(group, context)) }
    for (_, group) in unneededGroups { outcome.findings.append(remains(group)) }
    let together = Set((lonelyGroups + unneededGroups).flatMap { $0.group.systems.map(\.key) })
    for (index, system) in context.estate.systems.enumerated() where !together.contains(system.key)
    {
      guard let node = context.node(ofSystem: index) else { continue }
      if let finding = finding(system, node, started, context) { outcome.findings.append(finding) }
    }
    return outcome
  }
}

private func finding(
  _ system: AutomationSystem, _ node: Int, _ started: Set<String>, _ context: AuditContext
) -> Finding? {
  let status = system.status.value
  let consumers = consumers(of: node, context)
  if !system.isAlive {
    let others = consumersOutside(node, of: system, context)
    return others.isEmpty
      ? remains(system, node, context) : stillUsed(system, by: others, context)
  }
  if context.graph.degree(of: node) == 0 { return alone(system, context) }
  let isKnownToRun = (system.volume.value?.count ?? 0) > 0
  if status == .pilot, consumers.isEmpty, !started.contains(system.key), !isKnownToRun {
    return idlePilot(system, context)
  }
  if let volume = system.volume.value, volume.count == 0 { return neverRuns(system, context) }
  return nil
}

/// Things in use that need a system.
private func consumers(of node: Int, _ context: AuditContext) -> [Int] {
  context.graph.dependents(of: node).filter { context.isAlive($0) && $0 != node }
}

/// Things in use that need a system and are no parts of it.
private func consumersOutside(
  _ node: Int, of system: AutomationSystem, _ context: AuditContext
) -> [Int] {
  consumers(of: node, context).filter { !isPart($0, of: system, context) }
}

private func volumeText(_ system: AutomationSystem) -> String {
  guard let fact = system.volume.winner else { return "Its volume is unknown, which is not zero" }
  return "It runs \(numberText(fact.value.count)) times a \(fact.value.period.rawValue) "
    + "(\(fact.evidence.provenance.rawValue))"
}

private func owner(_ system: AutomationSystem) -> String {
  let known = [system.owner.value, system.team.value, system.maker].compactMap { $0 }
  return known.first { !isPlaceholder($0) } ?? "whoever runs it"
}

private func alone(_ system: AutomationSystem, _ context: AuditContext) -> Finding {
  let said = system.integrations.value.map { "; its register entry says “\($0)”" } ?? ""
  let isBusy = (system.volume.value?.count ?? 0) > 0
  let neverRuns = system.volume.value?.count == 0
  let isProduction = system.status.value == .production || system.status.value == nil
  let isUnregistered = UnregisteredGroup.isUnregistered(system)
  return Finding(
    check: AuditCheck.orphan.id,
    isProduction && !isBusy && !isUnregistered ? .medium : .low,
    isUnregistered
      ? "No file shows a connection of \(system.name)" : "\(system.name) is connected with nothing",
    subjects: [system.reference],
    evidence: system.integrations.facts.map(\.evidence) + system.sources,
    why: "No file names a connection from or to it (0 in, 0 out)\(said). \(volumeText(system)). "
      + (isUnregistered && !context.showsAllItUses(system)
        ? "Its files do not show all that it uses, so that there may be some. " : "")
      + "Status \(system.statusText). Medium where a register speaks of it, it is not known to run, and it may be in "
      + "production; else low.",
    remedy: neverRuns
      ? "Ask \(owner(system)) why \(system.name) is kept; if for nothing, switch it off."
      : isUnregistered
        ? "Ask \(owner(system)) who starts or uses \(system.name) and what it works on, and import that file, too; "
          + "if nobody does, switch it off."
        : "Ask \(owner(system)) what \(system.name) reads and writes and who waits for it; enter "
          + "that, or switch it off.")
}

/// Whether a node is described only by the files that describe a system, as an agent within a flow is, or is
/// people that the system hands cases to: it stands still with the system, and nobody misses it.
private func isPart(_ node: Int, of system: AutomationSystem, _ context: AuditContext) -> Bool {
  if context.graph.nodes[node].kind == .team { return true }
  guard let other = context.system(at: node) else { return false }
  let files = Set(system.sources.map(\.location.path))
  return other.sources.allSatisfy {
    $0.provenance == .imported && files.contains($0.location.path)
  }
}

/// Systems of which only exports speak, and these name no connection.
private func alone(_ group: UnregisteredGroup, _ context: AuditContext) -> Finding {
  let count = group.counted
  let partial = group.systems.count { !context.showsAllItUses($0) }
  return Finding(
    check: AuditCheck.orphan.id, .low,
    "No file shows a connection of \(count) that only exports speak of", subjects: [],
    others: group.systems.map(\.reference), topic: group.topic("in no register"),
    evidence: group.evidence,
    why:
      "Only exports speak of \(count) (\(group.products)), and no file names a connection from or to "
      + "any (0 in, 0 out); who calls them would stand in the callers' files."
      + (partial == 0
        ? ""
        : " Of \(numberText(partial)) the files do not show all that they use, so that there may be some.")
      + "\(group.examples(context)) Low, and one finding for "
      + "\(UnregisteredGroup.least) such systems or more.",
    remedy:
      "Ask who calls \(listText(group.systems.map(\.name), limit: 4)), and import that file too; "
      + "what nobody calls or uses, switch off.")
}

/// Disabled or retired systems of which only exports speak, and that nothing needs.
private func remains(_ group: UnregisteredGroup) -> Finding {
  Finding(
    check: AuditCheck.orphan.id, .low, "\(group.counted) are switched off, and nothing needs them",
    subjects: [], others: group.systems.map(\.reference), topic: group.topic("switched off"),
    evidence: group.systems.flatMap { $0.status.facts.prefix(1).map(\.evidence) },
    why:
      "Disabled or retired by their files (\(group.products)), and 0 things in use need them. One "
      + "finding for \(UnregisteredGroup.least) such systems or more that only exports speak of.",
    remedy:
      "Ask whether \(listText(group.systems.map(\.name), limit: 4)) will be switched on again; "
      + "what will not, remove with its schedule, its accounts and its access rights.")
}

private func remains(
  _ system: AutomationSystem, _ node: Int, _ context: AuditContext
) -> Finding {
  let status = system.status.value?.rawValue ?? "unknown"
  let outgoing = context.graph.outDegree(of: node)
  return Finding(
    check: AuditCheck.orphan.id, .low, "\(system.name) is \(status), and nothing needs it",
    subjects: [system.reference],
    evidence: system.status.facts.map(\.evidence) + system.sources,
    why: "Status \(status); 0 things in use need it, while it still has "
      + "\(counted(outgoing, "connection")) of its own. \(volumeText(system)).",
    remedy: "Remove \(system.name): its schedule, its accounts and its access rights.")
}

private func stillUsed(
  _ system: AutomationSystem, by consumers: [Int], _ context: AuditContext
) -> Finding {
  let status = system.status.value?.rawValue ?? "unknown"
  let users = listText(context.names(consumers))
  return Finding(
    check: AuditCheck.orphan.id, .high, "\(system.name) is \(status), yet \(users) still need it",
    subjects: [system.reference], others: consumers.map(context.reference),
    evidence: system.status.facts.map(\.evidence)
      + consumers.flatMap { consumer in
        context.edges(at: consumer).filter { graphNames($0.other, system, context) }
          .flatMap(\.edge.evidence)
      },
    why:
      "Status \(status), and \(counted(consumers.count, "thing")) in use (\(users)) call it, read "
      + "it or wait for it.",
    remedy: "Point \(context.graph.nodes[consumers[0]].name) to what replaces \(system.name), or "
      + "correct the status.")
}

private func graphNames(
  _ node: Int, _ system: AutomationSystem, _ context: AuditContext
) -> Bool {
  context.graph.nodes[node].reference == system.reference
}

private func idlePilot(_ system: AutomationSystem, _ context: AuditContext) -> Finding {
  Finding(
    check: AuditCheck.orphan.id, .low, "\(system.name) is a pilot that nothing uses",
    subjects: [system.reference],
    evidence: system.status.facts.map(\.evidence) + system.sources,
    why: "Status pilot; 0 things in use call it, read it or wait for it, and no schedule or event "
      + "starts it. \(volumeText(system)).",
    remedy: "Ask \(owner(system)) for the day on which \(system.name) goes live or ends.")
}

private func neverRuns(_ system: AutomationSystem, _ context: AuditContext) -> Finding {
  Finding(
    check: AuditCheck.orphan.id, .medium, "\(system.name) never runs", subjects: [system.reference],
    evidence: system.volume.facts.map(\.evidence),
    why: "\(volumeText(system)). Zero is stated here, not unknown.",
    remedy: "Ask \(owner(system)) why \(system.name) is kept; if for nothing, switch it off.")
}
