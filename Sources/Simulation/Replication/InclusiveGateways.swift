internal import EventEngine

// Inclusive gateways and conditional flows out of activities.
//
// The join follows BPMN 2.0.2, table 13.3 (after Völzer, *A new semantics for the inclusive converging
// gateway in safe processes*, BPM 2010): it acts when at least one incoming flow has a token, and every
// token elsewhere in the scope that can still come to an empty incoming flow without passing the join
// can also come to one that has a token. It then takes one token from each flow that has any.

extension Replication {
  // MARK: Split

  /// Sends tokens along the flows that are taken, each by its own probability.
  ///
  /// Flows that are always taken are. Where there is neither one of them nor a default, the draws are
  /// made on the condition that at least one is taken: while none is, flow i is taken with
  /// pᵢ / (1 − Π_{j ≥ i} (1 − pⱼ)), which gives the law of independent draws of which some succeeded.
  ///
  /// Where a rule on attributes steers the node, it says which are taken, and nothing is drawn.
  mutating func chooseSeveral(_ token: Int32, _ row: FlowGraph.Node) {
    let rule = rules.branchingRule(stack: stack, node: tokens[token].node)
    if rule >= 0 {
      sendByRule(rule, token, row)
      return
    }
    let base = Int(stack) * model.flow.flows.count
    let range = row.firstFlow..<(row.firstFlow + row.flowCount)
    var standard: Int32 = -1
    var mustTake = true
    for index in range {
      switch flows[Int(index)].role {
      case .always: mustTake = false
      case .standard:
        mustTake = false
        standard = index
      case .conditional: break
      }
    }
    // The token itself stays at its node until all are chosen, for its draws.
    var sent: Int32 = 0
    var taken: Int32 = 0
    for index in range {
      switch flows[Int(index)].role {
      case .standard: continue
      case .always: break
      case .conditional:
        var probability = flowProbabilities[base + Int(index)]
        if mustTake, taken == 0 {
          let none = noneOf(index..<range.upperBound, base: base)
          probability = none < 1 ? probability / (1 - none) : 0
        }
        if draw(row.branchStream, for: token, attempt: index - row.firstFlow) >= probability {
          continue
        }
        taken += 1
      }
      send(token, along: index, isFirst: sent == 0)
      sent += 1
    }
    if taken == 0, standard >= 0 {
      send(token, along: standard, isFirst: sent == 0)
    } else if sent == 0 {
      send(token, along: range.upperBound - 1, isFirst: true)
    }
  }

  private func noneOf(_ range: Range<Int32>, base: Int) -> Double {
    var none = 1.0
    for index in range where flows[Int(index)].role == .conditional {
      none *= 1 - flowProbabilities[base + Int(index)]
    }
    return none
  }

  mutating func send(_ token: Int32, along index: Int32, isFirst: Bool) {
    let flow = flows[Int(index)]
    let state = tokens[token]
    let branch = isFirst ? token : newToken(scope: state.scope, caseSlot: state.caseSlot)
    queueMove(branch, to: flow.target, joinSlot: flow.joinSlot)
  }

  // MARK: Join

  /// A token comes to an inclusive gateway: it waits there, unless it is a split alone.
  mutating func waitForOthers(_ token: Int32, _ row: FlowGraph.Node, joinSlot: Int32) {
    guard joinSlot >= 0 else {
      countVisit(token, node: tokens[token].node)
      leave(token)
      return
    }
    let scope = tokens[token].scope
    joinTokens[scope, Int(joinSlot)] &+= 1
    scopes[scope].waitingInclusive &+= 1
    consume(token, keepingScopeOpen: true)
  }

  /// Notes that a token of a scope has moved or gone, where that may let an inclusive join act.
  @inline(__always)
  mutating func noteChange(in scope: Int32) {
    if scopes[scope].waitingInclusive > 0, !scopes[scope].isToBeSettled {
      scopes[scope].isToBeSettled = true
      scopesToSettle.append(scope)
    }
  }

  /// Lets inclusive joins act, one after the other, until none can; called when no token is on its way.
  mutating func settleInclusiveJoins() {
    var position = 0
    while position < scopesToSettle.count, failure == nil {
      let scope = scopesToSettle[position]
      position += 1
      guard scopes[scope].isToBeSettled else { continue }
      scopes[scope].isToBeSettled = false
      if activateJoin(of: scope) {
        // Another join of the scope may act as well, when this one's tokens have moved.
        makeMoves()
        noteChange(in: scope)
      }
    }
    scopesToSettle.removeAll(keepingCapacity: true)
  }

  /// Activates the first inclusive join of a scope that the rule allows.
  private mutating func activateJoin(of scope: Int32) -> Bool {
    for position in 0..<joins.count {
      let join = joins[position]
      let row = nodes[Int(join)]
      guard row.kind == .inclusive, row.scope == scopes[scope].definition else { continue }
      var filled: UInt64 = 0
      for slot in 0..<row.incomingCount
      where joinTokens[scope, Int(row.firstJoinSlot + slot)] > 0 {
        filled |= 1 << UInt64(slot)
      }
      guard filled != 0, !isAwaiting(join, row, filled: filled, scope: scope) else { continue }
      activate(join, row, filled: filled, scope: scope)
      return true
    }
    return false
  }

  /// Whether a token elsewhere in the scope must be waited for.
  private func isAwaiting(
    _ join: Int32, _ row: FlowGraph.Node, filled: UInt64, scope: Int32
  ) -> Bool {
    let all = row.incomingCount >= 64 ? UInt64.max : (1 << UInt64(row.incomingCount)) - 1
    let empty = all & ~filled
    if empty == 0 { return false }
    let base = Int(row.detail) * nodeCount
    var token = scopes[scope].firstToken
    while token >= 0 {
      let reach = joinReach[base + Int(tokens[token].node)]
      if reach & empty != 0, reach & filled == 0 { return true }
      token = tokens[token].nextInScope
    }
    for position in 0..<joins.count where joins[position] != join {
      let other = nodes[Int(joins[position])]
      guard other.scope == row.scope else { continue }
      let reach = joinReach[base + Int(joins[position])]
      guard reach & empty != 0, reach & filled == 0 else { continue }
      for slot in 0..<other.incomingCount
      where joinTokens[scope, Int(other.firstJoinSlot + slot)] > 0 {
        return true
      }
    }
    return false
  }

  private mutating func activate(
    _ join: Int32, _ row: FlowGraph.Node, filled: UInt64, scope: Int32
  ) {
    for slot in 0..<row.incomingCount where filled & (1 << UInt64(slot)) != 0 {
      joinTokens[scope, Int(row.firstJoinSlot + slot)] &-= 1
    }
    let count = Int32(filled.nonzeroBitCount)
    scopes[scope].liveTokens &-= count
    scopes[scope].waitingInclusive &-= count
    let token = newToken(scope: scope, caseSlot: scopes[scope].caseSlot)
    tokens[token].node = join
    countVisit(token, node: join)
    leave(token)
  }
}
