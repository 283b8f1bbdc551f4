// The hours of a calendar on a date: shifts of the week, less holidays and closed hours, and extra hours.

extension ScenarioCalendar {
  /// Open hours in simulated time, in microseconds.
  struct Hours {
    var open: Int64
    var close: Int64
    /// What they weigh among the hours of a week.
    var weight: Double
  }

  /// A part of a shift in minutes after the midnight of its day, and its weight.
  typealias Part = (open: Int, close: Int, weight: Double)

  /// The hours that begin on a date, in order; they do not overlap those of another date.
  ///
  /// - Parameter parts: cuts a shift where weights change; by default it stays whole.
  func hours(
    beginningOn date: CivilDate, _ time: LocalTime,
    parts: (WeeklyShift) -> [Part] = { [($0.open, $0.close, 1)] }
  ) -> [Hours] {
    var result = regularHours(beginningOn: date, time, parts: parts)
    for span in extraHours where span.date == date {
      let midnight = date.dayNumber * 1440
      let shift = WeeklyShift(
        weekday: date.weekday, open: span.from - midnight, close: span.to - midnight)
      let extra = parts(shift).map { part in
        Hours(
          open: time.instant(date, minute: part.open),
          close: time.instant(date, minute: part.close), weight: part.weight)
      }
      // What is open anyway is not open twice.
      let regular = (-1...1).flatMap { day in
        regularHours(beginningOn: date.advanced(by: day), time).map { ($0.open, $0.close) }
      }
      result += without(joined(regular), in: extra)
    }
    return result.sorted { $0.open < $1.open }
  }

  private func regularHours(
    beginningOn date: CivilDate, _ time: LocalTime,
    parts: (WeeklyShift) -> [Part] = { [($0.open, $0.close, 1)] }
  ) -> [Hours] {
    guard !isHoliday(date) else { return [] }
    let open = shifts.filter { $0.weekday == date.weekday }.flatMap(parts).map { part in
      Hours(
        open: time.instant(date, minute: part.open),
        close: time.instant(date, minute: part.close), weight: part.weight)
    }
    if open.isEmpty || (closedHours.isEmpty && closedInstants.isEmpty) { return open }
    return without(closings(near: date, time), in: open)
  }

  private func isHoliday(_ date: CivilDate) -> Bool {
    let position = partitioningIndex(of: holidays.count) { holidays[$0] >= date }
    return position < holidays.count && holidays[position] == date
  }

  /// Closed hours that may touch a shift of a date, which ends on the second day after it at the
  /// latest.
  private func closings(near date: CivilDate, _ time: LocalTime) -> [(from: Int64, to: Int64)] {
    let midnight = date.dayNumber * 1440
    var position = partitioningIndex(of: closedHours.count) { closedHours[$0].to > midnight }
    var result: [(from: Int64, to: Int64)] = []
    while position < closedHours.count, closedHours[position].from < midnight + 3 * 1440 {
      let span = closedHours[position]
      // From their own dates, so that a change of the clock between them counts.
      result.append(
        (
          time.instant(span.date, minute: span.from - span.date.dayNumber * 1440),
          time.instant(span.date, minute: span.to - span.date.dayNumber * 1440)
        ))
      position += 1
    }
    // Local midnight is within fourteen hours of that of UTC.
    let first = (date.dayNumber - 1) * 86_400
    position = partitioningIndex(of: closedInstants.count) { closedInstants[$0].upperBound > first }
    while position < closedInstants.count, closedInstants[position].lowerBound < first + 5 * 86_400
    {
      let span = closedInstants[position]
      result.append(
        (
          time.instant(secondsSince1970: span.lowerBound),
          time.instant(secondsSince1970: span.upperBound)
        ))
      position += 1
    }
    return joined(result)
  }

  /// What is left of hours without some spans, which are in order and do not touch.
  private func without(_ holes: [(from: Int64, to: Int64)], in hours: [Hours]) -> [Hours] {
    var result: [Hours] = []
    for span in hours {
      var open = span.open
      for hole in holes where hole.to > open && hole.from < span.close {
        if hole.from > open {
          result.append(Hours(open: open, close: hole.from, weight: span.weight))
        }
        open = hole.to
      }
      if open < span.close {
        result.append(Hours(open: open, close: span.close, weight: span.weight))
      }
    }
    return result
  }

  /// The first index for which a condition holds that holds for all later ones.
  private func partitioningIndex(of count: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
