import Foundation
import Statistics
import Testing

@Suite("Running moments")
struct RunningMomentsTests {
  @Test("they are those of the whole list, also far from zero", arguments: 0..<50 as Range<UInt64>)
  func agreeWithTwoPasses(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let offset = seed % 2 == 0 ? 0 : 1e9
    let values = (0..<random.integer(2...200)).map { _ in offset + random.uniform(-5, 9) }
    let moments = RunningMoments(values)
    let mean = values.reduce(0) { $0 + ($1 - offset) } / Double(values.count) + offset
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(moments.count == values.count)
    #expect((try #require(moments.mean) - mean).magnitude <= 20 * mean.magnitude.ulp + 1e-13)
    let variance = try #require(moments.variance)
    #expect(relativeError(variance, squares / Double(values.count - 1)) < 1e-5)
    if offset == 0 {
      #expect(relativeError(variance, squares / Double(values.count - 1)) < 1e-12)
    }
    #expect(moments.minimum == values.min())
    #expect(moments.maximum == values.max())
  }

  @Test("merging parts is counting the whole", arguments: 0..<50 as Range<UInt64>)
  func merging(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let values = (0..<300).map { _ in random.uniform(-5, 9) }
    let cut = random.integer(0...300)
    var merged = RunningMoments(values[..<cut])
    merged.merge(RunningMoments(values[cut...]))
    let whole = RunningMoments(values)
    #expect(merged.count == whole.count)
    #expect((try #require(merged.mean) - #require(whole.mean)).magnitude < 1e-13)
    #expect(relativeError(try #require(merged.variance), try #require(whole.variance)) < 1e-12)
    #expect(merged.minimum == whole.minimum && merged.maximum == whole.maximum)
  }

  @Test("of nothing nothing is known, and of one no variance")
  func unknowns() {
    let nothing = RunningMoments()
    #expect(nothing.mean == nil && nothing.variance == nil && nothing.minimum == nil)
    let one = RunningMoments([4])
    #expect(one.mean == 4 && one.variance == nil && one.standardError == nil)
  }

  @Test("they survive encoding, also of nothing")
  func encoding() throws {
    for moments in [RunningMoments(), RunningMoments([-3]), RunningMoments([1, 2, 4.5])] {
      let data = try JSONEncoder().encode(moments)
      #expect(try JSONDecoder().decode(RunningMoments.self, from: data) == moments)
    }
  }

  @Test(
    "moments that contradict each other are refused",
    arguments: [
      #"{"count":-1,"mean":0,"squaredDeviations":0,"minimum":0,"maximum":0}"#,
      #"{"count":2,"mean":0,"squaredDeviations":-4,"minimum":0,"maximum":0}"#,
      #"{"count":2,"mean":0,"squaredDeviations":4,"minimum":3,"maximum":0}"#,
      #"{"count":0,"mean":2,"squaredDeviations":0,"minimum":0,"maximum":0}"#,
    ])
  func contradictions(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RunningMoments.self, from: Data(text.utf8))
    }
  }
}
