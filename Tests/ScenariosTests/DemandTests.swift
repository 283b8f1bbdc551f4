import EventEngine
import Scenarios
import Simulation
import Testing

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
}
