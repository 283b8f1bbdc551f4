internal import Facts
internal import Foundation

extension ScenarioAssembly {
  /// Start, horizon and start state.
  func readClock(variants: [String], baseline: String?) -> ScenarioClock? {
    let section = reading.group(top, "clock")
    guard section.isPresent else { return nil }
    let start: CivilDate? = reading.scalar(section, "start") { text throws(ValueError) in
      try parseDate(text)
    }
    let zone: String? = reading.scalar(section, "time_zone") { text throws(ValueError) in
      try requireTimeZone(text)
      return text
    }
    let workingDays =
      reading.name(section, "working_days", among: calendarNames) ?? calendars.first?.name
    if let calendar = calendars.first(where: { $0.name == workingDays }) {
      reading.workingDay = calendar.workingDaySeconds
    }
    let horizon = reading.horizon(section, "horizon")
    let isWhole =
      switch horizon {
      case .time(let length): requireWholeDays(length, "horizon", section)
      case .cases: true
      case nil: false
      }
    let followUp = readFollowUp(section, horizon)
    let state = readStartState(section, variants: variants, baseline: baseline)
    guard let start, let zone, let horizon, isWhole, let followUp, let state, let workingDays else {
      return nil
    }
    return ScenarioClock(
      start: start, timeZone: zone, horizon: horizon, startState: state,
      followUp: followUp,
      workingDays: workingDays)
  }

  /// How long cases are followed: by default a quarter, but to their end where their number is given.
  ///
  /// `nil` where it is wrong, which is then reported.
  private func readFollowUp(_ section: Section, _ horizon: ScenarioHorizon?) -> FollowUp? {
    let given = section.node?["follow_cases_for"]
    if case .cases = horizon, given.map(reading.isEmpty) ?? true {
      reading.record(
        path: section.path(of: "follow_cases_for"), text: "until they are done", value: nil,
        unit: "",
        claim: ScenarioNode.Claim(
          provenance: .assumed, note: "the horizon is a number of cases, which all count"),
        at: section.location, isDefault: true)
      return .untilDone
    }
    return reading.duration(section, "follow_cases_for")
      .map { .time(Int64(($0.seconds * 1e6).rounded())) }
  }

  /// Whether a length is of whole days; reported where it is not.
  func requireWholeDays(
    _ duration: ScenarioDuration, _ name: String, _ section: Section
  ) -> Bool {
    let isWhole =
      switch duration.unit {
      case .days, .workingDays: duration.amount.rounded() == duration.amount
      case .weeks: (duration.amount * 7).rounded() == duration.amount * 7
      default: false
      }
    if !isWhole, let node = section.node?[name] {
      reading.report(
        key: node.path,
        "'\(node.path)' is `\(shown(node.text ?? ""))`, not a whole number of days; write days, "
          + "weeks or working days", at: node.location)
    }
    return isWhole
  }
}

/// Reads `2026-01-05`.
func parseDate(_ text: String) throws(ValueError) -> CivilDate {
  guard let date = CivilDate(text) else {
    throw ValueError("it is no date of the form year-month-day")
  }
  return date
}

/// Refuses a name that is no time zone of the IANA database.
private func requireTimeZone(_ text: String) throws(ValueError) {
  // The system's list lacks names that the database has: those by distance, such as Etc/GMT-1, and newer spellings,
  // such as Asia/Kolkata.
  let known = TimeZone.knownTimeZoneIdentifiers
  if text == "UTC" { return }
  if known.contains(text) || text.contains("/"), TimeZone(identifier: text) != nil {
    return
  }
  let hint = nearestName(to: text, among: known).map { "; did you mean '\($0)'?" } ?? ""
  throw ValueError("there is no such time zone\(hint)")
}
