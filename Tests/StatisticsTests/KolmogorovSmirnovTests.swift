import Statistics
import Testing

@Suite("Kolmogorov–Smirnov test")
struct KolmogorovSmirnovTests {
  @Test("p-values agree with SciPy's")
  func agreesWithSciPy() throws {
    let rows = try fixture("kolmogorov")
    #expect(rows.count >= 80)
    for row in rows {
      let numbers = row.compactMap(Double.init)
      let value = kolmogorovSurvival(numbers[1], count: Int(numbers[0]))
      // Beyond 140 observations an expansion, where SciPy sometimes is exact.
      let tolerance = numbers[0] <= 140 ? 1e-9 : 5e-6
      #expect((value - numbers[2]).magnitude < tolerance, "\(row)")
      if numbers[2] < 0.01 { #expect(relativeError(value, numbers[2]) < 1e-4, "\(row)") }
    }
  }

  @Test("the greatest distance is found on either side of a step")
  func statistic() throws {
    let test = try #require(KolmogorovSmirnovTest([0.9, 0.2, 0.25]) { $0 })
    // Just below the third value two thirds lie at most at 0.25.
    #expect((test.statistic - (2 / 3.0 - 0.25)).magnitude < 1e-15)
    #expect(test.count == 3)
    let high = try #require(KolmogorovSmirnovTest([0.8]) { $0 })
    #expect(high.statistic == 0.8)
    // P(|U − ½| ≥ 0.3) for one observation.
    #expect((high.pValue - 0.4).magnitude < 1e-12)
    #expect(KolmogorovSmirnovTest([]) { $0 } == nil)
    #expect(kolmogorovSurvival(0, count: 10) == 1)
    #expect(kolmogorovSurvival(1, count: 10) == 0)
  }

  /// 19 distributions with one seed each, at 1 in 10,000.
  @Test("drawn values are from the distribution they are drawn from", arguments: sampleFamilies)
  func samplersPass(family: Distribution.Family) throws {
    let distribution = try Distribution(family)
    if distribution.variance == 0 { return }
    if hasJumps(family) { return }
    var table = SamplerTable()
    let sampler = CompiledSampler(distribution, table: &table)
    var random = SplitMix64(seed: 99)
    let values = (0..<5000).map { _ in sampler.value(forUniform: random.uniform(), in: table) }
    let test = try #require(KolmogorovSmirnovTest(values, cdf: distribution.cdf))
    #expect(test.pValue > 1e-4)
  }

  @Test("a sample of another distribution is found out")
  func power() throws {
    var random = SplitMix64(seed: 3)
    let distribution = try Distribution(.lognormal(logMean: 0, logStandardDeviation: 1))
    let gamma = try Distribution.gamma(
      mean: distribution.mean, coefficientOfVariation: 1.3108)
    let values = (0..<5000).map { _ in gamma.quantile(random.uniform()) }
    let test = try #require(KolmogorovSmirnovTest(values, cdf: distribution.cdf))
    #expect(test.pValue < 1e-6)
  }
}
