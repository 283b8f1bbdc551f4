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
    // Errands may be left though no case is.
    guard cases.liveCount > 0 || errandTable.count > 0 else { return }
    if cases.liveCount > 0 { oweExpectedWork() }
    // Waiting work takes and costs what it takes those who can do it, work in hand its person.
    let efforts = effortOfLanes()
    for team in 0..<teamCount {
      for lane in laneRange(team) { oweAll(from: lanes[lane].head, efforts[lane]) }
    }
    for chain in 0..<firstFormer.count {
      var former = firstFormer[chain]
      while former >= 0 {
        let forming = formers[former]
        oweAll(
          from: forming.first, efforts[Int(items[forming.first].lane)],
          setup: forming.setup / Int64(forming.count))
        former = forming.nextInChain
      }
    }
    for person in 0..<people.count {
      let (cost, speed) = (people[person].costPerMicrosecond, people[person].speed)
      oweAll(
        from: people[person].item, TeamEffort(hours: 1 / speed, cost: cost * 3.6e9 / speed))
    }
    oweLaterTickets()
    if orchestration.isOn { oweLaterErrands() }
    if risk.isOn { oweIncidents() }
  }

  /// Owes what comes after where the cases are now, by expectation.
  private mutating func oweExpectedWork() {
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
    if hasStormControl { oweHeldBackCases(expected) }
    if responses.limitsIntake { oweWaitingIntake(expected) }
  }

  /// What an hour of content of each lane of a team's queue takes those who can do it.
  private func effortOfLanes() -> [TeamEffort] {
    guard let current = stackAtWork else { return [] }
    return (0..<teamCount).flatMap { team in
      laneRange(team).map { lane in
        model.effort(
          of: current.teams[team], skills: laneTable.skills(ofLane: lane, team: team))
      }
    }
  }

  /// What an hour of a repair takes its team.
  func effortOfRepair(team: Int) -> TeamEffort {
    guard let current = stackAtWork else { return TeamEffort(hours: 1, cost: 0) }
    return model.effort(of: current.teams[team], skills: [])
  }

  private mutating func oweAll(from first: Int32, _ effort: TeamEffort, setup: Int64 = 0) {
    var item = first
    while item >= 0 {
      oweWork(item, effort, setup: setup)
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
  ///
  /// - Parameters:
  ///   - effort: what an hour of it takes.
  ///   - setup: content of the set-up of a batch that falls to each.
  private mutating func oweWork(_ item: Int32, _ effort: TeamEffort, setup: Int64) {
    var member = item
    while member >= 0 {
      let work = items[member]
      if work.kind == .errand, work.caseSlot < 0 { oweErrand(work, effort) }
      let penalty = tracksDue ? countDue(work, isAnswered: false) : 0
      // Repairs and some errands belong to no case.
      if work.caseSlot >= 0, cases[work.caseSlot].cohort >= 0, cases[work.caseSlot].openParts > 0 {
        let column =
          switch work.kind {
          case .ticket: AccountColumn.reviewTime
          case .exception: AccountColumn.exceptionTime
          case .errand: AccountColumn.errandTime
          default: AccountColumn.taskTime
          }
        let isAlone = member == item && work.nextInBatch < 0
        let content = Double((isAlone ? work.content : work.ownContent) + setup)
        owe(
          work.caseSlot, cost: content * effort.cost / 3.6e9 + work.spentCost + penalty,
          time: content * effort.hours + Double(work.spentTime), in: column)
        if hasTicketRules, work.kind == .ticket { oweRework(member, work) }
      }
      member = items[member].nextInBatch
    }
  }

  mutating func owe(_ caseSlot: Int32, cost: Double, time: Double, in column: Int) {
    let rounded = Int64(cost.rounded())
    let cohort = cases[caseSlot].cohort
    cohortAccounts[cohort, CostComponent.owed.rawValue] &+= rounded
    cohortAccounts[cohort, column] &+= Int64(time.rounded())
    record.totalCost &+= rounded
    if Observer.tracesCases { trace(caseSlot, .charged(.owed, rounded)) }
  }
}
