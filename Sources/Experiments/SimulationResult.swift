internal import Simulation

/// Everything a simulation of one variant found, as values: what `rehearse simulate --format json` prints.
///
/// Every number says its unit in its name or beside it; see `docs/reference/outputs.md`. Of a single
/// replication estimates have no interval.
public struct SimulationResult: Sendable, Codable, Equatable {
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Replications that the figures are of.
  public var replications: Int
  /// Why there are fewer replications than asked for; `nil` where there are not.
  public var interruption: Interruption?
  /// Confidence level of all intervals.
  public var level: Double
  /// ISO code of the currency of all money.
  public var currency: String
  /// Cases to be counted, where their number bounds the run.
  public var caseLimit: Int?
  /// Length of the time from day 0 in which cases were counted, in weeks.
  public var weeks: Estimate
  /// How long each case is followed from its arrival, in hours of calendar time; `nil` for until it is
  /// done.
  public var followUpHours: Double?
  /// Working days from one sample of the teams to the next.
  public var daysPerSample: Int
  /// Length of an arrival cohort, in weeks.
  public var weeksPerCohort: Double
  /// Flow of cases.
  public var cases: CaseFlowResult
  /// What people and automations did, by activity and guardrail.
  public var work: [WorkResult]
  /// Teams over the whole time.
  public var teams: [TeamWorkResult]
  /// A team that has more work than hours by the end; `nil` where none has.
  public var overload: Overload?
  /// Everything that a comparison says of a variant.
  public var variant: VariantResult
  /// Events simulated in all.
  public var events: Int
}

/// How cases came and went.
public struct CaseFlowResult: Sendable, Codable, Equatable {
  /// Cases counted.
  public var arrived: Estimate
  /// Those among them that were not completed within the follow-up.
  public var unfinished: Estimate
  /// Cases completed per week, of the time in which cases were counted; those that were there before
  /// included.
  public var completedPerWeek: Estimate
  /// Mean of the times to completion, restricted to the follow-up, in hours of calendar time.
  public var timeToCompletion: Estimate
  /// Time by which a share of all cases was completed, in hours; without those shares that some
  /// replication did not come to.
  public var percentiles: [Percentile]
  /// Waiting for people, automations and batches per case, summed over all its work, in hours of
  /// calendar time.
  public var waiting: Estimate
  /// From beginning to end of work per case, summed over all its work, in hours of calendar time: pauses
  /// and closed hours of whoever does it included.
  public var processing: Estimate
  /// The work itself per case, by people and automations, in hours.
  public var work: Estimate

  /// A percentile of the time to completion.
  public struct Percentile: Sendable, Codable, Equatable {
    /// Share of the cases.
    public var share: Double
    /// Hours by which they were completed.
    public var hours: Estimate
  }
}

/// Work on one activity by one kind of performer, or the tickets of one guardrail.
public struct WorkResult: Sendable, Codable, Equatable {
  /// BPMN id of the activity, or name of the guardrail.
  public var id: String
  /// Name for people; `nil` where there is none.
  public var name: String?
  /// How it was done.
  public var kind: Kind
  /// Name of the team or automation that does it; of a guardrail several teams.
  public var performer: String
  /// Pieces of work done per case; failed runs of automations count.
  public var perCase: Estimate
  /// Pieces of work done in all replications.
  public var count: Int
  /// Mean wait until the work began, in minutes of calendar time; `nil` where nothing was done, as all
  /// that follow.
  public var waitingMinutes: Estimate?
  /// Mean time from beginning to end of the work, in minutes of calendar time.
  public var processingMinutes: Estimate?
  /// Mean of the work itself, in minutes.
  public var workMinutes: Estimate?
  /// Mean cost of a piece, in the currency's main unit.
  public var costEach: Estimate?
  /// Cost per case, in the currency's main unit.
  public var costPerCase: Estimate

  /// Ways of doing work.
  public enum Kind: String, Sendable, Codable {
    /// Human work that the flow plans.
    case task
    /// Human work because an automation failed.
    case exception
    /// Runs of an automation.
    case run
    /// Human review of a guardrail's tickets.
    case ticket
    /// Human work that a mechanism gives to a team.
    case errand
  }
}

/// A team over the whole time in which cases were counted.
public struct TeamWorkResult: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// People.
  public var people: Int
  /// Share of the scheduled time at work, from day 0 to the close of the last working day of the horizon, or
  /// to the arrival of the last case of a case-limited run; `nil` where nothing is scheduled.
  public var occupancy: Estimate?
  /// Pieces of work that wait at the close of a sampled working day, on average.
  public var waitingAtClose: Estimate?
  /// Work that remains at the close of a sampled working day, on average, in hours.
  public var backlogHours: Estimate?
}
