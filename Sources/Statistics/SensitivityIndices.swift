/// Sobol indices of one input: shares of a figure's variance.
public struct SobolIndices: Hashable, Sendable, Codable {
  /// First-order index: what the input explains alone.
  public var first: ConfidenceInterval
  /// Total index: what the input explains alone and together with others.
  public var total: ConfidenceInterval

  /// The indices of all inputs, from a figure at the points of a Saltelli design; empty where the figure
  /// does not vary or there are fewer than four rows.
  ///
  /// First order by Saltelli et al. 2010 (table 2, b), total by Jansen 1999; intervals by the jackknife
  /// over rows, with t limits. The figure is centred at its mean, which leaves the indices and cuts their
  /// error. Sources: doi:10.1016/j.cpc.2009.09.018; doi:10.1016/S0010-4655(98)00154-4.
  /// - Parameters:
  ///   - a: Figure at the points A.
  ///   - b: Figure at the points B.
  ///   - mixed: By input, figure at the points of A with that input of B.
  public static func all(
    a: [Double], b: [Double], mixed: [[Double]], confidence: Double = 0.95
  ) -> [SobolIndices] {
    let rows = a.count
    precondition(b.count == rows && mixed.allSatisfy { $0.count == rows }, "Rows are equally many")
    guard rows >= 4 else { return [] }
    let centre = (a + b).reduce(0, +) / Double(2 * rows)
    let spread = (0..<rows).map { row -> Double in
      let (first, second) = (a[row] - centre, b[row] - centre)
      return (first * first + second * second) / 2
    }
    guard spread.reduce(0, +) > 0 else { return [] }
    return mixed.map { values in
      let firsts = (0..<rows).map { row -> Double in
        (b[row] - centre) * (values[row] - a[row])
      }
      let totals = (0..<rows).map { row -> Double in
        let step = a[row] - values[row]
        return step * step / 2
      }
      return SobolIndices(
        first: jackknifedRatio(firsts, spread, confidence),
        total: jackknifedRatio(totals, spread, confidence))
    }
  }
}

/// The ratio of two sums over rows, with the interval of the jackknife.
private func jackknifedRatio(
  _ numerators: [Double], _ denominators: [Double], _ confidence: Double
) -> ConfidenceInterval {
  let count = numerators.count
  let (above, below) = (numerators.reduce(0, +), denominators.reduce(0, +))
  let whole = above / below
  let without = (0..<count).map { row in
    let rest = below - denominators[row]
    return rest > 0 ? (above - numerators[row]) / rest : whole
  }
  let moments = RunningMoments(without)
  let n = Double(count)
  let error = ((n - 1) * (n - 1) / n * (moments.variance ?? 0)).squareRoot()
  let half = studentTQuantile(0.5 + confidence / 2, degreesOfFreedom: n - 1) * error
  return ConfidenceInterval(
    estimate: whole, lower: whole - half, upper: whole + half, confidence: confidence)
}

/// What Morris's screening says of one input.
public struct MorrisEffect: Hashable, Sendable, Codable {
  /// Mean of the elementary effects: the change of the figure over the whole range of the input.
  public var mean: Double
  /// Mean of their sizes, μ*: how much the input matters, whatever the sign; with its t interval.
  public var size: ConfidenceInterval
  /// Standard deviation of the effects, σ: large where the input acts in a curve or together with others.
  public var deviation: Double

  /// The effect of one input from its elementary effects, one for each path; `nil` of fewer than two.
  ///
  /// Sources: Morris, Technometrics 33(2), 1991; μ*: Campolongo, Cariboni and Saltelli, Environmental
  /// Modelling & Software 22, 2007, doi:10.1016/j.envsoft.2006.10.004.
  public init?(_ effects: [Double], confidence: Double = 0.95) {
    let moments = RunningMoments(effects)
    guard let size = meanInterval(RunningMoments(effects.map(\.magnitude)), confidence: confidence),
      let mean = moments.mean, let deviation = moments.standardDeviation
    else { return nil }
    self.mean = mean
    self.size = size
    self.deviation = deviation
  }
}
