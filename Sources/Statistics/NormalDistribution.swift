/// Probability that a standard normal variable is at most `z`, within 1e-14 relative.
///
/// Also far in the lower tail, down to the smallest normal number at −37.5. Source: Cody, "Rational Chebyshev
/// Approximations for the Error Function", Math. Comp. 23, 1969,
/// doi:10.1090/S0025-5718-1969-0247736-4, in the form of ACM TOMS algorithm 715; beyond ±5.66 a
/// continued fraction.
public func normalCDF(_ z: Double) -> Double {
  if z.isNaN { return z }
  let magnitude = z.magnitude
  if magnitude <= 0.67448975 {
    let square = z * z
    let numerator =
      (((0.065682337918207449113 * square + 2.2352520354606839287) * square
        + 161.02823106855587881) * square + 1067.6894854603709582) * square
      + 18154.981253343561249
    let denominator =
      (((square + 47.20258190468824187) * square + 976.09855173777669322) * square
        + 10260.932208618978205) * square + 45507.789335026729956
    return 0.5 + z * (numerator / denominator)
  }
  let tail = normalUpperTail(magnitude)
  return z < 0 ? tail : 1 - tail
}

/// Probability that a standard normal variable exceeds `z`, within 1e-14 relative.
public func normalSurvival(_ z: Double) -> Double { normalCDF(-z) }

/// Density of the standard normal distribution at `z`.
public func normalDensity(_ z: Double) -> Double {
  0.39894228040143267794 * exponentialOfHalfSquare(z)
}

/// exp(−z²/2) without the error that rounding z² would bring.
private func exponentialOfHalfSquare(_ z: Double) -> Double {
  if z.magnitude > 39 { return 0 }
  let (square, rest) = exactProduct(z, z)
  return exponential(-0.5 * square, tail: -0.5 * rest)
}

/// P(Z > z) for z > 0.67.
private func normalUpperTail(_ z: Double) -> Double {
  if z > 39 { return 0 }
  if z <= 5.656854 {
    var numerator = 1.0765576773720192317e-8 * z + 0.39894151208813466764
    numerator = numerator * z + 8.8831497943883759412
    numerator = numerator * z + 93.506656132177855979
    numerator = numerator * z + 597.27027639480026226
    numerator = numerator * z + 2494.5375852903726711
    numerator = numerator * z + 6848.1904505362823326
    numerator = numerator * z + 11602.651437647350124
    numerator = numerator * z + 9842.7148383839780218
    var denominator = z + 22.266688044328115691
    denominator = denominator * z + 235.38790178262499861
    denominator = denominator * z + 1519.377599407554805
    denominator = denominator * z + 6485.558298266760755
    denominator = denominator * z + 18615.571640885098091
    denominator = denominator * z + 34900.952721145977266
    denominator = denominator * z + 38912.003286093271411
    denominator = denominator * z + 19685.429676859990727
    return exponentialOfHalfSquare(z) * (numerator / denominator)
  }
  // Laplace's continued fraction 1/(z + 1/(z + 2/(z + …))), DLMF 7.9.3: 20 terms are exact here.
  var fraction = z
  var k = 20.0
  while k > 0 {
    fraction = z + k / fraction
    k -= 1
  }
  return normalDensity(z) / fraction
}

/// The value that a standard normal variable stays below with probability `p`, within 1e-15
/// relative.
///
/// −infinity at 0, infinity at 1, NaN outside 0...1. Source: Wichura, algorithm AS 241 (PPND16),
/// Applied Statistics 37, 1988, doi:10.2307/2347330.
@inline(__always)
public func normalQuantile(_ p: Double) -> Double {
  let centred = p - 0.5
  if centred.magnitude <= 0.425 {
    let r = 0.180625 - centred * centred
    let r2 = r * r
    let r4 = r2 * r2
    let numerator =
      (3.3871328727963666080e0 + 1.3314166789178437745e+2 * r)
      + (1.9715909503065514427e+3 + 1.3731693765509461125e+4 * r) * r2
      + ((4.5921953931549871457e+4 + 6.7265770927008700853e+4 * r)
        + (3.3430575583588128105e+4 + 2.5090809287301226727e+3 * r) * r2) * r4
    let denominator =
      (1 + 4.2313330701600911252e+1 * r)
      + (6.8718700749205790830e+2 + 5.3941960214247511077e+3 * r) * r2
      + ((2.1213794301586595867e+4 + 3.9307895800092710610e+4 * r)
        + (2.8729085735721942674e+4 + 5.2264952788528545610e+3 * r) * r2) * r4
    return centred * numerator / denominator
  }
  return normalQuantileTail(p)
}

/// AS 241 outside 0.075...0.925.
private func normalQuantileTail(_ p: Double) -> Double {
  let smaller = p < 0.5 ? p : 1 - p
  if !(smaller > 0) {
    if smaller == 0 { return p < 0.5 ? -.infinity : .infinity }
    return .nan
  }
  var r = (-naturalLogarithm(smaller)).squareRoot()
  let numerator: Double
  let denominator: Double
  if r <= 5 {
    r -= 1.6
    let r2 = r * r
    let r4 = r2 * r2
    numerator =
      (1.42343711074968357734e0 + 4.63033784615654529590e0 * r)
      + (5.76949722146069140550e0 + 3.64784832476320460504e0 * r) * r2
      + ((1.27045825245236838258e0 + 2.41780725177450611770e-1 * r)
        + (2.27238449892691845833e-2 + 7.74545014278341407640e-4 * r) * r2) * r4
    denominator =
      (1 + 2.05319162663775882187e0 * r)
      + (1.67638483018380384940e0 + 6.89767334985100004550e-1 * r) * r2
      + ((1.48103976427480074590e-1 + 1.51986665636164571966e-2 * r)
        + (5.47593808499534494600e-4 + 1.05075007164441684324e-9 * r) * r2) * r4
  } else {
    r -= 5
    let r2 = r * r
    let r4 = r2 * r2
    numerator =
      (6.65790464350110377720e0 + 5.46378491116411436990e0 * r)
      + (1.78482653991729133580e0 + 2.96560571828504891230e-1 * r) * r2
      + ((2.65321895265761230930e-2 + 1.24266094738807843860e-3 * r)
        + (2.71155556874348757815e-5 + 2.01033439929228813265e-7 * r) * r2) * r4
    denominator =
      (1 + 5.99832206555887937690e-1 * r)
      + (1.36929880922735805310e-1 + 1.48753612908506148525e-2 * r) * r2
      + ((7.86869131145613259100e-4 + 1.84631831751005468180e-5 * r)
        + (1.42151175831644588870e-7 + 2.04426310338993978564e-15 * r) * r2) * r4
  }
  return p < 0.5 ? -(numerator / denominator) : numerator / denominator
}
