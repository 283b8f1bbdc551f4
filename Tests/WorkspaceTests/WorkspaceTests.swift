import Facts
import Foundation
import Inventory
import Testing
import Workspace

/// A workspace file in a folder of its own that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("rehearse-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}

func document(_ path: String, digest: String, systems: [String] = []) -> SourceDocument {
  var fragment = EstateFragment()
  fragment.systems = systems.map {
    AutomationSystem(name: $0, source: Evidence(.imported, SourceLocation(path: path)))
  }
  return SourceDocument(
    path: path, format: "test", status: .imported, digest: digest, fragment: fragment)
}

@Suite("Workspace") struct WorkspaceTests {
  @Test("importing the same files twice changes nothing")
  func importingTwice() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    let documents = [document("a", digest: "1", systems: ["Bot"]), document("b", digest: "2")]
    try workspace.replaceDocuments(documents, ofRoot: "/r")
    let estate = try workspace.estate()
    let change = try workspace.replaceDocuments(documents, ofRoot: "/r")
    #expect(change == ImportChange(unchanged: ["a", "b"]))
    #expect(try workspace.estate() == estate)
    #expect(estate.systems.map(\.name) == ["Bot"])
  }

  @Test("a changed file replaces what it said before, a vanished one says nothing more")
  func changedFile() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    try workspace.replaceDocuments(
      [document("a", digest: "1", systems: ["Old"]), document("b", digest: "2")], ofRoot: "/r")
    let change = try workspace.replaceDocuments(
      [document("a", digest: "9", systems: ["New"]), document("c", digest: "3")], ofRoot: "/r")
    #expect(change == ImportChange(added: ["c"], changed: ["a"], removed: ["b"]))
    #expect(try workspace.estate().systems.map(\.name) == ["New"])
  }

  @Test("an import that fails half way leaves the previous state")
  func failedImport() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace(file: folder.file("w.sqlite"))
    try workspace.replaceDocuments([document("a", digest: "1")], ofRoot: "/r")
    // The same path twice breaks the primary key in the middle of the transaction.
    let broken = [document("b", digest: "2"), document("b", digest: "2")]
    #expect(throws: WorkspaceError.self) {
      try workspace.replaceDocuments(broken, ofRoot: "/r")
    }
    #expect(try workspace.documents().map(\.path) == ["a"])
  }

  @Test("what was written is there when the file is opened again")
  func reopening() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deep/er/w.sqlite")
    try Workspace(file: path).replaceDocuments([document("a", digest: "1")], ofRoot: "/r")
    let study = try Workspace(file: path).begin(plannedStudy("k"), at: "2026-01-01T00:00:00Z")
    let workspace = try Workspace(file: path)
    #expect(try workspace.documents().map(\.path) == ["a"])
    #expect(try workspace.studies().map(\.id) == [study])
    #expect(try workspace.importedRoots() == ["/r"])
  }

  @Test("a file that is no workspace is refused and left as it is")
  func foreignFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("notes.txt")
    let text = Data(String(repeating: "not a database ", count: 100).utf8)
    try text.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: WorkspaceError.self) { try Workspace(file: path) }
    #expect(error?.message.contains("not a Rehearse workspace") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
  }
}
