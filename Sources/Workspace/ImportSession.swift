import Facts
import Foundation
import GRDB
public import Inventory

/// How a file of the disk looked when it was imported.
public struct FileStamp: Hashable, Sendable {
  /// Size in bytes.
  public var size: Int
  /// When it was changed last, in nanoseconds since 1970.
  public var modified: Int64

  /// Creates a stamp.
  public init(size: Int, modified: Int64) {
    self.size = size
    self.modified = modified
  }
}

extension Workspace {
  /// Imports roots in one transaction: whatever the body throws leaves the state before.
  ///
  /// - Throws: what the body throws, and `WorkspaceError`.
  public func importing<T>(_ body: (ImportSession) throws -> T) throws -> T {
    try transaction { try body(ImportSession($0)) }
  }
}

/// The writing of one import, root by root, each document as it comes.
///
/// For each root `begin`, then `keep` and `store`, then `end`.
public final class ImportSession {
  private let database: Database
  private var root = ""
  private var before: [String: (path: String, digest: String)] = [:]
  private var files: [String: FileStamp] = [:]
  private var change = ImportChange()

  init(_ database: Database) { self.database = database }

  // MARK: What is known

  /// The files of a root as they were when it was imported; `nil` where another reader read it, or what it
  /// said was replaced since.
  ///
  /// - Parameter reader: Names the program and whatever else decides what is read from a file.
  public func knownFiles(ofRoot root: String, reader: String) throws -> [String: FileStamp]? {
    let known = try String.fetchOne(
      database, sql: "SELECT reader FROM root WHERE root = ? AND NOT isStale", arguments: [root])
    guard known == reader else { return nil }
    let rows = try Row.fetchAll(
      database, sql: "SELECT path, size, modified FROM file WHERE root = ?", arguments: [root])
    guard !rows.isEmpty else { return nil }
    return Dictionary(
      rows.map { ($0["path"], FileStamp(size: $0["size"], modified: $0["modified"])) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What read a root, as `begin` named it; `nil` where it has not been imported.
  public func reader(ofRoot root: String) throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT reader FROM root WHERE root = ?", arguments: [root])
  }

  /// Files of a root that alone decide what their documents say.
  public func independentFiles(ofRoot root: String) throws -> Set<String> {
    try String.fetchSet(
      database, sql: "SELECT DISTINCT file FROM document WHERE root = ? AND file IS NOT NULL",
      arguments: [root])
  }

  /// The documents of a root, without what they say, ordered by path.
  public func heads(ofRoot root: String) throws -> [DocumentHead] {
    try Data.fetchAll(
      database, sql: "SELECT head FROM document WHERE root = ? ORDER BY path", arguments: [root]
    ).map { try JSONDecoder().decode(DocumentHead.self, from: $0) }
  }

  /// Roots that have been imported, in order.
  public func roots() throws -> [String] {
    try String.fetchAll(database, sql: "SELECT root FROM root ORDER BY root")
  }

  /// Roots whose documents an earlier version stored in another form, in order.
  public func staleRoots() throws -> [String] {
    try String.fetchAll(database, sql: "SELECT root FROM root WHERE isStale ORDER BY root")
  }

  // MARK: Writing

  /// Begins a root: forgets what it said before, but for files that are kept.
  ///
  /// - Parameters:
  ///   - root: the file or folder, as an absolute path.
  ///   - reader: names the program that reads it.
  ///   - files: all its files as they are now, by path.
  ///   - kept: those whose documents stay.
  public func begin(
    root: String, reader: String, files: [String: FileStamp], keeping kept: Set<String> = []
  ) throws {
    self.root = root
    self.files = files
    change = ImportChange()
    before = [:]
    var others: Set<String> = []
    for row in try Row.fetchAll(database, sql: "SELECT root, path, file, digest FROM document") {
      let (itsRoot, path): (String, String) = (row["root"], row["path"])
      let file: String? = row["file"]
      if itsRoot == root, let file, kept.contains(file) {
        change.unchanged.append(path)
        continue
      }
      let place = place(of: path, in: itsRoot)
      guard itsRoot == root || lies(place, in: root) else { continue }
      if itsRoot != root { others.insert(itsRoot) }
      before[place] = (path, row["digest"])
      try database.execute(
        sql: "DELETE FROM document WHERE root = ? AND path = ?", arguments: [itsRoot, path])
    }
    // What is incomplete is read whole when its turn comes.
    for other in others.sorted() {
      try database.execute(sql: "DELETE FROM file WHERE root = ?", arguments: [other])
    }
    try database.execute(sql: "DELETE FROM file WHERE root = ?", arguments: [root])
    for other in try String.fetchAll(database, sql: "SELECT root FROM root ORDER BY root")
    where other != root && lies(other, in: root) {
      try database.execute(sql: "DELETE FROM root WHERE root = ?", arguments: [other])
    }
    try database.execute(
      sql: "INSERT OR REPLACE INTO root (root, reader, isStale) VALUES (?, ?, 0)",
      arguments: [root, reader])
  }

  /// Stores documents of the root.
  ///
  /// - Parameter file: the file of the disk that alone decides what they say, if there is one.
  public func store(_ documents: [SourceDocument], file: String?) throws {
    for document in documents {
      let details = document.fragment.details
      try database.cachedStatement(
        sql: """
          INSERT INTO document (root, path, file, digest, head, core, details)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(
        arguments: [
          root, document.path, file, document.digest,
          try Workspace.encoder.encode(DocumentHead(document)),
          try Workspace.encoder.encode(DocumentCore(document)),
          details.isEmpty ? nil : try Workspace.encoder.encode(details),
        ])
      switch before.removeValue(forKey: place(of: document.path, in: root))?.digest {
      case nil: change.added.append(document.path)
      case document.digest?: change.unchanged.append(document.path)
      case .some: change.changed.append(document.path)
      }
    }
  }

  /// Changes what the documents of a root say, one after the other.
  public func rewrite(
    ofRoot root: String, change: (SourceDocument) throws -> SourceDocument
  ) throws {
    let paths = try String.fetchAll(
      database, sql: "SELECT path FROM document WHERE root = ? ORDER BY path", arguments: [root])
    let decoder = JSONDecoder()
    for path in paths {
      let row = try Row.fetchOne(
        database, sql: "SELECT head, core, details FROM document WHERE root = ? AND path = ?",
        arguments: [root, path])
      guard let row else { continue }
      let old = try document(of: row, decoder)
      let new = try change(old)
      guard new != old else { continue }
      let details = new.fragment.details
      try database.cachedStatement(
        sql: "UPDATE document SET head = ?, core = ?, details = ? WHERE root = ? AND path = ?"
      ).execute(
        arguments: [
          try Workspace.encoder.encode(DocumentHead(new)),
          try Workspace.encoder.encode(DocumentCore(new)),
          details.isEmpty ? nil : try Workspace.encoder.encode(details), root, path,
        ])
    }
  }

  /// Ends a root.
  ///
  /// - Returns: what changed, each list ordered.
  public func end() throws -> ImportChange {
    for (path, stamp) in files {
      try database.cachedStatement(
        sql: "INSERT INTO file (root, path, size, modified) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [root, path, stamp.size, stamp.modified])
    }
    change.removed = before.values.map(\.path).sorted()
    change.added.sort()
    change.changed.sort()
    change.unchanged.sort()
    return change
  }

  /// Forgets roots, with what they said.
  public func forget(roots: [String]) throws {
    for root in roots {
      for table in ["document", "file", "root"] {
        try database.execute(sql: "DELETE FROM \(table) WHERE root = ?", arguments: [root])
      }
    }
  }

  // MARK: The estate

  /// The estate of the workspace as it is now.
  ///
  /// - Parameter isUnchanged: Whether nothing was stored that was not there, so that what was found last
  ///   still holds.
  public func snapshot(isUnchanged: Bool) throws -> EstateSnapshot {
    if isUnchanged, let stored = try Workspace.setting("snapshot", in: database) {
      return try JSONDecoder().decode(EstateSnapshot.self, from: Data(stored.utf8))
    }
    let corrections = try Data.fetchAll(
      database, sql: "SELECT content FROM correction ORDER BY id"
    ).map { try JSONDecoder().decode(Correction.self, from: $0) }
    let decoder = JSONDecoder()
    var cores: [DocumentCore] = []
    let rows = try Data.fetchCursor(
      database, sql: "SELECT core FROM document ORDER BY path, root")
    while let row = try rows.next() {
      cores.append(try decoder.decode(DocumentCore.self, from: row))
    }
    let snapshot = EstateSnapshot(merging: cores, corrections: corrections)
    let text = String(decoding: try Workspace.encoder.encode(snapshot), as: UTF8.self)
    try Workspace.set("snapshot", to: text, in: database)
    return snapshot
  }

  /// Records the import in the history.
  public func record(_ record: ImportRecord) throws {
    try database.execute(
      sql: "INSERT INTO import (content) VALUES (?)",
      arguments: [try Workspace.encoder.encode(record)])
  }
}
