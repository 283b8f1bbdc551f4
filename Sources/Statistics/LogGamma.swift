/// The natural logarithm of the gamma function for `x` > 0, within 1e-14 relative.
///
/// Also next to its zeros at 1 and 2. Infinity at 0 and at infinity, NaN below zero. Sources: Abramowitz
/// and Stegun, 6.1.33 (series around 1 and 2) and 6.1.41 (Stirling).
public func logGamma(_ x: Double) -> Double {
  if x.isNaN || x < 0 { return .nan }
  if x == 0 || x == .infinity { return .infinity }
  if x >= 10 {
    return (x - 0.5) * naturalLogarithm(x) - x + halfLogTwoPi + stirlingSeries(x)
  }
  if x < 0.5 { return logGammaNearOne(x) - naturalLogarithm(x) }
  if x < 1.5 { return logGammaNearOne(x - 1) }
  var argument = x
  var product = 1.0
  while argument > 2.5 {
    argument -= 1
    product *= argument
  }
  let nearTwo = logGammaNearTwo(argument - 2)
  return product == 1 ? nearTwo : nearTwo + naturalLogarithm(product)
}

/// log Γ(2 + z) for |z| ≤ 0.5.
private func logGammaNearTwo(_ z: Double) -> Double {
  var sum = 0.0
  for coefficient in zetaCoefficients.reversed() { sum = sum * z + coefficient }
  return z * (oneLessEuler + z * sum)
}

/// log Γ(1 + z) for |z| ≤ 0.5.
private func logGammaNearOne(_ z: Double) -> Double { logGammaNearTwo(z) - log1p(z) }

/// log Γ(x + 1) − (x + 1/2) log x + x − log(2π)/2 for x > 0: how far Stirling's formula is off.
func stirlingError(_ x: Double) -> Double {
  if x >= 10 { return stirlingSeries(x) }
  return logGamma(x + 1) - (x + 0.5) * naturalLogarithm(x) + x - halfLogTwoPi
}

/// Σ B(2k) / (2k (2k − 1) x^(2k−1)) for x ≥ 10.
private func stirlingSeries(_ x: Double) -> Double {
  let t = 1 / (x * x)
  var sum = -3617.0 / 122_400
  sum = sum * t + 1.0 / 156
  sum = sum * t - 691.0 / 360_360
  sum = sum * t + 1.0 / 1188
  sum = sum * t - 1.0 / 1680
  sum = sum * t + 1.0 / 1260
  sum = sum * t - 1.0 / 360
  sum = sum * t + 1.0 / 12
  return sum / x
}

/// x log(x/mean) + mean − x for x > 0 and mean > 0: the deviance of Loader, "Fast and Accurate
/// Computation of Binomial Probabilities", 2000.
func poissonDeviance(_ x: Double, mean: Double) -> Double {
  let excess = (mean - x) / x
  if excess.magnitude > 0.5 {
    return x * naturalLogarithm(x / mean) + mean - x
  }
  // excess − log(1 + excess) = excess · v − 2 (v³/3 + v⁵/5 + …), v = excess / (2 + excess).
  let v = excess / (2 + excess)
  let square = v * v
  var power = v
  var sum = 0.0
  var divisor = 3.0
  while true {
    power *= square
    let next = sum + power / divisor
    if next == sum { break }
    sum = next
    divisor += 2
  }
  return x * (excess * v - 2 * sum)
}

/// mean^x e^(−mean) / Γ(x + 1) for real x > 0 and mean > 0.
func poissonProbability(_ x: Double, mean: Double) -> Double {
  exponential(-stirlingError(x) - poissonDeviance(x, mean: mean))
    / (twoPi * x).squareRoot()
}

/// x^a y^b Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) where x + y = 1, both positive.
func binomialProbability(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  let n = a + b
  let exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b)
    - poissonDeviance(a, mean: n * x) - poissonDeviance(b, mean: n * y)
  return exponential(exponent) * (n / (twoPi * a * b)).squareRoot()
}

/// log(2π) / 2.
private let halfLogTwoPi = 0.91893853320467274178
/// 2π.
private let twoPi = 6.2831853071795864769
/// 1 − γ.
private let oneLessEuler = 0.42278433509846713940

/// (−1)^k (ζ(k) − 1) / k for k = 2...30.
private let zetaCoefficients: [Double] = [
  0.3224670334241132,
  -0.0673523010531981,
  0.020580808427784546,
  -0.007385551028673986,
  0.0028905103307415234,
  -0.001192753911703261,
  0.0005096695247430425,
  -0.00022315475845357939,
  9.945751278180853e-05,
  -4.492623673813314e-05,
  2.050721277567069e-05,
  -9.439488275268397e-06,
  4.374866789907488e-06,
  -2.039215753801366e-06,
  9.55141213040742e-07,
  -4.492469198764566e-07,
  2.1207184805554665e-07,
  -1.0043224823968099e-07,
  4.7698101693639804e-08,
  -2.2711094608943164e-08,
  1.0838659214896955e-08,
  -5.183475041970047e-09,
  2.4836745438024785e-09,
  -1.1921401405860912e-09,
  5.731367241678862e-10,
  -2.7595228851242334e-10,
  1.330476437424449e-10,
  -6.4229645638381e-11,
  3.1044247747322276e-11,
]
