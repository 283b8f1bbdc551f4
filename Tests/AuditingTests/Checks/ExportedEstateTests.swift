import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("What only exports speak of")
struct ExportedEstateTests {
  @Test(
    "a missing system matters where what names it is said to run, and a caller never means himself")
  func ghosts() throws {
    func finding(_ status: LifecycleStatus?) throws -> Finding {
      var builder = EstateBuilder()
      builder.system(
        "Personalized Schedule", technology: "Salesforce Flow", status: status,
        provenance: .imported)
      builder.connect(
        .invokes, .system("Personalized Schedule"), .system("Personalized_Schedules"))
      return try #require(findings(.ghostReference, builder).first)
    }
    let unknown = try finding(nil)
    #expect(unknown.severity == .low)
    // The likeliest name is the caller's own.
    #expect(!unknown.remedy.contains("is Personalized Schedule"))
    #expect(unknown.remedy.hasPrefix("Import the file that describes “Personalized_Schedules”"))
    #expect(try finding(.production).severity == .medium)
  }

  @Test("that no file shows a connection is no verdict, and what is not shown is counted")
  func orphans() throws {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] { builder.system(name, technology: "A2A", provenance: .imported) }
    let group = try #require(findings(.orphan, builder).first)
    #expect(group.title == "No file shows a connection of 3 systems that only exports speak of")
    #expect(group.why.contains("Of 3 the files do not show all that they use"))
    var single = EstateBuilder()
    single.system("Master Bot", technology: "Automation Anywhere", provenance: .imported)
    let finding = try #require(findings(.orphan, single).first)
    #expect(finding.title == "No file shows a connection of Master Bot")
    #expect(finding.why.contains("Its files do not show all that it uses"))
    var registered = EstateBuilder()
    registered.system("Master Bot")
    #expect(findings(.orphan, registered).first?.title == "Master Bot is connected with nothing")
  }

  @Test("parts of a library that their maker told apart are not redundant; near doubles are")
  func libraries() {
    func clusters(
      _ names: [String], _ purposes: [String], _ provenance: Provenance = .imported
    ) -> Int {
      var builder = EstateBuilder()
      for (name, purpose) in zip(names, purposes) {
        builder.system(
          name, kind: .workflow, technology: "Salesforce", purpose: purpose, provenance: provenance)
        builder.connect(
          .reads, .system(name), .application("CRM"), data: ["Experience"])
        builder.trigger(.schedule, of: name, "0 6 * * *")
      }
      return findings(.redundancy, builder).count
    }
    let names = ["Generate Experience Description", "Generate Guest Reviews Summary"]
    let purposes = [
      "Generates a description of a resort experience",
      "Generates a summary of resort experience reviews",
    ]
    #expect(clusters(names, purposes) == 0)
    // Two teams name their systems without knowing of each other: of a register it is told.
    #expect(clusters(names, purposes, .declared) == 1)
    #expect(clusters(names, [purposes[0], purposes[0]]) == 1)
    // Of what nobody says what it is for, like means and a word in common are too little.
    #expect(clusters(["Assign Ticket", "Close Ticket", "Fetch Orders"], ["", "", ""]) == 0)
    #expect(clusters(["Assign Ticket", "Close Ticket"], ["", ""], .declared) == 1)
    #expect(
      clusters(["Sort Suspicious Mail Contents", "Sort Suspicious Mail Contents Twice"], purposes)
        == 1)
  }

  @Test("agents within workflows are not compared with one another, the workflows are")
  func parts() {
    var builder = EstateBuilder()
    for (number, team) in ["Leads", "Support"].enumerated() {
      let place = Evidence(.imported, SourceLocation(path: "\(team).json", line: 1))
      for (name, kind) in [(team, SystemKind.workflow), ("\(team): Supervisor", .agent)] {
        var system = AutomationSystem(name: name, source: place)
        system.kind.state(kind, place)
        system.technology.state("Flowise", place)
        if kind == .agent {
          system.purpose.state(
            "Supervises a conversation between workers and chooses who acts next", place)
        }
        builder.fragment.systems.append(system)
      }
      builder.fragment.connections.append(
        Connection(
          .invokes, from: .system(team), to: .system("\(team): Supervisor"), channel: .internalCall,
          evidence: place))
      if number == 1 { #expect(findings(.redundancy, builder).isEmpty) }
    }
  }

  @Test(
    "agents of a product that borrow an identity are one finding; one that runs is told by itself")
  func identities() {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] {
      builder.system(
        name, kind: .agent, technology: "Copilot Studio", status: name == "C" ? .production : nil,
        provenance: .imported)
      builder.permission("runs with the connection of its maker", of: name)
    }
    let found = findings(.sharedCredential, builder)
    #expect(found.map(\.severity) == [.medium, .low])
    #expect(found.map(\.subjects.count) == [1, 2])
    #expect(found[1].title == "A and B act under somebody else's identity")
  }

  @Test("functions of an agent's own program are tools and no applications")
  func tools() {
    func titles(_ channel: Connection.Channel) -> [String] {
      var builder = EstateBuilder()
      builder.system("Agent", kind: .agent)
      for number in 1...6 {
        builder.connect(
          .invokes, .system("Agent"), .application("tool_\(number)"), channel: channel,
          action: "tool")
      }
      return findings(.mandateBreadth, builder).map(\.title)
    }
    #expect(titles(.internalCall).isEmpty)
    #expect(titles(.api).count == 1)
  }

  @Test("a message about a payment pays nobody")
  func messages() {
    func count(_ step: String) -> Int {
      var builder = EstateBuilder()
      builder.system("Checkout", kind: .workflow)
      builder.step("s", of: "Checkout", name: step)
      return findings(.sensitiveAct, builder).count
    }
    #expect(count("Send Payment") == 1)
    #expect(count("Send PaymentFailed Event to Notification Bus") == 0)
    #expect(count("Send payment reminder") == 0)
    #expect(count("Delete account and send confirmation") == 1)
  }

  @Test(
    "a group chat of which it is stated that nobody steps in escalates to nobody, unless a member asks"
  )
  func groupChats() throws {
    func found(memberAsks: Bool) -> Finding? {
      var builder = EstateBuilder()
      builder.system(
        "Team", kind: .orchestrator, technology: "AutoGen", humanInvolvement: "none",
        provenance: .imported)
      builder.system("Member", kind: .agent, technology: "AutoGen", provenance: .imported)
      builder.connect(.invokes, .system("Team"), .system("Member"), channel: .internalCall)
      if memberAsks { builder.touchPoint(.review, in: "Member", step: "human input") }
      return findings(.escalationPath, builder).first
    }
    let finding = try #require(found(memberAsks: false))
    #expect(finding.subjects.map(\.name) == ["Team"])
    #expect(finding.why.contains("1 of them orders the others, as a group chat does"))
    #expect(found(memberAsks: true) == nil)
  }

  @Test("pools of one drawing that write one document do so in its order")
  func drawings() {
    func count(_ paths: [String]) -> Int {
      var builder = EstateBuilder()
      for (number, path) in paths.enumerated() {
        let place = Evidence(.imported, SourceLocation(path: path, line: number + 1))
        builder.fragment.systems.append(AutomationSystem(name: "Pool \(number)", source: place))
        builder.fragment.connections.append(
          Connection(
            .writes, from: .system("Pool \(number)"), to: .data("Employee details"),
            evidence: place))
      }
      return findings(.writeCollision, builder).count
    }
    #expect(count(["c.bpmn", "c.bpmn", "c.bpmn"]) == 0)
    #expect(count(["a.bpmn", "b.bpmn", "c.bpmn"]) == 1)
  }

  @Test("a part that one file holds beside the whole is no environment of it")
  func environments() {
    func count(note: String?) -> Int {
      var builder = EstateBuilder()
      for name in ["subflow", "Test subflow"] {
        let place = Evidence(
          note == nil ? .imported : .inferred, SourceLocation(path: "subflow.json", line: 1),
          note: name == "subflow" ? note : nil)
        var system = AutomationSystem(name: name, source: place)
        system.technology.state("Node-RED", place)
        builder.fragment.systems.append(system)
      }
      return findings(.redundancy, builder).count
    }
    #expect(count(note: "named after its file, which states no name of its own") == 0)
    // A list of what runs where names both, too.
    #expect(count(note: nil) == 1)
  }
}

@Suite("Names in findings")
struct ShownNamesTests {
  @Test("a very long name is shortened in sentences, and kept in subject and identifier")
  func long() throws {
    let name = String(repeating: "very long name ", count: 100) + "end"
    var builder = EstateBuilder()
    builder.system(name, technology: "n8n", status: .production, provenance: .imported)
    let finding = try #require(findings(.ownerGap, builder).first)
    #expect(finding.title.count < 120 && finding.title.hasPrefix("very long name"))
    #expect(finding.title.hasSuffix("…: no owner is on record"))
    #expect(finding.remedy.count < 200)
    #expect(finding.subjects.map(\.name) == [name])
  }

  @Test("names of a line and less stay as they are")
  func short() throws {
    let name = String(repeating: "名前", count: 60)
    var builder = EstateBuilder()
    builder.system(name, technology: "n8n", status: .production, provenance: .imported)
    #expect(findings(.ownerGap, builder).first?.title == "\(name): no owner is on record")
  }
}
