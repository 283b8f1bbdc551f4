import Foundation
import Statistics
import Testing

/// One of each family, with both usual and extreme parameters.
let sampleFamilies: [Distribution.Family] = [
  .constant(value: 4), .uniform(minimum: -1, maximum: 3),
  .triangular(minimum: 1, mode: 2, maximum: 6), .triangular(minimum: 0, mode: 0, maximum: 1),
  .triangular(minimum: 2, mode: 2, maximum: 2), .exponential(mean: 6),
  .erlang(phases: 1, mean: 3), .erlang(phases: 4, mean: 0.5), .gamma(shape: 0.4, scale: 3),
  .gamma(shape: 7.3, scale: 20), .lognormal(logMean: 1, logStandardDeviation: 0.6),
  .lognormal(logMean: 2, logStandardDeviation: 0), .weibull(shape: 0.9, scale: 4),
  .weibull(shape: 3, scale: 100), .truncatedNormal(mean: 6, standardDeviation: 2),
  .truncatedNormal(mean: -2, standardDeviation: 1),
  .beta(alpha: 2, beta: 5, minimum: 10, maximum: 20),
  .beta(alpha: 0.5, beta: 0.5, minimum: 0, maximum: 1),
  .empirical(values: [5, 1, 1, 9, 4.5, -2]),
  .discrete(values: [7, 2, 3], probabilities: [0.25, 0.5, 0.25]),
  .shifted(.exponential(mean: 3), by: 2), .shifted(.gamma(shape: 2.5, scale: 4), by: 10),
  .truncated(.exponential(mean: 4), minimum: 1, maximum: 9),
  .truncated(.lognormal(logMean: 1, logStandardDeviation: 0.6), minimum: 1, maximum: 20),
  .truncated(.gamma(shape: 0.6, scale: 5), minimum: 0, maximum: 8),
  .truncated(.truncatedNormal(mean: 3, standardDeviation: 4), minimum: 2, maximum: 6),
  .truncated(.triangular(minimum: 1, mode: 2, maximum: 6), minimum: 1.5, maximum: 5),
  .truncated(.shifted(.weibull(shape: 1.4, scale: 3), by: 1), minimum: 2, maximum: 7),
]

/// Whether a family has values of their own probability.
func hasJumps(_ family: Distribution.Family) -> Bool {
  switch family {
  case .empirical, .discrete: true
  default: false
  }
}

@Suite("Distributions")
struct DistributionTests {
  /// Mean, variance and quantiles by mpmath with 200 bits, at probabilities from 2⁻⁵³ to 1 − 2⁻⁵³.
  ///
  /// Relative to the quantile where the family begins at zero; where it does not, a quantile may be
  /// as close to zero as it likes, and the standard deviation is what an error compares with.
  @Test("mean, variance and quantiles are within 1e-12 of stored values, and the cdf undoes them")
  func agreesWithStoredValues() throws {
    let rows = try fixture("distributions")
    #expect(rows.count == 28)
    for row in rows {
      let bar = try #require(row.firstIndex(of: "|"))
      let p = row[1..<bar].compactMap(Double.init)
      let numbers = row[(bar + 1)...].compactMap(Double.init)
      var beginsAtZero = true
      let family: Distribution.Family
      switch row[0] {
      case "uniform":
        family = .uniform(minimum: p[0], maximum: p[1])
        beginsAtZero = false
      case "triangular":
        family = .triangular(minimum: p[0], mode: p[1], maximum: p[2])
        beginsAtZero = p[0] == 0
      case "exponential": family = .exponential(mean: p[0])
      case "erlang": family = .erlang(phases: Int(p[0]), mean: p[1])
      case "gamma": family = .gamma(shape: p[0], scale: p[1])
      case "lognormal": family = .lognormal(logMean: p[0], logStandardDeviation: p[1])
      case "weibull": family = .weibull(shape: p[0], scale: p[1])
      case "truncatedNormal":
        family = .truncatedNormal(mean: p[0], standardDeviation: p[1])
        beginsAtZero = false
      default:
        family = .beta(alpha: p[0], beta: p[1], minimum: p[2], maximum: p[3])
        beginsAtZero = p[2] == 0
      }
      let distribution = try Distribution(family)
      var table = SamplerTable()
      let sampler = CompiledSampler(distribution, table: &table)
      #expect(relativeError(distribution.mean, numbers[0]) < 1e-12, "\(family)")
      #expect(relativeError(distribution.variance, numbers[1]) < 1e-12, "\(family)")
      for i in stride(from: 2, to: numbers.count, by: 2) {
        let (probability, value) = (numbers[i], numbers[i + 1])
        let scale = beginsAtZero ? value : max(value.magnitude, distribution.standardDeviation)
        let error = (distribution.quantile(probability) - value).magnitude
        #expect(error <= 1e-12 * scale, "\(family) at \(probability): \(error / scale)")
        let sampled = (sampler.value(forUniform: probability, in: table) - value).magnitude
        #expect(sampled <= 1e-12 * scale, "\(family) at \(probability): \(sampled / scale)")
        // A quantile that is stored as the upper bound lies below it by less than one digit.
        #expect(
          value == distribution.support.upperBound
            || (distribution.cdf(value) - probability).magnitude < 1e-9 * probability + 1e-12,
          "\(family) at \(probability)")
      }
    }
  }

  @Test("several values at once are those of each alone, to the bit", arguments: sampleFamilies)
  func severalAtOnce(family: Distribution.Family) throws {
    var table = SamplerTable()
    let sampler = CompiledSampler(try Distribution(family), table: &table)
    let uniforms = stratified(1_000)
    var values = uniforms
    values.withUnsafeMutableBufferPointer { sampler.replace(uniforms: $0, in: table) }
    #expect(values == uniforms.map { sampler.value(forUniform: $0, in: table) })
    var logarithms = uniforms
    logarithms.withUnsafeMutableBufferPointer { replaceByLogarithms($0) }
    #expect(logarithms == uniforms.map(naturalLogarithm))
  }

  @Test(
    "a stratified sample has the distribution's own mean and variance", arguments: sampleFamilies)
  func stratifiedMoments(family: Distribution.Family) throws {
    let distribution = try Distribution(family)
    var table = SamplerTable()
    let sampler = CompiledSampler(distribution, table: &table)
    let values = stratified(100_000).map { sampler.value(forUniform: $0, in: table) }
    let mean = values.reduce(0, +) / 1e5
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1e5
    // The empirical list of 6 does not divide the grid evenly; elsewhere the tails are cut short.
    let scale = max(distribution.standardDeviation, distribution.mean.magnitude * 1e-6)
    #expect((mean - distribution.mean).magnitude < 1e-4 * scale)
    #expect((variance - distribution.variance).magnitude <= 2e-3 * scale * scale)
    for p in [0.11, 0.45, 0.95] {
      let sampled = values[Int(p * 1e5)]
      #expect((sampled - distribution.quantile(p)).magnitude < 1e-3 * scale)
    }
  }

  @Test("quantiles rise with probability, from lower to upper bound", arguments: sampleFamilies)
  func quantilesRise(family: Distribution.Family) throws {
    let distribution = try Distribution(family)
    var last = distribution.quantile(0)
    #expect(last == distribution.support.lowerBound)
    for p in stratified(2000) {
      let value = distribution.quantile(p)
      #expect(value >= last)
      last = value
    }
    #expect(distribution.quantile(1) >= last)
    #expect(distribution.quantile(1) == distribution.support.upperBound)
    #expect(distribution.quantile(-0.1).isNaN)
    #expect(distribution.quantile(.nan).isNaN)
  }

  @Test("cdf undoes quantile where the distribution has no jump", arguments: sampleFamilies)
  func cdfUndoesQuantile(family: Distribution.Family) throws {
    let distribution = try Distribution(family)
    if distribution.variance == 0 { return }
    if hasJumps(family) { return }
    for p in stratified(200) {
      #expect((distribution.cdf(distribution.quantile(p)) - p).magnitude < 1e-12)
    }
    #expect(distribution.cdf(distribution.support.lowerBound.nextDown) == 0)
    #expect(distribution.cdf(.infinity) == 1)
    #expect(distribution.cdf(.nan).isNaN)
  }

  @Test("a compiled sampler gives the exact quantile within 1e-12", arguments: sampleFamilies)
  func compiledIsExact(family: Distribution.Family) throws {
    let distribution = try Distribution(family)
    // Something else first, so that offsets are not all zero.
    var table = SamplerTable()
    _ = CompiledSampler(try Distribution(.empirical(values: [1, 2, 3])), table: &table)
    let sampler = CompiledSampler(distribution, table: &table)
    var random = SplitMix64(seed: 5)
    for i in 0..<2000 {
      let u =
        switch i % 3 {
        case 0: random.uniform()
        case 1: exponential(random.uniform(-36, 0)).nextDown
        default: 1 - exponential(random.uniform(-36, -0.01))
        }
      let exact = distribution.quantile(u)
      let value = sampler.value(forUniform: u, in: table)
      if hasJumps(family) {
        // Only at a jump may rounding choose the neighbour.
        #expect(value == exact)
      } else {
        #expect(relativeError(value, exact) < 1e-12, "\(u)")
      }
      if !sampler.usesTable { #expect(sampler.value(forUniform: u) == value) }
    }
  }

  @Test("shapes too small to tabulate are sampled by exact inversion")
  func smallShapes() throws {
    for family in [
      Distribution.Family.gamma(shape: 0.02, scale: 3),
      .beta(alpha: 0.1, beta: 0.2, minimum: 1, maximum: 2),
    ] {
      let distribution = try Distribution(family)
      var table = SamplerTable()
      let sampler = CompiledSampler(distribution, table: &table)
      #expect(!sampler.usesTable)
      for u in stratified(100) {
        #expect(sampler.value(forUniform: u) == distribution.quantile(u))
      }
    }
  }

  @Test("resampling meets every listed value equally often")
  func resampling() throws {
    let distribution = try Distribution(.empirical(values: [3, 1, 2, 2]))
    var table = SamplerTable()
    let sampler = CompiledSampler(distribution, table: &table)
    let values = stratified(4000).map { sampler.value(forUniform: $0, in: table) }
    #expect(values.count { $0 == 1 } == 1000)
    #expect(values.count { $0 == 2 } == 2000)
    #expect(values.count { $0 == 3 } == 1000)
    #expect(sampler.value(forUniform: 1 - 0x1p-53, in: table) == 3)
    #expect(distribution.quantile(0.25) == 1)
    #expect(distribution.cdf(2) == 0.75)
    #expect(distribution.mean == 2)
    #expect(distribution.variance == 0.5)
  }

  @Test("a distribution survives encoding", arguments: sampleFamilies)
  func survivesEncoding(family: Distribution.Family) throws {
    let distribution = try Distribution(family)
    let data = try JSONEncoder().encode(distribution)
    #expect(try JSONDecoder().decode(Distribution.self, from: data) == distribution)
  }

  @Test("decoding refuses parameters that construction refuses")
  func decodingValidates() throws {
    let text = #"{"exponential":{"mean":-1}}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Distribution.self, from: Data(text.utf8))
    }
  }

  @Test("a scaled distribution has scaled quantiles", arguments: sampleFamilies)
  func scaling(family: Distribution.Family) throws {
    let distribution = try Distribution(family)
    let scaled = try distribution.scaled(by: 60)
    #expect(relativeError(scaled.mean, 60 * distribution.mean) < 1e-13)
    for p in [0.001, 0.4, 0.99] {
      #expect(
        (scaled.quantile(p) - 60 * distribution.quantile(p)).magnitude
          < 1e-11 * max(scaled.standardDeviation, scaled.mean.magnitude))
    }
    #expect(throws: DistributionError.self) { try distribution.scaled(by: 0) }
  }
}
