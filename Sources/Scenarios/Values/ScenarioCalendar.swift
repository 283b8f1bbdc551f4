internal import Facts

/// When people work, as a scenario says it.
public struct ScenarioCalendar: Hashable, Sendable {
  /// Name.
  public var name: String
  /// Shifts of an ordinary week, by weekday and start; empty for a calendar that is always open.
  public var shifts: [WeeklyShift]
  /// Whether it is always open.
  public var isAlways: Bool
  /// Dates on which no shift begins, in order.
  public var holidays: [CivilDate]
  /// Closed hours by local time, in order, none touching the next.
  public var closedHours: [LocalSpan] = []
  /// Closed hours in seconds since 1970 UTC, in order, none touching the next.
  public var closedInstants: [Range<Int>] = []
  /// Hours open in addition, by local time, in order; they outweigh holidays and closed hours.
  public var extraHours: [LocalSpan] = []
  /// Calendar files that its holidays come from, among others.
  var files: [File] = []

  /// A calendar file and what it says.
  struct File: Hashable, Sendable {
    var name: String
    /// Where it is named.
    var location: SourceLocation
    /// In order.
    var holidays: [CivilDate]
    var hasClosedHours: Bool
  }

  /// Open time of an ordinary week in minutes.
  var minutesPerWeek: Int {
    isAlways ? 7 * 1440 : shifts.reduce(0) { $0 + $1.close - $1.open }
  }

  /// Days of an ordinary week on which a shift begins.
  var daysPerWeek: Int { isAlways ? 7 : Set(shifts.map(\.weekday)).count }

  /// The week of a calendar that is always open.
  static let everyDay = Weekday.allCases.map { WeeklyShift(weekday: $0, open: 0, close: 1440) }

  /// Mean length of a working day, in seconds.
  var workingDaySeconds: Double { Double(minutesPerWeek) * 60 / Double(max(1, daysPerWeek)) }
}

/// A span of local time between two dates.
public struct LocalSpan: Hashable, Sendable {
  /// Minutes since the midnight of 1970-01-01.
  public var from: Int
  /// Minutes since that midnight, > `from`.
  public var to: Int

  /// The date on which it begins.
  var date: CivilDate { CivilDate(dayNumber: from >= 0 ? from / 1440 : (from - 1439) / 1440) }
}

/// Spans in order, touching and overlapping ones joined.
func joined<Bound: Comparable>(_ spans: [(from: Bound, to: Bound)]) -> [(from: Bound, to: Bound)] {
  var result: [(from: Bound, to: Bound)] = []
  for span in spans.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) where span.from < span.to {
    if let last = result.last, span.from <= last.to {
      result[result.count - 1].to = max(last.to, span.to)
    } else {
      result.append(span)
    }
  }
  return result
}

/// Reads `2026-12-24 12:00-24:00`; an end that is not after its start lies on the next day.
func parseDatedHours(_ text: String) throws(ValueError) -> LocalSpan {
  let words = text.split(whereSeparator: \.isWhitespace)
  guard let first = words.first else { throw ValueError("there is no date") }
  guard words.count == 2 else {
    throw ValueError(
      words.count == 1
        ? "there are no hours after the date"
        : "'\(shown(String(words[2])))' at its end is not understood")
  }
  let date = try parseDate(String(first))
  let (open, close) = try parseHours(words[1])
  return LocalSpan(from: date.dayNumber * 1440 + open, to: date.dayNumber * 1440 + close)
}

/// Reads `2026-04-03`, or `2026-07-13..2026-07-24` with all dates from the first to the last.
func parseDates(_ text: String) throws(ValueError) -> [CivilDate] {
  guard let dots = text.firstRange(of: "..") else { return [try parseDate(text)] }
  let first = try parseDate(String(text[..<dots.lowerBound]).trimmed)
  let last = try parseDate(String(text[dots.upperBound...]).trimmed)
  guard first <= last else { throw ValueError("it runs backwards; write '\(last)..\(first)'") }
  guard last.dayNumber - first.dayNumber < 3660 else {
    throw ValueError("it is longer than ten years")
  }
  return (first.dayNumber...last.dayNumber).map { CivilDate(dayNumber: $0) }
}
