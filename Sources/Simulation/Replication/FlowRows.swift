internal import EventEngine
internal import Statistics

// What the flow and the stacks say, as plain rows for the hot path.

extension FlowGraph {
  /// The flows as tokens take them: past nodes that only pass them on.
  ///
  /// Branches that begin together keep all their steps, so that what they do at one instant is done in
  /// the order in which the process has it.
  var flowsTaken: [Flow] {
    var taken = flows
    for node in nodes where node.flowCount == 1 || node.kind == .exclusive {
      for index in Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount) {
        taken[index] = past(taken[index])
      }
    }
    return taken
  }

  /// The nodes at which scopes begin, likewise.
  var startsTaken: [Int32] {
    var taken = scopeStarts
    for scope in scopes where scope.startCount == 1 {
      let index = Int(scope.firstStart)
      let flow = past(Flow(target: taken[index]))
      if flow.joinSlot < 0 { taken[index] = flow.target }
    }
    return taken
  }

  private func past(_ flow: Flow) -> Flow {
    var end = flow
    // As often as there are nodes: they may pass tokens on in a circle.
    for _ in nodes.indices {
      let node = nodes[Int(end.target)]
      guard node.kind == .pass, node.flowCount == 1, node.handlerCount == 0 else { break }
      let next = flows[Int(node.firstFlow)]
      (end.target, end.joinSlot) = (next.target, next.joinSlot)
    }
    return end
  }
}

struct DelayRow: BitwiseCopyable {
  var time: CompiledSampler
  var probability: Double
  var timeStream: RandomStream
  var happensStream: RandomStream
  /// The event of the process that it waits for; −1 where it comes after a time or from outside.
  var name: Int32
  var occurrences: Int32

  static func rows(of stack: StackModel, flow: FlowGraph) -> [DelayRow] {
    stack.delays.enumerated().map { index, delay in
      let id = flow.elementIDs[Int(flow.delays[index])]
      return DelayRow(
        time: delay.time.sampler, probability: delay.probability,
        timeStream: RandomStream(id, "outside wait"), happensStream: RandomStream(id, "happens"),
        name: delay.isFromWithin ? flow.delayNames[index] : -1,
        occurrences: Int32(clamping: delay.occurrences))
    }
  }
}

struct RepetitionRow: BitwiseCopyable {
  var again: Double
  var atMost: Int32
  var count: CompiledSampler
  var enough: Double
  /// Mean number of instances under a condition; below 0 where none decides.
  var mean: Double
  var againStream: RandomStream
  var countStream: RandomStream

  static func rows(of stack: StackModel, flow: FlowGraph) -> [RepetitionRow] {
    stack.repetitions.enumerated().map { index, repetition in
      let id = flow.repetitionID(index)
      return RepetitionRow(
        again: repetition.again, atMost: Int32(clamping: repetition.atMost),
        count: repetition.count.sampler,
        enough: repetition.condition == nil ? repetition.enough : 1,
        mean: repetition.condition == nil ? -1 : repetition.meanInstances ?? 1,
        againStream: RandomStream(id, "again"), countStream: RandomStream(id, "instances"))
    }
  }
}
