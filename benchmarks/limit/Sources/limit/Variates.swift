import Glibc

/// Exponential and normal numbers by the ziggurat with 256 layers (Marsaglia, Tsang 2000).
struct Variates: ~Copyable {
  var random: RandomNumbers
  private let exponentialWidths: UnsafeMutablePointer<Double>
  private let exponentialHeights: UnsafeMutablePointer<Double>
  private let normalWidths: UnsafeMutablePointer<Double>
  private let normalHeights: UnsafeMutablePointer<Double>

  /// Where the tails begin, and the area of a layer.
  private static let exponentialTail = 7.69711747013104972
  private static let exponentialArea = 0.0039496598225815571993
  private static let normalTail = 3.6541528853610088
  private static let normalArea = 0.00492867323399

  init(seed: UInt64) {
    random = RandomNumbers(seed: seed)
    exponentialWidths = .allocate(capacity: 257)
    exponentialHeights = .allocate(capacity: 257)
    normalWidths = .allocate(capacity: 257)
    normalHeights = .allocate(capacity: 257)
    let (r, v) = (Self.exponentialTail, Self.exponentialArea)
    exponentialWidths[0] = v / exp(-r)
    exponentialWidths[1] = r
    for i in 2..<256 {
      let x = exponentialWidths[i - 1]
      exponentialWidths[i] = -log(v / x + exp(-x))
    }
    exponentialWidths[256] = 0
    for i in 0...256 { exponentialHeights[i] = exp(-exponentialWidths[i]) }
    let (s, w) = (Self.normalTail, Self.normalArea)
    normalWidths[0] = w / exp(-0.5 * s * s)
    normalWidths[1] = s
    for i in 2..<256 {
      let x = normalWidths[i - 1]
      normalWidths[i] = (-2 * log(w / x + exp(-0.5 * x * x))).squareRoot()
    }
    normalWidths[256] = 0
    for i in 0...256 { normalHeights[i] = exp(-0.5 * normalWidths[i] * normalWidths[i]) }
  }

  deinit {
    for table in [exponentialWidths, exponentialHeights, normalWidths, normalHeights] {
      table.deallocate()
    }
  }

  /// Exponential with mean 1.
  @inline(__always)
  mutating func exponential() -> Double {
    while true {
      let bits = random.bits()
      let layer = Int(truncatingIfNeeded: bits & 255)
      let x = Double(bits &>> 11) * 0x1p-53 * exponentialWidths[layer]
      if x < exponentialWidths[layer &+ 1] { return x }
      if let value = exponentialEdge(layer, x) { return value }
    }
  }

  @inline(never)
  private mutating func exponentialEdge(_ layer: Int, _ x: Double) -> Double? {
    if layer == 0 { return exponentialWidths[1] - log(random.openUniform()) }
    let low = exponentialHeights[layer]
    let high = exponentialHeights[layer + 1]
    return low + random.uniform() * (high - low) < exp(-x) ? x : nil
  }

  /// Standard normal.
  @inline(__always)
  mutating func normal() -> Double {
    while true {
      let bits = random.bits()
      let layer = Int(truncatingIfNeeded: bits & 255)
      let u = Double(Int64(bitPattern: bits) &>> 11) * 0x1p-52
      let x = u * normalWidths[layer]
      if x.magnitude < normalWidths[layer &+ 1] { return x }
      if let value = normalEdge(layer, u, x) { return value }
    }
  }

  @inline(never)
  private mutating func normalEdge(_ layer: Int, _ u: Double, _ x: Double) -> Double? {
    if layer == 0 {
      var beyond = 0.0
      var height = 0.0
      repeat {
        beyond = -log(random.openUniform()) / normalWidths[1]
        height = -log(random.openUniform())
      } while height + height < beyond * beyond
      return u > 0 ? normalWidths[1] + beyond : -(normalWidths[1] + beyond)
    }
    let low = normalHeights[layer]
    let high = normalHeights[layer + 1]
    return low + random.uniform() * (high - low) < exp(-0.5 * x * x) ? x : nil
  }
}
