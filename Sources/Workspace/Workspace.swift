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

  /// Opens a workspace, creating or migrating the file.
  ///
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
      try Self.migrator.migrate(database)
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
  func read<T: Sendable>(
    _ body: @Sendable (Database) throws -> T
  ) throws(WorkspaceError) -> T {
    do { return try database.read(body) } catch { throw WorkspaceError(error, path: path) }
  }

  /// Runs a write in one transaction and turns its errors into ours.
  func write<T: Sendable>(
    _ body: @Sendable (Database) throws -> T
  ) throws(WorkspaceError) -> T {
    do { return try database.write(body) } catch { throw WorkspaceError(error, path: path) }
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
          "the workspace cannot be opened for writing; check the folder and its permissions"
        case .SQLITE_BUSY:
          "the workspace is in use by another process; try again when it has finished"
        case .SQLITE_FULL: "the disk is full; nothing was changed"
        default:
          "the database reports error \(error.extendedResultCode.rawValue)"
            + (error.message.map { " (\($0))" } ?? "")
        }
    } else if error is DecodingError {
      message = "the workspace was written by another version of Rehearse; import again"
    } else {
      message = "the workspace cannot be used: \(error.localizedDescription)"
    }
  }
}
