import ProcessModel
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

private let amount = AttributeModel.number("amount", .uniform(minimum: 0, maximum: 100))

extension SimulationModel {
  func flow(_ id: String) -> Int { flow.flowIDs.firstIndex(of: id) ?? -1 }
  func node(_ id: String) -> Int { flow.elementIDs.firstIndex(of: id) ?? -1 }

  /// A choice of a flow for amounts above a bound.
  func above(_ bound: Double, _ id: String) -> BranchingRule.Choice {
    BranchingRule.Choice(.compares(attribute: 0, .more, bound), flow: flow(id))
  }
}

@Suite("Conditions at inclusive gateways and on flows out of activities")
struct ConditionalFlowTests {
  /// The block of `InclusiveGatewayTests` (A 60 s, B 120 s, C 180 s, then Z 10 s): A above 10, B above 40,
  /// and C above 60 or, with a default, where neither A nor B is.
  private func block(
    amount value: Double? = nil, cases: Int = 1, standard: Bool = false
  ) throws -> SimulationModel {
    var model = try InclusiveGatewayTests().block([:], standard: standard ? "split-C" : nil)
      .model(cases: cases)
    model.attributes = [
      value.map { .init(name: "amount", domain: .number, value: .drawn(.constant($0))) } ?? amount
    ]
    var rule = BranchingRule(
      node: model.node("split"),
      choices: [model.above(10, "split-A"), model.above(40, "split-B")], takesAll: true)
    if standard {
      rule.otherwise = model.flow("split-C")
    } else {
      rule.choices.append(model.above(60, "split-C"))
    }
    model.stack.branchingRules = [rule]
    return model
  }

  @Test("every flow whose condition holds is taken, and the join waits for these alone")
  func split() throws {
    #expect(
      try FlowGame.play(block(amount: 50)) == ["A 0-60", "B 0-120", "Z 120-130", "done 130"])
    #expect(
      try FlowGame.play(block(amount: 70))
        == ["A 0-60", "B 0-120", "C 0-180", "Z 180-190", "done 190"])
    #expect(try FlowGame.play(block(amount: 20)) == ["A 0-60", "Z 60-70", "done 70"])
  }

  @Test("the default flow is taken where no condition holds, and then alone")
  func standard() throws {
    #expect(
      try FlowGame.play(block(amount: 5, standard: true)) == ["C 0-180", "Z 180-190", "done 190"])
    #expect(
      try FlowGame.play(block(amount: 70, standard: true))
        == ["A 0-60", "B 0-120", "Z 120-130", "done 130"])
  }

  @Test("a case for which no condition holds, without a default, ends the run and the forecast")
  func noneHolds() throws {
    let expected = SimulationError.noRuleHolds(
      element: "split", caseOrdinal: 1, attributes: "amount = 5.0")
    let model = try block(amount: 5)
    #expect(throws: expected) { try FlowGame.play(model) }
    #expect(throws: expected) { try model.withForecastShares() }
  }

  /// Of 2,000 cases every one's way follows from its amount, and so all the work to the microsecond.
  @Test("the work of all cases is what their attributes say")
  func allCases() throws {
    var model = try block(cases: 2_000, standard: true)
    model.timeline.cohortLength = model.timeline.horizon
    let cohort = try runReplication(of: model, seed: 5, replication: 0).cohorts[0]
    #expect(cohort.arrived == 2_000 && cohort.completed == 2_000)
    let expected = attributeValues(of: model, cases: 2_000).map { $0[0] }.reduce(Int64(0)) {
      let seconds: Int64 = $1 > 40 ? 60 + 120 : $1 > 10 ? 60 : 180
      return $0 + (seconds + 10) * second
    }
    #expect(cohort.taskTime == expected)
  }

  /// P(A) = 0.9, P(B) = 0.6 and P(C) = 0.1; A is taken wherever B is, which independent draws would not
  /// know, and what follows the join comes once.
  @Test("forecasts count each flow's share, however the flows depend on one another")
  func forecast() throws {
    let model = try block(standard: true).withForecastShares()
    let visits = FlowExpectation(model: model, stack: model.stack).visits
    for (id, share) in [("A", 0.9), ("B", 0.6), ("C", 0.1)] {
      let bound = 3.29 * (share * (1 - share) / 4_096).squareRoot()
      #expect(abs(visits[model.node(id)] - share) < bound, "\(id) \(visits[model.node(id)])")
    }
    #expect(abs(visits[model.node("A")] + visits[model.node("C")] - 1) < 1e-12)
    #expect(abs(visits[model.node("Z")] - 1) < 1e-12)
  }

  /// T 60 s, then A (10 s) or B (20 s) by conditions, C (30 s) where neither holds, and D (40 s) always.
  private func activity(amount: Double, loop: FlowElement.Loop? = nil) throws -> SimulationModel {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("T", .task(.user), loop: loop, standard: "T-C")
    game.tasks("A B C D")
    game.add("end", .endEvent(.none))
    game.draw("start T")
    game.draw("T A, T B", condition: "x")
    game.draw("T C end, T D end, A end, B end")
    game.seconds = ["A": 10, "B": 20, "C": 30, "D": 40]
    game.repetitions["T"] = RepetitionModel(count: .constant(2))
    var model = try game.model()
    model.attributes = [
      .init(name: "amount", domain: .number, value: .drawn(.constant(amount)))
    ]
    model.stack.branchingRules = [
      BranchingRule(
        node: model.flow.flows.indices.contains(model.flow("T-A"))
          ? model.node(loop == nil ? "T" : "T (repeated)") : -1,
        choices: [model.above(10, "T-A"), model.above(40, "T-B")], otherwise: model.flow("T-C"),
        takesAll: true)
    ]
    return model
  }

  @Test("flows out of an activity are taken by their conditions, beside those that have none")
  func implicitSplit() throws {
    #expect(
      try FlowGame.play(activity(amount: 50))
        == ["T 0-60", "A 60-70", "B 60-80", "D 60-100", "done 100"])
    #expect(
      try FlowGame.play(activity(amount: 5)) == ["T 0-60", "C 60-90", "D 60-100", "done 100"])
    let repeated = try activity(amount: 50, loop: .multiInstanceSequential(cardinality: "2"))
    #expect(
      try FlowGame.play(repeated)
        == ["T 0-60", "T 60-120", "A 120-130", "B 120-140", "D 120-160", "done 160"])
  }

  @Test(
    "without a default an activity goes on by the flows that have no condition, or the run ends")
  func withoutDefault() throws {
    var model = try activity(amount: 5, loop: .multiInstanceSequential(cardinality: "2"))
    model.stack.branchingRules[0].otherwise = nil
    #expect(
      try FlowGame.play(model) == ["T 0-60", "T 60-120", "D 120-160", "done 160"])
    // Not one flow without a condition: the activity is named, not the node that repeats it.
    for index in model.flow.flows.indices where model.flow.flowIDs[index].hasPrefix("T-") {
      model.flow.flows[index].role = .conditional
    }
    #expect(
      throws: SimulationError.noRuleHolds(
        element: "T", caseOrdinal: 1, attributes: "amount = 5.0")
    ) { try FlowGame.play(model) }
  }

  @Test("a table that names one flow takes one, and is held to its hit policy")
  func oneFlow() throws {
    var model = try block(amount: 50)
    model.stack.branchingRules[0].takesAll = false
    #expect(try FlowGame.play(model) == ["A 0-60", "Z 60-70", "done 70"])
    model.stack.branchingRules[0].hits = .unique
    #expect(
      throws: SimulationError.severalRulesHold(
        element: "split", caseOrdinal: 1, attributes: "amount = 50.0")
    ) { try FlowGame.play(model) }
  }
}
