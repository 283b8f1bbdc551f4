internal import EventEngine
public import Facts
public import ProcessModel

/// Why a business process cannot be simulated.
public struct FlowCompilationError: Error, Equatable, Sendable {
  /// What is wrong or not supported, and what to do, in one sentence.
  public var message: String
  /// The element.
  public var location: SourceLocation

  /// Creates an error.
  public init(_ message: String, at location: SourceLocation) {
    self.message = message
    self.location = location
  }
}

extension FlowGraph {
  /// Compiles a business process.
  ///
  /// - Parameters:
  ///   - process: the process as imported, with its calls inlined where they are to be.
  ///   - start: id of the start event where the process has several.
  ///   - alternatives: ids of the start events between which each case chooses, by the probabilities of
  ///     the flows of the last node.
  /// - Throws: `FlowCompilationError` for the first element that is wrong or not supported.
  public init(
    _ process: BusinessProcess, start: String? = nil, alternatives: [String] = []
  ) throws(FlowCompilationError) {
    var compilation = FlowCompilation(process: process)
    try compilation.run(starts: start.map { [$0] } ?? alternatives)
    self = compilation.graph
  }
}

/// The work of compiling one process: elements to nodes one by one, then what lies between them.
struct FlowCompilation {
  let process: BusinessProcess
  var graph = FlowGraph()
  /// Node of each element.
  var position: [String: Int] = [:]
  var outgoing: [String: [SequenceFlow]] = [:]
  var incoming: [String: Int] = [:]
  /// Scope of each sub-process; the process itself is scope 0.
  var scopes: [String: Int32] = [:]
  /// Names of what is thrown within the process, as `eventNames`.
  var names: [String: Int32] = [:]
  /// What loops and multi-instance activities repeat, to be appended behind the elements.
  private var repeated: [(element: FlowElement, kind: FlowGraph.Kind, detail: Int32)] = []

  init(process: BusinessProcess) { self.process = process }

  mutating func run(starts: [String]) throws(FlowCompilationError) {
    for (index, element) in process.elements.enumerated() {
      guard position.updateValue(index, forKey: element.id) == nil else {
        throw problem(
          "the id '\(element.id)' stands on two elements; ids must be unique", element)
      }
    }
    try collectFlows()
    for element in process.elements {
      if case .subProcess = element.kind { scopes[element.id] = Int32(scopes.count + 1) }
    }
    collectThrownNames()
    for element in process.elements { try append(element) }
    appendRepeated()
    try appendHandlers()
    try findStarts(chosen: starts)
    assignJoinSlots()
    try findJoinReach()
  }

  func problem(_ message: String, _ element: FlowElement) -> FlowCompilationError {
    var location = element.location
    location.element = element.id
    return FlowCompilationError(message, at: location)
  }

  // MARK: Flows

  private mutating func collectFlows() throws(FlowCompilationError) {
    for flow in process.flows {
      for end in [flow.source, flow.target] where position[end] == nil {
        let hint =
          closestName(to: end, among: process.elements.map(\.id))
          .map { ". Did you mean '\($0)'?" } ?? ""
        throw problem(
          "the sequence flow '\(flow.id)' leads to or from '\(end)', which is no element of the "
            + "process\(hint)", flow)
      }
      if element(flow.source)?.parent != element(flow.target)?.parent {
        throw problem(
          "the sequence flow '\(flow.id)' crosses the border of a sub-process, which BPMN does not "
            + "allow; let it end at the sub-process", flow)
      }
      outgoing[flow.source, default: []].append(flow)
      incoming[flow.target, default: 0] += 1
    }
    try joinLinks()
  }

  private func problem(_ message: String, _ flow: SequenceFlow) -> FlowCompilationError {
    var location = flow.location
    location.element = flow.id
    return FlowCompilationError(message, at: location)
  }

  func element(_ id: String) -> FlowElement? { position[id].map { process.elements[$0] } }

  // MARK: Nodes

  private mutating func append(_ element: FlowElement) throws(FlowCompilationError) {
    let kind = try nodeKind(of: element)
    let flows = outgoing[element.id] ?? []
    if let loop = element.loop, element.isActivity {
      try appendRepetition(of: element, loop, kind: kind)
    } else {
      let detail = try detail(of: element, kind: kind, node: graph.nodes.count)
      appendNode(element, id: element.id, kind: kind, detail: detail, flows: flows)
    }
    appendFlows(flows, of: element)
  }

  private mutating func appendNode(
    _ element: FlowElement, id: String, kind: FlowGraph.Kind, detail: Int32,
    flows: [SequenceFlow]
  ) {
    graph.nodes.append(
      FlowGraph.Node(
        kind: kind, firstFlow: Int32(graph.flows.count), flowCount: Int32(flows.count),
        incomingCount: Int32(incoming[element.id] ?? 0), detail: detail,
        scope: element.parent.flatMap { scopes[$0] } ?? 0,
        branchStream: RandomStream(id, "branch")))
    graph.elementIDs.append(id)
    graph.elementNames.append(element.name)
    graph.compensations.append(-1)
  }

  /// The detail of a new node: its index among those of its kind.
  private mutating func detail(
    of element: FlowElement, kind: FlowGraph.Kind, node: Int
  ) throws(FlowCompilationError) -> Int32 {
    switch kind {
    case .activity:
      graph.activities.append(Int32(node))
      return Int32(graph.activities.count - 1)
    case .delay: return appendDelay(element, node: node)
    case .scope: return scopes[element.id] ?? -1
    case .throwing:
      graph.throwers.append(try thrower(of: element))
      return Int32(graph.throwers.count - 1)
    default: return -1
    }
  }

  private mutating func appendFlows(_ flows: [SequenceFlow], of element: FlowElement) {
    let node = position[element.id] ?? 0
    let isInclusive = element.kind == .gateway(.inclusive)
    let choosesSeveral =
      flows.count > 1
      && (isInclusive || (element.isActivity && flows.contains { $0.condition != nil }))
    if choosesSeveral { graph.nodes[node].traits.insert(.conditionalFlows) }
    for flow in flows {
      var role = FlowGraph.Flow.Role.always
      if choosesSeveral {
        if flow.id == element.defaultFlow {
          role = .standard
        } else if isInclusive || flow.condition != nil {
          role = .conditional
        }
      }
      graph.flows.append(
        FlowGraph.Flow(target: Int32(position[flow.target] ?? 0), role: role))
      graph.flowIDs.append(flow.id)
    }
  }

  private func nodeKind(of element: FlowElement) throws(FlowCompilationError) -> FlowGraph.Kind {
    let out = outgoing[element.id]?.count ?? 0
    switch element.kind {
    case .startEvent: return .pass
    case .endEvent(.terminate): return .terminate
    case .endEvent(.error(let code)): return errorEnd(element, code: code)
    case .endEvent, .intermediateThrow: return throwKind(of: element)
    case .intermediateCatch(.link): return .pass
    case .intermediateCatch: return .delay
    case .boundary: return .pass
    case .task(.receive):
      if element.execution?.instantiates == true, (incoming[element.id] ?? 0) == 0 {
        throw problem(
          "a receive task that begins the process is not simulated; put a start event before it",
          element)
      }
      return .delay
    case .task, .callActivity: return .activity
    case .subProcess(.embedded), .subProcess(.transaction), .subProcess(.event): return .scope
    case .subProcess(.adHoc):
      throw problem(
        "ad-hoc sub-processes are not simulated, because BPMN leaves their order open; draw the "
          + "order, or make it one task", element)
    case .gateway(.exclusive): return out > 1 ? .exclusive : .pass
    case .gateway(.parallel): return .parallel
    case .gateway(.inclusive):
      return out > 1 || (incoming[element.id] ?? 0) > 1 ? .inclusive : .pass
    case .gateway(.eventBased): return try eventGateway(element, outgoing: out)
    case .gateway(.complex):
      throw problem(
        "complex gateways are not simulated, because their rule is an expression; use an inclusive "
          + "or parallel one", element)
    }
  }

  // MARK: Repetition

  private mutating func appendRepetition(
    of element: FlowElement, _ loop: FlowElement.Loop, kind: FlowGraph.Kind
  ) throws(FlowCompilationError) {
    let execution = element.execution
    let order: FlowGraph.Repetition.Order
    var stated = 0
    switch loop {
    case .standard:
      order = execution?.testsBefore == true ? .loopTestedBefore : .loop
      stated = execution?.loopMaximum ?? 0
    case .multiInstanceSequential(let cardinality):
      order = .sequential
      stated = cardinality.flatMap { Int($0) } ?? 0
    case .multiInstanceParallel(let cardinality):
      order = .parallel
      stated = cardinality.flatMap { Int($0) } ?? 0
    }
    if element.kind == .subProcess(.event) {
      throw problem("an event sub-process cannot be repeated; remove the repetition", element)
    }
    let inner = process.elements.count + repeated.count
    let scope = scopes.count + 1 + repeated.count
    let detail = try detail(of: element, kind: kind, node: inner)
    repeated.append((element, kind, detail))
    appendNode(
      element, id: "\(element.id) (repeated)", kind: .repetition,
      detail: Int32(graph.repetitions.count), flows: outgoing[element.id] ?? [])
    graph.repetitions.append(
      FlowGraph.Repetition(
        order: order, inner: Int32(inner), scope: Int32(scope),
        stated: Int32(clamping: max(0, stated)), node: Int32(graph.nodes.count - 1)))
  }

  private mutating func appendRepeated() {
    for (index, (element, kind, detail)) in repeated.enumerated() {
      appendNode(element, id: element.id, kind: kind, detail: detail, flows: [])
      let node = graph.nodes.count - 1
      graph.nodes[node].traits = .instance
      graph.nodes[node].scope = Int32(scopes.count + 1 + index)
      graph.nodes[node].incomingCount = 0
    }
  }
}
