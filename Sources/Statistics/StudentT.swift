/// Probability that Student's t with `degreesOfFreedom` > 0 is at most `t`, within 1e-12 relative.
///
/// Real degrees of freedom are allowed; NaN for none or negative.
public func studentTCDF(_ t: Double, degreesOfFreedom: Double) -> Double {
  let (central, tail) = studentTParts(t.magnitude, degreesOfFreedom)
  return t < 0 ? tail : 0.5 + central
}

/// Probability that |T| exceeds |t|: the two-sided p-value of a t statistic.
///
/// 1 at 0, 0 at infinity; NaN where either argument is.
public func twoSidedTPValue(_ t: Double, degreesOfFreedom: Double) -> Double {
  2 * studentTParts(t.magnitude, degreesOfFreedom).tail
}

/// P(0 < T < t) and P(T > t) for t ≥ 0.
private func studentTParts(_ t: Double, _ df: Double) -> (central: Double, tail: Double) {
  guard df > 0, !t.isNaN else { return (.nan, .nan) }
  if t == .infinity { return (0.5, 0) }
  if df == .infinity { return (0.5 - normalSurvival(t), normalSurvival(t)) }
  let (x, y) = studentTBetaArguments(t, df)
  let parts = regularizedBeta(df / 2, 0.5, x, complement: y)
  return (0.5 * parts.upper, 0.5 * parts.lower)
}

/// ν/(ν + t²) and t²/(ν + t²) without overflow.
private func studentTBetaArguments(_ t: Double, _ df: Double) -> (x: Double, y: Double) {
  let root = df.squareRoot()
  if t > root {
    let ratio = root / t
    let y = 1 / (1 + ratio * ratio)
    return (ratio * ratio * y, y)
  }
  let ratio = t / root
  let x = 1 / (1 + ratio * ratio)
  return (x, ratio * ratio * x)
}

/// The value that Student's t with `degreesOfFreedom` > 0 stays below with probability `p`, within
/// 1e-12 relative.
///
/// −infinity at 0, infinity at 1, NaN outside. Newton's method on the distribution function.
public func studentTQuantile(_ p: Double, degreesOfFreedom df: Double) -> Double {
  guard df > 0, p >= 0, p <= 1 else { return .nan }
  if p == 0.5 { return 0 }
  let sign: Double = p < 0.5 ? -1 : 1
  let tail = p < 0.5 ? p : 1 - p
  if tail == 0 { return sign * .infinity }
  if df == .infinity { return normalQuantile(p) }
  let central = (p - 0.5).magnitude
  let useCentral = central < tail
  let z = normalQuantile(tail).magnitude
  // Near enough for one degree of freedom and for many: log of tan, or of z.
  let start = df < 3 ? -naturalLogarithm(3 * tail) : naturalLogarithm(z)
  let y = solveLogarithmically(
    for: useCentral ? central : tail, rising: useCentral, start: start, in: -745...709
  ) { y in
    let t = exponential(y)
    let parts = studentTParts(t, df)
    let (x, complement) = studentTBetaArguments(t, df)
    if x == 0 || complement == 0 { return (useCentral ? parts.central : parts.tail, 0) }
    return (
      useCentral ? parts.central : parts.tail,
      betaWeight(df / 2, 0.5, x, complement: complement)
    )
  }
  return sign * exponential(y)
}
