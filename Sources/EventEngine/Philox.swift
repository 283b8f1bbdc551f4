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

  /// The low words of the blocks of four counters that differ in their high halves.
  ///
  /// Each lane of 64 bits holds a word of one counter in its low half, where the multiplication of lanes
  /// takes it and leaves both halves of the product; what is in the high halves meanwhile is of no
  /// account.
  @inlinable @inline(__always)
  public static func lowWords(
    key: UInt64, counterLow: UInt64, countersHigh: SIMD4<UInt64>
  ) -> SIMD4<UInt64> {
    var lanes = Lanes(
      c0: SIMD4(repeating: counterLow), c1: SIMD4(repeating: counterLow >> 32),
      c2: countersHigh, c3: countersHigh &>> SIMD4(repeating: 32))
    // Written out: compilers leave a loop as it is, and make the keys anew for each four.
    lanes.multiply(key, round: 0)
    lanes.multiply(key, round: 1)
    lanes.multiply(key, round: 2)
    lanes.multiply(key, round: 3)
    lanes.multiply(key, round: 4)
    lanes.multiply(key, round: 5)
    lanes.multiply(key, round: 6)
    lanes.multiply(key, round: 7)
    lanes.multiply(key, round: 8)
    lanes.multiply(key, round: 9)
    return (lanes.c1 &<< SIMD4(repeating: 32)) | (lanes.c0 & SIMD4(repeating: 0xFFFF_FFFF))
  }

  /// The words of four counters.
  @usableFromInline struct Lanes {
    @usableFromInline var c0, c1, c2, c3: SIMD4<UInt64>

    @inlinable @inline(__always)
    init(c0: SIMD4<UInt64>, c1: SIMD4<UInt64>, c2: SIMD4<UInt64>, c3: SIMD4<UInt64>) {
      (self.c0, self.c1, self.c2, self.c3) = (c0, c1, c2, c3)
    }

    @inlinable @inline(__always)
    mutating func multiply(_ key: UInt64, round: UInt32) {
      let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
      let half = SIMD4<UInt64>(repeating: 32)
      let k0 = UInt32(truncatingIfNeeded: key) &+ round &* 0x9E37_79B9
      let k1 = UInt32(truncatingIfNeeded: key >> 32) &+ round &* 0xBB67_AE85
      let p0 = (c0 & low) &* SIMD4(repeating: 0xD251_1F53)
      let p1 = (c2 & low) &* SIMD4(repeating: 0xCD9E_8D57)
      c0 = (p1 &>> half) ^ c1 ^ SIMD4(repeating: UInt64(k0))
      c1 = p1
      c2 = (p0 &>> half) ^ c3 ^ SIMD4(repeating: UInt64(k1))
      c3 = p0
    }
  }
}
