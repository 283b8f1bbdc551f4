import Simulation
import SimulationTestSupport
import Testing

@Suite("Invariants of generated models") struct InvariantTests {
  @Test("clock, cases, Little's law, no idling and cost hold", arguments: 0..<600 as Range<UInt64>)
  func invariants(seed: UInt64) throws {
    let model = try generatedModel(seed: seed)
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
    var other = before
    other.replication = 3
    #expect(other != alone || model.flow.activities.isEmpty)
  }
}
