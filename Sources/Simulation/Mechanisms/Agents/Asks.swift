internal import EventEngine
internal import Statistics

// Mechanism *agents*, the asking: after a run an automation may ask a person, because of what the case is
// (a tier of trust) or because its confidence is too low. The person reviews what it has done, or does it
// instead. Brief rows 104, 105, 195.

/// Attempt of a token whose work a person took over after the run.
let takenOver: Int32 = -1

extension Replication {
  /// Completion effect, before all others: the first ask that applies.
  mutating func askPerson(_ token: Int32, activity: Int32) -> EffectOutcome {
    guard tokens[token].isDoneByAutomation else { return .proceed }
    let row = activityIndex(of: token, activity)
    let automation = automationIndex(tokens[token].stack, performer(of: token, row))
    // A layer may have given the activity to one that does not ask.
    guard automationTable[automation].traits.contains(.asks) || askCounts.count > 0 else {
      return .proceed
    }
    let agent = agents.rows[automation]
    let caseSlot = tokens[token].caseSlot
    if askCounts.count > 0 {
      countAsks(agent, automation: automation, caseSlot: caseSlot)
      return .proceed
    }
    let probability = errorProbability(ofAutomation: automation, token: token)
    if probability > 0 {
      runDetails[token, 0].luck = draw(activityTable[row].errorStream, for: token)
    }
    let isWrong = probability > 0 && runDetails[token, 0].luck < probability
    runDetails[token, 0].hasErred = isWrong
    // The score of a run is one, whatever thresholds it is held against.
    var score: Double?
    for position in agent.firstAsk..<(agent.firstAsk + agent.askCount) {
      let ask = agents.asks[Int(position)]
      if ask.errand < 0, !ask.looksAtConfidence { continue }
      if ask.condition >= 0, !holds(ask.condition, caseSlot: caseSlot) { continue }
      if ask.looksAtConfidence {
        let low = isWrong ? ask.lowWhenWrong : ask.lowWhenRight
        let drawn = score ?? draw(agents.streams[Int(activity)].confidence, for: token)
        score = drawn
        // The score by inversion: it is below the threshold where the uniform number is below this.
        guard drawn < low else { continue }
        note(.askedForConfidence, caseSlot: caseSlot)
      } else {
        note(.askedByTier, caseSlot: caseSlot)
      }
      if !isWrong { note(.askedNeedlessly, caseSlot: caseSlot) }
      if ask.errand < 0 {
        tokens[token].stage = .working
        tokens[token].attempt = takenOver
        raiseException(
          token, activity: activity, row: row, automation: automation, isFailure: false)
      } else {
        let uniform = draw(agents.streams[Int(activity)].askTime, for: token)
        giveErrand(
          ask.errand, caseSlot: caseSlot, token: token,
          content: microseconds(ask.reviewTime, uniform))
      }
      return .hold
    }
    if score != nil, isWrong { note(.confidentlyWrong, caseSlot: caseSlot) }
    return .proceed
  }

  /// A review that an automation asked for is done: it may have found the automation's error.
  mutating func finishAskedReview(_ errand: ErrandRow, _ work: WorkItem) {
    guard work.token >= 0 else { return }
    let found = findsError(errand, work)
    if rollout.isOn, work.stack > 0 { noteRolloutCheck(found: found) }
    if adoption.isOn { noteAskedReview(work, found: found) }
    guard found else { return }
    runDetails[work.token, 0].hasErred = false
    note(.askedReviewFoundError, caseSlot: work.caseSlot)
  }

  /// What people think of it that an automation asked them.
  private mutating func noteAskedReview(_ work: WorkItem, found: Bool) {
    if found {
      surprise(.found, caseSlot: work.caseSlot)
    } else if !runDetails[work.token, 0].hasErred {
      surprise(.needless, caseSlot: work.caseSlot)
    }
  }

  private func findsError(_ errand: ErrandRow, _ work: WorkItem) -> Bool {
    guard runDetails[work.token, 0].hasErred else { return false }
    let ask = Int(
      agents.rows[automationIndex(work.stack, errand.number / Int32(askLimit))].firstAsk
        + errand.number % Int32(askLimit))
    let activity = Int(nodes[Int(tokens[work.token].node)].detail)
    return draw(agents.streams[activity].askCatch, for: work.token) < agents.asks[ask].catches
  }

  /// For a forecast: counts which ask's condition holds first.
  private mutating func countAsks(_ agent: AgentRow, automation: Int, caseSlot: Int32) {
    let column = automation % automationCount * (askLimit + 1)
    askCounts[column] &+= 1
    for position in 0..<agent.askCount {
      let ask = agents.asks[Int(agent.firstAsk + position)]
      guard ask.condition < 0 || holds(ask.condition, caseSlot: caseSlot) else { continue }
      askCounts[column + 1 + Int(position)] &+= 1
      if !ask.looksAtConfidence { return }
    }
  }
}
