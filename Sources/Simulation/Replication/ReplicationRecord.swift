public import Statistics

/// What one replication yields.
///
/// Times in microseconds, money in millionths of the currency unit.
public struct ReplicationRecord: Sendable, Equatable, Codable {
  /// Number of the replication, from 0.
  public var replication: Int
  /// One entry per arrival cohort within the horizon.
  public var cohorts: [CohortRecord]
  /// Time to completion of cases that were completed within the follow-up, per group of cohorts.
  public var completionTimes: [LogLinearHistogram]
  /// One entry per team.
  public var teams: [TeamSeries]
  /// One entry per guardrail.
  public var guardrails: [GuardrailRecord]
  /// Runs of each automation of counted cases, failed ones included.
  public var automationRuns: [Int]
  /// Failed runs among them.
  public var automationFailures: [Int]
  /// One entry per application.
  public var applications: [ApplicationRecord] = []
  /// Outages of applications, then automations, then the layer, in the order of the model.
  public var outages: [OutageRecord] = []
  /// What belongs to no case but to the horizon, indexed by `CostComponent`; no part of `totalCost`.
  public var costBesideCases = [Int64](repeating: 0, count: CostComponent.allCases.count)
  /// Human work that belongs to no case but to the horizon, in microseconds.
  public var timeBesideCases: Int64 = 0
  /// What mechanisms did, indexed by `MechanismEvent`.
  public var ledger: [LedgerEntry] = []
  /// Work done on counted cases by activity and guardrail, as `WorkRecordRows` orders it.
  public var work: [WorkRecord] = []
  /// What became of the rollout; `nil` without one.
  public var rollout: RolloutRecord?
  /// Where counting ended, in microseconds: the horizon, or the arrival of the last case of a
  /// case-limited run.
  public var countedUntil: Int64 = 0
  /// Cases completed from day 0 until then, those included that arrived before day 0.
  public var completedWhileCounting = 0
  /// Everything charged to counted cases, summed apart from the components: equal to their sum.
  public var totalCost: Int64
  /// Events handled.
  public var eventCount: Int
  /// Counted cases that were stuck at the end, which is a fault of the process.
  ///
  /// They wait at a join, or for an event of their own process, and nothing in them can go on.
  public var stuckCases = 0
  /// Cases that a case-limited run was still to count when arrivals ended.
  public var missingCases = 0
}

/// Where human time and money went.
public enum CostComponent: Int, Sendable, CaseIterable, Hashable, Codable, BitwiseCopyable {
  /// Planned human work.
  case tasks
  /// Human review of guardrail tickets.
  case review
  /// Human work on what automations could not do.
  case exceptions
  /// Runs and tokens of automations.
  case automation
  /// Hops through the orchestration layer, checks by remedies.
  case orchestration
  /// Losses from false passes, and by cases that were turned away.
  case loss
  /// Human work done again because a review rejected it.
  case rework
  /// What it costs that automations act beside one another: doing things twice, reconciling, supervising.
  case coordination
  /// Keeping automations, rules and people's skills as good as they are, and governing them.
  case upkeep
  /// Repairs by teams of what had failed.
  case repairs
  /// Losses and clean-up of incidents.
  case incidents
  /// Penalties for what came too late, and the cost of delay.
  case penalties
  /// Hiring and training people, and what they cost beside their hours at work.
  case staffing
  /// All of the above that was still to be done at the horizon for cases that had arrived by then.
  case owed
}

/// What became of the cases that arrived in one cohort.
public struct CohortRecord: Sendable, Equatable, Codable {
  /// Cases that arrived.
  public var arrived = 0
  /// Those completed within the follow-up.
  public var completed = 0
  /// Those given up before they were done; they count as long as the follow-up.
  public var abandoned = 0
  /// Those completed within the follow-up without an error that nobody noticed.
  public var completedRight = 0
  /// Sum over all arrived of min(time to completion, follow-up), in microseconds.
  public var restrictedTime: Int128 = 0
  /// Cost by component, in millionths of the currency unit, indexed by `CostComponent`.
  public var cost = [Int64](repeating: 0, count: CostComponent.allCases.count)
  /// Human work in microseconds: planned tasks.
  public var taskTime: Int64 = 0
  /// Human work in microseconds: reviews of tickets.
  public var reviewTime: Int64 = 0
  /// Human work in microseconds: exceptions of automations.
  public var exceptionTime: Int64 = 0
  /// Human work in microseconds: errands of mechanisms.
  public var errandTime: Int64 = 0
  /// Human work in microseconds that belongs to no case and came up while the cohort arrived: upkeep,
  /// repairs.
  public var timeBesideCases: Int64 = 0
  /// Cost that belongs to no case and came up while the cohort arrived, in millionths of the currency
  /// unit.
  public var costBesideCases: Int64 = 0
  /// Tickets raised.
  public var tickets = 0

  /// A cohort nobody has arrived in.
  public init() {}

  /// All human work on its cases, in microseconds.
  public var humanTime: Int64 { taskTime + reviewTime + exceptionTime + errandTime }

  /// The same with the work that belongs to no case.
  public var wholeTime: Int64 { humanTime + timeBesideCases }
}

/// A team at the close of each sampled working day.
public struct TeamSeries: Sendable, Equatable, Codable {
  /// Tickets and exceptions waiting, those in forming batches included.
  public var waitingTickets: [Int32] = []
  /// Planned tasks waiting.
  public var waitingTasks: [Int32] = []
  /// Items with a person.
  public var inService: [Int32] = []
  /// Work content that remains, waiting and with people, in microseconds.
  public var remainingContent: [Int64] = []
  /// Work done since the start of the run, in microseconds.
  public var workDone: [Int64] = []
  /// Work done before day 0, in microseconds.
  public var workBefore: Int64 = 0
  /// Work done from day 0 until the last case of a case-limited run came, in microseconds; 0 in other
  /// runs.
  public var workWhileCounting: Int64 = 0
  /// Overtime worked during the run, in microseconds.
  public var overtime: Int64 = 0
  /// Work scheduled beyond what the stack says, from day 0 to the close of each sampled working day, in
  /// microseconds of content at a speed of 1; empty where nothing changes a team's people and hours.
  public var extraScheduled: [Int64] = []
  /// Tickets and exceptions whose due date fell in each week from day 0 on, of all cases.
  ///
  /// The last week may be cut by the end of the run. Empty where nobody asks.
  public var ticketsDue: [Int32] = []
  /// Those of them that were not answered by then.
  public var ticketsLate: [Int32] = []

  /// A series without samples.
  public init() {}
}

/// How an application was used within the horizon, by all cases.
public struct ApplicationRecord: Sendable, Equatable, Codable {
  /// Pieces of work that asked for it within the horizon and got it.
  public var uses = 0
  /// Those of them that had to wait.
  public var waited = 0
  /// Sum of their waits, in microseconds of calendar time.
  public var waitingTime: Int128 = 0
  /// Integral over the horizon of the number that held it, in microseconds.
  public var timeInUse: Int128 = 0
  /// Calls in the busiest hour of the clock within the horizon, those of others included.
  public var busiestHour: Int64 = 0
}

/// How something that can be down was down within the horizon.
public struct OutageRecord: Sendable, Equatable, Codable {
  /// Failures at random.
  public var outages = 0
  /// Time down in microseconds, maintenance included.
  public var downTime: Int64 = 0
  /// Runs that failed because of it.
  public var failedRuns = 0
}

/// What a guardrail did to the counted cases.
public struct GuardrailRecord: Sendable, Equatable, Codable {
  /// Cases on which it was evaluated.
  public var evaluated = 0
  /// Cases on which it fired.
  public var fired = 0
  /// Tickets raised.
  public var tickets = 0
  /// Tickets answered within the run.
  public var answered = 0
  /// Those approved as they were.
  public var approvedUnchanged = 0
  /// Work on answered tickets, in microseconds.
  public var reviewTime: Int64 = 0
  /// Sum of the waits of answered tickets from raising to start of review, in microseconds of calendar
  /// time.
  public var waitingTime: Int128 = 0
  /// The same in microseconds of the reviewer's working time.
  public var waitingWorkTime: Int128 = 0
}
