internal import EventEngine

// Mechanism *orchestrator*, escalation: a guardrail's threshold may differ by case and hour, and what fires
// may go to a second automation or wait for documents before people are asked. Brief rows 82, 83, 85.

extension Replication {
  /// Firing probability of a guardrail with thresholds, on a case, now.
  func thresholdProbability(_ guardrail: GuardrailRow, caseSlot: Int32) -> Double {
    var row = guardrail
    for index in guardrail.firstThreshold..<(guardrail.firstThreshold + guardrail.thresholdCount) {
      let calendar = orchestration.conditionCalendars[Int(index)]
      guard fits(index, caseSlot), calendar < 0 || calendars[Int(calendar)].isOpen(at: now) else {
        continue
      }
      row.probability = orchestration.conditionValues[Int(index)]
      break
    }
    return row.firingProbability(at: now, calendars: calendars)
  }

  /// Completion effect between firing and tickets: a second automation looks at it, or documents are
  /// asked for.
  mutating func routeEscalation(_ guardrail: Int32, of token: Int32) -> EffectOutcome {
    guard tokens[token].guardrailFired else { return .proceed }
    let row = orchestration.escalations[
      Int(tokens[token].stack) &* guardrailCount &+ Int(guardrail)]
    let uniform = draw(row.routeStream, for: token)
    let caseSlot = tokens[token].caseSlot
    if uniform < row.secondShare {
      note(.escalatedToAutomation, caseSlot: caseSlot)
      settle(row.secondSettles, row, guardrail, token)
      giveAside(
        to: row.second, token,
        content: microseconds(row.secondTime, draw(row.secondStream, for: token)),
        cost: automationTable[automationIndex(tokens[token].stack, row.second)].costPerRun,
        source: -2)
      return .hold
    }
    guard uniform < row.secondShare + row.documentsShare else { return .proceed }
    note(.documentsAsked, caseSlot: caseSlot, cost: row.documentsCost)
    charge(caseSlot, .orchestration, row.documentsCost)
    settle(row.documentsSettle, row, guardrail, token)
    holdToken(token, for: microseconds(row.documentsTime, draw(row.documentsStream, for: token)))
    return .hold
  }

  /// Draws whether a firing is settled without people, and whether rightly.
  private mutating func settle(
    _ probability: Double, _ row: EscalationRow, _ guardrail: Int32, _ token: Int32
  ) {
    guard happens(probability, row.settledStream, token) else { return }
    tokens[token].guardrailFired = false
    guard happens(row.settledWrongly, row.wronglyStream, token) else { return }
    let caseSlot = tokens[token].caseSlot
    let loss = guardrailRow(tokens[token].stack, guardrail).lossPrevented
    charge(caseSlot, .loss, loss)
    cases[caseSlot].errors &+= 1
    note(.settledWrongly, caseSlot: caseSlot, cost: loss)
  }
}
