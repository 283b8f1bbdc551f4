/// A span of local time on some days of the week.
public struct WeeklyShift: Hashable, Sendable {
  /// The day on which it begins.
  public var weekday: Weekday
  /// Start in minutes after local midnight, 0 ..< 1440.
  public var open: Int
  /// End in minutes after that midnight, > `open`; more than 1440 where the shift passes midnight.
  public var close: Int
}

/// Reads a line of a weekly calendar such as `mon-fri 08:00-12:00 12:30-16:30`.
func parseWeeklyLine(_ text: String) throws(ValueError) -> [WeeklyShift] {
  let words = text.split(whereSeparator: { $0.isWhitespace || $0 == "," })
  guard let first = words.first else { throw ValueError("there are no days") }
  var days: [Weekday] = []
  var rest = words[...]
  while let word = rest.first, word.first?.isLetter == true {
    guard let row = Weekday.days(word) else {
      throw ValueError(
        "'\(shown(String(word)))' is no day of the week; use mon tue wed thu fri sat sun")
    }
    days += row
    rest.removeFirst()
  }
  guard !days.isEmpty else {
    throw ValueError(
      "'\(shown(String(first)))' stands where a day or days such as mon-fri are expected")
  }
  guard !rest.isEmpty else { throw ValueError("there are no hours after the days") }
  var shifts: [WeeklyShift] = []
  for word in rest {
    let span = try parseHours(word)
    shifts += days.map { WeeklyShift(weekday: $0, open: span.open, close: span.close) }
  }
  return shifts
}

/// Reads `08:00-12:00`; an end that is not after the start is on the next day.
func parseHours(_ word: some StringProtocol) throws(ValueError) -> (open: Int, close: Int) {
  let ends = word.split(separator: "-", omittingEmptySubsequences: false)
  guard ends.count == 2, let open = minuteOfDay(ends[0]), let close = minuteOfDay(ends[1]),
    open < 1440
  else { throw ValueError("'\(shown(String(word)))' are no hours such as 08:00-16:30") }
  return (open, close > open ? close : close + 1440)
}

/// Minutes after midnight of `08:30`, up to `24:00`.
private func minuteOfDay(_ text: some StringProtocol) -> Int? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2, 1...2 ~= parts[0].utf8.count, parts[1].utf8.count == 2,
    parts.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 } }),
    let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
  else { return nil }
  return hour * 60 + minute
}

/// Two shifts of a week that overlap; `nil` where none do.
func overlap(of shifts: [WeeklyShift]) -> (WeeklyShift, WeeklyShift)? {
  let week = 7 * 1440
  let spans = shifts.map { shift in
    let day = (Weekday.allCases.firstIndex(of: shift.weekday) ?? 0) * 1440
    return (from: day + shift.open, to: day + shift.close, shift: shift)
  }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  guard spans.count > 1 else { return nil }
  for (index, span) in spans.enumerated() {
    let isLast = index == spans.count - 1
    let next = spans[isLast ? 0 : index + 1]
    if next.from + (isLast ? week : 0) < span.to { return (span.shift, next.shift) }
  }
  return nil
}

/// Relative intensity of arrivals on some days or hours.
public struct ArrivalWeight: Hashable, Sendable {
  /// Days it holds on.
  public var days: [Weekday]
  /// Minutes after midnight it holds from.
  public var open: Int
  /// Minutes after midnight it holds to, at most 1440.
  public var close: Int
  /// The factor, ≥ 0.
  public var factor: Double
}

/// Reads days, hours or both: `mon`, `sat-sun`, `08:00-10:00`, `mon 08:00-10:00`.
func parseWeightedTime(_ text: String) throws(ValueError) -> ArrivalWeight {
  var weight = ArrivalWeight(days: Weekday.allCases, open: 0, close: 1440, factor: 1)
  let words = text.split(whereSeparator: \.isWhitespace)
  guard 1...2 ~= words.count else { throw ValueError("it is neither days nor hours") }
  var rest = words[...]
  if let days = Weekday.days(words[0]) {
    weight.days = days
    rest.removeFirst()
  }
  if let word = rest.popFirst() {
    (weight.open, weight.close) = try parseHours(word)
    guard weight.close <= 1440 else { throw ValueError("its hours pass midnight; write two lines") }
  }
  if !rest.isEmpty { throw ValueError("it is neither days nor hours") }
  return weight
}
