internal import EventEngine

// Compensation: the activities that a scope has completed and that can be compensated are noted; a
// throwing event lets the activities that compensate them be done, one after the other, the last
// completed first (BPMN 2.0.2, 10.7 and 13.5.5). A completed sub-process hands its notes over to its
// parent, unless it is compensated as a whole.

extension Replication {
  /// Notes that an activity which can be compensated is complete.
  mutating func noteCompletion(of token: Int32) {
    let scope = tokens[token].scope
    let record = compensationRecords.take()
    lastOrder &+= 1
    compensationRecords[record].node = tokens[token].node
    compensationRecords[record].order = lastOrder
    compensationRecords[record].next = scopes[scope].firstRecord
    scopes[scope].firstRecord = record
  }

  /// A scope is complete: what it did is now its parent's to compensate.
  mutating func handOverRecords(of scope: Int32) {
    let parent = scopes[scope].parentToken
    guard parent >= 0, compensations[Int(tokens[parent].node)] < 0 else { return }
    var last = scopes[scope].firstRecord
    while compensationRecords[last].next >= 0 { last = compensationRecords[last].next }
    let outer = tokens[parent].scope
    compensationRecords[last].next = scopes[outer].firstRecord
    scopes[outer].firstRecord = scopes[scope].firstRecord
    scopes[scope].firstRecord = -1
  }

  mutating func forgetRecords(of scope: Int32) {
    var record = scopes[scope].firstRecord
    while record >= 0 {
      let next = compensationRecords[record].next
      compensationRecords.free(record)
      record = next
    }
    scopes[scope].firstRecord = -1
  }

  /// Compensates what was completed, while a token waits; afterwards the token goes on from where it is.
  ///
  /// - Parameter reference: node of the one activity to be compensated; −1 for all of the scope. An event
  ///   sub-process compensates what the scope did that it belongs to.
  mutating func compensate(_ token: Int32, reference: Int32) {
    var source = tokens[token].scope
    while scopes[source].parentToken >= 0 {
      let parent = scopes[source].parentToken
      let isEventSubProcess = nodes[Int(tokens[parent].node)].traits.contains(.eventSubProcess)
      let isElsewhere = reference >= 0 && nodes[Int(reference)].scope != scopes[source].definition
      if !isEventSubProcess, !isElsewhere { break }
      source = tokens[parent].scope
    }
    let scope = newScope(-1, caseSlot: tokens[token].caseSlot, parentToken: token)
    scopes[scope].kind = .compensation
    scopes[scope].total = source
    scopes[scope].needed = reference
    compensateNext(scope)
  }

  /// Compensates everything that the scope of a token has completed, as an orchestrator does that rolls
  /// a case back.
  ///
  /// What becomes of the token afterwards is said by `endRollBack`.
  mutating func rollBack(_ token: Int32) { compensate(token, reference: -1) }

  /// Begins the next compensating activity, or ends the compensation.
  mutating func compensateNext(_ scope: Int32) {
    let node = takeLastRecord(
      of: scopes[scope].total, reference: scopes[scope].needed)
    if node >= 0 {
      let token = newToken(scope: scope, caseSlot: scopes[scope].caseSlot)
      queueMove(token, to: compensations[Int(node)], joinSlot: -1)
      return
    }
    let token = scopes[scope].parentToken
    freeScope(scope)
    tokens[token].item = -1
    let row = nodes[Int(tokens[token].node)]
    guard row.kind == .throwing else {
      endRollBack(token)
      return
    }
    let thrower = throwers[Int(row.detail)]
    if thrower.trigger == .cancel { leaveTransaction(token) } else { goOn(token, thrower) }
  }

  /// Takes the record of the activity that was completed last; −1 where there is none.
  private mutating func takeLastRecord(of scope: Int32, reference: Int32) -> Int32 {
    var (best, beforeBest): (Int32, Int32) = (-1, -1)
    var (record, before): (Int32, Int32) = (scopes[scope].firstRecord, -1)
    while record >= 0 {
      let state = compensationRecords[record]
      if isWithin(state.node, reference),
        best < 0 || state.order > compensationRecords[best].order
      {
        (best, beforeBest) = (record, before)
      }
      (before, record) = (record, state.next)
    }
    guard best >= 0 else { return -1 }
    let state = compensationRecords[best]
    if beforeBest >= 0 {
      compensationRecords[beforeBest].next = state.next
    } else {
      scopes[scope].firstRecord = state.next
    }
    compensationRecords.free(best)
    return state.node
  }

  /// Whether a node is an activity or lies in it; −1 stands for all.
  private func isWithin(_ node: Int32, _ activity: Int32) -> Bool {
    if activity < 0 { return true }
    var node = node
    while node >= 0 {
      if node == activity { return true }
      node = scopeTable[Int(nodes[Int(node)].scope)].node
    }
    return false
  }

  // MARK: Transactions

  /// A cancel end event: everything else in the transaction ends, what it completed is compensated, and
  /// it is left by its cancel boundary event.
  mutating func cancelTransaction(_ token: Int32) {
    let scope = tokens[token].scope
    var other = scopes[scope].firstToken
    while other >= 0 {
      let next = tokens[other].nextInScope
      if other != token {
        stop(other)
        remove(other)
      }
      other = next
    }
    scopes[scope].liveTokens = 1
    scopes[scope].waitingInclusive = 0
    joinTokens.clear(row: scope)
    disarm(scope: scope)
    compensate(token, reference: -1)
  }

  private mutating func leaveTransaction(_ token: Int32) {
    var host = scopes[tokens[token].scope].parentToken
    if nodes[Int(tokens[host].node)].traits.contains(.instance) {
      host = scopes[tokens[host].scope].parentToken
    }
    let row = nodes[Int(tokens[host].node)]
    for index in row.firstHandler..<(row.firstHandler + Int32(row.handlerCount))
    where handlers[Int(index)].trigger == .cancel {
      happen(handlers[Int(index)], onBoundaryOf: host)
      return
    }
  }
}
