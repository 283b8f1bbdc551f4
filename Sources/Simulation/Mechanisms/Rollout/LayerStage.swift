internal import EventEngine

// Mechanism *rollout*, the layer that comes with a stage: before it, and after a fall back behind it, the
// stack's orchestration layer does nothing; what has moved without it has to be connected first. Brief rows
// 136 and 177.

/// A layer that comes with a stage, and what a stack is with it and without; empty where it is there from
/// day 0 on.
struct ComingLayer: ~Copyable {
  /// −1 where it does not come with a stage.
  let stage: Int32
  let atWork: LayerRow
  let away: LayerRow
  let coordinationAtWork: CoordinationRow
  let coordinationAway: CoordinationRow
  let policyPlane: PolicyPlaneRow
  let connecting: Double
  let streams: FlatArray<RandomStream>
  /// Whether the stack that is tried has a layer at work.
  var works: Bool
  /// Where the connection of each activity stands.
  var connections: FlatArray<RolloutMove>
  /// Connections that wait or are under way.
  var open = 0

  init(_ rollout: RolloutModel?, _ stack: StackModel, firstErrand: Int32, flow: FlowGraph) {
    let first = stack.layer == nil ? nil : rollout?.layerStage
    stage = Int32(clamping: first ?? -1)
    atWork = LayerRow(stack.layer)
    away = LayerRow(stack.layer, isAway: true)
    coordinationAtWork = CoordinationRow(stack, firstErrand: firstErrand)
    coordinationAway = CoordinationRow(stack, firstErrand: firstErrand, layerIsAway: true)
    policyPlane = PolicyPlaneRow(stack.layer?.policyPlane)
    connecting = first == nil ? 0 : rollout?.change?.connecting ?? 0
    works = stack.layer != nil && first == nil
    let count = first == nil ? 0 : flow.activities.count
    streams = FlatArray((0..<count).map { Self.stream(flow.activityID($0)) })
    connections = FlatArray(repeating: .none, count: count)
  }

  static func stream(_ activity: String) -> RandomStream { RandomStream(activity, "connection") }
}

extension Replication {
  /// A stage has begun, or the rollout was cancelled: the layer comes, or goes.
  mutating func followLayer() {
    guard rollout.layer.stage >= 0 else { return }
    guard rollout.stage >= rollout.layer.stage else {
      setLayer(works: false)
      return
    }
    if rollout.layer.connecting > 0, !rollout.layer.works {
      for activity in 0..<activityCount where rollout.layer.connections[activity] == .none {
        // Others are connected when they move.
        guard rollout.moves[activity] == .done, model.stack.activities[activity].automation != nil
        else { continue }
        rollout.layer.connections[activity] = .waiting
        rollout.layer.open += 1
      }
    }
    if rollout.layer.open == 0 { setLayer(works: true) }
  }

  /// Begins connections that wait, as far as the limit on moves lets them; none while the layer is away
  /// after a fall back.
  mutating func beginConnections() {
    guard rollout.layer.open > 0, rollout.stage >= rollout.layer.stage else { return }
    for activity in 0..<activityCount where rollout.layer.connections[activity] == .waiting {
      guard rollout.movesUnderWay < rollout.moveLimit else { return }
      rollout.layer.connections[activity] = .underWay
      note(.activityConnected, caseSlot: -1)
      giveMove(
        rollout.layer.streams[activity], share: rollout.layer.connecting,
        number: Int64(activityCount + activity))
    }
  }

  /// An activity is connected; with the last one the layer goes to work.
  mutating func finishConnection(_ activity: Int) {
    rollout.layer.connections[activity] = .done
    rollout.layer.open -= 1
    if rollout.layer.open == 0, rollout.stage >= rollout.layer.stage { setLayer(works: true) }
    beginMoves()
    scheduleCare()
  }

  /// The layer of the stack that is tried goes to work, or stops.
  mutating func setLayer(works: Bool) {
    countLicences()
    let tried = layers.count - 1
    let worked = rollout.layer.works
    rollout.layer.works = works
    layers[tried] = works ? rollout.layer.atWork : rollout.layer.away
    orchestration.coordination[tried] =
      works ? rollout.layer.coordinationAtWork : rollout.layer.coordinationAway
    orchestration.policyPlanes[tried] = works ? rollout.layer.policyPlane : PolicyPlaneRow(nil)
    guard works, !worked else {
      if !works { orchestration.policiesDownUntil = .min }
      return
    }
    note(.layerBegun, caseSlot: -1)
    if rollout.log.layerBegan < 0 { rollout.log.layerBegan = now }
    if rollout.layer.policyPlane.isOn, !orchestration.awaitsPolicyFailure {
      schedulePolicyFailure(rollout.layer.policyPlane, from: now)
    }
  }
}
