import EstateTestSupport
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("comparison of two decision tables")
struct TableDuelTests {
  private func conflict(_ a: DecisionTable, _ b: DecisionTable) -> TableConflict? {
    var duel = TableDuel(
      CompiledTable(EstateDecision(system: a.name, table: a)),
      CompiledTable(EstateDecision(system: b.name, table: b)), evaluations: 1_000_000)
    return duel?.conflict()
  }

  @Test("a threshold in dispute is found with a plain example and its whole region")
  func threshold() throws {
    let a = table(
      "credit-limits", inputs: [amount],
      [([upTo(25_000)], ["approve"]), ([above(25_000)], ["refer"])])
    let b = table(
      "pricing-eligibility", inputs: [amount],
      [([upTo(20_000)], ["approve"]), ([above(20_000)], ["refer"])])
    let found = try #require(conflict(a, b))
    #expect(
      found.example
        == "amount = 22,000 EUR: credit-limits says approve, pricing-eligibility says refer")
    #expect(found.region == "20,000 < amount ≤ 25,000 EUR")
    #expect(found.agreement != nil)
  }

  @Test("other inputs of the example get values under which the dispute shows")
  func twoInputs() throws {
    let a = table(
      "limits", inputs: [amount, score],
      [
        ([upTo(25_000), atLeast(600)], ["automatic"]),
        ([above(25_000), atLeast(600)], ["manual"]),
        ([.any, below(600)], ["declined"]),
      ])
    let b = table(
      "pricing", inputs: [score, amount], outputs: ["approval", "class"],
      [
        ([atLeast(600), upTo(20_000)], ["automatic", "A"]),
        ([atLeast(600), above(20_000)], ["manual", "B"]),
        ([below(600), .any], ["declined", "none"]),
      ])
    let found = try #require(conflict(a, b))
    #expect(
      found.example
        == "amount = 22,000 EUR, credit score = 800: limits says automatic, pricing says manual")
    #expect(found.input == "amount")
  }

  @Test("tables that agree everywhere are left alone")
  func agreement() {
    let rules: [([UnaryTest], [String])] = [
      ([upTo(10)], ["approve"]), ([above(10)], ["refer"]),
    ]
    #expect(
      conflict(table("a", inputs: [amount], rules), table("b", inputs: [amount], rules)) == nil)
  }

  @Test("tables that test different things are not compared")
  func unrelated() {
    let a = table("a", inputs: [amount], [([upTo(10)], ["approve"])])
    let b = table("b", inputs: [score], [([upTo(10)], ["refer"])])
    #expect(conflict(a, b) == nil)
  }

  @Test("amounts in different currencies are not one input")
  func currencies() {
    let dollars = DecisionTable.Column(name: "amount", label: "Amount (USD)")
    let a = table("a", inputs: [amount], [([upTo(10)], ["approve"]), ([above(10)], ["refer"])])
    let b = table("b", inputs: [dollars], [([upTo(5)], ["approve"]), ([above(5)], ["refer"])])
    #expect(conflict(a, b) == nil)
  }

  @Test("what another input decides alone is no threshold in dispute")
  func excuse() {
    let a = table("a", inputs: [amount], [([upTo(10)], ["approve"]), ([above(10)], ["refer"])])
    let sanctioned = DecisionTable.Column(name: "sanctioned")
    let b = table(
      "b", .first, inputs: [amount, sanctioned],
      [
        ([.any, .boolean(true)], ["reject"]), ([upTo(10), .any], ["approve"]),
        ([above(10), .any], ["refer"]),
      ])
    #expect(conflict(a, b) == nil)
  }

  @Test("nothing is concluded from a test that is not understood")
  func opaque() {
    let a = table("a", inputs: [amount], [([.opaque("f(amount)")], ["approve"])])
    let b = table("b", inputs: [amount], [([upTo(10)], ["refer"]), ([above(10)], ["approve"])])
    #expect(conflict(a, b) == nil)
    let c = table(
      "c", .first, inputs: [amount],
      [([.opaque("f(amount)")], ["refer"]), ([upTo(20)], ["approve"]), ([above(20)], ["refer"])])
    #expect(conflict(b, c) == nil)
  }

  @Test("of a FIRST table only the first matching rule counts")
  func firstPolicy() throws {
    let a = table(
      "a", .first, inputs: [amount], [([upTo(10)], ["approve"]), ([.any], ["refer"])])
    let b = table(
      "b", inputs: [amount], [([upTo(10)], ["approve"]), ([above(10)], ["refer"])])
    #expect(conflict(a, b) == nil)
    let c = table("c", .first, inputs: [amount], [([upTo(12)], ["approve"]), ([.any], ["refer"])])
    #expect(try #require(conflict(b, c)).region == "10 < amount ≤ 12 EUR")
  }

  @Test("numbers of one output contradict each other, other vocabularies do not")
  func vocabularies() {
    let a = table("a", inputs: [amount], outputs: ["limit"], [([upTo(10)], ["5000"])])
    let b = table("b", inputs: [amount], outputs: ["limit"], [([upTo(10)], ["7500"])])
    #expect(conflict(a, b) != nil)
    let c = table("c", inputs: [amount], outputs: ["class"], [([upTo(10)], ["gold"])])
    let d = table("d", inputs: [amount], outputs: ["class"], [([upTo(10)], ["tier 1"])])
    #expect(conflict(c, d) == nil)
    let e = table("e", inputs: [amount], [([upTo(10)], ["accepted"])])
    let f = table("f", inputs: [amount], [([upTo(10)], ["manual review"])])
    #expect(conflict(e, f) != nil)
    let g = table("g", inputs: [amount], [([upTo(10)], ["approved"])])
    #expect(conflict(e, g) == nil)
  }

  @Test("strings are told apart whatever their case")
  func strings() throws {
    let region = DecisionTable.Column(name: "region")
    let a = table(
      "a", inputs: [region],
      [([.string("EU")], ["approve"]), ([.not(.string("eu"))], ["refer"])])
    let b = table(
      "b", inputs: [region],
      [
        ([.anyOf([.string("eu"), .string("UK")])], ["approve"]),
        ([.not(.anyOf([.string("eu"), .string("UK")]))], ["refer"]),
      ])
    #expect(try #require(conflict(a, b)).example == "region = UK: a says refer, b says approve")
  }

  @Test(
    "a conflict is found exactly where trying all cases finds one",
    arguments: 0..<400 as Range<UInt64>)
  func bruteForce(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let a = randomTable("a", extra: "y", &generator)
    let b = randomTable("b", extra: seed.isMultiple(of: 2) ? "y" : "z", &generator)
    #expect((conflict(a, b) != nil) == BruteForce(a, b).hasConflict)
  }
}

/// Tables of one number `x` and one string `y` or `z` with bounds between 0 and 5.
private func randomTable(
  _ name: String, extra: String, _ generator: inout SeededGenerator
) -> DecisionTable {
  let policies: [DecisionTable.HitPolicy] = [.unique, .any, .first, .priority]
  let says = ["approve", "refer", "decline"]
  func number(_ generator: inout SeededGenerator) -> UnaryTest {
    let lower = Double(Int.random(in: 0...5, using: &generator))
    let upper = lower + Double(Int.random(in: 0...3, using: &generator))
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: return .any
    case 1: return atLeast(lower)
    case 2: return below(lower)
    case 3: return .not(within(lower, upper))
    case 4: return .opaque("?")
    default: return within(lower, upper)
    }
  }
  func word(_ generator: inout SeededGenerator) -> UnaryTest {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: .string("p")
    case 1: .anyOf([.string("q"), .string("p")])
    case 2: .not(.string("q"))
    default: .any
    }
  }
  let count = Int.random(in: 1...4, using: &generator)
  let rules = (0..<count).map { _ in
    (
      [number(&generator), word(&generator)],
      [says[Int.random(in: 0..<3, using: &generator)]]
    )
  }
  let policy = policies[Int.random(in: 0..<4, using: &generator)]
  return table(name, policy, inputs: [.init(name: "x"), .init(name: extra)], rules)
}

/// Tries all cases in steps of a half, and asks the tables by an evaluator of its own.
private struct BruteForce {
  let a: DecisionTable
  let b: DecisionTable

  init(_ a: DecisionTable, _ b: DecisionTable) {
    self.a = a
    self.b = b
  }

  private var numbers: [Double] { (-2...20).map { Double($0) / 2 } }
  private var words: [String] { ["p", "q", "something else"] }

  private func holds(_ test: UnaryTest, number: Double, word: String) -> Bool? {
    switch test {
    case .any: true
    case .interval(let interval): interval.contains(number)
    case .string(let wanted): word == wanted
    case .not(let inner): holds(inner, number: number, word: word).map { !$0 }
    case .anyOf(let tests): tests.contains { holds($0, number: number, word: word) == true }
    default: nil
    }
  }

  /// Matching rules: those that match for sure, and whether one before the first sure one, or any at
  /// all, may match.
  private func answer(
    _ table: DecisionTable, _ x: Double, _ y: String
  ) -> (says: String, rules: [Int])? {
    let states = table.rules.map { rule -> Bool? in
      let all = rule.tests.map { holds($0, number: x, word: y) }
      if all.contains(false) { return false }
      return all.contains(nil) ? nil : true
    }
    let sure = states.indices.filter { states[$0] == true }
    guard let first = sure.first else { return nil }
    let outputs = Set(sure.map { table.rules[$0].outputs[0] })
    switch table.hitPolicy {
    case .first:
      if states[..<first].contains(nil) { return nil }
    case .priority:
      if states.contains(nil) || outputs.count > 1 { return nil }
    default:
      if outputs.count > 1 { return nil }
    }
    let says = table.rules[first].outputs[0]
    return (says, sure.filter { table.rules[$0].outputs[0] == says })
  }

  var hasConflict: Bool {
    let isShared = a.inputs[1].name == b.inputs[1].name
    func restricts(_ column: Int) -> Bool {
      [a, b].allSatisfy { table in table.rules.contains { $0.tests[column] != .any } }
    }
    let axes = (0...1).filter { ($0 == 0 || isShared) && restricts($0) }
    if axes.isEmpty { return false }
    for x in numbers {
      for y in words {
        for z in isShared ? [y] : words {
          guard let first = answer(a, x, y), let second = answer(b, x, z),
            first.says != second.says
          else { continue }
          if axes.contains(0), numbers.contains(where: { agree($0, y, z) }) { return true }
          if axes.contains(1), words.contains(where: { agree(x, $0, $0) }) { return true }
          let excuse = { (table: DecisionTable, rules: [Int]) in
            !isShared && rules.allSatisfy { table.rules[$0].tests[1] != .any }
          }
          if !excuse(a, sureMatches(a, first.rules, x, y)),
            !excuse(b, sureMatches(b, second.rules, x, z))
          {
            return true
          }
        }
      }
    }
    return false
  }

  private func sureMatches(_ table: DecisionTable, _ rules: [Int], _ x: Double, _ y: String)
    -> [Int]
  {
    // Only rules that are understood whole are taken as the deciding ones.
    rules.filter { rule in
      table.rules[rule].tests.allSatisfy { holds($0, number: x, word: y) == true }
    }
  }

  private func agree(_ x: Double, _ y: String, _ z: String) -> Bool {
    guard let first = answer(a, x, y), let second = answer(b, x, z) else { return false }
    return first.says == second.says
  }
}
