import EventEngine
import ProcessModel
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// A process that parts: `start > check > gw ◇ > (long | short) > end`.
///
/// One kind of clerk in any number; `long` takes 100 s,
/// `short` 10 s and `check` nothing. Cases come every second.
private func splitModel(
  _ attributes: [AttributeModel], rule: (FlowGraph) -> BranchingRule
) throws -> SimulationModel {
  let flow = try FlowGraph(
    process(
      [
        ("start", .startEvent(.none)), ("check", .task(.user)), ("gw", .gateway(.exclusive)),
        ("long", .task(.user)), ("short", .task(.user)), ("end", .endEvent(.none)),
      ],
      [
        ("start", "check"), ("check", "gw"), ("gw", "long"), ("gw", "short"), ("long", "end"),
        ("short", "end"),
      ]))
  var model = try queueModel(
    rate: 1, servers: 300, service: .constant(0), runIn: 0, horizon: 2_001 * second,
    pattern: .regular)
  model.flow = flow
  model.attributes = attributes
  model.stack.activities = flow.activities.indices.map { index in
    let times: [String: Double] = ["check": 0, "long": 100, "short": 10]
    let time = times[flow.activityID(index)] ?? 0
    return ActivityModel(team: 0, handlingTime: .constant(time))
  }
  model.stack.flowProbabilities = flow.flowIDs.map { $0.hasPrefix("gw") ? 0.5 : 1 }
  model.stack.branchingRules = [rule(flow)]
  return model
}

extension FlowGraph {
  fileprivate func flow(_ id: String) -> Int { flowIDs.firstIndex(of: id) ?? -1 }
  fileprivate func node(_ id: String) -> Int { elementIDs.firstIndex(of: id) ?? -1 }
}

private let amount = AttributeModel.number("amount", .uniform(minimum: 0, maximum: 100))

@Suite("Rules on attributes") struct CaseRuleTests {
  @Test("the compiled condition says what the condition says", arguments: 0..<400 as Range<UInt64>)
  func programs(seed: UInt64) throws {
    var model = try attributedModel(generatedAttributes())
    let condition = generatedCondition(seed: seed, attributes: model.attributes)
    model.stack.priorityRules = [PriorityRule(condition, priority: 7)]
    var run = Replication(model: model, seed: seed, replication: 0, observer: NoObserver())
    for ordinal in 1...30 {
      let slot = run.cases.take()
      run.cases[slot].ordinal = UInt32(ordinal)
      run.drawAttributes(of: slot)
      let values = model.attributes.indices.map { run.attributes.values[slot, $0] }
      #expect((run.caseClass(of: slot) == 7) == condition.holds(for: values), "\(values)")
    }
  }

  /// The attributes tell for each case which way it goes, and so all the work to the microsecond.
  @Test("an exclusive gateway takes the first flow whose condition holds, else the default")
  func branching() throws {
    let model = try splitModel([amount]) { flow in
      BranchingRule(
        node: flow.node("gw"),
        choices: [
          .init(.compares(attribute: 0, .more, 70), flow: flow.flow("gw-long")),
          // Never looked at where the first holds.
          .init(.compares(attribute: 0, .more, 90), flow: flow.flow("gw-short")),
        ], otherwise: flow.flow("gw-short"))
    }
    let record = try runReplication(of: model, seed: 5, replication: 0)
    let amounts = attributeValues(of: model, cases: 2_000).map { $0[0] }
    #expect(record.cohorts[0].arrived == 2_000 && record.cohorts[0].completed == 2_000)
    let expected = amounts.reduce(Int128(0)) { $0 + Int128($1 > 70 ? 100 : 10) * Int128(second) }
    #expect(Int128(record.cohorts[0].taskTime) == expected)
  }

  @Test("a case for which no condition holds ends the run with an error that names it")
  func noRule() throws {
    let model = try splitModel([amount]) { flow in
      BranchingRule(
        node: flow.node("gw"),
        choices: [.init(.compares(attribute: 0, .less, 50), flow: flow.flow("gw-long"))])
    }
    let amounts = attributeValues(of: model, cases: 100).map { $0[0] }
    let first = try #require(amounts.firstIndex { $0 >= 50 })
    #expect(
      throws: SimulationError.noRuleHolds(
        element: "gw", caseOrdinal: UInt32(first + 1), attributes: "amount = \(amounts[first])")
    ) { try runReplication(of: model, seed: 5, replication: 0) }
    #expect(throws: SimulationError.self) { try model.withForecastShares() }
  }

  @Test("rules of which only one may hold, or which must agree, are held to it")
  func hitPolicies() throws {
    func model(_ hits: RuleHits, second: String) throws -> SimulationModel {
      try splitModel([amount]) { flow in
        BranchingRule(
          node: flow.node("gw"),
          choices: [
            .init(.compares(attribute: 0, .atLeast, 0), flow: flow.flow("gw-long")),
            .init(.compares(attribute: 0, .more, 50), flow: flow.flow(second)),
          ], hits: hits)
      }
    }
    func isRefused(_ model: SimulationModel) -> Bool {
      do {
        _ = try runReplication(of: model, seed: 5, replication: 0)
        return false
      } catch {
        if case .severalRulesHold("gw", _, _) = error { return true }
        return false
      }
    }
    #expect(try isRefused(model(.unique, second: "gw-long")))
    #expect(try isRefused(model(.any, second: "gw-short")))
    #expect(try !isRefused(model(.any, second: "gw-long")))
    #expect(try !isRefused(model(.first, second: "gw-short")))
  }

  /// `done` is false on arrival, and each visit to the work makes it true with probability ¼: visits are
  /// geometric with mean 4 and variance 12.
  @Test("an activity changes an attribute, each time anew, and the gateway behind it sees that")
  func updates() throws {
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("merge", .gateway(.exclusive)), ("work", .task(.user)),
          ("gw", .gateway(.exclusive)), ("end", .endEvent(.none)),
        ],
        [
          ("start", "merge"), ("merge", "work"), ("work", "gw"), ("gw", "end"), ("gw", "merge"),
        ]))
    var model = try queueModel(
      rate: 1, servers: 300, service: .constant(1), runIn: 0, horizon: 2_001 * second,
      pattern: .regular)
    model.flow = flow
    model.attributes = [
      AttributeModel(name: "done", domain: .boolean, value: .drawn(.constant(0)))
    ]
    model.stack.activities[0].updates = [
      AttributeUpdate(attribute: 0, draw: .position(shares: [0.75, 0.25]))
    ]
    model.stack.flowProbabilities = flow.flows.map { _ in 1 }
    model.stack.branchingRules = [
      BranchingRule(
        node: flow.node("gw"),
        choices: [.init(.compares(attribute: 0, .equal, 1), flow: flow.flow("gw-end"))],
        otherwise: flow.flow("gw-merge"))
    ]
    let visits = try (0..<10).map { replication in
      let cohort = try runReplication(of: model, seed: 9, replication: replication).cohorts[0]
      return Double(cohort.taskTime) / Double(cohort.arrived) / 1e6
    }
    let interval = interval999(visits)
    #expect(interval.contains(4), "\(interval)")
    // The forecast's 4,096 cases: standard error √(12/4096) = 0.054.
    let stack = try model.withForecastShares().stack
    let forecast = FlowExpectation(flow: flow, probabilities: stack.flowProbabilities)
    #expect(abs(forecast.visits[flow.node("work")] - 4) < 3.29 * 0.0542)
    // Always true: once through, and no time but the second of work.
    model.stack.activities[0].updates = [AttributeUpdate(attribute: 0, draw: .constant(1))]
    let once = try runReplication(of: model, seed: 9, replication: 0).cohorts[0]
    #expect(once.taskTime == Int64(once.arrived) * second)
  }

  /// Two rules and what is said otherwise.
  ///
  /// The table: amount < 30 → a; < 60 → b; else otherwise, which is c. Category c takes the long way.
  @Test("a decision writes the attributes of the first rule that holds, as evaluated by hand")
  func decisions() throws {
    var model = try splitModel([
      amount,
      AttributeModel(
        name: "class", domain: .categories(["a", "b", "c"]), value: .drawn(.constant(0))),
    ]) { flow in
      BranchingRule(
        node: flow.node("gw"),
        choices: [.init(.compares(attribute: 1, .equal, 2), flow: flow.flow("gw-long"))],
        otherwise: flow.flow("gw-short"))
    }
    model.stack.activities[0].decision = DecisionModel(
      name: "table", attributes: [1],
      rules: [
        DecisionModel.Rule(.compares(attribute: 0, .less, 30), values: [0]),
        DecisionModel.Rule(.compares(attribute: 0, .less, 60), values: [1]),
      ], otherwise: [2])
    let record = try runReplication(of: model, seed: 5, replication: 0)
    let byHand = attributeValues(of: model, cases: 2_000).reduce(Int64(0)) {
      $0 + ($1[0] < 60 ? 10 : 100) * second
    }
    #expect(record.cohorts[0].taskTime == byHand)
    model.stack.activities[0].decision?.otherwise = nil
    #expect(throws: SimulationError.self) {
      try runReplication(of: model, seed: 5, replication: 0)
    }
    model.stack.activities[0].decision?.hits = .unique
    model.stack.activities[0].decision?.rules[1].condition = .always
    #expect(throws: SimulationError.self) {
      try runReplication(of: model, seed: 5, replication: 0)
    }
  }

  @Test("a guardrail with a condition fires for the cases it holds for, and for no other")
  func firing() throws {
    var model = try splitModel([amount]) { flow in
      BranchingRule(
        node: flow.node("gw"), choices: [.init(.always, flow: flow.flow("gw-short"))])
    }
    model.stack.automations = [AutomationModel(name: "bot", runners: 9, runTime: .zero)]
    model.stack.activities[0].automation = 0
    model.stack.guardrails = [
      GuardrailModel(
        name: "large", raisedBy: 0, afterActivity: 0, firing: .probability(1), teams: [0],
        reviewTime: .constant(60), condition: .compares(attribute: 0, .atLeast, 80))
    ]
    let amounts = attributeValues(of: model, cases: 2_000).map { $0[0] }
    let large = amounts.count { $0 >= 80 }
    let record = try runReplication(of: model, seed: 5, replication: 0)
    #expect(record.guardrails[0].evaluated == 2_000)
    #expect(record.guardrails[0].fired == large && record.guardrails[0].tickets == large)
    // One in five of the forecast's 4,096 cases: standard error √(0.2 · 0.8/4096) = 0.00625.
    let forecast = try model.withForecastShares().stack
    #expect(abs(forecast.guardrails[0].conditionShare - 0.2) < 3.29 * 0.00625)
    let expectation = FlowExpectation(
      flow: model.flow, probabilities: forecast.flowProbabilities)
    let load = ExpectedLoad(model: model, stack: forecast, expectation: expectation, at: 0)
    #expect(abs(load.teamSeconds[0] - (10 + 60 * 0.2)) < 60 * 3.29 * 0.00625)
    // The probability still counts where the condition holds.
    model.stack.guardrails[0].firing = .probability(0)
    #expect(try runReplication(of: model, seed: 5, replication: 0).guardrails[0].fired == 0)
  }

  @Test("the class of a case follows the first rule that holds with the attributes it has now")
  func urgency() throws {
    var model = try attributedModel([amount])
    model.stack.priorityRules = [
      PriorityRule(.compares(attribute: 0, .more, 90), priority: -5),
      PriorityRule(.compares(attribute: 0, .more, 50), priority: 3),
    ]
    var run = Replication(model: model, seed: 1, replication: 0, observer: NoObserver())
    let slot = run.cases.take()
    run.drawAttributes(of: slot)
    for (value, expected) in [(95.0, -5), (90, 3), (50, 0), (-1, 0)] {
      run.attributes.values[slot, 0] = value
      #expect(run.caseClass(of: slot) == Int32(expected))
    }
    // Work without a case has no attributes: no rule holds for it, not even one that holds for all.
    model.stack.priorityRules = [PriorityRule(.always, priority: 4)]
    let all = Replication(model: model, seed: 1, replication: 0, observer: NoObserver())
    #expect(all.caseClass(of: slot) == 4 && all.caseClass(of: -1) == 0)
    let minusZero = slot
    run.attributes.values[minusZero, 0] = -0.0
    let key = run.similarityKey(of: slot, attribute: 0)
    run.attributes.values[slot, 0] = 0
    #expect(run.similarityKey(of: slot, attribute: 0) == key)
    run.attributes.values[slot, 0] = 1
    #expect(run.similarityKey(of: slot, attribute: 0) != key)
  }

  /// One question asked twice.
  ///
  /// Two gateways that ask the same: shares multiplied gateway by gateway would be wrong, visits counted
  /// along the walk are not. Where neither shares nor draws are asked for, forecasts leave a model alone.
  @Test("expected visits know that two gateways ask the same")
  func dependentGateways() throws {
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("g1", .gateway(.exclusive)), ("a", .task(.user)),
          ("m1", .gateway(.exclusive)), ("g2", .gateway(.exclusive)), ("b", .task(.user)),
          ("end", .endEvent(.none)),
        ],
        [
          ("start", "g1"), ("g1", "a"), ("g1", "m1"), ("a", "m1"), ("m1", "g2"), ("g2", "b"),
          ("g2", "end"), ("b", "end"),
        ]))
    var model = try attributedModel([amount])
    model.flow = flow
    model.stack.activities = flow.activities.map { _ in model.stack.activities[0] }
    model.stack.flowProbabilities = flow.flows.map { _ in 0.5 }
    let unruled = try model.withForecastShares()
    #expect(unruled.stack.flowProbabilities == model.stack.flowProbabilities)
    model.stack.branchingRules = [("g1", "a", "m1"), ("g2", "b", "end")].map { gateway, yes, no in
      BranchingRule(
        node: flow.node(gateway),
        choices: [
          .init(.compares(attribute: 0, .more, 50), flow: flow.flow("\(gateway)-\(yes)"))
        ], otherwise: flow.flow("\(gateway)-\(no)"))
    }
    let stack = try model.withForecastShares().stack
    let visits = FlowExpectation(flow: flow, probabilities: stack.flowProbabilities).visits
    #expect(visits[flow.node("a")] == visits[flow.node("b")])
    #expect(abs(visits[flow.node("a")] - 0.5) < 3.29 * (0.25 / 4096).squareRoot())
  }
}
