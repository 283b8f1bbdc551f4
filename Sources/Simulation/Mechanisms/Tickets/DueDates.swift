internal import EventEngine

// Mechanism *due dates*: a ticket that is answered after its due date is late, and so is one that still
// waits then. A due date is a time from the ticket's coming into the queue, so it is worked out when the
// ticket is answered, or when the run ends. Lateness counts in the week in which the due date falls.

/// A due date on the hot path.
struct DueRow: BitwiseCopyable {
  /// In microseconds; 0 for none.
  var time: Int64 = 0
  /// −1 for calendar time.
  var calendar: Int32 = -1
  /// Whether the scenario states it for a guardrail or team; else it is the report's own measure.
  var isStated = false

  init(_ model: DueModel?, isStated: Bool) {
    guard let model else { return }
    time = model.time
    calendar = Int32(model.calendar ?? -1)
    self.isStated = isStated
  }
}

/// Tickets due and late in one week.
struct ServiceTally: BitwiseCopyable {
  var due: Int32 = 0
  var late: Int32 = 0
}

extension Replication {
  private func dueRow(of work: WorkItem) -> DueRow {
    if work.kind == .ticket {
      let own = dueOfGuardrails[ticketIndex(work.stack, work.source)]
      if own.time > 0 { return own }
    }
    let team = dueOfTeams[Int(work.stack) * teamCount + Int(work.station)]
    return team.time > 0 ? team : serviceLevel
  }

  private func dueDate(of work: WorkItem, _ due: DueRow) -> Int64 {
    due.calendar < 0
      ? work.queued &+ due.time
      : calendars[Int(due.calendar)].instant(after: due.time, from: work.queued)
  }

  /// Counts a ticket that leaves its queue for good.
  ///
  /// - Parameter isAnswered: whether it was; what is withdrawn in time was never due.
  /// - Returns: the price of its being late, in millionths of the currency unit.
  mutating func countDue(_ work: WorkItem, isAnswered: Bool = true) -> Double {
    guard isTicket(work.kind, source: work.source) else { return 0 }
    let due = dueRow(of: work)
    guard due.time > 0 else { return 0 }
    let date = dueDate(of: work, due)
    let isLate = date < now
    guard isAnswered || isLate else { return 0 }
    let week = date / cohortLength
    if date >= 0, week < Int64(serviceWeeks) {
      let index = Int(work.station) * serviceWeeks + Int(week)
      serviceTallies[index].due &+= 1
      if isLate { serviceTallies[index].late &+= 1 }
    }
    guard isLate, due.isStated, work.caseSlot >= 0 else { return 0 }
    let penalty =
      work.kind == .ticket ? ticketTable[ticketIndex(work.stack, work.source)].penalty : 0
    note(.ticketLate, caseSlot: work.caseSlot, cost: penalty)
    return penalty
  }

  /// Writes what was counted into the record.
  mutating func writeService() {
    guard serviceTallies.count > 0 else { return }
    let tallies = serviceTallies.values
    let weeks = min(Int64(serviceWeeks), max(0, now) / cohortLength + 1)
    for team in 0..<teamCount {
      let own = tallies[(team * serviceWeeks)..<(team * serviceWeeks + Int(weeks))]
      record.teams[team].ticketsDue = own.map(\.due)
      record.teams[team].ticketsLate = own.map(\.late)
    }
  }
}

/// Weeks after the horizon in which the report on service may be confirmed.
public let serviceConfirmationWeeks = 8
