import EstateTestSupport
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("flaws within one decision table")
struct TableReviewTests {
  private func flaws(_ table: DecisionTable) -> [TableFlaw] {
    TableReview(EstateDecision(system: "Rules", table: table), steps: 1_000_000).flaws
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
          table("t", policy, inputs: [amount], [([upTo(8)], ["b"]), ([.any], ["a"])])
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

  @Test("under FIRST a rule that others stand before never counts")
  func shadowed() throws {
    let one = flaws(
      table("t", .first, inputs: [amount], [([.any], ["a"]), ([upTo(8)], ["b"])]))
    #expect(one.map(\.kind) == [.shadowed])
    #expect(one.first?.instances == [[1, 0]])
    let together = flaws(
      table(
        "t", .first, inputs: [amount],
        [([upTo(8)], ["a"]), ([above(5)], ["b"]), ([within(1, 20)], ["c"]), ([.any], ["d"])]))
    // The last rule is still there for null.
    #expect(together.filter { $0.kind == .shadowed }.map(\.instances) == [[[2, 0, 1]]])
  }

  @Test(
    "an exception before the general rule is no fault, a rule that only partly overlaps is masked")
  func masked() {
    let exception: [([UnaryTest], [String])] = [([within(2, 3)], ["a"]), ([.any], ["b"])]
    #expect(flaws(table("t", .first, inputs: [amount], exception)).isEmpty)
    let partly: [([UnaryTest], [String])] = [([upTo(10)], ["a"]), ([above(5)], ["b"])]
    #expect(flaws(table("t", .first, inputs: [amount], partly)).map(\.kind) == [.masked])
  }

  @Test("PRIORITY goes by the order of the output values, and without one contradicts itself")
  func priority() {
    var t = table(
      "t", .priority, inputs: [amount], [([upTo(10)], ["refer"]), ([upTo(20)], ["approve"])])
    #expect(flaws(t).map(\.kind) == [.contradiction])
    t.outputs[0].allowed = .anyOf([.string("refer"), .string("approve")])
    #expect(flaws(t).isEmpty)
    t.outputs[0].allowed = .anyOf([.string("approve"), .string("refer")])
    #expect(flaws(t).map(\.kind) == [.shadowed])
    #expect(flaws(t).first?.instances == [[0, 1]])
  }

  @Test("the same rule twice is a duplicate, also where rules are collected")
  func duplicates() {
    let rules: [([UnaryTest], [String])] = [([upTo(10)], ["5"]), ([upTo(10)], ["5.0"])]
    for policy in [DecisionTable.HitPolicy.unique, .any, .collect, .ruleOrder] {
      let found = flaws(table("t", policy, inputs: [amount], rules)).map(\.kind)
      #expect(found == [.duplicate], "\(policy)")
    }
  }

  @Test("outputs that are worked out are not known to differ")
  func computed() {
    var t = table(
      "t", inputs: [amount], [([upTo(10)], ["rate * 2"]), ([atLeast(8)], ["2 * rate"])])
    for rule in t.rules.indices { t.rules[rule].computed = [0] }
    #expect(flaws(t).map(\.kind) == [.undecided])
  }

  @Test("a default output leaves no gap, and allowed values say what is to be expected")
  func domains() {
    let region = DecisionTable.Column(name: "region")
    var t = table("t", inputs: [region], [([.string("EU")], ["a"]), ([.string("UK")], ["b"])])
    #expect(flaws(t).isEmpty)
    t.inputs[0].allowed = .anyOf([.string("EU"), .string("UK"), .string("US")])
    #expect(flaws(t).map(\.kind) == [.gap])
    #expect(flaws(t).first?.values == ["region = US"])
    t.outputs[0].defaultOutput = "c"
    #expect(flaws(t).isEmpty)
    t.rules[0].tests = [.string("Mars")]
    #expect(flaws(t).map(\.kind) == [.impossible])
  }

  @Test("dates, durations and parts of texts are compared with their like")
  func temporal() {
    func found(_ first: String, _ second: String) -> [TableFlaw] {
      flaws(
        table(
          "t", inputs: [.init(name: "x")],
          [([UnaryTest(feel: first)], ["a"]), ([UnaryTest(feel: second)], ["b"])])
      ).filter { $0.kind != .gap }
    }
    let dates = found("<= date(\"2024-03-01\")", ">= @\"2024-03-01\"")
    #expect(dates.map(\.kind) == [.contradiction])
    #expect(dates.first?.values == ["x = 2024-03-01"])
    #expect(found("< date(\"2024-03-01\")", ">= @\"2024-03-01\"").isEmpty)
    // No day lies between two neighbouring ones.
    #expect(found("(@\"2024-02-29\"..@\"2024-03-01\")", "> @\"2024-02-01\"").isEmpty)
    #expect(found("< duration(\"P2D\")", "> @\"PT47H\"").first?.kind == .contradiction)
    #expect(found("< duration(\"P2M\")", "> @\"PT47H\"").isEmpty)
    #expect(found("starts with(?, \"A\")", "ends with(?, \"z\")").first?.values == ["x = Az"])
    #expect(found("starts with(?, \"A\")", "starts with(?, \"B\")").isEmpty)
    #expect(found("contains(?, \"b\")", "\"abc\"").first?.values == ["x = abc"])
    #expect(found("string length(?) > 5", "string length(?) <= 5").isEmpty)
    #expect(found("null", "not(null)").isEmpty)
    #expect(found("null", "-").first?.values == ["x = null"])
    #expect(found("not(\"a\", \"b\")", "\"c\"").first?.kind == .contradiction)
  }

  @Test("production rules that set one field differently for one case contradict each other")
  func production() {
    let rules: [([UnaryTest], [String])] = [([upTo(10)], ["a"]), ([atLeast(8)], ["b"])]
    var t = table("t", .collect, inputs: [amount], rules)
    #expect(flaws(t).isEmpty)
    t.actsInTurn = true
    for rule in t.rules.indices { t.rules[rule].salience = 0 }
    #expect(flaws(t).map(\.kind) == [.contradiction])
    t.rules[0].salience = 5
    #expect(flaws(t).isEmpty)
    t.rules[0].salience = nil
    #expect(flaws(t).isEmpty)
    t.rules[0].salience = 0
    t.outputs[0].name = "amount"
    #expect(flaws(t).isEmpty)
  }

  @Test(
    "of 10,000 rules on six inputs only those are compared that meet on the input of the sweep",
    .timeLimit(.minutes(10)))
  func large() {
    var generator = SeededGenerator(seed: 7)
    func number() -> UnaryTest {
      let lower = Double(Int.random(in: 0..<10_000, using: &generator))
      let width = Double(Int.random(in: 100..<4_000, using: &generator))
      return within(lower, lower + width)
    }
    let rules = (0..<10_000).map { index -> ([UnaryTest], [String]) in
      (
        [
          number(), number(), number(), number(),
          .anyOf([.string("a\(index % 50)"), .string("a\(index % 7)")]), .boolean(index % 2 == 0),
        ], ["\(index % 3)"]
      )
    }
    let columns = (0..<6).map { DecisionTable.Column(name: "x\($0)") }
    for policy in [DecisionTable.HitPolicy.unique, .first] {
      let review = TableReview(
        EstateDecision(
          system: "Rules", table: table("t", policy, inputs: columns, rules)),
        steps: 5_000_000)
      #expect(!review.flaws.isEmpty)
      #expect(!review.openEnds.contains(.overlaps))
      // Two ranges on a line of 10,000, each 100 to 4,000 wide and 2,050 on average, meet with a
      // probability of at most 2 · 2,050 / 10,000 = 41 %; of all pairs are 10,000 · 9,999 / 2. Where ranges
      // end is sorted out one rule late, hence half of all pairs.
      #expect(review.comparedPairs < 10_000 * 9_999 / 4)
      #expect(review.comparedPairs > 0)
    }
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
