internal import EventEngine

// Mechanism *orchestrator*, error handling: when an automation has used up its own attempts the layer adds
// some, each decided in a hop of its own, after a wait that doubles and is spread by chance; a further
// attempt may keep part of what was done. When nothing helps the layer undoes what the case has completed
// (compensation), and people take over, or the case is given up. Brief rows 77, 87, 90.

extension Replication {
  /// Time of a run and whether it fails, where a layer may have given it to another automation or keeps
  /// work, or where failing depends on the case; the luck is the same as else.
  ///
  /// Whether a run that `isShaped` fails is drawn elsewhere.
  func drawOwnRun(
    _ token: Int32, row: Int, automation: Int32, isShaped: Bool
  ) -> (time: Int64, fails: Bool) {
    let attempt = tokens[token].attempt
    let uniform = draw(activityTable[row].runStream, for: token, attempt: attempt)
    let content = runContent(token, row: row, automation: automation, uniform)
    if isShaped { return (content, false) }
    let model = automationTable[automationIndex(tokens[token].stack, automation)]
    let failure =
      model.weaknessCount > 0
      ? failureProbability(of: model, caseSlot: tokens[token].caseSlot) : model.failureProbability
    return (content, happens(failure, activityTable[row].failureStream, token, attempt: attempt))
  }

  /// Work that a run takes: less where the layer keeps what a failed attempt has done.
  func runContent(_ token: Int32, row: Int, automation: Int32, _ uniform: Double) -> Int64 {
    guard orchestration.isOn else { return microseconds(activityTable[row].runTime, uniform) }
    // Another than the assigned automation takes its own time.
    let content =
      automation == activityTable[row].automation
      ? microseconds(activityTable[row].runTime, uniform)
      : microseconds(
        automationTable[automationIndex(tokens[token].stack, automation)].runTime, uniform)
    let keeps = orchestration.recoveries[Int(tokens[token].stack)].keeps
    guard tokens[token].attempt > 0, keeps > 0, layers[Int(tokens[token].stack)].recovers else {
      return content
    }
    return content &- roundedToInteger(Double(content) * keeps)
  }

  /// Probability that a run on a case fails, by the automation's weaknesses.
  func failureProbability(of automation: AutomationRow, caseSlot: Int32) -> Double {
    for index in 0..<automation.weaknessCount
    where fits(automation.firstWeakness + index, caseSlot) {
      return orchestration.conditionValues[Int(automation.firstWeakness + index)]
    }
    return automation.failureProbability
  }

  /// An automation has used up its attempts.
  ///
  /// - Parameter isFinal: whether another would fail for certain.
  mutating func giveUp(_ token: Int32, automation: Int, isFinal: Bool) {
    if orchestration.isOn, !isFinal, retryByLayer(token, automation) { return }
    if adoption.isOn { surprise(.failure, caseSlot: tokens[token].caseSlot) }
    if orchestration.isOn, !isFinal, alertPeople(token, automation) { return }
    leaveToPeople(token)
  }

  private mutating func retryByLayer(_ token: Int32, _ automation: Int) -> Bool {
    let tokenStack = tokens[token].stack
    let layer = layers[Int(tokenStack)]
    let recovery = orchestration.recoveries[Int(tokenStack)]
    // On day 0 the layer may have gone.
    guard layer.recovers, layers[Int(stack)].isOn,
      tokens[token].attempt - automationTable[automation].retries < recovery.retries
    else { return false }
    tokens[token].attempt &+= 1
    note(.layerRetry, caseSlot: tokens[token].caseSlot)
    let item = newItem(
      .hop, source: -1, station: stationCount - 1, caseSlot: tokens[token].caseSlot,
      token: token, content: layer.latency)
    items[item].stack = tokenStack
    items[item].fails = true
    tokens[token].item = item
    enqueue(item)
    return true
  }

  /// The layer has decided on another attempt: it begins after a wait.
  mutating func tryAgain(_ token: Int32) {
    let activity = nodes[Int(tokens[token].node)].detail
    let recovery = orchestration.recoveries[Int(tokens[token].stack)]
    let automation = automationIndex(
      tokens[token].stack, performer(of: token, activityIndex(of: token, activity)))
    let number = tokens[token].attempt - automationTable[automation].retries - 1
    var wait = recovery.backoff
    if wait > 0 {
      let doubled = wait.multipliedReportingOverflow(by: 1 << Int64(min(max(0, number), 60)))
      wait = doubled.overflow ? longestTime : min(doubled.partialValue, longestTime)
      if recovery.jitter > 0 {
        let uniform = draw(
          orchestration.streams[Int(activity)].jitter, for: token, attempt: tokens[token].attempt)
        wait = roundedToInteger(Double(wait) * (1 + recovery.jitter * (2 * uniform - 1)))
      }
    }
    holdToken(token, for: wait)
  }

  /// Nothing has helped.
  ///
  /// The flow itself catches it, or what was completed is undone, or people do the activity.
  mutating func leaveToPeople(_ token: Int32) {
    if failsIntoBoundary(token) { return }
    if layers[Int(tokens[token].stack)].recovers {
      let recovery = orchestration.recoveries[Int(tokens[token].stack)]
      if recovery.compensates, scopes[tokens[token].scope].firstRecord >= 0 {
        note(.rolledBack, caseSlot: tokens[token].caseSlot)
        rollBack(token)
        return
      }
      if recovery.givesUp {
        abandon(token)
        return
      }
    }
    takeOver(token)
  }

  /// A case has been rolled back on behalf of a token.
  mutating func endRollBack(_ token: Int32) {
    guard tokens[token].stage == .working else {
      continueChain(token)
      return
    }
    if orchestration.recoveries[Int(tokens[token].stack)].givesUp {
      abandon(token)
    } else {
      takeOver(token)
    }
  }

  private mutating func abandon(_ token: Int32) {
    cases[tokens[token].caseSlot].isAbandoned = true
    endProcess(of: token)
  }

  private mutating func takeOver(_ token: Int32) {
    let activity = nodes[Int(tokens[token].node)].detail
    let row = activityIndex(of: token, activity)
    raiseException(
      token, activity: activity, row: row,
      automation: automationIndex(tokens[token].stack, performer(of: token, row)))
  }
}
