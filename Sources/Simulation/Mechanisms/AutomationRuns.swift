internal import EventEngine

// Mechanism *automations*: bots, rules, agents and scripts do activities, fail, try again, and give the
// case to people when all attempts have failed. An automation is a station with as many servers as it has
// runners; it works around the clock.

extension Replication {
  /// Queues a run of the automation assigned to an activity.
  mutating func startRun(_ token: Int32, activity: Int32, row: Int, automation: Int32) {
    tokens[token].isDoneByAutomation = true
    let uniform = draw(activityTable[row].runStream, for: token, attempt: tokens[token].attempt)
    let item = newItem(
      .run, source: activity, station: teamCount &+ Int(automation),
      caseSlot: tokens[token].caseSlot, token: token,
      content: runContent(token, row: row, automation: automation, uniform))
    // Drawn together with the time, so that the processor works on both at once.
    let index = automationIndex(tokens[token].stack, automation)
    let failure =
      automationTable[index].weaknessCount > 0
      ? failureProbability(of: automationTable[index], caseSlot: tokens[token].caseSlot)
      : automationTable[index].failureProbability
    items[item].fails =
      failure > 0
      && draw(activityTable[row].failureStream, for: token, attempt: tokens[token].attempt)
        < failure
    tokens[token].item = item
    enqueue(item)
  }

  /// A run has ended, well or badly; certainly badly where an outage `hasFailed` it.
  mutating func finishRun(_ work: WorkItem, hasFailed: Bool = false) {
    let token = work.token
    let row = activityIndex(of: token, work.source)
    let index = Int(work.station) - teamCount
    let automation = automationIndex(tokens[token].stack, Int32(index))
    cases[work.caseSlot].automationsMet |= 1 << UInt64(min(index, 63))
    let cost = automationTable[automation].costPerRun
    noteDone(
      work, time: work.content, started: work.started, cost: cost, attempt: tokens[token].attempt)
    charge(work.caseSlot, .automation, cost)
    let isCounted = cases[work.caseSlot].cohort >= 0
    if isCounted { record.automationRuns[index] += 1 }
    let attempt = tokens[token].attempt
    if layers[Int(tokens[token].stack)].routes {
      learn(from: token, automation: index, failed: hasFailed || work.fails)
    }
    guard hasFailed || work.fails else {
      completeWork(token)
      return
    }
    if isCounted { record.automationFailures[index] += 1 }
    if attempt < automationTable[automation].retries {
      tokens[token].attempt = attempt + 1
      // Doubling is bounded by a century, so that a long row of retries cannot overflow the clock.
      let doubled = automationTable[automation].backoff.multipliedReportingOverflow(
        by: 1 << Int64(min(attempt, 60)))
      holdToken(token, for: doubled.overflow ? longestTime : min(doubled.partialValue, longestTime))
    } else {
      giveUp(token, activity: work.source, row: row, automation: automation)
    }
  }

  /// People take over an activity that its automation could not do.
  mutating func raiseException(_ token: Int32, activity: Int32, row: Int, automation: Int) {
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
    accounts[caseSlot, AccountColumn.tickets] &+= 1
  }
}
