import Facts
import Simulation
import Testing

@testable import Scenarios

/// Keys of remedies, each with a value other than that of the full scenario.
let remedyChanges: [(path: String, value: String)] =
  [
    ("guardrails.fraud.expertise.skills", "aml"),
    ("guardrails.fraud.expertise.matched.time", "81 %"),
    ("guardrails.fraud.expertise.matched.catches", "111 %"),
    ("guardrails.fraud.expertise.matched.wrong", "2 %"),
    ("guardrails.fraud.expertise.unmatched.time", "141 %"),
    ("guardrails.fraud.expertise.unmatched.catches", "61 %"),
    ("guardrails.fraud.expertise.unmatched.wrong", "6 %"),
  ]
  + [
    ("route.of", "creditworthiness"), ("route.to", "aml"), ("route.after", "5 h"),
    ("route.price", "0.20 EUR per ticket"), ("redesign.of", "creditworthiness"),
    ("redesign.every", "3 weeks"), ("redesign.reviewed_by", "aml"), ("redesign.review", "5 h"),
    ("redesign.tickets", "99 tickets"), ("redesign.confidence", "90 %"),
    ("redesign.bound", "lower"), ("redesign.keeps_needed", "91 %"),
    ("redesign.keeps_needless", "21 %"), ("redesign.work", "41 h"), ("redesign.done_by", "aml"),
    ("redesign.lead_time", "11 days"), ("redesign.price", "5001 EUR"),
  ].map { ("variants.agents+layer+remedies.remedies.\($0.0)", $0.1) }

@Suite("Remedies in scenarios") struct RemedyScenarioTests {
  func guardrail(_ text: String, _ variant: String) throws -> (GuardrailModel, StackModel) {
    let compiled = try compile(try read(text))
    let stack = try #require(compiled.variants.first { $0.name == variant }?.model.stack)
    return (try #require(stack.guardrails.first { $0.name == "fraud" }), stack)
  }

  @Test("become what the simulation runs, in the variant that has them")
  func compiles() throws {
    let (routed, stack) = try guardrail(fullScenario, "agents+layer+remedies")
    let teams = stack.teams.map(\.name)
    let expertise = try #require(routed.expertise)
    #expect(expertise.matched == .init(time: 0.8, catches: 1.1, wrong: 0.01))
    #expect(expertise.unmatched == .init(time: 1.4, catches: 0.6, wrong: 0.05))
    #expect(routed.queueing.skills == expertise.skills)
    #expect(
      routed.queueing.expedite
        == .init(after: 4 * 3_600_000_000, priority: 0, dropsSkills: true))
    #expect(routed.contextualRouting?.price == 100_000)
    #expect(routed.teams == [teams.firstIndex(of: "legal")])
    let redesign = try #require(routed.redesign)
    #expect(redesign.every == 28 * 86_400_000_000 && redesign.reviewTime.mean == 14_400)
    #expect(redesign.reviewTeam == teams.firstIndex(of: "legal"))
    #expect(redesign.workTeam == teams.firstIndex(of: "it") && redesign.work.mean == 144_000)
    #expect(redesign.minimum == 100 && redesign.confidence == 0.95 && redesign.bound == .upper)
    #expect(redesign.keepsNeeded == 0.9 && redesign.keepsNeedless == 0.2)
    #expect(redesign.leadTime.mean == 864_000 && redesign.price == 5_000_000_000)
    let (plain, _) = try guardrail(fullScenario, "agents+layer")
    #expect(plain.expertise == expertise && plain.contextualRouting == nil)
    #expect(plain.redesign == nil && plain.queueing.skills.isEmpty)
  }

  @Test("leave no trace in the assumptions of a scenario that has none")
  func absent() throws {
    let paths = try read(loanScenario).parameters.map(\.path)
    for key in ["expertise", "route", "redesign"] {
      #expect(!paths.contains { $0.split(separator: ".").contains(Substring(key)) }, "\(key)")
    }
  }

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("route: { of: fraud, to: legal", "route: { of: frau, to: legal", "did you mean 'fraud'?"),
      ("route: { of: fraud, to: legal", "route: { of: fraud, to: legl", "did you mean 'legal'?"),
      ("route: { of: fraud, to", "route: { of: compliance, to", "nobody can be qualified"),
      ("after: 4 h, price", "after: 0 h, price", "out of range"),
      ("after: 4 h, price", "afer: 4 h, price", "did you mean 'after'?"),
      (
        "      skills: law\n      matched", "      skills: laww\n      matched",
        "did you mean 'law'?"
      ),
      (
        "      skills: law\n      matched", "      matched",
        "'guardrails.fraud.expertise.skills' is missing"
      ),
      ("{ time: 140 %", "{ time: -1 %", "out of range"),
      ("wrong: 5 %", "wrong: 120 %", "out of range"),
      ("        reviewed_by: legal\n", "", "give both or neither"),
      ("        work: 40 h\n", "", "say how much work"),
      ("confidence: 95 %", "confidence: 100 %", "out of range"),
      ("bound: upper", "bound: uper", "did you mean 'upper'?"),
      ("keeps_needed: 90 %", "keeps_needed: 190 %", "out of range"),
      ("tickets: 100 tickets", "tickets: 0 tickets", "out of range"),
      ("done_by: it\n        lead", "done_by: iit\n        lead", "did you mean 'it'?"),
    ] as [(String, String, String)])
  func mistakes(found: String, written: String, expected: String) {
    expectMistake(in: fullScenario, found, written, expected)
  }

  @Test("one team cannot stand for several that must all answer")
  func severalTeams() {
    let text = fullScenario.replacing("    ticket: legal\n", with: "    tickets: [legal, aml]\n")
    #expect(
      problems(text).contains { $0.message.contains("names one team, but all of legal, aml") })
  }

  @Test("a routed guardrail cannot change its urgency too")
  func twoChanges() {
    let text = fullScenario.replacing(
      "    ticket: legal\n",
      with: "    ticket: legal\n    expedite: { after: 3 days, priority: -1 }\n")
    #expect(problems(text).contains { $0.message.contains("both change what waits") })
  }

  @Test("what all tickets approved unchanged prevent cannot be observed")
  func nothingNeeded() {
    let text = fullScenario.replacing(
      "    approved_unchanged: 60 %\n    modified: 10 %\n",
      with: "    approved_unchanged: 100 %\n    loss_prevented: 5 EUR per ticket\n"
    ).replacing(
      "    rework: { team: legal, time: 20 min, rounds: 3 rounds, reviewed_again: true }\n",
      with: "")
    #expect(problems(text).contains { $0.message.contains("lower 'approved_unchanged'") })
  }
}
