import EventEngine
import Simulation
import Statistics
import Testing

@testable import Scenarios

@Suite("Arrivals")
struct DemandTests {
  /// Arrivals of the small scenario, opened 08:00-16:00 from Monday to Friday.
  private func demand(_ arrivals: String, calendars: String? = nil) throws -> Demand {
    var text = smallScenario.replacing("rate: 10 per working day", with: arrivals)
    if let calendars {
      text = text.replacing("{ office: mon-fri 08:00-16:00 }", with: calendars)
    }
    return try compile(read(text)).variants[0].model.demand
  }

  /// Cases expected in the open time of the first week.
  private func weekly(_ demand: Demand) -> Double {
    let week: Int64 = 604_800_000_000
    if demand.calendar.isContinuous { return demand.rate * Double(week) }
    var cases = 0.0
    for (index, interval) in demand.calendar.intervals.enumerated()
    where interval.open >= 0 && interval.open < week {
      let factor = demand.intensity.isEmpty ? 1 : demand.intensity[index]
      cases += factor * demand.rate * Double(interval.close - interval.open)
    }
    return cases
  }

  @Test("a rate gives the cases of a week that it says")
  func rates() throws {
    for (rate, cases) in [
      ("100 per working day", 500.0), ("12 per hour", 480), ("1 per minute", 2400),
      ("40 per day", 280), ("500 per week", 500),
    ] {
      #expect(abs(weekly(try demand("rate: \(rate)")) - cases) < 1e-6, "\(rate)")
    }
  }

  @Test("cases of a working day spread over the profile, whatever its hours")
  func profile() throws {
    let calendars = "{ office: mon-fri 08:00-16:00, shop: always }"
    let demand = try demand(
      "rate: 100 per working day, profile: shop", calendars: calendars)
    #expect(demand.calendar.isContinuous)
    #expect(abs(weekly(demand) - 500) < 1e-9)
  }

  @Test("weights move cases between days and hours, and leave the week's number")
  func weights() throws {
    let demand = try demand(
      "rate: 100 per working day, weights: { mon: 2, 08:00-10:00: 3, fri 14:00-16:00: 0 }")
    #expect(abs(weekly(demand) - 500) < 1e-4)
    let hour: Int64 = 3_600_000_000
    func intensity(day: Int64, hour at: Int64) -> Double {
      let position = demand.calendar.firstInterval(closingAfter: (day * 24 + at) * hour)
      return demand.intensity[position]
    }
    let usual = intensity(day: 1, hour: 11)
    #expect(abs(intensity(day: 0, hour: 11) / usual - 2) < 1e-12)
    #expect(abs(intensity(day: 0, hour: 9) / usual - 6) < 1e-12)
    #expect(abs(intensity(day: 2, hour: 8) / usual - 3) < 1e-12)
    #expect(intensity(day: 4, hour: 15) == 0)
    #expect(demand.intensity.count == demand.calendar.intervals.count)
  }

  @Test("weights work around the clock and over midnight")
  func weightsAroundTheClock() throws {
    let always = try demand(
      "rate: 70 per week, weights: { sat-sun: 0.5 }", calendars: "{ office: always }")
    #expect(abs(weekly(always) - 70) < 1e-4)
    let night = try demand(
      "rate: 70 per week, weights: { 00:00-02:00: 4 }",
      calendars: "{ office: mon-sun 22:00-06:00 }")
    #expect(night.intensity.count == night.calendar.intervals.count)
    #expect(Set(night.intensity).count == 2)
  }

  @Test("regular arrivals keep the exact distance of the golden case")
  func regular() throws {
    let demand = try demand("pattern: regular, rate: 1000 per working day")
    #expect(demand.pattern == .regular)
    for ordinal in [1.0, 2, 999, 1000, 65_000] {
      #expect((ordinal / demand.rate).rounded() == ordinal * 28_800_000)
    }
  }

  @Test("growth compounds over its period")
  func growth() throws {
    let demand = try demand("rate: 10 per working day, growth: -2 % per week")
    #expect(demand.growth == -0.02)
    #expect(demand.growthPeriod == 604_800_000_000)
  }

  /// 08:00-16:00 from Monday to Friday is open for 40 h: one case at each of 5 openings, and after it, by
  /// the renewal function, 8 h / 12 min + (1² − 1)/2 = 40.
  @Test("a renewal process has its gaps, and expects a case at each opening")
  func renewal() throws {
    let demand = try demand("pattern: renewal, between: exponential mean 12 min")
    #expect(demand.pattern == .renewal)
    #expect(demand.between?.mean == 720)
    #expect(abs(weekly(demand) - 205) < 1e-9)
    let always = try self.demand(
      "pattern: renewal, between: gamma mean 12 min cv 2", calendars: "{ office: always }")
    #expect(abs(weekly(always) - 840) < 1e-9)
  }

  /// Instants of arrival, in hours from day 0, of the days before `until`.
  private func arrivals(_ text: String, seed: UInt64 = 1, until days: Int64 = 26) throws -> [Double]
  {
    let model = try compile(
      read(smallScenario.replacing("rate: 10 per working day", with: text))
    ).variants[0].model
    var observer = ArrivalTimes()
    _ = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
    return observer.instants.filter { $0 < days * 86_400_000_000 }.map { Double($0) / 3600e6 }
  }

  /// Days of eight hours from 08:00 on, gaps of three.
  ///
  /// Of open time at 3 and 6 h, then 9, 12 and 15 h on
  /// Tuesday, at 09:00, 12:00 and 15:00. In calendar time from 08:00 on every three hours until 14:00,
  /// then not before the next opening.
  @Test("gaps pass in calendar time or in open time")
  func clock() throws {
    let working = try arrivals("pattern: renewal, between: 3 h, clock: working")
    #expect(working.prefix(5) == [11, 14, 33, 36, 39])
    let calendar = try arrivals("pattern: renewal, between: 3 h, clock: calendar")
    #expect(calendar.prefix(5) == [8, 11, 14, 32, 35])
    #expect(try arrivals("pattern: renewal, between: 3 h") == calendar)
    // 40 open hours a week.
    let demand = try demand("pattern: renewal, between: exponential mean 3 h, clock: working")
    #expect(abs(weekly(demand) - 40.0 / 3) < 1e-9)
    #expect(abs(demand.arrivalsPerSecond(at: 9 * 3_600_000_000) - 1 / 10_800) < 1e-15)
    expectProblem(
      in: smallScenario.replacing(
        "rate: 10 per working day", with: "pattern: renewal, between: ‹1 day, clock: working"),
      "'days' is no unit of work")
    expectProblem(
      in: smallScenario.replacing(
        "rate: 10 per working day", with: "rate: 10 per working day, clock: ‹working"),
      "'demand.arrivals.clock' needs `pattern: renewal`")
  }

  @Test("cases that arrive together are counted one by one in the rate")
  func batches() throws {
    let regular = try arrivals("pattern: regular, rate: 1 per hour, batch: 4")
    #expect(regular.prefix(9) == [12, 12, 12, 12, 16, 16, 16, 16, 36])
    let range = try demand("rate: 100 per working day, batch: 2 to 5")
    #expect(range.batch?.mean == 3.5)
    #expect(abs(weekly(range) - 500) < 1e-6)
    // Rounded, of at least 1: 1 + Σ e^(−(k + ½)/4) over k ≥ 1.
    let rounded = try demand("rate: 100 per working day, batch: exponential mean 4")
    let mean = 1 + power(e, -1.5 / 4) / (1 - power(e, -0.25))
    #expect(abs((rounded.batch?.mean ?? 0) - mean) < 1e-9)
    // Batches of a renewal process come at its gaps.
    let renewal = try arrivals("pattern: renewal, between: 3 h, clock: working, batch: 2")
    #expect(renewal.prefix(4) == [11, 11, 14, 14])
    let expected = try demand("pattern: renewal, between: 3 h, clock: working, batch: 2")
    #expect(abs(weekly(expected) - 80.0 / 3) < 1e-9)
    for (batch, message) in [
      ("0", "out of range; expected a number, a range such as 2 to 5"), ("2.5", "no whole number"),
      ("5 to 2", "its ends are no two rising whole numbers"),
    ] {
      expectProblem(
        in: smallScenario.replacing(
          "rate: 10 per working day", with: "rate: 10 per working day, batch: ‹\(batch)"), message)
    }
  }

  /// Sizes 1, 1 and 4 with the shares 25, 50 and 25 %: rounding takes halves down.
  @Test("sizes of batches have their distribution")
  func batchSizes() throws {
    let instants = try arrivals(
      "rate: 2000 per working day, batch: discrete 0.3 25 % 1.5 50 % 4 25 %", until: 28)
    var sizes: [Double: Int] = [:]
    for instant in instants { sizes[instant, default: 0] += 1 }
    let fours = sizes.values.count { $0 == 4 }
    let interval = try #require(
      wilsonInterval(successes: fours, of: sizes.count, confidence: 0.999))
    #expect(interval.contains(0.25), "\(interval)")
    #expect(Set(sizes.values) == [1, 4])
    // Twenty working days of 2,000 cases in batches of 1.75 in the mean, with variance 27/16.
    let found = Double(instants.count)
    let deviation = (20 * 2000 / 1.75 * (1.75 * 1.75 + 27.0 / 16)).squareRoot()
    #expect(abs(found - 40_000) < 3.29 * deviation, "\(found)")
  }

  /// January twice as many, in its second week half of that; February as usual.
  @Test("seasons multiply the rate in their months and dates")
  func seasons() throws {
    let text =
      "rate: 100 per working day, seasons: { jan: 2, 2026-01-12 to 2026-01-16: 0.5, 2026-01-07: 0 }"
    let demand = try demand(text)
    let day: Int64 = 86_400_000_000
    let expected = [(0, 2.0), (1, 2), (2, 0), (3, 2), (7, 1), (11, 1), (14, 2), (25, 2), (28, 1)]
    for (index, factor) in expected {
      let rate = demand.arrivalsPerSecond(at: Int64(index) * day + day / 2)
      #expect(abs(rate * 28_800 - 100 * factor) < 1e-6, "day \(index): \(rate)")
    }
    // Four days of the first week.
    #expect(abs(weekly(demand) - 800) < 1e-4)
    let arrived = try (1...40).map { Double(try arrivals(text, seed: $0, until: 5).count) }
    let mean = arrived.reduce(0, +) / 40
    // Of 40 Poisson counts of mean 800.
    #expect(abs(mean - 800) < 3.29 * (800.0 / 40).squareRoot(), "\(mean)")
    // Far apart, by the mean over the open time: 4 · 2 + 0 in five days.
    let average = demand.averageArrivalsPerSecond(from: 0, to: 7 * day)
    #expect(abs(average * 604_800 - 800) < 1e-3, "\(average)")
    for (season, message) in [
      ("‹janu: 2", "'janu' names no months or dates"), ("jan: ‹-1", "out of range"),
      ("‹2026-02-01 to 2026-01-01: 2", "its first date is after its last"),
    ] {
      expectProblem(
        in: smallScenario.replacing(
          "rate: 10 per working day", with: "rate: 10 per working day, seasons: { \(season) }"),
        message)
    }
    expectProblem(
      in: smallScenario.replacing("horizon: 4 weeks", with: "horizon: 100 cases").replacing(
        "rate: 10 per working day", with: "rate: 10 per working day, seasons: ‹{ jan: 2 }"),
      "'demand.arrivals.seasons' needs a horizon in time")
    #expect(try parseSeason("nov-feb") == .months([11, 12, 1, 2]))
  }

  @Test("gaps are drawn from those that were seen")
  func empirical() throws {
    let demand = try demand("pattern: renewal, between: empirical 1 min 2 min 2 min 5 min")
    #expect(demand.between?.mean == 150)
    let instants = try arrivals("pattern: renewal, between: empirical 1 min 2 min 2 min 5 min")
    let gaps = zip(instants, instants.dropFirst()).map { ($1 - $0) * 60 }.filter { $0 < 60 }
    #expect(Set(gaps.map { $0.rounded() }) == [1, 2, 5])
    expectProblem(
      in: smallScenario.replacing(
        "rate: 10 per working day", with: "pattern: renewal, between: ‹empirical"),
      "there are no values to draw from")
  }
}

private let e = 2.718281828459045

/// Notes when cases arrive.
private struct ArrivalTimes: SimulationObserver {
  var instants: [Int64] = []

  mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
    if case .arrived = change { instants.append(time) }
  }
  mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {}
  mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  mutating func ended(at time: Int64, casesInside: Int) {}
}
