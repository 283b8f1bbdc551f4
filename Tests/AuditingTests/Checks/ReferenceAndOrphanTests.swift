import EstateTestSupport
import Facts
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("ghosts and orphans")
struct ReferenceAndOrphanTests {
  @Test("a name that resolves to nothing is found, with the place and the likeliest name")
  func ghost() throws {
    var builder = EstateBuilder()
    builder.completeSystem("KYC Screening Bot")
    builder.completeSystem("Loans")
    builder.connect(.invokes, .system("Loans"), .system("KYC Screning Bot"))
    let finding = try #require(findings(.ghostReference, builder).first)
    #expect(finding.id == "ghost-reference/system:kycscreningbot")
    #expect(finding.severity == .high)
    #expect(finding.subjects.map(\.name) == ["KYC Screning Bot", "Loans"])
    #expect(finding.evidence.map(\.location.line) == [3])
    #expect(finding.remedy.contains("KYC Screening Bot"))
  }

  @Test(
    "names that only exports know are one finding; what a register's system names is told alone")
  func ghostsOfExports() {
    var builder = EstateBuilder()
    for name in ["A", "B"] { builder.system(name, provenance: .imported) }
    builder.completeSystem("Loans")
    for (source, target) in [("A", "f"), ("A", "g"), ("B", "h"), ("Loans", "x"), ("A", "x")] {
      builder.connect(.invokes, .system(source), .system(target))
    }
    let found = findings(.ghostReference, builder)
    #expect(
      found.map(\.id) == ["ghost-reference/system:x", "ghost-reference/named by exports"])
    // Nothing shows that what names them runs.
    #expect(found.map(\.severity) == [.high, .low])
    #expect(found.last?.subjects.map(\.name) == ["f", "g", "h", "A", "B"])
    #expect(found.last?.evidence.count == 3)
  }

  @Test("addresses of services are no systems whose files could be imported")
  func services() throws {
    var builder = EstateBuilder()
    builder.system("A", provenance: .imported)
    for name in ["helper", "https://mcp.example.com/sse", "tools.example.org", "f", "g"] {
      builder.connect(.invokes, .system("A"), .system(name))
    }
    func named(_ name: String, _ note: String) {
      builder.fragment.connections.append(
        Connection(
          .invokes, from: .system("A"), to: .system(name),
          evidence: Evidence(.imported, SourceLocation(path: "a.json", line: 4), note: note)))
    }
    named("toolbox", "a service at an address that a variable gives")
    named("visas", "a group of rules")
    named("rates", "a group of rules")
    let finding = try #require(findings(.ghostReference, builder).first)
    #expect(finding.title.hasPrefix("3 systems"))
    #expect(finding.subjects.map(\.name) == ["f", "g", "helper", "A"])
    #expect(finding.why.contains("3 services that run elsewhere"))
    #expect(finding.why.contains("2 groups of rules that A ask for"))
    #expect(finding.evidence.count == 3)
    // Without systems to tell of, it is a remark.
    var services = EstateBuilder()
    services.system("A", provenance: .imported)
    services.connect(.invokes, .system("A"), .system("tools.example.org"))
    #expect(findings(.ghostReference, services).isEmpty)
    #expect(report(services).remarks.contains { $0.text.contains("tools.example.org") })
  }

  @Test("a file that could not be read and has a fitting name may hold what is named")
  func unreadFiles() throws {
    var builder = EstateBuilder()
    builder.system("A", provenance: .imported)
    for name in ["visas", "f", "g"] { builder.connect(.invokes, .system("A"), .system(name)) }
    let heads = [
      ("rules/visa-rules.drl.xls", SourceDocument.Status.partial), ("rules/other.xls", .partial),
      ("visas.csv", .notInventory),
    ].map { path, status in
      DocumentHead(
        SourceDocument(
          path: path, format: nil, status: status, digest: "", fragment: EstateFragment()))
    }
    var policy = AuditPolicy()
    policy.options.checks = ["ghost-reference"]
    let estate = builder.estate
    let found = audit(
      estate: estate, graph: IntegrationGraph(estate), policy: policy, documents: heads
    ).findings
    let why = try #require(found.first?.why)
    #expect(why.contains("“visas” may be in visa-rules.drl.xls."))
  }

  @Test("what lies beside and is called by nothing may be meant, and is said to be")
  func neighbours() throws {
    var builder = EstateBuilder()
    func add(_ name: String, _ file: String) {
      var system = AutomationSystem(
        name: name, source: Evidence(.imported, SourceLocation(path: file, line: 1)))
      system.technology.state("AWS Step Functions", system.sources[0])
      builder.fragment.systems.append(system)
    }
    add("parent", "flows/parent.json")
    add("data-child", "flows/data-child.json")
    add("other-child", "other/other-child.json")
    add("reporter", "flows/reporter.json")
    for name in ["child1", "g", "h"] {
      builder.fragment.connections.append(
        Connection(
          .invokes, from: .system("parent"), to: .system(name), channel: .internalCall,
          evidence: Evidence(.imported, SourceLocation(path: "flows/parent.json", line: 4))))
    }
    let finding = try #require(findings(.ghostReference, builder).first)
    #expect(finding.remedy.contains("“child1” (data-child)"))
    #expect(!finding.remedy.contains("other-child") && !finding.remedy.contains("reporter"))
    #expect(finding.evidence.compactMap(\.note).contains("names “child1”"))
    // What is called already is not the one.
    builder.connect(.invokes, .system("parent"), .system("data-child"))
    let other = try #require(findings(.ghostReference, builder).first)
    #expect(!other.remedy.contains("data-child"))
  }

  @Test("names that a deployment fills in are left open, and said to be")
  func placeholders() {
    var builder = EstateBuilder()
    builder.system("A", provenance: .imported)
    builder.fragment.connections.append(
      Connection(
        .invokes, from: .system("A"), to: .system("child"),
        evidence: Evidence(
          .imported, SourceLocation(path: "a.json", line: 4), note: "named after a placeholder")))
    #expect(findings(.ghostReference, builder).isEmpty)
    let remarks = report(builder).remarks.filter { $0.check == "ghost-reference" }
    #expect(remarks.count == 1 && remarks.first?.text.contains("child") == true)
  }

  @Test("switched off and needed by nothing: what only exports speak of is one finding")
  func remains() {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] {
      builder.system(name, status: .disabled, provenance: .imported)
      builder.connect(.reads, .system(name), .application("SAP"))
    }
    builder.system("D", status: .disabled)
    let found = findings(.orphan, builder)
    #expect(Set(found.map(\.subjects.count)) == [1, 3])
    #expect(found.map(\.severity) == [.low, .low])
  }

  @Test("what only a retired system names is low")
  func ghostOfRetired() {
    var builder = EstateBuilder()
    builder.completeSystem("A", status: .retired)
    builder.connect(.invokes, .system("A"), .system("Gone"))
    #expect(findings(.ghostReference, builder).map(\.severity) == [.low])
  }

  @Test("a system connected with nothing is an orphan; what it is known to do counts")
  func orphan() throws {
    var builder = EstateBuilder()
    builder.system("A", status: .production)
    builder.system("B", status: .production, perMonth: 900)
    builder.system("C", status: .production)
    builder.connect(.reads, .system("C"), .application("SAP"))
    let found = findings(.orphan, builder)
    #expect(found.map(\.id) == ["orphan/system:a", "orphan/system:b"])
    #expect(found.map(\.severity) == [.medium, .low])
    #expect(found[0].why.contains("volume is unknown, which is not zero"))
    #expect(found[1].why.contains("900 times a month"))
  }

  @Test("people, and what is described only within a disabled system's files, do not need it")
  func parts() throws {
    func flow(agentFile: String) -> EstateBuilder {
      var builder = EstateBuilder()
      for (name, file) in [("Flow", "flow.json"), ("Flow: Agent", agentFile)] {
        var system = AutomationSystem(
          name: name, source: Evidence(.imported, SourceLocation(path: file, line: 1)))
        if name == "Flow" { system.status.state(.disabled, system.sources[0]) }
        builder.fragment.systems.append(system)
      }
      builder.connect(.triggers, .system("Flow"), .system("Flow: Agent"))
      builder.connect(.handsOver, .system("Flow"), .team("info@bank.example"), channel: .people)
      return builder
    }
    #expect(findings(.orphan, flow(agentFile: "flow.json")).map(\.severity) == [.low])
    let needed = findings(.orphan, flow(agentFile: "other.json"))
    #expect(needed.map(\.severity) == [.high])
    #expect(try #require(needed.first).subjects.map(\.name) == ["Flow", "Flow: Agent"])
  }

  @Test("a retired system that others still call is worse than one that nobody calls")
  func zombies() {
    var builder = EstateBuilder()
    builder.system("Old", status: .retired)
    builder.system("Older", status: .disabled)
    builder.system("A", status: .production)
    builder.connect(.invokes, .system("A"), .system("Old"))
    builder.connect(.reads, .system("Older"), .application("SAP"))
    let found = findings(.orphan, builder)
    #expect(found.map(\.id) == ["orphan/system:old", "orphan/system:older"])
    #expect(found.map(\.severity) == [.high, .low])
  }

  @Test("a pilot that nothing uses is found; one that a schedule starts or that runs is not")
  func pilots() {
    var builder = EstateBuilder()
    for name in ["Idle", "Timed", "Busy", "Called"] {
      builder.system(name, status: .pilot, perMonth: name == "Busy" ? 20 : nil)
      builder.connect(.reads, .system(name), .application("SAP"))
    }
    builder.system("User")
    builder.connect(.invokes, .system("User"), .system("Called"))
    builder.trigger(.schedule, of: "Timed", "0 6 * * *")
    #expect(findings(.orphan, builder).map(\.id) == ["orphan/system:idle"])
  }

  @Test("a stated volume of zero is a finding, an unknown one is not")
  func zeroVolume() {
    var builder = EstateBuilder()
    builder.system("A", status: .production, perMonth: 0)
    builder.system("B", status: .production)
    for name in ["A", "B"] { builder.connect(.reads, .system(name), .application("SAP")) }
    #expect(findings(.orphan, builder).map(\.id) == ["orphan/system:a"])
  }
}
