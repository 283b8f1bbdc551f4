public import Experiments

/// A figure as people read it: the number with its unit, and the interval that stands behind it.
public struct FigureText: Sendable, Hashable {
  /// The number with its unit, such as `83 %` or `under 2 %`.
  public var value: String
  /// The interval in brackets, such as `(77–88 %)`; for none of n, the n; empty where there is none.
  public var interval: String

  /// Number and interval in one line.
  public var text: String { interval.isEmpty ? value : "\(value) \(interval)" }

  /// Creates a figure text from its parts.
  public init(value: String, interval: String) {
    self.value = value
    self.interval = interval
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
      self.init(value: probability.count == 0 ? "no" : "yes", interval: "by arithmetic")
      return
    }
    if probability.count == 0 {
      self.init(value: "under \(percent(probability.upper, roundedUp: true)) %", interval: of)
      return
    }
    if probability.count == probability.n {
      let rest = percent(1 - probability.lower, roundedUp: true)
      let decimals = rest.contains(".") ? 1 : 0
      let shown = numberText(100 - (Double(rest) ?? 0), decimals: decimals)
      self.init(value: "over \(shown) %", interval: of)
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
      value: "\(shown(share)) %", interval: "(\(rangeText(shown(lower), shown(upper))) %)")
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
        self.init(value: estimate.mean == 0 ? "none seen" : "all", interval: "")
        return
      }
    }
    if signed, estimate.lower == 0, estimate.upper == 0 {
      self.init(value: "no difference", interval: "")
      return
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
    let decimals = supportedDecimals(
      halfWidth: scale * estimate.halfWidth, value: scale * estimate.mean)
    func shown(_ value: Double, _ decimals: Int) -> String {
      let text = numberText(scale * value, decimals: decimals)
      return signed && !text.hasPrefix("−") && value > 0 ? "+\(text)" : text
    }
    // Money is read in cents once it is read in parts at all.
    let number = shown(estimate.mean, isMoney && decimals > 0 ? max(2, decimals) : decimals)
    // A share cannot leave 0...1, though a t interval can.
    let isShare = unit == "share" && !signed
    let lower = isShare ? max(0, estimate.lower) : estimate.lower
    let upper = isShare ? min(1, estimate.upper) : estimate.upper
    let ends = rangeText(shown(lower, decimals), shown(upper, decimals))
    let suffix = isShare ? " %" : ""
    // One replication knows nothing of the spread.
    self.init(
      value: symbol.isEmpty ? number : "\(number) \(symbol)",
      interval: estimate.n > 1 ? "(\(ends)\(suffix))" : "")
  }
}

/// Whether a unit is an ISO 4217 code, such as `EUR`.
func isCurrencyCode(_ unit: String) -> Bool {
  unit.utf8.count == 3 && unit.utf8.allSatisfy { (65...90).contains($0) }
}

/// A share in 0...1 in per cent, rounded up to whole per cent, below one per cent to tenths.
private func percent(_ share: Double, roundedUp: Bool) -> String {
  let value = 100 * share
  if value >= 1 { return numberText(value.rounded(.up), decimals: 0) }
  return numberText((10 * value).rounded(.up) / 10, decimals: 1)
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

/// A number without interval, to three significant digits.
func plainText(_ value: Double) -> String {
  numberText(value, decimals: min(3, max(0, supportedDecimals(halfWidth: 0, value: value) - 1)))
}

/// An amount of money without interval: cents below a hundred, whole units above.
func moneyText(_ amount: Double, _ currency: String) -> String {
  "\(numberText(amount, decimals: amount.magnitude < 100 ? 2 : 0)) \(currency)"
}
