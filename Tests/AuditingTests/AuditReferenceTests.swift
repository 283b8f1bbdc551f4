import Foundation
import Testing

@testable import Auditing

@Suite("the reference page of the checks")
struct AuditReferenceTests {
  private let page: String

  init() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    page = try String(
      contentsOf: root.appending(path: "docs/reference/audit-checks.md"), encoding: .utf8)
  }

  @Test("every registered check has its section with all parts, in order, and no other has one")
  func sections() {
    let sections = page.components(separatedBy: "\n## ").dropFirst()
    let titles = sections.map { section in String(section.prefix { $0 != "\n" }) }
    #expect(titles == AuditCheck.all.map(\.id))
    for section in sections {
      for part in ["**Finds**", "**Formula.**", "**Severity.**", "**Remedy.**"] {
        #expect(section.contains(part), "\(section.prefix(30)) lacks \(part)")
      }
    }
  }

  @Test("every option is listed with the default it has")
  func options() {
    for (name, value) in Mirror(reflecting: AuditOptions()).children {
      guard let name else { continue }
      let shown = name == "checks" ? "all" : "\(value)"
      #expect(page.contains("| `\(name)` | \(shown) |"), "\(name) = \(shown)")
    }
  }
}
