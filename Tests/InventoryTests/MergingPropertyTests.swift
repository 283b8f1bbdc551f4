import Facts
import Inventory
import Testing

/// A small generator for repeatable tests: SplitMix64 (Steele, Lea & Flood 2014,
/// doi:10.1145/2714064.2660195).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Merging, whatever the documents")
struct MergingPropertyTests {
  private let names = [
    "Alpha", "alpha", "Al-pha", "Beta", "Gamma bot", "gamma_bot", "Process_1", "!",
  ]

  private func documents(seed: UInt64) -> [SourceDocument] {
    var random = SplitMix64(state: seed)
    func name() -> String { names.randomElement(using: &random) ?? "" }
    return (0..<6).map { number in
      let path = "file-\(number)"
      return document(path) { fragment in
        for line in 1...4 {
          let provenance = Provenance.allCases.randomElement(using: &random) ?? .imported
          let source = evidence(path, provenance, line: line)
          var statement = system(
            name(), path, provenance,
            aliases: Bool.random(using: &random) ? [name(), "a\(line)"] : [],
            kind: SystemKind.allCases.randomElement(using: &random), owner: name())
          statement.sources = [source]
          statement.team.state(name(), source)
          fragment.systems.append(statement)
          fragment.connections.append(
            Connection(
              .invokes,
              from: EntityReference(
                EntityKind.allCases.randomElement(using: &random) ?? .data, name()),
              to: EntityReference(
                EntityKind.allCases.randomElement(using: &random) ?? .data, name()),
              evidence: source))
          fragment.steps.append(
            Step(system: name(), id: "\(line)", kind: .action, evidence: source))
          if Bool.random(using: &random) {
            fragment.applications.append(
              Application(name: name(), aliases: [name()], source: source))
          }
        }
      }
    }
  }

  @Test("the order of documents does not matter", arguments: 0..<100 as Range<UInt64>)
  func order(seed: UInt64) {
    var random = SplitMix64(state: seed &+ 1_000_000)
    let documents = documents(seed: seed)
    #expect(Estate(merging: documents) == Estate(merging: documents.shuffled(using: &random)))
  }

  @Test("importing twice changes nothing", arguments: 0..<100 as Range<UInt64>)
  func twice(seed: UInt64) {
    let documents = documents(seed: seed)
    #expect(Estate(merging: documents) == Estate(merging: documents + documents))
  }

  @Test(
    "no statement about a system is lost, and names stay unique",
    arguments: 0..<100 as Range<UInt64>)
  func nothingLost(seed: UInt64) {
    let documents = documents(seed: seed)
    let estate = Estate(merging: documents)
    let said = Set(documents.flatMap(\.fragment.systems).flatMap(\.owner.facts))
    #expect(Set(estate.systems.flatMap(\.owner.facts)) == said)
    let sources = Set(documents.flatMap(\.fragment.systems).flatMap(\.sources))
    #expect(sources.isSubset(of: estate.systems.flatMap(\.sources)))
    #expect(Set(estate.systems.map(\.key)).count == estate.systems.count)
    #expect(estate.connections.flatMap(\.evidence).count >= Set(sources).count)
  }

  @Test(
    "every end of a connection is a thing of the estate or a ghost",
    arguments: 0..<100 as Range<UInt64>)
  func endsExist(seed: UInt64) {
    let estate = Estate(merging: documents(seed: seed))
    let things = Set(
      estate.systems.map { EntityReference(.system, $0.name) }
        + estate.applications.map { EntityReference(.application, $0.name) }
        + estate.teams.map { EntityReference(.team, $0.name) } + estate.ghosts)
    for connection in estate.connections {
      for end in [connection.source, connection.target] where end.kind != .data {
        #expect(things.contains(end), "\(end.name)")
      }
    }
  }
}
