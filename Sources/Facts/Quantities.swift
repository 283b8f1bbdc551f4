/// A length of time in whole microseconds, exact under addition.
///
/// Whether it counts calendar time or working time is said where it is used.
public struct TimeSpan: Hashable, Sendable, Codable, Comparable, AdditiveArithmetic {
  /// Length in microseconds; may be negative for a difference.
  public var microseconds: Int64

  /// Creates a span of whole microseconds.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Creates a span of seconds, rounded to the nearest microsecond; `nil` where it does not fit.
  public init?(seconds: Double) {
    let scaled = (seconds * 1e6).rounded()
    guard scaled.isFinite, scaled.magnitude < 9.2e18 else { return nil }
    microseconds = Int64(scaled)
  }

  /// No time.
  public static let zero = TimeSpan(microseconds: 0)
  /// One second.
  public static let second = TimeSpan(microseconds: 1_000_000)
  /// One minute.
  public static let minute = TimeSpan(microseconds: 60_000_000)
  /// One hour.
  public static let hour = TimeSpan(microseconds: 3_600_000_000)
  /// Twenty-four hours.
  public static let day = TimeSpan(microseconds: 86_400_000_000)
  /// Seven days of twenty-four hours.
  public static let week = TimeSpan(microseconds: 604_800_000_000)

  /// Length in seconds.
  public var seconds: Double { Double(microseconds) / 1e6 }
  /// Length in minutes.
  public var minutes: Double { Double(microseconds) / 60e6 }
  /// Length in hours.
  public var hours: Double { Double(microseconds) / 3600e6 }
  /// Length in days of twenty-four hours.
  public var days: Double { Double(microseconds) / 86_400e6 }

  /// Sum.
  public static func + (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    TimeSpan(microseconds: a.microseconds + b.microseconds)
  }
  /// Difference.
  public static func - (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    TimeSpan(microseconds: a.microseconds - b.microseconds)
  }
  /// Whole multiple.
  public static func * (count: Int64, span: TimeSpan) -> TimeSpan {
    TimeSpan(microseconds: count * span.microseconds)
  }
  /// Shorter first.
  public static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.microseconds < b.microseconds }
}

/// A probability or share, between 0 and 1.
public struct Probability: Hashable, Sendable, Codable, Comparable {
  /// The value, in 0...1.
  public let value: Double

  /// Creates a probability; `nil` outside 0...1.
  public init?(_ value: Double) {
    guard (0...1).contains(value) else { return nil }
    self.value = value
  }

  /// Smaller first.
  public static func < (a: Probability, b: Probability) -> Bool { a.value < b.value }
}

/// How often something happens.
public struct Frequency: Hashable, Sendable, Codable {
  /// Happenings in one period; finite, not negative.
  public var count: Double
  /// The period counted over.
  public var period: Period

  /// Periods that registers use.
  public enum Period: String, Hashable, Sendable, Codable, CaseIterable {
    /// Sixty minutes.
    case hour
    /// A calendar day.
    case day
    /// Seven days.
    case week
    /// A calendar month, 1/12 of a year.
    case month
    /// A year of 365.25 days.
    case year

    /// Mean length in days.
    public var days: Double {
      switch self {
      case .hour: 1.0 / 24
      case .day: 1
      case .week: 7
      case .month: 365.25 / 12
      case .year: 365.25
      }
    }
  }

  /// Creates a frequency.
  public init(count: Double, per period: Period) {
    self.count = count
    self.period = period
  }

  /// Happenings in a mean month.
  public var perMonth: Double { count / period.days * Period.month.days }
}

/// An amount of money in one currency.
public struct Money: Hashable, Sendable, Codable {
  /// Amount in the currency's main unit (euros, not cents).
  public var amount: Double
  /// ISO 4217 code.
  public var currency: String

  /// Creates an amount.
  public init(_ amount: Double, _ currency: String) {
    self.amount = amount
    self.currency = currency
  }
}
