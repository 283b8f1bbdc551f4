internal import Simulation
internal import Statistics

/// Runs all variants of a design with common random numbers and says what they show.
///
/// The result depends on the design alone: not on the runner, its threads, or the order in which
/// replications finish.
/// - Parameter progress: told how many of how many replications are done.
/// - Throws: what the runner throws; `StudyError` where a design cannot be run.
public func runStudy(
  _ design: StudyDesign, runner: some ReplicationRunner,
  progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
) async throws -> StudyResult {
  try design.validate()
  let jobs = design.variants.indices.flatMap { variant in
    (0..<design.replications).map { ReplicationJob(model: variant, replication: $0) }
  }
  let records = try await runner.run(jobs, models: design.variants.map(\.model), seed: design.seed)
  { progress($0, jobs.count) }
  let byVariant = design.variants.indices.map { variant in
    Array(records[(variant * design.replications)..<((variant + 1) * design.replications)])
  }
  return StudyResult(design: design, records: byVariant)
}

/// Why a design cannot be run.
public enum StudyError: Error, Equatable, Sendable {
  /// The stack that runs before day 0 needs more of a team than is scheduled: no start state exists.
  case runInSaturates(team: String, intensity: Double)
  /// A loop of the process is never left with the given branching.
  case endlessFlow(variant: String)
}

extension StudyDesign {
  /// Checks that the start state exists and every case can end.
  func validate() throws(StudyError) {
    for variant in variants {
      let model = variant.model
      for stack in [model.runInStack, model.stack].compactMap(\.self) {
        let expectation = FlowExpectation(model: model, stack: stack)
        guard expectation.isFinite else { throw .endlessFlow(variant: variant.name) }
      }
    }
    var examined: Set<String> = []
    for variant in variants {
      // Variants that begin with the same stack have the same start state.
      guard let runIn = variant.model.runInStack, examined.insert(runIn.name).inserted else {
        continue
      }
      var before = variant.model
      before.stack = runIn
      for team in runIn.teams.indices {
        let intensity = FluidForecast(team: team, model: before).firstWeekIntensity
        if intensity >= 1 {
          throw .runInSaturates(team: runIn.teams[team].name, intensity: intensity)
        }
      }
    }
  }
}

extension StudyResult {
  /// Reduces the records of all variants, in the order of variants and replications.
  init(design: StudyDesign, records: [[ReplicationRecord]]) {
    let timeline = design.variants[design.baseline].model.timeline
    let teams = design.variants[design.baseline].model.stack.teams
    seed = design.seed
    replications = design.replications
    level = 0.95
    currency = design.currency
    baseline = design.variants[design.baseline].name
    horizonDays = timeline.horizonDays
    horizonWeeks = Double(timeline.horizon) / 604_800e6
    followUpHours = Double(timeline.followUp) / 3600e6
    exhaustionRule = design.exhaustion
    watchedTeams = design.exhaustion.watchedTeams.map { teams[$0].name }
    variants = design.variants.indices.map {
      VariantResult(
        design.variants[$0], records: records[$0], baselineRecords: records[design.baseline],
        isBaseline: $0 == design.baseline, design: design)
    }
    differences = design.variants.indices.filter { $0 != design.baseline }.flatMap { index in
      pairedDifferences(
        design.variants[index], records[index], baseline: design.variants[design.baseline],
        records[design.baseline], design: design)
    }
    recommendation = Recommendation(design: design, variants: variants, records: records)
    events = records.reduce(0) { $0 + $1.reduce(0) { $0 + $1.eventCount } }
  }
}

/// Differences of a variant to the baseline, replication by replication.
private func pairedDifferences(
  _ variant: StudyVariant, _ records: [ReplicationRecord], baseline: StudyVariant,
  _ baselineRecords: [ReplicationRecord], design: StudyDesign
) -> [Difference] {
  Figure.allCases.compactMap { figure in
    let pairs = figure.pairs(
      records, of: variant.model, with: baselineRecords, of: baseline.model)
    guard pairs.count >= 2 else { return nil }
    return Difference(
      variant: variant.name, figure: figure, unit: figure.unit(currency: design.currency),
      tried: pairs.map(\.0), baseline: pairs.map(\.1),
      practicalSignificance: design.practicalSignificance[figure])
  }
}

extension Difference {
  /// A paired t interval and what it says.
  init(
    variant: String, figure: Figure, unit: String, tried: [Double], baseline: [Double],
    practicalSignificance: Double?
  ) {
    self.variant = variant
    self.figure = figure
    self.unit = unit
    self.practicalSignificance = practicalSignificance
    let paired = PairedComparison(first: tried, second: baseline)
    estimate = Estimate(of: zip(tried, baseline).map { $0 - $1 })
    correlation = paired?.correlation
    varianceReduction = paired?.varianceReduction
    verdict = Self.verdict(
      on: estimate, smallest: practicalSignificance ?? 0, lessIsBetter: figure.lessIsBetter)
  }

  static func verdict(on estimate: Estimate, smallest: Double, lessIsBetter: Bool) -> Verdict {
    if estimate.lower >= -smallest, estimate.upper <= smallest {
      return .negligible
    }
    if estimate.lower > smallest { return lessIsBetter ? .worse : .better }
    if estimate.upper < -smallest { return lessIsBetter ? .better : .worse }
    return .undecided
  }
}
