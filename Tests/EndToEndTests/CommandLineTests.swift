import Foundation
import Testing

extension EndToEndTests {
  @Suite("Command line") struct CommandLineTests {
    /// Every command, by its words.
    static let commands: [[String]] = [
      [], ["import"], ["inventory"], ["inventory", "list"], ["inventory", "show"],
      ["inventory", "set"], ["inventory", "merge"], ["inventory", "split"],
      ["inventory", "alias"], ["inventory", "unalias"], ["inventory", "matches"],
      ["inventory", "corrections"], ["inventory", "undo"], ["inventory", "export"],
      ["inventory", "register"], ["inventory", "history"], ["graph"], ["audit"],
      ["audit", "checks"], ["simulate"],
      ["calibrate"], ["calibrate", "log"], ["calibrate", "automations"], ["compare"], ["report"],
      ["sweep"], ["sweep", "grid"], ["sweep", "sample"],
      ["sweep", "screen"],
      ["sweep", "sobol"],
      ["sweep", "uncertainty"], ["sweep", "tipping"], ["sweep", "smallest"], ["sweep", "best"],
      ["sweep", "why"], ["studies"], ["studies", "list"], ["studies", "show"],
      ["studies", "compare"], ["studies", "remove"], ["bundle"], ["rerun"], ["backtest"], ["serve"],
      ["scenario"],
      ["scenario", "check"], ["scenario", "import"], ["scenario", "keys"], ["doctor"],
      ["questionnaire"], ["questionnaire", "new"], ["questionnaire", "fill"],
      ["questionnaire", "show"],
    ]
    /// Those that only lead to others.
    static let groups: [[String]] = [["inventory"], ["scenario"], ["studies"]]

    @Test("every command explains itself, with examples where it does work", arguments: commands)
    func help(command: [String]) async throws {
      let outcome = try await rehearse(command + ["--help"])
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.errors == "")
      #expect(outcome.output.contains("USAGE: rehearse"))
      guard !Self.groups.contains(command) else { return }
      let lines = outcome.output.split(separator: "\n")
      let heading = try #require(
        lines.firstIndex { $0.trimmingCharacters(in: .whitespaces) == "EXAMPLES" },
        "no examples in \(outcome)")
      let words = (["rehearse"] + command).joined(separator: " ")
      #expect(
        lines[(heading + 1)...].prefix { $0.hasPrefix("  ") }.contains {
          $0.trimmingCharacters(in: .whitespaces).hasPrefix(
            ["inventory list": "rehearse inventory", "sweep grid": "rehearse sweep"][
              command.joined(separator: " ")] ?? words)
        }, "no example of '\(words)' in \(outcome)")
    }

    @Test("no command is missing in the list above")
    func allCommands() async throws {
      let help = try await output(of: "--help")
      let listed = help.split(separator: "\n").drop { !$0.hasPrefix("SUBCOMMANDS") }.dropFirst()
        .compactMap { line in
          line.hasPrefix("  ") && !line.hasPrefix("   ")
            ? line.split { $0 == " " || $0 == "," }.first.map(String.init) : nil
        }.filter { $0 != "See" }
      #expect(Set(listed) == Set(Self.commands.compactMap(\.first)))
    }

    @Test(
      "wrong usage gives exit code 64 and says what is right",
      arguments: [
        (["imprt", "x"], "imprt"), (["import"], "<paths>"),
        (["import", "--frmat", "json", "x"], "--format"),
        (["audit", "--fail-on", "grave"], "grave"),
        (["audit", "--check", "ownr-gap"], "owner-gap"), (["audit", "--new-only"], "--baseline"),
        (["graph", "--format", "png"], "png"), (["compare"], "<scenario>"),
        (["compare", "x.yaml", "--replications", "1"], "--replications"),
        (["compare", "x.yaml", "--threads", "0"], "--threads"), (["simulate"], "<scenario>"),
        (["simulate", "x.yaml", "--replications", "0"], "--replications"),
        (["simulate", "x.yaml", "--max-time", "5"], "--max-time"),
        (["simulate", "x.yaml", "--max-time", "2 working days"], "--max-time"),
        (["simulate", "x.yaml", "--max-events", "0"], "--max-events"),
        (["compare", "x.yaml", "--max-cases-inside", "0"], "--max-cases-inside"),
        (["compare", "x.yaml", "--set", "teams"], "path=value"),
        (["compare", "x.yaml", "--seed", "-1"], "--seed"), (["audit", "--top", "0"], "--top"),
        (["simulate", "x.yaml", "--no-record"], "--no-record is an option of rehearse compare."),
        (["audit", "--lead-time", "8 weeks"], "is an option of rehearse sweep smallest."),
        (["questionnaire", "show", "x.yaml", "--seed", "7"], "go with --scenario"),
        (
          [
            "sweep", "smallest", "x.yaml", "--variant", "a", "--range", "teams.a.people=1..2",
            "--set", "teams",
          ], "path=value"
        ),
        (["scenario", "chek", "x.yaml"], "chek"), (["inventory", "show"], "<name>"),
      ])
    func wrongUsage(arguments: [String], text: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await rehearse(arguments, in: folder.path)
      #expect(outcome.exitCode == 64, "\(outcome)")
      #expect(outcome.errors.contains(text), "expected '\(text)' in \(outcome)")
      #expect(outcome.output == "")
      #expect(try folder.contents() == [:])
    }

    static let scenarios: [String] = {
      let names = try? FileManager.default.subpathsOfDirectory(atPath: "\(packageRoot)/scenarios")
      return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    @Test("every scenario of the project can be run", arguments: scenarios)
    func scenarioCheck(file: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await rehearse(
        ["scenario", "check", "\(packageRoot)/scenarios/\(file)"], in: folder.path)
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.errors == "", "a warning: \(outcome)")
      #expect(outcome.output.contains("can be run"))
      #expect(try folder.contents() == [:])
    }

    @Test("the keys of the language are printed as they stand in the reference")
    func scenarioKeys() async throws {
      let page = try await output(of: "scenario", "keys")
      #expect(try projectText("docs/reference/scenario-keys.md") == page)
    }

    @Test("doctor says what is installed and asks for no workspace")
    func doctor() async throws {
      let folder = try TemporaryFolder()
      let text = try await output(of: "doctor", "--workspace", folder.workspace, "--format", "json")
      let parts = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
      let present = parts.filter { $0["isPresent"] as? Bool == true }.compactMap { $0["name"] }
      #expect(present.contains { $0 as? String == "libraries" })
      #expect(try folder.contents() == [:])
    }

    @Test("the version is printed")
    func version() async throws {
      let text = try await output(of: "--version")
      #expect(text.split(separator: ".").count == 3)
    }
  }
}
