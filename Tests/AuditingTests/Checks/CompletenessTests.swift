import EstateTestSupport
import Facts
import Inventory
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

  @Test("what no product is known to run may be a drawing: a finding of its own, and low")
  func drawings() {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] {
      builder.system(name, technology: "n8n", provenance: .imported)
      builder.system("Pool \(name)", provenance: .imported)
    }
    let found = findings(.completeness, builder)
    #expect(found.map(\.severity) == [.medium, .low])
    #expect(
      found.map { $0.subjects.map(\.name) } == [["A", "B", "C"], ["Pool A", "Pool B", "Pool C"]])
    #expect(found.last?.title.contains("perhaps drawings") == true)
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
