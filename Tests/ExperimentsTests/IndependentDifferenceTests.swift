import Experiments
import Testing

@Suite("Differences of independent estimates") struct IndependentDifferenceTests {
  /// Welch by hand: means 2 and 6, variances 1 (n = 3) and 4 (n = 3), standard error √(1/3 + 4/3) = √(5/3) =
  /// 1.2910, degrees of freedom (5/3)² / ((1/3)²/2 + (4/3)²/2) = 2.7778 / 0.94444 = 2.9412.
  ///
  /// The t quantile for 97.5 % at 2.9412 degrees of freedom is 3.2188 (SciPy 1.14, t.ppf).
  @Test("means are compared by Welch's interval")
  func welch() throws {
    let change = try #require(
      IndependentDifference(from: Estimate(of: [1, 2, 3]), to: Estimate(of: [4, 6, 8])))
    #expect(change.difference == 4)
    #expect(abs(change.lower - (4 - 4.155_4)) < 0.001)
    #expect(abs(change.upper - (4 + 4.155_4)) < 0.001)
    #expect(!change.isClear)
  }

  @Test("without spread a difference is certain, and one replication has no interval")
  func ends() throws {
    let certain = try #require(
      IndependentDifference(from: Estimate(of: [2, 2]), to: Estimate(of: [3, 3])))
    #expect(certain.lower == 1 && certain.upper == 1 && certain.isClear)
    #expect(IndependentDifference(from: Estimate(of: [2]), to: Estimate(of: [3, 4])) == nil)
  }

  /// Newcombe (1998), table II, example (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339.
  @Test("probabilities are compared by Newcombe's interval")
  func newcombe() {
    let change = IndependentDifference(
      from: ProbabilityEstimate(count: 48, of: 80), to: ProbabilityEstimate(count: 56, of: 70))
    #expect(abs(change.difference - 0.2) < 1e-12)
    #expect(abs(change.lower - 0.0524) < 5e-5 && abs(change.upper - 0.3339) < 5e-5)
    #expect(change.isClear)
  }
}
