import Foundation
import Statistics
import Testing

/// Values without a source beside them are stored: `Fixtures/make_selection.py`, SciPy.
@Suite("Selecting, stopping, and ratios of variances")
struct SelectionTests {
  @Test("Kim and Nelson's constants are those of the table")
  func kimNelson() {
    // η and h² for α = .05 (Kim and Nelson 2001, eq. 3, worked out with 15 digits elsewhere).
    let table: [(k: Int, n: Int, eta: Double, h: Double)] = [
      (2, 10, 0.334050, 6.012905), (3, 10, 0.472944, 8.512989), (4, 10, 0.564680, 10.164243),
      (5, 10, 0.634967, 11.429411), (10, 10, 0.859083, 15.463502),
    ]
    for row in table {
      let found = kimNelsonConstants(alternatives: row.k, firstStage: row.n, confidence: 0.95)
      #expect((found.eta - row.eta).magnitude < 1e-6)
      #expect((found.hSquared - row.h).magnitude < 1e-5)
    }
    let more = kimNelsonConstants(alternatives: 4, firstStage: 20, confidence: 0.95)
    #expect((more.hSquared - 8.179411).magnitude < 1e-5)
  }

  @Test("Rinott's and Dudewicz and Dalal's constants agree with SciPy")
  func constants() throws {
    for row in try fixture("selection") where row[0] == "rinott" || row[0] == "dudewicz" {
      let (k, n) = (try #require(Int(row[1])), try #require(Int(row[2])))
      let (p, h) = (try #require(Double(row[3])), try #require(Double(row[4])))
      let found =
        row[0] == "rinott"
        ? rinottConstant(alternatives: k, firstStage: n, confidence: p)
        : dudewiczDalalConstant(alternatives: k, firstStage: n, confidence: p)
      // For two alternatives both constants are one.
      #expect(
        (found - h).magnitude < (row[0] == "rinott" ? 1e-6 : 5e-4), "\(row.prefix(5)): \(found)")
    }
    let two = rinottConstant(alternatives: 2, firstStage: 20, confidence: 0.95)
    #expect((two - 2.452).magnitude < 6e-4)
    let ten = rinottConstant(alternatives: 10, firstStage: 10, confidence: 0.95)
    #expect((ten - 4.290).magnitude < 6e-4)
  }

  @Test("the interval of a ratio of variances agrees with the test it inverts")
  func varianceRatio() throws {
    for row in try fixture("selection") where row[0] == "ratio" {
      let n = try #require(Int(row[1]))
      let (lower, upper) = (try #require(Double(row[2])), try #require(Double(row[3])))
      let values = row.dropFirst(4).compactMap(Double.init)
      try #require(values.count == 2 * n)
      let found = try #require(
        VarianceRatio(Array(values[..<n]), Array(values[n...]), confidence: 0.999))
      #expect((found.lower - lower).magnitude < 1e-6)
      #expect((found.upper - upper).magnitude < 1e-6)
      #expect(found.lower <= found.ratio && found.ratio <= found.upper)
      #expect(found.bound <= found.ratio)
    }
  }

  @Test("what moves together in step needs no replications, what moves against it twice as many")
  func varianceRatioEnds() throws {
    let values = [1.0, 3, 2, 5, 4]
    let same = try #require(VarianceRatio(values, values))
    #expect(same.ratio == 0 && same.bound == 0)
    let against = try #require(VarianceRatio(values, values.map { -$0 }))
    #expect(against.ratio == 2)
    // Scaled by 3: (3 − 1)²/(9 + 1).
    let scaled = try #require(VarianceRatio(values.map { 3 * $0 }, values))
    #expect((scaled.ratio - 0.4).magnitude < 1e-12 && (scaled.bound - 0.4).magnitude < 1e-12)
    #expect(VarianceRatio([1, 1, 1, 1], [2, 2, 2, 2]) == nil)
    // Where one does not vary the difference has the variance of the other, whatever rounding does.
    for scale in [1e-9, 0.1, 1.0 / 3, 7e5] {
      let alone = try #require(
        VarianceRatio(values.map { $0 * scale }, values.map { _ in 0.7 * scale }))
      #expect(alone.ratio == 1 && alone.lower == 1 && alone.upper == 1)
    }
  }

  /// The slippage configuration is the hardest: all others are worse by exactly δ.
  ///
  /// P* = .95 is a lower bound on the share of right selections, so that fewer than 93 % of 400 has a probability under 4 %
  /// even where the procedure is as bad as it may be.
  @Test("Kim and Nelson's procedure picks the best in at least 93 % of 400 repetitions")
  func slippage() throws {
    var right = 0
    var replications = 0
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      // Five alternatives with a correlation of one half, as common random numbers make it.
      var values = [[Double]](repeating: [], count: 5)
      for _ in 0..<2000 {
        let common = normalQuantile(random.uniform())
        for index in values.indices {
          values[index].append(
            (index == 3 ? 0 : 1) + 2 * (common + normalQuantile(random.uniform())))
        }
      }
      let selection = try #require(
        KimNelsonSelection(values, difference: 1, confidence: 0.95, firstStage: 10))
      if selection.best == 3 { right += 1 }
      replications += selection.used
      #expect(selection.used <= max(selection.atMost, 10))
    }
    #expect(right >= 372, "\(right) of 400, \(replications / 400) replications on average")
  }

  @Test("an alternative that was dropped needs no further observations")
  func dropped() throws {
    let near = (0..<60).map { Double($0 % 3) }
    let nearer = (0..<60).map { Double($0 % 3) + ($0 % 2 == 0 ? 0.4 : 0) }
    let far = (0..<10).map { Double($0 % 3) + 50 }
    let selection = try #require(
      KimNelsonSelection([near, nearer, far], difference: 0.2, firstStage: 10))
    #expect(selection.droppedAt[2] == 10 && selection.surviving.first == 0)
  }

  @Test("a budget is shared out by the published ratios")
  func budget() {
    // δ = 1, 2; σ = 1, 2, 2: N₁/N₂ = ((2/1)/(2/2))² = 4, N_b = 1·√((4/2)² + (1/2)²).
    let shares = optimalBudgetShares(means: [0, 1, 2], variances: [1, 4, 4])
    let total = 4 + 1 + 4.25.squareRoot()
    #expect((shares[1] - 4 / total).magnitude < 1e-12)
    #expect((shares[2] - 1 / total).magnitude < 1e-12)
    #expect((shares[0] - 4.25.squareRoot() / total).magnitude < 1e-12)
  }

  @Test("a relative precision is of the true mean: γ/(1 + γ) of the estimate")
  func relativePrecision() {
    func interval(_ half: Double) -> ConfidenceInterval {
      ConfidenceInterval(estimate: 11, lower: 11 - half, upper: 11 + half, confidence: 0.95)
    }
    #expect(PrecisionTarget.relative(0.1).isMet(by: interval(1)))
    #expect(!PrecisionTarget.relative(0.1).isMet(by: interval(1.01)))
    #expect(PrecisionTarget.absolute(1.01).isMet(by: interval(1.01)))
  }

  @Test("it ends once precise over the whole look-ahead, and not by luck")
  func lookAhead() {
    let rule = PrecisionRule(minimum: 4, lookAhead: 3, maximum: 100)
    var watch = PrecisionWatch([.absolute(1)], rule: rule)
    // The same value again and again is precise from the fourth on, so that it ends at the seventh.
    for _ in 0..<6 { watch.add([5]) }
    #expect(watch.end == nil && watch.preciseSince == 4)
    watch.add([5])
    #expect(watch.end == 7)
    // A value far away in the look-ahead starts it anew.
    var again = PrecisionWatch([.absolute(1)], rule: rule)
    for _ in 0..<5 { again.add([5]) }
    again.add([40])
    #expect(again.preciseSince == nil && again.end == nil)
    #expect(PrecisionRule(maximum: 500).ahead(of: 250) == 12)
  }

  /// The rule and its look-ahead as another program has them, 20,000 times; here 2,000 times, with a
  /// standard deviation of 0.5 points.
  @Test("the coverage of the interval at which it ends is that of an independent program")
  func coverage() throws {
    for row in try fixture("selection") where row[0] == "coverage" {
      let target = try #require(Double(row[1]))
      let expected = try #require(Double(row[2]))
      let size = try #require(Double(row[3]))
      var covered = 0
      var made = 0
      for seed in 0..<2000 as Range<UInt64> {
        var random = SplitMix64(seed: seed)
        var watch = PrecisionWatch(
          [.relative(target)], rule: PrecisionRule(minimum: 10, lookAhead: 5, maximum: 2000))
        while watch.end == nil, watch.count < 2000 {
          watch.add([-naturalLogarithm(random.uniform())])
        }
        let interval = try #require(watch.intervals[0])
        if interval.contains(1) { covered += 1 }
        made += watch.count
      }
      let error = (expected * (1 - expected) / 2000).squareRoot()
      #expect((Double(covered) / 2000 - expected).magnitude < 3.4 * error)
      #expect((Double(made) / 2000 / size - 1).magnitude < 0.03)
    }
  }
}
