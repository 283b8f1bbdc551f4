internal import EventEngine
internal import Statistics

// Mechanism *fatigue*: load changes what a review takes and finds, and beyond a threshold people approve
// without looking. It acts on each review when it is begun. Brief row 65.

/// How load changes the reviews of a team, under one stack.
struct FatigueRow: BitwiseCopyable {
  var isOn = false
  /// Time constant in microseconds of working time where load is the share of time at work; 0 where
  /// it is what waits per person.
  var over: Int64 = 0
  var from = 0.0
  var full = 1.0
  var missed = 0.0
  var slower = 0.0
  var waved = 0.0
  var stampBeyond = Double.infinity
  var stampTime: Int64 = 0
  var stampCatches = 0.0

  init(_ model: FatigueModel?) {
    guard let model else { return }
    isOn = true
    if case .busy(let time) = model.measure { over = time }
    from = model.from
    full = model.full
    missed = model.missed
    slower = model.slower
    waved = model.waved
    stampBeyond = model.rubberStamp?.beyond ?? .infinity
    stampTime = model.rubberStamp?.time ?? 0
    stampCatches = model.rubberStamp?.catches ?? 0
  }

  /// Share of the whole effect at a load.
  func effect(at load: Double) -> Double { min(1, max(0, (load - from) / (full - from))) }
}

/// How busy somebody was of late.
struct BusyState: BitwiseCopyable {
  /// Share of working time at work, exponentially weighted.
  var share = 0.0
  /// When that was.
  var since: Int64 = 0
}

extension Replication {
  /// Brings the share of time at work of a person up to now, before what is in hand changes.
  mutating func noteBusy(_ person: Int32) {
    let index = Int(person)
    let state = people[index]
    let row = fatigueTable[Int(stack) * teamCount + Int(state.team)]
    let since = busyStates[index].since
    busyStates[index].since = now
    guard row.over > 0, since < now else { return }
    let time = calendars[Int(state.calendar)].workTime(from: since, to: now)
    guard time > 0 else { return }
    let rest = exponential(-Double(time) / Double(row.over))
    busyStates[index].share = busyStates[index].share * rest + (state.load > 0 ? 1 - rest : 0)
  }

  /// A person takes up a piece of work: load acts on a review that nobody has begun before.
  mutating func tire(_ item: Int32, by person: Int32) {
    noteBusy(person)
    guard items[item].kind == .ticket, items[item].firstStart < 0, items[item].spentTime == 0 else {
      return
    }
    let team = Int(items[item].station)
    let row = fatigueTable[Int(stack) * teamCount + team]
    guard row.isOn else { return }
    let staffed = max(1, staff.present[team])
    let waiting = Double(stations[team].waitingTickets) / Double(staffed)
    let load = row.over > 0 ? busyStates[Int(person)].share : waiting
    let effect = row.effect(at: load)
    let isStamped = waiting > row.stampBeyond
    guard effect > 0 || isStamped else { return }
    var content = items[item].content
    var member = item
    while member >= 0 {
      let own = items[member].ownContent
      let changed =
        isStamped
        ? min(own, row.stampTime) : roundedToInteger(Double(own) * (1 + row.slower * effect))
      items[member].ownContent = changed
      content += changed - own
      if isStamped {
        stamp(member, row)
      } else {
        weary(member, row, effect)
      }
      member = items[member].nextInBatch
    }
    items[item].content = max(0, content)
  }

  private mutating func stamp(_ item: Int32, _ row: FatigueRow) {
    note(.reviewStamped, caseSlot: items[item].caseSlot)
    if ticketNotes[item, 0].outcome != .approved {
      note(.wronglyApproved, caseSlot: items[item].caseSlot)
    }
    ticketNotes[item, 0].outcome = .approved
    ticketNotes[item, 0].isStamped = true
    ticketNotes[item, 0].catches = row.stampCatches
  }

  private mutating func weary(_ item: Int32, _ row: FatigueRow, _ effect: Double) {
    let work = items[item]
    note(.reviewTired, caseSlot: work.caseSlot)
    ticketNotes[item, 0].catches *= 1 - row.missed * effect
    guard row.waved > 0, ticketNotes[item, 0].outcome != .approved else { return }
    let ticket = ticketTable[ticketIndex(work.stack, work.source)]
    let uniform = random.uniform(
      ticket.streams.waved, ordinal: cases[work.caseSlot].ordinal, visit: work.visit,
      attempt: ticketAttempt(work.station, ticketNotes[item, 0]))
    if uniform < row.waved * effect {
      ticketNotes[item, 0].outcome = .approved
      note(.wronglyApproved, caseSlot: work.caseSlot)
    }
  }
}
