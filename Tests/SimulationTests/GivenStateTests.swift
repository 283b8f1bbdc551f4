import EventEngine
import Facts
import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

@Suite("Given start states") struct GivenStateTests {
  /// Three cases stand at `second`, of one minute each, one clerk; the first arrival, at 10 s, passes
  /// `first` by a bot at once and waits for the three: it is done after 240 − 10 s.
  @Test("given cases are served before the first arrival, and are not counted")
  func queue() throws {
    let flow = try FlowGraph(sequence(of: ["first", "second"]))
    var model = try queueModel(
      rate: 0.1, servers: 1, service: .constant(60), runIn: 0, horizon: 15 * second,
      pattern: .regular)
    model.flow = flow
    model.timeline.followUp = 1_000 * second
    model.demand.calendar = WorkCalendar([(0, 15 * second)])
    model.stack.automations = [AutomationModel(name: "bot", runners: 9, runTime: .constant(0))]
    model.stack.activities = [
      ActivityModel(team: nil, handlingTime: nil, automation: 0),
      ActivityModel(team: 0, handlingTime: .constant(60)),
    ]
    model.stack.flowProbabilities = flow.flows.map { _ in 1 }
    let node = Int(flow.activities[1])
    model.given = [GivenCases(node: node, count: 1), GivenCases(node: node, count: 2, since: day)]
    var observer = InvariantObserver()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
    #expect(observer.violations == [])
    #expect(record.cohorts[0].arrived == 1 && record.cohorts[0].completed == 1)
    #expect(record.cohorts[0].restrictedTime == Int128(230 * second))
    #expect(record.cohorts[0].taskTime == 60 * second)
  }

  /// `start > sub( in > fork > a, b > join > c > out ) > end`.
  func nested() throws -> FlowGraph {
    let here = SourceLocation(path: "test.bpmn", line: 1)
    let elements: [(String, FlowElement.Kind, String?)] = [
      ("start", .startEvent(.none), nil), ("sub", .subProcess(.embedded), nil),
      ("end", .endEvent(.none), nil), ("in", .startEvent(.none), "sub"),
      ("fork", .gateway(.parallel), "sub"), ("a", .task(.user), "sub"),
      ("b", .task(.user), "sub"), ("join", .gateway(.parallel), "sub"),
      ("c", .task(.user), "sub"), ("out", .endEvent(.none), "sub"),
    ]
    let flows = [
      ("start", "sub"), ("sub", "end"), ("in", "fork"), ("fork", "a"), ("fork", "b"),
      ("a", "join"), ("b", "join"), ("join", "c"), ("c", "out"),
    ]
    return try FlowGraph(
      BusinessProcess(
        id: "nested",
        elements: elements.map {
          FlowElement(id: $0.0, kind: $0.1, parent: $0.2, location: here)
        },
        flows: flows.map {
          SequenceFlow(id: "\($0.0)-\($0.1)", source: $0.0, target: $0.1, location: here)
        }, location: here))
  }

  @Test("a case may stand where no join waits for a branch that it is not on")
  func places() throws {
    let flow = try nested()
    let canBegin = ["a", "b", "c"].map { id in
      flow.canBegin(at: Int(flow.activities[flow.activity(ofElement: id) ?? 0]))
    }
    #expect(canBegin == [false, false, true])
  }

  @Test("a case that stands within a sub-process leaves it and is done")
  func withinSubProcess() throws {
    let flow = try nested()
    var model = try queueModel(
      rate: 0.1, servers: 1, service: .constant(60), runIn: 0, horizon: 1_000 * second,
      pattern: .regular)
    model.flow = flow
    model.demand.calendar = WorkCalendar([(0, 1 * second)])
    model.stack.activities = flow.activities.map { _ in
      ActivityModel(team: 0, handlingTime: .constant(60))
    }
    model.stack.flowProbabilities = flow.flows.map { _ in 1 }
    model.given = [
      GivenCases(node: Int(flow.activities[flow.activity(ofElement: "c") ?? 0]), count: 4)
    ]
    var observer = CompletionCounter()
    _ = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
    #expect(observer.arrived == 4 && observer.completed == 4)
  }
}

/// Counts cases that come and go.
struct CompletionCounter: SimulationObserver {
  var arrived = 0
  var completed = 0

  mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
    switch change {
    case .arrived: arrived += 1
    case .completed: completed += 1
    default: break
    }
  }
  mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {}
  mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  mutating func ended(at time: Int64, casesInside: Int) {}
}
