internal import EventEngine
internal import Statistics

// Mechanism *coordination*, conflicts: each pair of automations of different islands that met a case may
// contradict each other, and people settle it. A case that p pairs met has rate · p^exponent conflicts on
// average; with n automations, all on islands of their own, p = n(n − 1)/2. The conflicts of the pairs that
// an automation adds are drawn, Poisson, when it first works on the case. Brief rows 23, 24, 192.

extension Replication {
  /// Completion effect: an automation has worked on the case, and may be in conflict with others.
  mutating func meet(_ token: Int32, activity: Int32) -> EffectOutcome {
    guard tokens[token].isDoneByAutomation else { return .proceed }
    let caseSlot = tokens[token].caseSlot
    let stack = tokens[token].stack
    let performer = orchestration.tokens[token, 0].performer
    let met = orchestration.cases[caseSlot, 0].met
    let bit: UInt64 = 1 << UInt64(min(performer, 63))
    orchestration.cases[caseSlot, 0].last = performer
    orchestration.cases[caseSlot, 0].met = met | bit
    let row = orchestration.coordination[Int(stack)]
    guard met & bit == 0, row.conflictRate > 0 else { return .proceed }
    let added = pairs(of: performer, in: met, stack)
    guard added > 0 else { return .proceed }
    let before = pairs(in: met, stack)
    let mean =
      row.conflictRate
      * (conflicts(ofPairs: before + added, row) - conflicts(ofPairs: before, row))
    let streams = orchestration.streams[Int(activity)]
    let count = poissonCount(mean: mean, uniform: draw(streams.conflicts, for: token))
    guard count > 0 else { return .proceed }
    var content: Int64 = 0
    for number in 0..<count {
      note(.agentConflict, caseSlot: caseSlot)
      content &+= microseconds(
        row.conflictReconciliation.time, draw(streams.conflictTime, for: token, attempt: number))
      if number > 0 { countTicket(of: caseSlot) }
    }
    guard row.conflictReconciliation.errand >= 0 else { return .proceed }
    giveErrand(
      row.conflictReconciliation.errand, caseSlot: caseSlot,
      token: row.conflictsBlock ? token : -1, content: content)
    return row.conflictsBlock ? .hold : .proceed
  }

  /// Pairs that an automation makes with others that met the case.
  private func pairs(of automation: Int32, in met: UInt64, _ stack: UInt8) -> Int {
    (met & orchestration.conflicting[automationIndex(stack, automation)]).nonzeroBitCount
  }

  /// Pairs among the automations that met the case.
  private func pairs(in met: UInt64, _ stack: UInt8) -> Int {
    var twice = 0
    for automation in 0..<Int32(min(automationCount, 64)) where met & (1 << UInt64(automation)) != 0
    {
      twice += pairs(of: automation, in: met, stack)
    }
    return twice / 2
  }

  private func conflicts(ofPairs pairs: Int, _ row: CoordinationRow) -> Double {
    guard pairs > 0 else { return 0 }
    return row.conflictExponent == 1 ? Double(pairs) : power(Double(pairs), row.conflictExponent)
  }
}

/// A Poisson number by inversion; at most 1,000.
func poissonCount(mean: Double, uniform: Double) -> Int32 {
  var probability = exponential(-mean)
  var cumulative = probability
  var count: Int32 = 0
  while uniform >= cumulative, count < 1_000 {
    count += 1
    probability *= mean / Double(count)
    cumulative += probability
  }
  return count
}
