internal import Statistics

// What makes an automation's runs uncertain: the parts of `AutomationModel` that agents, and whatever
// else has them, are described by. Nothing here belongs to one kind of automation only.

/// How reliably an automation works with an application.
///
/// A use works with this probability; work that touches several of the applications named works only where
/// each use does. Others that it touches do not matter. Brief row 101.
public struct ReliabilityModel: Sendable, Hashable {
  /// Index of the application; `nil` for work that touches none of those named.
  public var application: Int?
  /// Probability that a use works.
  public var success: Success

  /// A probability, known or not.
  public enum Success: Sendable, Hashable {
    /// Known, in 0...1.
    case certain(Double)
    /// Known from `alpha` uses that worked and `beta` that did not: drawn once per replication from the
    /// Beta distribution with these shapes, both > 0, so that replications differ by ignorance too.
    case uncertain(alpha: Double, beta: Double)

    /// Expected value.
    public var mean: Double {
      switch self {
      case .certain(let value): value
      case .uncertain(let alpha, let beta): alpha / (alpha + beta)
      }
    }
  }

  /// Creates a reliability.
  public init(application: Int? = nil, success: Success) {
    self.application = application
    self.success = success
  }
}

/// Calls that each run of an automation makes, as a tree: every call makes `fanOut` further ones,
/// down to `depth` levels.
///
/// Brief rows 45 and 75.
///
/// A call works with the probability `success` times the reliability with what the activity touches. A call
/// that has failed for good fails the run. In sequence no further call is made then; at the same time all
/// are made, and the longest counts.
public struct CallModel: Sendable {
  /// Calls that the run, and each call above the last level, makes, ≥ 1.
  public var fanOut: Int
  /// Levels, ≥ 1.
  public var depth: Int
  /// Whether calls of one maker are made at the same time.
  public var isParallel: Bool
  /// Time of a call, in seconds, beside the time of the run.
  public var time: SampledTime
  /// Probability that a call works, beside the reliability.
  public var success: Double
  /// Attempts at a call after the first, within the run.
  public var retries: Int
  /// Time after which a call counts as failed, in microseconds; 0 for none.
  public var timeout: Int64
  /// Whether a call that timed out sends the case to people at once, without another attempt.
  public var timeoutEscalates: Bool
  /// Share of calls that take longer than `timeout`, for forecasts.
  public var timedOutShare: Double
  /// Cost of a call, failed ones included, in millionths of the currency unit.
  public var costPerCall: Double
  /// Tokens of a call, for the count; their price is in `costPerCall`.
  public var tokensPerCall: Double
  /// Calls through standard wrappers; `nil` for none.
  public var wrapped: WrappedCallModel?

  /// Creates calls.
  public init(
    fanOut: Int = 1, depth: Int = 1, isParallel: Bool = false, time: SampledTime = .zero,
    success: Double = 1, retries: Int = 0, timeout: Int64 = 0, timeoutEscalates: Bool = false,
    timedOutShare: Double = 0, costPerCall: Double = 0, tokensPerCall: Double = 0
  ) {
    self.fanOut = fanOut
    self.depth = depth
    self.isParallel = isParallel
    self.time = time
    self.success = success
    self.retries = retries
    self.timeout = timeout
    self.timeoutEscalates = timeoutEscalates
    self.timedOutShare = timedOutShare
    self.costPerCall = costPerCall
    self.tokensPerCall = tokensPerCall
  }

  /// Most calls of one run, without retries.
  public static let limit = 1_000

  /// Calls of a run in which all work: fanOut + fanOut² + … + fanOut^depth; `nil` beyond the limit.
  public var count: Int? {
    var level = 1
    var sum = 0
    for _ in 0..<min(depth, Self.limit + 1) {
      level *= fanOut
      sum += level
      if sum > Self.limit { return nil }
    }
    return sum
  }
}

/// Calls through standard wrappers of tools instead of code of their own.
///
/// Brief row 38. Each call goes through one with probability `share`. Its odds of failing are multiplied then, and
/// those that the run violates a policy or leaks data by the share of its calls that did.
public struct WrappedCallModel: Sendable, Hashable {
  /// Share of calls that go through a wrapper, in 0...1.
  public var share: Double
  /// Factor on the odds that such a call fails, > 0.
  public var failureOdds: Double
  /// Factor on the odds that a run all of whose calls do violates a policy or leaks data, > 0.
  public var securityOdds: Double

  /// Creates wrappers.
  public init(share: Double, failureOdds: Double = 1, securityOdds: Double = 1) {
    self.share = share
    self.failureOdds = failureOdds
    self.securityOdds = securityOdds
  }

  /// Probability that a call through a wrapper works that would work with a probability without.
  func success(_ own: Double) -> Double {
    1 - shifted(1 - own, by: naturalLogarithm(failureOdds))
  }
}

/// How what is new to an automation, or complex, makes it fail or err.
///
/// Brief row 63.
///
/// The odds of a failure are multiplied by `failureOdds` for each unit that the attribute lies above the
/// reference, those of an error by `errorOdds`: logistic regression, with the odds ratios as it gives them.
public struct NoveltyModel: Sendable, Hashable {
  /// Index of the case attribute that measures it.
  public var attribute: Int
  /// Value at which the automation's own probabilities hold.
  public var reference: Double
  /// Odds ratio of a failure per unit, > 0.
  public var failureOdds: Double
  /// Odds ratio of an error nobody notices per unit, > 0.
  public var errorOdds: Double
  /// Units by which every case is newer at the end of `risePeriod`, linear from day 0, level after.
  public var rise: Double
  /// That period, in microseconds; 0 for no rise.
  public var risePeriod: Int64

  /// Creates a novelty.
  public init(
    attribute: Int, reference: Double = 0, failureOdds: Double = 1, errorOdds: Double = 1,
    rise: Double = 0, risePeriod: Int64 = 0
  ) {
    self.attribute = attribute
    self.reference = reference
    self.failureOdds = failureOdds
    self.errorOdds = errorOdds
    self.rise = rise
    self.risePeriod = risePeriod
  }
}

/// How an automation becomes better or worse with time.
///
/// Brief row 130.
///
/// At the end of the period the odds of a failure are `failureOdds` times those of day 0, of an error
/// `errorOdds` times; on the way there the logarithm of the factor follows the shape.
public struct CapabilityModel: Sendable, Hashable, BitwiseCopyable {
  /// Factor on the odds of a failure at the end, > 0.
  public var failureOdds: Double
  /// Factor on the odds of an error nobody notices at the end, > 0.
  public var errorOdds: Double
  /// The period, in microseconds of calendar time from day 0, > 0.
  public var period: Int64
  /// The way there.
  public var shape: Shape

  /// Ways to change.
  public enum Shape: String, Sendable, Hashable, Codable, CaseIterable, BitwiseCopyable {
    /// Evenly, level after the period.
    case linear
    /// Fast at first: 1 − e^(−3t/T) of the way at t, 95 % of it at the end of the period T.
    case learning
    /// All at once at the end of the period: a new release.
    case step
  }

  /// Creates a path.
  public init(
    failureOdds: Double = 1, errorOdds: Double = 1, period: Int64, shape: Shape = .linear
  ) {
    self.failureOdds = failureOdds
    self.errorOdds = errorOdds
    self.period = period
    self.shape = shape
  }

  /// Share of the way at an instant, in 0...1.
  public func progress(at time: Int64) -> Double {
    guard time > 0 else { return 0 }
    switch shape {
    case .linear: return min(1, Double(time) / Double(period))
    case .learning: return 1 - exponential(-3 * Double(time) / Double(period))
    case .step: return time >= period ? 1 : 0
    }
  }
}

/// How the confidence that an automation states goes with its being right.
///
/// Brief row 195.
///
/// The score of work that is right and that of work that leaves an error nobody notices are Beta
/// distributed. Where both are the same, confidence tells nothing.
public struct CalibrationModel: Sendable, Hashable {
  /// Scores of right work.
  public var right: Shapes
  /// Scores of wrong work.
  public var wrong: Shapes

  /// Shapes of a Beta distribution, both > 0.
  public struct Shapes: Sendable, Hashable {
    /// First shape.
    public var alpha: Double
    /// Second shape.
    public var beta: Double

    /// Creates shapes.
    public init(_ alpha: Double, _ beta: Double) {
      self.alpha = alpha
      self.beta = beta
    }

    /// Probability of a score below a threshold in 0...1.
    public func probability(below threshold: Double) -> Double {
      if threshold <= 0 { return 0 }
      return threshold >= 1 ? 1 : regularizedBeta(alpha, beta, threshold).lower
    }
  }

  /// Creates a calibration.
  public init(right: Shapes, wrong: Shapes) {
    self.right = right
    self.wrong = wrong
  }
}

/// When an automation asks a person: a tier of trust by what the case is, or too little confidence,
/// or both.
///
/// Brief rows 104, 105 and 195.
public struct AskModel: Sendable {
  /// Name, unique among the asks of an automation.
  public var name: String
  /// Condition on the case without which it does not ask; `nil` for all cases.
  public var condition: CaseCondition?
  /// Share of runs for which the condition holds and no ask before it that looks at no confidence,
  /// for forecasts.
  public var conditionShare: Double
  /// It asks only where the confidence is below this; `nil` for whatever the confidence.
  public var belowConfidence: Double?
  /// What the person does.
  public var answer: Answer

  /// What a person who is asked does.
  public enum Answer: Sendable {
    /// Reviews what the automation has done, as a ticket: index of the team, working time in seconds, and
    /// the probability that an error of the automation is found.
    case review(team: Int, time: SampledTime, catches: Double)
    /// Does the work instead, as after a failure: before the automation begins where no confidence is
    /// looked at, else in place of what it has done.
    case takeOver
  }

  /// Creates an ask.
  public init(
    name: String, condition: CaseCondition? = nil, belowConfidence: Double? = nil, answer: Answer
  ) {
    self.name = name
    self.condition = condition
    conditionShare = 1
    self.belowConfidence = belowConfidence
    self.answer = answer
  }

  /// Whether it is decided before the run.
  var isBeforeRun: Bool {
    if case .takeOver = answer { belowConfidence == nil } else { false }
  }
}

extension StackModel {
  /// Probability that one use of an activity's automation works, by its reliability with what the activity
  /// touches; 1 where it has none.
  ///
  /// - Parameter value: gives the value of a reliability; its mean, or what a replication drew.
  func reliability(ofActivity index: Int, value: (ReliabilityModel) -> Double) -> Double {
    guard let automation = activities[index].automation.map({ automations[$0] }),
      !automation.reliability.isEmpty
    else { return 1 }
    let touched = touches(ofActivity: index, byAutomation: true).map(\.application)
    let named = automation.reliability.filter { own in
      own.application.map(touched.contains) ?? false
    }
    if named.isEmpty {
      return automation.reliability.first { $0.application == nil }.map(value) ?? 1
    }
    return named.reduce(1) { $0 * value($1) }
  }

  /// Whether an automation does any activity.
  func isAssigned(_ automation: Int) -> Bool {
    activities.contains { $0.automation == automation && $0.automationShare > 0 }
  }
}
