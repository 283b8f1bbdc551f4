import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("places where orchestration pays first")
struct HotspotTests {
  @Test("several automations of different technology or owner around one workflow")
  func manyAutomations() throws {
    var builder = EstateBuilder()
    builder.system("Loans", kind: .workflow, team: "Lending")
    builder.system("Bot", kind: .rpa, team: "AML")
    builder.system("Rules", kind: .rules, team: "Risk")
    builder.system("Gone", kind: .agent, team: "Risk", status: .retired)
    builder.connect(.invokes, .system("Loans"), .system("Bot"))
    builder.connect(.invokes, .system("Loans"), .system("Rules"))
    builder.connect(.invokes, .system("Loans"), .system("Gone"))
    #expect(findings(.hotspotManyAutomations, builder).isEmpty)
    builder.system("Intake", kind: .workflow, team: "Lending")
    builder.connect(.triggers, .system("Intake"), .system("Loans"))
    let finding = try #require(findings(.hotspotManyAutomations, builder).first)
    #expect(finding.id == "hotspot-many-automations/system:loans")
    #expect(finding.subjects.map(\.name) == ["Loans", "Bot", "Intake", "Rules"])
    #expect(finding.severity == .high)
  }

  @Test("a workflow that calls all of them itself is an orchestration, no hotspot")
  func orchestration() {
    var builder = EstateBuilder()
    builder.system("Dispute", kind: .workflow)
    for (name, kind) in [("Bot", SystemKind.rpa), ("Rules", .rules), ("Agent", .agent)] {
      builder.system(name, kind: kind)
      builder.connect(.invokes, .system("Dispute"), .system(name))
    }
    #expect(findings(.hotspotManyAutomations, builder).isEmpty)
    // Two that act on it from elsewhere are in no order that it keeps.
    builder.connect(.writes, .system("Bot"), .system("Dispute"))
    builder.connect(.writes, .system("Agent"), .system("Dispute"))
    #expect(findings(.hotspotManyAutomations, builder).map(\.severity) == [.medium])
  }

  @Test("automations of one technology and one owner are no hotspot")
  func oneOfAKind() {
    var builder = EstateBuilder()
    builder.system("Loans", kind: .workflow, team: "Lending")
    for name in ["A", "B", "C", "D"] {
      builder.system(name, kind: .rpa, team: "Lending")
      builder.connect(.invokes, .system("Loans"), .system(name))
    }
    #expect(findings(.hotspotManyAutomations, builder).isEmpty)
  }

  @Test("data that one owner writes and another reads cross, unless they are the same owner's")
  func dataCrossing() throws {
    var builder = EstateBuilder()
    builder.system("Giver", team: "Sales")
    builder.system("Taker", team: "AML")
    builder.system("Sister", team: "Sales")
    builder.system("Nobody")
    builder.connect(.writes, .system("Giver"), .data("queue"), channel: .queue, data: ["customer"])
    builder.connect(.reads, .system("Sister"), .data("queue"), channel: .queue)
    builder.connect(.reads, .system("Nobody"), .data("queue"), channel: .queue)
    #expect(findings(.hotspotDataCrossing, builder).isEmpty)
    #expect(report(builder).remarks.contains { $0.check == "hotspot-data-crossing" })
    builder.connect(.reads, .system("Taker"), .data("queue"), channel: .queue)
    let finding = try #require(findings(.hotspotDataCrossing, builder).first)
    #expect(finding.id == "hotspot-data-crossing/data:queue")
    #expect(finding.subjects.map(\.name) == ["queue", "Giver", "Taker"])
    #expect(finding.severity == .low)
  }

  @Test("a change of channel and keying by hand make it worse")
  func crossingSeverity() {
    func severity(_ channel: Connection.Channel) -> [Severity] {
      var builder = EstateBuilder()
      builder.system("Giver", team: "Sales")
      builder.system("Taker", team: "AML")
      builder.connect(.writes, .system("Giver"), .data("list"), channel: .file)
      builder.connect(.reads, .system("Taker"), .data("list"), channel: channel)
      return findings(.hotspotDataCrossing, builder).map(\.severity)
    }
    #expect(severity(.file) == [.low])
    #expect(severity(.api) == [.medium])
    #expect(severity(.userInterface) == [.medium])
  }

  @Test("through an application only data of one name are known to cross")
  func crossingThroughApplication() {
    func count(_ data: String) -> Int {
      var builder = EstateBuilder()
      builder.system("Giver", team: "Sales")
      builder.system("Taker", team: "AML")
      builder.connect(.writes, .system("Giver"), .application("CRM"), data: ["customer"])
      builder.connect(.reads, .system("Taker"), .application("CRM"), data: [data])
      return findings(.hotspotDataCrossing, builder).count
    }
    #expect(count("Customer") == 1)
    #expect(count("order") == 0)
  }

  @Test("a team that takes cases from one system to another carries them")
  func carryingTeam() throws {
    var builder = EstateBuilder()
    builder.system("Scanner", perMonth: 4_000)
    builder.system("Posting")
    builder.touchPoint(.work, in: "Scanner", step: "1", team: "Back Office")
    #expect(findings(.hotspotHumanCarrying, builder).isEmpty)
    builder.connect(.handsOver, .team("Back Office"), .system("Scanner"))
    #expect(findings(.hotspotHumanCarrying, builder).isEmpty)
    builder.connect(.handsOver, .team("Back Office"), .system("Posting"))
    let finding = try #require(findings(.hotspotHumanCarrying, builder).first)
    #expect(finding.subjects.map(\.name) == ["Back Office", "Scanner", "Posting"])
    #expect(finding.severity == .high)
    #expect(finding.why.contains("4,000"))
  }

  @Test("people who hand over from system to system are seen without a team, volume unknown")
  func carryingDirectly() throws {
    var builder = EstateBuilder()
    builder.system("A")
    builder.system("B")
    builder.connect(.handsOver, .system("A"), .system("B"), channel: .people, data: ["number"])
    let finding = try #require(findings(.hotspotHumanCarrying, builder).first)
    #expect(finding.id == "hotspot-human-carrying/system:a+system:b")
    #expect(finding.severity == .medium)
    #expect(finding.why.contains("unknown, which is not zero"))
  }

  @Test("human work between two systems' tasks of a process carries the case, judgement does not")
  func carryingInProcess() throws {
    func estate(_ name: String, _ kind: HumanTouchPoint.Kind) -> EstateBuilder {
      var builder = EstateBuilder()
      for system in ["Accounts", "Robot", "Cards"] { builder.system(system) }
      let robot = FlowElement("robot", .task(.service))
      let cards = FlowElement("cards", .task(.service))
      builder.process(
        "accounts", of: "Accounts",
        [
          FlowElement("start", .startEvent(.none)), robot,
          FlowElement("gate", .gateway(.exclusive)),
          FlowElement("hand", .task(.manual), name: name), cards,
        ], [("start", "robot"), ("robot", "gate"), ("gate", "hand"), ("hand", "cards")])
      for (element, system) in [(robot, "Robot"), (cards, "Cards")] {
        builder.fragment.connections.append(
          Connection(
            .invokes, from: .system("Accounts"), to: .system(system),
            evidence: Evidence(.imported, element.location)))
      }
      builder.touchPoint(kind, in: "Accounts", step: "hand", name: name, team: "Service")
      return builder
    }
    let carrying = estate("Carry number over", .work)
    let finding = try #require(findings(.hotspotHumanCarrying, carrying).first)
    #expect(finding.subjects.map(\.name) == ["Robot", "Cards", "Accounts"])
    #expect(finding.title.contains("Service"))
    #expect(finding.evidence.map(\.location.element) == ["robot", "hand", "cards"])
    #expect(findings(.hotspotHumanCarrying, estate("Approve account", .approval)).isEmpty)
  }

  @Test("who corrects a case does not carry it, nor do people between groups of one engine's rules")
  func correcting() {
    func estate(_ name: String, kind: SystemKind) -> EstateBuilder {
      var builder = EstateBuilder()
      builder.system("Mortgage")
      let tasks = ["validation", "reset"].map { FlowElement($0, .task(.businessRule)) }
      builder.process(
        "mortgage", of: "Mortgage",
        [tasks[0], FlowElement("hand", .task(.user), name: name), tasks[1]],
        [("validation", "hand"), ("hand", "reset")])
      for task in tasks {
        builder.system(task.id, kind: kind, technology: "Drools")
        builder.fragment.connections.append(
          Connection(
            .invokes, from: .system("Mortgage"), to: .system(task.id),
            evidence: Evidence(.imported, task.location)))
      }
      return builder
    }
    #expect(findings(.hotspotHumanCarrying, estate("Copy the form", kind: .rpa)).count == 1)
    #expect(findings(.hotspotHumanCarrying, estate("Data Correction", kind: .rpa)).isEmpty)
    #expect(findings(.hotspotHumanCarrying, estate("Copy the form", kind: .rules)).isEmpty)
  }

  @Test("an orchestration that only calls is no single point of failure, nor is a package of code")
  func callers() {
    var builder = EstateBuilder()
    builder.system("Flow")
    for name in ["A", "B", "C", "D"] {
      builder.system(name)
      builder.connect(.invokes, .system("Flow"), .system(name))
    }
    #expect(findings(.singlePointOfFailure, builder).isEmpty)
    for number in 1...6 {
      builder.system("process \(number)")
      builder.fragment.connections.append(
        Connection(
          .invokes, from: .system("process \(number)"), to: .system("Package"),
          evidence: Evidence(
            .imported, SourceLocation(path: "processes.csv", line: number),
            note: "the package that several processes run")))
    }
    #expect(findings(.singlePointOfFailure, builder).isEmpty)
  }

  @Test("the platform that systems run on stops them in any case, and of a ghost nothing is known")
  func platforms() {
    func severity(_ products: [String], ghost: Bool = false) -> [Severity] {
      var builder = EstateBuilder()
      for number in 1...30 { builder.system("Other \(number)") }
      for (number, product) in products.enumerated() {
        builder.system("Flow \(number)", technology: product)
        builder.connect(
          .invokes, .system("Flow \(number)"),
          ghost ? .system("ServiceNow") : .application("ServiceNow"))
      }
      return findings(.singlePointOfFailure, builder).map(\.severity)
    }
    let own = Array(repeating: "ServiceNow Flow Designer", count: 6)
    #expect(severity(own) == [.low])
    #expect(severity(own + Array(repeating: "UiPath", count: 5)) == [.medium])
    #expect(severity(Array(repeating: "UiPath", count: 6)) == [.medium])
    #expect(severity(Array(repeating: "UiPath", count: 6), ghost: true) == [.low])
  }

  @Test("its evidence is of what may be in use, and first of what is known to run")
  func evidenceOfDependents() throws {
    var builder = EstateBuilder()
    for number in 1...7 {
      let status: LifecycleStatus? = number == 3 ? .disabled : number == 5 ? .production : nil
      builder.system("S\(number)", status: status)
      builder.fragment.connections.append(
        Connection(
          .invokes, from: .system("S\(number)"), to: .application("Core"),
          evidence: Evidence(.imported, SourceLocation(path: "\(number).json"))))
    }
    let finding = try #require(findings(.singlePointOfFailure, builder).first)
    #expect(
      finding.evidence.map(\.location.path) == [
        "5.json", "1.json", "2.json", "4.json", "6.json", "7.json",
      ])
  }

  @Test(
    "agents count with their workflow; test traces and who has another provider, too, are told apart"
  )
  func certainDependents() throws {
    var builder = EstateBuilder()
    func add(
      _ name: String, _ path: String, _ provenance: Provenance = .imported, uses: [String],
      calls: String? = nil
    ) {
      let evidence = Evidence(provenance, SourceLocation(path: path, line: 1))
      var system = AutomationSystem(name: name, source: evidence)
      system.kind.state(name.hasSuffix("Agent") ? .agent : .workflow, evidence)
      builder.fragment.systems.append(system)
      for application in uses {
        builder.fragment.connections.append(
          Connection(
            .invokes, from: .system(name), to: .application(application), evidence: evidence))
      }
      if let calls {
        builder.fragment.connections.append(
          Connection(
            .invokes, from: .system(name), to: .system(calls), channel: .internalCall,
            evidence: evidence))
      }
    }
    for number in 1...5 {
      add("Flow \(number)", "\(number).json", uses: ["OpenAI"], calls: "Flow \(number): Agent")
      add("Flow \(number): Agent", "\(number).json", uses: ["OpenAI"])
    }
    add("Spans", "test/spans.json", .measured, uses: ["OpenAI"])
    add("Live", "traces/live.json", .measured, uses: ["OpenAI"])
    add("Both", "both.json", uses: ["OpenAI", "Anthropic"])
    add("Caller of both", "caller.json", uses: [], calls: "Both")
    builder.system("Off", status: .disabled, provenance: .imported)
    builder.connect(.invokes, .system("Off"), .application("OpenAI"))
    let finding = try #require(findings(.singlePointOfFailure, builder).first)
    #expect(finding.title == "OpenAI: its failure reaches 6 systems")
    #expect(finding.why.contains("6 ≥ 5 systems need it directly"))
    #expect(finding.why.contains("(11 with each by itself)"))
    #expect(finding.why.contains("6 files show it"))
    #expect(
      finding.why.contains("1 of which only traces among tests or examples are known (Spans)"))
    #expect(finding.why.contains("1 that also uses models of another provider (Both)"))
    #expect(finding.why.contains("1 switched off"))
    // Nine systems are run: five flows, the two that were traced, Both and its caller.
    #expect(finding.why.contains("6 of 9 systems that may be in use"))
    #expect(!finding.evidence.contains { $0.location.path.hasPrefix("test/") })
  }

  @Test("what many systems need directly is a single point of failure, with its blast radius")
  func dependents() throws {
    var builder = EstateBuilder()
    for number in 1...5 {
      builder.system("S\(number)")
      builder.connect(.writes, .system("S\(number)"), .application("Core"))
    }
    builder.system("Caller")
    builder.connect(.invokes, .system("Caller"), .system("S1"))
    for number in 1...6 { builder.system("Other \(number)") }
    let finding = try #require(findings(.singlePointOfFailure, builder).first)
    #expect(finding.id == "single-point-of-failure/application:core")
    #expect(finding.why.contains("6 of 12 systems that may be in use (50 %)"))
    #expect(finding.severity == .high)
    #expect(
      findings(.singlePointOfFailure, builder) {
        $0.dependents = 6; $0.cutOff = 7
      }.isEmpty)
  }

  /// Twenty systems, of which only exports speak: six use the service alone, five something else too.
  @Test("who uses a service and nothing else stands still with it in any case, which is said")
  func alone() throws {
    func severity(
      others: Int, _ provenance: Provenance, isDescribed: Bool = true
    ) throws -> (Severity, String) {
      var builder = EstateBuilder()
      for number in 1...40 { builder.system("Other \(number)", provenance: provenance) }
      for number in 1...6 {
        builder.system("Alone \(number)", status: .production, provenance: provenance)
        if isDescribed { builder.step("s", of: "Alone \(number)") }
        builder.connect(.writes, .system("Alone \(number)"), .application("Lists"))
      }
      for number in 0..<others {
        builder.system("Both \(number)", status: .production, provenance: provenance)
        builder.connect(.writes, .system("Both \(number)"), .application("Lists"))
        builder.connect(.writes, .system("Both \(number)"), .application("Desk \(number)"))
      }
      let finding = try #require(findings(.singlePointOfFailure, builder).first)
      return (finding.severity, finding.why)
    }
    let few = try severity(others: 1, .imported)
    #expect(few.0 == .low && few.1.contains("of 6 of them the files show nothing else"))
    // Of what files show nothing of the inside it is not known what else it uses.
    #expect(try severity(others: 1, .imported, isDescribed: false).0 == .medium)
    #expect(try severity(others: 5, .imported).0 == .medium)
    // What somebody has registered counts in any case.
    #expect(try severity(others: 1, .declared).0 == .medium)
  }

  @Test(
    "users of one service lose nothing of each other with it, and what a caller hands over fails nobody"
  )
  func services() {
    var builder = EstateBuilder()
    for number in 1...4 {
      builder.system("A\(number)")
      builder.connect(.writes, .system("A\(number)"), .application("Tables"))
    }
    #expect(findings(.singlePointOfFailure, builder).isEmpty)
    for number in 1...8 {
      builder.system("Table \(number)")
      builder.connect(.reads, .system("Table \(number)"), EntityReference(.data, "age"))
    }
    #expect(findings(.singlePointOfFailure, builder).isEmpty)
    builder.system("Registry")
    builder.connect(.writes, .system("Registry"), EntityReference(.data, "age"))
    #expect(findings(.singlePointOfFailure, builder).map(\.subjects[0].name) == ["age"])
  }

  @Test("what holds two parts of the estate together is one too")
  func cutPoint() throws {
    var builder = EstateBuilder()
    for name in ["A1", "A2", "A3", "Hub", "B1", "B2", "B3"] { builder.system(name) }
    for (a, b) in [
      ("A1", "A2"), ("A2", "A3"), ("A3", "A1"), ("A1", "Hub"), ("Hub", "B1"), ("B1", "B2"),
      ("B2", "B3"), ("B3", "B1"),
    ] {
      builder.connect(.invokes, .system(a), .system(b))
    }
    let found = findings(.singlePointOfFailure, builder)
    let hub = try #require(found.first { $0.subjects[0].name == "Hub" })
    #expect(hub.why.contains("3 ≥ 3 systems lose touch with the rest (pieces of 3 and 3)"))
  }

  @Test("applications of its own do not make a system a single point of failure")
  func ownApplications() {
    var builder = EstateBuilder()
    builder.system("A")
    builder.system("B")
    builder.connect(.invokes, .system("A"), .system("B"))
    for name in ["X", "Y", "Z", "W"] { builder.connect(.reads, .system("B"), .application(name)) }
    #expect(findings(.singlePointOfFailure, builder).isEmpty)
  }
}
