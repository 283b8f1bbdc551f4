internal import EventEngine

// Mechanism *coordination*, what nobody notices at once: something is carried out in part, or twice because
// an attempt that failed had its effect all the same. Until somebody has put it right the case is not done
// right. It comes to light after a delay, or at once where something watches. Brief row 88.

extension Replication {
  /// Something went wrong that nobody notices at once.
  mutating func failSilently(
    _ token: Int32, _ event: MechanismEvent, _ work: ErrandWorkRow, _ streams: HandOverStreams,
    attempt: Int32
  ) {
    let caseSlot = tokens[token].caseSlot
    let isDouble = event == .doubleEffect
    cases[caseSlot].errors &+= 1
    note(event, caseSlot: caseSlot)
    guard work.errand >= 0 else { return }
    let content = microseconds(
      work.time,
      draw(isDouble ? streams.doubleTime : streams.partialTime, for: token, attempt: attempt))
    let monitor = orchestration.monitors[Int(tokens[token].stack)]
    let seen = isDouble ? streams.seenDouble : streams.seenPartial
    if monitor.isOn, happens(monitor.detects, seen, token, attempt: attempt) {
      note(.alert, caseSlot: caseSlot)
      let stream = isDouble ? streams.alertTimeDouble : streams.alertTimePartial
      giveErrand(
        monitor.alert.errand, caseSlot: caseSlot,
        content: microseconds(monitor.alert.time, draw(stream, for: token, attempt: attempt)))
      giveErrand(work.errand, caseSlot: caseSlot, content: content)
      return
    }
    let row = orchestration.coordination[Int(tokens[token].stack)]
    let stream = isDouble ? streams.doubleDetection : streams.partialDetection
    let delay = microseconds(row.detection, draw(stream, for: token, attempt: attempt))
    let slot = orchestration.later.take()
    orchestration.later[slot] = LaterErrand(
      errand: work.errand, caseSlot: caseSlot, content: content)
    // The case stays open for what is still to come to light.
    cases[caseSlot].openParts &+= 1
    schedule(.laterErrand, slot, at: now &+ delay, .endDelay)
  }

  /// What went wrong has come to light.
  mutating func giveLaterErrand(_ slot: Int32) {
    let errand = orchestration.later[slot]
    orchestration.later[slot].caseSlot = -1
    orchestration.later.free(slot)
    giveErrand(errand.errand, caseSlot: errand.caseSlot, content: errand.content)
    cases[errand.caseSlot].openParts &-= 1
  }

  /// Somebody has put right what went wrong in a case.
  mutating func reconcile(_ caseSlot: Int32) {
    guard caseSlot >= 0, !cases[caseSlot].isDone else { return }
    cases[caseSlot].errors = max(0, cases[caseSlot].errors &- 1)
  }

  /// What has not come to light at the end of the run is owed.
  mutating func oweLaterErrands() {
    for slot in 0..<Int32(orchestration.later.highWater) {
      let errand = orchestration.later[slot]
      guard errand.caseSlot >= 0, cases[errand.caseSlot].cohort >= 0 else { continue }
      oweLater(errand.errand, caseSlot: errand.caseSlot, content: errand.content)
    }
  }

  /// Owes an errand of a case that has not been given yet.
  mutating func oweLater(_ errand: Int32, caseSlot: Int32, content: Int64) {
    let team = Int(errandTable[Int(errand)].team)
    let first = staff.firstPerson[team]
    let isStaffed = first < staff.firstPerson[team + 1]
    let rate = isStaffed ? people[Int(first)].costPerMicrosecond : 0
    owe(
      caseSlot, cost: Double(content) * rate, time: Double(content), in: AccountColumn.errandTime)
  }
}
