/// What becomes of a guardrail's tickets beside being answered; every part is off unless it is given.
public struct TicketModel: Sendable {
  /// Share of tickets that are approved after changes by the reviewer.
  ///
  /// With `GuardrailModel.approvedUnchanged` at most 1; the rest is rejected.
  public var modified: Double
  /// Working time of such changes, on top of the review, in seconds.
  public var modifying: SampledTime
  /// What follows a rejection; `nil` where it is only counted.
  public var rework: Rework?
  /// Tickets that come again after they were answered; `nil` for none.
  public var reopening: Reopening?
  /// Time after which a ticket that nobody has begun is withdrawn, in seconds of calendar time; `nil`
  /// where it waits for ever.
  public var withdrawal: SampledTime?
  /// Context prepared for the reviewer; `nil` for none.
  public var curation: Curation?
  /// A recommendation with each ticket; `nil` for none.
  public var recommendation: Recommendation?
  /// A second automation that is asked before people; `nil` for none.
  public var opinion: SecondOpinion?
  /// Documents that the customer is asked for before people are; `nil` for none.
  public var documents: Documents?
  /// Preparation of tickets before they come; `nil` for none.
  public var prediction: Prediction?
  /// Price of a ticket that is answered after its due date, in millionths of the currency unit.
  public var latePenalty: Double

  /// A model without any of it.
  public init(
    modified: Double = 0, modifying: SampledTime = .zero, rework: Rework? = nil,
    reopening: Reopening? = nil, withdrawal: SampledTime? = nil, curation: Curation? = nil,
    recommendation: Recommendation? = nil, opinion: SecondOpinion? = nil,
    documents: Documents? = nil, prediction: Prediction? = nil, latePenalty: Double = 0
  ) {
    self.modified = modified
    self.modifying = modifying
    self.rework = rework
    self.reopening = reopening
    self.withdrawal = withdrawal
    self.curation = curation
    self.recommendation = recommendation
    self.opinion = opinion
    self.documents = documents
    self.prediction = prediction
    self.latePenalty = latePenalty
  }

  /// Doing again what a review has rejected.
  public struct Rework: Sendable {
    /// Index of the team that does it; `nil` where the automation does its activity again, which needs
    /// a guardrail that blocks.
    public var team: Int?
    /// Working time by the team, in seconds.
    public var time: SampledTime
    /// Most times that a case is sent back, ≥ 1; what is rejected after them the reviewer puts right,
    /// as what is modified.
    public var rounds: Int
    /// Whether the team's rework is reviewed again; only where the guardrail blocks.
    public var isReviewedAgain: Bool

    /// Creates a rule.
    public init(
      team: Int?, time: SampledTime = .zero, rounds: Int = 1, isReviewedAgain: Bool = true
    ) {
      self.team = team
      self.time = time
      self.rounds = rounds
      self.isReviewedAgain = isReviewedAgain
    }
  }

  /// Tickets that were answered and come again; a ticket does so once.
  public struct Reopening: Sendable {
    /// Share of answered tickets that come again.
    public var share: Double
    /// Time from the answer until then, in seconds of calendar time.
    public var after: SampledTime
    /// Working time of the second answer, in seconds; `nil` for that of a review.
    public var time: SampledTime?

    /// Creates a rule.
    public init(share: Double, after: SampledTime, time: SampledTime? = nil) {
      self.share = share
      self.after = after
      self.time = time
    }
  }

  /// What happened, gathered for the reviewer.
  public struct Curation: Sendable, Hashable {
    /// Share of the time for reconstruction that remains.
    public var left: Double
    /// Price of a ticket, in millionths of the currency unit.
    public var price: Double

    /// Creates a rule.
    public init(left: Double, price: Double = 0) {
      self.left = left
      self.price = price
    }
  }

  /// A recommendation to the reviewer.
  public struct Recommendation: Sendable, Hashable {
    /// Share of recommendations that are right.
    public var right: Double
    /// Time of the review that a right one saves, in microseconds.
    public var saves: Int64
    /// Probability that the reviewer follows a wrong one, and so finds none of the case's errors.
    public var misleads: Double
    /// Price of a ticket, in millionths of the currency unit.
    public var price: Double

    /// Creates a rule.
    public init(right: Double, saves: Int64, misleads: Double = 0, price: Double = 0) {
      self.right = right
      self.saves = saves
      self.misleads = misleads
      self.price = price
    }
  }

  /// A second automation that looks at what a guardrail stopped; where it fails or cannot settle the
  /// case, people get the ticket.
  ///
  /// Needs a guardrail that blocks.
  public struct SecondOpinion: Sendable {
    /// Index of the automation; its run time, failures and price count.
    public var automation: Int
    /// Share of firings it is asked on.
    public var share: Double
    /// Condition without which it is not asked; `nil` for none.
    public var condition: CaseCondition?
    /// Share of firings on which the condition holds, for forecasts.
    public var conditionShare = 1.0
    /// Probability that it settles the case.
    public var settles: Double
    /// Probability that it finds the errors of a case.
    public var catches: Double

    /// Creates a rule.
    public init(
      automation: Int, share: Double = 1, condition: CaseCondition? = nil, settles: Double,
      catches: Double = 0
    ) {
      self.automation = automation
      self.share = share
      self.condition = condition
      self.settles = settles
      self.catches = catches
    }
  }

  /// A request to the customer, for whose answer the case waits; where it does not settle the case,
  /// people get the ticket.
  ///
  /// Needs a guardrail that blocks.
  public struct Documents: Sendable {
    /// Share of firings on which they are asked for.
    public var share: Double
    /// Condition without which they are not; `nil` for none.
    public var condition: CaseCondition?
    /// Share of firings on which the condition holds, for forecasts.
    public var conditionShare = 1.0
    /// Time until they come, in seconds of calendar time.
    public var wait: SampledTime
    /// Probability that they settle the case.
    public var settles: Double
    /// Price of a request, in millionths of the currency unit.
    public var price: Double

    /// Creates a rule.
    public init(
      share: Double, condition: CaseCondition? = nil, wait: SampledTime, settles: Double,
      price: Double = 0
    ) {
      self.share = share
      self.condition = condition
      self.wait = wait
      self.settles = settles
      self.price = price
    }
  }

  /// A forecast, when the automation begins, of whether the guardrail will fire; the context of those
  /// that are forecast is prepared meanwhile.
  ///
  /// At most one guardrail of an activity has it.
  public struct Prediction: Sendable {
    /// Share of the escalations that are forecast.
    public var recall: Double
    /// Share of the forecasts that come true, > 0.
    public var precision: Double
    /// Price of a preparation, in millionths of the currency unit.
    public var price: Double
    /// Index of the team that prepares; `nil` where that takes no people and is done in time.
    public var team: Int?
    /// Working time of a preparation by the team, in seconds.
    public var time: SampledTime

    /// Creates a rule.
    public init(
      recall: Double, precision: Double, price: Double = 0, team: Int? = nil,
      time: SampledTime = .zero
    ) {
      self.recall = recall
      self.precision = precision
      self.price = price
      self.team = team
      self.time = time
    }
  }
}

/// When a ticket is due.
public struct DueModel: Sendable, Hashable {
  /// Time from its coming into the queue, in microseconds of the clock below, > 0.
  public var time: Int64
  /// Index of the calendar in whose working time it counts; `nil` for calendar time.
  public var calendar: Int?

  /// Creates a due date.
  public init(time: Int64, calendar: Int?) {
    self.time = time
    self.calendar = calendar
  }
}
