/// The natural logarithm, within 0.52 units in the last place, the same bits on every processor.
///
/// −infinity at ±0, NaN below zero, infinity at infinity; exact at 1. Method: Tang,
/// "Table-Driven Implementation of the Logarithm Function in IEEE Floating-Point Arithmetic", ACM
/// TOMS 16(4), 1990, doi:10.1145/98267.98294, with a table of 128 reciprocals of 20 bits, so that
/// z/c − 1 is exact as a sum of two numbers.
@inline(__always)
public func naturalLogarithm(_ x: Double) -> Double {
  // One comparison finds zero, subnormal, negative, infinity and NaN.
  if x.bitPattern &- 0x0010_0000_0000_0000 >= 0x7fe0_0000_0000_0000 {
    return unusualLogarithm(x)
  }
  return logarithm(bits: x.bitPattern, rest: 0, exponentShift: 0)
}

/// Replaces numbers by their natural logarithms.
///
/// The steps of several, long chains each, overlap.
public func replaceByLogarithms(_ numbers: UnsafeMutableBufferPointer<Double>) {
  for index in numbers.indices { numbers[index] = naturalLogarithm(numbers[index]) }
}

/// The natural logarithm of 1 + `x`, within 0.6 units in the last place also near zero.
///
/// −infinity at −1, NaN below; keeps the sign of zero. Deterministic across processors.
@inline(__always)
public func log1p(_ x: Double) -> Double {
  // Two terms of the series; the third is below 2^-59 of x.
  if x.magnitude < 0x1p-29 { return x.magnitude < 0x1p-54 ? x : x - 0.5 * x * x }
  if !(x > -1 && x < .infinity) {
    if x == -1 { return -.infinity }
    return x < 0 ? .nan : x
  }
  let (sum, rest) = exactSum(1, x)
  return logarithm(bits: sum.bitPattern, rest: rest, exponentShift: 0)
}

private func unusualLogarithm(_ x: Double) -> Double {
  if x == 0 { return -.infinity }
  if x.isNaN || x == .infinity { return x }
  if x < 0 { return .nan }
  // Subnormal.
  return logarithm(bits: (x * 0x1p52).bitPattern, rest: 0, exponentShift: -52)
}

/// x split as 2^exponent · z with z in [0.6875, 1.375), and where 1/c for z's interval stands.
@inline(__always)
func splitForLogarithm(_ bits: UInt64) -> (z: Double, exponent: Int64, index: Int) {
  let offset = Int64(bitPattern: bits &- 0x3fe6_0000_0000_0000)
  let exponent = offset >> 52
  let index = Int(truncatingIfNeeded: (offset >> 45) & 127) * 3
  return (
    Double(bitPattern: bits &- UInt64(bitPattern: offset & -0x10_0000_0000_0000)), exponent, index
  )
}

/// log(x + rest) + exponentShift · log 2 for positive normal x given by its bits; rest is below
/// half a unit in the last place of x.
@inline(__always)
private func logarithm(bits: UInt64, rest: Double, exponentShift: Int64) -> Double {
  let (z, exponent, index) = splitForLogarithm(bits)
  let inverse = logarithmTable[index]
  // The upper 32 bits of z times 20 bits are exact, and so is the difference from 1.
  let upper = Double(bitPattern: z.bitPattern & 0xffff_ffff_ffe0_0000)
  let rUpper = upper * inverse - 1
  var rLower = z - upper
  if rest != 0 {
    // 2^-exponent, applied in two steps as one could leave the normal range.
    let half = exponent >> 1
    rLower += rest * powerOfTwo(-half) * powerOfTwo(half - exponent)
  }
  rLower *= inverse
  let r = rUpper + rLower
  let rRest = rUpper - r + rLower

  let k = Double(exponent &+ exponentShift)
  let base = k * log2Head + logarithmTable[index + 1]
  let sum = base + r
  let sumRest = base - sum + r + (rRest + (k * log2Tail + logarithmTable[index + 2]))

  // log(1 + r) − r by its Taylor series, |r| ≤ 2^-7: the next term is below 2^-65 of r.
  let r2 = r * r
  let r4 = r2 * r2
  let low = 1.0 / 3 - r * 0.25 + r2 * (0.2 - r * (1.0 / 6))
  let high = 1.0 / 7 - r * 0.125 + r2 * (1.0 / 9)
  return sum + (sumRest + r2 * (r * (low + r4 * high) - 0.5))
}

/// 2 to a power in −1022...1023.
@inline(__always)
private func powerOfTwo(_ exponent: Int64) -> Double {
  Double(bitPattern: UInt64(bitPattern: exponent &+ 1023) << 52)
}

/// log x as an unevaluated sum of two numbers, together within 2^-67 of it, for positive normal x
/// times 2^exponentShift.
@inline(__always)
func preciseLogarithm(bits: UInt64, exponentShift: Int64) -> (head: Double, tail: Double) {
  let (z, exponent, index) = splitForLogarithm(bits)
  let inverse = logarithmTable[index]
  let upper = Double(bitPattern: z.bitPattern & 0xffff_ffff_ffe0_0000)
  let rUpper = upper * inverse - 1
  let rLower = (z - upper) * inverse
  let r = rUpper + rLower
  let rRest = rUpper - r + rLower

  let k = Double(exponent &+ exponentShift)
  let base = k * log2Head + logarithmTable[index + 1]
  let (sum, sumRest) = exactSum(base, r)

  // −r²/2 exactly, with the part of r that rounding cut off.
  let (r2, r2Rest) = exactProduct(r, r)
  let (head, headRest) = exactSum(sum, -0.5 * r2)
  let r3 = r2 * r
  let low = 1.0 / 3 - r * 0.25 + r2 * (0.2 - r * (1.0 / 6))
  let high = 1.0 / 7 - r * 0.125 + r2 * (1.0 / 9 - r * 0.1)
  let small =
    headRest + sumRest + (rRest - r * rRest) + (k * log2Tail + logarithmTable[index + 2])
    - 0.5 * r2Rest + r3 * (low + r2 * r2 * high)
  let total = head + small
  return (total, head - total + small)
}
