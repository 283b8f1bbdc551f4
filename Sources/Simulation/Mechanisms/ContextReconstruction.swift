internal import EventEngine

// Mechanism *context reconstruction*: a reviewer first has to find out what the automations did, a fixed
// time for each that touched the case; a layer that shares context removes it. Brief rows 69 and 71.

extension Replication {
  /// Time a ticket takes beyond the review itself, in microseconds.
  func contextReconstruction(
    _ row: GuardrailRow, caseSlot: Int32, under stack: UInt8
  ) -> Int64 {
    guard row.contextPerAutomation > 0 else { return 0 }
    let layer = layers[Int(stack)]
    if layer.isOn, layer.sharesContext { return 0 }
    return row.contextPerAutomation * Int64(cases[caseSlot].automationsMet.nonzeroBitCount)
  }
}
