import Facts
import Foundation
import Importing
import Inventory
import Scenarios
import Simulation
import Testing

/// A YAML mapping in block style, taken apart so far that examples can be merged into a scenario.
private struct BlockMapping {
  /// A key with the lines that follow it, or lines without one.
  private struct Part {
    var key: String?
    var head: String
    var rest: [String]
    var isMapping: Bool {
      let first = rest.first { !$0.allSatisfy(\.isWhitespace) && !$0.trimmed.hasPrefix("#") }
      return first.map { !$0.trimmed.hasPrefix("- ") } ?? false
    }
  }

  private var parts: [Part] = []

  init(_ lines: [String]) {
    let indents = lines.filter { !$0.trimmed.isEmpty && !$0.trimmed.hasPrefix("#") }.map(\.indent)
    let indent = indents.min() ?? 0
    for line in lines {
      let isContent = !line.trimmed.isEmpty && !line.trimmed.hasPrefix("#")
      if isContent, line.indent == indent {
        let key = line.trimmed.prefix { $0 != ":" }
        parts.append(Part(key: String(key), head: line, rest: []))
      } else if parts.isEmpty {
        parts.append(Part(key: nil, head: line, rest: []))
      } else {
        parts[parts.count - 1].rest.append(line)
      }
    }
  }

  var lines: [String] { parts.flatMap { [$0.head] + $0.rest } }

  /// Merges another mapping into this one, key by key; what is no mapping in both is replaced.
  mutating func merge(_ other: BlockMapping) {
    for part in other.parts {
      guard let index = parts.firstIndex(where: { $0.key != nil && $0.key == part.key }) else {
        parts.append(part)
        continue
      }
      if parts[index].isMapping, part.isMapping {
        var whole = BlockMapping(parts[index].rest)
        whole.merge(BlockMapping(part.rest))
        parts[index].rest = whole.lines
      } else {
        parts[index] = part
      }
    }
  }
}

extension String {
  fileprivate var indent: Int { prefix { $0 == " " }.count }
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

/// Every block marked `yaml` on the pages of mechanisms: a whole scenario begins with `rehearse: 1` and is
/// one of the sample process; all else of a page is merged into the loan scenario.
@Suite("Examples on the pages of mechanisms") struct MechanismExampleTests {
  static let folder = scenarioFolder.deletingLastPathComponent()
    .appending(path: "docs/reference/mechanisms")

  static let pages: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted()

  /// The scenarios that the examples of a page make.
  private func scenarios(of page: String) throws -> [Scenario] {
    let text = try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8)
    let examples = text.components(separatedBy: "```yaml\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    #expect(!examples.isEmpty, "\(page) has no example marked yaml")
    var scenarios = try examples.filter { $0.hasPrefix("rehearse: 1\n") }.map { try read($0) }
    let fragments = examples.filter { !$0.hasPrefix("rehearse: 1\n") }
    guard !fragments.isEmpty else { return scenarios }
    let base = try scenarioText("loan-approval.yaml").components(separatedBy: "\n")
    var whole = BlockMapping(base)
    for fragment in fragments { whole.merge(BlockMapping(fragment.components(separatedBy: "\n"))) }
    let merged = whole.lines.joined(separator: "\n")
    scenarios.append(
      try readScenario(Array(merged.utf8), path: page) { named in
        let source = scenarioFolder.appending(path: named).standardized
        return Estate(merging: importFiles(at: [source.path()]).documents)
      })
    return scenarios
  }

  @Test("every example is read, compiled without a warning and runs", arguments: pages)
  func runs(page: String) throws {
    for scenario in try scenarios(of: page) {
      let compiled = try compile(scenario)
      #expect(compiled.warnings.map(\.message) == [])
      for variant in compiled.variants {
        let record = try runReplication(of: variant.model, seed: compiled.seed, replication: 0)
        #expect(record.cohorts.contains { $0.completed > 0 }, "\(variant.name)")
      }
    }
  }

  @Test("merging keeps what is not named, adds what is new and replaces values")
  func merging() {
    var base = BlockMapping(["a:", "  # why", "  b: 1", "  c: { d: 2 }", "e: 3"])
    base.merge(BlockMapping(["a:", "  c: { d: 4 }", "  f:", "    g: 5", "h: 6"]))
    #expect(
      base.lines == [
        "a:", "  # why", "  b: 1", "  c: { d: 4 }", "  f:", "    g: 5", "e: 3", "h: 6",
      ])
  }
}
