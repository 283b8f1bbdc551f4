import Foundation

/// SplitMix64: a small generator for properties, whose seed is the test's argument.
///
/// Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195.
struct SplitMix64 {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A uniform number in the open interval (0, 1).
  mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }
}

struct MissingFixture: Error {
  var name: String
}

/// The lines of a stored table, each split at blanks.
func fixture(_ name: String) throws -> [[String]] {
  guard
    let url = Bundle.module.url(
      forResource: name, withExtension: "txt", subdirectory: "Fixtures")
  else { throw MissingFixture(name: name) }
  return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
    $0.split(separator: " ").map(String.init)
  }
}

/// |actual − expected| / |expected|; 0 where both are equal, also where both are zero or infinite.
func relativeError(_ actual: Double, _ expected: Double) -> Double {
  actual == expected ? 0 : (actual - expected).magnitude / expected.magnitude
}

/// The centres of `count` equal parts of the unit interval: a stratified sample.
func stratified(_ count: Int) -> [Double] {
  (0..<count).map { (Double($0) + 0.5) / Double(count) }
}
