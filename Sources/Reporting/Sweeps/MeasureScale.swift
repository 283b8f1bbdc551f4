import Experiments
import Statistics

/// The unit in which values of a measure are shown, and the factor from the unit in which they are kept.
struct MeasureScale: Sendable, Hashable {
  /// Unit as it stands behind a number or after the title of an axis; empty for counts.
  var unit: String
  /// Factor to it.
  var factor: Double

  /// The scale that suits some values.
  ///
  /// - Parameters:
  ///   - unit: Unit in which they are kept, as `StudyMeasure.unit` says.
  ///   - isDifference: Whether they are differences, so that shares are percentage points.
  init(_ unit: String, of values: [Double], isDifference: Bool = false) {
    switch unit {
    case "share": (self.unit, factor) = (isDifference ? "points" : "%", 100)
    case "h", "min":
      let own: NaturalUnit = unit == "h" ? .hour : .minute
      var natural = NaturalUnit(forHours: own.hours * (values.map(\.magnitude).max() ?? 0))
      // A day of work is not 24 hours.
      if unit == "min", natural.hours > 1 { natural = .hour }
      (self.unit, factor) = (natural.symbol, own.hours / natural.hours)
    case "h/week": (self.unit, factor) = ("h a week", 1)
    case "tickets": (self.unit, factor) = ("", 1)
    default: (self.unit, factor) = (unit, 1)
    }
  }

  /// A title with the unit behind it.
  func titled(_ title: String) -> String { unit.isEmpty ? title : "\(title), \(unit)" }

  /// A value with its interval.
  func text(_ value: Double, _ lower: Double, _ upper: Double) -> FigureText {
    let (mean, low, high) = (factor * value, factor * lower, factor * upper)
    let decimals = supportedDecimals(halfWidth: (high - low) / 2, value: mean)
    func shown(_ value: Double) -> String { numberText(value, decimals: decimals) }
    let suffix = unit == "%" ? " %" : ""
    return FigureText(
      value: unit.isEmpty ? shown(mean) : "\(shown(mean)) \(unit)",
      interval: low == high ? "" : "(\(rangeText(shown(low), shown(high)))\(suffix))",
      numbers: .init(
        mean, decimals: decimals, ends: low == high ? nil : (low, high), unit: unit))
  }

  /// An estimate with its interval.
  func text(_ estimate: Estimate) -> FigureText {
    text(estimate.mean, estimate.lower, estimate.upper)
  }

  /// An interval around its estimate; what cannot be negative is cut off at nothing.
  func text(_ interval: ConfidenceInterval, atLeast least: Double = -.infinity) -> FigureText {
    text(interval.estimate, max(least, interval.lower), max(least, interval.upper))
  }
}

/// Written values of a parameter as places on an axis.
///
/// The place is the first number in which the values differ; what stands around it, where it is the same
/// in all, is the unit.
struct WrittenAxis: Sendable {
  /// Unit; empty where values differ in more than one number.
  private(set) var unit = ""
  private let position: Int

  init(_ values: [String]) {
    let numbers = values.map(Self.numbers)
    let most = numbers.map(\.count).min() ?? 0
    position =
      (0..<most).first { index in Set(numbers.map { $0[index].value }).count > 1 } ?? 0
    let index = position
    let units = Set(
      zip(values, numbers).map { value, found -> String in
        guard found.indices.contains(index) else { return value }
        var rest = value
        rest.removeSubrange(found[index].range)
        return rest.split(separator: " ").joined(separator: " ")
      })
    if units.count == 1, let only = units.first { unit = only }
  }

  /// The place of a value; `nil` where it has no number.
  func place(of value: String) -> Double? {
    let found = Self.numbers(value)
    return found.indices.contains(position) ? found[position].value : nil
  }

  private static func numbers(_ text: String) -> [(value: Double, range: Range<String.Index>)] {
    text.ranges(of: /-?\d+(?:\.\d+)?/).compactMap { range in
      Double(text[range]).map { ($0, range) }
    }
  }
}
