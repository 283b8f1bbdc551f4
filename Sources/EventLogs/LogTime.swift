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
  /// `05.01.2026 08:30`, `05/01/2026 08:30` or `05-01-26 08h30`; years of two digits are those from 1970 to 2069.
  case dayFirst = "day/month/year"
  /// `01/05/2026 08:30`.
  case monthFirst = "month/day/year"
  /// `20260105083000` or `20260105T083000Z`; before the numbers since 1970, of which none of our time is such a date.
  case compact = "year, month, day without marks"
  /// Seconds since 1970.
  case seconds = "seconds since 1970"
  /// Milliseconds since 1970.
  case milliseconds = "milliseconds since 1970"
  /// Microseconds since 1970.
  case microseconds = "microseconds since 1970"
  /// Nanoseconds since 1970.
  case nanoseconds = "nanoseconds since 1970"
  /// `05-Jan-2026 08:30` or `5 janvier 2026, 08h30`.
  case dayAndMonthName = "day, name of the month, year"
  /// `Jan 5, 2026 8:30 AM`.
  case monthNameFirst = "name of the month, day, year"
  /// `46027.354167`: days since 1899-12-30, as spreadsheets count them.
  case spreadsheetDays = "days of a spreadsheet"

  /// Reads an instant; `nil` where the text is none.
  func read(_ text: Substring.UTF8View) -> LogTime? {
    var scanner = TimeScanner(rest: text)
    scanner.skipBlanks()
    switch self {
    case .seconds: return scanner.epoch(digits: 9...11, scale: 1_000_000)
    case .milliseconds: return scanner.epoch(digits: 12...13, scale: 1_000)
    case .microseconds: return scanner.epoch(digits: 15...16, scale: 1)
    case .nanoseconds: return scanner.nanoseconds()
    case .compact: return scanner.compact()
    case .dayAndMonthName, .monthNameFirst:
      return scanner.named(dayFirst: self == .dayAndMonthName)
    case .spreadsheetDays: return scanner.spreadsheetDays()
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
        let year = scanner.year()
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

  /// The microseconds from 1970 to 2200.
  private static let known = 0..<Int64(7_258_118_400_000_000)

  /// A number since 1970 of as many digits as it has in our time.
  ///
  /// - Parameter scale: microseconds of one.
  mutating func epoch(digits: ClosedRange<Int>, scale: Int64) -> LogTime? {
    guard let whole = number(digits.lowerBound, digits.upperBound) else { return nil }
    if let next = rest.first, 48...57 ~= next { return nil }
    var value = Int64(whole) * scale
    if skip(UInt8(ascii: ".")) { value += fraction() * scale / 1_000_000 }
    skipBlanks()
    return rest.isEmpty && Self.known.contains(value) ? LogTime(local: value, offset: 0) : nil
  }

  /// Nanoseconds since 1970, of which those beyond microseconds are left out.
  mutating func nanoseconds() -> LogTime? {
    guard rest.count == 18 || rest.count == 19, let value = number(rest.count - 3, rest.count - 3),
      number(3, 3) != nil, Self.known.contains(Int64(value))
    else { return nil }
    return LogTime(local: Int64(value), offset: 0)
  }

  /// A year of four digits, or of two: those from 1970 to 2069.
  mutating func year() -> Int? {
    let before = rest.count
    guard let value = number(2, 4) else { return nil }
    switch before - rest.count {
    case 4: return value
    case 2: return value < 70 ? 2000 + value : 1900 + value
    default: return nil
    }
  }

  /// A date of eight digits, and a time of four or six.
  mutating func compact() -> LogTime? {
    guard let year = number(4, 4), let month = number(2, 2), let day = number(2, 2),
      let midnight = microseconds(year, month, day)
    else { return nil }
    if rest.isEmpty { return LogTime(local: midnight, offset: nil) }
    if !skip(UInt8(ascii: "T")) { skipBlanks() }
    guard let hour = number(2, 2), hour < 24, let minute = number(2, 2), minute < 60 else {
      return nil
    }
    var second = 0
    if let byte = rest.first, 48...57 ~= byte {
      guard let value = number(2, 2), value <= 60 else { return nil }
      second = value
    }
    let micro = skip(UInt8(ascii: ".")) ? fraction() : 0
    return zone(midnight + Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + micro)
  }

  /// A date with the name of its month.
  mutating func named(dayFirst: Bool) -> LogTime? {
    var day = dayFirst ? number(1, 2) : nil
    skipMarks()
    guard let month = month() else { return nil }
    skipMarks()
    if !dayFirst {
      day = number(1, 2)
      skipMarks()
    }
    guard let day, let year = year() else { return nil }
    return clock(year, month, day)
  }

  private mutating func skipMarks() {
    while let byte = rest.first, [0x20, 0x2C, 0x2D, 0x2E, 0x2F].contains(byte) {
      rest.removeFirst()
    }
  }

  /// A month by its name, English, German, French, Spanish, Dutch, Italian or Portuguese, in full or in short.
  private mutating func month() -> Int? {
    var word = ""
    while let byte = rest.first, byte >= 0x80 || 65...90 ~= byte & 0xDF {
      // Letters with accents are left out: fevr, aout and marz are told by the others.
      if byte < 0x80 { word.unicodeScalars.append(Unicode.Scalar(byte | 0x20)) }
      rest.removeFirst()
    }
    if word.hasPrefix("juin") || word.hasPrefix("giu") { return 6 }
    if word.hasPrefix("juil") || word.hasPrefix("lug") { return 7 }
    let names: [[String]] = [
      ["jan", "ene", "gen"], ["feb", "fev", "fvr"], ["mar", "mr", "maa"], ["apr", "avr", "abr"],
      ["may", "mai", "mei", "mag"], ["jun"], ["jul"], ["aug", "ago", "aou", "aot"],
      ["sep", "set"], ["oct", "okt", "ott", "out"], ["nov"], ["dec", "dez", "dic", "dc"],
    ]
    return names.firstIndex { $0.contains { word.hasPrefix($0) } }.map { $0 + 1 }
  }

  /// Days since 1899-12-30 with their fraction, to the millisecond; from 1954 to 2119.
  mutating func spreadsheetDays() -> LogTime? {
    guard let whole = number(5, 5), 20_000...80_000 ~= whole else { return nil }
    var days = Double(whole)
    if skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) {
      var place = 0.1
      while let digit = number(1, 1) {
        days += Double(digit) * place
        place /= 10
      }
    }
    skipBlanks()
    guard rest.isEmpty else { return nil }
    // 1970-01-01 is day 25,569.
    return LogTime(local: Int64(((days - 25_569) * 86_400_000).rounded()) * 1000, offset: nil)
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

  /// Midnight of a day; `nil` where there is no such day.
  private func microseconds(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
    // What lies further off stands for no time at all.
    guard 1900...2199 ~= year, let date = CalendarDay(year: year, month: month, day: day) else {
      return nil
    }
    return Int64(date.number) * 86_400_000_000
  }

  /// The time of day after a date, and the offset.
  mutating func clock(_ year: Int, _ month: Int, _ day: Int) -> LogTime? {
    guard var local = microseconds(year, month, day) else { return nil }
    if rest.isEmpty { return LogTime(local: local, offset: nil) }
    let isApart = skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "T")) || skip(UInt8(ascii: " ")) || isApart else { return nil }
    skipBlanks()
    // 08:30, as databases also write it 08.30, and in French 08h30.
    guard var hour = number(1, 2), hour <= 24, let mark = rest.first,
      mark == UInt8(ascii: ":") || mark == UInt8(ascii: ".") || mark | 0x20 == UInt8(ascii: "h"),
      skip(mark), let minute = number(2, 2), minute < 60
    else { return nil }
    var second = 0
    var micro: Int64 = 0
    if skip(UInt8(ascii: ":")) || (mark == UInt8(ascii: ".") && skip(mark)) {
      guard let value = number(2, 2), value <= 60 else { return nil }
      second = value
      if skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) { micro = fraction() }
    }
    skipBlanks()
    if let letter = rest.first.map({ $0 | 0x20 }), letter == 0x61 || letter == 0x70,
      let second = rest.dropFirst().first, second == 0x2E || second | 0x20 == 0x6D
    {
      rest.removeFirst()
      _ = skip(UInt8(ascii: "."))
      guard skip(UInt8(ascii: "M")) || skip(UInt8(ascii: "m")), 1...12 ~= hour else { return nil }
      _ = skip(UInt8(ascii: "."))
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
    if rest.count <= 4, let named = offsetOfName(String(Substring(rest))) {
      return LogTime(local: local, offset: named.minutes)
    }
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

/// What a short name of a clock says.
private struct OffsetOfName {
  var minutes: Int?
}

/// Minutes ahead of UTC of a clock by its short name, where it stands for one only; none for the word `Uhr`, with
/// which times end in German.
private func offsetOfName(_ name: String) -> OffsetOfName? {
  switch name.lowercased() {
  case "utc", "gmt", "wet": OffsetOfName(minutes: 0)
  case "cet", "mez", "west": OffsetOfName(minutes: 60)
  case "cest", "mesz", "eet": OffsetOfName(minutes: 120)
  case "eest": OffsetOfName(minutes: 180)
  case "est": OffsetOfName(minutes: -300)
  case "edt": OffsetOfName(minutes: -240)
  case "pst": OffsetOfName(minutes: -480)
  case "pdt": OffsetOfName(minutes: -420)
  case "uhr": OffsetOfName(minutes: nil)
  default: nil
  }
}
