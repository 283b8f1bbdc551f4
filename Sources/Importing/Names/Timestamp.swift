/// A moment as exports of products write it, in seconds since 1970-01-01 00:00 UTC.
///
/// Read are ISO 8601 (`2024-03-05T06:07:08.9Z`, `2024-03-05 06:07`), and what spreadsheets and user
/// interfaces of the West make of it (`05.03.2024 06:07`, `3/5/2024 6:07:08 AM`). A time without zone
/// counts as UTC, which leaves the time between two of them right.
struct Timestamp: Comparable {
  /// Seconds since 1970-01-01 00:00 UTC.
  var seconds: Double

  /// Reads a moment; `nil` where the text is none.
  ///
  /// - Parameter dayFirst: Whether `3/4/2024` is the third of April; dates with full stops always are.
  init?(_ text: String, dayFirst: Bool = false) {
    let numbers = Self.numbers(in: text)
    guard numbers.count >= 3 else { return nil }
    var (year, month, day) = (numbers[0], numbers[1], numbers[2])
    if text.prefix(5).allSatisfy({ $0.isNumber || $0 == "-" || $0 == "/" }), numbers[0] > 31 {
      // Year first, as it stands.
    } else if numbers[2] > 31 {
      year = numbers[2]
      let isDayFirst = text.contains(".") && !text.contains("/") || dayFirst || numbers[0] > 12
      (month, day) = isDayFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
    } else {
      return nil
    }
    guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    var hour = numbers.count > 3 ? numbers[3] : 0
    let minute = numbers.count > 4 ? numbers[4] : 0
    guard (0...24).contains(hour), (0...59).contains(minute) else { return nil }
    let lowered = text.lowercased()
    if lowered.hasSuffix("pm"), hour < 12 { hour += 12 }
    if lowered.hasSuffix("am"), hour == 12 { hour = 0 }
    let second = Self.secondOfMinute(text)
    let days = Self.days(year: year, month: month, day: day)
    seconds = Double(days) * 86_400 + Double(hour * 3600 + minute * 60) + second
    seconds -= Self.offset(text)
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
    guard text.contains("/") else { return nil }
    let numbers = numbers(in: text)
    guard numbers.count >= 3, numbers[2] > 31 else { return nil }
    if numbers[0] > 12 { return true }
    return numbers[1] > 12 ? false : nil
  }

  /// Year, month, day, hour and minute, in the order in which they are written.
  private static func numbers(in text: String) -> [Int] {
    guard text.utf8.count <= 40, let first = text.first, first.isNumber else { return [] }
    var numbers: [Int] = []
    for part in text.split(whereSeparator: { !($0.isASCII && $0.isNumber) }).prefix(5) {
      guard part.count <= 4, let number = Int(part) else { return [] }
      numbers.append(number)
    }
    return numbers
  }

  private static func secondOfMinute(_ text: String) -> Double {
    let parts = text.split(separator: ":")
    guard parts.count > 2 else { return 0 }
    let digits = parts[2].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return Double(digits).flatMap { $0 < 61 ? $0 : nil } ?? 0
  }

  /// Seconds that a zone such as `+02:00` is ahead of UTC.
  private static func offset(_ text: String) -> Double {
    guard let colon = text.firstIndex(of: ":") else { return 0 }
    let time = text[colon...]
    guard let sign = time.firstIndex(where: { $0 == "+" || $0 == "-" }) else { return 0 }
    let digits = time[sign...].filter { $0.isASCII && $0.isNumber }
    guard digits.count >= 2, let hours = Int(digits.prefix(2)) else { return 0 }
    let minutes = Int(digits.dropFirst(2).prefix(2)) ?? 0
    return Double(hours * 3600 + minutes * 60) * (time[sign] == "-" ? -1 : 1)
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
