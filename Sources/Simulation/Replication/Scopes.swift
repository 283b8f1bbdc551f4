internal import EventEngine

// Instances of the process and of its sub-processes: beginning, closing, and ending them with all that
// is in them.

extension Replication {
  mutating func beginScope(_ definition: Int32, caseSlot: Int32, parentToken: Int32) {
    let scope = newScope(definition, caseSlot: caseSlot, parentToken: parentToken)
    let table = scopeTable[Int(definition)]
    if table.handlerCount > 0 { armHandlers(ofScope: scope, table) }
    switch table.startCount {
    case 0: closeScopeIfEmpty(scope)
    case 1: begin(at: scopeStarts[Int(table.firstStart)], scope, caseSlot)
    default:
      for index in table.firstStart..<(table.firstStart + table.startCount) {
        begin(at: scopeStarts[Int(index)], scope, caseSlot)
      }
    }
  }

  @inline(__always)
  private mutating func begin(at node: Int32, _ scope: Int32, _ caseSlot: Int32) {
    queueMove(newToken(scope: scope, caseSlot: caseSlot), to: node, joinSlot: -1)
  }

  /// An empty scope: of the process itself, or one that a token waits for.
  @inline(__always)
  mutating func newScope(_ definition: Int32, caseSlot: Int32, parentToken: Int32) -> Int32 {
    let scope = scopes.take()
    scopes[scope].caseSlot = caseSlot
    scopes[scope].parentToken = parentToken
    scopes[scope].definition = definition
    joinTokens.clear(row: scope)
    if parentToken >= 0 { nest(scope, in: parentToken) }
    return scope
  }

  /// Makes a scope one that a token waits for.
  private mutating func nest(_ scope: Int32, in parentToken: Int32) {
    let parent = tokens[parentToken]
    tokens[parentToken].item = -2 - scope
    scopes[scope].visit = parent.visit
    let path = scopes[parent.scope].path
    if path != 0 {
      scopes[scope].path = innerPath(path, node: parent.node, visit: parent.visit)
      instanceVisits.clear(row: scope)
    }
  }

  /// The scope that a token waits for; −1 for none.
  @inline(__always)
  func innerScope(of token: Int32) -> Int32 {
    let item = tokens[token].item
    return item <= -2 ? -2 - item : -1
  }

  mutating func closeScopeIfEmpty(_ scope: Int32) {
    guard scopes[scope].liveTokens == 0 else { return }
    switch scopes[scope].kind {
    case .plain:
      let (parentToken, caseSlot) = (scopes[scope].parentToken, scopes[scope].caseSlot)
      if scopes[scope].firstRecord >= 0 { handOverRecords(of: scope) }
      freeScope(scope)
      if parentToken >= 0 {
        tokens[parentToken].item = -1
        finishActivity(parentToken)
      } else {
        complete(caseSlot: caseSlot)
      }
    case .repetition: endRepetition(scope)
    case .compensation: compensateNext(scope)
    }
  }

  /// Frees a scope in which nothing is left.
  @inline(__always)
  mutating func freeScope(_ scope: Int32) {
    if scopes[scope].firstWatch >= 0 { disarm(scope: scope) }
    if scopes[scope].firstRecord >= 0 { forgetRecords(of: scope) }
    scopes[scope].isToBeSettled = false
    scopes[scope].waitingInclusive = 0
    scopes.free(scope)
  }

  /// Ends a scope and everything in it at once.
  mutating func terminate(scope: Int32) {
    cancelTokens(of: scope)
    closeScopeIfEmpty(scope)
  }

  /// Ends the whole process of a token's case at once.
  mutating func endProcess(of token: Int32) {
    var scope = tokens[token].scope
    while scopes[scope].parentToken >= 0 { scope = tokens[scopes[scope].parentToken].scope }
    terminate(scope: scope)
  }

  /// Ends everything in a scope; the scope stays.
  mutating func cancelTokens(of scope: Int32) {
    while scopes[scope].firstToken >= 0 {
      let token = scopes[scope].firstToken
      stop(token)
      remove(token)
    }
    scopes[scope].liveTokens = 0
    scopes[scope].waitingInclusive = 0
    joinTokens.clear(row: scope)
  }

  /// Ends whatever a token waits for: work, delays, inner scopes, events.
  ///
  /// The token stays at its node.
  mutating func stop(_ token: Int32) {
    for position in moves.indices where moves[position].token == token {
      moves[position].token = -1
    }
    if tokens[token].firstWatch >= 0 { disarm(token) }
    let inner = innerScope(of: token)
    if inner >= 0 {
      tokens[token].item = -1
      cancelTokens(of: inner)
      scopes[inner].liveTokens = 0
      freeScope(inner)
    } else {
      cancelWork(waitedForBy: token)
    }
    tokens[token].stamp = 0
    tokens[token].stage = .moving
  }

  /// Charges what a run or hop has cost that is ended while it is under way: it is paid for whole.
  mutating func chargeWithdrawn(_ work: WorkItem) {
    switch work.kind {
    case .run:
      let index = Int(work.station) - teamCount
      let tokenStack = work.token >= 0 ? tokens[work.token].stack : work.stack
      let row = automationIndex(tokenStack, Int32(index))
      var cost = automationTable[row].costPerRun
      if automationTable[row].traits.contains(.makesCalls), work.token >= 0 {
        cost += payCalls(work.token, caseSlot: work.caseSlot, automation: row)
      }
      charge(work.caseSlot, .automation, cost)
      if cases[work.caseSlot].cohort >= 0 { automationRuns[index] += 1 }
    case .hop:
      charge(work.caseSlot, .orchestration, layers[Int(work.stack)].costPerHop)
    case .opinion: payForOpinion(work)
    case .aside: chargeAside(work)
    case .task, .exception, .ticket, .otherCall, .repair, .errand: break
    }
  }

  /// Counts the cases that can never be done: at each of their ends, a token waits at a join, or for an
  /// event that nothing throws any more.
  mutating func countStuckCases() {
    guard joins.count > 0 || model.flow.eventNames.count > 0 else { return }
    var canGoOn = [Bool](repeating: false, count: cases.highWater)
    for token in 0..<Int32(tokens.highWater) where tokens[token].scope >= 0 {
      let state = tokens[token]
      if state.item >= 0 || state.pendingTickets > 0 || state.stamp != 0 || isAwaited(token) {
        canGoOn[Int(state.caseSlot)] = true
      }
    }
    for scope in 0..<Int32(scopes.highWater) where scopes[scope].firstWatch >= 0 {
      if hasTimedWatch(scopes[scope].firstWatch) {
        canGoOn[Int(scopes[scope].caseSlot)] = true
      }
    }
    for slot in 0..<Int32(cases.highWater)
    where cases[slot].openParts > 0 && !cases[slot].isDone && cases[slot].cohort >= 0 {
      if hasStormControl, isHeldBack(slot) { continue }
      if responses.limitsIntake, waitsForIntake(slot) { continue }
      if !canGoOn[Int(slot)] { record.stuckCases += 1 }
    }
  }

  private func isAwaited(_ token: Int32) -> Bool { hasTimedWatch(tokens[token].firstWatch) }

  private func hasTimedWatch(_ first: Int32) -> Bool {
    var watch = first
    while watch >= 0 {
      if watches[watch].name < 0 { return true }
      watch = watches[watch].next
    }
    return false
  }
}
