import Foundation

// Numbers as text, without regard to the machine's locale: as `NumberStyle.current` says, with a true
// minus sign.

/// A number rounded to so many decimals; negative decimals round to tens, hundreds and so on.
///
/// Halves round away from zero. What is not finite reads "infinite" or "unknown".
public func numberText(_ value: Double, decimals: Int) -> String {
  guard value.isFinite else {
    return value.isNaN ? "unknown" : value > 0 ? "infinite" : "−infinite"
  }
  let places = min(max(decimals, -15), 9)
  var scaled = value.magnitude
  if places < 0 {
    let step = powerOfTen(-places)
    scaled = (scaled / step).rounded() * step
  } else {
    scaled = (scaled * powerOfTen(places)).rounded()
  }
  guard scaled < 9e15 else { return "\(value)" }
  let digits = UInt64(scaled)
  let sign = value < 0 && digits > 0 ? "−" : ""
  guard places > 0 else { return sign + groupedText(digits) }
  let scale = UInt64(powerOfTen(places))
  let fraction = String(digits % scale)
  return sign + groupedText(digits / scale) + NumberStyle.current.decimal
    + String(repeating: "0", count: places - fraction.count) + fraction
}

/// The number that `numberText` shows of a value.
///
/// What is not finite stays as it is.
func roundedNumber(_ value: Double, decimals: Int) -> Double {
  guard value.isFinite else { return value }
  let style = NumberStyle.current
  let digits = numberText(value, decimals: decimals)
    .replacing(style.grouping, with: "").replacing(style.decimal, with: ".")
    .replacing("−", with: "-")
  return Double(digits) ?? value
}

/// A whole number with its thousands separated.
public func countText(_ count: Int) -> String {
  (count < 0 ? "−" : "") + groupedText(UInt64(count.magnitude))
}

private func groupedText(_ value: UInt64) -> String {
  let digits = Array(String(value))
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += NumberStyle.current.grouping }
    text.append(digit)
  }
  return text
}

private func powerOfTen(_ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<exponent { power *= 10 }
  return power
}

/// The decimals that an interval supports: those of the first digit of half its width.
///
/// So an estimate never claims more than the interval knows, and the ends still differ from it.
/// Where the interval has no width, four significant digits of the value.
public func supportedDecimals(halfWidth: Double, value: Double) -> Int {
  let measure = halfWidth > value.magnitude * 1e-9 ? halfWidth : value.magnitude / 1000
  guard measure > 0, measure.isFinite else { return 0 }
  var decimals = 0
  var rest = measure
  // Products of ten are exact enough here: the loops only look for the first digit.
  while rest < 0.9999999, decimals < 9 {
    rest *= 10
    decimals += 1
  }
  while rest >= 9.9999999, decimals > -15 {
    rest /= 10
    decimals -= 1
  }
  return decimals
}

/// The ends of an interval as text: `77–88`, or `−1.4 to −1.0` where a sign would be misread.
func rangeText(_ lower: String, _ upper: String) -> String {
  let isSigned = [lower, upper].contains { $0.hasPrefix("−") || $0.hasPrefix("+") }
  return isSigned ? "\(lower) to \(upper)" : "\(lower)–\(upper)"
}
