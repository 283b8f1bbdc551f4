internal import CLibICal
internal import Facts
internal import Foundation

/// Time zones that an iCalendar file defines itself, by their names there.
///
/// libical keeps what it works out of them in the zone, so that a file has its own and nothing is
/// shared.
final class CalendarZones {
  private var zones: [String: OpaquePointer] = [:]
  private let path: String

  init(_ components: [CalendarComponent], path: String) throws(DocumentError) {
    self.path = path
    for component in components where component.name == "VTIMEZONE" {
      guard let name = component.lines.first(where: { $0.name == "TZID" }) else { continue }
      let identifier = String(name.text.drop { $0 != ":" }.dropFirst())
      // Zones of the database need no definition, and its rules are the better ones.
      if isKnown(identifier) || zones[identifier] != nil { continue }
      for line in component.all where line.name == "RRULE" {
        guard line.text.uppercased().contains("FREQ=YEARLY") else {
          throw DocumentError(
            .malformed, "a time zone changes its clocks by a rule that is not yearly",
            at: SourceLocation(path: path, line: line.line))
        }
      }
      let text = component.all.map(\.text).joined(separator: "\r\n")
      let parsed = icalparser_parse_string("BEGIN:VTIMEZONE\r\n\(text)\r\nEND:VTIMEZONE\r\n")
      guard let parsed, let zone = icaltimezone_new(), icalcomponent_count_errors(parsed) == 0,
        icaltimezone_set_component(zone, parsed) != 0
      else {
        throw DocumentError(
          .malformed, "the time zone that begins here cannot be read; export the file again",
          at: SourceLocation(path: path, line: component.line))
      }
      zones[identifier] = zone
    }
  }

  deinit {
    for zone in zones.values { icaltimezone_free(zone, 1) }
  }

  func isKnown(_ identifier: String) -> Bool {
    identifier == "UTC" || TimeZone.knownTimeZoneIdentifiers.contains(identifier)
  }

  /// The clock that a name stands for.
  func clock(_ identifier: String, line: Int) throws(DocumentError) -> CalendarClock {
    if isKnown(identifier) { return .zone(identifier) }
    if zones[identifier] != nil { return .defined(identifier) }
    throw DocumentError(
      .malformed,
      "the time zone named here is neither in the IANA database nor defined in the file; export it "
        + "with its time zones", at: SourceLocation(path: path, line: line))
  }

  /// Seconds since 1970 UTC of a wall-clock time by a zone that the file defines.
  func instant(_ wall: Int, in identifier: String) -> Int {
    guard let zone = zones[identifier] else { return wall }
    return Int(
      icaltime_as_timet_with_zone(icaltime_from_timet_with_zone(time_t(wall), 0, nil), zone))
  }

  /// The wall-clock time of an instant by such a zone.
  func wall(_ instant: Int, in identifier: String) -> Int {
    guard let zone = zones[identifier] else { return instant }
    let utc = icaltimezone_get_utc_timezone()
    let time = icaltime_from_timet_with_zone(time_t(instant), 0, utc)
    return Int(icaltime_as_timet(icaltime_convert_to_zone(time, zone)))
  }
}

/// The clock that a time of an event is told by.
enum CalendarClock: Hashable {
  /// None: whole days.
  case days
  /// That of whoever reads it.
  case floating
  case utc
  /// A zone of the IANA database.
  case zone(String)
  /// A zone that the file defines.
  case defined(String)
}

/// An event of an iCalendar file; its times are wall-clock seconds since 1970 of its own clock.
struct CalendarEvent {
  let uid: String?
  let isCancelled: Bool
  /// Whether it takes no time of anybody, and lasts no whole days.
  let leavesPeopleFree: Bool
  /// Start of the occurrence that this event replaces.
  let replaces: Int?
  let line: Int
  private let clock: CalendarClock
  private let start: Int
  private let length: Int
  private let rules: [(rule: icalrecurrencetype, line: Int)]
  private let additional: [Int]
  private let excluded: Set<Int>
  /// Days on which nothing begins, by their first moments.
  private let excludedDays: Set<Int>
  private let zones: CalendarZones

  init(_ component: CalendarComponent, zones: CalendarZones, path: String) throws(DocumentError) {
    self.zones = zones
    line = component.line
    var reader = CalendarEventReader(zones: zones, path: path)
    for line in component.lines { try reader.take(line) }
    guard let start = reader.start else {
      throw DocumentError(
        .malformed, "the event that begins here has no DTSTART; export the file again",
        at: SourceLocation(path: path, line: component.line))
    }
    uid = reader.uid
    isCancelled = reader.isCancelled
    clock = start.clock
    self.start = start.wall
    leavesPeopleFree = reader.isTransparent && start.clock != .days
    length = try reader.length(from: start)
    let clock = start.clock
    func own(_ time: CalendarEventReader.Time) -> Int {
      time.wall(by: clock, zones: zones)
    }
    replaces = reader.replaces.map(own)
    additional = reader.additional.map(own)
    excluded = Set(reader.excluded.map(own))
    excludedDays = Set(reader.excluded.filter { $0.clock == .days }.map(\.wall))
    rules = reader.rules.map { rule, line in
      var rule = rule
      // libical compares the end of a rule with times of no zone.
      if icaltime_is_null_time(rule.until) == 0, icaltime_is_utc(rule.until) != 0 {
        let until = CalendarEventReader.Time(
          wall: wallSeconds(rule.until), clock: .utc, line: line)
        rule.until = icaltime_from_timet_with_zone(
          time_t(clock == .days ? until.wall : own(until)), 0, nil)
      }
      return (rule, line)
    }
  }

  /// Starts of all occurrences up to the end of some days, each once, in order.
  ///
  /// - Parameter step: called before each step of a rule; throws where there were enough.
  func starts(
    in days: Range<Int>, path: String, step: () throws(DocumentError) -> Void
  ) throws(DocumentError) -> [Int] {
    let last = (days.upperBound + 1) * 86_400
    var starts = Set(additional + [start])
    for (rule, line) in rules {
      let first = wallTime(start, isDate: clock == .days)
      guard let iterator = icalrecur_iterator_new(rule, first) else {
        throw DocumentError(
          .malformed, "this recurrence rule cannot be followed; list the dates",
          at: SourceLocation(path: path, line: line))
      }
      defer { icalrecur_iterator_free(iterator) }
      while true {
        try step()
        let next = icalrecur_iterator_next(iterator)
        if icaltime_is_null_time(next) != 0 { break }
        let wall = wallSeconds(next)
        if wall > last { break }
        starts.insert(wall)
      }
    }
    return starts.subtracting(excluded).filter { !excludedDays.contains(dayStart(of: $0)) }.sorted()
  }

  private func dayStart(of wall: Int) -> Int {
    wall - (wall % 86_400 + 86_400) % 86_400
  }

  /// When the occurrence with a start takes place; `nil` where it has no length.
  func span(from start: Int) -> CalendarOccurrence.Span? {
    guard length > 0 else { return nil }
    let wall = start..<(start + length)
    switch clock {
    case .days:
      let first = start / 86_400 - (start % 86_400 < 0 ? 1 : 0)
      return .days(first..<(first + length / 86_400))
    case .floating: return .wallClock(wall, zone: nil)
    case .zone(let name): return .wallClock(wall, zone: name)
    case .utc: return .instants(wall)
    case .defined(let name):
      let (from, to) = (
        zones.instant(wall.lowerBound, in: name), zones.instant(wall.upperBound, in: name)
      )
      return from < to ? .instants(from..<to) : nil
    }
  }
}
