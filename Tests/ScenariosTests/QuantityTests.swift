import Testing

@testable import Scenarios

@Suite("Shares, counts, rates, money")
struct QuantityTests {
  @Test("shares are percentages or plain numbers")
  func shares() throws {
    #expect(try parseShare("50 %") == 0.5)
    #expect(try parseShare("3.1%") == 0.031)
    #expect(try parseShare("0.25") == 0.25)
    #expect(throws: ValueError.self) { try parseShare("15 points") }
    #expect(throws: ValueError.self) { try parseShare("half") }
  }

  @Test("counts are whole and may name what they count")
  func counts() throws {
    #expect(try parseCount("3 people", of: ["person", "people"]) == 3)
    #expect(try parseCount("1 person", of: ["person", "people"]) == 1)
    #expect(try parseCount("20", of: []) == 20)
    #expect(try parseCount("unlimited", of: ["cases"]) == unlimitedCount)
    #expect(throws: ValueError("2.5 is no whole number")) { try parseCount("2.5", of: []) }
    #expect(throws: ValueError("'kg' is not what is counted; write people")) {
      try parseCount("3 kg", of: ["person", "people"])
    }
  }

  @Test("rates say per what")
  func rates() throws {
    #expect(try parseRate("100 per working day", of: []).unit == .workingDays)
    #expect(try parseRate("12 cases per hour", of: ["cases"]).unit == .hours)
    #expect(throws: ValueError.self) { try parseRate("100", of: []) }
    #expect(throws: ValueError.self) { try parseRate("100 a day", of: []) }
  }

  @Test("money has a currency and a basis")
  func money() throws {
    #expect(
      try parseMoney("52 EUR/h", per: [.hour])
        == MoneyRate(amount: 52, currency: "EUR", basis: .hour))
    #expect(try parseMoney("52 EUR per hour", per: [.hour]).basis == .hour)
    #expect(
      try parseMoney("4 USD per million tokens", per: [.run, .millionTokens])
        == MoneyRate(amount: 4, currency: "USD", basis: .millionTokens))
    #expect(try parseMoney("0.50 EUR", per: [.once]).amount == 0.5)
    for (text, message) in [
      ("52", "it has no currency; write its ISO 4217 code, such as EUR"),
      ("52 euro/h", "'euro' is no ISO 4217 currency code, such as EUR"),
      ("52 EUR", "it does not say per what here; write EUR/h"),
      ("52 EUR per kg", "'per kg' does not fit here; write EUR/h"),
      ("52 EUR an hour", "'an' stands where 'per' is expected"),
    ] {
      #expect(throws: ValueError(message)) { try parseMoney(text, per: [.hour]) }
    }
  }

  @Test("a month is a twelfth of a mean year")
  func months() {
    #expect(abs((MoneyBasis.month.perWeek ?? 0) * 365.25 / 84 - 1) < 1e-12)
    #expect(MoneyBasis.run.perWeek == nil)
  }

  @Test("rises are relative or in points, never just percent")
  func rises() throws {
    #expect(try parseRise("40 % relative") == WrittenRise(amount: 0.4, inPoints: false))
    #expect(try parseRise("10 points") == WrittenRise(amount: 0.1, inPoints: true))
    #expect(
      throws: ValueError(
        "it does not say percent of what; write '40 % relative' or '40 points'")
    ) { try parseRise("40 %") }
  }

  @Test("guardrails fire with a probability, always, never or on every nth case")
  func firing() throws {
    #expect(try parseFiring("50 %") == .probability(0.5))
    #expect(try parseFiring("always") == .probability(1))
    #expect(try parseFiring("never") == .probability(0))
    #expect(try parseFiring("every 2nd case") == .everyNthCase(2))
    #expect(try parseFiring("every 10th case") == .everyNthCase(10))
    #expect(throws: ValueError.self) { try parseFiring("every 0th case") }
    #expect(throws: ValueError.self) { try parseFiring("sometimes") }
  }

  @Test("growth is a percentage per week, month or year")
  func growth() throws {
    let growth = try parseGrowth("1 % per month compounding")
    #expect(growth.share == 0.01)
    #expect(growth.periodSeconds == 2_629_800)
    #expect(throws: ValueError.self) { try parseGrowth("1 % per fortnight") }
  }

  @Test("a back-off says that it doubles")
  func backoff() throws {
    #expect(try parseBackoff("2 min doubling") == ScenarioDuration(2, .minutes))
    #expect(throws: ValueError.self) { try parseBackoff("2 min") }
  }

  @Test("element ranges take the numbers between their ends, whatever the order of the file")
  func ranges() throws {
    let known = ["step_3", "step_1", "other", "step_2", "step_10"]
    #expect(try ElementRange("step_1..step_3", among: known).ids == ["step_1", "step_2", "step_3"])
    #expect(try ElementRange("other", among: known).ids == ["other"])
    #expect(throws: ElementRangeError.unknown("step_4")) {
      try ElementRange("step_1..step_4", among: known)
    }
    #expect(throws: ElementRangeError.notNumbered("other", "step_1")) {
      try ElementRange("other..step_1", among: known)
    }
    #expect(throws: ElementRangeError.backwards("step_3", "step_1")) {
      try ElementRange("step_3..step_1", among: known)
    }
  }
}
