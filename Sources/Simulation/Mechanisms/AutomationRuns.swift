internal import EventEngine

// Mechanism *automations*: bots, rules, agents and scripts do activities, fail, try again, and give the
// case to people when all attempts have failed. An automation is a station with as many servers as it has
// runners; it works around the clock.

extension Replication {
  /// Queues a run of the automation assigned to an activity.
  mutating func startRun(_ token: Int32, activity: Int32, row: ActivityRow) {
    tokens[token].isDoneByAutomation = true
    let automation = automationRow(tokens[token].stack, row.automation)
    let uniform = draw(row.runStream, for: token, attempt: tokens[token].attempt)
    let item = newItem(
      .run, source: activity, station: teamCount + Int(row.automation),
      caseSlot: tokens[token].caseSlot, token: token,
      content: microseconds(automation.runTime, uniform))
    tokens[token].item = item
    enqueue(item)
  }

  /// A run has ended, well or badly.
  mutating func finishRun(_ work: WorkItem) {
    let token = work.token
    let row = activityRow(of: token, work.source)
    let index = Int(work.station) - teamCount
    let automation = automationRow(tokens[token].stack, Int32(index))
    cases[work.caseSlot].automationsMet |= 1 << UInt64(min(index, 63))
    noteDone(work, started: work.started, cost: automation.costPerRun)
    charge(work.caseSlot, .automation, automation.costPerRun)
    let isCounted = cases[work.caseSlot].cohort >= 0
    if isCounted { record.automationRuns[index] += 1 }
    let attempt = tokens[token].attempt
    let fails =
      automation.failureProbability > 0
      && draw(row.failureStream, for: token, attempt: attempt) < automation.failureProbability
    guard fails else {
      completeWork(token)
      return
    }
    if isCounted { record.automationFailures[index] += 1 }
    if attempt < automation.retries {
      tokens[token].attempt = attempt + 1
      // Doubling is bounded by a century, so that a long row of retries cannot overflow the clock.
      let doubled = automation.backoff.multipliedReportingOverflow(by: 1 << Int64(min(attempt, 60)))
      holdToken(token, for: doubled.overflow ? longestTime : min(doubled.partialValue, longestTime))
    } else {
      raiseException(token, activity: work.source, row: row, automation: automation)
    }
  }

  /// People take over an activity that its automation could not do.
  private mutating func raiseException(
    _ token: Int32, activity: Int32, row: ActivityRow, automation: AutomationRow
  ) {
    tokens[token].isDoneByAutomation = false
    let team = automation.exceptionTeam >= 0 ? automation.exceptionTeam : row.team
    let sampler = automation.hasExceptionTime ? automation.exceptionTime : row.handlingTime
    let content = microseconds(sampler, draw(row.handlingStream, for: token))
    countTicket(of: tokens[token].caseSlot)
    giveToTeam(.exception, token, activity: activity, team: team, content: content)
  }

  @inline(__always)
  func automationRow(_ stack: UInt8, _ automation: Int32) -> AutomationRow {
    automationTable[Int(stack) * automationCount + Int(automation)]
  }

  /// Counts a ticket on a case's account.
  mutating func countTicket(of caseSlot: Int32) {
    accounts[caseSlot, AccountColumn.tickets] &+= 1
  }
}
