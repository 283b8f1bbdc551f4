import Facts
public import Foundation
import GRDB
import Inventory

/// A study that was carried out: which scenario, when, with what result.
public struct RecordedStudy: Sendable, Hashable {
  /// Number in the workspace, from 1.
  public var id: Int64
  /// Path of the scenario file.
  public var scenario: String
  /// SHA-256 of the scenario file.
  public var digest: String
  /// When it was recorded, ISO 8601.
  public var recorded: String
  /// The result, as the JSON that `compare --format json` prints.
  public var result: Data
}

extension Workspace {
  /// Records a study and returns its number.
  public func record(
    scenario: String, digest: String, recorded: String, result: Data
  ) throws(WorkspaceError) -> Int64 {
    try write { database in
      try database.execute(
        sql: "INSERT INTO study (scenario, digest, recorded, result) VALUES (?, ?, ?, ?)",
        arguments: [scenario, digest, recorded, result])
      return database.lastInsertedRowID
    }
  }

  /// The studies recorded, oldest first.
  public func studies() throws(WorkspaceError) -> [RecordedStudy] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT id, scenario, digest, recorded, result FROM study ORDER BY id"
      ).map {
        RecordedStudy(
          id: $0["id"], scenario: $0["scenario"], digest: $0["digest"], recorded: $0["recorded"],
          result: $0["result"])
      }
    }
  }
}
