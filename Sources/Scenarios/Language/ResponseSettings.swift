public import Simulation
public import Statistics

/// A rule of management response.
public struct ResponseSettings: Sendable {
  /// Name.
  public var name: String
  /// Team that it watches.
  public var team: String
  /// What it watches, and the level.
  public var trigger: ResponseRule.Trigger
  /// At how many closes of working days running.
  public var holds: Int
  /// From the decision until it takes effect, in seconds.
  public var leadTime: Distribution
  /// Share of the level below which an act ends.
  public var endsBelow: Double
  /// Rest, in seconds.
  public var pause: Double
  /// How often it acts.
  public var atMost: Int
  /// What is done.
  public var action: Action

  /// What leaders can do.
  public enum Action: Sendable {
    /// People are hired.
    case hire(Hire)
    /// A team works longer, by seconds, for a surcharge.
    case overtime(team: String, longer: Double, surcharge: Double)
    /// People come from another team.
    case borrow(Borrow)
    /// Cases begin at a limited rate, per working day.
    case intake(perWorkingDay: Double, burst: Int, turnsAway: Bool, loss: Double)
    /// An automation gets another share.
    case share(automation: String, share: Double)
  }

  /// People who come from another team, for a time or in another role.
  public struct Borrow: Sendable {
    /// Team that they come from.
    public var from: String
    /// Team that they come to.
    public var to: String
    /// How many.
    public var people: Int
    /// Their speed there, as a share of their own, when they have learnt.
    public var speed: Double
    /// Skills that they have there beside their own.
    public var skills: [String]
    /// Price of each.
    public var price: Double
    /// Cost of an hour there; `nil` for their own.
    public var hourlyCost: Double?
    /// Share of that speed at the start, and seconds until it; `nil` for full speed at once.
    public var ramp: (start: Double, seconds: Double)?
    /// Work of the team to train each, in seconds; `nil` for none.
    public var training: Distribution?
  }

  /// People who are hired.
  public struct Hire: Sendable {
    /// Team that they come to.
    public var team: String
    /// How many at a time.
    public var people: Int
    /// What each is like when trained.
    public var person: MemberSettings
    /// Price of each.
    public var price: Double
    /// Cost of a week of each beside the hours at work.
    public var weeklyCost: Double
    /// Share of the full speed at the start, and seconds until that; `nil` for full speed at once.
    public var ramp: (start: Double, seconds: Double)?
    /// Work of the team to train each, in seconds; `nil` for none.
    public var training: Distribution?
  }
}

extension ResponseSettings {
  /// Calendars that people who are hired work by.
  var calendars: [String] {
    if case .hire(let hire) = action { [hire.person.calendar] } else { [] }
  }

  /// Skills that it brings.
  var skills: [String] {
    switch action {
    case .hire(let hire): hire.person.skills
    case .borrow(let loan): loan.skills
    case .overtime, .intake, .share: []
    }
  }
}
