internal import EventEngine

// What an observer that traces cases is told. Callers ask `Observer.tracesCases` first, so that nothing of
// this is in an engine that was compiled for an observer that does not.

extension Replication {
  /// Tells that something happens to a case.
  mutating func trace(_ caseSlot: Int32, _ step: CaseStep) {
    observer.traced(step, ordinal: cases[caseSlot].ordinal, at: now)
  }

  /// Tells of a state of a piece of work, which is led by another in a batch.
  mutating func traceWork(_ item: Int32, lead: Int32, _ state: ObservedState?) {
    let work = items[item]
    guard work.caseSlot >= 0 else { return }
    let station = Int(work.station)
    let person = items[lead].person
    var step = WorkStep(
      item: item, kind: observed(work.kind), source: work.source, station: work.station,
      person: person >= 0 && state != .waiting && state != .forming
        ? people[Int(person)].position : -1,
      attempt: work.kind == .run && work.token >= 0 ? tokens[work.token].attempt : 0,
      state: state,
      waiting: stations[station].waitingTickets &+ stations[station].waitingTasks,
      isDown: false, application: -1)
    if hasApplications, work.use == .blocked {
      let use = uses[lead, 0]
      step.isDown = use.unit >= 0 && units[Int(use.unit)].isDown
      if use.touch < use.end {
        step.application = touchTable.touches[Int(use.touch)].application
        step.isDown = step.isDown || units[Int(step.application)].isDown
      }
    }
    trace(work.caseSlot, .work(step))
  }

  /// Tells what a counted case is charged; after the horizon it is work owed.
  mutating func traceCharge(_ caseSlot: Int32, _ component: CostComponent, _ cost: Int64) {
    trace(caseSlot, .charged(now <= countingEnd ? component : .owed, cost))
  }

  /// Tells how a ticket was answered.
  mutating func traceAnswer(_ work: WorkItem, _ outcome: TicketNote.Outcome) {
    let answer: CaseStep.Answer =
      switch outcome {
      case .approved: .approved
      case .modified: .changed
      case .rejected: .rejected
      }
    trace(work.caseSlot, .answered(guardrail: work.source, answer))
  }

  /// Tells that a token begins to wait for an event or for time at its element, or no longer does.
  mutating func traceWait(of token: Int32, began: Bool) {
    let element = tokens[token].node
    trace(
      tokens[token].caseSlot,
      began ? .waitBegan(element: element) : .waitEnded(element: element))
  }

  /// Tells that a token rests.
  mutating func tracePause(of token: Int32, _ time: Int64) {
    trace(tokens[token].caseSlot, .paused(element: tokens[token].node, time: time))
  }
}
