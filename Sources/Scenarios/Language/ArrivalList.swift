/// Arrivals that a file lists, in the order of the file.
public struct ArrivalList: Sendable, Hashable {
  /// The file, as named.
  public var file: String
  /// When each case arrives.
  public var times: [ListedTime]
  /// Indexes of the attributes that the file gives.
  public var attributes: [Int]
  /// Their values, case by case: as many for each as there are attributes.
  public var values: [Double]
}

/// A point in time as a list states it.
public struct ListedTime: Sendable, Hashable {
  /// Seconds since 1970: UTC, or on the clock of the scenario's time zone.
  public var seconds: Int
  /// Microseconds beyond them, 0 ..< 1,000,000.
  public var microseconds: Int
  /// Whether the seconds are those of the local clock.
  public var isLocal: Bool
}
