public import Simulation

/// Keeps the records of replications that are done, so that none is run twice.
///
/// It decides by itself what makes two replications the same; a record it gives must equal the one that
/// running the job would give.
public protocol ReplicationStore: Sendable {
  /// The record kept of a job; `nil` where there is none, or it cannot be read.
  func record(of job: ReplicationJob) -> ReplicationRecord?
  /// Keeps the record of a job; called from any thread, in any order.
  ///
  /// What cannot be kept is noted by the store: the run goes on without.
  func keep(_ record: ReplicationRecord, of job: ReplicationJob)
}

/// Runs those replications whose records are not kept yet, and keeps each as soon as it is done.
///
/// The records are the same as without the store, whatever is in it.
public struct KeepingReplicationRunner<Store: ReplicationStore>: ReplicationRunner {
  /// Threads used at once, ≥ 1.
  public let threads: Int
  private let store: Store

  /// Creates a runner over a store.
  public init(threads: Int, store: Store) {
    self.threads = max(1, threads)
    self.store = store
  }

  /// Takes what is kept and runs the rest on threads of this process.
  public func run(
    _ jobs: [ReplicationJob], models: [SimulationModel], seed: UInt64, control: RunControl
  ) async throws -> [ReplicationRecord?] {
    var records = await kept(jobs)
    let missing = jobs.indices.filter { records[$0] == nil }
    control.skip(jobs.count - missing.count)
    guard !missing.isEmpty else { return records }
    let store = store
    let runner = LocalReplicationRunner(threads: threads) {
      model, seed, job, control throws(SimulationError) in
      let record = try runReplication(
        of: model, seed: seed, replication: job.replication, control: control)
      store.keep(record, of: job)
      return record
    }
    let run = try await runner.run(
      missing.map { jobs[$0] }, models: models, seed: seed, control: control)
    for (position, record) in zip(missing, run) { records[position] = record }
    return records
  }

  /// What is kept of the jobs, read on all threads.
  private func kept(_ jobs: [ReplicationJob]) async -> [ReplicationRecord?] {
    let store = store
    let share = (jobs.count + threads - 1) / threads
    return await withTaskGroup(of: (Int, [ReplicationRecord?]).self) { group in
      for first in stride(from: 0, to: jobs.count, by: max(1, share)) {
        group.addTask {
          (first, jobs[first..<min(jobs.count, first + share)].map { store.record(of: $0) })
        }
      }
      var records = [ReplicationRecord?](repeating: nil, count: jobs.count)
      for await (first, part) in group {
        records.replaceSubrange(first..<(first + part.count), with: part)
      }
      return records
    }
  }
}
