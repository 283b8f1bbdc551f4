internal import EventEngine

// Mechanism *silent errors*: whoever does an activity may leave an error that nobody notices at once. A
// case completed with such an error is not done right. Reviews may find it.

extension Replication {
  /// Draws whether the work just done on a token left an error.
  mutating func leaveSilentError(_ token: Int32, activity: Int32) -> EffectOutcome {
    let row = activityIndex(of: token, activity)
    if risk.tracksErrors { return leaveTaintedError(token, activity: activity, row: row) }
    let hasErred: Bool
    if tokens[token].isDoneByAutomation {
      let automation = automationIndex(tokens[token].stack, performer(of: token, row))
      if automationTable[automation].traits.contains(.asks) {
        // Drawn before it asked, or did not.
        hasErred = runDetails[token, 0].hasErred
      } else {
        let probability = errorProbability(ofAutomation: automation, token: token)
        hasErred =
          probability > 0 && draw(activityTable[row].errorStream, for: token) < probability
      }
      if automationTable[automation].traits.contains(.drifts) {
        sampleOutcome(token, activity: activity, automation: automation, hasErred: hasErred)
      }
    } else {
      let probability = activityTable[row].errorProbability
      // Who takes over from a run that was right has luck of their own.
      let attempt: Int32 = tokens[token].attempt == takenOver ? 1 : 0
      hasErred =
        probability > 0
        && draw(activityTable[row].errorStream, for: token, attempt: attempt) < probability
    }
    if hasErred { cases[tokens[token].caseSlot].errors &+= 1 }
    return .proceed
  }
}
