internal import Statistics

/// What trials say of a probability: a Beta posterior with Jeffreys' prior, Beta(½, ½).
///
/// Source: Jeffreys 1946, doi:10.1098/rspa.1946.0056; Brown, Cai and DasGupta 2001,
/// doi:10.1214/ss/1009213286, on how its interval covers.
public struct BetaPosterior: Hashable, Sendable, Encodable {
  /// How often it happened.
  public let successes: Int
  /// How often it could have.
  public let trials: Int
  /// Mean of the posterior, in 0...1.
  public let mean: Double
  /// Lower end of the credible interval of 95 %, with as much probability below as above it.
  public let lower: Double
  /// Upper end.
  public let upper: Double

  /// The posterior of so many successes; `nil` of no trials.
  ///
  /// - Precondition: 0 ≤ successes ≤ trials.
  public init?(_ successes: Int, of trials: Int) {
    precondition((0...max(trials, 0)).contains(successes), "Successes lie in 0...trials")
    guard trials > 0 else { return nil }
    self.successes = successes
    self.trials = trials
    let (a, b) = (Double(successes) + 0.5, Double(trials - successes) + 0.5)
    mean = a / (a + b)
    lower = inverseRegularizedBeta(a, b, 0.025)
    upper = inverseRegularizedBeta(a, b, 0.975)
  }
}
