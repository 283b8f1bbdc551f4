/// The difference of two variants that met the same random numbers, replication by replication.
///
/// Source: Law, *Simulation Modeling and Analysis*, 5th ed., sec. 10.2.1 (paired t) and 11.2 (common
/// random numbers).
public struct PairedComparison: Hashable, Sendable, Codable {
  /// Mean of second less first, with its t interval.
  public var difference: ConfidenceInterval
  /// Number of pairs.
  public var count: Int
  /// Pearson correlation of the two; `nil` where one of them never varies.
  public var correlation: Double?
  /// Variance of the difference that independent runs would have over the one found: above 1 the
  /// common random numbers paid off; `nil` where the difference never varies.
  public var varianceReduction: Double?
  /// Two-sided p-value of no difference; `nil` where the difference is always exactly zero.
  public var pValue: Double?

  /// Compares observations of equal index; `nil` of fewer than two pairs.
  ///
  /// - Precondition: both have the same length; 0 < confidence < 1.
  public init?(first: [Double], second: [Double], confidence: Double = 0.95) {
    precondition(first.count == second.count, "Pairs need as many first as second observations")
    let differences = RunningMoments(zip(first, second).map { $1 - $0 })
    let (a, b) = (RunningMoments(first), RunningMoments(second))
    guard let interval = meanInterval(differences, confidence: confidence),
      let variance = differences.variance, let error = differences.standardError,
      let meanA = a.mean, let meanB = b.mean, let varianceA = a.variance, let varianceB = b.variance
    else { return nil }
    difference = interval
    count = differences.count
    varianceReduction = variance > 0 ? (varianceA + varianceB) / variance : nil
    if varianceA > 0 && varianceB > 0 {
      var products = 0.0
      for (x, y) in zip(first, second) { products += (x - meanA) * (y - meanB) }
      let covariance = products / Double(count - 1)
      let ratio = covariance / (varianceA.squareRoot() * varianceB.squareRoot())
      correlation = min(max(ratio, -1), 1)
    } else {
      correlation = nil
    }
    if error > 0 {
      pValue = twoSidedTPValue(interval.estimate / error, degreesOfFreedom: Double(count - 1))
    } else {
      pValue = interval.estimate == 0 ? nil : 0
    }
  }
}

/// p-values adjusted for being looked at together, by Holm's step-down method, in the given order.
///
/// A hypothesis rejected where its adjusted value is at most α keeps the chance of any false
/// rejection among all of them at α. Source: Holm, Scandinavian Journal of Statistics 6(2), 1979.
/// - Precondition: every value is in 0...1.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  precondition(pValues.allSatisfy { (0...1).contains($0) }, "p-values lie in 0...1")
  // By value, then by place, so that ties have one order.
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  var adjusted = pValues
  var running = 0.0
  for (rank, index) in order.enumerated() {
    running = max(running, min(1, Double(pValues.count - rank) * pValues[index]))
    adjusted[index] = running
  }
  return adjusted
}
