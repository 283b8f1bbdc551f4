internal import EventEngine

/// Who of each team is free and on shift, as bits; who can serve which lane; which calendars are open.
struct TeamStaff: ~Copyable {
  /// First person of each team, and one past the last person at the end.
  let firstPerson: FlatArray<Int32>
  /// First word of each team in `free`, and one past the last word at the end.
  let firstWord: FlatArray<Int32>
  /// Bit per person: free, active and on shift.
  var free: FlatArray<UInt64>
  /// Bit per lane and person of its team: has all its skills.
  var laneMasks: FlatArray<UInt64>
  var calendarIsOpen: FlatArray<Bool>
  /// When the calendars that are open will close; in the past for others.
  private(set) var openUntil: FlatArray<Int64>
  /// Teams whose people work on several items at a time.
  private var multitasking: FlatArray<Bool>
  /// How many people each team has at present.
  var present: FlatArray<Int32>
  let initialPeople: [PersonState]

  init(stacks: [StackModel], lanes: LaneTable, calendars: [WorkCalendar], at time: Int64) {
    var firstPerson: [Int32] = []
    var firstWord: [Int32] = []
    var people: [PersonState] = []
    var words = 0
    let teamCount = stacks.first?.teams.count ?? 0
    for team in 0..<teamCount {
      firstPerson.append(Int32(people.count))
      firstWord.append(Int32(words))
      let size = Self.size(of: team, in: stacks)
      for position in 0..<size {
        people.append(PersonState(team: Int32(team), position: Int32(position)))
      }
      words += Self.words(of: team, in: stacks)
    }
    firstPerson.append(Int32(people.count))
    firstWord.append(Int32(words))
    self.firstPerson = FlatArray(firstPerson)
    self.firstWord = FlatArray(firstWord)
    free = FlatArray(repeating: 0, count: words)
    let maskWords = (0..<teamCount).reduce(0) {
      $0 + Int(lanes.firstLane[$1 + 1] - lanes.firstLane[$1]) * Self.words(of: $1, in: stacks)
    }
    laneMasks = FlatArray(repeating: 0, count: maskWords)
    multitasking = FlatArray(repeating: false, count: teamCount)
    calendarIsOpen = FlatArray(calendars.map { $0.isOpen(at: time) })
    openUntil = FlatArray(calendars.map { Self.end(of: $0, openAt: time) })
    present = FlatArray((0..<teamCount).map { Int32(Self.ownSize(of: $0, in: stacks)) })
    initialPeople = people
  }

  private static func end(of calendar: WorkCalendar, openAt time: Int64) -> Int64 {
    if calendar.isContinuous { return .max }
    return calendar.isOpen(at: time) ? calendar.nextChange(after: time) : .min
  }

  /// A calendar opens or closes.
  mutating func change(_ index: Int, _ calendar: WorkCalendar, at time: Int64) {
    calendarIsOpen[index] = calendar.isOpen(at: time)
    openUntil[index] = Self.end(of: calendar, openAt: time)
  }

  /// People that a team can have: its own, under any stack, and those whom a response may bring.
  static func size(of team: Int, in stacks: [StackModel]) -> Int {
    ownSize(of: team, in: stacks) + (stacks.last?.reservedPeople(ofTeam: team) ?? 0)
  }

  /// Its own people under the stack that has most.
  static func ownSize(of team: Int, in stacks: [StackModel]) -> Int {
    stacks.map { $0.teams[team].people.count }.max() ?? 0
  }

  /// Gives somebody skills.
  mutating func setSkills(of person: PersonState, to skills: Set<Int>, lanes: LaneTable) {
    let team = Int(person.team)
    let words = Int(firstWord[team + 1] - firstWord[team])
    for lane in Int(lanes.firstLane[team])..<Int(lanes.firstLane[team + 1]) {
      let mask =
        (lane - Int(lanes.firstLane[team])) * words + firstMask(of: team, lanes: lanes)
        + Int(person.position >> 6)
      if lanes.skills(ofLane: lane, team: team).isSubset(of: skills) {
        laneMasks[mask] |= bit(of: person)
      } else {
        laneMasks[mask] &= ~bit(of: person)
      }
    }
  }

  /// Words of 64 people that a team needs.
  static func words(of team: Int, in stacks: [StackModel]) -> Int {
    (size(of: team, in: stacks) + 63) / 64
  }

  /// Makes skills and habits those of a stack.
  mutating func apply(_ stack: StackModel, lanes: LaneTable) {
    for (team, model) in stack.teams.enumerated() {
      multitasking[team] = model.multitasking != nil
      let words = Int(firstWord[team + 1] - firstWord[team])
      for lane in Int(lanes.firstLane[team])..<Int(lanes.firstLane[team + 1]) {
        let skills = lanes.skills(ofLane: lane, team: team)
        let first = (lane - Int(lanes.firstLane[team])) * words + firstMask(of: team, lanes: lanes)
        for word in 0..<words { laneMasks[first + word] = 0 }
        for (position, person) in model.people.enumerated()
        where skills.isSubset(of: person.skills) {
          laneMasks[first + position >> 6] |= 1 << UInt64(position & 63)
        }
      }
    }
  }

  private func firstMask(of team: Int, lanes: LaneTable) -> Int {
    (0..<team).reduce(0) {
      $0 + Int(lanes.firstLane[$1 + 1] - lanes.firstLane[$1])
        * Int(firstWord[$1 + 1] - firstWord[$1])
    }
  }

  @inline(__always)
  func isMultitasking(_ team: Int) -> Bool { multitasking[team] }

  @inline(__always)
  private func word(of person: PersonState) -> Int {
    Int(firstWord[Int(person.team)]) + Int(person.position >> 6)
  }

  @inline(__always)
  private func bit(of person: PersonState) -> UInt64 { 1 << UInt64(person.position & 63) }

  @inline(__always)
  mutating func setFree(_ person: PersonState, _ isFree: Bool) {
    let word = word(of: person)
    if isFree { free[word] |= bit(of: person) } else { free[word] &= ~bit(of: person) }
  }

  /// Whether a person has the skills of a lane.
  @inline(__always)
  func canServe(_ person: PersonState, mask: Int32) -> Bool {
    laneMasks[Int(mask + person.position >> 6)] & bit(of: person) != 0
  }

  @inline(__always)
  func isFree(_ person: PersonState, mask: Int32) -> Bool {
    free[word(of: person)] & bit(of: person) != 0 && canServe(person, mask: mask)
  }

  /// Whether a person is on shift, and not so shortly before its end that nothing more is begun.
  @inline(__always)
  func mayBegin(_ person: PersonState) -> Bool {
    person.isActive && !person.isAway && calendarIsOpen[Int(person.startCalendar)]
  }

  /// The first free person of a team on shift who can serve a lane; −1 for none.
  @inline(__always)
  func firstFree(team: Int, mask: Int32) -> Int32 {
    let (first, end) = (firstWord[team], firstWord[team &+ 1])
    var offset: Int32 = 0
    while first &+ offset < end {
      let candidates = free[Int(first &+ offset)] & laneMasks[Int(mask &+ offset)]
      if candidates != 0 {
        return firstPerson[team] &+ Int32(truncatingIfNeeded: candidates.trailingZeroBitCount)
          &+ offset &* 64
      }
      offset &+= 1
    }
    return -1
  }

  /// Whether anybody of a team is free and on shift.
  @inline(__always)
  func hasFree(team: Int) -> Bool {
    var word = firstWord[team]
    while word < firstWord[team &+ 1] {
      if free[Int(word)] != 0 { return true }
      word &+= 1
    }
    return false
  }

  /// Free people of a team on shift who can serve a lane.
  func freeCount(team: Int, mask: Int32) -> Int {
    let words = firstWord[team]..<firstWord[team + 1]
    return words.reduce(0) {
      $0 + (free[Int($1)] & laneMasks[Int(mask + $1 - words.lowerBound)]).nonzeroBitCount
    }
  }
}

extension Replication {
  /// What is said of the stack at work.
  var stackAtWork: StackModel? {
    model.runInStack != nil && stack == 0 ? model.runInStack : model.stack
  }

  /// Makes the people and machines those of the stack at work.
  mutating func applyStaffing() {
    guard let current = stackAtWork else { return }
    staff.apply(current, lanes: laneTable)
    for (team, model) in current.teams.enumerated() {
      stations[team].isPlain =
        stations[team].laneCount == 1 && model.multitasking == nil && model.preemption == .none
    }
    for person in 0..<people.count {
      let team = Int(people[person].team)
      let position = Int(people[person].position)
      let members = current.teams[team].people
      people[person].isActive = position < members.count
      if position < members.count {
        people[person].apply(
          members[position], of: current.teams[team], calendars: startCalendars)
      }
      updateFree(person)
    }
    for (index, automation) in current.automations.enumerated() {
      stations[teamCount + index].capacity = Int32(clamping: automation.runners)
    }
    // Hops begun under a layer that is now gone are still carried out.
    if layers[Int(stack)].isOn {
      stations[stationCount - 1].capacity = layers[Int(stack)].concurrent
    }
  }

  @inline(__always)
  mutating func updateFree(_ index: Int) {
    let person = people[index]
    staff.setFree(
      person,
      person.isActive && !person.isAway && person.load < person.itemLimit
        && staff.calendarIsOpen[Int(person.startCalendar)])
  }

  /// Schedules the next change of every calendar that people work by.
  mutating func scheduleShiftChanges() {
    for calendar in calendars.indices where !calendars[calendar].isContinuous {
      scheduleShiftChange(calendar)
    }
  }

  private mutating func scheduleShiftChange(_ calendar: Int) {
    let change = calendars[calendar].nextChange(after: now)
    schedule(.shiftChange, Int32(calendar), at: change, .changeShift)
  }

  /// A shift opens or closes: people come or go; work in hand stays with its person, unless the team
  /// hands it over.
  mutating func changeShift(calendar: Int) {
    staff.change(calendar, calendars[calendar], at: now)
    if responses.hasOvertime { followLongShifts(of: calendar) }
    let isOpen = staff.calendarIsOpen[calendar]
    let endsShift = !isOpen && calendars[calendar].endsShift(at: now)
    observer.shiftChanged(calendar: calendar, isOpen: isOpen, at: now)
    for person in 0..<people.count
    where Int(people[person].calendar) == calendar || Int(people[person].startCalendar) == calendar
    {
      if Int(people[person].calendar) == calendar {
        if endsShift {
          if people[person].handsOver { handOver(person) } else { beginOvertime(of: person) }
        }
        if Observer.isObserving {
          announceInHand(person, isOpen: isOpen, goesOnInOvertime: endsShift)
        }
      }
      updateFree(person)
    }
    for team in 0..<teamCount { serve(team: team) }
    if runnerHours.count > 0 { followRunnerHours(of: calendar) }
    scheduleShiftChange(calendar)
  }

  /// Work in a person's hands goes back into the queue; what is done at this very instant is not.
  mutating func handOver(_ person: Int) {
    var item = people[person].item
    while item >= 0 {
      let next = items[item].next
      if contentDone(item) < items[item].content { interrupt(item, anew: false) }
      item = next
    }
  }

  /// Tells the observer that work in a person's hands rests over closed hours, or goes on.
  mutating func announceInHand(_ person: Int, isOpen: Bool, goesOnInOvertime: Bool) {
    var item = people[person].item
    while item >= 0 {
      let goesOn = goesOnInOvertime && items[item].overtime > 0
      if items[item].state == .inService, !goesOn, items[item].use != .blocked {
        announce(item, isOpen ? .inService : .suspended)
      }
      item = items[item].next
    }
  }
}

extension StackModel {
  /// Whether people work as under another stack, so that work in hand goes on as it was.
  func hasSameTeams(as other: StackModel) -> Bool { teams == other.teams }
}

extension PersonState {
  /// Takes over what a stack says of a person.
  mutating func apply(
    _ person: TeamModel.Person, of team: TeamModel, calendars: StartCalendars
  ) {
    let row = TeamRow(team)
    calendar = Int32(person.calendar)
    startCalendar = Int32(calendars.index(of: person.calendar, lastStart: team.lastStart))
    costPerMicrosecond = person.hourlyCost / 3.6e9
    speed = person.speed
    itemLimit = row.itemLimit
    slowdown = row.slowdown
    handsOver = row.handsOver
    overtimeLimit = row.overtimeLimit
    overtimeSurcharge = row.overtimeSurcharge
  }
}

/// Calendars that end before the shifts do, for teams that begin nothing shortly before the end.
struct StartCalendars {
  /// All calendars: the model's, then the shortened ones.
  private(set) var calendars: [WorkCalendar]
  private var shortened: [Key: Int] = [:]

  /// Calendars with longer shifts, by calendar and time.
  private var lengthened: [Key: Int] = [:]

  private struct Key: Hashable {
    var calendar: Int
    var lastStart: Int64
  }

  init(stacks: [StackModel], calendars: [WorkCalendar]) {
    self.calendars = calendars
    for team in stacks.flatMap(\.teams) {
      for person in team.people { shorten(person.calendar, by: team.lastStart) }
    }
    guard let stack = stacks.last else { return }
    for rule in stack.response?.rules ?? [] {
      switch rule.action {
      case .hire(let hire):
        shorten(hire.person.calendar, by: stack.teams[hire.team].lastStart)
      case .borrow(let loan):
        for person in stack.teams[loan.from].people {
          shorten(person.calendar, by: stack.teams[loan.to].lastStart)
        }
      case .overtime(let overtime):
        let team = stack.teams[overtime.team]
        for person in team.people {
          if let longer = lengthen(person.calendar, by: overtime.longer) {
            shorten(longer, by: team.lastStart)
          }
        }
      case .intake, .share: break
      }
    }
  }

  private mutating func shorten(_ calendar: Int, by time: Int64) {
    let key = Key(calendar: calendar, lastStart: time)
    guard time > 0, shortened[key] == nil, !calendars[calendar].isContinuous else { return }
    shortened[key] = calendars.count
    calendars.append(calendars[calendar].shortened(by: time))
  }

  private mutating func lengthen(_ calendar: Int, by time: Int64) -> Int? {
    let key = Key(calendar: calendar, lastStart: time)
    guard !calendars[calendar].isContinuous else { return nil }
    if let known = lengthened[key] { return known }
    lengthened[key] = calendars.count
    calendars.append(calendars[calendar].lengthened(by: time))
    return lengthened[key]
  }

  /// The calendar with shifts that are longer by a time; itself where it has no shifts.
  func lengthened(_ calendar: Int32, by time: Int64) -> Int32 {
    Int32(lengthened[Key(calendar: Int(calendar), lastStart: time)] ?? Int(calendar))
  }

  /// The calendar in which a person may begin work.
  func index(of calendar: Int, lastStart: Int64) -> Int {
    shortened[Key(calendar: calendar, lastStart: lastStart)] ?? calendar
  }
}
