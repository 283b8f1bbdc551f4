/// Wilson's score interval for a proportion; `nil` of no trials.
///
/// Never narrower than the data allow: none of 30 still leaves 11.4 % possible. Source: Wilson, JASA
/// 22, 1927, doi:10.1080/01621459.1927.10502953.
/// - Precondition: 0 ≤ successes ≤ trials; 0 < confidence < 1.
public func wilsonInterval(
  successes: Int, of trials: Int, confidence: Double = 0.95
) -> ConfidenceInterval? {
  requireConfidence(confidence)
  precondition((0...max(trials, 0)).contains(successes), "Successes lie in 0...trials")
  guard trials > 0 else { return nil }
  let n = Double(trials)
  let p = Double(successes) / n
  let z = normalQuantile(0.5 + confidence / 2)
  let z2 = z * z
  let centre = p + z2 / (2 * n)
  let reach = z * (p * (1 - p) / n + z2 / (4 * n * n)).squareRoot()
  // At the ends centre and reach are equal: say so exactly.
  return ConfidenceInterval(
    estimate: p,
    lower: successes == 0 ? 0 : (centre - reach) / (1 + z2 / n),
    upper: successes == trials ? 1 : (centre + reach) / (1 + z2 / n),
    confidence: confidence)
}

/// How many pairs had each combination of two yes-or-no outcomes.
public struct PairedCounts: Hashable, Sendable, Codable {
  /// Pairs where it happened under both.
  public var both: Int
  /// Pairs where it happened under the first only.
  public var firstOnly: Int
  /// Pairs where it happened under the second only.
  public var secondOnly: Int
  /// Pairs where it happened under neither.
  public var neither: Int

  /// Creates a table of counts.
  public init(both: Int, firstOnly: Int, secondOnly: Int, neither: Int) {
    self.both = both
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
    self.neither = neither
  }

  /// Counts outcomes of equal index.
  ///
  /// - Precondition: both have the same length.
  public init(first: [Bool], second: [Bool]) {
    precondition(first.count == second.count, "Pairs need as many first as second outcomes")
    self.init(both: 0, firstOnly: 0, secondOnly: 0, neither: 0)
    for pair in zip(first, second) {
      switch pair {
      case (true, true): both += 1
      case (true, false): firstOnly += 1
      case (false, true): secondOnly += 1
      case (false, false): neither += 1
      }
    }
  }

  /// Number of pairs.
  public var count: Int { both + firstOnly + secondOnly + neither }

  /// Newcombe's interval for the second proportion less the first; `nil` of no pairs.
  ///
  /// Wilson's intervals of both, joined with their correlation. Source: Newcombe, method 10, Statistics
  /// in Medicine 17, 1998,
  /// doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C.
  /// - Precondition: no count is negative; 0 < confidence < 1.
  public func differenceInterval(confidence: Double = 0.95) -> ConfidenceInterval? {
    precondition(min(both, firstOnly, secondOnly, neither) >= 0, "Counts are not negative")
    guard
      let first = wilsonInterval(successes: both + firstOnly, of: count, confidence: confidence),
      let second = wilsonInterval(successes: both + secondOnly, of: count, confidence: confidence)
    else { return nil }
    let estimate = Double(secondOnly - firstOnly) / Double(count)
    func reach(_ x: Double, _ y: Double) -> Double {
      max(0, x * x - 2 * correctedCorrelation * x * y + y * y).squareRoot()
    }
    return ConfidenceInterval(
      estimate: estimate,
      lower: estimate
        - reach(second.estimate - second.lower, first.upper - first.estimate),
      upper: estimate
        + reach(second.upper - second.estimate, first.estimate - first.lower),
      confidence: confidence)
  }

  /// The phi coefficient with the numerator, where positive, corrected for continuity.
  private var correctedCorrelation: Double {
    let (a, b, c, d) = (Double(both), Double(firstOnly), Double(secondOnly), Double(neither))
    let squared = (a + b) * (c + d) * (a + c) * (b + d)
    if squared == 0 { return 0 }
    let numerator = a * d - b * c
    return (numerator > 0 ? max(0, numerator - Double(count) / 2) : numerator)
      / squared.squareRoot()
  }

  /// The exact two-sided p-value of McNemar's test that both proportions are equal.
  ///
  /// Twice the smaller tail of a fair coin over the pairs that disagree; 1 where none does. Source:
  /// McNemar, Psychometrika 12, 1947, doi:10.1007/BF02295996.
  public var mcNemarPValue: Double {
    let discordant = firstOnly + secondOnly
    if discordant == 0 { return 1 }
    return min(1, 2 * binomialCDF(min(firstOnly, secondOnly), trials: discordant, probability: 0.5))
  }
}

/// Probability of at most `successes` in independent trials of equal probability, in 0...1.
public func binomialCDF(_ successes: Int, trials: Int, probability: Double) -> Double {
  if successes < 0 { return 0 }
  if successes >= trials { return 1 }
  return regularizedBeta(Double(successes) + 1, Double(trials - successes), probability).upper
}
