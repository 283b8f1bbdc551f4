internal import EventEngine

// A given start state: cases that stand in the process on day 0, before the first arrival. They are not
// counted, but their work is done like all other and stands in the queues first.

extension Replication {
  /// Puts the given cases where they stand, those that have stood there longest first.
  mutating func admitGivenCases() {
    let order = model.given.indices.sorted {
      (-model.given[$0].since, $0) < (-model.given[$1].since, $1)
    }
    // Ordinals from the top, so that who arrives later has the luck it would have without them.
    var ordinal = UInt32.max
    for group in order.map({ model.given[$0] }) {
      for _ in 0..<group.count {
        admitGivenCase(group, ordinal: ordinal)
        if failure != nil { return }
        ordinal &-= 1
      }
    }
  }

  private mutating func admitGivenCase(_ group: GivenCases, ordinal: UInt32) {
    let slot = cases.take()
    if cases.liveCount > liveCaseLimit {
      failure = .tooManyLiveCases(limit: liveCaseLimit, at: now)
      return
    }
    visits.clear(row: slot)
    heldMessages.clear(row: slot)
    cases[slot].arrival = now - group.since
    cases[slot].ordinal = ordinal
    cases[slot].openParts = 1
    if attributes.count > 0 { drawAttributes(of: slot) }
    if orchestration.isOn { welcome(slot) }
    if risk.isOn { risk.cases.clear(row: slot) }
    observer.caseChanged(.arrived, ordinal: ordinal, at: now)
    let token = place(slot, at: Int32(group.node))
    makeMoves()
    // It came into its queue when it came to stand there.
    let item = tokens[token].item
    if item >= 0, items[item].state == .waiting { items[item].queued = now - group.since }
  }

  /// Opens the sub-processes around a node and puts a token there.
  private mutating func place(_ caseSlot: Int32, at node: Int32) -> Int32 {
    var around: [Int32] = []
    var definition = nodes[Int(node)].scope
    while scopeTable[Int(definition)].node >= 0 {
      around.append(definition)
      definition = nodes[Int(scopeTable[Int(definition)].node)].scope
    }
    var scope = openScope(0, caseSlot, parentToken: -1)
    for inner in around.reversed() {
      let parent = newToken(scope: scope, caseSlot: caseSlot)
      tokens[parent].node = scopeTable[Int(inner)].node
      let row = nodes[Int(tokens[parent].node)]
      if row.handlerCount > 0 { armHandlers(of: parent, row) }
      scope = openScope(inner, caseSlot, parentToken: parent)
    }
    let token = newToken(scope: scope, caseSlot: caseSlot)
    queueMove(token, to: node, joinSlot: -1)
    return token
  }

  /// Events on what is around the case count from now on.
  private mutating func openScope(
    _ definition: Int32, _ caseSlot: Int32, parentToken: Int32
  ) -> Int32 {
    let scope = newScope(definition, caseSlot: caseSlot, parentToken: parentToken)
    let table = scopeTable[Int(definition)]
    if table.handlerCount > 0 { armHandlers(ofScope: scope, table) }
    return scope
  }
}

extension FlowGraph {
  /// Whether a node lies within a loop or multi-instance activity, of which a case may stand anywhere.
  public func isRepeated(_ node: Int) -> Bool {
    var scope = nodes[node].scope
    while scopes[Int(scope)].node >= 0 {
      let owner = Int(scopes[Int(scope)].node)
      if nodes[owner].kind == .repetition { return true }
      scope = nodes[owner].scope
    }
    return false
  }

  /// Whether a case may be put at a node: no parallel join that it comes to waits for a branch that it is not
  /// on.
  ///
  /// The tokens that come along the flows into a join are counted in expectation: all must be alike.
  public func canBegin(at node: Int) -> Bool {
    var visits = [Double](repeating: 0, count: nodes.count)
    var along = [Double](repeating: 0, count: flows.count)
    var start = visits
    start[node] = 1
    var around = nodes[node].scope
    while around != 0,
      let outer = nodes.indices.first(where: {
        nodes[$0].kind == .scope && nodes[$0].detail == around
      })
    {
      start[outer] = 1
      around = nodes[outer].scope
    }
    for _ in 0..<10_000 {
      var next = start
      for index in nodes.indices {
        let joins = nodes[index].kind == .parallel && nodes[index].firstJoinSlot >= 0
        let outflow = joins ? visits[index] / Double(nodes[index].incomingCount) : visits[index]
        for flow in outgoing(of: index) {
          let share = chooses(index) ? 1 / Double(nodes[index].flowCount) : 1
          along[flow] = outflow * share
          next[Int(flows[flow].target)] += along[flow]
        }
        // A sub-process that is entered anew begins at its start; the one around the node has begun.
        if nodes[index].kind == .scope {
          let entered = visits[index] - start[index]
          for begin in starts(of: scopes[Int(nodes[index].detail)]) {
            next[begin] += max(0, entered)
          }
        }
      }
      let change = zip(visits, next).map { abs($0 - $1) }.max() ?? 0
      visits = next
      if change < 1e-12 || (visits.max() ?? 0) > 1e9 { break }
    }
    // An inclusive join waits for nothing that cannot come.
    for index in nodes.indices
    where nodes[index].kind == .parallel && nodes[index].firstJoinSlot >= 0 {
      let incoming = flows.indices.filter { Int(flows[$0].target) == index }.map { along[$0] }
      guard let most = incoming.max(), let least = incoming.min() else { continue }
      if most - least > 1e-6 * max(1, most) { return false }
    }
    return true
  }

  private func chooses(_ node: Int) -> Bool {
    nodes[node].kind == .exclusive || nodes[node].kind == .eventBased
      || nodes[node].traits.contains(.conditionalFlows)
  }
}
