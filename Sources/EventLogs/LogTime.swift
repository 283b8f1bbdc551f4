internal import Facts

/// An instant as a log writes it.
struct LogTime: Hashable {
  /// Microseconds since 1970-01-01T00:00:00 of its own clock.
  var local: Int64
  /// Minutes of its clock ahead of UTC; `nil` where it does not say.
  var offset: Int?
}

/// A way to write instants.
enum LogTimeFormat: String, CaseIterable {
  /// ISO 8601, `2026-01-05T08:30:12.5+01:00`, with `T` or a blank.
  case iso = "ISO 8601"
  /// `2026/01/05 08:30`.
  case slashedISO = "year/month/day"
  /// `05.01.2026 08:30`, `05/01/2026 08:30` or `05-01-2026 08:30`.
  case dayFirst = "day/month/year"
  /// `01/05/2026 08:30`.
  case monthFirst = "month/day/year"
  /// Seconds since 1970.
  case seconds = "seconds since 1970"
  /// Milliseconds since 1970.
  case milliseconds = "milliseconds since 1970"

  /// Reads an instant; `nil` where the text is none.
  func read(_ text: Substring.UTF8View) -> LogTime? {
    var scanner = TimeScanner(rest: text)
    scanner.skipBlanks()
    switch self {
    case .seconds, .milliseconds: return scanner.epoch(self == .seconds ? 1_000_000 : 1_000)
    case .iso, .slashedISO:
      guard let year = scanner.number(4, 4) else { return nil }
      let mark = UInt8(ascii: self == .iso ? "-" : "/")
      guard scanner.skip(mark), let month = scanner.number(1, 2), scanner.skip(mark),
        let day = scanner.number(1, 2)
      else { return nil }
      return scanner.clock(year, month, day)
    case .dayFirst, .monthFirst:
      guard let first = scanner.number(1, 2), let mark = scanner.rest.first,
        mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".") || mark == UInt8(ascii: "-"),
        scanner.skip(mark), let second = scanner.number(1, 2), scanner.skip(mark),
        let year = scanner.number(4, 4)
      else { return nil }
      return self == .dayFirst
        ? scanner.clock(year, second, first) : scanner.clock(year, first, second)
    }
  }

  /// The first format that reads every one of some texts; `nil` where there is none.
  static func common(of texts: [String]) -> LogTimeFormat? {
    guard !texts.isEmpty else { return nil }
    return allCases.first { format in texts.allSatisfy { format.read($0[...].utf8) != nil } }
  }
}

/// Reads the parts of an instant.
private struct TimeScanner {
  var rest: Substring.UTF8View

  mutating func skipBlanks() {
    while let byte = rest.first, byte == 0x20 || byte == 0x09 { rest.removeFirst() }
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ fewest: Int, _ most: Int) -> Int? {
    var value = 0
    var count = 0
    while count < most, let byte = rest.first, 48...57 ~= byte {
      value = value * 10 + Int(byte) - 48
      rest.removeFirst()
      count += 1
    }
    return count >= fewest ? value : nil
  }

  mutating func epoch(_ factor: Int64) -> LogTime? {
    guard let whole = number(9, 13) else { return nil }
    // Seconds have ten digits from 2001 to 2286, milliseconds thirteen.
    guard factor == 1_000_000 ? whole < 100_000_000_000 : whole >= 100_000_000_000 else {
      return nil
    }
    var value = Int64(whole) * factor
    if skip(UInt8(ascii: ".")) { value += fraction() * factor / 1_000_000 }
    skipBlanks()
    return rest.isEmpty ? LogTime(local: value, offset: 0) : nil
  }

  /// Six digits of a fraction; those beyond are passed.
  private mutating func fraction() -> Int64 {
    var value: Int64 = 0
    var place: Int64 = 100_000
    while let byte = rest.first, 48...57 ~= byte {
      value += Int64(byte - 48) * place
      place /= 10
      rest.removeFirst()
    }
    return value
  }

  /// The time of day after a date, and the offset.
  mutating func clock(_ year: Int, _ month: Int, _ day: Int) -> LogTime? {
    // What lies further off stands for no time at all.
    guard 1900...2199 ~= year, let date = CalendarDay(year: year, month: month, day: day) else {
      return nil
    }
    var local = Int64(date.number) * 86_400_000_000
    if rest.isEmpty { return LogTime(local: local, offset: nil) }
    guard skip(UInt8(ascii: "T")) || skip(UInt8(ascii: " ")) else { return nil }
    skipBlanks()
    guard var hour = number(1, 2), hour <= 24, skip(UInt8(ascii: ":")),
      let minute = number(2, 2), minute < 60
    else { return nil }
    var second = 0
    var micro: Int64 = 0
    if skip(UInt8(ascii: ":")) {
      guard let value = number(2, 2), value <= 60 else { return nil }
      second = value
      if skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) { micro = fraction() }
    }
    skipBlanks()
    if let letter = rest.first.map({ $0 | 0x20 }), letter == 0x61 || letter == 0x70 {
      rest.removeFirst()
      guard skip(UInt8(ascii: "M")) || skip(UInt8(ascii: "m")), 1...12 ~= hour else { return nil }
      hour = hour % 12 + (letter == 0x70 ? 12 : 0)
    }
    local += Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + micro
    return zone(local)
  }

  private mutating func zone(_ local: Int64) -> LogTime? {
    skipBlanks()
    if rest.isEmpty { return LogTime(local: local, offset: nil) }
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) {
      return rest.isEmpty ? LogTime(local: local, offset: 0) : nil
    }
    if rest.count == 3, String(Substring(rest)) == "UTC" { return LogTime(local: local, offset: 0) }
    let isEast = skip(UInt8(ascii: "+"))
    guard isEast || skip(UInt8(ascii: "-")), let hours = number(2, 2), hours < 24 else {
      return nil
    }
    _ = skip(UInt8(ascii: ":"))
    let minutes = rest.isEmpty ? 0 : number(2, 2)
    guard let minutes, minutes < 60, rest.isEmpty else { return nil }
    let offset = (hours * 60 + minutes) * (isEast ? 1 : -1)
    return LogTime(local: local, offset: offset)
  }
}
