internal import EventEngine

// A limit on how fast cases begin: what comes beyond waits before the process, first come, first served, or
// is turned away (generic cell rate algorithm, ITU-T I.371, in working time).

extension Replication {
  /// A case enters the process, unless it has to wait for that or is turned away.
  @inline(__always)
  mutating func enter(_ caseSlot: Int32) {
    if responses.limitsIntake, isKeptOut(caseSlot) { return }
    start(caseSlot: caseSlot)
  }

  private mutating func isKeptOut(_ caseSlot: Int32) -> Bool {
    let number = responses.intakeRule
    guard number >= 0, let response = model.stack.response,
      case .intake(let intake) = response.rules[Int(number)].action
    else { return false }
    let calendar = model.calendars[response.calendar]
    let today = calendar.workTime(at: now)
    let turn = max(responses.nextTurn, today)
    let start = turn &- (intake.burst - 1) &* intake.interval
    guard start > today else {
      responses.nextTurn = turn &+ intake.interval
      return false
    }
    if intake.turnsAway {
      note(.caseTurnedAway, caseSlot: caseSlot, cost: intake.loss)
      charge(caseSlot, .loss, intake.loss)
      cases[caseSlot].isAbandoned = true
      complete(caseSlot: caseSlot)
      return true
    }
    note(.caseKeptWaiting, caseSlot: caseSlot)
    responses.nextTurn = turn &+ intake.interval
    responses.intake[caseSlot, 0] = IntakeCase(isWaiting: true, next: -1, turn: start)
    if responses.lastWaiting >= 0 {
      responses.intake[responses.lastWaiting, 0].next = caseSlot
    } else {
      responses.firstWaiting = caseSlot
      scheduleTurn(response)
    }
    responses.lastWaiting = caseSlot
    return true
  }

  private mutating func scheduleTurn(_ response: ResponseModel) {
    let turn = responses.intake[responses.firstWaiting, 0].turn
    responses.intakeStamp = newStamp()
    schedule(
      .intakeTurn, stamp: responses.intakeStamp,
      at: max(now, model.calendars[response.calendar].instant(atWork: turn)))
  }

  /// The turn of the case has come that has waited longest.
  mutating func takeTurn(stamp: UInt32) {
    guard stamp == responses.intakeStamp, responses.firstWaiting >= 0,
      let response = model.stack.response
    else { return }
    startFirstWaiting()
    if responses.firstWaiting >= 0 { scheduleTurn(response) }
  }

  private mutating func startFirstWaiting() {
    let caseSlot = responses.firstWaiting
    responses.firstWaiting = responses.intake[caseSlot, 0].next
    if responses.firstWaiting < 0 { responses.lastWaiting = -1 }
    responses.intake[caseSlot, 0] = IntakeCase()
    start(caseSlot: caseSlot)
  }

  /// A limit begins; the last one that does counts.
  mutating func limitIntake(rule: Int32) {
    if responses.intakeRule >= 0 { openIntake() }
    responses.intakeRule = rule
  }

  /// A limit ends.
  mutating func endIntakeLimit(rule: Int32) {
    if responses.intakeRule == rule { openIntake() }
  }

  /// All cases that wait enter the process.
  private mutating func openIntake() {
    responses.intakeRule = -1
    responses.nextTurn = .min
    responses.intakeStamp = 0
    while responses.firstWaiting >= 0 { startFirstWaiting() }
  }

  /// Whether a case waits before the process, so that no token of it is anywhere.
  func waitsForIntake(_ caseSlot: Int32) -> Bool { responses.intake[caseSlot, 0].isWaiting }

  /// What cases need that wait before the process at the end of the run.
  mutating func oweWaitingIntake(_ expected: ExpectedRemainder) {
    var caseSlot = responses.firstWaiting
    while caseSlot >= 0 {
      if cases[caseSlot].cohort >= 0 { oweWholeCase(caseSlot, expected) }
      caseSlot = responses.intake[caseSlot, 0].next
    }
  }
}
