import Facts
import Foundation
import GRDB
public import Inventory

/// One import, as the history keeps it.
public struct ImportRecord: Sendable, Hashable, Codable {
  /// When it ended, ISO 8601.
  public var time: String
  /// Files and folders that were imported, as absolute paths.
  public var roots: [String]
  /// Documents by what became of them: see `SourceDocument.Status`.
  public var statuses: [String: Int]
  /// What changed in the files; those that did not are counted, not named.
  public var files: ImportChange
  /// Documents that were as before.
  public var unchanged: Int
  /// What is in the estate after it: `systems`, `applications`, `teams`, `steps`, `connections`.
  public var totals: [String: Int]
  /// What changed in the estate.
  public var estate: EstateDifference

  /// Creates a record.
  public init(
    time: String, roots: [String], statuses: [String: Int], files: ImportChange,
    totals: [String: Int], estate: EstateDifference
  ) {
    self.time = time
    self.roots = roots
    self.statuses = statuses
    self.files = files
    self.files.unchanged = []
    unchanged = files.unchanged.count
    self.totals = totals
    self.estate = estate
  }
}

extension Workspace {
  /// Every import, oldest first, with its number from 1.
  public func imports() throws(WorkspaceError) -> [(number: Int64, record: ImportRecord)] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT id, content FROM import ORDER BY id").map {
        ($0["id"], try JSONDecoder().decode(ImportRecord.self, from: $0["content"]))
      }
    }
  }
}
