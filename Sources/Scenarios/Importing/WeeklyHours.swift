/// Working hours of the days of a week, from Monday, in minutes after midnight.
struct WeeklySpans {
  private(set) var days = [[(open: Int, close: Int)]](repeating: [], count: 7)

  /// Adds the same hours to each day from one to another, round the end of the week; hours that end before
  /// they begin go on into the next morning.
  mutating func add(from first: Int, to last: Int, open: Int, close: Int) {
    for step in 0...((last - first + 7) % 7) {
      let day = (first + step) % 7
      if open < close {
        days[day].append((open, close))
      } else {
        days[day].append((open, 1440))
        if close > 0 { days[(day + 1) % 7].append((0, close)) }
      }
    }
  }

  /// Lines of days and hours as a scenario writes them; empty where there are none.
  var lines: [String] { weeklyLines(days.map(joinedSpans)) }
}

/// The position of a day from Monday on, by its English name; `nil` for no day.
func weekdayPosition(_ name: String) -> Int? {
  [
    "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY",
  ].firstIndex(of: name.uppercased())
}

/// Minutes after midnight of `09:00`, `09:00:00` or `17:59:59.999`.
///
/// The last second of a minute counts as its end. `nil` for no time of day in whole minutes.
func minuteOfDay(_ text: String) -> Int? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  let numbers = parts.compactMap { part in
    part.utf8.allSatisfy { 48...57 ~= $0 || $0 == 46 } ? Double(String(part)) : nil
  }
  guard numbers.count == parts.count, 2...3 ~= numbers.count, numbers[0] <= 24, numbers[1] < 60,
    let whole = Int(exactly: numbers[0] * 60 + numbers[1]), whole <= 1440
  else { return nil }
  let seconds = numbers.count == 3 ? numbers[2] : 0
  if seconds == 0 { return whole }
  return seconds >= 59 && seconds < 60 && whole < 1440 ? whole + 1 : nil
}

/// Spans of a day in order, those that touch or overlap as one.
func joinedSpans(_ spans: [(open: Int, close: Int)]) -> [(open: Int, close: Int)] {
  var result: [(open: Int, close: Int)] = []
  for span in spans.sorted(by: { $0 < $1 }) {
    if let last = result.last, span.open <= last.close {
      result[result.count - 1].close = max(last.close, span.close)
    } else {
      result.append(span)
    }
  }
  return result
}

/// Hours by day, from Monday, as lines such as `mon-fri 09:00-17:00`; `always` for all of the week.
func weeklyLines(_ days: [[(open: Int, close: Int)]]) -> [String] {
  func text(_ minute: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(padded(minute / 60)):\(padded(minute % 60))"
  }
  let hours = days.map { spans in
    spans.map { "\(text($0.open))-\(text($0.close))" }.joined(separator: " ")
  }
  if hours.allSatisfy({ $0 == "00:00-24:00" }) { return ["always"] }
  var lines: [String] = []
  var written: Set<String> = [""]
  for hour in hours where written.insert(hour).inserted {
    let dayNames = Weekday.allCases.map(\.rawValue)
    var names: [String] = []
    var index = 0
    while index < 7 {
      guard hours[index] == hour else {
        index += 1
        continue
      }
      let first = index
      while index + 1 < 7, hours[index + 1] == hour { index += 1 }
      names.append(
        first == index ? dayNames[first] : "\(dayNames[first])-\(dayNames[index])")
      index += 1
    }
    lines.append("\(names.joined(separator: " ")) \(hour)")
  }
  return lines
}
