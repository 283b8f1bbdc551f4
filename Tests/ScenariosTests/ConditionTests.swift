import Facts
import Simulation
import Statistics
import Testing

@testable import Scenarios

private let place = SourceLocation(path: "s.yaml")

private func attribute(_ name: String, _ kind: ScenarioAttribute.Kind) -> ScenarioAttribute {
  ScenarioAttribute(
    name: name, kind: kind, value: .drawn(.shares([])), correlation: nil, location: place)
}

/// 0 amount (EUR), 1 segment, 2 vip, 3 limit (EUR), 4 score, 5 sme (a name that is also a category).
private let vocabulary = ConditionVocabulary(attributes: [
  attribute("amount", .number(unit: "EUR")),
  attribute("segment", .categories(["retail", "sme", "key account", "2"])),
  attribute("vip", .boolean), attribute("limit", .number(unit: "EUR")),
  attribute("score", .number(unit: nil)), attribute("sme", .boolean),
])

@Suite("Conditions")
struct ConditionTests {
  private static func amount(
    _ comparison: CaseCondition.Comparison, _ value: Double
  ) -> CaseCondition { .compares(attribute: 0, comparison, value) }
  private static func segment(_ code: Double) -> CaseCondition {
    .compares(attribute: 1, .equal, code)
  }
  private static let vip: CaseCondition = .compares(attribute: 2, .equal, 1)

  static let understood: [(String, CaseCondition)] = [
    ("amount > 10000", amount(.more, 10_000)), ("amount >= -1.5e3", amount(.atLeast, -1_500)),
    ("amount<10", amount(.less, 10)), ("amount <= 10 EUR", amount(.atMost, 10)),
    ("amount = 0", amount(.equal, 0)), ("amount != 1", amount(.unequal, 1)),
    ("amount <> 1", amount(.unequal, 1)), ("amount == 1", amount(.equal, 1)),
    ("10 < amount", amount(.more, 10)), ("10 EUR >= amount", amount(.atMost, 10)),
    ("amount > limit", .comparesAttributes(0, .more, 3)),
    ("segment = sme", segment(1)), ("segment = \"key account\"", segment(2)),
    ("'sme' == segment", segment(1)), ("segment = 2", segment(3)),
    ("segment != retail", .compares(attribute: 1, .unequal, 0)),
    ("vip", vip), ("not vip", .not(vip)), ("!vip", .not(vip)), ("not(vip)", .not(vip)),
    ("vip = true", vip), ("vip = false", .compares(attribute: 2, .equal, 0)),
    ("vip != sme", .comparesAttributes(2, .unequal, 5)),
    ("true", .always), ("false", .not(.always)),
    (
      "amount > 1 and segment = sme or vip",
      .any([.all([amount(.more, 1), segment(1)]), vip])
    ),
    (
      "amount > 1 and (segment = sme or vip)",
      .all([amount(.more, 1), .any([segment(1), vip])])
    ),
    ("not vip and amount > 1", .all([.not(vip), amount(.more, 1)])),
    ("segment in (sme | retail)", .any([segment(1), segment(0)])),
    ("segment in [sme, 'key account']", .any([segment(1), segment(2)])),
    ("segment in sme", .any([segment(1)])),
    ("segment not in (sme | 2)", .not(.any([segment(1), segment(3)]))),
    ("amount in 1000..5000", .all([amount(.atLeast, 1_000), amount(.atMost, 5_000)])),
    ("amount in (1000..5000]", .all([amount(.more, 1_000), amount(.atMost, 5_000)])),
    ("amount in [1.5..2.5)", .all([amount(.atLeast, 1.5), amount(.less, 2.5)])),
    (
      "amount between 1 EUR and 2 and vip",
      .all([.all([amount(.atLeast, 1), amount(.atMost, 2)]), vip])
    ),
    // As BPMN files write it.
    ("${amount > 10000}", amount(.more, 10_000)), ("#{vip}", vip), ("${!vip}", .not(vip)),
    ("= amount > 10000", amount(.more, 10_000)), ("=vip", vip),
    ("${amount >= 10000 && segment == \"sme\"}", .all([amount(.atLeast, 10_000), segment(1)])),
    ("${segment eq 'sme' || amount gt 5}", .any([segment(1), amount(.more, 5)])),
    ("amount le 5", amount(.atMost, 5)), ("  vip  ", vip),
  ]

  @Test("are understood in the scenario's words and in those of BPMN files", arguments: understood)
  func readable(text: String, expected: CaseCondition) throws {
    #expect(try parseCondition(text, vocabulary) == expected)
  }

  static let refused: [(String, String)] = [
    ("", "there is no condition"),
    ("amout > 5", "'amout' is no attribute; did you mean 'amount'? (at character 1)"),
    (
      "amount > 5 and segmet = sme",
      "'segmet' is no attribute; did you mean 'segment'? (at character 16)"
    ),
    ("segment = smee", "'smee' is no category of 'segment'; did you mean 'sme'? (at character 1)"),
    ("segment > sme", "'segment' is no number and has no order; use =, != or in (at character 9)"),
    ("segment in 1..2", "'1' is no category of 'segment'"),
    ("amount > 5 USD", "'USD' is not the unit of 'amount'; it is in EUR (at character 1)"),
    ("score > 5 EUR", "'EUR' is not the unit of 'score'; it has no unit (at character 1)"),
    ("amount > score", "'amount' and 'score' are not of one kind or unit (at character 1)"),
    ("amount > big", "'amount' is a number and 'big' is none, nor an attribute (at character 1)"),
    ("amount = true", "'amount' is a number of EUR, which this value is not (at character 1)"),
    ("vip = 1", "'vip' is true or false, which this value is not"),
    (
      "amount",
      "'amount' is compared with nothing; only an attribute that is true or false can "
        + "stand alone (at character 1)"
    ),
    ("amount >", "an attribute or a value is missing (at character 9)"),
    ("amount > 5 and", "an attribute or a value is missing (at character 15)"),
    ("(amount > 5", "')' is missing (at character 12)"),
    ("amount > 5)", "')' is not expected here (at character 11)"),
    ("amount > 5 vip = true", "'vip' is not the unit of 'amount'"),
    ("5 > 3", "two values are compared, and no attribute (at character 1)"),
    ("amount in 5..1", "the range runs backwards, from 5 to 1"),
    ("segment in (sme | retail", "the list is not closed (at character 25)"),
    ("amount in (1..2", "the range is not closed"),
    ("segment = 'sme", "the quote is not closed (at character 11)"),
    ("amount + 1 > 5", "'+' is not understood (at character 8)"),
    ("count(riskLevels) > 2", "functions such as 'count' are not understood (at character 1)"),
    ("amount = null", "'null' cannot be compared with: a case has all its attributes"),
    (String(repeating: "(", count: 100) + "vip", "it is nested too deeply"),
    ("${vip} and ${vip}", "'}' is not understood"),
  ]

  @Test("that cannot be understood are refused with the place", arguments: refused)
  func unreadable(text: String, message: String) {
    do {
      let condition = try parseCondition(text, vocabulary)
      Issue.record("it was read as \(condition)")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
    }
  }

  @Test("say that no attribute is declared, where none is")
  func nothingDeclared() {
    #expect(
      throws: ValueError(
        "'amount' is no attribute: the scenario declares none under 'attributes' (at character 1)")
    ) { try parseCondition("amount > 5", ConditionVocabulary(attributes: [])) }
  }

  @Test("of any bytes are read or refused, and never crash", arguments: 0..<300 as Range<Int>)
  func mutated(seed: Int) {
    let alphabet = Array(
      "amount vip segment=sme!<>()[]|&,.'\"${}#0123 9.. and or not in between é-+e")
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    let text = String(
      (0..<(seed % 40)).map { _ -> Character in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
      })
    do {
      let condition = try parseCondition(text, vocabulary)
      #expect(condition.attributes.isSubset(of: Set(0..<6)))
    } catch {
      #expect(!error.message.isEmpty)
    }
  }
}

@Suite("Distributions of plain numbers")
struct NumberDistributionTests {
  @Test("are written as those of times, with the unit or without")
  func readable() throws {
    func family(_ text: String) throws -> Distribution.Family {
      try parseNumberDistribution(text, unit: "EUR").family
    }
    #expect(try family("12000 EUR") == .constant(value: 12_000))
    #expect(try family("-3") == .constant(value: -3))
    #expect(try family("uniform -5 5 EUR") == .uniform(minimum: -5, maximum: 5))
    #expect(
      try family("triangular 1 EUR 2 EUR 3") == .triangular(minimum: 1, mode: 2, maximum: 3))
    #expect(try family("exponential mean 8") == .exponential(mean: 8))
    #expect(
      try parseNumberDistribution("lognormal mean 12000 EUR cv 0.8", unit: "EUR").mean.rounded()
        == 12_000)
  }

  @Test("are refused in another unit")
  func unreadable() {
    for (text, message) in [
      ("5 USD", "'USD' is not understood; numbers here are in EUR"),
      ("exponential mean 8 min", "'min' is not understood; numbers here are in EUR"),
      ("exponential 8", "'8' stands where 'mean' is expected"),
      ("exponential mean -1", "the exponential distribution is -1"),
      ("lognorml mean 1 cv 1", "did you mean 'lognormal'?"), ("uniform 2 1", "uniform"),
    ] {
      do {
        _ = try parseNumberDistribution(text, unit: "EUR")
        Issue.record("\(text) was read")
      } catch {
        #expect(error.message.contains(message), "\(text): \(error.message)")
      }
    }
  }
}
