internal import EventEngine
internal import Statistics

// Mechanism *absence*: people are away at random, each by their own luck, in spells of their working time.
// What they have in hand goes back into the queue.

/// Absence of a team under one stack, as a plain row.
struct AbsenceRow: BitwiseCopyable {
  var isOn = false
  var share = 0.0
  var lasts = SampledTime.zero.sampler
  /// Mean time from one absence to the next, in microseconds of working time.
  var between = 0.0
  var paid = 0.0
  var streams: AbsenceStreams

  init(_ team: TeamModel) {
    streams = AbsenceStreams(team: team.name)
    guard let model = team.absence, model.share > 0 else { return }
    isOn = true
    share = model.share
    lasts = model.lasts.sampler
    between = model.lasts.mean * 1e6 * (1 - model.share) / model.share
    paid = model.paid
  }
}

/// The streams of a team's absences; draws are keyed by person and number of the spell.
struct AbsenceStreams: BitwiseCopyable {
  let atStart: RandomStream
  let between: RandomStream
  let lasts: RandomStream

  init(team: String) {
    atStart = RandomStream("team \(team)", "away at the start")
    between = RandomStream("team \(team)", "time between absences")
    lasts = RandomStream("team \(team)", "length of an absence")
  }

  /// All of them, for the check that none collide.
  var all: [RandomStream] { [atStart, between, lasts] }
}

/// What is known of a person's absences.
struct AbsenceState: BitwiseCopyable {
  /// Of the change that is scheduled; 0 for none.
  var stamp: UInt32 = 0
  /// Spells so far.
  var spells: UInt32 = 0
  /// Until when the present spell has been booked.
  var bookedUntil: Int64 = 0
}

/// The rows of all stacks and the state; empty where nobody is ever away.
struct AbsenceTable: ~Copyable {
  let isOn: Bool
  /// Row = stack · teams + team.
  let rows: FlatArray<AbsenceRow>
  /// Whether a team is away alike before and after day 0.
  let goesOn: FlatArray<Bool>
  /// By person.
  var states: FlatArray<AbsenceState>
  /// Content that each team was scheduled to do and did not because of absences, from day 0 on.
  var lost: FlatArray<Int64>

  init(stacks: [StackModel], people: Int) {
    let teams = stacks.first?.teams.count ?? 0
    isOn = stacks.contains { $0.teams.contains { ($0.absence?.share ?? 0) > 0 } }
    rows = FlatArray(isOn ? stacks.flatMap { $0.teams.map(AbsenceRow.init) } : [])
    goesOn = FlatArray(
      isOn && stacks.count > 1
        ? (0..<teams).map { stacks[0].teams[$0].absence == stacks[1].teams[$0].absence } : [])
    states = FlatArray(repeating: AbsenceState(), count: isOn ? people : 0)
    lost = FlatArray(repeating: 0, count: isOn ? teams : 0)
  }
}

extension Replication {
  private func absenceRow(_ person: Int) -> AbsenceRow {
    absences.rows[Int(stack) * teamCount + Int(people[person].team)]
  }

  /// Start of the run and day 0: who is away, and when the others will be.
  mutating func startAbsences() {
    guard absences.isOn else { return }
    for person in 0..<people.count {
      let goesOn =
        stack > 0 && absences.goesOn[Int(people[person].team)]
        && (absences.states[person].stamp > 0 || !people[person].isActive)
      if !goesOn { startAbsence(of: person) }
    }
  }

  /// Somebody is in a team from now on: away with the probability of the share, else for an exponential time
  /// there.
  mutating func startAbsence(of person: Int) {
    guard absences.isOn else { return }
    absences.states[person].stamp = 0
    if people[person].isAway { comeBack(person) }
    let row = absenceRow(person)
    guard row.isOn, people[person].isActive else { return }
    let uniform = random.uniform(
      row.streams.atStart, ordinal: UInt32(people[person].position) + 1, visit: Int64(stack))
    if uniform < row.share { goAway(person) } else { scheduleAbsence(of: person) }
  }

  /// Names a spell for draws: who begins anew on day 0 has luck of their own.
  private func spell(of person: Int) -> Int64 {
    Int64(stack) << 32 | Int64(absences.states[person].spells)
  }

  private mutating func scheduleAbsence(of person: Int) {
    let row = absenceRow(person)
    let uniform = random.uniform(
      row.streams.between, ordinal: UInt32(people[person].position) + 1,
      visit: spell(of: person))
    let time = min(-row.between * naturalLogarithm(1 - uniform), Double(longestTime))
    scheduleChange(of: person, after: max(1, roundedToInteger(time)))
  }

  private mutating func scheduleChange(of person: Int, after time: Int64) {
    absences.states[person].stamp = newStamp()
    schedule(
      .absence, Int32(person), stamp: absences.states[person].stamp,
      at: calendars[Int(people[person].calendar)].instant(after: time, from: now), .changePhase)
  }

  /// An absence begins or ends.
  mutating func changeAbsence(_ person: Int32, stamp: UInt32) {
    let index = Int(person)
    guard absences.states[index].stamp == stamp else { return }
    if isAway(index) {
      comeBack(index)
      scheduleAbsence(of: index)
    } else {
      goAway(index)
    }
  }

  /// Where a person works at present: their own place, or that of a help in another team.
  private func place(of person: Int) -> Int {
    guard responses.isOn, responses.people[person].isLent else { return person }
    for reserve in 0..<responses.reserves.count
    where Int(responses.people[Int(responses.reserves[reserve])].lender) == person {
      return Int(responses.reserves[reserve])
    }
    return person
  }

  private func isAway(_ person: Int) -> Bool { people[place(of: person)].isAway }

  private mutating func goAway(_ person: Int) {
    let row = absenceRow(person)
    let place = place(of: person)
    absences.states[person].spells &+= 1
    absences.states[person].bookedUntil = now
    note(.absence, caseSlot: -1)
    handOver(place)
    people[place].isAway = true
    updateFree(place)
    let length = microseconds(
      row.lasts,
      random.uniform(
        row.streams.lasts, ordinal: UInt32(people[person].position) + 1,
        visit: spell(of: person)))
    scheduleChange(of: person, after: max(1, length))
    serve(team: Int(people[place].team))
  }

  private mutating func comeBack(_ person: Int) {
    let place = place(of: person)
    bookAbsence(of: person)
    people[place].isAway = false
    updateFree(place)
    serve(team: Int(people[place].team))
  }

  // MARK: Books

  /// Books what absences have taken until now: before every sample, and before anything of it changes.
  mutating func bookAbsences() {
    for person in 0..<people.count where absences.states[person].stamp > 0 && isAway(person) {
      bookAbsence(of: person)
    }
  }

  /// Books an absence until now: content that is lost, and what is paid.
  mutating func bookAbsence(of person: Int) {
    let place = place(of: person)
    let from = max(0, absences.states[person].bookedUntil)
    absences.states[person].bookedUntil = now
    guard from < now else { return }
    let calendar = Int(people[place].calendar)
    let lost = calendars[calendar].workTime(from: from, to: now)
    absences.lost[Int(people[place].team)] &+= roundedToInteger(
      Double(lost) * people[place].speed)
    let time = calendars[calendar].workTime(from: from, to: max(from, min(now, countingEnd)))
    guard time > 0 else { return }
    let cost = Double(time) * people[place].costPerMicrosecond * absenceRow(person).paid
    ledger[MechanismEvent.absence.rawValue].time &+= time
    ledger[MechanismEvent.absence.rawValue].cost &+= roundedToInteger(cost)
    if cost > 0 { chargeBesideCases(.staffing, cost: cost, cameUp: from) }
  }
}
