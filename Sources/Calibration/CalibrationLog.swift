internal import EventLogs

/// A time zone, as calibration needs it.
public struct LogClock: Sendable {
  /// IANA name.
  public var zone: String
  /// Seconds that local time is ahead of UTC at an instant in seconds since 1970.
  public var offset: @Sendable (_ seconds: Int64) -> Int

  /// Creates a zone.
  public init(zone: String, offset: @escaping @Sendable (_ seconds: Int64) -> Int) {
    self.zone = zone
    self.offset = offset
  }

  /// Local time of an instant, both in microseconds.
  public func local(_ instant: Int64) -> Int64 {
    let seconds = Int64((Double(instant) / 1e6).rounded(.down))
    return instant + Int64(offset(seconds)) * 1_000_000
  }
}

/// A piece of work with its times on the local clock.
struct Work {
  var caseIndex: Int
  var activity: Int
  /// Index among `CalibrationLog.resources`.
  var resource: Int
  var start: Int64
  var end: Int64
  /// When it could have begun, as what comes before it in its case says.
  var enabled: Int64
  /// Its place among the events of the log.
  var event: Int
  /// Whether it is done in one with another piece of work, which stands for both.
  var isFollower = false
  /// Whether its end is not known.
  var isUnfinished = false
}

/// A log made ready for calibration: local times, a resource for every event, starts for all.
struct CalibrationLog {
  var activities: [String]
  /// Names of resources; behind those of the log one for each activity that nobody is named for.
  var resources: [String]
  /// Resources from this one on stand for people whom the log does not name.
  var firstUnnamed: Int
  var works: [Work] = []
  var firstWork: [Int] = [0]
  /// When each case came, on the local clock, as far as the log says: at its first work at the latest.
  var came: [Int64] = []
  var hasStartTimes: Bool

  /// When work begins and ends.
  var instants: [Int64] { works.map(\.start) + works.map(\.end) }
  var caseCount: Int { firstWork.count - 1 }
  func range(ofCase index: Int) -> Range<Int> { firstWork[index]..<firstWork[index + 1] }

  init(_ log: EventLog, clock: LogClock) {
    activities = log.activities
    resources = log.resources
    firstUnnamed = log.resources.count
    hasStartTimes = log.source.hasStartTimes
    var unnamed: [Int: Int] = [:]
    works.reserveCapacity(log.events.count)
    for index in log.cases.indices {
      for place in log.firstEvent[index]..<log.firstEvent[index + 1] {
        let event = log.events[place]
        let activity = Int(event.activity)
        var resource = Int(event.resource)
        if resource < 0 {
          if let known = unnamed[activity] {
            resource = known
          } else {
            resource = resources.count
            unnamed[activity] = resource
            resources.append("whoever does \(log.activities[activity])")
          }
        }
        let start = clock.local(event.start)
        works.append(
          Work(
            caseIndex: index, activity: activity, resource: resource, start: start,
            end: max(start, clock.local(event.end)), enabled: start, event: place,
            isUnfinished: event.isUnfinished))
      }
      firstWork.append(works.count)
    }
    came = hasStartTimes ? caseArrivals(log).map { clock.local($0) } : []
    if !log.source.hasEndTimes { estimateEnds() }
    if !hasStartTimes {
      estimateStarts()
      came = (0..<caseCount).map { range(ofCase: $0).map { works[$0].start }.min() ?? 0 }
    }
  }

  /// The time from the first start to the last end of a case that 99 % of cases stay below, in microseconds.
  var longestCase: Int64 {
    let lengths = (0..<caseCount).map { index -> Int64 in
      let range = range(ofCase: index)
      let start = range.map { works[$0].start }.min() ?? 0
      return (range.map { works[$0].end }.max() ?? start) - start
    }.sorted()
    return lengths.isEmpty ? 0 : lengths[min(lengths.count - 1, lengths.count * 99 / 100)]
  }

  /// The last local instant from which on 99 of 100 cases still end within the log; `nil` where fewer than half of
  /// the cases begin by then, so that the log is too short to tell what its end cuts off.
  var wholeUntil: Int64? {
    guard let last = works.map(\.end).max() else { return nil }
    let instant = last - longestCase
    let arrivals = arrivals
    return 2 * arrivals.count { $0 <= instant } >= arrivals.count ? instant : nil
  }

  /// The last local instant until which the log shows all the work there was; `nil` where that is its end.
  ///
  /// Logs may be without the cases that began after a day. Afterwards people seem free who were at work that is not in
  /// the log. That is so where no case begins in a last stretch that is three times as long as any between two cases,
  /// and that arrivals at random would not leave empty in one of a thousand times.
  var completeUntil: Int64? {
    let arrivals = arrivals
    guard arrivals.count >= 30, let first = arrivals.first, let last = arrivals.last,
      let end = works.map(\.end).max()
    else { return nil }
    let longest = zip(arrivals, arrivals.dropFirst()).map { $1 - $0 }.max() ?? 0
    let mean = Double(last - first) / Double(arrivals.count - 1)
    let quiet = end - last
    return quiet > 3 * longest && Double(quiet) > 7 * mean ? last : nil
  }

  /// Ends of work where the log has none: when the case or its resource began something else, at the earliest.
  ///
  /// The heuristic of `estimateStarts` turned round. The last work of a case has no known end, since when its resource
  /// began another case says more of how cases come than of it.
  private mutating func estimateEnds() {
    var nextOfResource: [Int: Int64] = [:]
    var nextOfCase = [Int64?](repeating: nil, count: caseCount)
    // From the last to the first.
    let order = works.indices.sorted { (works[$0].start, $0) > (works[$1].start, $1) }
    for index in order {
      let work = works[index]
      let isNamed = work.resource < firstUnnamed
      if let next = nextOfCase[work.caseIndex] {
        works[index].end = min(next, isNamed ? nextOfResource[work.resource] ?? next : next)
      } else {
        works[index].isUnfinished = true
      }
      nextOfCase[work.caseIndex] = work.start
      if isNamed { nextOfResource[work.resource] = work.start }
    }
  }

  /// Starts of work where the log has none: when both the case and the resource were free, at the latest.
  ///
  /// Source: the heuristic of Martin et al., *Retrieving the resource availability calendars*, and of Simod's
  /// start time estimator, without its statistics for the first event: that takes no time.
  private mutating func estimateStarts() {
    var lastOfResource: [Int: Int64] = [:]
    let order = works.indices.sorted { (works[$0].end, $0) < (works[$1].end, $1) }
    var previousEnd = [Int64?](repeating: nil, count: caseCount)
    for index in order {
      let work = works[index]
      let free = work.resource < firstUnnamed ? lastOfResource[work.resource] : nil
      if let previous = previousEnd[work.caseIndex] {
        works[index].start = min(work.end, max(previous, free ?? previous))
      } else {
        works[index].start = work.end
      }
      previousEnd[work.caseIndex] = work.end
      lastOfResource[work.resource] = work.end
    }
    for index in 0..<caseCount {
      let range = range(ofCase: index)
      works[range].sort { ($0.start, $0.end) < ($1.start, $1.end) }
    }
  }
}

/// When the cases of a log came, in microseconds since 1970, by their place in `EventLog.cases`.
///
/// That is when their first work began, since most logs do not say since when it could have been done; with a
/// column that says so (`enabled`) for nine of ten cases, never after the beginning and by a minute before it for
/// one in a hundred at least, it is that time.
func caseArrivals(_ log: EventLog) -> [Int64] {
  let firsts = log.cases.indices.map { index in
    log.events(ofCase: index).min { ($0.start, $0.row) < ($1.start, $1.row) }
  }
  let begins = firsts.map { $0?.start ?? 0 }
  let known = firsts.compactMap { $0 }.filter { $0.enabled != .min }
  let minute: Int64 = 60_000_000
  guard 10 * known.count >= 9 * max(1, begins.count),
    known.allSatisfy({ $0.enabled <= $0.start }),
    100 * known.count(where: { $0.enabled <= $0.start - minute }) >= known.count,
    let first = begins.min(), let last = log.events.map(\.end).max(),
    // A time that stands for none would be far from the others.
    known.allSatisfy({ $0.enabled >= first - (last - first) })
  else { return begins }
  return zip(firsts, begins).map { event, begin in
    guard let event, event.enabled != .min else { return begin }
    return event.enabled
  }
}
