/// How an automation becomes better with what was captured of its work, and not with anything else.
///
/// Brief rows 72 and 176. With n records captured so far, the odds of a failure, of an error nobody notices
/// and of an escalation are (1 + n/n₀)^(−exponent) times what they are without any: the power law of
/// practice. Nothing captured, nothing learnt.
public struct LearningModel: Sendable, Hashable {
  /// Share of what it decides, and of what people change about it, that is captured, in 0...1.
  public var logged: Double
  /// Records that one captured change by a person counts as, ≥ 0; a captured decision counts as one.
  public var overrideWeight: Double
  /// Number of records n₀ that it takes to halve the odds at an exponent of 1, > 0.
  public var reference: Double
  /// Exponent for the odds of a failed run; negative where it becomes worse.
  public var failureExponent: Double
  /// Exponent for the odds of an error nobody notices.
  public var errorExponent: Double
  /// Exponent for the odds that a guardrail which it raises fires.
  public var firingExponent: Double
  /// Least factor on any odds, in 0...1: what cannot be learnt.
  public var floor: Double
  /// Price of a captured decision or change, in millionths of the currency unit.
  public var pricePerRecord: Double

  /// Creates a model.
  public init(
    logged: Double, overrideWeight: Double = 1, reference: Double, failureExponent: Double = 0,
    errorExponent: Double = 0, firingExponent: Double = 0, floor: Double = 0,
    pricePerRecord: Double = 0
  ) {
    self.logged = logged
    self.overrideWeight = overrideWeight
    self.reference = reference
    self.failureExponent = failureExponent
    self.errorExponent = errorExponent
    self.firingExponent = firingExponent
    self.floor = floor
    self.pricePerRecord = pricePerRecord
  }
}

/// How an automation becomes worse while nobody looks after it.
///
/// Brief row 182: set and forget. Time counts from day 0, or from the end of its last upkeep; where it is
/// longer than `after`, the odds of a failure and of an error nobody notices are multiplied by their
/// factor for each period that has passed since. A piece of `UpkeepModel` that is done puts it right.
public struct DecayModel: Sendable, Hashable, BitwiseCopyable {
  /// Time without upkeep that does no harm, in microseconds, ≥ 0.
  public var after: Int64
  /// Factor on the odds of a failure per period, > 0.
  public var failureOdds: Double
  /// Factor on the odds of an error per period, > 0.
  public var errorOdds: Double
  /// That period, in microseconds, > 0.
  public var period: Int64

  /// Creates a decay.
  public init(after: Int64 = 0, failureOdds: Double = 1, errorOdds: Double = 1, period: Int64) {
    self.after = after
    self.failureOdds = failureOdds
    self.errorOdds = errorOdds
    self.period = period
  }

  /// Periods of harm at an instant.
  ///
  /// - Parameter since: the last upkeep, or 0.
  func periods(at time: Int64, since: Int64) -> Double {
    max(0, Double(time - max(0, since) - after) / Double(period))
  }
}

extension SimulationModel {
  /// Stops on learning and decay that contradict themselves.
  func requireConsistentLearning(of automation: AutomationModel) {
    if let learning = automation.learning {
      precondition(
        (0...1).contains(learning.logged) && (0...1).contains(learning.floor)
          && learning.overrideWeight >= 0 && learning.reference > 0,
        "what is captured is a share, and what it takes is a number of records")
    }
    if let decay = automation.decay {
      precondition(
        decay.after >= 0 && decay.period > 0 && decay.failureOdds > 0 && decay.errorOdds > 0,
        "odds and periods are positive")
    }
  }
}
