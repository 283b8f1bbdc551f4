import Foundation
import GRDB
import Testing
import Workspace

/// A study of two runs that reads two files.
func plannedStudy(
  _ key: String, replications: Int = 3, runs: [String] = ["run a", "run b"],
  files: [String] = ["scenario", "data"]
) -> PlannedStudy {
  PlannedStudy(
    key: key, scenario: "s.yaml", digest: "d", title: "Title", settings: Data("{}".utf8),
    replications: replications, runs: runs,
    files: files.map {
      StudyFile(name: $0, place: "", digest: "digest of \($0)", content: Data($0.utf8))
    })
}

@Suite("Studies in the workspace") struct WorkspaceStudyTests {
  private func records(_ run: String, _ numbers: Range<Int>) -> [KeptReplication] {
    numbers.map { KeptReplication(run: run, number: $0, record: Data("\(run) \($0)".utf8)) }
  }

  @Test("a study that begins again is the same study, with what it has done")
  func again() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    let id = try workspace.begin(plannedStudy("k"), at: "2026-01-01T00:00:00Z")
    try workspace.keep(records("run a", 0..<3) + records("run b", 0..<2))
    #expect(try workspace.begin(plannedStudy("k"), at: "2026-01-02T00:00:00Z") == id)
    let study = try #require(try workspace.studies().first)
    #expect(study.recorded == "2026-01-02T00:00:00Z")
    // Both runs have the first two.
    #expect(study.done == 2 && study.replications == 3 && !study.hasResult)
    #expect(try workspace.replicationNumbers(ofRun: "run a") == [0, 1, 2])
    #expect(try workspace.replication(1, ofRun: "run b") == Data("run b 1".utf8))
    #expect(try workspace.replication(2, ofRun: "run b") == nil)
    #expect(
      try workspace.files(ofStudy: id).map(\.content) == [
        Data("scenario".utf8), Data("data".utf8),
      ])
    try workspace.finish(study: id, result: Data("{}".utf8), at: "2026-01-03T00:00:00Z")
    #expect(try workspace.result(ofStudy: id) == Data("{}".utf8))
    #expect(try workspace.studies().first?.hasResult == true)
  }

  @Test("a gap in the replications ends what counts as done")
  func gap() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    _ = try workspace.begin(plannedStudy("k", replications: 9), at: "")
    try workspace.keep(records("run a", 0..<5) + records("run b", 0..<2) + records("run b", 3..<5))
    #expect(try workspace.studies().first?.done == 2)
  }

  @Test("what two studies share is kept once, and goes with the last of them")
  func shared() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    let first = try workspace.begin(plannedStudy("1"), at: "")
    let second = try workspace.begin(
      plannedStudy("2", runs: ["run b", "run c"], files: ["data", "other"]), at: "")
    for run in ["run a", "run b", "run c"] { try workspace.keep(records(run, 0..<2)) }
    #expect(try workspace.removeStudy(first))
    #expect(try workspace.replicationNumbers(ofRun: "run a") == [])
    #expect(try workspace.replicationNumbers(ofRun: "run b") == [0, 1])
    #expect(try workspace.files(ofStudy: second).map(\.name) == ["data", "other"])
    #expect(try !workspace.removeStudy(first))
    #expect(try workspace.removeStudy(second))
    #expect(try workspace.replicationNumbers(ofRun: "run b") == [])
    // Numbers of studies are never used again.
    #expect(try workspace.begin(plannedStudy("3"), at: "") > second)
  }

  @Test("replications of runs that no study has begun are not kept")
  func unknownRun() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    try workspace.keep(records("stray", 0..<2))
    _ = try workspace.begin(plannedStudy("k", runs: ["stray"]), at: "")
    #expect(try workspace.replicationNumbers(ofRun: "stray") == [])
  }

  /// The file as the second version of the tables made it.
  private func oldWorkspace(_ path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.write { database in
      try database.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('1 documents, corrections, studies');
          INSERT INTO grdb_migrations VALUES ('2 roots, files, history of imports');
          CREATE TABLE document (root TEXT NOT NULL, path TEXT NOT NULL, file TEXT,
            digest TEXT NOT NULL, head BLOB NOT NULL, core BLOB NOT NULL, details BLOB,
            PRIMARY KEY (root, path));
          CREATE TABLE correction (id INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL);
          CREATE TABLE study (id INTEGER PRIMARY KEY AUTOINCREMENT, scenario TEXT NOT NULL,
            digest TEXT NOT NULL, recorded TEXT NOT NULL, result BLOB NOT NULL);
          CREATE TABLE root (root TEXT NOT NULL PRIMARY KEY, reader TEXT NOT NULL,
            isStale BOOLEAN NOT NULL);
          CREATE TABLE file (root TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL,
            modified INTEGER NOT NULL, PRIMARY KEY (root, path));
          CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
          CREATE TABLE import (id INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL);
          INSERT INTO study (scenario, digest, recorded, result)
            VALUES ('old.yaml', 'abc', '2025-12-01T00:00:00Z', X'7B7D');
          """)
    }
  }

  @Test("a workspace of an earlier version is brought up to date, its studies kept")
  func earlier() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("w.sqlite")
    try oldWorkspace(path)
    let workspace = try Workspace(file: path)
    let study = try #require(try workspace.studies().first)
    #expect(study.id == 1 && study.scenario == "old.yaml" && study.digest == "abc")
    #expect(study.hasResult && study.replications == nil && study.settings == nil)
    #expect(try workspace.result(ofStudy: 1) == Data("{}".utf8))
    #expect(try workspace.begin(plannedStudy("k"), at: "") == 2)
  }

  @Test("a workspace of a later version is refused and left as it is")
  func later() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("w.sqlite")
    _ = try Workspace(file: path).begin(plannedStudy("k"), at: "")
    let database = try DatabaseQueue(path: path)
    try database.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 something new')")
    }
    try database.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let error = #expect(throws: WorkspaceError.self) { try Workspace(file: path) }
    #expect(error?.message.contains("later version") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }
}
