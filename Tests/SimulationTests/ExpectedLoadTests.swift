import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Expected load") struct ExpectedLoadTests {
  /// start > check > again? (¼ back to check) > fork > (left, right) > join > end.
  func loopAndFork() throws -> FlowGraph {
    try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("check", .task(.user)),
          ("again", .gateway(.exclusive)), ("fork", .gateway(.parallel)),
          ("left", .task(.user)), ("right", .task(.user)), ("join", .gateway(.parallel)),
          ("file", .task(.user)), ("end", .endEvent(.none)),
        ],
        [
          ("start", "check"), ("check", "again"), ("again", "check"), ("again", "fork"),
          ("fork", "left"), ("fork", "right"), ("left", "join"), ("right", "join"),
          ("join", "file"), ("file", "end"),
        ]))
  }

  /// A loop taken with probability ¼ is passed 1/(1 − ¼) = 4/3 times; a join acts once for its two tokens.
  @Test("visits follow loops and joins")
  func visits() throws {
    let flow = try loopAndFork()
    let probabilities = flow.flowIDs.map {
      $0 == "again-check" ? 0.25 : $0 == "again-fork" ? 0.75 : 1
    }
    let expectation = FlowExpectation(flow: flow, probabilities: probabilities)
    func visits(_ id: String) -> Double {
      flow.elementIDs.firstIndex(of: id).map { expectation.visits[$0] } ?? .nan
    }
    #expect(expectation.isFinite)
    #expect(abs(visits("check") - 4.0 / 3) < 1e-9)
    #expect(abs(visits("left") - 1) < 1e-9 && abs(visits("right") - 1) < 1e-9)
    #expect(abs(visits("join") - 2) < 1e-9)
    #expect(abs(visits("file") - 1) < 1e-9)
  }

  @Test("a loop that is never left has no finite visits")
  func endless() throws {
    let flow = try loopAndFork()
    let probabilities = flow.flowIDs.map { $0 == "again-check" ? 1.0 : $0 == "again-fork" ? 0 : 1 }
    #expect(!FlowExpectation(flow: flow, probabilities: probabilities).isFinite)
  }

  /// Iteration alone would take a million sweeps: 1/(1 − 0.9999) = 10,000 passes.
  @Test("a loop that is left once in ten thousand times has its visits")
  func rareExit() throws {
    let flow = try loopAndFork()
    let probabilities = flow.flowIDs.map {
      $0 == "again-check" ? 0.9999 : $0 == "again-fork" ? 0.0001 : 1
    }
    let expectation = FlowExpectation(flow: flow, probabilities: probabilities)
    #expect(expectation.isFinite)
    let visits = Dictionary(
      zip(flow.elementIDs, expectation.visits), uniquingKeysWith: { first, _ in first })
    #expect(abs((visits["check"] ?? 0) / 10_000 - 1) < 1e-6)
    #expect(abs((visits["join"] ?? 0) - 2) < 1e-6 && abs((visits["file"] ?? 0) - 1) < 1e-6)
  }

  /// The arithmetic and the simulation are two independent ways to the same number.
  @Test("the expected work of a case lies in the interval of the simulated", arguments: [1.0, 0.6])
  func agreesWithSimulation(share: Double) throws {
    let flow = try loopAndFork()
    var stack = StackModel(
      name: "tried",
      teams: [
        TeamModel(
          name: "clerks", people: Array(repeating: .init(calendar: 0, hourlyCost: 1), count: 40)),
        TeamModel(
          name: "reviewers", people: Array(repeating: .init(calendar: 0, hourlyCost: 1), count: 40)),
      ],
      automations: [
        AutomationModel(
          name: "agent", runners: 50, runTime: .constant(1), failureProbability: 0.3, retries: 1,
          backoff: 10 * second)
      ],
      activities: flow.activities.map { _ in
        ActivityModel(team: 0, handlingTime: .exponential(mean: 60))
      },
      guardrails: [
        GuardrailModel(
          name: "limit", raisedBy: 0, afterActivity: 1, replacesActivity: 3,
          firing: .probability(0.4), teams: [1], reviewTime: .exponential(mean: 120),
          contextPerAutomation: 30 * second,
          reevaluation: ReevaluationModel(unnecessary: 0.25, check: second, falsePass: 0.1))
      ],
      flowProbabilities: flow.flowIDs.map {
        $0 == "again-check" ? 0.25 : $0 == "again-fork" ? 0.75 : 1
      })
    // The left branch, which every case takes once: in a loop the arithmetic is not exact.
    stack.activities[1].automation = 0
    stack.activities[1].automationShare = share
    var model = try queueModel(
      rate: 0.05, servers: 1, service: .constant(1), runIn: 0, horizon: 10 * day)
    model.flow = flow
    model.stack = stack
    let simulated = try (0..<12).map { replication in
      let cohort = try runReplication(of: model, seed: 2, replication: replication).cohorts[0]
      return Double(cohort.humanTime) / Double(cohort.arrived) / 1e6
    }
    let expectation = FlowExpectation(flow: flow, probabilities: stack.flowProbabilities)
    let expected = ExpectedLoad(model: model, stack: stack, expectation: expectation, at: 0)
      .teamSeconds.reduce(0, +)
    let interval = interval999(simulated)
    #expect(interval.contains(expected), "\(expected) \(interval)")
  }
}
