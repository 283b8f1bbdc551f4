public import Facts

/// A share in per cent, as `share(inText:)` reads it back to the same value.
public func writtenShare(_ share: Probability) -> String {
  decimalText(share.value, shiftedBy: 2) + " %"
}

/// A frequency, as `frequency(inText:per:)` reads it back to the same value.
public func writtenFrequency(_ frequency: Frequency) -> String {
  "\(decimalText(frequency.count)) per \(frequency.period.rawValue)"
}

/// A length of time in the largest unit that states it in whole numbers, else in seconds, as
/// `duration(inText:)` reads it back to the same value.
public func writtenDuration(_ span: TimeSpan) -> String {
  let units: [(TimeSpan, String)] = [(.day, "d"), (.hour, "h"), (.minute, "min"), (.second, "s")]
  for (unit, name) in units
  where span != .zero && span.microseconds.isMultiple(of: unit.microseconds) {
    return "\(span.microseconds / unit.microseconds) \(name)"
  }
  let whole = span.microseconds.magnitude / 1_000_000
  var fraction = String(span.microseconds.magnitude % 1_000_000)
  fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
  while fraction.last == "0" { fraction.removeLast() }
  return (span < .zero ? "-" : "") + "\(whole)" + (fraction.isEmpty ? "" : ".")
    + withoutThousands(fraction) + " s"
}

/// Decimal digits behind a point, with a zero where there are three: `1.234` could be a thousand.
private func withoutThousands(_ fraction: String) -> String {
  fraction.count == 3 ? fraction + "0" : fraction
}

/// A finite number times a power of ten in decimal digits, exactly as its shortest text says it,
/// without exponent.
private func decimalText(_ value: Double, shiftedBy shift: Int = 0) -> String {
  let parts = "\(value.magnitude)".split(separator: "e")
  let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  let whole = String(mantissa[0])
  let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
  var digits = whole + fraction
  var point = whole.count + shift + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  if point <= 0 {
    digits = String(repeating: "0", count: 1 - point) + digits
    point = 1
  }
  if point > digits.count { digits += String(repeating: "0", count: point - digits.count) }
  var before = digits.prefix(point).drop { $0 == "0" }
  if before.isEmpty { before = "0" }
  var after = String(digits.dropFirst(point))
  while after.last == "0" { after.removeLast() }
  return (value < 0 ? "-" : "") + before + (after.isEmpty ? "" : "." + withoutThousands(after))
}
