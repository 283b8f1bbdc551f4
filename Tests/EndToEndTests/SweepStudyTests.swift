import Foundation
import Testing

extension EndToEndTests {
  @Suite("Studies that change parameters") struct SweepStudyTests {
    private func plan(_ folder: TemporaryFolder, adding text: String = "") throws -> String {
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      return try folder.write((CompareTests.swept + text).utf8, to: "plan.yaml")
    }

    /// A case costs 4 EUR by hand; by the robot its price and, where it fails, as much: the same at
    /// 0.9 · 4 EUR = 3.60 EUR per run.
    @Test("the price at which the robot stops being cheaper is found, on any number of threads")
    func tipping() async throws {
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let arguments = [
        "sweep", "tipping", path, "--variant", "robot", "--against", "as-is", "--range",
        "automations.robot.price=1 EUR per run..9 EUR per run", "--replications", "10", "--format",
        "json", "--threads",
      ]
      let one = try await rehearse(arguments + ["1"])
      let two = try await rehearse(arguments + ["2"])
      try #require(one.exitCode == 0, "\(one)")
      #expect(one.output == two.output)
      let document = try json(one.output)
      #expect(document["outcome"] as? String == "tips")
      let ends = try #require(document["between"] as? [String]).compactMap(amount)
      let estimate = try #require((document["estimate"] as? String).flatMap(amount))
      #expect(ends.count == 2 && ends[0] < 3.6 && 3.6 < ends[1])
      #expect((estimate - 3.6).magnitude < 0.15)
    }

    /// At 80 EUR/h a case costs 8 EUR by hand, so that the robot is cheaper up to 0.9 · 8 EUR = 7.20 EUR a run.
    @Test("a value set for the run holds where verdicts tip, too")
    func tippingWithOtherValue() async throws {
      let folder = try TemporaryFolder()
      let text = try await output(
        of: "sweep", "tipping", try plan(folder), "--variant", "robot", "--against", "as-is",
        "--range", "automations.robot.price=1 EUR per run..9 EUR per run", "--replications", "10",
        "--set", "teams.clerks.cost=80 EUR/h", "--format", "json")
      let estimate = try #require((try json(text)["estimate"] as? String).flatMap(amount))
      #expect((estimate - 7.2).magnitude < 0.3)
    }

    /// Ignorance of a price uniform on 1 to 3 EUR has a standard deviation of 2/√12 EUR per case.
    @Test("what is not known stands in the scenario, and its share of the spread is found")
    func uncertainty() async throws {
      let folder = try TemporaryFolder()
      let path = try plan(
        folder,
        adding: """
          uncertain:
            price: { change: automations.robot.price, low: 1 EUR per run, high: 3 EUR per run }
            failing: { change: automations.robot.failure, counted: 10 of 100 }

          """)
      let text = try await output(
        of: "sweep", "uncertainty", path, "--draws", "20", "--replications", "2", "--measure",
        "cost_per_case", "--format", "json")
      let outputs = try #require(try json(text)["outputs"] as? [[String: Any]])
      let robot = try #require(
        outputs.first {
          let output = $0["output"] as? [String: Any]
          return output?["variant"] as? String == "robot"
            && output?["isDifference"] as? Bool == false
        })
      let ignorance = try #require(robot["ignorance"] as? Double)
      #expect((ignorance / (2 / 12.0.squareRoot()) - 1).magnitude < 0.2)
      let words = try await output(
        of: "sweep", "screen", path, "--paths", "2", "--replications", "2", "--measure",
        "cost_per_case")
      #expect(words.contains("price") && words.contains("failing"))
    }

    /// By hand a case costs 4 EUR; the robot is cheaper up to 3.60 EUR a run, which is a third of 1 to 9 EUR.
    @Test("a comparison says which parameter that is not known moves the decision most")
    func decision() async throws {
      let folder = try TemporaryFolder()
      let path = try plan(
        folder,
        adding: """
          uncertain:
            failing: { change: automations.robot.failure, counted: 10 of 100 }
            price: { change: automations.robot.price, low: 1 EUR per run, high: 9 EUR per run }

          """)
      let page = folder.file("report.html")
      let compare = [
        "compare", path, "--replications", "2", "--no-record", "--format", "json",
      ]
      let outcome = try await rehearse(compare + ["--output", page])
      try #require(outcome.exitCode == 0, "\(outcome)")
      let found = try #require(try json(outcome.output)["ignorance"] as? [String: Any])
      #expect(found["draws"] as? Int == 20)
      let decision = try #require(found["decision"] as? [String: Any])
      #expect(decision["variant"] as? String == "as-is")
      let first = try #require((decision["inputs"] as? [[String: Any]])?.first)
      #expect(first["input"] as? String == "price")
      // Of the ten sets from 1 to 5 EUR the robot is cheaper in six or seven, of those above 5 EUR in none.
      let counts = ["low", "high"].map { (first[$0] as? [String: Any])?["count"] as? Int }
      #expect(counts[0] == 3 || counts[0] == 4)
      #expect(counts[1] == 10)
      let text = try String(contentsOf: URL(filePath: page), encoding: .utf8)
      #expect(text.contains("Ignorance, not noise") && text.contains("id=\"decision\""))
      let without = try await rehearse(compare + ["--draws", "0"])
      #expect(without.exitCode == 0 && !without.output.contains("\"ignorance\""))
      let refused = try await rehearse(compare + ["--draws", "3"])
      #expect(refused.exitCode == 64 && refused.errors.contains("must be 0 or at least 5"))
    }

    /// The robot's price is paid for each case and nothing else changes: 1, 5 and 9 EUR lie 4 EUR apart.
    @Test("values are listed with what came of them, in words and as JSON")
    func sample() async throws {
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let arguments = [
        "sweep", "sample", path, "--variant", "robot", "--points", "3", "--replications", "2",
        "--range", "automations.robot.price=1 EUR per run..9 EUR per run", "--measure",
        "cost_per_case", "--measure", "done_right",
      ]
      let printed = try await rehearse(arguments)
      try #require(printed.exitCode == 0, "\(printed)")
      let words = printed.output
      #expect(words.contains("5 EUR per run") && words.contains("unbeaten"))
      let document = try json(try await rehearse(arguments + ["--format", "json"]).output)
      #expect(document["design"] as? String == "steps")
      let points = try #require(document["points"] as? [[String: Any]])
      let costs = points.compactMap { point -> Double? in
        let variants = point["variants"] as? [[String: Any]]
        let robot = variants?.first { $0["variant"] as? String == "robot" }
        return (robot?["estimates"] as? [[String: Any]])?.first?["mean"] as? Double
      }
      try #require(costs.count == 3)
      #expect(
        (costs[1] - costs[0] - 4).magnitude < 1e-6 && (costs[2] - costs[1] - 4).magnitude < 1e-6)
    }

    /// Kinds of sweeps of the small plan: how each is asked for, and the table of its Markdown.
    static let kinds: [(kind: String, arguments: [String], table: String)] = [
      ("grid", ["--replications", "4"], "front"),
      (
        "screen",
        ["--paths", "2", "--replications", "2", "--measure", "cost_per_case", "--range", price],
        "ranking"
      ),
      (
        "sobol",
        ["--rows", "8", "--replications", "2", "--measure", "cost_per_case", "--range", price],
        "ranking"
      ),
      (
        "uncertainty",
        ["--draws", "10", "--replications", "2", "--measure", "cost_per_case", "--range", price],
        "components"
      ),
      (
        "sample",
        [
          "--points", "3", "--replications", "2", "--measure", "cost_per_case", "--measure",
          "time_to_completion", "--range", price,
        ], "points"
      ),
      (
        "tipping",
        ["--variant", "robot", "--against", "as-is", "--replications", "10", "--range", price],
        "points"
      ),
      (
        "smallest",
        [
          "--variant", "as-is", "--replications", "20", "--range", "teams.clerks.people=1..3",
          "--lead-time", "2 weeks",
        ], "probes"
      ),
      ("best", ["--within", "0.5", "--most", "40"], "candidates"),
      ("why", ["--variant", "as-is", "--replications", "4"], "causes"),
    ]
    private static let price = "automations.robot.price=1 EUR per run..9 EUR per run"
    private static let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"]

    @Test(
      "what each kind prints as JSON fits its published schema, and what lacks a promised field does not",
      .enabled(if: python != nil), arguments: kinds.indices.dropFirst())
    func schema(index: Int) async throws {
      let (kind, arguments, _) = Self.kinds[index]
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let printed = try await rehearse(["sweep", kind, path] + arguments + ["--format", "json"])
      try #require(printed.exitCode == 0, "\(printed)")
      let text = printed.output
      func check(_ document: String) async throws -> Outcome {
        let file = try folder.write(document.utf8, to: "\(kind).json")
        return try await runProgram(
          "/bin/sh",
          [
            "-c",
            "exec \"$1\" tools/check_schema.py docs/reference/sweep-\"$2\".schema.json < \"$3\"",
            "sh", Self.python ?? "python3", kind, file,
          ])
      }
      let found = try await check(text)
      #expect(found.exitCode == 0, "\(found.output)\(found.errors)")
      let broken = try await check(
        text.replacingOccurrences(of: "\"seed\" :", with: "\"seedling\" :"))
      #expect(broken.exitCode == 1 && broken.output.contains("'seed' is a required property"))
    }

    @Test(
      "every kind is written in all forms, no number differs between them, and each opens in its reader",
      .enabled(if: python != nil), arguments: kinds.indices)
    func forms(index: Int) async throws {
      let (kind, arguments, table) = Self.kinds[index]
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let endings = ["html", "pdf", "xlsx", "json", "md"]
      let outcome = try await rehearse(
        ["sweep", kind, path] + arguments
          + endings.flatMap { ["--output", folder.file("report.\($0)")] }
          + ["--output", folder.file("tables/"), "--charts", folder.file("charts")])
      try #require(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.errors.contains("The report is in"), "\(outcome)")
      let check = try await runProgram(
        "/usr/bin/env",
        [
          Self.python ?? "python3", "\(packageRoot)/tools/check_report.py", folder.path, table,
        ])
      #expect(check.exitCode == 0, "\(kind): \(check.output)\(check.errors)")
      #expect(check.output.contains(" 0 differ"))
      // What is printed as JSON is what the file holds, beside answer, advice and tables.
      let printed = try json(
        try await rehearse(["sweep", kind, path] + arguments + ["--format", "json"]).output)
      let file = try json(try String(contentsOfFile: folder.file("report.json"), encoding: .utf8))
      #expect(
        Set(file.keys).subtracting(printed.keys) == ["answer", "advice", "tables"], "\(kind)")
      let page = try Data(contentsOf: URL(filePath: folder.file("report.html")))
      #expect(page.count < 3_000_000, "\(kind): the page has \(page.count) bytes")
    }

    @Test(
      "pages of sweeps have no error, ask no network for anything, and a checker finds no serious barrier",
      .enabled(if: python != nil && FileManager.default.fileExists(atPath: "/usr/bin/chromium")),
      arguments: [0, 1, 3, 4, 5])
    func browser(index: Int) async throws {
      let (kind, arguments, _) = Self.kinds[index]
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let page = folder.file("report.html")
      let outcome = try await rehearse(
        ["sweep", kind, path] + arguments + ["--output", page, "--output", folder.file("tables/")])
      try #require(outcome.exitCode == 0, "\(outcome)")
      let check = try await runProgram(
        "/usr/bin/env",
        [
          Self.python ?? "python3", "\(packageRoot)/tools/check_page.py", page,
          folder.file("tables"),
        ], limit: .seconds(600))
      #expect(check.exitCode == 0, "\(kind): \(check.output)\(check.errors)")
    }

    @Test("an ending that is no form is refused before anything runs")
    func endings() async throws {
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let outcome = try await rehearse(
        "sweep", "best", path, "--within", "1", "--output", folder.file("best.docx"))
      #expect(
        outcome.exitCode == 2 && outcome.errors.contains("the ending says the form"), "\(outcome)")
      #expect(outcome.output == "")
    }

    @Test("what cannot be studied is refused with what to do")
    func refusals() async throws {
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let cases: [(arguments: [String], text: String)] = [
        (["sweep", "screen", path], "--range PATH=LOW..HIGH"),
        (["sweep", "sobol", path, "--range", "teams.clerks.peple=1..2"], "did you mean 'people'?"),
        (
          ["sweep", "screen", path, "--range", "automations.robot.failure=always..5 %"],
          "nothing lies between"
        ),
        (["sweep", "best", path], "give --within"),
        (["simulate", path, "--steady-state"], "lengthen clock.horizon"),
        (["compare", path, "--no-record", "--precision", "done_right=2 %"], "in points"),
      ]
      for (arguments, text) in cases {
        let outcome = try await rehearse(arguments)
        #expect(outcome.exitCode == 2 && outcome.errors.contains(text), "\(outcome)")
        #expect(outcome.output == "")
      }
    }

    @Test("a comparison ends once it is precise, and says how precise")
    func precision() async throws {
      let folder = try TemporaryFolder()
      let path = try plan(folder)
      let text = try await output(
        of: "compare", path, "--no-record", "--precision", "cost_per_case=2 %", "--replications",
        "500", "--format", "json")
      let document = try json(text)
      let precision = try #require(document["precision"] as? [String: Any])
      #expect(precision["outcome"] as? String == "reached")
      let made = try #require(document["replications"] as? Int)
      #expect(15...499 ~= made)
      let rows = try #require(precision["rows"] as? [[String: Any]])
      #expect(
        rows.count == 2 && rows.allSatisfy { ($0["relative"] as? Double ?? 1) <= 0.02 / 1.02 })
    }

    private func amount(_ text: String) -> Double? {
      text.split(separator: " ").first.flatMap { Double($0) }
    }
  }
}
