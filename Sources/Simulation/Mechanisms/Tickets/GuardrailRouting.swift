internal import EventEngine
internal import Statistics

// Mechanism *tickets*, part *routing* of what a guardrail stopped: a second automation looks at it, the
// customer is asked for documents, or people get the ticket at once. Where the first two settle the case
// no ticket is raised. Brief row 83.

extension Replication {
  /// Completion effect between firing and tickets.
  mutating func routeFiring(_ guardrail: Int32, on token: Int32) -> EffectOutcome {
    guard tokens[token].guardrailFired else { return .proceed }
    let row = ticketTable[ticketIndex(tokens[token].stack, guardrail)]
    let caseSlot = tokens[token].caseSlot
    let opinion = row.opinionBy >= 0 ? share(of: row.opinion, caseSlot: caseSlot) : 0
    let documents = share(of: row.documents, caseSlot: caseSlot)
    guard opinion + documents > 0 else { return .proceed }
    let uniform = draw(row.streams.route, for: token)
    if uniform < opinion {
      askForOpinion(guardrail, row, on: token)
      return .hold
    }
    guard uniform < opinion + documents else { return .proceed }
    note(.documentsAsked, caseSlot: caseSlot, cost: row.documentsPrice)
    charge(caseSlot, .orchestration, row.documentsPrice)
    if draw(row.streams.documentsSettle, for: token) < row.documents.settles {
      tokens[token].guardrailFired = false
      note(.settledByDocuments, caseSlot: caseSlot)
    }
    holdToken(token, for: microseconds(row.documentsWait, draw(row.streams.documents, for: token)))
    return .hold
  }

  private func share(of route: TicketRow.RouteRow, caseSlot: Int32) -> Double {
    guard route.share > 0, route.condition < 0 || holds(route.condition, caseSlot: caseSlot) else {
      return 0
    }
    return route.share
  }

  private mutating func askForOpinion(_ guardrail: Int32, _ row: TicketRow, on token: Int32) {
    let item = newItem(
      .opinion, source: guardrail, station: teamCount &+ Int(row.opinionBy),
      caseSlot: tokens[token].caseSlot, token: token,
      content: microseconds(row.opinionTime, draw(row.streams.opinionTime, for: token)))
    items[item].stack = tokens[token].stack
    items[item].visit = tokens[token].visit
    let failure =
      automationTable[automationIndex(tokens[token].stack, row.opinionBy)].failureProbability
    items[item].fails = failure > 0 && draw(row.streams.opinionFailure, for: token) < failure
    tokens[token].item = item
    enqueue(item)
  }

  /// The second automation is done: it has settled the case, or people get the ticket.
  mutating func finishOpinion(_ work: WorkItem) {
    let token = work.token
    let row = ticketTable[ticketIndex(work.stack, work.source)]
    let cost = payForOpinion(work)
    note(.opinionAsked, caseSlot: work.caseSlot, cost: cost)
    if work.fails {
      if cases[work.caseSlot].cohort >= 0 { automationFailures[Int(row.opinionBy)] += 1 }
    } else {
      if cases[work.caseSlot].errors > 0,
        draw(row.streams.opinionCatch, for: token) < row.opinionCatches
      {
        cases[work.caseSlot].errors = 0
      }
      if draw(row.streams.opinionSettles, for: token) < row.opinion.settles {
        tokens[token].guardrailFired = false
        note(.settledByOpinion, caseSlot: work.caseSlot)
      }
    }
    continueChain(token)
  }

  /// Charges a run that looks at what a guardrail stopped, and counts it among its automation's.
  @discardableResult
  mutating func payForOpinion(_ work: WorkItem) -> Double {
    let index = Int(work.station) - teamCount
    let cost = automationTable[automationIndex(work.stack, Int32(index))].costPerRun
    cases[work.caseSlot].automationsMet |= 1 << UInt64(min(index, 63))
    charge(work.caseSlot, .automation, cost)
    if cases[work.caseSlot].cohort >= 0 { automationRuns[index] += 1 }
    return cost
  }
}
