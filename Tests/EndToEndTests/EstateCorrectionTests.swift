import Foundation
import Testing

extension EndToEndTests {
  @Suite("One estate out of many files") struct EstateCorrectionTests {
    private static let sample = "inventories/meridian-bank"

    private func systems(_ workspace: [String]) async throws -> [String] {
      let text = try await rehearse(["inventory", "--format", "json"] + workspace)
      let list = try #require(try json(text.output)["systems"] as? [[String: Any]])
      return list.compactMap { $0["name"] as? String }
    }

    @Test("systems are merged, split and given back by undo; corrections stay at the next import")
    func mergeSplitUndo() async throws {
      let folder = try TemporaryFolder()
      let workspace = ["--workspace", folder.workspace]
      let by = ["--by", "Bo Example"] + workspace
      _ = try await rehearse(["import", Self.sample] + workspace)
      let before = try await systems(workspace)
      let (a, b) = (before[0], before[1])
      let merged = try await rehearse(["inventory", "merge", b, a] + by)
      #expect(merged.exitCode == 0 && merged.errors.contains("Correction 1: "), "\(merged)")
      #expect(try await systems(workspace) == before.filter { $0 != a })
      let again = try await rehearse(["import", Self.sample, "--fresh"] + workspace)
      #expect(again.exitCode == 0)
      #expect(try await systems(workspace) == before.filter { $0 != a })
      let matches = try await rehearse(["inventory", "matches", b] + workspace)
      #expect(matches.exitCode == 0 && matches.output.contains("by hand"), "\(matches)")
      // Without a selection the files and names that there are.
      let listing = try await rehearse(["inventory", "split", b, "--into", a] + by)
      expectRefusal(listing, "--from PATH")
      #expect(listing.errors.contains("'\(a)'"), "\(listing)")
      let split = try await rehearse(["inventory", "split", b, "--named", a, "--into", a] + by)
      #expect(split.exitCode == 0 && split.output.contains("\(a): "), "\(split)")
      #expect(try await systems(workspace) == before)
      let list = try await rehearse(["inventory", "corrections"] + workspace)
      #expect(list.output.contains("Bo Example") && list.output.contains("are one system"))
      for number in ["2", "1"] {
        #expect(try await rehearse(["inventory", "undo", number] + workspace).exitCode == 0)
      }
      #expect(try await systems(workspace) == before)
      expectRefusal(
        try await rehearse(["inventory", "undo", "1"] + workspace), "no correction 1")
      expectRefusal(
        try await rehearse(["inventory", "merge", a, "Nobody at all"] + by), "Nobody at all")
    }

    @Test("an alias is given and denied, a run time is set and shown")
    func aliasAndRunTime() async throws {
      let folder = try TemporaryFolder()
      let workspace = ["--workspace", folder.workspace]
      let by = ["--by", "Bo Example"] + workspace
      _ = try await rehearse(["import", Self.sample] + workspace)
      #expect(try await rehearse(["inventory", "alias", "Loan Agent", "LA-1"] + by).exitCode == 0)
      let time = ["inventory", "set", "LA-1", "run-time", "1 h 30 min"] + by
      #expect(try await rehearse(time).exitCode == 0)
      let shown = try await rehearse(["inventory", "show", "la 1"] + workspace)
      #expect(shown.output.contains("90 min") && shown.output.contains("LA-1"), "\(shown)")
      let listed = try await rehearse(["inventory", "list", "--format", "csv"] + workspace)
      #expect(listed.output.contains("Run time") && listed.output.contains("90 min"))
      expectRefusal(
        try await rehearse(["inventory", "set", "LA-1", "run-time", "long"] + by), "a duration")
      let denied = try await rehearse(["inventory", "unalias", "Loan Agent", "LA-1"] + by)
      #expect(denied.exitCode == 0, "\(denied)")
      expectRefusal(try await rehearse(["inventory", "show", "LA-1"] + workspace), "LA-1")
    }

    @Test("an import that changes something is told apart from one that does not")
    func history() async throws {
      let folder = try TemporaryFolder()
      let workspace = ["--workspace", folder.workspace]
      let file = try folder.write(
        Data("Name,Owner,Volume,Purpose\nBot,Ada,3 per day,Posts\nOther,Bo,,Reads\n".utf8),
        to: "in/register.csv")
      let root = folder.file("in")
      #expect(try await rehearse(["import", root] + workspace).exitCode == 0)
      let same = try await rehearse(["import", root] + workspace)
      #expect(same.output.contains("0 new, 0 changed, 1 as before, 0 gone"), "\(same)")
      #expect(same.output.contains("register.csv") && same.output.contains("2 systems"))
      _ = try folder.write(
        Data("Name,Owner,Volume,Purpose\nBot,Carla,3 per day,Posts\nNew,Bo,,Reads\n".utf8),
        to: "in/register.csv")
      #expect(try await rehearse(["import", "--again"] + workspace).exitCode == 0)
      let list = try await rehearse(["inventory", "history"] + workspace)
      #expect(list.output.contains("no change"), "\(list)")
      let last = try await rehearse(["inventory", "history", "3"] + workspace)
      for part in ["Ada → Carla", "New systems (1)", "Systems that are gone (1)", "register.csv"] {
        #expect(last.output.contains(part), "\(last)")
      }
      let document = try json(
        await output(
          of: "inventory", "history", "3", "--format", "json", "--workspace", folder.workspace))
      let estate = try #require(document["estate"] as? [String: Any])
      #expect(estate["systemsAdded"] as? [String] == ["New"])
      expectRefusal(try await rehearse(["inventory", "history", "9"] + workspace), "no import 9")
      #expect(FileManager.default.fileExists(atPath: file))
    }

    @Test("the whole inventory is exported in three formats, the same bytes each time")
    func export() async throws {
      let folder = try TemporaryFolder()
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", Self.sample] + workspace)
      for name in ["a.xlsx", "b.xlsx", "a.json", "a"] {
        let outcome = try await rehearse(
          ["inventory", "export", "--output", folder.file(name)] + workspace)
        #expect(outcome.exitCode == 0 && outcome.output == "", "\(outcome)")
      }
      let books = try ["a.xlsx", "b.xlsx"].map {
        try Data(contentsOf: URL(filePath: folder.file($0)))
      }
      #expect(books[0] == books[1] && books[0].starts(with: [0x50, 0x4B]))
      let tables = try json(
        String(decoding: Data(contentsOf: URL(filePath: folder.file("a.json"))), as: UTF8.self))
      for (name, rows) in tables {
        let csv = try String(contentsOfFile: folder.file("a/\(name).csv"), encoding: .utf8)
        let count = try #require(rows as? [Any]).count
        #expect(csv.components(separatedBy: "\r\n").count == count + 2, "\(name)")
      }
      let names = try await systems(workspace)
      #expect(
        (tables["systems"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == names)
    }

    @Test("a register that nobody touched changes nothing when it is read back")
    func register() async throws {
      let folder = try TemporaryFolder()
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", Self.sample] + workspace)
      let before = try await rehearse(["inventory"] + workspace)
      for name in ["register.xlsx", "register.csv"] {
        let written = try await rehearse(
          ["inventory", "register", "--output", folder.file(name)] + workspace)
        #expect(written.exitCode == 0, "\(written)")
        let read = try await rehearse(["import", folder.file(name)] + workspace)
        #expect(read.exitCode == 0, "\(read)")
        #expect(try await rehearse(["inventory"] + workspace).output == before.output)
        let history = try await rehearse(["inventory", "history"] + workspace)
        #expect(history.output.contains("no change"), "\(history)")
      }
    }
  }
}
