import EventEngine
import Facts
import Simulation
import Testing

@testable import Scenarios

private let hour: Int64 = 3_600_000_000

/// A small scenario with calendars of a test's own, and files beside it.
private func text(
  _ calendars: String, start: String, zone: String = "Europe/Berlin", horizon: String = "2 weeks",
  arrivals: String = "rate: 10 per working day"
) -> String {
  """
  rehearse: 1
  title: Calendars
  bpmn: loan.bpmn
  clock: { start: \(start), time_zone: \(zone), horizon: \(horizon), start_state: empty }
  demand: { arrivals: { \(arrivals) } }
  teams: { clerks: { people: 3, cost: 40 EUR/h } }
  activities: { default: { team: clerks, time: 5 min } }
  calendars:
  \(calendars.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))

  """
}

private func read(_ text: String, files: [String: String]) throws(ScenarioErrors) -> Scenario {
  let loan = estate(loanProcess())
  return try readScenario(
    Array(text.utf8), path: "scenario.yaml",
    files: { name in
      guard let file = files[name] else { return try noFiles(name) }
      return Array(file.utf8)
    }
  ) { _ in loan }
}

/// Working hours of the first calendar by date, from day 0 on, where there are any.
private func hours(
  _ calendars: String, start: String, zone: String = "Europe/Berlin", horizon: String = "2 weeks",
  files: [String: String] = [:]
) throws -> [String: Double] {
  let scenario = try read(text(calendars, start: start, zone: zone, horizon: horizon), files: files)
  let compiled = try compile(scenario)
  let calendar = compiled.variants[0].model.calendars[0]
  let time = try #require(LocalTime(start: scenario.clock.start, timeZone: zone))
  var result: [String: Double] = [:]
  for day in 0..<14 {
    let date = scenario.clock.start.advanced(by: day)
    let work = calendar.workTime(
      from: time.instant(date, minute: 0), to: time.instant(date, minute: 1440))
    if work > 0 { result[date.description] = Double(work) / Double(hour) }
  }
  return result
}

@Suite("Calendars where clocks change")
struct DaylightSavingTests {
  /// The weekends on which clocks change in 2026, and how much longer or shorter they are.
  ///
  /// Berlin: 29 March and 25 October, one hour at 01:00 UTC. New York: 8 March and 1 November, one hour at
  /// 02:00. Lord Howe Island: back half an hour on 5 April, forward half an hour on 4 October, both at
  /// 02:00.
  static let weekends: [(zone: String, monday: String, difference: Double)] = [
    ("Europe/Berlin", "2026-03-23", -1), ("Europe/Berlin", "2026-10-19", 1),
    ("America/New_York", "2026-03-02", -1), ("America/New_York", "2026-10-26", 1),
    ("Australia/Lord_Howe", "2026-03-30", 0.5), ("Australia/Lord_Howe", "2026-09-28", -0.5),
  ]

  @Test("the weekend of the change is longer or shorter by just that", arguments: weekends)
  func weekend(zone: String, monday: String, difference: Double) throws {
    let found = try hours("office: sat-sun 00:00-24:00", start: monday, zone: zone)
    let first = try #require(CivilDate(monday))
    #expect(found[first.advanced(by: 5).description] == 24)
    #expect(found[first.advanced(by: 6).description] == 24 + difference)
    #expect(found.values.reduce(0, +) == 96 + difference)
  }

  @Test("so is a night shift over the change, and no other", arguments: weekends)
  func night(zone: String, monday: String, difference: Double) throws {
    let scenario = try read(
      text("office: mon-sun 22:00-06:00", start: monday, zone: zone), files: [:])
    let intervals = try compile(scenario).variants[0].model.calendars[0].intervals
      .filter { $0.open > 0 }.prefix(13)
    let lengths = intervals.map { Double($0.close - $0.open) / Double(hour) }
    // The first to open after day 0 began is Monday's; Saturday's reaches into the Sunday of the change.
    #expect(lengths[5] == 8 + difference)
    #expect(lengths.enumerated().allSatisfy { $0.offset == 5 || $0.element == 8 })
  }

  @Test("breaks are no working time, on the day of the change too", arguments: weekends)
  func breaks(zone: String, monday: String, difference: Double) throws {
    let found = try hours(
      "office: sun 00:00-01:00 04:00-12:00 12:30-16:30", start: monday, zone: zone)
    let first = try #require(CivilDate(monday))
    #expect(found[first.advanced(by: 6).description] == 13)
  }

  @Test("weights that begin in the hour that clocks skip fit the hours they weigh")
  func weightsInTheSkippedHour() throws {
    let scenario = try read(
      text(
        "office: mon-sun 22:00-06:00", start: "2026-03-23",
        arrivals: "rate: 10 per working day, weights: { 02:00-02:30: 3, 02:30-03:00: 2 }"),
      files: [:])
    let demand = try compile(scenario).variants[0].model.demand
    #expect(demand.intensity.count == demand.calendar.intervals.count)
  }
}

@Suite("Holidays, closed and extra hours")
struct CalendarExceptionTests {
  private let office = "weekly: mon-fri 08:00-12:00 12:30-16:30"

  @Test("ranges of dates are holidays, the first and the last too")
  func ranges() throws {
    let found = try hours(
      "office: { \(office), holidays: [2026-01-06..2026-01-08, 2026-01-16] }",
      start: "2026-01-05")
    #expect(
      found.keys.sorted() == [
        "2026-01-05", "2026-01-09", "2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15",
      ])
  }

  @Test("closed hours are taken out, over midnight too, and a day without others is no working day")
  func closed() throws {
    let calendars =
      "office: { \(office), closed: [2026-01-05 12:00-24:00, 2026-01-06 10:00-11:00, "
      + "2026-01-07 00:00-24:00, 2026-01-08 22:00-09:00] }"
    let found = try hours(calendars, start: "2026-01-05")
    #expect(found["2026-01-05"] == 4)
    #expect(found["2026-01-06"] == 7)
    #expect(found["2026-01-07"] == nil)
    #expect(found["2026-01-08"] == 8)
    #expect(found["2026-01-09"] == 7)
    let compiled = try compile(read(text(calendars, start: "2026-01-05"), files: [:]))
    #expect(
      compiled.workingDates.prefix(3).map(\.description) == [
        "2026-01-05", "2026-01-06", "2026-01-08",
      ])
    #expect(compiled.variants[0].model.timeline.dayCloses[0] == 12 * hour)
  }

  @Test("extra hours open on free days and holidays, and are not counted twice beside others")
  func extra() throws {
    let found = try hours(
      "office: { \(office), holidays: 2026-01-06, closed: 2026-01-07 08:00-12:00, extra: "
        + "[2026-01-10 09:00-13:00, 2026-01-06 10:00-12:00, 2026-01-07 09:00-10:00, "
        + "2026-01-08 11:00-13:00, 2026-01-08 12:00-14:00, 2026-01-17 22:00-02:00] }",
      start: "2026-01-05")
    #expect(found["2026-01-10"] == 4, "a Saturday")
    #expect(found["2026-01-06"] == 2, "a holiday")
    #expect(found["2026-01-07"] == 5, "extra hours outweigh closed ones")
    #expect(found["2026-01-08"] == 8.5, "the break is worked")
    #expect(found["2026-01-17"] == 2 && found["2026-01-18"] == 2, "over midnight")
  }

  @Test("extra hours weigh as their hour does, and those open anyway are not there twice")
  func extraWeights() throws {
    let scenario = try read(
      text(
        "office: { weekly: mon-fri 08:00-16:00, extra: 2026-01-05 15:00-18:00 }",
        start: "2026-01-05",
        arrivals: "rate: 10 per working day, weights: { 12:00-24:00: 3 }"), files: [:])
    let demand = try compile(scenario).variants[0].model.demand
    #expect(demand.intensity.count == demand.calendar.intervals.count)
    // Half the hours of a week weigh 1 and half 3: the mean is 2.
    let monday = zip(demand.calendar.intervals, demand.intensity).filter {
      $0.0.open >= 0 && $0.0.open < 24 * hour
    }
    #expect(monday.map(\.1) == [0.5, 1.5, 1.5])
    #expect(monday.map { ($0.0.close + 1 - $0.0.open) / hour } == [4, 4, 2])
  }

  @Test("a calendar takes over another's hours and exceptions, and adds its own")
  func extends() throws {
    let base = "base: { \(office), holidays: 2026-01-06, extra: 2026-01-10 09:00-13:00 }\n"
    let late = "{ extends: base, weekly: mon-fri 12:00-20:00, holidays: 2026-01-07 }"
    let found = try hours("office: \(late)\n\(base)", start: "2026-01-05")
    #expect(found["2026-01-05"] == 8 && found["2026-01-08"] == 8)
    #expect(found["2026-01-06"] == nil && found["2026-01-07"] == nil)
    #expect(found["2026-01-10"] == 4)
    let same = try hours("office: { extends: base }\n\(base)", start: "2026-01-05")
    #expect(same["2026-01-07"] == 8 && same["2026-01-06"] == nil)
    let twice = try hours(
      "office: { extends: middle, closed: 2026-01-08 08:00-12:00 }\nmiddle: \(late)\n\(base)",
      start: "2026-01-05")
    #expect(twice["2026-01-07"] == nil && twice["2026-01-08"] == 8)
  }

  @Test("what is always open may have holidays and closed hours")
  func always() throws {
    let found = try hours(
      "office: { weekly: always, holidays: 2026-01-06, closed: 2026-01-07 01:00-03:00 }",
      start: "2026-01-05")
    #expect(found["2026-01-05"] == 24 && found["2026-01-06"] == nil && found["2026-01-07"] == 22)
    let scenario = try read(text("office: { weekly: always }", start: "2026-01-05"), files: [:])
    #expect(try compile(scenario).variants[0].model.calendars[0].isContinuous)
  }

  @Test(
    "mistakes are named with what was expected",
    arguments: [
      (
        "office: { weekly: mon-fri 08:00-16:00, holidays: [2026-01-06..‹2026-01-04] }",
        "it runs backwards"
      ),
      (
        "office: { weekly: mon-fri 08:00-16:00, holidays: ‹2026-01-06..2056-01-06 }",
        "longer than ten years"
      ),
      (
        "office: { weekly: mon-fri 08:00-16:00, closed: ‹2026-01-06 }",
        "there are no hours after the date; expected dates with hours, one or a list, such as"
      ),
      (
        "office: { weekly: mon-fri 08:00-16:00, closed: [‹2026-13-06 08:00-09:00] }",
        "it is no date"
      ),
      ("office: { weekly: mon-fri 08:00-16:00, extra: ‹2026-01-06 8-9 }", "'8-9' are no hours"),
      (
        "office: { weekly: mon-fri 08:00-16:00, extra: ‹2026-01-06 08:00-09:00 10:00-11:00 }",
        "'10:00-11:00' at its end is not understood"
      ),
      (
        "office: { weekly: mon-fri 08:00-16:00, closed: ‹holidays.ics }",
        "calendar files stand under 'holidays'"
      ),
      (
        "office: { weekly: mon-fri 08:00-16:00, holidays: ‹holidays.ics }",
        "'calendars.office.holidays' cannot be read: holidays.ics: files beside the scenario"
      ),
      ("office: { extends: ‹baze }\nbase: mon-fri 08:00-16:00", "did you mean 'base'?"),
      (
        "office: { extends: ‹base }\nbase: { extends: office }",
        "the calendar 'base' extends itself (office → base → office)"
      ),
      (
        "office: { extends: ‹office }",
        "the calendar 'office' extends itself (office → office); let one of them stand for itself"
      ),
      (
        "‹office: { holidays: 2026-01-06 }", "'calendars.office.weekly' is missing; expected days"
      ),
      (
        "office: { weekly: mon-fri 08:00-16:00, ‹holiday: 2026-01-06 }", "did you mean 'holidays'?"
      ),
    ])
  func errors(calendars: String, message: String) {
    let marked = text(calendars, start: "2026-01-05")
    let found = problems(marked.replacing("‹", with: ""))
    #expect(found.contains { $0.message.contains(message) }, "\(found.map(\.description))")
    let line = marked.prefix { $0 != "‹" }.count { $0 == "\n" } + 1
    let circular = calendars.contains("base: { extends: office }")
    #expect(found.first?.location.line == (circular ? line + 1 : line), "\(found)")
  }
}

@Suite("Holidays from calendar files")
struct CalendarFileTests {
  static let holidays = """
    BEGIN:VCALENDAR
    VERSION:2.0
    BEGIN:VEVENT
    UID:epiphany
    DTSTART;VALUE=DATE:20000106
    DTEND;VALUE=DATE:20000107
    RRULE:FREQ=YEARLY
    TRANSP:TRANSPARENT
    END:VEVENT
    BEGIN:VEVENT
    UID:works-meeting
    DTSTART;TZID=Europe/Berlin:20260108T130000
    DTEND;TZID=Europe/Berlin:20260108T150000
    END:VEVENT
    BEGIN:VEVENT
    UID:call
    DTSTART:20260109T130000Z
    DTEND:20260109T140000Z
    END:VEVENT
    BEGIN:VEVENT
    UID:party
    DTSTART:20260112T150000
    DTEND:20260112T200000
    END:VEVENT
    END:VCALENDAR
    """
  private let calendars =
    "office: { weekly: mon-fri 08:00-16:00, holidays: [berlin.ics, 2026-01-14] }"

  @Test("whole days are holidays, timed events closed hours, in the scenario's time zone")
  func both() throws {
    let found = try hours(calendars, start: "2026-01-05", files: ["berlin.ics": Self.holidays])
    #expect(found["2026-01-05"] == 8)
    #expect(found["2026-01-06"] == nil && found["2026-01-14"] == nil)
    #expect(found["2026-01-08"] == 6 && found["2026-01-09"] == 7 && found["2026-01-12"] == 7)
    // In New York the works meeting, 13 to 15 in Berlin, is from 7 to 9, the call from 8 to 9.
    let away = try hours(
      calendars, start: "2026-01-05", zone: "America/New_York",
      files: ["berlin.ics": Self.holidays])
    #expect(away["2026-01-08"] == 7 && away["2026-01-09"] == 7 && away["2026-01-12"] == 7)
  }

  @Test("what was found in a file is on record, with its digest")
  func record() throws {
    let scenario = try read(
      text(calendars, start: "2026-01-05"), files: ["berlin.ics": Self.holidays])
    let record = scenario.parameters.first { $0.path == "calendars.office.holidays" }
    #expect(record?.text == "berlin.ics, 2026-01-14")
    #expect(record?.provenance == .imported)
    // 6 January of 2005 to 2067: from 21 leap years before day 0 to 41 after it, the days 12,772 (20 December
    // 2004) to 35,463 (4 February 2067).
    #expect(
      record?.note?.hasPrefix("63 holidays and 3 closed hours of berlin.ics, SHA-256 ") == true)
    #expect(scenario.warnings.isEmpty)
  }

  @Test("a change for one run reads the file again")
  func changing() throws {
    let scenario = try read(
      text(calendars, start: "2026-01-05"), files: ["berlin.ics": Self.holidays])
    let changed = try scenario.changing([("calendars.office.holidays", "berlin.ics")])
    #expect(scenario.calendars[0].holidays.count == 64)
    #expect(changed.calendars[0].holidays.count == 63)
  }

  @Test("a file that is damaged is refused with its line and the key that names it")
  func damaged() {
    for (file, message) in [
      (
        Self.holidays.replacing("20260109T130000Z", with: "20260132T130000Z"),
        "berlin.ics:17: DTSTART names a date or time that does not exist; mend or export it again"
      ),
      (String(Self.holidays.prefix(120)), "berlin.ics:3: the file ends inside the VEVENT"),
      ("<html>", "berlin.ics:1: this is no iCalendar file"),
    ] {
      do {
        _ = try read(text(calendars, start: "2026-01-05"), files: ["berlin.ics": file])
        Issue.record("it was read")
      } catch {
        let found = error.problems
        #expect(found.count == 1)
        #expect(found.first?.location.line == 9)
        #expect(found.first?.message.contains(message) == true, "\(found)")
      }
    }
  }

  @Test("a file of other years is pointed out")
  func otherYears() throws {
    let old = Self.holidays.replacing("RRULE:FREQ=YEARLY\n", with: "")
      .replacing(
        "BEGIN:VEVENT\nUID:works", with: "END:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:works")
    let onlyDays = String(
      old.prefix(upTo: old.firstRange(of: "END:VCALENDAR\n")?.upperBound ?? old.endIndex))
    let scenario = try read(
      text(
        "office: { weekly: mon-fri 08:00-16:00, holidays: old.ics }", start: "2010-01-04",
        horizon: "26 weeks"), files: ["old.ics": onlyDays])
    let warnings = try compile(scenario).warnings.map(\.message)
    #expect(warnings.count == 1)
    #expect(
      warnings.first?.contains(
        "the calendar file 'old.ics' has no holiday between 2010-01-03 and") == true)
    #expect(warnings.first?.contains("but from 2000-01-06 on") == true)
  }
}

@Suite("Arrivals respect their calendar from the first case on")
struct FirstArrivalTests {
  private struct Arrivals: SimulationObserver {
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

  private func arrivals(
    _ calendars: String, start: String, pattern: String, seed: UInt64 = 1
  ) throws -> (instants: [Int64], calendar: WorkCalendar) {
    let scenario = try read(
      text(
        calendars, start: start, arrivals: "pattern: \(pattern), rate: 1 per hour, profile: office"),
      files: ["berlin.ics": CalendarFileTests.holidays])
    let model = try compile(scenario).variants[0].model
    var observer = Arrivals()
    _ = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
    return (observer.instants, model.demand.calendar)
  }

  /// Regular arrivals of one an hour: the first comes one open hour after the first opening.
  @Test("regular arrivals count open hours only")
  func regular() throws {
    func first(_ calendars: String, _ start: String) throws -> Int64? {
      try arrivals(calendars, start: start, pattern: "regular").instants.first
    }
    let office = "office: { weekly: mon-fri 08:00-16:00, holidays: berlin.ics }"
    // A Saturday: two days and nine hours later.
    #expect(try first(office, "2026-01-03") == 57 * hour)
    // A Tuesday that is a holiday: on Wednesday.
    #expect(try first(office, "2026-01-06") == 33 * hour)
    // The Sunday on which clocks go forward is an hour shorter, the one on which they go back longer.
    #expect(try first("office: mon-fri 08:00-16:00", "2026-03-29") == 32 * hour)
    #expect(try first("office: mon-fri 08:00-16:00", "2026-10-25") == 34 * hour)
    // From midnight on the Sunday of the change there are no two o'clock to three in spring.
    #expect(try first("office: sun 02:00-06:00", "2026-03-29") == 2 * hour + hour)
  }

  @Test("random arrivals come in open hours only", arguments: 1...10)
  func poisson(seed: UInt64) throws {
    let calendars = [
      "office: { weekly: mon-fri 08:00-16:00, holidays: berlin.ics, closed: 2026-01-05 08:00-12:00, "
        + "extra: 2026-01-10 20:00-23:00 }",
      "office: { weekly: mon-sun 22:00-06:00, holidays: 2026-01-04 }",
    ]
    for (calendar, start) in zip(calendars, ["2026-01-03", "2026-03-28"]) {
      let found = try arrivals(calendar, start: start, pattern: "poisson", seed: seed)
      #expect(found.instants.count > 20)
      // The closing instant of an interval still belongs to it.
      let isOpen = found.instants.allSatisfy { instant in
        found.calendar.isOpen(at: instant) || found.calendar.isOpen(at: instant - 1)
      }
      #expect(isOpen)
    }
  }
}
