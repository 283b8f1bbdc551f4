import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  /// What merging systems that do much the same would remove, and what it takes.
  static let consolidation = Assessment(
    id: "consolidation", title: "Consolidation of redundant systems",
    formula:
      "Failures removed a year = Σ runs a year × (share that fails of the retired − of the kept), "
      + "where that is positive; saved a year = (retired × hours of upkeep + failures removed × hours of "
      + "one failure) × hourly cost; effort = retired × hours of one merge; payback in months = effort × "
      + "hourly cost / saved × 12."
  ) { context in
    let found = context.redundancy
    let systems = context.estate.systems
    var entries = found.clusters.map { cluster in
      Entry(kind: "built twice", systems.map(at: cluster), keep: nil, context)
    }
    entries += found.copies.groups.filter { $0.kind != .environments }.map { group in
      Entry(
        kind: group.kind.rawValue, systems.map(at: group.members), keep: systems[group.original],
        context)
    }
    let ordered = entries.enumerated().sorted {
      ($1.element.saved, $0.offset) < ($0.element.saved, $1.offset)
    }.map(\.element)
    let environments = found.copies.groups.count { $0.kind == .environments }
    return AssessmentTable(
      summary: summary(ordered, context), columns: columns(context.policy.hourlyCost.currency),
      rows: ordered.map { $0.row(context) }, notes: notes(ordered, environments, context))
  }
}

extension [AutomationSystem] {
  fileprivate func map(at positions: [Int]) -> [AutomationSystem] { positions.map { self[$0] } }
}

/// One cluster with its figures.
private struct Entry {
  let kind: String
  let keep: AutomationSystem
  let reason: String
  let retire: [AutomationSystem]
  /// Failed runs a year that end with it; `nil` where volumes or rates are unknown.
  let failures: Double?
  /// Hours of running a year that end with it; `nil` where volumes or run times are unknown.
  let machineHours: Double?
  let upkeep: Double
  let effort: Double
  /// Money a year, without what is unknown.
  let saved: Double

  init(
    kind: String, _ systems: [AutomationSystem], keep original: AutomationSystem?,
    _ context: AuditContext
  ) {
    self.kind = kind
    let choice = keeper(of: systems)
    let kept = original ?? choice.system
    keep = kept
    reason =
      original == nil ? String(choice.reason.drop { $0 == "," || $0 == " " }) : "the original"
    let retired = systems.filter { $0 != kept }
    retire = retired
    func sum(_ value: (AutomationSystem) -> Double?) -> Double? {
      let values = retired.map(value)
      let known = values.compactMap { $0 }
      return known.count == values.count ? known.reduce(0, +) : nil
    }
    failures = sum { system in
      guard let runs = system.runsPerMonth, let its = system.failureRate.value?.value,
        let kept = kept.failureRate.value?.value
      else { return nil }
      return runs * 12 * max(0, its - kept)
    }
    machineHours = sum { system in
      guard let runs = system.runsPerMonth, let its = system.runTime.value,
        let kept = kept.runTime.value
      else { return nil }
      return runs * 12 * max(0, (its - kept).hours)
    }
    let policy = context.policy.upkeep
    upkeep = Double(retired.count) * policy.hoursPerAutomation
    effort = Double(retired.count) * policy.hoursPerMerge
    saved =
      (upkeep + (failures ?? 0) * policy.hoursPerFailure) * context.policy.hourlyCost.amount
  }

  func row(_ context: AuditContext) -> AssessmentTable.Row {
    let rate = context.policy.hourlyCost.amount
    let systems = [keep] + retire
    let unknown = systems.filter { $0.runsPerMonth == nil || $0.failureRate.value == nil }
      .map(\.name)
    let untimed = systems.filter { $0.runsPerMonth == nil || $0.runTime.value == nil }.map(\.name)
    return AssessmentTable.Row(
      [
        .text(kind), .text(keep.name), .text(reason.isEmpty ? "first by name" : reason),
        .text(listText(retire.map(\.name))),
        failures.map { .number($0) }
          ?? .unknown("runs or failures of \(listText(unknown)) are unknown"),
        machineHours.map { .number($0) }
          ?? .unknown("runs or run times of \(listText(untimed)) are unknown"),
        .number(upkeep), .number(saved),
        .text(failures == nil ? "at least; failures unknown" : "upkeep and failures"),
        .number(effort), .number(effort * rate),
        saved > 0 ? .number(effort * rate / saved * 12) : .unknown("nothing known is saved"),
      ], evidence: systems.flatMap { $0.sources.prefix(1) })
  }
}

private func columns(_ currency: String) -> [AssessmentTable.Column] {
  [
    .init("Kind", "Built twice, or copies or versions that a click made."),
    .init("Keep", "System to keep: in production, then failing least, then running most."),
    .init("Because", "What decides it."),
    .init("Retire", "Systems whose work moves there."),
    .init(
      "Failures removed", unit: "1/year", "Failed runs a year fewer, if the kept one fails as now."),
    .init(
      "Running saved", unit: "h/year",
      "Hours of running a year fewer, if the kept one runs as fast as now."),
    .init("Upkeep removed", unit: "h/year", "Hours of people's work to keep the retired running."),
    .init("Saved", unit: "\(currency)/year", "Upkeep and failures removed, at the hourly cost."),
    .init("Saving is", "Whether failures are in it."),
    .init("Effort", unit: "h", "Hours of people's work to move the work and retire."),
    .init("Effort cost", unit: currency, "Effort at the hourly cost."),
    .init("Payback", unit: "months", "Months after which the saving has paid the effort."),
  ]
}

private func summary(_ entries: [Entry], _ context: AuditContext) -> String {
  guard !entries.isEmpty else {
    return "No systems that do much the same were found among those whose purpose is known."
  }
  let saved = entries.map(\.saved).reduce(0, +)
  let effort = entries.map(\.effort).reduce(0, +)
  let money = Money(saved, context.policy.hourlyCost.currency)
  return
    "\(counted(entries.count, "cluster")): "
    + "\(counted(entries.map(\.retire.count).reduce(0, +), "system")) could go, which saves about \(moneyText(money)) a year for "
    + "\(hoursText(effort)) h of work, once somebody has compared them case by case."
}

private func notes(_ entries: [Entry], _ environments: Int, _ context: AuditContext) -> [String] {
  let policy = context.policy.upkeep
  var notes = [
    "Assumed unless the policy file says so (`upkeep`): \(numberText(policy.hoursPerAutomation)) h a "
      + "year to keep one automation, \(numberText(policy.hoursPerFailure)) h for one failed run, "
      + "\(numberText(policy.hoursPerMerge)) h to merge one; an hour costs "
      + "\(numberText(context.policy.hourlyCost.amount)) \(context.policy.hourlyCost.currency).",
    "Licences are not in it: no file says what they cost.",
  ]
  let unknown = entries.count { $0.failures == nil }
  if unknown > 0 {
    notes.append(
      "Of \(counted(unknown, "cluster")) runs or failures are unknown; their saving is upkeep only."
    )
  }
  if environments > 0 {
    notes.append(
      "\(counted(environments, "group")) of one automation in several environments "
        + "\(environments == 1 ? "is" : "are") left out: these are meant to be there.")
  }
  return notes
}
