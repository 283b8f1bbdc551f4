internal import EventEngine

// Work items: queues in order of arrival, people and machines that take them, and what follows when one
// is done. A server that becomes free takes the next work within the same event, so nothing barges in.

extension Replication {
  // MARK: Queues

  @inline(__always)
  private mutating func append(_ item: Int32, to station: Int) {
    let tail = stations[station].tail
    items[item].previous = tail
    items[item].next = -1
    if tail >= 0 { items[tail].next = item } else { stations[station].head = item }
    stations[station].tail = item
  }

  @inline(__always)
  private mutating func unlink(_ item: Int32, from station: Int) {
    let state = items[item]
    if state.previous >= 0 {
      items[state.previous].next = state.next
    } else {
      stations[station].head = state.next
    }
    if state.next >= 0 {
      items[state.next].previous = state.previous
    } else {
      stations[station].tail = state.previous
    }
  }

  @inline(__always)
  mutating func countWaiting(_ item: Int32, _ delta: Int32) {
    let state = items[item]
    let station = Int(state.station)
    if state.kind == .ticket || state.kind == .exception {
      stations[station].waitingTickets &+= delta * state.batchSize
    } else {
      stations[station].waitingTasks &+= delta
    }
    stations[station].waitingContent &+= Int64(delta) * state.content
  }

  @inline(__always)
  func observed(_ kind: WorkItem.Kind) -> ObservedWork {
    switch kind {
    case .task: .task
    case .ticket: .ticket
    case .exception: .exception
    case .run: .run
    case .hop: .hop
    }
  }

  /// Creates a work item; it is not queued yet.
  mutating func newItem(
    _ kind: WorkItem.Kind, source: Int32, station: Int, caseSlot: Int32, token: Int32,
    content: Int64
  ) -> Int32 {
    let item = items.take()
    items[item].kind = kind
    items[item].stack = stack
    items[item].source = source
    items[item].station = Int32(station)
    items[item].caseSlot = caseSlot
    items[item].token = token
    items[item].content = content
    items[item].ownContent = content
    items[item].queued = now
    return item
  }

  /// Puts work into its station's queue and lets a free server take it.
  mutating func enqueue(_ item: Int32) {
    let station = Int(items[item].station)
    items[item].state = .waiting
    append(item, to: station)
    countWaiting(item, 1)
    announce(item, .waiting)
    if station < teamCount { serve(team: station) } else { serveMachines(station: station) }
  }

  /// Tells the observer of a state of an item, and of all tickets of a batch it leads.
  mutating func announce(_ item: Int32, _ state: ObservedState?) {
    var member = item
    while member >= 0 {
      observer.workChanged(
        item: member, kind: observed(items[member].kind), station: Int(items[member].station),
        to: state, at: now)
      member = items[member].nextInBatch
    }
  }

  // MARK: Servers

  /// Lets free people of a team take waiting work, oldest first.
  mutating func serve(team: Int) {
    while stations[team].head >= 0 {
      let person = staff.firstFree(team: team)
      if person < 0 { break }
      let item = stations[team].head
      unlink(item, from: team)
      countWaiting(item, -1)
      begin(item, at: team)
      items[item].person = person
      people[Int(person)].item = item
      staff.setFree(people[Int(person)], false)
      let calendar = Int(people[Int(person)].calendar)
      let end = calendars[calendar].instant(after: items[item].content, from: now)
      schedule(.finish, item, stamp: items[item].stamp, at: end, .finishService)
    }
    observer.settled(
      at: now, team: team, idleOnShift: staff.freeCount(team: team),
      waiting: stations[team].head < 0
        ? 0 : Int(stations[team].waitingTasks &+ stations[team].waitingTickets))
  }

  /// Lets free machines of a station take waiting work, oldest first.
  mutating func serveMachines(station: Int) {
    while stations[station].head >= 0, stations[station].inService < stations[station].capacity {
      let item = stations[station].head
      unlink(item, from: station)
      countWaiting(item, -1)
      begin(item, at: station)
      schedule(
        .finish, item, stamp: items[item].stamp, at: now &+ items[item].content,
        .finishService)
    }
  }

  @inline(__always)
  private mutating func begin(_ item: Int32, at station: Int) {
    items[item].state = .inService
    items[item].started = now
    items[item].stamp = newStamp()
    stations[station].inService &+= items[item].batchSize
    announce(item, .inService)
  }

  /// Work is done: its server is free for the next, then its case goes on.
  mutating func finishWork(_ item: Int32, stamp: UInt32) {
    guard items[item].stamp == stamp else { return }
    let work = items[item]
    let station = Int(work.station)
    var cost = 0.0
    announce(item, nil)
    stations[station].inService &-= work.batchSize
    stations[station].finishedContent &+= work.content
    if station < teamCount {
      cost = people[Int(work.person)].costPerMicrosecond
      people[Int(work.person)].item = -1
      updateFree(Int(work.person))
    }
    followUp(item, work, costPerMicrosecond: cost)
    if station < teamCount { serve(team: station) } else { serveMachines(station: station) }
  }

  private mutating func followUp(_ item: Int32, _ work: WorkItem, costPerMicrosecond: Double) {
    switch work.kind {
    case .task:
      noteDone(work, started: work.started, cost: Double(work.content) * costPerMicrosecond)
      charge(work.caseSlot, .tasks, time: work.content, at: costPerMicrosecond)
      release(item)
      completeWork(work.token)
    case .exception:
      noteDone(work, started: work.started, cost: Double(work.content) * costPerMicrosecond)
      charge(work.caseSlot, .exceptions, time: work.content, at: costPerMicrosecond)
      release(item)
      completeWork(work.token)
    case .ticket: finishTickets(item, costPerMicrosecond: costPerMicrosecond)
    case .run:
      release(item)
      finishRun(work)
    case .hop:
      release(item)
      charge(work.caseSlot, .orchestration, layers[Int(work.stack)].costPerHop)
      continueChain(work.token)
    }
  }

  /// Frees an item's slot.
  @inline(__always)
  mutating func release(_ item: Int32) {
    let token = items[item].token
    if token >= 0, tokens[token].item == item { tokens[token].item = -1 }
    items[item].stamp = 0
    items[item].token = -1
    items.free(item)
  }

  // MARK: Performing activities

  /// Gives an activity to its performer.
  mutating func startWork(_ token: Int32, activity: Int32) {
    let row = activityRow(of: token, activity)
    tokens[token].stage = .working
    if row.automation >= 0, isForAutomation(token, row) {
      startRun(token, activity: activity, row: row)
    } else {
      tokens[token].isDoneByAutomation = false
      let content = microseconds(row.handlingTime, draw(row.handlingStream, for: token))
      giveToTeam(.task, token, activity: activity, team: row.team, content: content)
    }
  }

  @inline(__always)
  func activityRow(of token: Int32, _ activity: Int32) -> ActivityRow {
    activityTable[
      Int(tokens[token].stack) * model.flow.activities.count + Int(activity)]
  }

  @inline(__always)
  private func isForAutomation(_ token: Int32, _ row: ActivityRow) -> Bool {
    row.automationShare >= 1 || draw(row.shareStream, for: token) < row.automationShare
  }

  /// Queues human work on a token's activity.
  mutating func giveToTeam(
    _ kind: WorkItem.Kind, _ token: Int32, activity: Int32, team: Int32, content: Int64
  ) {
    let item = newItem(
      kind, source: activity, station: Int(team), caseSlot: tokens[token].caseSlot,
      token: token, content: content)
    tokens[token].item = item
    enqueue(item)
  }

  // MARK: Cancelling

  /// Withdraws all work that a token waits for.
  mutating func cancelWork(waitedForBy token: Int32) {
    if tokens[token].item >= 0 { withdraw(tokens[token].item) }
    if tokens[token].pendingTickets > 0 { detachTickets(of: token) }
  }

  private mutating func withdraw(_ item: Int32) {
    let work = items[item]
    announce(item, nil)
    switch work.state {
    case .waiting:
      unlink(item, from: Int(work.station))
      countWaiting(item, -1)
    case .inService:
      stations[Int(work.station)].inService &-= work.batchSize
      if work.person >= 0 {
        people[Int(work.person)].item = -1
        updateFree(Int(work.person))
      }
    case .forming: break
    }
    release(item)
    let station = Int(work.station)
    if work.state == .inService {
      if station < teamCount { serve(team: station) } else { serveMachines(station: station) }
    }
  }
}
