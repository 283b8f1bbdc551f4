internal import EventEngine
internal import Facts
internal import Simulation

/// Phases of the run, and the dates of its working days.
struct CompiledClock {
  let time: LocalTime
  let timeline: Timeline
  /// Date on which each of `timeline.dayCloses` began.
  let dates: [CivilDate]
  /// First date that calendars must cover.
  let firstDate: CivilDate
  /// Last date that they must cover.
  let lastDate: CivilDate
  /// Length of the stretch by which calendars go on after `lastDate`, in microseconds; `nil` where no
  /// run comes so far.
  ///
  /// 52 weeks: weekdays stay, and a change of the clock comes at most a week early or late.
  let repetition: Int64?
}

/// Most samples of the state of one run.
private let mostSamples = 1_024
/// Most samples where the horizon is a number of cases: such runs ask for speed and size, not for dates.
private let mostSamplesByCases = 128
/// Most arrival cohorts of one run.
private let mostCohorts = 256

/// Length of an arrival cohort where a run is short enough: one week.
private let cohortLength: Int64 = 604_800_000_000

extension Scenario {
  private var sampleLimit: Int {
    clock.horizon.caseLimit == nil ? mostSamples : mostSamplesByCases
  }

  /// Works out the phases; throws where the clock cannot be kept.
  func compileClock() throws(ScenarioErrors) -> CompiledClock {
    guard let time = LocalTime(start: clock.start, timeZone: clock.timeZone),
      let working = calendar(clock.workingDays)
    else {
      throw ScenarioErrors([
        ScenarioProblem(
          key: "clock.time_zone",
          "this system does not know the time zone '\(clock.timeZone)'; install its tzdata",
          at: SourceLocation(path: path))
      ])
    }
    let days = try workingDays(working, time)
    let horizonDays = days.closes.count { $0 <= days.horizon }
    guard horizonDays > 0 else { throw noWorkingDays() }
    let stride = powerOfTwo(dividing: horizonDays, intoAtMost: sampleLimit)
    let sampled = (1...max(1, days.closes.count / stride)).map { $0 * stride - 1 }
    let samples = horizonDays / stride
    let firstDate = clock.start.advanced(by: -clock.startState.days)
    let weeks = Int((days.horizon + cohortLength - 1) / cohortLength)
    let timeline = Timeline(
      runInStart: clock.startState.days > 0 ? time.instant(firstDate, minute: 0) : 0,
      horizon: days.horizon, followUp: clock.followUp.microseconds,
      dayCloses: sampled.map { days.closes[$0] }, horizonDays: samples,
      sampledDays: samples + (exhaustion.backlogHolds + stride - 1) / stride,
      cohortLength: cohortLength
        * Int64(powerOfTwo(dividing: weeks, intoAtMost: mostCohorts)),
      caseLimit: clock.horizon.caseLimit, daysPerSample: stride)
    return CompiledClock(
      time: time, timeline: timeline, dates: sampled.map { days.dates[$0] },
      // A shift of the evening before may reach into the first date.
      firstDate: firstDate.advanced(by: -1), lastDate: lastDate(days),
      repetition: clock.horizon.caseLimit == nil ? nil : 52 * cohortLength)
  }

  /// The smallest power of two that divides a number into so few parts.
  private func powerOfTwo(dividing count: Int, intoAtMost most: Int) -> Int {
    var divisor = 1
    while count > most * divisor { divisor *= 2 }
    return divisor
  }

  /// The working days from day 0 on, as many as exhaustion is judged by, and where the horizon ends.
  private func workingDays(
    _ working: ScenarioCalendar, _ time: LocalTime
  ) throws(ScenarioErrors) -> (closes: [Int64], dates: [CivilDate], horizon: Int64) {
    var closes: [Int64] = []
    var dates: [CivilDate] = []
    var date = clock.start
    var horizon = try fixedHorizon(time)
    // A calendar of nothing but holidays would never give enough working days.
    let lastUseful = clock.start.advanced(by: 40_000 + Int((horizon ?? 0) / 86_400_000_000))
    while true {
      if let horizon, time.instant(date, minute: 0) >= horizon {
        let within = closes.count { $0 <= horizon }
        let stride = powerOfTwo(dividing: within, intoAtMost: sampleLimit)
        // Where not every day is sampled, the last samples need whole strides.
        let beyond = stride == 1 ? 0 : 3 * stride
        let wanted = within + exhaustion.backlogHolds + exhaustion.backlogDays + beyond
        if closes.count >= wanted { break }
      }
      guard date < lastUseful else { throw noWorkingDays() }
      if let close = working.close(of: date, time) {
        closes.append(close)
        dates.append(date)
        if case .time(let length) = clock.horizon, horizon == nil,
          closes.count == Int(length.amount.rounded())
        {
          horizon = midnight(atOrAfter: close, time, from: date)
        }
      }
      date = date.advanced(by: 1)
    }
    return (closes, dates, horizon ?? 0)
  }

  /// The last date that calendars state day by day.
  private func lastDate(
    _ days: (closes: [Int64], dates: [CivilDate], horizon: Int64)
  ) -> CivilDate {
    let afterSamples = (days.dates.last ?? clock.start).advanced(by: 1)
    if clock.horizon.caseLimit == nil {
      let runEnd = days.horizon + clock.followUp.microseconds
      let end = clock.start.advanced(by: Int(runEnd / 86_400_000_000) + 2)
      return max(afterSamples, end)
    }
    // Beyond it calendars repeat; a year and a half more holds the stretch that does.
    let holidays = calendars.flatMap(\.holidays).max() ?? clock.start
    let expected = clock.start.advanced(by: Int(days.horizon / 86_400_000_000))
    let latest = clock.start.advanced(by: 20 * 366)
    return max(min(expected, latest), min(holidays, latest)).advanced(by: 550)
  }

  /// The end of a horizon of calendar days or cases; `nil` for one of working days.
  private func fixedHorizon(_ time: LocalTime) throws(ScenarioErrors) -> Int64? {
    switch clock.horizon {
    case .cases(let count): try expectedHorizon(ofCases: count, time)
    case .time(let length):
      switch length.unit {
      case .workingDays: nil
      case .weeks:
        time.instant(clock.start.advanced(by: Int((length.amount * 7).rounded())), minute: 0)
      default: time.instant(clock.start.advanced(by: Int(length.amount.rounded())), minute: 0)
      }
    }
  }

  /// The local midnight by which so many cases are expected, from ordinary weeks.
  private func expectedHorizon(
    ofCases count: Int, _ time: LocalTime
  ) throws(ScenarioErrors) -> Int64 {
    guard let profile = calendar(demand.profile), let working = calendar(clock.workingDays) else {
      throw noWorkingDays()
    }
    let days = 7 * Double(count) / casesPerWeek(profile, working)
    guard days <= 365_250 else {
      throw ScenarioErrors([
        ScenarioProblem(
          key: "clock.horizon",
          "at the given rate \(count) cases take more than 1000 years to arrive; count fewer cases or "
            + "raise 'demand.arrivals.rate'", at: SourceLocation(path: path))
      ])
    }
    return time.instant(clock.start.advanced(by: max(1, Int(days.rounded(.up)))), minute: 0)
  }

  private func midnight(
    atOrAfter instant: Int64, _ time: LocalTime, from date: CivilDate
  ) -> Int64 {
    var day = date
    while time.instant(day, minute: 0) < instant { day = day.advanced(by: 1) }
    return time.instant(day, minute: 0)
  }

  private func noWorkingDays() -> ScenarioErrors {
    ScenarioErrors([
      ScenarioProblem(
        key: "clock.working_days",
        "the calendar '\(clock.workingDays)' has no working day within the horizon; check its "
          + "holidays and 'clock.horizon'", at: SourceLocation(path: path))
    ])
  }
}

extension ScenarioCalendar {
  /// When the last hours that begin on a date end; `nil` where none begin.
  func close(of date: CivilDate, _ time: LocalTime) -> Int64? {
    if isAlways { return time.instant(date, minute: 1440) }
    return hours(beginningOn: date, time).map(\.close).max()
  }

  /// The calendar in simulated time, over the dates of a clock.
  func compiled(_ clock: CompiledClock) -> WorkCalendar {
    if isAlways { return .continuous }
    var spans: [(open: Int64, close: Int64)] = []
    var date = clock.firstDate
    while date <= clock.lastDate {
      spans += hours(beginningOn: date, clock.time).map { ($0.open, $0.close) }
      date = date.advanced(by: 1)
    }
    return WorkCalendar(spans, repeating: clock.repetition)
  }
}
