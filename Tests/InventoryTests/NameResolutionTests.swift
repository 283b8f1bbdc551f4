import Facts
import Inventory
import Testing

@Suite("What a name refers to")
struct NameResolutionTests {
  /// An estate in which `Bot` is connected to one thing, beside other statements.
  private func connected(
    to target: EntityReference, _ others: (inout EstateFragment) -> Void = { _ in }
  ) -> Estate {
    Estate(merging: [
      document("bot") {
        $0.systems = [system("Bot", "bot")]
        $0.connections = [
          Connection(
            .invokes, from: EntityReference(.system, "Bot"), to: target, evidence: evidence("bot"))
        ]
      },
      document("others", others),
    ])
  }

  @Test("a system that no file describes is a ghost")
  func ghost() {
    let estate = connected(to: EntityReference(.system, "Ledger Sync"))
    #expect(estate.ghosts.map(\.name) == ["Ledger Sync"])
  }

  @Test("applications, teams and data come into being by being named")
  func byBeingNamed() {
    let estate = connected(to: EntityReference(.application, "SAP"))
    #expect(estate.ghosts.isEmpty)
    #expect(estate.applications.map(\.name) == ["SAP"])
    #expect(estate.applications.first?.sources == [evidence("bot")])
    #expect(connected(to: EntityReference(.team, "Ops")).teams.map(\.name) == ["Ops"])
    #expect(connected(to: EntityReference(.data, "Queue")).ghosts.isEmpty)
  }

  @Test("an application that has the name of a described system is that system")
  func applicationIsSystem() {
    let estate = connected(to: EntityReference(.application, "kyc bot")) {
      $0.systems = [system("KYC Bot", "others")]
    }
    #expect(estate.connections.map(\.target) == [EntityReference(.system, "KYC Bot")])
    #expect(estate.connections.map(\.target.name) == ["KYC Bot"])
    #expect(estate.applications.isEmpty)
  }

  @Test("a declared application stays one beside a system of the same name")
  func declaredApplicationStays() {
    let estate = connected(to: EntityReference(.application, "KYC")) {
      $0.systems = [system("KYC", "others")]
      $0.applications = [Application(name: "KYC", source: evidence("others", .declared))]
    }
    #expect(estate.connections.map(\.target.kind) == [.application])
  }

  @Test("a data store that has the name of an application is the application")
  func dataIsApplication() {
    let estate = connected(to: EntityReference(.data, "crm")) {
      $0.applications = [Application(name: "CRM", source: evidence("others"))]
    }
    #expect(estate.connections.map(\.target) == [EntityReference(.application, "CRM")])
  }

  @Test("a system's name that only an application has is the application")
  func systemIsApplication() {
    let estate = connected(to: EntityReference(.system, "SAP")) {
      $0.applications = [Application(name: "SAP S/4HANA", aliases: ["sap"], source: evidence("o"))]
    }
    #expect(estate.connections.map(\.target) == [EntityReference(.application, "SAP S/4HANA")])
    #expect(estate.ghosts.isEmpty)
  }

  @Test("a system's name that an application and a team have stays a ghost")
  func ambiguous() {
    let estate = connected(to: EntityReference(.system, "Support")) {
      $0.applications = [Application(name: "Support", source: evidence("o"))]
      $0.teams = [Team(name: "Support", source: evidence("o"))]
    }
    #expect(estate.ghosts.map(\.name) == ["Support"])
  }

  @Test("a lane that has the name of a system is the system, not a team")
  func teamIsSystem() {
    let estate = connected(to: EntityReference(.team, "Screening Agent")) {
      $0.systems = [system("screening_agent", "others")]
    }
    #expect(estate.connections.map(\.target.kind) == [.system])
    #expect(estate.teams.isEmpty)
  }

  @Test("an alias finds a thing where only one has it, and nothing where two have it")
  func aliases() {
    let one = connected(to: EntityReference(.system, "pkg")) {
      $0.systems = [system("Loans", "others", aliases: ["pkg"])]
    }
    #expect(one.connections.map(\.target.name) == ["Loans"])
    let two = connected(to: EntityReference(.system, "pkg")) {
      $0.systems = [
        system("Loans", "others", aliases: ["pkg"]), system("Cards", "others", aliases: ["pkg"]),
      ]
    }
    #expect(two.ghosts.map(\.name) == ["pkg"])
  }

  @Test("a document's own system comes before namesakes elsewhere")
  func ownFirst() {
    let estate = Estate(merging: [
      document("a") {
        $0.systems = [system("Loans", "a", aliases: ["main_flow"])]
        $0.steps = [Step(system: "main_flow", id: "1", kind: .action, evidence: evidence("a"))]
      },
      document("b") {
        $0.systems = [system("Cards", "b", aliases: ["main_flow"])]
        $0.steps = [Step(system: "main_flow", id: "1", kind: .action, evidence: evidence("b"))]
      },
    ])
    #expect(estate.steps.map(\.system) == ["Loans", "Cards"])
  }

  @Test("applications join by aliases such as host names and executables")
  func applicationAliases() {
    let estate = connected(to: EntityReference(.application, "EXCEL.EXE")) {
      $0.applications = [
        Application(name: "Microsoft Excel", aliases: ["excel.exe"], source: evidence("others"))
      ]
    }
    #expect(estate.applications.map(\.name) == ["Microsoft Excel"])
    #expect(estate.connections.map(\.target.name) == ["Microsoft Excel"])
  }

  @Test("a team named only in a field or at a touch point is a team of the estate")
  func teamsOfFields() throws {
    let estate = Estate(merging: [
      document("a") {
        var bot = system("Bot", "a")
        bot.team.state("Lending Ops", evidence("a", .declared))
        $0.systems = [bot]
        $0.touchPoints = [
          HumanTouchPoint(
            system: "Bot", step: "1", kind: .review, team: "lending ops", evidence: evidence("a"))
        ]
      }
    ])
    #expect(estate.teams.map(\.name) == ["Lending Ops"])
    #expect(estate.touchPoints.map(\.team) == ["Lending Ops"])
  }
}
