import Foundation
import GRDB
public import Inventory

extension Workspace {
  /// Adds a correction made by hand; it stays when files are imported again.
  public func add(_ correction: Correction) throws(WorkspaceError) {
    try write { database in
      try database.execute(
        sql: "INSERT INTO correction (content) VALUES (?)",
        arguments: [try Self.encoder.encode(correction)])
    }
  }

  /// All corrections, in the order in which they were made.
  public func corrections() throws(WorkspaceError) -> [Correction] {
    try read { database in
      try Data.fetchAll(database, sql: "SELECT content FROM correction ORDER BY id")
        .map { try JSONDecoder().decode(Correction.self, from: $0) }
    }
  }

  /// The estate: everything imported, with the corrections.
  public func estate() throws(WorkspaceError) -> Estate {
    Estate(merging: try documents(), corrections: try corrections())
  }
}
