/// A moment as exports of products write it, in seconds since 1970-01-01 00:00 UTC.
///
/// Read are ISO 8601 (`2024-03-05T06:07:08.9Z`, `2024-03-05 06:07`), and what spreadsheets and user
/// interfaces of the West make of it (`05.03.2024 06:07`, `3/5/2024 6:07:08 AM`). A time without zone
/// counts as UTC, which leaves the time between two of them right.
struct Timestamp: Comparable {
  /// Seconds since 1970-01-01 00:00 UTC.
  var seconds: Double

  /// A moment by its seconds.
  init(seconds: Double) { self.seconds = seconds }

  /// Reads a moment; `nil` where the text is none.
  ///
  /// - Parameter dayFirst: Whether `3/4/2024` is the third of April; dates with full stops always are.
  init?(_ text: String, dayFirst: Bool = false) {
    guard var parts = Parts(text), parts.numbers.count >= 3 else { return nil }
    let numbers = parts.numbers
    var (year, month, day) = (numbers[0], numbers[1], numbers[2])
    if numbers[0] <= 31 {
      guard numbers[2] > 31 else { return nil }
      year = numbers[2]
      let isDayFirst = parts.separator == UInt8(ascii: ".") || dayFirst || numbers[0] > 12
      (month, day) = isDayFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
    }
    guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    var hour = numbers.count > 3 ? numbers[3] : 0
    let minute = numbers.count > 4 ? numbers[4] : 0
    guard (0...24).contains(hour), (0...59).contains(minute) else { return nil }
    let second = parts.second()
    parts.skipBlanks()
    switch parts.next.map({ $0 | 0x20 }) {
    case UInt8(ascii: "p") where hour < 12: hour += 12
    case UInt8(ascii: "a") where hour == 12: hour = 0
    default: break
    }
    let days = Self.days(year: year, month: month, day: day)
    seconds =
      Double(days) * 86_400 + Double(hour * 3600 + minute * 60) + second - parts.offset()
  }

  static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }

  /// The date, as `2024-03-05`.
  var date: String {
    // Inverse of `days`; Howard Hinnant, "chrono-compatible low-level date algorithms".
    let z = Int((seconds / 86_400).rounded(.down)) + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// Whether a date with strokes can only have its day first (`true`) or its month first (`false`).
  static func isDayFirst(_ text: String) -> Bool? {
    guard let parts = Parts(text), parts.separator == UInt8(ascii: "/"), parts.numbers.count >= 3,
      parts.numbers[0] <= 31, parts.numbers[2] > 31
    else { return nil }
    if parts.numbers[0] > 12 { return true }
    return parts.numbers[1] > 12 ? false : nil
  }

  /// The numbers of a moment, and a place behind them.
  private struct Parts {
    private let bytes: [UInt8]
    private var position = 0
    /// Year, month, day, hour and minute, in the order in which they are written.
    private(set) var numbers: [Int] = []
    /// What stands between the first two.
    private(set) var separator: UInt8?

    init?(_ text: String) {
      bytes = Array(text.utf8.prefix(41))
      guard bytes.count <= 40, let first = bytes.first, isDigit(first) else { return nil }
      while position < bytes.count, numbers.count < 5 {
        guard let number = number(), number <= 9999 else { return nil }
        numbers.append(number)
        guard numbers.count < 5, position < bytes.count else { break }
        if separator == nil { separator = bytes[position] }
        // Behind the date only `T` or a blank, behind the hour only a colon lead on.
        let rest = bytes[position...].prefix { !isDigit($0) }
        guard rest.count <= 2, numbers.count != 4 || bytes[position] == UInt8(ascii: ":") else {
          break
        }
        position += rest.count
      }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private mutating func number() -> Int? {
      let digits = bytes[position...].prefix(while: isDigit)
      guard (1...5).contains(digits.count) else { return nil }
      position += digits.count
      return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The byte at the place.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The seconds with their fraction, where they come next.
    mutating func second() -> Double {
      guard next == UInt8(ascii: ":") else { return 0 }
      position += 1
      guard let whole = number(), whole < 61 else { return 0 }
      guard let point = next, point == UInt8(ascii: ".") || point == UInt8(ascii: ",") else {
        return Double(whole)
      }
      position += 1
      var fraction = 0.0
      var scale = 0.1
      while let byte = next, isDigit(byte) {
        fraction += Double(byte - 0x30) * scale
        scale /= 10
        position += 1
      }
      return Double(whole) + fraction
    }

    mutating func skipBlanks() {
      while next == 0x20 { position += 1 }
    }

    /// Seconds that a zone such as `+02:00` is ahead of UTC, where it comes next.
    func offset() -> Double {
      guard let sign = next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
        return 0
      }
      let digits = bytes[(position + 1)...].filter(isDigit).map { Double($0 - 0x30) }
      guard digits.count >= 2 else { return 0 }
      let minutes = digits.count >= 4 ? digits[2] * 10 + digits[3] : 0
      return ((digits[0] * 10 + digits[1]) * 3600 + minutes * 60)
        * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
  }

  /// Days since 1970-01-01 in the Gregorian calendar, with years that begin in March.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
