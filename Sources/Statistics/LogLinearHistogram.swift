/// Counts of non-negative whole numbers in bins that grow with the value, for streams of any length.
///
/// Values below 256 are counted exactly; above, each power of two is divided into 128 equal bins, so
/// that the value reported for a bin, its middle, is within 0.4 % of every value counted there
/// (1/256 relative). Count, sum, minimum and maximum are exact. Merging adds whole numbers: its
/// result does not depend on order or grouping. Memory: 8 bytes for each bin between the smallest
/// and the largest value seen, at most 58 KB.
///
/// The idea is that of HdrHistogram (Gil Tene).
public struct LogLinearHistogram: Hashable, Sendable {
  /// How many values were counted.
  public private(set) var count: UInt64 = 0
  /// Exact sum of the values counted.
  public private(set) var sum: Int128 = 0
  private var smallest = Int64.max
  private var largest: Int64 = -1
  /// Bin number of `bins[0]`; there is no empty bin at either end.
  private var firstBin = 0
  private var bins: [UInt64] = []

  /// An empty histogram.
  public init() {}

  /// Counts `value`, which must not be negative.
  public mutating func add(_ value: Int64) {
    precondition(value >= 0, "A histogram counts values of at least zero")
    let bin = Self.bin(of: value)
    let index = bin &- firstBin
    // Most values come into a bin that is there: only others can be the smallest or the largest of all,
    // but for those in the bins at the ends.
    guard index > 0, index < bins.count &- 1 else {
      add(value, times: 1)
      return
    }
    count &+= 1
    sum &+= Int128(value)
    bins[index] &+= 1
  }

  /// Counts `value`, which must not be negative, `times` times.
  public mutating func add(_ value: Int64, times: UInt64) {
    precondition(value >= 0, "A histogram counts values of at least zero")
    if times == 0 { return }
    count += times
    sum += Int128(value) * Int128(times)
    smallest = min(smallest, value)
    largest = max(largest, value)
    let bin = Self.bin(of: value)
    include(bin...bin)
    bins[bin - firstBin] += times
  }

  /// Counts all that `other` has counted.
  public mutating func merge(_ other: LogLinearHistogram) {
    if other.count == 0 { return }
    count += other.count
    sum += other.sum
    smallest = min(smallest, other.smallest)
    largest = max(largest, other.largest)
    include(other.firstBin...(other.firstBin + other.bins.count - 1))
    let shift = other.firstBin - firstBin
    for index in other.bins.indices { bins[shift + index] += other.bins[index] }
  }

  /// Smallest value counted; `nil` of nothing.
  public var minimum: Int64? { count == 0 ? nil : smallest }

  /// Largest value counted; `nil` of nothing.
  public var maximum: Int64? { count == 0 ? nil : largest }

  /// Mean of the values counted, from the exact sum; `nil` of nothing.
  public var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) }

  /// The smallest value that a share of at least `probability` does not exceed, within 1/256
  /// relative; `nil` of nothing.
  ///
  /// Exactly the minimum at 0 and the maximum at 1.
  /// - Precondition: `probability` is in 0...1.
  public func quantile(_ probability: Double) -> Double? {
    precondition((0...1).contains(probability), "A probability lies in 0...1")
    if count == 0 { return nil }
    if probability == 0 { return Double(smallest) }
    if probability == 1 { return Double(largest) }
    let rank = orderStatisticRank(probability, of: Double(count))
    var seen: UInt64 = 0
    for (index, times) in bins.enumerated() where times > 0 {
      seen += times
      if Double(seen) >= rank { return representative(ofBin: firstBin + index) }
    }
    return Double(largest)
  }

  /// How many counted values are at most `value`; those in the same bin as `value` all count.
  public func countNotAbove(_ value: Int64) -> UInt64 {
    if value < 0 || count == 0 { return 0 }
    let bin = Self.bin(of: value)
    var seen: UInt64 = 0
    for (index, times) in bins.enumerated() {
      if firstBin + index > bin { break }
      seen += times
    }
    return seen
  }

  /// One step of the empirical distribution function.
  public struct Step: Hashable, Sendable, Codable {
    /// Largest value of the bin: what is counted up to here is at most this.
    public var value: Int64
    /// Share of all values that are at most this.
    public var cumulativeShare: Double

    /// Creates a step.
    public init(value: Int64, cumulativeShare: Double) {
      self.value = value
      self.cumulativeShare = cumulativeShare
    }
  }

  /// The empirical distribution function, one step for each bin that counted something.
  public var steps: [Step] {
    var seen: UInt64 = 0
    var steps: [Step] = []
    for (index, times) in bins.enumerated() where times > 0 {
      seen += times
      let upper = Self.bounds(ofBin: firstBin + index).upperBound
      steps.append(
        Step(value: min(upper, largest), cumulativeShare: Double(seen) / Double(count)))
    }
    return steps
  }

  /// The middle of the bin, but never outside what was counted.
  private func representative(ofBin bin: Int) -> Double {
    let bounds = Self.bounds(ofBin: bin)
    let width = bounds.upperBound - bounds.lowerBound
    let middle = Double(bounds.lowerBound) + Double(width) / 2
    return min(max(middle, Double(smallest)), Double(largest))
  }

  /// Makes room for the bins of a range.
  private mutating func include(_ range: ClosedRange<Int>) {
    if bins.isEmpty {
      firstBin = range.lowerBound
      bins = Array(repeating: 0, count: range.count)
      return
    }
    if range.lowerBound < firstBin {
      bins.insert(contentsOf: repeatElement(0, count: firstBin - range.lowerBound), at: 0)
      firstBin = range.lowerBound
    }
    let missing = range.upperBound - (firstBin + bins.count - 1)
    if missing > 0 { bins.append(contentsOf: repeatElement(0, count: missing)) }
  }

  /// Number of the bin that counts `value`: 128 for each doubling beyond the first 256.
  private static func bin(of value: Int64) -> Int {
    let shift = max(0, 56 - value.leadingZeroBitCount)
    return (shift << 7) + Int(value >> Int64(shift))
  }

  /// Smallest and largest value counted in a bin.
  private static func bounds(ofBin bin: Int) -> ClosedRange<Int64> {
    let shift = max(0, (bin >> 7) - 1)
    let lower = Int64(bin - (shift << 7)) << Int64(shift)
    return lower...(lower + ((1 << Int64(shift)) - 1))
  }
}

extension LogLinearHistogram: Codable {
  private enum CodingKeys: String, CodingKey {
    case count, sum, minimum, maximum, firstBin, bins
  }

  /// Decodes counts and checks that they agree with each other.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    bins = try container.decode([UInt64].self, forKey: .bins)
    let sumText = try container.decode(String.self, forKey: .sum)
    count = try container.decode(UInt64.self, forKey: .count)
    firstBin = try container.decode(Int.self, forKey: .firstBin)
    smallest = try container.decodeIfPresent(Int64.self, forKey: .minimum) ?? .max
    largest = try container.decodeIfPresent(Int64.self, forKey: .maximum) ?? -1
    guard let exactSum = Int128(sumText), isConsistent(sum: exactSum) else {
      throw DecodingError.dataCorruptedError(
        forKey: .bins, in: container,
        debugDescription: "The bins of a histogram do not agree with its count, sum and extremes")
    }
    sum = exactSum
  }

  private func isConsistent(sum: Int128) -> Bool {
    if bins.isEmpty { return count == 0 && sum == 0 && smallest == .max && largest == -1 }
    guard bins.first != 0, bins.last != 0, smallest >= 0, smallest <= largest,
      firstBin == Self.bin(of: smallest),
      firstBin + bins.count - 1 == Self.bin(of: largest)
    else { return false }
    var total: UInt64 = 0
    for times in bins {
      let (next, overflow) = total.addingReportingOverflow(times)
      if overflow { return false }
      total = next
    }
    return total == count && sum >= Int128(smallest) * Int128(count)
      && sum <= Int128(largest) * Int128(count)
  }

  /// Encodes counts as whole numbers, the sum as text, as it may need more than 64 bits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    // In the order of decoding, for coders without names.
    try container.encode(bins, forKey: .bins)
    try container.encode(String(sum), forKey: .sum)
    try container.encode(count, forKey: .count)
    try container.encode(firstBin, forKey: .firstBin)
    try container.encodeIfPresent(minimum, forKey: .minimum)
    try container.encodeIfPresent(maximum, forKey: .maximum)
  }
}
