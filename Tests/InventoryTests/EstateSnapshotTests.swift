import Facts
import Inventory
import Testing

@Suite("What changes in an estate")
struct EstateSnapshotTests {
  private func documents(seed: UInt64) -> [SourceDocument] {
    var random = SplitMix64(state: seed)
    let names = ["Alpha", "al-pha", "Beta", "Gamma", "Delta"]
    func name() -> String { names.randomElement(using: &random) ?? "" }
    return (0..<5).map { number in
      let path = "f\(number)"
      return document(path) { fragment in
        for line in 1...4 {
          fragment.systems.append(
            system(name(), path, aliases: [name()], owner: name()))
          fragment.steps.append(
            Step(
              system: name(), id: "\(line % 2)", kind: .action, evidence: evidence(path, line: line)
            ))
          fragment.connections.append(
            Connection(
              .reads, from: EntityReference(.system, name()),
              to: EntityReference(.application, name()), evidence: evidence(path, line: line)))
        }
      }
    }
  }

  @Test("the snapshot of cores is that of the estate", arguments: 0..<100 as Range<UInt64>)
  func cores(seed: UInt64) throws {
    let documents = documents(seed: seed)
    let corrections = [
      try Correction(.merge(.system, names: ["Beta", "Gamma"]), author: "G", date: "d")
    ]
    #expect(
      EstateSnapshot(merging: documents.map(DocumentCore.init), corrections: corrections)
        == EstateSnapshot(Estate(merging: documents, corrections: corrections)))
  }

  @Test("what a core leaves out is put back", arguments: 0..<20 as Range<UInt64>)
  func details(seed: UInt64) {
    for whole in documents(seed: seed) {
      var document = DocumentCore(whole).document
      #expect(document.fragment.steps.isEmpty)
      document.fragment.add(details: whole.fragment.details)
      #expect(document == whole)
    }
  }

  @Test("a difference names what came, what went and which fields are different")
  func difference() {
    let before = Estate(merging: [
      document("a") {
        $0.systems = [system("Old", "a"), system("Bot", "a", owner: "Ada")]
        $0.connections = [
          Connection(
            .reads, from: EntityReference(.system, "Bot"), to: EntityReference(.application, "SAP"),
            evidence: evidence("a"))
        ]
      }
    ])
    let after = Estate(merging: [
      document("a") {
        $0.systems = [system("New", "a"), system("Bot", "a", kind: .rpa, owner: "Bo")]
        $0.teams = [Team(name: "Ops", source: evidence("a"))]
      }
    ])
    let difference = EstateDifference(from: EstateSnapshot(before), to: EstateSnapshot(after))
    #expect(difference.systemsAdded == ["New"])
    #expect(difference.systemsRemoved == ["Old"])
    #expect(difference.systemsChanged.map(\.system) == ["Bot"])
    let fields = difference.systemsChanged.flatMap(\.fields)
    #expect(fields.map(\.field) == ["kind", "owner"])
    #expect(fields.map(\.before) == [nil, "Ada"])
    #expect(fields.map(\.after) == ["rpa", "Bo"])
    #expect(difference.connectionsAdded.isEmpty)
    #expect(difference.connectionsRemoved.map(\.target) == ["SAP"])
    #expect(difference.applicationsRemoved == ["SAP"])
    #expect(difference.teamsAdded == ["Ops"])
    #expect(!difference.isEmpty)
    let same = EstateDifference(from: EstateSnapshot(after), to: EstateSnapshot(after))
    #expect(same.isEmpty)
  }
}
