public import EventEngine
import Facts
public import ProcessModel
public import Simulation
public import Statistics

/// Microseconds in a second.
public let second: Int64 = 1_000_000
/// Microseconds in a minute.
public let minute: Int64 = 60 * second
/// Microseconds in a hour.
public let hour: Int64 = 60 * minute
/// Microseconds in a day.
public let day: Int64 = 24 * hour
/// Microseconds in a week.
public let week: Int64 = 7 * day

/// A process written as a line of ids: `start > a > b > end`.
public func process(
  _ elements: [(id: String, kind: FlowElement.Kind)], _ flows: [(String, String)]
) -> BusinessProcess {
  let here = SourceLocation(path: "test.bpmn", line: 1)
  return BusinessProcess(
    id: "p",
    elements: elements.map { FlowElement(id: $0.id, kind: $0.kind, location: here) },
    flows: flows.map {
      SequenceFlow(id: "\($0.0)-\($0.1)", source: $0.0, target: $0.1, location: here)
    }, location: here)
}

/// A process of user tasks in sequence.
public func sequence(of tasks: [String]) -> BusinessProcess {
  var elements: [(id: String, kind: FlowElement.Kind)] = [("start", .startEvent(.none))]
  elements += tasks.map { ($0, FlowElement.Kind.task(.user)) }
  elements.append(("end", .endEvent(.none)))
  return process(elements, Array(zip(elements.map(\.id), elements.dropFirst().map(\.id))))
}

/// Eight-hour days from midnight on, seven days a week, for `days` days.
public func eightHourDays(_ days: Int, from first: Int = 0) -> WorkCalendar {
  WorkCalendar(
    (first..<(first + days)).map { (Int64($0) * day, Int64($0) * day + 8 * hour) })
}

/// A queue with one kind of task at one team that works around the clock.
///
/// - Parameters:
///   - rate: arrivals per second.
///   - service: service time in seconds.
public func queueModel(
  rate: Double, servers: Int, service: SampledTime, runIn: Int64, horizon: Int64,
  pattern: Demand.Pattern = .poisson
) throws -> SimulationModel {
  let flow = try FlowGraph(sequence(of: ["serve"]))
  let stack = StackModel(
    name: "queue",
    teams: [
      TeamModel(
        name: "servers",
        people: Array(repeating: .init(calendar: 0, hourlyCost: 36e6), count: servers))
    ],
    activities: [ActivityModel(team: 0, handlingTime: service)],
    flowProbabilities: Array(repeating: 1, count: flow.flows.count))
  return SimulationModel(
    timeline: Timeline(
      runInStart: -runIn, horizon: horizon, followUp: horizon, dayCloses: [], horizonDays: 0,
      sampledDays: 0, cohortLength: horizon),
    calendars: [.continuous], flow: flow,
    demand: Demand(pattern: pattern, calendar: .continuous, rate: rate / 1e6),
    runInStack: runIn > 0 ? stack : nil, stack: stack)
}

extension SampledTime {
  /// A time of a family of distributions.
  public static func of(_ family: Distribution.Family) -> SampledTime {
    var table = SamplerTable()
    guard let distribution = try? Distribution(family) else {
      preconditionFailure("no such distribution")
    }
    return SampledTime(distribution, table: &table)
  }

  /// A constant number of seconds.
  public static func constant(_ seconds: Double) -> SampledTime { of(.constant(value: seconds)) }
  /// An exponential number of seconds.
  public static func exponential(mean: Double) -> SampledTime { of(.exponential(mean: mean)) }
}

/// The 99.9 % interval of the mean of replications: theory must lie within.
public func interval999(_ values: [Double]) -> ConfidenceInterval {
  var moments = RunningMoments()
  for value in values { moments.add(value) }
  return meanInterval(moments, confidence: 0.999)
    ?? ConfidenceInterval(estimate: 0, lower: 0, upper: 0, confidence: 0.999)
}
