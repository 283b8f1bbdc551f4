/// The variance of a figure, apart for two causes: groups (what is not known) and chance within them.
///
/// One-way analysis of variance with random groups of equal size. Source: Searle, Casella and McCulloch,
/// *Variance Components*, 1992, ch. 3; interval of the share: ibid., sec. 3.6 (exact for normal data).
public struct VarianceComponents: Hashable, Sendable, Codable {
  /// Groups.
  public var groups: Int
  /// Observations in each group.
  public var size: Int
  /// Mean of all observations, with the interval that the spread of the group means gives it.
  public var mean: ConfidenceInterval
  /// Variance between groups, of which chance within them is taken off; never negative.
  public var between: Double
  /// Variance within groups.
  public var within: Double
  /// Share of the variance of one observation that lies between groups, with its interval, in 0...1;
  /// `nil` where nothing varies.
  public var share: ConfidenceInterval?

  /// The components; `nil` of fewer than two groups or two observations in each.
  ///
  /// - Precondition: groups of equal size; 0 < confidence < 1.
  public init?(_ observations: [[Double]], confidence: Double = 0.95) {
    requireConfidence(confidence)
    let moments = observations.map { RunningMoments($0) }
    guard observations.count >= 2, let size = observations.first?.count, size >= 2,
      let interval = meanInterval(
        RunningMoments(moments.compactMap(\.mean)), confidence: confidence)
    else { return nil }
    precondition(observations.allSatisfy { $0.count == size }, "Groups are of equal size")
    let count = Double(observations.count)
    let n = Double(size)
    let meansVariance = RunningMoments(moments.compactMap(\.mean)).variance ?? 0
    let pooled = moments.reduce(0) { $0 + ($1.variance ?? 0) } / count
    groups = observations.count
    self.size = size
    mean = interval
    within = pooled
    between = max(0, meansVariance - pooled / n)
    guard between + within > 0 else { return }
    let estimate = between / (between + within)
    guard pooled > 0 else {
      share = ConfidenceInterval(estimate: 1, lower: 1, upper: 1, confidence: confidence)
      return
    }
    let (above, below) = (count - 1, count * (n - 1))
    let ratio = n * meansVariance / pooled
    func quantile(_ p: Double) -> Double {
      // F by the Beta distribution.
      let x = inverseRegularizedBeta(above / 2, below / 2, p)
      return x >= 1 ? .infinity : below * x / (above * (1 - x))
    }
    func bounded(_ f: Double) -> Double {
      min(1, max(0, (ratio / f - 1) / (ratio / f + n - 1)))
    }
    let tail = (1 - confidence) / 2
    self.share = ConfidenceInterval(
      estimate: estimate, lower: bounded(quantile(1 - tail)), upper: bounded(quantile(tail)),
      confidence: confidence)
  }
}

/// The share of a figure's variance that one input explains, by a curve of second degree, corrected for
/// what such a curve explains by chance; 0 where it explains less than that.
///
/// Source: Ezekiel's adjusted R², *Methods of Correlation Analysis*, 1930.
/// - Precondition: as many inputs as figures.
public func shareExplained(of figures: [Double], by inputs: [Double]) -> Double {
  precondition(figures.count == inputs.count, "Pairs need as many inputs as figures")
  let count = figures.count
  guard count > 4 else { return 0 }
  func centred(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(count)
    return values.map { $0 - mean }
  }
  func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
  let y = centred(figures)
  let total = product(y, y)
  let line = centred(inputs)
  let length = product(line, line)
  guard total > 0, length > 0 else { return 0 }
  var curve = centred(line.map { $0 * $0 })
  let overlap = product(curve, line) / length
  for index in curve.indices { curve[index] -= overlap * line[index] }
  var explained = product(y, line) * product(y, line) / length
  let bend = product(curve, curve)
  // Two different inputs make no curve.
  if bend > 1e-12 * length * length {
    explained += product(y, curve) * product(y, curve) / bend
  }
  let n = Double(count)
  return max(0, 1 - (1 - explained / total) * (n - 1) / (n - 3))
}
