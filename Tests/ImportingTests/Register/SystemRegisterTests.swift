import Facts
import Importing
import Inventory
import Testing

@testable import struct Importing.RegisterColumns

@Suite("System registers")
struct SystemRegisterTests {
  private let header =
    "Name,Aliases,Kind,Technology,Purpose,Owner,Team,Integrates with,Failure rate,Volume,Human involvement,Status,Criticality"

  private func register(_ rows: String...) -> Estate {
    estate(["register.csv": ([header] + rows).joined(separator: "\r\n")])
  }

  @Test("a row declares a system with all its fields, and the place of each")
  func row() throws {
    let estate = register(
      "KYC Bot,kyc-2,RPA,UiPath,\"Screens, then files\",A. Lovelace,AML,none,3 %,\"1,200 per day\",Reviews hits,live,Mission critical"
    )
    let bot = try #require(estate.systems.first)
    #expect(bot.name == "KYC Bot")
    #expect(bot.aliases == ["kyc-2"])
    #expect(bot.kind.value == .rpa)
    #expect(bot.technology.value == "UiPath")
    #expect(bot.purpose.value == "Screens, then files")
    #expect(bot.owner.value == "A. Lovelace")
    #expect(bot.team.value == "AML")
    #expect(bot.integrations.value == "none")
    #expect(bot.failureRate.value == Probability(0.03))
    #expect(bot.volume.value == Frequency(count: 1200, per: .day))
    #expect(bot.humanInvolvement.value == "Reviews hits")
    #expect(bot.status.value == .production)
    #expect(bot.criticality.value == .missionCritical)
    #expect(
      bot.owner.winner?.evidence
        == Evidence(.declared, SourceLocation(path: "register.csv", line: 2, element: "Owner")))
    #expect(estate.teams.map(\.name) == ["AML"])
  }

  @Test(
    "what nobody knows stays unknown and is never zero",
    arguments: ["", "unknown", "?", "TBD", "n/a", "-", " Unknown "])
  func unknown(word: String) throws {
    let bot = try #require(
      register(
        "Bot,\(word),\(word),\(word),\(word),\(word),\(word),\(word),\(word),\(word),\(word),\(word),\(word)"
      )
      .systems.first)
    #expect(bot.aliases.isEmpty)
    #expect(!bot.kind.isKnown && !bot.technology.isKnown && !bot.purpose.isKnown)
    #expect(!bot.owner.isKnown && !bot.team.isKnown && !bot.integrations.isKnown)
    #expect(!bot.failureRate.isKnown && !bot.volume.isKnown && !bot.humanInvolvement.isKnown)
    #expect(!bot.status.isKnown && !bot.criticality.isKnown && bot.unknowns.isEmpty)
  }

  @Test("nobody is no owner, but an answer to where people step in")
  func none() throws {
    let bot = try #require(register("Bot,,,,,none,,none,,,none,,").systems.first)
    #expect(bot.owner.isKnown == false)
    #expect(bot.integrations.value == "none")
    #expect(bot.humanInvolvement.value == "none")
  }

  @Test("a number that is no number is kept as a remark and noted")
  func vagueNumbers() throws {
    let bot = try #require(register("Bot,,,,,,,,rarely,a lot,,,").systems.first)
    #expect(!bot.failureRate.isKnown && !bot.volume.isKnown)
    #expect(
      bot.unknowns == [
        "The register gives the volume as \"a lot\".",
        "The register gives the failure frequency as \"rarely\".",
      ])
    expectProblems(
      "register.csv", "\(header)\n1️⃣2️⃣Bot,,,,,,,,rarely,a lot,,,\n",
      [
        (.info, "volume of 'Bot' is not a number"),
        (.info, "failure frequency of 'Bot' is not a share"),
      ])
  }

  @Test("failures per period become a share where the runs are known")
  func failuresPerPeriod() throws {
    let bot = try #require(register("Bot,,,,,,,,2 per month,400 per month,,,").systems.first)
    #expect(bot.failureRate.value == Probability(0.005))
    #expect(bot.failureRate.winner?.evidence.provenance == .inferred)
    #expect(register("Bot,,,,,,,,2 per month,,,,").systems.first?.failureRate.isKnown == false)
  }

  @Test(
    "integrations are listed by ; , or |, with a channel in brackets; own name and none are left out"
  )
  func integrations() {
    let estate = register(
      "Bot,,,,,,,SAP (API); Excel | Ledger Bot,,,,,", "Ledger Bot,,,,,,,\"Bot, none\",,,,,")
    #expect(
      shown(estate.connections) == [
        "Bot invokes system Ledger Bot by unknown",
        "Bot invokes application Microsoft Excel by unknown",
        "Bot invokes application SAP by api",
        "Ledger Bot invokes system Bot by unknown",
      ])
    #expect(register("Bot,,,,,,,Treasury Hub,,,,,").ghosts.map(\.name) == ["Treasury Hub"])
  }

  @Test("a row of an application is no system, and its names are known")
  func applications() {
    let estate = register(
      "Core Banking,corebank.exe; CB,Application,,,,,,,,,,", "Bot,,,,,,,CB,,,,,")
    #expect(estate.systems.map(\.name) == ["Bot"])
    #expect(estate.applications.map(\.name) == ["Core Banking"])
    #expect(estate.connections.map(\.target.name) == ["Core Banking"])
  }

  @Test("the kind is concluded from a product that has only one")
  func concludedKind() {
    for (technology, kind) in [
      ("UiPath Studio 23.10", SystemKind.rpa), ("Power Automate Desktop", .rpa),
      ("Power Automate", .workflow), ("Camunda DMN", .rules), ("CrewAI", .agent),
      ("Excel VBA", .script),
    ] {
      let system = register("Bot,,,\(technology),,,,,,,,,").systems.first
      #expect(system?.kind.value == kind, "\(technology)")
      #expect(system?.kind.winner?.evidence.provenance == .inferred)
    }
    #expect(register("Bot,,,Camunda 8,,,,,,,,,").systems.first?.kind.isKnown == false)
  }

  @Test("rows that cannot be used and columns that are not understood are noted at their place")
  func problems() {
    expectProblems(
      "register.csv",
      """
      1️⃣2️⃣Name,Ownr,Owner,Business owner,Volume,Purpose
      A,,x,,,p
      3️⃣,,x,,,
      4️⃣a,,y,,,
      """,
      [
        (.low, "the column 'Ownr' is not one that is read; did you mean 'owner'?"),
        (.medium, "the column 'Business owner' is left out"),
        (.medium, "the row has no name"), (.medium, "the row repeats 'a' of line 2"),
      ])
    expectProblems(
      "register.csv", "1️⃣Name,Owner,Volume,Purpose\n", [(.medium, "a header and no rows")])
    expectProblems(
      "register.csv", "Name,Owner,Volume,Purpose\n1️⃣A,x,,p,q\n",
      [(.medium, "5 fields where the header has 4")])
    expectProblems(
      "register.csv", "Name,Kind,Status,Owner,Volume,Purpose\n1️⃣2️⃣A,gadget,odd,,,\n",
      [(.info, "the kind of 'A' is not rpa"), (.info, "the status of 'A' is not development")])
  }

  @Test("messages name identifiers and never what a cell holds")
  func noContents() {
    let problems = imported([
      "r.csv": "Name,Kind,Owner,Volume,Failure rate,Purpose\nA,s3cret,x,s3cret,s3cret,p\n"
    ]).flatMap(\.problems)
    #expect(problems.count == 3)
    #expect(!problems.contains { $0.message.contains("s3cret") })
  }

  @Test("a record that cannot be read fails the register")
  func brokenRecord() {
    let documents = imported(["r.csv": "Name,Owner,Volume,Purpose\nA,\"x,1,p\n"])
    #expect(documents.map(\.status) == [.failed])
    #expect(documents.first?.problems.first?.location.line == 2)
  }

  @Test("a table that is almost a register says what is missing, others are skipped in silence")
  func almost() {
    let documents = imported([
      "a.csv": "Name,Owner,Colour\nx,y,z\n", "b.csv": "case,activity,time\n1,a,2\n",
      "c.csv": "Name,Id,Version,Description\n1,2,3,4\n",
    ])
    #expect(documents.map(\.status) == [.notInventory, .notInventory, .notInventory])
    #expect(documents[0].problems.first?.message.contains("'failure frequency'") == true)
    #expect(documents[1].problems.isEmpty)
  }

  @Test("semicolons, a byte order mark and an Excel sheet make no difference")
  func otherForms() {
    let semicolons = "\u{FEFF}Name;Owner;Volume;Purpose\nBot;A;40/h;p\n"
    let sheet = workbook([
      ("Notes", [["nothing here"]]),
      ("Register", [["Name", "Owner", "Volume", "Purpose"], ["Bot", "A", "40/h", "p"]]),
    ])
    for documents in [imported(["r.csv": semicolons]), imported(["r.xlsx": sheet])] {
      let bot = Estate(merging: documents).systems.first
      #expect(bot?.name == "Bot")
      #expect(bot?.volume.value == Frequency(count: 40, per: .hour))
      #expect(bot?.owner.winner?.evidence.location.line == 2)
    }
  }

  @Test(
    "headers say what bare numbers count",
    arguments: [
      ("Volume per month", "1200", 1200, .month), ("Monthly volume", "1200", 1200, .month),
      ("Runs/day", "7", 7, .day), ("Volume (per week)", "10", 10, .week),
      ("Transactions a year", "5,000", 5000, .year),
    ] as [(String, String, Double, Frequency.Period)])
  func unitsOfHeaders(header: String, cell: String, count: Double, period: Frequency.Period) {
    let estate = estate(["r.csv": "Name,Owner,Purpose,\(header)\nBot,a,p,\"\(cell)\"\n"])
    #expect(estate.systems.first?.volume.value == Frequency(count: count, per: period))
  }

  @Test("a header in per cent makes bare numbers per cent")
  func percentHeader() {
    for header in ["Failure rate (%)", "Failure rate in percent", "Error rate %"] {
      let estate = estate(["r.csv": "Name,Owner,Purpose,\(header)\nBot,a,p,4\n"])
      #expect(estate.systems.first?.failureRate.value == Probability(0.04), "\(header)")
    }
  }

  @Test("headers are compared as words, whatever their case and strokes")
  func headers() {
    for header in ["What it does", "business_purpose", "BusinessPurpose", " PURPOSE "] {
      #expect(RegisterColumns([header])[.purpose] != nil, "\(header)")
    }
    #expect(RegisterColumns(["Purchase order"]).unknown.count == 1)
  }
}
