internal import EventEngine

// Pattern *event-driven*, storm control: triggers come in bursts. One that comes soon after another is taken
// into the case which that has opened, and is done with it; what begins is limited, and what comes beyond
// waits its turn or is dropped (generic cell rate algorithm, ITU-T I.371). Brief row 167.

extension Replication {
  /// Whether a case that has just arrived does not begin now.
  mutating func holdBack(_ caseSlot: Int32) -> Bool {
    let row = orchestration.storms[Int(stack)]
    guard row.isOn else { return false }
    return absorb(caseSlot, row) || limit(caseSlot, row)
  }

  private mutating func absorb(_ caseSlot: Int32, _ row: StormRow) -> Bool {
    guard row.window > 0 else { return false }
    let key = row.attribute < 0 ? 0 : Int(attributes.values[caseSlot, Int(row.attribute)])
    let leader = orchestration.leaders[key]
    let isUnderWay =
      leader >= 0 && cases[leader].ordinal == orchestration.leaderOrdinals[key]
      && cases[leader].openParts > 0 && !cases[leader].isDone
    guard isUnderWay, now - cases[leader].arrival <= row.window else {
      orchestration.leaders[key] = caseSlot
      orchestration.leaderOrdinals[key] = cases[caseSlot].ordinal
      return false
    }
    orchestration.stormCases[caseSlot, 0].isHeldBack = true
    orchestration.stormCases[caseSlot, 0].isAbsorbed = true
    orchestration.stormCases[caseSlot, 0].nextAbsorbed =
      orchestration.stormCases[leader, 0].firstAbsorbed
    orchestration.stormCases[leader, 0].firstAbsorbed = caseSlot
    note(.triggerCoalesced, caseSlot: caseSlot)
    return true
  }

  private mutating func limit(_ caseSlot: Int32, _ row: StormRow) -> Bool {
    guard row.interval > 0 else { return false }
    let turn = max(orchestration.nextTurn, now)
    let start = max(now, turn &- (row.burst &- 1) &* row.interval)
    if start > now, row.drops {
      note(.triggerDropped, caseSlot: caseSlot)
      cases[caseSlot].isAbandoned = true
      complete(caseSlot: caseSlot)
      return true
    }
    orchestration.nextTurn = turn &+ row.interval
    guard start > now else { return false }
    orchestration.stormCases[caseSlot, 0].isHeldBack = true
    note(.triggerHeldBack, caseSlot: caseSlot)
    schedule(.laterStart, caseSlot, at: start, .endDelay)
    return true
  }

  /// A case that waited its turn begins.
  mutating func startLater(_ caseSlot: Int32) {
    orchestration.stormCases[caseSlot, 0].isHeldBack = false
    enter(caseSlot)
  }

  /// Whether a case waits for its turn or for another, so that no token of it is anywhere.
  func isHeldBack(_ caseSlot: Int32) -> Bool { orchestration.stormCases[caseSlot, 0].isHeldBack }

  /// A case is done, and with it all that were taken into it.
  mutating func releaseAbsorbed(by caseSlot: Int32) {
    var absorbed = orchestration.stormCases[caseSlot, 0].firstAbsorbed
    orchestration.stormCases[caseSlot, 0].firstAbsorbed = -1
    let (isAbandoned, errors) = (cases[caseSlot].isAbandoned, cases[caseSlot].errors)
    while absorbed >= 0 {
      let next = orchestration.stormCases[absorbed, 0].nextAbsorbed
      orchestration.stormCases[absorbed, 0].isHeldBack = false
      cases[absorbed].isAbandoned = isAbandoned
      cases[absorbed].errors = errors
      complete(caseSlot: absorbed)
      absorbed = next
    }
  }

  /// What cases need that have not begun at the end of the run; those taken into others need nothing.
  mutating func oweHeldBackCases(_ expected: ExpectedRemainder) {
    for slot in 0..<Int32(cases.highWater)
    where cases[slot].openParts > 0 && !cases[slot].isDone && cases[slot].cohort >= 0 {
      let state = orchestration.stormCases[slot, 0]
      guard state.isHeldBack, !state.isAbsorbed else { continue }
      oweWholeCase(slot, expected)
    }
  }

  /// Owes all that a case needs which has not begun.
  mutating func oweWholeCase(_ caseSlot: Int32, _ expected: ExpectedRemainder) {
    let table = scopeTable[0]
    for index in table.firstStart..<(table.firstStart + table.startCount) {
      let node = Int(scopeStarts[Int(index)])
      owe(
        caseSlot, cost: expected.costOfNode[node] + expected.costAfterNode[node],
        time: (expected.secondsOfNode[node] + expected.secondsAfterNode[node]) * 1e6,
        in: AccountColumn.taskTime)
    }
  }
}
