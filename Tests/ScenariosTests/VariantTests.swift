import Facts
import Scenarios
import Simulation
import Statistics
import Testing

@Suite("Variants")
struct VariantTests {
  private func stack(_ name: String, _ text: String = loanScenario) throws -> StackSettings {
    let variant = try #require(try read(text).variants.first { $0.name == name })
    return variant.stack
  }

  private func performers(_ stack: StackSettings) -> [String] {
    stack.activities.map { $0.automation ?? "people" }
  }

  @Test("say only what differs: steps given to another automation leave the one before")
  func assignments() throws {
    let asIs = performers(try stack("as-is"))
    let agents = performers(try stack("agents"))
    #expect(asIs.enumerated().filter { $0.element == "kyc_bot" }.map(\.offset) == [1, 2])
    #expect(agents.filter { $0 == "loan_agent" }.count == 9)
    #expect(!agents.contains("kyc_bot"))
    #expect(agents[5] == "people")
  }

  @Test("make up a factorial design where each combination of factors is one of them")
  func factorial() throws {
    func text(_ factors: [String]) -> String {
      zip(["as-is:        {", "agents:       {", "layer-only:   {", "agents+layer: {"], factors)
        .reduce(loanScenario) { text, change in
          text.replacing(change.0, with: "\(change.0) factors: \(change.1),")
        }
    }
    let design = try #require(
      try read(text(["none", "agents", "layer", "[agents, layer]"])).experiment.factorial)
    #expect(design.factors == ["agents", "layer"])
    #expect(design.variants == ["as-is", "agents", "layer-only", "agents+layer"])
    #expect(try read(loanScenario).experiment.factorial == nil)
    func refused(_ factors: [String], _ message: String) {
      let found = problems(text(factors))
      #expect(found.contains { $0.message.contains(message) }, "\(found.map(\.description))")
    }
    refused(
      ["none", "agents", "agents", "[agents, layer]"],
      "the variants 'agents' and 'layer-only' have the same factors")
    refused(["none", "alone", "alone2", "[alone, alone2, other]"], "nor other")
    refused(["none", "agents", "[none, layer]", "[agents, layer]"], "'none' stands beside")
    refused(["none", "none", "agents", "agents"], "the variants name 1 factors in all")
  }

  @Test("give steps back to people")
  func people() throws {
    let text = loanScenario.replacing(
      "agents+layer: { extends: agents,",
      with: "agents+layer: { extends: agents, assign: { people: [step_07..step_10] },")
    #expect(performers(try stack("agents+layer", text)).filter { $0 == "loan_agent" }.count == 5)
  }

  @Test("give an automation a share of the cases")
  func shares() throws {
    let text = loanScenario.replacing(
      "assign: { kyc_bot: [step_02, step_03] }",
      with: "assign: { kyc_bot: { steps: [step_02, step_03], share: 60 % } }")
    let stack = try stack("as-is", text)
    #expect(stack.activities[1].share == 0.6)
    #expect(stack.activities[0].share == 1)
    let compiled = try compile(read(text))
    #expect(compiled.variants[0].mixDescription == "people 92.9 %, RPA 7.1 % of 17 activities")
  }

  @Test("the layer and its level are inherited; drift is there only below its level")
  func levels() throws {
    #expect(try stack("agents").guardrails[0].drift != nil)
    let layered = try stack("agents+layer+remedies")
    #expect(layered.level == 2)
    #expect(layered.layer?.name == "central")
    #expect(layered.layer?.sharesContext == true)
    #expect(layered.guardrails[0].drift == nil)
  }

  @Test("remedies belong to the variant that names them")
  func remedies() throws {
    #expect(try stack("agents+layer").guardrails[0].bulkReview == nil)
    let remedied = try stack("agents+layer+remedies")
    #expect(remedied.guardrails[0].bulkReview?.size == 5)
    #expect(remedied.guardrails[0].bulkReview?.wait == 7200)
    #expect(remedied.guardrails[0].reevaluation?.check == 20)
    #expect(remedied.guardrails[1].bulkReview == nil)
  }

  @Test("remedies may be lists, and a variant changes one it inherits")
  func remedyLists() throws {
    let text = loanScenario.replacing(
      "    remedies:\n      bulk_review: { of: creditworthiness, size: 5, wait: 2 working hours, "
        + "setup: 9 min, each: 5 min }\n",
      with: """
            remedies:
              bulk_review:
                - { of: creditworthiness, size: 5, wait: 2 working hours, setup: 9 min, each: 5 min }
                - { of: compliance, size: 3, wait: 1 working day, setup: 1 min, each: 5 min }

        """)
    let stack = try stack("agents+layer+remedies", text)
    #expect(stack.guardrails.map { $0.bulkReview?.size } == [5, 3])
    #expect(stack.guardrails[1].bulkReview?.wait == 28_800)
    let changed = loanScenario.replacing(
      "\nexhaustion:",
      with: "  more:\n    extends: agents+layer+remedies\n    remedies: "
        + "{ bulk_review: { size: 10 }, re_evaluate: { of: compliance, unnecessary: 5 %, check: 1 s } }"
        + "\n\nexhaustion:")
    let more = try self.stack("more", changed)
    #expect(more.guardrails[0].bulkReview?.size == 10)
    #expect(more.guardrails[0].bulkReview?.wait == 7200)
    #expect(more.guardrails[0].reevaluation == nil)
    #expect(more.guardrails[1].reevaluation?.unnecessary == 0.05)
  }

  @Test("override any parameter below the sections that a stack has")
  func overrides() throws {
    let text = loanScenario.replacing(
      "agents:       { extends: as-is,",
      with: """
        agents:
            extends: as-is
            teams: { aml: { people: 5 } }
            activities: { step_11..step_12: { time: 4 min }, default: { errors: 3 % } }
            automations: { loan_agent: { retries: { times: 1 }, failure: 10 % } }
            guardrails: { creditworthiness: { drift: { rise: 5 points } } }
            orchestration_layers: { central: { concurrent: 7 } }
        """ + "\n   "
    ).replacing(
      "    assign: { loan_agent: [step_01..step_05, step_07..step_10] } }",
      with: "    assign: { loan_agent: [step_01..step_05, step_07..step_10] }")
    let base = try stack("as-is", text)
    let agents = try stack("agents", text)
    let layered = try stack("agents+layer", text)
    #expect(base.teams[1].people == 3)
    #expect(agents.teams[1].people == 5)
    #expect(agents.teams[1].hourlyCost == 49)
    #expect(agents.activities[10].time == (try Distribution(.constant(value: 240))))
    #expect(agents.activities[11].time == (try Distribution(.constant(value: 240))))
    #expect(base.activities[11].time == (try Distribution(.constant(value: 540))))
    #expect(agents.activities[10].errors == 0.01)
    #expect(agents.activities[0].errors == 0.03)
    #expect(agents.automations[1].retries == 1)
    #expect(agents.automations[1].backoff == 120)
    #expect(agents.automations[1].failure == 0.1)
    #expect(agents.guardrails[0].drift?.inPoints == true)
    #expect(agents.guardrails[0].drift?.over == 3_628_800.0)
    #expect(layered.layer?.concurrent == 7)
  }

  @Test("a guardrail that no variant activates and an automation without work are warned of")
  func warnings() throws {
    let text = loanScenario.replacing(
      "raised_by: loan_agent\n    after: step_10", with: "raised_by: kyc_bot\n    after: step_10"
    )
    .replacing(
      "  loan_agent:\n    kind: agent",
      with: "  spare: { kind: script, time: 1 s }\n  loan_agent:\n    kind: agent")
    let scenario = try read(text)
    #expect(
      scenario.warnings.map(\.message) == [
        "no variant assigns anything to the automation 'spare'; assign an activity or remove it",
        "the guardrail 'compliance' is never active: no variant assigns the activity in 'after' to "
          + "the automation in 'raised_by'",
      ])
    #expect(scenario.warnings.allSatisfy { $0.severity == .medium && $0.location.line != nil })
  }

  @Test("without variants there is one, as-is, of people alone")
  func none() throws {
    let scenario = try read(smallScenario)
    #expect(scenario.variants.map(\.name) == ["as-is"])
    #expect(performers(scenario.variants[0].stack).allSatisfy { $0 == "people" })
    #expect(scenario.experiment.baseline == "as-is")
  }

  @Test("all have the same teams, automations and guardrails in the same order once compiled")
  func alike() throws {
    let models = try compile(read(loanScenario)).variants.map(\.model)
    for model in models {
      #expect(model.stack.teams.map(\.name) == models[0].stack.teams.map(\.name))
      #expect(model.stack.automations.map(\.name) == models[0].stack.automations.map(\.name))
      #expect(model.stack.guardrails.map(\.name) == models[0].stack.guardrails.map(\.name))
      #expect(model.runInStack?.name == "as-is")
      #expect(model.demand.rate == models[0].demand.rate)
    }
  }
}

@Suite("Activities, waits and branching")
struct FlowSettingsTests {
  @Test("the team of an activity is that of its lane, unless one is named")
  func lanes() throws {
    let process = loanProcess(lanes: ["step_03": "A.M.L.", "step_12": "Legal", "step_04": "Nobody"])
    let text = loanScenario.replacing("step_12: { time: 9 min }", with: "step_12: { team: aml }")
    let scenario = try read(text, process)
    let teams = scenario.variants[0].stack.activities.map(\.team)
    #expect(teams[2] == "aml")
    #expect(teams[3] == "underwriting")
    #expect(teams[11] == "aml")
    let record = scenario.parameters.first { $0.path == "activities.step_03.team" }
    #expect(record?.provenance == .inferred)
    #expect(record?.note == "lane 'A.M.L.' of the BPMN")
  }

  private let branching = """
    rehearse: 1
    title: Branching
    bpmn: branch.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand: { arrivals: { rate: 10 per working day } }
    teams: { clerks: { people: 3, cost: 40 EUR/h } }
    activities: { default: { team: clerks, time: 5 min } }
    waits: { answer: 2 days }

    """

  @Test("flows are named by id, label or target, and one share may be the rest")
  func flows() throws {
    for shares in [
      "{ f3: 80 %, f4: 20 % }", "{ good risk: 80 %, bad risk: 20 % }",
      "{ approve: 80 %, reject: rest }", "{ f3: 0.8, reject: 20 % }",
    ] {
      let scenario = try read(
        branching + "branching: { decide: \(shares) }\n", branchingProcess())
      let probabilities = scenario.variants[0].stack.flowProbabilities
      let flow = { id in scenario.flow.flowIDs.firstIndex(of: id) ?? -1 }
      #expect(probabilities[flow("f3")] == 0.8)
      #expect(abs(probabilities[flow("f4")] - 0.2) < 1e-12)
      #expect(probabilities[flow("f1")] == 1)
    }
  }

  @Test("without shares all flows are equally likely, which is recorded as assumed")
  func equalShares() throws {
    let scenario = try read(branching, branchingProcess())
    let record = scenario.parameters.first { $0.path == "branching.decide" }
    #expect(record?.provenance == .assumed)
    #expect(record?.value == 0.5)
  }

  @Test("a timer of the BPMN waits as drawn, unless the scenario says otherwise")
  func timers() throws {
    let drawn = try read(branching, branchingProcess())
    #expect(drawn.variants[0].stack.events.compactMap { $0.time?.mean } == [172_800, 900])
    #expect(drawn.parameters.first { $0.path == "waits.pause" }?.provenance == .imported)
    let changed = try read(
      branching.replacing("answer: 2 days", with: "default: 1 h, pause: 20 min"), branchingProcess()
    )
    #expect(changed.variants[0].stack.events.compactMap { $0.time?.mean } == [3600, 1200])
  }

  @Test("an activity that no case can come to needs no time")
  func unreachable() throws {
    let text = branching.replacing(
      "{ default: { team: clerks, time: 5 min } }",
      with: "{ check: { team: clerks, time: 5 min }, approve: { team: clerks, time: 5 min } }")
    #expect(throws: ScenarioErrors.self) { try read(text, branchingProcess()) }
    #expect(throws: Never.self) {
      try read(
        text + "branching: { decide: { approve: 100 %, reject: 0 % } }\n", branchingProcess())
    }
  }

  @Test("an activity that an automation does without fail needs no people")
  func automated() throws {
    let text = branching.replacing(
      "activities: { default: { team: clerks, time: 5 min } }\n",
      with: """
        activities: { check: { team: clerks, time: 5 min }, reject: { team: clerks, time: 5 min } }
        automations: { clerk: { kind: agent, time: 1 s } }
        variants: { now: { assign: { clerk: approve } } }

        """)
    #expect(throws: Never.self) { try read(text, branchingProcess()) }
    expectProblem(
      in: text.replacing("time: 1 s", with: "time: 1 s, failure: 1 %")
        .replacing("activities: {", with: "activities: ‹{"),
      "the activity 'approve' has no team, but people do it when 'clerk' fails", branchingProcess())
  }
}
