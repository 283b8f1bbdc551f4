/// A probability distribution of one number, with validated parameters.
///
/// Values are in whatever unit the parameters are in. Every family is sampled by inversion of one
/// uniform number (`quantile`), which is monotone: the same uniform gives a larger value under a
/// stochastically larger distribution of the same family, as common random numbers need.
public struct Distribution: Hashable, Sendable {
  /// The family and its parameters, valid.
  public let family: Family

  /// Kinds of distribution and their parameters.
  public enum Family: Hashable, Sendable, Codable {
    /// Always the same finite value.
    case constant(value: Double)
    /// Equally likely everywhere between two finite bounds, minimum ≤ maximum.
    case uniform(minimum: Double, maximum: Double)
    /// Density rising linearly from minimum to mode and falling to maximum, in that order.
    case triangular(minimum: Double, mode: Double, maximum: Double)
    /// Memoryless, mean > 0.
    case exponential(mean: Double)
    /// Sum of equal exponential phases, 1...100,000 of them; `mean` > 0 is that of the sum.
    case erlang(phases: Int, mean: Double)
    /// Gamma with shape in 0.001...1,000,000 and scale > 0; mean shape · scale.
    case gamma(shape: Double, scale: Double)
    /// e to the power of a normal variable with this mean and standard deviation ≥ 0.
    case lognormal(logMean: Double, logStandardDeviation: Double)
    /// Weibull with shape in 0.05...1,000 and scale > 0 (the 63.2 % quantile).
    case weibull(shape: Double, scale: Double)
    /// A normal variable given that it is not negative.
    ///
    /// Mean and standard deviation > 0 are those before truncation; the mean may be negative, but
    /// not by more than 10 standard deviations.
    case truncatedNormal(mean: Double, standardDeviation: Double)
    /// Beta with both shapes in 0.001...1,000,000, stretched from 0...1 to minimum...maximum.
    case beta(alpha: Double, beta: Double, minimum: Double, maximum: Double)
    /// Resampling: each listed value is equally likely, one listed twice twice as likely.
    ///
    /// At least one value, all finite; kept in ascending order.
    case empirical(values: [Double])
    /// One of several listed values, each with its own probability.
    ///
    /// As many values as probabilities, at least one; probabilities are at least 0 and sum to 1 within
    /// 1e-6. Kept in ascending order of the values, each once, those of probability 0 left out.
    case discrete(values: [Double], probabilities: [Double])
    /// Another family's value plus a finite number.
    indirect case shifted(Family, by: Double)
    /// Another family given that its value lies between two finite bounds, minimum ≤ maximum.
    ///
    /// At least one in a million of the values must lie there.
    indirect case truncated(Family, minimum: Double, maximum: Double)
  }

  /// Creates a distribution of `family`; throws where a parameter is out of its range, or where
  /// mean or variance would be too large to be a number.
  public init(_ family: Family) throws(DistributionError) {
    try family.validate()
    self.family = try family.simplified()
    guard mean.isFinite, variance.isFinite else {
      throw DistributionError(
        family: family.name, parameter: "variance", found: variance, expected: "a finite variance")
    }
  }

  /// Square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }

  /// Standard deviation over mean; `nil` where the mean is zero.
  public var coefficientOfVariation: Double? {
    mean == 0 ? nil : standardDeviation / mean.magnitude
  }

  /// The same distribution in another unit: every value times `factor` > 0.
  public func scaled(by factor: Double) throws(DistributionError) -> Distribution {
    guard factor > 0, factor.isFinite else {
      throw DistributionError(
        family: family.name, parameter: "scaling factor", found: factor,
        expected: "a finite number greater than 0")
    }
    return try Distribution(family.scaled(by: factor))
  }
}

extension Distribution.Family {
  /// The family's name as people write it.
  public var name: String {
    switch self {
    case .constant: "constant"
    case .uniform: "uniform"
    case .triangular: "triangular"
    case .exponential: "exponential"
    case .erlang: "Erlang"
    case .gamma: "gamma"
    case .lognormal: "lognormal"
    case .weibull: "Weibull"
    case .truncatedNormal: "truncated normal"
    case .beta: "Beta"
    case .empirical: "empirical"
    case .discrete: "discrete"
    case .shifted(let base, _): "shifted \(base.name)"
    case .truncated(let base, _, _): "truncated \(base.name)"
    }
  }

  fileprivate func scaled(by factor: Double) -> Distribution.Family {
    switch self {
    case .constant(let value): .constant(value: value * factor)
    case .uniform(let minimum, let maximum):
      .uniform(minimum: minimum * factor, maximum: maximum * factor)
    case .triangular(let minimum, let mode, let maximum):
      .triangular(minimum: minimum * factor, mode: mode * factor, maximum: maximum * factor)
    case .exponential(let mean): .exponential(mean: mean * factor)
    case .erlang(let phases, let mean): .erlang(phases: phases, mean: mean * factor)
    case .gamma(let shape, let scale): .gamma(shape: shape, scale: scale * factor)
    case .lognormal(let logMean, let deviation):
      .lognormal(logMean: logMean + naturalLogarithm(factor), logStandardDeviation: deviation)
    case .weibull(let shape, let scale): .weibull(shape: shape, scale: scale * factor)
    case .truncatedNormal(let mean, let deviation):
      .truncatedNormal(mean: mean * factor, standardDeviation: deviation * factor)
    case .beta(let alpha, let beta, let minimum, let maximum):
      .beta(alpha: alpha, beta: beta, minimum: minimum * factor, maximum: maximum * factor)
    case .empirical(let values): .empirical(values: values.map { $0 * factor })
    case .discrete(let values, let probabilities):
      .discrete(values: values.map { $0 * factor }, probabilities: probabilities)
    case .shifted(let base, let distance):
      .shifted(base.scaled(by: factor), by: distance * factor)
    case .truncated(let base, let minimum, let maximum):
      .truncated(base.scaled(by: factor), minimum: minimum * factor, maximum: maximum * factor)
    }
  }
}

extension Distribution: Codable {
  /// Decodes a family and validates it as the initialiser does.
  public init(from decoder: any Decoder) throws {
    let family = try Family(from: decoder)
    do {
      try self.init(family)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: error.description))
    }
  }

  /// Encodes the family with its parameters.
  public func encode(to encoder: any Encoder) throws {
    try family.encode(to: encoder)
  }
}
