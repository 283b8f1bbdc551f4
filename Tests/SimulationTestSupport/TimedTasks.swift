public import EventEngine
import Facts
import ProcessModel
public import Simulation

/// A task that comes to a team at a time of its own; for runs that can be worked out on paper.
public struct TimedTask {
  /// When it comes, in seconds.
  public var at: Double
  /// Work it takes, in seconds.
  public var work: Double
  /// How it queues.
  public var queueing: QueueingModel
  /// Its rule of batches.
  public var batch: BatchModel?

  /// Creates a task.
  public init(
    at: Double, work: Double, _ queueing: QueueingModel = QueueingModel(), batch: BatchModel? = nil
  ) {
    self.at = at
    self.work = work
    self.queueing = queueing
    self.batch = batch
  }
}

/// One case that brings all tasks, each after a wait of its own, to one team.
public func timedTasks(
  _ tasks: [TimedTask], team: TeamModel, calendars: [WorkCalendar] = [.continuous],
  horizon: Int64 = 2 * day
) throws -> SimulationModel {
  var elements: [(id: String, kind: FlowElement.Kind)] = [
    ("start", .startEvent(.none)), ("fork", .gateway(.parallel)),
  ]
  var flows = [("start", "fork")]
  for index in tasks.indices {
    elements += [
      ("wait\(index)", .intermediateCatch(.timer(.duration, "PT1S"))),
      ("task\(index)", .task(.user)), ("end\(index)", .endEvent(.none)),
    ]
    flows += [
      ("fork", "wait\(index)"), ("wait\(index)", "task\(index)"), ("task\(index)", "end\(index)"),
    ]
  }
  let flow = try FlowGraph(process(elements, flows))
  let stack = StackModel(
    name: "team", teams: [team],
    activities: tasks.map {
      ActivityModel(
        team: 0, handlingTime: .constant($0.work), queueing: $0.queueing, batch: $0.batch)
    },
    flowProbabilities: Array(repeating: 1, count: flow.flows.count),
    delays: tasks.map { DelayModel(.constant($0.at)) })
  return SimulationModel(
    timeline: Timeline(
      runInStart: 0, horizon: horizon, followUp: 10 * day, dayCloses: [], horizonDays: 0,
      sampledDays: 0, cohortLength: horizon),
    calendars: calendars, flow: flow,
    demand: Demand(pattern: .replay, calendar: .continuous, rate: 0, instants: [0]),
    runInStack: nil, stack: stack)
}

/// Notes when each piece of work changes its state, in order of its coming.
public struct WorkTrace: SimulationObserver {
  /// For each piece of work what happened to it, such as `0 waiting`, `0 inService`, `10 done`; seconds.
  public private(set) var items: [[String]] = []
  private var numbers: [Int32: Int] = [:]

  /// An empty trace.
  public init() {}

  /// Does nothing.
  public mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
  /// Notes the change.
  public mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {
    let number = numbers[item] ?? items.count
    if number == items.count { items.append([]) }
    numbers[item] = state == nil ? nil : number
    let seconds = Double(time) / 1e6
    let shown = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    let name = state.map { "\($0)" } ?? "done"
    // A state that is announced again is no change.
    if items[number].last?.hasSuffix(" \(name)") != true {
      items[number].append("\(shown) \(name)")
    }
  }
  /// Does nothing.
  public mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  /// Does nothing.
  public mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  /// Does nothing.
  public mutating func ended(at time: Int64, casesInside: Int) {}
}
