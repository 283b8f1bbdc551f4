/// How many times a stretch of local time passes each hour of the week; parts count as such.
func weeklyExposure(_ span: ClosedRange<Int64>) -> [Double] {
  let hour: Int64 = 3_600_000_000
  let length = span.upperBound - span.lowerBound
  let weeks = Double(length / (168 * hour))
  var exposure = [Double](repeating: weeks, count: 168)
  var at = span.lowerBound
  let end = span.lowerBound + length % (168 * hour)
  while at <= end {
    exposure[Int(WeeklyHours.place(at).within / hour)] += 1
    at += hour
  }
  return exposure
}

/// Whether a stretch of local time is long enough to show hours of the day: two days at least.
func showsHours(_ span: ClosedRange<Int64>) -> Bool {
  span.upperBound - span.lowerBound >= 2 * 86_400_000_000
}

/// Whether instants are dates without a time of day: all of them are midnights.
func areDates(_ instants: [Int64]) -> Bool {
  instants.allSatisfy { $0 % 86_400_000_000 == 0 }
}

/// What times cannot say of hours.
func hourRemarks(_ data: CalibrationLog) -> [String] {
  let instants = data.instants
  guard let first = instants.min(), let last = instants.max() else { return [] }
  if !showsHours(first...last) {
    return [
      "the log is shorter than two days, so that when people begin and end each day cannot be identified; they "
        + "are there around the clock"
    ]
  }
  return areDates(instants)
    ? [
      "the times of the log are dates without a time of day; the hours in which people work on these days cannot "
        + "be identified, and count as all of them"
    ] : []
}

/// What a log shows of when people work: how many times it says something in each hour of the week.
struct HourEvidence {
  /// Instants by hour of the week, from Monday's midnight on.
  var counts = [Double](repeating: 0, count: 168)
  /// Hours of the week that lie within work of a few hours.
  var within = [Double](repeating: 0, count: 168)
  /// Instants within the first minute of each hour.
  var onTheHour = [Double](repeating: 0, count: 168)
  /// Earliest and latest minute of an instant in each hour.
  var earliest = [Int](repeating: 60, count: 168)
  var latest = [Int](repeating: -1, count: 168)
  var total: Double { counts.reduce(0, +) }

  mutating func add(instant local: Int64) {
    let minute = Int(WeeklyHours.place(local).within / 60_000_000)
    let (hour, rest) = (minute / 60, minute % 60)
    counts[hour] += 1
    if rest == 0 { onTheHour[hour] += 1 }
    earliest[hour] = min(earliest[hour], rest)
    latest[hour] = max(latest[hour], rest)
  }

  /// A day without a time of day: something happens in one of its hours, nobody knows in which.
  mutating func add(day local: Int64) {
    let first = Int(WeeklyHours.place(local).within / 86_400_000_000) * 24
    for hour in first..<(first + 24) {
      counts[hour] += 1.0 / 24
      earliest[hour] = 0
      latest[hour] = 59
    }
  }

  /// Work from start to end; where it is short, the hours between are worked too.
  mutating func add(from start: Int64, to end: Int64) {
    add(instant: start)
    // Who ends at the full hour was there before it.
    if end > start { add(instant: end - 1) }
    guard end - start > 3_600_000_000, end - start <= 6 * 3_600_000_000 else { return }
    var at = start + 3_600_000_000
    while at < end {
      within[Int(WeeklyHours.place(at).within / 3_600_000_000)] += 1
      at += 3_600_000_000
    }
  }

  mutating func add(_ other: HourEvidence) {
    for hour in 0..<168 {
      counts[hour] += other.counts[hour]
      within[hour] += other.within[hour]
      onTheHour[hour] += other.onTheHour[hour]
      earliest[hour] = min(earliest[hour], other.earliest[hour])
      latest[hour] = max(latest[hour], other.latest[hour])
    }
  }

  /// Hours in which something happens, as a set of hours of the week.
  ///
  /// An hour of the day, and a weekday, counts where it has at least 3 % of what the busy ones have (their
  /// 95 % quantile) in as much time. Where both count, a single hour is closed only where seven instants or
  /// more were to be expected and less than a tenth of them came; where they do not, it is open where it has
  /// 3 % of what the busy hours have, and three instants at least. What lies outside of the log is not known
  /// and left open. The thresholds are our choice: what is rarer is an exception to hours and no part of them.
  ///
  /// - Parameter exposure: how many times the log passes each hour of the week.
  func plainHours(exposure: [Double]) -> [Bool] {
    guard total > 0 else { return [Bool](repeating: true, count: 168) }
    func sum(_ cells: [Int], _ values: [Double]) -> Double { cells.reduce(0) { $0 + values[$1] } }
    func rates(_ groups: [[Int]]) -> [Double?] {
      groups.map { cells in
        let time = sum(cells, exposure)
        return time > 0 ? sum(cells, counts) / time : nil
      }
    }
    func busy(_ rates: [Double?]) -> Double {
      let seen = rates.compactMap(\.self).filter { $0 > 0 }.sorted()
      return seen.isEmpty ? 0 : seen[min(seen.count - 1, seen.count * 95 / 100)]
    }
    let hourRates = rates((0..<24).map { hour in (0..<7).map { $0 * 24 + hour } })
    let dayRates = rates((0..<7).map { day in (0..<24).map { day * 24 + $0 } })
    let cellRates = rates((0..<168).map { [$0] })
    let (hourBusy, dayBusy, cellBusy) = (busy(hourRates), busy(dayRates), busy(cellRates))
    let mean = total / max(1, exposure.reduce(0, +))
    return (0..<168).map { cell in
      let hour = hourRates[cell % 24].map { $0 >= 0.03 * hourBusy } ?? true
      let day = dayRates[cell / 24].map { $0 >= 0.03 * dayBusy } ?? true
      guard let rate = cellRates[cell] else { return hour && day }
      guard hour && day else {
        return (counts[cell] >= 3 && rate >= 0.03 * cellBusy) || within[cell] >= 5
      }
      let expected =
        (hourRates[cell % 24] ?? mean) * (dayRates[cell / 24] ?? mean) / mean * exposure[cell]
      return expected < 7 || counts[cell] >= 0.1 * expected || within[cell] >= 5
    }
  }

  /// Hours of somebody whose usual hours are known, changed where the evidence speaks against them.
  ///
  /// Of a weekday, of a row of hours on all days, of an hour on all days, and of a single hour, in this order:
  /// where at least `expected` instants were to be expected and less than a tenth came, nobody is there. With 7
  /// expected the chance of none is below 0.1 %. Of rows there are so many that twice as many are asked for, and
  /// at most one in fifty may have come; they show the nights of those who are seldom seen. Other hours are added
  /// where they hold a tenth of what a usual hour holds and three instants at least.
  func hours(like usual: [Bool], of other: HourEvidence, expected least: Double = 7) -> [Bool] {
    var result = usual
    let usualTotal = (0..<168).reduce(0) { $0 + (usual[$1] ? other.counts[$1] : 0) }
    guard usualTotal > 0, total > 0 else { return result }
    let ownTotal = (0..<168).reduce(0) { $0 + (usual[$1] ? counts[$1] : 0) }
    let ratio = ownTotal / usualTotal
    func figures(_ hours: [Int]) -> (expected: Double, seen: Double) {
      (
        hours.reduce(0) { $0 + (usual[$1] ? other.counts[$1] : 0) } * ratio,
        hours.reduce(0) { $0 + (usual[$1] ? counts[$1] : 0) }
      )
    }
    func close(_ hours: [Int]) {
      let (expected, seen) = figures(hours)
      if expected >= least, seen < 0.1 * expected { for hour in hours { result[hour] = false } }
    }
    for day in 0..<7 { close((0..<24).map { day * 24 + $0 }) }
    let daily = (0..<24).map { hour in figures((0..<7).map { $0 * 24 + hour }) }
    let isEmpty = daily.map { $0.seen <= 0.1 * $0.expected }
    rows: for length in stride(from: 23, to: 1, by: -1) {
      for first in 0..<24 {
        let row = (0..<length).map { (first + $0) % 24 }
        guard row.allSatisfy({ isEmpty[$0] }) else { continue }
        let expected = row.reduce(0) { $0 + daily[$1].expected }
        let seen = row.reduce(0) { $0 + daily[$1].seen }
        guard expected >= 2 * least, seen <= 0.02 * expected else { continue }
        for hour in row { for day in 0..<7 { result[day * 24 + hour] = false } }
        break rows
      }
    }
    for hour in 0..<24 { close((0..<7).map { $0 * 24 + hour }) }
    for hour in 0..<168 { close([hour]) }
    let open = result.count { $0 }
    let mean = open > 0 ? ownTotal / Double(open) : 0
    for hour in 0..<168 where !usual[hour] {
      if counts[hour] >= max(3, 0.1 * mean) { result[hour] = true }
    }
    return result.contains(true) ? result : usual
  }

  /// Hours to the minute: stretches begin with the first instant of their first hour and end with the last
  /// of their last, or on the hour where that is less than five minutes away.
  ///
  /// - Parameter usual: what is known of everybody; where their hours begin or end so near that few instants were
  ///   to be expected between, this is the edge.
  func spans(of hours: [Bool], like usual: HourEvidence? = nil) -> WeeklyHours {
    if hours.allSatisfy(\.self) { return .always }
    var spans: [WeeklyHours.Span] = []
    var hour = 0
    while hour < 168 {
      guard hours[hour] else {
        hour += 1
        continue
      }
      var last = hour
      while last < 167, hours[last + 1] { last += 1 }
      spans.append(
        WeeklyHours.Span(
          open: hour * 60 + edge(first: hour, usual), close: last * 60 + edge(last: last, usual)))
      hour = last + 1
    }
    let found = WeeklyHours(spans)
    return found.minutesPerWeek > 0 ? found : .always
  }

  /// The same hour on all weekdays tells more than one alone.
  private func sameHours(_ hour: Int) -> [Int] { (0..<7).map { $0 * 24 + hour % 24 } }

  /// Minutes without an instant that chance makes in one of twenty times, where as many come as in some hours.
  private func gap(_ hours: [Int]) -> Double {
    let count = hours.reduce(0) { $0 + counts[$1] }
    return count > 0 ? 180 / count : .infinity
  }

  private func edge(first hour: Int, _ usual: HourEvidence?) -> Int {
    // Work that goes on from before midnight has no beginning there.
    if hour == 0 { return 0 }
    let hours = sameHours(hour)
    let minute = hours.map { earliest[$0] }.min() ?? 60
    if let usual {
      let other = usual.edge(first: hour, nil)
      if other <= minute, Double(minute - other) <= gap(hours) { return other }
    }
    return minute < 5 || minute >= 60 ? 0 : minute
  }

  private func edge(last hour: Int, _ usual: HourEvidence?) -> Int {
    if hour == 167 { return 60 }
    let hours = sameHours(hour)
    let minute = hours.map { latest[$0] }.max() ?? -1
    // Who begins at the full hour, and is never seen after it, is there until then.
    let next = sameHours(hour + 1)
    let onIt = next.reduce(0) { $0 + onTheHour[$1] }
    if minute >= 55, onIt > 0, onIt == next.reduce(0, { $0 + counts[$1] }) { return 61 }
    if let usual {
      let other = min(60, usual.edge(last: hour, nil))
      if other > minute, Double(other - minute - 1) <= gap(hours) { return other }
    }
    if minute < 0 { return 60 }
    return minute < 55 ? minute + 1 : 60
  }
}
