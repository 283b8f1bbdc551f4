/// Solves probability(y) = `target` for a monotone function, by Newton's method on logarithms.
///
/// `evaluate` returns the probability at y and the magnitude of its derivative there. On the
/// logarithm of a tail Newton's steps stay good however far out the target is; every step is kept
/// inside a bracket that only shrinks, halved where a step would leave it.
func solveLogarithmically(
  for target: Double, rising: Bool, start: Double, in bracket: ClosedRange<Double>,
  _ evaluate: (Double) -> (probability: Double, slope: Double)
) -> Double {
  var low = bracket.lowerBound
  var high = bracket.upperBound
  var y = min(max(start, low), high)
  for _ in 0..<200 {
    let (probability, slope) = evaluate(y)
    // Positive where y is too high.
    let ratio = probability / target
    let distance =
      (ratio - 1).magnitude < 0.1 ? log1p((probability - target) / target) : naturalLogarithm(ratio)
    let excess = rising ? distance : -distance
    if excess == 0 { return y }
    if excess > 0 { high = y } else { low = y }
    let step = -excess * probability / slope
    var next = y + step
    let isNewton = next > low && next < high
    // Also where the step is not a number, as both probability and slope vanished.
    if !isNewton { next = low + (high - low) / 2 }
    let change = (next - y).magnitude
    y = next
    // Steps square from one to the next: after one this small the next would be lost in rounding.
    if isNewton && change < 1e-9 { return y }
    if change <= 0x1p-52 * max(1, y.magnitude) { return y }
  }
  return y
}
