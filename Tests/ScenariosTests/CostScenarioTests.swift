import Facts
import Scenarios
import Simulation
import Testing

private let text =
  smallScenario.replacing(
    "activities: { default: { team: clerks, time: 5 min } }",
    with: """
      activities: { default: { team: clerks, time: 5 min } }
      automations:
        bot: { kind: script, time: 1 min, licence: 70 EUR per week }
        idle: { kind: script, time: 1 min, licence: 70 EUR per week }
      orchestration_layers:
        central: { latency: 1 s per hop, concurrent: 5 cases, licence: 30 EUR per week, agent_licence: 7 EUR per week }
      monitoring: { team: clerks, time: 6 min, licence: 14 EUR per week }
      costs:
        late: { within: 2 working days, price: 40 EUR per case }
        delay: { price: 3 EUR per day, after: 1 day }
        wrong: 120 EUR per case
      experiment: { discount_rate: 8 % }
      variants:
        as-is:
        bots: { assign: { bot: step_02 } }
        watched: { extends: bots, orchestration: { level: 1 } }
        led:
          extends: bots
          orchestration: { level: 2 }
          costs:
            late: { price: 50 EUR per case }
            upkeep: 21 EUR per week
            implementation:
              platform: { amount: 60000 EUR }
              observability: { amount: 30000 EUR, after: 2 weeks, over: 4 weeks }
      """)

@Suite("Costs in scenarios") struct CostScenarioTests {
  @Test("become what the simulation charges, and variants override them key by key")
  func compiles() throws {
    let compiled = try compile(try read(text))
    #expect(compiled.discountRate == 0.08)
    let costs = compiled.variants.map(\.model.stack.costs)
    let common = try #require(costs[0])
    let twoDays: Int64 = 16 * 3_600_000_000
    #expect(common.late?.due == DueModel(time: twoDays, calendar: 0))
    #expect(common.late?.price == 40e6 && common.wrongCase == 120e6)
    #expect(common.delay == CostModel.Delay(after: 86_400_000_000, perDay: 3e6))
    #expect(common.investments.isEmpty)
    let led = try #require(costs[3])
    #expect(led.late?.price == 50e6 && led.late?.due == common.late?.due)
    let day: Int64 = 86_400_000_000
    let planned: [CostModel.Investment] = [
      CostModel.Investment(line: "platform", amount: 60_000e6),
      CostModel.Investment(
        line: "observability", amount: 30_000e6, start: 14 * day, length: 28 * day),
    ]
    #expect(led.investments == planned)
    // A third of the plan goes into observability.
    #expect(!compiled.warnings.contains { $0.key == "costs.implementation" })
  }

  @Test("fixed costs are those of what a variant uses, and all of them")
  func fixed() throws {
    let fixed = try compile(try read(text)).variants.map(\.model.stack.fixedCosts)
    func cost(
      _ name: String, _ perWeek: Double, _ kind: FixedCost.Kind = .licence, ofLayer: Bool = false
    ) -> FixedCost {
      FixedCost(name, kind: kind, perWeek: perWeek * 1e6, isOfLayer: ofLayer)
    }
    #expect(fixed[0] == [])
    #expect(fixed[1] == [cost("bot", 70)])
    #expect(fixed[2] == [cost("bot", 70), cost("monitoring", 14)])
    #expect(
      fixed[3] == [
        cost("bot", 70), cost("central", 30, ofLayer: true),
        cost("central, by automation", 7, ofLayer: true),
        cost("upkeep", 21, .upkeep),
      ])
  }

  @Test("a plan that hardly looks at what it builds is warned of")
  func observability() throws {
    let blind = text.replacing(
      "observability: { amount: 30000 EUR", with: "training: { amount: 30000 EUR")
    let warnings = try compile(try read(blind)).warnings
    let warning = try #require(warnings.first { $0.key == "costs.implementation" })
    #expect(warning.severity == .medium && warning.message.contains("0 % of the implementation"))
    #expect(warning.location.line != nil)
  }

  @Test(
    "what is wrong is refused with place and help",
    arguments: [
      ("platform: {", "plattform: {", "did you mean 'platform'?"),
      ("amount: 60000 EUR", "amount: -1 EUR", "out of range"),
      ("amount: 60000 EUR", "amount: 60000 EUR per month", "does not fit"),
      ("{ amount: 60000 EUR }", "60000 EUR", "expected a group of keys"),
      ("over: 4 weeks", "over: 4 working days", "calendar time"),
      ("price: 3 EUR per day", "price: 3 EUR", "it does not say per what"),
      ("within: 2 working days, price: 40 EUR per case", "within: 2 working days", "is missing"),
      ("within: 2 working days, price", "within: 0 h, price", "out of range"),
      ("discount_rate: 8 %", "discount_rate: 120 %", "out of range"),
      ("wrong: 120 EUR per case", "wrong: 120 USD per case", "a scenario has one currency"),
      ("delay: {", "dealy: {", "did you mean 'delay'?"),
    ])
  func refused(what: String, with: String, expected: String) throws {
    let wrong = text.replacing(what, with: with)
    #expect(wrong != text)
    let error = #expect(throws: ScenarioErrors.self) { try read(wrong) }
    let problems = error?.problems ?? []
    #expect(problems.contains { $0.message.contains(expected) }, "\(problems)")
    #expect(problems.allSatisfy { $0.location.line != nil })
  }
}
