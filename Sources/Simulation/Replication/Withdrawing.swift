internal import EventEngine
internal import Statistics

// Work that ends otherwise than by being done: it is withdrawn with the token that waits for it, its
// case loses patience, or it becomes more urgent while it waits.

extension Replication {
  // MARK: Cancelling

  /// Withdraws all work that a token waits for.
  mutating func cancelWork(waitedForBy token: Int32) {
    if tokens[token].item >= 0 { withdraw(tokens[token].item) }
    if tokens[token].pendingTickets > 0 { detachTickets(of: token) }
  }

  mutating func withdraw(_ item: Int32) {
    let work = items[item]
    // A batch that is under way is done all the same.
    if work.state == .inBatch || work.nextInBatch >= 0 {
      detach(item)
      return
    }
    if tracksDue {
      let penalty = countDue(work, isAnswered: false)
      if penalty > 0 { charge(work.caseSlot, .penalties, penalty) }
    }
    announce(item, nil)
    let station = Int(work.station)
    switch work.state {
    case .waiting:
      unlink(item)
      countWaiting(item, -1)
    case .forming: leaveBatch(item)
    case .inService where station < teamCount:
      let spent = putDown(item, isDone: false)
      let component: CostComponent =
        switch work.kind {
        case .exception: .exceptions
        case .errand: errandTable[Int(work.source)].component
        default: .tasks
        }
      charge(work.caseSlot, component, time: spent.time, at: spent.rate)
    case .inService:
      chargeWithdrawn(work)
      if work.use != .none { disengage(item) }
      stations[station].inService &-= 1
    case .inBatch: break
    }
    release(item)
    if work.state == .inService {
      if station < teamCount { serve(team: station) } else { serveMachines(station: station) }
    }
  }

  /// An item's token no longer waits for it; it is done all the same, and its case stays open for it.
  private mutating func detach(_ item: Int32) {
    let token = items[item].token
    if token >= 0, tokens[token].item == item { tokens[token].item = -1 }
    items[item].token = -1
    cases[items[item].caseSlot].openParts &+= 1
  }

  // MARK: Patience and urgency

  /// Schedules what may happen to an item while it waits.
  mutating func watchWaiting(_ item: Int32) {
    // Watched from its first coming on: a batch that closes watches nothing anew.
    guard items[item].stamp == 0 else { return }
    let row = Int(items[item].queueing)
    let stamp = newStamp()
    items[item].stamp = stamp
    let isTicket = items[item].kind == .ticket
    if queueingTable[row].hasPatience, isTicket || items[item].token >= 0 {
      let attempt =
        isTicket
        ? ticketAttempt(items[item].station, ticketNotes[item, 0])
        : (items[item].kind == .exception ? 1 : 0)
      let uniform = random.uniform(
        queueingTable[row].patienceStream, ordinal: cases[items[item].caseSlot].ordinal,
        visit: items[item].visit, attempt: attempt)
      let time = microseconds(queueingTable[row].patience, uniform)
      schedule(.patience, item, stamp: stamp, at: now &+ time, .endDelay)
    }
    if queueingTable[row].expeditedClass >= 0 {
      schedule(
        .expedite, item, stamp: stamp, at: now &+ queueingTable[row].expediteAfter, .endDelay)
    }
  }

  /// An item's work has not begun in time: its case goes on without it, or is given up.
  mutating func losePatience(_ item: Int32, stamp: UInt32) {
    guard items[item].stamp == stamp, items[item].nextInBatch < 0 else { return }
    if items[item].kind == .ticket {
      withdrawStale(item)
      return
    }
    guard items[item].token >= 0 else { return }
    let skips = queueingTable[Int(items[item].queueing)].skipsWhenImpatient
    let (token, caseSlot) = (items[item].token, items[item].caseSlot)
    withdraw(item)
    if skips {
      leave(token)
    } else {
      cases[caseSlot].isAbandoned = true
      endProcess(of: token)
    }
  }

  /// An item has waited so long that it moves to another class of urgency.
  mutating func expedite(_ item: Int32, stamp: UInt32) {
    guard items[item].stamp == stamp else { return }
    let row = queueingTable[Int(items[item].queueing)]
    let lane = row.expeditedLane &+ row.expeditedClass
    if row.expeditedLane != row.firstLane { noteOverflow(item) }
    guard items[item].state == .waiting else {
      // A forming batch takes its class along.
      if items[item].state == .forming { items[item].lane = lane }
      return
    }
    unlink(item)
    items[item].lane = lane
    reinsertExpedited(item)
    serve(team: Int(items[item].station))
  }

  /// Work comes into such a lane in the order in which it came into the queue, but for batches.
  private mutating func reinsertExpedited(_ item: Int32) {
    let tail = lanes[Int(items[item].lane)].tail
    if tail < 0 || items[tail].sequence < items[item].sequence {
      append(item)
    } else {
      reinsert(item)
    }
  }
}
