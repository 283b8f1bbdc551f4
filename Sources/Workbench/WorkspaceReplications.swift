import Experiments
import Foundation
import Simulation
import Synchronization
import Workspace

/// The replications of a study's runs in a workspace.
///
/// What is done is written about once a second, so that a run that is killed loses no more than that.
final class WorkspaceReplications: ReplicationStore {
  private let workspace: Workspace
  /// Keys of the runs, by model of the study.
  private let runs: [String]
  /// Numbers of the replications that were there at the beginning, by model.
  private let known: [Set<Int>]
  private let state: Mutex<State>

  private struct State {
    var waiting: [KeptReplication] = []
    var written = ContinuousClock.now
    var taken = 0
    var kept = 0
    /// Why nothing more is kept.
    var problem: String?
  }

  init(_ workspace: Workspace, runs: [String]) throws(WorkspaceError) {
    self.workspace = workspace
    self.runs = runs
    var known: [Set<Int>] = []
    for run in runs { known.append(try workspace.replicationNumbers(ofRun: run)) }
    self.known = known
    state = Mutex(State())
  }

  /// Replications that were taken from the workspace, and those that were added to it.
  var counts: (taken: Int, kept: Int) { state.withLock { ($0.taken, $0.kept) } }

  /// Why what was run later is not kept; `nil` where all is.
  var problem: String? { state.withLock { $0.problem } }

  /// Whether any replication of the study is in the workspace.
  var holdsAny: Bool { known.contains { !$0.isEmpty } || counts.kept > 0 }

  func record(of job: ReplicationJob) -> ReplicationRecord? {
    guard known[job.model].contains(job.replication),
      let bytes = try? workspace.replication(job.replication, ofRun: runs[job.model]),
      // One that cannot be read is run again.
      let record = try? decodeRecord(ReplicationRecord.self, from: bytes),
      record.replication == job.replication
    else { return nil }
    state.withLock { $0.taken += 1 }
    return record
  }

  func keep(_ record: ReplicationRecord, of job: ReplicationJob) {
    let bytes: Data
    do {
      bytes = try encodeRecord(record)
    } catch {
      state.withLock { $0.problem = $0.problem ?? "a record cannot be kept (\(error))" }
      return
    }
    state.withLock { state in
      guard state.problem == nil else { return }
      state.waiting.append(
        KeptReplication(run: runs[job.model], number: job.replication, record: bytes))
      if ContinuousClock.now - state.written >= .seconds(1) { write(&state) }
    }
  }

  /// Writes what waits to be written.
  func flush() { state.withLock { write(&$0) } }

  private func write(_ state: inout State) {
    guard state.problem == nil, !state.waiting.isEmpty else { return }
    do {
      try workspace.keep(state.waiting)
      state.kept += state.waiting.count
    } catch {
      state.problem = error.description
    }
    state.waiting = []
    state.written = .now
  }
}
