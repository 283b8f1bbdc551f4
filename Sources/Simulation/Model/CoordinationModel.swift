/// What it costs that automations act beside one another: work lost and done twice at hand-overs
/// between islands, and conflicts between automations that met the same case.
///
/// An island is a set of automations that share context. A hand-over happens where an automation begins
/// an activity of a case that an automation of another island was the last to work on. All
/// probabilities lie in 0...1; those that are not said are 0.
public struct CoordinationModel: Sendable {
  /// Island of each automation, indexed as `StackModel.automations`.
  public var islands: [Int]
  /// Technology of each automation, for `technologyFactor`; empty where none is known.
  public var technologies: [Int] = []
  /// Factor on all probabilities of a hand-over between automations of different technologies, ≥ 0.
  public var technologyFactor = 1.0
  /// Probability that a hand-over loses the context of the case.
  public var contextLost = 0.0
  /// Probability, where context is lost, that the automation pulls the data of the case again.
  public var repeatedPull = 0.0
  /// Time of such a pull, in seconds; it holds a runner and what the activity touches.
  public var pullTime = SampledTime.zero
  /// Price of such a pull, in millionths of the currency unit.
  public var pullCost = 0.0
  /// Probability, where context is lost, that the customer is asked again.
  public var repeatedRequest = 0.0
  /// Time until the customer answers, in seconds; the case waits.
  public var answerTime = SampledTime.zero
  /// Probability that a hand-over is misread, so that people do the work of the activity again.
  public var misread = 0.0
  /// Who does so.
  public var rework: ErrandWork?
  /// Probability that the other automation never answers.
  public var noAnswer = 0.0
  /// Longest time for what was handed over, from the hand-over to its end, in microseconds.
  ///
  /// Then people take over. `nil` for no limit.
  public var timeLimit: Int64?
  /// Probability that what was handed over is carried out in part only, which nobody notices at once.
  public var partialFailure = 0.0
  /// Probability that an attempt which failed and is tried again had its effect all the same, which
  /// nobody notices at once.
  public var doubleEffect = 0.0
  /// Time until such a thing is noticed, in seconds.
  public var detection = SampledTime.zero
  /// Conflicts expected for each pair of automations of different islands that met the same case.
  public var conflictRate = 0.0
  /// Exponent on the number of pairs, ≥ 0: a case that p pairs met has rate · p^exponent conflicts on
  /// average.
  public var conflictExponent = 1.0
  /// Whether only those pairs count that touch an application in common.
  public var conflictsNeedSharedApplication = false
  /// Whether the case waits until a conflict is settled.
  public var conflictsBlock = true
  /// Who settles conflicts, and what was done in part or twice.
  public var reconciliation: ErrandWork?

  /// Coordination that costs nothing, of automations on islands.
  public init(islands: [Int]) {
    self.islands = islands
  }
}

/// Work that a mechanism gives to a team.
public struct ErrandWork: Sendable {
  /// Index of the team.
  public var team: Int
  /// Working time, in seconds at a speed of 1.
  public var time: SampledTime

  /// Creates work.
  public init(team: Int, time: SampledTime) {
    self.team = team
    self.time = time
  }
}

/// Factors that an orchestration layer puts on what coordination costs; a probability is at most 1.
///
/// 0 removes it, 1 leaves it, more makes it worse.
public struct CoordinationFactors: Sendable, Hashable {
  /// On lost context.
  public var contextLost = 1.0
  /// On misread hand-overs.
  public var misread = 1.0
  /// On answers that never come.
  public var noAnswer = 1.0
  /// On what is carried out in part.
  public var partialFailure = 1.0
  /// On effects had twice.
  public var doubleEffect = 1.0
  /// On conflicts.
  public var conflicts = 1.0

  /// A layer that changes nothing.
  public init() {}
}

/// An automation that leads others: it delegates, settles their conflicts and puts results together, as
/// runs of its own.
public struct SupervisorModel: Sendable {
  /// The automation that leads, whose runners, outages and price count.
  public var automation: Int
  /// The automations that it leads.
  public var leads: [Int]
  /// Time to delegate an activity, in seconds; `nil` where it delegates nothing.
  public var delegation: SampledTime?
  /// Probability that a result is in conflict with another and is settled by it.
  public var conflict = 0.0
  /// Time to settle one, in seconds.
  public var resolution = SampledTime.zero
  /// Indexes of the activities after which it puts results together.
  public var synthesisAfter: [Int] = []
  /// Time to do so, in seconds.
  public var synthesis = SampledTime.zero

  /// Creates a supervisor that does nothing yet.
  public init(automation: Int, leads: [Int]) {
    self.automation = automation
    self.leads = leads
  }
}

/// Control of triggers that come in bursts.
public struct StormModel: Sendable, Hashable {
  /// Triggers within this time of one that opened a case are taken into that case while it is under way,
  /// in microseconds; 0 for none.
  public var window: Int64
  /// Attribute, of categories, that the triggers must share; `nil` for none.
  public var sameAttribute: Int?
  /// Limit on the cases that are begun; `nil` for none.
  public var limit: Limit?

  /// A limit on the cases that are begun: no more than `burst` at once, and one for each `interval`.
  public struct Limit: Sendable, Hashable {
    /// Mean distance between two beginnings, in microseconds, > 0.
    public var interval: Int64
    /// Cases that may begin at once, ≥ 1.
    public var burst: Int64
    /// Whether what comes beyond is dropped; else it waits its turn.
    public var drops: Bool

    /// Creates a limit.
    public init(interval: Int64, burst: Int64 = 1, drops: Bool = false) {
      self.interval = interval
      self.burst = burst
      self.drops = drops
    }
  }

  /// Creates a control.
  public init(window: Int64 = 0, sameAttribute: Int? = nil, limit: Limit? = nil) {
    self.window = window
    self.sameAttribute = sameAttribute
    self.limit = limit
  }
}
