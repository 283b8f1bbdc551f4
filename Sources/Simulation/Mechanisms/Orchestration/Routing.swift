internal import EventEngine

// Mechanism *orchestrator*, routing: the layer counts how often each automation succeeds on each type of
// case, and sends what one fails at to another, or to people; and it sends work around an automation that
// is down. The counts are of the run itself, so that it learns from nothing. Brief rows 84, 189.

extension Replication {
  /// Admission effect: says who does the activity.
  mutating func assign(_ token: Int32, activity: Int32) -> EffectOutcome {
    orchestration.tokens.clear(row: token)
    let row = activityIndex(of: token, activity)
    let assigned = activityTable[row].automation
    var performer = assigned
    let share = activityTable[row].automationShare
    if share < 1, draw(activityTable[row].shareStream, for: token) >= share {
      performer = -2
    } else if layers[Int(tokens[token].stack)].routes {
      performer = byReliability(assigned, token, activity, row)
      performer = aroundOutage(performer, token, row)
    }
    if performer >= 0, adoption.isOn, isKeptByPeople(token, row) { performer = -2 }
    orchestration.tokens[token, 0].performer = performer
    return .proceed
  }

  // MARK: Reliability

  /// Who does an activity by what was measured so far.
  private mutating func byReliability(
    _ assigned: Int32, _ token: Int32, _ activity: Int32, _ row: Int
  ) -> Int32 {
    let routing = orchestration.routings[Int(tokens[token].stack)]
    guard routing.isOn else { return assigned }
    let caseSlot = tokens[token].caseSlot
    var type: Int32 = 0
    while type < routing.typeCount, !fits(routing.firstType + type, caseSlot) { type += 1 }
    orchestration.tokens[token, 0].caseType = type
    let own = success(of: assigned, type, routing)
    guard own < routing.threshold else { return assigned }
    let explores = orchestration.streams[Int(activity)].explores
    if happens(routing.explores, explores, token) { return assigned }
    var (best, bestShare) = (assigned, own)
    let others = orchestration.alternatives[automationIndex(tokens[token].stack, assigned)]
    for other in 0..<Int32(min(automationCount, 64))
    where others & (1 << UInt64(other)) != 0 && !isSwitchedOff(other) {
      let share = success(of: other, type, routing)
      if share > bestShare { (best, bestShare) = (other, share) }
    }
    if bestShare < routing.threshold, activityTable[row].team >= 0 { best = -2 }
    if best != assigned { note(.routedByReliability, caseSlot: caseSlot) }
    return best
  }

  /// Share of runs on a type of case that went well; 1 as long as too few were seen.
  private func success(of automation: Int32, _ type: Int32, _ routing: RoutingRow) -> Double {
    let seen = orchestration.reliability[Int(type) &* automationCount &+ Int(automation)]
    guard seen.runs >= routing.minimumRuns, seen.runs > 0 else { return 1 }
    return 1 - Double(seen.failures) / Double(seen.runs)
  }

  /// Counts a run, for what is routed later.
  mutating func learn(from token: Int32, automation: Int, failed: Bool) {
    let stack = Int(tokens[token].stack)
    guard orchestration.routings[stack].isOn, layers[stack].routes else { return }
    let type = Int(orchestration.tokens[token, 0].caseType)
    let row = type &* automationCount &+ automation % automationCount
    orchestration.reliability[row].runs &+= 1
    if failed { orchestration.reliability[row].failures &+= 1 }
  }

  // MARK: Outages

  /// Who takes over where an automation is down: the first in its row who is up, else nobody.
  private mutating func aroundOutage(_ chosen: Int32, _ token: Int32, _ row: Int) -> Int32 {
    var current = chosen
    var steps = 0
    while current >= 0, isDown(current), steps < automationCount {
      let next = orchestration.fallbacks[automationIndex(tokens[token].stack, current)]
      // Nobody takes over: the case waits.
      if next == -1 || (next == -2 && activityTable[row].team < 0) { return chosen }
      current = next
      steps += 1
    }
    if current >= 0, isDown(current) { return chosen }
    if current != chosen { note(.reroutedAroundOutage, caseSlot: tokens[token].caseSlot) }
    return current
  }

  private func isDown(_ automation: Int32) -> Bool {
    units[applicationCount + Int(automation)].isDown || isSwitchedOff(automation)
  }

  /// Whether a response has switched an automation off.
  private func isSwitchedOff(_ automation: Int32) -> Bool {
    responses.isOn && responses.isSwitchedOff[Int(automation)]
  }
}
