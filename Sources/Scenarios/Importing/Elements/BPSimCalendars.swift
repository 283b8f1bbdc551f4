internal import DocumentReading
internal import Facts

extension ElementReading {
  /// Calendars of BPSim: iCalendar text whose events recur weekly.
  mutating func readBPSimCalendars(_ chain: [XMLElement], into bpsim: inout BPSimReading) {
    for calendar in chain.flatMap({ $0.all("Calendar") }) {
      let id = calendar["id"] ?? calendar["name"] ?? ""
      guard let lines = weeklyHours(calendar) else { continue }
      let name = add(calendar: calendar["name"] ?? id, lines: lines)
      for key in [calendar["id"], calendar["name"]].compactMap({ $0 }) {
        bpsim.calendars[key] = (name, lines)
      }
    }
  }

  /// Hours of the week that an iCalendar text repeats, where it repeats one.
  private mutating func weeklyHours(_ calendar: XMLElement) -> [String]? {
    let text = withRulesInEvents(calendar.text)
    guard let begin = firstDay(of: text) else {
      fail(
        calendar, "has no event with a DTSTART; a calendar is the hours in which something holds")
      return nil
    }
    // The first whole week, and one a year later: hours of a scenario's calendar are those of every week.
    let weekday = Weekday.allCases.firstIndex(of: CivilDate(dayNumber: begin).weekday) ?? 0
    let monday = begin + (7 - weekday) % 7
    do {
      let first = try spans(text, calendar, from: monday)
      let later = try spans(text, calendar, from: monday + 7 * 52)
      guard !first.isEmpty else {
        fail(calendar, "has no hours in its first whole week; expected events that recur weekly")
        return nil
      }
      guard first == later else {
        fail(
          calendar,
          "has other hours a year later; expected events that recur weekly without end. Dates belong "
            + "under 'holidays', 'closed' and 'extra' of the scenario's calendar")
        return nil
      }
      return first
    } catch {
      fail(calendar, "cannot be read as iCalendar: \(error.message)")
      return nil
    }
  }

  private func spans(
    _ text: String, _ calendar: XMLElement, from monday: Int
  ) throws(DocumentError) -> [String] {
    let occurrences = try parseCalendarFile(
      Array(text.utf8), path: path, days: monday..<(monday + 7))
    var week = WeeklySpans()
    for occurrence in occurrences {
      let range: Range<Int>
      switch occurrence.span {
      case .days(let days): range = (days.lowerBound * 86_400)..<(days.upperBound * 86_400)
      case .wallClock(let seconds, _): range = seconds
      case .instants(let seconds): range = seconds
      }
      // Day by day, in whole minutes.
      for day in monday..<(monday + 7) {
        let open = max(range.lowerBound, day * 86_400) - day * 86_400
        let close = min(range.upperBound, (day + 1) * 86_400) - day * 86_400
        guard open < close else { continue }
        week.add(
          from: day - monday, to: day - monday, open: open / 60, close: (close + 59) / 60)
      }
    }
    return week.lines
  }

  /// Rules of recurrence belong into their event; Cardanit writes them behind it.
  private func withRulesInEvents(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(whereSeparator: \.isNewline).map({ String($0).trimmed })
    where !line.isEmpty {
      if line.hasPrefix("RRULE"), lines.last == "END:VEVENT" {
        lines.insert(line, at: lines.count - 1)
      } else {
        lines.append(line)
      }
    }
    if lines.first != "BEGIN:VCALENDAR" {
      lines = ["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR"]
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private func firstDay(of text: String) -> Int? {
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("DTSTART") {
      guard let colon = line.lastIndex(of: ":") else { continue }
      let digits = line[line.index(after: colon)...].prefix(8)
      guard digits.count == 8, let year = Int(digits.prefix(4)),
        let month = Int(digits.dropFirst(4).prefix(2)), let day = Int(digits.suffix(2)),
        let date = CivilDate(year: year, month: month, day: day)
      else { continue }
      return date.dayNumber
    }
    return nil
  }
}
