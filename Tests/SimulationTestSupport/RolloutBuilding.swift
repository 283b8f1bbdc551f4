import EventEngine
public import ProcessModel
public import Simulation

/// Cases that come every hour, from a day before day 0 to day 10, and are done by people in the old way
/// and by an automation in the new.
///
/// Each task takes a person of team 0 one minute at a cent a second, and the automation 10 s. Team 0 has
/// 50 people around the clock, team 1 two at a cent a second, who do nothing else than what a rollout
/// gives them. With `loop`, a task has two instances. 240 cases are counted, at 0 h, 1 h … 239 h, 24 a day.
public func rolloutModel(
  _ rollout: RolloutModel?, tasks: Int = 1, loop: FlowElement.Loop? = nil, errors: Double = 0,
  costPerRun: Double = 0
) throws -> SimulationModel {
  var process = sequence(of: (0..<tasks).map { "task\($0)" })
  for index in process.elements.indices where process.elements[index].id.hasPrefix("task") {
    process.elements[index].loop = loop
  }
  let flow = try FlowGraph(process)
  func people(_ count: Int) -> [TeamModel.Person] {
    Array(repeating: TeamModel.Person(calendar: 0, hourlyCost: 36e6), count: count)
  }
  func stack(_ name: String, automation: (Int) -> Int?) -> StackModel {
    StackModel(
      name: name,
      teams: [
        TeamModel(name: "clerks", people: people(50)), TeamModel(name: "change", people: people(2)),
      ],
      automations: (0..<tasks).map { index in
        AutomationModel(
          name: "bot \(index)", runners: 50, runTime: .constant(10), errorProbability: errors,
          costPerRun: costPerRun)
      },
      activities: (0..<tasks).map {
        ActivityModel(team: 0, handlingTime: .constant(60), automation: automation($0))
      },
      flowProbabilities: Array(repeating: 1, count: flow.flows.count),
      repetitions: flow.repetitions.map { _ in RepetitionModel(count: .constant(2)) })
  }
  var tried = stack("tried") { $0 }
  tried.rollout = rollout
  return SimulationModel(
    timeline: Timeline(
      runInStart: -day, horizon: 10 * day, followUp: 5 * day, dayCloses: [], horizonDays: 0,
      sampledDays: 0, cohortLength: 10 * day),
    calendars: [.continuous], flow: flow,
    demand: Demand(pattern: .regular, calendar: .continuous, rate: 1 / Double(hour)),
    runInStack: stack("as-is") { _ in nil }, stack: tried)
}

/// A stage of a number of days; of the rest of the run, without.
public func stage(
  _ name: String, share: Double, days: Double? = nil, gate: RolloutGate? = nil
) -> RolloutStage {
  RolloutStage(
    name: name, share: share, length: days.map { .constant($0 * 86_400) }, gate: gate)
}
