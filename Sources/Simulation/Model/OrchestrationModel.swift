/// Orchestration level 1: something watches the automations and alerts people, who decide.
///
/// It decides nothing itself, so that every alert is work in a team's queue.
public struct MonitorModel: Sendable {
  /// Name.
  public var name: String
  /// Who handles an alert.
  public var alert: ErrandWork
  /// Probability that it sees an automation give up, or something carried out in part or twice, at once.
  public var detects: Double
  /// Probability that a run that is in order raises an alert.
  public var falseAlarms: Double
  /// Share of the failures it sees that people let the automation try again; the rest they do by hand.
  public var triesAgain: Double
  /// Times that people let one activity be tried again.
  public var attempts: Int

  /// Creates a monitor.
  public init(
    name: String, alert: ErrandWork, detects: Double = 1, falseAlarms: Double = 0,
    triesAgain: Double = 0, attempts: Int = 1
  ) {
    self.name = name
    self.alert = alert
    self.detects = detects
    self.falseAlarms = falseAlarms
    self.triesAgain = triesAgain
    self.attempts = attempts
  }
}

/// What a layer at level 2 does when an automation has given up.
public struct RecoveryModel: Sendable, Hashable {
  /// Attempts that the layer adds to the automation's own, each through a hop.
  public var retries: Int
  /// Wait before the first of them, in microseconds; doubles with each further one.
  public var backoff: Int64
  /// Largest change of a wait by chance, as a share of it, in 0...1, up or down.
  public var jitter: Double
  /// Share of a failed run's work that the next attempt need not do again, in 0...1: 0 begins anew, 1
  /// takes up where it failed.
  public var keeps: Double
  /// Whether it undoes what the case has completed when nothing helps.
  public var compensates: Bool
  /// Whether the case is then given up; else people take over.
  public var givesUp: Bool

  /// Creates a recovery.
  public init(
    retries: Int = 0, backoff: Int64 = 0, jitter: Double = 0, keeps: Double = 0,
    compensates: Bool = false, givesUp: Bool = false
  ) {
    self.retries = retries
    self.backoff = backoff
    self.jitter = jitter
    self.keeps = keeps
    self.compensates = compensates
    self.givesUp = givesUp
  }
}

/// Who else may do what an automation does.
public enum Performer: Sendable, Hashable {
  /// An automation, by index.
  case automation(Int)
  /// The activity's own team.
  case people
}

/// Routing by measured reliability: what an automation fails at, others do.
///
/// The layer counts the runs of each automation on each type of case. An automation whose share of
/// successes falls below the threshold loses that type to the best of its alternatives, or to people.
public struct RoutingModel: Sendable {
  /// Types of cases: the first condition that holds counts; all others are one more type.
  public var caseTypes: [CaseCondition]
  /// Automations that may do the work of another, each by its index.
  public var alternatives: [Int: [Int]]
  /// Share of successes below which a type is sent elsewhere.
  public var threshold: Double
  /// Runs that must have been seen before anything is concluded, ≥ 1.
  public var minimumRuns: Int
  /// Share of cases that stay with the automation all the same, so that the layer goes on learning.
  public var explores: Double

  /// Creates a routing.
  public init(
    caseTypes: [CaseCondition] = [], alternatives: [Int: [Int]] = [:], threshold: Double,
    minimumRuns: Int = 20, explores: Double = 0.05
  ) {
    self.caseTypes = caseTypes
    self.alternatives = alternatives
    self.threshold = threshold
    self.minimumRuns = minimumRuns
    self.explores = explores
  }
}

/// The control plane of a layer: where policies are kept, apart from the work that passes through it.
///
/// Guardrails ask it. While it is down, work goes on up to the next guardrail.
public struct PolicyPlaneModel: Sendable {
  /// Time from the end of an outage to the next, in seconds.
  public var every: SampledTime
  /// Length of an outage, in seconds.
  public var repair: SampledTime
  /// What guardrails do meanwhile.
  public var whenDown: WhenDown

  /// What guardrails do without their policy.
  public enum WhenDown: String, Sendable, Hashable, Codable, CaseIterable {
    /// The case waits until it is up again.
    case wait
    /// The case passes unchecked.
    case pass
    /// Every case becomes a ticket.
    case escalate
  }

  /// Creates a plane.
  public init(every: SampledTime, repair: SampledTime, whenDown: WhenDown) {
    self.every = every
    self.repair = repair
    self.whenDown = whenDown
  }
}

/// Cases that an automation fails at more or less often than at others.
public struct WeaknessModel: Sendable, Hashable {
  /// Which cases.
  public var condition: CaseCondition
  /// Probability that a run on them fails.
  public var failureProbability: Double

  /// Creates a weakness.
  public init(condition: CaseCondition, failureProbability: Double) {
    self.condition = condition
    self.failureProbability = failureProbability
  }
}

/// A firing probability that holds for some cases, at some hours.
public struct ThresholdModel: Sendable, Hashable {
  /// Which cases; `nil` for all.
  public var condition: CaseCondition?
  /// Calendar in whose hours it holds; `nil` for always.
  public var calendar: Int?
  /// The firing probability that takes the place of the guardrail's own; drift acts on it.
  public var probability: Double

  /// Creates a threshold.
  public init(condition: CaseCondition? = nil, calendar: Int? = nil, probability: Double) {
    self.condition = condition
    self.calendar = calendar
    self.probability = probability
  }
}
