import Facts
import Foundation
import Reporting
import Scenarios
import Testing

@Suite("The explanation of a scenario")
struct ExplanationTests {
  private func record(
    _ path: String, _ provenance: Provenance, note: String? = nil, isDefault: Bool = false
  ) -> ParameterRecord {
    ParameterRecord(
      path: path, text: "14 min", value: 840, unit: "s", provenance: provenance, note: note,
      location: SourceLocation(path: "s.yaml", line: 3, column: 5), isDefault: isDefault)
  }

  private var document: ExplanationDocument {
    ExplanationDocument(
      [
        record("f", .measured, note: "jobs.csv"), record("d", .imported, note: "loan.bpmn"),
        record("b", .assumed, note: "estimate"), record("e", .declared),
        record("a", .assumed, note: " "), record("c", .inferred, note: "lane"),
        record("b2", .assumed, note: "key table", isDefault: true),
      ], path: "s.yaml")
  }

  @Test("has the worst evidence first, what names no source before what does")
  func order() {
    #expect(document.parameters.map(\.record.path) == ["a", "b", "b2", "c", "d", "e", "f"])
  }

  @Test("counts each class, and in it what has no source and what nobody wrote")
  func counts() {
    #expect(
      document.classes.map(\.provenance) == [
        .assumed, .inferred, .imported, .declared, .measured,
      ])
    #expect(document.classes.map(\.count) == [3, 1, 1, 1, 1])
    #expect(document.classes.map(\.withoutSource) == [1, 0, 0, 1, 0])
    #expect(document.classes.map(\.byDefault) == [1, 0, 0, 0, 0])
  }

  @Test("shows value, number in its unit, source and line")
  func text() throws {
    let lines = explanationText(document).split(separator: "\n").map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    #expect(lines.first == "7 parameters")
    #expect(lines.contains("b 14 min 840 s estimate s.yaml:3:5"))
    #expect(lines.contains("a 14 min 840 s no source s.yaml:3:5"))
    #expect(lines.contains("b2 14 min 840 s default: key table not written (s.yaml:3:5)"))
  }

  @Test("a value too long for a line is cut in words, and whole in JSON")
  func longValue() throws {
    let sample = "empirical " + Array(repeating: "8.25 min", count: 400).joined(separator: ", ")
    var long = record("f", .measured, note: "log.csv")
    long.text = sample
    let document = ExplanationDocument([long], path: "s.yaml")
    let text = explanationText(document)
    #expect(text.contains("empirical 8.25 min, 8.25 min") && text.contains("…"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count < 200 })
    #expect(try jsonText(document).contains(sample))
  }

  @Test("in JSON each parameter says whether nobody wrote it")
  func json() throws {
    let text = try jsonText(document)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let parameters = try #require(root["parameters"] as? [[String: Any]])
    #expect(
      parameters.map { $0["byDefault"] as? Bool } == [
        false, false, true, false, false, false, false,
      ])
    #expect(parameters[0]["provenance"] as? String == "assumed")
    #expect((root["classes"] as? [[String: Any]])?.count == 5)
  }
}
