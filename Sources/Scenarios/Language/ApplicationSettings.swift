public import Statistics

/// An application that performers touch.
public struct ApplicationSettings: Sendable, Hashable {
  /// Name.
  public var name: String
  /// Pieces of work that may hold it at once; `nil` for no limit.
  public var concurrent: Int?
  /// Limit on requests; `nil` for none.
  public var rateLimit: RequestLimit?
  /// Time that each use adds to the work, in seconds; `nil` for none.
  public var latency: Distribution?
  /// Hours in which it is down; `nil` for none.
  public var maintenance: ScenarioCalendar?
  /// Outages at random; `nil` for none.
  public var outages: OutageSettings?
  /// Time from one release to the next, in seconds; `nil` for none.
  public var releases: Distribution?
  /// Calls of users outside the process; `nil` for none.
  public var others: OtherLoad?

  /// What others ask of an application.
  public struct OtherLoad: Sendable, Hashable {
    /// Calls a second, while they come.
    public var perSecond: Double
    /// Time for which a call holds the application, in seconds.
    public var time: Distribution
    /// Calendar in whose hours they come; `nil` for around the clock.
    public var during: String?
  }

  /// A token bucket.
  public struct RequestLimit: Sendable, Hashable {
    /// Requests per period.
    public var requests: Int
    /// Length of the period, in seconds.
    public var period: Double
    /// Requests that are allowed at once.
    public var burst: Int
  }
}

/// Outages at random.
public struct OutageSettings: Sendable, Hashable {
  /// Time from the end of a repair to the next failure, in seconds.
  public var every: Distribution
  /// Time to repair, in seconds.
  public var repair: Distribution
  /// What becomes of work in progress: `resume`, `restart` or `fail`.
  public var inProgress: String
  /// Team whose work the repair is; `nil` where it passes by itself.
  public var repairedBy: String?
}

/// Use of an application.
public struct TouchSettings: Sendable, Hashable {
  /// Name of the application.
  public var application: String
  /// Requests of each piece of work.
  public var requests: Int
}

/// Cases that stand at an activity on day 0.
public struct WaitingCases: Sendable, Hashable {
  /// Element id of the activity.
  public var activity: String
  /// How many.
  public var cases: Int
  /// How long they have stood there: calendar time or whole working days.
  public var since: ScenarioDuration
}
