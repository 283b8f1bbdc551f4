import Foundation
import Testing

extension EndToEndTests {
  @Suite("Outputs of the audit") struct AuditOutputTests {
    private let folder: TemporaryFolder
    private var workspace: [String] { ["--workspace", folder.workspace] }
    private static let policy = ["--policy", "inventories/meridian-bank.audit.yaml"]

    init() throws { folder = try TemporaryFolder() }

    private func importSample() async throws {
      let outcome = try await rehearse(["import", "inventories/meridian-bank"] + workspace)
      try #require(outcome.exitCode == 0, "\(outcome)")
    }

    private func audit(_ arguments: String...) async throws -> Outcome {
      try await rehearse(["audit"] + arguments + workspace)
    }

    // MARK: SARIF

    /// What SARIF 2.1.0 says of the objects that are written: names, which of them must be there, no
    /// others.
    static let message: JSONShape = .object(["text": .text], optional: ["markdown": .text])
    static let place: JSONShape = .object(
      ["uri": .text], optional: ["uriBaseId": .text, "index": .number])
    static let location: JSONShape = .object(
      [
        "physicalLocation": .object(
          ["artifactLocation": place],
          optional: [
            "region": .object(["startLine": .number], optional: ["startColumn": .number])
          ])
      ],
      optional: [
        "id": .number, "message": message,
        "logicalLocations": .list(.object(["fullyQualifiedName": .text])),
      ])
    static let result: JSONShape = .object(
      [
        "ruleId": .text, "level": .text, "message": message, "locations": .list(location),
        "relatedLocations": .list(location), "partialFingerprints": .named(.text),
        "suppressions": .list(
          .object([
            "kind": .text, "status": .text, "justification": .text, "location": location,
            "properties": .object(["owner": .text], optional: ["expires": .text]),
          ])), "properties": .open(["severity": .text]),
      ], optional: ["ruleIndex": .number, "baselineState": .text])
    static let sarif: JSONShape = .object([
      "$schema": .text, "version": .text,
      "runs": .list(
        .object([
          "tool": .object([
            "driver": .object([
              "name": .text, "semanticVersion": .text, "version": .text,
              "rules": .list(
                .object([
                  "id": .text, "name": .text, "shortDescription": message,
                  "fullDescription": message, "help": message,
                ])),
            ])
          ]),
          "invocations": .list(
            .object([
              "executionSuccessful": .boolean,
              "toolExecutionNotifications": .list(
                .object(
                  ["level": .text, "message": message],
                  optional: ["associatedRule": .object(["id": .text, "index": .number])])),
            ])), "originalUriBaseIds": .named(.object(["description": message])),
          "artifacts": .list(
            .object(
              ["location": place, "description": message], optional: ["parentIndex": .number])),
          "columnKind": .text, "results": .list(result),
          "properties": .object([
            "verdict": .text, "coverage": .list(.text), "assessments": .named(.text),
          ]),
        ])),
    ])

    @Test("SARIF has the names of version 2.1.0, and its references lead somewhere")
    func sarif() async throws {
      try await importSample()
      let before = folder.file("before.json")
      _ = try await audit("--check", "orphan", "--format", "json", "--output", before)
      let text = try await rehearse(
        ["audit", "--format", "sarif", "--baseline", before] + Self.policy + workspace
      ).output
      let document = try json(text)
      #expect(Self.sarif.differences(document) == [])
      #expect(document["version"] as? String == "2.1.0")
      let run = try #require((document["runs"] as? [[String: Any]])?.first)
      let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
      let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap {
        $0["id"] as? String
      }
      #expect(Set(rules).count == rules.count)
      let artifacts = try #require(run["artifacts"] as? [[String: Any]])
      let results = try #require(run["results"] as? [[String: Any]])
      #expect(results.count > 10)
      var prints: Set<String> = []
      for result in results {
        let rule = try #require(result["ruleIndex"] as? Int)
        #expect(rules[rule] == result["ruleId"] as? String)
        #expect(["error", "warning", "note"].contains(result["level"] as? String))
        #expect(["new", "unchanged", "absent"].contains(result["baselineState"] as? String))
        let print = (result["partialFingerprints"] as? [String: String])?.values.first
        #expect(prints.insert(try #require(print)).inserted)
        for location in result["locations"] as? [[String: Any]] ?? [] {
          let physical = try #require(location["physicalLocation"] as? [String: Any])
          let place = try #require(physical["artifactLocation"] as? [String: Any])
          let artifact = artifacts[try #require(place["index"] as? Int)]["location"]
          #expect((artifact as? [String: Any])?["uri"] as? String == place["uri"] as? String)
          #expect(URL(string: place["uri"] as? String ?? "") != nil)
          if let region = physical["region"] as? [String: Any] {
            #expect(region["startLine"] as? Int ?? 0 >= 1)
          }
        }
      }
      let waived = results.filter { ($0["suppressions"] as? [Any])?.isEmpty == false }
      #expect(waived.count == 2)
      // Of the orphans all were there; the others are of checks that had not run.
      let old = results.filter { $0["baselineState"] as? String == "unchanged" }
      #expect(!old.isEmpty && old.allSatisfy { $0["ruleId"] as? String == "orphan" })
    }

    @Test("paths in SARIF can be led from the root of a repository")
    func prefix() async throws {
      try await importSample()
      let text = try await audit("--format", "sarif", "--path-prefix", "inventories/x y").output
      #expect(text.contains("\"inventories/x%20y/register/"))
    }

    // MARK: Policy, waivers, baseline

    @Test("the sample policy waives two findings, and a third waiver has ended")
    func waivers() async throws {
      try await importSample()
      let document = try json(
        try await rehearse(["audit", "--format", "json"] + Self.policy + workspace).output)
      let waived = try #require(document["waived"] as? [[String: Any]])
      #expect(waived.compactMap { $0["id"] as? String }.count == 2)
      #expect((waived[0]["waiver"] as? [String: Any])?["owner"] is String)
      #expect(document["day"] as? String == "2026-11-30")
      let findings = try #require(document["findings"] as? [[String: Any]])
      let checks = findings.compactMap { $0["check"] as? String }
      #expect(checks.contains("waiver-expired") && !checks.contains("waiver-unmatched"))
      let open = Set(findings.compactMap { $0["id"] as? String })
      #expect(open.isDisjoint(with: waived.compactMap { $0["id"] as? String }))
    }

    @Test("a waived finding does not count for --fail-on, and the report says so")
    func waivedDoesNotFail() async throws {
      try await importSample()
      func run(_ policy: [String]) async throws -> Outcome {
        try await rehearse(
          ["audit", "--check", "single-point-of-failure", "--fail-on", "critical"] + policy
            + workspace)
      }
      #expect(try await run([]).exitCode == 1)
      let file = try folder.write(
        """
        waivers:
          - finding: single-point-of-failure/application:corebanking
            reason: it has a second site
            owner: Ada Example
        """.utf8, to: "policy.yaml")
      let waived = try await run(["--policy", file])
      #expect(waived.exitCode == 0, "\(waived)")
      #expect(waived.output.contains("Accepted by waivers: 1"))
      #expect(waived.output.contains("it has a second site"))
    }

    @Test("a bad policy file or baseline is refused with its place")
    func refused() async throws {
      try await importSample()
      let bad = try folder.write("thresholds: { dependants: 3 }\n".utf8, to: "bad.yaml")
      expectRefusal(try await audit("--policy", bad), "bad.yaml:1:15", "did you mean 'dependents'")
      expectRefusal(try await audit("--policy", folder.file("none.yaml")), "none.yaml")
      expectRefusal(try await audit("--baseline", bad), "bad.yaml:1")
      let other = try folder.write("{\"variants\": {}}".utf8, to: "other.json")
      expectRefusal(
        try await audit("--baseline", other), "other.json:1:1", "not a report of an audit")
      let part = folder.file("part.json")
      _ = try await audit("--severity", "high", "--format", "json", "--output", part)
      expectRefusal(try await audit("--baseline", part), "part.json", "--severity")
    }

    @Test("--new-only lets what was there before pass")
    func newOnly() async throws {
      try await importSample()
      let before = folder.file("before.json")
      _ = try await audit("--output", before)
      let same = try await audit(
        "--baseline", before, "--fail-on", "critical", "--new-only", "--format", "json")
      #expect(same.exitCode == 0, "\(same)")
      let comparison = try #require(try json(same.output)["comparison"] as? [String: Any])
      #expect(comparison["new"] as? Int == 0)
      #expect((comparison["fixed"] as? [Any])?.isEmpty == true)
      #expect(try await audit("--baseline", before, "--fail-on", "critical").exitCode == 1)
      let path = try folder.write(
        """
        System,Kind,Technology,Purpose,Owner,Team,Status,Integrates with,Failure rate,Volume,Human involvement
        Unknown Robot,rpa,UiPath,Files letters,,,production,CRM,1 %,100 per day,None

        """.utf8, to: "register.csv")
      _ = try await rehearse(["import", path] + workspace)
      let worse = try await audit("--baseline", before, "--fail-on", "critical", "--new-only")
      #expect(worse.exitCode == 1)
      #expect(worse.output.contains("[new]") && worse.output.contains("Unknown Robot"))
    }

    // MARK: Choosing

    @Test("single checks and assessments can be asked for, and nothing else runs")
    func checks() async throws {
      try await importSample()
      let document = try json(
        try await audit("--check", "orphan", "--check", "technology-mix", "--format", "json").output
      )
      #expect(document["checks"] as? [String] == ["orphan"])
      let tables = try #require(document["assessments"] as? [[String: Any]])
      #expect(tables.compactMap { $0["id"] as? String } == ["technology-mix"])
      let wrong = try await audit("--check", "orphn")
      #expect(wrong.exitCode == 64 && wrong.errors.contains("did you mean 'orphan'"), "\(wrong)")
    }

    @Test("the checks and assessments are listed, without a workspace")
    func list() async throws {
      let text = try await output(of: "audit", "checks")
      #expect(text.contains("owner-gap") && text.contains("technology-mix"))
      let document = try json(try await output(of: "audit", "checks", "--format", "json"))
      let shape: JSONShape = .object([
        "checks": .list(.object(["id": .text, "summary": .text, "matters": .text])),
        "assessments": .list(.object(["id": .text, "title": .text, "formula": .text])),
      ])
      #expect(shape.differences(document) == [])
    }

    @Test("the tables of the assessments are shown where asked, else a line each")
    func full() async throws {
      try await importSample()
      let short = try await audit("--top", "1").output
      #expect(short.contains("technology-mix: ") && !short.contains("share of the hybrid"))
      #expect(short.contains("could not see"))
      let full = try await audit("--top", "1", "--full").output
      #expect(full.contains("share of the hybrid") && full.contains("formula: "))
    }

    // MARK: Work lists and workbook

    @Test("a folder of work lists has one file for each who is to act, and every finding in one")
    func workLists() async throws {
      try await importSample()
      let place = folder.file("lists")
      let outcome = try await audit("--format", "csv", "--output", place)
      #expect(outcome.exitCode == 0, "\(outcome)")
      let names = try FileManager.default.contentsOfDirectory(atPath: place)
      #expect(names.contains("index.csv") && names.contains("nobody-known.csv"))
      let coverage = try String(contentsOfFile: "\(place)/coverage.csv", encoding: .utf8)
      #expect(coverage.hasPrefix("kind,what,in words"))
      #expect(coverage.contains("not concluded"))
      let findings = try #require(
        try json(try await audit("--format", "json").output)["findings"] as? [[String: Any]])
      let all = try names.map { try String(contentsOfFile: "\(place)/\($0)", encoding: .utf8) }
        .joined()
      for finding in findings { #expect(all.contains(finding["id"] as? String ?? "?")) }
      // A list of somebody to whom nothing falls any more goes; a file of somebody else's stays.
      try "mine".write(toFile: "\(place)/notes.txt", atomically: true, encoding: .utf8)
      let shorter = try await audit(
        "--format", "csv", "--output", place, "--check", "ghost-reference")
      #expect(shorter.exitCode == 0, "\(shorter)")
      let left = try FileManager.default.contentsOfDirectory(atPath: place)
      let index = try String(contentsOfFile: "\(place)/index.csv", encoding: .utf8)
      #expect(left.count < names.count && left.contains("notes.txt"))
      for name in left where !["index.csv", "coverage.csv", "notes.txt"].contains(name) {
        #expect(index.contains(name))
      }
      let one = try await audit("--format", "csv").output
      #expect(one.hasPrefix("for,known as,"))
    }

    @Test("the workbook is one file, whose bytes repeat")
    func workbook() async throws {
      try await importSample()
      let place = folder.file("audit.xlsx")
      #expect(try await audit("--output", place).exitCode == 0)
      let first = try Data(contentsOf: URL(filePath: place))
      #expect(first.prefix(2) == Data("PK".utf8))
      _ = try await audit("--output", place)
      #expect(try Data(contentsOf: URL(filePath: place)) == first)
      #expect(try await audit("--format", "xlsx").exitCode == 64)
    }

    @Test("people are named by pseudonyms in every output, also those of waivers")
    func pseudonyms() async throws {
      try await importSample()
      for format in ["text", "json", "html", "csv", "sarif"] {
        let text = try await rehearse(
          ["audit", "--format", format, "--pseudonymise"] + Self.policy + workspace
        ).output
        #expect(text.contains("person-"), "\(format)")
        #expect(!text.contains("Ines Brandauer"), "\(format)")
      }
    }
  }
}
