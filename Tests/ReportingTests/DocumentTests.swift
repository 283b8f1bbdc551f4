@testable import Experiments
import Facts
import Foundation
import Inventory
import Reporting
import Testing

@Suite struct DocumentTests {
  private func object(_ value: some Encodable) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(try jsonText(value).utf8)) as? [String: Any])
  }

  @Test("variants stand under their names, and their order is kept")
  func study() throws {
    let document = try object(StudyDocument(SampleStudy().report()))
    #expect(document["order"] as? [String] == SampleStudy.variants.map(\.name))
    let variants = try #require(document["variants"] as? [String: Any])
    #expect(Set(variants.keys) == Set(SampleStudy.variants.map(\.name)))
    let agents = try #require(variants["agents"] as? [String: Any])
    let figures = try #require(agents["figures"] as? [String: Any])
    #expect(Set(figures.keys) == Set(Figure.allCases.map(\.rawValue)))
    let cost = try #require(figures["cost_per_case"] as? [String: Any])
    #expect(cost["mean"] as? Double == 71.8)
    #expect(cost["unit"] as? String == "EUR")
    #expect(cost["n"] as? Int == 200)
    let differences = try #require(document["differences"] as? [[String: Any]])
    #expect(differences.count == 4 * Figure.allCases.count)
    #expect(document["parameters"] != nil)
    #expect((document["provenance"] as? [String: Any])?["command"] != nil)
  }

  @Test("keys are sorted, and the same study gives the same bytes")
  func stable() throws {
    let text = try jsonText(StudyDocument(SampleStudy().study()))
    #expect(text == (try jsonText(StudyDocument(SampleStudy().study()))))
    let top = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }
      .compactMap { $0.split(separator: "\"").dropFirst().first }
    #expect(top == top.sorted())
    #expect(text.hasSuffix("}\n"))
  }

  @Test("what JSON has no number for is a word")
  func infinite() throws {
    var study = SampleStudy().study()
    study.variants[0].teams[0].fluid.lastWeekIntensity = .infinity
    #expect(try jsonText(StudyDocument(study)).contains("\"lastWeekIntensity\" : \"infinite\""))
  }

  @Test("an audit names path and position of each piece of evidence")
  func audit() throws {
    let document = try object(AuditDocument(SampleEstate.audit()))
    let findings = try #require(document["findings"] as? [[String: Any]])
    #expect(!findings.isEmpty)
    for finding in findings {
      for key in ["id", "check", "severity", "title", "subjects", "evidence", "why", "remedy"] {
        #expect(finding[key] != nil, "\(key) is missing")
      }
      for evidence in try #require(finding["evidence"] as? [[String: Any]]) {
        #expect(evidence["path"] is String)
        #expect(evidence.keys.contains("position"))
      }
    }
    let counts = try #require(document["counts"] as? [String: Int])
    #expect(Set(counts.keys) == Set(Severity.allCases.map(\.rawValue)))
    #expect(counts.values.reduce(0, +) == findings.count)
  }

  @Test("an import says of each file what became of it, with positions of problems")
  func imports() throws {
    let document = try object(
      ImportDocument(
        SampleEstate.documents.map(DocumentHead.init), problems: SampleEstate.problems,
        estate: EstateSnapshot(SampleEstate.estate)))
    let files = try #require(document["files"] as? [[String: Any]])
    #expect(
      files.map { $0["status"] as? String } == ["partial", "imported", "not_inventory", "failed"])
    #expect(files[2]["format"] is NSNull)
    #expect(files[0]["systems"] as? Int == 2)
    let problem = try #require((files[0]["problems"] as? [[String: Any]])?.first)
    #expect(problem["severity"] as? String == "low")
    #expect(problem["position"] as? String == "1")
    let totals = try #require(document["totals"] as? [String: Int])
    #expect(totals["systems"] == 2)
    #expect(totals["failed"] == 1)
    #expect(totals["problems"] == 3)
  }

  @Test("every key that is printed stands in the page of outputs")
  func documented() throws {
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/reference/outputs.md").standardizedFileURL, encoding: .utf8)
    let names = Set(SampleStudy.variants.map(\.name) + Severity.allCases.map(\.rawValue))
    let printed: [any Encodable] = [
      StudyDocument(SampleStudy().report()), AuditDocument(SampleEstate.audit()),
      ImportDocument(
        SampleEstate.documents.map(DocumentHead.init), problems: SampleEstate.problems,
        estate: EstateSnapshot(SampleEstate.estate)),
    ]
    for document in printed {
      let keys = keys(
        in: try JSONSerialization.jsonObject(with: Data(try jsonText(document).utf8)))
      for key in keys.subtracting(names).sorted() {
        #expect(page.contains("`\(key)`"), "\(key) is not in docs/reference/outputs.md")
      }
    }
  }

  @Test("every severity and status that is printed stands in the page of outputs")
  func documentedWords() throws {
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/reference/outputs.md").standardizedFileURL, encoding: .utf8)
    let words =
      Severity.allCases.map(\.rawValue) + Provenance.allCases.map(\.rawValue)
      + SourceDocument.Status.allCases.map(\.rawValue)
    for word in words { #expect(page.contains("`\(word)`"), "\(word) is missing") }
  }

  private func keys(in value: Any) -> Set<String> {
    switch value {
    case let object as [String: Any]:
      object.reduce(into: Set(object.keys)) { $0.formUnion(keys(in: $1.value)) }
    case let array as [Any]: array.reduce(into: []) { $0.formUnion(keys(in: $1)) }
    default: []
    }
  }
}
