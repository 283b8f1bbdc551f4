import Facts
import Simulation
import Testing

@testable import Scenarios

/// Keys of learning and decay, each with a value other than that of the full scenario.
let learningChanges: [(path: String, value: String)] = [
  ("learns.logged", "81 %"), ("learns.override_weight", "11"), ("learns.reference", "501 records"),
  ("learns.failure", "0.31"), ("learns.errors", "0.21"), ("learns.escalation", "0.41"),
  ("learns.floor", "21 %"), ("learns.price", "0.03 EUR per record"), ("decays.after", "5 weeks"),
  ("decays.failure_odds", "1.6"), ("decays.error_odds", "1.4"), ("decays.per", "12 weeks"),
].map { ("automations.kyc_bot.\($0.0)", $0.1) }

@Suite("Learning in scenarios") struct LearningScenarioTests {
  @Test("becomes what the simulation runs")
  func compiles() throws {
    let stack = try compile(try read(fullScenario)).variants[0].model.stack
    let bot = try #require(stack.automations.first { $0.name == "kyc_bot" })
    #expect(
      bot.learning
        == LearningModel(
          logged: 0.8, overrideWeight: 10, reference: 500, failureExponent: 0.3,
          errorExponent: 0.2, firingExponent: 0.4, floor: 0.2, pricePerRecord: 20_000))
    let week: Int64 = 604_800_000_000
    #expect(
      bot.decay
        == DecayModel(after: 4 * week, failureOdds: 1.5, errorOdds: 1.3, period: 13 * week))
    #expect(stack.automations.filter { $0.name != "kyc_bot" }.allSatisfy { $0.learning == nil })
  }

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("logged: 80 %", "logged: 180 %", "out of range"),
      ("learns: { logged: 80 %, ", "learns: { ", "'automations.kyc_bot.learns.logged' is missing"),
      ("reference: 500 records", "reference: 0 records", "out of range"),
      ("failure: 0.3, errors: 0.2, escalation: 0.4, ", "", "learns nothing"),
      ("escalation: 0.4", "escalations: 0.4", "did you mean 'escalation'?"),
      ("price: 0.02 EUR per record", "price: 0.02 EUR per ticket", "per record"),
      ("failure_odds: 1.5, error_odds: 1.3, ", "", "changes nothing"),
      ("error_odds: 1.3, per", "error_odds: 0, per", "out of range"),
      ("per: 13 weeks }", "per: 0 weeks }", "out of range"),
    ] as [(String, String, String)])
  func mistakes(found: String, written: String, expected: String) {
    expectMistake(in: fullScenario, found, written, expected)
  }
}
