public import Experiments

/// A figure as people read it: the number with its unit, and the interval that stands behind it.
public struct FigureText: Sendable, Hashable {
  /// The number with its unit, such as `83 %` or `under 2 %`.
  public var value: String
  /// The interval in brackets, such as `(77–88 %)`; for none of n, the n; empty where there is none.
  public var interval: String
  /// The numbers that the text shows, as they are shown; `nil` where it shows words alone.
  public var numbers: Numbers?

  /// Number and interval in one line.
  public var text: String { interval.isEmpty ? value : "\(value) \(interval)" }

  /// Creates a figure text from its parts.
  public init(value: String, interval: String, numbers: Numbers? = nil) {
    self.value = value
    self.interval = interval
    self.numbers = numbers
  }

  /// A figure as numbers, each rounded as it is shown.
  public struct Numbers: Sendable, Hashable {
    /// The figure.
    public var value: Double
    /// Decimals of the figure.
    public var decimals: Int
    /// Lower end of the interval; `nil` where there is none.
    public var lower: Double?
    /// Upper end of the interval.
    public var upper: Double?
    /// Decimals of both ends.
    public var endDecimals: Int
    /// Unit of all of them, such as `%`, `h`, `EUR`; empty for a mere count.
    public var unit: String

    /// Rounds the numbers to decimals that they may claim.
    init(
      _ value: Double, decimals: Int, ends: (lower: Double, upper: Double)? = nil,
      endDecimals: Int? = nil, unit: String
    ) {
      let places = endDecimals ?? decimals
      self.value = roundedNumber(value, decimals: decimals)
      self.decimals = decimals
      lower = ends.map { roundedNumber($0.lower, decimals: places) }
      upper = ends.map { roundedNumber($0.upper, decimals: places) }
      self.endDecimals = places
      self.unit = unit
    }
  }
}

extension FigureText {
  /// A probability with its Wilson interval; never "0 %" from none of n.
  public init(_ probability: ProbabilityEstimate) {
    guard probability.n > 0 else {
      self.init(value: "unknown", interval: "")
      return
    }
    let of = "(\(countText(probability.count)) of \(countText(probability.n)))"
    // Computed without chance: no interval, and no none of n.
    if probability.lower == probability.upper {
      self.init(
        value: probability.count == 0 ? "no" : "yes", interval: "by arithmetic",
        numbers: Numbers(probability.count == 0 ? 0 : 100, decimals: 0, unit: "%"))
      return
    }
    if probability.count == 0 {
      let upper = roundedUpPercent(probability.upper)
      self.init(
        value: "under \(upper.text) %", interval: of,
        numbers: Numbers(
          0, decimals: 0, ends: (0, upper.value), endDecimals: upper.decimals, unit: "%"))
      return
    }
    if probability.count == probability.n {
      let rest = roundedUpPercent(1 - probability.lower)
      let lower = 100 - rest.value
      self.init(
        value: "over \(numberText(lower, decimals: rest.decimals)) %", interval: of,
        numbers: Numbers(
          100, decimals: 0, ends: (lower, 100), endDecimals: rest.decimals, unit: "%"))
      return
    }
    self.init(
      share: probability.share, lower: probability.lower, upper: probability.upper)
  }

  /// A share in 0...1 with its interval, in per cent.
  public init(share: Double, lower: Double, upper: Double) {
    var decimals = max(
      0, supportedDecimals(halfWidth: 50 * (upper - lower), value: 100 * share))
    // An end that is not zero should not read zero.
    while decimals < 2,
      (lower > 0 && numberText(100 * lower, decimals: decimals) == zero(decimals))
        || (share > 0 && numberText(100 * share, decimals: decimals) == zero(decimals))
    {
      decimals += 1
    }
    func shown(_ value: Double) -> String { numberText(100 * value, decimals: decimals) }
    self.init(
      value: "\(shown(share)) %", interval: "(\(rangeText(shown(lower), shown(upper))) %)",
      numbers: Numbers(
        100 * share, decimals: decimals, ends: (100 * lower, 100 * upper), unit: "%"))
  }

  /// An estimate in its unit: `h`, of the calendar, and `min`, of work, become the unit a person would say,
  /// work at most hours, because a day of it is not 24; `share` per cent, an ISO currency code money.
  /// - Parameters:
  ///   - unit: Unit of the values, as in `FigureResult.unit`.
  ///   - duration: Unit of time to write; `nil` for the one that suits the mean.
  ///   - signed: Whether a plus stands before what is not negative, as in a difference.
  public init(
    _ estimate: Estimate, unit: String, in duration: NaturalUnit? = nil, signed: Bool = false
  ) {
    if unit == "share", !signed, estimate.lower == estimate.upper {
      // The same in all replications: none, or all.
      if estimate.mean == 0 || estimate.mean == 1 {
        self.init(
          value: estimate.mean == 0 ? "none seen" : "all", interval: "",
          numbers: Numbers(100 * estimate.mean, decimals: 0, unit: "%"))
        return
      }
    }
    var scale = 1.0
    var symbol = unit
    var isMoney = false
    switch unit {
    case "share":
      scale = 100
      symbol = signed ? "points" : "%"
    case "h", "min":
      let natural: NaturalUnit = unit == "h" ? .hour : .minute
      let suiting = NaturalUnit(forHours: estimate.mean * natural.hours)
      let shown = duration ?? (unit == "min" && suiting.hours > 1 ? .hour : suiting)
      scale = natural.hours / shown.hours
      symbol = shown.symbol
    case "h/week": symbol = "h"
    case "tickets": symbol = ""
    default: isMoney = isCurrencyCode(unit)
    }
    // A number of its own kind is told from others by its unit.
    let unitName = unit == "h/week" ? "h a week" : symbol
    if signed, estimate.lower == 0, estimate.upper == 0 {
      self.init(
        value: "no difference", interval: "",
        numbers: Numbers(0, decimals: 0, ends: (0, 0), unit: unitName))
      return
    }
    let decimals = supportedDecimals(
      halfWidth: scale * estimate.halfWidth, value: scale * estimate.mean)
    func shown(_ value: Double, _ decimals: Int) -> String {
      let text = numberText(scale * value, decimals: decimals)
      return signed && !text.hasPrefix("−") && value > 0 ? "+\(text)" : text
    }
    // Money is read in cents once it is read in parts at all.
    let ownDecimals = isMoney && decimals > 0 ? max(2, decimals) : decimals
    let number = shown(estimate.mean, ownDecimals)
    // A share cannot leave 0...1, though a t interval can.
    let isShare = unit == "share" && !signed
    let lower = isShare ? max(0, estimate.lower) : estimate.lower
    let upper = isShare ? min(1, estimate.upper) : estimate.upper
    let ends = rangeText(shown(lower, decimals), shown(upper, decimals))
    let suffix = isShare ? " %" : ""
    // One replication knows nothing of the spread.
    self.init(
      value: symbol.isEmpty ? number : "\(number) \(symbol)",
      interval: estimate.n > 1 ? "(\(ends)\(suffix))" : "",
      numbers: Numbers(
        scale * estimate.mean, decimals: ownDecimals,
        ends: estimate.n > 1 ? (scale * lower, scale * upper) : nil, endDecimals: decimals,
        unit: unitName))
  }
}

/// Whether a unit is an ISO 4217 code, such as `EUR`.
func isCurrencyCode(_ unit: String) -> Bool {
  unit.utf8.count == 3 && unit.utf8.allSatisfy { (65...90).contains($0) }
}

/// A share in 0...1 in per cent, rounded up to whole per cent, below one per cent to tenths.
private func roundedUpPercent(_ share: Double) -> (value: Double, decimals: Int, text: String) {
  let value = 100 * share
  let (rounded, decimals) =
    value >= 1 ? (value.rounded(.up), 0) : ((10 * value).rounded(.up) / 10, 1)
  return (rounded, decimals, numberText(rounded, decimals: decimals))
}

private func zero(_ decimals: Int) -> String { numberText(0, decimals: decimals) }

/// A share in 0...1 without interval, in whole per cent; `unknown` where there is none.
///
/// What is not nothing never reads "0 %".
package func shareText(_ share: Double?) -> String {
  guard let share else { return "unknown" }
  if share > 0, share < 0.005 { return "under 1 %" }
  if share < 1, share > 0.995 { return "over 99 %" }
  return "\(numberText(100 * share, decimals: 0)) %"
}

/// A value as it is written in a scenario, its numbers to four significant digits.
///
/// Only plain numbers are rounded; dates, names and ranges stay.
package func valueText(_ written: String) -> String {
  written.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
    let isPlain = word.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    guard isPlain, word.count(where: { $0.isNumber }) > 4, let value = Double(word), value != 0
    else {
      return String(word)
    }
    // Decimal by decimal, because logarithms of the platform differ between machines.
    var scale = 1.0
    while (value * scale).magnitude < 1000, scale < 1e12 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && rounded.magnitude < 1e15
      ? String(Int(rounded)) : String(rounded)
  }.joined(separator: " ")
}

/// A number without interval, to three significant digits.
func plainText(_ value: Double) -> String {
  numberText(value, decimals: significantDecimals(value))
}

/// Decimals that show three significant digits of a number, at most three.
func significantDecimals(_ value: Double) -> Int {
  min(3, max(0, supportedDecimals(halfWidth: 0, value: value) - 1))
}

/// An amount of money without interval: cents below a hundred, whole units above.
func moneyText(_ amount: Double, _ currency: String) -> String {
  "\(numberText(amount, decimals: amount.magnitude < 100 ? 2 : 0)) \(currency)"
}
