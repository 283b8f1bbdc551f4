import ProcessModel
import Testing

@Suite("Unary tests")
struct UnaryTestParsingTests {
  private static func between(
    _ lower: Double?, _ upper: Double?, _ includesLower: Bool = true, _ includesUpper: Bool = true
  ) -> UnaryTest {
    .interval(
      .init(
        lower: lower, includesLower: includesLower, upper: upper, includesUpper: includesUpper))
  }

  @Test(
    "cells of the subset are understood",
    arguments: [
      ("-", .any), ("", .any), ("  \n", .any),
      ("100", between(100, 100)), ("-1.5", between(-1.5, -1.5)), (".5", between(0.5, 0.5)),
      ("1e3", between(1000, 1000)),
      ("< 18", between(nil, 18, true, false)), ("<=80", between(nil, 80)),
      (">600", between(600, nil, false)), (">= -3", between(-3, nil)),
      ("[120..130]", between(120, 130)), ("(0..2000]", between(0, 2000, false)),
      ("]1..2[", between(1, 2, false, false)), ("[100..120)", between(100, 120, true, false)),
      ("( 1.5 .. 2.5 )", between(1.5, 2.5, false, false)),
      ("\"US\"", .string("US")), ("\"a \\\"b\\\" \\\\\"", .string("a \"b\" \\")),
      ("\"ü,(]\"", .string("ü,(]")),
      ("true", .boolean(true)), ("false", .boolean(false)), ("null", .null),
      ("\"HIGH\", \"DECLINE\"", .anyOf([.string("HIGH"), .string("DECLINE")])),
      ("<18,>=60", .anyOf([between(nil, 18, true, false), between(60, nil)])),
      ("not(\"a\")", .not(.string("a"))),
      ("not( \"a\" , 3 )", .not(.anyOf([.string("a"), between(3, 3)]))),
      ("not([1..2])", .not(between(1, 2))),
      ("== \"HIGH\"", .string("HIGH")), ("= 5", between(5, 5)), ("== true", .boolean(true)),
      ("!= \"x\"", .not(.string("x"))),
      ("? > 3", between(3, nil, false)),
      ("? >= 3 and ? < 5", .allOf([between(3, nil), between(nil, 5, true, false)])),
      ("? = \"a\" or ? = \"b\"", .anyOf([.string("a"), .string("b")])),
      ("? in (1, \"a\")", .anyOf([between(1, 1), .string("a")])), ("? in [1..3]", between(1, 3)),
      ("? between 1 and 3", between(1, 3)), ("? != null", .not(.null)),
      ("contains(?, \"x\")", .text(.contains("x"))),
      ("starts with(?,\"x\")", .text(.startsWith("x"))),
      ("not(ends with( ? , \"x\"))", .not(.text(.endsWith("x")))),
      ("string length(?) <= 5", .text(.length(.init(upper: 5)))),
      ("list contains([\"a\", \"b\"], ?)", .anyOf([.string("a"), .string("b")])),
      (">date(\"1970-01-11\")", .interval(.init(lower: 10, includesLower: false, scale: .date))),
      ("date(1970, 1, 2)", .interval(.init(lower: 1, upper: 1, scale: .date))),
      ("@\"1969-12-31\"", .interval(.init(lower: -1, upper: -1, scale: .date))),
      (
        "[@\"2000-03-01\"..@\"2001-03-01\")",
        .interval(.init(lower: 11_017, upper: 11_382, includesUpper: false, scale: .date))
      ),
      (
        "<= date and time(\"1970-01-02T00:00:01\")",
        .interval(.init(upper: 86_401, scale: .dateTime))
      ),
      (
        "< @\"1970-01-01T02:00:00+02:00\"",
        .interval(.init(upper: 0, includesUpper: false, scale: .instant))
      ),
      (">= time(\"08:30:00\")", .interval(.init(lower: 30_600, scale: .time))),
      (
        "< duration(\"P1DT2H\")",
        .interval(.init(upper: 93_600, includesUpper: false, scale: .duration))
      ),
      ("> @\"-P1Y2M\"", .interval(.init(lower: -14, includesLower: false, scale: .months))),
      (
        "before(?, @\"1970-01-11\")",
        .interval(.init(upper: 10, includesUpper: false, scale: .date))
      ),
    ] as [(String, UnaryTest)])
  func understood(cell: String, test: UnaryTest) {
    #expect(UnaryTest(feel: cell) == test)
  }

  @Test(
    "everything else stays as written",
    arguments: [
      "dateE", "[numB..numC]", ">date(\"2016-02-30\")", "@\"tomorrow\"", "duration(\"P1Y2D\")",
      "time(\"08:00:00@Europe/Paris\")", "[1..@\"2000-01-01\"]", "matches(?, \"a+\")",
      "contains(name, \"x\")", "? > limit", "? in limits", "list contains(?, \"a\")",
      "? > 3 and amount < 5", "upper case(?) = \"A\"", "> 5 and < 10", "\"a\"..\"b\"", "< \"b\"",
      "\"open", "1,", ",1", "not(", "not()", "1 2", "100%", "5 days", "[1..2", "nottrue",
      "trueish", "- 5 x", "\"a\" \"b\"", "[1,2]", "1..2", "not(x)", "\"a\", x", "--5", "1e", "\\",
    ])
  func opaque(cell: String) {
    #expect(UnaryTest(feel: " \(cell) ") == .opaque(cell))
  }

  @Test("deep nesting and long lists do no harm")
  func hostile() {
    let deep = String(repeating: "not(", count: 100_000)
    #expect(UnaryTest(feel: deep) == .opaque(deep))
    let long = Array(repeating: "\"a\"", count: 20_000).joined(separator: ",")
    guard case .anyOf(let tests) = UnaryTest(feel: long) else {
      Issue.record("a long list is a list")
      return
    }
    #expect(tests.count == 20_000)
  }

  @Test("what is written is read back", arguments: 0..<300 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    /// A number below the bound, from a small linear congruential generator (Knuth, vol. 2, 3.3.4).
    func random(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    func number() -> Double { Double(Int(random(2001)) - 1000) / 8 }
    func single() -> UnaryTest {
      switch random(9) {
      case 5:
        .interval(
          .init(
            lower: Double(random(40_000)), upper: Double(40_000 + random(40_000)),
            scale: [.date, .dateTime, .instant, .time, .duration, .months][Int(random(6))]))
      case 6:
        .text(
          [.startsWith("a"), .endsWith("\""), .contains(""), .length(.init(lower: 3))][
            Int(random(4))])
      case 7: .allOf([.text(.contains("ü")), Self.between(nil, number())])
      case 0: .string(["", "a", "ü \"q\"", "\\", ",", "a b"][Int(random(6))])
      case 1: .boolean(random(2) == 0)
      case 2: .null
      case 3: Self.between(number(), nil, random(2) == 0)
      case 4: Self.between(nil, number(), true, random(2) == 0)
      default: Self.between(number(), number(), random(2) == 0, random(2) == 0)
      }
    }
    func list() -> UnaryTest {
      let tests = (0...random(3)).map { _ in single() }
      return tests.count == 1 ? tests[0] : .anyOf(tests)
    }
    let test = random(4) == 0 ? .not(list()) : list()
    #expect(UnaryTest(feel: test.feel) == test, "\(test.feel)")
  }
}
