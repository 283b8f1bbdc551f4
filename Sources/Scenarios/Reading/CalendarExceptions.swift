internal import DocumentReading
internal import Facts
internal import Foundation

/// Reads what differs from the ordinary week of a calendar: holidays, closed hours, extra hours.
struct CalendarExceptions {
  typealias Section = ScenarioReading.Section

  let assembly: ScenarioAssembly
  /// The calendar, with what it extends; what is read is added.
  private(set) var calendar: ScenarioCalendar

  init(assembly: ScenarioAssembly, calendar: ScenarioCalendar) {
    self.assembly = assembly
    self.calendar = calendar
  }

  private var reading: ScenarioReading { assembly.reading }

  /// Bound on the days of one calendar that are no ordinary ones.
  private static let mostDays = 100_000

  mutating func read(_ section: Section) {
    readHolidays(section)
    let closed = readHours(section, "closed")
    let closing = (calendar.closedHours + closed).map { ($0.from, $0.to) }
    calendar.closedHours = joined(closing).map { LocalSpan(from: $0.from, to: $0.to) }
    let extra = (calendar.extraHours + readHours(section, "extra"))
      .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    calendar.extraHours = []
    for span in extra {
      // What two of them name is open once.
      let from = max(span.from, calendar.extraHours.last?.to ?? span.from)
      if from < span.to { calendar.extraHours.append(LocalSpan(from: from, to: span.to)) }
    }
    let hasExceptions =
      !calendar.holidays.isEmpty || !calendar.closedHours.isEmpty
      || !calendar.closedInstants.isEmpty
    if calendar.isAlways, hasExceptions {
      calendar.isAlways = false
      calendar.shifts = ScenarioCalendar.everyDay
    }
  }

  /// Hours of single dates.
  private func readHours(_ section: Section, _ name: String) -> [LocalSpan] {
    let key = reading.key(section.pattern(of: name))
    guard let (node, leaves) = leaves(section, name, key) else { return [] }
    let spans = leaves.compactMap { leaf in
      reading.checked(leaf.text ?? "", key, at: leaf, number: { _ in nil }) {
        text throws(ValueError) in
        if isFile(text) {
          throw ValueError(
            "calendar files stand under 'holidays', where their timed events close hours")
        }
        return try parseDatedHours(text)
      }
    }
    reading.record(
      path: node.path, text: leaves.compactMap(\.text).joined(separator: ", "), value: nil,
      unit: "", claim: node.claim, at: node.location)
    return spans
  }

  private func leaves(
    _ section: Section, _ name: String, _ key: ScenarioKey
  ) -> (ScenarioNode, [ScenarioNode])? {
    guard let node = section.node?[name], !reading.isEmpty(node),
      let leaves = reading.leaves(of: node, key)
    else { return nil }
    if leaves.count > 2000 {
      reading.report(
        key: node.path, "'\(node.path)' has \(leaves.count) entries; at most 2000 are read",
        at: node.location)
      return nil
    }
    return (node, leaves)
  }

  private func isFile(_ text: String) -> Bool { text.lowercased().hasSuffix(".ics") }

  // MARK: Holidays

  private mutating func readHolidays(_ section: Section) {
    let key = reading.key("calendars.*.holidays")
    guard let (node, leaves) = leaves(section, "holidays", key) else { return }
    var dates = Set(calendar.holidays)
    var notes: [String] = []
    for leaf in leaves {
      if let text = leaf.text, isFile(text) {
        if let note = readFile(text, leaf, into: &dates) { notes.append(note) }
      } else if let own = reading.checked(
        leaf.text ?? "", key, at: leaf, number: { _ in nil },
        parse: { text throws(ValueError) in try parseDates(text) })
      {
        dates.formUnion(own)
      }
    }
    if dates.count > Self.mostDays {
      reading.report(
        key: node.path, "'\(node.path)' names more than \(Self.mostDays) days; shorten it",
        at: node.location)
      return
    }
    calendar.holidays = dates.sorted()
    var claim = node.claim
    if claim.note == nil, !notes.isEmpty {
      claim = ScenarioNode.Claim(provenance: .imported, note: notes.joined(separator: "; "))
    }
    reading.record(
      path: node.path, text: leaves.compactMap(\.text).joined(separator: ", "), value: nil,
      unit: "", claim: claim, at: node.location)
  }

  /// Adds what a calendar file says: its whole days are holidays, its other events closed hours.
  ///
  /// - Returns: what was found, for the record; `nil` where it cannot be read, which is then reported.
  private mutating func readFile(
    _ name: String, _ leaf: ScenarioNode, into dates: inout Set<CivilDate>
  ) -> String? {
    let bytes: [UInt8]
    let found: [CalendarOccurrence]
    do {
      bytes = try assembly.files(name)
      found = try parseCalendarFile(bytes, path: name, days: days)
    } catch {
      reading.report(
        key: leaf.path, "'\(leaf.path)' cannot be read: \(error)", at: leaf.location)
      return nil
    }
    var own: Set<CivilDate> = []
    var floating: [(from: Int, to: Int)] = calendar.closedHours.map { ($0.from, $0.to) }
    var instants: [(from: Int, to: Int)] = calendar.closedInstants.map {
      ($0.lowerBound, $0.upperBound)
    }
    var closings = 0
    for occurrence in found {
      switch occurrence.span {
      case .days(let range):
        own.formUnion(range.clamped(to: days).map { CivilDate(dayNumber: $0) })
      case .wallClock(let range, nil):
        floating.append((range.lowerBound / 60, (range.upperBound + 59) / 60))
        closings += 1
      case .wallClock(let range, let zone?):
        guard let zone = TimeZone(identifier: zone) else { continue }
        instants.append(
          (
            LocalTime.secondsSince1970(wallClock: range.lowerBound, in: zone),
            LocalTime.secondsSince1970(wallClock: range.upperBound, in: zone)
          ))
        closings += 1
      case .instants(let range):
        instants.append((range.lowerBound, range.upperBound))
        closings += 1
      }
    }
    dates.formUnion(own)
    calendar.closedHours = joined(floating).map { LocalSpan(from: $0.from, to: $0.to) }
    calendar.closedInstants = joined(instants).map { $0.from..<$0.to }
    calendar.files.append(
      ScenarioCalendar.File(
        name: name, location: leaf.location, holidays: own.sorted(), hasClosedHours: closings > 0))
    let digest = contentDigest(bytes).prefix(12)
    return
      "\(own.count) holidays and \(closings) closed hours of \(shown(name)), SHA-256 \(digest)…"
  }

  /// Days that any run of the scenario can come to: run-in, horizon and follow-up last twenty years
  /// each at most.
  private var days: Range<Int> {
    let start =
      assembly.root["clock"]?["start"]?.text.flatMap { CivilDate($0) }
      ?? CivilDate(dayNumber: 20_454)
    return (start.dayNumber - 21 * 366)..<(start.dayNumber + 41 * 366)
  }
}
