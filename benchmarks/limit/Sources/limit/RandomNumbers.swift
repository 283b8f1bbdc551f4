import Glibc

/// One sequential stream of random numbers: xoshiro256++ (Blackman, Vigna 2021), seeded by SplitMix64.
struct RandomNumbers {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  init(seed: UInt64) {
    var state = seed
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    a = next()
    b = next()
    c = next()
    d = next()
  }

  @inline(__always)
  mutating func bits() -> UInt64 {
    let sum = a &+ d
    let result = (sum &<< 23 | sum &>> 41) &+ a
    let shifted = b &<< 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = d &<< 45 | d &>> 19
    return result
  }

  /// Uniform on [0, 1).
  @inline(__always)
  mutating func uniform() -> Double { Double(bits() &>> 11) * 0x1p-53 }

  /// Uniform on (0, 1).
  @inline(__always)
  mutating func openUniform() -> Double { (Double(bits() &>> 11) + 0.5) * 0x1p-53 }
}
