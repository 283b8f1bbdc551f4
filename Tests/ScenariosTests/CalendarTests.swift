import EventEngine
import Simulation
import Testing

@testable import Scenarios

@Suite("Dates")
struct CivilDateTests {
  @Test("are the days of the Gregorian calendar")
  func days() {
    #expect(CivilDate("1970-01-01")?.dayNumber == 0)
    #expect(CivilDate("2026-01-05")?.dayNumber == 20_458)
    #expect(CivilDate("2026-01-05")?.weekday == .monday)
    #expect(CivilDate("2000-02-29")?.description == "2000-02-29")
    for text in [
      "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-5", "26-01-05", "",
    ] {
      #expect(CivilDate(text) == nil, "\(text)")
    }
  }

  @Test(
    "are printed as they are read", arguments: Array(stride(from: -100_000, to: 800_000, by: 9_973))
  )
  func roundTrip(day: Int) {
    let date = CivilDate(dayNumber: day)
    #expect(CivilDate(date.description) == date)
    #expect(date.advanced(by: 7).weekday == date.weekday)
    #expect(date.advanced(by: 1).weekday != date.weekday)
  }
}

@Suite("Weekly calendars")
struct WeeklyCalendarTests {
  @Test("a line names days and hours")
  func lines() throws {
    let shifts = try parseWeeklyLine("mon-fri 08:00-12:00 12:30-16:30")
    #expect(shifts.count == 10)
    #expect(shifts.reduce(0) { $0 + $1.close - $1.open } == 40 * 60)
    #expect(
      try parseWeeklyLine("mon wed fri 09:00-10:00").map(\.weekday) == [
        .monday, .wednesday, .friday,
      ])
    #expect(
      try parseWeeklyLine("sat-mon 09:00-10:00").map(\.weekday) == [.saturday, .sunday, .monday])
  }

  @Test("an end that is not after its start lies on the next day")
  func nightShifts() throws {
    #expect(
      try parseWeeklyLine("fri 22:00-06:00")
        == [WeeklyShift(weekday: .friday, open: 1320, close: 1800)])
    #expect(try parseWeeklyLine("fri 00:00-24:00")[0].close == 1440)
    #expect(try parseWeeklyLine("fri 06:00-06:00")[0].close == 1800)
  }

  @Test("shifts that overlap are found, over the end of the week too")
  func overlaps() throws {
    #expect(overlap(of: try parseWeeklyLine("mon-sun 22:00-06:00")) == nil)
    #expect(overlap(of: try parseWeeklyLine("mon-sun 00:00-24:00")) == nil)
    #expect(overlap(of: try parseWeeklyLine("mon 08:00-12:00 11:00-13:00")) != nil)
    #expect(
      overlap(of: try parseWeeklyLine("sun 22:00-06:00") + parseWeeklyLine("mon 05:00-07:00"))
        != nil)
  }
}

@Suite("Calendars in simulated time")
struct CompiledCalendarTests {
  private let hour: Int64 = 3_600_000_000

  /// Compiles the small scenario with another calendar, zone and start.
  private func compiled(
    _ calendar: String, zone: String = "Europe/Berlin", start: String, horizon: String = "2 weeks"
  ) throws -> CompiledScenario {
    let text =
      smallScenario
      .replacing(
        "start: 2026-01-05, horizon: 4 weeks",
        with: "start: \(start), time_zone: \(zone), horizon: \(horizon)"
      ).replacing("office: mon-fri 08:00-16:00", with: "office: \(calendar)")
    return try compile(read(text))
  }

  @Test("a day shift is as long before and after daylight saving begins, and keeps local time")
  func dayShift() throws {
    // Berlin moves its clocks forward on Sunday, 29 March 2026.
    let scenario = try compiled("mon-fri 08:00-16:00", start: "2026-03-23")
    let intervals = scenario.variants[0].model.calendars[0].intervals
      .filter { $0.open >= 0 }.prefix(10)
    #expect(intervals.allSatisfy { $0.close - $0.open == 8 * hour })
    let friday = intervals[intervals.startIndex + 4]
    let monday = intervals[intervals.startIndex + 5]
    #expect(friday.open == (4 * 24 + 8) * hour)
    #expect(monday.open == (7 * 24 + 8 - 1) * hour)
  }

  @Test("a night shift is an hour shorter when clocks go forward, an hour longer when they go back")
  func nightShift() throws {
    let spring = try compiled("sat 22:00-06:00", start: "2026-03-23")
    let autumn = try compiled("sat 22:00-06:00", start: "2026-10-19")
    let first = { (scenario: CompiledScenario) in
      scenario.variants[0].model.calendars[0].intervals.first { $0.open > 0 }
    }
    let inSpring = try #require(first(spring))
    let inAutumn = try #require(first(autumn))
    #expect(inSpring.close - inSpring.open == 7 * hour)
    #expect(inAutumn.close - inAutumn.open == 9 * hour)
  }

  @Test("an hour that clocks skip counts as if they had not yet been moved")
  func skippedHour() throws {
    let time = try #require(
      LocalTime(start: CivilDate(dayNumber: 20_535), timeZone: "Europe/Berlin"))
    let sunday = CivilDate(dayNumber: 20_541)
    #expect(sunday.description == "2026-03-29")
    #expect(time.instant(sunday, minute: 150) == time.instant(sunday, minute: 210))
    #expect(time.instant(sunday, minute: 60) + hour == time.instant(sunday, minute: 180))
  }

  @Test("of an hour that comes twice the first is meant")
  func repeatedHour() throws {
    let sunday = try #require(CivilDate("2026-10-25"))
    let time = try #require(LocalTime(start: sunday, timeZone: "Europe/Berlin"))
    #expect(time.instant(sunday, minute: 150) == 2 * hour + hour / 2)
    #expect(time.instant(sunday, minute: 180) == 4 * hour)
  }

  @Test("the first midnight of a day without one is its first instant")
  func midnightIsSkipped() throws {
    // Santiago moves its clocks from midnight to one o'clock on 6 September 2026.
    let sunday = try #require(CivilDate("2026-09-06"))
    let time = try #require(LocalTime(start: sunday, timeZone: "America/Santiago"))
    #expect(time.instant(sunday, minute: 60) == 0)
    #expect(time.instant(sunday, minute: 1440) == 23 * hour)
  }

  @Test("nobody works on a holiday, and it is no working day")
  func holidays() throws {
    let scenario = try compiled(
      "{ weekly: mon-fri 08:00-16:00, holidays: [2026-01-06, 2026-01-06, 2026-01-10] }",
      start: "2026-01-05")
    let model = scenario.variants[0].model
    #expect(model.timeline.horizonDays == 9)
    #expect(!model.calendars[0].isOpen(at: (24 + 10) * hour))
    #expect(scenario.workingDates.prefix(2).map(\.description) == ["2026-01-05", "2026-01-07"])
  }

  @Test("a horizon of calendar days ends at a local midnight")
  func calendarHorizon() throws {
    let timeline = try compiled("mon-fri 08:00-16:00", start: "2026-03-23").variants[0].model
      .timeline
    #expect(timeline.horizon == (14 * 24 - 1) * hour)
    #expect(timeline.horizonDays == 10)
    #expect(timeline.runInStart == 0)
  }

  @Test("a horizon of working days ends at the midnight after the last of them closes")
  func workingDayHorizon() throws {
    let timeline = try compiled(
      "mon-fri 08:00-16:00", zone: "UTC", start: "2026-01-05", horizon: "65 working days"
    ).variants[0].model.timeline
    #expect(timeline.horizonDays == 65)
    #expect(timeline.dayCloses[64] == ((12 * 7 + 4) * 24 + 16) * hour)
    #expect(timeline.horizon == (12 * 7 + 5) * 24 * hour)
    #expect(timeline.sampledDays == 70)
    #expect(timeline.dayCloses.count == 75)
  }

  @Test("a working day closes when its last shift ends, after midnight too")
  func nightClose() throws {
    let timeline = try compiled(
      "mon-fri 08:00-12:00 22:00-06:00", zone: "UTC", start: "2026-01-05", horizon: "1 working day"
    ).variants[0].model.timeline
    #expect(timeline.dayCloses[0] == 30 * hour)
    #expect(timeline.horizon == 48 * hour)
    #expect(timeline.horizonDays == 1)
  }

  @Test("around the clock, days close at midnight and never end")
  func always() throws {
    let scenario = try compiled("always", zone: "UTC", start: "2026-01-05", horizon: "3 days")
    let model = scenario.variants[0].model
    #expect(model.calendars[0].isContinuous)
    #expect(model.timeline.dayCloses.prefix(3) == [24 * hour, 48 * hour, 72 * hour])
    #expect(model.timeline.horizonDays == 3)
    #expect(scenario.workingDay == 24 * hour)
  }

  @Test("calendars reach from the run-in to the end of the follow-up")
  func reach() throws {
    let compiled = try compile(read(loanScenario))
    let model = compiled.variants[0].model
    let intervals = model.calendars[0].intervals
    #expect(model.timeline.runInStart == -56 * 24 * hour)
    #expect((intervals.first?.open ?? 0) <= model.timeline.runInStart + 8 * hour)
    #expect(
      (intervals.last?.close ?? 0) > model.timeline.horizon + model.timeline.followUp - 72 * hour)
    #expect((intervals.last?.close ?? 0) >= (model.timeline.dayCloses.last ?? 0))
  }

  @Test("a calendar without a working day in the horizon is refused")
  func noWorkingDay() throws {
    #expect(throws: ScenarioErrors.self) {
      try compiled(
        "{ weekly: mon 08:00-16:00, holidays: [2026-01-05] }", start: "2026-01-05",
        horizon: "5 days")
    }
  }
}
