public import Experiments

/// By when a change has to be decided that takes its time to work.
public struct DecideBy: Sendable, Hashable, Codable {
  /// Working day (from 1) by whose close the risk first exceeds the bound where nothing is changed.
  public var riskyDay: Int
  /// Its date.
  public var riskyDate: String
  /// Days of calendar time from the decision until the change works.
  public var leadDays: Int
  /// The last day on which to decide.
  public var date: String?
  /// Whether that day lies before day 0.
  public var isPast: Bool

  /// Creates a date.
  public init(riskyDay: Int, riskyDate: String, leadDays: Int, date: String?, isPast: Bool) {
    self.riskyDay = riskyDay
    self.riskyDate = riskyDate
    self.leadDays = leadDays
    self.date = date
    self.isPast = isPast
  }
}

/// What `rehearse sweep smallest --format json` prints: the result, and by when to decide.
public struct SafeValueDocument: Encodable, Sendable {
  private let result: SafeValueResult
  private let decideBy: DecideBy?

  /// A document.
  public init(_ result: SafeValueResult, decideBy: DecideBy?) {
    self.result = result
    self.decideBy = decideBy
  }

  /// The result's fields, and `decideBy` beside them.
  public func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: TextKey.self)
    try container.encodeIfPresent(decideBy, forKey: TextKey("decideBy"))
  }
}
