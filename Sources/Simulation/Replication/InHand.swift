internal import EventEngine

// Work in people's hands: how fast it goes, when it will be done, and what has been spent on it. Work is
// given in content: the working time it takes at speed 1. A person of speed v with n items in hand moves
// each at v / (1 + (n − 1)·slowdown).

/// The settings of a team under one stack.
struct TeamRow: BitwiseCopyable {
  var preemption: TeamModel.Preemption
  var handsOver: Bool
  /// Longest overtime for one piece of work, in microseconds; 0 for none.
  var overtimeLimit: Int64
  var overtimeSurcharge: Double
  /// Waiting time that is worth a class of urgency; 0 where waiting makes nothing more urgent.
  var ageing: Int64
  /// Most items in one person's hands.
  var itemLimit: Int32
  var slowdown: Double

  init(_ model: TeamModel) {
    preemption = model.preemption
    handsOver = model.shiftEnd == .handOver
    if case .overtime(let limit) = model.shiftEnd {
      overtimeLimit = limit
    } else {
      overtimeLimit = 0
    }
    overtimeSurcharge = model.overtimeSurcharge
    ageing = model.ageing ?? 0
    itemLimit = Int32(clamping: model.multitasking?.limit ?? 1)
    slowdown = model.multitasking?.slowdown ?? 0
  }
}

/// What was spent on a piece of work.
struct WorkSpent {
  /// Working time of people, in microseconds.
  var time: Int64
  /// Cost of a microsecond of it, in millionths of the currency unit.
  var rate: Double
}

extension Replication {
  @inline(__always)
  func teamRow(_ team: Int) -> TeamRow { teamTable[Int(stack) &* teamCount &+ team] }

  /// Gives an item that has left the queue to a person.
  @inline(__always)
  mutating func hand(_ item: Int32, to person: Int32) {
    let index = Int(person)
    items[item].person = person
    if items[item].queueing >= 0, queueingTable[Int(items[item].queueing)].personTimes >= 0 {
      takePersonalTime(item, of: person)
    }
    if hasFatigue { tire(item, by: person) }
    if people[index].itemLimit > 1 {
      if people[index].load > 0 { settleProgress(of: person) }
      items[item].next = people[index].item
      people[index].item = item
      people[index].load &+= 1
      begin(item)
      if hasApplications { _ = engage(item) }
      if people[index].load >= people[index].itemLimit { staff.setFree(people[index], false) }
      scheduleFinishes(of: person)
    } else {
      items[item].next = -1
      people[index].item = item
      people[index].load = 1
      staff.setFree(people[index], false)
      begin(item)
      if hasApplications, engage(item), items[item].use == .blocked { return }
      scheduleFinish(of: item)
    }
  }

  @inline(__always)
  mutating func begin(_ item: Int32) {
    items[item].state = .inService
    items[item].started = now
    items[item].stamp = newStamp()
    stations[Int(items[item].station)].inService &+= items[item].batchSize
    announce(item, .inService)
  }

  /// Content that a person's own time gives an item, for the luck it has anyway.
  private mutating func takePersonalTime(_ item: Int32, of person: Int32) {
    let row = queueingTable[Int(items[item].queueing)]
    let time = personTimes[Int(row.personTimes + people[Int(person)].position)]
    // Begun work goes on with what remains of it.
    guard time.isOwn, items[item].spentTime == 0, items[item].batchSize == 1 else { return }
    let activity = activityTable[
      Int(items[item].stack) * activityCount + Int(items[item].source)]
    let uniform = random.uniform(
      activity.handlingStream, ordinal: cases[items[item].caseSlot].ordinal,
      visit: items[item].visit)
    let content = microseconds(time.sampler, uniform)
    items[item].content = content
    items[item].ownContent = content
  }

  // MARK: Time

  /// Time that a content takes a person, alone, in microseconds of working time.
  @inline(__always)
  func duration(of content: Int64, person: Int) -> Int64 {
    let speed = people[person].speed
    return speed == 1 ? content : roundedToInteger(Double(content) / speed)
  }

  /// Schedules when an item will be done, if its person does nothing else.
  @inline(__always)
  private mutating func scheduleFinish(of item: Int32) {
    let person = Int(items[item].person)
    let time = duration(of: items[item].content, person: person)
    let end = finishInstant(item, after: time, person: person)
    schedule(.finish, item, stamp: items[item].stamp, at: end, .finishService)
  }

  /// The instant at which a person has worked for a time from now on.
  @inline(__always)
  private mutating func finishInstant(_ item: Int32, after time: Int64, person: Int) -> Int64 {
    let calendar = Int(people[person].calendar)
    let end = calendars[calendar].instant(after: time, from: now)
    let limit = people[person].overtimeLimit
    guard limit > 0, end != .max,
      let close = calendars[calendar].shiftEnd(before: end, within: limit), close.instant >= now
    else { return end }
    // What would be done at the start of the next shift is done at the end of this one.
    items[item].overtime = end - close.nextOpening
    return close.instant + items[item].overtime
  }

  /// Working time of a person on an item since it was last begun, in microseconds.
  func elapsed(_ item: Int32) -> Int64 {
    let work = items[item]
    let person = people[Int(work.person)]
    let calendar = Int(person.calendar)
    var time = calendars[calendar].workTime(from: work.started, to: now)
    if work.overtime > 0, !calendars[calendar].isOpen(at: now) {
      time += min(work.overtime, calendars[calendar].timeSinceClosing(at: now))
    }
    return time
  }

  /// Content done on an item since it was last begun.
  func contentDone(_ item: Int32) -> Int64 {
    if items[item].use == .blocked { return 0 }
    let person = Int(items[item].person)
    var done = Double(elapsed(item)) * people[person].speed
    if people[person].load > 1 {
      done /= 1 + Double(people[person].load - 1) * people[person].slowdown
    }
    return min(items[item].content, roundedToInteger(done))
  }

  // MARK: Several items in hand

  /// Brings all items in a person's hands up to now, before their pace changes.
  mutating func settleProgress(of person: Int32) {
    let load = Int64(people[Int(person)].load)
    var item = people[Int(person)].item
    var remainder = true
    while item >= 0 {
      let time = elapsed(item)
      let done = contentDone(item)
      // The person's time is shared out evenly; what does not divide goes to the first.
      spend(item, time: time / load + (remainder ? time % load : 0))
      remainder = false
      items[item].content &-= done
      stations[Int(items[item].station)].finishedContent &+= done
      if items[item].use == .blocked { countWait(time / load, with: item) }
      keepFirstStart(item)
      items[item].started = now
      item = items[item].next
    }
  }

  /// Schedules when each item in a person's hands will be done at the present pace.
  mutating func scheduleFinishes(of person: Int32) {
    let index = Int(person)
    let pace = 1 + Double(people[index].load - 1) * people[index].slowdown
    var item = people[index].item
    while item >= 0 {
      items[item].stamp = newStamp()
      if items[item].use == .blocked {
        item = items[item].next
        continue
      }
      let time = Int64((Double(items[item].content) * pace / people[index].speed).rounded())
      let end = finishInstant(item, after: time, person: index)
      schedule(.finish, item, stamp: items[item].stamp, at: end, .finishService)
      item = items[item].next
    }
  }

  /// Notes time that was spent on an item, at its person's cost.
  private mutating func spend(_ item: Int32, time: Int64, overtime: Int64 = 0) {
    let person = people[Int(items[item].person)]
    items[item].spentTime &+= time
    items[item].spentCost +=
      person.costPerMicrosecond * (Double(time) + person.overtimeSurcharge * Double(overtime))
  }

  // MARK: Putting down

  /// Takes an item out of its person's hands; says what was spent on it in all.
  mutating func putDown(_ item: Int32, isDone: Bool) -> WorkSpent {
    let index = Int(items[item].person)
    let station = Int(items[item].station)
    let rate = people[index].costPerMicrosecond
    if hasFatigue { noteBusy(items[item].person) }
    if items[item].use != .none { disengage(item) }
    stations[station].inService &-= items[item].batchSize
    if people[index].itemLimit > 1 {
      settleProgress(of: items[item].person)
      removeFromHands(item)
      if people[index].load > 0 { scheduleFinishes(of: items[item].person) }
      updateFree(index)
      if isDone {
        // What rounding has left.
        stations[station].finishedContent &+= items[item].content
        items[item].content = 0
      }
    } else {
      let content = isDone ? items[item].content : contentDone(item)
      let time = isDone ? duration(of: content, person: index) : elapsed(item)
      stations[station].finishedContent &+= content
      people[index].item = -1
      people[index].load = 0
      updateFree(index)
      if isDone, items[item].spentTime == 0, items[item].overtime == 0 {
        return WorkSpent(time: time, rate: rate)
      }
      items[item].content &-= content
      let overtime = isDone ? items[item].overtime : 0
      record.teams[station].overtime &+= overtime
      spend(item, time: time, overtime: overtime)
    }
    items[item].overtime = 0
    let (time, cost) = (items[item].spentTime, items[item].spentCost)
    return WorkSpent(time: time, rate: time > 0 ? cost / Double(time) : rate)
  }

  /// Keeps when an item was first begun, before `started` comes to say something else.
  private mutating func keepFirstStart(_ item: Int32) {
    guard items[item].firstStart < 0 else { return }
    let slot = firstStarts.take()
    firstStarts[slot] = items[item].started
    items[item].firstStart = slot
  }

  /// When an item was first begun.
  @inline(__always)
  func firstStart(of item: Int32) -> Int64 {
    let slot = items[item].firstStart
    return slot < 0 ? items[item].started : firstStarts[slot]
  }

  private mutating func removeFromHands(_ item: Int32) {
    let index = Int(items[item].person)
    people[index].load &-= 1
    if people[index].item == item {
      people[index].item = items[item].next
      return
    }
    var other = people[index].item
    while items[other].next != item { other = items[other].next }
    items[other].next = items[item].next
  }

  /// Interrupts work in hand and puts it back into the queue.
  ///
  /// - Parameter anew: whether it has to begin anew.
  mutating func interrupt(_ item: Int32, anew: Bool) {
    keepFirstStart(item)
    _ = putDown(item, isDone: false)
    if anew { items[item].content = wholeContent(item) }
    items[item].stamp = 0
    items[item].state = .waiting
    items[item].person = -1
    reinsert(item)
    countWaiting(item, 1)
    announce(item, .waiting)
  }

  /// Content of an item and of all others of the batch it leads, as if nothing had been done.
  func wholeContent(_ item: Int32) -> Int64 {
    var content: Int64 = 0
    var member = item
    while member >= 0 {
      content += items[member].ownContent
      member = items[member].nextInBatch
    }
    return content
  }

  /// Brings all that people have in hand up to now, before day 0 changes their speeds and hours.
  mutating func settleAllProgress() {
    for person in 0..<people.count where people[person].load > 0 {
      settleProgress(of: Int32(person))
    }
  }

  /// Schedules anew when all that people have in hand will be done.
  mutating func rescheduleAllFinishes() {
    for person in 0..<people.count where people[person].load > 0 {
      scheduleFinishes(of: Int32(person))
    }
  }
}
