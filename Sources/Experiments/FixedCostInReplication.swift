internal import Simulation

extension SimulationModel {
  /// Fixed costs of a replication, in the currency's main unit.
  ///
  /// In a rollout, what only one of the two stacks uses is paid for as long as its way has a share, and a
  /// layer that comes with a stage for as long as it works.
  func fixedCost(in record: ReplicationRecord, _ kind: FixedCost.Kind? = nil) -> Double {
    guard let rollout = record.rollout, let before = runInStack else {
      return stack.weeklyFixedCost(kind) * record.weeksCounted
    }
    func counted(_ costs: [FixedCost]) -> [FixedCost] {
      costs.filter { kind == nil || $0.kind == kind }
    }
    let (new, old) = (counted(stack.fixedCosts), counted(before.fixedCosts))
    func isShared(_ cost: FixedCost, with others: [FixedCost]) -> Bool {
      others.contains { $0.name == cost.name && $0.kind == cost.kind }
    }
    let week = 604_800e6
    let layerComes = stack.rollout?.layerStage != nil
    let ofNew = new.reduce(0) { sum, cost in
      let weeks =
        if layerComes, cost.isOfLayer {
          Double(rollout.layerTime) / week
        } else if isShared(cost, with: old) {
          record.weeksCounted
        } else {
          Double(rollout.newTime) / week
        }
      return sum + cost.perWeek * weeks
    }
    let ofOld = old.filter { !isShared($0, with: new) }.reduce(0) { $0 + $1.perWeek }
    return (ofNew + ofOld * Double(rollout.oldTime) / week) / 1e6
  }
}
