import EventEngine
import Facts
import ProcessModel
public import Simulation
import Statistics

/// A small generator of random test input (SplitMix64); a failing test names its seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }
  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func real(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }
}

/// A random process: blocks in sequence, choice, parallel, loop and sub-process, nested.
struct GeneratedProcess {
  var elements: [FlowElement] = []
  var flows: [(String, String)] = []
  fileprivate var generator: SeededGenerator

  private let usesAllElements: Bool

  /// - Parameter usesAllElements: whether there are inclusive and event-based gateways, events on
  ///   boundaries and of sub-processes, repetition and compensation.
  init(seed: UInt64, usesAllElements: Bool = false) {
    self.usesAllElements = usesAllElements
    generator = SeededGenerator(seed: seed)
    let start = add("start", .startEvent(.none), parent: nil)
    let last = block(after: start, depth: 3, parent: nil)
    flows.append(
      (last, add("end", .endEvent(generator.chance(0.1) ? .terminate : .none), parent: nil)))
  }

  var process: BusinessProcess {
    var result = ProcessModel.BusinessProcess(
      id: "generated", location: .init(path: "generated"))
    result.elements = elements
    result.flows = flows.enumerated().map {
      SequenceFlow(
        id: "f\($0.offset)", source: $0.element.0, target: $0.element.1,
        location: .init(path: "generated"))
    }
    return result
  }

  fileprivate mutating func add(
    _ name: String, _ kind: FlowElement.Kind, parent: String?, loop: FlowElement.Loop? = nil,
    _ execution: (inout ExecutionAttributes) -> Void = { _ in }
  ) -> String {
    let id = "\(name)\(elements.count)"
    var attributes = ExecutionAttributes()
    execution(&attributes)
    elements.append(
      FlowElement(
        id: id, kind: kind, parent: parent, loop: loop, execution: attributes,
        location: .init(path: "generated")))
    return id
  }

  fileprivate mutating func block(after source: String, depth: Int, parent: String?) -> String {
    let choice = depth == 0 ? 0 : generator.int(0...(usesAllElements ? 13 : 6))
    switch choice {
    case 1:
      let middle = block(after: source, depth: depth - 1, parent: parent)
      return block(after: middle, depth: depth - 1, parent: parent)
    case 2, 3:
      let kind: FlowElement.GatewayKind = choice == 2 ? .exclusive : .parallel
      let split = add("split", .gateway(kind), parent: parent)
      flows.append((source, split))
      let ends = (0..<generator.int(2...3)).map { _ in
        block(after: split, depth: depth - 1, parent: parent)
      }
      let join = add("join", .gateway(kind), parent: parent)
      for end in ends { flows.append((end, join)) }
      return join
    case 4:
      let merge = add("merge", .gateway(.exclusive), parent: parent)
      flows.append((source, merge))
      let body = block(after: merge, depth: depth - 1, parent: parent)
      let split = add("again", .gateway(.exclusive), parent: parent)
      flows.append((body, split))
      flows.append((split, merge))
      return split
    case 5:
      let sub = add("sub", .subProcess(.embedded), parent: parent)
      flows.append((source, sub))
      let start = add("start", .startEvent(.none), parent: sub)
      let last = block(after: start, depth: depth - 1, parent: sub)
      flows.append((last, add("end", .endEvent(.none), parent: sub)))
      return sub
    case 7: return inclusive(after: source, depth: depth, parent: parent)
    case 8:
      let gateway = add("event", .gateway(.eventBased), parent: parent)
      flows.append((source, gateway))
      let join = add("join", .gateway(.exclusive), parent: parent)
      for _ in 0..<2 {
        let event = add("catch", .intermediateCatch(.timer(.duration, nil)), parent: parent)
        flows.append((gateway, event))
        flows.append((block(after: event, depth: depth - 1, parent: parent), join))
      }
      return join
    case 9, 10: return host(after: source, depth: depth, parent: parent)
    case 11:
      let loops: [FlowElement.Loop] = [
        .standard(condition: nil), .multiInstanceParallel(cardinality: nil),
        .multiInstanceSequential(cardinality: nil),
      ]
      let task = add(
        "many", .task(.user), parent: parent, loop: loops[generator.int(0...2)])
      flows.append((source, task))
      return task
    case 12: return eventSubProcess(after: source, depth: depth, parent: parent)
    case 13:
      let task = add("task", .task(.user), parent: parent)
      flows.append((source, task))
      let undoing = add("undoing", .task(.user), parent: parent) { $0.isForCompensation = true }
      _ = add(
        "undo", .boundary(.compensation, attachedTo: task, interrupting: true), parent: parent
      ) { $0.compensatedBy = undoing }
      let thrower = add("throw", .intermediateThrow(.compensation), parent: parent)
      flows.append((task, thrower))
      return thrower
    default:
      let task = add("task", .task(.user), parent: parent)
      flows.append((source, task))
      return task
    }
  }
}

extension GeneratedProcess {
  /// An inclusive block, now and then with a branch that leaves it.
  fileprivate mutating func inclusive(
    after source: String, depth: Int, parent: String?
  ) -> String {
    let split = add("several", .gateway(.inclusive), parent: parent)
    flows.append((source, split))
    let join = add("gather", .gateway(.inclusive), parent: parent)
    for _ in 0..<generator.int(2...3) {
      let last = block(after: split, depth: depth - 1, parent: parent)
      flows.append((last, join))
    }
    if generator.chance(0.3) {
      let away = block(after: split, depth: depth - 1, parent: parent)
      flows.append((away, add("away", .endEvent(.none), parent: parent)))
    }
    return join
  }

  /// A task or sub-process with an event on its boundary.
  fileprivate mutating func host(after source: String, depth: Int, parent: String?) -> String {
    let isSub = generator.chance(0.5)
    let host =
      isSub
      ? add("sub", .subProcess(.embedded), parent: parent)
      : add("task", .task(.user), parent: parent)
    flows.append((source, host))
    if isSub {
      let start = add("start", .startEvent(.none), parent: host)
      let last = block(after: start, depth: depth - 1, parent: host)
      let escalates = generator.chance(0.5)
      flows.append(
        (last, add("end", .endEvent(escalates ? .escalation("x") : .none), parent: host)))
    }
    let triggers: [FlowElement.EventTrigger] = [
      .timer(.duration, nil), .message(nil), .error(nil), .escalation(nil),
    ]
    let event = add(
      "boundary",
      .boundary(
        triggers[generator.int(0...3)], attachedTo: host, interrupting: generator.chance(0.6)),
      parent: parent)
    let join = add("join", .gateway(.exclusive), parent: parent)
    flows.append((host, join))
    let handling = block(after: event, depth: depth - 1, parent: parent)
    flows.append(
      (handling, generator.chance(0.5) ? join : add("out", .endEvent(.none), parent: parent)))
    return join
  }

  fileprivate mutating func eventSubProcess(
    after source: String, depth: Int, parent: String?
  ) -> String {
    let sub = add("sub", .subProcess(.embedded), parent: parent)
    flows.append((source, sub))
    let start = add("start", .startEvent(.none), parent: sub)
    let isError = generator.chance(0.5)
    let last = block(after: start, depth: depth - 1, parent: sub)
    flows.append((last, add("end", .endEvent(isError ? .error("e") : .none), parent: sub)))
    let handler = add("handler", .subProcess(.event), parent: sub)
    let interrupts = generator.chance(0.5)
    let begin = add(
      "begin", .startEvent(isError ? .error(nil) : .timer(.duration, nil)), parent: handler
    ) { $0.isInterrupting = interrupts }
    let inner = block(after: begin, depth: 0, parent: handler)
    flows.append((inner, add("end", .endEvent(.none), parent: handler)))
    return sub
  }
}

/// A random model over a random process: arrivals, calendars, teams, automations, guardrails, a layer, a
/// run-in, applications and outages.
///
/// - Parameters:
///   - withApplications: whether some of them have applications and outages.
///   - withMechanisms: whether some of them have what else the automations can have.
///   - withTickets: whether some of them have rules for tickets, due dates, fatigue and remedies.
///   - usesAllElements: whether the process has all elements of BPMN that are simulated, or the plain
///     ones.
///   - withOrchestration: whether some of them have coordination, orchestration and patterns.
///   - withOversight: whether some of their guardrails have oversight.
///   - withRollout: whether some of them take over stage by stage.
///   - withRisk: whether some of them have what can go badly wrong.
///   - withResponse: whether some of them have leaders who respond.
public func generatedModel(
  seed: UInt64, withApplications: Bool = true, usesAllElements: Bool = false,
  withMechanisms: Bool = true, withTickets: Bool = true, withOrchestration: Bool = true,
  withRollout: Bool = true, withOversight: Bool = true, withRisk: Bool = true,
  withResponse: Bool = true, withAdoption: Bool = true,
  withAbsence: Bool = true
) throws -> SimulationModel {
  var generator = SeededGenerator(seed: seed ^ 0xABCD)
  let process = GeneratedProcess(seed: seed, usesAllElements: usesAllElements).process
  let flow = try FlowGraph(process)
  let calendars = [
    WorkCalendar.continuous, eightHourDays(80, from: -20),
    WorkCalendar(
      (-20..<60).map { (Int64($0) * day + 6 * hour, Int64($0) * day + 30 * hour - minute) }),
  ]
  let teamCount = generator.int(1...4)
  let automationCount = generator.int(1...3)
  // A quarter of the models have none of what teams can do beyond first come, first served.
  let isPlain = seed % 4 == 0
  func time(_ mean: Double) -> SampledTime { generator.time(mean) }
  func stack(_ name: String) -> StackModel {
    let teams = (0..<teamCount).map {
      generator.team($0, of: teamCount, isPlain: isPlain)
    }
    let automations = (0..<automationCount).map { index in
      AutomationModel(
        name: "automation \(index)", runners: generator.int(1...5),
        runTime: time(generator.real(0...120)), failureProbability: generator.real(0...0.4),
        errorProbability: generator.real(0...0.1), retries: generator.int(0...3),
        backoff: Int64(generator.int(0...300)) * second, costPerRun: generator.real(0...1e6))
    }
    let activities = flow.activities.map { _ in
      let team = generator.int(0...(teamCount - 1))
      return ActivityModel(
        team: team, handlingTime: time(generator.real(0...600)),
        errorProbability: generator.real(0...0.1),
        automation: generator.chance(0.5) ? generator.int(0...(automationCount - 1)) : nil,
        automationShare: generator.chance(0.5) ? 1 : generator.real(0...1),
        runTime: generator.chance(0.2) ? time(generator.real(0...60)) : nil,
        queueing: generator.queueing(people: teams[team].people.count, isPlain: isPlain),
        batch: isPlain ? nil : generator.batch())
    }
    let guardrails = (0..<2).map { index in
      GuardrailModel(
        name: "guardrail \(index)", raisedBy: generator.int(0...(automationCount - 1)),
        afterActivity: generator.int(0...max(0, flow.activities.count - 1)),
        replacesActivity: generator.chance(0.3)
          ? generator.int(0...max(0, flow.activities.count - 1)) : nil,
        blocks: generator.chance(0.6), firing: .probability(generator.real(0...1)),
        drift: DriftModel(rise: generator.real(0...1), period: 20 * day, calendar: nil),
        teams: Array(0..<generator.int(1...teamCount)), reviewTime: time(300),
        contextPerAutomation: 30 * second,
        bulkReview: generator.chance(0.5)
          ? BatchModel(
            size: generator.int(2...6), wait: 2 * hour, setup: time(120), each: time(60)) : nil,
        reevaluation: generator.chance(0.5)
          ? ReevaluationModel(
            unnecessary: 0.3, check: 20 * second, costPerCheck: 1e4, falsePass: 0.05)
          : nil,
        queueing: generator.queueing(people: nil, isPlain: isPlain))
    }
    return StackModel(
      name: name, teams: teams, automations: automations, activities: activities,
      guardrails: flow.activities.isEmpty ? [] : guardrails,
      flowProbabilities: probabilities(flow),
      delays: flow.delays.map { _ in
        DelayModel(
          time(generator.real(10...900)),
          probability: generator.chance(0.5) ? 1 : generator.real(0...1),
          occurrences: generator.int(1...3))
      },
      repetitions: flow.repetitions.map { _ in
        RepetitionModel(
          again: generator.real(0...0.6), atMost: generator.int(1...4),
          count: .of(.uniform(minimum: 0, maximum: 4)), enough: generator.real(0.3...1))
      },
      layer: generator.chance(0.5)
        ? LayerModel(
          name: "layer", latency: Int64(generator.int(0...5)) * second,
          concurrent: generator.int(1...3), costPerHop: 2e4,
          sharesContext: generator.chance(0.5)) : nil)
  }
  var model = SimulationModel(
    timeline: Timeline(
      runInStart: generator.chance(0.5) ? -5 * day : 0, horizon: 10 * day, followUp: 7 * day,
      dayCloses: (0..<20).map { Int64($0) * day + 8 * hour }, horizonDays: 10, sampledDays: 14,
      cohortLength: 7 * day),
    calendars: calendars, flow: flow,
    demand: generator.demand(calendars),
    runInStack: generator.chance(0.7) ? stack("before") : nil, stack: stack("tried"))
  // A generator of its own leaves the rest of the model as it is without.
  var own = SeededGenerator(seed: seed ^ 0xA991)
  if withApplications, own.chance(0.6) {
    addApplications(to: &model.stack, &own)
    if var before = model.runInStack {
      addApplications(to: &before, &own)
      model.runInStack = before
    }
  }
  // Half of them know their cases; what else is drawn here does not depend on it.
  if seed % 2 == 1 { model.addAttributes(seed: seed ^ 0xA77) }
  if withMechanisms, seed % 3 != 0 { model.addAgents(seed: seed ^ 0xA6E7) }
  if withTickets, seed % 3 != 0 { model.addTickets(seed: seed ^ 0x71C7) }
  if withTickets, seed % 3 != 0, seed % 4 > 1 { model.addRemedies(seed: seed ^ 0x4E3D) }
  // Two thirds of them have automations that get into each other's way.
  if withOrchestration, seed % 3 != 0 { model.addOrchestration(seed: seed ^ 0x0C0) }
  if seed % 4 != 1 { model.addCosts(seed: seed ^ 0xC057) }
  // So have people of some a choice of what they look at.
  if withOversight, seed % 3 != 0 { model.addOversight(seed: seed ^ 0x0E5) }
  // A third of them take over stage by stage, where a stack works before day 0.
  if withRollout, seed % 3 == 1 { model.addRollout(seed: seed ^ 0x2011) }
  if withRisk, seed % 5 > 1 { model.addRisk(seed: seed ^ 0x5157) }
  if withResponse, seed % 5 != 0 { model.addResponse(seed: seed ^ 0x4E5) }
  if withAbsence, seed % 7 < 4 { model.addAbsence(seed: seed ^ 0xABE5) }
  if withAdoption, seed % 7 > 2 { model.addAdoption(seed: seed ^ 0xAD09) }
  return model
}

/// Applications with limits and outages; a team that does nothing else repairs some of them.
private func addApplications(to stack: inout StackModel, _ generator: inout SeededGenerator) {
  stack.teams.append(
    TeamModel(name: "fixers", people: [.init(calendar: generator.int(0...2), hourlyCost: 30e6)]))
  let fixers = stack.teams.count - 1
  func outages() -> OutageModel? {
    guard generator.chance(0.5) else { return nil }
    return OutageModel(
      every: .exponential(mean: generator.real(3_600...200_000)),
      repair: .exponential(mean: generator.real(60...7_200)),
      inProgress: OutageModel.InProgress.allCases[generator.int(0...2)],
      repairTeam: generator.chance(0.5) ? fixers : nil)
  }
  stack.applications = (0..<3).map { index in
    ApplicationModel(
      name: "application \(index)", concurrent: generator.int(0...4),
      rateLimit: generator.chance(0.3)
        ? .init(
          requests: Int64(generator.int(1...7)), period: Int64(generator.int(10...100)) * second,
          burst: Int64(generator.int(1...9))) : nil,
      latency: generator.chance(0.5) ? .exponential(mean: 2) : nil,
      maintenance: generator.chance(0.3)
        ? WorkCalendar((-5..<20).map { (Int64($0) * day + 3 * hour, Int64($0) * day + 5 * hour) })
        : nil, outages: outages())
  }
  func touches() -> [TouchModel] {
    (0..<3).filter { _ in generator.chance(0.4) }.map {
      TouchModel(application: $0, requests: generator.int(1...3))
    }
  }
  for index in stack.activities.indices { stack.activities[index].touches = touches() }
  for index in stack.automations.indices {
    stack.automations[index].touches = touches()
    stack.automations[index].outages = outages()
  }
  stack.layer?.outages = outages()
  for index in stack.applications.indices where generator.chance(0.4) {
    stack.applications[index].others = OtherLoadModel(
      perSecond: generator.real(0.0005...0.01), time: .exponential(mean: generator.real(1...30)),
      calendar: generator.chance(0.5) ? 1 : nil)
  }
}

/// Equal shares at every node, but loops are left three times out of four.
private func probabilities(_ flow: FlowGraph) -> [Double] {
  var result = [Double](repeating: 1, count: flow.flows.count)
  for (index, node) in flow.nodes.enumerated()
  where node.kind == .exclusive || node.kind == .inclusive {
    let range = Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
    let isLoop = flow.elementIDs[index].hasPrefix("again")
    for (position, flowIndex) in range.enumerated() {
      result[flowIndex] =
        isLoop ? (position == 0 ? 0.25 : 0.75 / Double(range.count - 1)) : 1 / Double(range.count)
    }
  }
  return result
}
