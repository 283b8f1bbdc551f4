import DocumentReading
import Facts
import Testing

/// Number of days from 1970-01-01 to 2026-01-01: 56 years of which 14 are leap years.
private let year2026 = 56 * 365 + 14

/// A calendar of some lines; lines end as RFC 5545 says.
private func calendar(_ lines: String) -> [UInt8] {
  let text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n\(lines)\nEND:VCALENDAR\n"
  return Array(text.replacing("\n", with: "\r\n").utf8)
}

private func event(_ lines: String) -> String { "BEGIN:VEVENT\nUID:1\n\(lines)\nEND:VEVENT" }

/// What a calendar says of the years 2026 to 2028.
private func spans(_ lines: String) throws -> [CalendarOccurrence.Span] {
  try parseCalendarFile(calendar(lines), path: "c.ics", days: year2026..<(year2026 + 3 * 365 + 1))
    .map(\.span)
}

/// Days of 2026 and after, counted from 1 January 2026 as day 0.
private func days(_ first: Int, _ count: Int = 1) -> CalendarOccurrence.Span {
  .days((year2026 + first)..<(year2026 + first + count))
}

/// Seconds since 1970 of an hour on such a day.
private func hours(_ day: Int, _ from: Int, _ to: Int) -> Range<Int> {
  ((year2026 + day) * 86_400 + from * 3600)..<((year2026 + day) * 86_400 + to * 3600)
}

@Suite("Calendar files")
struct ParseCalendarFileTests {
  @Test("the end of a whole-day event is the day after its last; without an end it is one day")
  func wholeDays() throws {
    // 3 April is day 31 + 28 + 31 + 2 = 92.
    #expect(
      try spans(event("DTSTART;VALUE=DATE:20260403\nDTEND;VALUE=DATE:20260407")) == [days(92, 4)])
    #expect(try spans(event("DTSTART;VALUE=DATE:20260403")) == [days(92)])
    #expect(
      try spans(event("DTSTART;VALUE=DATE:20260403\nDTEND;VALUE=DATE:20260403")) == [days(92)])
    #expect(try spans(event("DTSTART;VALUE=DATE:20260403\nDURATION:P2D")) == [days(92, 2)])
    #expect(try spans(event("DTSTART;VALUE=DATE:20260403\nDURATION:P1W")) == [days(92, 7)])
  }

  @Test("a yearly rule is followed from long ago, as far as days are wanted and no further")
  func yearly() throws {
    // 25 December is day 358 of 2026, 365 more of 2027, and 366 more of 2028, a leap year.
    let christmas = "DTSTART;VALUE=DATE:19001225\nRRULE:FREQ=YEARLY"
    #expect(try spans(event(christmas)) == [days(358), days(723), days(1089)])
    #expect(
      try spans(event("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY;COUNT=3")) == [days(358)])
    #expect(
      try spans(event("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY;UNTIL=20271225"))
        == [days(358), days(723)])
    // The first Monday of May: 4 May 2026, 3 May 2027, 1 May 2028.
    #expect(
      try spans(event("DTSTART;VALUE=DATE:20250505\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1MO"))
        == [days(123), days(487), days(851)])
  }

  @Test("exceptions and additional dates count")
  func exceptions() throws {
    #expect(
      try spans(
        event(
          "DTSTART;VALUE=DATE:19991225\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20261225,20281225\n"
            + "RDATE;VALUE=DATE:20261228,20270104")) == [days(361), days(368), days(723)])
  }

  @Test("cancelled events are left out, and one that was moved takes the place of the rule's")
  func cancelled() throws {
    #expect(try spans(event("DTSTART;VALUE=DATE:20260403\nSTATUS:CANCELLED")) == [])
    let rule = event("DTSTART;VALUE=DATE:20251225\nRRULE:FREQ=YEARLY")
    let moved = event(
      "DTSTART;VALUE=DATE:20261228\nRECURRENCE-ID;VALUE=DATE:20261225\nDURATION:P1D")
    let gone = event(
      "DTSTART;VALUE=DATE:20271225\nRECURRENCE-ID;VALUE=DATE:20271225\nSTATUS:CANCELLED")
    #expect(try spans("\(rule)\n\(moved)\n\(gone)") == [days(1089), days(361)])
  }

  @Test("times are local, of a zone, or instants")
  func times() throws {
    // 5 January 2026 is day 4.
    let clock = "T090000\nDTEND:20260105T113000"
    let half = hours(4, 9, 11).lowerBound..<(hours(4, 9, 11).upperBound + 1800)
    #expect(try spans(event("DTSTART:20260105\(clock)")) == [.wallClock(half, zone: nil)])
    #expect(
      try spans(event("DTSTART:20260105T090000Z\nDTEND:20260105T113000Z")) == [.instants(half)])
    #expect(
      try spans(
        event(
          "DTSTART;TZID=Europe/Berlin:20260105T090000\nDTEND;TZID=Europe/Berlin:20260105T113000"))
        == [.wallClock(half, zone: "Europe/Berlin")])
    #expect(
      try spans(event("DTSTART:20260105T090000Z\nDURATION:PT2H30M")) == [.instants(half)])
    #expect(try spans(event("DTSTART:20260105T090000Z")) == [], "it lasts no time")
  }

  @Test("a rule goes by the clock of its zone, and so does its end")
  func zonedRule() throws {
    // UNTIL is 09:00 in Berlin on 30 March, which is 07:00 UTC since the day before, when the clocks
    // were moved: the Mondays 23 (day 81) and 30 March (day 88) are in, 6 April is out.
    let meeting =
      "DTSTART;TZID=Europe/Berlin:20260323T090000\nDURATION:PT1H\n"
      + "RRULE:FREQ=WEEKLY;UNTIL=20260330T070000Z"
    #expect(
      try spans(event(meeting)) == [
        .wallClock(hours(81, 9, 10), zone: "Europe/Berlin"),
        .wallClock(hours(88, 9, 10), zone: "Europe/Berlin"),
      ])
    #expect(
      try spans(event(meeting + "\nEXDATE:20260330T070000Z")).count == 1,
      "an exception may be told by another clock")
    #expect(try spans(event(meeting + "\nEXDATE;VALUE=DATE:20260323")).count == 1)
  }

  @Test("a zone that the file defines itself has its own daylight saving")
  func ownZone() throws {
    let zone = """
      BEGIN:VTIMEZONE
      TZID:Head Office
      BEGIN:STANDARD
      DTSTART:19701025T030000
      TZOFFSETFROM:+0300
      TZOFFSETTO:+0200
      RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:19700329T020000
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0300
      RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
      END:DAYLIGHT
      END:VTIMEZONE
      """
    // 1 July is day 181. Nine o'clock is seven in UTC in January and six in July.
    let winter = event("DTSTART;TZID=Head Office:20260105T090000\nDURATION:PT1H")
    let summer = event("DTSTART;TZID=\"Head Office\":20260701T090000\nDURATION:PT1H")
      .replacing("UID:1", with: "UID:2")
    #expect(
      try spans("\(zone)\n\(winter)\n\(summer)")
        == [.instants(hours(4, 7, 8)), .instants(hours(181, 6, 7))])
  }

  @Test("time that leaves people free is not taken, but holidays are often marked so")
  func transparent() throws {
    #expect(
      try spans(event("DTSTART:20260105T090000\nDURATION:PT1H\nTRANSP:TRANSPARENT")) == [])
    #expect(
      try spans(event("DTSTART;VALUE=DATE:20260105\nTRANSP:TRANSPARENT")) == [days(4)])
  }

  @Test("folded lines, either line end, any case, UTF-16 and parts that are passed over are read")
  func forms() throws {
    let text = """
      begin:vcalendar
      X-WR-CALNAME:Feiertage
      BEGIN:VTODO
      DTSTART:nonsense
      END:VTODO
      begin:vevent
      SUMMARY:Neujahr: ein
        langer Text
      DTSTART;VALUE=DATE:2026
       0101
      BEGIN:VALARM
      TRIGGER:-PT15M
      DURATION:nonsense
      END:VALARM
      end:vevent
      END:VCALENDAR
      """
    for bytes in [
      Array(text.utf8), Array(text.replacing("\n", with: "\r\n").utf8),
      Array(text.replacing("\n", with: "\r").utf8), utf16Bytes(text),
      [0xEF, 0xBB, 0xBF] + Array(text.utf8), Array((text + "\n\n").utf8),
    ] {
      let found = try parseCalendarFile(bytes, path: "c.ics", days: year2026..<(year2026 + 365))
      #expect(found == [CalendarOccurrence(span: days(0), line: 6)])
    }
  }

  @Test(
    "what cannot be read is refused with its line",
    arguments: [
      ("DTSTART;VALUE=DATE:20261303", DocumentError.Kind.malformed, 6, "DTSTART"),
      ("DTSTART;VALUE=DATE:20260230", .malformed, 6, "a date or time that does not exist"),
      ("DTSTART:20260105T250000", .malformed, 6, "DTSTART"),
      ("SUMMARY:x", .malformed, 4, "the event that begins here has no DTSTART"),
      ("DTSTART;VALUE=DATE:20260103\nDTEND;VALUE=DATE:20260101", .malformed, 7, "ends before"),
      ("DTSTART;VALUE=DATE:20260103\nDTEND:20260104T100000", .malformed, 7, "not both dates"),
      ("DTSTART;VALUE=DATE:20260103\nRRULE:FREQ=OFTEN", .malformed, 7, "RRULE"),
      (
        "DTSTART:20260103T100000\nRRULE:FREQ=SECONDLY", .malformed, 7,
        "a rule of several occurrences a day"
      ),
      ("DTSTART;VALUE=DATE:20260103\nEXRULE:FREQ=YEARLY", .malformed, 7, "EXRULE"),
      (
        "DTSTART;TZID=Nowhere:20260103T100000", .malformed, 6,
        "neither in the IANA database nor defined in the file"
      ),
      ("DTSTART;VALUE=DATE:20260103\nDURATION:-P1D", .malformed, 7, "negative duration"),
      ("DTSTART;VALUE=DATE:20260103\nthis is no property", .malformed, 7, "no property"),
      ("DTSTART;VALUE=DATE:20260103\nEND:VTODO", .malformed, 7, "does not belong"),
      (
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260103T100000\nDTSTART:20260103T110000", .malformed, 6,
        "RANGE"
      ),
    ])
  func errors(lines: String, kind: DocumentError.Kind, line: Int, text: String) {
    let error = documentError { _ = try spans(event(lines)) }
    #expect(error?.kind == kind)
    #expect(error?.location.line == line, "\(String(describing: error))")
    #expect(error?.message.contains(text) == true, "\(String(describing: error))")
  }

  @Test("what is no calendar, or not all of one, is refused with its line")
  func frames() {
    func error(_ text: String) -> DocumentError? {
      documentError { _ = try parseCalendarFile(Array(text.utf8), path: "c.ics", days: 0..<9) }
    }
    for text in ["<html></html>", "\u{1}\u{2}", "{}", "SUMMARY:x", "BEGIN:VEVENT\nEND:VEVENT"] {
      #expect(error(text)?.message.contains("this is no iCalendar file") == true, "\(text)")
      #expect(error(text)?.location.line == 1)
    }
    #expect(error("")?.kind == .truncated)
    let whole = String(decoding: calendar(event("DTSTART:20260105T090000")), as: UTF8.self)
    let cut = error(String(whole.prefix(90)))
    #expect(cut?.kind == .truncated)
    #expect(cut?.location.line == 4, "where the event begins")
    #expect(error("BEGIN:VCALENDAR\nEND:VCALENDAR\nmore") != nil)
    let nested = error(String(repeating: "BEGIN:VCALENDAR\n", count: 20))
    #expect(nested?.kind == .tooDeep)
    #expect(
      documentError {
        _ = try parseCalendarFile([0x42, 0, 0x45, 0], path: "c.ics", days: 0..<9)
      }?.kind == .wrongEncoding)
  }

  @Test("rules that would go on for ever, and masses of them, are refused soon")
  func hostile() {
    let clock = ContinuousClock()
    func refusal(_ lines: String, days: Int = 60 * 366) -> (DocumentError?, Duration) {
      var error: DocumentError?
      let time = clock.measure {
        error = documentError {
          _ = try parseCalendarFile(
            calendar(lines), path: "c.ics", days: year2026..<(year2026 + days))
        }
      }
      return (error, time)
    }
    let daily = event("DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY")
    let many = Array(repeating: daily, count: 40).joined(separator: "\n")
    let (manyError, manyTime) = refusal(many)
    #expect(manyError?.kind == .hostile || manyError?.kind == .tooLarge)
    #expect(manyTime < .seconds(20))
    for rule in [
      "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
      "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;INTERVAL=32000",
      "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9",
      "FREQ=WEEKLY;INTERVAL=0", "FREQ=YEARLY;BYYEARDAY=400", "FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO",
    ] {
      let (_, time) = refusal(event("DTSTART:20260101T000000\nDURATION:PT1S\nRRULE:\(rule)"))
      #expect(time < .seconds(20), "\(rule)")
    }
    let (long, _) = refusal(
      event("DTSTART:20260101T000000\nX-BIG:" + String(repeating: "x", count: 2 << 20)))
    #expect(long?.kind == .tooLarge)
    #expect(long?.location.line == 7)
    let zone = """
      BEGIN:VTIMEZONE
      TZID:Endless
      BEGIN:STANDARD
      DTSTART:19700101T000000
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0000
      RRULE:FREQ=SECONDLY
      END:STANDARD
      END:VTIMEZONE
      """
    let (endless, _) = refusal(zone)
    #expect(endless?.location.line == 10)
    #expect(endless?.message.contains("not yearly") == true)
  }
}
