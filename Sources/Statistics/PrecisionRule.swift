/// How precise a mean is to be.
public enum PrecisionTarget: Hashable, Sendable, Codable {
  /// Half the width of the interval is at most this, in the unit of the mean.
  case absolute(Double)
  /// The estimate is off by at most this share of the true mean, in 0..<1.
  case relative(Double)

  /// Whether an interval is as precise as asked for.
  ///
  /// A relative error γ of the true mean is met where the half-width is at most γ/(1 + γ) of the
  /// estimate. Source: Law, *Simulation Modeling and Analysis*, 5th ed., sec. 9.4.1.
  public func isMet(by interval: ConfidenceInterval) -> Bool {
    switch self {
    case .absolute(let halfWidth): return interval.halfWidth <= halfWidth
    case .relative(let share):
      return interval.halfWidth <= share / (1 + share) * interval.estimate.magnitude
    }
  }
}

/// When enough replications have been made: once all means are precise enough, and stay so.
///
/// Replications are looked at in their order, so that where it stops does not depend on which of them
/// were finished first. Source of the look-ahead, without which a rule stops too often by luck: Hoad,
/// Robinson and Davies, Journal of the Operational Research Society 61(11), 2010, 1632–1644,
/// doi:10.1057/jors.2009.121.
public struct PrecisionRule: Hashable, Sendable, Codable {
  /// Fewest replications, ≥ 2, at which precision is first judged.
  public var minimum: Int
  /// Replications beyond the first precise one over which it has to stay precise; beyond 100
  /// replications so many in each hundred.
  public var lookAhead: Int
  /// Most replications.
  public var maximum: Int
  /// Confidence of the intervals, in 0..<1.
  public var confidence: Double

  /// Creates a rule.
  ///
  /// - Precondition: 2 ≤ minimum ≤ maximum, 0 ≤ lookAhead, 0 < confidence < 1.
  public init(
    minimum: Int = 10, lookAhead: Int = 5, maximum: Int, confidence: Double = 0.95
  ) {
    precondition(minimum >= 2 && maximum >= minimum && lookAhead >= 0, "No such rule")
    requireConfidence(confidence)
    self.minimum = minimum
    self.lookAhead = lookAhead
    self.maximum = maximum
    self.confidence = confidence
  }

  /// Replications that have to stay precise after the `count`-th, the first that is.
  public func ahead(of count: Int) -> Int { lookAhead * max(100, count) / 100 }
}

/// Follows several means from replication to replication and says when a rule lets it end.
public struct PrecisionWatch: Sendable {
  /// The rule.
  public let rule: PrecisionRule
  /// What each mean is to reach.
  public let targets: [PrecisionTarget]
  /// Whether each is a probability, whose values are 0 and 1 and whose interval is Wilson's.
  public let proportions: [Bool]
  /// Replications seen.
  public private(set) var count = 0
  /// The replication at which it could end; `nil` as long as it cannot.
  public private(set) var end: Int?
  /// The first of the latest run of replications at all of which all means were precise enough.
  public private(set) var preciseSince: Int?
  private var moments: [RunningMoments]

  /// Nothing seen yet.
  ///
  /// - Parameter proportions: which are probabilities, as many as targets; empty for none.
  public init(_ targets: [PrecisionTarget], proportions: [Bool] = [], rule: PrecisionRule) {
    precondition(proportions.isEmpty || proportions.count == targets.count, "One for each target")
    self.rule = rule
    self.targets = targets
    self.proportions = proportions.isEmpty ? targets.map { _ in false } : proportions
    moments = targets.map { _ in RunningMoments() }
  }

  /// Adds the next replication's values, one for each target; `nil` where a replication has none.
  ///
  /// - Precondition: as many values as targets.
  public mutating func add(_ values: [Double?]) {
    precondition(values.count == targets.count, "A replication has a value for each target")
    count += 1
    for (index, value) in values.enumerated() {
      if let value { moments[index].add(value) }
    }
    guard end == nil else { return }
    guard count >= rule.minimum, isPrecise else {
      preciseSince = nil
      return
    }
    let first = preciseSince ?? count
    preciseSince = first
    if count - first >= rule.ahead(of: first) { end = count }
  }

  /// Whether all means are as precise as asked for now.
  public var isPrecise: Bool {
    zip(targets, intervals).allSatisfy { target, interval in
      interval.map(target.isMet(by:)) ?? false
    }
  }

  /// The intervals now; `nil` of fewer than two values.
  public var intervals: [ConfidenceInterval?] {
    moments.indices.map { index in
      let seen = moments[index]
      guard proportions[index], let mean = seen.mean else {
        return meanInterval(seen, confidence: rule.confidence)
      }
      let successes = Int((mean * Double(seen.count)).rounded())
      return wilsonInterval(successes: successes, of: seen.count, confidence: rule.confidence)
    }
  }
}
