internal import EventEngine

// Servers take work. A server that becomes free takes the next work within the same event, so nothing
// barges in.

extension Replication {
  /// Lets free people of a team take waiting work, the most urgent first, the oldest of it first.
  @inline(__always)
  mutating func serve(team: Int) {
    if stations[team].isPlain {
      if lanes[Int(stations[team].firstLane)].head >= 0, staff.hasFree(team: team) {
        serveInOrder(team: team)
      }
    } else {
      serveByUrgency(team: team)
    }
    if Observer.isObserving { reportSettled(team: team) }
  }

  /// Gives an item that comes to a team to somebody free, where nothing waits in its lane and the team
  /// has no other; false where it has to queue.
  @inline(__always)
  mutating func takeAtOnce(_ item: Int32, team: Int) -> Bool {
    let lane = Int(items[item].lane)
    guard stations[team].isPlain else { return false }
    let person = staff.firstFree(team: team, mask: lanes[lane].firstMask)
    if person < 0 { return false }
    hand(item, to: person)
    if Observer.isObserving { reportSettled(team: team) }
    return true
  }

  /// Serves a team whose queue has one lane and whose people take one thing at a time.
  private mutating func serveInOrder(team: Int) {
    let lane = Int(stations[team].firstLane)
    while lanes[lane].head >= 0 {
      let person = staff.firstFree(team: team, mask: lanes[lane].firstMask)
      if person < 0 { return }
      assign(lanes[lane].head, to: person)
    }
  }

  private mutating func serveByUrgency(team: Int) {
    while let next = nextAssignment(team: team) { assign(next.item, to: next.person) }
    if teamRow(team).preemption != .none { interruptForUrgent(team: team) }
  }

  @inline(__always)
  private mutating func assign(_ item: Int32, to person: Int32) {
    unlink(item)
    countWaiting(item, -1)
    hand(item, to: person)
  }

  /// The most urgent work that somebody free can do, and who takes it.
  private func nextAssignment(team: Int) -> (item: Int32, person: Int32)? {
    var best: (item: Int32, person: Int32)?
    for lane in laneRange(team) where lanes[lane].head >= 0 {
      let item = lanes[lane].head
      if let current = best, !goesBefore(item, current.item, team: team) { continue }
      let person = freePerson(team: team, lane: lane)
      if person >= 0 { best = (item, person) }
    }
    return best
  }

  @inline(__always)
  func laneRange(_ station: Int) -> Range<Int> {
    let first = Int(stations[station].firstLane)
    return first..<(first + Int(stations[station].laneCount))
  }

  /// Who of a team takes work of a lane: the free person with least in hand, the first of several.
  @inline(__always)
  private func freePerson(team: Int, lane: Int) -> Int32 {
    let mask = lanes[lane].firstMask
    guard staff.isMultitasking(team) else { return staff.firstFree(team: team, mask: mask) }
    var best: Int32 = -1
    for person in staff.firstPerson[team]..<staff.firstPerson[team + 1]
    where staff.isFree(people[Int(person)], mask: mask)
      && (best < 0 || people[Int(person)].load < people[Int(best)].load)
    {
      best = person
    }
    return best
  }

  /// Whether one piece of waiting work goes before another of its team: by class, each class worth
  /// the team's ageing time, then by arrival.
  func goesBefore(_ a: Int32, _ b: Int32, team: Int) -> Bool {
    let ageing = teamRow(team).ageing
    let (first, second) = (urgency(a, ageing: ageing), urgency(b, ageing: ageing))
    return first < second || (first == second && items[a].sequence < items[b].sequence)
  }

  /// Lower is more urgent.
  ///
  /// With ageing the order of two items never changes while they wait, because
  /// both age alike.
  @inline(__always)
  private func urgency(_ item: Int32, ageing: Int64) -> Int64 {
    let urgency = Int64(lanes[Int(items[item].lane)].urgency)
    return ageing > 0 ? items[item].queued &+ urgency &* ageing : urgency
  }

  // MARK: Pre-emption

  /// Interrupts work of lower classes for waiting work that nobody is free for.
  @inline(never)
  private mutating func interruptForUrgent(team: Int) {
    let begunAnew = teamRow(team).preemption == .restart
    while let victim = workToInterrupt(team: team) {
      interrupt(victim, anew: begunAnew)
      guard let next = nextAssignment(team: team) else { return }
      assign(next.item, to: next.person)
      // What was interrupted may be work for somebody who could not do the urgent.
      while let other = nextAssignment(team: team) { assign(other.item, to: other.person) }
    }
  }

  /// The item in hand that gives way to waiting work: of the lowest class, and of those the last begun.
  private func workToInterrupt(team: Int) -> Int32? {
    var waiting: Int32?
    for lane in laneRange(team)
    where lanes[lane].head >= 0 && lanes[lane].urgency < waiting ?? .max {
      waiting = lanes[lane].urgency
    }
    guard let waiting else { return nil }
    var victim: Int32?
    for person in staff.firstPerson[team]..<staff.firstPerson[team + 1]
    where staff.mayBegin(people[Int(person)]) {
      var item = people[Int(person)].item
      while item >= 0 {
        let urgency = lanes[Int(items[item].lane)].urgency
        if urgency > waiting, items[item].state == .inService,
          canServeMoreUrgent(person, than: item, team: team),
          victim.map({ comesAfter(item, $0) }) ?? true
        {
          victim = item
        }
        item = items[item].next
      }
    }
    return victim
  }

  /// Whether a person can do some waiting work of a higher class that also goes before: where waiting
  /// makes work more urgent, an old item in hand may come before a new one of a higher class.
  private func canServeMoreUrgent(_ person: Int32, than item: Int32, team: Int) -> Bool {
    let urgency = lanes[Int(items[item].lane)].urgency
    return laneRange(team).contains { lane in
      let head = lanes[lane].head
      return head >= 0 && lanes[lane].urgency < urgency
        && staff.canServe(people[Int(person)], mask: lanes[lane].firstMask)
        && goesBefore(head, item, team: team)
    }
  }

  private func comesAfter(_ a: Int32, _ b: Int32) -> Bool {
    let (first, second) = (
      lanes[Int(items[a].lane)].urgency, lanes[Int(items[b].lane)].urgency
    )
    return first > second
      || (first == second
        && (items[a].started, items[a].sequence) > (items[b].started, items[b].sequence))
  }

  // MARK: Machines

  /// Lets free machines of a station take waiting work, oldest first.
  @inline(__always)
  mutating func serveMachines(station: Int) {
    let lane = Int(stations[station].firstLane)
    while lanes[lane].head >= 0, stations[station].inService < stations[station].capacity {
      let item = lanes[lane].head
      unlink(item)
      countWaiting(item, -1)
      beginByMachine(item)
    }
  }

  /// Lets a free machine take an item that comes to its station; false where it has to queue.
  @inline(__always)
  mutating func takeAtOnce(_ item: Int32, station: Int) -> Bool {
    guard lanes[Int(stations[station].firstLane)].head < 0,
      stations[station].inService < stations[station].capacity
    else { return false }
    beginByMachine(item)
    return true
  }

  @inline(__always)
  private mutating func beginByMachine(_ item: Int32) {
    begin(item)
    if hasApplications, engage(item) { return }
    schedule(
      .finish, item, stamp: items[item].stamp, at: now &+ items[item].content,
      .finishService)
  }

  // MARK: Observation

  /// Tells the observer who is idle beside work that they could do.
  private mutating func reportSettled(team: Int) {
    var idle = 0
    var waiting = 0
    for lane in laneRange(team) where lanes[lane].head >= 0 {
      let free = staff.freeCount(team: team, mask: lanes[lane].firstMask)
      guard free > 0 else { continue }
      idle = max(idle, free)
      waiting += 1
    }
    observer.settled(at: now, team: team, idle: idle, waiting: waiting)
  }
}
