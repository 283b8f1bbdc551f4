internal import Statistics

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
  /// Hours in which work began, each once for a person, by hour of the week; starts and ends come in pairs, and
  /// work in rows, so that instants are no independent witnesses.
  var beginnings = [Double](repeating: 0, count: 168)
  /// Days on which work began, each once for a person, by weekday.
  var days = [Double](repeating: 0, count: 7)
  private var seenHours: Set<Int64> = []
  private var seenDays: Set<Int64> = []
  var total: Double { counts.reduce(0, +) }

  /// Notes that work began.
  mutating func add(beginning local: Int64) {
    let hour = floorDivide(local, 3_600_000_000)
    if seenHours.insert(hour).inserted {
      beginnings[Int(WeeklyHours.place(local).within / 3_600_000_000)] += 1
    }
    if seenDays.insert(floorDivide(hour, 24)).inserted {
      days[Int(WeeklyHours.place(local).within / 86_400_000_000)] += 1
    }
  }

  mutating func add(instant local: Int64) {
    let minute = Int(WeeklyHours.place(local).within / 60_000_000)
    let (hour, rest) = (minute / 60, minute % 60)
    counts[hour] += 1
    if rest == 0 { onTheHour[hour] += 1 }
    earliest[hour] = min(earliest[hour], rest)
    latest[hour] = max(latest[hour], rest)
  }

  /// Work from start to end; where it is short, the hours between are worked too.
  mutating func add(from start: Int64, to end: Int64) {
    add(instant: start)
    add(beginning: start)
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
      beginnings[hour] += other.beginnings[hour]
      earliest[hour] = min(earliest[hour], other.earliest[hour])
      latest[hour] = max(latest[hour], other.latest[hour])
    }
    for day in 0..<7 { days[day] += other.days[day] }
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
  /// where less than a tenth of the instants came that were to be expected (of a row one in fifty), and chance
  /// would leave out as much in less than one of a thousand times for all weekdays, rows, hours or single hours
  /// together (Poisson, Bonferroni), nobody is there. What chance has its way with are days and hours in which work
  /// began, not instants, of which each piece of work has two. Rows show the nights of those who are seldom seen.
  /// Other hours are added where they hold a tenth of what a usual hour holds and three instants at least.
  func hours(like usual: [Bool], of other: HourEvidence) -> [Bool] {
    var result = usual
    func within(_ hours: [Int], _ values: [Double]) -> Double {
      hours.reduce(0) { $0 + (usual[$1] ? values[$1] : 0) }
    }
    let week = Array(0..<168)
    let usualTotal = within(week, other.counts)
    guard usualTotal > 0, total > 0 else { return result }
    let ownTotal = within(week, counts)
    let begun = within(week, beginnings)
    let dayTotal = days.reduce(0, +)
    /// Whether nobody is there, given the share of what came and how likely chance makes it.
    func leavesOut(
      _ hours: [Int], share: Double, expected: Double, seen: Double, level: Double
    ) -> Bool {
      within(hours, counts) <= share * ownTotal * within(hours, other.counts) / usualTotal
        && regularizedGamma(shape: seen + 1, expected).upper < level
    }
    func isLeftOut(_ hours: [Int], share: Double = 0.1, level: Double) -> Bool {
      leavesOut(
        hours, share: share, expected: begun * within(hours, other.counts) / usualTotal,
        seen: within(hours, beginnings), level: level)
    }
    func close(_ hours: [Int]) { for hour in hours { result[hour] = false } }
    for day in 0..<7 {
      let hours = (0..<24).map { day * 24 + $0 }
      let expected = dayTotal * within(hours, other.counts) / usualTotal
      if leavesOut(hours, share: 0.1, expected: expected, seen: days[day], level: 0.001 / 7) {
        close(hours)
      }
    }
    func daily(_ hour: Int) -> [Int] { (0..<7).map { $0 * 24 + hour } }
    let isEmpty = (0..<24).map { hour in
      let hours = daily(hour)
      return within(hours, counts) * usualTotal <= 0.1 * ownTotal * within(hours, other.counts)
    }
    rows: for length in stride(from: 23, to: 1, by: -1) {
      for first in 0..<24 {
        let row = (0..<length).map { (first + $0) % 24 }
        guard row.allSatisfy({ isEmpty[$0] }) else { continue }
        let hours = row.flatMap(daily)
        guard isLeftOut(hours, share: 0.02, level: 0.001 / 528) else { continue }
        close(hours)
        break rows
      }
    }
    for hour in 0..<24 where isLeftOut(daily(hour), level: 0.001 / 24) { close(daily(hour)) }
    for hour in 0..<168 where isLeftOut([hour], level: 0.001 / 168) { close([hour]) }
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
