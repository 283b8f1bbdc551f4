internal import Statistics

/// The difference of two estimates that come from runs that have nothing to do with each other.
public struct IndependentDifference: Sendable, Hashable, Codable {
  /// Later minus earlier.
  public var difference: Double
  /// Lower end of the interval.
  public var lower: Double
  /// Upper end of the interval.
  public var upper: Double
  /// Confidence level of the interval.
  public var level: Double

  /// Whether it is more than noise: the interval does not hold zero.
  public var isClear: Bool { lower > 0 || upper < 0 }

  /// The difference of two means, with Welch's interval.
  ///
  /// Source: Welch, *Biometrika* 34 (1947) 28–35; degrees of freedom by Satterthwaite. The standard errors
  /// are those that the intervals of the estimates were made of.
  /// - Returns: `nil` where one of them has no interval, as of a single replication.
  public init?(from before: Estimate, to after: Estimate) {
    guard before.n > 1, after.n > 1 else { return nil }
    func variance(_ estimate: Estimate) -> Double {
      let quantile = studentTQuantile(
        0.5 + estimate.level / 2, degreesOfFreedom: Double(estimate.n - 1))
      let error = estimate.halfWidth / quantile
      return error * error
    }
    let (first, second) = (variance(before), variance(after))
    difference = after.mean - before.mean
    level = min(before.level, after.level)
    guard first + second > 0 else {
      (lower, upper) = (difference, difference)
      return
    }
    let freedom =
      (first + second) * (first + second)
      / (first * first / Double(before.n - 1) + second * second / Double(after.n - 1))
    let half =
      studentTQuantile(0.5 + level / 2, degreesOfFreedom: freedom) * (first + second).squareRoot()
    (lower, upper) = (difference - half, difference + half)
  }

  /// The difference of two probabilities, with Newcombe's interval of their Wilson intervals.
  ///
  /// Source: Newcombe, *Statistics in Medicine* 17 (1998) 873–890, method 10.
  public init(from before: ProbabilityEstimate, to after: ProbabilityEstimate) {
    let (p, q) = (before.share, after.share)
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    difference = q - p
    lower = difference - length(q - after.lower, before.upper - p)
    upper = difference + length(after.upper - q, p - before.lower)
    level = min(before.level, after.level)
  }
}
