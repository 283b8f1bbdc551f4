/// Count, mean, variance and extremes of numbers seen one at a time.
///
/// The result depends on the order of adding and merging in its last bits: fix that order (for
/// replications, by their number) where bytes must agree. Sources: Welford, Technometrics 4(3), 1962,
/// doi:10.1080/00401706.1962.10490022; merging: Chan, Golub and LeVeque, The American Statistician
/// 37(3), 1983, doi:10.1080/00031305.1983.10483115.
public struct RunningMoments: Hashable, Sendable {
  /// How many numbers were added.
  public private(set) var count = 0
  private var runningMean = 0.0
  private var squaredDeviations = 0.0
  private var smallest = 0.0
  private var largest = 0.0

  /// Nothing seen yet.
  public init() {}

  /// Adds `values` in their order.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  private init(
    count: Int, mean: Double, squaredDeviations: Double, smallest: Double, largest: Double
  ) {
    self.count = count
    runningMean = mean
    self.squaredDeviations = squaredDeviations
    self.smallest = smallest
    self.largest = largest
  }

  /// Adds one number.
  public mutating func add(_ value: Double) {
    count += 1
    let before = value - runningMean
    runningMean += before / Double(count)
    squaredDeviations += before * (value - runningMean)
    smallest = count == 1 ? value : min(smallest, value)
    largest = count == 1 ? value : max(largest, value)
  }

  /// Adds all that `other` has seen.
  public mutating func merge(_ other: RunningMoments) {
    if other.count == 0 { return }
    if count == 0 {
      self = other
      return
    }
    let total = Double(count + other.count)
    let distance = other.runningMean - runningMean
    let share = Double(other.count) / total
    self = RunningMoments(
      count: count + other.count,
      mean: runningMean + distance * share,
      squaredDeviations: squaredDeviations + other.squaredDeviations
        + distance * distance * (Double(count) * share),
      smallest: min(smallest, other.smallest), largest: max(largest, other.largest))
  }

  /// Arithmetic mean; `nil` of nothing.
  public var mean: Double? { count == 0 ? nil : runningMean }

  /// Sample variance (over count − 1); `nil` of fewer than two.
  public var variance: Double? { count < 2 ? nil : squaredDeviations / Double(count - 1) }

  /// Square root of the sample variance; `nil` of fewer than two.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// Standard error of the mean; `nil` of fewer than two.
  public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }

  /// Smallest number; `nil` of nothing.
  public var minimum: Double? { count == 0 ? nil : smallest }

  /// Largest number; `nil` of nothing.
  public var maximum: Double? { count == 0 ? nil : largest }
}

extension RunningMoments: Codable {
  private enum CodingKeys: String, CodingKey {
    case count
    case runningMean = "mean"
    case squaredDeviations
    case smallest = "minimum"
    case largest = "maximum"
  }

  /// Decodes moments; throws where they contradict each other.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      count: try container.decode(Int.self, forKey: .count),
      mean: try container.decode(Double.self, forKey: .runningMean),
      squaredDeviations: try container.decode(Double.self, forKey: .squaredDeviations),
      smallest: try container.decode(Double.self, forKey: .smallest),
      largest: try container.decode(Double.self, forKey: .largest))
    // A mean may leave the extremes by rounding alone, so it is not held against them.
    guard count >= 0, squaredDeviations >= 0, smallest <= largest,
      count > 0 || self == RunningMoments()
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .count, in: container,
        debugDescription: "The moments of a sample contradict each other")
    }
  }
}
