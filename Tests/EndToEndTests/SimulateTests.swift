import Foundation
import Subprocess
import Testing

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

extension EndToEndTests {
  @Suite("Simulating one variant") struct SimulateTests {
    private static let loan = "scenarios/loan-approval.yaml"

    /// A clerk who can do six cases an hour at best, and `rate` that come.
    private func clerk(
      _ folder: TemporaryFolder, rate: String, horizon: String = "200 cases", more: String = ""
    ) throws -> String {
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      return try folder.write(
        """
        rehearse: 1
        title: One clerk
        bpmn: one-task.bpmn
        clock: { start: 2026-01-05, time_zone: Europe/Berlin, horizon: \(horizon), start_state: empty }
        calendars: { office: mon-fri 08:00-16:00 }
        demand: { arrivals: { rate: \(rate) } }
        teams: { clerks: { people: 1, cost: 40 EUR/h } }
        activities: { task: { team: clerks, time: exponential mean 10 min } }
        \(more)

        """.utf8, to: "clerk.yaml")
    }

    @Test("what is printed names the activities as the process does")
    func names() async throws {
      let text = try await output(
        of: "simulate", "scenarios/limit-change.yaml", "--replications", "2")
      #expect(text.contains("  Settle contradictory decisions  credit_risk"))
      #expect(!text.contains("settle_contradiction"))
    }

    /// By hand: 200 cases are asked for, and one clerk works at 40 EUR/h for 10 min on each.
    @Test("a report is written in every form, with the figures that are printed")
    func report() async throws {
      let folder = try TemporaryFolder()
      let path = try clerk(folder, rate: "24 per working day")
      let names = ["report.html", "report.xlsx", "report.md", "tables/"]
      let outcome = try await rehearse(
        ["simulate", path, "--replications", "4"]
          + names.flatMap { ["--output", folder.file($0)] })
      try #require(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.output.contains("Cases") && outcome.errors.contains("The report is in"))
      let page = try String(contentsOfFile: folder.file("report.html"), encoding: .utf8)
      for id in ["cases", "work", "teams", "assumptions"] {
        let hasSection = page.contains("id=\"\(id)-section\"")
        #expect(hasSection, "\(id)")
      }
      let flow = try String(contentsOfFile: folder.file("tables/cases.csv"), encoding: .utf8)
      #expect(flow.contains("counted,200,200,200"), "\(flow)")
      let work = try String(contentsOfFile: folder.file("tables/work.csv"), encoding: .utf8)
      let rows = work.split(whereSeparator: \.isNewline)
      #expect(rows.count == 2 && rows[1].contains("clerks,100,100,100"), "\(work)")
      let text = try String(contentsOfFile: folder.file("report.md"), encoding: .utf8)
      #expect(text.contains("| clerks |") && text.contains("To run this again: `rehearse simulate"))
      // The same figures as printed: 10 min of work at 40 EUR/h cost 6.67 EUR, more or less.
      let all = try #require(
        outcome.output.split(separator: "\n").first { $0.hasPrefix("  all ") })
      let cost = try #require(all.split(separator: " ").dropFirst().first)
      let isInPage = page.contains("\(cost) EUR")
      #expect(isInPage, "\(all)")
    }

    @Test(
      "a report of one replication has no intervals, and what is printed can be written beside it")
    func reportOfOne() async throws {
      let folder = try TemporaryFolder()
      let path = try clerk(folder, rate: "24 per working day")
      let outcome = try await rehearse(
        "simulate", path, "--replications", "1", "--output", folder.file("report.md"), "--output",
        folder.file("result.json"))
      try #require(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.output == "")
      let text = try String(contentsOfFile: folder.file("report.md"), encoding: .utf8)
      #expect(text.contains("One rehearsal knows nothing of the spread"))
      let printed = try await output(
        of: "simulate", path, "--replications", "1", "--format", "json")
      #expect(
        try String(contentsOfFile: folder.file("result.json"), encoding: .utf8) == printed)
    }

    @Test("the results have the documented shape")
    func shape() async throws {
      let estimate: JSONShape = .object([
        "mean": .number, "lower": .number, "upper": .number, "n": .number, "level": .number,
      ])
      // Something rare may have been done in one replication only.
      let rare: JSONShape = .object(
        ["mean": .number, "n": .number, "level": .number],
        optional: ["lower": .number, "upper": .number])
      let document = try json(
        await output(
          of: "simulate", Self.loan, "--variant", "agents", "--replications", "2", "--format",
          "json"))
      let shape: JSONShape = .object(
        [
          "title": .text, "name": .text, "seed": .number, "replications": .number,
          "level": .number, "currency": .text, "weeks": estimate, "daysPerSample": .number,
          "weeksPerCohort": .number,
          "cases": .object([
            "arrived": estimate, "unfinished": estimate, "completedPerWeek": estimate,
            "timeToCompletion": estimate, "waiting": estimate, "processing": estimate,
            "work": estimate,
            "percentiles": .list(.object(["share": .number, "hours": estimate])),
          ]),
          "work": .list(
            .object(
              [
                "id": .text, "kind": .text, "performer": .text, "perCase": estimate,
                "count": .number, "costPerCase": estimate,
              ],
              optional: [
                "name": .text, "waitingMinutes": rare, "processingMinutes": rare,
                "workMinutes": rare, "costEach": rare,
              ])),
          "teams": .list(
            .object(
              ["name": .text, "people": .number],
              optional: [
                "occupancy": estimate, "waitingAtClose": estimate, "backlogHours": estimate,
              ])),
          "variant": .open(["figures": .named(.open([:])), "exhaustion": .open([:])]),
          "events": .number, "parameters": .list(.open([:])), "notes": .list(.text),
          "workingDays": .list(.text), "provenance": .open(["scenarioDigest": .text]),
        ],
        optional: [
          "question": .text, "interruption": .open([:]), "caseLimit": .number,
          "followUpHours": .number,
          "overload": .object(
            ["team": .text, "intensity": .number], optional: ["sinceDay": .number]),
        ])
      #expect(shape.differences(document) == [])
      #expect(document["name"] as? String == "agents")
      let overload = document["overload"] as? [String: Any]
      #expect(overload?["team"] as? String == "underwriting")
    }

    /// Twenty cases a working day by chance, on ten days alone: 200 to be expected, so that some of ten
    /// runs that count 200 have fewer, but for one seed in a thousand.
    @Test("a run whose arrivals end before its cases have come says so, in the text and beside it")
    func arrivalsEnd() async throws {
      let folder = try TemporaryFolder()
      let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      var closed: [String] = []
      for (year, month) in [2026, 2027].flatMap({ year in (1...12).map { (year, $0) } }) {
        for day in 1...lengths[month - 1] where year > 2026 || month > 1 || day > 18 {
          closed.append("\(year)-\(twoDigits(month))-\(twoDigits(day)) 00:00-24:00")
        }
      }
      let scenario = try clerk(folder, rate: "2.5 per hour, profile: campaign")
      let text = try #require(
        FileManager.default.contents(atPath: scenario).map { String(decoding: $0, as: UTF8.self) })
      let changed = text.replacing(
        "calendars: { office: mon-fri 08:00-16:00 }",
        with:
          "calendars:\n  office: mon-fri 08:00-16:00\n  campaign: { weekly: mon-fri 08:00-16:00, "
          + "closed: [\(closed.joined(separator: ", "))] }")
      let path = try folder.write(changed.utf8, to: "campaign.yaml")
      let run = try await rehearse("simulate", path, "--replications", "10")
      #expect(
        run.output.contains("Warning: arrivals end before the cases of the horizon have come"))
      #expect(run.errors.contains("warning: arrivals end before the cases of the horizon"))
      let document = try json(
        await output(of: "simulate", path, "--replications", "10", "--format", "json"))
      let variant = try #require(document["variant"] as? [String: Any])
      #expect((variant["missingCases"] as? Int ?? 0) > 0)
    }

    @Test("one replication has figures without intervals, and the baseline is the default")
    func single() async throws {
      let text = try await output(of: "simulate", Self.loan, "--replications", "1")
      #expect(text.contains("(as-is; "))
      #expect(text.contains("no intervals"))
      let document = try json(
        await output(of: "simulate", Self.loan, "--replications", "1", "--format", "json"))
      let cases = try #require(document["cases"] as? [String: Any])
      let arrived = try #require(cases["arrived"] as? [String: Any])
      #expect(arrived["mean"] is NSNumber && arrived["lower"] == nil && arrived["n"] as? Int == 1)
    }

    @Test("results and log are the same on any number of threads, and the log changes no result")
    func threads() async throws {
      let folder = try TemporaryFolder()
      let scenario = try clerk(folder, rate: "30 per working day")
      var outputs: Set<String> = []
      var logs: Set<Data> = []
      for threads in ["1", "2", "3"] {
        let log = folder.file("log.csv")
        outputs.insert(
          try await output(
            of: "simulate", scenario, "--replications", "5", "--threads", threads, "--format",
            "json", "--log", log))
        logs.insert(try #require(FileManager.default.contents(atPath: log)))
      }
      outputs.insert(
        try await output(
          of: "simulate", scenario, "--replications", "5", "--format", "json"))
      #expect(outputs.count == 1 && logs.count == 1)
      // No parts are left behind.
      #expect(
        try Set(folder.contents().keys) == ["one-task.bpmn", "clerk.yaml", "log.csv"])
    }

    /// The program reads its own log with Python's csv module and works the figures out again.
    @Test("the log gives the figures back: work, waiting, processing, within office hours")
    func log() async throws {
      let folder = try TemporaryFolder()
      let scenario = try clerk(folder, rate: "40 per working day")
      let log = folder.file("logs/log.csv")
      let document = try json(
        await output(
          of: "simulate", scenario, "--replications", "2", "--format", "json", "--log", log))
      let script = """
        import csv, json, sys
        from datetime import datetime
        rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))
        at = lambda row, name: datetime.fromisoformat(row[name])
        minutes = lambda a, b: (b - a).total_seconds() / 60
        count = len(rows)
        print(json.dumps({
          "rows": count,
          "cases": len({row["case_id"] for row in rows}),
          "replications": sorted({row["replication"] for row in rows}),
          "resources": sorted({row["resource"] for row in rows}),
          "waiting": sum(minutes(at(r, "enabled"), at(r, "started")) for r in rows) / count,
          "processing": sum(minutes(at(r, "started"), at(r, "finished")) for r in rows) / count,
          "outside": sum(not (8 <= at(r, "started").hour < 16 and at(r, "started").weekday() < 5)
                         for r in rows),
          "order": all(at(a, "finished") <= at(b, "finished") for a, b in zip(rows, rows[1:])
                       if a["replication"] == b["replication"]),
        }))
        """
      let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"]
      let result = try await run(
        python.map { .path(FilePath($0)) } ?? .name("python3"), arguments: ["-c", script, log],
        output: .string(limit: 1_000_000),
        error: .string(limit: 1_000_000))
      let read = try json(result.standardOutput)
      #expect(read["rows"] as? Int == 400 && read["cases"] as? Int == 400)
      #expect(read["replications"] as? [String] == ["1", "2"])
      #expect(read["resources"] as? [String] == ["clerks-1"])
      #expect(read["outside"] as? Int == 0 && read["order"] as? Bool == true)
      let work = try #require((document["work"] as? [[String: Any]])?.first)
      for (name, key) in [("waitingMinutes", "waiting"), ("processingMinutes", "processing")] {
        let estimate = try #require(work[name] as? [String: Any])
        // Both replications have 200 cases, so the mean of means is the mean; times are in microseconds.
        let difference =
          (estimate["mean"] as? Double ?? .nan) - (read[key] as? Double ?? .infinity)
        #expect(abs(difference) < 1e-6, "\(name)")
      }
    }

    @Test("timing tells every phase, and is no part of the result")
    func timing() async throws {
      let folder = try TemporaryFolder()
      let scenario = try clerk(folder, rate: "30 per working day")
      let file = folder.file("timing.json")
      _ = try await output(of: "simulate", scenario, "--replications", "3", "--timing", file)
      let document = try json(String(contentsOfFile: file, encoding: .utf8))
      let phase: JSONShape = .object(["processor_seconds": .number, "wall_seconds": .number])
      let shape: JSONShape = .object([
        "phases": .object([
          "start": phase, "read": phase, "compile": phase, "run": phase, "reduce": phase,
          "write": phase,
        ]),
        "replications": .number, "threads": .number, "cases": .number, "activities": .number,
        "events": .number, "peak_memory_bytes": .number,
      ])
      #expect(shape.differences(document) == [])
      #expect(document["cases"] as? Int == 600 && document["activities"] as? Int == 600)
    }

    @Test("--max-time keeps the replications done, says so, and ends with code 4")
    func maxTime() async throws {
      let folder = try TemporaryFolder()
      let scenario = try clerk(folder, rate: "30 per working day", horizon: "20000 cases")
      let log = folder.file("log.csv")
      let outcome = try await rehearse([
        "simulate", scenario, "--replications", "1000000", "--threads", "1", "--max-time", "2 s",
        "--format", "json", "--log", log,
      ])
      #expect(outcome.exitCode == 4, "\(outcome)")
      #expect(outcome.errors.contains("stopped by --max-time: "))
      let document = try json(outcome.output)
      let interruption = try #require(document["interruption"] as? [String: Any])
      let done = try #require(interruption["done"] as? Int)
      #expect(interruption["reason"] as? String == "time_limit")
      #expect(interruption["requested"] as? Int == 1_000_000)
      #expect(done >= 1 && document["replications"] as? Int == done)
      let rows = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      #expect(rows.count == 1 + done * 20_000)
      #expect(try Set(folder.contents().keys) == ["one-task.bpmn", "clerk.yaml", "log.csv"])
    }

    @Test(
      "Ctrl-C keeps the replications done, says so, and ends with code 130",
      arguments: ["simulate", "compare"])
    func interrupt(command: String) async throws {
      let folder = try TemporaryFolder()
      let scenario = try clerk(folder, rate: "30 per working day", horizon: "20000 cases")
      var arguments = [
        command, scenario, "--replications", "1000000", "--threads", "1", "--format", "json",
      ]
      if command == "compare" { arguments.append("--no-record") }
      let outcome = try await rehearse(arguments, signal: .interrupt, after: .seconds(2))
      #expect(outcome.exitCode == 130, "\(outcome)")
      let interruption = try #require(json(outcome.output)["interruption"] as? [String: Any])
      #expect(interruption["reason"] as? String == "interrupted")
      #expect((interruption["done"] as? Int ?? 0) >= 1)
      #expect(outcome.errors.contains("interrupted: "))
    }

    @Test("what is stopped within its first replication writes nothing and says so")
    func tooEarly() async throws {
      let folder = try TemporaryFolder()
      let scenario = try clerk(folder, rate: "30 per working day", horizon: "1000000000 cases")
      // The rate is too low for so many; raised, a single replication takes many minutes.
      let fast = [
        "--set", "demand.arrivals.rate=100000 per working day",
        "--set", "teams.clerks.people=10000",
      ]
      let before = try folder.contents()
      let outcome = try await rehearse(
        [
          "simulate", scenario, "--replications", "1", "--max-time", "1 s", "--log",
          folder.file("log.csv"), "--output", folder.file("result.txt"),
        ] + fast)
      #expect(outcome.exitCode == 4, "\(outcome)")
      #expect(outcome.messages.first?.contains("too few to show anything") == true, "\(outcome)")
      #expect(outcome.output == "")
      #expect(try folder.contents() == before)
    }

    /// 60 cases a day at 10 min are 600 min in a day of 480: 125 %.
    @Test("a model that diverges says which team, by how much and since when")
    func diverges() async throws {
      let folder = try TemporaryFolder()
      let scenario = try clerk(folder, rate: "60 per working day", horizon: "26 weeks")
      for command in [["simulate"], ["compare", "--no-record"]] {
        expectRefusal(
          try await rehearse(
            command + [scenario, "--replications", "2", "--max-cases-inside", "100"]),
          "clerk.yaml: variant 'as-is', replication 1: ", "more than 100 cases in progress",
          "the team 'clerks' has 125 % of the work it can do, from working day 1 on",
          "--max-cases-inside")
        expectRefusal(
          try await rehearse(command + [scenario, "--replications", "2", "--max-events", "1000"]),
          "replication 1: stopped after 1000 events on day ", "the model diverges")
      }
      let text = try await output(of: "simulate", scenario, "--replications", "2")
      #expect(text.contains("has 125 % of the work it can do"), "\(text)")
      let other = try TemporaryFolder()
      let healthy = try clerk(other, rate: "30 per working day")
      expectRefusal(
        try await rehearse(["simulate", healthy, "--replications", "2", "--max-events", "100"]),
        "stopped after 100 events", "the limit is too low")
    }

    @Test("an unknown variant is refused with the nearest name")
    func unknownVariant() async throws {
      expectRefusal(
        try await rehearse("simulate", Self.loan, "--variant", "agent"), "did you mean 'agents'?")
    }

    @Test("places that cannot be written are refused before long work begins, by their option")
    func places() async throws {
      let folder = try TemporaryFolder()
      for option in ["--log", "--timing", "--output"] {
        expectRefusal(
          try await rehearse("simulate", Self.loan, option, folder.path), "it is a folder", option)
      }
    }
  }
}
