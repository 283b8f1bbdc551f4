import Foundation
import Statistics
import Testing

@Suite("Log-linear histogram")
struct LogLinearHistogramTests {
  /// Values of all magnitudes, each equally likely.
  func values(_ random: inout SplitMix64, _ count: Int) -> [Int64] {
    (0..<count).map { _ in Int64(random.next() >> UInt64(1 + random.integer(0...62))) }
  }

  func histogram(_ values: some Sequence<Int64>) -> LogLinearHistogram {
    var histogram = LogLinearHistogram()
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test("every quantile is within 1/256 of the order statistic", arguments: 0..<40 as Range<UInt64>)
  func quantilesAreClose(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let values = values(&random, random.integer(1...60)).sorted()
    let histogram = histogram(values)
    for rank in 1...values.count {
      let exact = Double(values[rank - 1])
      let found = try #require(
        histogram.quantile((Double(rank) - 0.5) / Double(values.count)))
      #expect((found - exact).magnitude <= exact / 256)
    }
    #expect(histogram.quantile(0) == Double(values[0]))
    #expect(histogram.quantile(1) == Double(values[values.count - 1]))
  }

  @Test("counting one by one is counting several times", arguments: 0..<40 as Range<UInt64>)
  func oneByOne(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let values = values(&random, 20)
    var several = LogLinearHistogram()
    for value in values { several.add(value, times: 3) }
    #expect(histogram(values + values.reversed() + values) == several)
  }

  @Test("values below 256 are counted exactly")
  func smallValuesAreExact() {
    let histogram = histogram(0..<256)
    for value in 0..<256 as Range<Int64> {
      #expect(histogram.quantile((Double(value) + 0.5) / 256) == Double(value))
      #expect(histogram.countNotAbove(value) == UInt64(value) + 1)
    }
  }

  @Test("the sum is exact where 64 bits and doubles are not enough")
  func exactSum() {
    var histogram = LogLinearHistogram()
    for _ in 0..<3 { histogram.add(.max) }
    histogram.add(1, times: 5)
    #expect(histogram.sum == 3 * Int128(Int64.max) + 5)
    #expect(histogram.count == 8)
    #expect(histogram.minimum == 1 && histogram.maximum == .max)
  }

  @Test("merging in any order gives the histogram of all", arguments: 0..<60 as Range<UInt64>)
  func mergingIsExact(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let parts = (0..<4).map { _ in values(&random, random.integer(0...50)) }
    let whole = histogram(parts.joined())
    var forward = LogLinearHistogram()
    for part in parts { forward.merge(histogram(part)) }
    var backward = LogLinearHistogram()
    for part in parts.reversed() { backward.merge(histogram(part)) }
    #expect(forward == whole)
    #expect(backward == whole)
  }

  @Test("the steps rise to one and agree with the counts", arguments: 0..<30 as Range<UInt64>)
  func stepsRise(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let values = values(&random, 100)
    let histogram = histogram(values)
    var last = LogLinearHistogram.Step(value: -1, cumulativeShare: 0)
    for step in histogram.steps {
      #expect(step.value > last.value && step.cumulativeShare > last.cumulativeShare)
      let exact = values.count { $0 <= step.value }
      #expect(step.cumulativeShare == Double(exact) / 100)
      #expect(histogram.countNotAbove(step.value) == UInt64(exact))
      last = step
    }
    #expect(last.cumulativeShare == 1)
    #expect(last.value == histogram.maximum)
  }

  @Test("an empty histogram knows nothing")
  func empty() throws {
    let histogram = LogLinearHistogram()
    #expect(histogram.mean == nil && histogram.quantile(0.5) == nil && histogram.minimum == nil)
    #expect(histogram.steps.isEmpty && histogram.countNotAbove(5) == 0)
    let data = try JSONEncoder().encode(histogram)
    #expect(try JSONDecoder().decode(LogLinearHistogram.self, from: data) == histogram)
  }

  @Test("a histogram survives encoding", arguments: 0..<20 as Range<UInt64>)
  func encoding(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var histogram = histogram(values(&random, 50))
    histogram.add(.max, times: 1_000_000)
    let data = try JSONEncoder().encode(histogram)
    #expect(try JSONDecoder().decode(LogLinearHistogram.self, from: data) == histogram)
  }

  @Test(
    "a histogram that contradicts itself is refused",
    arguments: [
      #"{"count":2,"sum":"6","minimum":3,"maximum":3,"firstBin":3,"bins":[1]}"#,
      #"{"count":1,"sum":"900","minimum":3,"maximum":3,"firstBin":3,"bins":[1]}"#,
      #"{"count":1,"sum":"3","minimum":3,"maximum":3,"firstBin":9223372036854775807,"bins":[1]}"#,
      #"{"count":1,"sum":"x","minimum":3,"maximum":3,"firstBin":3,"bins":[1]}"#,
      #"{"count":0,"sum":"0","minimum":3,"maximum":3,"firstBin":3,"bins":[]}"#,
      #"{"count":0,"sum":"6","minimum":3,"maximum":3,"firstBin":3,"bins":[18446744073709551615,1]}"#,
    ])
  func contradictions(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LogLinearHistogram.self, from: Data(text.utf8))
    }
  }
}
