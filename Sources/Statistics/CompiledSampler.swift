/// A distribution prepared for drawing many values: plain numbers, 48 bytes, nothing to retain.
///
/// A value is a monotone function of one uniform number in the open interval (0, 1), within 1e-12
/// relative of the exact quantile. Gamma, Erlang, Beta and empirical distributions also need the
/// `SamplerTable` they were compiled into. Gamma with shape below 0.1 and Beta with a shape below
/// 0.25 bend too sharply to be tabulated; each of their values costs an inversion, about 2 µs.
@frozen public struct CompiledSampler: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline
  @frozen enum Kind: UInt8, Sendable, BitwiseCopyable {
    case constant, uniform, triangular, exponential, lognormal, weibull, truncatedNormal
    case inverseGamma, inverseBeta
    case gamma, beta, empirical, discrete
    /// Another sampler's value for a part of the probabilities, shifted and held within bounds.
    case framed
  }

  @usableFromInline let kind: Kind
  /// First entry of this sampler in its table.
  @usableFromInline let offset: Int32
  /// Number of values, of an empirical distribution.
  @usableFromInline let count: Int32
  // What the four mean is said where each kind is compiled.
  @usableFromInline let a: Double
  @usableFromInline let b: Double
  @usableFromInline let c: Double
  @usableFromInline let d: Double

  @usableFromInline
  init(
    _ kind: Kind, _ a: Double, _ b: Double = 0, _ c: Double = 0, _ d: Double = 0,
    offset: Int32 = 0, count: Int32 = 0
  ) {
    self.kind = kind
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.offset = offset
    self.count = count
  }

  /// Whether values come from the table that the sampler was compiled into.
  @inlinable
  public var usesTable: Bool {
    switch kind {
    case .gamma, .beta, .empirical, .discrete, .framed: true
    default: false
    }
  }

  /// The value at probability `u` of a sampler that uses no table.
  ///
  /// - Precondition: 0 < u < 1, and not `usesTable`.
  @inlinable
  public func value(forUniform u: Double) -> Double {
    switch kind {
    case .constant: return a
    case .exponential: return -a * log1p(-u)
    case .lognormal: return Statistics.exponential(a + b * normalQuantile(u))
    case .uniform: return a + b * u
    case .triangular:
      if u * (c + d) < c { return a + (u * c).squareRoot() }
      // Up from the mode: down from the maximum a value near the minimum would lose its digits.
      let rest = ((1 - u) * (c + d) / d).squareRoot()
      return min(b, a + (c + (u * (c + d) - c) / (1 + rest)) / (b - a))
    case .weibull: return a * Statistics.exponential(b * naturalLogarithm(-log1p(-u)))
    case .truncatedNormal: return truncatedNormalValue(u)
    case .inverseGamma: return a * inverseRegularizedGamma(shape: b, u)
    case .inverseBeta: return c + d * inverseRegularizedBeta(a, b, u)
    case .gamma, .beta, .empirical, .discrete, .framed:
      preconditionFailure("A sampler that uses a table was asked for a value without it")
    }
  }

  /// The value at probability `u`, of any sampler.
  ///
  /// - Precondition: 0 < u < 1; `table` is the one that the sampler was compiled into.
  @inlinable @inline(__always)
  public func value(forUniform u: Double, in table: borrowing SamplerTable) -> Double {
    // The two that most work takes, without a call.
    if kind == .lognormal { return Statistics.exponential(a + b * normalQuantile(u)) }
    if kind == .exponential { return -a * log1p(-u) }
    return otherValue(forUniform: u, in: table)
  }

  /// Replaces numbers, each a probability, by the values there, as `value(forUniform:in:)` gives them.
  ///
  /// - Precondition: as there.
  public func replace(
    uniforms numbers: UnsafeMutableBufferPointer<Double>, in table: borrowing SamplerTable
  ) {
    // What kind it is asked once, and the chains of steps of several values overlap.
    switch kind {
    case .lognormal:
      for index in numbers.indices {
        numbers[index] = Statistics.exponential(a + b * normalQuantile(numbers[index]))
      }
    case .exponential:
      for index in numbers.indices { numbers[index] = -a * log1p(-numbers[index]) }
    default:
      for index in numbers.indices {
        numbers[index] = otherValue(forUniform: numbers[index], in: table)
      }
    }
  }

  @inlinable
  func otherValue(forUniform u: Double, in table: borrowing SamplerTable) -> Double {
    switch kind {
    case .gamma: return a * tabulatedGammaValue(u, table, offset: offset)
    case .beta: return c + d * tabulatedBetaValue(u, table, offset: offset)
    case .empirical:
      // count · u may round up to count.
      let index = min(Int32(Double(count) * u), count - 1)
      return table.values[Int(offset &+ index)]
    case .discrete: return table.discreteValue(u, offset: offset, count: count)
    case .framed: return framedValue(u, table)
    default: return value(forUniform: u)
    }
  }

  /// In whichever tail is the smaller; a and b are mean and deviation before truncation, c what
  /// truncation cuts off, d what it leaves.
  @usableFromInline
  func truncatedNormalValue(_ u: Double) -> Double {
    let below = c + u * d
    let z = below < 0.5 ? normalQuantile(below) : -normalQuantile((1 - u) * d)
    return max(0, a + b * z)
  }
}

extension CompiledSampler {
  /// Prepares `distribution`, adding what it needs to `table`.
  ///
  /// - Complexity: the size of an empirical list; for gamma, Erlang and Beta half a thousand exact
  ///   inversions, about a millisecond.
  public init(_ distribution: Distribution, table: inout SamplerTable) {
    switch distribution.family {
    case .constant(let value):
      self.init(.constant, value)
    case .uniform(let minimum, let maximum):
      self.init(.uniform, minimum, maximum - minimum)
    case .triangular(let minimum, let mode, let maximum):
      let width = maximum - minimum
      if width == 0 {
        self.init(.constant, minimum)
      } else {
        self.init(.triangular, minimum, maximum, width * (mode - minimum), width * (maximum - mode))
      }
    case .exponential(let mean):
      self.init(.exponential, mean)
    case .lognormal(let logMean, let deviation):
      self.init(.lognormal, logMean, deviation)
    case .weibull(let shape, let scale):
      self.init(.weibull, scale, 1 / shape)
    case .truncatedNormal(let mean, let deviation):
      self.init(
        .truncatedNormal, mean, deviation, normalCDF(-mean / deviation), normalCDF(mean / deviation)
      )
    case .erlang(let phases, let mean):
      let count = Double(phases)
      self.init(.gamma, mean / count, offset: table.addGamma(shape: count))
    case .gamma(let shape, let scale):
      if shape < 0.1 {
        self.init(.inverseGamma, scale, shape)
      } else {
        self.init(.gamma, scale, offset: table.addGamma(shape: shape))
      }
    case .beta(let alpha, let beta, let minimum, let maximum):
      let width = maximum - minimum
      if min(alpha, beta) < 0.25 {
        self.init(.inverseBeta, alpha, beta, minimum, width)
      } else {
        self.init(.beta, 0, 0, minimum, width, offset: table.addBeta(alpha, beta))
      }
    case .empirical(let values):
      self.init(.empirical, 0, offset: table.add(values), count: Int32(values.count))
    case .discrete(let values, let probabilities):
      self.init(
        .discrete, 0, offset: table.addDiscrete(values, probabilities), count: Int32(values.count))
    case .shifted(let base, let distance):
      let inner = CompiledSampler(Distribution(valid: base), table: &table)
      self = inner.framed(
        below: 0, kept: 1, shift: distance, bounds: -.infinity ... .infinity, table: &table)
    case .truncated(let base, let minimum, let maximum):
      let part = TruncatedFamily(base, minimum: minimum, maximum: maximum)
      var (inner, shift) = (base, 0.0)
      if case .shifted(let innermost, let distance) = base {
        (inner, shift) = (innermost, distance)
      }
      self = CompiledSampler(Distribution(valid: inner), table: &table).framed(
        below: part.below, kept: part.kept, shift: shift, bounds: minimum...maximum, table: &table)
    }
  }
}
