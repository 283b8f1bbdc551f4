internal import Facts
internal import ProcessModel
public import Simulation

/// A scenario ready to be run: one model per variant, and what reports need to know.
public struct CompiledScenario: Sendable {
  /// Title of the report.
  public var title: String
  /// The question it answers; `nil` where none is asked.
  public var question: String?
  /// Variants in file order.
  public var variants: [CompiledVariant]
  /// Position of the variant the others are compared with.
  public var baseline: Int
  /// Seed of the random numbers.
  public var seed: UInt64
  /// Runs of each variant.
  public var replications: Int
  /// When a team counts as exhausted.
  public var exhaustion: ExhaustionSettings
  /// Positions of the watched teams in every stack.
  public var watchedTeams: [Int]
  /// Differences that would matter in practice.
  public var matters: PracticalSignificance
  /// Share by which money of the next year counts less, in 0...1.
  public var discountRate: Double
  /// The factorial design that the variants make up; `nil` where they do not.
  public var factorial: FactorialSettings?
  /// ISO 4217 code of all amounts; `EUR` where the scenario has none, so that all are zero.
  public var currency: String
  /// Every value it runs with, with provenance.
  public var parameters: [ParameterRecord]
  /// Things that should be looked at.
  public var warnings: [ScenarioProblem]
  /// Day 0.
  public var start: CivilDate
  /// IANA name of the time zone.
  public var timeZone: String
  /// Seconds from 1970-01-01T00:00:00Z to instant 0, the local midnight of day 0.
  public var origin: Int64
  /// Length of a working day in microseconds.
  public var workingDay: Int64
  /// Date of each working day of the models' `timeline.dayCloses`.
  public var workingDates: [CivilDate]
  /// What is there on day 0.
  public var startState: StartState
  /// The grid of `rehearse sweep`.
  public var sweep: [SweepAxis]
  /// How precise figures are to be; empty where the number of replications is fixed.
  public var precision: [WrittenPrecision]
  /// Fewest replications where figures are to be precise.
  public var fewestReplications: Int
  /// Names of skills, by the numbers they have in the models.
  public var skills: [String]
  /// Id of the process.
  public var processID: String
  /// SHA-256 of the scenario file.
  public var sourceDigest: String
}

/// A compiled variant.
public struct CompiledVariant: Sendable {
  /// Name, the key in the file.
  public var name: String
  /// Title in the report.
  public var title: String
  /// The model.
  public var model: SimulationModel
  /// Orchestration level: 0, 1 or 2.
  public var orchestrationLevel: Int
  /// Share of the process's activities by performer, people included, largest first.
  public var mix: [MixShare]

  /// The stack mix in words, such as `people 47 %, agents 53 % of 17 activities`.
  public var mixDescription: String {
    let parts = mix.map { "\($0.performer) \(written(($0.share * 1000).rounded() / 10)) %" }
    let count = model.stack.activities.count
    return "\(parts.joined(separator: ", ")) of \(count) \(count == 1 ? "activity" : "activities")"
  }
}

/// Share of activities that one kind of performer does.
public struct MixShare: Sendable, Hashable {
  /// `people`, `RPA`, `rules`, `workflows`, `agents` or `scripts`.
  public var performer: String
  /// Share of the process's activities, weighted by share of cases, in 0...1.
  public var share: Double
}

/// Compiles a scenario: calendars into simulated time, names into indexes, times into samplers.
///
/// - Throws: `ScenarioErrors` where the clock cannot be kept or a name is used twice.
public func compile(_ scenario: Scenario) throws(ScenarioErrors) -> CompiledScenario {
  let clock = try scenario.compileClock()
  try scenario.checkList(clock)
  try scenario.checkVolumes(clock)
  let used = Set(scenario.variants.flatMap { $0.stack.calendars })
    .union([scenario.clock.workingDays])
  let calendars = scenario.calendars.filter { used.contains($0.name) }
  let skills = scenario.skills
  var compiler = StackCompiler(
    flow: scenario.flow, calendars: calendars.map(\.name),
    workingDays: scenario.clock.workingDays, skills: skills, clock: clock,
    reviews: scenario.reviews(clock),
    workingDaySeconds: Double(scenario.workingDayMicroseconds) / 1e6)
  let attributes = compiler.compile(scenario.attributes)
  let stacks = scenario.variants.map { compiler.compile($0.stack, name: $0.name) }
  let demand = scenario.compileDemand(clock, table: &compiler.table)
  try scenario.requireEnoughArrivals(demand)
  let workCalendars = calendars.map { $0.compiled(clock) }
  let byName = Dictionary(
    zip(calendars.map(\.name), workCalendars), uniquingKeysWith: { first, _ in first })
  try scenario.checkHours(byName, clock.timeline)
  try scenario.checkResponse(byName)
  let table = compiler.table
  var variants: [CompiledVariant] = []
  for (variant, stack) in zip(scenario.variants, stacks) {
    var (stack, before) = (
      stack, scenario.clock.startState.runIn(before: stack, among: stacks)
    )
    // What works before day 0 rolls nothing out.
    before?.rollout = nil
    if variant.name == scenario.startVariant { stack.rollout = nil }
    if stack.rollout != nil {
      before = try scenario.stackBefore(rolloutOf: variant, among: stacks)
      before?.rollout = nil
    }
    var model = SimulationModel(
      timeline: clock.timeline, calendars: workCalendars, flow: scenario.flow, demand: demand,
      runInStack: before, stack: stack,
      given: scenario.given(clock), samplerTable: table, attributes: attributes)
    model.balancesBranching = scenario.experiment.balancesBranching
    model.serviceLevel = compiler.due(scenario.exhaustion.serviceWithin)
    let compiled = CompiledVariant(
      name: variant.name, title: variant.title, model: model,
      orchestrationLevel: variant.stack.level, mix: variant.stack.mix)
    variants.append(try withForecastShares(compiled, of: variant))
  }
  if let variant = variants.first, variant.model.hasCollidingStreams {
    throw ScenarioErrors([
      ScenarioProblem(
        "two parts of the process or scenario share a name for their random numbers; rename one",
        at: SourceLocation(path: scenario.path))
    ])
  }
  try scenario.refuseCircularRepair(of: stacks)
  let teams = scenario.variants.first?.stack.teams.map(\.name) ?? []
  return CompiledScenario(
    title: scenario.title, question: scenario.question, variants: variants,
    baseline: variants.firstIndex { $0.name == scenario.experiment.baseline } ?? 0,
    seed: scenario.experiment.seed, replications: scenario.experiment.replications,
    exhaustion: scenario.exhaustion,
    watchedTeams: scenario.exhaustion.watch.compactMap { teams.firstIndex(of: $0) },
    matters: scenario.experiment.matters, discountRate: scenario.experiment.discountRate,
    factorial: scenario.experiment.factorial,
    currency: scenario.currency ?? "EUR",
    parameters: scenario.parameters,
    warnings: scenario.warnings + scenario.clockWarnings(clock)
      + scenario.saturationWarnings(of: variants),
    start: scenario.clock.start, timeZone: scenario.clock.timeZone,
    origin: Int64(clock.time.origin),
    workingDay: scenario.workingDayMicroseconds, workingDates: clock.dates,
    startState: scenario.clock.startState, sweep: scenario.sweep,
    precision: scenario.experiment.precision,
    fewestReplications: scenario.experiment.fewestReplications, skills: skills,
    processID: scenario.process.id, sourceDigest: scenario.sourceDigest)
}

/// The variant with what its rules come to on average, for forecasts.
///
/// - Throws: `ScenarioErrors` where a rule fails for one of the forecast's cases.
private func withForecastShares(
  _ compiled: CompiledVariant, of variant: Variant
) throws(ScenarioErrors) -> CompiledVariant {
  var result = compiled
  do {
    result.model = try compiled.model.withForecastShares()
  } catch {
    let reason =
      error.sentenceOfRule
      ?? "by its conditions a case runs in circles through the process and is never done; let cases "
      + "leave the loop"
    throw ScenarioErrors([
      ScenarioProblem("in the variant '\(variant.name)' \(reason)", at: variant.location)
    ])
  }
  return result
}

extension StartState {
  /// The stack that works before day 0; `nil` for none.
  fileprivate func runIn(before stack: StackModel, among stacks: [StackModel]) -> StackModel? {
    switch self {
    case .empty, .given: nil
    case .variant(let name, _): stacks.first { $0.name == name }
    case .own: stack
    }
  }
}

extension Scenario {
  var workingDayMicroseconds: Int64 {
    Int64(((calendar(clock.workingDays)?.workingDaySeconds ?? 0) * 1e6).rounded())
  }

  /// Warns where the run ends before an exhaustion at the end of the horizon could be confirmed, and
  /// of calendar files that are of other years.
  func clockWarnings(_ compiled: CompiledClock) -> [ScenarioProblem] {
    foreignFiles(compiled) + shortFollowUp(compiled)
  }

  private func shortFollowUp(_ compiled: CompiledClock) -> [ScenarioProblem] {
    let timeline = compiled.timeline
    let last = timeline.dayCloses[timeline.sampledDays - 1]
    guard last > timeline.horizon + timeline.followUp else { return [] }
    return [
      ScenarioProblem(
        key: "clock.follow_cases_for",
        "cases are not followed for as long as exhaustion must hold, so one that begins in the "
          + "last days of the horizon is not seen; lengthen 'clock.follow_cases_for'",
        severity: .medium, at: SourceLocation(path: path))
    ]
  }

  /// Calendar files without a holiday from the run-in to the end of the follow-up, though it lasts
  /// half a year or more.
  private func foreignFiles(_ compiled: CompiledClock) -> [ScenarioProblem] {
    guard compiled.lastDate.dayNumber - compiled.firstDate.dayNumber >= 183 else { return [] }
    let files = calendars.flatMap(\.files).filter { file in
      !file.hasClosedHours
        && !file.holidays.contains { compiled.firstDate...compiled.lastDate ~= $0 }
    }
    return inOrder(
      files.map { file in
        let found = file.holidays.isEmpty ? "" : ", but from \(file.holidays[0]) on"
        return ScenarioProblem(
          key: nil,
          "the calendar file '\(shown(file.name))' has no holiday between \(compiled.firstDate) and "
            + "\(compiled.lastDate)\(found); check that it is of the years that are simulated",
          severity: .medium, at: file.location)
      })
  }
}

extension StackSettings {
  /// Names of the calendars that people and automations work by and thresholds hold in.
  fileprivate var calendars: [String] {
    teams.flatMap { $0.staff.map(\.person.calendar) } + automations.compactMap(\.conduct.hours)
      + guardrails.flatMap { $0.thresholds.compactMap(\.during) }
      + applications.compactMap(\.others?.during) + response.flatMap(\.calendars)
  }

  /// Share of activities by kind of performer, largest first.
  var mix: [MixShare] {
    let titles = [
      ("people", "people"), ("rpa", "RPA"), ("rules", "rules"), ("workflow", "workflows"),
      ("agent", "agents"), ("script", "scripts"),
    ]
    var byKind: [String: Double] = [:]
    for activity in activities {
      let automation = automations.first { $0.name == activity.automation }
      let share = automation == nil ? 0 : activity.share
      byKind[automation?.kind ?? "people", default: 0] += share
      byKind["people", default: 0] += 1 - share
    }
    let total = Double(max(1, activities.count))
    let shares = titles.compactMap { kind, title -> MixShare? in
      guard let count = byKind[kind], count > 0 else { return nil }
      return MixShare(performer: title, share: count / total)
    }
    return shares.enumerated()
      .sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map(\.element)
  }
}
