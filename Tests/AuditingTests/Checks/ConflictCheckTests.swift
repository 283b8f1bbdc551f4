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
    var builder = estate()
    let finding = try #require(findings(.conflictingThresholds, builder).first)
    #expect(finding.severity == .medium)
    // A system that uses both says that they decide about the same cases.
    builder.connect(.invokes, .system("Limit Change"), .system("Credit Limits"))
    builder.connect(.invokes, .system("Limit Change"), .system("Pricing Eligibility"))
    #expect(findings(.conflictingThresholds, builder).map(\.severity) == [.high])
    #expect(finding.subjects.map(\.name) == ["Credit Limits", "Pricing Eligibility"])
    #expect(
      finding.example
        == "amount = 22,000 EUR: credit-limits says approve, pricing-eligibility says refer")
    #expect(
      finding.evidence.map(\.location.description) == [
        "credit-limits.dmn:1", "pricing-eligibility.dmn:2",
      ])
  }

  @Test("tables of which only a name says that they decide one thing are no grave contradiction")
  func falseFriends() throws {
    var loans = EstateBuilder()
    loans.completeSystem("Loan Desk", kind: .rules)
    loans.completeSystem("Card Desk", kind: .rules)
    loans.decision(
      table(
        "loan-approval", inputs: [amount], outputs: ["loanDecision"],
        [([upTo(25_000)], ["approve"]), ([above(25_000)], ["refer"])]), of: "Loan Desk")
    loans.decision(
      table(
        "card-limit", inputs: [amount], outputs: ["cardDecision"],
        [([upTo(5_000)], ["approve"]), ([above(5_000)], ["refer"])]), of: "Card Desk")
    #expect(findings(.conflictingThresholds, loans).map(\.severity) == [.low])
    var truths = EstateBuilder()
    truths.decision(
      table(
        "a", inputs: [amount], outputs: ["isLarge"],
        [([upTo(5)], ["false"]), ([above(5)], ["true"])]), of: "A")
    truths.decision(
      table(
        "b", inputs: [amount], outputs: ["isExempt"],
        [([upTo(7)], ["true"]), ([above(7)], ["false"])]), of: "B")
    #expect(findings(.conflictingThresholds, truths).isEmpty)
  }

  @Test("tables that share two inputs and the name of the answer contradict each other gravely")
  func twoInputs() throws {
    var builder = EstateBuilder()
    for (system, bound) in [("A", 10.0), ("B", 12)] {
      builder.decision(
        table(
          "table-\(system)", inputs: [amount, score],
          [
            ([upTo(bound), atLeast(600)], ["approve"]), ([above(bound), atLeast(600)], ["refer"]),
            ([.any, below(600)], ["decline"]),
          ]), of: system)
    }
    #expect(findings(.conflictingThresholds, builder).map(\.severity) == [.high])
  }

  @Test(
    "two tables of 10,000 rules are compared to the end within the rules that a pair may take",
    .timeLimit(.minutes(10)))
  func large() {
    var builder = EstateBuilder()
    for (system, shift) in [("A", 0.0), ("B", 1)] {
      let rules = (0..<10_000).map { index -> ([UnaryTest], [String]) in
        let lower = Double(index) * 10
        return (
          [within(lower, lower + 10), index % 2 == 0 ? .boolean(true) : .any],
          ["\(Double(index) + shift)"]
        )
      }
      builder.decision(
        table("t", inputs: [amount, .init(name: "isNew")], outputs: ["rate"], rules), of: system)
    }
    var options = AuditOptions()
    options.checks = [AuditCheck.conflictingThresholds.id]
    let report = report(builder, options)
    #expect(!report.findings.isEmpty)
    // 10,000 × 10,000 comparisons are a hundred times the default of a pair.
    #expect(!report.remarks.contains { $0.text.contains("Not compared to the end") })
  }

  /// Systems of which only exports speak, each with a table of a bound of its own.
  private func unregistered(_ bounds: [(system: String, bound: Double)]) -> EstateBuilder {
    var builder = EstateBuilder()
    for (system, bound) in bounds {
      builder.system(system, kind: .rules, provenance: .imported)
      builder.decision(
        table(
          "approval of \(system)", inputs: [amount],
          [([upTo(bound)], ["approve"]), ([above(bound)], ["refer"])]), of: system)
    }
    return builder
  }

  @Test("tables that contradict one another crosswise and that only exports know are one finding")
  func crosswise() throws {
    var builder = unregistered([("A", 10), ("B", 20), ("C", 30), ("D", 40)])
    let finding = try #require(findings(.conflictingThresholds, builder).first)
    #expect(findings(.conflictingThresholds, builder).count == 1)
    #expect(finding.title.hasPrefix("4 decision tables contradict one another"))
    #expect(Set(finding.subjects.map(\.name)) == ["A", "B", "C", "D"])
    #expect(finding.severity == .medium)
    // Six pairs of four tables, each with both rules as evidence: two rules of each table at most.
    #expect(finding.why.contains("in 6 pairs"))
    #expect(Set(finding.evidence.map(\.location.path)).count == 4)
    #expect(finding.example?.contains("says approve") == true)
    // Two tables alone stay what they were, and so do those that a system uses both.
    #expect(
      findings(.conflictingThresholds, unregistered([("A", 10), ("B", 20)])).map(\.title)
        == ["approval of A and approval of B decide differently for 10 < amount ≤ 20 EUR"])
    // Among tests, and not said to run, the same is low.
    var among = builder
    for index in among.fragment.decisions.indices {
      among.fragment.decisions[index].table.location.path = "tck/TestCases/\(index).dmn"
    }
    let test = try #require(findings(.conflictingThresholds, among).first)
    #expect(test.severity == .low && test.why.contains("are examples or tests (test)"))
    among.fragment.decisions[0].table.location.path = "bank/approval.dmn"
    #expect(findings(.conflictingThresholds, among).first?.severity == .medium)

    builder.connect(.invokes, .system("Desk"), .system("A"))
    builder.connect(.invokes, .system("Desk"), .system("C"))
    let apart = findings(.conflictingThresholds, builder)
    #expect(apart.map(\.severity) == [.high, .medium])
    #expect(apart.first?.subjects.map(\.name) == ["A", "C"])
    #expect(apart.last?.why.contains("in 5 pairs") == true)
  }

  @Test("copies of one table in one system give findings with identifiers of their own")
  func copies() {
    var builder = estate()
    builder.decision(
      table(
        "credit-limits", inputs: [amount],
        [([upTo(30_000)], ["approve"]), ([above(30_000)], ["refer"])]), of: "Credit Limits")
    let found = findings(.conflictingThresholds, builder)
    // The copies against one another, and both of them against the other table.
    #expect(found.count == 2)
    #expect(Set(found.map(\.id)).count == 2)
    #expect(found.contains { $0.why.contains("1 other pair") })
  }

  @Test("what is left open is said")
  func remarks() {
    var builder = EstateBuilder()
    builder.decision(
      table("c", .collect, inputs: [amount], [([.opaque("f(x)")], ["a"])]), of: "Rules")
    let remarks = report(builder).remarks
    #expect(remarks.count { $0.check == "conflicting-thresholds" } == 2)
    let own = remarks.first { $0.check == "decision-table-flaws" }
    #expect(own?.text.contains("1 of 1 test in 1 table, the first `f(x)` (c.dmn:1)") == true)
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
