internal import EventEngine

// Work in people's hands: how fast it goes, when it will be done, and what has been spent on it. Work is
// given in content: the working time it takes at speed 1. A person of speed v who works on n items moves
// each at v / (1 + (n − 1)·slowdown); items that wait for something with their person are not worked on.

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
    if hasExpertise { weighExpertise(item, of: person) }
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

  /// Content that a person's own time gives an item, or each item of a batch, for the luck it has
  /// anyway; the set-up of a batch stays.
  private mutating func takePersonalTime(_ item: Int32, of person: Int32) {
    let row = queueingTable[Int(items[item].queueing)]
    let time = personTimes[Int(row.personTimes + people[Int(person)].position)]
    // Begun work goes on with what remains of it.
    guard time.isOwn, items[item].firstStart < 0 else { return }
    let activity = activityTable[
      Int(items[item].stack) * activityCount + Int(items[item].source)]
    let standard =
      row.batch >= 0 && batchTable[Int(row.batch)].hasEach
      ? batchTable[Int(row.batch)].each : activity.handlingTime
    var member = item
    while member >= 0 {
      let uniform = random.uniform(
        activity.handlingStream, ordinal: cases[items[member].caseSlot].ordinal,
        visit: items[member].visit)
      let change = microseconds(time.sampler, uniform) - microseconds(standard, uniform)
      items[member].ownContent &+= change
      items[item].content &+= change
      member = items[member].nextInBatch
    }
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

  /// The instant at which a person who does nothing else has worked for a time from now on; notes how
  /// much of it is overtime.
  @inline(__always)
  private mutating func finishInstant(_ item: Int32, after time: Int64, person: Int) -> Int64 {
    let calendar = Int(people[person].calendar)
    // Most work ends in the shift in which it begins.
    if now + time <= staff.openUntil[calendar] {
      items[item].overtime = 0
      return now + time
    }
    let end = calendars[calendar].instant(after: time, from: now)
    let limit = people[person].overtimeLimit
    guard limit > 0 else { return end }
    items[item].overtime = 0
    guard end != .max,
      let close = calendars[calendar].shiftEnd(before: end, within: limit), close.instant > now
    else { return end }
    // What would be done at the start of the next shift is done at the end of this one.
    let overtime = end - close.nextOpening
    guard close.instant + overtime < close.nextOpening else { return end }
    items[item].overtime = overtime
    return close.instant + overtime
  }

  /// Working time of a person on an item since it was last begun, in microseconds: in hours, and in
  /// overtime.
  func elapsed(_ item: Int32) -> (hours: Int64, overtime: Int64) {
    let work = items[item]
    let calendar = Int(people[Int(work.person)].calendar)
    let hours = calendars[calendar].workTime(from: work.started, to: now)
    guard work.overtime > 0 else { return (hours, 0) }
    let sinceShift = calendars[calendar].timeSinceShiftEnd(at: now)
    return (hours, min(work.overtime, sinceShift, now - work.started))
  }

  /// Content done on an item since it was last begun.
  func contentDone(_ item: Int32) -> Int64 {
    if items[item].use == .blocked { return 0 }
    let person = Int(items[item].person)
    let (hours, overtime) = elapsed(item)
    if people[person].load > 1 {
      return contentDone(item, hours, overtime, itemsWorkedOn(by: person), person: person)
    }
    return min(
      items[item].content, roundedToInteger(Double(hours + overtime) * people[person].speed))
  }

  // MARK: Several items in hand

  /// How many of the items in a person's hands are worked on, and how many in overtime.
  private func itemsWorkedOn(by person: Int) -> (hours: Int64, overtime: Int64) {
    var (hours, overtime): (Int64, Int64) = (0, 0)
    var item = people[person].item
    while item >= 0 {
      if items[item].use != .blocked { hours += 1 }
      if items[item].overtime > 0 { overtime += 1 }
      item = items[item].next
    }
    return (hours, overtime)
  }

  /// How many times as long an item takes a person who works on several.
  @inline(__always)
  private func slowness(_ count: Int64, _ person: Int) -> Double {
    1 + Double(max(1, count) - 1) * people[person].slowdown
  }

  /// Content done in some working time by a person who works on so many items.
  private func contentDone(
    _ item: Int32, _ hours: Int64, _ overtime: Int64, _ count: (hours: Int64, overtime: Int64),
    person: Int
  ) -> Int64 {
    let done =
      Double(hours) * people[person].speed / slowness(count.hours, person)
      + Double(overtime) * people[person].speed / slowness(count.overtime, person)
    return min(items[item].content, roundedToInteger(done))
  }

  /// Brings all items in a person's hands up to now, before their pace changes.
  ///
  /// The person's time is shared out evenly over what they worked on; where everything in hand waited,
  /// over all. What does not divide goes to the first.
  mutating func settleProgress(of person: Int32) {
    let index = Int(person)
    let count = itemsWorkedOn(by: index)
    let sharers = count.hours > 0 ? count.hours : Int64(people[index].load)
    var item = people[index].item
    var (isFirst, isFirstInOvertime) = (true, true)
    while item >= 0 {
      let isBlocked = items[item].use == .blocked
      let time = elapsed(item)
      let done =
        isBlocked ? 0 : contentDone(item, time.hours, time.overtime, count, person: index)
      var (hours, overtime): (Int64, Int64) = (0, 0)
      if !isBlocked || count.hours == 0 {
        hours = time.hours / sharers + (isFirst ? time.hours % sharers : 0)
        isFirst = false
      }
      if items[item].overtime > 0 {
        overtime =
          time.overtime / count.overtime
          + (isFirstInOvertime ? time.overtime % count.overtime : 0)
        isFirstInOvertime = false
      }
      spend(item, time: hours + overtime, overtime: overtime)
      items[item].content &-= done
      stations[Int(items[item].station)].finishedContent &+= done
      if isBlocked { countWait(hours, with: item) }
      keepFirstStart(item)
      items[item].started = now
      item = items[item].next
    }
  }

  /// Schedules when each item in a person's hands will be done at the present pace.
  mutating func scheduleFinishes(of person: Int32) {
    let index = Int(person)
    let count = itemsWorkedOn(by: index)
    let takesSeveral = people[index].itemLimit > 1
    var item = people[index].item
    while item >= 0 {
      items[item].stamp = newStamp()
      if items[item].use == .blocked {
        item = items[item].next
        continue
      }
      let isInOvertime = takesSeveral && items[item].overtime > 0
      let time = time(
        forContentOf: item, slowness(isInOvertime ? count.overtime : count.hours, index), index)
      let end: Int64
      if isInOvertime {
        items[item].overtime = max(1, time)
        end = now + time
      } else if takesSeveral {
        end = calendars[Int(people[index].calendar)].instant(after: time, from: now)
      } else {
        end = finishInstant(item, after: time, person: index)
      }
      schedule(.finish, item, stamp: items[item].stamp, at: end, .finishService)
      item = items[item].next
    }
  }

  private func time(forContentOf item: Int32, _ slowness: Double, _ person: Int) -> Int64 {
    roundedToInteger(Double(items[item].content) * slowness / people[person].speed)
  }

  /// The shift of somebody with several items in hand ends: those are finished in overtime that would
  /// be done in time at the pace at which it ends, and the others rest meanwhile.
  mutating func beginOvertime(of person: Int) {
    guard people[person].overtimeLimit > 0, people[person].itemLimit > 1, people[person].load > 0
    else { return }
    settleProgress(of: Int32(person))
    let slowness = slowness(itemsWorkedOn(by: person).hours, person)
    let opening = calendars[Int(people[person].calendar)].opening(atOrAfter: now)
    if opening == .max { return }
    let limit = min(people[person].overtimeLimit, opening - now - 1)
    var item = people[person].item
    while item >= 0 {
      let time = time(forContentOf: item, slowness, person)
      if items[item].use != .blocked, 0 < time, time <= limit { items[item].overtime = time }
      item = items[item].next
    }
    scheduleFinishes(of: Int32(person))
  }

  /// Notes time that was spent on an item, at its person's cost.
  ///
  /// - Parameter overtime: how much of the time was overtime.
  private mutating func spend(_ item: Int32, time: Int64, overtime: Int64) {
    let person = people[Int(items[item].person)]
    record.teams[Int(items[item].station)].overtime &+= overtime
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
      let passed: (hours: Int64, overtime: Int64) =
        isDone ? (duration(of: content, person: index), 0) : elapsed(item)
      let time = passed.hours + passed.overtime
      stations[station].finishedContent &+= content
      people[index].item = -1
      people[index].load = 0
      updateFree(index)
      if isDone, items[item].spentTime == 0, items[item].overtime == 0 {
        return WorkSpent(time: time, rate: rate)
      }
      items[item].content &-= content
      spend(item, time: time, overtime: isDone ? items[item].overtime : passed.overtime)
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

  /// Schedules anew when all that people have in hand will be done; who was in overtime goes on when
  /// their next shift begins.
  mutating func rescheduleAllFinishes() {
    for person in 0..<people.count where people[person].load > 0 {
      var item = people[person].item
      while item >= 0 {
        if items[item].overtime > 0 {
          items[item].overtime = 0
          announce(
            item, staff.calendarIsOpen[Int(people[person].calendar)] ? .inService : .suspended)
        }
        item = items[item].next
      }
      scheduleFinishes(of: Int32(person))
    }
  }
}
