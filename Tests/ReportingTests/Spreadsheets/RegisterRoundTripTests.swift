import Facts
import Foundation
import Importing
import Inventory
import Reporting
import Testing

@Suite("The register, out and in") struct RegisterRoundTripTests {
  private let file = Evidence(.imported, SourceLocation(path: "bots.json", line: 1))

  /// Systems with everything that a register can say, with nothing, and with names that are hard to write.
  private func documents() throws -> [SourceDocument] {
    var fragment = EstateFragment()
    var full = AutomationSystem(name: "KYC, \"the\" Bot", source: file)
    full.aliases = ["0f8fad5b-d9cb-469f-a165-70867728950e", "kyc; old", "main"]
    full.kind.state(.workflow, file)
    full.technology.state("UiPath", file)
    full.purpose.state("=screens applicants,\nlist by list", file)
    full.owner.state("+Ada Example", file)
    full.team.state("Lending", file)
    full.creator.state("@bo", file)
    if let share = Probability(0.01234) { full.failureRate.state(share, file) }
    full.volume.state(Frequency(count: 1.234, per: .day), Evidence(.measured, file.location))
    full.runTime.state(TimeSpan(microseconds: 92_500_000), file)
    full.status.state(.pilot, file)
    full.criticality.state(.missionCritical, file)
    full.version.state("1.2", file)
    full.models = ["gpt-4o", "o3"]
    var bare = AutomationSystem(name: "Unknown Robot", source: file)
    bare.aliases = ["main"]
    bare.technology.state("UiPath", file)
    var process = AutomationSystem(name: "Loans", source: file)
    process.kind.state(.workflow, file)
    var rules = AutomationSystem(name: "Loans", source: file)
    rules.kind.state(.rules, file)
    fragment.systems = [full, bare, process, rules]
    for target in ["SAP (API)", "Foo, Inc", "Archive"] {
      fragment.connections.append(
        Connection(
          .writes, from: EntityReference(.system, full.name),
          to: EntityReference(.application, target), channel: .api, action: "Post", evidence: file))
    }
    fragment.connections.append(
      Connection(
        .invokes, from: EntityReference(.system, full.name),
        to: EntityReference(.system, "Unknown Robot"), channel: .internalCall, evidence: file))
    return [
      SourceDocument(
        path: "bots.json", format: "test", status: .imported, digest: "1", fragment: fragment)
    ]
  }

  /// The documents that a file with these bytes becomes.
  private func imported(_ content: [String: Data]) throws -> [SourceDocument] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "r-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in content { try bytes.write(to: folder.appending(path: name)) }
    return importFiles(at: [folder.path]).documents
  }

  /// What an estate holds apart from who says so.
  private func expectSame(_ before: Estate, _ after: Estate) {
    // A row names the second system of a name as it is shown; its own name is then another one of it.
    var expected = EstateSnapshot(before).systems
    expected["Loans (rules)"]?["also called"] = "Loans"
    #expect(EstateSnapshot(after).systems == expected)
    #expect(EstateSnapshot(after).connections == EstateSnapshot(before).connections)
    #expect(after.applications.map(\.name) == before.applications.map(\.name))
    #expect(after.ghosts == before.ghosts)
    for system in before.systems {
      let other = after.system(named: system.name)
      #expect(other?.kind.winner == system.kind.winner)
      #expect(other?.owner.winner == system.owner.winner)
      #expect(other?.volume.winner == system.volume.winner)
      #expect(other?.runTime.winner == system.runTime.winner)
      #expect(other?.purpose.winner == system.purpose.winner)
    }
  }

  @Test("a register that nobody filled in changes nothing", arguments: ["csv", "xlsx"])
  func untouched(kind: String) throws {
    let documents = try documents()
    let before = Estate(merging: documents)
    #expect(
      before.systems.map(\.name) == ["KYC, \"the\" Bot", "Loans", "Loans (rules)", "Unknown Robot"])
    let table = registerTable(before)
    let bytes = kind == "csv" ? Data(table.csv.utf8) : try workbookFile([table])
    let register = try imported(["register.\(kind)": bytes])
    #expect(register.map(\.format) == ["system-register"])
    #expect(register.flatMap(\.problems).map(\.message) == [])
    expectSame(before, Estate(merging: documents + register))
  }

  @Test("what the register knew stands by itself where nothing else does")
  func alone() throws {
    let before = Estate(merging: try documents())
    let register = try imported(["register.csv": Data(registerTable(before).csv.utf8)])
    let after = Estate(merging: register)
    #expect(after.systems.map(\.name) == before.systems.map(\.name))
    let (old, new) = (before.systems[0], after.systems[0])
    #expect(new.purpose.value == old.purpose.value)
    #expect(new.owner.value == old.owner.value)
    #expect(new.creator.value == old.creator.value)
    #expect(new.failureRate.value == old.failureRate.value)
    #expect(new.volume.value == old.volume.value)
    #expect(new.runTime.value == old.runTime.value)
    #expect(new.models == old.models)
    #expect(Set(after.connections.map(\.target.name)) == Set(before.connections.map(\.target.name)))
    // Unknown is unknown: the product alone does not tell the kind of a system that nobody declared.
    let robot = try #require(after.system(named: "Unknown Robot"))
    #expect(!robot.kind.isKnown && !robot.owner.isKnown && !robot.volume.isKnown)
  }

  @Test("gaps are named, and what owners fill in is declared, of several files together")
  func filledIn() throws {
    let documents = try documents()
    let table = registerTable(Estate(merging: documents))
    let column = { (name: String) in try #require(table.columns.firstIndex(of: name)) }
    let missing = try column(RegisterMarks.missingHeader)
    let row = try #require(table.rows.firstIndex { $0[0] == .text("Unknown Robot") })
    #expect(
      table.rows[row][missing]
        == .text(
          "kind, purpose, owner, integrates with, failure rate, volume, human involvement"))
    var first = table
    first.rows[row][try column("Owner")] = .text("Carla Example")
    first.rows[row][try column("Volume")] = .text("40 per day")
    first.rows = [first.rows[row]]
    var second = table
    let rules = try #require(table.rows.firstIndex { $0[0] == .text("Loans (rules)") })
    second.rows[rules][try column("Owner")] = .text("Dan Example")
    let full = try #require(
      table.rows.firstIndex { row in
        if case .text(let name) = row[0] { name.hasPrefix("KYC") } else { false }
      })
    second.rows[full][try column("Owner")] = .text("Eve Example")
    second.rows.remove(at: row)
    let registers = try imported([
      "first.csv": Data(first.csv.utf8), "second.xlsx": try workbookFile([second]),
    ])
    let after = Estate(merging: documents + registers)
    #expect(after.systems.count == 4)
    let robot = try #require(after.system(named: "Unknown Robot"))
    #expect(robot.owner.winner?.value == "Carla Example")
    #expect(robot.owner.winner?.evidence.provenance == .declared)
    #expect(robot.owner.winner?.evidence.location.path == "first.csv")
    #expect(robot.volume.value == Frequency(count: 40, per: .day))
    #expect(!robot.purpose.isKnown)
    #expect(after.system(named: "Loans (rules)")?.owner.value == "Dan Example")
    #expect(after.system(named: "Loans")?.owner.value == nil)
    let bot = try #require(after.system(named: "KYC, \"the\" Bot"))
    // A declaration overrules what the file said, which stays to be seen.
    #expect(bot.owner.value == "Eve Example")
    #expect(bot.owner.dissent.map(\.value).contains("+Ada Example"))
    #expect(bot.volume.winner?.evidence.provenance == .measured)
  }
}
