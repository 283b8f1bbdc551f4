public import Simulation
internal import Statistics

/// Runs all variants of a design with common random numbers and says what they show.
///
/// The result depends on the design alone: not on the runner, its threads, or the order in which
/// replications finish. Of a run that was stopped it has the replications that all variants had done,
/// from the first on without a gap.
/// - Throws: what the runner throws; `StudyError` where a design cannot be run.
public func runStudy(
  _ design: StudyDesign, runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> StudyResult {
  let (records, precision) = try await runPrecisely(design, runner: runner, control: control)
  var done = design
  done.replications = records.first?.count ?? 0
  guard done.replications >= min(2, design.replications) else {
    throw StudyError.stoppedTooEarly(done: done.replications, reason: control.stopReason)
  }
  var result = StudyResult(design: done, records: records)
  result.precision = precision
  if precision?.outcome != .reached {
    result.interruption = Interruption(design, done: done.replications, control)
  }
  return result
}

/// The records of all variants, by variant: those of the replications that all of them have done, from
/// the first on without a gap.
///
/// - Parameter replications: which are wanted; `nil` for all of the design.
func runReplications(
  _ design: StudyDesign, replications: Range<Int>? = nil, runner: some ReplicationRunner,
  control: RunControl
) async throws -> [[ReplicationRecord]] {
  // What was run before has been checked.
  if (replications?.lowerBound ?? 0) == 0 { try design.validate() }
  // By replication, so that of a study that is stopped whole replications are there.
  let jobs = (replications ?? 0..<design.replications).flatMap { replication in
    design.variants.indices.map { ReplicationJob(model: $0, replication: replication) }
  }
  let models = design.variants.map(\.model)
  let records: [ReplicationRecord?]
  do {
    records = try await runner.run(jobs, models: models, seed: design.seed, control: control)
  } catch let failure as ReplicationFailure {
    throw StudyError.replicationFailed(
      failure, variant: design.variants[failure.job.model].name,
      overload: Overload(worstOf: models[failure.job.model]))
  }
  let count = design.variants.count
  let prefix = records.prefix { $0 != nil }.count / count
  return design.variants.indices.map { variant in
    (0..<prefix).compactMap { records[$0 * count + variant] }
  }
}

/// Why a study has fewer replications than it was asked for.
public struct Interruption: Sendable, Codable, Hashable {
  /// Who stopped it.
  public var reason: StopReason
  /// Replications done, of each variant.
  public var done: Int
  /// Replications asked for.
  public var requested: Int

  /// For people: how many replications were done, and who stopped it.
  public var sentence: String {
    let who = reason == .interrupted ? "Interrupted" : "Stopped by the time limit"
    return "\(who): \(done) of \(requested) replications were done; only they count."
  }

  /// `nil` where all were done.
  init?(_ design: StudyDesign, done: Int, _ control: RunControl) {
    guard let reason = control.stopReason, done < design.replications else { return nil }
    self.reason = reason
    self.done = done
    requested = design.replications
  }
}

/// Why a design cannot be run.
public enum StudyError: Error, Equatable, Sendable {
  /// A replication of a variant could not be carried to its end; the team that has more work than
  /// hours, where there is one.
  case replicationFailed(ReplicationFailure, variant: String, overload: Overload?)
  /// The run was stopped before enough replications were done to say anything.
  case stoppedTooEarly(done: Int, reason: StopReason?)
  /// A sweep was stopped before all its points were done.
  case gridStopped(StopReason)
  /// The stack that runs before day 0 needs more of a team than is scheduled: no start state exists.
  case runInSaturates(team: String, intensity: Double)
  /// A loop of the process is never left with the given branching.
  case endlessFlow(variant: String)
  /// There is no variant of a name.
  case noSuchVariant(String, known: [String])
  /// A question of the steady state has no answer.
  case noSteadyState(SteadyStateRefusal)
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
    costsOverTime = CostsOverTime(design: design, records: records)
    factorialEffects = FactorialEffects(design: design, records: records)
    comparisons = StudyComparisons(design: design, records: records)
    events = records.reduce(0) { $0 + $1.reduce(0) { $0 + $1.eventCount } }
    interruption = nil
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
