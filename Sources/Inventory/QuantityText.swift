public import Facts

/// A quantity that a person wrote in words and digits, and what was assumed in reading it.
public struct WrittenQuantity<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The quantity.
  public var value: Value
  /// What was taken for granted, such as `5 working days a week`; `nil` where nothing was.
  public var note: String?

  /// Creates a written quantity.
  public init(_ value: Value, note: String? = nil) {
    self.value = value
    self.note = note
  }
}

/// The share a text states; `nil` where it states none, states a range or leaves the unit open.
///
/// Understood are `3 %`, `3 percent`, `2 ‰`, `1 in 50`, `2 of 100 runs`, `1/50`, and bare numbers
/// below 1 (`0.03`). A bare number of 1 or more counts as per cent only where `isPercent` says so,
/// as the header of a column may.
/// - Parameters:
///   - text: What somebody wrote.
///   - isPercent: Whether bare numbers are percentages.
public func share(inText text: String, isPercent: Bool = false) -> WrittenQuantity<Probability>? {
  var scanner = QuantityScanner(text)
  let note = scanner.skipApproximation() ? "approximate" : nil
  guard let number = scanner.number() else { return nil }
  var value: Double
  if scanner.skip(anyOf: ["%", "percent", "per cent", "pct"]) {
    value = shifted(number, by: -2)
  } else if scanner.skip(anyOf: ["‰", "per mille", "per mil"]) {
    value = shifted(number, by: -3)
  } else if scanner.skip(anyOf: ["out of", "of", "in", "/"]) {
    guard let whole = scanner.number(), whole > 0, number <= whole else { return nil }
    value = number / whole
  } else {
    guard scanner.isAtEnd, isPercent || number < 1 else { return nil }
    value = isPercent ? shifted(number, by: -2) : number
  }
  guard !scanner.namesPeriod, scanner.isAtWordsOnly else { return nil }
  return Probability(value).map { WrittenQuantity($0, note: note) }
}

/// A number times a power of ten, rounded once: 2.7 by −2 is 0.027, which 2.7 / 100 is not.
private func shifted(_ number: Double, by exponent: Int) -> Double {
  Double("\(number)e\(exponent)") ?? number / (exponent == -2 ? 100 : 1000)
}

/// The frequency a text states; `nil` where it states none, states a range or leaves the period open.
///
/// Understood are `1,200 per day`, `40/h`, `350 cases a week`, `3k per month`, `daily`,
/// `twice a week`, `every 15 minutes`; `per working day` counts five days a week. A bare number
/// counts per `period`, as the header of a column may say.
/// - Parameters:
///   - text: What somebody wrote.
///   - period: The period of bare numbers; `nil` where nothing says it.
public func frequency(
  inText text: String, per period: Frequency.Period? = nil
) -> WrittenQuantity<Frequency>? {
  var scanner = QuantityScanner(text)
  let note = scanner.skipApproximation() ? "approximate" : nil
  if let adverb = scanner.frequencyAdverb() {
    return scanner.isAtEnd ? WrittenQuantity(adverb, note: note) : nil
  }
  if scanner.skip(anyOf: ["every", "each"]) {
    let count = scanner.number() ?? 1
    guard count > 0, let unit = scanner.period(), scanner.isAtEnd else { return nil }
    return WrittenQuantity(unit.frequency(of: 1 / count), note: unit.note ?? note)
  }
  let times: [(String, Double)] = [("once", 1), ("twice", 2), ("thrice", 3)]
  var count: Double?
  for (word, value) in times where count == nil && scanner.skip(anyOf: [word]) { count = value }
  guard var count = count ?? scanner.number() else { return nil }
  if scanner.skip(anyOf: ["k", "thousand"]) { count *= 1000 }
  if scanner.skip(anyOf: ["m", "million"]) { count *= 1_000_000 }
  if scanner.isAtEnd, let period {
    return WrittenQuantity(Frequency(count: count, per: period), note: note)
  }
  guard let unit = scanner.periodAfterCount(), scanner.isAtEnd else { return nil }
  return WrittenQuantity(unit.frequency(of: count), note: unit.note ?? note)
}

/// The length of time a text states; `nil` where it states none, states a range or leaves the unit
/// open.
///
/// Understood are `90 s`, `1.5 hours`, `1 h 30 min`, `01:30:00` (hours, minutes, seconds) and ISO 8601
/// (`PT90S`); a day has twenty-four hours. A bare number counts in `unit`, as the header of a column
/// may say.
/// - Parameters:
///   - text: What somebody wrote.
///   - unit: The unit of bare numbers; `nil` where nothing says it.
public func duration(
  inText text: String, in unit: TimeSpan? = nil
) -> WrittenQuantity<TimeSpan>? {
  if let span = TimeSpan(iso8601: text), span >= .zero { return WrittenQuantity(span) }
  if let span = clockSpan(text) { return WrittenQuantity(span) }
  var scanner = QuantityScanner(text)
  let note = scanner.skipApproximation() ? "approximate" : nil
  var seconds = 0.0
  var previous = Double.infinity
  repeat {
    guard let count = scanner.number() else { return nil }
    if scanner.isAtEnd, let unit, previous == .infinity {
      seconds = count * unit.seconds
      break
    }
    // `1 h 30 min`: units get smaller, so that nothing is stated twice.
    guard let unit = scanner.timeUnit(), unit < previous else { return nil }
    seconds += count * unit
    previous = unit
    _ = scanner.skip(anyOf: [",", "and"])
  } while !scanner.isAtEnd
  guard let span = TimeSpan(seconds: seconds) else { return nil }
  return WrittenQuantity(span, note: note)
}

/// Hours, minutes and seconds with colons between them; `nil` for anything else, such as `12:30`, which
/// may be a time of day or minutes and seconds.
private func clockSpan(_ text: String) -> TimeSpan? {
  let parts = text.filter { $0 != " " }.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.first != "-" && $0.first != "+" }),
    let hours = Int(parts[0]), let minutes = Int(parts[1]), let seconds = Double(parts[2]),
    (0..<1_000_000).contains(hours), (0..<60).contains(minutes), (0..<60).contains(seconds)
  else { return nil }
  return TimeSpan(seconds: Double(hours * 3600 + minutes * 60) + seconds)
}

/// A period as people write it, in terms of those the inventory knows.
private struct WrittenPeriod {
  var period: Frequency.Period
  /// How many of the written period make one of `period`.
  var factor: Double
  var note: String?

  func frequency(of count: Double) -> Frequency { Frequency(count: count * factor, per: period) }
}

/// Reads numbers, units and periods off the front of a short text, without regard to case or locale.
private struct QuantityScanner {
  private var rest: Substring

  init(_ text: String) {
    let lowered = text.lowercased().map { $0.isWhitespace ? " " : $0 }
    rest = Substring(String(lowered))
    skipSpace()
    while let last = rest.last, last == " " || last == "." || last == ";" { rest.removeLast() }
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Whether nothing but words is left, such as `of runs`.
  var isAtWordsOnly: Bool { rest.allSatisfy { $0.isLetter || $0 == " " } }

  /// Whether what is left speaks of a period (`3 % per month`), which a share has not.
  var namesPeriod: Bool { rest.contains("/") || " \(rest) ".contains(" per ") }

  mutating func skipApproximation() -> Bool {
    skip(anyOf: [
      "~", "≈", "ca.", "ca", "circa", "approx.", "approximately", "approx", "about",
      "around", "roughly", "c.",
    ])
  }

  /// Skips the first of several words or signs that stands in front; words must end there.
  mutating func skip(anyOf candidates: [String]) -> Bool {
    for candidate in candidates where rest.hasPrefix(candidate) {
      let after = rest.dropFirst(candidate.count)
      let endsInLetter = candidate.last?.isLetter ?? false
      if endsInLetter, let next = after.first, next.isLetter { continue }
      rest = after
      skipSpace()
      return true
    }
    return false
  }

  /// A number with English (1,200.5), Swiss (1'200) or spaced (1 200) grouping, or a decimal comma.
  ///
  /// `1.200` is neither surely 1200 nor 1.2, so it is not read.
  mutating func number() -> Double? {
    var digits = ""
    var groups = 0
    var seenPoint = false
    var scan = rest
    while let next = scan.first {
      let after = scan.dropFirst()
      if next.isASCII, next.isNumber {
        digits.append(next)
        scan = after
        continue
      }
      let run = after.prefix { $0.isASCII && $0.isNumber }.count
      let separators: [Character] = [",", ".", "'", "’", " "]
      guard separators.contains(next), !digits.isEmpty, run > 0, !seenPoint else { break }
      if next != ".", run == 3, digits != "0" {
        groups += 1
      } else if next == "." || (next == "," && groups == 0) {
        if run == 3, groups == 0, digits.count <= 3, digits != "0" { return nil }
        digits.append(".")
        seenPoint = true
      } else {
        return nil
      }
      scan = after
    }
    guard let value = Double(digits), value.isFinite else { return nil }
    rest = scan
    skipSpace()
    return value
  }

  mutating func frequencyAdverb() -> Frequency? {
    let adverbs: [(String, Double, Frequency.Period)] = [
      ("hourly", 1, .hour), ("daily", 1, .day), ("nightly", 1, .day), ("weekly", 1, .week),
      ("fortnightly", 0.5, .week), ("monthly", 1, .month), ("quarterly", 4, .year),
      ("yearly", 1, .year), ("annually", 1, .year),
    ]
    for (word, count, period) in adverbs where skip(anyOf: [word]) {
      return Frequency(count: count, per: period)
    }
    return nil
  }

  /// A unit of time in seconds.
  mutating func timeUnit() -> Double? {
    let units: [([String], Double)] = [
      (["milliseconds", "millisecond", "msec", "ms"], 0.001),
      (["seconds", "second", "secs", "sec", "s"], 1),
      (["minutes", "minute", "mins", "min", "m"], 60),
      (["hours", "hour", "hrs", "hr", "h"], 3600), (["days", "day", "d"], 86_400),
      (["weeks", "week", "wk", "w"], 604_800),
    ]
    for (words, seconds) in units where skip(anyOf: words.flatMap { ["\($0).", $0] }) {
      return seconds
    }
    return nil
  }

  /// The period a number counts by, past the thing counted: `cases a week`, `/h`, `runs daily`.
  mutating func periodAfterCount() -> WrittenPeriod? {
    for _ in 0..<4 {
      if skip(anyOf: ["per", "/", "a", "an", "each", "every", "p."]) { return period() }
      if let adverb = frequencyAdverb() {
        return WrittenPeriod(period: adverb.period, factor: adverb.count)
      }
      let word = rest.prefix { $0.isLetter || $0 == "-" }
      guard !word.isEmpty else { return nil }
      rest = rest.dropFirst(word.count)
      skipSpace()
    }
    return nil
  }

  mutating func period() -> WrittenPeriod? {
    let working = skip(anyOf: ["working", "business", "work"])
    if !working, skip(anyOf: ["workday", "weekday", "weekdays", "workdays"]) {
      return WrittenPeriod(period: .week, factor: 5, note: "5 working days a week")
    }
    let units: [([String], Frequency.Period, Double)] = [
      (["seconds", "second", "sec", "s"], .hour, 3600), (["minutes", "minute", "min"], .hour, 60),
      (["hours", "hour", "hr", "hrs", "h"], .hour, 1), (["days", "day", "d"], .day, 1),
      (["weeks", "week", "wk", "w"], .week, 1), (["months", "month", "mo", "mth"], .month, 1),
      (["quarters", "quarter", "q"], .year, 4),
      (["years", "year", "yr", "y", "annum", "a"], .year, 1),
    ]
    for (words, period, factor) in units where skip(anyOf: words) {
      guard working else { return WrittenPeriod(period: period, factor: factor) }
      guard period == .day else { return nil }
      return WrittenPeriod(period: .week, factor: 5, note: "5 working days a week")
    }
    return nil
  }

  private mutating func skipSpace() { rest = rest.drop { $0 == " " } }
}
