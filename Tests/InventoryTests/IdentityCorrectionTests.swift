import Facts
import Inventory
import Testing

@Suite("Merging, splitting and naming by hand")
struct IdentityCorrectionTests {
  private func correction(_ action: Correction.Action) throws -> Correction {
    try Correction(action, author: "Grace", date: "2026-01-02")
  }

  private func estate(
    _ documents: [SourceDocument], _ actions: Correction.Action...
  ) throws -> Estate {
    Estate(merging: documents, corrections: try actions.map(correction))
  }

  private func split(
    _ name: String, documents: [String] = [], names: [String] = [], into: String
  ) -> Correction.Action {
    .split(
      system: name, selection: StatementSelection(documents: documents, names: names), into: into)
  }

  /// Two robots in files of their own, each with a step and a call.
  private let robots = ["KYC Bot", "Screening Robot"].enumerated().map { number, name in
    document("robots/\(number).xaml") {
      $0.systems = [system(name, "robots/\(number).xaml", owner: "Owner \(number)")]
      $0.steps = [
        Step(system: name, id: "s", kind: .action, evidence: evidence("robots/\(number).xaml"))
      ]
      $0.connections = [
        Connection(
          .invokes, from: EntityReference(.system, name), to: EntityReference(.application, "SAP"),
          evidence: evidence("robots/\(number).xaml"))
      ]
    }
  }

  @Test("merged systems are one, under the first name, with the facts and connections of both")
  func merge() throws {
    let estate = try estate(robots, .merge(.system, names: ["Screening Robot", "kyc-bot"]))
    #expect(estate.systems.map(\.name) == ["Screening Robot"])
    #expect(estate.systems.first?.aliases == ["KYC Bot"])
    #expect(estate.systems.first?.owner.facts.map(\.value) == ["Owner 0", "Owner 1"])
    #expect(estate.connections.map(\.source.name) == ["Screening Robot"])
    #expect(estate.connections.first?.evidence.count == 2)
    #expect(estate.steps.map(\.system) == ["Screening Robot"])
    #expect(estate.unappliedCorrections.isEmpty)
  }

  @Test("merged and split again, everything is as it was")
  func mergeAndSplit() throws {
    let back = try estate(
      robots, .merge(.system, names: ["KYC Bot", "Screening Robot"]),
      split("KYC Bot", names: ["Screening Robot"], into: "Screening Robot"))
    #expect(back == Estate(merging: robots))
  }

  /// One name in two teams' folders: files agree in nothing but the name.
  private let namesakes = ["a", "b"].map { folder in
    document("\(folder)/flow.json") {
      $0.systems = [system("Sync", "\(folder)/flow.json", owner: folder)]
      $0.steps = [
        Step(system: "Sync", id: folder, kind: .action, evidence: evidence("\(folder)/flow.json"))
      ]
    }
  }

  @Test("what the files of a folder say is split off, with their steps")
  func splitByFolder() throws {
    let one = Estate(merging: namesakes)
    #expect(one.systems.map(\.name) == ["Sync"])
    let two = try estate(namesakes, split("Sync", documents: ["b/"], into: "Sync of B"))
    #expect(two.systems.map(\.name) == ["Sync", "Sync of B"])
    #expect(two.systems.map(\.owner.value) == ["a", "b"])
    #expect(two.steps.map(\.system) == ["Sync", "Sync of B"])
  }

  @Test("what an alias joined wrongly is split by its name, and the aliases go with it")
  func splitByName() throws {
    let files = [
      document("p.xml") { $0.systems = [system("Payments", "p.xml", aliases: ["Refunds"])] },
      document("r.xml") { $0.systems = [system("Refunds", "r.xml")] },
    ]
    #expect(Estate(merging: files).systems.map(\.name) == ["Payments"])
    let two = try estate(files, split("Payments", names: ["Refunds"], into: "Refunds"))
    #expect(two.systems.map(\.name) == ["Payments", "Refunds"])
    #expect(two.systems.map(\.aliases) == [[], []])
  }

  @Test("what is split off goes to a system that is there where it has the name")
  func splitIntoExisting() throws {
    let files = namesakes + robots
    let estate = try estate(files, split("Sync", documents: ["b/flow.json"], into: "KYC Bot"))
    let robot = try #require(estate.system(named: "KYC Bot"))
    #expect(Set(robot.owner.facts.map(\.value)) == ["Owner 0", "b"])
    #expect(robot.name == "KYC Bot" || robot.aliases.contains("KYC Bot"))
    #expect(estate.systems.count == 3)
  }

  @Test("the name goes along where only what is split off has it")
  func nameGoesAlong() throws {
    let files = [
      document("a.csv") { $0.systems = [system("Old", "a.csv", .declared, aliases: ["New"])] },
      document("b.xml") { $0.systems = [system("New", "b.xml")] },
    ]
    #expect(Estate(merging: files).systems.map(\.name) == ["Old"])
    let two = try estate(files, split("Old", names: ["Old"], into: "Retired"))
    #expect(two.systems.map(\.name) == ["New", "Retired"])
  }

  @Test("an alias leads a reference to the system, and joins what comes later under that name")
  func alias() throws {
    let caller = document("c.json") {
      $0.systems = [system("Caller", "c.json")]
      $0.connections = [
        Connection(
          .invokes, from: EntityReference(.system, "Caller"), to: EntityReference(.system, "KYC-7"),
          evidence: evidence("c.json"))
      ]
    }
    let alias = Correction.Action.alias(.system, name: "KYC Bot", alias: "KYC-7")
    #expect(Estate(merging: robots + [caller]).ghosts.map(\.name) == ["KYC-7"])
    let known = try estate(robots + [caller], alias)
    #expect(known.ghosts.isEmpty)
    #expect(known.connections.contains { $0.target.name == "KYC Bot" })
    let later = document("later.xaml") { $0.systems = [system("kyc 7", "later.xaml")] }
    let joined = try estate(robots + [later], alias)
    #expect(joined.systems.map(\.name) == ["KYC Bot", "Screening Robot"])
  }

  @Test("a denied alias joins nothing any more, and one given by hand goes")
  func unalias() throws {
    let files = [
      document("p.xml") { $0.systems = [system("Payments", "p.xml", aliases: ["Refunds"])] },
      document("r.xml") { $0.systems = [system("Refunds", "r.xml")] },
    ]
    let two = try estate(files, .unalias(.system, name: "Payments", alias: "refunds"))
    #expect(two.systems.map(\.name) == ["Payments", "Refunds"])
    #expect(two.systems.map(\.aliases) == [[], []])
    let gone = try estate(
      robots, .alias(.system, name: "KYC Bot", alias: "K"),
      .unalias(.system, name: "KYC Bot", alias: "K"))
    #expect(gone == Estate(merging: robots))
  }

  @Test("applications and teams are merged and named by hand, too")
  func applications() throws {
    let file = document("a.json") {
      $0.systems = [system("Bot", "a.json")]
      for name in ["SAP", "ECC"] {
        $0.connections.append(
          Connection(
            .invokes, from: EntityReference(.system, "Bot"),
            to: EntityReference(.application, name),
            evidence: evidence("a.json")))
      }
      $0.teams = [
        Team(name: "Ops", source: evidence("a.json")),
        Team(name: "Lending", source: evidence("a.json")),
      ]
    }
    let estate = try estate(
      [file], .merge(.application, names: ["SAP ERP", "SAP", "ECC"]),
      .alias(.team, name: "Lending", alias: "ops"))
    #expect(estate.applications.map(\.name) == ["SAP ERP"])
    #expect(estate.applications.first?.aliases == ["ECC", "SAP"])
    #expect(estate.connections.map(\.target.name) == ["SAP ERP"])
    #expect(estate.teams.map(\.name) == ["Lending"])
  }

  @Test("what names nothing changes nothing, and is reported in order")
  func unapplied() throws {
    let actions: [Correction.Action] = [
      .merge(.system, names: ["KYC Bot", "Nobody"]), split("Nobody", names: ["x"], into: "y"),
      .alias(.team, name: "No team", alias: "x"), .unalias(.system, name: "KYC Bot", alias: "x"),
      .merge(.application, names: ["None", "Neither"]),
      .set(system: "Nobody", field: .owner, value: "x"),
      // Everything that is known would go.
      split("KYC Bot", documents: ["robots"], into: "All"),
    ]
    let corrections = try actions.map(correction)
    let estate = Estate(merging: robots, corrections: corrections)
    #expect(estate.unappliedCorrections == corrections)
    var untouched = Estate(merging: robots)
    #expect(estate.systems == untouched.systems)
    untouched = Estate(merging: robots + namesakes, corrections: corrections)
    #expect(untouched.systems == Estate(merging: robots + namesakes).systems)
  }

  @Test("a fact set under either name before the merger belongs to the merged system")
  func setBefore() throws {
    let estate = try estate(
      robots, .set(system: "Screening Robot", field: .team, value: "KYC"),
      .merge(.system, names: ["KYC Bot", "Screening Robot"]))
    #expect(estate.systems.map(\.team.value) == ["KYC"])
  }

  @Test("whoever declares something of a system under the name shown means that one")
  func qualifiedName() throws {
    let files = [
      document("loans.bpmn") { $0.systems = [system("Loans", "loans.bpmn", kind: .workflow)] },
      document("loans.dmn") { $0.systems = [system("Loans", "loans.dmn", kind: .rules)] },
    ]
    let shown = Estate(merging: files).systems.map(\.name)
    #expect(shown == ["Loans", "Loans (rules)"])
    let register = document("register.csv") {
      $0.systems = [
        system("Loans", "register.csv", .declared, owner: "Ada"),
        system("Loans (rules)", "register.csv", .declared, owner: "Bo"),
      ]
    }
    let estate = Estate(merging: files + [register])
    #expect(estate.systems.map(\.name) == shown)
    #expect(estate.systems.map(\.owner.value) == ["Ada", "Bo"])
    #expect(estate.systems.map(\.kind.value) == [.workflow, .rules])
  }

  @Test("matches say by what statements and names were joined")
  func matches() throws {
    let guid = "0f8fad5b-d9cb-469f-a165-70867728950e"
    let files = [
      document("a.json") { $0.systems = [system("Loans", "a.json", aliases: [guid])] },
      document("b.json") { $0.systems = [system("Kredite", "b.json", aliases: ["{\(guid)}"])] },
      document("c.json") { $0.systems = [system("loans", "c.json")] },
      document("d.json") { $0.systems = [system("Loans", "d.json")] },
      document("e.json") { $0.systems = [system("Desk", "e.json", aliases: ["LOANS"])] },
      document("f.json") { $0.systems = [system("Other", "f.json")] },
      document("g.json") {
        $0.systems = [system("Caller", "g.json")]
        $0.connections = [guid, "desk", "Other"].map {
          Connection(
            .invokes, from: EntityReference(.system, "Caller"), to: EntityReference(.system, $0),
            evidence: evidence("g.json"))
        }
      },
    ]
    let matches = EstateMatches(
      merging: files, corrections: [try correction(.merge(.system, names: ["Loans", "Other"]))])
    let match = try #require(matches.systems.first)
    #expect(matches.systems.count == 1 && match.system == "Loans")
    #expect(
      match.statements.map(\.document) == [
        "a.json", "b.json", "c.json", "d.json", "e.json", "f.json",
      ])
    #expect(
      match.statements.map(\.reason) == [
        .first, .identifier, .spelling, .name, .alias, .correction,
      ]
    )
    #expect(match.statements[1].shared == "{\(guid)}")
    #expect(matches.references.map(\.written.name) == [guid, "Other", "desk"])
    #expect(matches.references.map(\.reason) == [.identifier, .alias, .alias])
    #expect(matches.references.allSatisfy { $0.meant.name == "Loans" })
  }
}

@Suite("Corrections of names, whatever the documents")
struct IdentityCorrectionPropertyTests {
  private let names = ["Alpha", "al-pha", "Beta", "Gamma bot", "gamma_bot", "Delta", "Epsilon"]

  private func documents(_ random: inout SplitMix64) -> [SourceDocument] {
    (0..<5).map { number in
      let path = "d\(number % 2)/file-\(number)"
      return document(path) { fragment in
        for line in 1...3 {
          let name = names.randomElement(using: &random) ?? ""
          var statement = system(
            name, path, Bool.random(using: &random) ? .imported : .declared,
            aliases: Bool.random(using: &random)
              ? ["alias \(Int.random(in: 0..<9, using: &random))"] : [],
            kind: SystemKind.allCases.randomElement(using: &random), owner: "\(path):\(line)")
          statement.sources = [evidence(path, statement.sources[0].provenance, line: line)]
          fragment.systems.append(statement)
          fragment.steps.append(
            Step(system: name, id: "\(line)", kind: .action, evidence: evidence(path, line: line)))
          fragment.connections.append(
            Connection(
              .invokes, from: EntityReference(.system, name),
              to: EntityReference(.system, names.randomElement(using: &random) ?? ""),
              evidence: evidence(path, line: line)))
        }
      }
    }
  }

  private func corrections(_ random: inout SplitMix64) throws -> [Correction] {
    func name() -> String { names.randomElement(using: &random) ?? "" }
    return (0..<4).compactMap { _ in
      let action: Correction.Action =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .merge(.system, names: [name(), name()])
        case 1:
          .split(
            system: name(),
            selection: Bool.random(using: &random)
              ? StatementSelection(documents: ["d1"]) : StatementSelection(names: [name()]),
            into: Bool.random(using: &random) ? name() : "Part")
        case 2: .alias(.system, name: name(), alias: "alias 3")
        default: .unalias(.system, name: name(), alias: "alias 4")
        }
      return try? Correction(action, author: "G", date: "d")
    }
  }

  @Test(
    "no order of documents and no repetition matters, and no statement is lost",
    arguments: 0..<200 as Range<UInt64>)
  func nothingLost(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let documents = documents(&random)
    let corrections = try corrections(&random)
    let estate = Estate(merging: documents, corrections: corrections)
    #expect(
      Estate(merging: documents.shuffled(using: &random) + documents, corrections: corrections)
        == estate)
    let said = Set(documents.flatMap(\.fragment.systems).flatMap(\.owner.facts))
    #expect(Set(estate.systems.flatMap(\.owner.facts)) == said)
    #expect(Set(estate.systems.map(\.key)).count == estate.systems.count)
    #expect(estate.steps.allSatisfy { step in estate.systems.contains { $0.name == step.system } })
  }

  @Test("merging twice is merging once", arguments: 0..<100 as Range<UInt64>)
  func twice(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let documents = documents(&random)
    let merger = try Correction(.merge(.system, names: ["Alpha", "Beta"]), author: "G", date: "d")
    #expect(
      Estate(merging: documents, corrections: [merger, merger])
        .systems == Estate(merging: documents, corrections: [merger]).systems)
  }

  @Test("what was merged and is split again is what it was", arguments: 0..<200 as Range<UInt64>)
  func mergedAndSplit(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let documents = documents(&random)
    let before = Estate(merging: documents)
    let pair = before.systems.shuffled(using: &random).prefix(2).map(\.name)
    let places = EstateMatches(merging: documents).systems
    // Only what can be told apart by the names of its statements can be split by them.
    let taken = Set(
      places.first { $0.system == pair[1] }?.statements.map(\.name) ?? [pair[1]])
    let kept = Set(
      places.first { $0.system == pair[0] }?.statements.map(\.name) ?? [pair[0]])
    guard
      Set(taken.map { EntityReference(.system, $0) }).isDisjoint(
        with: kept.map { EntityReference(.system, $0) }),
      !pair.contains(where: { $0.hasSuffix(")") })
    else { return }
    let after = Estate(
      merging: documents,
      corrections: [
        try Correction(.merge(.system, names: pair), author: "G", date: "d"),
        try Correction(
          .split(
            system: pair[0], selection: StatementSelection(names: taken.sorted()), into: pair[1]),
          author: "G", date: "d"),
      ])
    #expect(after == before)
  }
}
