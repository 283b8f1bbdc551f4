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
}

extension Scenario {
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
    var closes: [Int64] = []
    var dates: [CivilDate] = []
    var date = clock.start
    var horizon = fixedHorizon(time)
    let workingDays = Int(clock.horizon.amount.rounded())
    // A calendar of nothing but holidays would never give enough working days.
    let lastUseful = clock.start.advanced(by: 40_000)
    while true {
      if let horizon, time.instant(date, minute: 0) >= horizon {
        let within = closes.count { $0 <= horizon }
        let wanted = within + exhaustion.backlogHolds + exhaustion.backlogDays
        if closes.count >= wanted { break }
      }
      guard date < lastUseful else { throw noWorkingDays() }
      if let close = working.close(of: date, time) {
        closes.append(close)
        dates.append(date)
        if horizon == nil, closes.count == workingDays {
          horizon = midnight(atOrAfter: close, time, from: date)
        }
      }
      date = date.advanced(by: 1)
    }
    let end = horizon ?? 0
    let horizonDays = closes.count { $0 <= end }
    guard horizonDays > 0 else { throw noWorkingDays() }
    let firstDate = clock.start.advanced(by: -clock.startState.days)
    let runEnd = clock.start.advanced(by: Int((end + clock.followUp) / 86_400_000_000) + 2)
    return CompiledClock(
      time: time,
      timeline: Timeline(
        runInStart: clock.startState.days > 0 ? time.instant(firstDate, minute: 0) : 0,
        horizon: end,
        followUp: clock.followUp, dayCloses: closes, horizonDays: horizonDays,
        sampledDays: horizonDays + exhaustion.backlogHolds),
      // A shift of the evening before may reach into the first date.
      dates: dates, firstDate: firstDate.advanced(by: -1), lastDate: max(date, runEnd))
  }

  /// The end of a horizon of calendar days; `nil` for one of working days.
  private func fixedHorizon(_ time: LocalTime) -> Int64? {
    switch clock.horizon.unit {
    case .workingDays: nil
    case .weeks:
      time.instant(clock.start.advanced(by: Int((clock.horizon.amount * 7).rounded())), minute: 0)
    default: time.instant(clock.start.advanced(by: Int(clock.horizon.amount.rounded())), minute: 0)
    }
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
    return WorkCalendar(spans)
  }
}
