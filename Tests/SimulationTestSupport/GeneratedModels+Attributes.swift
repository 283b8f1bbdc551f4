import EventEngine
import ProcessModel
public import Simulation
import Statistics

/// A random condition over attributes: comparisons joined and negated.
public func generatedCondition(seed: UInt64, attributes: [AttributeModel]) -> CaseCondition {
  var generator = SeededGenerator(seed: seed)
  return condition(depth: 3, attributes, &generator)
}

private func condition(
  depth: Int, _ attributes: [AttributeModel], _ generator: inout SeededGenerator
) -> CaseCondition {
  if depth > 0, generator.chance(0.6) {
    let parts = (0..<generator.int(0...3)).map { _ in
      condition(depth: depth - 1, attributes, &generator)
    }
    switch generator.int(0...2) {
    case 0: return .all(parts)
    case 1: return .any(parts)
    default: return .not(condition(depth: depth - 1, attributes, &generator))
    }
  }
  let index = generator.int(0...(attributes.count - 1))
  let comparison = CaseCondition.Comparison(rawValue: UInt8(generator.int(0...5))) ?? .equal
  if generator.chance(0.1) { return .always }
  if generator.chance(0.2) {
    return .comparesAttributes(index, comparison, generator.int(0...(attributes.count - 1)))
  }
  let value =
    attributes[index].valueCount.map { Double(generator.int(0...($0 - 1))) }
    ?? generator.real(0...200)
  return .compares(attribute: index, comparison, value)
}

/// Four attributes of all kinds, conditional and correlated ones among them.
public func generatedAttributes() -> [AttributeModel] {
  func sampler(_ family: Distribution.Family) -> CompiledSampler { SampledTime.of(family).sampler }
  return [
    AttributeModel(
      name: "segment", domain: .categories(["retail", "sme", "corporate"]),
      value: .drawn(.position(shares: [0.6, 0.3, 0.1]))),
    AttributeModel(
      name: "amount", domain: .number,
      value: .given(
        attribute: 0,
        [50.0, 80, 120].map { .number(sampler(.exponential(mean: $0))) })),
    AttributeModel(
      name: "score", domain: .number,
      value: .drawn(.number(sampler(.uniform(minimum: 0, maximum: 200)))),
      correlation: AttributeModel.Correlation(attribute: 1, coefficient: -0.5)),
    AttributeModel(
      name: "urgent", domain: .boolean, value: .drawn(.position(shares: [0.8, 0.2]))),
  ]
}

extension SimulationModel {
  /// Gives a generated model attributes, and rules at its splits that read them; loops keep their
  /// shares, so that they are left.
  mutating func addAttributes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    attributes = generatedAttributes()
    addRules(to: &stack, &generator)
    if var before = runInStack {
      addRules(to: &before, &generator)
      runInStack = before
    }
  }

  private func addRules(to stack: inout StackModel, _ generator: inout SeededGenerator) {
    func next() -> CaseCondition { condition(depth: 2, attributes, &generator) }
    for (index, node) in flow.nodes.enumerated()
    where node.kind == .exclusive && flow.elementIDs[index].hasPrefix("split") {
      if generator.chance(0.4) { continue }
      let flows = Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
      stack.branchingRules.append(
        BranchingRule(
          node: index,
          choices: flows.dropLast().map { BranchingRule.Choice(next(), flow: $0) },
          otherwise: flows.upperBound - 1))
    }
    for index in stack.activities.indices where generator.chance(0.3) {
      stack.activities[index].updates = [
        AttributeUpdate(attribute: 3, draw: .position(shares: [0.5, 0.5])),
        AttributeUpdate(attribute: 1, draw: .constant(generator.real(0...200))),
      ]
      stack.activities[index].decision = DecisionModel(
        name: "policy", attributes: [0],
        rules: [DecisionModel.Rule(next(), values: [1]), DecisionModel.Rule(next(), values: [2])],
        otherwise: [0])
    }
    for index in stack.guardrails.indices where generator.chance(0.5) {
      stack.guardrails[index].condition = next()
    }
    stack.priorityRules = [PriorityRule(next(), priority: -1), PriorityRule(next(), priority: 2)]
    addRulesOfSeveral(to: &stack, &generator)
  }

  /// Conditions at inclusive splits, and of loops and instances.
  private func addRulesOfSeveral(
    to stack: inout StackModel, _ generator: inout SeededGenerator
  ) {
    func next() -> CaseCondition { condition(depth: 2, attributes, &generator) }
    for (index, node) in flow.nodes.enumerated()
    where node.kind == .inclusive && node.traits.contains(.conditionalFlows) {
      if generator.chance(0.3) { continue }
      let flows = Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
      stack.branchingRules.append(
        BranchingRule(
          node: index,
          choices: flows.dropLast().map { BranchingRule.Choice(next(), flow: $0) },
          otherwise: flows.upperBound - 1, takesAll: generator.chance(0.8)))
    }
    for index in stack.repetitions.indices where generator.chance(0.6) {
      let counted = CaseCondition.compares(
        attribute: RepetitionCount.completed.rawValue, .less, Double(generator.int(1...3)))
      stack.repetitions[index].condition =
        flow.repetitions[index].order.isMultiInstance
        ? .any([.not(counted), next()]) : .all([counted, next()])
    }
  }
}
