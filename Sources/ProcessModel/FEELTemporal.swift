/// A date, time or duration as FEEL's literals write it, in the unit of its scale.
///
/// Understood are the forms of ISO 8601 that DMN 1.5, section 10.3.2.3, allows, but for zones by name,
/// whose offset depends on the day, and times of day with an offset.
struct FEELTemporal {
  let value: Double
  let scale: UnaryTest.Scale

  /// What `@"…"` means.
  init?(any text: String) {
    if let found = Self.duration(text) ?? Self.date(text) ?? Self.dateAndTime(text) {
      self = found
    } else if let seconds = Self.timeOfDay(Substring(text)) {
      self.init(value: seconds, scale: .time)
    } else {
      return nil
    }
  }

  private init(value: Double, scale: UnaryTest.Scale) {
    self.value = value
    self.scale = scale
  }

  /// What a function of FEEL makes of a string: `date`, `time`, `date and time`, `duration`.
  init?(function: String, _ text: String) {
    let found =
      switch function {
      case "date": Self.date(text)
      case "time":
        Self.timeOfDay(Substring(text)).map { FEELTemporal(value: $0, scale: .time) }
      case "date and time": Self.dateAndTime(text)
      default: Self.duration(text)
      }
    guard let found else { return nil }
    self = found
  }

  /// A date by year, month and day.
  init?(year: Int, month: Int, day: Int) {
    guard let days = Self.days(year, month, day) else { return nil }
    self.init(value: Double(days), scale: .date)
  }

  private static func date(_ text: String) -> FEELTemporal? {
    day(Substring(text)).map { FEELTemporal(value: Double($0), scale: .date) }
  }

  private static func dateAndTime(_ text: String) -> FEELTemporal? {
    guard let mark = text.firstIndex(of: "T"), let day = day(text[..<mark]) else { return nil }
    var time = text[text.index(after: mark)...]
    var offset: Double?
    if time.hasSuffix("Z") {
      time = time.dropLast()
      offset = 0
    } else if let sign = time.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      guard let amount = timeOfDay(time[time.index(after: sign)...] + ":00") else { return nil }
      offset = time[sign] == "-" ? -amount : amount
      time = time[..<sign]
    }
    guard let seconds = timeOfDay(time) else { return nil }
    return FEELTemporal(
      value: Double(day) * 86_400 + seconds - (offset ?? 0),
      scale: offset == nil ? .dateTime : .instant)
  }

  private static func day(_ text: Substring) -> Int? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0).split(
      separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, (4...9).contains(parts[0].count), parts[1].count == 2,
      parts[2].count == 2, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    return days(isNegative ? -year : year, month, day)
  }

  /// Days since 1970-01-01 of a day of the Gregorian calendar; `nil` where there is none.
  ///
  /// Source: H. Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `days_from_civil`.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard (1...12).contains(month), day >= 1, year.magnitude < 1_000_000_000 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Year, month and day of a number of days since 1970-01-01; the inverse of `days`.
  static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func timeOfDay(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.prefix(2).count == 2 }),
      parts[0].count == 2, parts[1].count == 2,
      parts.allSatisfy({ $0.prefix(2).allSatisfy(\.isASCIIDigit) }),
      parts[2].dropFirst(2).isEmpty || parts[2].dropFirst(2).first == ".",
      parts[2].dropFirst(3).allSatisfy(\.isASCIIDigit),
      let hour = Double(parts[0]), let minute = Double(parts[1]), let second = Double(parts[2]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  private static func duration(_ text: String) -> FEELTemporal? {
    let isNegative = text.hasPrefix("-")
    var rest = text.dropFirst(isNegative ? 1 : 0)
    guard rest.first == "P", rest.count > 1, !text.hasSuffix("T") else { return nil }
    rest.removeFirst()
    var months = 0.0
    var seconds = 0.0
    var isTime = false
    var kinds: Set<Character> = []
    while let first = rest.first {
      if first == "T" {
        guard !isTime else { return nil }
        isTime = true
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCIIDigit || $0 == "." }
      guard let number = Double(digits), digits.first?.isASCIIDigit == true,
        let unit = rest.dropFirst(digits.count).first
      else { return nil }
      rest = rest.dropFirst(digits.count + 1)
      switch (unit, isTime) {
      case ("Y", false): months += number * 12
      case ("M", false): months += number
      case ("D", false): seconds += number * 86_400
      case ("H", true): seconds += number * 3_600
      case ("M", true): seconds += number * 60
      case ("S", true): seconds += number
      default: return nil
      }
      kinds.insert("YM".contains(unit) && !isTime ? "m" : "s")
    }
    // The two kinds of duration cannot be compared, and a literal is one of them.
    guard kinds.count == 1 else { return nil }
    let sign = isNegative ? -1.0 : 1
    return kinds.contains("m")
      ? FEELTemporal(value: sign * months, scale: .months)
      : FEELTemporal(value: sign * seconds, scale: .duration)
  }
}

extension UnaryTest.Scale {
  /// A value as people read it: `2024-03-01`, `08:30:00`, `P2DT3H`; numbers as Swift writes them.
  public func text(_ value: Double) -> String {
    switch self {
    case .number: return plain(value)
    case .date: return dateText(value)
    case .dateTime: return dateText((value / 86_400).rounded(.down)) + "T" + timeText(value)
    case .instant: return dateText((value / 86_400).rounded(.down)) + "T" + timeText(value) + "Z"
    case .time: return timeText(value)
    case .months:
      let months = value.magnitude
      let years = (months / 12).rounded(.down)
      let rest = months - years * 12
      let parts = (years > 0 ? "\(plain(years))Y" : "") + (rest > 0 ? "\(plain(rest))M" : "")
      return (value < 0 ? "-P" : "P") + (parts.isEmpty ? "0M" : parts)
    case .duration:
      let seconds = value.magnitude
      let days = (seconds / 86_400).rounded(.down)
      let inDay = seconds - days * 86_400
      let hours = (inDay / 3_600).rounded(.down)
      let minutes = ((inDay - hours * 3_600) / 60).rounded(.down)
      let rest = inDay - hours * 3_600 - minutes * 60
      let time =
        (hours > 0 ? "\(plain(hours))H" : "") + (minutes > 0 ? "\(plain(minutes))M" : "")
        + (rest > 0 ? "\(plain(rest))S" : "")
      let text = (days > 0 ? "\(plain(days))D" : "") + (time.isEmpty ? "" : "T" + time)
      return (value < 0 ? "-P" : "P") + (text.isEmpty ? "0D" : text)
    }
  }

  /// A value as FEEL writes it; it is read back.
  func feel(_ value: Double) -> String {
    self == .number ? plain(value) : "@\"\(text(value))\""
  }

  private func plain(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }

  private func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private func dateText(_ value: Double) -> String {
    guard let days = Int(exactly: value.rounded(.down)) else { return plain(value) }
    let (year, month, day) = FEELTemporal.civil(days)
    let sign = year < 0 ? "-" : ""
    return "\(sign)\(padded(abs(year), 4))-\(padded(month))-\(padded(day))"
  }

  private func timeText(_ value: Double) -> String {
    let seconds = value - (value / 86_400).rounded(.down) * 86_400
    let whole = Int(seconds)
    let fraction = seconds - Double(whole)
    let text = "\(padded(whole / 3_600)):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
    return fraction > 0 ? text + "\(fraction)".dropFirst() : text
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isNumber }
}
