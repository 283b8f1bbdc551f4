internal import EventEngine

// Mechanism *coordination*, at hand-overs: an automation begins an activity of a case that an automation of
// another island was the last to work on. Context is lost, so that data are pulled again and customers
// asked again; what is handed over is misread, so that people do it again; answers do not come in time, so
// that people take over. All of it is work and waiting. Brief rows 67, 68, 88, 127.

/// Numbers of the errands of coordination.
enum CoordinationErrand {
  static let rework = 100
  static let conflict = 101
  static let partial = 102
  static let double = 103
}

extension StackModel {
  /// The errands that coordination may give.
  var coordinationErrands: [ErrandModel] {
    guard let coordination else { return [] }
    var errands: [ErrandModel] = []
    if let rework = coordination.rework {
      errands.append(
        ErrandModel(
          .coordination, number: CoordinationErrand.rework, name: "misread hand-over",
          team: rework.team,
          isTicket: true, component: .coordination, event: .handOverMisread))
    }
    guard let work = coordination.reconciliation else { return errands }
    let kinds: [(ErrandPurpose, Int, String, MechanismEvent)] = [
      (.coordination, CoordinationErrand.conflict, "conflict of automations", .agentConflict),
      (.reconciliation, CoordinationErrand.partial, "done in part", .partialFailure),
      (.reconciliation, CoordinationErrand.double, "done twice", .doubleEffect),
    ]
    return errands
      + kinds.map {
        ErrandModel(
          $0.0, number: $0.1, name: $0.2, team: work.team, isTicket: true,
          component: .coordination, event: $0.3)
      }
  }
}

extension Replication {
  /// Admission effect: finds out whether the case is handed over between islands, and how it goes.
  mutating func handOver(_ token: Int32, activity: Int32) -> EffectOutcome {
    let performer = orchestration.tokens[token, 0].performer
    guard performer >= 0 else { return .proceed }
    let caseSlot = tokens[token].caseSlot
    let last = orchestration.cases[caseSlot, 0].last
    let stack = tokens[token].stack
    let (from, to) = (automationIndex(stack, last), automationIndex(stack, performer))
    guard last >= 0, orchestration.islands[from] != orchestration.islands[to] else {
      return .proceed
    }
    note(.handOver, caseSlot: caseSlot)
    let row = orchestration.coordination[Int(stack)]
    let streams = orchestration.streams[Int(activity)]
    let changes = orchestration.technologies[from] != orchestration.technologies[to]
    let factor = changes ? row.technologyFactor : 1
    orchestration.tokens[token, 0].isHandOver = true
    orchestration.tokens[token, 0].changesTechnology = changes
    if happens(row.contextLost * factor, streams.contextLost, token) {
      orchestration.tokens[token, 0].hasLostContext = true
      note(.contextLost, caseSlot: caseSlot)
    }
    orchestration.tokens[token, 0].isMisread = happens(
      row.misread * factor, streams.misread, token)
    return .proceed
  }

  /// Admission effect: without context the automation pulls the data of the case again.
  mutating func pullAgain(_ token: Int32, activity: Int32) -> EffectOutcome {
    let state = orchestration.tokens[token, 0]
    let row = orchestration.coordination[Int(tokens[token].stack)]
    let streams = orchestration.streams[Int(activity)]
    guard state.hasLostContext, happens(row.repeatedPull, streams.repeatedPull, token) else {
      return .proceed
    }
    note(.dataPulledAgain, caseSlot: tokens[token].caseSlot, cost: row.pullCost)
    giveAside(
      to: state.performer, token,
      content: microseconds(row.pullTime, draw(streams.pullTime, for: token)), cost: row.pullCost,
      source: activity)
    return .hold
  }

  /// Admission effect: without context the customer is asked again, and the case waits for the answer.
  mutating func askAgain(_ token: Int32, activity: Int32) -> EffectOutcome {
    let row = orchestration.coordination[Int(tokens[token].stack)]
    let streams = orchestration.streams[Int(activity)]
    guard orchestration.tokens[token, 0].hasLostContext,
      happens(row.repeatedRequest, streams.repeatedRequest, token)
    else { return .proceed }
    let caseSlot = tokens[token].caseSlot
    note(.customerAskedAgain, caseSlot: caseSlot)
    if !orchestration.cases[caseSlot, 0].wasAskedAgain {
      orchestration.cases[caseSlot, 0].wasAskedAgain = true
      note(.customerIrritated, caseSlot: caseSlot)
    }
    holdToken(token, for: microseconds(row.answerTime, draw(streams.answerTime, for: token)))
    return .hold
  }

  /// Admission effect: the time limit of what was handed over begins; now and then no answer comes.
  mutating func awaitAnswer(_ token: Int32, activity: Int32) -> EffectOutcome {
    let state = orchestration.tokens[token, 0]
    let stack = tokens[token].stack
    let row = orchestration.coordination[Int(stack)]
    guard state.isHandOver, row.timeLimit >= 0, canFallToPeople(token, activity, state.performer)
    else { return .proceed }
    let stamp = newStamp()
    orchestration.tokens[token, 0].stamp = stamp
    schedule(.timeLimit, token, stamp: stamp, at: now &+ row.timeLimit, .endDelay)
    let factor = state.changesTechnology ? row.technologyFactor : 1
    guard happens(row.noAnswer * factor, orchestration.streams[Int(activity)].noAnswer, token)
    else { return .proceed }
    tokens[token].stage = .working
    tokens[token].isDoneByAutomation = true
    // It waits for nothing but its limit; a stamp says that it is not stuck.
    tokens[token].stamp = newStamp()
    return .hold
  }

  /// Whether people can take over a token's activity from an automation.
  func canFallToPeople(_ token: Int32, _ activity: Int32, _ automation: Int32) -> Bool {
    activityTable[activityIndex(of: token, activity)].team >= 0
      || automationTable[automationIndex(tokens[token].stack, automation)].exceptionTeam >= 0
  }

  /// A time limit has passed: what is still under way is given to people.
  mutating func endWaiting(_ token: Int32, stamp: UInt32) {
    guard tokens[token].scope >= 0, tokens[token].stage == .working,
      tokens[token].isDoneByAutomation, isAssigned(token),
      orchestration.tokens[token, 0].stamp == stamp
    else { return }
    let item = tokens[token].item
    // Neither people who decide about it nor a case that is rolled back are interrupted.
    guard item == -1 || (item >= 0 && (items[item].kind == .run || items[item].kind == .hop)) else {
      return
    }
    cancelWork(waitedForBy: token)
    tokens[token].stamp = 0
    note(.waitTimedOut, caseSlot: tokens[token].caseSlot)
    leaveToPeople(token)
  }

  /// Completion effect: what was handed over badly comes to light, at once or later.
  mutating func finishHandOver(_ token: Int32, activity: Int32) -> EffectOutcome {
    guard tokens[token].isDoneByAutomation else { return .proceed }
    let state = orchestration.tokens[token, 0]
    let row = orchestration.coordination[Int(tokens[token].stack)]
    let streams = orchestration.streams[Int(activity)]
    if row.doubleEffect > 0 {
      for attempt in 0..<tokens[token].attempt
      where happens(row.doubleEffect, streams.doubleEffect, token, attempt: attempt) {
        failSilently(token, .doubleEffect, row.doubleReconciliation, streams, attempt: attempt)
      }
    }
    guard state.isHandOver else { return .proceed }
    let factor = state.changesTechnology ? row.technologyFactor : 1
    if happens(row.partialFailure * factor, streams.partialFailure, token) {
      failSilently(token, .partialFailure, row.partialReconciliation, streams, attempt: 0)
    }
    guard state.isMisread else { return .proceed }
    let caseSlot = tokens[token].caseSlot
    note(.handOverMisread, caseSlot: caseSlot)
    guard row.rework.errand >= 0 else { return .proceed }
    giveErrand(
      row.rework.errand, caseSlot: caseSlot, token: token,
      content: microseconds(row.rework.time, draw(streams.reworkTime, for: token)))
    return .hold
  }
}
