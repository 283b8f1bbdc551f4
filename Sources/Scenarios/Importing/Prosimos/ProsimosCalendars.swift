internal import DocumentReading

extension ProsimosReading {
  /// Working hours of people, by the calendars' ids.
  mutating func readCalendars(_ document: DataNode) -> [ImportedModel.Calendar] {
    var calendars: [ImportedModel.Calendar] = []
    for node in list(document, "resource_calendars", of: "calendars") {
      guard let id = text(node, "id") else { continue }
      guard calendarOfID[id] == nil else {
        fail(node, "has the id '\(shown(id))', which another calendar has; give each its own")
        continue
      }
      let lines = hours(list(node, "time_periods", of: "days and hours"))
      calendarOfID[id] = isProvenance(id) ? "\(id) calendar" : id
      calendars.append(ImportedModel.Calendar(name: calendarOfID[id] ?? id, lines: lines))
    }
    return calendars
  }

  /// Hours of arrivals; a list, or an object with one as the calendars of people have.
  mutating func readArrivalCalendar(_ document: DataNode) -> ImportedModel.Calendar? {
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
    return lines.isEmpty ? nil : ImportedModel.Calendar(name: name, lines: lines)
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
    return weeklyLines(days.map(joinedSpans))
  }

  private mutating func day(_ period: DataNode, _ key: String) -> Int? {
    guard let text = text(period, key) else { return nil }
    if let position = weekdayPosition(text) { return position }
    if let node = period[key] {
      fail(node, "is '\(shown(text))', no day of the week such as MONDAY")
    }
    return nil
  }

  private mutating func minute(_ period: DataNode, _ key: String) -> Int? {
    guard let text = text(period, key) else { return nil }
    if let minute = minuteOfDay(text) { return minute }
    if let node = period[key] {
      fail(
        node,
        "is '\(shown(text))'; expected a time of day in whole minutes such as 09:00:00, as "
          + "calendars count minutes")
    }
    return nil
  }
}
