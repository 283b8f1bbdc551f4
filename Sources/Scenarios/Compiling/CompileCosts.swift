internal import Simulation

extension StackCompiler {
  /// What a stack costs by the week and otherwise, beside work and runs.
  func addCosts(of settings: StackSettings, to stack: inout StackModel) {
    stack.fixedCosts = settings.fixedCosts
    stack.costs = settings.costs.map { costs in
      CostModel(
        late: costs.late.map { CostModel.Late(due: due($0.within), price: $0.price * 1e6) },
        delay: costs.delay.map {
          CostModel.Delay(after: microseconds($0.after), perDay: $0.perDay * 1e6)
        }, wrongCase: costs.wrong * 1e6,
        investments: costs.implementation.map {
          CostModel.Investment(
            line: $0.name, amount: $0.amount * 1e6, start: microseconds($0.after),
            length: microseconds($0.over))
        })
    }
  }
}

extension StackSettings {
  /// Fixed costs of what is in use.
  fileprivate var fixedCosts: [FixedCost] {
    let assigned = Set(
      activities.compactMap { $0.share > 0 ? $0.automation : nil }
        + guardrails.compactMap(\.handling?.opinion?.automation)
    ).union(helpers)
    var result: [FixedCost] = []
    func add(
      _ name: String, _ perWeek: Double, _ kind: FixedCost.Kind = .licence, ofLayer: Bool = false
    ) {
      guard perWeek > 0 else { return }
      result.append(
        FixedCost(name, kind: kind, perWeek: perWeek * 1e6, isOfLayer: ofLayer))
    }
    for automation in automations where assigned.contains(automation.name) {
      add(automation.name, automation.weeklyCost)
    }
    if let layer {
      add(layer.name, layer.weeklyCost, ofLayer: true)
      add(
        "\(layer.name), by automation", layer.work.weeklyCostPerAgent * Double(assigned.count),
        ofLayer: true)
    }
    if let monitoring { add("monitoring", monitoring.weeklyCost) }
    if let costs { add("upkeep", costs.weeklyUpkeep, .upkeep) }
    return result
  }
}
