/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P, each within 1e-12
/// relative for a in 1e-3...1e5.
///
/// `shape` > 0, `x` ≥ 0; NaN outside. P is the distribution function of a gamma variable with that
/// shape and scale 1. Series below x = a + 1, continued fraction above it: Abramowitz and Stegun,
/// 6.5.29 and 6.5.31.
public func regularizedGamma(shape: Double, _ x: Double) -> (lower: Double, upper: Double) {
  guard shape > 0, shape < .infinity, x >= 0 else { return (.nan, .nan) }
  if x == 0 { return (0, 1) }
  if x == .infinity { return (1, 0) }
  let term = poissonProbability(shape, mean: x)
  if x < shape + 1 {
    let lower = term == 0 ? 0 : term * gammaSeries(shape, x)
    return (lower, 1 - lower)
  }
  let upper = term == 0 ? 0 : term * shape * gammaFraction(shape, x)
  return (1 - upper, upper)
}

/// The series 1 + x/(a+1) + x²/((a+1)(a+2)) + … until it no longer changes.
private func gammaSeries(_ a: Double, _ x: Double) -> Double {
  var sum = 1.0
  var term = 1.0
  var divisor = a
  while term > sum * 0x1p-55 {
    divisor += 1
    term *= x / divisor
    sum += term
  }
  return sum
}

/// Γ(a, x) e^x / x^a by the modified Lentz algorithm, x ≥ a + 1.
private func gammaFraction(_ a: Double, _ x: Double) -> Double {
  var b = x + 1 - a
  var c = Double.infinity
  var d = 1 / b
  var value = d
  var i = 0.0
  while i < 1e7 {
    i += 1
    let numerator = i * (a - i)
    b += 2
    d = 1 / (b + numerator * d)
    c = b + numerator / c
    let factor = c * d
    value *= factor
    if (factor - 1).magnitude < 0x1p-52 { break }
  }
  return value
}

/// The x at which P(shape, x) = `p`, within 1e-12 relative where P itself is that well conditioned.
///
/// 0 at 0, infinity at 1, NaN outside 0...1.
public func inverseRegularizedGamma(shape: Double, _ p: Double) -> Double {
  inverseRegularizedGamma(shape: shape, lower: p, upper: 1 - p)
}

/// The x at which P = `lower` and Q = `upper`; the smaller of the two is what counts.
func inverseRegularizedGamma(shape: Double, lower: Double, upper: Double) -> Double {
  guard shape > 0, shape < .infinity, lower >= 0, upper >= 0 else { return .nan }
  if lower == 0 { return 0 }
  if upper == 0 { return .infinity }
  let leading = (naturalLogarithm(lower) + logGamma(shape + 1)) / shape
  // So far out that the next term, e^leading of this one, is lost in rounding.
  if leading < -300 { return exponential(leading) }
  let start = gammaQuantileGuess(shape, lower, upper, leading: leading)
  let isLower = lower <= upper
  let y = solveLogarithmically(
    for: isLower ? lower : upper, rising: isLower, start: start, in: -746...710
  ) { y in
    let x = exponential(y)
    if x == 0 { return (0, 0) }
    let tails = regularizedGamma(shape: shape, x)
    return (isLower ? tails.lower : tails.upper, shape * poissonProbability(shape, mean: x))
  }
  return exponential(y)
}

/// Logarithm of a first guess: Wilson and Hilferty 1931, or x^a / Γ(a + 1) alone in the lower tail.
private func gammaQuantileGuess(
  _ a: Double, _ lower: Double, _ upper: Double, leading: Double
) -> Double {
  let z = lower <= upper ? normalQuantile(lower) : -normalQuantile(upper)
  let root = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
  if a < 0.5 || root < 0.3 { return min(leading, 700) }
  return naturalLogarithm(a) + 3 * naturalLogarithm(root)
}
