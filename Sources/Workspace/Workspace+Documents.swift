import Facts
import Foundation
import GRDB
public import Inventory

/// What an import changed.
public struct ImportChange: Sendable, Hashable, Codable {
  /// Paths that were not there before.
  public var added: [String] = []
  /// Paths whose content changed.
  public var changed: [String] = []
  /// Paths that are the same as before.
  public var unchanged: [String] = []
  /// Paths that are no longer there.
  public var removed: [String] = []

  /// Creates a change.
  public init(
    added: [String] = [], changed: [String] = [], unchanged: [String] = [],
    removed: [String] = []
  ) {
    self.added = added
    self.changed = changed
    self.unchanged = unchanged
    self.removed = removed
  }
}

extension Workspace {
  /// Replaces everything an earlier import of the same root said by what this one says.
  ///
  /// - Parameters:
  ///   - documents: all documents under the root.
  ///   - root: the file or folder that was imported, as an absolute path.
  /// - Returns: what changed; importing the same files again changes nothing.
  @discardableResult
  public func replaceDocuments(
    _ documents: [SourceDocument], ofRoot root: String
  ) throws(WorkspaceError) -> ImportChange {
    try write { database in
      var before: [String: String] = [:]
      for row in try Row.fetchAll(
        database, sql: "SELECT path, digest FROM document WHERE root = ?", arguments: [root])
      {
        before[row["path"]] = row["digest"]
      }
      var change = ImportChange()
      try database.execute(sql: "DELETE FROM document WHERE root = ?", arguments: [root])
      for document in documents {
        try database.execute(
          sql: "INSERT INTO document (root, path, digest, content) VALUES (?, ?, ?, ?)",
          arguments: [
            root, document.path, document.digest, try Self.encoder.encode(document),
          ])
        switch before.removeValue(forKey: document.path) {
        case nil: change.added.append(document.path)
        case document.digest?: change.unchanged.append(document.path)
        case .some: change.changed.append(document.path)
        }
      }
      change.removed = before.keys.sorted()
      return change
    }
  }

  /// All imported documents, ordered by path, then root.
  public func documents() throws(WorkspaceError) -> [SourceDocument] {
    try read { database in
      try Data.fetchAll(database, sql: "SELECT content FROM document ORDER BY path, root")
        .map { try JSONDecoder().decode(SourceDocument.self, from: $0) }
    }
  }

  /// Roots that have been imported, in order.
  public func importedRoots() throws(WorkspaceError) -> [String] {
    try read { database in
      try String.fetchAll(database, sql: "SELECT DISTINCT root FROM document ORDER BY root")
    }
  }
}
