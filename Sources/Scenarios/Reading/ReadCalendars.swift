internal import Facts

extension ScenarioAssembly {
  /// The calendars; a missing or wrong one is reported.
  func readCalendars() -> [ScenarioCalendar] {
    let section = reading.group(top, "calendars")
    for key in ["calendars.*", "calendars.*.extends"] { _ = reading.key(key) }
    let members = section.node?.members ?? []
    if section.isPresent, members.isEmpty {
      reading.reportMissing(reading.key("calendars.*"), section, "office")
    }
    var reader = CalendarReading(assembly: self, members: members)
    return members.compactMap { reader.calendar($0) }
  }
}

/// Reads calendars, each after the one that it extends.
private struct CalendarReading {
  typealias Section = ScenarioReading.Section

  let assembly: ScenarioAssembly
  let members: [ScenarioNode.Member]
  /// Calendars read so far, by name; `nil` for one that is wrong.
  private var known: [String: ScenarioCalendar?] = [:]
  /// Names of the calendars that are being read, each extended by the one before.
  private var row: [String] = []

  init(assembly: ScenarioAssembly, members: [ScenarioNode.Member]) {
    self.assembly = assembly
    self.members = members
  }

  private var reading: ScenarioReading { assembly.reading }

  mutating func calendar(_ member: ScenarioNode.Member) -> ScenarioCalendar? {
    if let calendar = known[member.key] { return calendar }
    row.append(member.key)
    let calendar = read(member)
    row.removeLast()
    known.updateValue(calendar, forKey: member.key)
    return calendar
  }

  private mutating func read(_ member: ScenarioNode.Member) -> ScenarioCalendar? {
    let node = member.node
    var calendar = ScenarioCalendar(name: member.key, shifts: [], isAlways: false, holidays: [])
    guard node.isMap else {
      guard setHours(of: &calendar, member, from: node, reading.key("calendars.*")) else {
        return nil
      }
      return calendar
    }
    let section = Section(
      node: node, pattern: "calendars.*", path: node.path, location: member.keyLocation)
    let isExtension = node["extends"].map { !reading.isEmpty($0) } ?? false
    if isExtension {
      guard let base = extended(by: member.key, section) else { return nil }
      calendar = base
      calendar.name = member.key
    }
    let key = reading.key("calendars.*.weekly")
    if let weekly = node["weekly"], !reading.isEmpty(weekly) {
      guard setHours(of: &calendar, member, from: weekly, key) else { return nil }
    } else if !isExtension {
      reading.reportMissing(key, section, "weekly")
      return nil
    }
    var exceptions = CalendarExceptions(assembly: assembly, calendar: calendar)
    exceptions.read(section)
    return exceptions.calendar
  }

  private mutating func extended(by name: String, _ section: Section) -> ScenarioCalendar? {
    guard let base = reading.name(section, "extends", among: members.map(\.key)),
      let member = members.first(where: { $0.key == base })
    else { return nil }
    if row.contains(base) {
      let node = section.node?["extends"]
      let circle = row.drop { $0 != base } + [base]
      reading.report(
        key: section.path(of: "extends"),
        "the calendar '\(name)' extends itself (\(circle.joined(separator: " → "))); let one of them "
          + "stand for itself", at: node?.location ?? section.location)
      return nil
    }
    return calendar(member)
  }

  // MARK: Hours of the week

  /// Sets the hours of an ordinary week; `false` where they are wrong, which is then reported.
  private func setHours(
    of calendar: inout ScenarioCalendar, _ member: ScenarioNode.Member, from node: ScenarioNode,
    _ key: ScenarioKey
  ) -> Bool {
    calendar.isAlways = node.text == "always"
    calendar.shifts = []
    if !calendar.isAlways {
      guard let lines = reading.leaves(of: node, key), let shifts = shifts(of: lines, member, key)
      else { return false }
      calendar.shifts = shifts
    }
    let text =
      if case .list(let lines) = node.content {
        lines.compactMap(\.text).joined(separator: "; ")
      } else { node.text ?? "" }
    reading.record(
      path: member.node.path, text: text, value: nil, unit: "", claim: member.node.claim,
      at: member.node.location)
    return true
  }

  private func shifts(
    of lines: [ScenarioNode], _ member: ScenarioNode.Member, _ key: ScenarioKey
  ) -> [WeeklyShift]? {
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
    return shifts.sorted(by: isEarlier)
  }

  private func isEarlier(_ a: WeeklyShift, _ b: WeeklyShift) -> Bool {
    let days = Weekday.allCases
    return (days.firstIndex(of: a.weekday) ?? 0, a.open)
      < (days.firstIndex(of: b.weekday) ?? 0, b.open)
  }
}
