import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Expected visits of events, repetition and inclusive gateways") struct FlowExpectationTests {
  func visits(_ game: FlowGame) throws -> [String: Double] {
    let model = try game.model()
    let expectation = FlowExpectation(model: model, stack: model.stack)
    #expect(expectation.isFinite)
    return Dictionary(
      zip(model.flow.elementIDs, expectation.visits), uniquingKeysWith: { first, _ in first })
  }

  func expect(_ found: Double?, _ expected: Double, within tolerance: Double = 1e-9) {
    #expect(
      abs((found ?? .nan) - expected) <= tolerance, "\(String(describing: found)) \(expected)")
  }

  /// ½, ¼ and ⅕ on the condition that one is taken: divided by 0.7; what follows the join comes once.
  @Test("an inclusive block is passed once, its branches by their conditional shares")
  func inclusive() throws {
    var game = InclusiveGatewayTests().block(["split-A": 0.5, "split-B": 0.25, "split-C": 0.2])
    var found = try visits(game)
    expect(found["A"], 5.0 / 7)
    expect(found["B"], 2.5 / 7)
    expect(found["C"], 2.0 / 7)
    expect(found["Z"], 1)
    // With C the default: ½, ¼ and what neither takes, ⅜.
    game = InclusiveGatewayTests().block(["split-A": 0.5, "split-B": 0.25], standard: "split-C")
    found = try visits(game)
    expect(found["A"], 0.5)
    expect(found["C"], 0.375)
    expect(found["Z"], 1)
  }

  /// Rates 1/60, 1/30, 1/20: won by 1/6, 2/6, 3/6; to three digits.
  @Test("events win their race by their laws")
  func eventBased() throws {
    let found = try visits(
      CatchingEventTests().race([
        "timer": DelayModel(.exponential(mean: 60)),
        "message": DelayModel(.exponential(mean: 30)),
        "receive": DelayModel(.exponential(mean: 20)),
      ]))
    expect(found["A"], 1.0 / 6, within: 2e-3)
    expect(found["B"], 2.0 / 6, within: 2e-3)
    expect(found["C"], 3.0 / 6, within: 2e-3)
  }

  /// Work of exactly 60 s against an exponential timer of mean 100 s: 1 − e^(−0.6); beside it with ½.
  @Test("a boundary event takes the share of cases that it comes first in")
  func boundary() throws {
    let timer = DelayModel(.exponential(mean: 100))
    var found = try visits(BoundaryEventTests().game(.timer(.duration, nil), timer))
    let early = 1 - exponential(-0.6)
    expect(found["X"], early, within: 2e-3)
    expect(found["B"], 1 - early, within: 2e-3)
    let half = DelayModel(.exponential(mean: 100), probability: 0.5)
    found = try visits(
      BoundaryEventTests().game(.timer(.duration, nil), interrupting: false, half))
    expect(found["X"], early / 2, within: 2e-3)
    expect(found["B"], 1)
    var failing = BoundaryEventTests().game(.error(nil), DelayModel(.zero, probability: 0.1))
    failing.failing["A"] = 0.2
    found = try visits(failing)
    expect(found["X"], 0.2 + 0.8 * 0.1)
    expect(found["B"], 0.72)
  }

  @Test("what is thrown goes to whoever catches it")
  func thrown() throws {
    let tests = ThrownEventTests()
    var found = try visits(tests.game(throwing: .error("e"), caught: .error("e")))
    expect(found["X"], 1)
    expect(found["B"], 0)
    found = try visits(
      tests.game(
        throwing: .escalation("e"), asEnd: false, caught: .escalation(nil), interrupting: false))
    expect(found["X"], 1)
    expect(found["B"], 1)
    let handled = tests.withEventSubProcess(
      tests.game(throwing: .error("e"), caught: .error(nil)), .error("e"))
    found = try visits(handled)
    expect(found["H"], 1)
    expect(found["X"], 0)
    expect(found["B"], 1)
  }

  /// Again with ½ at most four times: 1.875; three instances in the mean.
  @Test("repeated activities come as often as they are repeated")
  func repetition() throws {
    let tests = RepetitionTests()
    var found = try visits(
      tests.game(.standard(condition: nil), RepetitionModel(again: 0.5, atMost: 4)))
    expect(found["A"], 1.875)
    expect(found["B"], 1)
    found = try visits(
      tests.game(
        .multiInstanceParallel(cardinality: nil),
        RepetitionModel(count: .of(.uniform(minimum: 0.5, maximum: 5.5)))))
    expect(found["A"], 3)
  }

  /// Of three instances that fail with 0.2 each, all succeed with 0.8³.
  ///
  /// One after the other, 1 + 0.8 + 0.8² are begun. A loop that goes on with ½ after success:
  /// 1 + 0.4 + 0.4² + 0.4³.
  @Test("what a failing instance interrupts goes the way of the failure")
  func failingInstances() throws {
    func found(
      _ loop: FlowElement.Loop, _ repetition: RepetitionModel
    ) throws -> [String: Double] {
      var game = RepetitionTests().game(loop, repetition)
      game.add("caught", .boundary(.error(nil), attachedTo: "A", interrupting: true))
      game.tasks("X")
      game.add("end2", .endEvent(.none))
      game.draw("caught X end2")
      game.failing["A"] = 0.2
      return try visits(game)
    }
    let three = RepetitionModel(count: .constant(3))
    var visited = try found(.multiInstanceSequential(cardinality: "3"), three)
    expect(visited["X"], 1 - 0.512)
    expect(visited["B"], 0.512)
    expect(visited["A"], 2.44)
    visited = try found(.multiInstanceParallel(cardinality: "3"), three)
    expect(visited["X"], 1 - 0.512)
    expect(visited["B"], 0.512)
    expect(visited["A"], 3)
    visited = try found(.standard(condition: nil), RepetitionModel(again: 0.5, atMost: 4))
    expect(visited["A"], 1.624)
    expect(visited["X"], 0.2 * 1.624)
    expect(visited["B"], 1 - 0.2 * 1.624)
  }

  /// A has 60 s to go, of which all are owed, and the sub-process behind it 70 s by expectation.
  @Test("a sub-process still to come is owed with everything in it")
  func owedSubProcess() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A")
    game.add("sub", .subProcess(.embedded))
    game.add("in", .startEvent(.none), in: "sub")
    game.tasks("S", in: "sub")
    game.add("many", .task(.user), in: "sub", loop: .multiInstanceSequential(cardinality: "2"))
    game.add("end", .endEvent(.none))
    game.draw("start A sub end, in S many")
    game.seconds = ["A": 60, "S": 30, "many": 20]
    game.repetitions["many"] = RepetitionModel(count: .constant(2))
    var model = try game.model()
    model.timeline.followUp = 20 * second
    let cohort = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
    #expect(cohort.completed == 0)
    #expect(cohort.taskTime == 130 * second)
    // At 100 s the first of the two instances is in hand (20 s), the second is still to come (20 s).
    model.timeline.followUp = 100 * second
    let later = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
    #expect(later.completed == 0)
    #expect(later.taskTime == 130 * second)
  }

  /// The arithmetic and the simulation are two independent ways to the same number.
  @Test("the expected work lies in the interval of the simulated")
  func agreesWithSimulation() throws {
    var game = InclusiveGatewayTests().block(["split-A": 0.5, "split-B": 0.25, "split-C": 0.2])
    game.elements[game.elements.firstIndex { $0.id == "A" } ?? 0].loop = .standard(condition: nil)
    game.repetitions["A"] = RepetitionModel(again: 0.4, atMost: 5)
    game.add("caught", .boundary(.error(nil), attachedTo: "B", interrupting: true))
    game.tasks("X")
    game.draw("caught X join")
    game.events["caught"] = DelayModel(.zero, probability: 0.3)
    var model = try game.model(cases: 2_000)
    model.timeline.cohortLength = model.timeline.horizon
    let work = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 9, replication: replication).cohorts[0]
      return Double(cohort.taskTime) / Double(cohort.arrived) / 1e6
    }
    let expectation = FlowExpectation(model: model, stack: model.stack)
    let expected = ExpectedLoad(
      model: model, stack: model.stack, expectation: expectation, at: 0
    ).teamSeconds.reduce(0, +)
    let interval = interval999(work)
    #expect(interval.contains(expected), "\(expected) \(interval)")
  }
}
