import Experiments
import Simulation
import Testing

@Suite("What a study shows while it runs") struct InterimRecordsTests {
  /// Keeps nothing and knows nothing.
  private struct Nowhere: ReplicationStore {
    func record(of job: ReplicationJob) -> ReplicationRecord? { nil }
    func keep(_ record: ReplicationRecord, of job: ReplicationJob) {}
  }

  /// Knows every second replication of the first variant.
  private struct Some: ReplicationStore {
    let models: [SimulationModel]
    let seed: UInt64

    func record(of job: ReplicationJob) -> ReplicationRecord? {
      guard job.model == 0, job.replication % 2 == 0 else { return nil }
      return try? runReplication(
        of: models[0], seed: seed, replication: job.replication, control: RunControl())
    }
    func keep(_ record: ReplicationRecord, of job: ReplicationJob) {}
  }

  @Test("at the end it is what the study shows, wherever its replications came from")
  func theEnd() async throws {
    let design = try twoVariants()
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    let run = InterimRecords(design)
    _ = try await runStudy(
      design,
      runner: KeepingReplicationRunner(
        threads: 2, store: WatchedReplicationStore(Nowhere(), records: run)))
    #expect(run.result() == study)
    let taken = InterimRecords(design)
    let some = Some(models: design.variants.map(\.model), seed: design.seed)
    _ = try await runStudy(
      design,
      runner: KeepingReplicationRunner(
        threads: 3, store: WatchedReplicationStore(some, records: taken)))
    #expect(taken.result() == study)
    // What was shown once is not shown again.
    #expect(taken.result() == nil)
  }

  @Test(
    "it is always what a study of as many replications shows, and never of one variant more than of another"
  )
  func aPrefix() async throws {
    let design = try twoVariants(replications: 6)
    let records = InterimRecords(design)
    let store = WatchedReplicationStore(Nowhere(), records: records)
    func add(_ model: Int, _ replication: Int) throws {
      let record = try runReplication(
        of: design.variants[model].model, seed: design.seed, replication: replication,
        control: RunControl())
      store.keep(record, of: ReplicationJob(model: model, replication: replication))
    }
    // The first variant is ahead, and the second has its third replication before its first.
    for replication in 0..<5 { try add(0, replication) }
    try add(1, 2)
    #expect(records.result() == nil)
    try add(1, 0)
    // One replication has no spread.
    #expect(records.result() == nil)
    try add(1, 1)
    let three = try #require(records.result())
    var fixed = design
    fixed.replications = 3
    #expect(
      three == (try await runStudy(fixed, runner: LocalReplicationRunner(threads: 1))))
    #expect(records.requested == 6)
  }
}
