/// What Kim and Nelson's procedure makes of replications, in their order.
///
/// Smaller means are better. Fully sequential: after a first stage an alternative is dropped as soon as it
/// is worse than another by more than chance allows. The last one left is the best, or within δ of the
/// best, with the probability asked for. Valid under common random numbers, because it takes the variances
/// of the differences. Source: Kim and Nelson, ACM TOMACS 11(3), 2001, doi:10.1145/502109.502111.
public struct KimNelsonSelection: Hashable, Sendable, Codable {
  /// The smallest difference worth detecting, in the unit of the observations.
  public var difference: Double
  /// Probability of a right selection.
  public var confidence: Double
  /// Replications of the first stage.
  public var firstStage: Int
  /// Alternatives that have not been dropped, in their order.
  public var surviving: [Int]
  /// The replication at which each alternative was dropped; `nil` for those that survive.
  public var droppedAt: [Int?]
  /// Replications looked at: until one is left, or as many as there are.
  public var used: Int
  /// Replications at which the procedure ends at the latest, whatever they show.
  public var atMost: Int

  /// The one that is left; `nil` as long as there are several.
  public var best: Int? { surviving.count == 1 ? surviving[0] : nil }

  /// Runs the procedure; `nil` of fewer replications than the first stage has, or one alternative.
  ///
  /// - Parameter observations: By alternative, then by replication; an alternative that is dropped needs
  ///   none beyond the replication at which it was.
  /// - Precondition: difference > 0; 0 < confidence < 1; firstStage ≥ 2.
  public init?(
    _ observations: [[Double]], difference: Double, confidence: Double = 0.95,
    firstStage: Int = 10
  ) {
    precondition(difference > 0 && firstStage >= 2, "No such selection")
    let alternatives = observations.count
    guard alternatives >= 2, observations.allSatisfy({ $0.count >= firstStage }) else {
      return nil
    }
    let hSquared = kimNelsonConstants(
      alternatives: alternatives, firstStage: firstStage, confidence: confidence
    ).hSquared
    var spread = [[Double]](
      repeating: [Double](repeating: 0, count: alternatives), count: alternatives)
    for i in 0..<alternatives {
      for j in 0..<alternatives where i != j {
        let differences = RunningMoments(
          (0..<firstStage).map { observations[i][$0] - observations[j][$0] })
        // h²S²/δ²: the replications after which a pair is decided by its means alone.
        spread[i][j] = hSquared * (differences.variance ?? 0) / (difference * difference)
      }
    }
    self.difference = difference
    self.confidence = confidence
    self.firstStage = firstStage
    atMost = max(
      firstStage,
      Int(min(1e15, (spread.flatMap(\.self).max() ?? 0).rounded(.down))) + 1)
    droppedAt = [Int?](repeating: nil, count: alternatives)
    var sums = observations.map { $0.prefix(firstStage).reduce(0, +) }
    var left = Array(0..<alternatives)
    used = firstStage
    while true {
      let r = used
      let before = left
      left = before.filter { i in
        before.allSatisfy { j in
          // Beyond its last replication no slack is left and the means decide, ties by place.
          let slack = max(0, difference / 2 * (spread[i][j] - Double(r)))
          return i == j || sums[i] <= sums[j] + slack
        }
      }
      if left.count > 1, r >= atMost {
        let best = left.min { (sums[$0], $0) < (sums[$1], $1) }
        left = left.filter { $0 == best }
      }
      for index in before where !left.contains(index) { droppedAt[index] = r }
      if left.count <= 1 || left.contains(where: { observations[$0].count <= r }) { break }
      for index in left { sums[index] += observations[index][r] }
      used = r + 1
    }
    surviving = left
  }
}

/// How the next of a budget of replications are shared out among alternatives, so that the best (smallest)
/// mean is found most surely: optimal computing budget allocation.
///
/// Needs independent sampling. Ratios N_i/N_j = ((σ_i/δ_i)/(σ_j/δ_j))² and N_b = σ_b √Σ(N_i/σ_i)². Source:
/// Chen, Lin, Yücesan and Chick, Discrete Event Dynamic Systems 10, 2000, doi:10.1023/A:1008349927281.
/// - Parameters:
///   - means: of each alternative so far.
///   - variances: of each alternative so far, > 0 for those that vary.
/// - Returns: Shares of the total, one for each alternative; they sum to 1.
public func optimalBudgetShares(means: [Double], variances: [Double]) -> [Double] {
  precondition(means.count == variances.count && means.count >= 2, "Two alternatives or more")
  guard let best = means.indices.min(by: { (means[$0], $0) < (means[$1], $1) }) else { return [] }
  // Alternatives that equal the best cannot be told from it: the least distance there is stands in.
  let distances = means.indices.map { means[$0] - means[best] }
  let least = distances.filter { $0 > 0 }.min() ?? 1
  let scale = max(least * 1e-3, .leastNonzeroMagnitude)
  // What does not vary still gets its share of the smallest variance.
  let floor = max((variances.filter { $0 > 0 }.min() ?? 1) * 1e-6, .leastNonzeroMagnitude)
  let deviations = variances.map { max($0, floor).squareRoot() }
  var weights = means.indices.map { index -> Double in
    let ratio = deviations[index] / max(distances[index], scale)
    return ratio * ratio
  }
  let sum = means.indices.filter { $0 != best }
    .reduce(0) { $0 + (weights[$1] / deviations[$1]) * (weights[$1] / deviations[$1]) }
  weights[best] = deviations[best] * sum.squareRoot()
  let total = weights.reduce(0, +)
  return weights.map { $0 / total }
}

/// The replications that Rinott's second stage asks for: max(n₀, ⌈(hS/δ)²⌉).
///
/// - Precondition: h > 0, difference > 0, firstStage ≥ 2.
public func rinottReplications(
  variance: Double, constant h: Double, difference: Double, firstStage: Int
) -> Int {
  let needed = (h * h * variance / (difference * difference)).rounded(.up)
  return max(firstStage, Int(min(needed, 1e15)))
}
