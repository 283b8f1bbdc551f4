internal import EventEngine
internal import Statistics

// Mechanism *rollout*, its stages: they begin, move activities to the new way, train people, and end by
// time and by what was measured. Brief rows 133–137, 145–148, 158, 159, 180, 181.

extension Replication {
  // MARK: Ways

  /// The stack by which a token does an activity: 0 in the old way, 1 in the new.
  mutating func way(of token: Int32, _ activity: Int32) -> UInt8 {
    guard stack > 0 else { return stack }
    let share = rollout.shares[Int(activity)]
    let caseSlot = tokens[token].caseSlot
    guard share > 0 else { return 0 }
    if share < 1, luck(of: caseSlot) >= share { return 0 }
    if rollout.differs[Int(activity)] { rollout.cases[caseSlot, 0].isNew = true }
    return 1
  }

  /// The one number that says which way a case goes; drawn where it is first asked for.
  private mutating func luck(of caseSlot: Int32) -> Double {
    if rollout.cases[caseSlot, 0].luck < 0 {
      rollout.cases[caseSlot, 0].luck = random.uniform(
        RolloutState.caseStream, ordinal: cases[caseSlot].ordinal)
    }
    return rollout.cases[caseSlot, 0].luck
  }

  // MARK: Stages

  /// Day 0: the first stage begins.
  mutating func startRollout() {
    guard rollout.isOn else { return }
    rollout.since = now
    if rollout.layer.stage >= 0 { setLayer(works: false) }
    beginStage(0)
  }

  /// Whether something is at work now that the new way has, or the old had before.
  func isAtWork(_ isNew: Bool, before isOld: Bool) -> Bool {
    guard rollout.isOn, stack > 0 else { return isNew }
    return (isNew && rollout.hasNew) || (isOld && rollout.hasOld)
  }

  /// Shares have changed: says which ways have any.
  private mutating func noteShares() {
    var differs = false
    rollout.hasNew = false
    rollout.hasOld = false
    for activity in 0..<activityCount where rollout.differs[activity] {
      differs = true
      if rollout.shares[activity] > 0 { rollout.hasNew = true }
      if rollout.shares[activity] < 1 { rollout.hasOld = true }
    }
    // Two stacks that do all alike are one.
    if !differs { rollout.hasNew = true }
  }

  private mutating func beginStage(_ number: Int32) {
    countLicences()
    rollout.stage = number
    rollout.beginnings &+= 1
    rollout.measure = RolloutMeasure()
    note(.stageBegun, caseSlot: -1)
    if rollout.log.began[Int(number)] < 0 {
      rollout.log.began[Int(number)] = now
      train(for: number)
    }
    for activity in 0..<activityCount {
      rollout.targets[activity] = rollout.stageShares[Int(number) * activityCount + activity]
      let isToMove =
        rollout.moveErrand >= 0 && rollout.differs[activity] && rollout.targets[activity] > 0
        && rollout.moves[activity] == .none
      if isToMove { rollout.moves[activity] = .waiting }
      if rollout.moves[activity] == .none || rollout.moves[activity] == .done {
        rollout.shares[activity] = rollout.targets[activity]
      }
    }
    noteShares()
    followLayer()
    beginMoves()
    let row = rollout.stages[Int(number)]
    guard row.hasLength else { return }
    let length = microseconds(
      row.length, random.uniform(row.lengthStream, ordinal: rollout.beginnings))
    scheduleGate(after: max(1, length))
  }

  private mutating func scheduleGate(after time: Int64) {
    schedule(
      .stageGate, number: rollout.stage, stamp: rollout.beginnings & 0xFF_FFFF, at: now &+ time)
  }

  /// The time of a stage is over: it is looked at what was measured.
  mutating func lookAtGate(_ number: Int32, stamp: UInt32) {
    guard rollout.stage == number, stamp == rollout.beginnings & 0xFF_FFFF else { return }
    defer { scheduleCare() }
    let gate = rollout.stages[Int(number)].gate
    switch verdict(gate) {
    case .passed: leaveStage()
    case .undecided:
      note(.stageExtended, caseSlot: -1)
      scheduleGate(after: gate.again)
    case .failed:
      note(.gateFailed, caseSlot: -1)
      rollout.failedGates &+= 1
      if rollout.givesUpAfter > 0, rollout.failedGates >= rollout.givesUpAfter {
        cancelRollout()
        return
      }
      switch gate.otherwise {
      case .extend: scheduleGate(after: gate.again)
      case .rollBack:
        rollout.log.rollbacks += 1
        if rollout.log.firstRollback < 0 { rollout.log.firstRollback = now }
        note(.stageRolledBack, caseSlot: -1)
        beginStage(max(0, number - 1))
      case .cancel: cancelRollout()
      }
    }
  }

  private mutating func leaveStage() {
    if rollout.stage == 0, rollout.scales < 1,
      random.uniform(RolloutState.scaleStream, ordinal: 1) >= rollout.scales
    {
      note(.pilotStopped, caseSlot: -1)
      cancelRollout()
    } else if Int(rollout.stage) + 1 < rollout.stages.count {
      beginStage(rollout.stage + 1)
    } else {
      rollout.log.finished = now
      note(.rolloutDone, caseSlot: -1)
    }
  }

  /// All goes back to the old way for good; what has begun is done in the way in which it began.
  private mutating func cancelRollout() {
    countLicences()
    rollout.stage = -1
    rollout.log.cancelled = now
    note(.rolloutCancelled, caseSlot: -1)
    for activity in 0..<activityCount {
      rollout.targets[activity] = 0
      rollout.shares[activity] = 0
      if rollout.moves[activity] == .waiting { rollout.moves[activity] = .none }
    }
    noteShares()
    followLayer()
  }

  // MARK: Moves and training

  /// Begins moves that wait, as far as the limit lets them.
  mutating func beginMoves() {
    for activity in 0..<activityCount where rollout.moves[activity] == .waiting {
      guard rollout.movesUnderWay < rollout.moveLimit else { return }
      rollout.moves[activity] = .underWay
      note(.activityMoved, caseSlot: -1)
      giveMove(rollout.moveStreams[activity], share: 1, number: Int64(activity))
    }
    beginConnections()
  }

  /// Gives a move, or the connection of an activity, to those who do it.
  ///
  /// - Parameters:
  ///   - share: of the work of a move.
  ///   - number: of the activity; those of connections follow those of moves.
  mutating func giveMove(_ stream: RandomStream, share: Double, number: Int64) {
    let work = Double(microseconds(rollout.moveWork, random.uniform(stream, ordinal: 1))) * share
    let strained =
      work * rollout.experience * (1 + rollout.moveStrain * Double(rollout.movesUnderWay))
    rollout.movesBegun += 1
    rollout.movesUnderWay += 1
    let item = giveErrand(
      rollout.moveErrand, caseSlot: -1,
      content: roundedToInteger(min(strained, Double(longestTime))))
    items[item].visit = number
  }

  /// The work that moves an activity is done.
  mutating func finishMove(_ activity: Int) {
    countLicences()
    rollout.movesUnderWay -= 1
    guard activity < activityCount else {
      finishConnection(activity - activityCount)
      return
    }
    rollout.moves[activity] = .done
    rollout.shares[activity] = rollout.targets[activity]
    noteShares()
    beginMoves()
    scheduleCare()
  }

  private mutating func train(for number: Int32) {
    for index in 0..<rollout.training.count where rollout.training[index].stage == number {
      let row = rollout.training[index]
      let team = Int(row.team)
      var person: UInt32 = 0
      for member in staff.firstPerson[team]..<staff.firstPerson[team + 1]
      where people[Int(member)].isActive {
        person += 1
        note(.trainedForStage, caseSlot: -1)
        let uniform = random.uniform(
          rollout.stages[Int(number)].trainingStream, ordinal: person, visit: Int64(index))
        giveErrand(row.errand, caseSlot: -1, content: microseconds(row.time, uniform))
      }
    }
  }

  // MARK: Licences

  /// Adds the time since the last change to that of the ways which had a share.
  mutating func countLicences() {
    let end = min(now, casesToCount == 0 ? record.countedUntil : countingEnd)
    let time = max(0, end - max(0, rollout.since))
    rollout.since = now
    guard time > 0 else { return }
    if rollout.hasNew { rollout.log.newTime &+= time }
    if rollout.hasOld { rollout.log.oldTime &+= time }
    if rollout.layer.works, rollout.layer.stage >= 0 { rollout.log.layerTime &+= time }
  }

  /// The run has ended.
  mutating func writeRollout() {
    guard rollout.isOn else { return }
    countLicences()
    record.rollout = rollout.log
  }
}
