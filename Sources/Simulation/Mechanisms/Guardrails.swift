internal import EventEngine

// Mechanism *guardrails*: after an activity done by the automation they bind, guardrails fire and raise
// tickets for one or several teams. A blocking one holds the case until all have answered (fork–join).
// A planned task that a guardrail replaces falls away for the cases it was evaluated on. Brief rows 47–57.

extension Replication {
  @inline(__always)
  func guardrailRow(_ stack: UInt8, _ guardrail: Int32) -> GuardrailRow {
    guardrailTable[Int(stack) &* guardrailCount &+ Int(guardrail)]
  }

  /// Admission effect: the planned task falls away where its guardrail was evaluated on the case.
  mutating func skipReplacedTask(_ token: Int32, guardrail: Int32) -> EffectOutcome {
    let met = cases[tokens[token].caseSlot].guardrailsMet
    return met & (1 << UInt64(guardrail)) != 0 ? .skipActivity : .proceed
  }

  /// Completion effect: draws whether the guardrail fires.
  mutating func evaluateGuardrail(_ guardrail: Int32, on token: Int32) -> EffectOutcome {
    tokens[token].guardrailFired = false
    let row = guardrailRow(tokens[token].stack, guardrail)
    let activity = nodes[Int(tokens[token].node)].detail
    guard tokens[token].isDoneByAutomation,
      performer(of: token, activityIndex(of: token, activity)) == row.raisedBy
    else { return .proceed }
    let caseSlot = tokens[token].caseSlot
    let policies = policyAnswer(for: token)
    if policies == .wait { return awaitPolicies(token) }
    cases[caseSlot].guardrailsMet |= 1 << UInt64(guardrail)
    if hasTicketRules { beginTrack(token) }
    var fires: Bool
    if policies != .asked {
      fires = policies == .escalate
    } else if row.condition >= 0, !holds(row.condition, caseSlot: caseSlot) {
      fires = false
    } else if row.everyNthCase > 0 {
      fires = cases[caseSlot].ordinal % UInt32(row.everyNthCase) == 0
    } else {
      let probability =
        row.thresholdCount > 0
        ? thresholdProbability(row, caseSlot: caseSlot)
        : row.firingProbability(at: now, calendars: calendars)
      fires =
        firingDraw(row, guardrail, for: token)
        < learntFiring(probability, row, stack: tokens[token].stack)
    }
    if fires, redesigns.isOn { fires = survivesRedesign(guardrail, row, on: token) }
    tokens[token].guardrailFired = fires
    if Observer.tracesCases { trace(caseSlot, .guardrail(guardrail, fired: fires)) }
    if hasPredictions, ticketTable[ticketIndex(tokens[token].stack, guardrail)].predicts {
      checkForecast(token, fires: fires)
    }
    if cases[caseSlot].cohort >= 0 {
      record.guardrails[Int(guardrail)].evaluated += 1
      if fires { record.guardrails[Int(guardrail)].fired += 1 }
    }
    return .proceed
  }

  /// The draw of firing; a forecast has made it before.
  @inline(__always)
  private mutating func firingDraw(
    _ row: GuardrailRow, _ guardrail: Int32, for token: Int32
  ) -> Double {
    if hasPredictions, ticketTable[ticketIndex(tokens[token].stack, guardrail)].predicts,
      ticketTracks[token, 0].firing >= 0
    {
      let uniform = ticketTracks[token, 0].firing
      ticketTracks[token, 0].firing = -1
      return uniform
    }
    return draw(row.firingStream, for: token)
  }

  /// Completion effect: raises the tickets of a guardrail that fired.
  mutating func raiseTickets(_ guardrail: Int32, for token: Int32) -> EffectOutcome {
    guard tokens[token].guardrailFired else { return .proceed }
    tokens[token].guardrailFired = false
    let row = guardrailRow(tokens[token].stack, guardrail)
    let caseSlot = tokens[token].caseSlot
    let blocks = row.blocks && (!oversight.isOn || oversightBlocks(guardrail, for: token))
    if blocks {
      tokens[token].pendingTickets = row.teamCount
    } else {
      cases[caseSlot].openParts &+= row.teamCount
    }
    // Rows of all stacks' guardrails' teams follow one another, as the table of teams does.
    let firstRow =
      queueingOfGuardrails[Int(tokens[token].stack)] &+ row.firstTeam
      &- guardrailTable[Int(tokens[token].stack) &* guardrailCount].firstTeam
    var round: Int32 = 0
    if hasTicketRules {
      if hasPredictions { takePreparation(token) }
      round = ticketTracks[token, 0].rounds
    }
    for position in 0..<row.teamCount {
      let team = Int(guardrailTeams[Int(row.firstTeam + position)])
      let queueing = firstRow &+ position
      let batch = queueingTable[Int(queueing)].batch
      let sampler =
        batch >= 0 && batchTable[Int(batch)].hasEach ? batchTable[Int(batch)].each : row.reviewTime
      // Each team has its own luck with the same case.
      let uniform = draw(row.reviewStream, for: token, attempt: position | round << 16)
      let review = microseconds(sampler, uniform)
      let context = contextReconstruction(
        row, caseSlot: caseSlot, under: tokens[token].stack)
      let item = newItem(
        .ticket, source: guardrail, station: team, caseSlot: caseSlot,
        token: blocks ? token : -1, content: review + context, queueing: queueing)
      items[item].stack = tokens[token].stack
      items[item].visit = tokens[token].visit
      if hasTicketRules {
        considerTicket(
          item, review: review, context: context, round: round,
          isPrepared: hasPredictions && ticketTracks[token, 0].isPrepared)
      }
      countTicket(of: caseSlot)
      if cases[caseSlot].cohort >= 0 { record.guardrails[Int(guardrail)].tickets += 1 }
      if batch >= 0 { joinBatch(item) } else { enqueue(item) }
      if hasExpertise { noteRouting(item, guardrail, caseSlot: caseSlot) }
    }
    return blocks ? .hold : .proceed
  }

  /// Notes what a review has found, and says what it comes to.
  mutating func answer(
    _ item: Int32, _ work: WorkItem, time: Int64, cost: Int64, started: Int64, person: Int32
  ) -> TicketNote.Outcome {
    let row = guardrailRow(work.stack, work.source)
    let ordinal = cases[work.caseSlot].ordinal
    var outcome = TicketNote.Outcome.approved
    let hadErrors = cases[work.caseSlot].errors > 0
    if hasTicketRules {
      outcome = judge(item, work, row)
    } else if cases[work.caseSlot].errors > 0,
      random.uniform(row.catchStream, ordinal: ordinal, visit: work.visit, attempt: work.station)
        < row.catchProbability
    {
      cases[work.caseSlot].errors = 0
    }
    let found = hadErrors && cases[work.caseSlot].errors == 0
    if rollout.isOn, work.stack > 0 { noteRolloutCheck(found: found) }
    if oversight.isOn { noteOversight(work, found: found) }
    let isCounted = cases[work.caseSlot].cohort >= 0
    if found, adoption.isOn { surprise(.found, caseSlot: work.caseSlot) }
    guard isCounted || redesigns.isOn || learning.isOn || adoption.isOn else { return outcome }
    let guardrail = Int(work.source)
    let isUnchanged =
      hasTicketRules
      ? outcome == .approved
      : random.uniform(
        row.outcomeStream, ordinal: ordinal, visit: work.visit, attempt: work.station)
        < row.approvedUnchanged
    if Observer.tracesCases {
      traceAnswer(work, hasTicketRules ? outcome : isUnchanged ? .approved : .modified)
    }
    if redesigns.isOn { weighTicket(work, isUnchanged: isUnchanged, cost: cost) }
    if learning.isOn, !isUnchanged { captureOverride(work, item: item) }
    if adoption.isOn, isUnchanged, !hadErrors { surprise(.needless, caseSlot: work.caseSlot) }
    guard isCounted else { return outcome }
    record.guardrails[guardrail].answered += 1
    if isUnchanged { record.guardrails[guardrail].approvedUnchanged += 1 }
    record.guardrails[guardrail].reviewTime += time
    record.guardrails[guardrail].waitingTime += Int128(started - work.queued)
    let calendar = Int(people[Int(person)].calendar)
    record.guardrails[guardrail].waitingWorkTime +=
      Int128(calendars[calendar].workTime(from: work.queued, to: started))
    return outcome
  }

  /// A ticket of a case is answered, or nobody needs its answer any more.
  mutating func settle(_ work: WorkItem, _ outcome: TicketNote.Outcome) {
    if work.token < 0 {
      if outcome == .rejected { reworkBeside(work) }
      closePart(of: work.caseSlot)
      return
    }
    if hasTicketRules {
      settleTracked(work.token, guardrail: work.source, outcome)
      return
    }
    tokens[work.token].pendingTickets &-= 1
    if tokens[work.token].pendingTickets == 0 { continueChain(work.token) }
  }

  /// The case no longer waits for the tickets of a token that is ended from outside; they are answered
  /// all the same.
  mutating func detachTickets(of token: Int32) {
    let caseSlot = tokens[token].caseSlot
    for item in 0..<Int32(items.highWater)
    where items[item].token == token && items[item].kind == .ticket {
      items[item].token = -1
      cases[caseSlot].openParts &+= 1
    }
    tokens[token].pendingTickets = 0
  }
}
