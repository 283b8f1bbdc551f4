import Facts
import Scenarios
import Statistics
import Testing

@Suite("Changing a scenario")
struct SweepTests {
  @Test("the sweep of a scenario names two axes")
  func axes() throws {
    let sweep = try read(loanScenario).sweep
    #expect(sweep.map(\.name) == ["escalated", "reviewers"])
    #expect(sweep[0].title == "Share escalated")
    #expect(sweep[1].paths == ["teams.aml.people", "teams.legal.people"])
    #expect(sweep[1].values == ["2", "3", "4"])
  }

  @Test("a changed value is read as if it were written there, in all variants that inherit it")
  func changes() throws {
    let scenario = try read(loanScenario)
    let changed = try scenario.changing([
      ("guardrails.creditworthiness.fires", "20 %"), ("teams.aml.people", "5"),
    ])
    for variant in changed.variants {
      #expect(variant.stack.guardrails[0].firing == .probability(0.2))
      #expect(variant.stack.teams[1].people == 5)
    }
    #expect(changed.sweep == scenario.sweep)
    let record = changed.parameters.first { $0.path == "guardrails.creditworthiness.fires" }
    #expect(record?.value == 0.2)
    #expect(record?.provenance == .declared)
    #expect(record?.note == "changed for this run")
  }

  @Test("a key that takes its default may be changed, and one of a variant alone")
  func defaults() throws {
    let scenario = try read(loanScenario)
    let all = try scenario.changing([("automations.kyc_bot.errors", "4 %")])
    #expect(all.variants.allSatisfy { $0.stack.automations[0].errors == 0.04 })
    let one = try scenario.changing([("variants.agents.teams.aml.people", "9")])
    #expect(one.variants.map { $0.stack.teams[1].people } == [3, 9, 3, 9, 9])
  }

  @Test("a number of people stands for whoever the scenario names one by one, as in a variant")
  func namedPeople() throws {
    let text = loanScenario.replacing(
      #/(?m)^  aml:.*$/#,
      with: "  aml: { calendar: office, cost: 45 EUR/h, members: { ada: {}, bea: { speed: 2 } } }")
    let scenario = try read(text)
    #expect(scenario.variants[0].stack.teams[1].members.map(\.name) == ["ada", "bea"])
    let changed = try scenario.changing([("teams.aml.people", "5")])
    #expect(changed.variants[0].stack.teams[1].people == 5)
    #expect(changed.variants[0].stack.teams[1].members.isEmpty)
    let one = try scenario.changing([("variants.agents.teams.aml.people", "4")])
    #expect(one.variants.map { $0.stack.teams[1].people } == [2, 4, 2, 4, 4])
  }

  @Test("names with dots in them are found")
  func dots() throws {
    let scenario = try readScenario("reference/queue-mm1.yaml")
    let changed = try scenario.changing([
      ("variants.load-0.9.activities.task.time", "exponential mean 1.7 min")
    ])
    #expect(abs((changed.variants[1].stack.activities[0].time?.mean ?? 0) - 102) < 1e-9)
  }

  @Test(
    "a path that leads nowhere says where it ends",
    arguments: [
      ("teams.anl.people", "the scenario has no 'anl' there; did you mean 'aml'?"),
      ("teams.aml.peple", "'peple' is no key there; did you mean 'people'?"),
      ("teams.aml", "it is a group of keys; name one of them"),
      ("team.aml.people", "'team' is no key there; did you mean 'teams'?"),
      ("title", "'title' stays as it is"), ("", "the path is empty"),
      ("teams.aml.people.more", "'teams.aml.people' has no keys below it"),
      ("variants.agents.teams.anl.people", "the scenario has no 'anl' there; did you mean 'aml'?"),
    ])
  func paths(path: String, message: String) throws {
    let scenario = try read(loanScenario)
    let error = #expect(throws: ScenarioErrors.self) { try scenario.changing([(path, "1")]) }
    #expect(
      error?.problems.first?.message.contains(message) == true, "\(String(describing: error))")
    if !path.isEmpty {
      expectProblem(
        replacing: "change: guardrails.creditworthiness.fires", with: "change: ‹\(path)", message)
    }
  }

  @Test("every value of a sweep is tried when the scenario is read")
  func values() {
    expectProblem(
      replacing: "to: [20 %, 35 %, 50 %]", with: "to: [20 %, ‹135 %, 50 %]",
      "the value `135 %` of the sweep does not fit: 'guardrails.creditworthiness.fires' is `135 %`, "
        + "out of range")
    expectProblem(
      replacing: "to: [2, 3, 4]", with: "to: [‹0, 3, 4]",
      "the value `0` of the sweep does not fit: nobody staffs the team")
    expectProblem(
      replacing: "sweep:\n", with: "sweep:\n  ‹third: { change: teams.aml.people, to: 1 }\n",
      "'sweep' has 3 axes; expected two", at: (100, 3))
  }
}
