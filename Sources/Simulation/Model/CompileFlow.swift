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
  ///   - process: the process as imported.
  ///   - start: id of the start event where the process has several.
  /// - Throws: `FlowCompilationError` for the first element that is wrong or not supported.
  public init(
    _ process: BusinessProcess, start: String? = nil
  ) throws(FlowCompilationError) {
    var compilation = FlowCompilation(process: process)
    try compilation.run(start: start)
    self = compilation.graph
  }
}

private struct FlowCompilation {
  let process: BusinessProcess
  var graph = FlowGraph(
    nodes: [], flows: [], scopeStarts: [], scopes: [], activities: [], delays: [],
    joinSlotCount: 0, elementIDs: [], elementNames: [], flowIDs: [])
  var position: [String: Int] = [:]

  init(process: BusinessProcess) { self.process = process }

  mutating func run(start: String?) throws(FlowCompilationError) {
    for (index, element) in process.elements.enumerated() {
      guard position.updateValue(index, forKey: element.id) == nil else {
        throw problem(
          "the id '\(element.id)' stands on two elements; ids must be unique", element)
      }
    }
    let outgoing = try flowsBySource()
    var incoming: [String: Int] = [:]
    for flow in process.flows { incoming[flow.target, default: 0] += 1 }
    let scopes = subProcessScopes()
    for element in process.elements {
      try append(
        element, outgoing: outgoing[element.id] ?? [], incoming: incoming[element.id] ?? 0,
        scopes: scopes)
    }
    assignJoinSlots()
    try findStarts(chosen: start, scopes: scopes)
  }

  private func problem(_ message: String, _ element: FlowElement) -> FlowCompilationError {
    var location = element.location
    location.element = element.id
    return FlowCompilationError(message, at: location)
  }

  private func flowsBySource() throws(FlowCompilationError) -> [String: [SequenceFlow]] {
    var result: [String: [SequenceFlow]] = [:]
    for flow in process.flows {
      for end in [flow.source, flow.target] where position[end] == nil {
        var location = flow.location
        location.element = flow.id
        let hint =
          closestName(to: end, among: process.elements.map(\.id))
          .map { ". Did you mean '\($0)'?" } ?? ""
        throw FlowCompilationError(
          "the sequence flow '\(flow.id)' leads to or from '\(end)', which is no element of the "
            + "process\(hint)", at: location)
      }
      result[flow.source, default: []].append(flow)
    }
    return result
  }

  /// Scope index by sub-process id; the process itself is scope 0.
  private func subProcessScopes() -> [String: Int32] {
    var scopes: [String: Int32] = [:]
    for element in process.elements {
      if case .subProcess = element.kind { scopes[element.id] = Int32(scopes.count + 1) }
    }
    return scopes
  }

  private mutating func append(
    _ element: FlowElement, outgoing: [SequenceFlow], incoming: Int, scopes: [String: Int32]
  ) throws(FlowCompilationError) {
    let kind = try nodeKind(of: element, outgoing: outgoing)
    let node = Int32(graph.nodes.count)
    var detail: Int32 = -1
    switch kind {
    case .activity:
      detail = Int32(graph.activities.count)
      graph.activities.append(node)
    case .delay:
      detail = Int32(graph.delays.count)
      graph.delays.append(node)
    case .scope: detail = scopes[element.id] ?? -1
    default: break
    }
    graph.nodes.append(
      FlowGraph.Node(
        kind: kind, firstFlow: Int32(graph.flows.count), flowCount: Int32(outgoing.count),
        firstJoinSlot: -1, incomingCount: Int32(incoming), detail: detail,
        scope: element.parent.flatMap { scopes[$0] } ?? 0,
        branchStream: RandomStream(element.id, "branch")))
    graph.elementIDs.append(element.id)
    graph.elementNames.append(element.name)
    for flow in outgoing {
      graph.flows.append(
        FlowGraph.Flow(target: Int32(position[flow.target] ?? 0), joinSlot: -1))
      graph.flowIDs.append(flow.id)
    }
  }

  private func nodeKind(
    of element: FlowElement, outgoing: [SequenceFlow]
  ) throws(FlowCompilationError) -> FlowGraph.Kind {
    if let loop = element.loop {
      throw problem("\(describe(loop)) is not simulated yet; remove the repetition", element)
    }
    switch element.kind {
    case .startEvent: return .pass
    case .endEvent(.terminate): return .terminate
    case .endEvent(.error), .endEvent(.cancel), .endEvent(.compensation):
      if element.parent == nil { return .terminate }
      throw problem("an error end event inside a sub-process is not simulated yet", element)
    case .endEvent: return .end
    case .intermediateThrow(.link), .intermediateCatch(.link):
      throw problem("link events are not simulated yet; draw the flow through", element)
    case .intermediateThrow(.compensation):
      throw problem("compensation is not simulated yet", element)
    case .intermediateThrow: return .pass
    case .intermediateCatch: return .delay
    case .boundary:
      throw problem("boundary events are not simulated yet", element)
    case .task(.receive): return .delay
    case .task, .callActivity:
      if outgoing.contains(where: { $0.condition != nil }) || element.defaultFlow != nil {
        throw problem(
          "conditional flows from an activity are not simulated yet; put a gateway behind it",
          element)
      }
      return .activity
    case .subProcess(.embedded), .subProcess(.transaction): return .scope
    case .subProcess(.event):
      throw problem("event sub-processes are not simulated yet", element)
    case .subProcess(.adHoc):
      throw problem("ad-hoc sub-processes are not simulated yet", element)
    case .gateway(.exclusive): return outgoing.count > 1 ? .exclusive : .pass
    case .gateway(.parallel): return .parallel
    case .gateway(let kind):
      if outgoing.count <= 1, kind == .eventBased { return .pass }
      throw problem("\(kind.rawValue) gateways are not simulated yet", element)
    }
  }

  private func describe(_ loop: FlowElement.Loop) -> String {
    switch loop {
    case .standard: "a loop activity"
    case .multiInstanceSequential, .multiInstanceParallel: "a multi-instance activity"
    }
  }

  private mutating func assignJoinSlots() {
    for index in graph.nodes.indices
    where graph.nodes[index].kind == .parallel && graph.nodes[index].incomingCount > 1 {
      graph.nodes[index].firstJoinSlot = Int32(graph.joinSlotCount)
      for flow in graph.flows.indices where graph.flows[flow].target == Int32(index) {
        graph.flows[flow].joinSlot = Int32(graph.joinSlotCount)
        graph.joinSlotCount += 1
      }
    }
  }

  private mutating func findStarts(
    chosen: String?, scopes: [String: Int32]
  ) throws(FlowCompilationError) {
    let owners = [nil] + scopes.sorted { $0.value < $1.value }.map { Optional($0.key) }
    for owner in owners {
      let members = process.elements.enumerated().filter { $0.element.parent == owner }
      var starts = members.filter { isStart($0.element) }
      if owner == nil {
        starts = try chooseStart(starts, chosen: chosen)
      } else if starts.isEmpty {
        // BPMN: without a start event, everything that no flow leads to begins the sub-process.
        let targets = Set(process.flows.map(\.target))
        starts = members.filter { !targets.contains($0.element.id) }
      }
      graph.scopes.append(
        FlowGraph.Scope(
          firstStart: Int32(graph.scopeStarts.count), startCount: Int32(starts.count)))
      graph.scopeStarts += starts.map { Int32($0.offset) }
    }
  }

  private func isStart(_ element: FlowElement) -> Bool {
    if case .startEvent = element.kind { return true }
    return false
  }

  private func chooseStart(
    _ starts: [(offset: Int, element: FlowElement)], chosen: String?
  ) throws(FlowCompilationError) -> [(offset: Int, element: FlowElement)] {
    let ids = starts.map(\.element.id).joined(separator: ", ")
    if let chosen {
      let matching = starts.filter { $0.element.id == chosen }
      if matching.isEmpty {
        throw FlowCompilationError(
          "'\(chosen)' is no start event of the process; it has \(ids)", at: process.location)
      }
      return matching
    }
    if starts.isEmpty {
      throw FlowCompilationError(
        "the process '\(process.id)' has no start event; add one", at: process.location)
    }
    if starts.count > 1 {
      throw FlowCompilationError(
        "the process '\(process.id)' has several start events (\(ids)); say which one the cases "
          + "enter by", at: process.location)
    }
    return starts
  }
}
