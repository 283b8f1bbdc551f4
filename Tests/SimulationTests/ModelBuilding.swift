import EventEngine
import Facts
import ProcessModel
import Simulation
import Statistics

let second: Int64 = 1_000_000
let minute: Int64 = 60 * second
let hour: Int64 = 60 * minute
let day: Int64 = 24 * hour
let week: Int64 = 7 * day

/// A process written as a line of ids: `start > a > b > end`.
func process(
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

func sequence(of tasks: [String]) -> BusinessProcess {
  var elements: [(id: String, kind: FlowElement.Kind)] = [("start", .startEvent(.none))]
  elements += tasks.map { ($0, FlowElement.Kind.task(.user)) }
  elements.append(("end", .endEvent(.none)))
  return process(elements, Array(zip(elements.map(\.id), elements.dropFirst().map(\.id))))
}

/// Eight-hour days from midnight on, seven days a week, for `days` days.
func eightHourDays(_ days: Int, from first: Int = 0) -> WorkCalendar {
  WorkCalendar(
    (first..<(first + days)).map { (Int64($0) * day, Int64($0) * day + 8 * hour) })
}

/// A queue with one kind of task at one team that works around the clock.
///
/// - Parameters:
///   - rate: arrivals per second.
///   - service: service time in seconds.
func queueModel(
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
  static func of(_ family: Distribution.Family) -> SampledTime {
    var table = SamplerTable()
    guard let distribution = try? Distribution(family) else {
      preconditionFailure("no such distribution")
    }
    return SampledTime(distribution, table: &table)
  }

  static func constant(_ seconds: Double) -> SampledTime { of(.constant(value: seconds)) }
  static func exponential(mean: Double) -> SampledTime { of(.exponential(mean: mean)) }
}

/// The 99.9 % interval of the mean of replications: theory must lie within.
func interval999(_ values: [Double]) -> ConfidenceInterval {
  var moments = RunningMoments()
  for value in values { moments.add(value) }
  return meanInterval(moments, confidence: 0.999)
    ?? ConfidenceInterval(estimate: 0, lower: 0, upper: 0, confidence: 0.999)
}
