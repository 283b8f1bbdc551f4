import EventEngine
import Facts
import Foundation
import Simulation
import Testing

@testable import Scenarios

/// What automations have beside their runs, each key with a value other than that of the full scenario.
let conductChanges: [(path: String, value: String)] = [
  ("applications.core.releases", "exponential mean 46 days"),
  ("automations.kyc_bot.hours", "night"), ("automations.kyc_bot.coverage", "97 %"),
  ("automations.kyc_bot.reliability.default", "91 %"),
  ("automations.kyc_bot.reliability.core.claimed", "94 %"),
  ("automations.kyc_bot.reliability.core.discount", "21 %"),
  ("automations.kyc_bot.reliability.core.use", "claimed"),
  ("automations.kyc_bot.reliability.crm.observed", "beta 94 6"),
  ("automations.kyc_bot.reliability.crm.uncertainty", "drawn"),
  ("automations.kyc_bot.breaks_at_release.probability", "16 %"),
  ("automations.kyc_bot.breaks_at_release.repair", "7 h"),
  ("automations.kyc_bot.breaks_at_release.repaired_by", "bot_support"),
  ("automations.kyc_bot.breaks_at_release.lead_time", "2 days"),
  ("automations.kyc_bot.changes.every", "61 days"),
  ("automations.kyc_bot.changes.affects", "21 %"), ("automations.kyc_bot.changes.work", "17 h"),
  ("automations.kyc_bot.changes.made_by", "bot_support"),
  ("automations.kyc_bot.changes.lead_time", "6 days"),
  ("automations.kyc_bot.upkeep.done_by", "bot_support"),
  ("automations.kyc_bot.upkeep.every", "2 weeks"), ("automations.kyc_bot.upkeep.work", "7 h"),
  ("automations.kyc_bot.upkeep.growth", "4 % per month"),
  ("automations.kyc_bot.upkeep.exponent", "1.6"),
  ("automations.loan_agent.calls.count", "4 calls"),
  ("automations.loan_agent.calls.depth", "1 level"),
  ("automations.loan_agent.calls.order", "sequential"),
  ("automations.loan_agent.calls.time", "exponential mean 4 s"),
  ("automations.loan_agent.calls.works", "98 %"),
  ("automations.loan_agent.calls.retries", "1 time"),
  ("automations.loan_agent.calls.timeout", "31 s"),
  ("automations.loan_agent.calls.after_timeout", "retry"),
  ("automations.loan_agent.calls.price", "5 EUR per million tokens"),
  ("automations.loan_agent.calls.tokens", "901 tokens"),
  ("automations.loan_agent.calls.to", "crm"),
  ("automations.loan_agent.novelty.attribute", "vip"),
  ("automations.loan_agent.novelty.reference", "1001"),
  ("automations.loan_agent.novelty.failure_odds", "1.003"),
  ("automations.loan_agent.novelty.error_odds", "1.004"),
  ("automations.loan_agent.novelty.rise", "11"),
  ("automations.loan_agent.novelty.over", "27 weeks"),
  ("automations.loan_agent.capability.failure_odds", "0.6"),
  ("automations.loan_agent.capability.error_odds", "0.8"),
  ("automations.loan_agent.capability.over", "27 weeks"),
  ("automations.loan_agent.capability.shape", "step"),
  ("automations.loan_agent.confidence.right", "beta 9 2"),
  ("automations.loan_agent.confidence.wrong", "beta 4 5"),
  ("automations.loan_agent.asks.large.when", "segment = sme"),
  ("automations.loan_agent.asks.large.value", "income"),
  ("automations.loan_agent.asks.large.above", "1001"),
  ("automations.loan_agent.asks.large.of", "aml"),
  ("automations.loan_agent.asks.large.time", "7 min"),
  ("automations.loan_agent.asks.large.catches", "91 %"),
  ("automations.loan_agent.asks.unsure.below_confidence", "71 %"),
]

/// The small scenario with an agent that has what is written.
private func scenario(_ agent: String, _ more: String = "") -> String {
  smallScenario
    + """
    attributes:
      amount: { unit: EUR, number: lognormal mean 800 EUR cv 1 }
      segment: { categories: { retail: 70 %, sme: rest } }
      novel: { share_true: 20 % }
    applications:
      core: { releases: 30 days }
      endpoint: { rate_limit: 600 per minute }
    automations:
      agent:
        kind: agent
        time: 20 s
        touches: core
        \(agent)
    variants: { as-is: { assign: { agent: step_03 } } }
    \(more)
    """
}

@Suite("Agents, rules and robots in scenarios") struct AutomationScenarioTests {
  @Test("become what the simulation runs")
  func compiles() throws {
    let text = scenario(
      """
      reliability: { core: beta 95 5, default: 80 % }
          calls: { count: 4, depth: 2, time: 2 s, timeout: 10 s, retries: 1, price: 4 EUR per million tokens, tokens: 1000, to: endpoint }
          confidence: { right: beta 8 2, wrong: beta 4 4 }
          asks:
            large: { when: segment = retail, value: amount, above: 1000 EUR, answer: take_over }
            unsure: { below_confidence: 70 %, of: clerks, time: 4 min, catches: 90 % }
          breaks_at_release: { probability: 15 %, repair: 6 h, repaired_by: clerks }
          upkeep: { done_by: clerks, every: 1 week, work: 2 h, growth: 3 % per month }
      """)
    let compiled = try compile(try read(text))
    let stack = compiled.variants[0].model.stack
    let agent = stack.automations[0]
    #expect(
      agent.reliability == [
        ReliabilityModel(application: 0, success: .uncertain(alpha: 95, beta: 5)),
        ReliabilityModel(success: .certain(0.8)),
      ])
    // 4 + 16 calls of a thousand tokens at 4 EUR per million: 0.4 cents each.
    let calls = try #require(agent.calls)
    #expect(calls.count == 20 && calls.costPerCall == 4_000 && calls.tokensPerCall == 1_000)
    #expect(calls.timeout == 10_000_000 && calls.timedOutShare == 0 && calls.retries == 1)
    #expect(
      agent.touches == [TouchModel(application: 0), TouchModel(application: 1, requests: 20)])
    #expect(agent.asks.map(\.name) == ["large", "unsure"])
    #expect(
      agent.asks[0].condition
        == .all([
          .compares(attribute: 1, .equal, 0), .compares(attribute: 0, .more, 1_000),
        ]))
    // P(amount > 1000) is 28 % where the mean is 800 and the deviation 800; seven in ten are retail.
    #expect(abs(agent.asks[0].conditionShare - 0.7 * 0.25) < 0.05)
    #expect(agent.asks[1].belowConfidence == 0.7)
    #expect(agent.breakage?.team == 0 && agent.breakage?.leadTime.mean == 0)
    #expect(abs((stack.applications[0].releases?.mean ?? 0) - 30 * 86_400) < 1e-6)
    #expect(agent.upkeep?.exponent == 1.2 && agent.upkeep?.work.mean == 7_200)
    #expect(compiled.warnings.isEmpty)
    // What was not written is on the assumption sheet.
    #expect(
      compiled.parameters.contains {
        $0.path == "automations.agent.upkeep.exponent" && $0.provenance == .assumed
      })
    #expect(
      stack.errands.map(\.name) == [
        "agent asks: unsure", "mending of agent", "upkeep of agent",
      ])
  }

  @Test("an ask is a review or a person who takes over")
  func answers() throws {
    let review = try compile(
      try read(scenario("asks: { all: { of: clerks, time: 4 min } }")))
    guard
      case .review(0, let time, 1) = review.variants[0].model.stack.automations[0].asks[0].answer
    else {
      Issue.record("no review")
      return
    }
    #expect(time.mean == 240)
    let takeOver = try compile(try read(scenario("asks: { all: { answer: take_over } }")))
    guard case .takeOver = takeOver.variants[0].model.stack.automations[0].asks[0].answer else {
      Issue.record("nobody takes over")
      return
    }
  }

  /// Brief row 106: all three are shown, one is simulated.
  @Test("reliability as claimed, as discounted and as observed")
  func claims() throws {
    func success(_ more: String) throws -> ReliabilityModel.Success {
      let compiled = try compile(
        try read(
          scenario(
            "reliability: { core: { claimed: 95 %, discount: 20 %, observed: beta 70 30\(more) } }")
        ))
      for (path, value) in [("claimed", 0.95), ("discounted", 0.76), ("observed", 0.7)] {
        #expect(
          compiled.parameters.contains {
            $0.path == "automations.agent.reliability.core.\(path)"
              && abs(($0.value ?? 0) - value) < 1e-9
          })
      }
      return compiled.variants[0].model.stack.automations[0].reliability[0].success
    }
    #expect(try success("") == .uncertain(alpha: 70, beta: 30))
    #expect(try success(", uncertainty: mean") == .certain(0.7))
    #expect(try success(", use: claimed") == .certain(0.95))
    guard case .certain(let value) = try success(", use: discounted") else { return }
    #expect(abs(value - 0.76) < 1e-12)
  }

  @Test("a variant changes them")
  func override() throws {
    let text = scenario("coverage: 90 %").replacing(
      "variants: { as-is: { assign: { agent: step_03 } } }",
      with: """
        variants:
          as-is: { assign: { agent: step_03 } }
          better: { extends: as-is, automations: { agent: { coverage: 95 % } } }
        """)
    let compiled = try compile(try read(text))
    #expect(compiled.variants.map { $0.model.stack.automations[0].coverage } == [0.9, 0.95])
  }

  @Test(
    "what is wrong is said with its place and what to do",
    arguments: [
      ("coverage: ‹120 %", "out of range"),
      ("reliability: { ‹cora: 90 % }", "did you mean 'core'?"),
      ("reliability: { core: ‹beta 95 }", "`beta` and its two shapes"),
      ("reliability: { core: ‹1.2 }", "out of range"),
      ("reliability: { core: { discount: ‹20 % } }", "discounts 20 % of nothing"),
      ("reliability: { core: { claimed: 90 %, use: ‹observed } }", "has no observed reliability"),
      ("calls: ‹{ count: 100, depth: 2 }", "more than the 1,000 of a run"),
      ("calls: { after_timeout: ‹people }", "counts for nothing without 'timeout'"),
      ("calls: { to: ‹endpont }", "did you mean 'endpoint'?"),
      ("novelty: { attribute: ‹segment }", "which is no number"),
      ("novelty: { attribute: novel, rise: ‹1 }", "give both 'rise' and 'over'"),
      ("novelty: { attribute: novel, failure_odds: ‹0 }", "out of range"),
      ("capability: { over: 1 day, shape: ‹lernig }", "did you mean 'learning'?"),
      ("confidence: { right: ‹0.8, wrong: beta 4 4 }", "it is no Beta distribution"),
      ("asks: { a: { below_confidence: ‹70 %, answer: take_over } }", "give it under 'confidence'"),
      ("asks: { a: { value: ‹amount, answer: take_over } }", "give both 'value' and 'above'"),
      ("asks: { a: { value: amount, above: ‹1000 USD, answer: take_over } }", "not in EUR"),
      ("asks: { a: { of: ‹clerks, answer: take_over } }", "is of reviews"),
      ("asks: { ‹a: { of: clerks } }", "a review needs it, such as `time:"),
      ("asks: { a: { of: ‹clarks, time: 1 min } }", "did you mean 'clerks'?"),
      ("asks: { a: { when: ‹amunt > 3, answer: take_over } }", "did you mean 'amount'?"),
      ("hours: ‹ofice", "did you mean 'office'?"),
      ("breaks_at_release: { probability: ‹2, repair: 1 h }", "out of range"),
      ("changes: { every: ‹0 days, affects: 20 % }", "out of range"),
      ("changes: { every: 9 days, affects: 20 %, made_by: ‹clerks }", "without 'work'"),
      ("upkeep: { done_by: clerks, every: 1 week, work: 2 h, exponent: ‹9 }", "out of range"),
    ])
  func problems(agent: String, message: String) {
    expectProblem(in: scenario(agent), message)
  }

  @Test("a robot that no release can break is warned of")
  func idleBreakage() throws {
    let text = scenario("breaks_at_release: { probability: 15 %, repair: 6 h }")
    let warnings = try compile(read(text)).warnings.map(\.message)
    #expect(!warnings.contains { $0.contains("nothing breaks") }, "\(warnings)")
    let idle = try compile(read(text.replacing("{ releases: 30 days }", with: "")))
    #expect(idle.warnings.contains { $0.message.contains("nothing breaks the automation 'agent'") })
  }

  @Test("too many asks are refused")
  func tooManyAsks() {
    let asks = (0..<17).map { "a\($0): { answer: take_over }" }.joined(separator: ", ")
    let found = ScenariosTests.problems(scenario("asks: { \(asks) }"))
    #expect(found.contains { $0.message.contains("at most 16") })
  }

  @Test(
    "work that nobody can do is found",
    arguments: [
      "coverage: 90 %", "reliability: { core: 95 % }", "calls: { works: 99 % }",
      "asks: { a: { answer: take_over } }",
    ])
  func workability(agent: String) {
    // Only the first activity has a team and a time.
    let found = ScenariosTests.problems(
      scenario(agent).replacing("default: { team: clerks", with: "step_01: { team: clerks"))
    #expect(found.contains { $0.message.contains("people do it when 'agent' fails") })
  }
}

@Suite("Reference pages of mechanisms") struct MechanismPageTests {
  @Test(
    "have an example that runs without a warning",
    arguments: ["agents", "rules", "rpa", "remedies", "learning", "drift"])
  func example(page: String) throws {
    let file = scenarioFolder.deletingLastPathComponent()
      .appending(path: "docs/reference/mechanisms/\(page).md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.firstRange(of: "```yaml\n")?.upperBound)
    let end = try #require(text[start...].firstRange(of: "```")?.lowerBound)
    let compiled = try compile(try read(String(text[start..<end])))
    #expect(compiled.warnings.map(\.message) == [])
    let model = compiled.variants[1].model
    let record = try runReplication(of: model, seed: compiled.seed, replication: 0)
    let mechanisms = Set(
      MechanismEvent.allCases.filter { record.ledger[$0.rawValue].count > 0 }.map(\.mechanism))
    #expect(mechanisms.contains(page))
  }
}
