import Facts

/// Reads a share such as `50 %` or `0.5`; the result is in the unit of 1.
func parseShare(_ text: String) throws(ValueError) -> Double {
  let words = valueWords(text)
  guard let first = words.first else { throw ValueError("there is no number") }
  let value = try parseNumber(first)
  switch words.dropFirst() {
  case []: return value
  case ["%"]: return value / 100
  case ["points"], ["point"]: throw ValueError("points are a difference of shares; write %")
  default: throw ValueError("'\(shown(words[1]))' is not understood; write a percentage")
  }
}

/// Reads a whole number with or without the things counted: `3 people`, `3`, `unlimited`.
func parseCount(_ text: String, of nouns: [String]) throws(ValueError) -> Int {
  let words = valueWords(text)
  guard let first = words.first else { throw ValueError("there is no number") }
  if words == ["unlimited"] { return unlimitedCount }
  let value = try parseNumber(first)
  guard let count = Int(exactly: value) else {
    throw ValueError("\(written(value)) is no whole number")
  }
  if words.count == 1 { return count }
  guard words.count == 2, nouns.contains(words[1]) else {
    let rest = words.dropFirst().joined(separator: " ")
    throw ValueError("'\(shown(rest))' is not what is counted; write \(nouns.last ?? "a number")")
  }
  return count
}

/// Reads a number of cases such as `10000 cases`; `nil` where the text counts something else.
func parseCaseCount(_ text: String) throws(ValueError) -> Int? {
  let words = valueWords(text)
  guard words.count == 2, ["case", "cases"].contains(words[1]) else { return nil }
  let count = try parseCount(text, of: ["case", "cases"])
  guard (1...mostCases).contains(count) else {
    throw ValueError("a run counts from 1 to \(mostCases) cases")
  }
  return count
}

/// Most cases of a case-limited run; their ordinals are counted in 32 bits.
let mostCases = 1_000_000_000

/// What `unlimited` means where something is counted: more than any run can use.
let unlimitedCount = 1_000_000

/// A rate of arrivals: how many in which unit of time.
public struct ScenarioRate: Hashable, Sendable {
  /// How many.
  public var count: Double
  /// In one of these.
  public var unit: ScenarioDuration.Unit
}

/// Reads a rate such as `100 per working day`.
func parseRate(_ text: String, of nouns: [String]) throws(ValueError) -> ScenarioRate {
  var words = valueWords(text)[...]
  guard let first = words.popFirst() else { throw ValueError("there is no number") }
  let count = try parseNumber(first)
  if let noun = words.first, nouns.contains(noun) { words.removeFirst() }
  guard let per = words.popFirst() else {
    throw ValueError("it does not say per what; write per hour, per working day or per week")
  }
  guard per == "per" else { throw ValueError("'\(shown(per))' stands where 'per' is expected") }
  let unit = try takeTimeUnit(&words, after: "per")
  if let rest = words.first { throw ValueError("'\(shown(rest))' at its end is not understood") }
  return ScenarioRate(count: count, unit: unit)
}

/// An amount of money and what it is paid for.
struct MoneyRate: Hashable, Sendable {
  var amount: Double
  var currency: String
  var basis: MoneyBasis
}

/// What money is paid for.
enum MoneyBasis: String, Hashable, Sendable, CaseIterable {
  case once = ""
  case hour
  case run
  case call
  case hop
  case check
  case pull
  case perCase = "case"
  case ticket
  case request
  case day
  case record
  case hire
  case week
  case month
  case year
  case millionTokens = "million tokens"

  /// As it is read after `per` or `/`.
  init?(words: [String]) {
    switch words {
    case []: self = .once
    case ["h"], ["hour"]: self = .hour
    case ["million", "tokens"]: self = .millionTokens
    default:
      guard words.count == 1, let basis = MoneyBasis(rawValue: words[0]), basis != .once else {
        return nil
      }
      self = basis
    }
  }

  /// How it is written after an amount.
  var suffix: String {
    switch self {
    case .once: ""
    case .hour: "/h"
    default: " per \(rawValue)"
    }
  }

  /// Payments in a week; `nil` where it is not paid by time.
  ///
  /// A month is 1/12 of 365.25 days.
  var perWeek: Double? {
    switch self {
    case .week: 1
    case .month: 7 / (365.25 / 12)
    case .year: 7 / 365.25
    default: nil
    }
  }
}

/// Reads money such as `52 EUR/h`, `4 EUR per million tokens` or `35 EUR`.
func parseMoney(_ text: String, per allowed: [MoneyBasis]) throws(ValueError) -> MoneyRate {
  let words = valueWords(text)
  guard let first = words.first else { throw ValueError("there is no amount") }
  let amount = try parseNumber(first)
  guard words.count > 1 else {
    throw ValueError("it has no currency; write its ISO 4217 code, such as EUR")
  }
  var rest = words.dropFirst(2).map { $0 }
  var currency = words[1]
  if let slash = currency.firstIndex(of: "/") {
    rest.insert(String(currency[currency.index(after: slash)...]), at: 0)
    currency = String(currency[..<slash])
  } else if rest.first == "per" {
    rest.removeFirst()
  } else if let odd = rest.first {
    throw ValueError("'\(shown(odd))' stands where 'per' is expected")
  }
  guard currency.count == 3, currency.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
    throw ValueError("'\(shown(currency))' is no ISO 4217 currency code, such as EUR")
  }
  guard let basis = MoneyBasis(words: rest), allowed.contains(basis) else {
    let ways = allowed.map { $0 == .once ? "an amount alone" : "\(currency)\($0.suffix)" }
    let found =
      rest.isEmpty
      ? "it does not say per what" : "'per \(shown(rest.joined(separator: " ")))' does not fit"
    throw ValueError("\(found) here; write \(ways.joined(separator: " or "))")
  }
  return MoneyRate(amount: amount, currency: currency, basis: basis)
}

/// A rise of a probability.
struct WrittenRise: Hashable, Sendable {
  var amount: Double
  var inPoints: Bool
}

/// Reads `40 % relative` or `10 points`.
func parseRise(_ text: String) throws(ValueError) -> WrittenRise {
  let words = valueWords(text)
  guard let first = words.first else { throw ValueError("there is no number") }
  let value = try parseNumber(first)
  switch words.dropFirst() {
  case ["%", "relative"]: return WrittenRise(amount: value / 100, inPoints: false)
  case ["points"], ["point"]: return WrittenRise(amount: value / 100, inPoints: true)
  case ["%"]:
    throw ValueError(
      "it does not say percent of what; write '\(written(value)) % relative' or "
        + "'\(written(value)) points'")
  default: throw ValueError("it is neither a relative rise nor points")
  }
}

/// A growth per period.
struct WrittenGrowth: Hashable, Sendable {
  var share: Double
  /// Length of the period in seconds; a month is 1/12 of 365.25 days.
  var periodSeconds: Double
}

/// Reads `1 % per month compounding`.
func parseGrowth(_ text: String) throws(ValueError) -> WrittenGrowth {
  var words = valueWords(text)
  guard let first = words.first else { throw ValueError("there is no number") }
  let value = try parseNumber(first)
  if words.last == "compounding" { words.removeLast() }
  let periods = ["week": 604_800.0, "month": 365.25 / 12 * 86_400, "year": 365.25 * 86_400]
  guard words.count == 4, words[1] == "%", words[2] == "per", let period = periods[words[3]] else {
    throw ValueError("it is no percentage per week, month or year")
  }
  return WrittenGrowth(share: value / 100, periodSeconds: period)
}

/// When a guardrail fires, as written.
enum WrittenFiring: Hashable, Sendable {
  case probability(Double)
  case everyNthCase(Int)
}

/// Reads `50 %`, `always`, `never` or `every 2nd case`.
func parseFiring(_ text: String) throws(ValueError) -> WrittenFiring {
  let words = valueWords(text)
  switch words {
  case ["always"], ["every", "case"]: return .probability(1)
  case ["never"]: return .probability(0)
  default: break
  }
  if words.first == "every" {
    guard words.count == 4, ["st", "nd", "rd", "th"].contains(words[2]), words[3] == "case",
      let number = try? parseNumber(words[1]), let count = Int(exactly: number),
      1...1_000_000 ~= count
    else { throw ValueError("it is no ordinal of cases") }
    return .everyNthCase(count)
  }
  return .probability(try parseShare(text))
}

/// Reads the wait before a retry: `2 min doubling`, seconds.
func parseBackoff(_ text: String) throws(ValueError) -> ScenarioDuration {
  var words = valueWords(text)[...]
  let duration = try takeDuration(&words)
  try requireClock(duration.unit, .calendar)
  guard words == ["doubling"] else {
    throw ValueError(
      "it does not say that it doubles, which is the only back-off of version 1; "
        + "write '\(duration) doubling'")
  }
  return duration
}

/// Reads a duration that is paid for each of something: `300 ms per hop`, `2 min per automation`.
func parseDuration(_ text: String, per noun: String) throws(ValueError) -> ScenarioDuration {
  var words = valueWords(text)[...]
  let duration = try takeDuration(&words)
  guard words.isEmpty || words == ["per", noun] else {
    throw ValueError(
      "'\(shown(words.joined(separator: " ")))' stands where 'per \(noun)' is expected")
  }
  return duration
}
