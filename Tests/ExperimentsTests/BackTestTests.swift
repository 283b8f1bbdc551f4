import Foundation
import Testing

@testable import Experiments

@Suite("Back-tests") struct BackTestTests {
  private let hour: Int64 = 3_600_000_000
  private var week: Int64 { 168 * hour }

  /// One case before day 0 that ends in week 1, one that is never done; two of week 1, of which one ends in
  /// week 2; one of week 2.
  @Test("weeks count what came, what ended, how long that took and what is inside")
  func weeks() {
    let cases = [
      DatedCase(arrival: -hour, end: hour), DatedCase(arrival: -hour, end: nil),
      DatedCase(arrival: -3 * hour, end: -2 * hour),
      DatedCase(arrival: hour, end: 3 * hour, tickets: 2),
      DatedCase(arrival: 160 * hour, end: 170 * hour, tickets: 1),
      DatedCase(arrival: 200 * hour, end: 201 * hour),
    ]
    let facts = WeeklyFacts(of: cases, weeks: 3)
    #expect(facts.values[.arrived] == [2, 1, 0])
    #expect(facts.values[.completed] == [2, 2, 0])
    // Both of week 1 took 2 h; of week 2 one took 10 h and one 1 h.
    #expect(facts.values[.cycleTime] == [2, 5.5, nil])
    // Two are inside on day 0; 2 + 2 − 2, then + 1 − 2.
    #expect(facts.values[.backlog] == [2, 1, 1])
    #expect(facts.values[.tickets] == [3, 0, 0])
  }

  /// The members {1, 2, 4} against 3.
  ///
  /// Mean distance (2 + 1 + 1)/3 = 4/3; mean of |xᵢ − xⱼ| over the nine pairs
  /// (1 + 3 + 2)·2/9 = 4/3, half of it 2/3. A single member: the distance.
  @Test("CRPS of an ensemble by hand; of a single member it is the distance")
  func crps() {
    #expect(
      abs(continuousRankedProbabilityScore(ofSorted: [1, 2, 4], fact: 3) - 2.0 / 3) < 1e-12)
    #expect(continuousRankedProbabilityScore(ofSorted: [5], fact: 3) == 2)
  }

  /// Width 4; 1 above it at 80 % costs 2 / 0.2 · 1 = 10.
  @Test("the interval score is the width and ten times what lies outside at 80 %")
  func intervalScore() {
    #expect(BackTest.intervalScore(6, band: [3, 7], level: 0.8) == 4)
    #expect(abs(BackTest.intervalScore(8, band: [3, 7], level: 0.8) - 14) < 1e-9)
    #expect(abs(BackTest.intervalScore(2, band: [3, 7], level: 0.8) - 14) < 1e-9)
  }

  /// Tails of the binomial distribution (SciPy 1.14, binom.cdf).
  ///
  /// Of 12 weeks at 80 %, P(X ≤ 6) = 0.0194 and P(X ≤ 7) = 0.0726; P(X ≥ 12) = 0.8¹² = 0.0687, of
  /// 14 weeks 0.8¹⁴ = 0.0440. Signs: 2 · P(X ≤ 2 of 12) = 0.0386, 2 · P(X ≤ 3 of 12) = 0.146.
  @Test("verdicts follow the binomial distribution at 5 %")
  func verdicts() {
    func verdict(_ inside: Int, _ count: Int, _ above: Int, _ below: Int) -> BackTest.Verdict {
      BackTest.Held.verdict(inside80: inside, of: count, above: above, below: below)
    }
    #expect(verdict(10, 12, 6, 6) == .held)
    #expect(verdict(6, 12, 6, 6) == .tooNarrow && verdict(7, 12, 6, 6) == .held)
    #expect(verdict(12, 12, 6, 6) == .held && verdict(14, 14, 7, 7) == .tooWide)
    #expect(verdict(10, 12, 10, 2) == .tooLow && verdict(10, 12, 2, 10) == .tooHigh)
    #expect(verdict(10, 12, 9, 3) == .held)
    #expect(verdict(0, 5, 5, 0) == .unknown)
  }

  /// Forecast of 101 replications 0, 1, …, 100 in each week: bands 10–90 and 2.5–97.5, median 50.
  @Test("facts are laid beside the quantiles of the replications")
  func bands() throws {
    func facts(_ count: Int) -> WeeklyFacts {
      WeeklyFacts(
        of: (0..<count).map { _ in DatedCase(arrival: 0, end: nil) }
          + (0..<count).map { _ in DatedCase(arrival: week, end: nil) }, weeks: 2)
    }
    let happened = WeeklyFacts(
      of: (0..<95).map { _ in DatedCase(arrival: 0, end: nil) }
        + (0..<20).map { _ in DatedCase(arrival: week, end: nil) }, weeks: 2)
    let test = BackTest(
      facts: happened, forecast: (0...100).map(facts), weeks: 2, figures: [.arrived])
    let held = try #require(test.figures.first)
    #expect(held.points.map(\.fact) == [95, 20] && held.points.map(\.median) == [50, 50])
    #expect(held.points[0].band80 == [10, 90] && held.points[0].band95 == [2.5, 97.5])
    #expect(held.inside80 == 1 && held.inside95 == 2 && held.aboveMedian == 1)
    #expect(held.verdict == .unknown)
  }
}
