internal import EventEngine

// Mechanism *cost*: what the end of a case costs beside its work. A case that is done after its due time
// costs a penalty, every day that it takes costs something, and one that is completed with an error
// nobody noticed brings a loss. Brief rows 131, 174, 191. Charged when the case is done, given up, or
// still open at the end of the run; nothing is drawn.

/// What the end of a case costs, on the hot path.
struct CaseCostRow: BitwiseCopyable {
  var isOn = false
  /// Working or calendar time to completion after which it is late, in microseconds; 0 for never.
  var dueTime: Int64 = 0
  /// −1 for calendar time.
  var dueCalendar: Int32 = -1
  var latePrice = 0.0
  var freeTime: Int64 = 0
  var costPerMicrosecond = 0.0
  var wrongPrice = 0.0

  init(_ model: CostModel?) {
    guard let model else { return }
    if let late = model.late, late.price > 0 {
      dueTime = late.due.time
      dueCalendar = Int32(late.due.calendar ?? -1)
      latePrice = late.price
    }
    if let delay = model.delay {
      freeTime = delay.after
      costPerMicrosecond = delay.perDay / 86_400e6
    }
    wrongPrice = model.wrongCase
    isOn = latePrice > 0 || costPerMicrosecond > 0 || wrongPrice > 0
  }
}

extension Replication {
  /// Charges what the end of a counted case costs.
  ///
  /// Time counts as in the time to completion: until the case is done, but no longer than the follow-up; a
  /// case that is given up or never done counts the whole follow-up, where there is an end to it.
  mutating func chargeEnd(of caseSlot: Int32) {
    let state = cases[caseSlot]
    let isCompleted = state.isDone && !state.isAbandoned
    let passed = isCompleted || followUp == Timeline.endless ? now &- state.arrival : Int64.max
    let time = min(passed, followUp)
    let isDoneInTime = isCompleted && time == passed
    if caseCosts.dueTime > 0, isLate(state, after: time) {
      note(.caseLate, caseSlot: caseSlot, cost: caseCosts.latePrice)
      charge(caseSlot, .penalties, caseCosts.latePrice)
    }
    if caseCosts.costPerMicrosecond > 0, time > caseCosts.freeTime {
      let cost = Double(time &- caseCosts.freeTime) * caseCosts.costPerMicrosecond
      note(.caseDelayed, caseSlot: caseSlot, cost: cost)
      charge(caseSlot, .penalties, cost)
    }
    if caseCosts.wrongPrice > 0, isDoneInTime, state.errors > 0 {
      note(.caseWrong, caseSlot: caseSlot, cost: caseCosts.wrongPrice)
      charge(caseSlot, .loss, caseCosts.wrongPrice)
    }
  }

  private func isLate(_ state: CaseState, after time: Int64) -> Bool {
    // What is given up is never done.
    if state.isAbandoned { return true }
    let due =
      caseCosts.dueCalendar < 0
      ? state.arrival &+ caseCosts.dueTime
      : calendars[Int(caseCosts.dueCalendar)].instant(after: caseCosts.dueTime, from: state.arrival)
    return due < state.arrival &+ time
  }
}
