import Facts
public import Foundation
import GRDB
import Inventory

/// A replication that is done, as it is kept.
public struct KeptReplication: Sendable {
  /// Key of the run it belongs to.
  public var run: String
  /// Number of the replication, from 0.
  public var number: Int
  /// Its record, in a form of the caller's.
  public var record: Data

  /// Creates a replication.
  public init(run: String, number: Int, record: Data) {
    self.run = run
    self.number = number
    self.record = record
  }
}

extension Workspace {
  /// Keeps replications of runs that a study has begun; those of other runs are left out, and one that is
  /// there already stays.
  public func keep(_ replications: [KeptReplication]) throws(WorkspaceError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO replication (run, number, record)
          SELECT id, ?, ? FROM run WHERE key = ?
          """)
      for one in replications {
        try statement.execute(arguments: [one.number, one.record, one.run])
      }
    }
  }

  /// Numbers of the replications that are kept of a run.
  public func replicationNumbers(ofRun key: String) throws(WorkspaceError) -> Set<Int> {
    try read { database in
      try Int.fetchSet(
        database,
        sql: "SELECT number FROM replication JOIN run ON run.id = run WHERE key = ?",
        arguments: [key])
    }
  }

  /// The record of a replication; `nil` where none is kept.
  public func replication(_ number: Int, ofRun key: String) throws(WorkspaceError) -> Data? {
    try read { database in
      try Data.fetchOne(
        database,
        sql: """
          SELECT record FROM replication JOIN run ON run.id = run WHERE key = ? AND number = ?
          """, arguments: [key, number])
    }
  }
}
