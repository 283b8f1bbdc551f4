public import Simulation
public import Statistics

/// Work that a mechanism gives to a team.
public struct TeamWorkSettings: Sendable, Hashable {
  /// The team.
  public var team: String
  /// Working time, in seconds.
  public var time: Distribution
}

/// What it costs that automations act beside one another.
public struct CoordinationSettings: Sendable, Hashable {
  /// Island of each automation of the scenario, in file order.
  public var islands: [Int]
  /// Factor on hand-overs between technologies.
  public var technologyFactor: Double
  /// Probability that a hand-over loses the context.
  public var contextLost: Double
  /// Data that are pulled again: share of lost contexts, time in seconds, price; `nil` for none.
  public var pulls: Pulls?
  /// Customers who are asked again; `nil` for none.
  public var requests: Requests?
  /// Hand-overs that are misread; `nil` for none.
  public var misread: Misread?
  /// Longest wait for another automation; `nil` for no limit.
  public var waiting: Waiting?
  /// Probability of carrying out in part.
  public var partial: Double
  /// Probability that a failed attempt had its effect.
  public var doubles: Double
  /// Time until such a thing is noticed, in seconds; `nil` for at once.
  public var foundAfter: Distribution?
  /// Conflicts; `nil` for none.
  public var conflicts: Conflicts?
  /// Who puts things right; `nil` for nobody.
  public var reconciliation: TeamWorkSettings?

  /// Data that are pulled again.
  public struct Pulls: Sendable, Hashable {
    /// Share of lost contexts.
    public var share: Double
    /// Time of a pull, in seconds.
    public var time: Distribution
    /// Price of a pull.
    public var price: Double
  }

  /// Customers who are asked again.
  public struct Requests: Sendable, Hashable {
    /// Share of lost contexts.
    public var share: Double
    /// Time until the answer, in seconds.
    public var answer: Distribution
  }

  /// Hand-overs that are misread.
  public struct Misread: Sendable, Hashable {
    /// Probability.
    public var share: Double
    /// The work that is done again.
    public var work: TeamWorkSettings
  }

  /// Longest wait for another automation.
  public struct Waiting: Sendable, Hashable {
    /// In seconds.
    public var limit: Double
    /// Probability that no answer ever comes.
    public var noAnswer: Double
  }

  /// Conflicts between automations.
  public struct Conflicts: Sendable, Hashable {
    /// Per case and pair.
    public var rate: Double
    /// On the number of pairs.
    public var exponent: Double
    /// Whether only pairs count that touch an application in common.
    public var needSharedApplication: Bool
    /// Whether the case waits.
    public var blocks: Bool
  }
}

/// Something that watches at level 1.
public struct MonitoringSettings: Sendable, Hashable {
  /// Who handles an alert.
  public var alert: TeamWorkSettings
  /// Probability that a failure is seen.
  public var detects: Double
  /// Probability that a run in order raises an alert.
  public var falseAlarms: Double
  /// Share of alerts after which it is tried again.
  public var triesAgain: Double
  /// How often at one activity.
  public var attempts: Int
  /// Fixed cost of a week.
  public var weeklyCost: Double
}

/// An automation that leads others.
public struct SupervisorSettings: Sendable, Hashable {
  /// The automation.
  public var automation: String
  /// Whom it leads.
  public var leads: [String]
  /// Time to delegate, in seconds; `nil` where it delegates nothing.
  public var delegation: Distribution?
  /// Probability of a conflict of results.
  public var conflict: Double
  /// Time to settle one, in seconds; `nil` for none.
  public var resolution: Distribution?
  /// Element ids of the activities after which it puts results together.
  public var synthesisAfter: [String]
  /// Time to do so, in seconds; `nil` where it does not.
  public var synthesis: Distribution?
}

/// Control of triggers that come in bursts.
public struct StormSettings: Sendable, Hashable {
  /// Window in seconds; `nil` for none.
  public var window: Double?
  /// Index of the attribute that triggers must share; `nil` for none.
  public var attribute: Int?
  /// Limit on beginnings; `nil` for none.
  public var limit: Limit?

  /// Limit on beginnings.
  public struct Limit: Sendable, Hashable {
    /// Mean distance between two, in seconds.
    public var interval: Double
    /// At once.
    public var burst: Int
    /// Whether what comes beyond is dropped.
    public var drops: Bool
  }
}

/// What a layer does beyond passing work on.
public struct LayerWorkSettings: Sendable, Hashable {
  /// Price of a case.
  public var pricePerCase: Double
  /// Fixed cost of a week for each automation in use.
  public var weeklyCostPerAgent: Double
  /// Factors on the costs of coordination.
  public var factors: CoordinationFactors
  /// What it does when an automation has given up; `nil` for nothing.
  public var recovery: Recovery?
  /// Who takes over from whom; `people` for the activity's team.
  public var reroutes: [String: String]
  /// Routing by reliability; `nil` for none.
  public var routing: Routing?
  /// Outages of policies; `nil` for none.
  public var policies: Policies?

  /// What it does when an automation has given up.
  public struct Recovery: Sendable, Hashable {
    /// Attempts that it adds.
    public var retries: Int
    /// Wait before the first, in seconds.
    public var backoff: Double
    /// Change of a wait by chance.
    public var jitter: Double
    /// Share of work kept.
    public var keeps: Double
    /// Whether it rolls back.
    public var rollsBack: Bool
    /// Whether the case is given up.
    public var givesUp: Bool
  }

  /// Routing by reliability.
  public struct Routing: Sendable, Hashable {
    /// Share of successes below which a type is sent elsewhere.
    public var below: Double
    /// Runs seen before.
    public var after: Int
    /// Share that stays.
    public var explores: Double
    /// Types of cases.
    public var types: [CaseCondition]
    /// Who else may do the work of an automation.
    public var alternatives: [String: [String]]
  }

  /// Outages of policies.
  public struct Policies: Sendable, Hashable {
    /// Time between them, in seconds.
    public var every: Distribution
    /// Their length, in seconds.
    public var repair: Distribution
    /// What guardrails do: `wait`, `pass` or `escalate`.
    public var whenDown: String
  }
}

/// A firing probability for some cases, at some hours.
public struct ThresholdSettings: Sendable, Hashable {
  /// Which cases; `nil` for all.
  public var condition: CaseCondition?
  /// Name of the calendar; `nil` for always.
  public var during: String?
  /// The probability.
  public var fires: Double
}
