import Foundation
import Scenarios
import Testing

@Suite("The reference page of scenario keys")
struct ScenarioReferencePageTests {
  private let page = scenarioFolder.deletingLastPathComponent()
    .appending(path: "docs/reference/scenario-keys.md")

  @Test("is what the table of keys says")
  func isUpToDate() throws {
    let text = scenarioReferencePage()
    if ProcessInfo.processInfo.environment["REHEARSE_REWRITE_GOLDEN"] != nil {
      try text.write(to: page, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: page, encoding: .utf8)
    let lines = zip(written.split(separator: "\n"), text.split(separator: "\n"))
    let difference = lines.first { $0 != $1 }
    #expect(difference == nil, "docs/reference/scenario-keys.md is out of date: make golden")
    #expect(written == text)
  }

  @Test("names every key once")
  func namesEveryKeyOnce() {
    let text = scenarioReferencePage()
    for key in ScenarioKey.all {
      let rows = text.split(separator: "\n").filter {
        $0.hasPrefix("| `\(key.path)` |") || $0.hasPrefix("| **`\(key.path)`** |")
      }
      #expect(rows.count == 1, "\(key.path)")
    }
  }
}
