import Foundation
import Testing

extension EndToEndTests {
  @Suite("Import and inventory") struct ImportTests {
    private static let sample = "inventories/meridian-bank"

    private static let shape: JSONShape = {
      let problem: JSONShape = .object(
        ["severity": .text, "message": .text, "path": .text, "position": .textOrNull],
        optional: ["element": .text])
      let file: JSONShape = .object([
        "path": .text, "format": .textOrNull, "status": .text, "digest": .text,
        "systems": .number, "steps": .number, "connections": .number, "calls": .number,
        "human": .number, "triggers": .number, "unknowns": .number, "limits": .list(.text),
        "problems": .list(problem),
      ])
      let counts = [
        "files", "imported", "partial", "not_inventory", "failed", "systems", "applications",
        "teams",
        "steps", "connections", "problems",
      ]
      return .object([
        "files": .list(file), "problems": .list(problem),
        "totals": .object(Dictionary(uniqueKeysWithValues: counts.map { ($0, .number) })),
      ])
    }()

    @Test("the sample estate is imported without a failed file, in the documented shape")
    func sample() async throws {
      let folder = try TemporaryFolder()
      let document = try json(
        await output(
          of: "import", Self.sample, "--workspace", folder.workspace, "--format", "json"))
      #expect(Self.shape.differences(document) == [])
      let files = try #require(document["files"] as? [[String: Any]])
      let totals = try #require(document["totals"] as? [String: Int])
      #expect(files.count == totals["files"])
      for status in ["imported", "partial", "not_inventory", "failed"] {
        #expect(files.count { $0["status"] as? String == status } == totals[status])
      }
      #expect(totals["failed"] == 0)
      #expect(totals["systems"] ?? 0 >= 25)
      #expect(totals["teams"] ?? 0 >= 8)
      #expect(totals["applications"] ?? 0 >= 10)
      // The note for people is no export, nor are a few members of the archives.
      let beside = files.filter { $0["status"] as? String == "not_inventory" }
        .compactMap { $0["path"] as? String }.filter { !$0.contains("!/") }
      #expect(beside == ["README.md"])
    }

    @Test("problems stand in the documented shape, with their position")
    func problems() async throws {
      let folder = try TemporaryFolder()
      try folder.copy("\(Self.sample)/bpmn", to: "exports")
      let text = try projectText("scenarios/reference/one-task.bpmn")
        .replacingOnce("targetRef=\"task\"", with: "targetRef=\"tusk\"")
      try folder.write(text.utf8, to: "exports/dangling.bpmn")
      let document = try json(
        await output(
          of: "import", folder.file("exports"), "--workspace", folder.workspace, "--format", "json")
      )
      #expect(Self.shape.differences(document) == [])
      let files = try #require(document["files"] as? [[String: Any]])
      let failed = try #require(files.first { $0["path"] as? String == "dangling.bpmn" })
      #expect(failed["status"] as? String == "failed")
      let problem = try #require((failed["problems"] as? [[String: Any]])?.first)
      let line = try text.position(of: "<bpmn:sequenceFlow id=\"to_task\"").prefix { $0 != ":" }
      #expect((problem["position"] as? String)?.hasPrefix("\(line):") == true)
    }

    @Test("importing twice changes nothing")
    func twice() async throws {
      let folder = try TemporaryFolder()
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", Self.sample] + workspace)
      let once = try await rehearse(["inventory", "list", "--format", "json"] + workspace)
      let again = try await rehearse(["import", Self.sample] + workspace)
      #expect(again.exitCode == 0 && again.output.contains("0 new, 0 changed"), "\(again)")
      // The same folder under another name is the same folder.
      let detour = try await rehearse(
        ["import", "inventories/../inventories/meridian-bank/"] + workspace)
      #expect(detour.exitCode == 0 && detour.output.contains("0 new, 0 changed"), "\(detour)")
      let twice = try await rehearse(["inventory", "list", "--format", "json"] + workspace)
      #expect(once.exitCode == 0 && once.output.count > 10_000)
      #expect(once.output == twice.output)
    }

    @Test("people can be shown or kept by pseudonyms, and applications of one's own are known")
    func people() async throws {
      let folder = try TemporaryFolder()
      try folder.write(
        Array(
          """
          Name,Owner,Volume,Failure rate,Purpose
          Intake Bot,Ada Example,1 per day,3 %,p
          """.utf8), to: "exports/register.csv")
      try folder.write(
        Array(
          """
          {"name": "Claims Agent", "url": "https://a.desk.example/x", "capabilities": {},
           "skills": [{"id": "s"}], "description": "Asks Ada Example or ada@example.com"}
          """.utf8), to: "exports/card.json")
      try folder.write(
        Array("applications:\n  - {name: Claims Desk, hosts: [desk.example]}\n".utf8),
        to: "own.yaml")
      let workspace = ["--workspace", folder.workspace]
      let plain = try await rehearse(
        ["import", folder.file("exports"), "--applications", folder.file("own.yaml")] + workspace)
      #expect(plain.exitCode == 0, "\(plain)")
      let named = try await rehearse(["inventory", "list", "--format", "json"] + workspace)
      #expect(named.output.contains("Ada Example"))
      let shown = try await rehearse(
        ["inventory", "list", "--format", "json", "--pseudonymise"] + workspace)
      #expect(!shown.output.contains("Ada") && !shown.output.contains("ada@"))
      #expect(shown.output.contains("person-"))
      let keyed = try await rehearse(
        ["inventory", "list", "--format", "json", "--pseudonymise", "--pseudonym-key", "k"]
          + workspace)
      #expect(keyed.output != shown.output)
      _ = try await rehearse(["import", folder.file("exports"), "--pseudonymise"] + workspace)
      let kept = try await rehearse(["inventory", "list", "--format", "json"] + workspace)
      #expect(!kept.output.contains("Ada") && kept.output == shown.output)
      let idle = try await rehearse(["inventory", "--pseudonym-key", "k"] + workspace)
      #expect(idle.exitCode != 0 && idle.errors.contains("--pseudonymise"))
      let wrong = try await rehearse(
        ["import", folder.file("exports"), "--applications", folder.file("exports/card.json")]
          + workspace)
      #expect(wrong.exitCode == 2 && wrong.errors.contains("applications"), "\(wrong)")
    }

    @Test("a changed file replaces what it said, a vanished one says nothing more")
    func changed() async throws {
      let folder = try TemporaryFolder()
      try folder.copy("\(Self.sample)/a2a", to: "exports")
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", folder.file("exports")] + workspace)
      let before = try await systems(workspace)
      let card = try #require(
        try FileManager.default.contentsOfDirectory(atPath: folder.file("exports")).sorted().first)
      let text = try String(contentsOfFile: folder.file("exports/\(card)"), encoding: .utf8)
      let old = try #require(try json(text)["name"] as? String)
      #expect(before.contains(old))
      try folder.write(
        text.replacing("\"\(old)\"", with: "\"Renamed Agent\"").utf8, to: "exports/\(card)")
      let outcome = try await rehearse(["import", folder.file("exports")] + workspace)
      #expect(outcome.output.contains("0 new, 1 changed"), "\(outcome)")
      let renamed = try await systems(workspace)
      #expect(renamed == before.subtracting([old]).union(["Renamed Agent"]))
      try FileManager.default.removeItem(atPath: folder.file("exports/\(card)"))
      let gone = try await rehearse(["import", folder.file("exports")] + workspace)
      #expect(gone.output.contains("1 gone"), "\(gone)")
      #expect(try await systems(workspace) == before.subtracting([old]))
    }

    private func systems(_ workspace: [String]) async throws -> Set<String> {
      let outcome = try await rehearse(["inventory", "list", "--format", "json"] + workspace)
      let list = try #require(try json(outcome.output)["systems"] as? [[String: Any]])
      return Set(list.compactMap { $0["name"] as? String })
    }

    @Test("a changed file replaces what it said, however it is named")
    func changedAlone() async throws {
      let folder = try TemporaryFolder()
      try FileManager.default.createDirectory(
        atPath: folder.file("estate"), withIntermediateDirectories: false)
      try folder.copy("\(Self.sample)/a2a", to: "estate/exports")
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", folder.file("estate/exports")] + workspace)
      let before = try await systems(workspace)
      let text = try String(
        contentsOfFile: folder.file("estate/exports/loan-agent.json"), encoding: .utf8)
      try folder.write(
        text.replacing("\"Loan Agent\"", with: "\"Renamed Agent\"").utf8,
        to: "estate/exports/loan-agent.json")
      let alone = try await rehearse(
        ["import", folder.file("estate/exports/loan-agent.json")] + workspace)
      #expect(alone.output.contains("0 new, 1 changed"), "\(alone)")
      let after = before.subtracting(["Loan Agent"]).union(["Renamed Agent"])
      #expect(try await systems(workspace) == after)
      let above = try await rehearse(["import", folder.file("estate")] + workspace)
      #expect(above.output.contains("0 new, 0 changed, 3 as before, 0 gone"), "\(above)")
      let inside = try await rehearse(["import", folder.file("estate/exports")] + workspace)
      #expect(inside.output.contains("0 new, 0 changed, 3 as before, 0 gone"), "\(inside)")
      #expect(try await systems(workspace) == after)
    }

    @Test("in which order the parts of an estate are imported does not matter")
    func order() async throws {
      let folder = try TemporaryFolder()
      let parts = try FileManager.default.contentsOfDirectory(
        atPath: "\(packageRoot)/\(Self.sample)"
      ).filter { $0 != "README.md" }.sorted().map { "\(Self.sample)/\($0)" }
      let forth = ["--workspace", folder.file("forth.sqlite")]
      let back = ["--workspace", folder.file("back.sqlite")]
      #expect(try await rehearse(["import"] + parts + forth).exitCode == 0)
      for part in parts.reversed() {
        #expect(try await rehearse(["import", part] + back).exitCode == 0)
      }
      let list = ["inventory", "list", "--format", "json"]
      let listed = try await rehearse(list + forth)
      #expect(listed.exitCode == 0)
      #expect(try await rehearse(list + back).output == listed.output)
    }

    @Test("a fact corrected by hand wins, stays when files are read again, and the file's is shown")
    func corrected() async throws {
      let folder = try TemporaryFolder()
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", Self.sample] + workspace)
      let correction = try await rehearse(
        ["inventory", "set", "Loan Agent", "owner", "Ada Example", "--by", "Bo Example"]
          + workspace)
      #expect(correction.exitCode == 0, "\(correction)")
      _ = try await rehearse(["import", Self.sample] + workspace)
      let shown = try await rehearse(["inventory", "show", "Loan Agent"] + workspace)
      #expect(shown.exitCode == 0 && shown.output.contains("Ada Example"), "\(shown)")
      #expect(shown.output.contains("register/system-register.csv"), "\(shown)")
      let misspelt = try await rehearse(["inventory", "show", "Lona Agent"] + workspace)
      expectRefusal(misspelt, "did you mean 'Loan Agent'?")
    }

    @Test("the exported register can be imported again and names the same systems")
    func roundTrip() async throws {
      let folder = try TemporaryFolder()
      let first = ["--workspace", folder.file("first.sqlite")]
      let second = ["--workspace", folder.file("second.sqlite")]
      _ = try await rehearse(["import", Self.sample] + first)
      let csv = folder.file("systems.csv")
      let export = try await rehearse(
        ["inventory", "list", "--format", "csv", "--output", csv] + first)
      #expect(export.exitCode == 0 && export.output == "", "\(export)")
      let again = try await rehearse(["import", csv] + second)
      #expect(again.exitCode == 0, "\(again)")
      let names = try await systems(first)
      #expect(names.count >= 25)
      #expect(try await systems(second) == names)
    }

    @Test("a register is previewed in the documented shape, mapped, imported, and remembered")
    func register() async throws {
      let folder = try TemporaryFolder()
      let rows = "Robots of the bank\nDing;Wer;Runs a month\nLedger Bot;A. Example;1.200\n"
      try folder.write(rows.utf8, to: "robots.csv")
      let path = folder.file("robots.csv")
      let workspace = ["--workspace", folder.workspace]
      let column: JSONShape = .object(
        ["column": .text, "field": .textOrNull, "given": .boolean, "cells": .list(.text)],
        optional: ["hint": .text])
      let shape: JSONShape = .object([
        "tables": .list(
          .object(
            [
              "header": .number, "rows": .number, "columns": .list(column), "missing": .list(.text),
            ],
            optional: ["sheet": .text, "delimiter": .text])),
        "fields": .list(.text),
      ])
      let preview = try json(
        await output(
          of: "import", "register", path, "--map", "Ding=name", "--preview", "--format", "json"))
      #expect(shape.differences(preview) == [])
      let refused = try await rehearse(["import", "register", path] + workspace)
      expectRefusal(refused, "--map")
      let unknown = try await rehearse(
        ["import", "register", path, "--map", "Wor=owner"] + workspace)
      expectRefusal(unknown, "did you mean 'Wer'?")
      let mapping = ["--map", "Ding=name", "--map", "Wer=owner"]
      let done = try await rehearse(["import", "register", path] + mapping + workspace)
      #expect(done.exitCode == 0 && done.output.contains("1 new"), "\(done)")
      // Said once, it holds for the file.
      try folder.write((rows + "Second Bot;B. Example;3\n").utf8, to: "robots.csv")
      let again = try await rehearse(["import", path] + workspace)
      #expect(again.exitCode == 0 && again.output.contains("1 changed"), "\(again)")
      #expect(try await systems(workspace) == ["Ledger Bot", "Second Bot"])
      let text = try await output(of: "import", "register", path, "--preview")
      #expect(text.contains("Not read: Ding, Wer"), "\(text)")
    }
  }
}
