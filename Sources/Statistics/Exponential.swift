/// e to the power `x`, within 0.52 units in the last place, the same bits on every processor.
///
/// 0 and infinity come back exactly, results below the normal range are rounded once, NaN passes
/// through. Method: Tang, "Table-Driven Implementation of the Exponential Function in IEEE
/// Floating-Point Arithmetic", ACM TOMS 15(2), 1989, doi:10.1145/63522.214389: a table of
/// 2^(i/128) and a Taylor polynomial on |r| ≤ log 2 / 256.
@inline(__always)
public func exponential(_ x: Double) -> Double {
  exponential(x, tail: 0)
}

/// e to the power `x + tail`, where `tail` is below 2^-40 of x.
@inline(__always)
func exponential(_ x: Double, tail: Double) -> Double {
  let magnitude = x.magnitude
  if magnitude < 0x1p-54 { return 1 + x }
  // Also true of NaN.
  if !(magnitude < 746) {
    if x.isNaN { return x }
    return x < 0 ? 0 : .infinity
  }
  let (r, step) = reduceExponent(x, tail: tail)
  let index = Int(truncatingIfNeeded: step & 127) * 2
  let tableTail = Double(bitPattern: exponentialTable[index])
  let bits = exponentialTable[index + 1] &+ (UInt64(bitPattern: step) << 45)
  let excess = tableTail + exponentialLessOne(r)
  // Far enough from the ends that the product below is normal too.
  if magnitude < 690 {
    let scale = Double(bitPattern: bits)
    return scale + scale * excess
  }
  return scaledExponential(bits, excess, isLarge: step > 0)
}

/// Splits x + tail into `step` · log 2 / 128 + `r` with |r| ≤ log 2 / 256.
@inline(__always)
func reduceExponent(_ x: Double, tail: Double) -> (r: Double, step: Int64) {
  // Adding 1.5 · 2^52 rounds to a whole number, left in the low bits.
  let shifted = x * log2StepsPerUnit + 0x1.8p52
  let step = shifted - 0x1.8p52
  let r = x - step * log2StepHead - step * log2StepTail + tail
  return (r, Int64(step))
}

/// e^r − 1 for |r| ≤ log 2 / 256; Taylor, truncated at 6e-19.
@inline(__always)
func exponentialLessOne(_ r: Double) -> Double {
  let square = r * r
  return r + square * (0.5 + r * (1.0 / 6)) + square * square * (1.0 / 24 + r * (1.0 / 120))
}

/// The result where 2^(step/128) itself is out of the normal range.
private func scaledExponential(_ bits: UInt64, _ excess: Double, isLarge: Bool) -> Double {
  if isLarge {
    let scale = Double(bitPattern: bits &- (1009 << 52))
    return 0x1p1009 * (scale + scale * excess)
  }
  let scale = Double(bitPattern: bits &+ (1022 << 52))
  var y = scale + scale * excess
  if y < 1 {
    // The product with 2^-1022 would round a second time: round here to the bits that remain,
    // by adding 1, with the error of both additions carried along.
    let lost = scale - y + scale * excess
    let sum = 1 + y
    let rest = 1 - sum + y + lost
    y = sum + rest - 1
    if y == 0 { return 0 }
  }
  return 0x1p-1022 * y
}

/// e to the power `x`, less one, within 0.6 units in the last place also where `x` is near zero.
///
/// −1 at −infinity; keeps the sign of zero. Deterministic across processors.
public func expm1(_ x: Double) -> Double {
  let magnitude = x.magnitude
  if magnitude < 0.25 { return smallExpm1(x) }
  if !(magnitude < 746) {
    if x.isNaN { return x }
    return x < 0 ? -1 : .infinity
  }
  if x < -40 { return -1 }
  // One is less than half a unit in the last place.
  if x > 60 { return exponential(x) }
  let (r, step) = reduceExponent(x, tail: 0)
  let index = Int(truncatingIfNeeded: step & 127) * 2
  let tableTail = Double(bitPattern: exponentialTable[index])
  let scale = Double(
    bitPattern: exponentialTable[index + 1] &+ (UInt64(bitPattern: step) << 45))
  let (sum, rest) = exactSum(scale, -1)
  return sum + (rest + scale * (tableTail + exponentialLessOne(r)))
}

/// x + x²/2 + x³/6 + … for |x| < 1/4, the first two terms with their rounding errors.
private func smallExpm1(_ x: Double) -> Double {
  if x.magnitude < 0x1p-54 { return x }
  // 1/n! for n = 3...15; the next term is below 2^-75 of x.
  var polynomial = 1.0 / 1_307_674_368_000
  polynomial = polynomial * x + 1.0 / 87_178_291_200
  polynomial = polynomial * x + 1.0 / 6_227_020_800
  polynomial = polynomial * x + 1.0 / 479_001_600
  polynomial = polynomial * x + 1.0 / 39_916_800
  polynomial = polynomial * x + 1.0 / 3_628_800
  polynomial = polynomial * x + 1.0 / 362_880
  polynomial = polynomial * x + 1.0 / 40_320
  polynomial = polynomial * x + 1.0 / 5_040
  polynomial = polynomial * x + 1.0 / 720
  polynomial = polynomial * x + 1.0 / 120
  polynomial = polynomial * x + 1.0 / 24
  polynomial = polynomial * x + 1.0 / 6
  let (square, squareRest) = exactProduct(x, x)
  let half = 0.5 * square
  let sum = x + half
  return sum + (x - sum + half + 0.5 * squareRest + square * x * polynomial)
}
