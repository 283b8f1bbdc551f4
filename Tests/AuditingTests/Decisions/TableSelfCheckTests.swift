import EstateTestSupport
import ProcessModel
import Testing

@testable import Auditing

@Suite("flaws within one decision table")
struct TableSelfCheckTests {
  private func flaws(_ table: DecisionTable) -> [TableFlaw] {
    TableSelfCheck(table, evaluations: 1_000_000).flaws
  }

  @Test("rules that overlap under UNIQUE and differ contradict each other")
  func contradiction() throws {
    let found = flaws(
      table(
        "t", inputs: [amount], [([upTo(10)], ["approve"]), ([atLeast(8)], ["refer"])]))
    let flaw = try #require(found.first)
    #expect(found.count == 1)
    #expect(flaw.kind == .contradiction)
    #expect(flaw.rules == [0, 1])
    #expect(flaw.values == ["amount = 9 EUR"])
  }

  @Test("rules of one mind overlap under UNIQUE, and may do so under ANY")
  func overlap() {
    let rules: [([UnaryTest], [String])] = [
      ([upTo(10)], ["approve"]), ([atLeast(8)], ["approve"]),
    ]
    #expect(flaws(table("t", inputs: [amount], rules)).map(\.kind) == [.overlap])
    #expect(flaws(table("t", .any, inputs: [amount], rules)).isEmpty)
  }

  @Test("FIRST and COLLECT tables may overlap")
  func allowedOverlap() {
    for policy in [DecisionTable.HitPolicy.first, .collect, .ruleOrder] {
      #expect(
        flaws(
          table("t", policy, inputs: [amount], [([.any], ["a"]), ([upTo(8)], ["b"])])
        ).isEmpty)
    }
  }

  @Test("a case between the bounds that no rule covers is a gap")
  func gap() throws {
    let found = flaws(
      table("t", inputs: [amount], [([upTo(10)], ["approve"]), ([above(20)], ["refer"])]))
    #expect(found.map(\.kind) == [.gap])
    #expect(found.first?.values == ["amount = 15 EUR"])
  }

  @Test("counts have no gap between neighbouring whole numbers")
  func wholeNumbers() {
    #expect(
      flaws(
        table(
          "t", inputs: [.init(name: "defaults")],
          [
            ([.interval(.init(lower: 0, upper: 3))], ["approve"]),
            ([.interval(.init(lower: 4, upper: 9))], ["refer"]),
          ])
      ).isEmpty)
  }

  @Test("a rule that is not understood may cover a case, and overlaps nothing")
  func opaque() {
    #expect(
      flaws(
        table(
          "t", inputs: [amount],
          [([upTo(10)], ["approve"]), ([above(20)], ["refer"]), ([.opaque("f(x)")], ["refer"])])
      ).isEmpty)
  }

  @Test("a rule with fewer tests than inputs is not understood")
  func ragged() {
    #expect(
      flaws(table("t", inputs: [amount, score], [([upTo(10)], []), ([.any], ["a"])])).isEmpty)
  }

  @Test("bounds that are not numbers harm nobody")
  func oddBounds() {
    let odd: [UnaryTest] = [
      .interval(.init(lower: .nan)), .interval(.init(lower: .infinity, upper: -.infinity)),
      .interval(.init(lower: 5, upper: 1)), .interval(.init(lower: -1e300, upper: 1e300)),
      .interval(.init(lower: .leastNonzeroMagnitude)), .anyOf([]), .not(.any), .null,
    ]
    _ = flaws(table("t", inputs: [amount], odd.map { ([$0], ["a"]) }))
  }

  @Test("plain numbers lie strictly between their bounds", arguments: 0..<200 as Range<UInt64>)
  func plainNumbers(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scale = Double.random(in: 1e-6...1e9, using: &generator)
    let lower = Double.random(in: -1...1, using: &generator) * scale
    let upper = lower + Double.random(in: 1e-6...1, using: &generator) * scale
    let number = plainNumber(between: lower, and: upper)
    #expect(number > lower && number < upper)
  }

  @Test("plain numbers have few digits")
  func fewDigits() {
    #expect(plainNumber(between: 20_000, and: 25_000) == 22_000)
    #expect(plainNumber(between: 0, and: 1) == 0.5)
    #expect(plainNumber(between: 600, and: 900) == 800)
  }
}
