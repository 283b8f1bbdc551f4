/// A unit of time that people would say a length in.
public enum NaturalUnit: String, Sendable, Hashable, CaseIterable {
  /// Seconds.
  case second
  /// Minutes.
  case minute
  /// Hours.
  case hour
  /// Days of 24 hours.
  case day
  /// Weeks of seven days.
  case week

  /// Length in hours.
  public var hours: Double {
    switch self {
    case .second: 1.0 / 3600
    case .minute: 1.0 / 60
    case .hour: 1
    case .day: 24
    case .week: 168
    }
  }

  /// As it stands behind a number.
  public var symbol: String {
    switch self {
    case .second: "s"
    case .minute: "min"
    case .hour: "h"
    case .day: "days"
    case .week: "weeks"
    }
  }

  /// The unit in which one would say a length.
  public init(forHours hours: Double) {
    let length = hours.magnitude
    if length < 1.5 / 60 {
      self = .second
    } else if length < 1.5 {
      self = .minute
    } else if length < 36 {
      self = .hour
    } else if length < 60 * 24 {
      self = .day
    } else {
      self = .week
    }
  }

  /// One unit for several lengths, to be compared: that of the longest, but one in which the shortest
  /// is no mere fraction.
  public init(forAllHours lengths: [Double]) {
    let known = lengths.map(\.magnitude).filter { $0 > 0 }
    var unit = NaturalUnit(forHours: known.max() ?? 0)
    if let shortest = known.min() {
      while shortest < 0.5 * unit.hours, let finer = unit.finer, finer != .minute { unit = finer }
    }
    self = unit
  }

  private var finer: NaturalUnit? {
    NaturalUnit.allCases.firstIndex(of: self).flatMap {
      $0 > 0 ? NaturalUnit.allCases[$0 - 1] : nil
    }
  }
}

/// A length of time in the unit a person would say: `2.1 days`, `14 min`.
///
/// Three significant digits at most.
public func durationText(hours: Double) -> String {
  guard hours.isFinite else { return numberText(hours, decimals: 0) }
  let unit = NaturalUnit(forHours: hours)
  let value = hours / unit.hours
  let decimals = value.magnitude < 10 ? 1 : 0
  let text = numberText(value, decimals: decimals)
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " " + unit.symbol
}
