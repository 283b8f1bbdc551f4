/// stub.
@frozen public struct CompiledSampler: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline var kind: UInt8
  @usableFromInline var a: Double
  /// stub.
  public static func constant(_ x: Double) -> CompiledSampler { CompiledSampler(kind: 0, a: x) }
  /// stub.
  public static func exponential(mean: Double) -> CompiledSampler { CompiledSampler(kind: 1, a: mean) }
  @usableFromInline init(kind: UInt8, a: Double) { self.kind = kind; self.a = a }
  /// stub.
  public var mean: Double { a }
  /// stub.
  @inlinable public func value(forUniform u: Double) -> Double { kind == 0 ? a : -a * naturalLogarithm(u) }
}
/// stub.
public struct LogLinearHistogram: Sendable, Hashable {
  /// stub.
  public init() {}
  /// stub.
  public mutating func record(_ x: Int64) {}
}
