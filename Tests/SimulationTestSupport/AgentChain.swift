import EventEngine
public import Simulation

/// A process of tasks in sequence, each done by an automation, through which one case goes that nobody
/// keeps waiting: it comes at 600 s.
///
/// Beside the automations stands one team of 50 people around the clock, at 36 EUR an hour, which is a
/// cent a second. By hand each task takes a minute.
public func agentChain(
  _ automations: [AutomationModel], order: [Int]? = nil, cases: Int = 1,
  followUp: Int64 = 1_000 * second
) throws -> SimulationModel {
  let order = order ?? Array(automations.indices)
  let flow = try FlowGraph(sequence(of: order.indices.map { "task\($0)" }))
  var model = try queueModel(
    rate: 1 / 600.0, servers: 50, service: .constant(60), runIn: 0,
    horizon: Int64(cases) * 600 * second + 400 * second, pattern: .regular)
  model.timeline.followUp = followUp
  model.demand.calendar = WorkCalendar([(0, Int64(cases) * 600 * second + second)])
  model.flow = flow
  model.stack.flowProbabilities = Array(repeating: 1, count: flow.flows.count)
  model.stack.automations = automations
  model.stack.activities = order.map {
    ActivityModel(team: 0, handlingTime: .constant(60), automation: $0)
  }
  return model
}

/// An automation of constant run time, with runners enough.
public func agent(
  _ name: String, seconds: Double, failure: Double = 0, retries: Int = 0, cost: Double = 0,
  runners: Int = 50
) -> AutomationModel {
  AutomationModel(
    name: name, runners: runners, runTime: .constant(seconds), failureProbability: failure,
    retries: retries, costPerRun: cost)
}

extension ReplicationRecord {
  /// How often a mechanism did something.
  public func times(_ event: MechanismEvent) -> Int { Int(ledger[event.rawValue].count) }

  /// Sum of the times to completion within the follow-up, in seconds.
  public var secondsToCompletion: Double {
    Double(cohorts.reduce(0) { $0 + $1.restrictedTime }) / 1e6
  }

  /// Cost of a component, in the currency's main unit.
  public func cost(_ component: CostComponent) -> Double {
    Double(cohorts.reduce(0) { $0 + $1.cost[component.rawValue] }) / 1e6
  }
}

/// Runs one replication under the eyes of the invariants; what they say is the second value.
public func watchedRun(
  _ model: SimulationModel, seed: UInt64 = 1, replication: Int = 0
) throws -> (record: ReplicationRecord, violations: [String]) {
  var observer = InvariantObserver()
  let record = try runReplication(
    of: model, seed: seed, replication: replication, observer: &observer)
  return (record, observer.violations)
}
