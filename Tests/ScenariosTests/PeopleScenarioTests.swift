import Facts
import Simulation
import Testing

@testable import Scenarios

/// Keys of absence, changes of role, integrations that get easier, and wrappers, each with a value other than
/// that of the full scenario.
let peopleChanges: [(path: String, value: String)] = [
  ("teams.desk.absence.share", "13 %"), ("teams.desk.absence.lasts", "4 working days"),
  ("teams.desk.absence.paid", "90 %"), ("response.planned.after", "21 weeks"),
  ("response.analysts.stage", "all"), ("response.designers.oversight.mode", "triggered"),
  ("response.analysts.borrow.price", "1600 EUR"), ("response.analysts.borrow.cost", "61 EUR/h"),
  ("response.analysts.borrow.starts_at", "60 %"),
  ("response.analysts.borrow.full_speed_after", "13 weeks"),
  ("response.analysts.borrow.training", "25 h"), ("rollout.change.learning", "16 %"),
  ("rollout.change.learning_without_layer", "6 %"),
  ("automations.loan_agent.calls.wrapped.share", "61 %"),
  ("automations.loan_agent.calls.wrapped.failure_odds", "0.6"),
  ("automations.loan_agent.calls.wrapped.security_odds", "0.5"),
]

@Suite("People and integrations in scenarios") struct PeopleScenarioTests {
  @Test("absence becomes what the simulation runs")
  func absence() throws {
    let stack = try compile(try read(fullScenario)).variants[0].model.stack
    let desk = try #require(stack.teams.first { $0.name == "desk" }?.absence)
    // A working day of the sample has eight hours.
    #expect(desk.share == 0.12 && desk.paid == 0.8 && desk.lasts.mean == 3 * 8 * 3_600)
    #expect(stack.teams.filter { $0.name != "desk" }.allSatisfy { $0.absence == nil })
  }

  @Test("changes of role become what the simulation runs")
  func roles() throws {
    let stack = try compile(try read(fullScenario)).variants[0].model.stack
    let rules = try #require(stack.response?.rules)
    let week: Int64 = 604_800_000_000
    let analysts = try #require(rules.first { $0.name == "analysts" })
    guard case .stage(1) = analysts.trigger, case .borrow(let loan) = analysts.action else {
      Issue.record("\(analysts)")
      return
    }
    #expect(stack.teams[loan.from].name == "legal" && stack.teams[loan.to].name == "aml")
    #expect(loan.price == 1_500e6 && loan.hourlyCost == 60e6 && loan.training?.mean == 86_400)
    #expect(loan.ramp == RampModel(start: 0.5, period: 12 * week))
    let planned = try #require(rules.first { $0.name == "planned" })
    guard case .date(let date) = planned.trigger, date == 20 * week,
      case .borrow(let plain) = planned.action
    else {
      Issue.record("\(planned)")
      return
    }
    #expect(plain.price == 0 && plain.hourlyCost == nil && plain.ramp == nil)
    let designers = try #require(rules.first { $0.name == "designers" })
    guard case .oversight(let guardrail, 1) = designers.trigger else {
      Issue.record("\(designers)")
      return
    }
    #expect(stack.guardrails[guardrail].name == "fraud")
  }

  @Test("learning of moves and wrappers become what the simulation runs")
  func integrations() throws {
    let variants = try compile(try read(fullScenario)).variants
    let stack = variants.last?.model.stack
    let change = stack?.rollout?.change
    #expect(change?.learning == 0.15 && change?.learningWithoutLayer == 0.05)
    let wrapped = variants.compactMap { variant in
      variant.model.stack.automations.first { $0.name == "loan_agent" }?.calls?.wrapped
    }
    #expect(
      wrapped.first
        == WrappedCallModel(share: 0.6, failureOdds: 0.5, securityOdds: 0.4))
  }

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("absence: { share: 12 %", "absence: { share: 120 %", "out of range"),
      (
        "share: 12 %, lasts: exponential mean 3 working days", "share: 12 %",
        "absence.lasts' is missing"
      ),
      ("stage: wide", "stage: wise", "did you mean 'wide'?"),
      ("after: 20 weeks", "after: -20 weeks", "after"),
      ("guardrail: fraud, mode: sampled", "guardrail: frauds, mode: sampled", "'fraud'"),
      (
        "guardrail: fraud, mode: sampled", "guardrail: fraud, mode: on_the_loop",
        "never comes to 'on_the_loop'"
      ),
      (
        "starts_at: 50 %, full_speed_after: 12 weeks, training: 24 h", "starts_at: 50 %",
        "borrow.full_speed_after' is missing"
      ),
      ("after: 20 weeks\n", "after: 20 weeks\n    tickets: 3 tickets\n", "has 'tickets'"),
      ("failure_odds: 0.5, security_odds: 0.4", "failure_odds: 1", "changes nothing"),
      ("wrapped: { share: 60 %", "wrapped: { share: 160 %", "out of range"),
      ("learning: 15 %", "learning: 95 %", "out of range"),
    ] as [(String, String, String)])
  func mistakes(found: String, written: String, expected: String) {
    expectMistake(in: fullScenario, found, written, expected)
  }
}
