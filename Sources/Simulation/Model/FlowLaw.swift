internal import Statistics

/// What the flow and a stack say of where tokens go, as a table of expected numbers.
///
/// Exact but for these:
/// - A boundary event is raced against the working time of its activity alone, without waiting; against
///   a sub-process or repetition, against the mean of the work in it. An activity that is interrupted
///   counts with its whole time.
/// - Signals and messages from within the case interrupt nothing, and their catching events pass.
/// - Where instances of a repeated activity fail, their number counts with its mean.
/// - Compensation undoes all that can be undone in its scope; what an error or escalation interrupts
///   counts as done.
struct FlowLaw {
  /// Expected tokens that an activation of a node sends to another.
  struct Edge {
    var source: Int
    var target: Int
    var weight: Double
    /// Whether the source still waits at its node meanwhile: the flow within a sub-process.
    var isInner: Bool
  }

  let flow: FlowGraph
  var edges: [Edge] = []
  /// Nodes at which a case begins, with the expected number of tokens.
  var starts: [(node: Int, weight: Double)] = []
  /// For each inclusive join, the node whose activations bound its own; −1 for the scope's.
  private var dominators: [Int: Int] = [:]

  let stack: StackModel?
  /// Nodes at which attributes choose the way.
  private let ruled: Set<Int>
  private let probabilities: [Double]
  private let table: SamplerTable
  /// Expected seconds of each sub-process or repetition, for races against it.
  private let durations: [Double]

  /// - Parameter durations: expected seconds of sub-processes by node; empty on the first pass.
  init(
    flow: FlowGraph, probabilities: [Double], stack: StackModel?, table: SamplerTable,
    durations: [Double] = []
  ) {
    self.flow = flow
    self.probabilities = probabilities
    self.stack = stack
    ruled = Set(stack?.branchingRules.map(\.node) ?? [])
    self.table = table
    self.durations = durations
    starts = (flow.scopes.first.map(flow.starts) ?? []).map { ($0, 1) }
    for join in flow.inclusiveJoins { dominators[Int(join)] = flow.dominator(of: Int(join)) }
    for node in flow.nodes.indices { addEdges(of: node) }
    if let root = flow.scopes.first { addEventSubProcesses(of: root, owner: nil) }
  }

  /// How often a node acts, given how many tokens come to the nodes.
  func activations(of node: Int, visits: [Double]) -> Double {
    let row = flow.nodes[node]
    guard row.firstJoinSlot >= 0 else { return visits[node] }
    guard row.kind == .inclusive else { return visits[node] / Double(row.incomingCount) }
    let dominator = dominators[node] ?? -1
    var bound: Double
    if dominator >= 0 {
      bound = visits[dominator]
    } else {
      let owner = Int(flow.scopes[Int(row.scope)].node)
      bound = owner >= 0 ? visits[owner] : 1
    }
    if dominator >= 0, flow.nodes[dominator].firstJoinSlot >= 0 {
      bound = activations(of: dominator, visits: visits)
    }
    return min(visits[node], bound)
  }

  // MARK: Edges

  private mutating func addEdges(of node: Int) {
    let row = flow.nodes[node]
    let completed = addBoundaryEvents(of: node)
    for (index, share) in zip(flow.outgoing(of: node), shares(of: node)) {
      add(node, Int(flow.flows[index].target), completed * share)
    }
    switch row.kind {
    case .scope:
      let scope = flow.scopes[Int(row.detail)]
      for start in flow.starts(of: scope) { add(node, start, 1, isInner: true) }
      addEventSubProcesses(of: scope, owner: node)
    case .repetition:
      add(
        node, Int(flow.repetitions[Int(row.detail)].inner),
        meanInstances(Int(row.detail)), isInner: true)
    case .throwing: addThrown(by: node)
    default: break
    }
  }

  private mutating func add(
    _ source: Int, _ target: Int, _ weight: Double, isInner: Bool = false
  ) {
    if weight != 0 {
      edges.append(Edge(source: source, target: target, weight: weight, isInner: isInner))
    }
  }

  /// Expected tokens on each outgoing flow of a node that acts.
  private func shares(of node: Int) -> [Double] {
    let row = flow.nodes[node]
    let range = flow.outgoing(of: node)
    switch row.kind {
    case .exclusive: return range.map { probabilities[$0] }
    case .eventBased: return eventShares(range)
    default:
      guard row.traits.contains(.conditionalFlows) else { return range.map { _ in 1 } }
      if ruled.contains(node) {
        // Shares of the cases, as counted: the flows need not be independent.
        return range.map { flow.flows[$0].role == .always ? 1 : probabilities[$0] }
      }
      return conditionalShares(range)
    }
  }

  private func conditionalShares(_ range: Range<Int>) -> [Double] {
    var none = 1.0
    for index in range where flow.flows[index].role == .conditional {
      none *= 1 - probabilities[index]
    }
    let mustTake = range.allSatisfy { flow.flows[$0].role == .conditional }
    return range.map { index in
      switch flow.flows[index].role {
      case .always: 1
      case .standard: none
      case .conditional:
        mustTake ? (none < 1 ? probabilities[index] / (1 - none) : 0) : probabilities[index]
      }
    }
  }

  private func eventShares(_ range: Range<Int>) -> [Double] {
    guard let stack else { return range.map { _ in 1 / Double(range.count) } }
    return raceProbabilities(
      range.map { index in
        let delay = stack.delays[Int(flow.nodes[Int(flow.flows[index].target)].detail)]
        return Contender(delay.time, probability: delay.isFromWithin ? 0 : delay.probability)
      }, table: table)
  }

  // MARK: Events

  /// Adds the boundary events of a node; returns the probability that its activity is completed.
  private mutating func addBoundaryEvents(of node: Int) -> Double {
    let row = flow.nodes[node]
    guard row.handlerCount > 0, let stack else { return 1 }
    let handlers = (0..<Int(row.handlerCount)).map { flow.handlers[Int(row.firstHandler) + $0] }
    var completed = 1.0
    let timed = handlers.filter { isTimed($0, stack) }
    if let host = duration(of: node) {
      let interrupting = timed.filter(\.isInterrupting)
      let race = raceProbabilities(
        [host] + interrupting.map { contender($0, stack) }, table: table)
      for (handler, probability) in zip(interrupting, race.dropFirst()) {
        add(node, Int(handler.node), probability)
        completed -= probability
      }
      for handler in timed where !handler.isInterrupting {
        let comes = raceProbabilities([host, contender(handler, stack)], table: table)[1]
        add(node, Int(handler.node), comes * repeats(handler, host, stack))
      }
    }
    return addErrors(of: node, handlers.filter { $0.trigger == .error }, completed)
  }

  private mutating func addErrors(
    of node: Int, _ handlers: [FlowGraph.EventHandler], _ reached: Double
  ) -> Double {
    guard let stack, let first = handlers.first else { return reached }
    var completed = reached
    let failed = completed * failureShare(of: node, stack)
    add(node, Int(first.node), failed)
    completed -= failed
    for handler in handlers {
      let share = completed * stack.delays[Int(handler.delay)].probability
      add(node, Int(handler.node), share)
      completed -= share
    }
    return completed
  }

  private mutating func addEventSubProcesses(of scope: FlowGraph.Scope, owner: Int?) {
    guard let stack, scope.handlerCount > 0 else { return }
    for index in 0..<Int(scope.handlerCount) {
      let handler = flow.handlers[Int(scope.firstHandler) + index]
      guard isTimed(handler, stack) else { continue }
      let node = Int(handler.node)
      guard let owner else {
        starts.append((node, stack.delays[Int(handler.delay)].probability))
        continue
      }
      guard let host = duration(of: owner) else { continue }
      let comes = raceProbabilities([host, contender(handler, stack)], table: table)[1]
      add(owner, node, comes * repeats(handler, host, stack), isInner: true)
    }
  }

  private func isTimed(_ handler: FlowGraph.EventHandler, _ stack: StackModel) -> Bool {
    guard handler.trigger == .occurrence || handler.trigger == .escalation else { return false }
    let delay = stack.delays[Int(handler.delay)]
    return !delay.isFromWithin && delay.probability > 0
  }

  private func contender(_ handler: FlowGraph.EventHandler, _ stack: StackModel) -> Contender {
    let delay = stack.delays[Int(handler.delay)]
    return Contender(delay.time, probability: delay.probability)
  }

  /// How often an event comes that comes at least once while its host is at work.
  private func repeats(
    _ handler: FlowGraph.EventHandler, _ host: Contender, _ stack: StackModel
  ) -> Double {
    let delay = stack.delays[Int(handler.delay)]
    guard delay.occurrences > 1, !handler.isInterrupting, delay.time.mean > 0 else { return 1 }
    let mean = host.times.reduce(0) { $0 + $1.share * $1.time.mean }
    return max(1, min(Double(delay.occurrences), mean / delay.time.mean))
  }

  /// How long the activity of a node takes; `nil` where it is not known.
  private func duration(of node: Int) -> Contender? {
    guard let stack else { return nil }
    let row = flow.nodes[node]
    switch row.kind {
    case .activity:
      let activity = stack.activities[Int(row.detail)]
      let byAutomation =
        activity.automation == nil ? 0 : stack.expectedAutomationShare(ofActivity: Int(row.detail))
      var mixture: [(share: Double, time: SampledTime)] = []
      if let automation = activity.automation, byAutomation > 0 {
        mixture.append((byAutomation, stack.automations[automation].runTime))
      }
      if let time = activity.handlingTime, byAutomation < 1 {
        mixture.append((1 - byAutomation, time))
      }
      return mixture.isEmpty ? nil : Contender(mixture: mixture)
    case .delay: return Contender(stack.delays[Int(row.detail)].time)
    default:
      guard durations.indices.contains(node) else { return nil }
      return Contender(SampledTime.constant(seconds: durations[node]))
    }
  }

  // MARK: Throwing

  private mutating func addThrown(by node: Int) {
    let thrower = flow.throwers[Int(flow.nodes[node].detail)]
    switch thrower.trigger {
    case .error, .escalation:
      guard let (handler, host) = catcher(of: thrower, at: node) else { return }
      add(node, Int(handler.node), 1)
      if handler.isInterrupting, let host { takeFlows(of: host, by: node) }
    case .compensation: addCompensations(by: node, reference: thrower.reference)
    case .cancel:
      addCompensations(by: node, reference: -1)
      let host = Int(flow.scopes[Int(flow.nodes[node].scope)].node)
      guard host >= 0 else { return }
      let row = flow.nodes[host]
      for index in 0..<Int(row.handlerCount) {
        let handler = flow.handlers[Int(row.firstHandler) + index]
        if handler.trigger == .cancel { add(node, Int(handler.node), 1) }
      }
      takeFlows(of: host, by: node)
    case .occurrence, .message, .signal: break
    }
  }

  /// A host that is left by an event is not left by its flows.
  private mutating func takeFlows(of host: Int, by node: Int) {
    for (index, share) in zip(flow.outgoing(of: host), shares(of: host)) {
      add(node, Int(flow.flows[index].target), -share)
    }
  }

  /// Who catches an error or escalation, and the node that it is on, where it is a boundary event.
  private func catcher(
    of thrower: FlowGraph.Thrower, at node: Int
  ) -> (handler: FlowGraph.EventHandler, host: Int?)? {
    func find(_ first: Int32, _ count: Int32) -> FlowGraph.EventHandler? {
      let handlers = (first..<(first + count)).map { flow.handlers[Int($0)] }
        .filter { $0.trigger == thrower.trigger }
      return handlers.first { thrower.name >= 0 && $0.name == thrower.name }
        ?? handlers.first { $0.name == -1 }
    }
    var scope = flow.scopes[Int(flow.nodes[node].scope)]
    // An error in an event sub-process is not caught by the scope that it took over.
    var isInterrupted = false
    while true {
      if !isInterrupted, let handler = find(scope.firstHandler, scope.handlerCount) {
        return (handler, nil)
      }
      guard scope.node >= 0 else { return nil }
      let row = flow.nodes[Int(scope.node)]
      if let handler = find(row.firstHandler, Int32(row.handlerCount)) {
        return (handler, Int(scope.node))
      }
      isInterrupted = row.traits.contains(.eventSubProcess)
      scope = flow.scopes[Int(row.scope)]
    }
  }

  private mutating func addCompensations(by node: Int, reference: Int32) {
    var scope = flow.nodes[node].scope
    while flow.scopes[Int(scope)].node >= 0,
      flow.nodes[Int(flow.scopes[Int(scope)].node)].traits.contains(.eventSubProcess)
    {
      scope = flow.nodes[Int(flow.scopes[Int(scope)].node)].scope
    }
    for (index, handler) in flow.compensations.enumerated() where handler >= 0 {
      if reference >= 0 ? index == Int(reference) : flow.nodes[index].scope == scope {
        add(node, Int(handler), 1)
      }
    }
  }
}
