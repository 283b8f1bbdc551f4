import Foundation
import Testing

@testable import Auditing

@Suite("the reference page of the assessments")
struct AssessmentReferenceTests {
  @Test("every registered assessment has its section, in order, and no other has one")
  func sections() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "docs/reference/assessments.md"), encoding: .utf8)
    let sections = page.components(separatedBy: "\n## ").dropFirst()
    #expect(sections.map { String($0.prefix { $0 != "\n" }) } == Assessment.all.map(\.id))
    for section in sections {
      for part in ["**Shows**", "**Formula.**"] {
        #expect(section.contains(part), "\(section.prefix(30)) lacks \(part)")
      }
    }
  }
}
