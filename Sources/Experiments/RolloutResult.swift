internal import Simulation
internal import Statistics

/// What became of a rollout, over replications.
public struct RolloutResult: Sendable, Codable, Equatable {
  /// Its stages in order, the layer where one comes with a stage, then what ends it: `done` and
  /// `cancelled`.
  public var steps: [Step]
  /// Falls back to an earlier stage, per replication.
  public var rollbacks: Estimate

  /// A stage, or an end.
  public struct Step: Sendable, Codable, Equatable {
    /// Name of the stage, `done` or `cancelled`.
    public var name: String
    /// Probability that it is reached within the run.
    public var reached: ProbabilityEstimate
    /// Days from day 0 until then, among replications that reach it: median; `nil` where none does.
    public var medianDay: Double?
    /// The same: 10 % and 90 % quantiles.
    public var day80: [Double]?
  }

  /// `nil` where no replication has a rollout.
  ///
  /// - Parameter layer: name of the layer that comes with a stage; `nil` for none.
  init?(stages: [String], layer: String? = nil, records: [ReplicationRecord]) {
    let rollouts = records.compactMap(\.rollout)
    guard !rollouts.isEmpty else { return nil }
    func step(_ name: String, _ instants: [Int64]) -> Step {
      let days = instants.filter { $0 >= 0 }.map { Double($0) / 86_400e6 }.sorted()
      return Step(
        name: name, reached: ProbabilityEstimate(count: days.count, of: instants.count),
        medianDay: days.isEmpty ? nil : days.interpolated(at: 0.5),
        day80: days.isEmpty ? nil : [days.interpolated(at: 0.1), days.interpolated(at: 0.9)])
    }
    steps =
      stages.indices.map { stage in step(stages[stage], rollouts.map { $0.began[stage] }) }
      + (layer.map { [step("\($0) at work", rollouts.map(\.layerBegan))] } ?? [])
      + [
        step("done", rollouts.map(\.finished)), step("cancelled", rollouts.map(\.cancelled)),
      ]
    rollbacks = Estimate(of: rollouts.map { Double($0.rollbacks) })
  }
}
