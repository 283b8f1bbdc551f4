/// Distributions from what people know: mean and spread, mean and 95th percentile, or three points.
extension Distribution {
  /// The lognormal distribution with this mean > 0 and coefficient of variation ≥ 0.
  public static func lognormal(
    mean: Double, coefficientOfVariation cv: Double
  ) throws(DistributionError) -> Distribution {
    try check(mean: mean, cv: cv, family: "lognormal")
    let variance = log1p(cv * cv)
    return try Distribution(
      .lognormal(
        logMean: naturalLogarithm(mean) - variance / 2, logStandardDeviation: variance.squareRoot())
    )
  }

  /// The gamma distribution with this mean > 0 and coefficient of variation in 0.001...31.
  public static func gamma(
    mean: Double, coefficientOfVariation cv: Double
  ) throws(DistributionError) -> Distribution {
    try check(mean: mean, cv: cv, family: "gamma")
    try check(cv: cv, in: 1e-3...31, family: "gamma")
    return try Distribution(.gamma(shape: 1 / (cv * cv), scale: mean * cv * cv))
  }

  /// The Erlang distribution with this mean > 0 and the whole number of phases that comes nearest
  /// to the coefficient of variation, in 0.00317...1.
  ///
  /// The variation of the result is 1/√phases, in general not the one asked for.
  public static func erlang(
    mean: Double, coefficientOfVariation cv: Double
  ) throws(DistributionError) -> Distribution {
    try check(mean: mean, cv: cv, family: "Erlang")
    try check(cv: cv, in: 0.00317...1, family: "Erlang")
    let wanted = 1 / (cv * cv)
    let fewer = max(1, wanted.rounded(.down))
    let isFewerNearer =
      1 / fewer.squareRoot() - cv <= cv - 1 / (fewer + 1).squareRoot()
    return try Distribution(.erlang(phases: Int(fewer) + (isFewerNearer ? 0 : 1), mean: mean))
  }

  /// The Weibull distribution with this mean > 0 and coefficient of variation in 0.0013...1000.
  public static func weibull(
    mean: Double, coefficientOfVariation cv: Double
  ) throws(DistributionError) -> Distribution {
    try check(mean: mean, cv: cv, family: "Weibull")
    try check(cv: cv, in: 0.0013...1000, family: "Weibull")
    // Variation falls as shape rises.
    let logShape = bisect(from: -2.995, to: 6.907) { logShape in
      weibullSquaredVariation(shape: exponential(logShape)) > cv * cv
    }
    let shape = exponential(logShape)
    return try Distribution(
      .weibull(shape: shape, scale: mean * exponential(-logGamma(1 + 1 / shape))))
  }

  /// The lognormal distribution with this mean > 0 and 95th percentile.
  ///
  /// The percentile must be between the mean and 3.868 times the mean: no lognormal variable has
  /// more; of the two that fit the less variable is taken.
  public static func lognormal(
    mean: Double, percentile95: Double
  ) throws(DistributionError) -> Distribution {
    try check(mean: mean, cv: 0, family: "lognormal")
    let z = 1.6448536269514722
    let ratio = percentile95 / mean
    guard ratio >= 1, ratio.isFinite, z * z >= 2 * naturalLogarithm(ratio) else {
      throw DistributionError(
        family: "lognormal", parameter: "95th percentile", found: percentile95,
        expected: "a number between the mean, \(mean), and 3.868 times the mean")
    }
    let logarithm = naturalLogarithm(ratio)
    // The smaller root of σ²/2 − z σ + log ratio = 0, without cancellation.
    let deviation = 2 * logarithm / (z + (z * z - 2 * logarithm).squareRoot())
    return try Distribution(
      .lognormal(
        logMean: naturalLogarithm(mean) - deviation * deviation / 2,
        logStandardDeviation: deviation))
  }

  /// The gamma distribution with this mean > 0 and 95th percentile.
  ///
  /// The percentile must be between 1.00165 and 5.827 times the mean (shapes of 1,000,000 and
  /// 0.0877); of the two that fit the less variable is taken.
  public static func gamma(
    mean: Double, percentile95: Double
  ) throws(DistributionError) -> Distribution {
    try check(mean: mean, cv: 0, family: "gamma")
    let ratio = percentile95 / mean
    func ratioOfGamma(_ logShape: Double) -> Double {
      let shape = exponential(logShape)
      return inverseRegularizedGamma(shape: shape, lower: 0.95, upper: 0.05) / shape
    }
    let bounds = (low: mostSkewedGammaLogShape, high: 13.8155)
    guard ratio >= ratioOfGamma(bounds.high), ratio <= ratioOfGamma(bounds.low) else {
      throw DistributionError(
        family: "gamma", parameter: "95th percentile", found: percentile95,
        expected: "a number between 1.00165 and 5.827 times the mean, \(mean)")
    }
    let logShape = bisect(from: bounds.low, to: bounds.high) { ratioOfGamma($0) > ratio }
    let shape = exponential(logShape)
    return try Distribution(.gamma(shape: shape, scale: mean / shape))
  }

  /// The triangular distribution through three points.
  public static func triangular(
    minimum: Double, mode: Double, maximum: Double
  ) throws(DistributionError) -> Distribution {
    try Distribution(.triangular(minimum: minimum, mode: mode, maximum: maximum))
  }

  /// The PERT distribution through three points, minimum < maximum: a Beta distribution with mean
  /// (minimum + 4 mode + maximum) / 6.
  ///
  /// Source: Clark, "The PERT Model for the Distribution of an Activity Time", Operations Research
  /// 10(3), 1962, doi:10.1287/opre.10.3.405.
  public static func pert(
    minimum: Double, mode: Double, maximum: Double
  ) throws(DistributionError) -> Distribution {
    // The checks and messages of the triangular distribution with the same three points.
    _ = try triangular(minimum: minimum, mode: mode, maximum: maximum)
    guard minimum < maximum else {
      throw DistributionError(
        family: "PERT", parameter: "maximum", found: maximum,
        expected: "a number greater than the minimum, \(minimum)")
    }
    let width = maximum - minimum
    return try Distribution(
      .beta(
        alpha: 1 + 4 * ((mode - minimum) / width), beta: 1 + 4 * ((maximum - mode) / width),
        minimum: minimum, maximum: maximum))
  }

  private static func check(
    mean: Double, cv: Double, family: String
  ) throws(DistributionError) {
    guard mean > 0, mean.isFinite else {
      throw DistributionError(
        family: family, parameter: "mean", found: mean, expected: "a finite number greater than 0")
    }
    guard cv >= 0, cv.isFinite else {
      throw DistributionError(
        family: family, parameter: "coefficient of variation", found: cv,
        expected: "a finite number of at least 0")
    }
  }

  private static func check(
    cv: Double, in range: ClosedRange<Double>, family: String
  ) throws(DistributionError) {
    guard range ~= cv else {
      throw DistributionError(
        family: family, parameter: "coefficient of variation", found: cv,
        expected: "a number in \(range.lowerBound)...\(range.upperBound)")
    }
  }
}

/// Log of the gamma shape whose 95th percentile is the most means: below it the ratio falls again.
private let mostSkewedGammaLogShape = -2.433899

/// The point between `low` and `high` where `isBelow` turns from true to false, to the last bit.
private func bisect(from low: Double, to high: Double, _ isBelow: (Double) -> Bool) -> Double {
  var low = low
  var high = high
  while true {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return middle }
    if isBelow(middle) { low = middle } else { high = middle }
  }
}
