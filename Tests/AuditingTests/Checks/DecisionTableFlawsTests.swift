import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("flaws within decision tables")
struct DecisionTableFlawsTests {
  private func estate(_ tables: DecisionTable..., status: LifecycleStatus = .production)
    -> EstateBuilder
  {
    var builder = EstateBuilder()
    builder.completeSystem("Rules", kind: .rules, status: status)
    for table in tables { builder.decision(table, of: "Rules") }
    return builder
  }

  @Test("each kind of flaw is one finding with its rules and a case")
  func kinds() throws {
    let found = findings(
      .decisionTableFlaws,
      estate(
        table(
          "t", inputs: [amount],
          [([upTo(10)], ["approve"]), ([atLeast(8)], ["refer"]), ([within(2, 3)], ["approve"])])))
    #expect(
      found.map(\.id) == [
        "decision-table-flaws/system:rules/t-contradiction",
        "decision-table-flaws/system:rules/t-overlap",
      ])
    #expect(found.map(\.severity) == [.high, .low])
    #expect(found.first?.example == "amount = 9 EUR: rule 1 says approve, rule 2 says refer")
    #expect(found.first?.evidence.map(\.location.line) == [1, 2])
  }

  @Test("a table that is no longer in use is only a remark")
  func retired() {
    let found = findings(
      .decisionTableFlaws,
      estate(
        table("t", inputs: [amount], [([upTo(10)], ["a"]), ([atLeast(8)], ["b"])]),
        status: .retired))
    #expect(found.map(\.severity) == [.info])
  }

  @Test("a contradiction that shows only for values nobody lists is not grave")
  func oddCase() {
    let region = DecisionTable.Column(name: "region")
    let found = findings(
      .decisionTableFlaws,
      estate(
        table(
          "t", inputs: [region], [([.not(.string("EU"))], ["a"]), ([.not(.string("UK"))], ["b"])])))
    #expect(found.map(\.severity) == [.medium])
  }

  @Test("a sound table has no finding, and one without tests that are understood no verdict")
  func sound() {
    let sound = table("t", inputs: [amount], [([upTo(10)], ["a"]), ([above(10)], ["b"])])
    #expect(findings(.decisionTableFlaws, estate(sound)).isEmpty)
    let opaque = table("o", inputs: [amount], [([.opaque("f(x)")], ["a"])])
    let report = report(estate(opaque))
    #expect(!report.findings.contains { $0.check == "decision-table-flaws" })
    #expect(report.remarks.contains { $0.check == "decision-table-flaws" })
  }

  @Test("the assessment counts what is analysed and what is not, and never makes zero of unknown")
  func assessment() throws {
    let sound = table("t", inputs: [amount], [([upTo(10)], ["a"]), ([above(10)], ["b"])])
    let opaque = table("o", .collect, inputs: [amount], [([.opaque("f(x)")], ["a"])])
    let assessment = try #require(
      report(estate(sound, opaque)).assessments.first { $0.id == "decision-logic" })
    #expect(assessment.rows.map { $0.cells[1] } == [.text("t"), .text("o")])
    #expect(assessment.rows.map { $0.cells[5] } == [.share(1), .share(0)])
    #expect(assessment.rows[0].cells[11] == .share(1))
    guard case .unknown = assessment.rows[1].cells[11] else {
      Issue.record("the coverage of a collecting table is not known")
      return
    }
    #expect(assessment.notes.contains { $0.contains("`f(x)` (o.dmn:1)") })
  }
}
