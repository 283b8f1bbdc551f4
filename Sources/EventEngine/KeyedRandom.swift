/// Random numbers whose key is made of names, not of the order in which they are asked for.
///
/// The key of a draw is: scenario seed and replication (64-bit key); the stream, a hash of element id,
/// purpose and instance path (64 bits of counter); the case or occurrence ordinal (32 bits); loop visit,
/// attempt and a counter private to that key (32 bits). So the same case has the same luck in every
/// variant, and switching a mechanism on leaves every other draw untouched.
@frozen public struct KeyedRandom: Sendable {
  @usableFromInline let key: UInt64

  /// The numbers of one replication of one seed.
  public init(seed: UInt64, replication: Int) {
    key = mix(mix(seed) ^ UInt64(bitPattern: Int64(replication)) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// A number uniform on the open interval (0, 1), a multiple of 2⁻⁵³.
  ///
  /// - Parameters:
  ///   - stream: what the draw is for.
  ///   - ordinal: which case or occurrence.
  ///   - visit: how often the case came here before, ≥ 0, or the hash of a path; beyond 4,095 it enters
  ///     the stream's hash.
  ///   - attempt: which attempt, likewise beyond 255.
  ///   - counter: which draw of a method that needs several, 0 ..< 4,096.
  @inlinable @inline(__always)
  public func uniform(
    _ stream: RandomStream, ordinal: UInt32, visit: Int64 = 0, attempt: Int32 = 0,
    counter: UInt32 = 0
  ) -> Double {
    var name = stream.hash
    if visit > 0x7FFF_FFFF {
      // All bits of a hash come in, and no two of them meet: each step is a bijection.
      name = mix(
        mix(name ^ UInt64(bitPattern: visit)) ^ 0x2545_F491_4F6C_DD1D
          ^ UInt64(UInt32(attempt >> 8)))
    } else if visit > 0xFFF || attempt > 0xFF {
      // The constant keeps this apart from `within(instancePath:)`.
      name = mix(
        name ^ 0x5851_F42D_4C95_7F2D ^ UInt64(bitPattern: visit >> 12) << 32
          ^ UInt64(UInt32(attempt >> 8)))
    }
    let place =
      UInt32(truncatingIfNeeded: visit & 0xFFF) << 20 | UInt32(attempt & 0xFF) << 12
      | (counter & 0xFFF)
    return Self.number(
      Philox4x32.block(
        key: key, counterLow: name, counterHigh: UInt64(place) << 32 | UInt64(ordinal)
      ).low)
  }

  /// Fills a block with the numbers of ordinals that follow one another, at no visit or attempt, as
  /// `uniform` gives each of them.
  ///
  /// A loop over single numbers: compilers make one over vector registers of it, but take Swift's own
  /// vectors apart here.
  public func fill(
    _ numbers: UnsafeMutableBufferPointer<Double>, _ stream: RandomStream, from ordinal: UInt32
  ) {
    for position in numbers.indices {
      let counter = UInt64(ordinal &+ UInt32(truncatingIfNeeded: position))
      numbers[position] = Self.number(
        Philox4x32.block(key: key, counterLow: stream.hash, counterHigh: counter).low)
    }
  }

  /// A number made of 64 random bits.
  @inlinable @inline(__always)
  static func number(_ bits: UInt64) -> Double {
    Double(bitPattern: bits >> 12 | one) - offset
  }

  /// The bits of 1: with 52 bits below them they are a number n·2⁻⁵² beyond it.
  @inlinable static var one: UInt64 {
    @inline(__always) get { 0x3FF0_0000_0000_0000 }
  }

  /// What takes that to (n + ½)·2⁻⁵², without rounding.
  @inlinable static var offset: Double {
    @inline(__always) get { 1 - 0x1p-53 }
  }
}

/// What a draw is for: the hash of its names.
@frozen public struct RandomStream: Hashable, Sendable, BitwiseCopyable {
  /// The hash; two streams of one model must differ (`duplicateStream(in:)`).
  public let hash: UInt64

  /// A stream for a purpose of an element, such as `("step_05", "service time")`.
  public init(_ element: String, _ purpose: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in element.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = mix(hash ^ UInt64(element.utf8.count) << 32)
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    self.hash = mix(hash)
  }

  @inlinable init(hash: UInt64) { self.hash = hash }

  /// The same purpose within one instance of a multi-instance activity or sub-process.
  @inlinable public func within(instancePath: UInt64) -> RandomStream {
    instancePath == 0 ? self : RandomStream(hash: mix(hash ^ instancePath))
  }
}

/// The position of a stream whose hash another stream before it has; `nil` where all differ.
public func duplicateStream(in streams: [RandomStream]) -> Int? {
  var seen: Set<RandomStream> = []
  return streams.indices.first { !seen.insert(streams[$0]).inserted }
}

/// A bijection of 64 bits that spreads every input bit (Stafford's variant 13, as in SplitMix64).
@inlinable @inline(__always)
func mix(_ value: UInt64) -> UInt64 {
  var z = value &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
