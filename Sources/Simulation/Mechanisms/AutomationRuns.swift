internal import EventEngine

// Mechanism *automations*: bots, rules, agents and scripts do activities, fail, try again, and give the
// case to people when all attempts have failed. An automation is a station with as many servers as it has
// runners. What its traits name is in `Agents/`, `AutomationCare` and `RunnerHours`.

extension Replication {
  /// Queues a run of the automation assigned to an activity.
  @inline(__always)
  mutating func startRun(_ token: Int32, activity: Int32, row: Int, automation: Int32) {
    let index = automationIndex(tokens[token].stack, automation)
    let traits = automationTable[index].traits
    if traits.contains(.givesAway),
      givesAway(token, activity: activity, row: row, automation: index)
    {
      return
    }
    tokens[token].isDoneByAutomation = true
    if hasPredictions, tokens[token].attempt == 0 {
      forecastEscalation(token, activity: activity)
    }
    if !traits.isDisjoint(with: [.makesCalls, .asks]) { runDetails.clear(row: token) }
    let isShaped = traits.contains(.shapesRuns)
    let (time, fails) =
      orchestration.isOn || automationTable[index].weaknessCount > 0
      ? drawOwnRun(token, row: row, automation: automation, isShaped: isShaped)
      : isShaped ? (drawRunTime(token, row: row), false) : drawRun(token, row: row)
    let item = newItem(
      .run, source: activity, station: teamCount &+ Int(automation),
      caseSlot: tokens[token].caseSlot, token: token,
      content: time)
    items[item].fails = fails
    if isShaped { shapeRun(item, of: token, activity: activity, row: row, automation: index) }
    tokens[token].item = item
    enqueue(item)
  }

  /// A run has ended, well or badly; certainly badly where an outage `hasFailed` it.
  @inline(__always)
  mutating func finishRun(_ item: Int32, hasFailed: Bool = false) {
    let (token, caseSlot) = (items[item].token, items[item].caseSlot)
    let index = Int(items[item].station) &- teamCount
    let automation = automationIndex(tokens[token].stack, Int32(truncatingIfNeeded: index))
    cases[caseSlot].automationsMet |= 1 &<< UInt64(truncatingIfNeeded: min(index, 63))
    let traits = automationTable[automation].traits
    let attempt = tokens[token].attempt
    let activity = items[item].source
    var cost = automationTable[automation].costPerRun
    if traits.contains(.makesCalls) {
      cost += payCalls(token, caseSlot: caseSlot, automation: automation)
    }
    noteDone(
      items[item], row: workRows.row(activity: Int(activity), .run), time: items[item].content,
      started: items[item].started, cost: roundedToInteger(cost), attempt: attempt)
    charge(caseSlot, .automation, cost)
    let isBroken = traits.contains(.breaks) && careStates[index].broken > 0
    let fails = hasFailed || items[item].fails || isBroken
    let isFinal = items[item].isFinal || isBroken
    release(item)
    let isCounted = cases[caseSlot].cohort >= 0
    if isCounted { automationRuns[index] &+= 1 }
    if traits.contains(.learns) { noteDecay(automation, caseSlot: caseSlot) }
    if layers[Int(tokens[token].stack)].routes {
      learn(from: token, automation: index, failed: fails)
    }
    guard fails else {
      if traits.contains(.learns) {
        captureDecision(token, activity: activity, automation: automation)
      }
      completeWork(token)
      return
    }
    if isCounted { automationFailures[index] &+= 1 }
    if attempt < automationTable[automation].retries, !isFinal {
      tokens[token].attempt = attempt + 1
      // Doubling is bounded by a century, so that a long row of retries cannot overflow the clock.
      let doubled = automationTable[automation].backoff.multipliedReportingOverflow(
        by: 1 << Int64(min(attempt, 60)))
      holdToken(token, for: doubled.overflow ? longestTime : min(doubled.partialValue, longestTime))
    } else {
      giveUp(token, automation: automation, isFinal: isFinal)
    }
  }

  /// People take over an activity that its automation could not do, or not alone.
  mutating func raiseException(
    _ token: Int32, activity: Int32, row: Int, automation: Int, isFailure: Bool = true
  ) {
    if isFailure, failsIntoBoundary(token) { return }
    tokens[token].isDoneByAutomation = false
    let own = automationTable[automation].exceptionTeam
    let sampler =
      automationTable[automation].hasExceptionTime
      ? automationTable[automation].exceptionTime : activityTable[row].handlingTime
    let content = microseconds(sampler, draw(activityTable[row].handlingStream, for: token))
    countTicket(of: tokens[token].caseSlot)
    giveToTeam(
      .exception, token, activity: activity, team: own >= 0 ? own : activityTable[row].team,
      content: content,
      queueing: queueingOfExceptions[Int(tokens[token].stack)] &+ activity)
  }

  @inline(__always)
  func automationIndex(_ stack: UInt8, _ automation: Int32) -> Int {
    Int(stack) &* automationCount &+ Int(automation)
  }

  /// Counts a ticket on a case's account.
  mutating func countTicket(of caseSlot: Int32) {
    let cohort = cases[caseSlot].cohort
    if cohort >= 0 { cohortAccounts[cohort, AccountColumn.tickets] &+= 1 }
  }
}
