internal import EventEngine

// Mechanism *orchestrator*, adaptive policies: a guardrail's threshold may differ by case and hour. Brief
// rows 82 and 85.

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
}
