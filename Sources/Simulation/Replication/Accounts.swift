internal import EventEngine
internal import Statistics

// Cases from arrival to completion, and what they cost. All cases of an arrival cohort have one account;
// cases that are not counted have none.

/// Columns of an account: the cost components, then the kinds of human time and counts.
enum AccountColumn {
  static let taskTime = CostComponent.owed.rawValue + 1
  static let reviewTime = taskTime + 1
  static let exceptionTime = taskTime + 2
  static let errandTime = taskTime + 3
  static let tickets = taskTime + 4
  static let count = taskTime + 5
}

/// What is summed up for an arrival cohort while cases come to their ends.
struct CohortTally: BitwiseCopyable {
  var arrived = 0
  var completed = 0
  var abandoned = 0
  var completedRight = 0
  var restrictedTime: Int128 = 0
  var timeBesideCases: Int64 = 0
  var costBesideCases: Int64 = 0
}

extension Replication {
  /// A case arrives.
  mutating func admitCase() {
    let slot = cases.take()
    if cases.liveCount > liveCaseLimit {
      failure = .tooManyLiveCases(limit: liveCaseLimit, at: now)
    }
    visits.clear(row: slot)
    cases[slot].arrival = now
    cases[slot].ordinal = nextOrdinal
    cases[slot].openParts = 1
    if attributes.count > 0 { drawAttributes(of: slot) }
    nextOrdinal &+= 1
    if now >= 0, now < countingEnd, casesToCount > 0 {
      if now >= cohortEnd { beginCohort() }
      cases[slot].cohort = cohort
      cohortTallies[Int(cohort)].arrived &+= 1
      countedInside += 1
      casesToCount &-= 1
      if casesToCount == 0 { endCounting() }
    }
    if Observer.isObserving {
      observer.caseChanged(.arrived, ordinal: cases[slot].ordinal, at: now)
    }
    if orchestration.isOn { welcome(slot) }
    if rollout.isOn { rollout.cases.clear(row: slot) }
    if risk.isOn { risk.cases.clear(row: slot) }
    if adoption.isOn { adoption.cases.clear(row: slot) }
    if responses.limitsIntake { responses.intake.clear(row: slot) }
    if hasStormControl, holdBack(slot) { return }
    enter(slot)
  }

  /// Finds the cohort of the cases that arrive now.
  private mutating func beginCohort() {
    // A case-limited run may last longer than expected: its last cohort takes the rest.
    cohort = min(Int32(clamping: now / cohortLength), lastCohort)
    cohortEnd = cohort == lastCohort ? .max : (Int64(cohort) + 1) * cohortLength
  }

  /// Charges human work to a case.
  @inline(__always)
  mutating func charge(
    _ caseSlot: Int32, _ component: CostComponent, time: Int64, at costPerMicrosecond: Double
  ) {
    charge(
      caseSlot, component, time: time, cost: roundedToInteger(Double(time) * costPerMicrosecond))
  }

  /// Charges human work to a case at its cost, in millionths of the currency unit.
  @inline(__always)
  mutating func charge(
    _ caseSlot: Int32, _ component: CostComponent, time: Int64, cost: Int64
  ) {
    let column =
      switch component {
      case .review: AccountColumn.reviewTime
      case .exceptions: AccountColumn.exceptionTime
      case .tasks: AccountColumn.taskTime
      default: AccountColumn.errandTime
      }
    if rollout.tracksCost { rollout.cases[caseSlot, 0].cost += Double(cost) }
    let cohort = cases[caseSlot].cohort
    guard cohort >= 0 else { return }
    cohortAccounts[cohort, column] &+= time
    if Observer.tracesCases { traceCharge(caseSlot, component, cost) }
    charge(cohort: cohort, component, cost)
  }

  /// Charges an amount, in millionths of the currency unit; after the horizon it is work owed.
  @inline(__always)
  mutating func charge(_ caseSlot: Int32, _ component: CostComponent, _ amount: Double) {
    if rollout.tracksCost { rollout.cases[caseSlot, 0].cost += amount }
    let cohort = cases[caseSlot].cohort
    if cohort >= 0 {
      let cost: Int64 = roundedToInteger(amount)
      if Observer.tracesCases { traceCharge(caseSlot, component, cost) }
      charge(cohort: cohort, component, cost)
    }
  }

  @inline(__always)
  private mutating func charge(cohort: Int32, _ component: CostComponent, _ cost: Int64) {
    let column = now <= countingEnd ? component : .owed
    cohortAccounts[cohort, column.rawValue] &+= cost
    record.totalCost &+= cost
  }

  /// The process of a case is done.
  @inline(__always)
  mutating func complete(caseSlot: Int32) {
    cases[caseSlot].isDone = true
    let isAbandoned = cases[caseSlot].isAbandoned
    if hasStormControl { releaseAbsorbed(by: caseSlot) }
    if rollout.isOn { measureClosed(caseSlot) }
    if risk.tracksErrors, !isAbandoned { letErrorsEscape(caseSlot) }
    if adoption.isOn, !isAbandoned { experienceEnd(of: caseSlot) }
    if Observer.isObserving {
      observer.caseChanged(
        isAbandoned ? .abandoned : .completed, ordinal: cases[caseSlot].ordinal, at: now)
    }
    if now >= 0, now < countingEnd, casesToCount > 0, !isAbandoned {
      record.completedWhileCounting &+= 1
    }
    let cohort = Int(cases[caseSlot].cohort)
    if cohort >= 0 {
      let time = isAbandoned ? Int64.max : now &- cases[caseSlot].arrival
      if isAbandoned { cohortTallies[cohort].abandoned &+= 1 }
      cohortTallies[cohort].restrictedTime &+= Int128(min(time, followUp))
      if time <= followUp {
        cohortTallies[cohort].completed &+= 1
        if cases[caseSlot].errors == 0 { cohortTallies[cohort].completedRight &+= 1 }
        record.completionTimes[cohort / cohortsPerGroup].add(time)
      }
      if caseCosts.isOn { chargeEnd(of: caseSlot) }
      countedInside -= 1
    }
    closePart(of: caseSlot)
    if countedInside == 0 { endRunIfSettled() }
  }

  /// A part of a case is over: its process, or a ticket nobody waits for.
  @inline(__always)
  mutating func closePart(of caseSlot: Int32) {
    cases[caseSlot].openParts &-= 1
    if cases[caseSlot].openParts == 0 {
      if Observer.takesWorkDone { observer.caseClosed(slot: caseSlot) }
      cases.free(caseSlot)
    }
  }

  /// Writes what was summed up for the cohorts into the record.
  mutating func writeCohorts() {
    for index in record.cohorts.indices {
      let tally = cohortTallies[index]
      let row = Int32(index)
      record.cohorts[index].arrived = tally.arrived
      record.cohorts[index].completed = tally.completed
      record.cohorts[index].abandoned = tally.abandoned
      record.cohorts[index].completedRight = tally.completedRight
      record.cohorts[index].restrictedTime = tally.restrictedTime
      record.cohorts[index].cost = CostComponent.allCases.map { cohortAccounts[row, $0.rawValue] }
      record.cohorts[index].taskTime = cohortAccounts[row, AccountColumn.taskTime]
      record.cohorts[index].reviewTime = cohortAccounts[row, AccountColumn.reviewTime]
      record.cohorts[index].exceptionTime = cohortAccounts[row, AccountColumn.exceptionTime]
      record.cohorts[index].errandTime = cohortAccounts[row, AccountColumn.errandTime]
      record.cohorts[index].tickets = Int(cohortAccounts[row, AccountColumn.tickets])
    }
  }

  /// Writes the work and cost that belonged to no case, when all of it is known.
  mutating func writeTimeBesideCases() {
    for index in record.cohorts.indices {
      record.cohorts[index].timeBesideCases = cohortTallies[index].timeBesideCases
      record.cohorts[index].costBesideCases = cohortTallies[index].costBesideCases
    }
  }

  /// Ends the run when every counted case is done and every sample taken: nothing more would count.
  mutating func endRunIfSettled() {
    guard countedInside == 0 else { return }
    if model.timeline.caseLimit != nil {
      hasEnded = casesToCount == 0
    } else if now >= horizon, samplesTaken == model.timeline.sampledDays {
      hasEnded = true
    }
  }

  /// At the end of the run: cases still inside are unfinished at their cap, and what they still need is
  /// owed.
  mutating func settleUnfinishedCases() {
    for slot in 0..<Int32(cases.highWater)
    where cases[slot].openParts > 0 && !cases[slot].isDone && cases[slot].cohort >= 0 {
      cohortTallies[Int(cases[slot].cohort)].restrictedTime &+= Int128(followUp)
      if caseCosts.isOn { chargeEnd(of: slot) }
    }
    oweOutstandingWork()
    writeCohorts()
  }
}
