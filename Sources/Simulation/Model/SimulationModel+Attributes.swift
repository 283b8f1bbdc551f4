extension SimulationModel {
  /// Stops on attributes that depend on later ones or whose draws do not fit.
  func requireConsistencyOfAttributes() {
    for (index, attribute) in attributes.enumerated() {
      if let correlation = attribute.correlation {
        precondition(
          (0..<index).contains(correlation.attribute) && correlation.coefficient.magnitude <= 1,
          "an attribute is correlated with one before it")
      }
      switch attribute.value {
      case .drawn(let draw): requireFit(draw, attribute)
      case .given(let given, let draws):
        precondition(
          (0..<index).contains(given) && attributes[given].valueCount == draws.count,
          "an attribute is given by one before it that has a draw for each of its values")
        for draw in draws { requireFit(draw, attribute) }
      }
    }
  }

  private func requireFit(_ draw: AttributeDraw, _ attribute: AttributeModel) {
    if case .position(let shares) = draw {
      precondition(
        attribute.valueCount == shares.count && shares.allSatisfy { $0 >= 0 },
        "each category has a share")
    }
  }

  /// Stops on rules and updates that name what is not there.
  func requireConsistencyOfRules(in stack: StackModel) {
    var ruled: Set<Int> = []
    for rule in stack.branchingRules {
      precondition(
        flow.nodes.indices.contains(rule.node) && ruled.insert(rule.node).inserted,
        "a gateway has one rule")
      let node = flow.nodes[rule.node]
      let flows = Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
      precondition(
        rule.choices.allSatisfy { flows.contains($0.flow) }
          && rule.otherwise.map(flows.contains) != false, "a rule chooses among its own flows")
      precondition(
        node.kind == .exclusive ? !rule.takesAll : node.traits.contains(.conditionalFlows),
        "a rule steers a node where cases part, and several flows only where several can be taken")
      for choice in rule.choices { requireFit(choice.condition) }
    }
    for condition in stack.repetitions.compactMap(\.condition) {
      requireFit(condition, mayCount: true)
    }
    for rule in stack.priorityRules { requireFit(rule.condition) }
    for condition in stack.guardrails.compactMap(\.condition) { requireFit(condition) }
    for condition in routeConditions { requireFit(condition) }
    for condition in oversightConditions { requireFit(condition) }
    for condition in orchestrationConditions { requireFit(condition) }
    for activity in stack.activities {
      for update in activity.updates {
        precondition(attributes.indices.contains(update.attribute), "what is set exists")
        requireFit(update.draw, attributes[update.attribute])
      }
      guard let decision = activity.decision else { continue }
      precondition(
        decision.attributes.allSatisfy(attributes.indices.contains)
          && (decision.rules.map(\.values) + [decision.otherwise].compactMap(\.self))
            .allSatisfy { $0.count == decision.attributes.count },
        "a decision has a value for each attribute that it writes")
      for rule in decision.rules { requireFit(rule.condition) }
    }
  }

  func requireFit(_ condition: CaseCondition, mayCount: Bool = false) {
    precondition(
      condition.attributes.allSatisfy {
        attributes.indices.contains($0) || (mayCount && RepetitionCount(rawValue: $0) != nil)
      } && condition.depth <= 64,
      "a condition reads attributes that exist")
  }
}
