import Foundation
import Subprocess
import Testing

extension EndToEndTests {
  /// Studies go on where they were, and cost nothing the second time.
  @Suite("Kept studies") struct KeptStudyTests {
    private static let loan = "scenarios/loan-approval.yaml"

    private func command(_ folder: TemporaryFolder, _ options: String...) -> [String] {
      ["compare", Self.loan, "--format", "json", "--workspace", folder.workspace] + options
    }

    /// What an uninterrupted run without any workspace prints.
    private func fresh(_ options: String...) async throws -> String {
      let outcome = try await rehearse(
        ["compare", Self.loan, "--format", "json", "--no-record"] + options)
      try #require(outcome.exitCode == 0, "\(outcome)")
      return outcome.output
    }

    private func studies(_ folder: TemporaryFolder) async throws -> [[String: Any]] {
      let outcome = try await rehearse(
        ["studies", "--format", "json", "--workspace", folder.workspace])
      guard outcome.exitCode == 0 else { return [] }
      let list = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      return list as? [[String: Any]] ?? []
    }

    /// Waits until the running study has kept a replication, at most two minutes.
    private func hasKept(_ folder: TemporaryFolder) async throws -> Bool {
      let deadline = ContinuousClock.now + .seconds(120)
      while ContinuousClock.now < deadline {
        if let done = try await studies(folder).first?["done"] as? Int, done > 0 { break }
        try await Task.sleep(for: .milliseconds(100))
      }
      return true
    }

    /// Five variants: eight replications are 40 rehearsals.
    @Test(
      "the same study twice is taken from the workspace, and more replications cost the rest alone")
    func twice() async throws {
      let folder = try TemporaryFolder()
      let first = try await rehearse(command(folder, "--replications", "4"))
      try #require(first.exitCode == 0, "\(first)")
      #expect(!first.errors.contains("taken from the workspace"))
      #expect(first.output == (try await fresh("--replications", "4")))
      let again = try await rehearse(command(folder, "--replications", "4"))
      #expect(again.output == first.output)
      #expect(again.errors.contains("taken from the workspace: all 20 rehearsals"))

      let more = try await rehearse(command(folder, "--replications", "8"))
      #expect(more.errors.contains("taken from the workspace: 20 of 40 rehearsals"))
      #expect(more.output == (try await fresh("--replications", "8")))
      let fewer = try await rehearse(command(folder, "--replications", "3", "--threads", "1"))
      #expect(fewer.errors.contains("taken from the workspace: all 15 rehearsals"))
      #expect(fewer.output == (try await fresh("--replications", "3")))

      let list = try await studies(folder)
      #expect(list.map { $0["replications"] as? Int } == [4, 8, 3])
      #expect(list.allSatisfy { $0["hasResult"] as? Bool == true })
      // What was printed is what is shown.
      let shown = try await output(
        of: "studies", "show", "1", "--format", "json", "--workspace", folder.workspace)
      #expect(shown == first.output)
    }

    @Test("another seed, another parameter of a variant: nothing is taken that does not fit")
    func otherInputs() async throws {
      let folder = try TemporaryFolder()
      let first = try await rehearse(command(folder, "--replications", "2"))
      try #require(first.exitCode == 0, "\(first)")
      let seed = try await rehearse(command(folder, "--replications", "2", "--seed", "8"))
      #expect(seed.exitCode == 0 && !seed.errors.contains("taken from the workspace"))
      #expect(seed.output == (try await fresh("--replications", "2", "--seed", "8")))
      let change = ["--set", "teams.underwriting.people=3"]
      let people = try await rehearse(command(folder, "--replications", "2") + change)
      #expect(people.exitCode == 0 && !people.errors.contains("taken from the workspace"))
      let without = try await rehearse(command(folder, "--replications", "2", "--no-record"))
      #expect(!without.errors.contains("taken from the workspace"))
      #expect(without.output == first.output)
      #expect(try await studies(folder).count == 3)
    }

    @Test("a study that is killed goes on where it was, and shows the same to the byte")
    func killed() async throws {
      let folder = try TemporaryFolder()
      let command = command(folder, "--replications", "24", "--threads", "1")
      let killed = try await rehearse(command) { try await hasKept(folder) }
      try #require(killed.exitCode == nil, "the comparison was not killed: \(killed)")
      let left = try #require(try await studies(folder).first)
      #expect(left["hasResult"] as? Bool == false)
      let done = try #require(left["done"] as? Int)
      #expect(0 < done && done < 24)

      let finished = try await rehearse(command)
      try #require(finished.exitCode == 0, "\(finished)")
      #expect(finished.errors.contains("taken from the workspace: "))
      #expect(!finished.errors.contains("all 120 rehearsals"))
      #expect(finished.output == (try await fresh("--replications", "24")))
      #expect(try await studies(folder).map { $0["hasResult"] as? Bool } == [true])
    }

    @Test("one that Ctrl-C or --max-time stopped goes on as well")
    func stopped() async throws {
      let folder = try TemporaryFolder()
      let command = command(folder, "--replications", "40", "--threads", "1")
      let interrupted = try await rehearse(command, signal: .interrupt) {
        try await hasKept(folder)
      }
      try #require(interrupted.exitCode == 130, "\(interrupted)")
      let timed = try await rehearse(command + ["--max-time", "1 s"])
      #expect(timed.exitCode == 4 || timed.exitCode == 0, "\(timed)")
      let whole = try await rehearse(command)
      try #require(whole.exitCode == 0, "\(whole)")
      #expect(whole.output == (try await fresh("--replications", "40")))
      #expect(whole.errors.contains("taken from the workspace: "))
    }

    @Test("studies are listed, shown and removed, and with the last of them their replications")
    func list() async throws {
      let folder = try TemporaryFolder()
      for number in ["2", "3"] {
        let outcome = try await rehearse(command(folder, "--replications", number))
        try #require(outcome.exitCode == 0, "\(outcome)")
      }
      let listed = try await output(of: "studies", "list", "--workspace", folder.workspace)
      #expect(listed.contains("complete") && listed.contains(Self.loan))
      let shown = try await output(of: "studies", "show", "2", "--workspace", folder.workspace)
      #expect(shown.contains("Cost per case") && shown.contains("agents+layer"))
      let removed = try await rehearse(
        "studies", "remove", "1", "9", "--workspace", folder.workspace)
      expectRefusal(removed, "there is no study 9")
      #expect(try await studies(folder).count == 2)
      _ = try await output(of: "studies", "remove", "1", "2", "--workspace", folder.workspace)
      #expect(try await studies(folder).isEmpty)
      let anew = try await rehearse(command(folder, "--replications", "2"))
      #expect(anew.exitCode == 0 && !anew.errors.contains("taken from the workspace"))
    }

    /// Five people instead of the scenario's number is a change of one key; 12 replications tell its effect
    /// on the backlog-ridden underwriting from noise, and leave the figure of unaffected variants alone.
    @Test("two studies are compared by their inputs and by figures that moved beyond noise")
    func comparing() async throws {
      let folder = try TemporaryFolder()
      try folder.copy("inventories/meridian-bank", to: "inventories/meridian-bank")
      let text = try projectText(Self.loan)
      let scenario = folder.file("scenarios/loan-approval.yaml")
      for seed in ["1", "2"] {
        let title = seed == "1" ? text : text + "\n# later\n"
        try folder.write(title.utf8, to: "scenarios/loan-approval.yaml")
        let outcome = try await rehearse([
          "compare", scenario, "--replications", "6", "--seed", seed, "--workspace",
          folder.workspace,
        ])
        try #require(outcome.exitCode == 0, "\(outcome)")
      }
      let noise = try json(
        await output(
          of: "studies", "compare", "1", "2", "--format", "json", "--workspace", folder.workspace))
      // A comment is no change; the seed is.
      let inputs = try #require(noise["inputs"] as? [[String: Any]])
      #expect(inputs.map { $0["what"] as? String } == ["--seed"])
      let figures = try #require(noise["figures"] as? [[String: Any]])
      #expect(figures.count == 5 * 8)

      let dearer = try await rehearse([
        "compare", scenario, "--replications", "6", "--seed", "3", "--set",
        "teams.underwriting.cost=400 EUR/h", "--workspace", folder.workspace,
      ])
      try #require(dearer.exitCode == 0, "\(dearer)")
      let moved = try json(
        await output(
          of: "studies", "compare", "1", "3", "--format", "json", "--workspace", folder.workspace))
      let clear = try #require(moved["figures"] as? [[String: Any]]).filter {
        $0["isClear"] as? Bool == true && $0["variant"] as? String == "as-is"
      }
      let cost = try #require(clear.first { $0["figure"] as? String == "cost_per_case" })
      #expect((cost["after"] as? Double ?? 0) > (cost["before"] as? Double ?? 0))
      let same = try await rehearse(
        "studies", "compare", "1", "7", "--workspace", folder.workspace)
      expectRefusal(same, "there is no study 7")
    }
  }
}
