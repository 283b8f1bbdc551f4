internal import EventEngine

// Mechanism *response*: what leaders do when work piles up. Rules look at the close of every
// working day, from day 0 on, and act through people, hours, arrivals and assignments. See
// `docs/reference/mechanisms/response.md`.

/// A rule in a replication.
struct RuleState: BitwiseCopyable {
  /// Reviews running at which its measure was above the level.
  var held: Int32 = 0
  var acts: Int32 = 0
  /// What was decided and has not taken effect: hires each for itself.
  var coming: Int32 = 0
  var isInForce = false
  var restsUntil: Int64 = .min
  /// First of its notes on work that came and was scheduled, and how many it took.
  var firstNote: Int32 = 0
  var notes: Int32 = 0
}

/// Work that had come to a team and was scheduled for it by a review, in microseconds of content.
struct InflowNote: BitwiseCopyable {
  var came: Int64 = 0
  var scheduled: Int64 = 0
}

/// How a person differs from what the stack says.
struct PersonChange: BitwiseCopyable {
  /// Rule that brought or may bring them; −1 for the stack's own people.
  var rule: Int32 = -1
  /// When they came.
  var since: Int64 = 0
  /// Whether they have come as a hire.
  var isHired = false
  /// Whether they work in another team.
  var isLent = false
  /// Of people who help out, who they are in their own team; −1 for none.
  var lender: Int32 = -1
  /// Calendar of the usual shifts where they are longer at present; −1 where they are not.
  var usualCalendar: Int32 = -1
  /// Cost of a microsecond in usual hours, while shifts are longer.
  var usualCost = 0.0
  var surcharge = 0.0
  /// Whether it is the hours beyond the usual ones.
  var isBeyondHours = false
}

/// A case before the process.
struct IntakeCase: BitwiseCopyable {
  var isWaiting = false
  var next: Int32 = -1
  /// When its turn comes, in working time of the calendar.
  var turn: Int64 = 0
}

/// What the response knows and has done.
struct ResponseState: ~Copyable {
  let isOn: Bool
  let hasOvertime: Bool
  let limitsIntake: Bool
  var rules: FlatArray<RuleState>
  var notes: FlatArray<InflowNote>
  /// By person; empty without response.
  var people: FlatArray<PersonChange>
  /// The people that each rule may bring, one after the other, by index; the first of each rule.
  let reserves: FlatArray<Int32>
  let firstReserve: FlatArray<Int32>
  /// Content scheduled for each team beyond what the stack says, from day 0 on, and until when.
  var extraScheduled: FlatArray<Int64>
  var creditedUntil: Int64 = 0
  /// Automations that get no cases at present; empty without response.
  var isSwitchedOff: FlatArray<Bool>
  /// Rule that limits the intake; −1 for none.
  var intakeRule: Int32 = -1
  /// When the next case may begin if all before it have, in working time.
  var nextTurn = Int64.min
  var firstWaiting: Int32 = -1
  var lastWaiting: Int32 = -1
  var intakeStamp: UInt32 = 0
  /// By case; used only where the intake may be limited.
  var intake = FlatRows(blank: IntakeCase(), columns: 1)

  init(stacks: [StackModel], staff: borrowing TeamStaff) {
    let stack = stacks.last
    let rules = stack?.response?.rules ?? []
    isOn = !rules.isEmpty
    hasOvertime = rules.contains { if case .overtime = $0.action { true } else { false } }
    limitsIntake = rules.contains { if case .intake = $0.action { true } else { false } }
    var states: [RuleState] = []
    var noteCount = 0
    for rule in rules {
      var state = RuleState()
      state.firstNote = Int32(noteCount)
      if case .inflow(_, let reviews) = rule.trigger { noteCount += reviews + 1 }
      states.append(state)
    }
    self.rules = FlatArray(states)
    notes = FlatArray(repeating: InflowNote(), count: noteCount)
    let peopleCount = isOn ? staff.initialPeople.count : 0
    people = FlatArray(repeating: PersonChange(), count: peopleCount)
    var taken = (stack?.teams ?? []).indices.map { TeamStaff.ownSize(of: $0, in: stacks) }
    var reserves: [Int32] = []
    var first: [Int32] = []
    for (index, rule) in rules.enumerated() {
      first.append(Int32(reserves.count))
      guard let reserve = rule.reserve else { continue }
      for _ in 0..<reserve.people {
        let person = staff.firstPerson[reserve.team] + Int32(taken[reserve.team])
        taken[reserve.team] += 1
        people[Int(person)].rule = Int32(index)
        reserves.append(person)
      }
    }
    self.reserves = FlatArray(reserves)
    firstReserve = FlatArray(first)
    extraScheduled = FlatArray(repeating: 0, count: isOn ? stack?.teams.count ?? 0 : 0)
    isSwitchedOff = FlatArray(repeating: false, count: isOn ? stack?.automations.count ?? 0 : 0)
  }
}
