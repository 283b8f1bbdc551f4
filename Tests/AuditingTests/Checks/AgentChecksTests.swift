import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("trigger-loop")
struct TriggerLoopTests {
  private func estate(_ names: [String], status: LifecycleStatus? = .production) -> EstateBuilder {
    var builder = EstateBuilder()
    for name in names { builder.system(name, kind: .workflow, status: status) }
    return builder
  }

  @Test("three workflows that call in a circle are one finding that prints the circle")
  func circle() throws {
    var builder = estate(["C Flow", "A Flow", "B Flow", "D Flow"])
    builder.connect(.invokes, .system("A Flow"), .system("B Flow"), channel: .api)
    builder.connect(.triggers, .system("B Flow"), .system("C Flow"))
    builder.connect(.invokes, .system("C Flow"), .system("A Flow"), action: "restart")
    builder.connect(.invokes, .system("D Flow"), .system("A Flow"), channel: .api)
    let found = findings(.triggerLoop, builder)
    #expect(found.count == 1)
    let finding = try #require(found.first)
    #expect(finding.severity == .high)
    #expect(finding.title.contains("A Flow → B Flow → C Flow → A Flow"))
    #expect(finding.evidence.count == 3)
    #expect(finding.id == "trigger-loop/system:aflow+system:bflow+system:cflow")
  }

  @Test("of unknown status it is not as certain; what is switched off starts nothing")
  func status() {
    for (status, severity) in [(nil, Severity.medium), (.disabled, nil)]
      as [(LifecycleStatus?, Severity?)]
    {
      var builder = estate(["A", "B"], status: status)
      builder.connect(.invokes, .system("A"), .system("B"), channel: .api)
      builder.connect(.invokes, .system("B"), .system("A"), channel: .api)
      #expect(findings(.triggerLoop, builder).first?.severity == severity)
    }
  }

  @Test("changing a table whose change starts the other closes a circle; another table does not")
  func data() {
    for (table, count) in [("Orders", 1), ("Order Lines", 0), ("Sheet1", 0)] {
      var builder = estate(["A", "B"])
      builder.connect(.invokes, .system("A"), .system("B"), channel: .api)
      builder.connect(.writes, .system("B"), .application("SAP"), action: "update", data: [table])
      builder.connect(
        .triggers, .application("SAP"), .system("A"), data: [table == "Sheet1" ? table : "orders"])
      let found = findings(.triggerLoop, builder)
      #expect(found.count == count, "\(table)")
      #expect(found.allSatisfy { $0.severity == .medium })
    }
  }

  @Test("a register that lists each with the other does not tell who starts whom")
  func register() {
    var builder = estate(["A", "B"])
    for (from, to) in [("A", "B"), ("B", "A")] {
      let evidence = Evidence(
        .declared, SourceLocation(path: "register.csv", line: 2),
        note: "integrates with; the direction is not stated")
      builder.fragment.connections.append(
        Connection(.invokes, from: .system(from), to: .system(to), evidence: evidence))
    }
    let all = report(builder)
    #expect(!all.findings.contains { $0.check == "trigger-loop" })
    #expect(all.remarks.contains { $0.check == "trigger-loop" })
  }
}

@Suite("write-collision")
struct WriteCollisionTests {
  private func estate() -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Limit Bot", kind: .rpa, team: "Risk", status: .production)
    builder.system("Score Agent", kind: .agent, team: "Sales", status: .production)
    return builder
  }

  @Test("two that replace one field for two owners in production are a high finding")
  func collision() throws {
    var builder = estate()
    builder.connect(
      .writes, .system("Limit Bot"), .application("Core"), action: "update", data: ["credit_limit"])
    builder.connect(
      .writes, .system("Score Agent"), .application("Core"), action: "PUT", data: ["Credit Limit"])
    let finding = try #require(findings(.writeCollision, builder).first)
    #expect(finding.severity == .high)
    #expect(finding.subjects.map(\.key) == ["core", "limitbot", "scoreagent"])
    #expect(finding.id == "write-collision/application:core/creditlimit")
  }

  @Test("false friends: other data, another application, only adding, a first sheet")
  func falseFriends() {
    let cases: [(String, String, String)] = [
      ("Core", "PUT", "credit rating"), ("Core Test", "PUT", "credit limit"),
      ("Core", "PUT", "Sheet1"),
    ]
    for (application, action, data) in cases {
      var builder = estate()
      builder.connect(
        .writes, .system("Limit Bot"), .application("Core"), action: "update",
        data: [data == "Sheet1" ? data : "credit limit"])
      builder.connect(
        .writes, .system("Score Agent"), .application(application), action: action, data: [data])
      #expect(findings(.writeCollision, builder).isEmpty, "\(application) \(data)")
    }
    var adding = estate()
    for name in ["Limit Bot", "Score Agent"] {
      adding.connect(
        .writes, .system(name), .application("Core"), action: "createRecord", data: ["note"])
    }
    #expect(findings(.writeCollision, adding).isEmpty)
  }

  @Test("who calls the other, or is called by the same, keeps an order")
  func order() {
    for caller in ["Limit Bot", "Loan Flow"] {
      var builder = estate()
      builder.system("Loan Flow", kind: .workflow)
      for name in ["Limit Bot", "Score Agent"] {
        builder.connect(
          .writes, .system(name), .application("Core"), action: "update", data: ["limit"])
        if name != caller { builder.connect(.invokes, .system(caller), .system(name)) }
      }
      #expect(findings(.writeCollision, builder).isEmpty, "\(caller)")
    }
  }

  @Test("where no file names the data nothing is concluded, and that is said")
  func unknown() {
    var builder = estate()
    for name in ["Limit Bot", "Score Agent"] {
      builder.connect(.writes, .system(name), .application("Core"), action: "update")
    }
    let all = report(builder)
    #expect(!all.findings.contains { $0.check == "write-collision" })
    #expect(all.remarks.contains { $0.check == "write-collision" })
  }
}

@Suite("duplicate-task")
struct DuplicateTaskTests {
  private func estate(_ tasks: [(String, String)]) -> EstateBuilder {
    var builder = EstateBuilder()
    for agent in ["Loan Agent", "Offer Agent"] {
      builder.system(agent, kind: .agent, team: agent, status: .production)
    }
    for (agent, task) in tasks { builder.step(task, of: agent) }
    return builder
  }

  @Test("one task of the same words in two agents is found, however it is spelt")
  func found() throws {
    let builder = estate([
      ("Loan Agent", "Draft loan offers"), ("Offer Agent", "draft_loan_offer"),
      ("Offer Agent", "Price products"),
    ])
    let finding = try #require(findings(.duplicateTask, builder).first)
    #expect(finding.severity == .medium)
    #expect(finding.subjects.map(\.key) == ["loanagent", "offeragent"])
    #expect(finding.evidence.count == 2)
  }

  @Test("false friends: alike words, one short task, other applications, one calls the other")
  func falseFriends() {
    #expect(
      findings(
        .duplicateTask,
        estate([("Loan Agent", "Draft loan offers"), ("Offer Agent", "Draft lease offers")])
      ).isEmpty)
    #expect(
      findings(.duplicateTask, estate([("Loan Agent", "Send mail"), ("Offer Agent", "Send mail")]))
        .isEmpty)
    let same = [("Loan Agent", "Draft loan offers"), ("Offer Agent", "Draft loan offers")]
    var apart = estate(same)
    apart.connect(.writes, .system("Loan Agent"), .application("CRM"))
    apart.connect(.writes, .system("Offer Agent"), .application("SAP"))
    #expect(findings(.duplicateTask, apart).isEmpty)
    var calling = estate(same)
    calling.connect(.invokes, .system("Loan Agent"), .system("Offer Agent"))
    #expect(findings(.duplicateTask, calling).isEmpty)
  }

  @Test("agents of which no task is known are remarked on")
  func unknown() {
    #expect(report(estate([])).remarks.contains { $0.check == "duplicate-task" })
  }
}

@Suite("call-cascade")
struct CallCascadeTests {
  private func estate(agents: Int, kind: SystemKind = .agent) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Front Desk", kind: .orchestrator, perMonth: 100)
    for number in 0..<agents {
      builder.system("Worker \(number)", kind: kind)
      builder.connect(.invokes, .system("Front Desk"), .system("Worker \(number)"), channel: .a2a)
    }
    return builder
  }

  @Test("20 calls in one case are a cascade that rarely succeeds, 19 are not")
  func limit() throws {
    #expect(findings(.callCascade, estate(agents: 19)).isEmpty)
    let finding = try #require(findings(.callCascade, estate(agents: 20)).first)
    #expect(finding.severity == .medium)
    // 0.95^20 = 0.358, 0.99^20 = 0.818, 0.95^(1/20) = 0.99744.
    for text in ["36 %", "82 %", "99.74 %", "2,000 calls a month"] {
      #expect(finding.why.contains(text), "\(text): \(finding.why)")
    }
    #expect(finding.subjects[0].key == "frontdesk")
  }

  @Test("calls multiply along the tree: 4 agents that each call the same 4 give 20")
  func tree() throws {
    var builder = estate(agents: 4)
    for number in 0..<4 {
      builder.system("Clerk \(number)", kind: .agent)
      for worker in 0..<4 {
        builder.connect(.invokes, .system("Worker \(worker)"), .system("Clerk \(number)"))
      }
    }
    let finding = try #require(findings(.callCascade, builder).first)
    #expect(finding.title.contains("20 calls"))
    #expect(finding.why.contains("2 calls deep"))
  }

  @Test("calls of robots and of tools are no calls of agents")
  func noAgents() {
    #expect(findings(.callCascade, estate(agents: 30, kind: .rpa)).isEmpty)
    var tools = EstateBuilder()
    tools.system("Helper", kind: .agent)
    for number in 0..<30 {
      tools.connect(.invokes, .system("Helper"), .application("Tool \(number)"))
    }
    #expect(findings(.callCascade, tools).isEmpty)
  }

  @Test("agents that call in a circle are counted to the end")
  func circle() {
    var builder = estate(agents: 21)
    builder.connect(.invokes, .system("Worker 3"), .system("Worker 4"))
    builder.connect(.invokes, .system("Worker 4"), .system("Worker 3"))
    #expect(findings(.callCascade, builder).count == 1)
  }
}
