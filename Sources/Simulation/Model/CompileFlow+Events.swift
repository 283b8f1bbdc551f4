internal import Facts
internal import ProcessModel

// Events that lie apart from the flow: links, what is thrown within the process, boundary events, event
// sub-processes, event-based gateways.

extension FlowCompilation {
  // MARK: Links

  /// Draws a flow through from every throwing link event to the catching one of its name.
  mutating func joinLinks() throws(FlowCompilationError) {
    var targets: [String: FlowElement] = [:]
    var used: Set<String> = []
    func key(_ element: FlowElement, _ name: String?) -> String {
      "\(element.parent ?? "")\u{0}\(name ?? "")"
    }
    for element in process.elements {
      guard case .intermediateCatch(.link(let name)) = element.kind else { continue }
      if targets.updateValue(element, forKey: key(element, name)) != nil {
        throw problem(
          "two catching link events are named '\(name ?? "")'; a link has one target", element)
      }
    }
    for element in process.elements {
      guard case .intermediateThrow(.link(let name)) = element.kind else { continue }
      guard let target = targets[key(element, name)] else {
        throw problem(
          "no catching link event is named '\(name ?? "")' on this level; add it, or draw the flow "
            + "through", element)
      }
      used.insert(target.id)
      outgoing[element.id, default: []].append(
        SequenceFlow(
          id: "link \(element.id) to \(target.id)", source: element.id, target: target.id,
          location: element.location))
      incoming[target.id, default: 0] += 1
    }
    for element in process.elements {
      guard case .intermediateCatch(.link(let name)) = element.kind, !used.contains(element.id)
      else { continue }
      throw problem(
        "no throwing link event is named '\(name ?? "")' on this level; add it, or remove the "
          + "catching one", element)
    }
  }

  // MARK: Names

  /// Gives a number to everything that is both thrown and caught within the process.
  mutating func collectThrownNames() {
    let thrown = Set(process.elements.compactMap(thrownName))
    for element in process.elements {
      guard let name = caughtName(element), thrown.contains(name), names[name] == nil else {
        continue
      }
      names[name] = Int32(graph.eventNames.count)
      graph.eventNames.append(name)
    }
  }

  private func name(_ trigger: FlowElement.EventTrigger) -> String? {
    switch trigger {
    case .message(let name?): "message \(name)"
    case .signal(let name?): "signal \(name)"
    case .error(let code?): "error \(code)"
    case .escalation(let code?): "escalation \(code)"
    default: nil
    }
  }

  private func thrownName(_ element: FlowElement) -> String? {
    switch element.kind {
    case .endEvent(let trigger), .intermediateThrow(let trigger): name(trigger)
    default: nil
    }
  }

  private func caughtName(_ element: FlowElement) -> String? {
    switch element.kind {
    case .intermediateCatch(let trigger), .boundary(let trigger, _, _): name(trigger)
    case .startEvent(let trigger):
      // A start event of the process itself begins another case.
      element.parent == nil ? nil : name(trigger)
    default: nil
    }
  }

  /// Adds a node or boundary event to those whose event comes after a time.
  mutating func appendDelay(_ element: FlowElement, node: Int) -> Int32 {
    graph.delays.append(Int32(node))
    var name: Int32 = -1
    switch element.kind {
    case .intermediateCatch(.message), .intermediateCatch(.signal), .boundary(.message, _, _),
      .boundary(.signal, _, _), .startEvent(.message), .startEvent(.signal):
      name = caughtName(element).flatMap { names[$0] } ?? -1
    // Errors and escalations look for who catches them; nobody waits for them.
    default: break
    }
    graph.delayNames.append(name)
    return Int32(graph.delays.count - 1)
  }

  // MARK: Throwing

  /// An error end: nobody can catch one at the top level of a process without event sub-processes.
  func errorEnd(_ element: FlowElement, code: String?) -> FlowGraph.Kind {
    let isCaught = process.elements.contains { other in
      switch other.kind {
      case .boundary(.error, _, _): true
      case .startEvent(.error): other.parent != nil
      default: false
      }
    }
    return element.parent == nil && !isCaught ? .terminate : .throwing
  }

  func throwKind(of element: FlowElement) -> FlowGraph.Kind {
    let (trigger, plain): (FlowElement.EventTrigger, FlowGraph.Kind) =
      switch element.kind {
      case .endEvent(let trigger): (trigger, .end)
      case .intermediateThrow(let trigger): (trigger, .pass)
      default: (.none, .pass)
      }
    switch trigger {
    case .compensation, .cancel, .escalation: return .throwing
    case .message, .signal: return name(trigger).flatMap { names[$0] } == nil ? plain : .throwing
    default: return plain
    }
  }

  func thrower(of element: FlowElement) throws(FlowCompilationError) -> FlowGraph.Thrower {
    let (trigger, isEnd): (FlowElement.EventTrigger, Bool) =
      switch element.kind {
      case .endEvent(let trigger): (trigger, true)
      case .intermediateThrow(let trigger): (trigger, false)
      default: (.none, false)
      }
    var result = FlowGraph.Thrower(
      trigger: .signal, name: name(trigger).flatMap { names[$0] } ?? -1, isEnd: isEnd, reference: -1
    )
    switch trigger {
    case .error: result.trigger = .error
    case .escalation: result.trigger = .escalation
    case .message: result.trigger = .message
    case .compensation:
      result.trigger = .compensation
      if let reference = element.execution?.compensates {
        guard let node = position[reference], process.elements[node].isActivity else {
          throw problem(
            "'\(element.id)' compensates '\(reference)', which is no activity of the process",
            element)
        }
        result.reference = Int32(node)
      }
    case .cancel:
      result.trigger = .cancel
      try requireTransaction(of: element)
    default: break
    }
    return result
  }

  private func requireTransaction(of element: FlowElement) throws(FlowCompilationError) {
    let isCaught = process.elements.contains { other in
      if case .boundary(.cancel, attachedTo: element.parent, _) = other.kind { true } else { false }
    }
    guard let parent = element.parent.flatMap({ self.element($0) }),
      parent.kind == .subProcess(.transaction), isCaught
    else {
      throw problem(
        "a cancel end event stands in a transaction that has a cancel boundary event; this one "
          + "does not", element)
    }
  }

  // MARK: Event-based gateways

  func eventGateway(
    _ element: FlowElement, outgoing count: Int
  ) throws(FlowCompilationError) -> FlowGraph.Kind {
    guard count > 1 else { return .pass }
    if (incoming[element.id] ?? 0) == 0 {
      throw problem(
        "an event-based gateway that begins the process is not simulated; put a start event before "
          + "it", element)
    }
    for flow in outgoing[element.id] ?? [] {
      guard let target = self.element(flow.target) else { continue }
      let isHost = process.elements.contains { other in
        if case .boundary(_, attachedTo: target.id, _) = other.kind { true } else { false }
      }
      var isEvent = false
      switch target.kind {
      case .intermediateCatch(.link): break
      case .intermediateCatch: isEvent = true
      case .task(.receive): isEvent = target.loop == nil && !isHost
      default: break
      }
      if !isEvent {
        throw problem(
          "behind the event-based gateway '\(element.id)' stands '\(target.id)'; only catching "
            + "events and plain receive tasks may", target)
      }
    }
    return .eventBased
  }

  // MARK: Handlers

  mutating func appendHandlers() throws(FlowCompilationError) {
    for element in process.elements {
      guard case .boundary(_, let host, _) = element.kind else { continue }
      guard self.element(host)?.isActivity == true, self.element(host)?.kind != .subProcess(.event)
      else {
        throw problem(
          "the boundary event '\(element.id)' is attached to '\(host)', which is no activity",
          element)
      }
    }
    for (node, element) in process.elements.enumerated() where element.isActivity {
      let first = graph.handlers.count
      for boundary in process.elements {
        guard case .boundary(let trigger, element.id, let interrupts) = boundary.kind else {
          continue
        }
        try appendHandler(boundary, trigger, isInterrupting: interrupts, host: node)
      }
      graph.nodes[node].firstHandler = Int32(first)
      graph.nodes[node].handlerCount = UInt16(clamping: graph.handlers.count - first)
      if graph.handlers[first...].contains(where: { $0.trigger == .error }) {
        graph.nodes[node].traits.insert(.catchesErrors)
      }
    }
  }

  private mutating func appendHandler(
    _ event: FlowElement, _ trigger: FlowElement.EventTrigger, isInterrupting: Bool, host: Int
  ) throws(FlowCompilationError) {
    let node = position[event.id] ?? 0
    if trigger == .compensation {
      guard let id = event.execution?.compensatedBy, let handler = position[id],
        process.elements[handler].isActivity
      else {
        throw problem(
          "no association leads from the compensation event '\(event.id)' to the activity that "
            + "compensates; draw it", event)
      }
      if outgoing[id] != nil || (incoming[id] ?? 0) > 0 {
        throw problem(
          "the activity '\(id)' compensates another and lies in the flow; BPMN wants it outside",
          process.elements[handler])
      }
      graph.compensations[host] = Int32(handler)
      graph.nodes[host].traits.insert(.compensable)
      return
    }
    guard let kind = handled(trigger) else {
      throw problem(
        "the boundary event '\(event.id)' waits for nothing that BPMN knows there; give it a "
          + "trigger", event)
    }
    if kind == .cancel, process.elements[host].kind != .subProcess(.transaction) {
      throw problem("a cancel boundary event is attached to what is no transaction", event)
    }
    graph.handlers.append(
      FlowGraph.EventHandler(
        node: Int32(node), trigger: kind,
        isInterrupting: isInterrupting || kind == .error || kind == .cancel,
        delay: kind == .cancel ? -1 : appendDelay(event, node: node),
        name: name(trigger).flatMap { names[$0] } ?? noName(trigger)))
  }

  /// −1 catches any; an event with a code that nobody throws catches nothing from within.
  private func noName(_ trigger: FlowElement.EventTrigger) -> Int32 {
    switch trigger {
    case .error(nil), .escalation(nil): -1
    default: -2
    }
  }

  private func handled(_ trigger: FlowElement.EventTrigger) -> FlowGraph.Trigger? {
    switch trigger {
    case .message, .timer, .signal, .conditional, .multiple: .occurrence
    case .error: .error
    case .escalation: .escalation
    case .cancel: .cancel
    case .none, .terminate, .link, .compensation: nil
    }
  }

  /// Adds the event sub-processes of the scope of a sub-process, or of the process itself.
  mutating func appendEventSubProcesses(
    of owner: String?
  ) throws(FlowCompilationError) -> Range<Int32> {
    let first = Int32(graph.handlers.count)
    for (node, element) in process.elements.enumerated()
    where element.kind == .subProcess(.event) && element.parent == owner {
      if (incoming[element.id] ?? 0) > 0 || outgoing[element.id] != nil {
        throw problem("an event sub-process has no flows of its own; remove them", element)
      }
      let starts = process.elements.filter { $0.parent == element.id && $0.isStart }
      guard starts.count == 1, case .startEvent(let trigger) = starts[0].kind else {
        throw problem(
          "the event sub-process '\(element.id)' has \(starts.count) start events; it needs one",
          element)
      }
      guard let kind = handled(trigger), kind != .cancel else {
        throw problem(
          trigger == .compensation
            ? "compensation event sub-processes are not simulated; use a compensation boundary event"
            : "the start event of an event sub-process needs a trigger", starts[0])
      }
      let start = position[starts[0].id] ?? 0
      graph.nodes[node].traits.insert(.eventSubProcess)
      graph.handlers.append(
        FlowGraph.EventHandler(
          node: Int32(node), trigger: kind,
          isInterrupting: kind == .error || starts[0].execution?.isInterrupting != false,
          delay: appendDelay(starts[0], node: start),
          name: name(trigger).flatMap { names[$0] } ?? noName(trigger)))
    }
    return first..<Int32(graph.handlers.count)
  }
}

extension FlowElement {
  var isStart: Bool {
    if case .startEvent = kind { true } else { false }
  }
}
