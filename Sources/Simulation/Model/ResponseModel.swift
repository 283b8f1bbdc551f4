internal import EventEngine

/// What leaders do when work piles up: rules that watch teams from day 0 on, and act.
public struct ResponseModel: Sendable {
  /// Instants from day 0 on at which the rules look, in order: the closes of working days.
  ///
  /// After the last of them they look every 24 hours.
  public var reviews: [Int64]
  /// Index of the calendar in whose working time the intake is limited.
  public var calendar: Int
  /// The rules, in the order in which they look.
  public var rules: [ResponseRule]

  /// Creates a response.
  public init(reviews: [Int64], calendar: Int, rules: [ResponseRule]) {
    self.reviews = reviews
    self.calendar = calendar
    self.rules = rules
  }
}

/// A rule of management response: what it watches, when it acts, and how.
public struct ResponseRule: Sendable {
  /// Name, unique in a stack.
  public var name: String
  /// Index of the team that it watches.
  public var team: Int
  /// What has to be exceeded.
  public var trigger: Trigger
  /// At so many reviews running, ≥ 1.
  public var holds = 1
  /// Time from the decision until it takes effect, in seconds of calendar time; of hires each has its own.
  public var delay = SampledTime.zero
  /// Share of the trigger's level below which an act ends at a review, in 0...1; hires stay.
  public var endsBelow = 0.5
  /// After an act has ended, or the last hire has come, the rule rests for so many microseconds; ≥ 0.
  public var pause: Int64 = 0
  /// How often it acts, ≥ 1.
  public var atMost = 1
  /// What is done.
  public var action: Action

  /// What a rule watches; an act is decided where it is more than the level.
  public enum Trigger: Sendable {
    /// Remaining work of the team in working days of those who will be there.
    case backlog(days: Double)
    /// Tickets and exceptions that wait at it.
    case tickets(Double)
    /// Work that came to it over so many reviews as a share of the work scheduled for it.
    case inflow(share: Double, reviews: Int)
    /// It is so long after day 0, in microseconds.
    case date(Int64)
    /// The rollout has come to a stage, by its position, or to a later one.
    case stage(Int)
    /// The oversight of a guardrail is at a mode of its ladder, by position, or a looser one.
    case oversight(guardrail: Int, rung: Int)
  }

  /// What leaders can do.
  public enum Action: Sendable {
    /// People come to a team, and stay.
    case hire(HireModel)
    /// The people of a team work longer shifts.
    case overtime(OvertimeModel)
    /// People of another team help out.
    case borrow(BorrowModel)
    /// Cases begin at a limited rate.
    case intake(IntakeModel)
    /// An automation gets another share of the cases, at the activities that people can do as well.
    case share(automation: Int, share: Double)
  }

  /// Creates a rule.
  public init(name: String, team: Int, trigger: Trigger, action: Action) {
    self.name = name
    self.team = team
    self.trigger = trigger
    self.action = action
  }
}

/// People who are hired.
public struct HireModel: Sendable {
  /// Index of the team that they come to.
  public var team: Int
  /// How many at a time, ≥ 1.
  public var people: Int
  /// What each is like when fully trained.
  public var person: TeamModel.Person
  /// Price of a hire, in millionths of the currency unit; charged when it is decided.
  public var price = 0.0
  /// Cost of a week of each beyond the hours at work, in millionths of the currency unit.
  public var weeklyCost = 0.0
  /// How new people become as fast as they will be; `nil` where they are so from the first day.
  public var ramp: RampModel?
  /// Work of the team to train each, in seconds; `nil` for none.
  public var training: SampledTime?

  /// Creates a hire.
  public init(team: Int, people: Int, person: TeamModel.Person) {
    self.team = team
    self.people = people
    self.person = person
  }
}

/// How new people get up to speed: in equal steps from working day to working day.
public struct RampModel: Sendable, Hashable {
  /// Share of the full speed at the start, > 0.
  public var start: Double
  /// Calendar time until full speed, in microseconds, > 0.
  public var period: Int64

  /// Creates a ramp.
  public init(start: Double, period: Int64) {
    self.start = start
    self.period = period
  }

  /// Share of the full speed after a time, in microseconds.
  func share(after time: Int64) -> Double {
    start + (1 - start) * min(1, max(0, Double(time) / Double(period)))
  }
}

/// Longer shifts.
public struct OvertimeModel: Sendable {
  /// Index of the team; its shifts must not end in overtime anyway.
  public var team: Int
  /// How much longer each shift is, in microseconds, > 0; never beyond the next one.
  public var longer: Int64
  /// Extra cost of these hours, as a share of the hourly cost, ≥ 0.
  public var surcharge: Double

  /// Creates overtime.
  public init(team: Int, longer: Int64, surcharge: Double) {
    self.team = team
    self.longer = longer
    self.surcharge = surcharge
  }
}

/// Help from another team, for as long as a rule is in force: for a time, or for good where people change
/// their role.
public struct BorrowModel: Sendable {
  /// Index of the team that lends.
  public var from: Int
  /// Index of the team that borrows.
  public var to: Int
  /// How many people, the last of the lending team; one always stays there.
  public var people: Int
  /// Factor on their speed in the other team, > 0.
  public var speed: Double
  /// Skills that they have there beside their own.
  public var skills: Set<Int>
  /// Price of each who comes, in millionths of the currency unit.
  public var price = 0.0
  /// Loaded cost of an hour of theirs there, in millionths of the currency unit; `nil` for their own.
  public var hourlyCost: Double?
  /// How they become as fast there as they will be; `nil` where they are so at once.
  public var ramp: RampModel?
  /// Work of the team that they come to, to train each, in seconds; `nil` for none.
  public var training: SampledTime?

  /// Creates a loan.
  public init(from: Int, to: Int, people: Int, speed: Double = 1, skills: Set<Int> = []) {
    self.from = from
    self.to = to
    self.people = people
    self.speed = speed
    self.skills = skills
  }
}

/// A limit on how fast cases begin.
public struct IntakeModel: Sendable {
  /// Time between two cases, in microseconds of the working time of the response's calendar, > 0.
  public var interval: Int64
  /// Cases that may begin at once, ≥ 1.
  public var burst: Int64
  /// Whether what comes beyond is turned away rather than waiting.
  public var turnsAway: Bool
  /// Loss by a case that is turned away, in millionths of the currency unit.
  public var loss: Double

  /// Creates a limit.
  public init(interval: Int64, burst: Int64 = 1, turnsAway: Bool = false, loss: Double = 0) {
    self.interval = interval
    self.burst = burst
    self.turnsAway = turnsAway
    self.loss = loss
  }
}

extension ResponseModel {
  /// The first review after an instant.
  func review(after time: Int64) -> Int64 {
    var (low, high) = (0, reviews.count)
    while low < high {
      let middle = (low + high) / 2
      if reviews[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low < reviews.count ? reviews[low] : time + 86_400_000_000
  }
}

extension ResponseRule {
  /// The team that gets people, how many, how often.
  var reserve: (team: Int, people: Int)? {
    switch action {
    case .hire(let hire): (hire.team, hire.people * atMost)
    case .borrow(let loan): (loan.to, loan.people)
    case .overtime, .intake, .share: nil
    }
  }

  /// The level that its measure has to exceed.
  var level: Double {
    switch trigger {
    case .backlog(let days): days
    case .tickets(let count): count
    case .inflow(let share, _): share
    // What holds or does not is 1 or 0.
    case .date, .stage, .oversight: 0.5
    }
  }

  static let purposes = ["lead time", "training"]
}

extension StackModel {
  /// People who may come to a team beside its own.
  func reservedPeople(ofTeam team: Int) -> Int {
    (response?.rules ?? []).compactMap(\.reserve).filter { $0.team == team }
      .reduce(0) { $0 + $1.people }
  }

  /// Work that people who are hired or change their role give to their new teams.
  var responseErrands: [ErrandModel] {
    (response?.rules ?? []).enumerated().compactMap { index, rule in
      let trained: (team: Int, event: MechanismEvent)? =
        switch rule.action {
        case .hire(let hire): hire.training == nil ? nil : (hire.team, .hired)
        case .borrow(let loan): loan.training == nil ? nil : (loan.to, .personMoved)
        case .overtime, .intake, .share: nil
        }
      return trained.map {
        ErrandModel(
          .onboarding, number: index, name: "training for \(rule.name)", team: $0.team,
          isTicket: false, component: .staffing, event: $0.event)
      }
    }
  }
}

extension SimulationModel {
  /// Stops on a response that names what is not there or contradicts itself.
  func requireConsistentResponse(of stack: StackModel) {
    guard let response = stack.response else { return }
    let teams = stack.teams.indices
    precondition(calendars.indices.contains(response.calendar), "reviews follow a calendar")
    precondition(
      zip(response.reviews, response.reviews.dropFirst()).allSatisfy { $0 < $1 },
      "reviews are in order")
    precondition(
      Set(response.rules.map(\.name)).count == response.rules.count, "rules have names of their own"
    )
    precondition(
      response.rules.compactMap(\.reserve).reduce(0) { $0 + $1.people } < 65_536,
      "not too many people come")
    for rule in response.rules {
      precondition(
        teams.contains(rule.team) && rule.holds >= 1 && rule.atMost >= 1 && rule.pause >= 0
          && (0...1).contains(rule.endsBelow) && rule.level > 0, "a rule makes sense")
      if case .oversight(let guardrail, _) = rule.trigger {
        precondition(stack.guardrails.indices.contains(guardrail), "its guardrail exists")
      }
      switch rule.action {
      case .hire(let hire):
        precondition(
          teams.contains(hire.team) && hire.people >= 1 && hire.person.speed > 0
            && calendars.indices.contains(hire.person.calendar)
            && (hire.ramp.map { $0.start > 0 && $0.period > 0 } ?? true), "a hire makes sense")
      case .overtime(let overtime):
        precondition(
          teams.contains(overtime.team) && overtime.longer > 0 && overtime.surcharge >= 0,
          "overtime makes sense")
        if case .overtime = stack.teams[overtime.team].shiftEnd {
          preconditionFailure("overtime is one of the two")
        }
      case .borrow(let loan):
        precondition(
          teams.contains(loan.from) && teams.contains(loan.to) && loan.from != loan.to
            && loan.people >= 1 && loan.speed > 0 && loan.price >= 0
            && (loan.ramp.map { $0.start > 0 && $0.period > 0 } ?? true), "a loan makes sense")
      case .intake(let intake):
        precondition(intake.interval > 0 && intake.burst >= 1, "a limit makes sense")
      case .share(let automation, let share):
        precondition(
          stack.automations.indices.contains(automation) && (0...1).contains(share),
          "a share is of an automation that exists")
      }
    }
  }

  /// The streams of the rules of response.
  var responseStreams: [RandomStream] {
    (stack.response?.rules ?? []).flatMap { rule in
      ResponseRule.purposes.map { RandomStream("response \(rule.name)", $0) }
    }
  }
}
