internal import CLibICal
internal import Facts
internal import Foundation

/// Collects what the properties of an event say, each read by libical.
struct CalendarEventReader {
  let zones: CalendarZones
  let path: String
  var uid: String?
  var isCancelled = false
  var isTransparent = false
  var start: Time?
  var end: Time?
  var duration: (seconds: Int, line: Int)?
  var replaces: Time?
  var rules: [(rule: icalrecurrencetype, line: Int)] = []
  var additional: [Time] = []
  var excluded: [Time] = []

  init(zones: CalendarZones, path: String) {
    self.zones = zones
    self.path = path
  }

  /// A time by a clock, in wall-clock seconds since 1970.
  struct Time {
    var wall: Int
    var clock: CalendarClock
    var line: Int

    /// The same time by another clock; days and floating times are the same by all.
    func wall(by other: CalendarClock, zones: CalendarZones) -> Int {
      if clock == other || clock == .days || clock == .floating || other == .days {
        return wall
      }
      let instant: Int =
        switch clock {
        case .zone(let name): instantByZone(name)
        case .defined(let name): zones.instant(wall, in: name)
        default: wall
        }
      switch other {
      case .zone(let name):
        let zone = TimeZone(identifier: name) ?? .gmt
        return instant + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
      case .defined(let name): return zones.wall(instant, in: name)
      default: return instant
      }
    }

    private func instantByZone(_ name: String) -> Int {
      let zone = TimeZone(identifier: name) ?? .gmt
      let guess = wall - zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wall)))
      return wall - zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(guess)))
    }
  }

  mutating func take(_ line: CalendarLine) throws(DocumentError) {
    switch line.name {
    case "UID": uid = String(line.text.drop { $0 != ":" }.dropFirst())
    case "DTSTART": start = try times(line).first ?? start
    case "DTEND": end = try times(line).first ?? end
    case "RECURRENCE-ID":
      if line.text.uppercased().contains("RANGE=") {
        throw unsupported("RANGE, which changes all later occurrences", line)
      }
      replaces = try times(line).first
    case "RDATE": additional += try times(line)
    case "EXDATE": excluded += try times(line)
    case "EXRULE": throw unsupported("EXRULE, which RFC 5545 gave up", line)
    case "STATUS", "TRANSP":
      let value = line.text.drop { $0 != ":" }.dropFirst().filter { !$0.isWhitespace }.uppercased()
      if line.name == "STATUS" { isCancelled = value == "CANCELLED" }
      if line.name == "TRANSP" { isTransparent = value == "TRANSPARENT" }
    case "DURATION": try takeDuration(line)
    case "RRULE": try takeRule(line)
    default: break
    }
  }

  /// How long the event lasts, in seconds.
  func length(from start: Time) throws(DocumentError) -> Int {
    var length = start.clock == .days ? 86_400 : 0
    if let end {
      if (end.clock == .days) != (start.clock == .days) {
        throw malformed("this end and the event's start are not both dates or both times", end.line)
      }
      let difference = end.wall(by: start.clock, zones: zones) - start.wall
      guard difference >= 0 else { throw malformed("the event ends before it begins", end.line) }
      // Some programs write the same date twice where one day is meant.
      length = start.clock == .days ? max(86_400, difference) : difference
    } else if let duration {
      guard duration.seconds >= 0 else {
        throw malformed("the event has a negative duration", duration.line)
      }
      length =
        start.clock == .days
        ? max(1, (duration.seconds + 86_399) / 86_400) * 86_400 : duration.seconds
    }
    // No holiday is longer than a life; sums stay far from overflowing.
    return min(length, 100 * 366 * 86_400)
  }

  // MARK: Values

  private func malformed(_ message: String, _ line: Int) -> DocumentError {
    DocumentError(
      .malformed, "\(message); mend or export it again", at: SourceLocation(path: path, line: line))
  }

  private func unsupported(_ what: String, _ line: CalendarLine) -> DocumentError {
    DocumentError(
      .malformed, "the event uses \(what); it is not supported, list the dates instead",
      at: SourceLocation(path: path, line: line.line))
  }

  /// Gives the properties of a line to a function; one line may hold several dates.
  private func withProperties(
    of line: CalendarLine, _ read: (OpaquePointer) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    let parsed = icalparser_parse_string("BEGIN:VEVENT\r\n\(line.text)\r\nEND:VEVENT\r\n")
    guard let parsed else { throw malformed("\(line.name) cannot be read", line.line) }
    defer { icalcomponent_free(parsed) }
    guard icalcomponent_count_errors(parsed) == 0,
      var property = icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY)
    else { throw malformed("\(line.name) has a value that cannot be read", line.line) }
    while true {
      try read(property)
      guard let next = icalcomponent_get_next_property(parsed, ICAL_ANY_PROPERTY) else { return }
      property = next
    }
  }

  private func times(_ line: CalendarLine) throws(DocumentError) -> [Time] {
    var result: [Time] = []
    try withProperties(of: line) { property throws(DocumentError) in
      let value: icaltimetype
      switch icalproperty_isa(property) {
      case ICAL_DTSTART_PROPERTY: value = icalproperty_get_dtstart(property)
      case ICAL_DTEND_PROPERTY: value = icalproperty_get_dtend(property)
      case ICAL_EXDATE_PROPERTY: value = icalproperty_get_exdate(property)
      case ICAL_RECURRENCEID_PROPERTY: value = icalproperty_get_recurrenceid(property)
      case ICAL_RDATE_PROPERTY:
        let date = icalproperty_get_rdate(property)
        if icaltime_is_null_time(date.time) != 0 {
          throw unsupported("RDATE with periods", line)
        }
        value = date.time
      default: throw malformed("\(line.name) cannot be read", line.line)
      }
      var clock: CalendarClock = .floating
      if value.is_date != 0 {
        clock = .days
      } else if icaltime_is_utc(value) != 0 {
        clock = .utc
      } else if let zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER),
        let name = icalparameter_get_tzid(zone)
      {
        clock = try zones.clock(String(cString: name), line: line.line)
      }
      result.append(Time(wall: try wall(value, line), clock: clock, line: line.line))
    }
    return result
  }

  private func wall(_ time: icaltimetype, _ line: CalendarLine) throws(DocumentError) -> Int {
    guard 1...9999 ~= time.year, 1...12 ~= time.month, time.day >= 1,
      time.day <= icaltime_days_in_month(time.month, time.year), 0...23 ~= time.hour,
      0...59 ~= time.minute, 0...60 ~= time.second
    else { throw malformed("\(line.name) names a date or time that does not exist", line.line) }
    return wallSeconds(time)
  }

  private mutating func takeDuration(_ line: CalendarLine) throws(DocumentError) {
    var seconds = 0
    try withProperties(of: line) { property throws(DocumentError) in
      let value = icalproperty_get_duration(property)
      // In 64 bits: libical's own sum overflows.
      seconds = Int(value.seconds) + 60 * Int(value.minutes) + 3600 * Int(value.hours)
      seconds += 86_400 * (Int(value.days) + 7 * Int(value.weeks))
      if value.is_neg != 0 { seconds = -seconds }
    }
    duration = (seconds, line.line)
  }

  private mutating func takeRule(_ line: CalendarLine) throws(DocumentError) {
    var rule: icalrecurrencetype?
    try withProperties(of: line) { property throws(DocumentError) in
      rule = icalproperty_get_rrule(property)
    }
    guard let rule else { return }
    switch rule.freq {
    case ICAL_DAILY_RECURRENCE, ICAL_WEEKLY_RECURRENCE, ICAL_MONTHLY_RECURRENCE,
      ICAL_YEARLY_RECURRENCE:
      rules.append((rule, line.line))
    case ICAL_SECONDLY_RECURRENCE, ICAL_MINUTELY_RECURRENCE, ICAL_HOURLY_RECURRENCE:
      throw unsupported("a rule of several occurrences a day", line)
    default: throw malformed("RRULE has a value that cannot be read", line.line)
    }
  }
}
