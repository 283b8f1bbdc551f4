public import Simulation
public import Statistics

/// What becomes of a guardrail's tickets beside being answered.
public struct TicketSettings: Sendable, Hashable {
  /// Share of tickets approved after changes by the reviewer.
  public var modified: Double
  /// Working time of the changes, in seconds; `nil` for none.
  public var modifying: Distribution?
  /// What follows a rejection; `nil` where it is only counted.
  public var rework: Rework?
  /// Answered tickets that come again; `nil` for none.
  public var reopening: Reopening?
  /// Time after which a ticket that nobody has begun is withdrawn, in seconds; `nil` for never.
  public var withdrawal: Distribution?
  /// Context prepared for the reviewer; `nil` for none.
  public var curation: Curation?
  /// A recommendation to the reviewer; `nil` for none.
  public var recommendation: Recommendation?
  /// A second automation that is asked before people; `nil` for none.
  public var opinion: SecondOpinion?
  /// Documents that the customer is asked for before people are; `nil` for none.
  public var documents: Documents?
  /// Preparation of tickets before they come; `nil` for none.
  public var prediction: Prediction?
  /// Price of a late ticket, in the currency's main unit.
  public var latePenalty: Double

  /// Whether nothing becomes of them.
  var isNothing: Bool {
    modified == 0 && rework == nil && reopening == nil && withdrawal == nil && curation == nil
      && recommendation == nil && opinion == nil && documents == nil && prediction == nil
      && latePenalty == 0
  }

  /// Doing again what a review has rejected.
  public struct Rework: Sendable, Hashable {
    /// Team that does it; `nil` for the automation.
    public var team: String?
    /// Working time by the team, in seconds; `nil` where the automation does it.
    public var time: Distribution?
    /// Most times that a case is sent back.
    public var rounds: Int
    /// Whether the team's rework is reviewed again.
    public var isReviewedAgain: Bool
  }

  /// Answered tickets that come again.
  public struct Reopening: Sendable, Hashable {
    /// Share of them.
    public var share: Double
    /// Time from the answer until then, in seconds.
    public var after: Distribution
    /// Working time of the second answer, in seconds; `nil` for that of a review.
    public var time: Distribution?
  }

  /// What happened, gathered for the reviewer.
  public struct Curation: Sendable, Hashable {
    /// Share of the time for reconstruction that remains.
    public var left: Double
    /// Price of a ticket, in the currency's main unit.
    public var price: Double
  }

  /// A recommendation to the reviewer.
  public struct Recommendation: Sendable, Hashable {
    /// Share that is right.
    public var right: Double
    /// Time that a right one saves, in seconds.
    public var saves: Double
    /// Probability that a wrong one is followed.
    public var misleads: Double
    /// Price of a ticket, in the currency's main unit.
    public var price: Double
  }

  /// A second automation.
  public struct SecondOpinion: Sendable, Hashable {
    /// Its name.
    public var automation: String
    /// Share of firings that it is asked on.
    public var share: Double
    /// Condition without which it is not asked.
    public var condition: CaseCondition?
    /// Probability that it settles the case.
    public var settles: Double
    /// Probability that it finds the errors of a case.
    public var catches: Double
  }

  /// A request to the customer.
  public struct Documents: Sendable, Hashable {
    /// Share of firings on which they are asked for.
    public var share: Double
    /// Condition without which they are not.
    public var condition: CaseCondition?
    /// Time until they come, in seconds.
    public var wait: Distribution
    /// Probability that they settle the case.
    public var settles: Double
    /// Price of a request, in the currency's main unit.
    public var price: Double
  }

  /// A forecast of escalations.
  public struct Prediction: Sendable, Hashable {
    /// Share of escalations that are forecast.
    public var recall: Double
    /// Share of forecasts that come true.
    public var precision: Double
    /// Price of a preparation, in the currency's main unit.
    public var price: Double
    /// Team that prepares; `nil` where that takes no people.
    public var team: String?
    /// Working time of a preparation by the team, in seconds.
    public var time: Distribution?
  }
}

/// When a ticket is due.
public struct DueSettings: Sendable, Hashable {
  /// Time from its coming into the queue, in seconds.
  public var seconds: Double
  /// Whether that counts the working time of the `working_days` calendar.
  public var inWorkingTime: Bool
}
