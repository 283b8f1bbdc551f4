// What keeps automations working as the world around them changes: the parts of `AutomationModel` that
// breakage, change and upkeep are described by.

/// What a release of an application that an automation touches does to it.
///
/// Brief rows 12 and 194.
///
/// While it is broken, what it would do goes to people as its exceptions do, and runs that end meanwhile
/// have failed.
public struct BreakageModel: Sendable {
  /// Probability that a release breaks it.
  public var probability: Double
  /// Time to mend it, in seconds: of a team's work, or of calendar time without one.
  public var repair: SampledTime
  /// Index of the team whose work it is; `nil` where it begins at once and passes by itself.
  public var team: Int?
  /// Time from the end of that until it works again, in seconds of calendar time: test and release.
  public var leadTime: SampledTime

  /// Creates a breakage.
  public init(
    probability: Double, repair: SampledTime, team: Int? = nil, leadTime: SampledTime = .zero
  ) {
    self.probability = probability
    self.repair = repair
    self.team = team
    self.leadTime = leadTime
  }
}

/// Changes of what an automation is asked to do, and how long it takes to follow.
///
/// Brief row 153.
///
/// Until a change is made, the share of cases it affects goes to people as exceptions do; several open
/// changes affect cases independently.
public struct ChangeModel: Sendable {
  /// Time from one change to the next, in seconds.
  public var every: SampledTime
  /// Share of cases that one affects.
  public var affects: Double
  /// Work to make it, in seconds: of a team, or of calendar time without one.
  public var work: SampledTime
  /// Index of the team whose work it is; `nil` where it begins at once and passes by itself.
  public var team: Int?
  /// Time from the end of the work until it takes effect, in seconds of calendar time.
  public var leadTime: SampledTime

  /// Creates changes.
  public init(
    every: SampledTime, affects: Double, work: SampledTime = .zero, team: Int? = nil,
    leadTime: SampledTime = .zero
  ) {
    self.every = every
    self.affects = affects
    self.work = work
    self.team = team
    self.leadTime = leadTime
  }
}

/// Work that comes again and again while an automation is in use, and grows with what is to be
/// looked after: w(t) = w0 · (N(t)/N0)^exponent, with N(t)/N0 = (1 + growth)^(t/period), N the
/// number of rules.
///
/// Brief row 13.
public struct UpkeepModel: Sendable {
  /// Index of the team.
  public var team: Int
  /// Time from one piece of work to the next, in microseconds, > 0.
  public var every: Int64
  /// Working time on day 0, in seconds.
  public var work: SampledTime
  /// Growth of the number of rules in a growth period, > −1.
  public var growth: Double
  /// That period, in microseconds, > 0.
  public var growthPeriod: Int64
  /// How the work grows with the number; 1 in proportion, more than 1 faster.
  public var exponent: Double

  /// Creates upkeep.
  public init(
    team: Int, every: Int64, work: SampledTime, growth: Double = 0,
    growthPeriod: Int64 = 604_800_000_000, exponent: Double = 1
  ) {
    self.team = team
    self.every = every
    self.work = work
    self.growth = growth
    self.growthPeriod = growthPeriod
    self.exponent = exponent
  }
}

extension StackModel {
  /// Errands of automations: reviews that they ask for, mending, changes and upkeep.
  var automationErrands: [ErrandModel] {
    var errands: [ErrandModel] = []
    for (number, automation) in automations.enumerated() {
      for (position, ask) in automation.asks.enumerated() {
        guard case .review(let team, _, _) = ask.answer else { continue }
        errands.append(
          ErrandModel(
            .agentReview, number: number * askLimit + position,
            name: "\(automation.name) asks: \(ask.name)", team: team, isTicket: true,
            component: .review,
            event: ask.belowConfidence == nil ? .askedByTier : .askedForConfidence))
      }
      if let team = automation.breakage?.team {
        errands.append(
          ErrandModel(
            .automationMending, number: number, name: "mending of \(automation.name)", team: team,
            isTicket: false, component: .repairs, event: .breakage))
      }
      if let team = automation.changes?.team {
        errands.append(
          ErrandModel(
            .automationChange, number: number, name: "change of \(automation.name)", team: team,
            isTicket: false, component: .upkeep, event: .changeAsked))
      }
      if let team = automation.upkeep?.team {
        errands.append(
          ErrandModel(
            .automationUpkeep, number: number, name: "upkeep of \(automation.name)", team: team,
            isTicket: false, component: .upkeep, event: .upkeep))
      }
    }
    return errands
  }
}
