/// What can go badly wrong where automations act: each of five classes, with what an incident costs.
///
/// Brief rows 96–100, 102, 109, 111, 186 and 196.
public struct RiskModel: Sendable {
  /// Cases whose incidents cost another multiple of the usual loss: the first that holds counts.
  public var criticality: [CriticalityModel] = []
  /// Errors that beget errors, and how they are caught; `nil` where errors stay as they are.
  public var errors: ErrorRiskModel?
  /// Policies that decisions may violate although no guardrail objects; at most 64.
  public var violations: [ViolationModel] = []
  /// Automations that somebody may get hold of; `nil` for none.
  public var compromise: CompromiseModel?
  /// Classes of data that may leak; at most 64.
  public var leaks: [LeakModel] = []
  /// Failures that take others down; `nil` for none.
  public var cascade: CascadeModel?

  /// No risk.
  public init() {}
}

/// How critical cases are.
public struct CriticalityModel: Sendable, Hashable {
  /// Which cases.
  public var condition: CaseCondition
  /// Factor on the loss of their incidents, ≥ 0.
  public var factor: Double

  /// Creates a class of cases.
  public init(condition: CaseCondition, factor: Double) {
    self.condition = condition
    self.factor = factor
  }
}

/// What an incident costs, and the work that it makes when it comes to light.
public struct IncidentModel: Sendable {
  /// Loss of one, in the currency's main unit, times the factor of the case.
  public var loss: SampledTime
  /// Time until it comes to light, in seconds of calendar time.
  public var detection: SampledTime
  /// The work that it makes then; `nil` for none.
  public var work: ErrandWork?

  /// Creates an incident.
  public init(
    loss: SampledTime = .zero, detection: SampledTime = .zero, work: ErrandWork? = nil
  ) {
    self.loss = loss
    self.detection = detection
    self.work = work
  }
}

/// Errors that nobody has noticed taint what later performers read, and are caught by checks.
///
/// Brief rows 96, 102, 109 and 196. A case is tainted while it has an error nobody has noticed, whoever
/// made it.
public struct ErrorRiskModel: Sendable {
  /// Probability that an automation which works on a tainted case errs because of it, beside errors of
  /// its own.
  public var spread = 0.0
  /// The same for people.
  public var spreadToPeople = 0.0
  /// Probability that people who work on a tainted case notice what is wrong and put it right.
  public var noticed = 0.0
  /// Checks, in the order in which they are made where several follow an activity.
  public var checks: [CheckModel] = []
  /// What a case costs that is done with an error; `nil` for nothing.
  public var escape: IncidentModel?

  /// Errors that neither spread nor are looked for.
  public init() {}
}

/// Somebody who looks whether a case is in order: a verifier, a second agent, people who sample.
public struct CheckModel: Sendable {
  /// Name.
  public var name: String
  /// Indexes of the activities after which it is made; the case waits.
  public var activities: [Int]
  /// Who makes it.
  public var checker: Checker
  /// Share of the cases that are checked.
  public var share = 1.0
  /// Time of a check, in seconds.
  public var time: SampledTime
  /// Price of a check, in millionths of the currency unit.
  public var price = 0.0
  /// Probability that it finds that a tainted case is wrong.
  public var sensitivity = 1.0
  /// Probability that it takes a right case for a wrong one: one less the specificity.
  public var falseAlarms = 0.0
  /// Correlation, in a Gaussian copula, of its missing an error with an automation's making it, in 0...1.
  public var correlation = 0.0
  /// People who look into what it finds, and put right what is wrong; `nil` where that is done at once.
  public var correction: ErrandWork?

  /// Who makes a check.
  public enum Checker: Sendable, Hashable {
    /// An automation, by index; it takes a runner.
    case automation(Int)
    /// A team, by index; checks are tickets.
    case team(Int)
  }

  /// Creates a check.
  public init(name: String, activities: [Int], checker: Checker, time: SampledTime) {
    self.name = name
    self.activities = activities
    self.checker = checker
    self.time = time
  }
}

/// A policy that decisions may violate without a guardrail's objecting: within its limits, against its
/// intent.
///
/// Brief row 97. A violation hurts nobody until it comes out; an audit may find it before that.
public struct ViolationModel: Sendable {
  /// Name of the policy.
  public var name: String
  /// Indexes of the activities at which it is decided.
  public var activities: [Int]
  /// Probability that a decision of an automation violates it.
  public var byAutomations = 0.0
  /// The same for people.
  public var byPeople = 0.0
  /// Audits; `nil` for none.
  public var audit: Audit?
  /// How it comes out otherwise; `nil` for never.
  public var exposure: Exposure?

  /// Looks at decisions from time to time.
  public struct Audit: Sendable {
    /// Length of a period, in microseconds, > 0: at its end the decisions that fell into it are looked at.
    public var every: Int64
    /// Share of decisions that are looked at.
    public var share: Double
    /// Probability that a look at a violation finds it.
    public var finds: Double
    /// Work on each.
    public var work: ErrandWork
    /// Work to put right what is found; `nil` for none.
    public var correction: ErrandWork?

    /// Creates audits.
    public init(
      every: Int64, share: Double, finds: Double = 1, work: ErrandWork,
      correction: ErrandWork? = nil
    ) {
      self.every = every
      self.share = share
      self.finds = finds
      self.work = work
      self.correction = correction
    }
  }

  /// How a violation comes out that no audit has found by then.
  public struct Exposure: Sendable {
    /// Probability that it ever would.
    public var share: Double
    /// Time from the decision, in seconds.
    public var after: SampledTime
    /// What it then costs.
    public var incident: IncidentModel

    /// Creates an exposure.
    public init(share: Double, after: SampledTime, incident: IncidentModel) {
      self.share = share
      self.after = after
      self.incident = incident
    }
  }

  /// A policy that nobody violates.
  public init(name: String, activities: [Int]) {
    self.name = name
    self.activities = activities
  }
}

/// A way from one to another: of a compromise between automations, of a failure between units.
public struct LinkModel: Sendable, Hashable {
  /// Index where it begins.
  public var from: Int
  /// Index where it ends, another.
  public var to: Int
  /// Probability that what happens at the one reaches the other.
  public var probability: Double

  /// Creates a link.
  public init(from: Int, to: Int, probability: Double) {
    self.from = from
    self.to = to
    self.probability = probability
  }
}

/// Automations that somebody gets hold of, and what follows until it is noticed.
///
/// Brief rows 98 and 186.
public struct CompromiseModel: Sendable {
  /// Automations that may be attacked from outside, by index; only those in use are.
  public var targets: [Int]
  /// Time from one attack on an automation to the next, in seconds of calendar time, mean > 0.
  public var every: SampledTime
  /// Which automations a compromise reaches from which.
  public var links: [LinkModel] = []
  /// Time that it takes to reach another, in seconds.
  public var spreadDelay = SampledTime.zero
  /// Probability that work of a compromised automation affects the case.
  public var affects = 1.0
  /// Time from the attack until it is noticed, in seconds.
  public var detection: SampledTime
  /// Time that each automation is then stopped, in seconds; 0 for not at all.
  public var containment = SampledTime.zero
  /// Work of looking into each automation; `nil` for none.
  public var investigation: ErrandWork?
  /// Loss of each case affected, and the work of cleaning it up once the compromise is noticed; its
  /// detection counts for nothing.
  public var damage = IncidentModel()

  /// Creates a compromise that harms nothing.
  public init(targets: [Int], every: SampledTime, detection: SampledTime) {
    self.targets = targets
    self.every = every
    self.detection = detection
  }
}

/// A class of data that may leak to those who are not cleared for it.
///
/// Brief row 99.
public struct LeakModel: Sendable {
  /// Name of the class.
  public var name: String
  /// Cases that have such data; `nil` for all.
  public var condition: CaseCondition?
  /// Indexes of the activities that collect them; empty where a case comes with them.
  public var collectedAt: [Int] = []
  /// Automations that are cleared, by index.
  public var clearedAutomations: [Int] = []
  /// Applications that are cleared, by index.
  public var clearedApplications: [Int] = []
  /// Probability that one of those who are not leaks what it gets at an activity.
  public var share = 0.0
  /// Probability that people leak what they work on at an activity.
  public var byPeople = 0.0
  /// What a leak costs.
  public var incident = IncidentModel()

  /// A class of data that nobody leaks.
  public init(name: String) { self.name = name }
}

/// Failures of applications, automations and the layer that take down automations coupled to them.
///
/// Brief rows 100 and 111. Units are the applications, then the automations, then the layer.
public struct CascadeModel: Sendable {
  /// Which units a failure reaches from which; they end at automations.
  public var links: [LinkModel]
  /// Time that it takes to reach another, in seconds.
  public var delay = SampledTime.zero
  /// Time that what is taken down stays so, in seconds.
  public var lasts: SampledTime
  /// Probability that a run under way leaves its case in an inconsistent state.
  public var inconsistent = 0.0
  /// Work to roll such a case back; `nil` where nobody does.
  public var rollBack: ErrandWork?

  /// Creates a cascade.
  public init(links: [LinkModel], lasts: SampledTime) {
    self.links = links
    self.lasts = lasts
  }
}
