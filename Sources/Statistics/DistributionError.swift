/// A parameter of a distribution that is out of its range.
public struct DistributionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Name of the family.
  public var family: String
  /// Name of the parameter.
  public var parameter: String
  /// What was given; `nil` where nothing was.
  public var found: Double?
  /// What is allowed.
  public var expected: String

  /// Creates an error.
  public init(family: String, parameter: String, found: Double?, expected: String) {
    self.family = family
    self.parameter = parameter
    self.found = found
    self.expected = expected
  }

  /// One sentence: what was found and what was expected.
  public var description: String {
    let value = found.map { "is \($0)" } ?? "is missing"
    return "\(parameter) of the \(family) distribution \(value), expected \(expected)"
  }
}

extension Distribution.Family {
  /// Throws where a parameter is out of the range that its case documents.
  func validate() throws(DistributionError) {
    switch self {
    case .constant(let value):
      try requireFinite(value, "value")
    case .uniform(let minimum, let maximum):
      try requireOrder(minimum, nil, maximum)
    case .triangular(let minimum, let mode, let maximum):
      try requireOrder(minimum, mode, maximum)
    case .exponential(let mean):
      try requirePositive(mean, "mean")
    case .erlang(let phases, let mean):
      try require(
        1...100_000 ~= phases, "number of phases", Double(phases), "a whole number in 1...100000")
      try requirePositive(mean, "mean")
    case .gamma(let shape, let scale):
      try require(1e-3...1e6 ~= shape, "shape", shape, "a number in 0.001...1000000")
      try requirePositive(scale, "scale")
    case .lognormal(let logMean, let deviation):
      try requireFinite(logMean, "mean of the logarithm")
      try require(
        deviation >= 0 && deviation.isFinite, "standard deviation of the logarithm", deviation,
        "a finite number of at least 0")
    case .weibull(let shape, let scale):
      try require(0.05...1000 ~= shape, "shape", shape, "a number in 0.05...1000")
      try requirePositive(scale, "scale")
    case .truncatedNormal(let mean, let deviation):
      try requirePositive(deviation, "standard deviation")
      try require(
        mean.isFinite && mean >= -10 * deviation, "mean before truncation", mean,
        "a finite number of at least -10 standard deviations")
    case .beta(let alpha, let beta, let minimum, let maximum):
      try require(1e-3...1e6 ~= alpha, "alpha", alpha, "a number in 0.001...1000000")
      try require(1e-3...1e6 ~= beta, "beta", beta, "a number in 0.001...1000000")
      try requireOrder(minimum, nil, maximum)
    case .empirical(let values):
      if values.isEmpty {
        throw DistributionError(
          family: name, parameter: "list of values", found: nil, expected: "at least one value")
      }
      for value in values { try requireFinite(value, "listed value") }
    case .discrete(let values, let probabilities):
      try require(
        !values.isEmpty && values.count == probabilities.count, "number of probabilities",
        Double(probabilities.count), "one for each of at least one value")
      for value in values { try requireFinite(value, "listed value") }
      for probability in probabilities {
        try require(0...1 ~= probability, "probability", probability, "a number in 0...1")
      }
      let sum = probabilities.reduce(0, +)
      try require((sum - 1).magnitude <= 1e-6, "sum of the probabilities", sum, "1")
    case .shifted(let base, let distance):
      try base.validate()
      try requireFinite(distance, "shift")
    case .truncated(let base, let minimum, let maximum):
      try base.validate()
      try requireOrder(minimum, nil, maximum)
    }
  }

  private func require(
    _ isMet: Bool, _ parameter: String, _ found: Double, _ expected: String
  ) throws(DistributionError) {
    if !isMet {
      throw DistributionError(family: name, parameter: parameter, found: found, expected: expected)
    }
  }

  private func requireFinite(_ value: Double, _ parameter: String) throws(DistributionError) {
    try require(value.isFinite, parameter, value, "a finite number")
  }

  private func requirePositive(_ value: Double, _ parameter: String) throws(DistributionError) {
    try require(
      value.isFinite && value > 0, parameter, value, "a finite number greater than 0")
  }

  private func requireOrder(
    _ minimum: Double, _ mode: Double?, _ maximum: Double
  ) throws(DistributionError) {
    try requireFinite(minimum, "minimum")
    try requireFinite(maximum, "maximum")
    try require(
      minimum <= maximum, "maximum", maximum, "a number of at least the minimum, \(minimum)")
    if let mode {
      try require(
        minimum <= mode && mode <= maximum, "mode", mode,
        "a number between the minimum, \(minimum), and the maximum, \(maximum)")
    }
  }
}
