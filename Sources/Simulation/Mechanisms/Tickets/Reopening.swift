internal import EventEngine
internal import Statistics

// Mechanism *tickets*, parts *re-opening* and *withdrawal*: an answered ticket comes again after a time,
// once; a ticket that nobody has begun after a time is withdrawn, as nobody needs its answer any more.

/// A ticket that will come again.
struct LaterTicket: BitwiseCopyable {
  var caseSlot: Int32 = -1
  var guardrail: Int32 = -1
  var team: Int32 = -1
  var queueing: Int32 = -1
  var visit: Int64 = 0
  var round: Int32 = 0
  var stack: UInt8 = 0
  /// What its answer will take.
  var content: Int64 = 0
}

extension Replication {
  /// Draws whether an answered ticket comes again, and when; its case stays open until then.
  mutating func reopenLater(_ work: WorkItem, _ row: TicketRow, attempt: Int32) {
    let ordinal = cases[work.caseSlot].ordinal
    func uniform(_ stream: RandomStream) -> Double {
      random.uniform(stream, ordinal: ordinal, visit: work.visit, attempt: attempt)
    }
    guard uniform(row.streams.reopens) < row.reopens else { return }
    let review = guardrailRow(work.stack, work.source).reviewTime
    let slot = laterTickets.take()
    laterTickets[slot] = LaterTicket(
      caseSlot: work.caseSlot, guardrail: work.source, team: work.station,
      queueing: work.queueing, visit: work.visit, round: attempt >> 16, stack: work.stack,
      content: microseconds(
        row.hasReopenTime ? row.reopenTime : review, uniform(row.streams.reopenTime)))
    cases[work.caseSlot].openParts &+= 1
    let wait = microseconds(row.reopensAfter, uniform(row.streams.reopensAfter))
    schedule(.reopen, slot, at: now &+ wait, .endDelay)
  }

  /// A ticket comes again; nobody waits for it.
  mutating func reopen(_ slot: Int32) {
    let later = laterTickets[slot]
    laterTickets[slot].caseSlot = -1
    laterTickets.free(slot)
    let item = newItem(
      .ticket, source: later.guardrail, station: Int(later.team), caseSlot: later.caseSlot,
      token: -1, content: later.content, queueing: later.queueing)
    items[item].stack = later.stack
    items[item].visit = later.visit
    considerTicket(
      item, review: later.content, context: 0, round: later.round, isPrepared: true,
      isReopened: true)
    note(.ticketReopened, caseSlot: later.caseSlot)
    countTicket(of: later.caseSlot)
    if cases[later.caseSlot].cohort >= 0 { record.guardrails[Int(later.guardrail)].tickets += 1 }
    if queueingTable[Int(later.queueing)].batch >= 0 { joinBatch(item) } else { enqueue(item) }
  }

  /// A ticket has waited so long that nobody needs its answer: its case goes on as if it were approved.
  mutating func withdrawStale(_ item: Int32) {
    let work = items[item]
    withdraw(item)
    note(.ticketWithdrawn, caseSlot: work.caseSlot)
    settle(work, .approved)
  }

  /// What will follow from the rejection of a ticket that nobody has answered at the end of the run: one
  /// more round, by its mean.
  mutating func oweRework(_ item: Int32, _ work: WorkItem) {
    let row = ticketTable[ticketIndex(work.stack, work.source)]
    guard ticketNotes[item, 0].outcome == .rejected, row.meanRework > 0 else { return }
    let team = row.reworkErrand >= 0 ? errandTable[Int(row.reworkErrand)].team : work.station
    oweContent(
      row.meanRework, of: work.caseSlot, team: Int(team), in: AccountColumn.errandTime)
  }

  private mutating func oweContent(
    _ content: Double, of caseSlot: Int32, team: Int, in column: Int
  ) {
    let effort = effortOfRepair(team: team)
    owe(
      caseSlot, cost: content * effort.cost / 3.6e9, time: content * effort.hours, in: column)
  }

  /// Tickets that would still come again at the end of the run are owed.
  mutating func oweLaterTickets() {
    for slot in 0..<Int32(laterTickets.highWater) where laterTickets[slot].caseSlot >= 0 {
      let later = laterTickets[slot]
      guard cases[later.caseSlot].cohort >= 0 else { continue }
      oweContent(
        Double(later.content), of: later.caseSlot, team: Int(later.team),
        in: AccountColumn.reviewTime)
    }
  }
}
