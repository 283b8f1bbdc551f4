internal import EventEngine
internal import Statistics

// Mechanism *outages*: applications, automations and the layer are up and down by turns, at random or by
// plan. While something is down, no work that needs it begins or goes on. A repair passes by itself or is
// work of a team, in its queue like all other. Times to failure pass in calendar time, used or not.

extension Replication {
  @inline(__always)
  func outageRow(_ unit: Int) -> OutageRow { outageTable[Int(stack) * units.count + unit] }

  /// Start of the run and day 0: what the stack at work says of outages takes effect.
  mutating func applyOutages() {
    for unit in 0..<units.count {
      if outageRow(unit).isOn, !units[unit].awaitsFailure, !units[unit].hasFailed {
        scheduleFailure(unit)
      }
      // Staffing has just given every station its servers, but for that of a layer that is gone.
      let isLayer = unit == units.count - 1
      if unit >= applicationCount, units[unit].isDown, !isLayer || layers[Int(stack)].isOn {
        let station = teamCount + unit - applicationCount
        units[unit].capacity = stations[station].capacity
        stations[station].capacity = 0
      }
    }
    for application in 0..<applicationCount { followMaintenance(of: application) }
  }

  // MARK: Failure and repair

  private mutating func scheduleFailure(_ unit: Int) {
    let row = outageRow(unit)
    units[unit].occurrence &+= 1
    units[unit].awaitsFailure = true
    let uniform = random.uniform(row.everyStream, ordinal: units[unit].occurrence)
    // A failure at the very instant of the repair would let time stand still.
    let time = max(1, microseconds(row.every, uniform))
    schedule(.failure, Int32(unit), at: now &+ time, .changeAvailability)
  }

  /// Something fails, and its repair begins or is queued.
  mutating func fail(unit: Int) {
    units[unit].awaitsFailure = false
    let row = outageRow(unit)
    guard row.isOn else { return }
    let wasDown = units[unit].isDown
    units[unit].hasFailed = true
    countOutage(unit)
    if !wasDown { goDown(unit, row.inProgress) }
    if risk.hasCascade { beginCascade(at: unit) }
    let uniform = random.uniform(row.repairStream, ordinal: units[unit].occurrence)
    let time = microseconds(row.repair, uniform)
    if row.repairTeam >= 0 {
      let item = newItem(
        .repair, source: Int32(unit), station: Int(row.repairTeam), caseSlot: -1, token: -1,
        content: time)
      items[item].lane = laneTable.plainLane(ofTeam: Int(row.repairTeam))
      units[unit].repairItem = item
      enqueue(item)
    } else {
      schedule(.repaired, Int32(unit), at: now &+ time, .changeAvailability)
    }
  }

  /// The repair of something is done.
  mutating func completeRepair(unit: Int) {
    units[unit].hasFailed = false
    if outageRow(unit).isOn { scheduleFailure(unit) }
    if !units[unit].isDown { comeUp(unit) }
  }

  /// A team has repaired something: its work counts as a cost of the horizon in which the failure fell.
  mutating func finishRepair(_ work: WorkItem, _ spent: WorkSpent) {
    units[Int(work.source)].repairItem = -1
    chargeRepair(work, time: spent.time, cost: Double(spent.time) * spent.rate)
    completeRepair(unit: Int(work.source))
  }

  /// Repairs that are not done at the end of the run cost what they will cost.
  mutating func oweRepairs() {
    for unit in 0..<units.count where units[unit].repairItem >= 0 {
      let work = items[units[unit].repairItem]
      let effort = effortOfRepair(team: Int(work.station))
      let content = Double(work.content)
      chargeRepair(
        work, time: work.spentTime + roundedToInteger(content * effort.hours),
        cost: work.spentCost + content * effort.cost / 3.6e9)
    }
  }

  private mutating func chargeRepair(_ work: WorkItem, time: Int64, cost: Double) {
    guard work.queued >= 0, work.queued < model.timeline.horizon else { return }
    chargeBesideCases(.repairs, time: time, cost: cost, cameUp: work.queued)
  }

  // MARK: Maintenance

  /// Takes an application down or up as its windows say, and schedules their next change.
  private mutating func followMaintenance(of application: Int) {
    units[application].maintenanceStamp = newStamp()
    let windows = maintenance[Int(stack) * applicationCount + application]
    let isOpen = windows?.isOpen(at: now) ?? false
    if isOpen != units[application].isInMaintenance {
      let wasDown = units[application].isDown
      units[application].isInMaintenance = isOpen
      if isOpen, !wasDown { goDown(application, .resume) }
      if !isOpen, !units[application].isDown { comeUp(application) }
    }
    guard let windows, !windows.isContinuous else { return }
    let position = windows.firstInterval(closingAfter: now)
    guard position < windows.intervals.count else { return }
    let interval = windows.intervals[position]
    schedule(
      .maintenance, Int32(application), stamp: units[application].maintenanceStamp,
      at: isOpen ? interval.close : interval.open, .changeAvailability)
  }

  /// A window of maintenance begins or ends.
  mutating func changeMaintenance(of application: Int32, stamp: UInt32) {
    guard units[Int(application)].maintenanceStamp == stamp else { return }
    followMaintenance(of: Int(application))
  }

  // MARK: Down and up

  /// An incident takes something down for a time, used or not; what is under way begins anew.
  mutating func forceDown(_ unit: Int, for time: Int64) {
    let wasDown = units[unit].isDown
    units[unit].forced &+= 1
    scheduleIncident(
      LaterIncident(kind: .release, number: Int32(unit)), at: now &+ max(1, time))
    if !wasDown { goDown(unit, .restart) }
  }

  /// What an incident has taken down may be up again.
  mutating func releaseForced(_ unit: Int) {
    units[unit].forced &-= 1
    if !units[unit].isDown { comeUp(unit) }
  }

  private mutating func goDown(_ unit: Int, _ inProgress: OutageRow.InProgress) {
    units[unit].downSince = now
    if unit >= applicationCount {
      let station = teamCount + unit - applicationCount
      units[unit].capacity = stations[station].capacity
      stations[station].capacity = 0
    }
    var failed: [Int32] = []
    var item = firstEngaged
    while item >= 0 {
      if items[item].use == .held, needs(item, Int32(unit)) {
        if inProgress == .fail, items[item].kind == .run {
          failed.append(item)
        } else {
          stop(item, anew: inProgress != .resume)
        }
      }
      item = uses[item, 0].next
    }
    for item in failed { failRun(item, becauseOf: unit) }
  }

  private mutating func comeUp(_ unit: Int) {
    addDownTime(unit)
    var item = firstEngaged
    while item >= 0 {
      if items[item].use == .blocked, uses[item, 0].touch == uses[item, 0].end,
        needs(item, Int32(unit))
      {
        proceed(item)
      }
      item = uses[item, 0].next
    }
    if unit < applicationCount {
      admit(Int32(unit))
    } else {
      let station = teamCount + unit - applicationCount
      stations[station].capacity = capacity(ofUnit: unit)
      serveMachines(station: station)
    }
  }

  private func needs(_ item: Int32, _ unit: Int32) -> Bool {
    let use = uses[item, 0]
    if use.unit == unit { return true }
    for index in use.first..<use.touch where touchTable.touches[Int(index)].application == unit {
      return true
    }
    return false
  }

  /// Stops work in progress; what it holds it keeps.
  private mutating func stop(_ item: Int32, anew: Bool) {
    if uses[item, 0].unit < 0 {
      // What was done is lost where it begins anew, but a person has worked on it.
      settleProgress(of: items[item].person)
      if anew { items[item].content = uses[item, 0].needed }
      items[item].use = .blocked
      items[item].overtime = 0
      scheduleFinishes(of: items[item].person)
    } else {
      let left = max(0, uses[item, 0].remaining - (now - uses[item, 0].since))
      uses[item, 0].remaining = anew ? uses[item, 0].needed : left
      items[item].use = .blocked
      items[item].stamp = newStamp()
    }
    announce(item, .awaitingApplication)
  }

  /// An outage has made a run fail.
  private mutating func failRun(_ item: Int32, becauseOf unit: Int) {
    // Another of the failed may have ended the case, and with it this run.
    guard items[item].use == .held else { return }
    let station = Int(items[item].station)
    announce(item, nil)
    disengage(item)
    stations[station].inService &-= 1
    countFailedRun(unit)
    finishRun(item, hasFailed: true)
    serveMachines(station: station)
  }

  // MARK: Records

  private mutating func countOutage(_ unit: Int) {
    guard now >= 0, now < model.timeline.horizon else { return }
    record.outages[unit].outages += 1
  }

  private mutating func countFailedRun(_ unit: Int) {
    guard now >= 0, now < model.timeline.horizon else { return }
    record.outages[unit].failedRuns += 1
  }

  mutating func addDownTime(_ unit: Int) {
    let (from, to) = (max(units[unit].downSince, 0), min(now, model.timeline.horizon))
    if from < to { record.outages[unit].downTime += to - from }
  }
}
