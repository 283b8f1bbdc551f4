public import Simulation
internal import Synchronization

/// The records of a study that is still being run: says at any time what they show so far.
///
/// Only those replications count that all variants have done, from the first on without a gap, so that
/// what is shown at any number of them is what a study of that number would show.
public final class InterimRecords: Sendable {
  private let design: StudyDesign
  private let state: Mutex<State>

  private struct State {
    /// Records of whole replications, by variant.
    var whole: [[ReplicationRecord]]
    /// Records whose replication other variants have not done, by variant and number.
    var ahead: [[Int: ReplicationRecord]]
    /// Replications of the last result that was asked for.
    var shown = 0
  }

  /// Records of a design, none as yet.
  public init(_ design: StudyDesign) {
    self.design = design
    let count = design.variants.count
    state = Mutex(
      State(
        whole: Array(repeating: [], count: count), ahead: Array(repeating: [:], count: count)))
  }

  /// Most replications of each variant that there may be.
  public var requested: Int { design.replications }

  /// Takes a record; called from any thread, in any order.
  ///
  /// A record that is there already stays.
  func add(_ record: ReplicationRecord, of job: ReplicationJob) {
    state.withLock { state in
      guard job.replication >= state.whole[job.model].count else { return }
      state.ahead[job.model][job.replication] = record
      var next = state.whole[0].count
      while state.ahead.allSatisfy({ $0[next] != nil }) {
        for variant in state.ahead.indices {
          if let record = state.ahead[variant].removeValue(forKey: next) {
            state.whole[variant].append(record)
          }
        }
        next += 1
      }
    }
  }

  /// What the whole replications show; `nil` where they are fewer than two, or no more than at the last
  /// time.
  ///
  /// - Complexity: that of reducing all records, so it is for a thread that nobody waits for.
  public func result() -> StudyResult? {
    let records: [[ReplicationRecord]]? = state.withLock { state in
      let count = state.whole[0].count
      guard count >= 2, count > state.shown else { return nil }
      state.shown = count
      return state.whole
    }
    guard let records else { return nil }
    var done = design
    done.replications = records[0].count
    return StudyResult(design: done, records: records)
  }
}

/// A store that gives every record, kept before or new, to those who watch the study as well.
public struct WatchedReplicationStore<Store: ReplicationStore>: ReplicationStore {
  private let store: Store
  private let records: InterimRecords

  /// Creates a store over another.
  public init(_ store: Store, records: InterimRecords) {
    self.store = store
    self.records = records
  }

  /// The record of the store below, which is shown where there is one.
  public func record(of job: ReplicationJob) -> ReplicationRecord? {
    let record = store.record(of: job)
    if let record { records.add(record, of: job) }
    return record
  }

  /// Keeps a record in the store below, and shows it.
  public func keep(_ record: ReplicationRecord, of job: ReplicationJob) {
    store.keep(record, of: job)
    records.add(record, of: job)
  }
}
