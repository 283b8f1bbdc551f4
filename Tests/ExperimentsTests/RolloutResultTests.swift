import Scenarios
import Simulation
import SimulationTestSupport
import Testing

@testable import Experiments

@Suite("Results of rollouts") struct RolloutResultTests {
  /// A pilot of a day, after which it goes on or is cancelled on the spot: each replication does one.
  @Test("say how many come to each stage, and when")
  func steps() throws {
    var rollout = RolloutModel(
      stages: [stage("pilot", share: 1, days: 1), stage("all", share: 1)], scales: 0.5)
    func result() throws -> RolloutResult {
      let model = try rolloutModel(rollout)
      let records = try (0..<30).map { try runReplication(of: model, seed: 1, replication: $0) }
      return try #require(RolloutResult(stages: ["pilot", "all"], records: records))
    }
    let mixed = try result()
    #expect(mixed.steps.map(\.name) == ["pilot", "all", "done", "cancelled"])
    let counts = mixed.steps.map(\.reached.count)
    #expect(counts[0] == 30 && counts[1] + counts[3] == 30 && counts[2] == 0)
    // Neither has a chance below 2^-30 of not happening.
    #expect(counts[1] > 0 && counts[3] > 0)
    #expect(mixed.steps.map(\.medianDay) == [0, 1, nil, 1] && mixed.rollbacks.mean == 0)
    rollout.scales = 1
    #expect(try result().steps.map(\.reached.count) == [30, 30, 0, 0])
    #expect(RolloutResult(stages: [], records: []) == nil)
  }

  /// The old way's licence of 700 a week for 3 days, the new way's of 1,400 for 7, one of both for 10 days.
  @Test("licences are paid for as long as a way that needs them has a share")
  func licences() throws {
    var model = try rolloutModel(
      RolloutModel(stages: [stage("wait", share: 0, days: 3), stage("all", share: 1)]), tasks: 3)
    model.stack.fixedCosts = [FixedCost("new", perWeek: 1_400e6), FixedCost("both", perWeek: 7e6)]
    model.runInStack?.fixedCosts = [
      FixedCost("old", perWeek: 700e6), FixedCost("both", perWeek: 7e6),
    ]
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(abs(model.fixedCost(in: record) - (300 + 1_400 + 10)) < 1e-6)
    model.stack.rollout = nil
    let plain = try runReplication(of: model, seed: 1, replication: 0)
    #expect(abs(model.fixedCost(in: plain) - (2_000 + 10)) < 1e-6)
  }

  /// The layer's licence of 700 a week is paid for the 7 days from its stage on, on which it works.
  @Test("a layer that comes with a stage is paid and shown from there on")
  func layer() throws {
    var rollout = RolloutModel(stages: [stage("all", share: 1, days: 3), stage("hub", share: 1)])
    rollout.layerStage = 1
    var model = try rolloutModel(rollout)
    model.stack.layer = LayerModel(name: "hub", latency: 0, concurrent: 5)
    model.stack.fixedCosts = [FixedCost("hub", perWeek: 700e6, isOfLayer: true)]
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(abs(model.fixedCost(in: record) - 700) < 1e-6)
    let result = try #require(
      RolloutResult(stages: ["all", "hub"], layer: "hub", records: [record]))
    #expect(result.steps.map(\.name) == ["all", "hub", "hub at work", "done", "cancelled"])
    #expect(result.steps.map(\.medianDay) == [0, 3, 3, nil, nil])
  }

  /// Too much work waits from day 4 on.
  @Test(
    "exhaustion after a cancellation does not count",
    arguments: [(Int64(-1), 1), (2 * day, 0), (4 * day - hour, 0), (6 * day, 1)])
  func competing(cancelled: Int64, count: Int) throws {
    var model = try rolloutModel(RolloutModel(stages: [stage("all", share: 1)]))
    model.timeline.dayCloses = (0..<15).map { Int64($0) * day + 8 * hour }
    model.timeline.horizonDays = 10
    model.timeline.sampledDays = 12
    var record = try runReplication(of: model, seed: 1, replication: 0)
    record.teams[0].remainingContent = (0..<12).map { $0 < 4 ? 0 : 1_000_000 * hour }
    record.rollout?.cancelled = cancelled
    let dates = ExhaustionDates(
      model: model, records: [record], baseline: [record], isBaseline: false,
      rule: ExhaustionRule(watchedTeams: [0], backlogDays: 2, confirmedDays: 3))
    let backlog = try #require(dates.all.first { $0.definition == .backlog && $0.team == nil })
    #expect(backlog.byHorizon.count == count)
  }

  /// When a stage falls back, when the rollout is cancelled (−1 for never), and which of the three counts.
  private static let firstCases: [(Int64, Int64, [Int])] = [
    (-1, -1, [1, 0, 0]), (2 * day, -1, [0, 1, 0]), (-1, 3 * day, [0, 0, 1]),
    (2 * day, 3 * day, [0, 1, 0]), (3 * day, 2 * day, [0, 0, 1]), (6 * day, 7 * day, [1, 0, 0]),
    (4 * day + hour, -1, [0, 1, 0]), (4 * day + 9 * hour, -1, [1, 0, 0]),
  ]

  /// Exhausted at the close of day 4, which is its hour 8; falls back or is cancelled at the instants given.
  @Test(
    "the first of exhaustion, fall back and cancellation forestalls the others",
    arguments: Self.firstCases)
  func first(rolledBack: Int64, cancelled: Int64, counts: [Int]) throws {
    var model = try rolloutModel(
      RolloutModel(stages: [
        stage("few", share: 0.1, days: 1),
        stage("all", share: 1, gate: RolloutGate(otherwise: .rollBack)),
      ]))
    model.timeline.dayCloses = (0..<15).map { Int64($0) * day + 8 * hour }
    model.timeline.horizonDays = 10
    model.timeline.sampledDays = 12
    var record = try runReplication(of: model, seed: 1, replication: 0)
    record.rollout?.firstRollback = rolledBack
    record.rollout?.cancelled = cancelled
    // The date of exhaustion does not count after a cancellation.
    let exhausted = cancelled >= 0 && cancelled < 4 * day ? 10.0 : 4
    let events = try #require(
      CompetingEvents(
        StudyVariant(name: "v", title: "V", mix: "", orchestrationLevel: 0, model: model),
        [exhausted], [record]))
    let last = [events.exhausted, events.rolledBack, events.cancelled].map { $0.last?.count ?? -1 }
    #expect(last == counts)
    // Nothing has come by the close of day 1, and the three never exceed the whole.
    #expect(
      [events.exhausted, events.rolledBack, events.cancelled].allSatisfy { $0[1].count == 0 })
    #expect(last.reduce(0, +) <= 1)
  }
}
