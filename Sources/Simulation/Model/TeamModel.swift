/// A human team: its people, and how they deal with their queue and the ends of their shifts.
public struct TeamModel: Sendable, Hashable {
  /// Name.
  public var name: String
  /// Its people in order of preference: the first free one who may do it takes the next work.
  public var people: [Person]
  /// Waiting time, in microseconds of calendar time, that makes work as urgent as the next class up;
  /// `nil` where waiting makes nothing more urgent.
  public var ageing: Int64?
  /// Whether urgent work interrupts less urgent work in hand.
  public var preemption: Preemption
  /// What becomes of work in hand when its person's shift ends.
  public var shiftEnd: ShiftEnd
  /// No work begins within so many microseconds of the end of a shift; ≥ 0.
  public var lastStart: Int64
  /// Work on several items at a time; `nil` for one after the other.
  public var multitasking: Multitasking?
  /// Extra cost of an hour of overtime as a share of the hourly cost, ≥ 0.
  public var overtimeSurcharge: Double
  /// When its tickets and exceptions are due, but for those of guardrails with due dates of their own;
  /// `nil` for no due date.
  public var due: DueModel?
  /// How load changes its reviews; `nil` where it does not.
  public var fatigue: FatigueModel?
  /// How its people are away at random; `nil` where they are there whenever they are scheduled.
  public var absence: AbsenceModel?

  /// A member of a team.
  public struct Person: Sendable, Hashable {
    /// Name; empty where the person has none.
    public var name: String
    /// Index of the working calendar in `SimulationModel.calendars`.
    public var calendar: Int
    /// Loaded cost of an hour of work, in millionths of the currency unit.
    public var hourlyCost: Double
    /// Work content done in a unit of working time, > 0; 1 is the speed times are stated for.
    public var speed: Double
    /// Skills, as numbers that `QueueingModel.skills` refers to.
    public var skills: Set<Int>

    /// Creates a person.
    public init(
      name: String = "", calendar: Int, hourlyCost: Double, speed: Double = 1,
      skills: Set<Int> = []
    ) {
      self.name = name
      self.calendar = calendar
      self.hourlyCost = hourlyCost
      self.speed = speed
      self.skills = skills
    }
  }

  /// What urgent work does to less urgent work in hand, when nobody is free.
  public enum Preemption: String, Sendable, Hashable, Codable, CaseIterable, BitwiseCopyable {
    /// It waits.
    case none
    /// It interrupts the least urgent, which later goes on where it stopped.
    case resume
    /// It interrupts the least urgent, which later begins anew; the time spent on it is lost.
    case restart
  }

  /// What becomes of work that is not done when its person's shift ends.
  public enum ShiftEnd: Sendable, Hashable {
    /// It rests and stays with its person.
    case suspend
    /// It goes back to the head of the queue, for whoever is there.
    case handOver
    /// It is finished in overtime where that takes no longer than so many microseconds beyond the
    /// shift, else it rests.
    case overtime(limit: Int64)
  }

  /// Work on several items at a time.
  ///
  /// With n items in hand each goes at 1 / (1 + (n − 1)·slowdown) of the person's speed: 1 shares
  /// the person's time among them, 0 slows nothing.
  public struct Multitasking: Sendable, Hashable {
    /// Most items in hand, ≥ 2.
    public var limit: Int
    /// How much each further item slows each, ≥ 0.
    public var slowdown: Double

    /// Creates a rule.
    public init(limit: Int, slowdown: Double = 1) {
      self.limit = limit
      self.slowdown = slowdown
    }
  }

  /// Creates a team.
  public init(
    name: String, people: [Person], ageing: Int64? = nil, preemption: Preemption = .none,
    shiftEnd: ShiftEnd = .suspend, lastStart: Int64 = 0, multitasking: Multitasking? = nil,
    overtimeSurcharge: Double = 0
  ) {
    self.name = name
    self.people = people
    self.ageing = ageing
    self.preemption = preemption
    self.shiftEnd = shiftEnd
    self.lastStart = lastStart
    self.multitasking = multitasking
    self.overtimeSurcharge = overtimeSurcharge
  }
}

/// How human work of one activity or guardrail queues, and who may take it.
public struct QueueingModel: Sendable, Hashable {
  /// Class of urgency: lower goes first; `nil` for the class of the case, 0 unless a rule says more.
  public var priority: Int32?
  /// Skills that whoever does it must all have.
  public var skills: Set<Int>
  /// Its class of urgency changes while it waits; `nil` where it stays.
  public var expedite: Expedite?
  /// Waiting that ends in giving up; `nil` for patience without end.
  public var patience: Patience?
  /// Times of single people where they differ from the handling time by more than speed: index of
  /// the person within the team, and the time in seconds.
  public var timesByPerson: [Int: SampledTime]

  /// A change of urgency after a time in the queue.
  public struct Expedite: Sendable, Hashable {
    /// Waiting time in microseconds of calendar time.
    public var after: Int64
    /// Class of urgency from then on.
    public var priority: Int32
    /// Whether anybody may do it from then on, whatever skills it asks for.
    public var dropsSkills: Bool

    /// Creates a change.
    public init(after: Int64, priority: Int32, dropsSkills: Bool = false) {
      self.after = after
      self.priority = priority
      self.dropsSkills = dropsSkills
    }
  }

  /// How long a case waits for its work to begin, and what it does then.
  public struct Patience: Sendable, Hashable {
    /// Time in seconds of calendar time, drawn for each piece of work.
    public var time: SampledTime
    /// What follows.
    public var then: Outcome

    /// What follows when patience ends.
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
      /// The case is given up: it ends at once, not completed.
      case leave
      /// The case goes on without the work.
      case skip
    }

    /// Creates a patience.
    public init(time: SampledTime, then: Outcome) {
      self.time = time
      self.then = then
    }
  }

  /// Creates a rule; without arguments: first come, first served, by anybody.
  public init(
    priority: Int32? = nil, skills: Set<Int> = [], expedite: Expedite? = nil,
    patience: Patience? = nil, timesByPerson: [Int: SampledTime] = [:]
  ) {
    self.priority = priority
    self.skills = skills
    self.expedite = expedite
    self.patience = patience
    self.timesByPerson = timesByPerson
  }
}

/// Work of an activity that is collected and done together: one set-up, then each item's part.
public struct BatchModel: Sendable, Hashable {
  /// Items in a full batch, ≥ 2.
  public var size: Int
  /// Longest wait of the first item, in microseconds of the team's working time; `nil` for no end.
  public var wait: Int64?
  /// Fewest items that are released when the wait is over; with fewer the batch goes on forming.
  public var minimum: Int
  /// Working time per batch, in seconds.
  public var setup: SampledTime
  /// Working time per item, in seconds; `nil` for the activity's own handling time.
  public var each: SampledTime?
  /// Index of the case attribute whose equal values form a batch; `nil` where all go together.
  public var similarity: Int?

  /// Creates a rule.
  public init(
    size: Int, wait: Int64?, minimum: Int = 1, setup: SampledTime = .zero,
    each: SampledTime? = nil, similarity: Int? = nil
  ) {
    self.size = size
    self.wait = wait
    self.minimum = minimum
    self.setup = setup
    self.each = each
    self.similarity = similarity
  }
}
