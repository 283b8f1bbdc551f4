internal import EventEngine

// Events that tokens and scopes wait for: catching events, event-based gateways, boundary events, event
// sub-processes. Each wait that is not a plain delay is an `EventWatch`.

extension Replication {
  @inline(__always)
  func delayRow(_ index: Int32) -> DelayRow {
    delayTable[Int(stack) * model.flow.delays.count + Int(index)]
  }

  // MARK: Catching

  /// A token comes to a catching event or receive task.
  mutating func awaitEvent(_ token: Int32, delay: Int32) {
    let row = delayRow(delay)
    if Observer.tracesCases { traceWait(of: token, began: true) }
    if row.name < 0 {
      holdToken(token, for: microseconds(row.time, draw(row.timeStream, for: token)))
    } else if takeHeldMessage(row.name, of: tokens[token].caseSlot) {
      holdToken(token, for: 0)
    } else {
      addWatch(.catching, of: token, subject: delay, name: row.name)
    }
  }

  /// A token comes to an event-based gateway: the first of its events decides, ties by the order of the
  /// flows.
  mutating func waitForFirst(_ token: Int32, _ row: FlowGraph.Node) {
    if Observer.tracesCases { traceWait(of: token, began: true) }
    let caseSlot = tokens[token].caseSlot
    var earliest = Int64.max
    var first: Int32 = -1
    for index in row.firstFlow..<(row.firstFlow + row.flowCount) {
      let delay = delayRow(nodes[Int(flows[Int(index)].target)].detail)
      var time: Int64
      if delay.name >= 0 {
        guard earliest > 0, takeHeldMessage(delay.name, of: caseSlot) else {
          addWatch(.gateway, of: token, subject: index, name: delay.name)
          continue
        }
        time = 0
      } else {
        if delay.probability < 1,
          draw(delay.happensStream, for: token) >= delay.probability
        {
          continue
        }
        time = microseconds(delay.time, draw(delay.timeStream, for: token))
      }
      if time < earliest {
        earliest = time
        first = index
      }
    }
    guard first >= 0 else { return }
    tokens[token].effect = first
    holdToken(token, for: earliest)
  }

  /// What a token at an event has waited for has come.
  mutating func endWait(_ token: Int32) {
    if Observer.tracesCases { traceWait(of: token, began: false) }
    if nodes[Int(tokens[token].node)].kind == .eventBased {
      goOn(token, byGatewayFlow: tokens[token].effect)
    } else {
      finishActivity(token)
    }
  }

  private mutating func goOn(_ token: Int32, byGatewayFlow flow: Int32) {
    disarm(token)
    tokens[token].stamp = 0
    tokens[token].node = flows[Int(flow)].target
    if hasInclusiveJoins { noteChange(in: tokens[token].scope) }
    finishActivity(token)
  }

  // MARK: Arming

  /// Waits for the boundary events of the activity that a token has come to.
  mutating func armHandlers(of token: Int32, _ row: FlowGraph.Node) {
    for index in row.firstHandler..<(row.firstHandler + Int32(row.handlerCount)) {
      arm(
        index, .boundary, of: token, caseSlot: tokens[token].caseSlot, visit: tokens[token].visit)
    }
  }

  /// Waits for the event sub-processes of a scope.
  mutating func armHandlers(ofScope scope: Int32, _ table: FlowGraph.Scope) {
    for index in table.firstHandler..<(table.firstHandler + table.handlerCount) {
      arm(
        index, .eventSubProcess, of: scope, caseSlot: scopes[scope].caseSlot,
        visit: scopes[scope].visit)
    }
  }

  private mutating func arm(
    _ index: Int32, _ kind: EventWatch.Kind, of owner: Int32, caseSlot: Int32, visit: Int64
  ) {
    let handler = handlers[Int(index)]
    // Errors and cancellations are not waited for: they look for who catches them.
    guard handler.trigger == .occurrence || handler.trigger == .escalation else { return }
    let delay = delayRow(handler.delay)
    if delay.name >= 0 {
      let watch = addWatch(kind, of: owner, subject: index, name: delay.name)
      if takeHeldMessage(delay.name, of: caseSlot) {
        schedule(.occur, watch, stamp: watches[watch].stamp, at: now, .occur)
      }
      return
    }
    let ordinal = cases[caseSlot].ordinal
    if delay.probability < 1,
      random.uniform(delay.happensStream, ordinal: ordinal, visit: visit) >= delay.probability
    {
      return
    }
    let watch = addWatch(kind, of: owner, subject: index, name: -1)
    scheduleOccurrence(of: watch, delay, caseSlot: caseSlot, visit: visit)
  }

  private mutating func scheduleOccurrence(
    of watch: Int32, _ delay: DelayRow, caseSlot: Int32, visit: Int64
  ) {
    let uniform = random.uniform(
      delay.timeStream, ordinal: cases[caseSlot].ordinal, visit: visit,
      attempt: watches[watch].occurrence)
    schedule(
      .occur, watch, stamp: watches[watch].stamp, at: now &+ microseconds(delay.time, uniform),
      .occur)
  }

  @discardableResult
  private mutating func addWatch(
    _ kind: EventWatch.Kind, of owner: Int32, subject: Int32, name: Int32
  ) -> Int32 {
    let watch = watches.take()
    lastOrder &+= 1
    watches[watch].owner = owner
    watches[watch].kind = kind
    watches[watch].subject = subject
    watches[watch].name = name
    watches[watch].stamp = newStamp()
    watches[watch].order = lastOrder
    if kind == .eventSubProcess {
      watches[watch].next = scopes[owner].firstWatch
      scopes[owner].firstWatch = watch
    } else {
      watches[watch].next = tokens[owner].firstWatch
      tokens[owner].firstWatch = watch
    }
    return watch
  }

  /// Ends all waits of a token but its work.
  mutating func disarm(_ token: Int32) {
    freeWatches(from: tokens[token].firstWatch)
    tokens[token].firstWatch = -1
  }

  /// Ends all waits of a scope.
  mutating func disarm(scope: Int32) {
    freeWatches(from: scopes[scope].firstWatch)
    scopes[scope].firstWatch = -1
  }

  private mutating func freeWatches(from first: Int32) {
    var watch = first
    while watch >= 0 {
      let next = watches[watch].next
      watches[watch].stamp = 0
      watches.free(watch)
      watch = next
    }
  }

  // MARK: Happening

  /// The time of an event has come.
  mutating func occur(_ watch: Int32, stamp: UInt32) {
    guard watches[watch].stamp == stamp else { return }
    trigger(watch)
  }

  /// An event that is waited for comes.
  mutating func trigger(_ watch: Int32) {
    let state = watches[watch]
    switch state.kind {
    case .catching:
      disarm(state.owner)
      finishActivity(state.owner)
    case .gateway: goOn(state.owner, byGatewayFlow: state.subject)
    case .boundary:
      let handler = handlers[Int(state.subject)]
      if !handler.isInterrupting {
        waitAgain(watch, handler)
      }
      happen(handler, onBoundaryOf: state.owner)
    case .eventSubProcess:
      let handler = handlers[Int(state.subject)]
      if !handler.isInterrupting {
        waitAgain(watch, handler)
      }
      begin(handler, in: state.owner)
    }
  }

  /// What does not interrupt can come again: what is thrown within the case always, and what comes
  /// from outside as often as it is to.
  private mutating func waitAgain(_ watch: Int32, _ handler: FlowGraph.EventHandler) {
    let state = watches[watch]
    if state.name >= 0 { return }
    let delay = delayRow(handler.delay)
    watches[watch].stamp = newStamp()
    watches[watch].occurrence &+= 1
    guard watches[watch].occurrence < delay.occurrences else { return }
    let isScope = state.kind == .eventSubProcess
    let caseSlot = isScope ? scopes[state.owner].caseSlot : tokens[state.owner].caseSlot
    let visit = isScope ? scopes[state.owner].visit : tokens[state.owner].visit
    scheduleOccurrence(of: watch, delay, caseSlot: caseSlot, visit: visit)
  }

  /// A boundary event happens: its host ends and goes on from it, or a further token does.
  mutating func happen(_ handler: FlowGraph.EventHandler, onBoundaryOf host: Int32) {
    var token = host
    if handler.isInterrupting {
      stop(host)
    } else {
      token = newToken(scope: tokens[host].scope, caseSlot: tokens[host].caseSlot)
    }
    tokens[token].node = handler.node
    if hasInclusiveJoins { noteChange(in: tokens[token].scope) }
    leave(token)
  }

  /// An event sub-process begins: instead of everything in its scope, or beside it.
  mutating func begin(_ handler: FlowGraph.EventHandler, in scope: Int32) {
    if handler.isInterrupting {
      cancelTokens(of: scope)
      disarm(scope: scope)
      scopes[scope].isInterrupted = true
    }
    let token = newToken(scope: scope, caseSlot: scopes[scope].caseSlot)
    queueMove(token, to: handler.node, joinSlot: -1)
  }

  // MARK: Errors of activities

  /// Whether an activity that is done ends in one of its errors instead; then its token has gone on.
  mutating func endsInError(_ token: Int32, _ row: FlowGraph.Node) -> Bool {
    guard row.traits.contains(.catchesErrors) else { return false }
    for index in row.firstHandler..<(row.firstHandler + Int32(row.handlerCount))
    where handlers[Int(index)].trigger == .error {
      let delay = delayRow(handlers[Int(index)].delay)
      if delay.probability > 0, draw(delay.happensStream, for: token) < delay.probability {
        happen(handlers[Int(index)], onBoundaryOf: token)
        return true
      }
    }
    return false
  }

  /// Whether the final failure of an automation is caught on the boundary of its activity, by the
  /// first error event there; then the token has gone on.
  mutating func failsIntoBoundary(_ token: Int32) -> Bool {
    var host = token
    var row = nodes[Int(tokens[token].node)]
    if row.traits.contains(.instance) {
      host = scopes[tokens[token].scope].parentToken
      row = nodes[Int(tokens[host].node)]
    }
    guard row.traits.contains(.catchesErrors) else { return false }
    for index in row.firstHandler..<(row.firstHandler + Int32(row.handlerCount))
    where handlers[Int(index)].trigger == .error {
      happen(handlers[Int(index)], onBoundaryOf: host)
      return true
    }
    return false
  }
}
