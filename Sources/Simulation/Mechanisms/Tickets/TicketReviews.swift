internal import EventEngine
internal import Statistics

// Mechanism *tickets*, part *reviews*: how long a review takes with the context and the recommendation
// that it comes with, what it comes to, and what follows. Brief rows 51, 52, 69, 71, 142.

extension Replication {
  @inline(__always)
  func ticketIndex(_ stack: UInt8, _ guardrail: Int32) -> Int {
    Int(stack) &* guardrailCount &+ Int(guardrail)
  }

  /// Names the draws of a ticket apart from those of other teams and rounds.
  @inline(__always)
  func ticketAttempt(_ team: Int32, _ note: TicketNote) -> Int32 {
    team | note.round << 16 | (note.isReopened ? 1 << 30 : 0)
  }

  /// Works out what a new ticket takes and comes to, before it is queued.
  ///
  /// - Parameters:
  ///   - review: working time of the review itself, in microseconds.
  ///   - context: time for reconstruction without any help, in microseconds.
  mutating func considerTicket(
    _ item: Int32, review: Int64, context: Int64, round: Int32, isPrepared: Bool,
    isReopened: Bool = false
  ) {
    ticketNotes.clear(row: item)
    let work = items[item]
    let row = ticketTable[ticketIndex(work.stack, work.source)]
    var note = TicketNote()
    note.round = round
    note.isReopened = isReopened
    let ordinal = cases[work.caseSlot].ordinal
    let attempt = ticketAttempt(work.station, note)
    var content = review
    if row.recommends {
      let isRight =
        random.uniform(row.streams.right, ordinal: ordinal, visit: work.visit, attempt: attempt)
        < row.right
      if isRight {
        content = max(0, content - row.saves)
      } else if row.misleads > 0 {
        note.isMisled =
          random.uniform(row.streams.misled, ordinal: ordinal, visit: work.visit, attempt: attempt)
          < row.misleads
        if note.isMisled { self.note(.reviewerMisled, caseSlot: work.caseSlot) }
      }
    }
    if row.price > 0 { charge(work.caseSlot, .orchestration, row.price) }
    if !isPrepared {
      content +=
        row.contextLeft == 1 ? context : roundedToInteger(Double(context) * row.contextLeft)
    }
    let guardrail = guardrailRow(work.stack, work.source)
    if !isReopened {
      let uniform = random.uniform(
        guardrail.outcomeStream, ordinal: ordinal, visit: work.visit, attempt: attempt)
      note.outcome =
        uniform < guardrail.approvedUnchanged
        ? .approved
        : (uniform < guardrail.approvedUnchanged + row.modified ? .modified : .rejected)
      // After the last round the reviewer puts right what is not: there is nobody to send it to.
      let isPutRight = note.outcome == .rejected && row.rework != .none && round >= row.rounds
      if isPutRight { note.outcome = .modified }
      if note.outcome == .modified, row.modified > 0 || isPutRight {
        content += microseconds(
          row.modifying,
          random.uniform(
            row.streams.modifying, ordinal: ordinal, visit: work.visit, attempt: attempt))
      }
    }
    ticketNotes[item, 0] = note
    items[item].content = content
    items[item].ownContent = content
  }

  /// Notes what a review has found, and what it comes to.
  mutating func judge(_ item: Int32, _ work: WorkItem, _ guardrail: GuardrailRow)
    -> TicketNote.Outcome
  {
    let note = ticketNotes[item, 0]
    let row = ticketTable[ticketIndex(work.stack, work.source)]
    let ordinal = cases[work.caseSlot].ordinal
    let attempt = ticketAttempt(work.station, note)
    if cases[work.caseSlot].errors > 0 {
      let catches =
        note.isMisled
        ? 0 : (note.isStamped ? note.catches : guardrail.catchProbability * note.catches)
      let uniform = random.uniform(
        guardrail.catchStream, ordinal: ordinal, visit: work.visit, attempt: attempt)
      if uniform < catches {
        cases[work.caseSlot].errors = 0
      } else if uniform < guardrail.catchProbability {
        self.note(.errorMissed, caseSlot: work.caseSlot)
      }
    }
    if note.expertise != .unweighed { decideWrongly(work, note) }
    switch note.outcome {
    case .approved: break
    case .modified:
      if row.modified > 0 || row.rework != .none {
        self.note(.ticketModified, caseSlot: work.caseSlot)
      }
    case .rejected:
      if row.rework != .none {
        self.note(.ticketRejected, caseSlot: work.caseSlot)
        return .rejected
      }
    }
    if row.reopens > 0, !note.isReopened {
      reopenLater(work, row, attempt: attempt)
    }
    return note.outcome
  }

  // MARK: Rework

  /// A ticket of a token is answered: the last decides what becomes of the case.
  mutating func settleTracked(_ token: Int32, guardrail: Int32, _ outcome: TicketNote.Outcome) {
    let row = ticketTable[ticketIndex(tokens[token].stack, guardrail)]
    if outcome == .rejected, row.rework != .none { ticketTracks[token, 0].isRejected = true }
    tokens[token].pendingTickets &-= 1
    guard tokens[token].pendingTickets == 0 else { return }
    guard ticketTracks[token, 0].isRejected else {
      continueChain(token)
      return
    }
    ticketTracks[token, 0].isRejected = false
    ticketTracks[token, 0].rounds &+= 1
    let caseSlot = tokens[token].caseSlot
    if row.rework == .automation {
      note(.ticketSentBack, caseSlot: caseSlot)
      let node = tokens[token].node
      // A visit like any other, with luck of its own.
      countVisit(token, node: node)
      ticketTracks[token, 0].node = node
      ticketTracks[token, 0].visit = tokens[token].visit
      beginActivity(token, activity: nodes[Int(node)].detail)
      return
    }
    note(.ticketReworked, caseSlot: caseSlot)
    let uniform = draw(row.streams.rework, for: token, attempt: ticketTracks[token, 0].rounds)
    if row.isReviewedAgain {
      // The effect that raised the tickets is performed again when the errand is done.
      tokens[token].effect &-= 1
      tokens[token].guardrailFired = true
    }
    giveErrand(
      row.reworkErrand, caseSlot: caseSlot, token: token,
      content: microseconds(row.reworkTime, uniform))
  }

  /// What was rejected when its case had gone on is done again beside it.
  mutating func reworkBeside(_ work: WorkItem) {
    let row = ticketTable[ticketIndex(work.stack, work.source)]
    // Of a case that has ended, what it waited for is not done again.
    let hasWaited =
      guardrailRow(work.stack, work.source).blocks
      && !(oversight.isOn && oversight.rows[ticketIndex(work.stack, work.source)].isOn)
    guard row.reworkErrand >= 0, !hasWaited else { return }
    note(.ticketReworked, caseSlot: work.caseSlot)
    let uniform = random.uniform(
      row.streams.rework, ordinal: cases[work.caseSlot].ordinal, visit: work.visit,
      attempt: work.station | 1 << 16)
    giveErrand(
      row.reworkErrand, caseSlot: work.caseSlot, content: microseconds(row.reworkTime, uniform))
  }

  /// A guardrail is evaluated on a token: unless that was sent back, nothing came before.
  mutating func beginTrack(_ token: Int32) {
    let track = ticketTracks[token, 0]
    if track.node != tokens[token].node || track.visit != tokens[token].visit {
      ticketTracks[token, 0].rounds = 0
    }
    ticketTracks[token, 0].isRejected = false
  }
}
