/// When a server works: half-open intervals `[open, close)` of simulated time, in microseconds from the
/// start of the scenario.
///
/// Converts between calendar time and working time. Beyond the last interval nobody works.
public struct WorkCalendar: Sendable, Hashable {
  /// One working interval.
  @frozen public struct Interval: Sendable, Hashable, BitwiseCopyable {
    /// First instant of work, in microseconds.
    public var open: Int64
    /// First instant after it, in microseconds; greater than `open`.
    public var close: Int64
    /// Working time before `open` since the calendar's start, in microseconds.
    public var workBefore: Int64
  }

  /// The intervals in order, none touching the next.
  public let intervals: [Interval]
  /// Whether work never stops.
  public let isContinuous: Bool
  /// `index[k]` is the first interval that closes after `origin + k` days.
  private let index: [Int32]
  private let origin: Int64
  private static let dayLength: Int64 = 86_400_000_000

  /// The calendar of a machine that never rests.
  public static let continuous = WorkCalendar(continuous: ())

  private init(continuous: Void) {
    intervals = []
    isContinuous = true
    index = []
    origin = 0
  }

  /// A calendar of intervals; empty ones are dropped, touching and overlapping ones joined.
  public init(_ spans: [(open: Int64, close: Int64)]) {
    var joined: [(open: Int64, close: Int64)] = []
    for span in spans.sorted(by: { $0 < $1 }) where span.open < span.close {
      if let last = joined.last, span.open <= last.close {
        joined[joined.count - 1].close = max(last.close, span.close)
      } else {
        joined.append(span)
      }
    }
    var work: Int64 = 0
    var intervals: [Interval] = []
    for span in joined {
      intervals.append(Interval(open: span.open, close: span.close, workBefore: work))
      work += span.close - span.open
    }
    self.intervals = intervals
    isContinuous = false
    origin = intervals.first?.open ?? 0
    var index: [Int32] = []
    var position = 0
    while position < intervals.count {
      let start = origin + Int64(index.count) * Self.dayLength
      while position < intervals.count, intervals[position].close <= start { position += 1 }
      index.append(Int32(position))
    }
    self.index = index
  }

  /// The first interval that closes after `time`; `intervals.count` where none does.
  /// - Complexity: O(intervals in one day).
  public func firstInterval(closingAfter time: Int64) -> Int {
    let day = time < origin ? 0 : Int((time - origin) / Self.dayLength)
    guard day < index.count else { return intervals.count }
    var position = Int(index[day])
    while position < intervals.count, intervals[position].close <= time { position += 1 }
    return position
  }

  /// Whether `time` lies within an interval.
  public func isOpen(at time: Int64) -> Bool {
    if isContinuous { return true }
    let position = firstInterval(closingAfter: time)
    return position < intervals.count && intervals[position].open <= time
  }

  /// Working time from the calendar's start until `time`, in microseconds.
  ///
  /// For a continuous calendar this is `time` itself.
  public func workTime(at time: Int64) -> Int64 {
    if isContinuous { return time }
    let position = firstInterval(closingAfter: time)
    guard position < intervals.count else { return totalWork }
    let interval = intervals[position]
    return interval.workBefore + max(0, time - interval.open)
  }

  /// Working time between two instants, in microseconds; negative where `end` is before `start`.
  public func workTime(from start: Int64, to end: Int64) -> Int64 {
    workTime(at: end) - workTime(at: start)
  }

  /// The earliest instant at which `work` microseconds of working time have passed since `start`;
  /// `Int64.max` where the calendar ends before.
  ///
  /// No work ends at once, even outside hours.
  public func instant(after work: Int64, from start: Int64) -> Int64 {
    if isContinuous { return start + work }
    if work <= 0 { return start }
    var position = firstInterval(closingAfter: start)
    guard position < intervals.count else { return .max }
    let target = intervals[position].workBefore + max(0, start - intervals[position].open) + work
    while position < intervals.count {
      let interval = intervals[position]
      let instant = interval.open + (target - interval.workBefore)
      if instant <= interval.close { return instant }
      // Long work skips whole weeks by binary search rather than interval by interval.
      if target - interval.workBefore > Self.dayLength {
        position = lastInterval(startingBeforeWork: target)
      } else {
        position += 1
      }
    }
    return .max
  }

  /// The earliest instant at which `work` microseconds of working time have passed since the calendar's
  /// start: the closing instant of an interval belongs to it, not to the next opening.
  public func instant(atWork work: Int64) -> Int64 {
    if isContinuous { return work }
    guard let first = intervals.first else { return .max }
    return instant(after: work, from: first.open)
  }

  /// The first instant at or after `time` that lies within an interval; `Int64.max` where none does.
  public func opening(atOrAfter time: Int64) -> Int64 {
    if isContinuous { return time }
    let position = firstInterval(closingAfter: time)
    return position < intervals.count ? max(time, intervals[position].open) : .max
  }

  // MARK: Shifts and breaks

  /// Interruptions up to two hours are breaks within a shift; longer ones end it.
  public static let longestBreak: Int64 = 7_200_000_000

  /// Whether a shift, and not only a stretch before a break, ends with an interval.
  private func endsShift(interval position: Int) -> Bool {
    position + 1 >= intervals.count
      || intervals[position + 1].open - intervals[position].close > Self.longestBreak
  }

  /// Whether a shift ends at an instant at which an interval closes.
  public func endsShift(at time: Int64) -> Bool {
    if isContinuous { return false }
    let next = firstInterval(closingAfter: time)
    return next > 0 && intervals[next - 1].close == time && endsShift(interval: next - 1)
  }

  /// The end of the shift before the one in which an instant lies, and the opening of the latter, where
  /// the instant lies within `limit` microseconds of that opening; `nil` otherwise.
  public func shiftEnd(
    before time: Int64, within limit: Int64
  ) -> (instant: Int64, nextOpening: Int64)? {
    if isContinuous { return nil }
    // A closing instant belongs to the interval that it ends.
    let position = firstInterval(closingAfter: time - 1)
    guard position > 0, position < intervals.count, time - intervals[position].open <= limit,
      endsShift(interval: position - 1)
    else { return nil }
    return (intervals[position - 1].close, intervals[position].open)
  }

  /// Time since the last closing before an instant out of hours, in microseconds; 0 before the first.
  public func timeSinceClosing(at time: Int64) -> Int64 {
    if isContinuous { return 0 }
    let next = firstInterval(closingAfter: time)
    return next > 0 ? max(0, time - intervals[next - 1].close) : 0
  }

  /// The same shifts, each ending so many microseconds earlier; breaks stay as they are.
  public func shortened(by time: Int64) -> WorkCalendar {
    if isContinuous { return self }
    return WorkCalendar(
      intervals.indices.map {
        (
          intervals[$0].open,
          endsShift(interval: $0) ? intervals[$0].close - time : intervals[$0].close
        )
      })
  }

  /// All working time of the calendar, in microseconds; 0 for a continuous one.
  public var totalWork: Int64 {
    intervals.last.map { $0.workBefore + $0.close - $0.open } ?? 0
  }

  /// The last interval with `workBefore < work`.
  private func lastInterval(startingBeforeWork work: Int64) -> Int {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].workBefore < work { low = middle + 1 } else { high = middle }
    }
    let position = max(0, low - 1)
    let interval = intervals.isEmpty ? nil : intervals[position]
    if let interval, interval.workBefore + interval.close - interval.open < work {
      return intervals.count
    }
    return position
  }
}
