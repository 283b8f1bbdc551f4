import ProcessModel
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

private func count(
  _ what: RepetitionCount, _ comparison: CaseCondition.Comparison, _ value: Double
) -> CaseCondition { .compares(attribute: what.rawValue, comparison, value) }

@Suite("Conditions of loops and multi-instance activities") struct RepetitionConditionTests {
  /// start > A 20 s, repeated > B 5 s > end, with one person for A: instances come one after the other.
  private func model(
    _ loop: FlowElement.Loop, _ repetition: RepetitionModel, testsBefore: Bool = false
  ) throws -> SimulationModel {
    let game = RepetitionTests().game(loop, repetition) { $0.testsBefore = testsBefore }
    var model = try game.model()
    model.stack.teams[0].people = [.init(calendar: 0, hourlyCost: 36e6)]
    return model
  }

  private func instances(_ condition: CaseCondition, sequential: Bool = false) throws -> Int {
    let model = try model(
      sequential
        ? .multiInstanceSequential(cardinality: "5") : .multiInstanceParallel(cardinality: "5"),
      RepetitionModel(count: .constant(5), condition: condition))
    let lines = try FlowGame.play(model)
    let count = lines.count { $0.hasPrefix("A ") }
    let end = count * 20
    #expect(lines.suffix(2) == ["B \(end)-\(end + 5)", "done \(end + 5)"], "\(lines)")
    return count
  }

  /// Five instances.
  ///
  /// Parallel: after k of them 5 − k are active. Sequential: the next has not begun when it is asked.
  @Test("the other instances end once the condition holds, asked whenever one is complete")
  func multiInstance() throws {
    for sequential in [false, true] {
      #expect(try instances(count(.completed, .atLeast, 3), sequential: sequential) == 3)
      #expect(try instances(count(.completed, .atLeast, 9), sequential: sequential) == 5)
      #expect(try instances(.always, sequential: sequential) == 1)
      #expect(try instances(count(.instances, .equal, 5), sequential: sequential) == 1)
      #expect(
        try instances(
          .comparesAttributes(
            RepetitionCount.completed.rawValue, .atLeast, RepetitionCount.instances.rawValue),
          sequential: sequential) == 5)
    }
    #expect(try instances(count(.active, .atMost, 3)) == 2)
    #expect(try instances(count(.active, .atMost, 3), sequential: true) == 1)
  }

  @Test("a quorum that is an attribute of the case decides")
  func quorum() throws {
    var model = try model(
      .multiInstanceParallel(cardinality: "5"),
      RepetitionModel(
        count: .constant(5),
        condition: .comparesAttributes(RepetitionCount.completed.rawValue, .atLeast, 0)))
    model.attributes = [.init(name: "quorum", domain: .number, value: .drawn(.constant(4)))]
    #expect(try FlowGame.play(model).suffix(2) == ["B 80-85", "done 85"])
  }

  @Test("a loop goes on while its condition holds, asked after each time or before")
  func loop() throws {
    func times(_ bound: Double, atMost: Int = 9, before: Bool = false) throws -> Int {
      let model = try model(
        .standard(condition: nil),
        RepetitionModel(atMost: atMost, condition: count(.completed, .less, bound)),
        testsBefore: before)
      return try FlowGame.play(model).count { $0.hasPrefix("A ") }
    }
    #expect(try times(3) == 3)
    #expect(try times(0) == 1)
    #expect(try times(100, atMost: 4) == 4)
    #expect(try times(3, before: true) == 3)
    #expect(try times(0, before: true) == 0)
    #expect(try times(100, atMost: 4, before: true) == 4)
  }

  /// `done` is false on arrival, and each time makes it true with probability ¼: the number of times is
  /// geometric with mean 4 and variance 12.
  @Test("a loop sees what its activity has changed, and forecasts know how often it is done")
  func geometric() throws {
    var model = try RepetitionTests().game(.standard(condition: nil), RepetitionModel()).model(
      cases: 1_000)
    model.timeline.cohortLength = model.timeline.horizon
    model.attributes = [
      AttributeModel(name: "done", domain: .boolean, value: .drawn(.constant(0)))
    ]
    model.stack.activities[0].updates = [
      AttributeUpdate(attribute: 0, draw: .position(shares: [0.75, 0.25]))
    ]
    model.stack.repetitions = [
      RepetitionModel(atMost: 1_000, condition: .compares(attribute: 0, .equal, 0))
    ]
    let work = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 4, replication: replication).cohorts[0]
      return Double(cohort.taskTime) / Double(cohort.arrived) / 1e6
    }
    #expect(interval999(work).contains(4 * 20 + 5))
    let forecast = try model.withForecastShares()
    let visits = FlowExpectation(model: forecast, stack: forecast.stack).visits
    // The forecast's 4,096 cases: standard error √(12/4096) = 0.054.
    #expect(abs(visits[forecast.node("A")] - 4) < 3.29 * 0.0542)
    #expect(abs(visits[forecast.node("B")] - 1) < 1e-12)
  }

  /// Three of five instances, exactly; one after the other only three begin, at once all five do.
  @Test("forecasts count the instances that begin")
  func forecastOfInstances() throws {
    for (loop, expected) in [
      (FlowElement.Loop.multiInstanceSequential(cardinality: "5"), 3.0),
      (.multiInstanceParallel(cardinality: "5"), 5),
    ] {
      let model = try model(
        loop, RepetitionModel(count: .constant(5), condition: count(.completed, .atLeast, 3))
      ).withForecastShares()
      let visits = FlowExpectation(model: model, stack: model.stack).visits
      #expect(visits[model.node("A")] == expected)
    }
  }

  /// Three of five instances of 20 s are needed.
  ///
  /// At 25 s 15 s are left of the second, the third is to come, and then B, 5 s: 20 + 20 + 20 + 5 are
  /// charged or owed.
  @Test("instances that are still to come are owed by their mean number")
  func owed() throws {
    var model = try model(
      .multiInstanceSequential(cardinality: "5"),
      RepetitionModel(count: .constant(5), condition: count(.completed, .atLeast, 3))
    ).withForecastShares()
    model.timeline.followUp = 25 * second
    let cohort = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
    #expect(cohort.completed == 0)
    #expect(cohort.taskTime == 65 * second)
  }

  @Test("a loop whose condition never ceases to hold is found before anything is run")
  func endless() throws {
    let model = try model(
      .standard(condition: nil), RepetitionModel(atMost: Int(Int32.max), condition: .always))
    #expect(throws: SimulationError.self) { try model.withForecastShares() }
  }
}
