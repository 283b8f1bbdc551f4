public import Simulation
public import Statistics

/// What an automation has beside its runs: how reliable it is, what it calls, when it asks, and what keeps it
/// working.
public struct ConductSettings: Sendable, Hashable {
  /// Calendar in whose hours it begins runs; `nil` for around the clock.
  public var hours: String?
  /// Share of cases for which it has a rule or script.
  public var coverage = 1.0
  /// Reliability by application.
  public var reliability: [Reliability] = []
  /// Calls of each run; `nil` for none.
  public var calls: Calls?
  /// How novelty or complexity makes it fail or err; `nil` for not at all.
  public var novelty: Novelty?
  /// How it changes with time; `nil` for not at all.
  public var capability: CapabilityModel?
  /// How its confidence goes with its being right; `nil` where it states none.
  public var confidence: CalibrationModel?
  /// When it asks a person, in order.
  public var asks: [Ask] = []
  /// What releases do to it; `nil` for nothing.
  public var breakage: Breakage?
  /// Changes of what it is asked to do; `nil` for none.
  public var changes: Changes?
  /// Work that comes again and again; `nil` for none.
  public var upkeep: Upkeep?
  /// How it learns, with the price in the currency's main unit; `nil` for not at all.
  public var learning: LearningModel?
  /// How it decays without upkeep; `nil` for not at all.
  public var decay: DecayModel?
  /// How it drifts and what notices it; `nil` for not at all.
  public var drift: Drift?

  /// Drift of its behaviour.
  public struct Drift: Sendable, Hashable {
    /// Time until one begins, in seconds.
    public var onset: Distribution
    /// Factor on the odds of a failure at its end.
    public var failureOdds: Double
    /// Factor on the odds of an error at its end.
    public var errorOdds: Double
    /// How long it takes, in seconds.
    public var over: Double
    /// What notices it; `nil` for nothing.
    public var detector: Detector?
  }

  /// A test on sampled outcomes.
  public struct Detector: Sendable, Hashable {
    /// Share of outcomes that is looked at.
    public var sampled: Double
    /// Team that looks; `nil` where that takes no people.
    public var team: String?
    /// Working time of a look, in seconds; `nil` for none.
    public var time: Distribution?
    /// The test.
    public var test: DriftDetectorModel.Test
    /// Team that looks into alarms; `nil` for none.
    public var investigators: String?
    /// Its work, in seconds; `nil` for none.
    public var investigation: Distribution?
    /// Time from then until it is calibrated anew, in seconds; `nil` for none.
    public var recalibration: Distribution?
    /// Price of a recalibration, in the currency's main unit.
    public var price: Double
  }

  /// Reliability with an application.
  public struct Reliability: Sendable, Hashable {
    /// Name of the application; `nil` for work that touches none of those named.
    public var application: String?
    /// The probability in use.
    public var success: ReliabilityModel.Success
  }

  /// Calls of a run.
  public struct Calls: Sendable, Hashable {
    /// Calls of each maker.
    public var count: Int
    /// Levels.
    public var depth: Int
    /// Whether calls of one maker are made at the same time.
    public var isParallel: Bool
    /// Time of a call, in seconds; `nil` for none.
    public var time: Distribution?
    /// Probability that a call works.
    public var works: Double
    /// Attempts after the first.
    public var retries: Int
    /// Time after which a call has failed, in seconds; `nil` for none.
    public var timeout: Double?
    /// Whether the case goes to people then.
    public var timeoutEscalates: Bool
    /// Price of a call, in the currency's main unit.
    public var price: Double
    /// Tokens of a call.
    public var tokens: Int
    /// Calls through standard wrappers; `nil` for none.
    public var wrapped: WrappedCallModel? = nil

    /// Calls of a run in which all work; `nil` where there are too many.
    public var total: Int? { CallModel(fanOut: count, depth: depth).count }
  }

  /// Novelty or complexity.
  public struct Novelty: Sendable, Hashable {
    /// Index of the attribute.
    public var attribute: Int
    /// Value at which the automation's own probabilities hold.
    public var reference: Double
    /// Odds ratio of a failure per unit.
    public var failureOdds: Double
    /// Odds ratio of an error per unit.
    public var errorOdds: Double
    /// Units by which every case is newer at the end of the period.
    public var rise: Double
    /// That period, in seconds; 0 for no rise.
    public var over: Double
  }

  /// When a person is asked.
  public struct Ask: Sendable, Hashable {
    /// Name.
    public var name: String
    /// Condition without which it does not ask; `nil` for none.
    public var condition: CaseCondition?
    /// It asks only below this confidence; `nil` for whatever the confidence.
    public var belowConfidence: Double?
    /// Who reviews; `nil` where people take over.
    public var review: Review?

    /// A review of what it has done.
    public struct Review: Sendable, Hashable {
      /// Team.
      public var team: String
      /// Working time, in seconds.
      public var time: Distribution
      /// Probability that an error is found.
      public var catches: Double
    }
  }

  /// What a release does.
  public struct Breakage: Sendable, Hashable {
    /// Probability that it breaks the automation.
    public var probability: Double
    /// Time to mend it, in seconds.
    public var repair: Distribution
    /// Team whose work that is; `nil` for none.
    public var team: String?
    /// Time from then until it works again, in seconds; `nil` for none.
    public var leadTime: Distribution?
  }

  /// Changes of what is asked.
  public struct Changes: Sendable, Hashable {
    /// Time from one to the next, in seconds.
    public var every: Distribution
    /// Share of cases that one affects.
    public var affects: Double
    /// Work on it, in seconds; `nil` for none.
    public var work: Distribution?
    /// Team whose work that is; `nil` for none.
    public var team: String?
    /// Time from then until it takes effect, in seconds; `nil` for none.
    public var leadTime: Distribution?
  }

  /// Work that comes again and again.
  public struct Upkeep: Sendable, Hashable {
    /// Team.
    public var team: String
    /// Time from one to the next, in seconds.
    public var every: Double
    /// Working time on day 0, in seconds.
    public var work: Distribution
    /// Growth of what is to be looked after, per period.
    public var growth: Double
    /// That period, in seconds.
    public var growthPeriod: Double
    /// How the work grows with it.
    public var exponent: Double
  }

}

extension AutomationSettings {
  /// Whether a run may fail for good.
  var mayFail: Bool {
    failure > 0 || weaknesses.contains { $0.failureProbability > 0 } || conduct.coverage < 1
      || conduct.breakage != nil
      || conduct.reliability.contains { $0.success != .certain(1) }
      || (conduct.calls.map { $0.works < 1 || $0.timeout != nil } ?? false)
  }

  /// Whether some of its work may go to people without a failure.
  var mayHandOver: Bool {
    conduct.breakage != nil || conduct.changes != nil
      || conduct.asks.contains { $0.review == nil }
  }
}
