/// The counter-based generator Philox4x32 with ten rounds.
///
/// A pure function from a 64-bit key and a 128-bit counter to 128 bits. Source: Salmon, Moraes, Dror,
/// Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC'11, doi:10.1145/2063384.2063405.
@frozen public enum Philox4x32 {
  /// Multiplies, adds and swaps ten times.
  /// - Returns: four 32-bit words, packed as two 64-bit words, low word first.
  @inlinable @inline(__always)
  public static func block(
    key: UInt64, counterLow: UInt64, counterHigh: UInt64
  ) -> (low: UInt64, high: UInt64) {
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    var c0 = UInt32(truncatingIfNeeded: counterLow)
    var c1 = UInt32(truncatingIfNeeded: counterLow >> 32)
    var c2 = UInt32(truncatingIfNeeded: counterHigh)
    var c3 = UInt32(truncatingIfNeeded: counterHigh >> 32)
    for _ in 0..<10 {
      let p0 = UInt64(0xD251_1F53) &* UInt64(c0)
      let p1 = UInt64(0xCD9E_8D57) &* UInt64(c2)
      c0 = UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: p1)
      c2 = UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: p0)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (UInt64(c1) << 32 | UInt64(c0), UInt64(c3) << 32 | UInt64(c2))
  }
}
