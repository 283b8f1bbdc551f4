/// A length of time as a scenario writes it: an amount and a unit, in calendar or in working time.
public struct ScenarioDuration: Hashable, Sendable {
  /// How many of the unit; finite.
  public var amount: Double
  /// The unit.
  public var unit: Unit

  /// Creates a duration.
  public init(_ amount: Double, _ unit: Unit) {
    self.amount = amount
    self.unit = unit
  }

  /// Units of time that scenarios may use.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// A thousandth of a second.
    case milliseconds = "ms"
    /// A second.
    case seconds = "s"
    /// Sixty seconds.
    case minutes = "min"
    /// Sixty minutes.
    case hours = "h"
    /// A calendar day.
    case days
    /// Seven calendar days.
    case weeks
    /// A minute in which people work.
    case workingMinutes = "working minutes"
    /// An hour in which people work.
    case workingHours = "working hours"
    /// A day on which people work, as long as the working day of the `working_days` calendar.
    case workingDays = "working days"

    /// Whether it counts working time.
    public var isWorkingTime: Bool {
      switch self {
      case .workingMinutes, .workingHours, .workingDays: true
      default: false
      }
    }

    /// Its length in seconds; `nil` for working days, whose length the calendar says.
    var seconds: Double? {
      switch self {
      case .milliseconds: 0.001
      case .seconds: 1
      case .minutes, .workingMinutes: 60
      case .hours, .workingHours: 3600
      case .days: 86_400
      case .weeks: 604_800
      case .workingDays: nil
      }
    }
  }

  /// Length in seconds, with the length of a working day in seconds.
  public func seconds(workingDay: Double) -> Double { amount * (unit.seconds ?? workingDay) }
}

extension ScenarioDuration: CustomStringConvertible {
  /// As a scenario writes it; `ScenarioDuration(_:)` reads it back.
  public var description: String {
    let name = unit.rawValue
    let isOne = amount == 1 && name.hasSuffix("s") && name.count > 2
    return "\(written(amount)) \(isOne ? String(name.dropLast()) : name)"
  }
}

/// The seconds of a duration in calendar time, such as `90 s` or `5 min`; `nil` where the text is none.
public func calendarSeconds(of text: String) -> Double? {
  guard let duration = try? parseDuration(text), !duration.unit.isWorkingTime else { return nil }
  return duration.seconds(workingDay: 0)
}

/// Which clocks a duration may count by.
enum DurationClock: Sendable, Hashable {
  /// Calendar time: machines, cases, the world outside.
  case calendar
  /// Working time only.
  case working
  /// Work content: minutes of work, so that `h` and `working hours` say the same.
  case work
  /// Either, and the difference counts.
  case either
}

/// Reads a duration such as `14 min` or `126 working days`.
func parseDuration(_ text: String) throws(ValueError) -> ScenarioDuration {
  var words = valueWords(text)[...]
  let duration = try takeDuration(&words)
  if let rest = words.first {
    throw ValueError("'\(shown(rest))' after the duration is not understood")
  }
  return duration
}

/// Takes a number and its unit of time from the front.
func takeDuration(_ words: inout ArraySlice<String>) throws(ValueError) -> ScenarioDuration {
  guard let first = words.popFirst() else { throw ValueError("a duration is missing") }
  let amount = try parseNumber(first)
  return ScenarioDuration(amount, try takeTimeUnit(&words, after: first))
}

/// Takes a unit of time from the front; `working` before it makes it working time.
func takeTimeUnit(
  _ words: inout ArraySlice<String>, after number: String
) throws(ValueError) -> ScenarioDuration.Unit {
  guard let word = words.popFirst() else {
    throw ValueError("'\(shown(number))' has no unit; write ms, s, min, h, days or weeks")
  }
  if word == "working" {
    guard let unit = words.popFirst() else {
      throw ValueError("'working' is not followed by minutes, hours or days")
    }
    switch timeUnit(unit) {
    case .minutes: return .workingMinutes
    case .hours: return .workingHours
    case .days: return .workingDays
    default:
      throw ValueError("'working \(shown(unit))' is no unit; use working minutes, hours or days")
    }
  }
  guard let unit = timeUnit(word) else {
    let hint =
      nearestName(to: word, among: ["seconds", "minutes", "hours", "days", "weeks"])
      .map { "; did you mean '\($0)'?" } ?? "; use ms, s, min, h, days, weeks or working days"
    throw ValueError("'\(shown(word))' is no unit of time\(hint)")
  }
  return unit
}

func timeUnit(_ word: String) -> ScenarioDuration.Unit? {
  switch word {
  case "ms", "millisecond", "milliseconds": .milliseconds
  case "s", "sec", "second", "seconds": .seconds
  case "min", "minute", "minutes": .minutes
  case "h", "hour", "hours": .hours
  case "d", "day", "days": .days
  case "week", "weeks": .weeks
  default: nil
  }
}
