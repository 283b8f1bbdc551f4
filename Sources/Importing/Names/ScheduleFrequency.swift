import Facts

/// How often a cron expression of five fields or one of its presets (`@daily`) starts something; `nil`
/// where that differs from month to month or the expression is none.
///
/// Fields as in crontab(5): minute, hour, day of month, month, day of week.
func frequency(ofCron expression: String) -> Frequency? {
  switch expression.lowercased() {
  case "@hourly": return Frequency(count: 1, per: .hour)
  case "@daily", "@midnight": return Frequency(count: 1, per: .day)
  case "@weekly": return Frequency(count: 1, per: .week)
  case "@monthly": return Frequency(count: 1, per: .month)
  case "@quarterly": return Frequency(count: 4, per: .year)
  case "@yearly", "@annually": return Frequency(count: 1, per: .year)
  default: break
  }
  let fields = expression.split(whereSeparator: \.isWhitespace)
  guard fields.count == 5, isEvery(fields[3]),
    let minutes = cronCount(fields[0], from: 0, to: 59),
    let hours = cronCount(fields[1], from: 0, to: 23)
  else { return nil }
  let times = Double(minutes) * Double(hours)
  switch (isEvery(fields[2]), isEvery(fields[4])) {
  case (true, true):
    return hours == 24 && isEvery(fields[1])
      ? Frequency(count: Double(minutes), per: .hour) : Frequency(count: times, per: .day)
  case (true, false):
    guard let days = cronDays(fields[4]) else { return nil }
    return Frequency(count: times * Double(days), per: .week)
  case (false, true):
    guard let days = cronCount(fields[2], from: 1, to: 28) else { return nil }
    return Frequency(count: times * Double(days), per: .month)
  case (false, false): return nil
  }
}

/// How often something starts that runs again after so many seconds; `nil` where they are none.
func frequency(everySeconds seconds: Double) -> Frequency? {
  guard seconds > 0, seconds.isFinite else { return nil }
  return seconds < 86_400
    ? Frequency(count: 3600 / seconds, per: .hour) : Frequency(count: 86_400 / seconds, per: .day)
}

private func isEvery(_ field: Substring) -> Bool { field == "*" || field == "?" }

/// How many values a field of cron takes; `nil` where it is no list of numbers, ranges and steps.
private func cronCount(_ field: Substring, from first: Int, to last: Int) -> Int? {
  var values: Set<Int> = []
  for item in field.split(separator: ",", omittingEmptySubsequences: false) {
    let parts = item.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return nil }
    var range = first...last
    if !isEvery(parts[0]) {
      let ends = parts[0].split(separator: "-").map { Int($0) }
      guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1],
        low >= first, low <= high, high <= last
      else { return nil }
      range = low...(ends.count == 1 && parts.count == 2 ? last : high)
    }
    guard let step = parts.count == 2 ? Int(parts[1]) : 1, step > 0, step <= last + 1 else {
      return nil
    }
    values.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
  }
  return values.count
}

/// How many days of the week a field of cron takes, by number or by name.
private func cronDays(_ field: Substring) -> Int? {
  let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
  var text = field.lowercased()
  for (number, name) in names.enumerated() { text = text.replacing(name, with: "\(number)") }
  // Sunday is 0 and 7.
  return cronCount(text[...], from: 0, to: 7).map { min($0, 7) }
}
