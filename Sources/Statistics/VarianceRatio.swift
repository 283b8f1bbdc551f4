/// What common random numbers did to the variance of a difference, beside what they could do at best.
///
/// The ratio is Var(A − B) / (Var A + Var B): what the difference has of the variance that independent
/// runs would give it. Under 1 common random numbers paid off, by as many times fewer replications as
/// its inverse says.
public struct VarianceRatio: Hashable, Sendable, Codable {
  /// The ratio, in 0...2.
  public var ratio: Double
  /// Lower end of its interval.
  public var lower: Double
  /// Upper end of its interval.
  public var upper: Double
  /// Confidence of the interval.
  public var confidence: Double
  /// The smallest ratio that the two variances allow, with a correlation of 1:
  /// (σ_A − σ_B)² / (σ_A² + σ_B²).
  public var bound: Double

  /// The ratio of pairs of equal index; `nil` of fewer than four, and where neither varies.
  ///
  /// With S = A + B and D = A − B the ratio is 2 / (1 + Var S / Var D), and the interval of the ratio of
  /// the variances of two correlated normal variables is exact. Sources: Pitman, Biometrika 31, 1939,
  /// doi:10.1093/biomet/31.1-2.9; Morgan, ibid., 13–19.
  /// - Precondition: both have the same length; 0 < confidence < 1.
  public init?(_ first: [Double], _ second: [Double], confidence: Double = 0.999) {
    precondition(first.count == second.count, "Pairs need as many first as second observations")
    requireConfidence(confidence)
    let (a, b) = (RunningMoments(first), RunningMoments(second))
    guard first.count >= 4, let varianceA = a.variance, let varianceB = b.variance,
      varianceA + varianceB > 0
    else { return nil }
    self.confidence = confidence
    let deviations = varianceA.squareRoot() - varianceB.squareRoot()
    bound = deviations * deviations / (varianceA + varianceB)
    let sums = zip(first, second).map { $0 + $1 }
    let differences = zip(first, second).map { $0 - $1 }
    let (s, d) = (RunningMoments(sums), RunningMoments(differences))
    let (varianceS, varianceD) = (s.variance ?? 0, d.variance ?? 0)
    guard varianceS > 0, varianceD > 0 else {
      ratio = varianceD > 0 ? 2 : 0
      lower = ratio
      upper = ratio
      return
    }
    let quotient = varianceS / varianceD
    var products = 0.0
    for (x, y) in zip(sums, differences) { products += (x - (s.mean ?? 0)) * (y - (d.mean ?? 0)) }
    let freedom = Double(first.count - 2)
    let correlation =
      products / Double(first.count - 1) / (varianceS * varianceD).squareRoot()
    let t = studentTQuantile(0.5 + confidence / 2, degreesOfFreedom: freedom)
    let k = 1 + 2 * max(0, 1 - correlation * correlation) * t * t / freedom
    let reach = k + (k * k - 1).squareRoot()
    let centre = 2 / (1 + quotient)
    // Where one of them does not vary the difference has the variance of the other: rounding must not put
    // an end of the interval on the other side of 1.
    let onlyOneVaries = varianceA == 0 || varianceB == 0
    ratio = onlyOneVaries ? 1 : centre
    lower = onlyOneVaries ? 1 : min(centre, 2 / (1 + quotient * reach))
    upper = onlyOneVaries ? 1 : max(centre, 2 / (1 + quotient / reach))
  }
}
