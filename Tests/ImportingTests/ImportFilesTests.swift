import Facts
import Foundation
import Importing
import Inventory
import Testing

@Suite("Importing files from the disk")
struct ImportFilesTests {
  private let card =
    "{\"name\": \"A\", \"url\": \"https://x.example\", \"capabilities\": {}, \"skills\": []}"

  /// Runs a test in a fresh folder with the given files, and removes it.
  private func inFolder(_ files: [String: String], _ test: (String) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try test(root.path)
  }

  @Test("settings of development tools may have comments, and are no inventory")
  func toolSettings() {
    let commented = "{\n  // see the handbook\n  \"version\": 1\n}"
    let documents = imported([
      "p/.vscode/launch.json": commented, "p/tsconfig.app.json": commented,
      "p/other.json": commented,
    ])
    #expect(
      documents.map { "\($0.path) \($0.status.rawValue)" } == [
        "p/.vscode/launch.json not_inventory", "p/other.json failed",
        "p/tsconfig.app.json not_inventory",
      ])
  }

  @Test("a folder is imported with all below it, paths relative to it, in order")
  func folder() throws {
    try inFolder(["b/card.json": card, "a.txt": "x"]) { root in
      let result = importFiles(at: [root + "/"])
      #expect(result.documents.map(\.path) == ["a.txt", "b/card.json"])
      #expect(result.documents.map(\.status) == [.notInventory, .imported])
      #expect(result.count(.imported) == 1)
      #expect(result.hasReadable)
      #expect(result.problems.isEmpty)
    }
  }

  @Test("several paths are told apart by the path as given; one given twice counts once")
  func severalPaths() throws {
    try inFolder(["a/card.json": card, "b/card.json": card]) { root in
      let result = importFiles(at: ["\(root)/a", "\(root)/b/card.json", "\(root)/a/"])
      #expect(result.documents.map(\.path) == ["\(root)/a/card.json", "\(root)/b/card.json"])
    }
  }

  @Test("a path that does not exist fails with its name, the others are imported")
  func missing() throws {
    try inFolder(["card.json": card]) { root in
      let result = importFiles(at: ["\(root)/gone.zip", "\(root)/card.json"])
      #expect(result.documents.map(\.status) == [.imported, .failed])
      #expect(result.documents[1].problems.first?.message.contains("no such file") == true)
      #expect(!importFiles(at: ["\(root)/gone.zip"]).hasReadable)
      #expect(importFiles(at: ["\(root)/gone.zip"]).documents.map(\.path) == ["gone.zip"])
    }
  }

  @Test("an empty folder is a problem of the path")
  func emptyFolder() throws {
    try inFolder([:]) { root in
      let result = importFiles(at: [root])
      #expect(result.documents.isEmpty)
      #expect(result.problems.map(\.location.path) == [root])
      #expect(!result.hasReadable)
    }
  }

  @Test("progress counts every file of the disk once")
  func progress() throws {
    try inFolder(["a.txt": "x", "b.json": card, "c.txt": "y"]) { root in
      var seen: [ImportProgress] = []
      _ = importFiles(at: [root]) { seen.append($0) }
      #expect(seen.map(\.done) == [1, 2, 3])
      #expect(seen.map(\.total) == [3, 3, 3])
      #expect(seen.map(\.path) == ["a.txt", "b.json", "c.txt"])
    }
  }

  @Test("importing again gives the same documents; a changed file another digest and fragment")
  func again() throws {
    try inFolder(["card.json": card, "p/project.json": uiPathManifest()]) { root in
      let first = importFiles(at: [root])
      #expect(importFiles(at: [root]) == first)
      try Data(card.replacing("\"A\"", with: "\"B\"").utf8).write(
        to: URL(filePath: "\(root)/card.json"))
      let second = importFiles(at: [root])
      #expect(second.documents[0].digest != first.documents[0].digest)
      #expect(second.documents[1] == first.documents[1])
      // Documents are kept by path, so the new one takes the place of the old one.
      var kept = Dictionary(uniqueKeysWithValues: first.documents.map { ($0.path, $0) })
      for document in second.documents { kept[document.path] = document }
      #expect(Estate(merging: Array(kept.values)).systems.map(\.name) == ["B", "Invoice_Bot"])
    }
  }
}
