internal import EventEngine

// Mechanism *policy re-evaluation* (remedy 1, brief row 58): when a guardrail fires, a check asks whether
// it is needed in this case. Where it is not, the case passes without a ticket; a needed one is waved
// through with the probability of a false pass, and its loss is incurred. The case waits for the check.

extension Replication {
  /// Completion effect between firing and tickets.
  mutating func reevaluatePolicy(_ guardrail: Int32, on token: Int32) -> EffectOutcome {
    guard tokens[token].guardrailFired else { return .proceed }
    let row = guardrailRow(tokens[token].stack, guardrail)
    let caseSlot = tokens[token].caseSlot
    charge(caseSlot, .orchestration, row.costPerCheck)
    if draw(row.needStream, for: token) < row.unnecessary {
      tokens[token].guardrailFired = false
      note(.guardrailWaved, caseSlot: caseSlot)
    } else if draw(row.falsePassStream, for: token) < row.falsePass {
      tokens[token].guardrailFired = false
      // The mean loss prevented is over all tickets; only needed ones prevent any.
      let loss = row.lossPrevented / max(1 - row.unnecessary, 1e-9)
      charge(caseSlot, .loss, loss)
      cases[caseSlot].errors &+= 1
      note(.guardrailWavedFalsely, caseSlot: caseSlot, cost: loss)
    }
    guard row.check > 0 else { return .proceed }
    holdToken(token, for: row.check)
    return .hold
  }
}
