import Facts
import Inventory

extension Assessment {
  /// What a leader does first: the audit, then one pilot.
  ///
  /// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together*.
  static let nextStep = Assessment(
    id: "next-step", title: "The next step",
    formula:
      "Four steps in their order. (1) Know what runs: known audit fields / all of the systems in use; first "
      + "the system with most of them unknown, of several the one that runs most. (2) Mend first: findings "
      + "of severity critical or high about the pilot, else about the estate. (3) Pilot: the candidate of assessment "
      + "agent-candidates that no rule excludes, with the highest value × feasibility × low risk. (4) Not yet: the "
      + "candidate with the highest score that a rule excludes. A step is done where nothing of it is left."
  ) { context in
    let work = WorkFacts(context)
    let candidates = AgentCandidate.all(context, work)
    let systems = context.estate.systems
    let pilot = candidates.first { $0.excludedBy == nil && $0.score != nil }
    var excluded: AgentCandidate?
    for candidate in candidates where candidate.excludedBy != nil {
      if let best = excluded, (best.score ?? -1) >= (candidate.score ?? -1) { continue }
      excluded = candidate
    }
    let rows = [
      knowing(context), mending(context, pilot: pilot.map { systems[$0.system] }),
      piloting(context, pilot, work), waiting(context, excluded),
    ]
    return AssessmentTable(
      summary: pilot.map {
        "After the audit: a pilot at \(systems[$0.system].name), with a score of "
          + "\(scoreText($0.score ?? 0)) of 1."
      }
        ?? "After the audit no pilot can be advised: of no open candidate all three factors are known.",
      columns: [
        .init("Step", "What is to be done, in this order."),
        .init("Where", "The system that it begins with."),
        .init("Figure", "What it rests on, as a number."),
        .init("Measure", "What the number is."), .init("Why", "What speaks for it."),
        .init("Falls to", "Who stands behind the system, as files say."),
      ], rows: rows,
      notes: [
        "A score orders candidates of one estate; it does not say that a pilot pays: rehearse it as a "
          + "scenario first (`rehearse scenario init`)."
      ])
  }
}

private func answers(_ system: AutomationSystem) -> AssessmentTable.Cell {
  for name in [system.owner.value, system.team.value].compactMap({ $0 })
  where !OwnerName(name, teams: []).isNobody {
    return .text(name)
  }
  return .unknown("nobody is named; find an owner first")
}

private func knowing(_ context: AuditContext) -> AssessmentTable.Row {
  var (known, all) = (0, 0)
  var worst: (index: Int, missing: [AuditField], runs: Double)?
  for (index, system) in context.estate.systems.enumerated() where system.isAlive {
    let missing = context.missingFields(ofSystem: index)
    let count = AuditField.allCases.count
    known += count - missing.count
    all += count
    let runs = system.volume.value?.perMonth ?? 0
    if let before = worst,
      (before.missing.count, before.runs) >= (missing.count, runs)
    {
      continue
    }
    worst = (index, missing, runs)
  }
  guard let worst else {
    return AssessmentTable.Row([
      .text("1. Know what runs"), .text("–"), .unknown("no system in use is known"),
      .text("audit fields known"), .text("import what describes the estate"), .text("–"),
    ])
  }
  let system = context.estate.systems[worst.index]
  return AssessmentTable.Row(
    [
      .text("1. Know what runs"), .text(worst.missing.isEmpty ? "done" : system.name),
      .share(Double(known) / Double(all)), .text("audit fields known"),
      .text(
        worst.missing.isEmpty
          ? "every field of every system in use is known"
          : "of it \(listText(worst.missing.map(\.rawValue), limit: 7)) "
            + "\(worst.missing.count == 1 ? "is" : "are") not known"),
      worst.missing.isEmpty ? .text("–") : answers(system),
    ], evidence: Array(system.sources.sorted().prefix(2)))
}

private func mending(
  _ context: AuditContext, pilot: AutomationSystem?
) -> AssessmentTable.Row {
  let grave = context.findings.filter { $0.severity == .critical || $0.severity == .high }
  let own = grave.filter { finding in
    pilot.map { system in finding.subjects.contains(system.reference) } ?? false
  }
  let shown = own.isEmpty ? grave : own
  guard let first = shown.first else {
    return AssessmentTable.Row([
      .text("2. Mend first"), .text("done"), .number(0), .text("grave findings"),
      .text("no finding is critical or high"), .text("–"),
    ])
  }
  let actors = context.actors(of: first)
  return AssessmentTable.Row(
    [
      .text("2. Mend first"), .text(first.subjects.first?.name ?? "the estate"),
      .number(Double(shown.count)),
      .text(
        own.isEmpty ? "grave findings, none about the pilot" : "grave findings about the pilot"),
      .text("\(first.title). \(first.remedy)"),
      actors.isEmpty ? .unknown("nobody is named") : .text(listText(actors.map(\.name))),
    ], evidence: Array(first.evidence.prefix(2)))
}

private func piloting(
  _ context: AuditContext, _ pilot: AgentCandidate?, _ work: WorkFacts
) -> AssessmentTable.Row {
  guard let pilot, let score = pilot.score else {
    return AssessmentTable.Row([
      .text("3. Pilot"), .text("–"), .unknown("of no open candidate all three factors are known"),
      .text("value × feasibility × low risk"),
      .text("assessment agent-candidates says what is not known"), .text("–"),
    ])
  }
  let system = context.estate.systems[pilot.system]
  let factors = zip(AgentCandidate.Factor.allCases, ["value", "feasibility", "low risk"]).map {
    factor, name in "\(name) \(scoreText(pilot.mean(factor) ?? 0))"
  }
  let hours = work.hoursPerMonth(system).map { "; people's work \(hoursText($0)) a month" } ?? ""
  return AssessmentTable.Row(
    [
      .text("3. Pilot"), .text(system.name), .number((score * 1000).rounded() / 1000),
      .text("value × feasibility × low risk"), .text(listText(factors) + hours), answers(system),
    ], evidence: Array(system.sources.sorted().prefix(2)))
}

private func waiting(
  _ context: AuditContext, _ excluded: AgentCandidate?
) -> AssessmentTable.Row {
  guard let excluded else {
    return AssessmentTable.Row([
      .text("4. Not yet"), .text("none"), .number(0), .text("candidates excluded"),
      .text("no rule excludes a candidate"), .text("–"),
    ])
  }
  let system = context.estate.systems[excluded.system]
  return AssessmentTable.Row(
    [
      .text("4. Not yet"), .text(system.name),
      excluded.score.map { .number(($0 * 1000).rounded() / 1000) }
        ?? .unknown("not all three factors are known"),
      .text("value × feasibility × low risk"), .text(excluded.excludedBy ?? ""), answers(system),
    ], evidence: Array(system.sources.sorted().prefix(2)))
}
