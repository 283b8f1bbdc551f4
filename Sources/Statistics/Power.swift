/// `base` to the power `exponent`, within 0.6 units in the last place.
///
/// Special values as IEEE 754-2019, 9.2.1 `pow`: anything to the power 0 is 1, 1 to any power is
/// 1, a negative base has a value for whole exponents only (else NaN), −1 to ±infinity is 1.
/// Deterministic across processors.
public func power(_ base: Double, _ exponent: Double) -> Double {
  if exponent == 0 || base == 1 { return 1 }
  if base.isNaN || exponent.isNaN { return .nan }
  if base == 0 || base.isInfinite || exponent.isInfinite {
    return limitingPower(base, exponent)
  }
  var sign = 1.0
  if base < 0 {
    guard exponent.rounded() == exponent else { return .nan }
    if isOdd(exponent) { sign = -1 }
  }
  // Beyond these the result is 0, 1 or infinity whatever the base: |log base| is 2^-53...745.
  if exponent.magnitude > 0x1p64 {
    if base.magnitude == 1 { return sign }
    return (base.magnitude > 1) == (exponent > 0) ? sign * .infinity : sign * 0
  }
  if exponent.magnitude < 0x1p-65 { return sign }
  let magnitude = base.magnitude
  let isSubnormal = magnitude < 0x1p-1022
  let (logHead, logTail) = preciseLogarithm(
    bits: (isSubnormal ? magnitude * 0x1p52 : magnitude).bitPattern,
    exponentShift: isSubnormal ? -52 : 0)
  let (head, rest) = exactProduct(exponent, logHead)
  return sign * exponential(head, tail: rest + exponent * logTail)
}

/// The power where base or exponent is zero or infinite; neither is NaN, exponent is not zero.
private func limitingPower(_ base: Double, _ exponent: Double) -> Double {
  if exponent.isInfinite {
    if base.magnitude == 1 { return 1 }
    return (base.magnitude > 1) == (exponent > 0) ? .infinity : 0
  }
  let sign: Double = base.sign == .minus && isOdd(exponent) ? -1 : 1
  return (base == 0) == (exponent > 0) ? sign * 0 : sign * .infinity
}

/// Whether a finite number is a whole odd one; above 2^53 all are even.
private func isOdd(_ value: Double) -> Bool {
  value.magnitude < 0x1p53 && value.rounded() == value
    && Int64(value) & 1 == 1
}
