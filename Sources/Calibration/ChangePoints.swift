internal import Statistics

/// A moment from which on a quantity is not what it was.
public struct ChangePoint: Sendable, Hashable {
  /// Position of the first value after it.
  public var position: Int
  /// Local instant of that value, in microseconds since 1970.
  public var time: Int64
  /// Mean from the change before, or the beginning, to it.
  public var before: Double
  /// Mean from it on, to the end or to the next change.
  public var after: Double
  /// Probability of as large a difference without a change.
  public var pValue: Double
  /// Earliest and latest instant at which it may have been, at 95 %.
  public var span: ClosedRange<Int64>
}

/// What a change must be to count; our choice.
enum ChangeCriterion {
  /// Fewest values on either side.
  static let fewest = 30
  /// Largest p-value.
  static let level = 0.001
  /// Least difference of the two sides: P(later > earlier) − P(later < earlier), as a share.
  static let least = 0.15
}

/// Finds from when on values are not what they were, the earliest change first.
///
/// Pettitt's test of ranks, on all values, then on those after the change, until none is left: the last stretch
/// is what holds now. Values that follow each other resemble each other, in queues above all, so that the
/// number of values counts as n (1 − ρ)/(1 + ρ) with the first autocorrelation ρ of the ranks about the means
/// of both sides. Source: Pettitt 1979, doi:10.2307/2346729; Bayley and Hammersley 1946,
/// doi:10.2307/2983560, for the effective number.
/// - Parameters:
///   - values: in the order of `times`.
///   - times: local instants, ascending.
func changePoints(_ values: [Double], times: [Int64]) -> [ChangePoint] {
  var found: [ChangePoint] = []
  var start = 0
  while let change = pettitt(values[start...]) {
    let position = start + change.position
    if !found.isEmpty { found[found.count - 1].after = mean(values[start..<position]) }
    found.append(
      ChangePoint(
        position: position, time: times[position], before: mean(values[start..<position]),
        after: mean(values[position...]), pValue: change.pValue,
        span: times[start + change.span.lowerBound]...times[start + change.span.upperBound]))
    start = position
  }
  return found
}

private func mean(_ values: ArraySlice<Double>) -> Double {
  values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}

/// The most likely change in a row of values; `nil` where there is none to speak of.
///
/// Its place lies within all those whose likelihood ratio, for a step in the mean of the ranks, is less than 7.352
/// below the largest: (1 − e^(−x/2))² = 0.95. Source: Siegmund 1988, doi:10.2307/1403360; Hansen 2000,
/// doi:10.1111/1468-0262.00124.
private func pettitt(
  _ values: ArraySlice<Double>
) -> (position: Int, pValue: Double, span: ClosedRange<Int>)? {
  let n = values.count
  guard n >= 2 * ChangeCriterion.fewest else { return nil }
  let ranks = midranks(Array(values))
  let size = Double(n)
  var sum = 0.0
  var best = (position: 0, size: 0.0)
  for index in 0..<n {
    // Twice the sum of the first t ranks against its expectation t (n + 1).
    sum += 2 * ranks[index] - (size + 1)
    let t = index + 1
    if t >= ChangeCriterion.fewest, n - t >= ChangeCriterion.fewest, abs(sum) > best.size {
      best = (t, abs(sum))
    }
  }
  let t = best.position
  guard t > 0 else { return nil }
  // |U| = n₁ n₂ · (P(later > earlier) − P(later < earlier)).
  let effect = best.size / (Double(t) * (size - Double(t)))
  guard effect >= ChangeCriterion.least else { return nil }
  let sides = [ranks[0..<t], ranks[t...]].map { side -> [Double] in
    let middle = mean(side)
    return side.map { $0 - middle }
  }
  let rest = sides[0] + sides[1]
  let square = rest.reduce(0) { $0 + $1 * $1 }
  let cross = zip(rest, rest.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
  let correlation = square > 0 ? min(0.95, max(0, cross / square)) : 0
  // A change at t lies between the value before it and the one behind.
  let variance = square / (size - 2) * (1 + correlation) / (1 - correlation)
  var ratios = [Double](repeating: 0, count: n)
  var centred = 0.0
  for index in 0..<(n - 1) {
    centred += ranks[index] - (size + 1) / 2
    let count = Double(index + 1)
    ratios[index] =
      variance > 0 ? centred * centred * size / (count * (size - count)) / variance : 0
  }
  let least = (ratios.max() ?? 0) - 7.352
  let likely = ratios.indices.filter { ratios[$0] >= least }
  let span = min(t - 1, likely.first ?? t - 1)...max(t, min(n - 1, (likely.last ?? t) + 1))
  let exponent =
    6 * best.size * best.size / (size * size * size + size * size) * (1 - correlation)
    / (1 + correlation)
  let p = min(1, 2 * exponential(-exponent))
  return p < ChangeCriterion.level ? (t, p, span) : nil
}

/// Ranks from 1 on; equal values have the mean of theirs.
func midranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var ranks = [Double](repeating: 0, count: values.count)
  var at = 0
  while at < order.count {
    var end = at
    while end < order.count, values[order[end]] == values[order[at]] { end += 1 }
    for index in at..<end { ranks[order[index]] = Double(at + end + 1) / 2 }
    at = end
  }
  return ranks
}
