import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("contradicting decision tables")
struct ConflictCheckTests {
  private func estate() -> EstateBuilder {
    var builder = EstateBuilder()
    builder.completeSystem("Credit Limits", kind: .rules)
    builder.completeSystem("Pricing Eligibility", kind: .rules)
    builder.completeSystem("Limit Change")
    builder.decision(
      table(
        "credit-limits", inputs: [amount],
        [([upTo(25_000)], ["approve"]), ([above(25_000)], ["refer"])]), of: "Credit Limits")
    builder.decision(
      table(
        "pricing-eligibility", inputs: [amount],
        [([upTo(20_000)], ["approve"]), ([above(20_000)], ["refer"])]), of: "Pricing Eligibility")
    return builder
  }

  @Test("the finding names both systems, both rules and a case")
  func conflict() throws {
    let finding = try #require(findings(.conflictingThresholds, estate()).first)
    #expect(finding.severity == .high)
    #expect(finding.subjects.map(\.name) == ["Credit Limits", "Pricing Eligibility"])
    #expect(
      finding.example
        == "amount = 22,000 EUR: credit-limits says approve, pricing-eligibility says refer")
    #expect(
      finding.evidence.map(\.location.description) == [
        "credit-limits.dmn:1", "pricing-eligibility.dmn:2",
      ])
  }

  @Test("overlaps and gaps within one table are findings of it")
  func ownFlaws() {
    var builder = EstateBuilder()
    builder.completeSystem("Rules", kind: .rules)
    builder.decision(
      table(
        "t", inputs: [amount],
        [([upTo(10)], ["approve"]), ([atLeast(8)], ["refer"]), ([within(2, 3)], ["approve"])]),
      of: "Rules")
    let found = findings(.conflictingThresholds, builder)
    #expect(
      found.map(\.id) == [
        "conflicting-thresholds/system:rules/t-contradiction",
        "conflicting-thresholds/system:rules/t-overlap",
      ])
    #expect(found.map(\.severity) == [.high, .low])
  }

  @Test("copies of one table in one system give findings with identifiers of their own")
  func copies() {
    var builder = estate()
    builder.decision(
      table(
        "credit-limits", inputs: [amount],
        [([upTo(30_000)], ["approve"]), ([above(30_000)], ["refer"])]), of: "Credit Limits")
    let found = findings(.conflictingThresholds, builder)
    #expect(found.count == 3)
    #expect(Set(found.map(\.id)).count == 3)
  }

  @Test("what is left open is said")
  func remarks() {
    var builder = EstateBuilder()
    builder.decision(
      table("c", .collect, inputs: [amount], [([.opaque("f(x)")], ["a"])]), of: "Rules")
    let remarks = report(builder).remarks.filter { $0.check == "conflicting-thresholds" }
    #expect(remarks.count == 2)
  }

  @Test("people who use both tables settle the contradiction")
  func hotspot() throws {
    var builder = estate()
    #expect(findings(.hotspotContradiction, builder).isEmpty)
    builder.connect(.invokes, .system("Limit Change"), .system("Credit Limits"))
    builder.touchPoint(
      .work, in: "Limit Change", step: "s", name: "Settle contradiction", team: "Credit Risk")
    #expect(findings(.hotspotContradiction, builder).isEmpty)
    builder.connect(.invokes, .system("Limit Change"), .system("Pricing Eligibility"))
    let finding = try #require(findings(.hotspotContradiction, builder).first)
    #expect(
      finding.subjects.map(\.name) == ["Credit Limits", "Pricing Eligibility", "Limit Change"])
    #expect(finding.title.contains("Credit Risk"))
    #expect(finding.severity == .high)
  }
}
