public import Statistics

/// A time that is drawn: the prepared sampler and the mean, in seconds.
public struct SampledTime: Sendable, Hashable {
  /// Gives values in seconds.
  public let sampler: CompiledSampler
  /// Mean in seconds.
  public let mean: Double

  /// Prepares a distribution of seconds; gamma, Erlang, Beta and empirical ones add to `table`, which is
  /// to become `SimulationModel.samplerTable`.
  public init(_ distribution: Distribution, table: inout SamplerTable) {
    sampler = CompiledSampler(distribution, table: &table)
    mean = distribution.mean
  }

  /// No time at all.
  public static let zero = SampledTime(constantSeconds: 0)

  /// Always the same time.
  static func constant(seconds: Double) -> SampledTime { SampledTime(constantSeconds: seconds) }

  private init(constantSeconds: Double) {
    var table = SamplerTable()
    let distribution = try? Distribution(.constant(value: constantSeconds))
    // A finite constant is always a valid distribution.
    guard let distribution else { preconditionFailure("no constant distribution") }
    sampler = CompiledSampler(distribution, table: &table)
    mean = constantSeconds
  }
}
