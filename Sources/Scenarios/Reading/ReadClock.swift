internal import Facts
internal import Foundation

extension ScenarioAssembly {
  // MARK: Calendars

  /// The calendars; a missing or wrong one is reported.
  func readCalendars() -> [ScenarioCalendar] {
    let section = reading.group(top, "calendars")
    let key = reading.key("calendars.*")
    var result: [ScenarioCalendar] = []
    for member in section.node?.members ?? [] {
      if let calendar = readCalendar(member, key) { result.append(calendar) }
    }
    if section.isPresent, (section.node?.members ?? []).isEmpty {
      reading.reportMissing(key, section, "office")
    }
    return result
  }

  private func readCalendar(
    _ member: ScenarioNode.Member, _ key: ScenarioKey
  ) -> ScenarioCalendar? {
    let node = member.node
    if node.text == "always" {
      reading.record(
        path: node.path, text: "always", value: nil, unit: "", claim: node.claim,
        at: node.location)
      return ScenarioCalendar(name: member.key, shifts: [], isAlways: true, holidays: [])
    }
    var lines: [ScenarioNode]?
    var linesKey = key
    var holidays: [CivilDate] = []
    if node.isMap {
      let section = Section(
        node: node, pattern: "calendars.*", path: node.path, location: member.keyLocation)
      linesKey = reading.key("calendars.*.weekly")
      if let weekly = node["weekly"], !reading.isEmpty(weekly) {
        lines = reading.leaves(of: weekly, linesKey)
      } else {
        reading.reportMissing(linesKey, section, "weekly")
      }
      holidays = readHolidays(section)
    } else {
      lines = reading.leaves(of: node, key)
    }
    guard let lines else { return nil }
    return weeklyCalendar(member, lines: lines, key: linesKey, holidays: holidays)
  }

  private func weeklyCalendar(
    _ member: ScenarioNode.Member, lines: [ScenarioNode], key: ScenarioKey,
    holidays: [CivilDate]
  ) -> ScenarioCalendar? {
    var shifts: [WeeklyShift] = []
    var isWhole = true
    for line in lines {
      let parsed = reading.checked(line.text ?? "", key, at: line, number: { _ in nil }) {
        text throws(ValueError) in try parseWeeklyLine(text)
      }
      if let parsed { shifts += parsed } else { isWhole = false }
    }
    guard isWhole else { return nil }
    if shifts.isEmpty {
      reading.report(
        key: member.node.path, "the calendar '\(member.key)' has no hours",
        at: member.node.location)
      return nil
    }
    if let (first, second) = overlap(of: shifts) {
      reading.report(
        key: member.node.path,
        "the calendar '\(member.key)' has shifts that overlap, one of \(first.weekday.rawValue) "
          + "and one of \(second.weekday.rawValue); write each hour once",
        at: member.node.location)
      return nil
    }
    let text = lines.compactMap(\.text).joined(separator: "; ")
    reading.record(
      path: member.node.path, text: text, value: nil, unit: "", claim: member.node.claim,
      at: member.node.location)
    return ScenarioCalendar(
      name: member.key, shifts: shifts.sorted(by: isEarlier), isAlways: false,
      holidays: holidays)
  }

  private func isEarlier(_ a: WeeklyShift, _ b: WeeklyShift) -> Bool {
    let days = Weekday.allCases
    return (days.firstIndex(of: a.weekday) ?? 0, a.open)
      < (days.firstIndex(of: b.weekday) ?? 0, b.open)
  }

  private func readHolidays(_ section: Section) -> [CivilDate] {
    let key = reading.key("calendars.*.holidays")
    guard let node = section.node?["holidays"], !reading.isEmpty(node),
      let leaves = reading.leaves(of: node, key)
    else { return [] }
    if leaves.count > 2000 {
      reading.report(
        key: node.path, "'\(node.path)' has \(leaves.count) dates; at most 2000 are read",
        at: node.location)
      return []
    }
    let dates = leaves.compactMap { leaf in
      reading.checked(leaf.text ?? "", key, at: leaf, number: { _ in nil }) {
        text throws(ValueError) in
        if text.lowercased().hasSuffix(".ics") {
          throw ValueError("calendar files come in a later version; list the dates")
        }
        return try parseDate(text)
      }
    }
    reading.record(
      path: node.path, text: dates.map(\.description).joined(separator: ", "), value: nil,
      unit: "", claim: node.claim, at: node.location)
    return Set(dates).sorted()
  }

  // MARK: Clock

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
        path: section.path(of: "follow_cases_for"), text: "until they are done", value: nil, unit: "",
        claim: ScenarioNode.Claim(
          provenance: .assumed, note: "the horizon is a number of cases, which all count"),
        at: section.location)
      return .untilDone
    }
    return reading.duration(section, "follow_cases_for")
      .map { .time(Int64(($0.seconds * 1e6).rounded())) }
  }

  private func requireWholeDays(
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

  private func readStartState(
    _ section: Section, variants: [String], baseline: String?
  ) -> StartState? {
    let key = reading.key("clock.start_state")
    let node = section.node?["start_state"]
    guard let node, !reading.isEmpty(node) else {
      if case .standard(let text, let source) = key.presence {
        reading.record(
          path: "clock.start_state", text: text, value: nil, unit: "",
          claim: ScenarioNode.Claim(provenance: .assumed, note: source), at: section.location)
      }
      return baseline.map { .variant(variants.contains("as-is") ? "as-is" : $0, days: 56) }
    }
    if !node.isMap {
      guard reading.choice(section, "start_state") != nil else { return nil }
      return .empty
    }
    let state = Section(
      node: node, pattern: "clock.start_state", path: node.path, location: node.location)
    let today = runInDays(state, "as-is")
    let own = runInDays(state, "each")
    let variant = reading.name(state, "variant", among: variants)
    let given = ["as-is", "each"].filter { node[$0] != nil }
    guard given.count == 1 else {
      reading.report(
        key: node.path,
        given.isEmpty
          ? "'\(node.path)' does not say how long the stack works before day 0; write "
            + "`{ as-is: 8 weeks }`"
          : "'\(node.path)' has both 'as-is' and 'each'; keep one of them", at: node.location)
      return nil
    }
    if let own {
      if let odd = node["variant"] {
        reading.report(
          key: odd.path, "'\(odd.path)' counts for nothing beside 'each'; remove it",
          at: odd.location)
      }
      return .own(days: own)
    }
    let name = variant ?? (variants.contains("as-is") ? "as-is" : baseline)
    guard let today, let name else { return nil }
    return .variant(name, days: today)
  }
}

extension ScenarioAssembly {
  private func runInDays(_ state: Section, _ name: String) -> Int? {
    guard let length = reading.duration(state, name)?.written,
      requireWholeDays(length, name, state)
    else { return nil }
    return Int(length.unit == .weeks ? length.amount * 7 : length.amount)
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
  let known = TimeZone.knownTimeZoneIdentifiers
  if text == "UTC" || (known.contains(text) && TimeZone(identifier: text) != nil) { return }
  let hint = nearestName(to: text, among: known).map { "; did you mean '\($0)'?" } ?? ""
  throw ValueError("there is no such time zone\(hint)")
}
