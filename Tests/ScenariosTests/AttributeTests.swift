import Facts
import ProcessModel
import Simulation
import Statistics
import Testing

@testable import Scenarios

/// A scenario of the branching process with attributes and something else.
private func text(_ rest: String) -> String {
  """
  rehearse: 1
  title: Attributes
  bpmn: branch.bpmn
  clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
  calendars: { office: mon-fri 08:00-16:00 }
  demand: { arrivals: { rate: 10 per working day } }
  attributes:
    segment: { categories: { retail: 70 %, sme: 30 % } }
    amount: { unit: EUR, number: uniform 0 EUR 2000 EUR }
    vip: { share_true: 10 % }
    risk: { categories: { low: 100 %, high: 0 % } }
  teams: { clerks: { people: 3, cost: 40 EUR/h } }
  activities: { default: { team: clerks, time: 5 min } }
  waits: { answer: 2 days }

  """ + rest + "\n"
}

private func compiled(
  _ text: String, _ process: BusinessProcess = branchingProcess(),
  decisions: [DecisionTable] = policies()
) throws -> SimulationModel {
  try compile(read(text, process, decisions: decisions)).variants[0].model
}

@Suite("Attributes in scenarios")
struct ScenarioAttributeTests {
  @Test("kinds, units, given and correlated values are compiled as they are written")
  func kinds() throws {
    let model = try compiled(attributeText)
    #expect(
      model.attributes.map(\.name) == [
        "segment", "former", "amount", "channel", "income", "score", "vip", "known", "risk",
        "limitRisk",
      ])
    #expect(model.attributes[0].domain == .categories(["retail", "sme"]))
    guard case .drawn(.position(let shares)) = model.attributes[0].value else {
      Issue.record("no shares")
      return
    }
    #expect(shares.count == 2 && abs(shares[1] - 0.3) < 1e-12)
    guard case .given(0, let amounts) = model.attributes[2].value, amounts.count == 2,
      case .number(let sampler) = amounts[1]
    else {
      Issue.record("no draws")
      return
    }
    #expect(sampler.value(forUniform: 0.3) == 5_000)
    #expect(model.attributes[5].correlation?.attribute == 2)
    #expect(
      model.attributes[6].value
        == .given(
          attribute: 0,
          [
            .position(shares: [0.99, 0.01]), .position(shares: [0.9, 0.1]),
          ]))
    let check = model.stack.activities[0]
    #expect(check.updates.map(\.attribute) == [3, 5, 7])
    #expect(check.updates[2].draw == .position(shares: [0, 1]))
    #expect(model.stack.guardrails[0].condition == .compares(attribute: 2, .more, 3_000))
    #expect(model.stack.guardrails[0].firing == .probability(0.8))
    #expect(
      model.stack.priorityRules == [
        PriorityRule(
          .all([.compares(attribute: 6, .equal, 1), .compares(attribute: 2, .more, 2_000)]),
          priority: -1)
      ])
  }

  @Test("every value is recorded with its provenance")
  func provenance() throws {
    let scenario = try read(
      text(
        "branching: { decide: { approve: { value: amount > 5, assumed: a guess }, reject: otherwise } }"
      )
      .replacing("uniform 0 EUR 2000 EUR", with: "{ value: 700, measured: cases.csv, sample: 12 }"),
      branchingProcess())
    let amount = scenario.parameters.first { $0.path == "attributes.amount.number" }
    #expect(amount?.provenance == .measured && amount?.value == 700 && amount?.unit == "EUR")
    let branch = scenario.parameters.first { $0.path == "branching.decide.approve" }
    #expect(branch?.provenance == .assumed && branch?.text == "amount > 5" && branch?.value == nil)
  }

  @Test("urgency is a list of rules, of which the last may hold for all cases")
  func priorities() throws {
    let model = try compiled(
      text("priorities: [ { when: segment = sme, class: -1 }, { class: 4 } ]"))
    #expect(
      model.stack.priorityRules == [
        PriorityRule(.compares(attribute: 0, .equal, 1), priority: -1),
        PriorityRule(.always, priority: 4),
      ])
    expectProblem(
      in: text("priorities: [ { class: 4 }, ‹{ when: vip, class: 1 } ]"),
      "is never looked at: the rule before it holds for all cases", branchingProcess())
    expectProblem(
      in: text("priorities: [ { when: vip, class: ‹2000 } ]"), "out of range", branchingProcess())
  }

  @Test("wrong attributes are refused at their place")
  func wrongAttributes() {
    func expect(_ original: String, _ marked: String, _ message: String) {
      let base = text("")
      #expect(base.contains(original))
      expectProblem(in: base.replacing(original, with: marked), message, branchingProcess())
    }
    expect("vip: {", "‹not: {", "'not' cannot name an attribute")
    expect("vip: { share_true: 10 % }", "‹vip: { }", "it has none of them")
    expect(
      "vip: { share_true: 10 % }", "‹vip: { share_true: 10 %, number: 5 }",
      "it has number and share_true")
    expect("share_true: 10 %", "share_true: ‹110 %", "out of range")
    expect(
      "{ retail: 70 %, sme: 30 % }", "‹{ retail: 70 %, sme: 20 % }",
      "the shares of 'attributes.segment.categories' sum to 90 %")
    expect(
      "number: uniform 0 EUR 2000 EUR", "number: ‹uniform 0 USD 2000 EUR", "'USD'")
    expect(
      "vip: { share_true: 10 % }", "vip: { share_true: { given: ‹region, a: 1 % } }",
      "there is no such name; known are segment, amount")
    expect(
      "vip: { share_true: 10 % }", "vip: { share_true: { given: ‹amount, a: 1 % } }",
      "'amount' is a number; only categories, true and false can say")
    expect(
      "vip: { share_true: 10 % }",
      "vip: { share_true: { given: segment, ‹smee: 1 %, retail: 2 % } }",
      "'smee' is no value of 'segment'; did you mean 'sme'?")
    expect(
      "vip: { share_true: 10 % }", "vip: { share_true: ‹{ given: segment, sme: 1 % } }",
      "does not say what holds where 'segment' is 'retail'")
    expect(
      "vip: { share_true: 10 % }", "vip: { share_true: 1 %, unit: ‹EUR }",
      "stands at an attribute that is no number")
    expect(
      "vip: { share_true: 10 % }",
      "vip: { share_true: 1 %, correlation: { with: amount, rank: ‹1.5 } }", "out of range")
  }

  @Test("attributes cannot differ between variants")
  func variants() {
    expectProblem(
      in: text("variants: { as-is: { ‹attributes: { vip: { share_true: 5 % } } } }"),
      "'attributes'", branchingProcess())
  }
}

@Suite("Rules on attributes in scenarios")
struct ScenarioRuleTests {
  @Test("flows are looked at in the order of the BPMN file, whatever that of the scenario")
  func conditions() throws {
    let model = try compiled(
      text("branching: { decide: { reject: amount >= 0, good risk: vip } }"),
      branchingProcess())
    let rule = try #require(model.stack.branchingRules.first)
    let flows = rule.choices.map { model.flow.flowIDs[$0.flow] }
    #expect(flows == ["f3", "f4"] && rule.otherwise == nil)
    #expect(rule.choices[0].condition == .compares(attribute: 2, .equal, 1))
  }

  @Test("forecasts know what the conditions come to")
  func forecast() throws {
    let model = try compiled(
      text("branching: { decide: { approve: amount < 500, reject: otherwise } }"))
    let share = model.stack.flowProbabilities[model.flow.flowIDs.firstIndex(of: "f3") ?? 0]
    // A quarter of 4,096 cases: standard error √(0.25 · 0.75/4096) = 0.0068.
    #expect(abs(share - 0.25) < 3.29 * 0.0068)
  }

  @Test("a rule that leaves a case without a way is found before anything is run")
  func holes() {
    let found = #expect(throws: ScenarioErrors.self) {
      try compiled(text("branching: { decide: { approve: amount < 1, reject: amount > 1999 } }"))
    }
    let message = found?.problems.first?.message ?? ""
    #expect(message.contains("no condition or rule at 'decide' holds for case"), "\(message)")
    #expect(message.contains("segment = "), "\(message)")
  }

  @Test("shares beside conditions, missing flows and unknown names are refused at their place")
  func wrongRules() {
    func expect(_ marked: String, _ message: String) {
      expectProblem(in: text("branching: { \(marked) }"), message, branchingProcess())
    }
    expect(
      "decide: { approve: amount > 5, reject: ‹20 % }",
      "'branching.decide.reject' is the share `20 %` beside conditions")
    expect(
      "‹decide: { approve: amount > 5 }", "the flow 'f4' of the gateway 'decide' has no condition")
    expect(
      "decide: { approve: ‹amout > 5, reject: otherwise }",
      "'amout' is no attribute; did you mean 'amount'? (at character 1)")
    expect(
      "decide: { approve: otherwise, reject: ‹otherwise }", "has two flows for `otherwise`")
    expect("decide: ‹condition", "give the share or condition of each flow, or `conditions`")
    expect("‹decid: { approve: vip, reject: otherwise }", "did you mean 'decide'?")
    expectProblem(
      in: text("guardrails: { g: { raised_by: b, fires: { when: ‹amount > 5 USD } } }"),
      "'USD' is not the unit of 'amount'; it is in EUR", branchingProcess())
    expectProblem(
      in: text("").replacing(
        "time: 5 min }", with: "time: 5 min, sets: { segment: ‹smee } }"),
      "'smee' is no category of 'segment'; did you mean 'sme'?", branchingProcess())
    expectProblem(
      in: text("").replacing("time: 5 min }", with: "time: 5 min, sets: { ‹risc: low } }"),
      "'risc' is no attribute; did you mean 'risk'?", branchingProcess())
  }

  @Test("a gateway without attributes still asks for shares")
  func withoutAttributes() {
    expectProblem(
      in: smallScenario + "branching: { decide: { approve: ‹mostly, reject: 20 % } }\n",
      "'mostly' is no number", branchingProcess())
    expectProblem(
      in: smallScenario + "branching: { decide: { approve: ‹amount > 5, reject: otherwise } }\n",
      "the scenario declares none under 'attributes'", branchingProcess())
  }

  @Test("the BPMN file's own conditions are taken where the scenario says so")
  func ofTheProcess() throws {
    var process = branchingProcess()
    process.flows[2].condition = "${amount >= 10 && segment == 'sme'}"
    process.elements[2].defaultFlow = "f4"
    let rule = try #require(
      try compiled(text("branching: { decide: conditions }"), process).stack.branchingRules.first)
    #expect(
      rule.choices.map(\.condition) == [
        .all([.compares(attribute: 1, .atLeast, 10), .compares(attribute: 0, .equal, 1)])
      ])
    #expect(rule.otherwise != nil)
    process.flows[2].condition = "${riskLevel == 'red'}"
    let found = problems(text("branching: { decide: conditions }"), process)
    #expect(
      found.map(\.description).contains {
        $0.hasPrefix("branch.bpmn:1: the condition `${riskLevel == 'red'}` of the flow 'f3' is not")
          && $0.contains("'riskLevel' is no attribute")
      }, "\(found)")
    process.flows[2].condition = nil
    #expect(
      problems(text("branching: { decide: conditions }"), process).contains {
        $0.message.contains("'f3' of the gateway 'decide' has no condition in the BPMN file")
      })
  }
}

@Suite("Decision tables that steer cases")
struct DecisionSteeringTests {
  /// What the table says, by hand.
  private func byHand(_ amount: Double, _ segment: Int) -> (risk: Double, route: String) {
    if amount < 1_000 { return (0, "fast") }
    return segment == 0 ? (1, "manual") : (0, "committee")
  }

  @Test("the compiled rules say what the table says, for every input")
  func evaluation() throws {
    let model = try compiled(
      text(
        """
        branching:
          decide: { decision: risk-policy, output: route, approve: [fast, manual], reject: otherwise }
        """
      ).replacing("time: 5 min }", with: "time: 5 min, decides: Risk Policy risk-policy }"))
    let decision = try #require(model.stack.activities[0].decision)
    let rule = try #require(model.stack.branchingRules.first)
    #expect(decision.attributes == [3] && decision.hits == .unique && rule.hits == .unique)
    for amount in [0.0, 999, 1_000, 1_001, 5_000] {
      for segment in 0...1 {
        let ordered = [Double(segment), amount, 0, 0]
        let hand = byHand(amount, segment)
        let matching = decision.rules.filter { $0.condition.holds(for: ordered) }
        #expect(matching.map(\.values) == [[hand.risk]])
        let flow = rule.choices.first { $0.condition.holds(for: ordered) }?.flow ?? -1
        #expect(model.flow.flowIDs[flow] == (hand.route == "committee" ? "f4" : "f3"))
      }
    }
  }

  @Test("tables that cannot steer, or say what nobody asks for, are refused by name")
  func refused() {
    func expect(
      _ marked: String, _ message: String, _ tables: [DecisionTable] = policies(),
      sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
      do {
        _ = try read(
          text("branching: { decide: { \(marked) } }"), branchingProcess(), decisions: tables)
        Issue.record("it was read", sourceLocation: sourceLocation)
      } catch {
        #expect(
          error.problems.contains { $0.message.contains(message) }, "\(error)",
          sourceLocation: sourceLocation)
      }
    }
    expect(
      "decision: risk-polic, approve: fast", "there is no such name; did you mean 'risk-policy'?")
    expect("decision: risk-policy, approve: fast", "has several outputs (risk, route)")
    expect(
      "decision: risk-policy, output: route, approve: fsat, reject: otherwise",
      "which the decision 'Risk Policy risk-policy' never says; did you mean 'fast'?")
    expect(
      "decision: risk-policy, output: route, approve: fast, reject: manual",
      "can say `committee`, for which the gateway 'decide' has no flow")
    expect(
      "decision: risk-policy, output: route, approve: fast, reject: otherwise",
      "COLLECT, which cannot steer cases: it gives a list of outputs",
      [policyTable(hitPolicy: .collect)])
    expect(
      "decision: risk-policy, output: route, approve: fast, reject: otherwise",
      "compares dates, times or durations",
      [policyTable(rows: [("date(\"2020-01-01\")", "-", "low", "fast")])]
    )
    expect(
      "decision: risk-policy, output: route, approve: fast, reject: otherwise",
      "'corporate' is no category of 'segment'",
      [policyTable(rows: [("-", "\"corporate\"", "low", "fast")])])
    expect("decision: risk-policy, approve: fast", "there is none in what the scenario reads", [])
  }

  /// A threshold apart.
  ///
  /// Amounts above 20,000 and up to 25,000 are automatic by one table and manual by the other, where
  /// the score is 600 or more. Nothing else differs.
  @Test("the bank's two tables disagree as often as their thresholds say, and never once aligned")
  func contradiction() throws {
    let compiled = try compile(readScenario("limit-change.yaml"))
    let model = compiled.variants[0].model
    let amount = try Distribution.lognormal(mean: 15_000, coefficientOfVariation: 0.8)
    let score = try Distribution(.triangular(minimum: 350, mode: 680, maximum: 850))
    let expected = (amount.cdf(25_000) - amount.cdf(20_000)) * (1 - score.cdf(600))
    let flow = try #require(model.flow.flowIDs.firstIndex(of: "flow_contradiction"))
    let deviation = (expected * (1 - expected) / 4_096).squareRoot()
    #expect(abs(model.stack.flowProbabilities[flow] - expected) < 3.29 * deviation)
    #expect(compiled.variants[1].model.stack.flowProbabilities[flow] == 0)
  }

  @Test("outputs and attributes that are not there are refused where an output is redirected")
  func into() {
    func expect(_ marked: String, _ message: String) {
      let found = #expect(throws: ScenarioErrors.self) {
        try read(
          text("").replacing(
            "time: 5 min }",
            with: "time: 5 min, decides: { table: risk-policy, into: { \(marked) } } }"),
          branchingProcess(), decisions: policies())
      }
      #expect(found?.problems.contains { $0.message.contains(message) } == true, "\(marked)")
    }
    expect(
      "risc: risk",
      "'risc' is no output of the decision 'Risk Policy risk-policy'; did you mean 'risk'?")
    expect("risk: risc", "'risc' is no attribute; did you mean 'risk'?")
    expect("risk: vip", "'low' is neither true nor false, as 'vip' is")
  }

  @Test("a case that no rule fits goes the way of `otherwise`, or the scenario is refused")
  func otherwise() throws {
    let partial = [policyTable(rows: [("< 1000", "-", "high", "fast")])]
    let steered = "branching: { decide: { decision: risk-policy, output: route, approve: fast, "
    let model = try compiled(
      text(steered + "reject: otherwise } }"), decisions: partial)
    #expect(model.stack.branchingRules[0].otherwise != nil)
    let error = #expect(throws: ScenarioErrors.self) {
      try compiled(
        text("").replacing("time: 5 min }", with: "time: 5 min, decides: risk-policy }"),
        decisions: partial)
    }
    #expect(error?.problems.first?.message.contains("no condition or rule at 'check'") == true)
    let written = try compiled(
      text("").replacing(
        "time: 5 min }",
        with: "time: 5 min, decides: { table: risk-policy, otherwise: { risk: low } } }"),
      decisions: partial)
    #expect(written.stack.activities[0].decision?.otherwise == [0])
  }
}
