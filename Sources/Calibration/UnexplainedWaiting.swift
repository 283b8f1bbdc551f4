/// Waiting before a piece of work that neither hours nor other work explain.
struct UnexplainedWait {
  /// From when on nothing explains it, as local instant in microseconds.
  var free: Int64
  /// When the work began.
  var start: Int64
  /// The working time of the team between the two.
  var worked: Int64
  /// When its case began.
  var caseStart: Int64
  /// The work that it goes before, by its place in `CalibrationLog.works`.
  var place: Int
  /// All time between the two.
  var calendar: Int64 { start - free }
}

/// Whether waiting goes by the calendar rather than by hours of work.
///
/// Each wait is laid at the place of another, once as working time and once as time of the calendar; the clock
/// under which starts fall on the hours of the day as they did is the one, by calendar only where its error (sum
/// of absolute differences over 24 hours) is less than 0.8 of the other's. Fewer than 50 waits do not tell.
func goesByCalendar(_ waits: [UnexplainedWait], hours: WeeklyHours) -> Bool {
  let sorted = waits.filter { $0.calendar > 0 }.sorted {
    ($0.free, $0.start) < ($1.free, $1.start)
  }
  guard sorted.count >= 50, !hours.isAlways, hours.minutesPerWeek > 0 else { return false }
  func hour(_ local: Int64) -> Int { Int(WeeklyHours.place(local).within / 3_600_000_000) % 24 }
  var real = [Double](repeating: 0, count: 24)
  var (working, calendar) = (real, real)
  for (index, wait) in sorted.enumerated() {
    let other = sorted[(index + sorted.count / 2) % sorted.count]
    real[hour(wait.start)] += 1
    working[hour(hours.instant(after: other.worked, from: wait.free))] += 1
    calendar[hour(hours.next(from: wait.free + other.calendar))] += 1
  }
  func error(_ other: [Double]) -> Double { zip(real, other).reduce(0) { $0 + abs($1.0 - $1.1) } }
  return error(calendar) < 0.8 * error(working)
}

extension CalibrationLog {
  /// For each activity the waiting that neither hours nor other work explain; one value for each piece of
  /// work, zeros included.
  ///
  /// Waiting is explained until somebody of the team who does the activity is there and free; what follows is
  /// not. Source: Chapela-Campa and Dumas, *Enhancing business process simulation models with extraneous
  /// activity delays*, doi:10.1016/j.is.2024.102346, with whoever of the team is free in place of the resource
  /// who did it at last.
  func unexplainedWaiting(_ teams: [DiscoveredTeam]) -> [[UnexplainedWait]] {
    var found = [[UnexplainedWait]](repeating: [], count: activities.count)
    var byResource = [[Work]](repeating: [], count: resources.count)
    for work in works where work.end > work.start { byResource[work.resource].append(work) }
    for index in byResource.indices {
      byResource[index].sort { ($0.start, $0.end) < ($1.start, $1.end) }
    }
    var teamOf = [Int](repeating: -1, count: activities.count)
    for (index, team) in teams.enumerated() {
      for activity in team.activities { teamOf[activity] = index }
    }
    for caseIndex in 0..<caseCount {
      let caseStart = range(ofCase: caseIndex).map { works[$0].start }.min() ?? 0
      for index in range(ofCase: caseIndex) {
        let work = works[index]
        guard teamOf[work.activity] >= 0 else { continue }
        let team = teams[teamOf[work.activity]]
        guard work.start > work.enabled else {
          found[work.activity].append(
            UnexplainedWait(
              free: work.start, start: work.start, worked: 0, caseStart: caseStart, place: index))
          continue
        }
        var free = work.start
        if team.limit > 1 {
          free = min(free, team.hours.next(from: work.enabled))
        } else {
          for member in team.doers[work.activity] ?? [] where free > work.enabled {
            let position = team.members.firstIndex(of: member) ?? 0
            free = min(
              free,
              firstFree(
                byResource[member], hours: team.memberHours[position], from: work.enabled,
                before: free))
          }
        }
        found[work.activity].append(
          UnexplainedWait(
            free: free, start: work.start, worked: team.hours.work(from: free, to: work.start),
            caseStart: caseStart, place: index))
      }
    }
    return found
  }

  /// The first instant from one on at which somebody is there and free, at most `limit`.
  private func firstFree(
    _ works: [Work], hours: WeeklyHours, from start: Int64, before limit: Int64
  ) -> Int64 {
    // The last work that begins at or before an instant is the one in hand, as they do one after the other.
    var low = 0
    var high = works.count
    while low < high {
      let middle = (low + high) / 2
      if works[middle].start <= start { low = middle + 1 } else { high = middle }
    }
    var at = start
    var next = max(0, low - 1)
    while at < limit {
      at = hours.next(from: at)
      if at >= limit { return limit }
      var isFree = true
      while next < works.count, works[next].start <= at {
        if works[next].end > at {
          at = works[next].end
          isFree = false
        }
        next += 1
      }
      if isFree { return at }
    }
    return limit
  }
}
