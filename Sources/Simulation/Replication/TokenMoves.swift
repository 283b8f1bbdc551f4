internal import EventEngine

// How tokens walk the flow. Moves are queued and made one after the other, so that no depth of the
// process becomes depth of the call stack.

extension Replication {
  /// Puts a case into the process.
  @inline(__always)
  mutating func start(caseSlot: Int32) {
    heldMessages.clear(row: caseSlot)
    beginScope(0, caseSlot: caseSlot, parentToken: -1)
  }

  @inline(__always)
  mutating func newToken(scope: Int32, caseSlot: Int32) -> Int32 {
    let token = tokens.take()
    if hasTicketRules { ticketTracks.clear(row: token) }
    tokens[token].caseSlot = caseSlot
    tokens[token].scope = scope
    let first = scopes[scope].firstToken
    tokens[token].nextInScope = first
    if first >= 0 { tokens[first].previousInScope = token }
    scopes[scope].firstToken = token
    scopes[scope].liveTokens &+= 1
    return token
  }

  @inline(__always)
  mutating func remove(_ token: Int32) {
    let (previous, next) = (tokens[token].previousInScope, tokens[token].nextInScope)
    let scope = tokens[token].scope
    if previous >= 0 {
      tokens[previous].nextInScope = next
    } else {
      scopes[scope].firstToken = next
    }
    if next >= 0 { tokens[next].previousInScope = previous }
    scopes[scope].liveTokens &-= 1
    if hasInclusiveJoins { noteChange(in: scope) }
    tokens[token].scope = -1
    tokens[token].stamp = 0
    tokens.free(token)
  }

  @inline(__always)
  mutating func queueMove(_ token: Int32, to node: Int32, joinSlot: Int32) {
    moves.append(TokenMove(token: token, node: node, joinSlot: joinSlot))
  }

  /// Makes all queued moves, in the order in which they were queued.
  mutating func makeMoves() {
    var position = 0
    while position < moves.count, failure == nil {
      let move = moves[position]
      position += 1
      // A token that was removed meanwhile has left a move behind.
      if move.token < 0 { continue }
      arrive(move.token, at: move.node, joinSlot: move.joinSlot)
      movesAtInstant &+= 1
      if movesAtInstant > model.limits.movesPerInstant {
        failure = .endlessLoop(element: model.flow.elementIDs[Int(move.node)], at: now)
      }
    }
    moves.removeAll()
  }

  @inline(__always)
  private mutating func arrive(_ token: Int32, at node: Int32, joinSlot: Int32) {
    tokens[token].node = node
    let index = Int(node)
    if hasInclusiveJoins { noteChange(in: tokens[token].scope) }
    switch nodes[index].kind {
    case .pass: leave(token)
    case .activity:
      countVisit(token, node: node)
      if nodes[index].handlerCount > 0 { armHandlers(of: token, nodes[index]) }
      beginActivity(token, activity: nodes[index].detail)
    case .exclusive:
      countVisit(token, node: node)
      choose(token, nodes[index])
    case .parallel: synchronise(token, nodes[index], joinSlot: joinSlot)
    case .inclusive: waitForOthers(token, nodes[index], joinSlot: joinSlot)
    case .delay:
      countVisit(token, node: node)
      if nodes[index].handlerCount > 0 { armHandlers(of: token, nodes[index]) }
      awaitEvent(token, delay: nodes[index].detail)
    case .eventBased:
      countVisit(token, node: node)
      waitForFirst(token, nodes[index])
    case .scope:
      countVisit(token, node: node)
      if nodes[index].handlerCount > 0 { armHandlers(of: token, nodes[index]) }
      beginScope(nodes[index].detail, caseSlot: tokens[token].caseSlot, parentToken: token)
    case .repetition:
      countVisit(token, node: node)
      if nodes[index].handlerCount > 0 { armHandlers(of: token, nodes[index]) }
      beginRepetition(token, nodes[index])
    case .throwing:
      countVisit(token, node: node)
      throwEvent(token, nodes[index])
    case .end: consume(token)
    case .terminate: terminate(scope: tokens[token].scope)
    }
  }

  @inline(__always)
  mutating func countVisit(_ token: Int32, node: Int32) {
    if hasRepetitions, countInstanceVisit(token, node: node, nodes[Int(node)]) { return }
    let caseSlot = tokens[token].caseSlot
    let visit = visits[caseSlot, Int(node)]
    tokens[token].visit = Int64(visit)
    if visit < .max { visits[caseSlot, Int(node)] = visit &+ 1 }
  }

  /// Resumes a token after a time, through `resumeAfterDelay`.
  mutating func holdToken(_ token: Int32, for time: Int64) {
    let stamp = newStamp()
    tokens[token].stamp = stamp
    if Observer.tracesCases { tracePause(of: token, time) }
    schedule(.resumeToken, token, stamp: stamp, at: now &+ time, .endDelay)
  }

  /// A delay has ended: a chain of effects goes on, a retry begins, or the flow goes on.
  mutating func resumeAfterDelay(_ token: Int32, stamp: UInt32) {
    guard tokens[token].scope >= 0, tokens[token].stamp == stamp else { return }
    tokens[token].stamp = 0
    switch tokens[token].stage {
    case .admitted, .completed: continueChain(token)
    case .working: startWork(token, activity: nodes[Int(tokens[token].node)].detail)
    case .moving: endWait(token)
    }
  }

  /// The work of an activity is done, or an inner flow: the activity ends in an error, or is complete.
  @inline(__always)
  mutating func finishActivity(_ token: Int32) {
    let node = Int(tokens[token].node)
    if !nodes[node].traits.isDisjoint(with: [.catchesErrors, .compensable]) {
      if endsInError(token, nodes[node]) { return }
      if nodes[node].traits.contains(.compensable) { noteCompletion(of: token) }
    }
    leave(token)
  }

  /// Sends a token on from its node.
  @inline(__always)
  mutating func leave(_ token: Int32) {
    let node = Int(tokens[token].node)
    if nodes[node].flowCount == 1, nodes[node].handlerCount == 0 {
      // Nearly every node.
      tokens[token].stage = .moving
      let flow = Int(nodes[node].firstFlow)
      queueMove(token, to: flows[flow].target, joinSlot: flows[flow].joinSlot)
    } else {
      leaveInOtherWays(token)
    }
  }

  private mutating func leaveInOtherWays(_ token: Int32) {
    tokens[token].stage = .moving
    let row = nodes[Int(tokens[token].node)]
    if row.handlerCount > 0 { disarm(token) }
    switch row.flowCount {
    case 0:
      if row.traits.contains(.instance) { finishInstance(token) } else { consume(token) }
    case 1:
      let flow = flows[Int(row.firstFlow)]
      queueMove(token, to: flow.target, joinSlot: flow.joinSlot)
    default:
      if row.traits.contains(.conditionalFlows) {
        chooseSeveral(token, row)
      } else {
        fork(token, row)
      }
    }
  }

  private mutating func fork(_ token: Int32, _ row: FlowGraph.Node) {
    let state = tokens[token]
    for index in row.firstFlow..<(row.firstFlow + row.flowCount) {
      let flow = flows[Int(index)]
      let branch =
        index == row.firstFlow ? token : newToken(scope: state.scope, caseSlot: state.caseSlot)
      queueMove(branch, to: flow.target, joinSlot: flow.joinSlot)
    }
  }

  private mutating func choose(_ token: Int32, _ row: FlowGraph.Node) {
    let rule = rules.branchingRule(stack: stack, node: tokens[token].node)
    if rule >= 0 {
      let index = flowChosen(byRule: rule, caseSlot: tokens[token].caseSlot)
      guard index >= 0 else { return }
      let flow = flows[Int(index)]
      queueMove(token, to: flow.target, joinSlot: flow.joinSlot)
      return
    }
    let uniform =
      model.balancesBranching
      ? balancedDraw(row.branchStream, for: token) : draw(row.branchStream, for: token)
    let base = Int(stack) * model.flow.flows.count
    var cumulative = 0.0
    var chosen = row.firstFlow
    for index in row.firstFlow..<(row.firstFlow + row.flowCount) {
      let probability = flowProbabilities[base + Int(index)]
      if probability <= 0 { continue }
      chosen = index
      cumulative += probability
      if uniform < cumulative { break }
    }
    let flow = flows[Int(chosen)]
    queueMove(token, to: flow.target, joinSlot: flow.joinSlot)
  }

  /// A parallel gateway: waits until every incoming flow has brought a token.
  private mutating func synchronise(_ token: Int32, _ row: FlowGraph.Node, joinSlot: Int32) {
    guard joinSlot >= 0 else {
      leave(token)
      return
    }
    let scope = tokens[token].scope
    joinTokens[scope, Int(joinSlot)] &+= 1
    let slots = Int(row.firstJoinSlot)..<Int(row.firstJoinSlot + row.incomingCount)
    for slot in slots where joinTokens[scope, slot] == 0 {
      // The token waits at the join; its flow has been counted, so it need not be kept.
      consume(token, keepingScopeOpen: true)
      return
    }
    for slot in slots { joinTokens[scope, slot] &-= 1 }
    scopes[scope].liveTokens &-= row.incomingCount - 1
    leave(token)
  }

  /// Removes a token; a scope that has no more tokens is done.
  ///
  /// A token that waits at a join goes on counting as live until the join fires.
  @inline(__always)
  mutating func consume(_ token: Int32, keepingScopeOpen: Bool = false) {
    let scope = tokens[token].scope
    remove(token)
    if keepingScopeOpen {
      scopes[scope].liveTokens &+= 1
    } else {
      closeScopeIfEmpty(scope)
    }
  }
}
