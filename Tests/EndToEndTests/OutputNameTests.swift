import Foundation
import Testing

extension EndToEndTests {
  /// What the name of an output says of its format.
  @Suite("Names of outputs") struct OutputNameTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func text(_ name: String) throws -> String {
      try String(contentsOfFile: folder.file(name), encoding: .utf8)
    }

    @Test("the ending says the format where nothing else does")
    func endings() async throws {
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", "inventories/meridian-bank"] + workspace)
      for (verb, name, beginning) in [
        (["graph", "--data"], "map.dot", "digraph"), (["graph"], "map.mmd", "flowchart"),
        (["inventory", "list"], "systems.csv", "System,"),
        (["inventory", "list"], "systems.json", "{"),
        (["audit"], "audit.html", "<!DOCTYPE"),
      ] {
        let outcome = try await rehearse(verb + ["--output", folder.file(name)] + workspace)
        #expect(outcome.exitCode == 0, "\(outcome)")
        let written = try text(name)
        #expect(written.hasPrefix(beginning), "\(name): \(written.prefix(80))")
      }
      // The robot's credential is the only name in the sample that says it is sensitive.
      #expect(try text("map.dot").contains("carries credentials"))
    }

    @Test(
      "a name that says another format, or one that is not written, is wrong usage",
      arguments: [
        (["graph", "--format", "svg"], "map.dot", "leave one of them out"),
        (["audit"], "audit.pdf", "text, json, html, csv, xlsx, sarif"),
        (["simulate", "scenarios/loan-approval.yaml"], "loan.svg", "Reports are written as .html"),
        (
          ["simulate", "scenarios/loan-approval.yaml", "--trace", "slowest"], "loan.html",
          "reports are of the figures"
        ),
        (
          ["simulate", "scenarios/loan-approval.yaml", "--output", "a.txt"], "b.json",
          "leave one out"
        ),
        (["inventory", "list"], "systems.xlsx", "text, json, csv"),
        (["questionnaire", "show", "none.yaml"], "page.pdf", "text, json, html"),
      ])
    func contradictions(verb: [String], name: String, said: String) async throws {
      let outcome = try await rehearse(verb + ["--output", folder.file(name)])
      #expect(outcome.exitCode == 64, "\(outcome)")
      #expect(outcome.errors.contains(name) && outcome.errors.contains(said), "\(outcome)")
      #expect(!FileManager.default.fileExists(atPath: folder.file(name)))
    }
  }
}
