import Foundation
import GRDB
public import Inventory

extension Workspace {
  /// Adds a correction made by hand; it stays when files are imported again.
  ///
  /// - Returns: its number, which no other correction ever gets.
  @discardableResult
  public func add(_ correction: Correction) throws(WorkspaceError) -> Int64 {
    try write { database in
      try database.execute(
        sql: "INSERT INTO correction (content) VALUES (?)",
        arguments: [try Self.encoder.encode(correction)])
      let number = database.lastInsertedRowID
      try Self.set("snapshot", to: nil, in: database)
      return number
    }
  }

  /// Takes a correction back.
  ///
  /// - Returns: whether there was one of this number.
  public func removeCorrection(number: Int64) throws(WorkspaceError) -> Bool {
    try write { database in
      try database.execute(sql: "DELETE FROM correction WHERE id = ?", arguments: [number])
      guard database.changesCount > 0 else { return false }
      try Self.set("snapshot", to: nil, in: database)
      return true
    }
  }

  /// All corrections, in the order in which they were made.
  public func corrections() throws(WorkspaceError) -> [Correction] {
    try numberedCorrections().map(\.correction)
  }

  /// All corrections with their numbers, in the order in which they were made.
  public func numberedCorrections() throws(WorkspaceError) -> [(
    number: Int64, correction: Correction
  )] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT id, content FROM correction ORDER BY id").map {
        ($0["id"], try JSONDecoder().decode(Correction.self, from: $0["content"]))
      }
    }
  }

  /// What changes whenever the inventory does, and stays when only studies are added: the last import, and
  /// which corrections there are.
  public func inventoryMark() throws(WorkspaceError) -> String {
    try read { database in
      let form = try Self.setting("document form", in: database) ?? ""
      let mark = try String.fetchOne(
        database,
        sql: """
          SELECT printf('%d %d %d', (SELECT ifnull(max(id), 0) FROM import),
            (SELECT ifnull(max(id), 0) FROM correction), (SELECT count(*) FROM correction))
          """)
      return "\(mark ?? "") \(form)"
    }
  }

  /// The estate: everything imported, with the corrections.
  public func estate() throws(WorkspaceError) -> Estate {
    Estate(merging: try documents(), corrections: try corrections())
  }

  /// By what statements and names of the estate were joined.
  public func matches() throws(WorkspaceError) -> EstateMatches {
    EstateMatches(merging: try documents(), corrections: try corrections())
  }
}
