internal import Statistics

/// A mean over replications with its confidence interval.
public struct Estimate: Sendable, Hashable, Codable {
  /// The mean.
  public var mean: Double
  /// Lower end of the interval.
  public var lower: Double
  /// Upper end of the interval.
  public var upper: Double
  /// Number of replications.
  public var n: Int
  /// Confidence level of the interval, such as 0.95.
  public var level: Double

  /// Half the width of the interval.
  public var halfWidth: Double { (upper - lower) / 2 }

  /// The mean of values that are independent, with a t interval; a single value has none, so that both
  /// ends equal it.
  public init(of values: [Double], level: Double = 0.95) {
    var moments = RunningMoments()
    for value in values { moments.add(value) }
    let interval = meanInterval(moments, confidence: level)
    mean = moments.mean ?? 0
    lower = interval?.lower ?? mean
    upper = interval?.upper ?? mean
    n = values.count
    self.level = level
  }
}

extension Estimate {
  private enum CodingKeys: CodingKey { case mean, lower, upper, n, level }

  /// One replication knows nothing of the spread: its estimate is written without ends.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(mean, forKey: .mean)
    if n > 1 {
      try container.encode(lower, forKey: .lower)
      try container.encode(upper, forKey: .upper)
    }
    try container.encode(n, forKey: .n)
    try container.encode(level, forKey: .level)
  }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    mean = try container.decode(Double.self, forKey: .mean)
    lower = try container.decodeIfPresent(Double.self, forKey: .lower) ?? mean
    upper = try container.decodeIfPresent(Double.self, forKey: .upper) ?? mean
    n = try container.decode(Int.self, forKey: .n)
    level = try container.decode(Double.self, forKey: .level)
  }
}

/// A probability estimated by a share of replications, with its Wilson interval.
public struct ProbabilityEstimate: Sendable, Hashable, Codable {
  /// Replications in which it happened.
  public var count: Int
  /// Number of replications.
  public var n: Int
  /// Lower end of the Wilson interval.
  public var lower: Double
  /// Upper end of the Wilson interval.
  public var upper: Double
  /// Confidence level of the interval.
  public var level: Double

  /// The share.
  public var share: Double { n > 0 ? Double(count) / Double(n) : 0 }

  /// The same share for certain: what is computed without chance has no interval.
  init(certain other: ProbabilityEstimate) {
    self = other
    lower = share
    upper = share
  }

  /// A share with its interval.
  public init(count: Int, of n: Int, level: Double = 0.95) {
    let interval = wilsonInterval(successes: count, of: n, confidence: level)
    self.count = count
    self.n = n
    lower = interval?.lower ?? 0
    upper = interval?.upper ?? 1
    self.level = level
  }
}
