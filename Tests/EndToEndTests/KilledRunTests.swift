import Foundation
import Testing

extension EndToEndTests {
  /// A run that is killed leaves the workspace as it was, and usable.
  @Suite("Killed runs") struct KilledRunTests {
    private static let count = 150

    /// A folder with so many processes that importing it takes a while.
    private func exports(_ folder: TemporaryFolder, name: String) throws {
      let text = try projectText("inventories/meridian-bank/bpmn/loan-approval.bpmn")
        .replacing("name=\"Loan Approval\"", with: "name=\"\(name)\"")
      for number in 0..<Self.count {
        try folder.write(text.utf8, to: "exports/\(number).bpmn")
      }
    }

    private func list(_ folder: TemporaryFolder) async throws -> String {
      let outcome = try await rehearse(
        ["inventory", "list", "--format", "json", "--workspace", folder.workspace])
      #expect(outcome.exitCode == 0, "\(outcome)")
      return outcome.output
    }

    @Test("an import killed while it reads, or in the middle of writing, leaves what was there")
    func killedImport() async throws {
      let folder = try TemporaryFolder()
      try exports(folder, name: "First Process")
      let command = ["import", folder.file("exports"), "--workspace", folder.workspace]
      let begun = ContinuousClock.now
      let whole = try await rehearse(command)
      let duration = ContinuousClock.now - begun
      try #require(whole.exitCode == 0, "\(whole)")
      let before = try await list(folder)
      #expect(before.contains("First Process"))
      try exports(folder, name: "Second Process")

      for share in [0.05, 0.2, 0.4] {
        let killed = try await rehearse(command) {
          try await Task.sleep(for: duration * share)
          return true
        }
        if killed.exitCode == nil { #expect(try await list(folder) == before) }
      }

      // SQLite keeps a journal beside the file while a change is being written.
      let journal = folder.workspace + "-journal"
      let killed = try await rehearse(command) {
        let deadline = ContinuousClock.now + .seconds(30)
        while !FileManager.default.fileExists(atPath: journal), ContinuousClock.now < deadline {
          try await Task.sleep(for: .microseconds(200))
        }
        return true
      }
      #expect(killed.exitCode == nil, "the import was not killed: \(killed)")
      #expect(FileManager.default.fileExists(atPath: journal), "not killed while writing")
      #expect(try await list(folder) == before)

      let finished = try await rehearse(command)
      #expect(finished.exitCode == 0, "\(finished)")
      let after = try await list(folder)
      #expect(after.contains("Second Process") && !after.contains("First Process"))
    }

    @Test("a first import that is killed leaves nothing that later commands stumble over")
    func killedFirstImport() async throws {
      let folder = try TemporaryFolder()
      try exports(folder, name: "First Process")
      let command = ["import", folder.file("exports"), "--workspace", folder.workspace]
      let journal = folder.workspace + "-journal"
      let killed = try await rehearse(command) {
        let deadline = ContinuousClock.now + .seconds(30)
        while !FileManager.default.fileExists(atPath: journal), ContinuousClock.now < deadline {
          try await Task.sleep(for: .microseconds(200))
        }
        return true
      }
      #expect(killed.exitCode == nil, "the import was not killed: \(killed)")
      let asked = try await rehearse(["inventory", "--workspace", folder.workspace])
      #expect(asked.exitCode == 0 || asked.exitCode == 2, "\(asked)")
      #expect(!asked.output.contains("First Process"))
      #expect(try await rehearse(command).exitCode == 0)
      #expect(try await list(folder).contains("First Process"))
    }

    /// What it has done by then is kept; `KeptStudyTests` has that it goes on.
    @Test("a comparison that is killed leaves no report, and what was there before")
    func killedComparison() async throws {
      let folder = try TemporaryFolder()
      _ = try await output(
        of: "import", "inventories/meridian-bank", "--workspace", folder.workspace)
      let listed = try await list(folder)
      let place = folder.file("report.html")
      let killed = try await rehearse([
        "compare", "scenarios/loan-approval.yaml", "--workspace", folder.workspace, "--output",
        place,
      ]) {
        try await Task.sleep(for: .seconds(1.5))
        return true
      }
      #expect(killed.exitCode == nil, "the comparison was not killed: \(killed)")
      #expect(!FileManager.default.fileExists(atPath: place))
      #expect(try await list(folder) == listed)
      let studies = try await output(of: "studies", "--workspace", folder.workspace)
      #expect(!studies.contains("complete"))
    }
  }
}
