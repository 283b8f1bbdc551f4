import Foundation
import Testing

extension EndToEndTests {
  /// Reports in every format, read by other programs.
  @Suite("Reports") struct ReportTests {
    private static let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"]
    private static let scenario = "scenarios/case-studies/rollout.yaml"

    private func compare(_ arguments: String..., workspace: String) async throws -> Outcome {
      try await rehearse(
        ["compare", Self.scenario, "--replications", "2", "--workspace", workspace] + arguments)
    }

    @Test(
      "no number differs between HTML, PDF, workbook, CSV, JSON and Markdown, and each opens in its reader",
      .enabled(if: python != nil))
    func sameNumbers() async throws {
      let folder = try TemporaryFolder()
      let endings = ["html", "pdf", "xlsx", "json", "md"]
      let outcome = try await rehearse(
        ["compare", "scenarios/loan-approval.yaml", "--replications", "4", "--no-record"]
          + endings.flatMap { ["--output", folder.file("report.\($0)")] }
          + ["--output", folder.file("tables/")])
      try #require(outcome.exitCode == 0, "\(outcome)")
      let check = try await runProgram(
        "/usr/bin/env",
        [Self.python ?? "python3", "\(packageRoot)/tools/check_report.py", folder.path])
      #expect(check.exitCode == 0, "\(check.output)")
      #expect(check.output.contains(" 0 differ"))
      let page = try Data(contentsOf: URL(filePath: folder.file("report.html")))
      #expect(page.count < 3_000_000, "the page has \(page.count) bytes")
    }

    @Test(
      "the page has no error, asks no network for anything, and a checker finds no serious barrier",
      .enabled(if: python != nil && FileManager.default.fileExists(atPath: "/usr/bin/chromium")))
    func browser() async throws {
      let folder = try TemporaryFolder()
      let page = folder.file("report.html")
      let outcome = try await rehearse(
        "compare", "scenarios/loan-approval.yaml", "--replications", "2", "--no-record", "--output",
        page, "--output", folder.file("tables/"))
      try #require(outcome.exitCode == 0, "\(outcome)")
      let check = try await runProgram(
        "/usr/bin/env",
        [
          Self.python ?? "python3", "\(packageRoot)/tools/check_page.py", page,
          folder.file("tables"),
        ], limit: .seconds(600))
      #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
    }

    @Test(
      "what is printed as JSON fits its published schema", .enabled(if: python != nil),
      arguments: [
        ("compare", ["compare", "scenarios/case-studies/stack-mix.yaml", "--no-record"]),
        ("compare", ["compare", "scenarios/limit-change.yaml", "--no-record"]),
        ("simulate", ["simulate", "scenarios/reference/bulk-review.yaml"]),
        ("sweep", ["sweep", "scenarios/loan-approval.yaml", "--variant", "agents"]),
      ])
    func schemas(name: String, arguments: [String]) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await rehearse(arguments + ["--replications", "2", "--format", "json"])
      try #require(outcome.exitCode == 0, "\(outcome)")
      try await expectFit(outcome.output, name, folder)
      // What lacks something that is promised does not fit.
      let broken = outcome.output.replacingOccurrences(of: "\"seed\" :", with: "\"seedling\" :")
      let check = try await check(broken, name, folder)
      #expect(check.exitCode == 1 && check.output.contains("'seed' is a required property"))
    }

    @Test("what an import and an audit print as JSON fits its schema", .enabled(if: python != nil))
    func estateSchemas() async throws {
      let folder = try TemporaryFolder()
      for (name, arguments) in [("import", ["inventories/meridian-bank"]), ("audit", [])] {
        let outcome = try await rehearse(
          [name] + arguments + ["--workspace", folder.workspace, "--format", "json"])
        try #require(outcome.exitCode == 0, "\(outcome)")
        try await expectFit(outcome.output, name, folder)
      }
    }

    private func check(_ text: String, _ name: String, _ folder: TemporaryFolder) async throws
      -> Outcome
    {
      let path = try folder.write(text.utf8, to: "\(name).json")
      return try await runProgram(
        "/bin/sh",
        [
          "-c", "exec \"$1\" tools/check_schema.py docs/reference/\"$2\".schema.json < \"$3\"",
          "sh",
          Self.python ?? "python3", name, path,
        ])
    }

    private func expectFit(_ text: String, _ name: String, _ folder: TemporaryFolder) async throws {
      let check = try await check(text, name, folder)
      #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
    }

    @Test("a kept study is written again without being run, byte for byte")
    func kept() async throws {
      let folder = try TemporaryFolder()
      let (first, second) = (folder.file("first.html"), folder.file("second.html"))
      try #require(
        try await compare("--output", first, workspace: folder.workspace).exitCode == 0)
      let list = try await output(of: "report", "--workspace", folder.workspace)
      #expect(list.contains("1  ") && list.contains(Self.scenario))
      let outcome = try await rehearse(
        "report", "1", "--workspace", folder.workspace, "--output", second, "--output",
        folder.file("report.xlsx"))
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(
        try Data(contentsOf: URL(filePath: first)) == Data(contentsOf: URL(filePath: second)))
      expectRefusal(
        try await rehearse("report", "7", "--workspace", folder.workspace),
        "there is no study '7'; it keeps 1")
      #expect(
        try Data(contentsOf: URL(filePath: first)).count < 3_000_000,
        "a horizon of a year and more is drawn by weeks")
    }

    @Test(
      "an ending that is no form is refused before anything runs, and so is a folder for a file")
    func endings() async throws {
      let folder = try TemporaryFolder()
      expectRefusal(
        try await compare("--output", folder.file("report.docx"), workspace: folder.workspace),
        "report.docx: the ending says the form of a report", ".html, .pdf, .xlsx, .csv, .json, .md")
      try folder.write("x".utf8, to: "file")
      expectRefusal(
        try await compare("--output", folder.file("file/"), workspace: folder.workspace),
        "it is a file and the tables go into a folder")
      expectRefusal(
        try await compare(
          "--output", folder.file("a.md"), "--locale", "xx_NOWHERE", workspace: folder.workspace),
        "--locale 'xx_NOWHERE' is not known")
      #expect(try folder.contents().keys.sorted() == ["file"])
    }

    @Test(
      "without WeasyPrint the message says how to get it, the page is written and the study kept")
    func withoutPDF() async throws {
      let folder = try TemporaryFolder()
      let fake = try folder.write(
        "#!/bin/sh\necho \"ModuleNotFoundError: No module named 'weasyprint'\" >&2\nexit 1\n".utf8,
        to: "python")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fake)
      let outcome = try await runProgram(
        "/usr/bin/env",
        [
          "REHEARSE_PYTHON=\(fake)", try programPath(), "compare", Self.scenario, "--replications",
          "2",
          "--workspace", folder.workspace, "--output", folder.file("plan.pdf"),
        ])
      #expect(outcome.exitCode == 2, "\(outcome)")
      let message = try #require(outcome.messages.first)
      #expect(message.contains("'weasyprint' is not installed"))
      #expect(message.contains("make setup") && message.contains("plan.html"))
      let files = FileManager.default
      #expect(files.fileExists(atPath: folder.file("plan.html")))
      #expect(!files.fileExists(atPath: folder.file("plan.pdf")))
      #expect(try await output(of: "report", "--workspace", folder.workspace).contains("1  "))
    }

    @Test("a full disk is named, nothing half-written stays, and the study is kept")
    func fullDisk() async throws {
      let folder = try TemporaryFolder()
      // A limit on the size of files fails as a full disk does, in the middle of writing.
      let workspace = folder.workspace
      _ = try await compare(workspace: workspace)
      let script =
        "trap '' XFSZ; ulimit -f 64; exec \"$@\""
      let outcome = try await runProgram(
        "/bin/bash",
        [
          "-c", script, "bash", try programPath(), "report", "latest", "--workspace", workspace,
          "--output", folder.file("out/report.html"), "--output", folder.file("out/report.md"),
        ])
      #expect(outcome.exitCode == 2, "\(outcome)")
      #expect(
        outcome.messages.contains { $0.contains("report.html: cannot be written") }, "\(outcome)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.file("out")) == ["report.md"])
    }

    @Test("--locale writes numbers and dates for people, and leaves files for programs as they are")
    func locale() async throws {
      let folder = try TemporaryFolder()
      _ = try await compare(workspace: folder.workspace)
      _ = try await output(
        of: "report", "1", "--workspace", folder.workspace, "--locale", "de_DE", "--output",
        folder.file("de.md"), "--output", folder.file("de/"))
      _ = try await output(
        of: "report", "1", "--workspace", folder.workspace, "--output", folder.file("en.md"),
        "--output", folder.file("en/"))
      func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder.file(name), encoding: .utf8)
      }
      let start = /from (\d{4})-(\d\d)-(\d\d)/
      let date = try #require(try text("en.md").firstMatch(of: start)?.output)
      #expect(try text("de.md").contains("from \(date.3).\(date.2).\(date.1)"))
      #expect(try text("en/comparison.csv") == text("de/comparison.csv"))
    }

    @Test(
      "a value tried low and high moves the cost by what it is, and shows where the advice changes")
    func tornado() async throws {
      let folder = try TemporaryFolder()
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      let path = try folder.write(CompareTests.swept.utf8, to: "plan.yaml")
      let document = try json(
        try await output(
          of: "compare", path, "--replications", "20", "--no-record", "--format", "json",
          "--sensitivity", "automations.robot.price=1 EUR per run..9 EUR per run"))
      let tornado = try #require(document["tornado"] as? [String: Any])
      let bar = try #require((tornado["bars"] as? [[String: Any]])?.first)
      func end(_ name: String) -> (cost: Double, advised: String?)? {
        guard let end = bar[name] as? [String: Any],
          let cost = (end["costPerCase"] as? [String: Any])?["mean"] as? Double
        else { return nil }
        return (cost, end["advised"] as? String)
      }
      let (low, high) = (try #require(end("low")), try #require(end("high")))
      #expect(tornado["variant"] as? String == "robot")
      // Each case is one run, whose price is the only thing that changes: 8 EUR more.
      #expect(abs(high.cost - low.cost - 8) < 1e-6)
      // By hand a case costs 4 EUR: cheaper than a run at 9 EUR, dearer than one at 1 EUR.
      #expect(low.advised == "robot" && high.advised == "as-is")
    }
  }
}
