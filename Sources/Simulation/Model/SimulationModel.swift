public import EventEngine
public import Statistics

/// A scenario's variant, compiled: everything a replication needs, as plain values with indexes.
///
/// All variants of one scenario have the same flow, demand, calendars, and the same teams, automations
/// and guardrails in the same order; they differ in `stack`. Times are microseconds from the start of
/// the scenario (day 0), money is in millionths of the currency's main unit.
public struct SimulationModel: Sendable {
  /// Phases of a run and the instants at which the state is sampled.
  public var timeline: Timeline
  /// Calendars that people and drifts refer to by index.
  public var calendars: [WorkCalendar]
  /// The process.
  public var flow: FlowGraph
  /// Arrivals of cases.
  public var demand: Demand
  /// What is known of each case, drawn when it arrives, the same in all stacks.
  public var attributes: [AttributeModel]
  /// The stack that works before day 0; `nil` where the run starts empty on day 0.
  public var runInStack: StackModel?
  /// The stack that is tried from day 0 on.
  public var stack: StackModel
  /// Cases that stand in the process on day 0; only where no stack works before it.
  public var given: [GivenCases]
  /// The table that the stacks' sampled times were prepared with.
  public var samplerTable: SamplerTable
  /// Bounds on a run that will not end by itself.
  public var limits: RunLimits
  /// When tickets and exceptions are due for the report on service, where nothing else says so; `nil` for
  /// no report.
  public var serviceLevel: DueModel?
  /// Whether the ways chosen at exclusive gateways are spread evenly over cases that arrive one after the
  /// other.
  public var balancesBranching = false

  /// Creates a model.
  public init(
    timeline: Timeline, calendars: [WorkCalendar], flow: FlowGraph, demand: Demand,
    runInStack: StackModel?, stack: StackModel, given: [GivenCases] = [],
    samplerTable: SamplerTable = SamplerTable(), limits: RunLimits = RunLimits(),
    attributes: [AttributeModel] = []
  ) {
    self.timeline = timeline
    self.calendars = calendars
    self.flow = flow
    self.demand = demand
    self.runInStack = runInStack
    self.stack = stack
    self.given = given
    self.samplerTable = samplerTable
    self.limits = limits
    self.attributes = attributes
  }
}

/// Phases of a run.
public struct Timeline: Sendable, Hashable {
  /// Start of the run-in, ≤ 0; 0 where the run starts empty.
  public var runInStart: Int64
  /// End of the horizon: cases that arrive in `0 ..< horizon` are counted.
  public var horizon: Int64
  /// How long each counted case is followed from its own arrival.
  public var followUp: Int64
  /// Closing instants of working days from day 0 on, in order: the horizon's and enough after it to judge
  /// an exhaustion that begins within it.
  public var dayCloses: [Int64]
  /// How many of `dayCloses` lie within the horizon.
  public var horizonDays: Int
  /// How many of `dayCloses` are sampled, ≥ `horizonDays`.
  public var sampledDays: Int
  /// Length of an arrival cohort, usually one week.
  public var cohortLength: Int64
  /// Count only so many cases, the first that arrive from day 0 on; `nil` for all within the horizon.
  ///
  /// In such a run arrivals stop with the last counted case, however early or late it comes, and the
  /// run ends when all are done. `horizon` is then only where the last of them is expected: up to there
  /// the state is sampled, and no cost becomes work owed by being later.
  public var caseLimit: Int?
  /// Working days from one sample to the next, ≥ 1: `dayCloses` has every so many of them.
  public var daysPerSample: Int

  /// Creates a timeline.
  public init(
    runInStart: Int64, horizon: Int64, followUp: Int64, dayCloses: [Int64], horizonDays: Int,
    sampledDays: Int, cohortLength: Int64 = 604_800_000_000, caseLimit: Int? = nil,
    daysPerSample: Int = 1
  ) {
    self.runInStart = runInStart
    self.horizon = horizon
    self.followUp = followUp
    self.dayCloses = dayCloses
    self.horizonDays = horizonDays
    self.sampledDays = sampledDays
    self.cohortLength = cohortLength
    self.caseLimit = caseLimit
    self.daysPerSample = daysPerSample
  }

  /// A follow-up longer than any run: about a century, in microseconds.
  public static let endless = longestTime

  /// Number of arrival cohorts within the horizon.
  public var cohortCount: Int { Int((horizon + cohortLength - 1) / cohortLength) }
}

/// Bounds on a run that will not end by itself.
public struct RunLimits: Sendable, Hashable {
  /// Most cases in progress at one time.
  public var liveCases = 2_000_000
  /// Most moves of tokens at one instant; more means a loop that takes no time.
  public var movesPerInstant = 10_000_000

  /// The standard bounds.
  public init() {}
}
