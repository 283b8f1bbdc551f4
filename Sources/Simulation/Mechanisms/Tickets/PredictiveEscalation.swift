internal import EventEngine
internal import Statistics

// Mechanism *tickets*, part *predictive escalation*: when an automation begins, a forecast says whether
// the guardrail after it will fire, and the reviewer's context is prepared meanwhile. What is forecast
// and does not come is prepared in vain. Brief row 76.

extension Replication {
  /// Makes the forecast for a token whose automation begins.
  ///
  /// Whether the guardrail will fire is drawn now and kept, so that it fires as it would without a
  /// forecast. Of what will fire the share `recall` is forecast; of the rest so much that the share
  /// `precision` of all forecasts comes true.
  mutating func forecastEscalation(_ token: Int32, activity: Int32) {
    ticketTracks[token, 0].firing = -1
    ticketTracks[token, 0].isPredicted = false
    ticketTracks[token, 0].isPrepared = false
    for guardrail in 0..<Int32(guardrailCount) {
      let index = ticketIndex(tokens[token].stack, guardrail)
      guard ticketTable[index].predicts, ticketTable[index].after == activity else { continue }
      let row = guardrailTable[index]
      let automation = activityTable[activityIndex(of: token, activity)].automation
      guard automation == row.raisedBy else { return }
      forecast(guardrail, row, ticketTable[index], token)
      return
    }
  }

  private mutating func forecast(
    _ guardrail: Int32, _ guardrailRow: GuardrailRow, _ row: TicketRow, _ token: Int32
  ) {
    let caseSlot = tokens[token].caseSlot
    let probability: Double
    let fires: Bool
    if guardrailRow.everyNthCase > 0 {
      probability = 1 / Double(guardrailRow.everyNthCase)
      fires = cases[caseSlot].ordinal % UInt32(guardrailRow.everyNthCase) == 0
    } else {
      probability = learntFiring(
        guardrailRow.firingProbability(at: now, calendars: calendars), guardrailRow,
        stack: tokens[token].stack)
      let uniform = draw(guardrailRow.firingStream, for: token)
      ticketTracks[token, 0].firing = uniform
      fires = uniform < probability
    }
    // A condition is known beforehand, as far as the attributes say now.
    if guardrailRow.condition >= 0, !holds(guardrailRow.condition, caseSlot: caseSlot) { return }
    let forecast =
      fires
      ? row.recall
      : falseAlarms(recall: row.recall, precision: row.precision, firing: probability)
    guard draw(row.streams.prediction, for: token) < forecast else { return }
    ticketTracks[token, 0].isPredicted = true
    charge(caseSlot, .orchestration, row.preparationPrice)
    note(.escalationPrepared, caseSlot: caseSlot, cost: row.preparationPrice)
    guard row.preparationErrand >= 0 else {
      ticketTracks[token, 0].isPrepared = true
      return
    }
    let content = microseconds(row.preparationTime, draw(row.streams.preparation, for: token))
    let item = giveErrand(row.preparationErrand, caseSlot: caseSlot, content: content)
    ticketNotes.clear(row: item)
    ticketNotes[item, 0].token = token
    ticketNotes[item, 0].node = tokens[token].node
    ticketNotes[item, 0].visit = tokens[token].visit
  }

  /// A preparation by people is done: in time, if its token still waits for the automation.
  mutating func notePrepared(_ preparation: TicketNote, caseSlot: Int32) {
    let token = preparation.token
    guard token >= 0, tokens[token].scope >= 0, tokens[token].caseSlot == caseSlot,
      tokens[token].node == preparation.node, tokens[token].visit == preparation.visit
    else { return }
    ticketTracks[token, 0].isPrepared = true
  }

  /// The guardrail was evaluated: a forecast that does not come true was made in vain.
  mutating func checkForecast(_ token: Int32, fires: Bool) {
    guard ticketTracks[token, 0].isPredicted, !fires else { return }
    ticketTracks[token, 0].isPredicted = false
    ticketTracks[token, 0].isPrepared = false
    note(.preparationWasted, caseSlot: tokens[token].caseSlot)
  }

  /// Tickets are raised: their context is ready, or comes too late.
  mutating func takePreparation(_ token: Int32) {
    guard ticketTracks[token, 0].isPredicted else { return }
    ticketTracks[token, 0].isPredicted = false
    note(
      ticketTracks[token, 0].isPrepared ? .preparationUsed : .preparationWasted,
      caseSlot: tokens[token].caseSlot)
  }
}

/// Probability of a forecast where nothing comes, so that the share `precision` of all forecasts comes
/// true; 1 where that takes more.
func falseAlarms(recall: Double, precision: Double, firing: Double) -> Double {
  guard firing < 1 else { return 0 }
  return min(1, recall * firing * (1 - precision) / (precision * (1 - firing)))
}
