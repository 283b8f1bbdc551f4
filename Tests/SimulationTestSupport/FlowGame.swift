import EventEngine
import Facts
public import ProcessModel
public import Simulation
import Statistics

/// A process drawn in a few lines, and played by cases that nobody else keeps waiting.
///
/// Every activity has a team of its own, of people enough, around the clock: what happens when is then
/// the doing of the flow alone.
public struct FlowGame {
  /// The elements.
  public var elements: [FlowElement] = []
  /// The flows, named `source-target`.
  public var flows: [SequenceFlow] = []
  /// Seconds of each activity; a minute where nothing is said.
  public var seconds: [String: Double] = [:]
  /// Probability of flows, by id; 1 where nothing is said.
  public var shares: [String: Double] = [:]
  /// When events come, by element id; never where nothing is said.
  public var events: [String: DelayModel] = [:]
  /// How often activities are repeated, by element id.
  public var repetitions: [String: RepetitionModel] = [:]
  /// Activities that an automation does, which fails with this probability after a second.
  public var failing: [String: Double] = [:]

  private let place = SourceLocation(path: "test.bpmn", line: 1)

  /// An empty drawing.
  public init() {}

  /// Adds an element.
  public mutating func add(
    _ id: String, _ kind: FlowElement.Kind, in parent: String? = nil,
    loop: FlowElement.Loop? = nil, standard: String? = nil,
    _ execution: (inout ExecutionAttributes) -> Void = { _ in }
  ) {
    var attributes = ExecutionAttributes()
    execution(&attributes)
    elements.append(
      FlowElement(
        id: id, kind: kind, parent: parent, loop: loop, defaultFlow: standard,
        execution: attributes, location: place))
  }

  /// Adds plain tasks.
  public mutating func tasks(_ ids: String, in parent: String? = nil) {
    for id in ids.split(separator: " ") { add(String(id), .task(.user), in: parent) }
  }

  /// Adds flows along chains such as `start A B, B end`.
  public mutating func draw(_ chains: String, condition: String? = nil) {
    for chain in chains.split(separator: ",") {
      let ids = chain.split(separator: " ").map(String.init)
      for (source, target) in zip(ids, ids.dropFirst()) {
        flows.append(
          SequenceFlow(
            id: "\(source)-\(target)", source: source, target: target, condition: condition,
            location: place))
      }
    }
  }

  /// The process.
  public var process: BusinessProcess {
    BusinessProcess(id: "game", elements: elements, flows: flows, location: place)
  }

  /// The model: one case every ten minutes, the first after ten minutes.
  public func model(cases: Int = 1) throws -> SimulationModel {
    let flow = try FlowGraph(process)
    var model = try queueModel(
      rate: 1 / 600.0, servers: 1, service: .constant(1), runIn: 0,
      horizon: Int64(cases) * 600 * second + second, pattern: .regular)
    model.flow = flow
    model.timeline.followUp = 10 * day
    // Nobody arrives later, so that a case that is never done is alone.
    model.demand.calendar = WorkCalendar([(0, Int64(cases) * 600 * second)])
    let ids = flow.activities.indices.map { flow.activityID($0) }
    let automated = ids.filter { failing[$0] != nil }
    model.stack = StackModel(
      name: "game",
      teams: ids.map { id in
        TeamModel(
          name: id, people: Array(repeating: .init(calendar: 0, hourlyCost: 36e6), count: 50))
      },
      automations: automated.map { id in
        AutomationModel(
          name: id, runners: 50, runTime: .constant(1), failureProbability: failing[id] ?? 0,
          costPerRun: 1e6)
      },
      activities: ids.enumerated().map { index, id in
        ActivityModel(
          team: index, handlingTime: .constant(seconds[id] ?? 60),
          automation: automated.firstIndex(of: id))
      }, flowProbabilities: flow.flowIDs.map { shares[$0] ?? 1 },
      delays: flow.delays.enumerated().map { index, node in
        events[flow.elementIDs[Int(node)]]
          ?? (flow.delayNames[index] >= 0 ? DelayModel(.zero, isFromWithin: true) : .never)
      },
      repetitions: flow.repetitions.indices.map {
        repetitions[flow.repetitionID($0)] ?? RepetitionModel(count: .constant(1))
      })
    return model
  }

  /// What one case does: the work of each activity as `id from-to` in seconds from its arrival, in the
  /// order in which it ends, and last when the case is done.
  public func play(seed: UInt64 = 1) throws -> [String] {
    try Self.play(model(), seed: seed)
  }

  /// What the first case of a model does.
  public static func play(_ model: SimulationModel, seed: UInt64 = 1) throws -> [String] {
    var observer = TraceObserver(
      ids: model.flow.activities.indices.map { model.flow.activityID($0) })
    let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
    return observer.lines + (record.stuckCases > 0 ? ["stuck"] : [])
  }
}

/// Notes who works on what from when to when.
struct TraceObserver: SimulationObserver {
  var lines: [String] = []
  let ids: [String]
  private var arrival: Int64 = 0
  private var started: [Int32: Int64] = [:]

  init(ids: [String]) { self.ids = ids }

  mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
    guard ordinal == 1 else { return }
    switch change {
    case .arrived: arrival = time
    case .abandoned: lines.append("abandoned")
    case .completed: lines.append("done \((time - arrival) / second)")
    }
  }

  mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {
    switch state {
    case .inService: started[item] = time
    case .waiting, .forming, .suspended, .awaitingApplication: break
    case nil:
      guard let since = started.removeValue(forKey: item), since >= arrival else { return }
      let id = station < ids.count ? ids[station] : "run"
      lines.append("\(id) \((since - arrival) / second)-\((time - arrival) / second)")
    }
  }

  mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  mutating func ended(at time: Int64, casesInside: Int) {}
}
