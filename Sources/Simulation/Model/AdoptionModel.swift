/// How much of their work people hand to agents, as their experience with them makes it.
///
/// Brief rows 122, 123 and 181. The share that is handed over is a state a in [`least`, `most`], which begins
/// at `start`. Each case has one luck u, and is handed over where u < a when its first activity begins that
/// both an agent and people could do. What comes of it moves a, one event after the other, by the linear
/// operators of Bush and Mosteller (1955):
///
///     good experience    a += gain · (most − a)
///     bad surprise       a −= loss · (a − least)
///
/// Without gains and losses the share stays where it began.
public struct AdoptionModel: Sendable {
  /// Indexes of the automations that people may use or not.
  public var automations: [Int]
  /// Share of cases handed over at the start.
  public var start: Double
  /// Bounds of the share.
  public var least: Double
  /// Upper bound of the share.
  public var most: Double
  /// Share of the way to `most` that a good experience makes: a case done with no bad surprise until then.
  public var gain: Double
  /// What bad surprises take away.
  public var losses: AdoptionLosses
  /// Probability that people can follow why a case went as it did.
  public var transparency: Double
  /// Share of a loss that is left where they can.
  public var explainedLoss: Double
  /// Share of the way to `least` that a good experience costs where they cannot: who cannot follow loses
  /// confidence even in what was right.
  public var opaqueLoss: Double
  /// Probability that an error in a case that is done is noticed at all.
  public var noticed: Double
  /// Time until then, in seconds.
  public var noticedAfter: SampledTime
  /// Share of the way to `most` that the training of a person for a stage of the rollout makes.
  public var trained: Double
  /// Work that tells people what the agents do; `nil` for none.
  public var communication: AdoptionCommunication?

  /// Creates a model in which nothing moves the share.
  public init(automations: [Int], start: Double, least: Double = 0, most: Double = 1) {
    self.automations = automations
    self.start = start
    self.least = least
    self.most = most
    gain = 0
    losses = AdoptionLosses()
    transparency = 1
    explainedLoss = 1
    opaqueLoss = 0
    noticed = 1
    noticedAfter = .zero
    trained = 0
  }
}

/// Shares of the way to the lower bound that bad surprises cost.
public struct AdoptionLosses: Sendable, Hashable, BitwiseCopyable {
  /// An error that is noticed when the case is done, a false pass of a policy among them.
  public var released: Double
  /// An error that people find before that, or while they look at the case.
  public var found: Double
  /// A ticket that was needless: approved as it was, and nothing wrong.
  public var needless: Double
  /// A run that gives up, so that people have to deal with it.
  public var failure: Double

  /// Creates losses.
  public init(
    released: Double = 0, found: Double = 0, needless: Double = 0, failure: Double = 0
  ) {
    self.released = released
    self.found = found
    self.needless = needless
    self.failure = failure
  }
}

/// Work of a team that tells people now and then what the agents do and why.
public struct AdoptionCommunication: Sendable {
  /// Index of the team.
  public var team: Int
  /// Working time each time, in seconds.
  public var work: SampledTime
  /// Time from one to the next, in microseconds, > 0.
  public var every: Int64
  /// Share of the way to `most` that it makes when it is done.
  public var gain: Double

  /// Creates communication.
  public init(team: Int, work: SampledTime, every: Int64, gain: Double) {
    self.team = team
    self.work = work
    self.every = every
    self.gain = gain
  }
}

extension StackModel {
  /// Whether people may do an activity themselves although it is given to an automation.
  func isHandedOverByTrust(_ activity: Int) -> Bool {
    guard let adoption, let automation = activities[activity].automation else { return false }
    return adoption.automations.contains(automation) && activities[activity].team != nil
      && activities[activity].handlingTime != nil
  }

  /// Share of an activity that its automation gets, for forecasts: with the share that people hand over at
  /// the start.
  func expectedAutomationShare(ofActivity activity: Int) -> Double {
    let share = activities[activity].automationShare
    return isHandedOverByTrust(activity) ? share * (adoption?.start ?? 1) : share
  }

  /// Errands of adoption: communication.
  var adoptionErrands: [ErrandModel] {
    guard let communication = adoption?.communication else { return [] }
    return [
      ErrandModel(
        .communication, name: "communication about agents", team: communication.team,
        isTicket: false, component: .upkeep, event: .trustCommunicated)
    ]
  }
}

extension SimulationModel {
  /// Stops on adoption that names what is not there or leaves its bounds.
  func requireConsistentAdoption(of stack: StackModel) {
    guard let adoption = stack.adoption else { return }
    let losses = adoption.losses
    precondition(
      adoption.automations.allSatisfy(stack.automations.indices.contains),
      "people use automations that exist")
    precondition(
      0 <= adoption.least && adoption.least <= adoption.start && adoption.start <= adoption.most
        && adoption.most <= 1, "the share begins within its bounds")
    let shares = [
      adoption.gain, losses.released, losses.found, losses.needless, losses.failure,
      adoption.transparency, adoption.explainedLoss, adoption.opaqueLoss, adoption.noticed,
      adoption.trained, adoption.communication?.gain ?? 0,
    ]
    precondition(shares.allSatisfy { (0...1).contains($0) }, "shares lie between 0 and 1")
    if let communication = adoption.communication {
      precondition(
        stack.teams.indices.contains(communication.team) && communication.every > 0,
        "communication is some team's work, now and then")
    }
  }
}
