internal import DocumentReading

extension ProsimosReading {
  /// Working hours of people, by the calendars' ids.
  mutating func readCalendars(_ document: DataNode) -> [ProsimosModel.Calendar] {
    var calendars: [ProsimosModel.Calendar] = []
    for node in list(document, "resource_calendars", of: "calendars") {
      guard let id = text(node, "id") else { continue }
      guard calendarOfID[id] == nil else {
        fail(node, "has the id '\(shown(id))', which another calendar has; give each its own")
        continue
      }
      let lines = hours(list(node, "time_periods", of: "days and hours"))
      calendarOfID[id] = isProvenance(id) ? "\(id) calendar" : id
      calendars.append(ProsimosModel.Calendar(name: calendarOfID[id] ?? id, lines: lines))
    }
    return calendars
  }

  /// Hours of arrivals; a list, or an object with one as the calendars of people have.
  mutating func readArrivalCalendar(_ document: DataNode) -> ProsimosModel.Calendar? {
    guard let node = document["arrival_time_calendar"] else {
      missing("arrival_time_calendar", document)
      return nil
    }
    let periods = node.object == nil ? node.array : node["time_periods"]?.array
    guard let periods else {
      fail(node, "is \(node.kindName); expected a list of days and hours")
      return nil
    }
    let problems = errors.count
    let lines = hours(periods)
    if lines.isEmpty, errors.count == problems { fail(node, "has no hours; no case could arrive") }
    var name = "arrivals"
    while calendarOfID.values.contains(name) { name += "_of_cases" }
    return lines.isEmpty ? nil : ProsimosModel.Calendar(name: name, lines: lines)
  }

  /// Periods as lines of days and hours; periods of a day that touch or overlap are one.
  private mutating func hours(_ periods: [DataNode]) -> [String] {
    var days = [[(open: Int, close: Int)]](repeating: [], count: 7)
    for period in periods {
      guard let first = day(period, "from"), let last = day(period, "to"),
        let open = minute(period, "beginTime"), var close = minute(period, "endTime")
      else { continue }
      if close == 0 { close = 1440 }
      guard open < close else {
        fail(
          period, "ends before it begins; write two periods, one up to 24:00 and one from 00:00")
        continue
      }
      // From Friday to Monday goes over the weekend.
      for step in 0...((last - first + 7) % 7) { days[(first + step) % 7].append((open, close)) }
    }
    return weeklyLines(days.map(joined))
  }

  private mutating func day(_ period: DataNode, _ key: String) -> Int? {
    guard let text = text(period, key) else { return nil }
    if let position = dayNames.firstIndex(of: text.uppercased()) { return position }
    if let node = period[key] {
      fail(node, "is '\(shown(text))', no day of the week such as MONDAY")
    }
    return nil
  }

  /// Minutes after midnight of `09:00`, `09:00:00` or `17:59:59.999`; the last second of a minute counts as
  /// its end.
  private mutating func minute(_ period: DataNode, _ key: String) -> Int? {
    guard let text = text(period, key) else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { 48...57 ~= $0 || $0 == 46 } ? Double(String(part)) : nil
    }
    if numbers.count == parts.count, 2...3 ~= numbers.count, numbers[0] <= 24, numbers[1] < 60,
      let whole = Int(exactly: numbers[0] * 60 + numbers[1]), whole <= 1440
    {
      let seconds = numbers.count == 3 ? numbers[2] : 0
      if seconds == 0 { return whole }
      if seconds >= 59, seconds < 60, whole < 1440 { return whole + 1 }
    }
    if let node = period[key] {
      fail(
        node,
        "is '\(shown(text))'; expected a time of day in whole minutes such as 09:00:00, as "
          + "calendars count minutes")
    }
    return nil
  }

  private func joined(_ spans: [(open: Int, close: Int)]) -> [(open: Int, close: Int)] {
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
}

private let dayNames = [
  "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY",
]

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
