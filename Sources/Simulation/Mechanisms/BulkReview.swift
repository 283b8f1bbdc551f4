internal import EventEngine

// Mechanism *bulk review* (remedy 3, brief row 60): tickets of one guardrail and team are collected and
// reviewed together: one set-up, then a marginal time each. A batch is released when it is full, or when
// its first ticket has waited the longest time allowed, in the team's working time. There is a gain only
// where there is a set-up part; the wait for the batch shows in the cycle time.

extension Replication {
  /// Adds a ticket to the batch that is forming for its guardrail and team.
  mutating func joinBatch(_ item: Int32, guardrail: Int32, team: Int) {
    let former = Int(guardrail) * teamCount + team
    let row = guardrailRow(items[item].stack, guardrail)
    let last = batchFormers[former].last
    items[item].state = .forming
    items[item].previous = last
    items[item].next = -1
    if last >= 0 {
      items[last].next = item
    } else {
      let ordinal = cases[items[item].caseSlot].ordinal
      let uniform = random.uniform(
        row.setupStream, ordinal: ordinal, visit: items[item].visit, attempt: Int32(team))
      let setup = microseconds(row.batchSetup, uniform)
      let stamp = newStamp()
      batchFormers[former] = BatchFormer(first: item, stamp: stamp, setup: setup, content: setup)
      stations[team].waitingContent &+= setup
      let person = staff.firstPerson[team]
      // A team without people has no working time in which to wait.
      if person < staff.firstPerson[team + 1] {
        let calendar = Int(people[Int(person)].calendar)
        let latest = calendars[calendar].instant(after: row.batchWait, from: now)
        schedule(.releaseBatch, Int32(former), stamp: stamp, at: latest, .releaseBatch)
      }
    }
    batchFormers[former].last = item
    batchFormers[former].count &+= 1
    batchFormers[former].content &+= items[item].content
    stations[team].waitingTickets &+= 1
    stations[team].waitingContent &+= items[item].content
    announce(item, .forming)
    if batchFormers[former].count >= row.batchSize { closeBatch(former) }
  }

  /// The first ticket of a batch has waited long enough.
  mutating func releaseBatch(former: Int, stamp: UInt32) {
    guard batchFormers[former].first >= 0, batchFormers[former].stamp == stamp else { return }
    closeBatch(former)
  }

  /// Turns a forming batch into one piece of work, led by its first ticket; the set-up is shared out
  /// evenly over the tickets, the remainder to the first.
  private mutating func closeBatch(_ former: Int) {
    let batch = batchFormers[former]
    batchFormers[former] = BatchFormer()
    let team = former % teamCount
    stations[team].waitingTickets &-= batch.count
    stations[team].waitingContent &-= batch.content
    let share = batch.setup / Int64(batch.count)
    var item = batch.first
    while item >= 0 {
      let next = items[item].next
      items[item].ownContent &+= share
      items[item].nextInBatch = next
      item = next
    }
    let lead = batch.first
    items[lead].ownContent &+= batch.setup - share * Int64(batch.count)
    items[lead].content = batch.content
    items[lead].batchSize = batch.count
    enqueue(lead)
  }
}
