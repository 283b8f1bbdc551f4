/// The local time of a log: where instant 0 lies, and how far local time is from UTC.
public struct LogZone: Sendable {
  /// Seconds from 1970-01-01T00:00:00Z to instant 0.
  let origin: Int64
  /// The offset from UTC at an instant (seconds since 1970), in seconds, and the instants between which it
  /// holds.
  let offset: @Sendable (_ seconds: Int64) -> (seconds: Int, from: Int64, until: Int64)

  /// Creates a zone.
  public init(
    origin: Int64,
    offset: @escaping @Sendable (_ seconds: Int64) -> (seconds: Int, from: Int64, until: Int64)
  ) {
    self.origin = origin
    self.offset = offset
  }
}

/// Writes instants as ISO 8601 local time with the offset from UTC, such as
/// `2026-01-05T08:00:12.5+01:00`; what is the same as in the last one is copied.
struct LogClock {
  private let zone: LogZone
  private let origin: Int64
  private var offset: Int64 = 0
  /// Instants, in microseconds, between which the offset holds.
  private var from = Int64.max
  private var until = Int64.min
  /// Local midnight of the date in `date`, in microseconds; the end of time before the first.
  private var midnight = Int64.max
  private var date: (UInt64, UInt32) = (0, 0)
  private var suffix: (UInt32, UInt16) = (0, 0)

  init(_ zone: LogZone) {
    self.zone = zone
    origin = zone.origin
  }

  @inline(__always)
  mutating func write(_ instant: Int64, to buffer: inout LogBuffer) {
    if instant < from || instant >= until { changeOffset(instant) }
    let local = instant &+ (origin &+ offset) &* 1_000_000
    if local < midnight || local &- midnight >= 86_400_000_000 { changeDate(local) }
    var rest = UInt64(truncatingIfNeeded: local &- midnight)
    let fraction = rest % 1_000_000
    rest /= 1_000_000
    buffer.add(date.0)
    buffer.addLow(date.1, bytes: 3)
    buffer.addPair(rest / 3600)
    buffer.add(UInt8(ascii: ":"))
    buffer.addPair(rest / 60 % 60)
    buffer.add(UInt8(ascii: ":"))
    buffer.addPair(rest % 60)
    if fraction != 0 { buffer.addFraction(fraction) }
    buffer.add(suffix.0)
    buffer.addLow(UInt32(suffix.1), bytes: 2)
  }

  private mutating func changeOffset(_ instant: Int64) {
    let seconds = origin + Int64((Double(instant) / 1e6).rounded(.down))
    let found = zone.offset(seconds)
    offset = Int64(found.seconds)
    from = Self.instant(found.from, origin)
    until = Self.instant(found.until, origin)
    let minutes = abs(found.seconds) / 60
    let text = Array(
      "\(found.seconds < 0 ? "-" : "+")\(pair(minutes / 60)):\(pair(minutes % 60))".utf8)
    suffix.0 = text.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    suffix.1 = text.dropFirst(4).reversed().reduce(0) { $0 << 8 | UInt16($1) }
    midnight = .max
  }

  private static func instant(_ seconds: Int64, _ origin: Int64) -> Int64 {
    let (microseconds, overflow) = (seconds.subtractingReportingOverflow(origin).partialValue)
      .multipliedReportingOverflow(by: 1_000_000)
    return overflow ? (seconds < 0 ? .min : .max) : microseconds
  }

  private mutating func changeDate(_ local: Int64) {
    var day = local / 86_400_000_000
    if local % 86_400_000_000 < 0 { day -= 1 }
    midnight = day * 86_400_000_000
    let (year, month, dayOfMonth) = civilDate(ofDay: day)
    let digits = String(year)
    let text = Array(
      "\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)-\(pair(month))-\(pair(dayOfMonth))T"
        .utf8)
    date.0 = text.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    date.1 = text.dropFirst(8).prefix(3).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Year, month and day of a number of days since 1970-01-01.
///
/// Source: Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`.
private func civilDate(ofDay day: Int64) -> (year: Int, month: Int, day: Int) {
  let shifted = Int(day) + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return (
    yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
    dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  )
}

/// A clock for each time of a row, as each goes on from what it wrote last.
struct LogClocks {
  var enabled: LogClock
  var started: LogClock
  var finished: LogClock

  init(_ zone: LogZone) {
    enabled = LogClock(zone)
    started = LogClock(zone)
    finished = LogClock(zone)
  }
}
