import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("completeness of the seven audit fields")
struct CompletenessTests {
  @Test("a system of which all is known is complete")
  func complete() {
    var builder = EstateBuilder()
    builder.completeSystem("A")
    let result = report(builder)
    #expect(result.completeness.systems.first?.missing == [])
    #expect(result.completeness.share == 1)
    #expect(result.findings.allSatisfy { $0.check != "completeness" })
  }

  @Test("each unknown field is counted, and unknown is not zero")
  func figures() {
    var builder = EstateBuilder()
    builder.completeSystem("A")
    builder.system("B", technology: "UiPath", purpose: "Posts", perMonth: 0)
    let result = report(builder).completeness
    #expect(result.systems.map(\.known) == [7, 3])
    #expect(
      result.systems[1].missing == [
        .owner, .connectedSystems, .failureFrequency, .humanInvolvement,
      ])
    #expect(result.fields.first { $0.field == .volume }?.known == 2)
    #expect(result.fields.first { $0.field == .owner }?.known == 1)
    #expect(result.known == 10)
    #expect(result.total == 14)
  }

  @Test("an estate without systems has no share")
  func empty() {
    #expect(report(EstateBuilder()).completeness.share == nil)
  }

  @Test("connections and touch points tell what the register does not")
  func otherSources() {
    var builder = EstateBuilder()
    builder.system("A")
    builder.system("B")
    builder.connect(.reads, .system("A"), .application("SAP"))
    builder.touchPoint(.review, in: "A", step: "1")
    let missing = report(builder).completeness.systems.map(\.missing)
    #expect(!missing[0].contains(.connectedSystems))
    #expect(!missing[0].contains(.humanInvolvement))
    #expect(missing[1].count == 7)
  }

  @Test("an assumption is not knowledge, a placeholder neither, but “none” is an answer")
  func assumptions() {
    var builder = EstateBuilder()
    builder.system("A", purpose: "Posts invoices", provenance: .assumed)
    builder.system("B", purpose: "TBD", owner: "n/a", humanInvolvement: "none")
    let missing = report(builder).completeness.systems.map(\.missing)
    #expect(missing[0].contains(.purpose))
    #expect(missing[1].contains(.purpose))
    #expect(missing[1].contains(.owner))
    #expect(!missing[1].contains(.humanInvolvement))
  }

  @Test(
    "severity goes by status and criticality",
    arguments: [
      (LifecycleStatus.production, Criticality?.none, Severity.high),
      (.production, .missionCritical, .critical), (.pilot, nil, .medium), (.retired, nil, .low),
    ])
  func severity(status: LifecycleStatus, criticality: Criticality?, expected: Severity) {
    var builder = EstateBuilder()
    builder.system("A", status: status, criticality: criticality)
    #expect(findings(.completeness, builder).map(\.severity) == [expected])
  }

  @Test(
    "what exports say is switched on is medium, all else low, with how much of it may be a drawing")
  func exported() throws {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] {
      builder.system(name, technology: "n8n", status: .production, provenance: .imported)
      builder.system("Pool \(name)", provenance: .imported)
      builder.system("Drawn \(name)", technology: "BPMN Modeler", provenance: .imported)
      builder.system("Flow \(name)", technology: "Kestra", provenance: .imported)
    }
    // What its file marks as executable is no mere drawing, whatever drew it.
    var process = BusinessProcess(
      id: "p", name: "Drawn C", elements: [], flows: [], location: SourceLocation(path: "c.bpmn"))
    process.isExecutable = true
    builder.fragment.processes.append(EstateProcess(system: "Drawn C", process: process))
    let found = findings(.completeness, builder)
    #expect(found.map(\.severity) == [.medium, .low])
    #expect(found.first?.subjects.map(\.name) == ["A", "B", "C"])
    #expect(found.first?.title.hasPrefix("3 systems switched on where exported") == true)
    let rest = try #require(found.last)
    #expect(rest.subjects.count == 9)
    #expect(rest.why.contains("Of 5 the files name no product that runs them"))
    #expect(rest.why.contains("failure frequency of 9"))
  }

  @Test("agents within a workflow are told to be parts of it")
  func parts() throws {
    var builder = EstateBuilder()
    for name in ["A", "B", "A: Agent", "Flow that B calls"] {
      builder.system(
        name, kind: name == "A: Agent" ? .agent : .workflow, technology: "n8n",
        provenance: .imported)
    }
    builder.connect(
      .invokes, .system("B"), .system("Flow that B calls"), channel: .internalCall)
    builder.connect(.invokes, .system("A"), .system("A: Agent"), channel: .internalCall)
    let found = try #require(findings(.completeness, builder).first)
    #expect(
      found.why.contains(
        "1 of them is an agent within another of them, which leaves 3."))
  }

  @Test("what was seen to run is no drawing, and counts as running unless only tests show it")
  func seenToRun() throws {
    var builder = EstateBuilder()
    for (number, path) in ["traces/a.json", "traces/b.json", "traces/c.json", "test/d.json"]
      .enumerated()
    {
      let place = Evidence(.measured, SourceLocation(path: path, line: 1))
      builder.fragment.systems.append(
        AutomationSystem(
          name: "S\(number)", source: Evidence(.imported, SourceLocation(path: path, line: 1))))
      builder.fragment.connections.append(
        Connection(
          .invokes, from: .system("S\(number)"), to: .application("App \(number)"), evidence: place)
      )
    }
    for name in ["A", "B"] { builder.system(name, technology: "n8n", provenance: .imported) }
    let found = findings(.completeness, builder)
    #expect(found.map(\.severity) == [.medium, .low])
    #expect(found.first?.subjects.map(\.name) == ["S0", "S1", "S2"])
    #expect(found.first?.title.contains("switched on where exported or seen to run") == true)
    let rest = try #require(found.last)
    #expect(rest.subjects.map(\.name) == ["A", "B", "S3"])
    #expect(rest.why.contains("show runs of 1, all of them among tests or examples."))
    #expect(!rest.why.contains("they may be drawings"))
  }

  @Test("folders and names that say so are told: they may be examples")
  func examples() throws {
    var builder = EstateBuilder()
    for (name, path) in [
      ("Loans", "samples/loans.json"), ("Demo of rates", "flows/rates.json"),
      ("Fees", "flows/f.json"),
    ] {
      var system = AutomationSystem(
        name: name, source: Evidence(.imported, SourceLocation(path: path, line: 1)))
      system.technology.state("n8n", system.sources[0])
      builder.fragment.systems.append(system)
    }
    let found = try #require(findings(.completeness, builder).first)
    #expect(found.why.contains("1 lies in folders whose names say so (samples)"))
    #expect(found.why.contains("1 has it in the name (Demo of rates)"))
  }

  @Test("the number of unknown fields that makes a finding can be set")
  func threshold() {
    var builder = EstateBuilder()
    builder.system(
      "A", technology: "UiPath", purpose: "Posts", owner: "Ada Lovelace", perMonth: 3,
      humanInvolvement: "none")
    #expect(findings(.completeness, builder).isEmpty)
    #expect(findings(.completeness, builder) { $0.missingFields = 2 }.count == 1)
  }
}

@Suite("Estates in which nothing is")
struct EmptyEstateTests {
  @Test("that nothing was found in an empty estate is no verdict")
  func empty() {
    let report = report(EstateBuilder())
    #expect(report.findings.isEmpty)
    #expect(
      report.remarks.contains {
        $0.check == "completeness" && $0.text.hasPrefix("No system is in the inventory")
      })
  }
}
