import Foundation
import Statistics
import Testing

@Suite("Designs, sensitivity and components of variance")
struct DesignTests {
  @Test("a Latin hypercube has each part of each input once", arguments: 0..<4 as Range<UInt64>)
  func hypercube(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let points = latinHypercube(count: 17, inputs: 3) { _, _ in random.uniform() }
    for input in 0..<3 {
      #expect(points.map { Int($0[input] * 17) }.sorted() == Array(0..<17))
    }
  }

  /// f = x₁ + 2x₂ + 0·x₃: elementary effects are 1, 2 and 0 wherever they are taken.
  @Test("paths change one input at a time, and a plane has the same effects everywhere")
  func morris() throws {
    var effects = [[Double]](repeating: [], count: 3)
    for seed in 0..<6 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let path = MorrisTrajectory(inputs: 3) { _ in random.uniform() }
      #expect(
        path.points.count == 4 && path.points.joined().allSatisfy { -1e-12...1 + 1e-12 ~= $0 })
      #expect(Set(path.steps.map(\.input)) == [0, 1, 2])
      let figures = path.points.map { $0[0] + 2 * $0[1] }
      for (step, change) in path.steps.enumerated() {
        #expect((change.change.magnitude - 2 / 3.0).magnitude < 1e-12)
        effects[change.input].append((figures[step + 1] - figures[step]) / change.change)
      }
    }
    for (found, expected) in zip(effects, [1.0, 2, 0]) {
      let effect = try #require(MorrisEffect(found))
      #expect((effect.mean - expected).magnitude < 1e-12 && effect.deviation < 1e-12)
      #expect((effect.size.estimate - expected).magnitude < 1e-12)
    }
  }

  /// Ishigami's function with a = 7 and b = .1 has indices that Saltelli derives (2008, section 4.6) - of the
  /// variance 13.844588 S₁ = .313905, S₂ = .442411, S₃ = 0, T₁ = .557589, T₂ = .442411, T₃ = .243684.
  @Test("Sobol indices of Ishigami's function lie in their 99.9 % intervals, which are narrow")
  func ishigami() {
    var random = SplitMix64(seed: 3)
    func cube() -> [[Double]] {
      latinHypercube(count: 4096, inputs: 3) { _, _ in random.uniform() }
    }
    let design = SaltelliDesign(a: cube(), b: cube())
    func figure(_ point: [Double]) -> Double {
      let x = point.map { (2 * $0 - 1) * Double.pi }
      return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sin(x[0])
    }
    let found = SobolIndices.all(
      a: design.a.map(figure), b: design.b.map(figure),
      mixed: design.mixed.map { $0.map(figure) }, confidence: 0.999)
    let expected = [(0.313905, 0.557589), (0.442411, 0.442411), (0.0, 0.243684)]
    #expect(found.count == 3)
    for (indices, known) in zip(found, expected) {
      #expect(indices.first.contains(known.0) && indices.first.halfWidth < 0.08)
      #expect(indices.total.contains(known.1) && indices.total.halfWidth < 0.08)
    }
    #expect(SobolIndices.all(a: [1, 1, 1, 1], b: [1, 1, 1, 1], mixed: [[1, 1, 1, 1]]).isEmpty)
  }

  /// Groups with means 1, 2, 6 and values one apart on each side: pooled variance 2 (two values each),
  /// variance of the means 7, so that between is 7 − 2/2 = 6 and the share 6/8.
  @Test("components of variance of a small table are those of the textbook formula")
  func components() throws {
    let found = try #require(VarianceComponents([[0, 2], [1, 3], [5, 7]]))
    #expect(found.within == 2 && found.between == 6)
    #expect(found.share?.estimate == 0.75 && found.mean.estimate == 3)
    let none = try #require(VarianceComponents([[0, 2], [0, 2], [0, 2]]))
    #expect(none.between == 0 && none.share?.lower == 0)
  }

  /// Normal groups with a known share of .5: of 1,000 intervals 95 % cover it, standard deviation 0.7
  /// points.
  @Test("the interval of the share that lies between groups covers it")
  func shareCoverage() throws {
    var covered = 0
    for seed in 0..<1000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let groups = (0..<20).map { _ -> [Double] in
        let mean = normalQuantile(random.uniform())
        return (0..<4).map { _ in mean + normalQuantile(random.uniform()) }
      }
      let share = try #require(VarianceComponents(groups)?.share)
      if share.contains(0.5) { covered += 1 }
    }
    #expect((Double(covered) / 1000 - 0.95).magnitude < 3.4 * 0.0069)
  }

  @Test("a parabola explains all, and what is not there explains nothing")
  func explained() {
    let x = stratified(40)
    let curve = x.map { 3 + $0 - 4 * $0 * $0 }
    #expect((shareExplained(of: curve, by: x) - 1).magnitude < 1e-9)
    #expect(shareExplained(of: curve.map { _ in 2 }, by: x) == 0)
    var random = SplitMix64(seed: 5)
    let noise = x.map { _ in random.uniform() }
    #expect(shareExplained(of: noise, by: x) < 0.2)
  }

  @Test("MSER-5 leaves out nothing of what is settled, and all of a level that is not")
  func warmUp() throws {
    #expect(try #require(WarmUp([Double](repeating: 4, count: 200))).truncated == 0)
    #expect(WarmUp([Double](repeating: 4, count: 49)) == nil)
    // Level 10 for 100 points, then noise around 0: never less than 100 are left out; of 20 seeds nearly
    // all leave out few more (White 1997 calls the rest over-deletion).
    var near = 0
    for seed in 0..<20 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let series = (0..<1000).map { $0 < 100 ? 10 : normalQuantile(random.uniform()) }
      let found = try #require(WarmUp(series))
      #expect(found.truncated >= 100)
      if found.truncated <= 115 { near += 1 }
      #expect(found.isSettled || found.truncated > 500)
    }
    #expect(near >= 16)
    // A level that rises all the time is not settled.
    #expect(!(try #require(WarmUp((0..<100).map { Double($0) }))).isSettled)
  }

  @Test("Welch's average is that of a window, narrower at the beginning")
  func welch() {
    let series = [[0.0, 2, 4, 6, 8, 10], [2.0, 4, 6, 8, 10, 12]]
    // Means 1, 3, 5, 7, 9, 11; windows 1, 3, 5 (and 5).
    #expect(welchAverage(series, window: 2) == [1, 3, 5, 7])
    #expect(welchAverage([[1, 2]], window: 2).isEmpty)
  }
}
