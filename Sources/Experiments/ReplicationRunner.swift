public import Simulation

/// Where replications run: on this machine's threads, or, later, on others'.
///
/// A job is a pure function of model, seed and number, so a runner may run it anywhere, in any order, and
/// more than once; results are told apart by their place.
public protocol ReplicationRunner: Sendable {
  /// Runs all jobs and returns their records in the order of the jobs; `nil` for those that were not
  /// carried to their end because the control stopped them.
  ///
  /// - Throws: `ReplicationFailure` of the first job, in order, that failed among those begun.
  func run(
    _ jobs: [ReplicationJob], models: [SimulationModel], seed: UInt64, control: RunControl
  ) async throws -> [ReplicationRecord?]
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

/// A job that could not be carried to its end.
public struct ReplicationFailure: Error, Sendable, Equatable {
  /// The job.
  public var job: ReplicationJob
  /// Why.
  public var error: SimulationError

  /// Creates a failure.
  public init(job: ReplicationJob, error: SimulationError) {
    self.job = job
    self.error = error
  }
}

/// Runs replications on threads of this process.
public struct LocalReplicationRunner: ReplicationRunner {
  /// Carries out one replication.
  public typealias Execution =
    @Sendable (
      _ model: SimulationModel, _ seed: UInt64, _ job: ReplicationJob, _ control: RunControl
    ) throws(SimulationError) -> ReplicationRecord

  /// Threads used at once, ≥ 1.
  public let threads: Int
  private let execute: Execution

  /// Creates a runner.
  ///
  /// - Parameter execute: carries out a replication; without it, nobody observes it.
  public init(
    threads: Int,
    execute: @escaping Execution = { model, seed, job, control throws(SimulationError) in
      try runReplication(of: model, seed: seed, replication: job.replication, control: control)
    }
  ) {
    self.threads = max(1, threads)
    self.execute = execute
  }

  /// Runs the jobs, `threads` at a time.
  public func run(
    _ jobs: [ReplicationJob], models: [SimulationModel], seed: UInt64, control: RunControl
  ) async throws -> [ReplicationRecord?] {
    var records = [ReplicationRecord?](repeating: nil, count: jobs.count)
    var failed: (position: Int, error: SimulationError)?
    await withTaskGroup(of: (Int, Result<ReplicationRecord, SimulationError>).self) { group in
      var next = 0
      var running = 0
      while true {
        // What fails, fails in every order: nothing new is begun, and what was begun before is awaited,
        // so that the first failure is the same on any number of threads.
        while next < jobs.count, running < threads, failed == nil, !control.isStopped {
          let (position, job) = (next, jobs[next])
          let model = models[job.model]
          group.addTask {
            do throws(SimulationError) {
              return (position, .success(try execute(model, seed, job, control)))
            } catch {
              return (position, .failure(error))
            }
          }
          next += 1
          running += 1
        }
        guard let (position, result) = await group.next() else { break }
        running -= 1
        switch result {
        case .success(let record): records[position] = record
        case .failure(.stopped): break
        case .failure(let error):
          if position < failed?.position ?? .max { failed = (position, error) }
        }
      }
    }
    if let failed { throw ReplicationFailure(job: jobs[failed.position], error: failed.error) }
    return records
  }
}
