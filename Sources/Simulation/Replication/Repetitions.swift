internal import EventEngine
internal import Statistics

// Loops and multi-instance activities. Such an activity is a node whose token waits for a scope; every
// instance is a token in that scope. Draws within an instance are named by its path: which activity, at
// which visit, which instance.

extension Replication {
  /// Most instances at once; a heavy tail must not fill the memory.
  private var mostInstances: Double { 100_000 }

  /// A token comes to a loop or multi-instance activity.
  mutating func beginRepetition(_ token: Int32, _ row: FlowGraph.Node) {
    let repetition = repetitions[Int(row.detail)]
    let model = repetitionRow(row.detail)
    notePass(of: repetition.node)
    let scope = newScope(
      repetition.scope, caseSlot: tokens[token].caseSlot, parentToken: token)
    scopes[scope].kind = .repetition
    let outer = scopes[tokens[token].scope].path
    scopes[scope].path = innerPath(
      outer, node: tokens[token].node, visit: tokens[token].visit)
    instanceVisits.clear(row: scope)
    if repetition.order.isMultiInstance {
      let count = model.count.value(
        forUniform: draw(model.countStream, for: token), in: samplerTable)
      let total = Int32(min(max(0, count.rounded()), mostInstances))
      scopes[scope].total = total
      scopes[scope].needed = max(
        min(1, total), Int32((Double(total) * model.enough - 1e-9).rounded(.up)))
    } else {
      scopes[scope].total = model.atMost
      scopes[scope].needed = model.atMost
      if repetition.order == .loopTestedBefore, !isDoneAgain(scope, token, row.detail) {
        scopes[scope].needed = 0
      }
    }
    let first =
      scopes[scope].needed == 0 ? 0 : repetition.order == .parallel ? scopes[scope].total : 1
    for _ in 0..<first { beginInstance(of: scope, repetition) }
    if first == 0 { endRepetition(scope) }
  }

  @inline(__always)
  private func repetitionRow(_ index: Int32) -> RepetitionRow {
    repetitionTable[Int(stack) * repetitions.count + Int(index)]
  }

  /// The condition of a repetition; −1 for none.
  @inline(__always)
  private func repetitionCondition(_ index: Int32) -> Int32 {
    rules.repetitionConditions[Int(stack) * repetitions.count + Int(index)]
  }

  /// Whether a loop is done another time: as its condition says, or drawn anew after each.
  private func isDoneAgain(_ scope: Int32, _ token: Int32, _ index: Int32) -> Bool {
    let condition = repetitionCondition(index)
    if condition >= 0 {
      return holds(condition, caseSlot: scopes[scope].caseSlot, scope: scope)
    }
    let model = repetitionRow(index)
    return draw(model.againStream, for: token, attempt: scopes[scope].completed) < model.again
  }

  /// Whether enough instances of a multi-instance activity are complete.
  private func isEnough(_ scope: Int32, _ index: Int32) -> Bool {
    if scopes[scope].completed >= scopes[scope].needed { return true }
    let condition = repetitionCondition(index)
    return condition >= 0 && holds(condition, caseSlot: scopes[scope].caseSlot, scope: scope)
  }

  private mutating func beginInstance(of scope: Int32, _ repetition: FlowGraph.Repetition) {
    let token = newToken(scope: scope, caseSlot: scopes[scope].caseSlot)
    tokens[token].visit = instanceVisit(scopes[scope].path, scopes[scope].started)
    scopes[scope].started &+= 1
    notePass(of: repetition.inner)
    queueMove(token, to: repetition.inner, joinSlot: -1)
  }

  /// An instance is complete: the next begins, or enough are.
  mutating func finishInstance(_ token: Int32) {
    let scope = tokens[token].scope
    let row = nodes[Int(tokens[token].node)]
    remove(token)
    scopes[scope].completed &+= 1
    let parent = scopes[scope].parentToken
    let index = nodes[Int(scopeTable[Int(row.scope)].node)].detail
    let repetition = repetitions[Int(index)]
    switch repetition.order {
    case .loop, .loopTestedBefore:
      if scopes[scope].completed < scopes[scope].total,
        isDoneAgain(scope, parent, index)
      {
        beginInstance(of: scope, repetition)
        return
      }
    case .sequential:
      if !isEnough(scope, index) {
        beginInstance(of: scope, repetition)
        return
      }
    case .parallel:
      if !isEnough(scope, index) { return }
    }
    cancelTokens(of: scope)
    endRepetition(scope)
  }

  /// All instances are over.
  mutating func endRepetition(_ scope: Int32) {
    let parent = scopes[scope].parentToken
    if scopes[scope].firstRecord >= 0 { handOverRecords(of: scope) }
    freeScope(scope)
    tokens[parent].item = -1
    finishActivity(parent)
  }

  /// Instances of the activity that a token waits for which are still to begin, in the mean.
  func expectedFurtherInstances(of token: Int32) -> Double {
    let scope = innerScope(of: token)
    guard scope >= 0 else { return 0 }
    let state = scopes[scope]
    let index = nodes[Int(tokens[token].node)].detail
    let row = repetitionRow(index)
    if row.mean >= 0, repetitions[Int(index)].order != .parallel {
      return min(
        max(0, row.mean - Double(state.started)), Double(max(0, state.total - state.started)))
    }
    switch repetitions[Int(index)].order {
    case .parallel: return 0
    case .sequential: return Double(max(0, state.needed - state.started))
    case .loop, .loopTestedBefore:
      var (sum, chance) = (0.0, row.again)
      for _ in 0..<min(max(0, state.total - state.started), 100_000) where chance > 1e-15 {
        sum += chance
        chance *= row.again
      }
      return sum
    }
  }

  // MARK: Names of instances

  /// The path of what a token begins at a node.
  func innerPath(_ path: UInt64, node: Int32, visit: Int64) -> UInt64 {
    let place = path ^ (UInt64(bitPattern: visit) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    return nodes[Int(node)].branchStream.within(instancePath: place).hash | 1
  }

  /// The visit that names the draws of a token within an instance.
  ///
  /// A hash of the path and the number, of 63 bits: draws take the visit as part of their name. Two of
  /// the 100,000 instances that there are at most meet with a probability below 10⁻⁹.
  private func instanceVisit(_ path: UInt64, _ number: Int32) -> Int64 {
    let place = path ^ (UInt64(UInt32(bitPattern: number)) &+ 1) &* 0xD1B5_4A32_D192_ED03
    return Int64(bitPattern: instanceStream.within(instancePath: place).hash >> 1)
  }

  /// Counts the visit of a token within an instance; false outside of any.
  @inline(never)
  mutating func countInstanceVisit(
    _ token: Int32, node: Int32, _ row: FlowGraph.Node
  ) -> Bool {
    if row.traits.contains(.instance) { return true }
    let scope = tokens[token].scope
    let path = scopes[scope].path
    if path == 0 { return false }
    let count = instanceVisits[scope, Int(node)]
    if count < .max { instanceVisits[scope, Int(node)] = count &+ 1 }
    tokens[token].visit = instanceVisit(path, Int32(count))
    return true
  }
}

private let instanceStream = RandomStream("instance", "visit")
