/// Numbers shared by the samplers compiled into it: resampling lists and tabulated quantiles.
///
/// A gamma or Beta quantile has no formula. Its logarithm (for Beta its logit) is a smooth
/// function of the normal quantile of the same probability; here it is stored with its first two
/// derivatives at steps of 1/32 and interpolated by polynomials of degree 5, within 1e-12 relative
/// of the exact inverse for gamma shapes from 0.1 and Beta shapes from 0.25 up.
public struct SamplerTable: Sendable {
  @usableFromInline var values: [Double] = []

  /// Creates an empty table.
  public init() {}

  /// Adds a list and says where it begins.
  mutating func add(_ list: [Double]) -> Int32 {
    let offset = Int32(values.count)
    values += list
    return offset
  }

  /// Adds the logarithm of the gamma quantile of scale 1.
  mutating func addGamma(shape: Double) -> Int32 {
    addTransformedQuantile { z, lower, upper in
      let x = inverseRegularizedGamma(shape: shape, lower: lower, upper: upper)
      let slope = normalDensity(z) / (shape * poissonProbability(shape, mean: x))
      return (naturalLogarithm(x), slope, slope * (-z - (shape - x) * slope))
    }
  }

  /// Adds the logit of the Beta quantile on 0...1.
  mutating func addBeta(_ alpha: Double, _ beta: Double) -> Int32 {
    addTransformedQuantile { z, lower, upper in
      let logit = betaLogitQuantile(alpha, beta, lower: lower, upper: upper)
      let (x, complement) = splitLogit(logit)
      let weight = betaWeight(alpha, beta, x, complement: complement)
      let slope = normalDensity(z) / weight
      return (logit, slope, slope * (-z - (alpha * complement - beta * x) * slope))
    }
  }

  /// Tabulates a function of the normal quantile z and the two tail probabilities at z.
  private mutating func addTransformedQuantile(
    _ evaluate: (_ z: Double, _ lower: Double, _ upper: Double) -> (Double, Double, Double)
  ) -> Int32 {
    let offset = Int32(values.count)
    values.reserveCapacity(values.count + 3 * (2 * quantileTableReach + 1))
    for step in -quantileTableReach...quantileTableReach {
      let z = Double(step) / quantileTableStepsPerUnit
      let (value, first, second) = evaluate(z, normalCDF(z), normalSurvival(z))
      values.append(value)
      // Per step rather than per unit of z, as the interpolation wants them.
      values.append(first / quantileTableStepsPerUnit)
      values.append(second / (quantileTableStepsPerUnit * quantileTableStepsPerUnit))
    }
    return offset
  }

  /// The tabulated function at normal quantile `z`, clamped to the table.
  @usableFromInline
  func interpolate(_ z: Double, offset: Int32) -> Double {
    let limit = Double(quantileTableReach)
    let position = min(max(z * quantileTableStepsPerUnit, -limit), limit) + limit
    let index = min(Int(position), 2 * quantileTableReach - 1)
    let t = position - Double(index)
    let start = Int(offset) + 3 * index
    let (f0, g0, h0) = (values[start], values[start + 1], values[start + 2])
    let (f1, g1, h1) = (values[start + 3], values[start + 4], values[start + 5])
    // The quintic with value, slope and curvature given at t = 0 and t = 1.
    let rise = f1 - f0 - g0 - 0.5 * h0
    let slope = g1 - g0 - h0
    let curvature = h1 - h0
    let c3 = 10 * rise - 4 * slope + 0.5 * curvature
    let c4 = -15 * rise + 7 * slope - curvature
    let c5 = 6 * rise - 3 * slope + 0.5 * curvature
    return f0 + t * (g0 + t * (0.5 * h0 + t * (c3 + t * (c4 + t * c5))))
  }
}

/// Steps of the quantile tables per unit of the normal quantile.
private let quantileTableStepsPerUnit = 32.0
/// Steps on each side of zero: to ±8.5 normal deviations, beyond the uniforms 2^-53 and 1 − 2^-53.
private let quantileTableReach = 272

/// The gamma quantile of scale 1 at `u`, from the table.
@usableFromInline
func tabulatedGammaValue(_ u: Double, _ table: borrowing SamplerTable, offset: Int32) -> Double {
  exponential(table.interpolate(normalQuantile(u), offset: offset))
}

/// The Beta quantile on 0...1 at `u`, from the table.
@usableFromInline
func tabulatedBetaValue(_ u: Double, _ table: borrowing SamplerTable, offset: Int32) -> Double {
  splitLogit(table.interpolate(normalQuantile(u), offset: offset)).x
}
