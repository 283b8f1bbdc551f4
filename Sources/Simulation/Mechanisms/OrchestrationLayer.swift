internal import EventEngine

// Mechanism *orchestration layer* at level 2: every activity is given to its performer through the layer,
// a finite server around the clock that takes its latency for each hop and charges for it, and can
// saturate. Brief rows 81, 90, 91, 175. What it does for the work itself (shared context, no drift below
// its level) acts in the mechanisms concerned.

extension Replication {
  /// Admission effect: the case passes through the layer.
  mutating func requestHop(for token: Int32) -> EffectOutcome {
    let layer = layers[Int(tokens[token].stack)]
    guard layer.works else { return .proceed }
    let item = newItem(
      .hop, source: -1, station: stationCount - 1, caseSlot: tokens[token].caseSlot,
      token: token, content: layer.latency)
    items[item].stack = tokens[token].stack
    tokens[token].item = item
    enqueue(item)
    return .hold
  }
}
