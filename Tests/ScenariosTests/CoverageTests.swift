import Foundation
import Scenarios
import Testing

@Suite("The page on what the brief asks for")
struct CoverageTests {
  private struct Row {
    var number: Int
    var kind: String
    var state: String
    var place: String
  }

  private let root = scenarioFolder.deletingLastPathComponent()

  private func rows() throws -> [Row] {
    let page = root.appending(path: "docs/coverage.md")
    return try String(contentsOf: page, encoding: .utf8).split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 5, let number = Int(cells[0]) else { return nil }
      return Row(number: number, kind: cells[1], state: cells[3], place: cells[4])
    }
  }

  /// Names in code type within a text.
  private func names(in text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test("lists every row once, in order, with a state")
  func complete() throws {
    let rows = try rows()
    #expect(rows.map(\.number) == Array(1...204))
    for row in rows {
      #expect(!row.kind.isEmpty && row.kind.allSatisfy("IAMRCG".contains), "\(row)")
      #expect(
        ["yes", "part", "later", "claim", "left out"].contains(row.state), "row \(row.number)")
      // A mechanism or a target is there for anybody to try and shown by a test.
      if row.kind.contains("M") || row.kind.contains("C"), row.state == "yes" {
        #expect(
          row.place.contains("Tests`") || row.place.contains("](")
            || row.place.hasPrefix("see "), "row \(row.number)")
      }
      if row.state == "part" { #expect(row.place.count > 20, "row \(row.number)") }
    }
  }

  @Test("of mechanisms and targets at most one in ten is left out, for one of two reasons")
  func leftOut() throws {
    let modelled = try rows().filter { $0.kind.contains("M") || $0.kind.contains("C") }
    let missing = modelled.filter { $0.state == "left out" || $0.state == "claim" }
    #expect(missing.count * 10 <= modelled.count)
    for row in missing {
      #expect(
        row.place.hasPrefix("not computable from any evidence")
          || row.place.hasPrefix("outside simulation by the brief's own word"),
        "row \(row.number)")
    }
  }

  @Test("names keys, checks, tables and suites that there are")
  func namesWhatExists() throws {
    let keys = ScenarioKey.all.map(\.path)
    var suites: Set<String> = []
    let tests = FileManager.default.enumerator(
      at: root.appending(path: "Tests"), includingPropertiesForKeys: nil)
    for case let file as URL in try #require(tests) where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for word in text.split(separator: "struct ").dropFirst() {
        suites.insert(String(word.prefix { $0.isLetter || $0.isNumber }))
      }
    }
    let pages = try ["audit-checks", "assessments", "audit-policy"].map {
      try String(contentsOf: root.appending(path: "docs/reference/\($0).md"), encoding: .utf8)
    }.joined(separator: "\n")
    func isOfTheAudit(_ name: String) -> Bool {
      pages.contains("\n## \(name)\n") || pages.contains("`\(name)`")
    }
    for row in try rows() {
      for name in names(in: row.place) {
        if name.hasSuffix("Tests") {
          #expect(suites.contains(name), "row \(row.number): \(name)")
        } else {
          #expect(keys.contains(name) || isOfTheAudit(name), "row \(row.number): \(name)")
        }
      }
    }
  }
}
