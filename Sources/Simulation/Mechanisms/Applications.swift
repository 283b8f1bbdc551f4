internal import EventEngine
internal import Statistics

// Mechanism *applications*: systems of record that all performers share. Whoever took a piece of work
// acquires what it touches in one order, holding runner and earlier applications meanwhile, does the work
// with the latency of each use, and gives all back in the event that ends it. First come, first served
// at each application. A person who waits keeps their place when their shift ends, and is paid for the
// working time of the wait. Brief row 40.

extension Replication {
  // MARK: Taking and giving back

  /// Begins the service of an item that a server took, where it touches applications or can be
  /// stopped by an outage.
  ///
  /// The end of a machine's work is then scheduled here; that of a person's work by whoever hands it
  /// over, unless it is blocked.
  ///
  /// - Returns: whether it touches anything or can be stopped.
  mutating func engage(_ item: Int32) -> Bool {
    let work = items[item]
    let station = Int(work.station)
    var use = UseState()
    use.unit = station < teamCount ? -1 : Int32(applicationCount + station - teamCount)
    switch work.kind {
    case .task, .exception, .run:
      let stack = work.token >= 0 ? tokens[work.token].stack : work.stack
      let column = work.kind == .run ? 2 : 0
      let row = (Int(stack) * activityCount + Int(work.source)) * 4 + column
      use.first = touchTable.ranges[row]
      use.end = touchTable.ranges[row + 1]
    case .aside where work.source >= 0:
      let row = (Int(tokens[work.token].stack) * activityCount + Int(work.source)) * 4 + 2
      use.first = touchTable.ranges[row]
      use.end = touchTable.ranges[row + 1]
    case .ticket, .hop, .aside, .otherCall, .repair, .errand, .opinion: break
    }
    guard use.first < use.end || (use.unit >= 0 && unitCanFail[Int(use.unit)]) else { return false }
    use.touch = use.first
    // Each time it is taken up, the latency of its applications comes anew.
    items[item].content &+= latency(of: work, use)
    begin(item, use)
    return true
  }

  /// Lets an item acquire what it needs, and a machine's work begin once it has all.
  mutating func begin(_ item: Int32, _ planned: UseState) {
    var use = planned
    use.needed = items[item].content
    use.remaining = use.needed
    use.since = now
    use.previous = lastEngaged
    uses.clear(row: item)
    uses[item, 0] = use
    if lastEngaged >= 0 { uses[lastEngaged, 0].next = item } else { firstEngaged = item }
    lastEngaged = item
    items[item].use = .held
    if !acquire(item) || isStopped(item) {
      items[item].use = .blocked
      announce(item, .awaitingApplication)
    } else if use.unit >= 0 {
      scheduleRun(item)
    }
  }

  private func latency(of work: WorkItem, _ use: UseState) -> Int64 {
    var total: Int64 = 0
    for index in use.first..<use.end {
      let touch = touchTable.touches[Int(index)]
      let row = applicationRow(touch.application)
      guard row.hasLatency else { continue }
      let uniform =
        work.kind == .run || work.kind == .aside
        ? draw(touch.latencyStream, for: work.token, attempt: tokens[work.token].attempt)
        : random.uniform(
          touch.latencyStream, ordinal: cases[work.caseSlot].ordinal, visit: work.visit)
      total &+= microseconds(row.latency, uniform)
    }
    return total
  }

  @inline(__always)
  func applicationRow(_ application: Int32) -> ApplicationRow {
    applicationTable[Int(stack) * applicationCount + Int(application)]
  }

  /// Ends the service of an item: gives back what it holds, or leaves the queue that it waits in.
  mutating func disengage(_ item: Int32) {
    let use = uses[item, 0]
    let isWaiting = use.touch < use.end
    if items[item].use == .blocked, use.unit < 0 { settleProgress(of: items[item].person) }
    items[item].use = .none
    if use.previous >= 0 { uses[use.previous, 0].next = use.next } else { firstEngaged = use.next }
    if use.next >= 0 {
      uses[use.next, 0].previous = use.previous
    } else {
      lastEngaged = use.previous
    }
    for index in use.first..<use.touch {
      changeUse(of: touchTable.touches[Int(index)].application, by: -1)
    }
    if isWaiting { dequeue(item, from: touchTable.touches[Int(use.touch)].application) }
    for index in use.first..<(use.touch + (isWaiting ? 1 : 0)) {
      admit(touchTable.touches[Int(index)].application)
    }
  }

  /// Acquires what an item still lacks, as far as it can be had.
  ///
  /// - Returns: whether it has all.
  private mutating func acquire(_ item: Int32) -> Bool {
    while uses[item, 0].touch < uses[item, 0].end {
      let touch = touchTable.touches[Int(uses[item, 0].touch)]
      uses[item, 0].asked = now
      if applicationStates[Int(touch.application)].head >= 0 || !canTake(touch, for: item) {
        wait(item, for: touch.application)
        return false
      }
      take(touch, for: item)
    }
    return true
  }

  private mutating func wait(_ item: Int32, for application: Int32) {
    let tail = applicationStates[Int(application)].tail
    uses[item, 0].previousInQueue = tail
    uses[item, 0].nextInQueue = -1
    if tail >= 0 {
      uses[tail, 0].nextInQueue = item
    } else {
      applicationStates[Int(application)].head = item
    }
    applicationStates[Int(application)].tail = item
    if tail < 0 { wakeWhenRefilled(application) }
  }

  private mutating func dequeue(_ item: Int32, from application: Int32) {
    let use = uses[item, 0]
    if use.previousInQueue >= 0 {
      uses[use.previousInQueue, 0].nextInQueue = use.nextInQueue
    } else {
      applicationStates[Int(application)].head = use.nextInQueue
    }
    if use.nextInQueue >= 0 {
      uses[use.nextInQueue, 0].previousInQueue = use.previousInQueue
    } else {
      applicationStates[Int(application)].tail = use.previousInQueue
    }
  }

  /// Lets those who wait for an application have it, the first first, as far as its limits allow.
  mutating func admit(_ application: Int32) {
    while applicationStates[Int(application)].head >= 0 {
      let item = applicationStates[Int(application)].head
      let touch = touchTable.touches[Int(uses[item, 0].touch)]
      guard canTake(touch, for: item) else {
        wakeWhenRefilled(application)
        return
      }
      dequeue(item, from: application)
      take(touch, for: item)
      if acquire(item) { proceed(item) }
    }
  }

  private mutating func canTake(_ touch: TouchRow, for item: Int32) -> Bool {
    let application = Int(touch.application)
    let row = applicationRow(touch.application)
    guard !units[application].isDown, applicationStates[application].inUse < row.concurrent else {
      return false
    }
    guard row.hasRateLimit else { return true }
    refill(application, row)
    let parts = row.parts(of: touch.requests &* Int64(items[item].batchSize))
    return applicationStates[application].level >= min(parts, row.capacity)
  }

  private mutating func take(_ touch: TouchRow, for item: Int32) {
    let application = Int(touch.application)
    let row = applicationRow(touch.application)
    let calls = touch.requests &* Int64(items[item].batchSize)
    if row.hasRateLimit { applicationStates[application].level -= row.parts(of: calls) }
    countCalls(calls, of: application)
    changeUse(of: touch.application, by: 1)
    let asked = uses[item, 0].asked
    uses[item, 0].touch += 1
    guard asked >= 0, asked < model.timeline.horizon, items[item].kind != .otherCall else { return }
    record.applications[application].uses += 1
    if asked < now { record.applications[application].waited += 1 }
    record.applications[application].waitingTime += Int128(now - asked)
  }

  /// Counts calls in their hour of the clock, within the horizon.
  private mutating func countCalls(_ calls: Int64, of application: Int) {
    guard now >= 0, now < model.timeline.horizon else { return }
    let hour = now / 3_600_000_000
    if hour != applicationStates[application].hour {
      applicationStates[application].hour = hour
      applicationStates[application].callsInHour = 0
    }
    applicationStates[application].callsInHour += calls
    record.applications[application].busiestHour = max(
      record.applications[application].busiestHour, applicationStates[application].callsInHour)
  }

  private mutating func changeUse(of application: Int32, by delta: Int32) {
    addAreaInUse(application)
    applicationStates[Int(application)].inUse += delta
  }

  /// Adds the time since the last change to the integral of the number in use, within the horizon.
  private mutating func addAreaInUse(_ application: Int32) {
    let state = applicationStates[Int(application)]
    let (from, to) = (max(state.changed, 0), min(now, model.timeline.horizon))
    if from < to {
      record.applications[Int(application)].timeInUse += Int128(state.inUse) * Int128(to - from)
    }
    applicationStates[Int(application)].changed = now
  }

  // MARK: Rate limit

  private mutating func refill(_ application: Int, _ row: ApplicationRow) {
    let state = applicationStates[application]
    let elapsed = now - state.refilled
    applicationStates[application].refilled = now
    // Who waits takes the tokens in the midst of a microsecond, and is served at its end: what came
    // in between is not lost.
    let lacking = row.capacity - state.level + (state.head >= 0 ? row.refill - 1 : 0)
    guard elapsed > 0, lacking > 0 else { return }
    applicationStates[application].level =
      state.level + (elapsed > (lacking - 1) / row.refill ? lacking : elapsed * row.refill)
  }

  /// Schedules the instant at which the first in an application's queue finds tokens enough, where
  /// nothing but tokens is lacking.
  private mutating func wakeWhenRefilled(_ application: Int32) {
    let index = Int(application)
    let row = applicationRow(application)
    let head = applicationStates[index].head
    guard row.hasRateLimit, head >= 0, !units[index].isDown,
      applicationStates[index].inUse < row.concurrent
    else { return }
    refill(index, row)
    let requests = touchTable.touches[Int(uses[head, 0].touch)].requests
    let parts = min(row.parts(of: requests &* Int64(items[head].batchSize)), row.capacity)
    let lacking = parts - applicationStates[index].level
    guard lacking > 0 else { return }
    let instant = now + (lacking - 1) / row.refill + 1
    if applicationStates[index].wakeStamp != 0, applicationStates[index].wakeAt == instant {
      return
    }
    let stamp = newStamp()
    applicationStates[index].wakeStamp = stamp
    applicationStates[index].wakeAt = instant
    schedule(.wakeApplication, application, stamp: stamp, at: instant, .changeAvailability)
  }

  /// Tokens enough have come for the first who waits.
  mutating func wakeApplication(_ application: Int32, stamp: UInt32) {
    guard applicationStates[Int(application)].wakeStamp == stamp else { return }
    applicationStates[Int(application)].wakeStamp = 0
    admit(application)
  }

  // MARK: Work

  /// Goes on with work that has waited for what it touches, unless something of it is down.
  mutating func proceed(_ item: Int32) {
    if isStopped(item) { return }
    if uses[item, 0].unit < 0 {
      let person = items[item].person
      settleProgress(of: person)
      items[item].use = .held
      announce(
        item,
        staff.calendarIsOpen[Int(people[Int(person)].calendar)] ? .inService : .suspended)
      scheduleFinishes(of: person)
    } else {
      items[item].use = .held
      announce(item, .inService)
      scheduleRun(item)
    }
  }

  private mutating func scheduleRun(_ item: Int32) {
    uses[item, 0].since = now
    let stamp = newStamp()
    items[item].stamp = stamp
    schedule(
      .finish, item, stamp: stamp, at: now &+ uses[item, 0].remaining, .finishService)
  }

  private func isStopped(_ item: Int32) -> Bool {
    let use = uses[item, 0]
    if use.unit >= 0, units[Int(use.unit)].isDown { return true }
    for index in use.first..<use.touch
    where units[Int(touchTable.touches[Int(index)].application)].isDown {
      return true
    }
    return false
  }

  /// Counts the working time that a person has waited with an item in hand as work done by the team:
  /// it was taken from what is scheduled.
  mutating func countWait(_ time: Int64, with item: Int32) {
    let speed = people[Int(items[item].person)].speed
    stations[Int(items[item].station)].finishedContent &+= Int64((Double(time) * speed).rounded())
  }

  /// Brings the waits of all who wait with work in hand up to now, so that samples see them.
  mutating func bookWaits() {
    var item = firstEngaged
    while item >= 0 {
      if items[item].use == .blocked, uses[item, 0].unit < 0 {
        settleProgress(of: items[item].person)
      }
      item = uses[item, 0].next
    }
  }

  // MARK: Start, day 0 and end

  /// Fills the buckets whose limit is another than before.
  mutating func fillBuckets(unlessAsInStack old: UInt8?) {
    for application in 0..<applicationCount {
      let row = applicationRow(Int32(application))
      if let old, row.hasSameLimit(as: applicationTable[Int(old) * applicationCount + application])
      {
        continue
      }
      applicationStates[application].level = row.capacity
      applicationStates[application].refilled = now
    }
  }

  /// Day 0: limits may have become wider.
  mutating func admitAll() {
    for application in 0..<Int32(applicationCount) { admit(application) }
  }

  /// Ends the integrals at the end of the run.
  mutating func closeApplicationBooks() {
    for application in 0..<Int32(applicationCount) { addAreaInUse(application) }
    for unit in 0..<units.count where units[unit].isDown { addDownTime(unit) }
  }
}
