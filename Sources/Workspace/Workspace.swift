import Facts
import Foundation
import GRDB
import Inventory

/// The store of one workbench: a single SQLite file with everything imported, corrected and computed.
///
/// Every change is one transaction: a killed import or run leaves the previous state. Opened by one
/// process at a time for writing; others wait up to five seconds.
public struct Workspace: Sendable {
  /// Path of the file.
  public let path: String
  private let database: DatabaseQueue

  /// What the stored form of documents is called; it changes whenever what is stored of them does.
  static let documentForm = "3"

  /// Opens a workspace, creating or migrating the file.
  ///
  /// Documents that an earlier version stored in another form are dropped, and `rootsToReadAgain` says
  /// where they came from; corrections, studies and the history of imports stay.
  /// - Throws: `WorkspaceError` where the file is no workspace, comes from a later version, or cannot be
  ///   written.
  public init(file path: String) throws(WorkspaceError) {
    self.path = path
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      database = try DatabaseQueue(path: path, configuration: configuration)
      guard try !database.read({ try Self.migrator.hasBeenSuperseded($0) }) else {
        throw WorkspaceError(
          path: path,
          message:
            "the workspace was written by a later version of Rehearse; use that version, or name "
            + "another workspace with --workspace")
      }
      try Self.migrator.migrate(database)
      try dropDocumentsOfAnotherForm()
    } catch let error as WorkspaceError {
      throw error
    } catch {
      throw WorkspaceError(error, path: path)
    }
  }

  /// Version of the SQLite library at work.
  public static func libraryVersion() throws(WorkspaceError) -> String {
    do {
      return try DatabaseQueue().read {
        try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "unknown"
      }
    } catch {
      throw WorkspaceError(error, path: ":memory:")
    }
  }

  /// Runs a read and turns its errors into ours.
  func read<T>(_ body: (Database) throws -> T) throws(WorkspaceError) -> T {
    do { return try database.read(body) } catch { throw WorkspaceError(error, path: path) }
  }

  /// Runs a write in one transaction and turns its errors into ours.
  func write<T>(_ body: (Database) throws -> T) throws(WorkspaceError) -> T {
    do { return try database.write(body) } catch { throw WorkspaceError(error, path: path) }
  }

  /// Runs a write in one transaction, which whatever the body throws undoes; errors of the database are
  /// turned into ours.
  func transaction<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try database.write(body)
    } catch let error as DatabaseError {
      throw WorkspaceError(error, path: path)
    }
  }

  private func dropDocumentsOfAnotherForm() throws {
    let form = try database.read { try Self.setting("document form", in: $0) }
    guard form != Self.documentForm else { return }
    try database.write { database in
      try database.execute(sql: "UPDATE root SET isStale = 1")
      try database.execute(sql: "DELETE FROM document")
      try database.execute(sql: "DELETE FROM file")
      try Self.set("snapshot", to: nil, in: database)
      try Self.set("document form", to: Self.documentForm, in: database)
    }
  }

  /// A value that is kept under a name; `nil` where there is none.
  static func setting(_ name: String, in database: Database) throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
  }

  /// Keeps a value under a name, or forgets it.
  static func set(_ name: String, to value: String?, in database: Database) throws {
    guard let value else {
      return try database.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [name])
    }
    try database.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [name, value])
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 documents, corrections, studies") { database in
      try database.create(table: "document") { table in
        table.column("root", .text).notNull()
        table.column("path", .text).notNull()
        table.column("digest", .text).notNull()
        table.column("content", .blob).notNull()
        table.primaryKey(["root", "path"])
      }
      try database.create(table: "correction") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("content", .blob).notNull()
      }
      try database.create(table: "study") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("scenario", .text).notNull()
        table.column("digest", .text).notNull()
        table.column("recorded", .text).notNull()
        table.column("result", .blob).notNull()
      }
    }
    migrator.registerMigration("2 roots, files, history of imports") { database in
      try database.create(table: "root") { table in
        table.column("root", .text).notNull().primaryKey()
        // Which program, with which limits, read it.
        table.column("reader", .text).notNull()
        table.column("isStale", .boolean).notNull()
      }
      try database.execute(
        sql: "INSERT INTO root (root, reader, isStale) SELECT DISTINCT root, '', 1 FROM document")
      // What the first version stored of documents cannot be read any more.
      try database.drop(table: "document")
      try database.create(table: "document") { table in
        table.column("root", .text).notNull()
        table.column("path", .text).notNull()
        // The file of the disk that alone decides what the document says, if there is one.
        table.column("file", .text)
        table.column("digest", .text).notNull()
        table.column("head", .blob).notNull()
        table.column("core", .blob).notNull()
        table.column("details", .blob)
        table.primaryKey(["root", "path"])
      }
      try database.create(table: "file") { table in
        table.column("root", .text).notNull()
        table.column("path", .text).notNull()
        table.column("size", .integer).notNull()
        table.column("modified", .integer).notNull()
        table.primaryKey(["root", "path"])
      }
      try database.create(table: "setting") { table in
        table.column("name", .text).notNull().primaryKey()
        table.column("value", .text).notNull()
      }
      try database.create(table: "import") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("content", .blob).notNull()
      }
    }
    migrator.registerMigration("3 reports of studies") { database in
      try database.create(table: "study_report") { table in
        table.column("study", .integer).notNull().primaryKey()
        table.column("content", .blob).notNull()
      }
    }
    migrator.registerMigration("4 replications, settings and files of studies") { database in
      try createStudyTables(database)
    }
    return migrator
  }

  static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

/// Why a workspace could not be opened, read or written.
public struct WorkspaceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path of the file.
  public var path: String
  /// What was found, what was expected, what to do, in one sentence.
  public var message: String

  /// Path and message.
  public var description: String { "\(path): \(message)" }

  init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  init(_ error: any Error, path: String) {
    self.path = path
    if let error = error as? DatabaseError {
      message =
        switch error.resultCode {
        case .SQLITE_NOTADB:
          "the file is not a Rehearse workspace (no SQLite database); name another with --workspace"
        case .SQLITE_CORRUPT:
          "the workspace is damaged; move it away and import again, or restore a copy"
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
          "the workspace cannot be opened for writing; check the folder and its permissions, or name "
            + "another with --workspace"
        case .SQLITE_BUSY:
          "the workspace is in use by another process; try again when it has finished"
        case .SQLITE_FULL: "the disk is full; nothing was changed"
        default:
          "the database reports error \(error.extendedResultCode.rawValue)"
            + (error.message.map { " (\($0))" } ?? "")
        }
    } else if error is DecodingError {
      message =
        "the workspace was written by a later version of Rehearse, or is damaged; use that version, or "
        + "move the file away and import again"
    } else {
      message = "the workspace cannot be used: \(error.localizedDescription)"
    }
  }
}
