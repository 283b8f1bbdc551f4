import Foundation
import Testing

extension EndToEndTests {
  /// A scenario that is wrong gives one message with line and column, exit code 2, and leaves no trace.
  @Suite("Bad scenarios") struct BadScenarioTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
      var testDescription: String
      /// The scenario below `scenarios/` that is right.
      var scenario: String
      /// What is right in it, and what takes its place.
      var passage: String
      var mistake: String
      /// The message points at the first occurrence of this.
      var mark: String
      var texts: [String]
    }

    static let mistakes = [
      Mistake(
        testDescription: "unknown key", scenario: "reference/bulk-review.yaml",
        passage: "review: 6 min", mistake: "review: 6 min\n    blokcs: true", mark: "blokcs",
        texts: ["blokcs", "did you mean 'blocks'?"]),
      Mistake(
        testDescription: "unknown section", scenario: "reference/bulk-review.yaml",
        passage: "experiment:", mistake: "exhuastion: { watch: [reviewers] }\nexperiment:",
        mark: "exhuastion", texts: ["exhuastion", "did you mean 'exhaustion'?"]),
      Mistake(
        testDescription: "negative duration", scenario: "reference/bulk-review.yaml",
        passage: "review: 6 min", mistake: "review: -6 min", mark: "-6 min",
        texts: ["guardrails.review.review", "-6 min", "negative"]),
      Mistake(
        testDescription: "a team nobody staffs", scenario: "reference/queue-mm1.yaml",
        passage: "people: 1,", mistake: "people: 0,", mark: "0, cost",
        texts: ["nobody staffs the team 'servers'", "'task'"]),
      Mistake(
        testDescription: "a team that is not there", scenario: "reference/bulk-review.yaml",
        passage: "ticket: reviewers", mistake: "ticket: reviewer", mark: "reviewer\n",
        texts: ["guardrails.review.ticket", "did you mean 'reviewers'?"]),
      Mistake(
        testDescription: "shares that do not sum to one", scenario: "loan-approval.yaml",
        passage: "flow_continue: { value: 80 %", mistake: "flow_continue: { value: 70 %",
        mark: "gw_decision:", texts: ["'gw_decision'", "sum to 90 %", "100 %"]),
      Mistake(
        testDescription: "a probability above one", scenario: "reference/escalation-poisson.yaml",
        passage: "fires: 20 %", mistake: "fires: 120 %", mark: "120 %",
        texts: ["guardrails.review.fires", "out of range"]),
      Mistake(
        testDescription: "not YAML", scenario: "reference/queue-mm1.yaml",
        passage: "teams:\n", mistake: "teams:\n\t- ", mark: "\t- ", texts: ["YAML"]),
    ]

    /// A folder with the scenario, what it names, and the scenario's text.
    private func prepare(_ mistake: Mistake) throws -> (TemporaryFolder, path: String, text: String)
    {
      let folder = try TemporaryFolder()
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      try folder.copy("inventories/meridian-bank", to: "estate")
      let text = try projectText("scenarios/\(mistake.scenario)")
        .replacing("../inventories/meridian-bank", with: "estate")
        .replacingOnce(mistake.passage, with: mistake.mistake)
      return (folder, try folder.write(text.utf8, to: "plan.yaml"), text)
    }

    @Test("each gives one message with its place; nothing is written", arguments: mistakes)
    func mistake(_ mistake: Mistake) async throws {
      let (folder, path, text) = try prepare(mistake)
      let before = try folder.contents()
      let position = try text.position(of: mistake.mark)
      for command in ["scenario check", "compare", "sweep"] {
        var arguments = command.split(separator: " ").map(String.init) + [path]
        if command == "compare" {
          arguments += ["--workspace", folder.workspace]
        }
        if command != "scenario check" { arguments += ["--output", folder.file("out/report")] }
        let outcome = try await rehearse(arguments)
        expectRefusal(outcome, "plan.yaml:\(position): ")
        for text in mistake.texts {
          #expect(outcome.messages.first?.contains(text) == true, "no '\(text)' in \(outcome)")
        }
        #expect(try folder.contents() == before)
      }
    }

    @Test("a scenario that is not there is named", arguments: ["compare", "sweep"])
    func missing(command: String) async throws {
      let folder = try TemporaryFolder()
      expectRefusal(
        try await rehearse(command, folder.file("plan.yaml")), "plan.yaml: ", "no such file")
      #expect(try folder.contents() == [:])
    }

    @Test("a process that is not there is named at the key that names it")
    func missingProcess() async throws {
      let folder = try TemporaryFolder()
      let text = try projectText("scenarios/reference/queue-mm1.yaml")
      let path = try folder.write(text.utf8, to: "plan.yaml")
      let position = try text.position(of: "one-task.bpmn")
      expectRefusal(
        try await rehearse("compare", path, "--workspace", folder.workspace),
        "plan.yaml:\(position): ", "one-task.bpmn")
      #expect(!FileManager.default.fileExists(atPath: folder.workspace))
    }

    @Test("a process file that is cut off is told in words, with its own line")
    func brokenProcess() async throws {
      let folder = try TemporaryFolder()
      let text = try projectText("scenarios/reference/queue-mm1.yaml")
      let path = try folder.write(text.utf8, to: "plan.yaml")
      let process = try projectText("scenarios/reference/one-task.bpmn")
      let end = try #require(process.range(of: "<bpmn:task"))
      try folder.write(process[..<end.lowerBound].utf8, to: "one-task.bpmn")
      for command in [["scenario", "check"], ["simulate"], ["compare"]] {
        let outcome = try await rehearse(command + [path])
        expectRefusal(
          outcome, "plan.yaml:\(try text.position(of: "one-task.bpmn")): ",
          "(one-task.bpmn) cannot be read: ", "one-task.bpmn:", "ends too early")
        #expect(!outcome.messages.contains { $0.contains("badInput") || $0.contains("[") })
      }
    }

    @Test("a list of arrivals is played, and refused where a link leads out of the folder")
    func linkedList() async throws {
      let folder = try TemporaryFolder()
      let other = try TemporaryFolder()
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      let text = try projectText("scenarios/reference/queue-mm1.yaml")
      let arrivals = try #require(text.split(separator: "\n").first { $0.contains("arrivals:") })
      let path = try folder.write(
        text.replacingOnce(
          String(arrivals), with: "  arrivals: { pattern: replay, replay: { file: list.csv } }"
        ).utf8, to: "plan.yaml")
      let start = try #require(text.firstMatch(of: /start: (\d{4}-\d{2}-\d{2})/)).1
      let list = "time\n\(start) 08:00\n\(start) 09:30\n"
      let outside = try other.write(list.utf8, to: "list.csv")
      try FileManager.default.createSymbolicLink(
        atPath: folder.file("list.csv"), withDestinationPath: outside)
      expectRefusal(
        try await rehearse("scenario", "check", path), "plan.yaml:",
        "a link that leads out of the scenario's folder")
      try FileManager.default.removeItem(atPath: folder.file("list.csv"))
      try folder.write(list.utf8, to: "list.csv")
      let outcome = try await rehearse("scenario", "check", path)
      #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test("without a workspace or a place for the report there is neither report nor study")
    func nothingHalf() async throws {
      let folder = try TemporaryFolder()
      let notAWorkspace = try folder.write(
        "This is a letter, and no workspace, whatever its name says.\n".utf8, to: "w.sqlite")
      let scenario = "scenarios/reference/bulk-review.yaml"
      let before = try folder.contents()
      expectRefusal(
        try await rehearse(
          "compare", scenario, "--workspace", notAWorkspace, "--output",
          folder.file("out/report.html")),
        "w.sqlite: ")
      #expect(try folder.contents() == before)
      let place = folder.file("w.sqlite/report.html")
      expectRefusal(
        try await rehearse(
          "compare", scenario, "--workspace", folder.workspace, "--output", place),
        place, "--output")
      #expect(try folder.contents() == before)
    }

    @Test(
      "a change on the command line that does not fit is refused",
      arguments: [
        (["--set", "teams.reviewrs.people=2"], "did you mean 'reviewers'?"),
        (["--set", "teams.reviewers.people=-2"], "out of range"),
        (["--set", "guardrails.review.review=soon"], "soon"),
        (["--variant", "batchs"], "did you mean 'batches'?"),
      ])
    func changes(options: [String], text: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await rehearse(
        ["compare", "scenarios/reference/bulk-review.yaml", "--workspace", folder.workspace]
          + options)
      expectRefusal(outcome, text)
      #expect(try folder.contents() == [:])
    }
  }
}
