import Foundation
import Testing

extension EndToEndTests {
  @Suite("Audit") struct AuditTests {
    private let folder: TemporaryFolder
    private var workspace: [String] { ["--workspace", folder.workspace] }

    init() throws { folder = try TemporaryFolder() }

    private func importSample(_ part: String = "") async throws {
      let outcome = try await rehearse(["import", "inventories/meridian-bank\(part)"] + workspace)
      try #require(outcome.exitCode == 0, "\(outcome)")
    }

    /// A table of computed figures.
    static let assessment: JSONShape = .object([
      "id": .text, "title": .text, "summary": .text, "formula": .text, "notes": .list(.text),
      "columns": .list(.object(["name": .text, "meaning": .text], optional: ["unit": .text])),
      "rows": .list(
        .object([
          "cells": .list(
            .object(
              [:],
              optional: ["text": .text, "number": .number, "share": .number, "unknown": .text])),
          "evidence": .list(.open(["path": .text, "provenance": .text])),
        ])),
    ])

    /// Sixty cases an hour of the clock, each asking twice.
    @Test("applications are held against the busiest hour of a study")
    func study() async throws {
      try await importSample()
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      let scenario = try folder.write(
        """
        rehearse: 1
        title: Busiest hour
        clock: { start: 2026-01-05, time_zone: UTC, horizon: 1 week, start_state: empty }
        bpmn: one-task.bpmn
        calendars: { around-the-clock: always }
        demand: { arrivals: { pattern: regular, rate: 60 per hour } }
        applications: { core_banking: { concurrent: 4 } }
        teams: { servers: { people: 2, cost: 0 EUR/h } }
        activities:
          task: { team: servers, time: constant 0.5 min, touches: { core_banking: 2 requests } }
        experiment: { replications: 2, seed: 1 }

        """.utf8, to: "peak.yaml")
      let study = folder.file("study.json")
      let simulated = try await rehearse(["simulate", scenario, "--output", study])
      try #require(simulated.exitCode == 0, "\(simulated)")
      let audited = try await rehearse(
        ["audit", "--study", study, "--check", "api-readiness", "--format", "json"] + workspace)
      #expect(audited.exitCode == 0, "\(audited)")
      #expect(audited.output.contains("variant 'as-is', mean of 2 replications"))
      let tables = try #require(try json(audited.output)["assessments"] as? [[String: Any]])
      let rows = try #require(tables.first?["rows"] as? [[String: Any]])
      let cells = rows.compactMap { $0["cells"] as? [[String: Any]] }
      let core = try #require(cells.first { $0[0]["text"] as? String == "Core Banking" })
      #expect(core[5]["number"] as? Double == 120)
      let refused = try await rehearse(["audit", "--study", scenario] + workspace)
      #expect(refused.exitCode != 0 && refused.errors.contains("peak.yaml"), "\(refused)")
    }

    @Test("the findings have the documented shape, the gravest first, each with evidence")
    func shape() async throws {
      try await importSample()
      let text = try await rehearse(["audit", "--format", "json"] + workspace).output
      let document = try json(text)
      let finding: JSONShape = .object(
        [
          "id": .text, "check": .text, "severity": .text, "title": .text,
          "subjects": .list(.object(["kind": .text, "name": .text])),
          "evidence": .list(
            .object(
              ["path": .text, "position": .textOrNull, "provenance": .text],
              optional: ["element": .text, "note": .text])),
          "why": .text, "matters": .text, "remedy": .text,
          "actors": .list(
            .object([
              "name": .text, "role": .text,
              "subjects": .list(.object(["kind": .text, "name": .text])),
            ])),
        ],
        optional: [
          "example": .text,
          "cost": .object(["hours": .number, "money": .number, "currency": .text]),
        ])
      #expect(
        JSONShape.object([
          "verdict": .text, "findings": .list(finding), "counts": .named(.number),
          "omitted": .number, "waived": .list(finding), "checks": .list(.text),
          "remarks": .list(.object(["check": .text, "text": .text])),
          "assessments": .list(Self.assessment),
          "completeness": .object([
            "known": .number, "total": .number,
            "fields": .list(.object(["field": .text, "known": .number, "total": .number])),
            "systems": .list(
              .object(["system": .text, "known": .number, "missing": .list(.text)])),
          ]), "visibility": .object(["described": .number, "named": .number]),
          "coverage": .object([
            "statement": .list(.text), "absentKinds": .list(.text), "kindless": .number,
            "limits": .list(.object(["text": .text, "systems": .list(.text)])),
            "figures": .list(.object(["field": .text, "measured": .number, "stated": .number])),
            "files": .object([
              "count": .number, "whole": .number,
              "others": .list(
                .object([
                  "path": .text, "status": .text, "reasons": .list(.text), "problems": .number,
                ])),
            ]),
          ]),
        ]).differences(document) == [])
      let findings = try #require(document["findings"] as? [[String: Any]])
      let grades = ["critical", "high", "medium", "low", "info"]
      let order = findings.compactMap { grades.firstIndex(of: $0["severity"] as? String ?? "") }
      #expect(order.count == findings.count && order == order.sorted())
      let ids = findings.compactMap { $0["id"] as? String }
      #expect(Set(ids).count == findings.count)
      for finding in findings {
        #expect((finding["evidence"] as? [Any])?.isEmpty == false, "\(finding)")
        #expect((finding["subjects"] as? [Any])?.isEmpty == false, "\(finding)")
        #expect((finding["why"] as? String)?.isEmpty == false, "\(finding)")
        #expect((finding["remedy"] as? String)?.isEmpty == false, "\(finding)")
      }
      #expect(try await rehearse(["audit", "--format", "json"] + workspace).output == text)
    }

    /// Rows of the table `| id | check | subjects | where |` of the estate's README.
    static let planted: [(check: String, subjects: [String])] = {
      let text = (try? projectText("inventories/meridian-bank/README.md")) ?? ""
      return text.split(separator: "\n").compactMap { line in
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        guard cells.count == 4, cells[0].first == "p", Int(cells[0].dropFirst()) != nil else {
          return nil
        }
        return (
          cells[1], cells[2].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        )
      }
    }()

    @Test("every problem planted in the sample estate is found, about its subjects")
    func planted() async throws {
      try await importSample()
      #expect(Self.planted.count >= 16)
      let document = try json(
        try await rehearse(["audit", "--format", "json"] + workspace).output)
      let findings = try #require(document["findings"] as? [[String: Any]])
      func key(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
      }
      for problem in Self.planted {
        let isFound = findings.contains { finding in
          let subjects = (finding["subjects"] as? [[String: Any]] ?? [])
            .compactMap { ($0["name"] as? String).map(key) }
          return finding["check"] as? String == problem.check
            && Set(problem.subjects.map(key)).isSubset(of: subjects)
        }
        #expect(isFound, "\(problem.check): \(problem.subjects)")
      }
    }

    @Test("--fail-on gives 1 where something is at least that grave, 0 where nothing is")
    func failOn() async throws {
      try await importSample()
      for severity in ["critical", "high", "info"] {
        let outcome = try await rehearse(["audit", "--fail-on", severity] + workspace)
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(!outcome.output.isEmpty)
      }
      // What is shown and what is failed on are two things.
      let shown = try await rehearse(
        ["audit", "--severity", "critical", "--fail-on", "medium", "--format", "json"] + workspace)
      #expect(shown.exitCode == 1)
      let findings = try #require(try json(shown.output)["findings"] as? [[String: Any]])
      #expect(findings.allSatisfy { $0["severity"] as? String == "critical" })
      #expect(try await rehearse(["audit"] + workspace).exitCode == 0)
    }

    @Test("--fail-on gives 0 for an estate without such a finding")
    func nothingToFailOn() async throws {
      let path = try folder.write(
        """
        System,Kind,Technology,Purpose,Owner,Team,Status,Integrates with,Failure rate,Volume,Human involvement
        Letter Printer,script,Python 3.12,Prints letters,Ada Example,Customer Service,production,Letter Archive,1 %,100 per day,None
        Letter Archive,script,Python 3.12,Keeps letters,Bo Example,Customer Service,production,Letter Printer,1 %,100 per day,None

        """.utf8, to: "register.csv")
      let imported = try await rehearse(["import", path] + workspace)
      try #require(imported.exitCode == 0, "\(imported)")
      let outcome = try await rehearse(["audit", "--fail-on", "critical"] + workspace)
      #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test("the findings can be had as one HTML page that opens offline")
    func html() async throws {
      try await importSample()
      let place = folder.file("out/audit.html")
      let outcome = try await rehearse(
        ["audit", "--format", "html", "--output", place] + workspace)
      #expect(outcome.exitCode == 0, "\(outcome)")
      try #require(FileManager.default.fileExists(atPath: place), "nothing was written")
      let page = try String(contentsOfFile: place, encoding: .utf8)
      #expect(page.contains("<html") && page.contains("</html>"))
      #expect(page.contains("Collateral Valuation Script"))
      #expect(!page.contains("src=\"http") && !page.contains("href=\"http"))
      let first = try Data(contentsOf: URL(filePath: place))
      _ = try await rehearse(["audit", "--format", "html", "--output", place] + workspace)
      #expect(try Data(contentsOf: URL(filePath: place)) == first)
    }
  }
}
