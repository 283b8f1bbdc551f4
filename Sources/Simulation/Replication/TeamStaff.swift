internal import EventEngine

/// Who of each team is free and on shift, as bits, and which calendars are open.
struct TeamStaff: ~Copyable {
  /// First person of each team, and one past the last person at the end.
  let firstPerson: FlatArray<Int32>
  /// First word of each team in `free`, and one past the last word at the end.
  let firstWord: FlatArray<Int32>
  /// Bit per person: free, active and on shift.
  var free: FlatArray<UInt64>
  var calendarIsOpen: FlatArray<Bool>
  let initialPeople: [PersonState]

  init(stacks: [StackModel], calendars: [WorkCalendar], at time: Int64) {
    var firstPerson: [Int32] = []
    var firstWord: [Int32] = []
    var people: [PersonState] = []
    var words = 0
    for team in 0..<(stacks.first?.teams.count ?? 0) {
      firstPerson.append(Int32(people.count))
      firstWord.append(Int32(words))
      let size = stacks.map { $0.teams[team].people.count }.max() ?? 0
      for position in 0..<size {
        people.append(PersonState(team: Int32(team), position: Int32(position)))
      }
      words += (size + 63) / 64
    }
    firstPerson.append(Int32(people.count))
    firstWord.append(Int32(words))
    self.firstPerson = FlatArray(firstPerson)
    self.firstWord = FlatArray(firstWord)
    free = FlatArray(repeating: 0, count: words)
    calendarIsOpen = FlatArray(calendars.map { $0.isOpen(at: time) })
    initialPeople = people
  }

  @inline(__always)
  mutating func setFree(_ person: PersonState, _ isFree: Bool) {
    let word = Int(firstWord[Int(person.team)]) + Int(person.position >> 6)
    let bit = UInt64(1) << UInt64(person.position & 63)
    if isFree { free[word] |= bit } else { free[word] &= ~bit }
  }

  /// The first free person of a team on shift; −1 for none.
  @inline(__always)
  func firstFree(team: Int) -> Int32 {
    for word in firstWord[team]..<firstWord[team + 1] where free[Int(word)] != 0 {
      let position = Int32(free[Int(word)].trailingZeroBitCount) + (word - firstWord[team]) * 64
      return firstPerson[team] + position
    }
    return -1
  }

  /// Free people of a team on shift.
  func freeCount(team: Int) -> Int {
    (firstWord[team]..<firstWord[team + 1]).reduce(0) { $0 + free[Int($1)].nonzeroBitCount }
  }
}

extension Replication {
  /// Makes the people and machines those of the stack at work.
  mutating func applyStaffing() {
    let current = model.runInStack != nil && stack == 0 ? model.runInStack : model.stack
    guard let current else { return }
    for person in 0..<people.count {
      let team = Int(people[person].team)
      let position = Int(people[person].position)
      let members = current.teams[team].people
      if position < members.count {
        people[person].isActive = true
        people[person].calendar = Int32(members[position].calendar)
        people[person].costPerMicrosecond = members[position].hourlyCost / 3.6e9
      } else {
        people[person].isActive = false
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
      person.isActive && person.item < 0 && staff.calendarIsOpen[Int(person.calendar)])
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

  /// A shift opens or closes: people come or go; work in hand stays with its person.
  mutating func changeShift(calendar: Int) {
    let isOpen = calendars[calendar].isOpen(at: now)
    staff.calendarIsOpen[calendar] = isOpen
    for person in 0..<people.count where Int(people[person].calendar) == calendar {
      updateFree(person)
    }
    observer.shiftChanged(calendar: calendar, isOpen: isOpen, at: now)
    if isOpen { for team in 0..<teamCount { serve(team: team) } }
    scheduleShiftChange(calendar)
  }
}
