/// A condition on one input: the part of FEEL's unary tests that the audit can reason about.
public indirect enum UnaryTest: Hashable, Sendable, Codable {
  /// `-`: anything.
  case any
  /// Numbers, dates, times or durations within an interval.
  case interval(Interval)
  /// Exactly this string.
  case string(String)
  /// Exactly this truth value.
  case boolean(Bool)
  /// `null`.
  case null
  /// Strings that begin, end or are otherwise so.
  case text(TextTest)
  /// One of several tests.
  case anyOf([UnaryTest])
  /// All of several tests.
  case allOf([UnaryTest])
  /// None of the tests.
  case not(UnaryTest)
  /// Beyond the subset, kept as written; nothing is concluded from it.
  case opaque(String)

  /// What is asked of a string without naming it whole.
  public enum TextTest: Hashable, Sendable, Codable {
    /// `starts with(?, …)`.
    case startsWith(String)
    /// `ends with(?, …)`.
    case endsWith(String)
    /// `contains(?, …)`.
    case contains(String)
    /// `string length(?)` within an interval.
    case length(Interval)
  }

  /// A range of ordered values of one kind; a missing bound is infinite.
  public struct Interval: Hashable, Sendable, Codable {
    /// Lower bound, on the scale; `nil` for −∞.
    public var lower: Double?
    /// Whether the lower bound itself belongs to it.
    public var includesLower: Bool
    /// Upper bound, on the scale; `nil` for +∞.
    public var upper: Double?
    /// Whether the upper bound itself belongs to it.
    public var includesUpper: Bool
    /// What the bounds count.
    public var scale: Scale

    /// Creates an interval.
    public init(
      lower: Double? = nil, includesLower: Bool = true, upper: Double? = nil,
      includesUpper: Bool = true, scale: Scale = .number
    ) {
      self.lower = lower
      self.includesLower = includesLower
      self.upper = upper
      self.includesUpper = includesUpper
      self.scale = scale
    }

    /// Reads an interval; without a scale it is one of numbers.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      lower = try values.decodeIfPresent(Double.self, forKey: .lower)
      includesLower = try values.decode(Bool.self, forKey: .includesLower)
      upper = try values.decodeIfPresent(Double.self, forKey: .upper)
      includesUpper = try values.decode(Bool.self, forKey: .includesUpper)
      scale = try values.decodeIfPresent(Scale.self, forKey: .scale) ?? .number
    }

    /// Whether a value of the scale lies within.
    public func contains(_ x: Double) -> Bool {
      if let lower, x < lower || (x == lower && !includesLower) { return false }
      if let upper, x > upper || (x == upper && !includesUpper) { return false }
      return true
    }

    /// Whether it is a single value.
    public var isPoint: Bool { lower != nil && lower == upper && includesLower && includesUpper }
  }

  /// Kinds of ordered values; values of different kinds cannot be compared.
  public enum Scale: String, Hashable, Sendable, Codable, CaseIterable {
    /// Numbers.
    case number
    /// Dates, in days since 1970-01-01.
    case date
    /// Dates and times without offset, in seconds since 1970-01-01T00:00:00.
    case dateTime = "date-time"
    /// Dates and times with an offset, in seconds since 1970-01-01T00:00:00Z.
    case instant
    /// Times of day without offset, in seconds.
    case time
    /// Durations of days and times, in seconds.
    case duration
    /// Durations of years and months, in months.
    case months
  }
}
