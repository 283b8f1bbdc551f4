public import EventEngine
public import Statistics

/// How cases arrive.
///
/// Belongs to the scenario: all variants see the same arrivals.
public struct Demand: Sendable {
  /// Names the random numbers of the arrivals.
  public var name: String
  /// The pattern.
  public var pattern: Pattern
  /// When cases can arrive; a replay has its own instants and needs none.
  public var calendar: WorkCalendar
  /// Relative intensity of each interval of `calendar`; empty for all equal.
  ///
  /// For `poisson` only.
  public var intensity: [Double]
  /// Cases per microsecond of open time at intensity 1 on day 0; for `poisson` and `regular`.
  ///
  /// Of a process that comes at opening it is only what is to be expected.
  public var rate: Double
  /// Growth of the rate per `growthPeriod` from day 0 on, compounding; 0 for none, > −1.
  ///
  /// For `poisson` only.
  public var growth: Double
  /// Period of the growth, in microseconds.
  public var growthPeriod: Int64
  /// Distance from one arrival to the next in seconds of open time, of mean > 0; for `renewal`.
  public var between: SampledTime?
  /// Whether the distances of a `renewal` process run by the calendar instead: who would come out of
  /// hours comes when they begin, and the first case at the first opening.
  public var comesAtOpening: Bool
  /// Instants of arrival in ascending order, in microseconds; for `replay`.
  public var instants: [Int64]
  /// Attributes that the list of a `replay` gives its cases; `nil` where all are drawn.
  public var listed: ListedAttributes?
  /// Cases that arrive together; `nil` for one at a time.
  ///
  /// `rate` counts cases, not batches. A replay lists each case.
  public var batch: BatchSize?

  /// Patterns of arrivals.
  public enum Pattern: String, Sendable, Codable, CaseIterable {
    /// Non-homogeneous Poisson process, by thinning.
    case poisson
    /// Equal distances in open time; the first case one distance after the start of the run.
    case regular
    /// Independent distances of one distribution in open time; the first case one distance after the
    /// start of the run.
    case renewal
    /// The instants of a list.
    case replay
  }

  /// Creates a demand.
  public init(
    name: String = "demand", pattern: Pattern, calendar: WorkCalendar, intensity: [Double] = [],
    rate: Double, growth: Double = 0, growthPeriod: Int64 = 1, between: SampledTime? = nil,
    comesAtOpening: Bool = false, instants: [Int64] = [], listed: ListedAttributes? = nil,
    batch: BatchSize? = nil
  ) {
    self.name = name
    self.pattern = pattern
    self.calendar = calendar
    self.intensity = intensity
    self.rate = rate
    self.growth = growth
    self.growthPeriod = growthPeriod
    self.between = between
    self.comesAtOpening = comesAtOpening
    self.instants = instants
    self.listed = listed
    self.batch = batch
  }
}

/// Values of attributes that cases of a list bring with them, instead of drawn ones.
public struct ListedAttributes: Sendable, Hashable {
  /// Indexes of the attributes.
  public var attributes: [Int]
  /// Their values, case by case; as many for each as there are attributes.
  public var values: [Double]

  /// Creates a table of values.
  public init(attributes: [Int], values: [Double]) {
    self.attributes = attributes
    self.values = values
  }

  /// Number of cases.
  public var count: Int { attributes.isEmpty ? 0 : values.count / attributes.count }

  /// The values of some of the cases.
  func rows(_ rows: some Sequence<Int>) -> ListedAttributes {
    let width = attributes.count
    return ListedAttributes(
      attributes: attributes,
      values: rows.flatMap { values[($0 * width)..<(($0 + 1) * width)] })
  }
}

/// How many cases arrive together: a distribution over the whole numbers from 1 on.
///
/// Drawn by inversion of one uniform number: a value of `sampler`, rounded up.
public struct BatchSize: Sendable, Hashable {
  /// Gives values that are rounded up to whole numbers.
  let sampler: CompiledSampler
  /// Mean size, ≥ 1.
  public let mean: Double

  /// No batch is larger.
  public static let largest = 1_000_000

  /// Always the same number, in 1...1,000,000.
  public init(_ size: Int) {
    self.init(.constant(value: Double(size)), mean: Double(size))
  }

  /// Every number of a range equally likely; the range lies in 1...1,000,000.
  public init(_ sizes: ClosedRange<Int>) {
    let (lower, upper) = (Double(sizes.lowerBound), Double(sizes.upperBound))
    // Rounded up, a uniform number in (lower − 1, upper) meets each of them alike.
    self.init(.uniform(minimum: lower - 1, maximum: upper), mean: (lower + upper) / 2)
  }

  /// Geometric on 1, 2, 3, …: as many trials as it takes until one succeeds; mean in 1...10,000.
  public init(geometricMean mean: Double) {
    // An exponential time rounded up is geometric: P(more than k) = e^(−k/m) = (1 − 1/mean)^k.
    if mean <= 1 {
      self.init(1)
    } else {
      self.init(.exponential(mean: -1 / log1p(-1 / mean)), mean: mean)
    }
  }

  /// Values of a distribution rounded to whole numbers, halves down, of at least 1; some add to
  /// `table`, as `SampledTime` says.
  public init(rounding distribution: Distribution, table: inout SamplerTable) {
    guard let shifted = try? Distribution(.shifted(distribution.family, by: -0.5)) else {
      preconditionFailure("a distribution is shifted by a finite number")
    }
    sampler = CompiledSampler(shifted, table: &table)
    mean = Self.mean(rounding: distribution)
  }

  /// Mean size where values of a distribution are rounded: 1 + Σ P(X > k + ½) over k ≥ 1.
  public static func mean(rounding distribution: Distribution) -> Double {
    var mean = 1.0
    for size in 1..<largest {
      let further = 1 - distribution.cdf(Double(size) + 0.5)
      if further < 1e-12 { break }
      mean += further
    }
    return mean
  }

  private init(_ family: Distribution.Family, mean: Double) {
    var table = SamplerTable()
    guard let distribution = try? Distribution(family) else {
      preconditionFailure("a batch size has finite bounds")
    }
    sampler = CompiledSampler(distribution, table: &table)
    self.mean = mean
  }

  /// The size at probability `uniform`.
  @inline(__always)
  func size(forUniform uniform: Double, in table: borrowing SamplerTable) -> Int {
    let value = sampler.value(forUniform: uniform, in: table).rounded(.up)
    return Int(min(max(1, value), Double(Self.largest)))
  }
}
