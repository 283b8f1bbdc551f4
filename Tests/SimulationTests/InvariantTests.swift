import Simulation
import SimulationTestSupport
import Testing

@Suite("Invariants of generated models") struct InvariantTests {
  @Test("clock, cases, Little's law, no idling and cost hold", arguments: 0..<600 as Range<UInt64>)
  func invariants(seed: UInt64) throws {
    try check(try generatedModel(seed: seed), seed: seed)
  }

  @Test(
    "they hold with all elements of BPMN that are simulated",
    arguments: 1_000..<1_300 as Range<UInt64>)
  func invariantsOfAllElements(seed: UInt64) throws {
    try check(try generatedModel(seed: seed, usesAllElements: true), seed: seed)
  }

  @Test("conditions at inclusive splits, of loops and of instances are among them")
  func conditionsAreAmongThem() throws {
    var (splits, loops, instances) = (0, 0, 0)
    for seed in 1_000..<1_100 as Range<UInt64> {
      let model = try generatedModel(seed: seed, usesAllElements: true)
      splits += model.stack.branchingRules.count { model.flow.nodes[$0.node].kind == .inclusive }
      for (repetition, settings) in zip(model.flow.repetitions, model.stack.repetitions)
      where settings.condition != nil {
        if repetition.order.isMultiInstance { instances += 1 } else { loops += 1 }
      }
    }
    #expect(splits > 0 && loops > 0 && instances > 0, "\(splits) \(loops) \(instances)")
  }

  func check(_ model: SimulationModel, seed: UInt64) throws {
    #expect(!model.hasCollidingStreams)
    var observer = InvariantObserver()
    let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
    #expect(observer.violations == [])
    // A generated model that hardly works would prove nothing.
    #expect(observer.itemsSeen > 100 || model.flow.activities.isEmpty)
    let cost = record.cohorts.reduce(Int64(0)) { $0 + $1.cost.reduce(0, +) }
    #expect(cost == record.totalCost)
    for cohort in record.cohorts {
      #expect(cohort.completed + cohort.abandoned <= cohort.arrived)
      #expect(cohort.completedRight <= cohort.completed)
      #expect(cohort.cost.allSatisfy { $0 >= 0 })
    }
    for guardrail in record.guardrails {
      #expect(guardrail.fired <= guardrail.evaluated)
      #expect(guardrail.answered <= guardrail.tickets)
    }
  }

  @Test("nothing is left over from one replication to the next", arguments: 0..<60 as Range<UInt64>)
  func fullReset(seed: UInt64) throws {
    let model = try generatedModel(seed: seed)
    let alone = try runReplication(of: model, seed: seed, replication: 3)
    let before = try runReplication(of: model, seed: seed, replication: 2)
    #expect(try runReplication(of: model, seed: seed, replication: 3) == alone)
    // Nor in another order, nor under the eyes of an observer.
    var observer = InvariantObserver()
    #expect(
      try runReplication(of: model, seed: seed, replication: 2, observer: &observer) == before)
  }

  @Test("another replication has other luck")
  func otherLuck() throws {
    var same: [UInt64] = []
    for seed in 0..<60 as Range<UInt64> {
      let model = try generatedModel(seed: seed)
      let one = try runReplication(of: model, seed: seed, replication: 2)
      var other = try runReplication(of: model, seed: seed, replication: 3)
      other.replication = 2
      if other == one { same.append(seed) }
    }
    // A generated model may leave nothing to chance; hardly any does.
    #expect(same.count <= 3, "\(same)")
  }
}
