internal import EventEngine

extension Replication {
  /// Handles events in order until the run has ended.
  mutating func run(_ control: RunControl? = nil) throws(SimulationError) {
    var watch = RunWatch(control)
    applyStaffing()
    if hasApplications {
      fillBuckets(unlessAsInStack: nil)
      applyOutages()
    }
    if runnerHours.count > 0 { applyRunnerHours() }
    scheduleShiftChanges()
    if !model.given.isEmpty { admitGivenCases() }
    scheduleNextArrival()
    startMechanisms()
    if model.runInStack != nil { schedule(.changePhase, at: 0, .changePhase) }
    scheduleNextSample()
    if model.timeline.caseLimit == nil {
      schedule(.endRun, at: model.timeline.horizon + model.timeline.followUp, .endRun)
    }
    while !hasEnded, !events.isEmpty {
      if record.eventCount == watch.nextCheck { try checkControl(&watch) }
      let event = events.popNext()
      if event.time != now {
        now = event.time
        movesAtInstant = 0
      }
      record.eventCount &+= 1
      handle(event.payload)
      if !moves.isEmpty { makeMoves() }
      if hasInclusiveJoins { settleInclusiveJoins() }
      if let failure { throw failure }
    }
    watch.report(1)
    takeOutstandingSamples()
    countStuckCases()
    settleUnfinishedCases()
    writeService()
    if hasApplications {
      closeApplicationBooks()
      oweRepairs()
    }
    if responses.isOn { payHires() }
    if absences.isOn { bookAbsences() }
    writeTimeBesideCases()
    writeRollout()
    record.work = workDone.values
    record.automationRuns = automationRuns.values
    record.automationFailures = automationFailures.values
    record.ledger = ledger.values
    observer.ended(
      at: now,
      casesInside: (0..<Int32(cases.highWater)).reduce(0) {
        $0 + (cases[$1].openParts > 0 && !cases[$1].isDone ? 1 : 0)
      })
  }

  mutating func handle(_ payload: UInt64) {
    let subject = Int32(truncatingIfNeeded: payload)
    let stamp = UInt32(truncatingIfNeeded: payload >> 32) & 0xFF_FFFF
    switch eventKind(payload) {
    case .finish: finishWork(subject, stamp: stamp)
    case .resumeToken: resumeAfterDelay(subject, stamp: stamp)
    case .occur: occur(subject, stamp: stamp)
    case .arrival: admitCandidate()
    case .shiftChange: changeShift(calendar: Int(subject))
    case .releaseBatch: releaseBatch(former: subject, stamp: stamp)
    case .patience: losePatience(subject, stamp: stamp)
    case .expedite: expedite(subject, stamp: stamp)
    case .failure: fail(unit: Int(subject))
    case .repaired: completeRepair(unit: Int(subject))
    case .maintenance: changeMaintenance(of: subject, stamp: stamp)
    case .wakeApplication: wakeApplication(subject, stamp: stamp)
    case .sample:
      takeSample()
      scheduleNextSample()
    case .changePhase: changePhase()
    case .tick: tick(subject, stamp: stamp)
    case .reopen: reopen(subject)
    case .laterErrand: giveLaterErrand(subject)
    case .timeLimit: endWaiting(subject, stamp: stamp)
    case .laterStart: startLater(subject)
    case .incident: comeToLight(subject)
    case .absence: changeAbsence(subject, stamp: stamp)
    case .endRun: hasEnded = true
    }
  }

  /// Day 0: the stack that is tried takes over; work in progress goes on.
  private mutating func changePhase() {
    let changesTeams = model.runInStack.map { !model.stack.hasSameTeams(as: $0) } ?? false
    if changesTeams { settleAllProgress() }
    stack = 1
    noteWorkBefore()
    applyStaffing()
    if changesTeams { rescheduleAllFinishes() }
    if hasApplications {
      fillBuckets(unlessAsInStack: 0)
      applyOutages()
      admitAll()
    }
    if runnerHours.count > 0 { applyRunnerHours() }
    startRollout()
    scheduleCare()
    scheduleOtherLoad()
    startOversight()
    scheduleLedgerReviews()
    scheduleDrifts()
    scheduleAttacks()
    startAdoption()
    startAbsences()
    for team in 0..<teamCount { serve(team: team) }
    for automation in 0..<automationCount { serveMachines(station: teamCount + automation) }
    serveMachines(station: stationCount - 1)
  }
}
