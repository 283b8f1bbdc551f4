import Statistics
import Testing

/// What one function gave on the machine that wrote this: a digest of its results, bit for bit.
struct StoredBits: Sendable, CustomTestStringConvertible {
  var name: String
  var low: Double
  var high: Double
  var digest: UInt64
  var function: @Sendable (Double) -> Double

  init(
    _ name: String, _ low: Double, _ high: Double, _ digest: UInt64,
    _ function: @escaping @Sendable (Double) -> Double
  ) {
    (self.name, self.low, self.high, self.digest) = (name, low, high, digest)
    self.function = function
  }

  var testDescription: String { name }
}

@Suite("The same bits on every processor")
struct SameBitsTests {
  static let stored: [StoredBits] = [
    StoredBits("exponential", -740, 709, 0xbb72_73fe_f19a_313c) { exponential($0) },
    StoredBits("logarithm", 0, 9, 0x1d32_6149_055b_908c) { naturalLogarithm($0) },
    StoredBits("expm1", -3, 3, 0x44f7_1172_5b70_97c9) { expm1($0) },
    StoredBits("log1p", -1, 3, 0xea0a_b862_59e3_ed1b) { log1p($0) },
    StoredBits("power", 0, 9, 0x41e4_fe01_741d_588a) { power($0, $0 - 4) },
    StoredBits("normal quantile", 0, 1, 0x4379_fbd2_7d59_010b) { normalQuantile($0) },
    StoredBits("normal cdf", -9, 9, 0x9bcc_98e8_3ddc_099f) { normalCDF($0) },
    StoredBits("t quantile", 0, 1, 0x4263_3e36_0289_279c) {
      studentTQuantile($0, degreesOfFreedom: 7.5)
    },
    StoredBits("gamma quantile", 0, 1, 0x3633_ed9e_8c3a_6c7b) {
      inverseRegularizedGamma(shape: 2.5, $0)
    },
    StoredBits("Beta quantile", 0, 1, 0xcdfb_874d_ba1d_0b60) { inverseRegularizedBeta(2, 3.5, $0) },
  ]

  /// Fused multiply-add, another library's logarithm or another order of operations would show here.
  @Test("results are those stored, whatever the processor and the optimiser", arguments: stored)
  func bitsAreStored(row: StoredBits) {
    var random = SplitMix64(seed: 1)
    // FNV-1a, 64 bits at a time.
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for _ in 0..<(row.name.hasSuffix("quantile") ? 2_000 : 20_000) {
      let value = row.function(random.uniform(row.low, row.high))
      digest = (digest ^ value.bitPattern) &* 0x100_0000_01b3
    }
    #expect(digest == row.digest, "0x\(String(digest, radix: 16))")
  }
}
