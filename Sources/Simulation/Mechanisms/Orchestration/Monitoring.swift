internal import EventEngine

// Mechanism *orchestrator*, level 1: something watches the automations and alerts people. It decides
// nothing: whether an automation that has given up tries again is decided by people, whose queue every
// alert stands in, false alarms too. What it gains is that silent failures come to light at once. Brief row 81.

extension StackModel {
  /// The errands that a monitor may give.
  var monitorErrands: [ErrandModel] {
    guard let monitor else { return [] }
    return [
      ErrandModel(
        .alert, number: 0, name: "alert", team: monitor.alert.team, isTicket: true,
        component: .coordination, event: .alert),
      ErrandModel(
        .alert, number: 1, name: "false alarm", team: monitor.alert.team, isTicket: true,
        component: .coordination, event: .falseAlarm),
    ]
  }
}

extension Replication {
  /// Alerts people to an automation that has given up.
  ///
  /// - Returns: whether the monitor has seen it; the case then waits for a decision.
  mutating func alertPeople(_ token: Int32, _ automation: Int) -> Bool {
    let monitor = orchestration.monitors[Int(tokens[token].stack)]
    let attempt = tokens[token].attempt
    guard monitor.isOn, attempt - automationTable[automation].retries < monitor.attempts else {
      return false
    }
    let streams = orchestration.streams[Int(nodes[Int(tokens[token].node)].detail)]
    guard happens(monitor.detects, streams.seen, token, attempt: attempt) else { return false }
    note(.alert, caseSlot: tokens[token].caseSlot)
    giveErrand(
      monitor.alert.errand, caseSlot: tokens[token].caseSlot, token: token,
      content: microseconds(
        monitor.alert.time, draw(streams.alertTime, for: token, attempt: attempt)))
    return true
  }

  /// Somebody has handled an alert that a token waits for.
  mutating func decideOnAlert(_ work: WorkItem) {
    let token = work.token
    let monitor = orchestration.monitors[Int(tokens[token].stack)]
    let activity = nodes[Int(tokens[token].node)].detail
    let streams = orchestration.streams[Int(activity)]
    let attempt = tokens[token].attempt
    if happens(monitor.triesAgain, streams.triesAgain, token, attempt: attempt) {
      tokens[token].attempt = attempt + 1
      startWork(token, activity: activity)
    } else {
      leaveToPeople(token)
    }
  }

  /// Completion effect: an alert of a run that is in order; nobody waits for it.
  mutating func raiseFalseAlarm(_ token: Int32, activity: Int32) -> EffectOutcome {
    let monitor = orchestration.monitors[Int(tokens[token].stack)]
    let streams = orchestration.streams[Int(activity)]
    guard tokens[token].isDoneByAutomation,
      happens(monitor.falseAlarms, streams.falseAlarm, token)
    else { return .proceed }
    let caseSlot = tokens[token].caseSlot
    note(.falseAlarm, caseSlot: caseSlot)
    giveErrand(
      monitor.falseAlert.errand, caseSlot: caseSlot,
      content: microseconds(monitor.falseAlert.time, draw(streams.falseAlarmTime, for: token)))
    return .proceed
  }
}
