internal import EventEngine
internal import Statistics

// Cases from arrival to completion, and what each costs. Accounts are kept per case and added to the
// record of its arrival cohort when it is done, or at the end of the run.

/// Columns of a case's account: the cost components, then the kinds of human time and counts.
enum AccountColumn {
  static let taskTime = CostComponent.allCases.count
  static let reviewTime = taskTime + 1
  static let exceptionTime = taskTime + 2
  static let tickets = taskTime + 3
  static let count = taskTime + 4
}

extension Replication {
  /// A case arrives.
  mutating func admitCase() {
    let slot = cases.take()
    if cases.liveCount > model.limits.liveCases {
      failure = .tooManyLiveCases(limit: model.limits.liveCases, at: now)
    }
    accounts.clear(row: slot)
    visits.clear(row: slot)
    cases[slot].arrival = now
    cases[slot].ordinal = nextOrdinal
    cases[slot].openParts = 1
    nextOrdinal &+= 1
    if now >= 0, now < countingEnd, casesToCount > 0 {
      // A case-limited run may last longer than expected: its last cohort takes the rest.
      let cohort = min(
        Int32(clamping: now / model.timeline.cohortLength), Int32(record.cohorts.count - 1))
      cases[slot].cohort = cohort
      record.cohorts[Int(cohort)].arrived += 1
      linkCounted(slot)
      casesToCount &-= 1
      if casesToCount == 0 { endCounting() }
    }
    observer.caseChanged(.arrived, ordinal: cases[slot].ordinal, at: now)
    start(caseSlot: slot)
  }

  /// Charges human work to a case.
  mutating func charge(
    _ caseSlot: Int32, _ component: CostComponent, time: Int64, at costPerMicrosecond: Double
  ) {
    let column =
      switch component {
      case .review: AccountColumn.reviewTime
      case .exceptions: AccountColumn.exceptionTime
      default: AccountColumn.taskTime
      }
    accounts[caseSlot, column] &+= time
    charge(caseSlot, component, Double(time) * costPerMicrosecond)
  }

  /// Charges an amount, in millionths of the currency unit; after the horizon it is work owed.
  mutating func charge(_ caseSlot: Int32, _ component: CostComponent, _ amount: Double) {
    let column = now <= countingEnd ? component : .owed
    let rounded = Int64(amount.rounded())
    accounts[caseSlot, column.rawValue] &+= rounded
    if cases[caseSlot].cohort >= 0 { record.totalCost &+= rounded }
  }

  /// The process of a case is done.
  mutating func complete(caseSlot: Int32) {
    cases[caseSlot].isDone = true
    let state = cases[caseSlot]
    observer.caseChanged(.completed, ordinal: state.ordinal, at: now)
    if now >= 0, now < countingEnd, casesToCount > 0 { record.completedWhileCounting += 1 }
    if state.cohort >= 0 {
      let time = now - state.arrival
      let cohort = Int(state.cohort)
      record.cohorts[cohort].restrictedTime += Int128(min(time, model.timeline.followUp))
      if time <= model.timeline.followUp {
        record.cohorts[cohort].completed += 1
        if state.errors == 0 { record.cohorts[cohort].completedRight += 1 }
        record.completionTimes[cohort / cohortsPerGroup].add(time)
      }
      unlinkCounted(caseSlot)
    }
    closePart(of: caseSlot)
    endRunIfSettled()
  }

  /// A part of a case is over: its process, or a ticket nobody waits for.
  mutating func closePart(of caseSlot: Int32) {
    cases[caseSlot].openParts &-= 1
    if cases[caseSlot].openParts == 0 {
      addAccountToRecord(caseSlot)
      cases.free(caseSlot)
    }
  }

  private mutating func addAccountToRecord(_ caseSlot: Int32) {
    let cohort = Int(cases[caseSlot].cohort)
    guard cohort >= 0 else { return }
    for component in CostComponent.allCases {
      record.cohorts[cohort].cost[component.rawValue] += accounts[caseSlot, component.rawValue]
    }
    record.cohorts[cohort].taskTime += accounts[caseSlot, AccountColumn.taskTime]
    record.cohorts[cohort].reviewTime += accounts[caseSlot, AccountColumn.reviewTime]
    record.cohorts[cohort].exceptionTime += accounts[caseSlot, AccountColumn.exceptionTime]
    record.cohorts[cohort].tickets += Int(accounts[caseSlot, AccountColumn.tickets])
  }

  // MARK: Counted cases in progress

  private mutating func linkCounted(_ slot: Int32) {
    cases[slot].next = firstCounted
    if firstCounted >= 0 { cases[firstCounted].previous = slot }
    firstCounted = slot
    countedInside += 1
  }

  private mutating func unlinkCounted(_ slot: Int32) {
    let state = cases[slot]
    if state.previous >= 0 {
      cases[state.previous].next = state.next
    } else {
      firstCounted = state.next
    }
    if state.next >= 0 { cases[state.next].previous = state.previous }
    countedInside -= 1
  }

  /// Ends the run when every counted case is done and every sample taken: nothing more would count.
  mutating func endRunIfSettled() {
    guard countedInside == 0 else { return }
    if model.timeline.caseLimit != nil {
      hasEnded = casesToCount == 0
    } else if now >= model.timeline.horizon, samplesTaken == model.timeline.sampledDays {
      hasEnded = true
    }
  }

  /// At the end of the run: cases still inside are unfinished at their cap, and what they still need is
  /// owed.
  mutating func settleUnfinishedCases() {
    var slot = firstCounted
    while slot >= 0 {
      let state = cases[slot]
      record.cohorts[Int(state.cohort)].restrictedTime += Int128(model.timeline.followUp)
      slot = state.next
    }
    oweOutstandingWork()
    for slot in 0..<Int32(cases.highWater) where cases[slot].openParts > 0 {
      addAccountToRecord(slot)
    }
  }
}
