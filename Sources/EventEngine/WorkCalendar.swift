/// When a server works: half-open intervals `[open, close)` of simulated time, in microseconds from the
/// start of the scenario.
///
/// Converts between calendar time and working time. Beyond the last interval nobody works, unless the
/// calendar repeats: then its last stretch comes again and again, for ever.
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
  /// What comes again from `end` on; `nil` for nothing.
  public let repetition: Repetition?
  /// First instant that `intervals` say nothing of: the repetition's end, or never.
  private let end: Int64
  /// All working time of `intervals`, in microseconds; 0 for a continuous calendar.
  public let totalWork: Int64
  private static let dayLength: Int64 = 86_400_000_000

  /// The calendar of a machine that never rests.
  public static let continuous = WorkCalendar(continuous: ())

  private init(continuous: Void) {
    intervals = []
    isContinuous = true
    index = []
    origin = 0
    repetition = nil
    end = .max
    totalWork = 0
  }

  /// The last stretch of a calendar that comes again and again.
  public struct Repetition: Sendable, Hashable {
    /// Instant, outside all intervals, that is followed as `until` is.
    public let from: Int64
    /// Instant, outside all intervals, at which the stretch begins anew.
    public let until: Int64
    /// First interval of the stretch.
    let firstInterval: Int
    /// Working time in it, > 0, in microseconds.
    let work: Int64

    /// Its length, in microseconds.
    public var length: Int64 { until - from }
  }

  /// A calendar of intervals; empty ones are dropped, touching and overlapping ones joined.
  ///
  /// - Parameter period: length of the stretch that comes again for ever, in microseconds; `nil` where
  ///   nobody works beyond the last interval. The stretch ends with the last interval that leaves
  ///   both its ends outside hours; what lies beyond that is dropped. Where there is none, nothing is
  ///   repeated.
  public init(_ spans: [(open: Int64, close: Int64)], repeating period: Int64? = nil) {
    let joined = Self.joined(spans)
    self.init(joined, stretch: period.flatMap { Self.stretch(of: joined, period: $0) })
  }

  /// A calendar of intervals that are in order and do not touch, and of the stretch of them that repeats.
  private init(
    _ joined: [(open: Int64, close: Int64)], stretch: (from: Int64, until: Int64)?
  ) {
    var work: Int64 = 0
    var intervals: [Interval] = []
    for span in joined where span.open < stretch?.until ?? .max {
      intervals.append(Interval(open: span.open, close: span.close, workBefore: work))
      work += span.close - span.open
    }
    var repetition: Repetition?
    if let (from, until) = stretch, let first = intervals.firstIndex(where: { $0.close > from }) {
      repetition = Repetition(
        from: from, until: until, firstInterval: first, work: work - intervals[first].workBefore)
    }
    self.intervals = intervals
    self.repetition = repetition
    end = repetition?.until ?? .max
    totalWork = work
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

  private static func joined(
    _ spans: [(open: Int64, close: Int64)]
  ) -> [(open: Int64, close: Int64)] {
    var joined: [(open: Int64, close: Int64)] = []
    for span in spans.sorted(by: { $0 < $1 }) where span.open < span.close {
      if let last = joined.last, span.open <= last.close {
        joined[joined.count - 1].close = max(last.close, span.close)
      } else {
        joined.append(span)
      }
    }
    return joined
  }

  /// The last stretch of a length that begins and ends outside hours.
  private static func stretch(
    of spans: [(open: Int64, close: Int64)], period: Int64
  ) -> (from: Int64, until: Int64)? {
    var first = spans.count - 1
    for last in spans.reversed() {
      let from = last.close - period
      while first > 0, spans[first - 1].close > from { first -= 1 }
      if from < spans[0].open { return nil }
      if spans[first].open >= from { return (from, last.close) }
    }
    return nil
  }

  /// An interval: its row in `intervals`, and how many repetitions later it is.
  private struct Position {
    var row: Int
    var repetitions: Int64
  }

  /// The first interval that closes after `time`; `nil` where none does.
  /// - Complexity: O(intervals in one day).
  @inline(__always)
  private func position(closingAfter time: Int64) -> Position? {
    var position = Position(row: 0, repetitions: 0)
    var local = time
    if time >= end, let repetition {
      position.repetitions = (time - end) / repetition.length + 1
      local = time - position.repetitions * repetition.length
    }
    position.row = row(closingAfter: local)
    if position.row < intervals.count { return position }
    guard let repetition else { return nil }
    return Position(row: repetition.firstInterval, repetitions: position.repetitions + 1)
  }

  /// How much later a position is than its row says, in microseconds.
  @inline(__always)
  private func delay(_ position: Position) -> Int64 {
    position.repetitions == 0 ? 0 : position.repetitions * (repetition?.length ?? 0)
  }

  /// The first of `intervals` that closes after `time`; `intervals.count` where none does.
  private func row(closingAfter time: Int64) -> Int {
    let day = time < origin ? 0 : Int((time - origin) / Self.dayLength)
    guard day < index.count else { return intervals.count }
    var position = Int(index[day])
    while position < intervals.count, intervals[position].close <= time { position += 1 }
    return position
  }

  /// The row in `intervals` of the first interval that closes after `time`, or of the one it repeats;
  /// `intervals.count` where none does.
  /// - Complexity: O(intervals in one day).
  public func firstInterval(closingAfter time: Int64) -> Int {
    position(closingAfter: time)?.row ?? intervals.count
  }

  /// The first opening or closing after `time`; `Int64.max` where none comes.
  public func nextChange(after time: Int64) -> Int64 {
    guard let position = position(closingAfter: time) else { return .max }
    let interval = intervals[position.row]
    let delay = delay(position)
    return interval.open + delay > time ? interval.open + delay : interval.close + delay
  }

  /// Whether `time` lies within an interval.
  public func isOpen(at time: Int64) -> Bool {
    if isContinuous { return true }
    guard let position = position(closingAfter: time) else { return false }
    return intervals[position.row].open + delay(position) <= time
  }

  /// Working time from the calendar's start until `time`, in microseconds.
  ///
  /// For a continuous calendar this is `time` itself.
  public func workTime(at time: Int64) -> Int64 {
    if isContinuous { return time }
    guard let position = position(closingAfter: time) else { return totalWork }
    let interval = intervals[position.row]
    let work = interval.workBefore + max(0, time - interval.open - delay(position))
    return position.repetitions == 0
      ? work : work + position.repetitions * (repetition?.work ?? 0)
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
    guard var position = position(closingAfter: start) else { return .max }
    let first = intervals[position.row]
    var target = first.workBefore + max(0, start - first.open - delay(position)) + work
    if target > totalWork {
      guard let repetition else { return .max }
      let whole = (target - totalWork - 1) / repetition.work + 1
      position.repetitions += whole
      target -= whole * repetition.work
      position.row = lastInterval(startingBeforeWork: target)
    } else if target - first.workBefore > Self.dayLength {
      // Long work skips whole weeks by binary search rather than interval by interval.
      position.row = lastInterval(startingBeforeWork: target)
    }
    while position.row < intervals.count {
      let interval = intervals[position.row]
      let instant = interval.open + (target - interval.workBefore)
      if instant <= interval.close { return instant + delay(position) }
      position.row += 1
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
    guard let position = position(closingAfter: time) else { return .max }
    return max(time, intervals[position.row].open + delay(position))
  }

  // MARK: Shifts and breaks

  /// Interruptions up to two hours are breaks within a shift; longer ones end it.
  public static let longestBreak: Int64 = 7_200_000_000

  /// Whether a shift, and not only a stretch before a break, ends with an interval.
  private func endsShift(row: Int) -> Bool {
    let close = intervals[row].close
    if row + 1 < intervals.count { return intervals[row + 1].open - close > Self.longestBreak }
    guard let repetition else { return true }
    return intervals[repetition.firstInterval].open + repetition.length - close > Self.longestBreak
  }

  /// The interval before a position; `nil` for none.
  private func previous(_ position: Position) -> Position? {
    if position.repetitions > 0, position.row == repetition?.firstInterval {
      return Position(row: intervals.count - 1, repetitions: position.repetitions - 1)
    }
    return position.row > 0
      ? Position(row: position.row - 1, repetitions: position.repetitions) : nil
  }

  /// Whether a shift ends at an instant at which an interval closes.
  public func endsShift(at time: Int64) -> Bool {
    if isContinuous { return false }
    guard let position = position(closingAfter: time - 1) else { return false }
    return intervals[position.row].close + delay(position) == time && endsShift(row: position.row)
  }

  /// The end of the shift before the one in which an instant lies, and the opening of the latter, where
  /// the instant lies within `limit` microseconds of that opening; `nil` otherwise.
  public func shiftEnd(
    before time: Int64, within limit: Int64
  ) -> (instant: Int64, nextOpening: Int64)? {
    if isContinuous { return nil }
    // A closing instant belongs to the interval that it ends.
    guard let position = position(closingAfter: time - 1), let before = previous(position) else {
      return nil
    }
    let open = intervals[position.row].open + delay(position)
    guard time - open <= limit, endsShift(row: before.row) else { return nil }
    return (intervals[before.row].close + delay(before), open)
  }

  /// Time since the end of the last shift at an instant between shifts, in microseconds; 0 within a
  /// shift, its breaks included, and before the first.
  public func timeSinceShiftEnd(at time: Int64) -> Int64 {
    if isContinuous { return 0 }
    let before: Position
    if let position = position(closingAfter: time) {
      guard intervals[position.row].open + delay(position) > time,
        let previous = previous(position)
      else { return 0 }
      before = previous
    } else {
      before = Position(row: intervals.count - 1, repetitions: 0)
    }
    guard before.row >= 0, endsShift(row: before.row) else { return 0 }
    return time - intervals[before.row].close - delay(before)
  }

  /// The same shifts, each ending so many microseconds earlier; breaks stay as they are.
  public func shortened(by time: Int64) -> WorkCalendar {
    if isContinuous { return self }
    let spans = intervals.indices.map { row in
      (
        open: intervals[row].open,
        close: endsShift(row: row) ? intervals[row].close - time : intervals[row].close
      )
    }
    return WorkCalendar(
      spans.filter { $0.open < $0.close }, stretch: repetition.map { ($0.from, $0.until) })
  }

  /// The same shifts, each ending so many microseconds later, at most when the next begins; breaks stay as
  /// they are.
  public func lengthened(by time: Int64) -> WorkCalendar {
    if isContinuous { return self }
    let spans = intervals.indices.map { row in
      let interval = intervals[row]
      guard endsShift(row: row) else { return (open: interval.open, close: interval.close) }
      let next = row + 1 < intervals.count ? intervals[row + 1].open : .max
      return (open: interval.open, close: min(interval.close + time, next))
    }
    return WorkCalendar(spans, repeating: repetition?.length)
  }

  /// The last interval with `workBefore < work`.
  private func lastInterval(startingBeforeWork work: Int64) -> Int {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].workBefore < work { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
