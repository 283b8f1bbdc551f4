import Facts
public import Foundation
import GRDB
import Inventory

/// A file that a study read, with its content.
public struct StudyFile: Sendable, Hashable {
  /// How the scenario names it, or the folder it lies in; the scenario itself is named as it was given.
  public var name: String
  /// Its path in the folder that `name` names; empty where `name` names the file itself.
  public var place: String
  /// SHA-256 of the content.
  public var digest: String
  /// The content.
  public var content: Data

  /// Creates a file.
  public init(name: String, place: String, digest: String, content: Data) {
    self.name = name
    self.place = place
    self.digest = digest
    self.content = content
  }
}

/// A study that is about to be carried out.
public struct PlannedStudy: Sendable {
  /// What makes two studies the same: inputs, options and program.
  public var key: String
  /// Path of the scenario file.
  public var scenario: String
  /// SHA-256 of the scenario file.
  public var digest: String
  /// Title of the scenario.
  public var title: String
  /// How it was asked for, in a form of the caller's.
  public var settings: Data
  /// Replications of each variant that were asked for.
  public var replications: Int
  /// Keys of its runs, one for each variant: what makes two replications of the same number the same.
  public var runs: [String]
  /// What it reads.
  public var files: [StudyFile]

  /// Creates a plan.
  public init(
    key: String, scenario: String, digest: String, title: String, settings: Data,
    replications: Int, runs: [String], files: [StudyFile]
  ) {
    self.key = key
    self.scenario = scenario
    self.digest = digest
    self.title = title
    self.settings = settings
    self.replications = replications
    self.runs = runs
    self.files = files
  }
}

/// A study in a workspace: which scenario, when, how far it came.
public struct RecordedStudy: Sendable, Hashable {
  /// Number in the workspace, from 1.
  public var id: Int64
  /// Path of the scenario file.
  public var scenario: String
  /// SHA-256 of the scenario file.
  public var digest: String
  /// When it was last begun or ended, ISO 8601.
  public var recorded: String
  /// Title of the scenario; empty for studies of the first versions.
  public var title: String
  /// How it was asked for, in the caller's form; `nil` for studies of the first versions.
  public var settings: Data?
  /// Replications of each variant that were asked for; `nil` for studies of the first versions.
  public var replications: Int?
  /// Replications that all its variants have, from the first on without a gap; `nil` likewise.
  public var done: Int?
  /// Whether it has a result: a study that was killed has none.
  public var hasResult: Bool
}

extension Workspace {
  /// Records that a study begins, or goes on where the same has begun before, and returns its number.
  ///
  /// Nothing that is kept of it is lost.
  public func begin(_ study: PlannedStudy, at time: String) throws(WorkspaceError) -> Int64 {
    try write { database in
      let known = try Int64.fetchOne(
        database, sql: "SELECT id FROM study WHERE key = ?", arguments: [study.key])
      if let known {
        try database.execute(
          sql: "UPDATE study SET recorded = ? WHERE id = ?", arguments: [time, known])
        return known
      }
      try database.execute(
        sql: """
          INSERT INTO study (key, scenario, digest, title, settings, replications, recorded)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          study.key, study.scenario, study.digest, study.title, study.settings,
          study.replications, time,
        ])
      let id = database.lastInsertedRowID
      for (position, run) in study.runs.enumerated() {
        try database.execute(
          sql: "INSERT OR IGNORE INTO run (key) VALUES (?)", arguments: [run])
        try database.execute(
          sql: """
            INSERT INTO study_run (study, position, run) SELECT ?, ?, id FROM run WHERE key = ?
            """, arguments: [id, position, run])
      }
      for (position, file) in study.files.enumerated() {
        try database.execute(
          sql: "INSERT OR IGNORE INTO content (digest, bytes) VALUES (?, ?)",
          arguments: [file.digest, file.content])
        try database.execute(
          sql: """
            INSERT INTO study_file (study, position, name, place, digest) VALUES (?, ?, ?, ?, ?)
            """, arguments: [id, position, file.name, file.place, file.digest])
      }
      return id
    }
  }

  /// Keeps the result of a study: the JSON that `compare --format json` prints.
  public func finish(
    study id: Int64, result: Data, at time: String
  ) throws(WorkspaceError) {
    try write { database in
      try database.execute(
        sql: "UPDATE study SET result = ?, recorded = ? WHERE id = ?",
        arguments: [result, time, id])
    }
  }

  /// The studies recorded, oldest first.
  public func studies() throws(WorkspaceError) -> [RecordedStudy] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, scenario, digest, recorded, title, settings, replications,
            result IS NOT NULL AS hasResult FROM study ORDER BY id
          """
      ).map { row in
        let replications: Int? = row["replications"]
        return RecordedStudy(
          id: row["id"], scenario: row["scenario"], digest: row["digest"],
          recorded: row["recorded"], title: row["title"], settings: row["settings"],
          replications: replications,
          done: try replications.map { min($0, try Self.done(study: row["id"], in: database)) },
          hasResult: row["hasResult"])
      }
    }
  }

  /// The result of a study; `nil` where there is none.
  public func result(ofStudy id: Int64) throws(WorkspaceError) -> Data? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT result FROM study WHERE id = ? AND result IS NOT NULL",
        arguments: [id])?["result"]
    }
  }

  /// What a study read, in the order in which it was given.
  public func files(ofStudy id: Int64) throws(WorkspaceError) -> [StudyFile] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT name, place, study_file.digest AS digest, bytes FROM study_file
          JOIN content ON content.digest = study_file.digest WHERE study = ? ORDER BY position
          """, arguments: [id]
      ).map {
        StudyFile(name: $0["name"], place: $0["place"], digest: $0["digest"], content: $0["bytes"])
      }
    }
  }

  /// Forgets a study, with the replications and files that no other study has.
  ///
  /// - Returns: whether there was one of this number.
  public func removeStudy(_ id: Int64) throws(WorkspaceError) -> Bool {
    try write { database in
      try database.execute(sql: "DELETE FROM study WHERE id = ?", arguments: [id])
      guard database.changesCount > 0 else { return false }
      for table in ["study_run", "study_file", "study_report"] {
        try database.execute(sql: "DELETE FROM \(table) WHERE study = ?", arguments: [id])
      }
      try database.execute(
        sql: "DELETE FROM content WHERE digest NOT IN (SELECT digest FROM study_file)")
      try database.execute(sql: "DELETE FROM run WHERE id NOT IN (SELECT run FROM study_run)")
      try database.execute(
        sql: "DELETE FROM replication WHERE run NOT IN (SELECT id FROM run)")
      return true
    }
  }

  /// Replications that all runs of a study have, from the first on without a gap.
  private static func done(study: Int64, in database: Database) throws -> Int {
    let runs = try Int.fetchOne(
      database, sql: "SELECT count(DISTINCT run) FROM study_run WHERE study = ?",
      arguments: [study])
    let numbers = try Int.fetchAll(
      database,
      sql: """
        SELECT number FROM replication WHERE run IN (SELECT run FROM study_run WHERE study = ?)
        GROUP BY number HAVING count(*) = ? ORDER BY number
        """, arguments: [study, runs ?? 0])
    return zip(numbers, 0...).prefix { $0.0 == $0.1 }.count
  }
}
