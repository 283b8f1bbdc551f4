import EventEngine
import Facts
import Simulation
import Testing

@testable import Scenarios

/// The full scenario, whose guardrail `fraud` has every rule for tickets.
@Suite("Tickets in scenarios") struct TicketScenarioTests {
  @Test("become what the simulation runs")
  func compiles() throws {
    let compiled = try compile(try read(fullScenario))
    let stack = compiled.variants[1].model.stack
    let teams = stack.teams.map(\.name)
    let guardrail = try #require(stack.guardrails.first { $0.name == "fraud" })
    let handling = try #require(guardrail.handling)
    let minute: Int64 = 60_000_000
    #expect(handling.modified == 0.1 && handling.modifying.mean == 360)
    #expect(handling.rework?.team == teams.firstIndex(of: "legal"))
    #expect(handling.rework?.time.mean == 1_200 && handling.rework?.rounds == 3)
    #expect(handling.rework?.isReviewedAgain == true)
    #expect(handling.reopening?.share == 0.03 && handling.reopening?.after.mean == 5 * 86_400)
    #expect(handling.reopening?.time?.mean == 600 && handling.withdrawal?.mean == 10 * 86_400)
    #expect(handling.curation == .init(left: 0.2, price: 50_000))
    #expect(
      handling.recommendation
        == .init(right: 0.85, saves: 4 * minute, misleads: 0.2, price: 100_000))
    #expect(stack.automations[handling.opinion?.automation ?? 0].name == "verifier")
    #expect(handling.opinion?.settles == 0.7 && handling.opinion?.condition != nil)
    #expect(handling.documents?.wait.mean == 3 * 86_400 && handling.documents?.price == 1_500_000)
    #expect(handling.prediction?.team == teams.firstIndex(of: "aml"))
    #expect(handling.prediction?.recall == 0.7 && handling.prediction?.precision == 0.6)
    #expect(handling.latePenalty == 25_000_000)
    // The office works from eight to half past four, so a working day is as long as that.
    #expect(guardrail.due?.calendar != nil)
    #expect(compiled.variants[1].model.serviceLevel == guardrail.due)
    // A share of 10 % of cases is a VIP, and one firing in ten has that condition.
    #expect(abs((handling.opinion?.conditionShare ?? 0) - 0.1) < 0.03)
    let it = stack.teams[teams.firstIndex(of: "it") ?? 0]
    #expect(it.fatigue == FatigueModel(measure: .waiting, from: 5, full: 20))
    let desk = stack.teams[teams.firstIndex(of: "desk") ?? 0]
    #expect(
      desk.fatigue
        == FatigueModel(
          measure: .busy(over: 240 * minute), from: 0.8, full: 1, missed: 0.4, slower: 0.2,
          waved: 0.3, rubberStamp: .init(beyond: 15, time: 20_000_000, catches: 0.05)))
    #expect(!stack.guardrails.contains { $0.name == "compliance" && $0.handling != nil })
  }

  @Test("leave no trace in the assumptions of a scenario that has none")
  func absent() throws {
    let scenario = try read(loanScenario)
    #expect(scenario.variants.flatMap(\.stack.guardrails).allSatisfy { $0.handling == nil })
    let paths = scenario.parameters.map(\.path)
    for key in ["modified", "penalty", "rework", "curated", "fatigue", "due"] {
      #expect(!paths.contains { $0.split(separator: ".").contains(Substring(key)) }, "\(key)")
    }
  }

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("modified: 10 %", "modified: 50 %", "at most 100 %"),
      ("modified: 10 %", "modified: 120 %", "out of range"),
      ("modified: 10 %", "modified: 40 %", "never comes to pass"),
      ("rework: { team: legal,", "rework: { team: legl,", "did you mean 'legal'?"),
      ("rework: { team: legal, time: 20 min", "rework: { team: legal", "say how long it takes"),
      ("rework: { team: legal, time: 20 min", "rework: { time: 20 min", "a time and no team"),
      ("rounds: 3 rounds", "rounds: 0 rounds", "out of range"),
      ("fires: 10 %\n", "fires: 10 %\n    blocks: false\n", "needs a case that waits"),
      ("automation: verifier", "automation: verifyer", "did you mean 'verifier'?"),
      ("automation: verifier", "automation: loan_agent", "a second opinion is another's"),
      ("{ share: 20 %, when: amount", "{ share: 60 %, when: amount", "of the firings together"),
      ("when: amount > 50000", "when: amont > 50000", "did you mean 'amount'?"),
      ("precision: 60 %", "precision: 0 %", "out of range"),
      (", team: aml, time: 3 min }", ", team: aml }", "give both or neither"),
      ("    context: 2 min per automation\n", "", "has nothing to prepare"),
      ("    due: 1 working day\n", "", "is never paid"),
      ("due: 1 working day", "due: 0 min", "out of range"),
      ("{ from: 5 tickets, full: 20", "{ from: 20 tickets, full: 20", "'from' is not below 'full'"),
      ("slower: 20 % relative", "slower: 20 points", "write a relative change"),
      ("busy: { from: 80 %, full: 100 %, over: 4 h }", "", "has neither 'waiting' nor 'busy'"),
      ("misses: 40 %", "misses: 140 %", "out of range"),
      ("misses: 40 %", "mises: 40 %", "did you mean 'misses'?"),
    ] as [(String, String, String)])
  func mistakes(found: String, written: String, expected: String) throws {
    expectError(fullScenario.replacing(found, with: written), expected)
  }

  @Test("two forecasts at one activity are refused")
  func twoForecasts() {
    let second =
      "    after: step_10\n    context: 1 min per automation\n    predicted: { recall: 1 %, precision: 1 % }"
    let text = fullScenario.replacing("    after: step_04", with: "    after: step_10")
      .replacing(
        "compliance:\n    raised_by: loan_agent\n    after: step_10",
        with: "compliance:\n    raised_by: loan_agent\n" + second)
    expectError(text, "is the second forecast after 'step_10'")
  }

  private func expectError(_ text: String, _ part: String) {
    do {
      _ = try read(text)
      Issue.record("no error, expected '\(part)'")
    } catch {
      let messages = error.problems.map(\.message)
      #expect(messages.contains { $0.contains(part) }, "\(messages)")
      #expect(error.problems.allSatisfy { $0.location.line != nil })
    }
  }
}
