import Statistics
import Testing

@Suite("Intervals and tests")
struct IntervalTests {
  /// Student's sleep data (Biometrika 1908): hours gained with two drugs by the same ten patients.
  static let firstDrug = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
  static let secondDrug = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

  /// As R 4 prints it: t = 4.0621, df = 9, p-value = 0.002833, 0.7001142 to 2.4598858.
  @Test("the paired interval of Student's sleep data is the published one")
  func sleepData() throws {
    let comparison = try #require(
      PairedComparison(first: Self.firstDrug, second: Self.secondDrug))
    #expect((comparison.difference.estimate - 1.58).magnitude < 1e-12)
    #expect((comparison.difference.lower - 0.7001142).magnitude < 5e-8)
    #expect((comparison.difference.upper - 2.4598858).magnitude < 5e-8)
    #expect((try #require(comparison.pValue) - 0.002833).magnitude < 5e-7)
    #expect((try #require(comparison.correlation) - 0.7951702).magnitude < 5e-8)
    // Variances 3.200556 and 4.009 (sum 7.209556) over that of the difference, 1.512889.
    #expect((try #require(comparison.varianceReduction) - 7.209556 / 1.512889).magnitude < 1e-5)
  }

  @Test("a difference that never varies has no variance reduction, and p only where it is not zero")
  func constantDifference() throws {
    let same = try #require(PairedComparison(first: [1, 2, 4], second: [1, 2, 4]))
    #expect(same.varianceReduction == nil)
    #expect(same.pValue == nil)
    #expect(same.correlation == 1)
    let shifted = try #require(PairedComparison(first: [1, 2, 4], second: [2, 3, 5]))
    #expect(shifted.pValue == 0)
    #expect(shifted.difference.lower == 1 && shifted.difference.upper == 1)
    let flat = try #require(PairedComparison(first: [1, 1, 1], second: [2, 3, 5]))
    #expect(flat.correlation == nil)
    #expect(PairedComparison(first: [1], second: [2]) == nil)
  }

  @Test("a mean has no interval from fewer than two observations")
  func tooFewForAMean() throws {
    #expect(meanInterval(RunningMoments()) == nil)
    #expect(meanInterval(RunningMoments([3])) == nil)
    let interval = try #require(meanInterval(RunningMoments([3, 5])))
    // t(0.975; 1) = 12.7062 times the standard error 1.
    #expect((interval.halfWidth - 12.7062).magnitude < 5e-5)
    #expect(interval.estimate == 4)
    #expect((try #require(interval.relativeHalfWidth) - 12.7062 / 4).magnitude < 2e-5)
    #expect(interval.contains(-8) && !interval.contains(17))
  }

  /// Share of 4,000 90 % intervals, of 10 normal observations each, that cover the mean: binomial
  /// with standard deviation 0.0047.
  @Test("nine of ten 90 % intervals cover the mean", arguments: 0..<5 as Range<UInt64>)
  func coverage(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var covered = 0
    for _ in 0..<4000 {
      let sample = (0..<10).map { _ in 7 + 3 * normalQuantile(random.uniform()) }
      let interval = try #require(meanInterval(RunningMoments(sample), confidence: 0.9))
      if interval.contains(7) { covered += 1 }
    }
    #expect((Double(covered) / 4000 - 0.9).magnitude < 3.3 * 0.0047)
  }

  @Test(
    "Wilson's interval has the values of the reference table",
    arguments: [(0, 30, 0, 0.1135), (27, 30, 0.7438, 0.9654), (50, 100, 0.4038, 0.5962)])
  func wilson(successes: Int, trials: Int, lower: Double, upper: Double) throws {
    let interval = try #require(wilsonInterval(successes: successes, of: trials))
    #expect((interval.lower - lower).magnitude <= 0.5001e-4)
    #expect((interval.upper - upper).magnitude <= 0.5001e-4)
    #expect(interval.estimate == Double(successes) / Double(trials))
    // The other way round it is the mirror image.
    let mirrored = try #require(wilsonInterval(successes: trials - successes, of: trials))
    #expect((mirrored.lower - (1 - interval.upper)).magnitude < 1e-15)
  }

  @Test("Wilson's limits touch 0 and 1 exactly, and no trials give no interval")
  func wilsonEnds() {
    #expect(wilsonInterval(successes: 0, of: 7)?.lower == 0)
    #expect(wilsonInterval(successes: 7, of: 7)?.upper == 1)
    #expect(wilsonInterval(successes: 0, of: 0) == nil)
  }

  /// Newcombe 1998, table II, method 10, and Fagerland, Lydersen and Laake 2017, table 8.5; there
  /// first less second.
  @Test(
    "Newcombe's paired interval has the published values",
    arguments: [
      (PairedCounts(both: 36, firstOnly: 12, secondOnly: 2, neither: 0), 0.0569, 0.3404),
      (PairedCounts(both: 20, firstOnly: 12, secondOnly: 2, neither: 16), 0.0562, 0.3292),
      (PairedCounts(both: 1, firstOnly: 1, secondOnly: 7, neither: 12), -0.5069, -0.0256),
    ])
  func newcombe(counts: PairedCounts, lower: Double, upper: Double) throws {
    let interval = try #require(counts.differenceInterval())
    #expect((-interval.upper - lower).magnitude <= 0.5001e-4)
    #expect((-interval.lower - upper).magnitude <= 0.5001e-4)
    let expected = Double(counts.secondOnly - counts.firstOnly) / Double(counts.count)
    #expect(interval.estimate == expected)
  }

  @Test("pairs are counted by both outcomes, and none gives no interval")
  func countsOfPairs() {
    let counts = PairedCounts(
      first: [true, true, false, false, true], second: [true, false, true, false, true])
    #expect(counts == PairedCounts(both: 2, firstOnly: 1, secondOnly: 1, neither: 1))
    #expect(PairedCounts(first: [], second: []).differenceInterval() == nil)
    // All alike: the correlation is undefined, the interval still has a width.
    let alike = PairedCounts(both: 30, firstOnly: 0, secondOnly: 0, neither: 0)
    #expect((alike.differenceInterval()?.halfWidth ?? 0) > 0.1)
  }

  @Test("McNemar's exact p is the fair coin's")
  func mcNemar() {
    func p(_ first: Int, _ second: Int) -> Double {
      PairedCounts(both: 9, firstOnly: first, secondOnly: second, neither: 4).mcNemarPValue
    }
    #expect(relativeError(p(5, 0), 0.0625) < 1e-13)
    #expect(relativeError(p(2, 12), 2 * (1 + 14 + 91) / 16384.0) < 1e-13)
    #expect(p(2, 12) == p(12, 2))
    #expect(p(3, 3) == 1)
    #expect(p(0, 0) == 1)
  }

  @Test("Holm's adjustment never falls, keeps the order given, and stops at 1")
  func holm() {
    // As R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
    for (value, expected) in zip(
      holmAdjusted([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])
    {
      #expect(relativeError(value, expected) < 1e-14)
    }
    #expect(holmAdjusted([0.9, 0.8]) == [1, 1])
    #expect(holmAdjusted([0.5, 0, 1]) == [1, 0, 1])
    #expect(holmAdjusted([]) == [])
  }
}

@Suite("Percentile intervals")
struct PercentileIntervalTests {
  /// Conover's table for the median of 20: ranks 6 and 15, coverage 0.9586.
  @Test("the median of twenty lies between the sixth and the fifteenth")
  func medianOfTwenty() throws {
    let interval = try #require(
      PercentileInterval((1...20).reversed().map(Double.init), probability: 0.5))
    #expect(interval.estimate == 10)
    #expect(interval.lower == 6)
    #expect(interval.upper == 15)
    #expect((interval.coverage - 0.9586).magnitude < 5e-5)
  }

  @Test("thirty observations set no upper limit to the 95th percentile")
  func noUpperLimit() throws {
    let interval = try #require(PercentileInterval((1...30).map(Double.init), probability: 0.95))
    #expect(interval.estimate == 29)
    #expect(interval.lower == 26)
    #expect(interval.upper == nil)
    #expect(interval.coverage >= 0.95)
    #expect(PercentileInterval([], probability: 0.5) == nil)
    #expect(PercentileInterval([4], probability: 0.5)?.coverage == 1)
  }

  @Test("a product that only rounding keeps from being whole is whole")
  func wholeRanks() {
    // 0.07 · 100 is 7.000000000000001 in floating point.
    let sample = (1...100).map(Double.init)
    #expect(PercentileInterval(sample, probability: 0.07)?.estimate == 7)
  }

  @Test("the interval is as narrow as its coverage allows", arguments: 0..<60 as Range<UInt64>)
  func narrowest(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let n = random.integer(1...300)
    let p = random.uniform(0.02, 0.98)
    let interval = try #require(
      PercentileInterval((1...n).map(Double.init), probability: p, confidence: 0.9))
    #expect(interval.coverage >= 0.9 - 1e-12)
    // One rank further in, either limit would err more often than 5 %.
    if let lower = interval.lower {
      #expect(binomialCDF(Int(lower) - 1, trials: n, probability: p) <= 0.05)
    }
    let nextLower = Int(interval.lower ?? 0) + 1
    #expect(binomialCDF(nextLower - 1, trials: n, probability: p) > 0.05)
    if let upper = interval.upper {
      #expect(1 - binomialCDF(Int(upper) - 1, trials: n, probability: p) <= 0.05)
      #expect(1 - binomialCDF(Int(upper) - 2, trials: n, probability: p) > 0.05)
    }
  }

  @Test("the binomial distribution is summed right", arguments: 0..<40 as Range<UInt64>)
  func binomial(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let n = random.integer(1...60)
    let p = random.uniform()
    var (mass, sum) = (power(1 - p, Double(n)), 0.0)
    for k in 0...n {
      sum += mass
      #expect((binomialCDF(k, trials: n, probability: p) - sum).magnitude < 1e-12)
      mass *= Double(n - k) / Double(k + 1) * p / (1 - p)
    }
  }
}
