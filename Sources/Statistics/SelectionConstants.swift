// Constants of procedures that select the best of several means.

/// The constants of Kim and Nelson's procedure: η and h² = 2η(n₀ − 1), for c = 1.
///
/// Source: Kim and Nelson, ACM TOMACS 11(3), 2001, doi:10.1145/502109.502111.
/// - Parameters:
///   - alternatives: how many are compared, ≥ 2.
///   - firstStage: n₀, replications of the first stage, ≥ 2.
///   - confidence: probability of a right selection, in 1/k..<1.
public func kimNelsonConstants(
  alternatives: Int, firstStage: Int, confidence: Double
) -> (eta: Double, hSquared: Double) {
  precondition(alternatives >= 2 && firstStage >= 2, "Two alternatives or more, two replications")
  requireConfidence(confidence)
  let freedom = Double(firstStage - 1)
  let share = 2 * (1 - confidence) / Double(alternatives - 1)
  let eta = 0.5 * (power(share, -2 / freedom) - 1)
  return (eta, 2 * eta * freedom)
}

/// Rinott's constant h for independent sampling.
///
/// Solves ∫(∫Φ(h / √((n₀−1)(1/x + 1/y))) f(x) dx)^(k−1) f(y) dy = P*, with f the χ² density of n₀ − 1
/// degrees of freedom; within 1e-6. Source: Rinott, Communications in Statistics A7(8), 1978,
/// doi:10.1080/03610927808827671.
/// - Parameters:
///   - alternatives: how many are compared, ≥ 2.
///   - firstStage: n₀, replications of the first stage, ≥ 6.
///   - confidence: P*, in 1/k..<1.
public func rinottConstant(alternatives: Int, firstStage: Int, confidence: Double) -> Double {
  precondition(alternatives >= 2 && firstStage >= 6, "Two alternatives or more, six replications")
  requireConfidence(confidence)
  let freedom = Double(firstStage - 1)
  let nodes = chiSquareNodes(freedom)
  return solveIncreasing(for: confidence, in: 0...60) { h in
    nodes.reduce(0) { outer, y in
      let inner = nodes.reduce(0) { sum, x in
        sum + x.weight * normalCDF(h / (freedom * (1 / x.value + 1 / y.value)).squareRoot())
      }
      return outer + y.weight * power(min(inner, 1), Double(alternatives - 1))
    }
  }
}

/// Dudewicz and Dalal's constant h₁ for independent sampling.
///
/// Solves ∫T(t + h)^(k−1) dT(t) = P*, with T Student's distribution of n₀ − 1 degrees of freedom;
/// within 1e-6. Source: Dudewicz and Dalal, Sankhyā B37, 1975; table in Law, *Simulation Modeling and
/// Analysis*, app. 10B.
/// - Parameters: as for `rinottConstant`.
public func dudewiczDalalConstant(
  alternatives: Int, firstStage: Int, confidence: Double
) -> Double {
  precondition(alternatives >= 2 && firstStage >= 6, "Two alternatives or more, six replications")
  requireConfidence(confidence)
  let freedom = Double(firstStage - 1)
  // By the midpoints of equally likely parts, so that the weights need no density.
  let points = (0..<2000).map {
    studentTQuantile((Double($0) + 0.5) / 2000, degreesOfFreedom: freedom)
  }
  return solveIncreasing(for: confidence, in: 0...60) { h in
    points.reduce(0) {
      $0
        + power(
          studentTCDF($1 + h, degreesOfFreedom: freedom), Double(alternatives - 1)) / 2000
    }
  }
}

/// Values and weights of a χ² variable: the trapezoid rule in the logarithm of the value, whose error
/// falls faster than any power of the step because the integrand fades at both ends.
private func chiSquareNodes(_ freedom: Double) -> [(value: Double, weight: Double)] {
  let half = freedom / 2
  let low = naturalLogarithm(half) - 34 / half - 2
  let high = naturalLogarithm(2 * (half + 40 + 9 * half.squareRoot()))
  let count = 160
  let step = (high - low) / Double(count)
  let scale = -half * naturalLogarithm(2) - logGamma(half)
  return (0...count).map { index in
    let y = low + Double(index) * step
    let value = exponential(y)
    return (value, step * exponential(scale + half * y - value / 2))
  }
}

/// Where an increasing function takes a value, by halving.
private func solveIncreasing(
  for target: Double, in range: ClosedRange<Double>, _ function: (Double) -> Double
) -> Double {
  var (low, high) = (range.lowerBound, range.upperBound)
  while high - low > 1e-7 {
    let middle = (low + high) / 2
    if function(middle) < target { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
