import Facts
import Inventory
import Scenarios
import Testing

@Suite("The record of parameters")
struct ParameterRecordTests {
  private func record(_ path: String, _ scenario: Scenario) -> ParameterRecord? {
    scenario.parameters.first { $0.path == path }
  }

  @Test("holds text, number, unit, source, sample and place of a value")
  func measured() throws {
    let scenario = try read(loanScenario)
    let failure = record("automations.kyc_bot.failure", scenario)
    #expect(
      failure
        == ParameterRecord(
          path: "automations.kyc_bot.failure", text: "3.1 %", value: 0.031, unit: "1",
          provenance: .measured, note: "orchestrator-jobs.csv", sample: 4120,
          location: SourceLocation(path: "scenario.yaml", line: 39, column: 23)))
  }

  @Test("gives numbers in the units of the key")
  func units() throws {
    let scenario = try read(loanScenario)
    for (path, value, unit) in [
      ("teams.aml.cost", 49.0, "EUR/h"), ("teams.aml.people", 3, "people"),
      ("clock.horizon", 7_862_400, "s"), ("demand.arrivals.rate", 100, "per working day"),
      ("activities.default.time", 300, "s"), ("guardrails.creditworthiness.drift.rise", 0.4, "1"),
      ("automations.loan_agent.price", 4, "EUR per million tokens"),
      ("orchestration_layers.central.latency", 0.3, "s"),
      ("guardrails.creditworthiness.loss_prevented", 35, "EUR per ticket"),
    ] {
      #expect(record(path, scenario)?.value == value, "\(path)")
      #expect(record(path, scenario)?.unit == unit, "\(path)")
    }
  }

  @Test("a source beside a group holds for all its values")
  func groups() throws {
    let scenario = try read(loanScenario)
    for key in ["rise", "over", "below_level"] {
      let found = record("guardrails.creditworthiness.drift.\(key)", scenario)
      #expect(found?.provenance == .assumed)
      #expect(found?.note == "brief row 57")
    }
    #expect(record("guardrails.creditworthiness.review", scenario)?.provenance == .declared)
  }

  @Test("of one variant holds what it says in place of what it overrides")
  func ofVariant() throws {
    let text = loanScenario.replacing(
      "agents+layer: { extends: agents,",
      with: "agents+layer: { extends: agents, teams: { aml: { people: 4 } },")
    let scenario = try read(text)
    func paths(_ variant: String) throws -> Set<String> {
      Set(try scenario.parameters(ofVariant: variant).map(\.path))
    }
    let override = "variants.agents+layer.teams.aml.people"
    #expect(try paths("agents+layer").contains(override))
    #expect(try !paths("agents+layer").contains("teams.aml.people"))
    #expect(try !paths("as-is").contains(override))
    #expect(try paths("as-is").contains("teams.aml.people"))
    #expect(try paths("as-is").contains("demand.arrivals.rate"))
    let problem = #expect(throws: ScenarioErrors.self) { try paths("agent") }
    #expect(problem?.description.contains("did you mean 'agents'?") == true)
  }

  @Test("says of defaults that nobody wrote them")
  func unwritten() throws {
    let scenario = try read(loanScenario)
    #expect(record("automations.kyc_bot.price", scenario)?.isDefault == true)
    #expect(record("teams.aml.people", scenario)?.isDefault == false)
    #expect(scenario.parameters.filter(\.isDefault).allSatisfy { $0.provenance == .assumed })
  }

  @Test("a source beside a group of a variant does not reach what it inherits")
  func inherited() throws {
    let text = loanScenario.replacing(
      "agents+layer: { extends: agents,",
      with: "agents+layer: { extends: agents, teams: { aml: { people: 4, measured: rota.csv } },")
    let scenario = try read(text)
    #expect(record("variants.agents+layer.teams.aml.people", scenario)?.provenance == .measured)
    #expect(record("teams.aml.cost", scenario)?.provenance == .declared)
  }

  @Test("defaults are assumed, with the reason, once each")
  func defaults() throws {
    let scenario = try read(loanScenario)
    let errors = scenario.parameters.filter { $0.path == "activities.default.errors" }
    #expect(errors.count == 1)
    #expect(errors[0].provenance == .assumed)
    #expect(errors[0].text == "0 %")
    #expect(errors[0].note?.isEmpty == false)
    let paths = scenario.parameters.map { "\($0.path) \($0.text)" }
    #expect(Set(paths).count == paths.count)
    #expect(
      scenario.parameters.allSatisfy { $0.provenance != .assumed || $0.note?.isEmpty == false })
  }

  @Test("an automation that names its system takes over what the inventory knows")
  func inventory() throws {
    var bot = AutomationSystem(
      name: "KYC Screening Bot",
      source: Evidence(.imported, SourceLocation(path: "project.json")))
    bot.failureRate.state(
      try #require(Probability(0.05)),
      Evidence(.measured, SourceLocation(path: "register.csv", line: 3)))
    var fragment = EstateFragment()
    fragment.systems = [bot]
    fragment.processes = [EstateProcess(system: "loan", process: loanProcess())]
    let estate = Estate(merging: [
      SourceDocument(path: "a", format: "x", status: .imported, digest: "0", fragment: fragment)
    ])
    let text = loanScenario.replacing("kind: rpa", with: "kind: rpa\n    system: kyc-screening bot")
      .replacing(
        "    failure: { value: 3.1 %, measured: orchestrator-jobs.csv, sample: 4120 }\n", with: "")
    let scenario = try readScenario(Array(text.utf8), path: "s.yaml") { _ in estate }
    #expect(scenario.variants[0].stack.automations[0].failure == 0.05)
    #expect(scenario.variants[0].stack.automations[0].system == "KYC Screening Bot")
    let failure = record("automations.kyc_bot.failure", scenario)
    #expect(failure?.provenance == .measured)
    #expect(failure?.note == "inventory, register.csv:3")
    let wrong = text.replacing("kyc-screening bot", with: "kyc screning bot")
    let error = #expect(throws: ScenarioErrors.self) {
      try readScenario(Array(wrong.utf8), path: "s.yaml") { _ in estate }
    }
    #expect(
      error?.problems.first?.message.contains(
        "the inventory has no such system; did you mean 'KYC Screening Bot'?") == true)
  }
}
