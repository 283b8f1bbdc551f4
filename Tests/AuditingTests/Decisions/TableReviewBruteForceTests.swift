import EstateTestSupport
import Inventory
import ProcessModel
import Testing

@testable import Auditing

/// Small random tables of which every case is tried with an evaluator that knows nothing of cells.
@Suite("flaws of a table against trying all cases")
struct TableReviewBruteForceTests {
  @Test(
    "overlaps, shadowed rules and gaps are those that trying all cases finds",
    arguments: 0..<600 as Range<UInt64>)
  func equal(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let table = randomTable(&generator)
    let review = TableReview(EstateDecision(system: "Rules", table: table), steps: 1_000_000)
    let brute = Brute(table)
    func count(_ kinds: [TableFlaw.Kind]) -> Double {
      review.flaws.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.count }
    }
    switch table.hitPolicy {
    case .unique:
      #expect(count([.contradiction]) == Double(brute.pairs { $0 != $1 }))
      #expect(count([.overlap, .duplicate]) == Double(brute.pairs { $0 == $1 }))
    case .any: #expect(count([.contradiction]) == Double(brute.pairs { $0 != $1 }))
    default:
      // Up to five are listed by rule.
      #expect(count([.shadowed]) == Double(brute.shadowed.count))
    }
    let gap = review.flaws.contains { $0.kind == .gap }
    #expect(gap == brute.hasGap)
  }

  private func randomTable(_ generator: inout SeededGenerator) -> DecisionTable {
    func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    func number() -> UnaryTest {
      let lower = Double(whole(0...4)) * 2
      let upper = lower + Double(whole(0...3)) * 2
      let interval = UnaryTest.Interval(
        lower: lower, includesLower: whole(0...1) == 0, upper: upper,
        includesUpper: whole(0...1) == 0)
      switch whole(0...9) {
      case 0: return .any
      case 1: return atLeast(lower)
      case 2: return below(lower)
      case 3: return .not(.interval(.init(lower: lower, upper: lower)))
      case 4: return .anyOf([below(lower), above(upper)])
      case 5: return .allOf([atLeast(lower), below(upper)])
      case 6: return whole(0...2) == 0 ? .opaque("?") : upTo(upper)
      default: return .interval(interval)
      }
    }
    func word() -> UnaryTest {
      switch whole(0...6) {
      case 0: .string("p")
      case 1: .anyOf([.string("q"), .string("p")])
      case 2: .not(.string("q"))
      case 3: .null
      case 4: .not(.null)
      default: .any
      }
    }
    func truth() -> UnaryTest {
      switch whole(0...3) {
      case 0: .boolean(true)
      case 1: .boolean(false)
      case 2: .not(.boolean(true))
      default: .any
      }
    }
    let policies: [DecisionTable.HitPolicy] = [.unique, .any, .first]
    let rules = (0..<whole(1...6)).map { _ in
      ([number(), word(), truth()], [["a", "b", "c"][whole(0...2)]])
    }
    return table(
      "t", policies[whole(0...2)], inputs: [.init(name: "x"), .init(name: "y"), .init(name: "z")],
      rules)
  }
}

/// All cases of a table of a number, a word and a truth value, each of which may be `null`.
private struct Brute {
  enum Value: Hashable {
    case number(Double)
    case word(String)
    case truth(Bool)
    case nothing
  }

  let table: DecisionTable
  /// For each case, whether each rule matches.
  private var answers: [[Bool?]] = []
  private var isPlain: [Bool] = []

  init(_ table: DecisionTable) {
    self.table = table
    let axes: [[Value]] = [
      (-1...29).map { .number(Double($0) / 2) } + [.nothing],
      [.word("p"), .word("q"), .word("else"), .nothing],
      [.truth(true), .truth(false), .nothing],
    ]
    let mentioned = (0..<3).map { column in
      Set(table.rules.flatMap { Self.mentioned($0.tests[column]) })
    }
    for x in axes[0] {
      for y in axes[1] {
        for z in axes[2] {
          answers.append(
            table.rules.map { rule in
              let all = zip(rule.tests, [x, y, z]).map { Self.holds($0, $1) }
              if all.contains(.some(false)) { return false }
              return all.contains(.none) ? nil : true
            })
          isPlain.append(
            isExpected(x, mentioned[0]) && isExpected(y, mentioned[1])
              && isExpected(z, mentioned[2]))
        }
      }
    }
  }

  private static func mentioned(_ test: UnaryTest) -> [Value] {
    switch test {
    case .interval(let interval):
      [interval.lower, interval.upper].compactMap { $0 }.map(Value.number)
    case .string(let text): [.word(text)]
    case .boolean: [.truth(true), .truth(false)]
    case .null: [.nothing]
    case .anyOf(let tests), .allOf(let tests): tests.flatMap(mentioned)
    case .not(let test): mentioned(test)
    case .any, .text, .opaque: []
    }
  }

  /// Whether a value is one that the table may be expected to cover: between the least and the greatest
  /// number it mentions, or listed; of an input of which nothing is mentioned, any one value.
  private func isExpected(_ value: Value, _ mentioned: Set<Value>) -> Bool {
    let listed = mentioned.subtracting([.nothing])
    if listed.isEmpty {
      // Nothing but null is mentioned: all other values are alike.
      return value != .nothing
    }
    guard case .number(let number) = value else { return listed.contains(value) }
    let numbers = listed.compactMap { if case .number(let number) = $0 { number } else { nil } }
    return number >= (numbers.min() ?? 0) && number <= (numbers.max() ?? 0)
  }

  private static func holds(_ test: UnaryTest, _ value: Value) -> Bool? {
    switch test {
    case .any: return true
    case .interval(let interval):
      guard case .number(let number) = value else { return false }
      return interval.contains(number)
    case .string(let text): return value == .word(text)
    case .boolean(let truth): return value == .truth(truth)
    case .null: return value == .nothing
    case .not(let inner): return holds(inner, value).map { !$0 }
    case .anyOf(let tests):
      let all = tests.map { holds($0, value) }
      return all.contains(.some(true)) ? true : all.contains(.none) ? nil : false
    case .allOf(let tests):
      let all = tests.map { holds($0, value) }
      return all.contains(.some(false)) ? false : all.contains(.none) ? nil : true
    case .text, .opaque: return nil
    }
  }

  /// Pairs of rules that match a case in common for sure and say what is asked for.
  func pairs(_ says: (String, String) -> Bool) -> Int {
    var count = 0
    for i in table.rules.indices {
      for j in table.rules.indices.dropFirst(i + 1)
      where says(table.rules[i].outputs[0], table.rules[j].outputs[0]) {
        if answers.contains(where: { $0[i] == .some(true) && $0[j] == .some(true) }) { count += 1 }
      }
    }
    return count
  }

  /// Rules that may match something, but nothing that no rule above matches for sure.
  var shadowed: [Int] {
    table.rules.indices.filter { rule in
      let mine = answers.filter { $0[rule] != .some(false) }
      return !mine.isEmpty && mine.allSatisfy { $0[..<rule].contains(.some(true)) }
    }
  }

  var hasGap: Bool {
    answers.indices.contains { place in
      isPlain[place] && answers[place].allSatisfy { $0 == .some(false) }
    }
  }
}
