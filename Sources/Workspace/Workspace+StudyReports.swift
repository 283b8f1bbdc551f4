import Facts
public import Foundation
import GRDB

/// A study that the workspace keeps, without its results.
public struct ReportedStudy: Sendable, Hashable, Codable {
  /// Number in the workspace, from 1.
  public var id: Int64
  /// Path of the scenario file.
  public var scenario: String
  /// When it was recorded, ISO 8601.
  public var recorded: String
  /// Whether its whole report is kept, and not its results alone.
  public var hasReport: Bool
}

extension Workspace {
  /// Keeps the whole report of a study.
  ///
  /// - Parameters:
  ///   - report: What `StudyReport` is as JSON.
  ///   - study: Number of the study.
  public func keep(report: Data, ofStudy study: Int64) throws(WorkspaceError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO study_report (study, content) VALUES (?, ?)",
        arguments: [study, report])
    }
  }

  /// The whole report of a study; `nil` where none is kept.
  public func report(ofStudy study: Int64) throws(WorkspaceError) -> Data? {
    try read { database in
      try Data.fetchOne(
        database, sql: "SELECT content FROM study_report WHERE study = ?", arguments: [study])
    }
  }

  /// What changes whenever the report of a study does; `nil` where none is kept.
  public func reportMark(ofStudy study: Int64) throws(WorkspaceError) -> String? {
    try read { database in
      try String.fetchOne(
        database,
        sql: """
          SELECT recorded || ' ' || length(content) FROM study_report
          JOIN study ON study.id = study_report.study WHERE study = ?
          """, arguments: [study])
    }
  }

  /// The studies kept, oldest first.
  public func keptStudies() throws(WorkspaceError) -> [ReportedStudy] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, scenario, recorded, study_report.study IS NOT NULL AS hasReport
          FROM study LEFT JOIN study_report ON study_report.study = study.id ORDER BY id
          """
      ).map {
        ReportedStudy(
          id: $0["id"], scenario: $0["scenario"], recorded: $0["recorded"],
          hasReport: $0["hasReport"])
      }
    }
  }
}
