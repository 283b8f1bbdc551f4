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

  /// Whether every path is the same as before.
  public var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
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
    do {
      return try importing { session in
        try session.begin(root: root, reader: "", files: [:])
        for document in documents { try session.store([document], file: nil) }
        return try session.end()
      }
    } catch {
      throw WorkspaceError(error, path: path)
    }
  }

  /// All imported documents, ordered by path, then root.
  public func documents() throws(WorkspaceError) -> [SourceDocument] {
    try read { database in
      var documents: [SourceDocument] = []
      let rows = try Row.fetchCursor(
        database, sql: "SELECT head, core, details FROM document ORDER BY path, root")
      let decoder = JSONDecoder()
      while let row = try rows.next() { documents.append(try document(of: row, decoder)) }
      return documents
    }
  }

  /// How many documents are imported.
  public func documentCount() throws(WorkspaceError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM document") ?? 0 }
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
    try read { try String.fetchAll($0, sql: "SELECT root FROM root ORDER BY root") }
  }

  /// Roots whose documents an earlier version stored in another form and this one dropped, in order.
  public func rootsToReadAgain() throws(WorkspaceError) -> [String] {
    try read {
      try String.fetchAll($0, sql: "SELECT root FROM root WHERE isStale ORDER BY root")
    }
  }
}

/// The document that a row with `head`, `core` and `details` holds.
func document(of row: Row, _ decoder: JSONDecoder) throws -> SourceDocument {
  var document = try decoder.decode(DocumentCore.self, from: row["core"]).document
  document.problems = try decoder.decode(DocumentHead.self, from: row["head"]).problems
  if let details: Data = row["details"] {
    document.fragment.add(details: try decoder.decode(EstateFragment.self, from: details))
  }
  return document
}

/// The absolute path of a document of a root; a root that is a file is its own only document, or the
/// archive of all.
func place(of path: String, in root: String) -> String {
  let name = root.split(separator: "/").last ?? ""
  let isRoot = path == name || path.hasPrefix("\(name)!/")
  return isRoot ? root + path.dropFirst(name.count) : "\(root)/\(path)"
}

/// Whether a place is a root, or lies below it or in its archive.
func lies(_ place: String, in root: String) -> Bool {
  place == root || place.hasPrefix("\(root)/") || place.hasPrefix("\(root)!/")
}
