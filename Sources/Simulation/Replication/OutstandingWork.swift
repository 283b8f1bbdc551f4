internal import EventEngine

// What cases that are unfinished at the end of the run still need: the work that is queued or in hand by
// its actual content, and what comes after it by expectation.

extension Replication {
  /// Adds outstanding work to the accounts of the counted cases it belongs to: its human time, and
  /// its cost as work owed.
  ///
  /// So a case that is not done costs what it will cost, and a stack that drowns does not look
  /// cheap.
  ///
  /// Work in hand counts whole, because it is charged only when it is done.
  mutating func oweOutstandingWork() {
    guard cases.liveCount > 0 else { return }
    let expected = ExpectedRemainder(model: model, at: now)
    for slot in 0..<Int32(tokens.highWater) where tokens[slot].scope >= 0 {
      let token = tokens[slot]
      guard isLive(slot), cases[token.caseSlot].cohort >= 0 else { continue }
      let node = Int(token.node)
      var cost = expected.costAfterNode[node]
      var seconds = expected.secondsAfterNode[node]
      if nodes[node].kind == .repetition {
        let further = expectedFurtherInstances(of: slot)
        let inner = Int(repetitions[Int(nodes[node].detail)].inner)
        cost += further * expected.costOfNode[inner]
        seconds += further * expected.secondsOfNode[inner]
      }
      owe(token.caseSlot, cost: cost, time: seconds * 1e6, in: AccountColumn.taskTime)
    }
    for team in 0..<teamCount {
      for lane in laneRange(team) { oweAll(from: lanes[lane].head) }
    }
    for chain in 0..<firstFormer.count {
      var former = firstFormer[chain]
      while former >= 0 {
        oweAll(from: formers[former].first)
        former = formers[former].nextInChain
      }
    }
    for person in 0..<people.count { oweAll(from: people[person].item) }
    if orchestration.isOn { oweLaterErrands() }
    if hasStormControl { oweHeldBackCases(expected) }
  }

  private mutating func oweAll(from first: Int32) {
    var item = first
    while item >= 0 {
      oweWork(item)
      item = items[item].next
    }
  }

  private func isLive(_ token: Int32) -> Bool {
    // A freed slot keeps its scope; the scope's list tells whether the token is still in it.
    var member = scopes[tokens[token].scope].firstToken
    while member >= 0 {
      if member == token { return true }
      member = tokens[member].nextInScope
    }
    return false
  }

  /// Owes the own content of an item and of all tickets of the batch it leads.
  private mutating func oweWork(_ item: Int32) {
    var member = item
    while member >= 0 {
      let work = items[member]
      if work.kind == .errand, work.caseSlot < 0 { oweErrand(work) }
      // Repairs and some errands belong to no case.
      if work.caseSlot >= 0, cases[work.caseSlot].cohort >= 0, cases[work.caseSlot].openParts > 0 {
        let team = Int(work.station)
        let first = Int(staff.firstPerson[team])
        let cost =
          first < Int(staff.firstPerson[team + 1]) ? people[first].costPerMicrosecond : 0
        let column =
          switch work.kind {
          case .ticket: AccountColumn.reviewTime
          case .exception: AccountColumn.exceptionTime
          case .errand: AccountColumn.errandTime
          default: AccountColumn.taskTime
          }
        let isAlone = member == item && work.nextInBatch < 0
        let time = Double(isAlone ? work.content : work.ownContent)
        owe(
          work.caseSlot, cost: time * cost + work.spentCost, time: time + Double(work.spentTime),
          in: column)
      }
      member = items[member].nextInBatch
    }
  }

  mutating func owe(_ caseSlot: Int32, cost: Double, time: Double, in column: Int) {
    let rounded = Int64(cost.rounded())
    accounts[caseSlot, CostComponent.owed.rawValue] &+= rounded
    accounts[caseSlot, column] &+= Int64(time.rounded())
    record.totalCost &+= rounded
  }
}
