import Facts
import Foundation
import GRDB
import Inventory
import Testing
import Workspace

@Suite("Importing again") struct ImportSessionTests {
  private let stamps = [
    "a": FileStamp(size: 1, modified: 10), "b": FileStamp(size: 2, modified: 20),
  ]

  private func workspace(_ folder: TemporaryFolder) throws -> Workspace {
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    try workspace.importing { session throws in
      try session.begin(root: "/r", reader: "1", files: stamps)
      try session.store([document("a", digest: "1", systems: ["A"])], file: "a")
      try session.store([document("b", digest: "2", systems: ["B"])], file: nil)
      _ = try session.end()
    }
    return workspace
  }

  @Test("files are known as they were, to the program that read them")
  func known() throws {
    let folder = try TemporaryFolder()
    let workspace = try workspace(folder)
    try workspace.importing { session throws in
      #expect(try session.knownFiles(ofRoot: "/r", reader: "1") == stamps)
      #expect(try session.knownFiles(ofRoot: "/r", reader: "2") == nil)
      #expect(try session.knownFiles(ofRoot: "/other", reader: "1") == nil)
      #expect(try session.independentFiles(ofRoot: "/r") == ["a"])
      #expect(try session.heads(ofRoot: "/r").map(\.path) == ["a", "b"])
    }
  }

  @Test("documents of a file that is kept stay, the others are replaced")
  func kept() throws {
    let folder = try TemporaryFolder()
    let workspace = try workspace(folder)
    let change = try workspace.importing { session throws in
      try session.begin(root: "/r", reader: "1", files: stamps, keeping: ["a"])
      try session.store([document("b", digest: "3", systems: ["New"])], file: nil)
      return try session.end()
    }
    #expect(change == ImportChange(changed: ["b"], unchanged: ["a"]))
    #expect(try workspace.estate().systems.map(\.name) == ["A", "New"])
  }

  @Test("a root of which a part was imported by itself is read again as a whole")
  func partReplaced() throws {
    let folder = try TemporaryFolder()
    let workspace = try workspace(folder)
    try workspace.replaceDocuments([document("a", digest: "9", systems: ["Later"])], ofRoot: "/r/a")
    #expect(try workspace.estate().systems.map(\.name) == ["B", "Later"])
    try workspace.importing { session throws in
      #expect(try session.knownFiles(ofRoot: "/r", reader: "1") == nil)
    }
    try workspace.replaceDocuments([document("a", digest: "1")], ofRoot: "/r")
    #expect(try workspace.importedRoots() == ["/r"])
  }

  @Test("what is thrown while importing leaves the state before")
  func thrown() throws {
    let folder = try TemporaryFolder()
    let workspace = try workspace(folder)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try workspace.importing { session throws in
        try session.begin(root: "/r", reader: "2", files: [:])
        throw Stop()
      }
    }
    #expect(try workspace.documents().map(\.path) == ["a", "b"])
  }

  @Test("documents are read back as they were stored")
  func wholeDocuments() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    var whole = document("a", digest: "1", systems: ["Bot"])
    let source = Evidence(.imported, SourceLocation(path: "a", line: 2))
    whole.fragment.steps = [Step(system: "Bot", id: "1", kind: .wait, evidence: source)]
    whole.fragment.triggers = [Trigger(system: "Bot", kind: .schedule, evidence: source)]
    whole.fragment.credentials = [CredentialUse(system: "Bot", name: "KEY", evidence: source)]
    whole.fragment.touchPoints = [
      HumanTouchPoint(system: "Bot", step: "1", kind: .review, team: "Ops", evidence: source)
    ]
    whole.problems = [ImportProblem(.low, "odd", at: source.location)]
    try workspace.replaceDocuments([whole], ofRoot: "/r")
    #expect(try workspace.documents() == [whole])
    try workspace.importing { session throws in
      let snapshot = try session.snapshot(isUnchanged: false)
      #expect(snapshot == EstateSnapshot(Estate(merging: [whole])))
      #expect(snapshot.steps == 1 && snapshot.teams == ["Ops"])
    }
  }

  @Test("the snapshot follows corrections, and imports are kept in order")
  func snapshot() throws {
    let folder = try TemporaryFolder()
    let workspace = try workspace(folder)
    let before = try workspace.importing { try $0.snapshot(isUnchanged: false) }
    let number = try workspace.add(
      try Correction(system: "A", field: .owner, value: "Ada", author: "Bo", date: "2026-01-01"))
    let after = try workspace.importing { try $0.snapshot(isUnchanged: true) }
    #expect(after.systems["A"]?["owner"] == "Ada")
    #expect(try workspace.removeCorrection(number: number))
    #expect(try !workspace.removeCorrection(number: number))
    #expect(try workspace.corrections().isEmpty)
    #expect(try workspace.importing { try $0.snapshot(isUnchanged: true) } == before)
    let record = ImportRecord(
      time: "2026-01-01T00:00:00Z", roots: ["/r"], statuses: ["imported": 2],
      files: ImportChange(added: ["a"], unchanged: ["b", "c"]), totals: ["systems": 2],
      estate: EstateDifference(from: before, to: after))
    try workspace.importing { session throws in
      try session.record(record)
      try session.record(record)
    }
    let imports = try workspace.imports()
    #expect(imports.map(\.number) == [1, 2])
    #expect(imports.first?.record == record && record.unchanged == 2)
    #expect(
      record.estate.systemsChanged == [
        EstateDifference.SystemChange(
          system: "A", field: "owner", before: nil, after: "Ada")
      ])
  }

  @Test("a workspace of the first version keeps corrections and studies; its files are read again")
  func firstVersion() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("w.sqlite")
    let database = try DatabaseQueue(path: path)
    try database.write { database in
      try database.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('1 documents, corrections, studies');
          CREATE TABLE document (root TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL,
            content BLOB NOT NULL, PRIMARY KEY (root, path));
          CREATE TABLE correction (id INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL);
          CREATE TABLE study (id INTEGER PRIMARY KEY AUTOINCREMENT, scenario TEXT NOT NULL,
            digest TEXT NOT NULL, recorded TEXT NOT NULL, result BLOB NOT NULL);
          INSERT INTO document VALUES ('/r', 'a', '1', '{"path":"a","of":"another shape"}');
          INSERT INTO correction (content) VALUES (CAST('{"author":"Bo","date":"2026-01-01",
            "field":"owner","system":"A","value":"Ada"}' AS BLOB));
          INSERT INTO study (scenario, digest, recorded, result)
            VALUES ('s.yaml', 'd', '2026-01-01', CAST('{}' AS BLOB));
          """)
    }
    try database.close()
    let workspace = try Workspace(file: path)
    #expect(try workspace.rootsToReadAgain() == ["/r"])
    #expect(try workspace.documents().isEmpty)
    #expect(try workspace.corrections().map(\.author) == ["Bo"])
    #expect(try workspace.studies().map(\.scenario) == ["s.yaml"])
    try workspace.replaceDocuments([document("a", digest: "1", systems: ["A"])], ofRoot: "/r")
    #expect(try workspace.rootsToReadAgain().isEmpty)
    #expect(try workspace.estate().systems.first?.owner.value == "Ada")
  }
}
