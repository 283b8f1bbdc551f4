internal import EventEngine
internal import Statistics

// Work in batches, at any step and for tickets of guardrails (remedy 3, *bulk review*, brief row 60):
// like items are collected and done together: one set-up, then each item's part. A batch is released
// when it is full, or when its first item has waited the longest time allowed, in the team's working
// time, and enough have come. There is a gain only where there is a set-up part; the wait for the batch
// shows in the cycle time.

/// A rule by which batches form.
struct BatchRow: BitwiseCopyable {
  var size: Int32
  var minimum: Int32
  /// −1 for no longest wait.
  var wait: Int64
  var setup: CompiledSampler
  /// Whether items in a batch take a time of their own, `each`.
  var hasEach: Bool
  var each: CompiledSampler
  /// Attribute whose equal values go together; −1 where all do.
  var similarity: Int32
  var setupStream: RandomStream

  init(_ model: BatchModel, setupStream: RandomStream) {
    size = Int32(clamping: model.size)
    minimum = Int32(clamping: max(1, model.minimum))
    wait = model.wait ?? -1
    setup = model.setup.sampler
    hasEach = model.each != nil
    each = (model.each ?? .zero).sampler
    similarity = Int32(model.similarity ?? -1)
    self.setupStream = setupStream
  }
}

/// A batch that is forming.
struct BatchFormer: BitwiseCopyable {
  /// Chain of the batches forming for one activity or guardrail at one team.
  var chain: Int32 = -1
  var nextInChain: Int32 = -1
  /// What its items have in common.
  var key: UInt64 = 0
  var first: Int32 = -1
  var last: Int32 = -1
  var count: Int32 = 0
  var stamp: UInt32 = 0
  /// Whether its longest wait is over, but too few have come.
  var isOverdue = false
  var setup: Int64 = 0
  var content: Int64 = 0
}

extension Replication {
  /// Chain of the batches of an item's kind: tickets by guardrail, planned work by activity.
  private func batchChain(of item: Int32) -> Int {
    let work = items[item]
    let source = work.kind == .ticket ? Int(work.source) : guardrailCount + Int(work.source)
    return source * max(1, teamCount) + Int(work.station)
  }

  /// Adds an item to the batch that is forming for its like.
  mutating func joinBatch(_ item: Int32) {
    let row = batchTable[Int(queueingTable[Int(items[item].queueing)].batch)]
    let chain = batchChain(of: item)
    let key =
      row.similarity < 0
      ? 0 : similarityKey(of: items[item].caseSlot, attribute: Int(row.similarity))
    var former = firstFormer[chain]
    while former >= 0, formers[former].key != key { former = formers[former].nextInChain }
    if former < 0 { former = beginBatch(with: item, row: row, chain: chain, key: key) }
    let last = formers[former].last
    items[item].state = .forming
    items[item].former = former
    items[item].previous = last
    items[item].next = -1
    if last >= 0 { items[last].next = item } else { formers[former].first = item }
    formers[former].last = item
    formers[former].count &+= 1
    formers[former].content &+= items[item].content
    countWaiting(item, 1)
    announce(item, .forming)
    let queueing = Int(items[item].queueing)
    if !queueingTable[queueing].isPlain { watchWaiting(item) }
    if formers[former].count >= row.size
      || (formers[former].isOverdue && formers[former].count >= row.minimum)
    {
      closeBatch(former)
    }
  }

  private mutating func beginBatch(
    with item: Int32, row: BatchRow, chain: Int, key: UInt64
  ) -> Int32 {
    let team = Int(items[item].station)
    // A ticket that comes again may begin a batch again.
    let isRuled = hasTicketRules && items[item].kind == .ticket
    let attempt = isRuled ? ticketAttempt(Int32(team), ticketNotes[item, 0]) : Int32(team)
    let uniform = random.uniform(
      row.setupStream, ordinal: cases[items[item].caseSlot].ordinal, visit: items[item].visit,
      attempt: attempt)
    let setup = microseconds(row.setup, uniform)
    let former = formers.take()
    formers[former].chain = Int32(chain)
    formers[former].nextInChain = firstFormer[chain]
    formers[former].key = key
    formers[former].stamp = newStamp()
    formers[former].setup = setup
    formers[former].content = setup
    firstFormer[chain] = former
    stations[team].waitingContent &+= setup
    let person = staff.firstPerson[team]
    // A team without people has no working time in which to wait.
    if row.wait >= 0, person < staff.firstPerson[team + 1] {
      let calendar = Int(people[Int(person)].calendar)
      let latest = calendars[calendar].instant(after: row.wait, from: now)
      schedule(
        .releaseBatch, former, stamp: formers[former].stamp, at: latest, .releaseBatch)
    }
    return former
  }

  /// The first item of a batch has waited long enough.
  mutating func releaseBatch(former: Int32, stamp: UInt32) {
    guard formers[former].stamp == stamp, formers[former].first >= 0 else { return }
    let queueing = items[formers[former].first].queueing
    if formers[former].count < batchTable[Int(queueingTable[Int(queueing)].batch)].minimum {
      formers[former].isOverdue = true
    } else {
      closeBatch(former)
    }
  }

  /// Turns a forming batch into one piece of work, led by its first item; the set-up is shared out
  /// evenly over the items, the remainder to the first.
  private mutating func closeBatch(_ former: Int32) {
    let batch = formers[former]
    let lead = batch.first
    dissolve(former)
    let share = batch.setup / Int64(batch.count)
    var item = lead
    while item >= 0 {
      let next = items[item].next
      countWaiting(item, -1)
      items[item].ownContent &+= share
      items[item].nextInBatch = next
      items[item].former = -1
      if item != lead {
        items[item].state = .inBatch
        items[item].stamp = 0
      }
      item = next
    }
    items[lead].ownContent &+= batch.setup - share * Int64(batch.count)
    items[lead].content = batch.content
    items[lead].batchSize = batch.count
    enqueue(lead)
  }

  /// Forgets a forming batch; its items are taken care of elsewhere.
  private mutating func dissolve(_ former: Int32) {
    let batch = formers[former]
    let chain = Int(batch.chain)
    if firstFormer[chain] == former {
      firstFormer[chain] = batch.nextInChain
    } else {
      var other = firstFormer[chain]
      while formers[other].nextInChain != former { other = formers[other].nextInChain }
      formers[other].nextInChain = batch.nextInChain
    }
    stations[Int(items[batch.first].station)].waitingContent &-= batch.setup
    formers[former].stamp = 0
    formers[former].first = -1
    formers.free(former)
  }

  /// Takes an item out of the batch that is forming with it.
  mutating func leaveBatch(_ item: Int32) {
    let former = items[item].former
    countWaiting(item, -1)
    if formers[former].count == 1 {
      dissolve(former)
    } else {
      let (previous, next) = (items[item].previous, items[item].next)
      if previous >= 0 { items[previous].next = next } else { formers[former].first = next }
      if next >= 0 { items[next].previous = previous } else { formers[former].last = previous }
      formers[former].count &-= 1
      formers[former].content &-= items[item].content
    }
    items[item].former = -1
  }
}
