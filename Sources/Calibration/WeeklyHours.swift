/// Working hours of an ordinary week, in minutes from Monday's midnight of local time.
public struct WeeklyHours: Sendable, Hashable {
  /// When hours begin and end, in order and apart from each other; within 0...10,080.
  public let spans: [Span]
  /// Days, counted from 1970-01-01 and ascending, whose hours nobody works.
  public let closed: [Int]
  private let before: [Int64]
  private let perWeek: Int64

  /// Hours in one stretch.
  public struct Span: Sendable, Hashable {
    /// First minute.
    public var open: Int
    /// Minute after the last.
    public var close: Int

    /// Creates a stretch.
    public init(open: Int, close: Int) {
      self.open = open
      self.close = close
    }
  }

  /// Minutes of a week.
  public static let week = 10_080
  /// Around the clock.
  public static let always = WeeklyHours([Span(open: 0, close: week)])

  /// Hours from stretches in any order; those that touch are joined.
  ///
  /// - Parameter closed: days, counted from 1970-01-01, on which nobody works, in any order.
  public init(_ spans: [Span], closed: [Int] = []) {
    self.closed = Set(closed).sorted()
    var joined: [Span] = []
    for span in spans.sorted(by: { ($0.open, $0.close) < ($1.open, $1.close) })
    where span.open < span.close {
      if let last = joined.last, span.open <= last.close {
        joined[joined.count - 1].close = max(last.close, span.close)
      } else {
        joined.append(span)
      }
    }
    self.spans = joined
    var sum: Int64 = 0
    before = joined.map { span in
      defer { sum += Int64(span.close - span.open) * 60_000_000 }
      return sum
    }
    perWeek = sum
  }

  /// Whether it is open around the clock.
  public var isAlways: Bool { self == .always }
  /// Minutes a week.
  public var minutesPerWeek: Int { Int(perWeek / 60_000_000) }

  private static let dayLength: Int64 = 86_400_000_000
  private static let weekLength: Int64 = 604_800_000_000
  /// 1970-01-01 was a Thursday.
  private static let monday: Int64 = 3 * 86_400_000_000

  /// Week, counted from one, and the place in it of a local instant.
  static func place(_ local: Int64) -> (week: Int64, within: Int64) {
    let shifted = local + monday
    var week = shifted / weekLength
    var within = shifted % weekLength
    if within < 0 {
      within += weekLength
      week -= 1
    }
    return (week, within)
  }

  /// Working time from an origin of its own to a local instant, in microseconds, without closed days.
  private func worked(_ local: Int64) -> Int64 {
    let (week, within) = Self.place(local)
    var sum: Int64 = 0
    for (index, span) in spans.enumerated().reversed() where Int64(span.open) * 60_000_000 < within
    {
      sum =
        before[index] + min(within, Int64(span.close) * 60_000_000) - Int64(span.open) * 60_000_000
      break
    }
    return week * perWeek + sum
  }

  /// Working time between two local instants, in microseconds.
  public func work(from start: Int64, to end: Int64) -> Int64 {
    guard start < end else { return 0 }
    var sum = worked(end) - worked(start)
    for day in closed {
      let midnight = Int64(day) * Self.dayLength
      if midnight >= end { break }
      let (from, to) = (max(start, midnight), min(end, midnight + Self.dayLength))
      if from < to { sum -= worked(to) - worked(from) }
    }
    return sum
  }

  /// Working time between two instants at which somebody works, in microseconds: what lies outside of the hours at
  /// either end is overtime, of up to an hour.
  func workWithOvertime(from start: Int64, to end: Int64) -> Int64 {
    var sum = work(from: start, to: end)
    guard sum > 0 else { return sum }
    let hour: Int64 = 3_600_000_000
    let opening = next(from: start)
    if opening - start <= hour { sum += opening - start }
    let within = Self.place(end).within
    if !isOpen(at: end - 1), endOfClosedDay(end - 1) == nil,
      let close = spans.last(where: { Int64($0.close) * 60_000_000 <= within })?.close
    {
      let late = within - Int64(close) * 60_000_000
      if late <= hour { sum += late }
    }
    return sum
  }

  /// The end of the closed day that an instant lies in; `nil` where the day is none.
  private func endOfClosedDay(_ local: Int64) -> Int64? {
    let day = floorDivide(local, Self.dayLength)
    return closed.contains(Int(day)) ? (day + 1) * Self.dayLength : nil
  }

  /// The local instant at which an amount of working time, in microseconds, from an instant on is done.
  ///
  /// - Precondition: there are hours.
  func instant(after amount: Int64, from local: Int64) -> Int64 {
    var at = plainInstant(after: amount, from: local)
    if closed.isEmpty { return at }
    var missing = amount - work(from: local, to: at)
    while missing > 0 {
      at = plainInstant(after: missing, from: next(from: at))
      missing = amount - work(from: local, to: at)
    }
    return at
  }

  private func plainInstant(after amount: Int64, from local: Int64) -> Int64 {
    let target = worked(local) + amount
    var week = target / perWeek
    var rest = target % perWeek
    // The end of a week's hours rather than the beginning of the next ones.
    if rest <= 0 {
      week -= 1
      rest += perWeek
    }
    let monday = week * Self.weekLength - Self.monday
    for (index, span) in spans.enumerated().reversed() where before[index] < rest {
      return max(local, monday + Int64(span.open) * 60_000_000 + rest - before[index])
    }
    return local
  }

  /// Whether a local instant lies in the hours.
  public func isOpen(at local: Int64) -> Bool {
    let within = Self.place(local).within
    if endOfClosedDay(local) != nil { return false }
    return spans.contains {
      Int64($0.open) * 60_000_000 <= within && within < Int64($0.close) * 60_000_000
    }
  }

  /// The first local instant from one on that lies in the hours; `Int64.max` where there are none.
  public func next(from local: Int64) -> Int64 {
    guard !spans.isEmpty else { return .max }
    var at = plainNext(from: local)
    while let end = endOfClosedDay(at) { at = plainNext(from: end) }
    return at
  }

  private func plainNext(from local: Int64) -> Int64 {
    let (week, within) = Self.place(local)
    let monday = week * Self.weekLength - Self.monday
    for span in spans where within < Int64(span.close) * 60_000_000 {
      return monday + max(within, Int64(span.open) * 60_000_000)
    }
    return monday + Self.weekLength + Int64(spans[0].open) * 60_000_000
  }

  /// The hours as scenarios write them, a line for each kind of day.
  public var lines: [String] {
    if minutesPerWeek == Self.week { return ["always"] }
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let days = (0..<7).map { day in
      spans.compactMap { span -> String? in
        let open = max(span.open, day * 1440) - day * 1440
        let close = min(span.close, (day + 1) * 1440) - day * 1440
        return open < close ? "\(Self.clock(open))-\(Self.clock(close))" : nil
      }.joined(separator: " ")
    }
    var lines: [String] = []
    var day = 0
    while day < 7 {
      var last = day
      while last < 6, days[last + 1] == days[day] { last += 1 }
      if !days[day].isEmpty {
        lines.append("\(day == last ? names[day] : "\(names[day])-\(names[last])") \(days[day])")
      }
      day = last + 1
    }
    return lines
  }

  private static func clock(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }
}
