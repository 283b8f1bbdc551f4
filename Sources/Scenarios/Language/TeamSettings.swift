public import Simulation
public import Statistics

/// How people of a team are away at random.
public struct AbsenceSettings: Sendable, Hashable {
  /// Share of their scheduled time.
  public var share: Double
  /// How long each time, in seconds of working time.
  public var lasts: Distribution
  /// Share of their cost that is paid meanwhile.
  public var paid: Double
}

/// A team.
public struct TeamSettings: Sendable, Hashable {
  /// Name.
  public var name: String
  /// Number of people.
  public var people: Int
  /// People one by one, in order of preference; empty where they have no names and are all alike.
  public var members: [MemberSettings]
  /// Name of the calendar of people without one of their own.
  public var calendar: String
  /// Cost of an hour of work of people without one of their own, in the currency's main unit; 0
  /// where each has one.
  public var hourlyCost: Double
  /// Speed of people without one of their own; 1 is the speed that times are stated for.
  public var speed: Double
  /// Skills of people without any of their own.
  public var skills: [String]
  /// Waiting time in seconds that makes work as urgent as the next class up; `nil` for none.
  public var ageing: Double?
  /// Whether urgent work interrupts less urgent work in hand.
  public var preemption: TeamModel.Preemption
  /// What becomes of work in hand when a shift ends.
  public var shiftEnd: TeamModel.ShiftEnd
  /// Extra cost of an hour of overtime, as a share of the hourly cost.
  public var overtimeSurcharge: Double
  /// No work begins within so many seconds of the end of a shift.
  public var lastStart: Double
  /// Work on several things at a time; `nil` for one after the other.
  public var multitasking: TeamModel.Multitasking?
  /// When its tickets and exceptions are due; `nil` for no due date.
  public var due: DueSettings?
  /// How load changes its reviews; `nil` where it does not.
  public var fatigue: FatigueModel?
  /// How its people are away at random; `nil` where they are not.
  public var absence: AbsenceSettings? = nil
  /// People by the dates on which a planner's table has them there; empty where there is no table.
  public var staffing: [StaffingLevel] = []

  /// Kinds of people: each member, or all people where they are alike.
  var staff: [(person: MemberSettings, count: Int)] {
    if !members.isEmpty { return members.map { ($0, 1) } }
    let anybody = MemberSettings(
      name: "", calendar: calendar, hourlyCost: hourlyCost, speed: speed, skills: skills)
    if !staffing.isEmpty {
      return staffing.map { level in
        var person = anybody
        person.calendar = level.calendar.name
        return (person, level.count)
      }
    }
    return people > 0 ? [(anybody, people)] : []
  }
}

extension TeamSettings {
  /// Kinds of people who have the skills that work asks for.
  func able(_ need: StaffNeed) -> [(person: MemberSettings, count: Int)] {
    need.skills.isEmpty
      ? staff : staff.filter { Set(need.skills).isSubset(of: $0.person.skills) }
  }
}

/// Work that somebody of a team must be able to do.
struct StaffNeed: Sendable {
  var team: String
  /// What it is, for error texts.
  var why: String
  /// Skills that whoever does it must have.
  var skills: [String]
  /// Where the skills are written; `nil` where none are.
  var node: ScenarioNode?
}

/// A member of a team, with everything the team's values leave to say.
public struct MemberSettings: Sendable, Hashable {
  /// Name; empty where people have none.
  public var name: String
  /// Name of the calendar.
  public var calendar: String
  /// Cost of an hour of work, in the currency's main unit.
  public var hourlyCost: Double
  /// Speed; 1 is the speed that times are stated for.
  public var speed: Double
  /// Skills, in the order written.
  public var skills: [String]
}

/// How human work queues, and who may do it.
public struct QueueingSettings: Sendable, Hashable {
  /// Class of urgency, lower first; `nil` for the class of the case.
  public var priority: Int32?
  /// Skills that whoever does it must all have.
  public var skills: [String] = []
  /// Another class after a time; `nil` where it stays.
  public var expedite: QueueingModel.Expedite?
  /// Waiting that ends; `nil` for patience without end.
  public var patience: Patience?
  /// Working times in seconds of single members of the team that does it, by name.
  public var times: [String: Distribution] = [:]

  /// Waiting that ends.
  public struct Patience: Sendable, Hashable {
    /// Time until a case gives up, in seconds.
    public var time: Distribution
    /// What follows.
    public var then: QueueingModel.Patience.Outcome
  }
}

/// Work by hand that is collected and done in one sitting.
public struct BatchSettings: Sendable, Hashable {
  /// Cases in a full batch.
  public var size: Int
  /// Longest wait of the first, in seconds of the team's working time; `nil` for no end.
  public var wait: Double?
  /// Fewest cases that are released when the wait is over.
  public var minimum: Int
  /// Working time per batch, in seconds; `nil` for none.
  public var setup: Distribution?
  /// Working time per case, in seconds; `nil` for the activity's own.
  public var each: Distribution?
  /// Index of the case attribute whose equal values form a batch; `nil` where all go together.
  public var similarity: Int?
}
