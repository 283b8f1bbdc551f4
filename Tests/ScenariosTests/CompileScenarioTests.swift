import Scenarios
import Simulation
import Statistics
import Testing

@Suite("Compiling a scenario")
struct CompileScenarioTests {
  @Test("money becomes millionths, times microseconds, names indexes")
  func units() throws {
    let compiled = try compile(read(loanScenario))
    let agents = compiled.variants[1].model.stack
    #expect(agents.teams[0].people.count == 12)
    #expect(agents.teams[0].people[0].hourlyCost == 52e6)
    let bot = agents.automations[0]
    #expect(bot.runners == 4)
    #expect(bot.exceptionTeam == 3)
    #expect(bot.exceptionTime?.mean == 900)
    let licence = compiled.variants[0].model.stack.fixedCosts[0]
    #expect(abs(licence.perWeek - 900e6 * 84 / 365.25) < 1e-3)
    let agent = agents.automations[1]
    #expect(agent.costPerRun == 8000)
    #expect(agent.retries == 3)
    #expect(agent.backoff == 120_000_000)
    #expect(agent.errorProbability == 0.01)
    let guardrail = agents.guardrails[0]
    #expect(guardrail.raisedBy == 1)
    #expect(guardrail.afterActivity == 4)
    #expect(guardrail.replacesActivity == 5)
    #expect(guardrail.firing == .probability(0.5))
    #expect(guardrail.teams == [0])
    #expect(guardrail.contextPerAutomation == 60_000_000)
    #expect(guardrail.lossPrevented == 35e6)
    #expect(
      guardrail.drift
        == DriftModel(rise: 0.4, period: 126 * 28_800_000_000, calendar: 0))
    #expect(agents.guardrails[1].teams == [1, 2])
    #expect(agents.activities[11].team == 1)
    #expect(agents.activities[11].errorProbability == 0.01)
    #expect(agents.layer == nil)
    let layer = compiled.variants[3].model.stack.layer
    #expect(layer?.latency == 300_000)
    #expect(layer?.concurrent == 50)
    #expect(layer?.costPerHop == 20_000)
    let remedied = compiled.variants[4].model.stack.guardrails[0]
    #expect(remedied.bulkReview?.wait == 7_200_000_000)
    #expect(remedied.bulkReview?.setup.mean == 540)
    #expect(
      remedied.reevaluation
        == ReevaluationModel(
          unnecessary: 0.3, check: 20_000_000, costPerCheck: 10_000, falsePass: 0.01))
  }

  @Test("what the report needs comes along")
  func facts() throws {
    let compiled = try compile(read(loanScenario))
    #expect(compiled.baseline == 0)
    #expect(compiled.seed == 7)
    #expect(compiled.replications == 200)
    #expect(compiled.currency == "EUR")
    #expect(compiled.watchedTeams == [0, 1, 2])
    #expect(compiled.workingDay == 28_800_000_000)
    #expect(compiled.startState == .variant("as-is", days: 56))
    #expect(compiled.matters.costPerCase == 0.5)
    #expect(compiled.matters.timeToCompletion == 14_400)
    #expect(compiled.matters.humanTime == 60)
    #expect(compiled.sourceDigest.count == 64)
    #expect(compiled.workingDates.count == compiled.variants[0].model.timeline.dayCloses.count)
  }

  @Test("the mix is counted by kind, and fixed costs by what is in use")
  func mix() throws {
    let variants = try compile(read(loanScenario)).variants
    #expect(
      variants.map(\.mixDescription) == [
        "people 88.2 %, RPA 11.8 % of 17 activities",
        "agents 52.9 %, people 47.1 % of 17 activities",
        "people 88.2 %, RPA 11.8 % of 17 activities",
        "agents 52.9 %, people 47.1 % of 17 activities",
        "agents 52.9 %, people 47.1 % of 17 activities",
      ])
    #expect(variants.map(\.orchestrationLevel) == [0, 0, 2, 2, 2])
    #expect(
      variants.map { $0.model.stack.fixedCosts.map(\.name) } == [
        ["kyc_bot"], [], ["kyc_bot", "central"], ["central"], ["central"],
      ])
  }

  @Test("each variant may begin with its own stack, or all with nothing")
  func startStates() throws {
    let own = try compile(
      read(loanScenario.replacing("{ as-is: 8 weeks }", with: "{ each: 2 weeks }")))
    #expect(own.variants.map { $0.model.runInStack?.name } == own.variants.map(\.name))
    #expect(own.variants[0].model.timeline.runInStart == -14 * 86_400_000_000)
    let empty = try compile(read(loanScenario.replacing("{ as-is: 8 weeks }", with: "empty")))
    #expect(empty.variants.allSatisfy { $0.model.runInStack == nil })
    #expect(empty.variants[0].model.timeline.runInStart == 0)
    let standard = try compile(
      read(loanScenario.replacing("  start_state: { as-is: 8 weeks }\n", with: "")))
    #expect(standard.startState == .variant("as-is", days: 56))
  }

  @Test("a follow-up too short to confirm exhaustion is warned of")
  func shortFollowUp() throws {
    let compiled = try compile(
      read(loanScenario.replacing("follow_cases_for: 13 weeks", with: "follow_cases_for: 2 days")))
    #expect(compiled.warnings.count == 1)
    #expect(compiled.warnings.first?.key == "clock.follow_cases_for")
  }

  @Test("drift in weeks counts calendar time")
  func calendarDrift() throws {
    let compiled = try compile(
      read(loanScenario.replacing("over: 126 working days", with: "over: 26 weeks")))
    let drift = compiled.variants[1].model.stack.guardrails[0].drift
    #expect(drift?.calendar == nil)
    #expect(drift?.period == 15_724_800_000_000)
  }

  @Test("every form of distribution reaches the engine with its mean")
  func distributions() throws {
    for (text, mean) in [
      ("gamma mean 10 min cv 0.8", 600.0), ("erlang 2 mean 1 min", 60),
      ("weibull shape 1 scale 10 min", 600), ("uniform 2 min 4 min", 180),
    ] {
      let compiled = try compile(
        read(smallScenario.replacing("time: 5 min", with: "time: \(text)")))
      let time = compiled.variants[0].model.stack.activities[0].handlingTime
      #expect(abs((time?.mean ?? 0) - mean) < 1e-9, "\(text)")
      let model = compiled.variants[0].model
      let middle = time?.sampler.value(forUniform: 0.5, in: model.samplerTable) ?? -1
      #expect(middle > 0)
    }
  }

  @Test("the same file compiles to the same models")
  func isRepeatable() throws {
    let first = try compile(read(loanScenario))
    let second = try compile(read(loanScenario))
    #expect(
      String(describing: first.variants.map(\.model.stack))
        == String(describing: second.variants.map(\.model.stack)))
    #expect(first.parameters == second.parameters)
  }
}
