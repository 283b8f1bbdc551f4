internal import EventEngine

// Work items, from the queue to what follows when they are done.

extension Replication {
  // MARK: Queues

  @inline(__always)
  mutating func countWaiting(_ item: Int32, _ delta: Int32) {
    let station = Int(items[item].station)
    if isTicket(items[item].kind, source: items[item].source) {
      stations[station].waitingTickets &+= delta &* items[item].batchSize
    } else {
      stations[station].waitingTasks &+= delta &* items[item].batchSize
    }
    stations[station].waitingContent &+= Int64(delta) &* items[item].content
  }

  /// Whether work counts as a ticket: people have it because of an automation.
  @inline(__always)
  func isTicket(_ kind: WorkItem.Kind, source: Int32) -> Bool {
    switch kind {
    case .ticket, .exception: true
    case .errand: errandTable[Int(source)].isTicket
    case .task, .run, .hop, .aside, .otherCall, .repair, .opinion: false
    }
  }

  @inline(__always)
  func observed(_ kind: WorkItem.Kind) -> ObservedWork {
    switch kind {
    case .task: .task
    case .ticket: .ticket
    case .exception: .exception
    case .run, .opinion, .otherCall: .run
    case .hop: .hop
    case .aside: .aside
    case .repair: .repair
    case .errand: .errand
    }
  }

  /// Creates a work item; it is not queued yet.
  @inline(__always)
  mutating func newItem(
    _ kind: WorkItem.Kind, source: Int32, station: Int, caseSlot: Int32, token: Int32,
    content: Int64, queueing: Int32 = -1
  ) -> Int32 {
    var work = WorkItem()
    work.kind = kind
    work.stack = rollout.isOn && token >= 0 ? tokens[token].stack : stack
    work.source = source
    work.station = Int32(truncatingIfNeeded: station)
    work.queueing = queueing
    work.lane =
      queueing >= 0 ? laneOf(queueing, caseSlot: caseSlot) : stations[station].firstLane
    work.caseSlot = caseSlot
    work.token = token
    work.content = content
    work.ownContent = content
    work.queued = now
    return items.take(work)
  }

  /// Puts work into its station's queue and lets a free server take it.
  @inline(__always)
  mutating func enqueue(_ item: Int32) {
    let station = Int(items[item].station)
    items[item].state = .waiting
    items[item].sequence = nextSequence
    nextSequence &+= 1
    announce(item, .waiting)
    if station < teamCount {
      let queueing = Int(items[item].queueing)
      let isWatched = queueing >= 0 && !queueingTable[queueing].isPlain
      let isFirst = lanes[Int(items[item].lane)].head < 0
      if isFirst, !isWatched, takeAtOnce(item, team: station) { return }
      append(item)
      countWaiting(item, 1)
      if isWatched { watchWaiting(item) }
      serve(team: station)
    } else {
      if takeAtOnce(item, station: station) { return }
      append(item)
      countWaiting(item, 1)
      serveMachines(station: station)
    }
  }

  /// Tells the observer of a state of an item, and of all others of a batch it leads.
  @inline(__always)
  mutating func announce(_ item: Int32, _ state: ObservedState?) {
    guard Observer.isObserving, items[item].kind != .otherCall else { return }
    var member = item
    while member >= 0 {
      observer.workChanged(
        item: member, kind: observed(items[member].kind), station: Int(items[member].station),
        to: state, at: now)
      if Observer.tracesCases { traceWork(member, lead: item, state) }
      member = items[member].nextInBatch
    }
  }

  // MARK: Done

  /// Work is done: its server is free for the next, then its case goes on.
  @inline(__always)
  mutating func finishWork(_ item: Int32, stamp: UInt32) {
    guard items[item].stamp == stamp else { return }
    let station = Int(items[item].station)
    announce(item, nil)
    if station < teamCount {
      let spent = putDown(item, isDone: true)
      followUp(item, spent)
      serve(team: station)
    } else {
      if items[item].use != .none { disengage(item) }
      if items[item].kind == .otherCall {
        release(item)
        return
      }
      stations[station].inService &-= 1
      stations[station].finishedContent &+= items[item].content
      if items[item].kind == .run { finishRun(item) } else { finishOtherByMachine(item) }
      serveMachines(station: station)
    }
  }

  private mutating func finishOtherByMachine(_ item: Int32) {
    let work = items[item]
    release(item)
    switch work.kind {
    case .opinion: finishOpinion(work)
    case .hop:
      charge(work.caseSlot, .orchestration, layers[Int(work.stack)].costPerHop)
      if work.fails { tryAgain(work.token) } else { continueChain(work.token) }
    default: finishAside(work)
    }
  }

  /// What follows when people have done an item, or a batch of them.
  @inline(__always)
  private mutating func followUp(_ lead: Int32, _ spent: WorkSpent) {
    // The lead's slot may be used again as soon as it is released.
    let (started, person) = (firstStart(of: lead), items[lead].person)
    if items[lead].nextInBatch < 0 {
      followUp(lead, time: spent.time, of: spent, started: started, person: person)
      return
    }
    var share = BatchShare(spent, content: wholeContent(lead))
    var item = lead
    while item >= 0 {
      let next = items[item].nextInBatch
      let time = share.next(content: items[item].ownContent, isLast: next < 0)
      followUp(item, time: time, of: spent, started: started, person: person)
      item = next
    }
  }

  /// What follows when people have done one item, alone or in a batch.
  private mutating func followUp(
    _ item: Int32, time: Int64, of spent: WorkSpent, started: Int64, person: Int32
  ) {
    let cost = roundedToInteger(Double(time) * spent.rate)
    let source = Int(items[item].source)
    // Asked here too, so that most work need not be copied.
    if tracksDue, isTicket(items[item].kind, source: items[item].source) {
      let penalty = countDue(items[item])
      if penalty > 0 { charge(items[item].caseSlot, .penalties, penalty) }
    }
    switch items[item].kind {
    case .task:
      noteDone(
        items[item], row: workRows.row(activity: source, .task), time: time, started: started,
        cost: cost, person: person)
      finishPlanned(item, .tasks, time: time, cost: cost)
    case .exception:
      noteDone(
        items[item], row: workRows.row(activity: source, .exception), time: time,
        started: started, cost: cost, person: person)
      finishPlanned(item, .exceptions, time: time, cost: cost)
    case .ticket:
      let work = items[item]
      noteDone(
        work, row: workRows.row(guardrail: source), time: time, started: started, cost: cost,
        person: person)
      charge(work.caseSlot, .review, time: time, cost: cost)
      let outcome = answer(
        item, work, time: time, cost: cost, started: started, person: person)
      release(item)
      settle(work, outcome)
    case .repair:
      let work = items[item]
      release(item)
      finishRepair(work, spent)
    case .errand:
      let work = items[item]
      let errand = Int(errandTable[source].position)
      if errand >= 0 {
        noteDone(
          work, row: workRows.row(errand: errand), time: time, started: started, cost: cost,
          person: person)
      }
      release(item)
      finishErrand(work, item: item, time: time, at: spent.rate)
    case .run, .opinion, .hop, .aside, .otherCall: break
    }
  }

  @inline(__always)
  private mutating func finishPlanned(
    _ item: Int32, _ component: CostComponent, time: Int64, cost: Int64
  ) {
    let (token, caseSlot) = (items[item].token, items[item].caseSlot)
    charge(caseSlot, component, time: time, cost: cost)
    release(item)
    if token >= 0 { completeWork(token) } else { closePart(of: caseSlot) }
  }

  /// Frees an item's slot.
  @inline(__always)
  mutating func release(_ item: Int32) {
    let token = items[item].token
    if token >= 0, tokens[token].item == item { tokens[token].item = -1 }
    if items[item].firstStart >= 0 { firstStarts.free(items[item].firstStart) }
    items[item].stamp = 0
    items[item].token = -1
    items.free(item)
  }

  // MARK: Performing activities

  /// Gives an activity to its performer.
  mutating func startWork(_ token: Int32, activity: Int32) {
    let row = activityIndex(of: token, activity)
    tokens[token].stage = .working
    let automation = performer(of: token, row)
    if automation >= 0, isForAutomation(token, row),
      !(adoption.isOn && isKeptByPeople(token, row))
    {
      startRun(token, activity: activity, row: row, automation: automation)
    } else {
      tokens[token].isDoneByAutomation = false
      let queueing = queueingOfActivities[Int(tokens[token].stack)] &+ activity
      let batch = queueingTable[Int(queueing)].batch
      let content =
        batch >= 0 && batchTable[Int(batch)].hasEach
        ? drawTimeInBatch(batch, token, row: row) : drawHandlingTime(token, row: row)
      giveToTeam(
        .task, token, activity: activity, team: activityTable[row].team, content: content,
        queueing: queueing)
    }
  }

  /// Time of work for which its batch says how long each item takes.
  private func drawTimeInBatch(_ batch: Int32, _ token: Int32, row: Int) -> Int64 {
    microseconds(
      batchTable[Int(batch)].each, draw(activityTable[row].handlingStream, for: token))
  }

  /// Row of an activity under the stack with which a token began it.
  @inline(__always)
  func activityIndex(of token: Int32, _ activity: Int32) -> Int {
    Int(tokens[token].stack) &* activityCount &+ Int(activity)
  }

  @inline(__always)
  private func isForAutomation(_ token: Int32, _ row: Int) -> Bool {
    // A retry stays with the automation that began: one decision, one draw.
    activityTable[row].automationShare >= 1 || tokens[token].attempt > 0
      || (orchestration.isOn && isAssigned(token))
      || draw(activityTable[row].shareStream, for: token) < activityTable[row].automationShare
  }

  /// Queues human work on a token's activity.
  @inline(__always)
  mutating func giveToTeam(
    _ kind: WorkItem.Kind, _ token: Int32, activity: Int32, team: Int32, content: Int64,
    queueing: Int32
  ) {
    let item = newItem(
      kind, source: activity, station: Int(team), caseSlot: tokens[token].caseSlot,
      token: token, content: content, queueing: queueing)
    items[item].visit = tokens[token].visit
    tokens[token].item = item
    if queueingTable[Int(queueing)].batch >= 0 { joinBatch(item) } else { enqueue(item) }
  }
}

/// Shares what was spent on a batch out over its items, in proportion to their content.
private struct BatchShare {
  private let spent: WorkSpent
  private let content: Int64
  private var timeLeft: Int64
  private var contentLeft: Int64

  /// - Parameter content: of the whole batch.
  init(_ spent: WorkSpent, content: Int64) {
    self.spent = spent
    self.content = content
    timeLeft = spent.time
    contentLeft = content
  }

  /// The time of the next item; all of them sum to what was spent.
  mutating func next(content own: Int64, isLast: Bool) -> Int64 {
    if isLast { return timeLeft }
    let time =
      spent.time == content
      ? own : roundedToInteger(Double(timeLeft) * Double(own) / Double(max(1, contentLeft)))
    timeLeft -= time
    contentLeft -= own
    return time
  }
}
