import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// One activity that an automation does in 5 s and people in 10 s, a case every second from 1 s on, people
/// enough at 36 EUR an hour, which is a cent a second.
func automationModel(
  seconds: Int64, people: Int = 200, _ change: (inout AutomationModel) -> Void = { _ in }
) throws -> SimulationModel {
  var model = try queueModel(
    rate: 1, servers: people, service: .constant(10), runIn: 0, horizon: seconds * second,
    pattern: .regular)
  model.timeline.followUp = 1_000_000 * second
  var automation = AutomationModel(name: "agent", runners: 1_000, runTime: .constant(5))
  change(&automation)
  model.stack.automations = [automation]
  model.stack.activities[0].automation = 0
  return model
}

/// The same with one case, at 10 s.
func automationCase(
  _ change: (inout AutomationModel) -> Void = { _ in }
) throws -> SimulationModel {
  var model = try automationModel(seconds: 19, change)
  model.demand.rate = 1e-7
  return model
}

/// A run with all invariants looked after.
func observedRun(_ model: SimulationModel, replication: Int = 0) throws -> ReplicationRecord {
  #expect(!model.hasCollidingStreams)
  var observer = InvariantObserver()
  let record = try runReplication(of: model, seed: 7, replication: replication, observer: &observer)
  #expect(observer.violations == [])
  let cost = record.cohorts.reduce(Int64(0)) { $0 + $1.cost.reduce(0, +) }
  #expect(cost == record.totalCost)
  return record
}

/// The 99.9 % interval of a figure over replications.
func interval(
  _ model: SimulationModel, replications: Int = 40, _ figure: (ReplicationRecord) -> Double
) throws -> ConfidenceInterval {
  interval999(
    try (0..<replications).map {
      figure(try runReplication(of: model, seed: 11, replication: $0))
    })
}

extension ReplicationRecord {
  /// Cases that arrived.
  var cases: Double { Double(cohorts.reduce(0) { $0 + $1.arrived }) }
  /// Share of runs that failed.
  var failureShare: Double { Double(automationFailures[0]) / Double(automationRuns[0]) }
  /// Human work on cases, in seconds.
  var humanSeconds: Double { Double(cohorts.reduce(0) { $0 + $1.humanTime }) / 1e6 }
}

/// Looks at all draws of a run.
struct DrawObserver: SimulationObserver {
  static var recordsDraws: Bool { true }
  static var isObserving: Bool { false }
  let log = DrawLog()
  var drawLog: DrawLog? { log }
  mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
  mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {}
  mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  mutating func ended(at time: Int64, casesInside: Int) {}
}

/// The keys of all draws of a run.
func draws(of model: SimulationModel) throws -> Set<DrawLog.Key> {
  var observer = DrawObserver()
  _ = try runReplication(of: model, seed: 7, replication: 0, observer: &observer)
  return Set(observer.log.keys)
}
