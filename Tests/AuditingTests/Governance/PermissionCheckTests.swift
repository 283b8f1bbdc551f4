import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("checks on what agents may do")
struct PermissionCheckTests {
  @Test("broad permissions are one finding per system, callers' scopes are not its own")
  func broad() throws {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent, status: .production)
    builder.permission("Sites.FullControl.All", of: "A")
    builder.permission("Files.ReadWrite.All", of: "A")
    builder.system("B", kind: .agent, status: .production)
    builder.permission("crm.admin", of: "B", note: "a scope that callers need")
    builder.permission("Mail.Send", of: "B")
    builder.system("C", status: .retired)
    builder.permission("*", of: "C")
    let found = findings(.broadPermissions, builder)
    #expect(found.map(\.id) == ["broad-permissions/system:a"])
    #expect(found.first?.severity == .high)
    #expect(found.first?.evidence.count == 2)
  }

  @Test("two that run code in a sandbox are one finding, and the widest permission comes first")
  func twoOfAKind() throws {
    var builder = EstateBuilder()
    for name in ["A", "B"] {
      builder.system(name, kind: .agent, technology: "Copilot", provenance: .imported)
      builder.permission("run code (hosted sandbox)", of: name)
    }
    builder.system("C", kind: .agent, technology: "Copilot", provenance: .imported)
    builder.permission("run code (hosted sandbox)", of: "C")
    builder.permission("read all mail of its user", of: "C", application: "Outlook")
    let found = findings(.broadPermissions, builder)
    #expect(found.map(\.severity) == [.low, .low])
    let boxed = try #require(found.first { $0.subjects.count == 2 })
    #expect(boxed.title.contains("2 systems of Copilot"))
    #expect(boxed.remedy.hasPrefix("Ask which task of each needs"))
    #expect(boxed.why.contains("though they have “run code (hosted sandbox)”, too: C."))
    let alone = try #require(found.first { $0.subjects.count == 1 })
    #expect(
      alone.title.hasSuffix(
        "“read all mail of its user” on Outlook and “run code (hosted sandbox)”"))
  }

  @Test("low ones of a product that only exports speak of are one finding from two on")
  func grouped() throws {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] {
      builder.system(name, kind: .agent, technology: "Copilot", provenance: .imported)
      builder.permission("read all files of its user", of: name, application: "SharePoint")
    }
    builder.permission("read all mail of its user", of: "C", application: "Outlook")
    builder.system("D", kind: .agent, technology: "Copilot", owner: "Ada Lovelace")
    builder.permission("Mail.Read.All", of: "D")
    let found = findings(.broadPermissions, builder)
    #expect(found.map(\.severity) == [.low, .low])
    let group = try #require(found.first { $0.subjects.count == 3 })
    #expect(group.title.contains("3 systems of Copilot"))
    #expect(group.title.contains("“read all files of its user” on SharePoint (3)"))
    #expect(group.title.contains("“read all mail of its user” on Outlook (1)"))
    #expect(group.evidence.count == 4)
  }

  @Test("one with far more permissions than its like is told by itself, with all of them")
  func outstanding() throws {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] {
      builder.system(name, kind: .agent, technology: "Copilot", provenance: .imported)
      builder.permission("read all files of its user", of: name, application: "SharePoint")
    }
    builder.permission("read all mail of its user", of: "C", application: "Outlook")
    builder.permission("read all messages of its user", of: "C", application: "Teams")
    let found = findings(.broadPermissions, builder)
    let group = try #require(found.first { $0.subjects.count == 2 })
    #expect(group.subjects.map(\.name) == ["A", "B"])
    #expect(group.why.contains("“read all files of its user” on SharePoint, too: C."))
    let alone = try #require(found.first { $0.subjects.count == 1 })
    #expect(alone.subjects.map(\.name) == ["C"])
    for permission in ["files", "mail", "messages"] {
      #expect(alone.title.contains("“read all \(permission) of its user”"))
      #expect(alone.remedy.contains("“read all \(permission) of its user”"))
    }
  }

  @Test("rights of users passed over for lookups only are low; for more they are medium")
  func lookups() throws {
    func found(_ kinds: [Connection.Kind]) -> Finding? {
      var builder = EstateBuilder()
      builder.system("F", kind: .workflow, status: .production, provenance: .imported)
      builder.fragment.steps = [
        Step(
          system: "F", id: "s", kind: .action,
          evidence: Evidence(.imported, SourceLocation(path: "f.xml")))
      ]
      builder.permission("run in SystemModeWithoutSharing", of: "F", application: "Salesforce")
      for kind in kinds {
        builder.connect(
          kind, .system("F"), .application("Salesforce"), action: "\(kind.rawValue) it")
      }
      return findings(.broadPermissions, builder).first
    }
    let reading = try #require(found([.reads]))
    #expect(reading.severity == .low && reading.why.contains("only lookups"))
    let writing = try #require(found([.reads, .writes]))
    #expect(writing.severity == .medium)
    #expect(writing.why.contains("its files show that it reads (reads it) and writes (writes it)"))
    #expect(found([])?.severity == .medium)
    // A mode is chosen, not granted.
    #expect(writing.remedy.hasPrefix("Ask which step of F needs rights that its users lack"))
  }

  @Test("a message is sent, not written, and a mode that reaches only lookups beside it is low")
  func messages() throws {
    func found(_ channel: Connection.Channel) throws -> Finding {
      var builder = EstateBuilder()
      builder.system("F", kind: .workflow, status: .production, provenance: .imported)
      builder.step("s", of: "F")
      builder.permission("run in SystemModeWithoutSharing", of: "F", application: "Salesforce")
      builder.connect(
        .reads, .system("F"), .application("Salesforce"), channel: .internalCall, action: "look up")
      builder.connect(
        .writes, .system("F"), .application("Salesforce"), channel: channel, action: "emailSimple")
      builder.connect(
        .invokes, .system("F"), .application("Salesforce"), channel: .internalCall,
        action: "generateCode")
      return try #require(findings(.broadPermissions, builder).first)
    }
    let sending = try found(.mail)
    #expect(sending.why.contains("and sends (emailSimple)"))
    #expect(sending.severity == .low)
    #expect(try found(.internalCall).severity == .medium)
    #expect(try found(.internalCall).why.contains("writes (emailSimple)"))
  }

  @Test("of systems without permissions nothing is concluded, and that is said")
  func unknownPermissions() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent)
    var options = AuditOptions()
    options.checks = ["broad-permissions"]
    let result = report(builder, options)
    #expect(result.findings.isEmpty)
    #expect(result.remarks.count == 1)
  }

  @Test("an agent over many applications is broad, a workflow or a threshold more is not")
  func mandate() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent)
    builder.system("W", kind: .workflow)
    for number in 1...6 {
      builder.connect(.invokes, .system("A"), .application("App \(number)"), action: "read")
      builder.connect(.invokes, .system("W"), .application("App \(number)"), action: "read")
    }
    #expect(findings(.mandateBreadth, builder).map(\.id) == ["mandate-breadth/system:a"])
    #expect(findings(.mandateBreadth, builder) { $0.mandateApplications = 7 }.isEmpty)
  }

  @Test("code without trail and approval in production is high")
  func superuser() throws {
    var builder = EstateBuilder()
    builder.system(
      "A", kind: .agent, owner: "Ada Lovelace", status: .production, humanInvolvement: "none")
    builder.permission("run code (local)", of: "A")
    let declared = try policy("systems: { A: { audit_trail: false } }")
    let finding = try #require(findings(.superuser, builder, policy: declared).first)
    #expect(finding.severity == .high)
    #expect(finding.evidence.contains { $0.location.path == "audit.yaml" })
    // An unknown trail is not “no trail”.
    #expect(findings(.superuser, builder).map(\.severity) == [.medium])
    let kept = try policy("systems: { A: { audit_trail: true } }")
    builder.touchPoint(.approval, in: "A", step: "ok")
    #expect(findings(.superuser, builder, policy: kept).isEmpty)
  }

  @Test("what makes a superuser of an agent is told once; code in a sandbox makes none")
  func toldOnce() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent)
    builder.permission("run code (local)", of: "A")
    builder.permission("Files.ReadWrite.All", of: "A")
    builder.system("B", kind: .agent)
    builder.permission("run code (docker)", of: "B")
    var options = AuditOptions()
    options.checks = ["broad-permissions", "superuser"]
    let both = report(builder, options).findings
    #expect(
      both.map(\.id) == [
        "superuser/system:a", "broad-permissions/system:a", "broad-permissions/system:b",
      ])
    #expect(both.map(\.severity) == [.medium, .low, .low])
    #expect(both[1].title.contains("Files.ReadWrite.All") && !both[1].title.contains("run code"))
    // By itself the check on permissions tells all of them.
    let alone = findings(.broadPermissions, builder)
    #expect(alone.first?.title.contains("run code (local)") == true)
  }

  @Test("a limit on replies is no supervision of an agent that runs code")
  func limitOnly() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent)
    builder.permission("run code (local)", of: "A")
    builder.guardrail("at most 25 replies in a row", of: "A")
    #expect(findings(.superuser, builder).map(\.severity) == [.medium])
    builder.guardrail("asks before each command", of: "A")
    #expect(findings(.superuser, builder).isEmpty)
  }

  @Test("an agent that only reads, or whose edits somebody approves, is no superuser")
  func noSuperuser() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent)
    builder.connect(.reads, .system("A"), .application("CRM"))
    builder.system("B", kind: .agent, owner: "Ada Lovelace")
    builder.connect(.writes, .system("B"), .application("CRM"))
    builder.touchPoint(.approval, in: "B", step: "ok")
    #expect(findings(.superuser, builder).isEmpty)
  }

  @Test("a credential is shared only where owners are known to differ")
  func credentials() throws {
    var builder = EstateBuilder()
    builder.system("A", technology: "n8n", owner: "Ada Lovelace")
    builder.system("B", technology: "n8n", owner: "Grace Hopper")
    builder.system("C", technology: "n8n")
    for system in ["A", "B"] { builder.credential("corebank batch user", of: system) }
    for system in ["A", "B"] { builder.credential("OpenAi account", of: system) }
    for system in ["A", "C"] { builder.credential("nightly ledger", of: system) }
    for system in ["A", "B"] { builder.credential("sso", of: system, at: "$.securitySchemes.sso") }
    let found = findings(.sharedCredential, builder)
    #expect(found.map(\.severity) == [.medium, .low])
    #expect(found.first?.id == "shared-credential/system:a+system:b/corebankbatchuser")
  }

  @Test("an agent under its maker's account has no identity of its own; the caller's is no finding")
  func identity() throws {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent, status: .production)
    builder.permission("runs with the connection of its maker", of: "A")
    builder.system("B", kind: .agent, status: .production)
    builder.permission("run as the caller", of: "B")
    #expect(
      findings(.sharedCredential, builder).map(\.id) == ["shared-credential/system:a/identity"])
    let own = try policy("systems: { A: { identity: own }, B: { identity: shared } }")
    #expect(
      findings(.sharedCredential, builder, policy: own).map(\.id)
        == ["shared-credential/system:b/identity"])
  }

  @Test("agents that work alone escalate to nobody; those of an unknown format are a remark")
  func escalation() throws {
    var builder = EstateBuilder()
    builder.system(
      "A", kind: .agent, technology: "LangChain", status: .production, humanInvolvement: "none")
    builder.system("B", kind: .agent, technology: "LangChain")
    builder.system("C", kind: .agent, technology: "LangChain", humanInvolvement: "Ops takes over")
    builder.system("Crew", kind: .orchestrator)
    builder.system("D", kind: .agent, technology: "CrewAI", provenance: .imported)
    builder.connect(.invokes, .system("Crew"), .system("D"))
    let found = findings(.escalationPath, builder)
    #expect(found.map(\.id) == ["escalation-path/langchain", "escalation-path/crewai"])
    #expect(found.flatMap(\.subjects).map(\.name).sorted() == ["A", "D"])
    #expect(found.first?.remedy.hasPrefix("Write down for A which cases it must hand over") == true)
    builder.touchPoint(.review, in: "Crew", step: "look")
    #expect(findings(.escalationPath, builder).map(\.id) == ["escalation-path/langchain"])
  }

  @Test("an objective without a guardrail counts where the format would show one")
  func constraints() throws {
    var builder = EstateBuilder()
    for name in ["A", "B", "D"] {
      builder.system(
        name, kind: .agent, technology: "CrewAI", purpose: "Sell more", provenance: .imported)
    }
    builder.guardrail("never below cost", of: "B")
    builder.system("C", kind: .agent, technology: "A2A", purpose: "Sell", provenance: .imported)
    builder.connect(.invokes, .system("A"), .application("price_tool"), action: "tool")
    let found = findings(.constraintList, builder)
    #expect(found.count == 1)
    #expect(found.first?.subjects.map(\.name) == ["A"])
    #expect(found.first?.severity == .low)
    // What can only answer is counted beside it.
    #expect(found.first?.why.contains("1 more has none either (D)") == true)
  }

  @Test(
    "agents that have nothing to act with are information, unless something goes on by what they say"
  )
  func answering() throws {
    var builder = EstateBuilder()
    builder.system(
      "Echo", kind: .agent, technology: "CrewAI", purpose: "Answers", provenance: .imported)
    // What it knows is no means, nor is what its product brings with it.
    builder.connect(.reads, .system("Echo"), .data("handbook"))
    builder.connect(
      .invokes, .system("Echo"), .application("CrewAI"), channel: .internalCall, action: "status")
    let alone = try #require(findings(.constraintList, builder).first)
    #expect(alone.severity == .info)
    #expect(alone.title.hasSuffix("has an objective, no guardrail and nothing to act with"))
    builder.system("Triage", kind: .workflow, provenance: .imported)
    builder.connect(.invokes, .system("Triage"), .system("Echo"))
    #expect(findings(.constraintList, builder).map(\.severity) == [.info])
    builder.connect(.writes, .system("Triage"), .application("Tickets"))
    let steering = try #require(findings(.constraintList, builder).first)
    #expect(steering.severity == .low)
    #expect(steering.why.contains("may go by what they say (Echo in Triage)"))
    // It calls and changes nothing itself, so that nothing begins with it.
    #expect(!steering.remedy.contains("begin with"))
  }

  @Test("those come first that pay, send or change, not those with most calls or a first letter")
  func gravest() throws {
    var builder = EstateBuilder()
    for name in ["Asker", "Caller", "Mailer", "Payer", "Writer"] {
      builder.system(
        name, kind: .agent, technology: "watsonx Orchestrate", purpose: "Helps",
        provenance: .imported)
    }
    func tool(_ name: String, of agent: String) {
      builder.connect(.invokes, .system(agent), .application(name), action: "tool")
    }
    for number in 1...5 { tool("get_thing_\(number)", of: "Asker") }
    for number in 1...4 { tool("helper_\(number)", of: "Caller") }
    tool("send_invitation", of: "Mailer")
    tool("payment_tool", of: "Payer")
    tool("create_incident", of: "Writer")
    let finding = try #require(findings(.constraintList, builder).first)
    #expect(finding.subjects.map(\.name) == ["Payer", "Mailer", "Writer", "Caller", "Asker"])
    #expect(
      finding.remedy.contains(
        "Payer (has to do with payments: payment_tool), Mailer (sends: send_invitation) and "
          + "Writer (writes: create_incident)"))
  }
}
