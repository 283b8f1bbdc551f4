import EventEngine
import Facts
import Inventory
import Scenarios
import Testing

@Suite("Damaged scenarios")
struct MutationTests {
  /// A generator of our own, so that a failure can be repeated by its seed.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// Reads and compiles; errors are allowed, and must have something to say.
  private func tryOut(_ bytes: [UInt8]) {
    let process = loanProcess()
    do {
      let scenario = try readScenario(bytes, path: "damaged.yaml") { _ in estate(process) }
      _ = try compile(scenario)
    } catch {
      #expect(!error.problems.isEmpty)
      #expect(error.problems.allSatisfy { !$0.message.isEmpty && !$0.message.contains("\n") })
    }
  }

  @Test(
    "bytes exchanged, lost or doubled give errors, never a crash",
    arguments: 0..<150 as Range<UInt64>)
  func bytes(seed: UInt64) {
    var generator = Generator(state: seed)
    var bytes = Array(loanScenario.utf8)
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let position = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: position)
      case 2:
        bytes.insert(
          contentsOf: "{}[]:,-#&*!|>'\"%@`".utf8.shuffled(using: &generator).prefix(1), at: position
        )
      default:
        let end = min(bytes.count, position + Int.random(in: 1...80, using: &generator))
        bytes.removeSubrange(position..<end)
      }
    }
    tryOut(bytes)
  }

  @Test(
    "values exchanged for others of the file give errors, never a crash",
    arguments: 0..<250 as Range<UInt64>)
  func values(seed: UInt64) {
    var generator = Generator(state: seed &+ 1_000_000)
    var words = loanScenario.split(separator: " ", omittingEmptySubsequences: false).map(
      String.init)
    let odd = [
      "0", "-1", "1e308", "1e-308", "99999999999999999999", "nan", "inf", "null", "true", "~", "",
      "%",
      "always", "never", "every", "rest", "unlimited", "..", "a..b", "EUR", "working", "days", "[]",
      "{}", "\"\"", "2026-01-05", "0.1.2", "+-3", "é", "\u{202E}",
    ]
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let position = Int.random(in: words.indices, using: &generator)
      words[position] =
        Bool.random(using: &generator)
        ? words.randomElement(using: &generator) ?? "" : odd.randomElement(using: &generator) ?? ""
    }
    tryOut(Array(words.joined(separator: " ").utf8))
  }

  @Test("a scenario cut off anywhere gives an error, never a crash")
  func truncation() {
    let bytes = Array(loanScenario.utf8)
    for end in stride(from: 0, to: bytes.count, by: 61) { tryOut(Array(bytes[..<end])) }
  }

  @Test(
    "entity bombs, deep nesting and huge numbers are refused",
    arguments: [
      "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + (1...9).map { "b\($0): &b\($0) [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n" }.joined(),
      String(repeating: "[", count: 5000), String(repeating: "{a: ", count: 5000),
      smallScenario.replacing("4 weeks", with: "999999999999 weeks"),
      smallScenario.replacing("4 weeks", with: "1e300 weeks"),
      smallScenario.replacing("people: 3", with: "people: 99999999999999999999"),
      smallScenario.replacing("10 per working day", with: "1e400 per working day"),
      smallScenario.replacing("time: 5 min", with: "time: erlang 1e9 mean 5 min"),
      smallScenario.replacing("time: 5 min", with: "time: gamma mean 5 min cv 1e200"),
      smallScenario.replacing("2026-01-05", with: "99999-01-05"),
      smallScenario.replacing("start_state: empty", with: "start_state: { as-is: 1e9 days }"),
    ])
  func hostile(text: String) {
    #expect(throws: ScenarioErrors.self) {
      try readScenario(Array(text.utf8), path: "hostile.yaml") { _ in estate(loanProcess()) }
    }
  }

  @Test("messages hold nothing that would steer a terminal")
  func controlCharacters() {
    let found = problems(
      smallScenario.replacing("time: 5 min", with: "\"\\e[31mred\\u202E\": 1, time: \"5\\tmin\\a\"")
    )
    #expect(found.count == 2)
    for problem in found {
      #expect(problem.message.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
    }
  }

  @Test("too many variants, values of a sweep or weights are refused before they cost time")
  func limits() {
    let variants = (0...101).map { "v\($0): {}" }.joined(separator: ", ")
    #expect(
      problems(smallScenario + "variants: { \(variants) }\n")
        .contains { $0.message.contains("at most 100 are compared at once") })
    let values = (0...100).map { "\($0 + 1)" }.joined(separator: ", ")
    #expect(
      problems(
        smallScenario.replacing(
          "{ clerks: { people: 3, cost: 40 EUR/h } }",
          with: "{ "
            + (0..<11).map { "t\($0): { people: 10000, cost: 1 EUR/h }" }.joined(separator: ", ")
            + " }")
      ).contains { $0.message.contains("at most 100000 can be simulated") })
    #expect(
      problems(
        smallScenario
          + "sweep: { a: { change: teams.clerks.people, to: [\(values)] }, b: { change: "
          + "teams.clerks.cost, to: 1 EUR/h } }\n"
      ).contains { $0.message.contains("at most 100 are tried") })
  }
}
