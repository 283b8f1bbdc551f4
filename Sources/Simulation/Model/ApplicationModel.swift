public import EventEngine

/// An application that performers touch: a system of record with limits, latency and outages.
///
/// All automations and people of a scenario that touch it share it. Whoever took a piece of work acquires
/// what it touches one after the other, in the order of `StackModel.applications`, holds what it has
/// while it waits for the next, and gives all back when the work ends: one order for all, so nobody
/// waits in a circle.
public struct ApplicationModel: Sendable {
  /// Name.
  public var name: String
  /// Pieces of work that may hold it at once; 0 for no limit.
  public var concurrent: Int
  /// Limit on requests per unit of time; `nil` for none.
  public var rateLimit: RateLimit?
  /// Time that each use adds to the work, in seconds; `nil` for none.
  public var latency: SampledTime?
  /// Windows of maintenance, in which it is down; `nil` for none.
  ///
  /// Work in progress rests meanwhile and goes on where it stopped.
  public var maintenance: WorkCalendar?
  /// Outages at random; `nil` for none.
  public var outages: OutageModel?
  /// Time from one release to the next, in seconds; `nil` for none.
  ///
  /// A release itself stops nothing; it may break automations that touch the application.
  public var releases: SampledTime?
  /// Calls of users outside the model; `nil` for none.
  public var others: OtherLoadModel?

  /// Creates an application.
  public init(
    name: String, concurrent: Int = 0, rateLimit: RateLimit? = nil, latency: SampledTime? = nil,
    maintenance: WorkCalendar? = nil, outages: OutageModel? = nil
  ) {
    self.name = name
    self.concurrent = concurrent
    self.rateLimit = rateLimit
    self.latency = latency
    self.maintenance = maintenance
    self.outages = outages
  }

  /// A token bucket that is full at the start, refills evenly in calendar time, and from which each
  /// request takes a token.
  ///
  /// A use of more requests than the bucket holds waits for a full bucket and leaves it in debt.
  public struct RateLimit: Sendable, Hashable {
    /// Requests per period, in 1...1,000,000,000.
    public var requests: Int64
    /// The period, in microseconds, > 0.
    public var period: Int64
    /// Requests that a full bucket allows at once, in 1...1,000,000.
    public var burst: Int64

    /// Creates a limit.
    public init(requests: Int64, period: Int64, burst: Int64) {
      self.requests = requests
      self.period = period
      self.burst = burst
    }
  }
}

/// Calls that others than the process make of an application: other automations, other processes.
///
/// They come as a Poisson process and wait their turn among the process's own work, first come, first
/// served. They belong to no case and cost nothing here.
public struct OtherLoadModel: Sendable {
  /// Calls a second, ≥ 0, while they come.
  public var perSecond: Double
  /// Time for which a call holds the application, in seconds.
  public var time: SampledTime
  /// Index of the calendar in whose hours they come; `nil` for around the clock.
  public var calendar: Int?

  /// Creates a load.
  public init(perSecond: Double, time: SampledTime, calendar: Int? = nil) {
    self.perSecond = perSecond
    self.time = time
    self.calendar = calendar
  }
}

/// Use of an application by a piece of work.
public struct TouchModel: Sendable, Hashable {
  /// Index of the application.
  public var application: Int
  /// Requests that each piece of work makes, ≥ 1; all are made when it acquires the application.
  public var requests: Int

  /// Creates a use.
  public init(application: Int, requests: Int = 1) {
    self.application = application
    self.requests = requests
  }
}

/// Outages at random: an alternating renewal process in calendar time.
///
/// The time between the end of a repair and the next failure passes whether the thing is used or not.
public struct OutageModel: Sendable {
  /// Time from the start of the run, or the end of a repair, to the next failure, in seconds.
  public var every: SampledTime
  /// Time to repair, in seconds: of calendar time, or of work where a team repairs.
  public var repair: SampledTime
  /// What becomes of work in progress.
  public var inProgress: InProgress
  /// Index of the team whose work the repair is; `nil` where it passes by itself.
  public var repairTeam: Int?

  /// What an outage does to the work it meets.
  public enum InProgress: String, Sendable, Hashable, Codable, CaseIterable {
    /// It rests, and goes on where it stopped.
    case resume
    /// It rests, and begins anew; what was done is lost.
    case restart
    /// A run has failed, and is tried again as after any failure; human work and hops begin anew.
    case fail
  }

  /// Creates outages.
  public init(
    every: SampledTime, repair: SampledTime, inProgress: InProgress = .resume,
    repairTeam: Int? = nil
  ) {
    self.every = every
    self.repair = repair
    self.inProgress = inProgress
    self.repairTeam = repairTeam
  }

  /// Share of time that it is up where repairs begin at once, in 0...1.
  public var availability: Double {
    every.mean > 0 ? every.mean / (every.mean + repair.mean) : 0
  }
}

/// Cases that stand at an activity on day 0, in a run that begins with a given state.
public struct GivenCases: Sendable, Hashable {
  /// Index of the node they stand at, an activity.
  public var node: Int
  /// How many.
  public var count: Int
  /// How long before day 0 they came there, in microseconds, ≥ 0.
  public var since: Int64

  /// Creates cases.
  public init(node: Int, count: Int, since: Int64 = 0) {
    self.node = node
    self.count = count
    self.since = since
  }
}
