internal import EventEngine

// Mechanism *silent errors*: whoever does an activity may leave an error that nobody notices at once. A
// case completed with such an error is not done right. Reviews may find it.

extension Replication {
  /// Draws whether the work just done on a token left an error.
  mutating func leaveSilentError(_ token: Int32, activity: Int32) -> EffectOutcome {
    let row = activityIndex(of: token, activity)
    let probability =
      tokens[token].isDoneByAutomation
      ? automationTable[automationIndex(tokens[token].stack, performer(of: token, row))]
        .errorProbability
      : activityTable[row].errorProbability
    if probability > 0, draw(activityTable[row].errorStream, for: token) < probability {
      cases[tokens[token].caseSlot].errors &+= 1
    }
    return .proceed
  }
}
