/// An estimate with the interval that covers the true value with a stated confidence.
public struct ConfidenceInterval: Hashable, Sendable, Codable {
  /// Point estimate.
  public var estimate: Double
  /// Lower limit.
  public var lower: Double
  /// Upper limit.
  public var upper: Double
  /// Probability, before the data, that the interval will cover the truth; in 0..<1.
  public var confidence: Double

  /// Creates an interval.
  public init(estimate: Double, lower: Double, upper: Double, confidence: Double) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
  }

  /// Half the distance between the limits.
  public var halfWidth: Double { (upper - lower) / 2 }

  /// Half-width over the size of the estimate; `nil` where the estimate is zero.
  public var relativeHalfWidth: Double? {
    estimate == 0 ? nil : halfWidth / estimate.magnitude
  }

  /// Whether `value` lies within the limits, both included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// Student's t interval for the mean of independent observations; `nil` of fewer than two.
///
/// Exact for normal observations, nearly so for the means of replications. Source: Law, *Simulation
/// Modeling and Analysis*, 5th ed., sec. 4.5.
/// - Precondition: 0 < confidence < 1.
public func meanInterval(
  _ moments: RunningMoments, confidence: Double = 0.95
) -> ConfidenceInterval? {
  requireConfidence(confidence)
  guard let mean = moments.mean, let error = moments.standardError else { return nil }
  let half =
    studentTQuantile(0.5 + confidence / 2, degreesOfFreedom: Double(moments.count - 1)) * error
  return ConfidenceInterval(
    estimate: mean, lower: mean - half, upper: mean + half, confidence: confidence)
}

/// Traps on a confidence that is none: our own mistake, not the data's.
func requireConfidence(_ confidence: Double) {
  precondition(confidence > 0 && confidence < 1, "Confidence must lie between 0 and 1")
}
