internal import EventEngine
internal import Statistics

// Mechanism *agents*, the run: what it does not begin, the calls it makes, and whether it works, by
// reliability, novelty and capability. Brief rows 45, 63, 75, 101, 130.

/// What the run of a token came to.
struct RunDetail: BitwiseCopyable {
  var cost = 0.0
  var calls: Int64 = 0
  var failed: Int64 = 0
  var timedOut: Int64 = 0
  /// Calls through standard wrappers.
  var wrapped: Int64 = 0
  /// Whether the run, which may ask people, has left an error that nobody has found.
  var hasErred = false
  /// The uniform number by which that was drawn; −1 where it could not be.
  var luck = -1.0
}

extension Replication {
  // MARK: Before a run

  /// Gives an activity to people before its automation begins: it is broken, a change has not been made, or
  /// a tier of trust says so.
  ///
  /// - Returns: whether it did.
  mutating func givesAway(_ token: Int32, activity: Int32, row: Int, automation: Int) -> Bool {
    if askCounts.count > 0 { return false }
    let index = automation % automationCount
    let caseSlot = tokens[token].caseSlot
    if careStates.count > 0 {
      let care = careStates[index]
      if care.broken > 0 {
        note(.workWhileBroken, caseSlot: caseSlot)
        return giveAway(token, activity: activity, row: row, automation: automation)
      }
      // A retry stays with the automation that began.
      if care.openChanges > 0, tokens[token].attempt == 0 {
        let unaffected = power(1 - careTable.rows[automation].affects, Double(care.openChanges))
        if draw(agents.streams[Int(activity)].change, for: token) >= unaffected {
          note(.workUnchanged, caseSlot: caseSlot)
          return giveAway(token, activity: activity, row: row, automation: automation)
        }
      }
    }
    guard tokens[token].attempt == 0 else { return false }
    let agent = agents.rows[automation]
    for position in agent.firstAsk..<(agent.firstAsk + agent.askCount) {
      let ask = agents.asks[Int(position)]
      guard ask.errand < 0, !ask.looksAtConfidence,
        ask.condition < 0 || holds(ask.condition, caseSlot: caseSlot)
      else { continue }
      note(.askedByTier, caseSlot: caseSlot)
      return giveAway(token, activity: activity, row: row, automation: automation)
    }
    return false
  }

  private mutating func giveAway(
    _ token: Int32, activity: Int32, row: Int, automation: Int
  ) -> Bool {
    raiseException(token, activity: activity, row: row, automation: automation, isFailure: false)
    return true
  }

  // MARK: A run

  /// Works out what becomes of a run that has been created: how long it takes, and whether it fails.
  mutating func shapeRun(
    _ item: Int32, of token: Int32, activity: Int32, row: Int, automation: Int
  ) {
    let agent = agents.rows[automation]
    let caseSlot = tokens[token].caseSlot
    let attempt = tokens[token].attempt
    let shift =
      shiftOfFailure(agent, caseSlot: caseSlot) + learntShiftOfFailure(automation)
      + driftShift(automation).failure
    let reliability = 1 - shifted(1 - agents.reliability[row], by: shift)
    let usual =
      automationTable[automation].weaknessCount > 0
      ? failureProbability(of: automationTable[automation], caseSlot: caseSlot)
      : automationTable[automation].failureProbability
    let failure = shifted(usual, by: shift)
    var fails = false
    if agent.coverage < 1, attempt == 0,
      draw(agents.streams[Int(activity)].coverage, for: token) >= agent.coverage
    {
      // A second attempt would find no rule either.
      fails = true
      items[item].isFinal = true
      note(.uncovered, caseSlot: caseSlot)
    }
    let failureOfRun = agent.fanOut > 0 ? failure : 1 - (1 - failure) * reliability
    if failureOfRun > 0,
      draw(activityTable[row].failureStream, for: token, attempt: attempt) < failureOfRun
    {
      fails = true
    }
    if agent.fanOut > 0 {
      let success = 1 - shifted(1 - agent.callSuccess, by: shift)
      var tally = CallTally(
        token: token, attempt: attempt, streams: agents.streams[Int(activity)],
        success: success * reliability)
      let (time, works) = makeCalls(below: 0, level: 0, agent, &tally)
      if !works { fails = true }
      if tally.escalates { items[item].isFinal = true }
      items[item].content = min(items[item].content &+ time, longestTime)
      items[item].ownContent = items[item].content
      tally.detail.cost = Double(tally.detail.calls) * agent.costPerCall
      runDetails[token, 0] = tally.detail
    }
    items[item].fails = fails
  }

  /// The calls of a run have been made: counts them.
  ///
  /// - Returns: what they cost.
  mutating func payCalls(_ token: Int32, caseSlot: Int32, automation: Int) -> Double {
    let detail = runDetails[token, 0]
    let agent = agents.rows[automation]
    note(.agentCall, caseSlot: caseSlot, count: detail.calls, cost: detail.cost)
    if detail.wrapped > 0 { note(.callWrapped, caseSlot: caseSlot, count: detail.wrapped) }
    if detail.failed > 0 { note(.agentCallFailed, caseSlot: caseSlot, count: detail.failed) }
    if detail.timedOut > 0 {
      note(.agentCallTimedOut, caseSlot: caseSlot, count: detail.timedOut)
    }
    if agent.tokensPerCall > 0 {
      note(
        .tokensUsed, caseSlot: caseSlot,
        count: roundedToInteger(Double(detail.calls) * agent.tokensPerCall))
    }
    return detail.cost
  }

  /// Makes the calls of a maker one after the other or all at once.
  ///
  /// - Parameter maker: its number: the run is 0, the calls of a maker follow its own number times
  ///   fan-out, so that a call has the same luck whatever became of others.
  private func makeCalls(
    below maker: UInt64, level: Int32, _ agent: AgentRow, _ tally: inout CallTally
  ) -> (time: Int64, works: Bool) {
    var total: Int64 = 0
    var works = true
    for position in 1...agent.fanOut {
      let call = maker &* agent.fanOut &+ position
      var (time, hasWorked) = makeCall(call, agent, &tally)
      if hasWorked, level + 1 < agent.depth {
        let inner = makeCalls(below: call, level: level + 1, agent, &tally)
        time = min(time &+ inner.time, longestTime)
        hasWorked = inner.works
      }
      works = works && hasWorked
      if agent.isParallel {
        total = max(total, time)
      } else {
        total = min(total &+ time, longestTime)
        if !hasWorked { break }
      }
    }
    return (total, works)
  }

  /// Makes a call until it works, or all attempts have failed.
  private func makeCall(
    _ call: UInt64, _ agent: AgentRow, _ tally: inout CallTally
  ) -> (time: Int64, works: Bool) {
    let ordinal = cases[tokens[tally.token].caseSlot].ordinal
    let visit = tokens[tally.token].visit
    let timeStream = tally.streams.callTime.within(instancePath: call)
    let outcomeStream = tally.streams.callOutcome.within(instancePath: call)
    let isWrapped =
      agent.wrappedShare > 0
      && random.uniform(
        tally.streams.callWrapped.within(instancePath: call), ordinal: ordinal, visit: visit,
        attempt: tally.attempt) < agent.wrappedShare
    let success =
      isWrapped ? 1 - shifted(1 - tally.success, by: agent.wrappedFailure) : tally.success
    var total: Int64 = 0
    for attempt in 0...UInt32(agent.callRetries) {
      tally.detail.calls &+= 1
      if isWrapped { tally.detail.wrapped &+= 1 }
      var time = microseconds(
        agent.callTime,
        random.uniform(
          timeStream, ordinal: ordinal, visit: visit, attempt: tally.attempt, counter: attempt))
      var works =
        success >= 1
        || random.uniform(
          outcomeStream, ordinal: ordinal, visit: visit, attempt: tally.attempt, counter: attempt)
          < success
      if agent.timeout > 0, time > agent.timeout {
        time = agent.timeout
        works = false
        tally.detail.timedOut &+= 1
        if agent.timeoutEscalates { tally.escalates = true }
      }
      total = min(total &+ time, longestTime)
      if works { return (total, true) }
      tally.detail.failed &+= 1
      if tally.escalates { break }
    }
    return (total, false)
  }

  /// Logarithm of the factor on the odds that what an automation has just done for a token violates a policy or
  /// leaks data: by the share of its calls through standard wrappers.
  func securityShift(_ token: Int32) -> Double {
    guard agents.rows.count > 0, tokens[token].isDoneByAutomation else { return 0 }
    let activity = nodes[Int(tokens[token].node)].detail
    let performer = performer(of: token, activityIndex(of: token, activity))
    guard performer >= 0 else { return 0 }
    let agent = agents.rows[automationIndex(tokens[token].stack, performer)]
    guard agent.wrappedShare > 0, agent.wrappedSecurity != 0 else { return 0 }
    let detail = runDetails[token, 0]
    guard detail.calls > 0 else { return 0 }
    return agent.wrappedSecurity * Double(detail.wrapped) / Double(detail.calls)
  }

  // MARK: Novelty and capability

  /// Logarithm of the factor on the odds of a failure, for a case now.
  func shiftOfFailure(_ agent: AgentRow, caseSlot: Int32) -> Double {
    shift(
      agent, caseSlot: caseSlot, novelty: agent.noveltyOfFailure,
      capability: agent.capabilityOfFailure)
  }

  /// Probability that work of an automation on a token leaves an error nobody notices.
  func errorProbability(ofAutomation automation: Int, token: Int32) -> Double {
    let own = ownErrorProbability(ofAutomation: automation, token: token)
    guard risk.tracksErrors, cases[tokens[token].caseSlot].errors > 0 else { return own }
    return tainted(own, by: risk.errors[Int(tokens[token].stack)].spread)
  }

  /// The same, whatever errors the case has.
  func ownErrorProbability(ofAutomation automation: Int, token: Int32) -> Double {
    let probability = automationTable[automation].errorProbability
    guard automationTable[automation].traits.contains(.shapesErrors) else { return probability }
    let agent = agents.rows[automation]
    return shifted(
      probability,
      by: shift(
        agent, caseSlot: tokens[token].caseSlot, novelty: agent.noveltyOfError,
        capability: agent.capabilityOfError) + learntShiftOfError(automation)
        + driftShift(automation).error)
  }

  private func shift(
    _ agent: AgentRow, caseSlot: Int32, novelty: Double, capability: Double
  ) -> Double {
    var shift = 0.0
    if agent.noveltyAttribute >= 0 {
      var units = attributes.values[caseSlot, Int(agent.noveltyAttribute)] - agent.noveltyReference
      if agent.noveltyPeriod > 0, now > 0 {
        units += agent.noveltyRise * min(1, Double(now) / Double(agent.noveltyPeriod))
      }
      shift += units * novelty
    }
    if let path = agent.capability { shift += path.progress(at: now) * capability }
    return shift
  }
}

/// What the calls of a run add up to while they are made.
private struct CallTally {
  let token: Int32
  let attempt: Int32
  let streams: AgentStreams
  let success: Double
  var detail = RunDetail()
  var escalates = false

  init(token: Int32, attempt: Int32, streams: AgentStreams, success: Double) {
    self.token = token
    self.attempt = attempt
    self.streams = streams
    self.success = success
  }
}

/// A probability whose odds are multiplied by e^`shift`.
func shifted(_ probability: Double, by shift: Double) -> Double {
  guard shift != 0, probability > 0, probability < 1 else { return probability }
  let odds = probability / (1 - probability) * exponential(shift)
  return odds < .infinity ? odds / (1 + odds) : 1
}
