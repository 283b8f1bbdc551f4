import Statistics
import Testing

@Suite("Parameters of distributions")
struct DistributionErrorTests {
  /// A family with a bad parameter, and the whole message.
  static let refused: [(Distribution.Family, String)] = [
    (.constant(value: .nan), "value of the constant distribution is nan, expected a finite number"),
    (
      .uniform(minimum: 3, maximum: 1),
      "maximum of the uniform distribution is 1.0, expected a number of at least the minimum, 3.0"
    ),
    (
      .triangular(minimum: 1, mode: 5, maximum: 4),
      "mode of the triangular distribution is 5.0, expected a number between the minimum, 1.0, and "
        + "the maximum, 4.0"
    ),
    (
      .exponential(mean: 0),
      "mean of the exponential distribution is 0.0, expected a finite number greater than 0"
    ),
    (
      .exponential(mean: .infinity),
      "mean of the exponential distribution is inf, expected a finite number greater than 0"
    ),
    (
      .erlang(phases: 0, mean: 1),
      "number of phases of the Erlang distribution is 0.0, expected a whole number in 1...100000"
    ),
    (
      .gamma(shape: 1e-9, scale: 1),
      "shape of the gamma distribution is 1e-09, expected a number in 0.001...1000000"
    ),
    (
      .lognormal(logMean: 0, logStandardDeviation: -1),
      "standard deviation of the logarithm of the lognormal distribution is -1.0, expected a finite "
        + "number of at least 0"
    ),
    (
      .lognormal(logMean: 700, logStandardDeviation: 10),
      "variance of the lognormal distribution is inf, expected a finite variance"
    ),
    (
      .weibull(shape: 2, scale: -1),
      "scale of the Weibull distribution is -1.0, expected a finite number greater than 0"
    ),
    (
      .truncatedNormal(mean: -11, standardDeviation: 1),
      "mean before truncation of the truncated normal distribution is -11.0, expected a finite "
        + "number of at least -10 standard deviations"
    ),
    (
      .beta(alpha: 1, beta: .nan, minimum: 0, maximum: 1),
      "beta of the Beta distribution is nan, expected a number in 0.001...1000000"
    ),
    (
      .empirical(values: []),
      "list of values of the empirical distribution is missing, expected at least one value"
    ),
    (
      .empirical(values: [1, .infinity]),
      "listed value of the empirical distribution is inf, expected a finite number"
    ),
  ]

  @Test("a parameter out of range is named with what was found and expected", arguments: refused)
  func refuses(family: Distribution.Family, message: String) throws {
    let error = #expect(throws: DistributionError.self) { try Distribution(family) }
    #expect(error?.description == message)
  }

  @Test("mean and coefficient of variation are met", arguments: [0.05, 0.3, 1, 2.5])
  func meanAndVariation(variation: Double) throws {
    for distribution in [
      try Distribution.lognormal(mean: 6, coefficientOfVariation: variation),
      try Distribution.gamma(mean: 6, coefficientOfVariation: variation),
      try Distribution.weibull(mean: 6, coefficientOfVariation: variation),
    ] {
      #expect(relativeError(distribution.mean, 6) < 1e-12)
      let found = try #require(distribution.coefficientOfVariation)
      #expect(relativeError(found, variation) < 1e-10)
    }
  }

  @Test("Erlang takes the number of phases whose variation is nearest")
  func nearestPhases() throws {
    for (variation, phases) in [(1.0, 1), (0.9, 1), (0.8, 2), (0.5, 4), (0.1, 100)] {
      let distribution = try Distribution.erlang(mean: 2, coefficientOfVariation: variation)
      #expect(distribution.family == .erlang(phases: phases, mean: 2))
    }
    #expect(throws: DistributionError.self) {
      try Distribution.erlang(mean: 2, coefficientOfVariation: 1.2)
    }
  }

  @Test("mean and 95th percentile are met", arguments: [1.05, 1.5, 2.5, 3.5])
  func meanAndPercentile(ratio: Double) throws {
    for distribution in [
      try Distribution.lognormal(mean: 20, percentile95: 20 * ratio),
      try Distribution.gamma(mean: 20, percentile95: 20 * ratio),
    ] {
      #expect(relativeError(distribution.mean, 20) < 1e-12)
      #expect(relativeError(distribution.quantile(0.95), 20 * ratio) < 1e-10)
    }
  }

  @Test("a 95th percentile below the mean or too far above it is refused")
  func impossiblePercentiles() {
    for ratio in [0.9, 4, .nan] {
      #expect(throws: DistributionError.self) {
        try Distribution.lognormal(mean: 1, percentile95: ratio)
      }
    }
    for ratio in [0.9, 6, .nan] {
      #expect(throws: DistributionError.self) {
        try Distribution.gamma(mean: 1, percentile95: ratio)
      }
    }
  }

  @Test("PERT has the mean that its name promises")
  func pertMean() throws {
    let distribution = try Distribution.pert(minimum: 2, mode: 3, maximum: 10)
    #expect(relativeError(distribution.mean, (2 + 4 * 3 + 10) / 6) < 1e-14)
    #expect(throws: DistributionError.self) {
      try Distribution.pert(minimum: 2, mode: 2, maximum: 2)
    }
  }
}
