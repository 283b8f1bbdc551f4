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
  /// The same holds for what was imported from places below it, and for a file that was imported with
  /// the folder it lies in: a file speaks once, however it was named.
  /// - Parameters:
  ///   - documents: all documents under the root.
  ///   - root: the file or folder that was imported, as an absolute path.
  /// - Returns: what changed; importing the same files again changes nothing.
  @discardableResult
  public func replaceDocuments(
    _ documents: [SourceDocument], ofRoot root: String
  ) throws(WorkspaceError) -> ImportChange {
    try write { database in
      var before: [String: (path: String, digest: String)] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT root, path, digest FROM document") {
        let (itsRoot, path): (String, String) = (row["root"], row["path"])
        let place = place(of: path, in: itsRoot)
        guard itsRoot == root || lies(place, in: root) else { continue }
        before[place] = (path, row["digest"])
        try database.execute(
          sql: "DELETE FROM document WHERE root = ? AND path = ?", arguments: [itsRoot, path])
      }
      var change = ImportChange()
      for document in documents {
        try database.execute(
          sql: "INSERT INTO document (root, path, digest, content) VALUES (?, ?, ?, ?)",
          arguments: [
            root, document.path, document.digest, try Self.encoder.encode(document),
          ])
        switch before.removeValue(forKey: place(of: document.path, in: root))?.digest {
        case nil: change.added.append(document.path)
        case document.digest?: change.unchanged.append(document.path)
        case .some: change.changed.append(document.path)
        }
      }
      change.removed = before.values.map(\.path).sorted()
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

  /// Roots below which a document of this path was imported, in order, each with its absolute place; the
  /// place of a member of an archive is in the archive, behind `!/`.
  public func places(
    ofDocument path: String
  ) throws(WorkspaceError) -> [(root: String, place: String)] {
    try read { database in
      try String.fetchAll(
        database, sql: "SELECT root FROM document WHERE path = ? ORDER BY root", arguments: [path]
      ).map { ($0, place(of: path, in: $0)) }
    }
  }

  /// Roots that have been imported, in order.
  public func importedRoots() throws(WorkspaceError) -> [String] {
    try read { database in
      try String.fetchAll(database, sql: "SELECT DISTINCT root FROM document ORDER BY root")
    }
  }
}

/// The absolute path of a document of a root; a root that is a file is its own only document, or the
/// archive of all.
private func place(of path: String, in root: String) -> String {
  let name = root.split(separator: "/").last ?? ""
  let isRoot = path == name || path.hasPrefix("\(name)!/")
  return isRoot ? root + path.dropFirst(name.count) : "\(root)/\(path)"
}

/// Whether a place is a root, or lies below it or in its archive.
private func lies(_ place: String, in root: String) -> Bool {
  place == root || place.hasPrefix("\(root)/") || place.hasPrefix("\(root)!/")
}
