internal import EventEngine
internal import Facts
internal import ProcessModel

// Where cases enter the process, and tokens its sub-processes.

extension FlowCompilation {
  mutating func findStarts(chosen: [String]) throws(FlowCompilationError) {
    let owners = [nil] + scopes.sorted { $0.value < $1.value }.map { Optional($0.key) }
    for owner in owners {
      var starts = members(of: owner).filter { process.elements[$0].isStart }
      if owner == nil, !starts.isEmpty {
        starts = try chooseStart(starts, chosen: chosen)
      } else if owner == nil, let id = chosen.first {
        throw FlowCompilationError(
          "'\(id)' is no start event of the process; it has none", at: process.location)
      }
      if starts.isEmpty { starts = members(of: owner).filter(begins) }
      if owner == nil, starts.isEmpty {
        throw FlowCompilationError(
          "the process '\(process.id)' has no start event, and a flow leads to everything in it; "
            + "add a start event", at: process.location)
      }
      let handlers = try appendEventSubProcesses(of: owner)
      graph.scopes.append(
        FlowGraph.Scope(
          firstStart: Int32(graph.scopeStarts.count), startCount: Int32(starts.count),
          node: owner.map { Int32(node(ofSubProcess: $0)) } ?? -1,
          firstHandler: handlers.lowerBound, handlerCount: Int32(handlers.count)))
      graph.scopeStarts += starts.map { Int32($0) }
    }
    for repetition in graph.repetitions {
      graph.scopes.append(
        FlowGraph.Scope(
          firstStart: Int32(graph.scopeStarts.count), startCount: 1, node: repetition.node))
      graph.scopeStarts.append(repetition.inner)
    }
  }

  private func members(of owner: String?) -> [Int] {
    process.elements.indices.filter { process.elements[$0].parent == owner }
  }

  /// The node that is the sub-process itself, which for a repeated one is not where flows lead.
  private func node(ofSubProcess id: String) -> Int {
    let node = position[id] ?? 0
    guard graph.nodes[node].kind == .repetition else { return node }
    return Int(graph.repetitions[Int(graph.nodes[node].detail)].inner)
  }

  /// Without a start event, everything that no flow leads to begins a process or sub-process
  /// (BPMN 2.0.2, 13.2 and 13.3.4).
  private func begins(_ index: Int) -> Bool {
    let element = process.elements[index]
    if (incoming[element.id] ?? 0) > 0 || element.execution?.isForCompensation == true {
      return false
    }
    switch element.kind {
    case .boundary, .subProcess(.event), .intermediateCatch(.link): return false
    default: return true
    }
  }

  private mutating func chooseStart(
    _ starts: [Int], chosen: [String]
  ) throws(FlowCompilationError) -> [Int] {
    let ids = starts.map { process.elements[$0].id }
    let known = ids.joined(separator: ", ")
    for id in chosen where !ids.contains(id) {
      throw FlowCompilationError(
        "'\(id)' is no start event of the process; it has \(known)", at: process.location)
    }
    if chosen.count == 1 { return starts.filter { process.elements[$0].id == chosen[0] } }
    if chosen.count > 1 { return [appendStartChoice(chosen)] }
    if starts.count > 1 {
      throw FlowCompilationError(
        "the process '\(process.id)' has several start events (\(known)); say which one the cases "
          + "enter by", at: process.location)
    }
    return starts
  }

  /// A node that sends each case to one of several start events.
  private mutating func appendStartChoice(_ ids: [String]) -> Int {
    let id = FlowGraph.startChoiceID
    graph.nodes.append(
      FlowGraph.Node(
        kind: .exclusive, firstFlow: Int32(graph.flows.count), flowCount: Int32(ids.count),
        incomingCount: 0, detail: -1, scope: 0, branchStream: RandomStream(id, "branch")))
    graph.elementIDs.append(id)
    graph.elementNames.append(nil)
    graph.compensations.append(-1)
    for start in ids {
      graph.flows.append(FlowGraph.Flow(target: Int32(position[start] ?? 0)))
      graph.flowIDs.append("start by \(start)")
    }
    return graph.nodes.count - 1
  }
}
