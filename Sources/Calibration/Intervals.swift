public import Statistics

extension ConfidenceInterval {
  /// The share that a count is of a total, in 0...1: equal tails of the Beta posterior with Jeffreys' prior.
  ///
  /// None and all have an end at 0 and 1. Source: Brown, Cai and DasGupta 2001, doi:10.1214/ss/1009213286.
  public static func share(_ count: Int, of total: Int) -> ConfidenceInterval {
    let (a, b) = (Double(count) + 0.5, Double(total - count) + 0.5)
    return ConfidenceInterval(
      estimate: total > 0 ? Double(count) / Double(total) : 0,
      lower: count == 0 ? 0 : inverseRegularizedBeta(a, b, 0.025),
      upper: count == total ? 1 : inverseRegularizedBeta(a, b, 0.975), confidence: 0.95)
  }

  /// The mean of independent observations (Student's t); `nil` of fewer than two.
  static func mean(_ mean: Double, deviation: Double, count: Int) -> ConfidenceInterval? {
    guard count > 1 else { return nil }
    let half =
      studentTQuantile(0.975, degreesOfFreedom: Double(count - 1)) * deviation
      / Double(count).squareRoot()
    return ConfidenceInterval(
      estimate: mean, lower: mean - half, upper: mean + half, confidence: 0.95)
  }

  /// A rate, from distances whose coefficient of variation is known: normal for the logarithm of the rate.
  static func rate(_ rate: Double, variation: Double, count: Int) -> ConfidenceInterval? {
    guard count > 1, rate > 0 else { return nil }
    let factor = exponential(1.959_963_984_540_054 * variation / Double(count).squareRoot())
    return ConfidenceInterval(
      estimate: rate, lower: rate / factor, upper: rate * factor, confidence: 0.95)
  }
}
