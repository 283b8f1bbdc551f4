import Facts
import Inventory
import Testing

@Suite("Quantities people write")
struct QuantityTextTests {
  @Test(
    "shares",
    arguments: [
      ("3 %", 0.03), ("3%", 0.03), ("0.5 percent", 0.005), ("2,5 %", 0.025), ("2 ‰", 0.002),
      ("1 in 50", 0.02), ("2 of 100 runs", 0.02), ("1/50", 0.02), ("0.03", 0.03), ("0", 0),
      ("~4 %", 0.04), ("approx. 4% of runs", 0.04), ("100 %", 1), ("0,125", 0.125),
      ("2.7 %", 0.027),
    ] as [(String, Double)])
  func shares(text: String, expected: Double) throws {
    let read = try #require(share(inText: text))
    #expect(read.value.value == expected)
  }

  @Test(
    "texts that state no share are not guessed at",
    arguments: [
      "", "rarely", "3", "1", "2-4 %", "<5 %", "120 %", "3 per day", "3/day", "5 of 4", "%",
      "3 % per month", "-3 %", "three", "1 in 0", "1e3 %",
    ])
  func noShares(text: String) { #expect(share(inText: text) == nil) }

  @Test("a column in per cent makes bare numbers per cent")
  func percentColumn() {
    #expect(share(inText: "3", isPercent: true)?.value == Probability(0.03))
    #expect(share(inText: "3 ‰", isPercent: true)?.value == Probability(0.003))
  }

  @Test(
    "frequencies",
    arguments: [
      ("1,200 per day", 1200, .day), ("40/h", 40, .hour), ("350 cases a week", 350, .week),
      ("3k per month", 3000, .month), ("1.5k/month", 1500, .month), ("daily", 1, .day),
      ("twice a week", 2, .week), ("every 15 minutes", 4, .hour), ("every day", 1, .day),
      ("1 200 runs per year", 1200, .year), ("1'200'000 p.a.", 1_200_000, .year),
      ("about 12 loan files per hour", 12, .hour), ("200 per working day", 1000, .week),
      ("10 runs daily", 10, .day), ("2.5 / wk", 2.5, .week), ("quarterly", 4, .year),
      ("5 per minute", 300, .hour), ("1,234,567 per annum", 1_234_567, .year),
    ] as [(String, Double, Frequency.Period)])
  func frequencies(text: String, count: Double, period: Frequency.Period) throws {
    let read = try #require(frequency(inText: text))
    #expect(abs(read.value.count - count) < 1e-9)
    #expect(read.value.period == period)
  }

  @Test(
    "texts that state no frequency are not guessed at",
    arguments: [
      "", "rarely", "40", "200-300 per day", "1.200 per day", "per day", "many a day",
      "40 per fortnight and a half", "40/x", "every 0 minutes", "12,34,5 per day",
    ])
  func noFrequencies(text: String) { #expect(frequency(inText: text) == nil) }

  @Test("a column with a period gives bare numbers that period")
  func periodColumn() {
    #expect(frequency(inText: "1,200", per: .month)?.value == Frequency(count: 1200, per: .month))
    #expect(frequency(inText: "5/d", per: .month)?.value == Frequency(count: 5, per: .day))
  }

  @Test("what was taken for granted is said")
  func notes() {
    #expect(frequency(inText: "9 per working day")?.note == "5 working days a week")
    #expect(share(inText: "~4 %")?.note == "approximate")
  }

  @Test(
    "durations are read in the ways people write them",
    arguments: [
      ("90 s", 90.0), ("1.5 hours", 5400), ("1 h 30 min", 5400), ("1 h, 30 min", 5400),
      ("2 d and 3 h", 183_600), ("01:30:00", 5400), ("0:00:02.5", 2.5), ("PT90S", 90),
      ("250 ms", 0.25), ("about 5 min.", 300), ("1,200 sec", 1200), ("0 s", 0),
    ])
  func durations(text: String, seconds: Double) {
    #expect(duration(inText: text)?.value == TimeSpan(seconds: seconds))
  }

  @Test(
    "what is no duration, or leaves the unit open, is none",
    arguments: ["90", "12:30", "5-10 min", "long", "", "1 min 1 h", "3 per day", "-5 s", "1 h 1 h"])
  func noDurations(text: String) { #expect(duration(inText: text) == nil) }

  @Test("a bare number counts in the unit of the column")
  func durationUnit() {
    #expect(duration(inText: "2.5", in: .minute)?.value == TimeSpan(seconds: 150))
    #expect(duration(inText: "2.5 s", in: .minute)?.value == TimeSpan(seconds: 2.5))
  }

  @Test("what is written is read back as the same value", arguments: 0..<50 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    for digits in 0..<17 {
      let scale = (0..<digits).reduce(1.0) { value, _ in value * 10 }
      let number = (Double.random(in: 0...1, using: &random) * scale).rounded()
      let chance = try #require(Probability(number / scale))
      #expect(share(inText: writtenShare(chance))?.value == chance)
      for period in Frequency.Period.allCases {
        for count in [number, number / 1000, Double.random(in: 0...10, using: &random)] {
          let frequency = Frequency(count: count, per: period)
          #expect(Inventory.frequency(inText: writtenFrequency(frequency))?.value == frequency)
        }
      }
      let span = TimeSpan(
        microseconds: Int64.random(in: 0...(Int64(1) << (3 * Int64(digits))), using: &random))
      for span in [span, TimeSpan(microseconds: span.microseconds / 1000 * 1000)] {
        #expect(duration(inText: writtenDuration(span))?.value == span)
      }
    }
  }
}
