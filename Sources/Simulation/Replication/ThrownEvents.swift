internal import EventEngine

// Events that the process itself throws. Errors and escalations look for who catches them from the
// inside out: event sub-processes of the scope, then boundary events of the activity that it is, then
// the next scope. A signal reaches all that wait for it in the case; a message reaches one, the one that
// has waited longest, and is kept where nobody waits.

extension Replication {
  /// A token comes to a throwing event.
  mutating func throwEvent(_ token: Int32, _ row: FlowGraph.Node) {
    let thrower = throwers[Int(row.detail)]
    let scope = tokens[token].scope
    switch thrower.trigger {
    case .error: throwError(thrower.name, in: scope)
    case .compensation: compensate(token, reference: thrower.reference)
    case .cancel: cancelTransaction(token)
    case .occurrence: goOn(token, thrower)
    case .escalation, .signal, .message:
      // What is thrown may end the thrower; the stamp tells whether it did.
      let stamp = newStamp()
      tokens[token].stamp = stamp
      switch thrower.trigger {
      case .escalation: escalate(thrower.name, from: scope)
      case .signal: deliver(thrower.name, from: scope, toAll: true)
      default: deliver(thrower.name, from: scope, toAll: false)
      }
      guard tokens[token].scope >= 0, tokens[token].stamp == stamp else { return }
      tokens[token].stamp = 0
      goOn(token, thrower)
    }
  }

  /// A token that has thrown goes on or ends.
  mutating func goOn(_ token: Int32, _ thrower: FlowGraph.Thrower) {
    if thrower.isEnd { consume(token) } else { leave(token) }
  }

  // MARK: Errors and escalations

  /// An error ends everything up to the scope or activity that catches it; without one, the case.
  private mutating func throwError(_ name: Int32, in thrower: Int32) {
    var scope = thrower
    while true {
      let definition = scopes[scope].definition
      if definition >= 0, !scopes[scope].isInterrupted {
        let table = scopeTable[Int(definition)]
        let handler = catcher(.error, name, from: table.firstHandler, count: table.handlerCount)
        if handler >= 0 {
          begin(handlers[Int(handler)], in: scope)
          return
        }
      }
      let parent = scopes[scope].parentToken
      guard parent >= 0 else {
        terminate(scope: scope)
        return
      }
      let row = nodes[Int(tokens[parent].node)]
      let handler = catcher(.error, name, from: row.firstHandler, count: Int32(row.handlerCount))
      if handler >= 0 {
        happen(handlers[Int(handler)], onBoundaryOf: parent)
        return
      }
      scope = tokens[parent].scope
    }
  }

  /// An escalation is handled where it is first caught, and lost where nobody does.
  private mutating func escalate(_ name: Int32, from thrower: Int32) {
    var scope = thrower
    while true {
      let definition = scopes[scope].definition
      if definition >= 0, !scopes[scope].isInterrupted {
        let table = scopeTable[Int(definition)]
        let handler = catcher(
          .escalation, name, from: table.firstHandler, count: table.handlerCount)
        if handler >= 0 {
          begin(handlers[Int(handler)], in: scope)
          return
        }
      }
      let parent = scopes[scope].parentToken
      guard parent >= 0 else { return }
      let row = nodes[Int(tokens[parent].node)]
      let handler = catcher(
        .escalation, name, from: row.firstHandler, count: Int32(row.handlerCount))
      if handler >= 0 {
        happen(handlers[Int(handler)], onBoundaryOf: parent)
        return
      }
      scope = tokens[parent].scope
    }
  }

  /// The handler of an error or escalation: of its code, else of any; −1 for none.
  private func catcher(
    _ trigger: FlowGraph.Trigger, _ name: Int32, from first: Int32, count: Int32
  ) -> Int32 {
    var any: Int32 = -1
    for index in first..<(first + count) where handlers[Int(index)].trigger == trigger {
      if name >= 0, handlers[Int(index)].name == name { return index }
      if any < 0, handlers[Int(index)].name == -1 { any = index }
    }
    return any
  }

  // MARK: Signals and messages

  private mutating func deliver(_ name: Int32, from thrower: Int32, toAll: Bool) {
    var root = thrower
    while scopes[root].parentToken >= 0 { root = tokens[scopes[root].parentToken].scope }
    var waiting: [(order: Int64, watch: Int32, stamp: UInt32)] = []
    collectWatches(of: name, in: root, &waiting)
    waiting.sort { $0.order < $1.order }
    if !toAll, waiting.isEmpty {
      heldMessages[scopes[root].caseSlot, Int(name)] &+= 1
      return
    }
    for (_, watch, stamp) in toAll ? waiting[...] : waiting.prefix(1)
    where watches[watch].stamp == stamp {
      trigger(watch)
    }
  }

  private func collectWatches(
    of name: Int32, in scope: Int32, _ found: inout [(order: Int64, watch: Int32, stamp: UInt32)]
  ) {
    collectWatches(of: name, from: scopes[scope].firstWatch, &found)
    var token = scopes[scope].firstToken
    while token >= 0 {
      collectWatches(of: name, from: tokens[token].firstWatch, &found)
      let inner = innerScope(of: token)
      if inner >= 0 { collectWatches(of: name, in: inner, &found) }
      token = tokens[token].nextInScope
    }
  }

  private func collectWatches(
    of name: Int32, from first: Int32,
    _ found: inout [(order: Int64, watch: Int32, stamp: UInt32)]
  ) {
    var watch = first
    while watch >= 0 {
      let state = watches[watch]
      if state.name == name { found.append((state.order, watch, state.stamp)) }
      watch = state.next
    }
  }

  /// Takes a message that was thrown before somebody waited for it.
  mutating func takeHeldMessage(_ name: Int32, of caseSlot: Int32) -> Bool {
    guard heldMessages[caseSlot, Int(name)] > 0 else { return false }
    heldMessages[caseSlot, Int(name)] &-= 1
    return true
  }
}
