import Statistics
import Testing

/// Expected values are closed forms; the module integrates numerically.
@Suite("Shifted, truncated and discrete distributions")
struct TruncatedFamilyTests {
  /// E X and Var X of an exponential variable with mean m between a and b, with s = e^(−a/m) − e^(−b/m):
  /// E Xⁿ; a < X < b = [−(xⁿ + n m xⁿ⁻¹ + …) e^(−x/m)] from a to b, over s.
  @Test("a truncated exponential variable has the moments that integration by parts gives")
  func exponentialMoments() throws {
    for (m, a, b) in [(4.0, 1.0, 9.0), (300, 0, 86_400), (0.5, 2, 3), (100, 0, 1)] {
      let distribution = try Distribution(
        .truncated(.exponential(mean: m), minimum: a, maximum: b))
      let s = exponential(-a / m) - exponential(-b / m)
      func first(_ x: Double) -> Double { -(x + m) * exponential(-x / m) }
      func second(_ x: Double) -> Double { -(x * x + 2 * m * x + 2 * m * m) * exponential(-x / m) }
      let mean = (first(b) - first(a)) / s
      let variance = (second(b) - second(a)) / s - mean * mean
      #expect(relativeError(distribution.mean, mean) < 1e-11)
      // The closed form itself loses digits where the bounds are close.
      #expect(relativeError(distribution.variance, variance) < (b == 1 ? 1e-6 : 1e-9))
    }
  }

  /// E Xⁿ; a < X < b of a lognormal variable is e^(nμ + n²σ²/2) (Φ(z(b) − nσ) − Φ(z(a) − nσ)).
  @Test("a truncated lognormal variable has its known moments")
  func lognormalMoments() throws {
    for (mu, sigma, a, b) in [(1.0, 0.6, 1.0, 20.0), (6, 1.2, 30, 7200), (0, 0.2, 0.9, 1.1)] {
      let distribution = try Distribution(
        .truncated(.lognormal(logMean: mu, logStandardDeviation: sigma), minimum: a, maximum: b))
      func z(_ x: Double) -> Double { (naturalLogarithm(x) - mu) / sigma }
      func part(_ n: Double) -> Double {
        exponential(n * mu + n * n * sigma * sigma / 2)
          * (normalCDF(z(b) - n * sigma) - normalCDF(z(a) - n * sigma))
      }
      let mean = part(1) / part(0)
      #expect(relativeError(distribution.mean, mean) < 1e-10)
      #expect(relativeError(distribution.variance, part(2) / part(0) - mean * mean) < 1e-8)
    }
  }

  /// E Xⁿ; X < b of a gamma variable with shape k is θⁿ k(k+1)… F(b; k + n).
  @Test("a truncated gamma variable has its known moments, also where its density is infinite")
  func gammaMoments() throws {
    for (shape, scale, a, b) in [(0.6, 5.0, 0.0, 8.0), (7, 60, 120, 900), (2, 1, 0, 50)] {
      let distribution = try Distribution(
        .truncated(.gamma(shape: shape, scale: scale), minimum: a, maximum: b))
      func kept(_ extra: Double) throws -> Double {
        let gamma = try Distribution(.gamma(shape: shape + extra, scale: scale))
        return gamma.cdf(b) - gamma.cdf(a)
      }
      let mean = try scale * shape * kept(1) / kept(0)
      let second = try scale * scale * shape * (shape + 1) * kept(2) / kept(0)
      #expect(relativeError(distribution.mean, mean) < 1e-10)
      #expect(relativeError(distribution.variance, second - mean * mean) < 1e-8)
    }
  }

  /// Johnson, Kotz, Balakrishnan, *Continuous Univariate Distributions* 1, 1994, section 13.10.1.
  ///
  /// E X = μ + σ (φ(α) − φ(β)) / Z and Var X = σ² (1 + (α φ(α) − β φ(β)) / Z − ((φ(α) − φ(β)) / Z)²).
  @Test("a normal variable between bounds has its known moments")
  func normalMoments() throws {
    for (mean, deviation, a, b) in [(3.0, 4.0, 2.0, 6.0), (600, 480, 0, 1800), (-5, 10, 0, 40)] {
      let distribution = try Distribution(
        .truncated(
          .truncatedNormal(mean: mean, standardDeviation: deviation), minimum: a, maximum: b))
      let (alpha, beta) = ((a - mean) / deviation, (b - mean) / deviation)
      let kept = normalCDF(beta) - normalCDF(alpha)
      let shift = (normalDensity(alpha) - normalDensity(beta)) / kept
      let spread = (alpha * normalDensity(alpha) - beta * normalDensity(beta)) / kept
      #expect(relativeError(distribution.mean, mean + deviation * shift) < 1e-11)
      let variance = deviation * deviation * (1 + spread - shift * shift)
      #expect(relativeError(distribution.variance, variance) < 1e-9)
    }
  }

  /// Between 1.5 and 5 of the triangle 1, 2, 6 the density is (x − 1)·2/5 up to 2 and (6 − x)/10 beyond:
  /// ∫ = 0.15 + 0.75 = 0.9, ∫x = 0.266667 + 2.4 = 2.666667 (2/5·(x³/3 − x²/2) from 1.5 to 2 is
  /// 0.266667, (3x² − x³/3)/10 from 2 to 5 is 2.4).
  @Test("a truncated triangular variable has the mean that its two pieces give")
  func triangularMean() throws {
    let distribution = try Distribution(
      .truncated(.triangular(minimum: 1, mode: 2, maximum: 6), minimum: 1.5, maximum: 5))
    #expect(relativeError(distribution.mean, (4.0 / 15 + 2.4) / 0.9) < 1e-10)
  }

  @Test("a shift moves mean, quantiles and support and nothing else")
  func shift() throws {
    let plain = try Distribution(.gamma(shape: 2.5, scale: 4))
    let moved = try Distribution(.shifted(.gamma(shape: 2.5, scale: 4), by: 10))
    #expect(moved.mean == plain.mean + 10)
    #expect(moved.variance == plain.variance)
    #expect(moved.quantile(0.3) == plain.quantile(0.3) + 10)
    #expect(moved.support.lowerBound == 10)
  }

  @Test("a shift or bound that a plainer family expresses becomes that family")
  func simplified() throws {
    func family(_ family: Distribution.Family) throws -> Distribution.Family {
      try Distribution(family).family
    }
    #expect(
      try family(.truncated(.uniform(minimum: 0, maximum: 4), minimum: 1, maximum: 9))
        == .uniform(minimum: 1, maximum: 4))
    #expect(
      try family(.truncated(.empirical(values: [1, 2, 3]), minimum: 2, maximum: 9))
        == .empirical(values: [2, 3]))
    #expect(
      try family(.shifted(.shifted(.exponential(mean: 1), by: 2), by: 1))
        == .shifted(.exponential(mean: 1), by: 3))
    #expect(
      try family(.shifted(.truncated(.exponential(mean: 1), minimum: 0, maximum: 2), by: 1))
        == .truncated(.shifted(.exponential(mean: 1), by: 1), minimum: 1, maximum: 3))
    #expect(
      try family(.truncated(.triangular(minimum: 1, mode: 2, maximum: 3), minimum: 0, maximum: 9))
        == .triangular(minimum: 1, mode: 2, maximum: 3))
    #expect(
      try family(.discrete(values: [3, 1, 3], probabilities: [0.25, 0.5, 0.25]))
        == .discrete(values: [1, 3], probabilities: [0.5, 0.5]))
  }

  @Test("bounds that keep almost nothing are refused")
  func nothingKept() {
    for family in [
      Distribution.Family.truncated(.exponential(mean: 1), minimum: 20, maximum: 30),
      .truncated(.constant(value: 3), minimum: 4, maximum: 5),
      .truncated(.uniform(minimum: 0, maximum: 1), minimum: 2, maximum: 3),
      .discrete(values: [1], probabilities: [0.9]),
      .discrete(values: [1, 2], probabilities: [1]),
    ] {
      #expect(throws: DistributionError.self) { try Distribution(family) }
    }
  }

  @Test("a discrete variable takes each value as often as it says")
  func discreteFrequencies() throws {
    let distribution = try Distribution(
      .discrete(values: [60, 300, 900], probabilities: [0.2, 0.5, 0.3]))
    #expect(distribution.mean == 0.2 * 60 + 0.5 * 300 + 0.3 * 900)
    var table = SamplerTable()
    let sampler = CompiledSampler(distribution, table: &table)
    let values = stratified(1000).map { sampler.value(forUniform: $0, in: table) }
    #expect(values.count { $0 == 60 } == 200)
    #expect(values.count { $0 == 300 } == 500)
    #expect(values.count { $0 == 900 } == 300)
  }
}
