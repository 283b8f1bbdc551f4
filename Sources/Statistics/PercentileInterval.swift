/// A percentile of a sample, with an interval between two of its order statistics.
///
/// Makes no assumption but that observations are independent and of one distribution. Source: Conover,
/// *Practical Nonparametric Statistics*, 3rd ed., sec. 3.2.
public struct PercentileInterval: Hashable, Sendable, Codable {
  /// The smallest observation that at least a share `probability` of all do not exceed.
  public var estimate: Double
  /// Lower limit; `nil` where the sample is too small for one.
  public var lower: Double?
  /// Upper limit; `nil` where the sample is too small for one.
  public var upper: Double?
  /// The percentile asked for, as a probability.
  public var probability: Double
  /// Coverage that the limits truly have: at least what was asked for.
  public var coverage: Double

  /// The interval for one percentile of `sample`; `nil` of an empty one.
  ///
  /// Each limit errs with at most half of 1 − confidence.
  /// - Precondition: 0 < probability < 1 and 0 < confidence < 1; no NaN in the sample.
  public init?(_ sample: [Double], probability: Double, confidence: Double = 0.95) {
    requireConfidence(confidence)
    precondition(probability > 0 && probability < 1, "A percentile lies between 0 and 1")
    let sorted = sample.sorted()
    let n = sorted.count
    guard n > 0 else { return nil }
    estimate = sorted[Int(orderStatisticRank(probability, of: Double(n))) - 1]
    self.probability = probability

    // The number of observations below the percentile is binomial.
    let tail = (1 - confidence) / 2
    func below(_ rank: Int) -> Double {
      binomialCDF(rank - 1, trials: n, probability: probability)
    }
    // The highest rank with P(B < rank) ≤ tail, the lowest with P(B ≥ rank) ≤ tail.
    let lowerRank = firstRank(upTo: n + 1) { below($0) > tail } - 1
    let upperRank = firstRank(upTo: n + 1) { 1 - below($0) <= tail }
    lower = lowerRank >= 1 ? sorted[lowerRank - 1] : nil
    upper = upperRank <= n ? sorted[upperRank - 1] : nil
    coverage = below(upperRank) - below(lowerRank)
  }
}

/// The rank, in 1...count, of the smallest observation that a share of at least `probability` does not
/// exceed.
///
/// A product that only rounding keeps from being whole, as 0.07 · 100, is taken as whole.
func orderStatisticRank(_ probability: Double, of count: Double) -> Double {
  let product = probability * count
  let nearest = product.rounded()
  let isWhole = (product - nearest).magnitude <= 4 * product.ulp
  return min(max(isWhole ? nearest : product.rounded(.up), 1), count)
}

/// The lowest of 1...last for which a condition holds that goes on holding, and holds at last.
private func firstRank(upTo last: Int, _ condition: (Int) -> Bool) -> Int {
  var low = 1
  var high = last
  while low < high {
    let middle = low + (high - low) / 2
    if condition(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
