import Foundation
import Testing

@testable import Importing

@Suite("The reference page of formats")
struct FormatsReferenceTests {
  private let page: String

  init() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    page = try String(
      contentsOf: root.appending(path: "docs/reference/formats.md"), encoding: .utf8)
  }

  @Test("every registered format has its section with all parts, in order, and no other has one")
  func sections() {
    let sections = page.components(separatedBy: "\n## ").dropFirst()
      .filter { $0.hasPrefix("`") }
    let titles = sections.map { section in String(section.prefix { $0 != "\n" }) }
    #expect(titles == ImportFormat.all.map { "`\($0.id)`: \($0.title)" })
    for section in sections {
      for part in ["**Exported from.**", "**Recognised by.**", "**Gives.**", "**Cannot tell.**"] {
        #expect(section.contains(part), "\(section.prefix(30)) lacks \(part)")
      }
    }
  }
}
