@testable import Experiments
import Reporting
import Testing

@Suite struct FigureTextTests {
  private func estimate(_ mean: Double, _ lower: Double, _ upper: Double) -> Estimate {
    var estimate = Estimate(of: [mean, mean])
    (estimate.lower, estimate.upper) = (lower, upper)
    return estimate
  }

  @Test("a probability is rounded to what its Wilson interval supports")
  func probability() {
    #expect(FigureText(ProbabilityEstimate(count: 166, of: 200)).text == "83 % (77–88 %)")
    #expect(FigureText(ProbabilityEstimate(count: 8, of: 200)).text == "4 % (2–8 %)")
    #expect(FigureText(ProbabilityEstimate(count: 3, of: 200)).text == "2 % (1–4 %)")
    #expect(FigureText(ProbabilityEstimate(count: 1, of: 200)).text == "0.5 % (0.1–2.8 %)")
    #expect(
      FigureText(ProbabilityEstimate(count: 16_600, of: 20_000)).text == "83.0 % (82.5–83.5 %)")
  }

  @Test("none of n is never 0 %, all of n never 100 %")
  func ends() {
    #expect(FigureText(ProbabilityEstimate(count: 0, of: 200)).text == "under 2 % (0 of 200)")
    #expect(FigureText(ProbabilityEstimate(count: 0, of: 30)).text == "under 12 % (0 of 30)")
    #expect(FigureText(ProbabilityEstimate(count: 0, of: 2000)).text == "under 0.2 % (0 of 2,000)")
    #expect(FigureText(ProbabilityEstimate(count: 200, of: 200)).text == "over 98 % (200 of 200)")
    #expect(
      FigureText(ProbabilityEstimate(count: 2000, of: 2000)).text == "over 99.8 % (2,000 of 2,000)")
  }

  @Test("no interval of a share that happened reads 0 %", arguments: 1...199)
  func neverZero(count: Int) {
    let text = FigureText(ProbabilityEstimate(count: count, of: 200)).text
    #expect(!text.hasPrefix("0 %"))
    #expect(!text.contains("(0–"))
    #expect(!text.contains("(0.0–"))
  }

  @Test("work is said in hours at most, for a day of it is not 24")
  func work() {
    #expect(FigureText(estimate(4800, 4740, 4860), unit: "min").text == "80 h (79–81)")
    #expect(FigureText(estimate(80, 79, 81), unit: "h").text.contains("days"))
  }

  @Test("money is read in cents, its interval to what it supports")
  func money() {
    #expect(
      FigureText(estimate(12.4012, 12.11, 12.69), unit: "EUR").text == "12.40 EUR (12.1–12.7)")
    #expect(
      FigureText(estimate(60.0912, 60.031, 60.151), unit: "EUR").text == "60.09 EUR (60.03–60.15)")
    #expect(
      FigureText(estimate(12_345.6, 11_900, 12_791), unit: "EUR").text
        == "12,300 EUR (11,900–12,800)")
  }

  @Test("time is said in the unit a person would say")
  func durations() {
    #expect(FigureText(estimate(50.4, 48.2, 52.6), unit: "h").text == "2.10 days (2.01–2.19)")
    #expect(FigureText(estimate(51, 46, 56), unit: "h").text == "2.1 days (1.9–2.3)")
    #expect(FigureText(estimate(9.59, 9.54, 9.63), unit: "h").text == "9.59 h (9.54–9.63)")
    #expect(FigureText(estimate(14.2, 12.9, 15.5), unit: "min").text == "14 min (13–16)")
    #expect(
      FigureText(estimate(50.4, 48.2, 52.6), unit: "h", in: .hour).text == "50 h (48–53)")
    #expect(durationText(hours: 51) == "2.1 days")
    #expect(durationText(hours: 13 * 168) == "13 weeks")
    #expect(durationText(hours: 14.0 / 60) == "14 min")
    #expect(durationText(hours: 40.0 / 3600) == "40 s")
    #expect(durationText(hours: 26) == "26 h")
  }

  @Test("lengths that are compared share a unit in which the shortest is no mere fraction")
  func sharedUnit() {
    #expect(NaturalUnit(forAllHours: [44, 118, 31]) == .day)
    #expect(NaturalUnit(forAllHours: [9.6, 36]) == .hour)
    #expect(NaturalUnit(forAllHours: [2, 400]) == .hour)
    #expect(NaturalUnit(forAllHours: []) == .second)
  }

  @Test("a difference carries its sign, and its ends are not misread")
  func differences() {
    #expect(
      FigureText(estimate(-1.2, -1.4, -1.0), unit: "EUR", signed: true).text
        == "−1.20 EUR (−1.4 to −1.0)")
    #expect(
      FigureText(estimate(-0.026, -0.0272, -0.0248), unit: "share", signed: true).text
        == "−2.6 points (−2.7 to −2.5)")
  }

  @Test("no difference in any replication is said in words")
  func noDifference() {
    #expect(FigureText(estimate(0, 0, 0), unit: "EUR", signed: true).text == "no difference")
  }

  @Test("a share is never shown outside 0 to 100 %, and none of them all is said in words")
  func shares() {
    #expect(
      FigureText(estimate(0.999, 0.996, 1.002), unit: "share").text == "99.9 % (99.6–100.0 %)")
    #expect(FigureText(estimate(0, 0, 0), unit: "share").text == "none seen")
    #expect(FigureText(estimate(1, 1, 1), unit: "share").text == "all")
  }

  @Test("thousands are separated, halves round away from zero, a minus is a minus")
  func numbers() {
    #expect(numberText(16_900, decimals: 0) == "16,900")
    #expect(numberText(1_234_567.891, decimals: 2) == "1,234,567.89")
    #expect(numberText(-1234.5, decimals: 0) == "−1,235")
    #expect(numberText(-0.04, decimals: 1) == "0.0")
    #expect(numberText(1250, decimals: -2) == "1,300")
    #expect(numberText(999.96, decimals: 1) == "1,000.0")
    #expect(numberText(0.005, decimals: 2) == "0.01")
    #expect(numberText(.infinity, decimals: 1) == "infinite")
    #expect(numberText(.nan, decimals: 1) == "unknown")
    #expect(numberText(1e300, decimals: 2) == "1e+300")
    #expect(countText(-1_000_000) == "−1,000,000")
    #expect(countText(.min) == "−9,223,372,036,854,775,808")
  }

  @Test(
    "the ends of an interval always differ from the figure",
    arguments: [0.00012, 0.0011, 0.0099, 0.01, 0.0999, 0.1, 0.99, 1, 5.5, 9.99, 10, 99, 1234])
  func supportedDecimalsKeepEnds(halfWidth: Double) {
    let decimals = supportedDecimals(halfWidth: halfWidth, value: 1000)
    let middle = numberText(1000, decimals: decimals)
    #expect(numberText(1000 - halfWidth, decimals: decimals) != middle)
    #expect(numberText(1000 + halfWidth, decimals: decimals) != middle)
    // One digit fewer would lose the interval or at least half of it.
    #expect(halfWidth < 10 * pow10(-decimals))
  }

  private func pow10(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1.0) { power, _ in exponent < 0 ? power / 10 : power * 10 }
  }

  @Test(
    "values of a scenario are shown to four significant digits, and all else as it is written",
    arguments: [
      ("3.3295668 %", "3.33 %"), ("exponential mean 12.345678 min", "exponential mean 12.35 min"),
      ("0.00123456", "0.001235"), ("54321.5 EUR", "54322 EUR"), ("1000000", "1000000"),
      ("100 per working day", "100 per working day"), ("2026-01-05", "2026-01-05"),
      ("6..9", "6..9"), ("-2.000004", "-2"), ("v1.23456x", "v1.23456x"),
    ])
  func values(written: String, shown: String) { #expect(valueText(written) == shown) }
}
