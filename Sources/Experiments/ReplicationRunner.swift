public import Simulation

/// Where replications run: on this machine's threads, or, later, on others'.
///
/// A job is a pure function of model, seed and number, so a runner may run it anywhere, in any order, and
/// more than once; results are told apart by their place.
public protocol ReplicationRunner: Sendable {
  /// Runs all jobs and returns their records in the order of the jobs.
  ///
  /// - Parameter progress: told after each job how many are done; from any thread, one at a time.
  func run(
    _ jobs: [ReplicationJob], models: [SimulationModel], seed: UInt64,
    progress: @Sendable (Int) -> Void
  ) async throws -> [ReplicationRecord]
}

/// One replication of one model.
public struct ReplicationJob: Sendable, Hashable {
  /// Index of the model.
  public var model: Int
  /// Number of the replication, from 0.
  public var replication: Int

  /// Creates a job.
  public init(model: Int, replication: Int) {
    self.model = model
    self.replication = replication
  }
}

/// Runs replications on threads of this process.
public struct LocalReplicationRunner: ReplicationRunner {
  /// Threads used at once, ≥ 1.
  public let threads: Int

  /// Creates a runner.
  public init(threads: Int) { self.threads = max(1, threads) }

  /// Runs the jobs, `threads` at a time.
  public func run(
    _ jobs: [ReplicationJob], models: [SimulationModel], seed: UInt64,
    progress: @Sendable (Int) -> Void
  ) async throws -> [ReplicationRecord] {
    var records = [ReplicationRecord?](repeating: nil, count: jobs.count)
    try await withThrowingTaskGroup(of: (Int, ReplicationRecord).self) { group in
      var next = 0
      var done = 0
      while next < jobs.count || done < next {
        while next < jobs.count, next - done < threads {
          let (position, job) = (next, jobs[next])
          let model = models[job.model]
          group.addTask {
            (
              position,
              try runReplication(of: model, seed: seed, replication: job.replication)
            )
          }
          next += 1
        }
        guard let (position, record) = try await group.next() else { break }
        records[position] = record
        done += 1
        progress(done)
      }
    }
    return records.compactMap(\.self)
  }
}
