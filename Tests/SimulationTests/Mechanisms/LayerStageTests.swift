import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// An orchestration layer that comes with a stage of a rollout.
///
/// 24 cases a day for 10 days; an activity takes the automation 10 s.
@Suite("A layer that comes with a stage") struct LayerStageTests {
  func run(_ model: SimulationModel) throws -> ReplicationRecord {
    let run = try watchedRun(model)
    #expect(run.violations == [])
    return run.record
  }

  func layered(
    _ stages: [RolloutStage], comesWith stage: Int?, change: RolloutChange? = nil, tasks: Int = 1,
    layer: LayerModel? = nil
  ) throws -> SimulationModel {
    var rollout = RolloutModel(stages: stages, change: change)
    rollout.layerStage = stage
    var model = try rolloutModel(rollout, tasks: tasks)
    model.stack.layer =
      layer ?? LayerModel(name: "hub", latency: 0, concurrent: 50, costPerHop: 1e5)
    return model
  }

  func hops(_ record: ReplicationRecord) -> Double {
    Double(record.cohorts[0].cost[CostComponent.orchestration.rawValue]) / 1e5
  }

  /// It is there on the hour of day 3: 7 days of 24 cases go through it.
  @Test("it works from its stage on, and counts its time from there")
  func comes() throws {
    let record = try run(
      try layered([stage("all", share: 1, days: 3), stage("layer", share: 1)], comesWith: 1))
    #expect(hops(record) == 168)
    #expect(record.automationRuns == [240])
    let rollout = try #require(record.rollout)
    #expect(rollout.layerBegan == 3 * day && rollout.layerTime == 7 * day)
    #expect(record.times(.layerBegun) == 1)
  }

  @Test("a stage that is never reached leaves the run as it is without a layer")
  func never() throws {
    let stages = [stage("all", share: 1, days: 30), stage("layer", share: 1)]
    let with = try run(try layered(stages, comesWith: 1))
    var model = try layered(stages, comesWith: nil)
    model.stack.layer = nil
    let without = try run(model)
    #expect(with.cohorts == without.cohorts && with.automationRuns == without.automationRuns)
    #expect(with.totalCost == without.totalCost)
    #expect(with.rollout?.layerBegan == -1 && with.rollout?.layerTime == 0)
  }

  /// Two moves of a day each, side by side, end on day 1.
  ///
  /// Two connections of half that begin on day 4 and
  /// end on day 4.5: (240 − 108) cases of two activities go through the layer.
  @Test("what has moved without it is connected first, which is work")
  func connecting() throws {
    var change = RolloutChange(team: 1, work: .constant(86_400))
    change.connecting = 0.5
    let record = try run(
      try layered(
        [stage("all", share: 1, days: 4), stage("layer", share: 1)], comesWith: 1, change: change,
        tasks: 2))
    #expect(record.rollout?.layerBegan == 4 * day + day / 2)
    #expect(hops(record) == 264)
    #expect(record.times(.activityConnected) == 2 && record.times(.activityMoved) == 2)
    #expect(record.timeBesideCases == 3 * day)
  }

  /// With a limit of one the second connection ends on day 5.
  @Test("connections keep the limit on moves")
  func limit() throws {
    var change = RolloutChange(team: 1, work: .constant(86_400), limit: 1)
    change.connecting = 0.5
    let record = try run(
      try layered(
        [stage("all", share: 1, days: 4), stage("layer", share: 1)], comesWith: 1, change: change,
        tasks: 2))
    #expect(record.rollout?.layerBegan == 5 * day)
  }

  /// The second move, by when the layer is there, takes half of the first: day 3 and a half.
  @Test("moves are learnt with the layer once it is there")
  func learning() throws {
    var stages = [
      stage("first", share: 1, days: 3), stage("second", share: 1),
    ]
    stages[0].activities = [0]
    stages[1].activities = [1]
    var change = RolloutChange(team: 1, work: .constant(86_400))
    change.learning = 0.5
    let record = try run(try layered(stages, comesWith: 1, change: change, tasks: 2))
    #expect(record.automationRuns == [216, 156])
    stages[1].length = .constant(30 * 86_400)
    let late = try run(
      try layered(stages + [stage("layer", share: 1)], comesWith: 2, change: change, tasks: 2))
    #expect(late.automationRuns == [216, 144])
  }

  /// It retries what fails for certain: as long as it is away, people take over at once.
  @Test("what it does about failures begins with it")
  func recovery() throws {
    var layer = LayerModel(name: "hub", latency: 0, concurrent: 50)
    layer.recovery = RecoveryModel(retries: 2)
    var model = try layered(
      [stage("all", share: 1, days: 3), stage("layer", share: 1)], comesWith: 1, layer: layer)
    model.stack.automations[0].failureProbability = 1
    let record = try run(model)
    #expect(record.times(.layerRetry) == 2 * 168)
    #expect(record.automationRuns == [72 + 3 * 168])
  }

  /// Moves end on days 1 and 2.
  ///
  /// The layer's stage begins on day 4; the first connection takes days 4 to 7. On day 6 the gate fails: the second, which waits for the limit, is not begun on day 7.
  @Test("a connection that waits is not begun after a fall back behind the layer's stage")
  func waitingConnection() throws {
    var stages = [stage("all", share: 1, days: 4), stage("layer", share: 1, days: 2)]
    stages[1].gate = RolloutGate(errors: 0.5, minimum: 1, otherwise: .rollBack, again: day)
    var change = RolloutChange(team: 1, work: .constant(86_400), limit: 1)
    change.connecting = 3
    var rollout = RolloutModel(stages: stages, change: change)
    rollout.layerStage = 1
    var model = try rolloutModel(rollout, tasks: 2, errors: 1)
    let guardrail = GuardrailModel(
      name: "check", raisedBy: 0, afterActivity: 0, blocks: true, firing: .probability(1),
      teams: [0], reviewTime: .constant(30))
    model.runInStack?.guardrails = [guardrail]
    model.stack.guardrails = [guardrail]
    model.stack.layer = LayerModel(name: "hub", latency: 0, concurrent: 50, costPerHop: 1e5)
    let record = try run(model)
    #expect(record.rollout?.rollbacks == 1)
    #expect(record.times(.activityConnected) == 1)
  }

  /// Every automation run errs, and every review finds it: the gate of the second stage never holds, and
  /// the first begins anew.
  ///
  /// Away on days 0–2, 4–6 and 8–10.
  @Test("it goes when the rollout falls back behind its stage, and comes again")
  func fallsBack() throws {
    var stages = [stage("all", share: 1, days: 2), stage("layer", share: 1, days: 2)]
    stages[1].gate = RolloutGate(
      errors: 0.5, minimum: 1, otherwise: .rollBack, again: day)
    var rollout = RolloutModel(stages: stages)
    rollout.layerStage = 1
    var model = try rolloutModel(rollout, errors: 1)
    let guardrail = GuardrailModel(
      name: "check", raisedBy: 0, afterActivity: 0, blocks: true, firing: .probability(1),
      teams: [0], reviewTime: .constant(30))
    model.runInStack?.guardrails = [guardrail]
    model.stack.guardrails = [guardrail]
    model.stack.layer = LayerModel(name: "hub", latency: 0, concurrent: 50, costPerHop: 1e5)
    let record = try run(model)
    #expect(record.rollout?.rollbacks == 2)
    #expect(record.rollout?.layerTime == 4 * day)
    #expect(hops(record) == 96)
    #expect(record.times(.layerBegun) == 2)
  }
}
