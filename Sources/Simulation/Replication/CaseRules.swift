internal import EventEngine

// Rules on the attributes of cases as flat rows: branching, decisions, urgency, firing, repetition.

/// The compiled conditions of all stacks, and the lists of rules that use them.
struct CaseRules: ~Copyable {
  let steps: FlatArray<ConditionStep>
  /// First step of each condition, and one past the last at the end.
  let firstSteps: FlatArray<Int32>
  /// Rule of each gateway, row = stack · nodes + node; −1 for none, empty where no stack has rules.
  private let ruleOfNode: FlatArray<Int32>
  private let nodeCount: Int
  fileprivate let branching: FlatArray<BranchingRow>
  fileprivate let choices: FlatArray<ChoiceRow>
  fileprivate let decisions: FlatArray<DecisionRow>
  fileprivate let decisionRules: FlatArray<DecisionRuleRow>
  fileprivate let decisionAttributes: FlatArray<Int32>
  fileprivate let decisionValues: FlatArray<Double>
  fileprivate let priorities: FlatArray<PriorityRow>
  /// First of each stack's rules of urgency, and one past the last at the end.
  fileprivate let firstPriorities: FlatArray<Int32>
  /// Condition of each guardrail, row = stack · guardrails + guardrail; −1 for none.
  let guardrailConditions: FlatArray<Int32>
  /// Conditions of each guardrail's second opinion and request for documents, two a row; −1 for none.
  let routeConditions: FlatArray<Int32>
  /// Condition of each repetition, row = stack · repetitions + repetition; −1 where it is drawn.
  let repetitionConditions: FlatArray<Int32>
  /// Condition of each ask of each automation, in the order of stacks, automations and asks; −1 for none.
  let askConditions: [Int32]
  /// Conditions of weaknesses, case types and thresholds, as `OrchestrationState` numbers them.
  let orchestrationConditions: FlatArray<Int32>

  /// Decisions stand in the order of stacks and activities, as `EffectTable` numbers them.
  init(stacks: [StackModel], flow: FlowGraph) {
    var program = ConditionProgram()
    var ruleOfNode = [Int32](
      repeating: -1,
      count: stacks.contains { !$0.branchingRules.isEmpty } ? stacks.count * flow.nodes.count : 0)
    var branching: [BranchingRow] = []
    var choices: [ChoiceRow] = []
    var decisions: [DecisionRow] = []
    var decisionRules: [DecisionRuleRow] = []
    var decisionAttributes: [Int32] = []
    var decisionValues: [Double] = []
    var priorities: [PriorityRow] = []
    var firstPriorities: [Int32] = []
    for (stackIndex, stack) in stacks.enumerated() {
      for rule in stack.branchingRules {
        ruleOfNode[stackIndex * flow.nodes.count + rule.node] = Int32(branching.count)
        branching.append(
          BranchingRow(
            first: Int32(choices.count), count: Int32(rule.choices.count),
            otherwise: Int32(rule.otherwise ?? -1), node: Int32(rule.node), hits: rule.hits,
            takesAll: rule.takesAll))
        for choice in rule.choices {
          choices.append(
            ChoiceRow(condition: program.add(choice.condition), flow: Int32(choice.flow)))
        }
      }
      for (index, activity) in stack.activities.enumerated() {
        guard let decision = activity.decision else { continue }
        var row = DecisionRow(
          firstRule: Int32(decisionRules.count), ruleCount: Int32(decision.rules.count),
          firstAttribute: Int32(decisionAttributes.count),
          attributeCount: Int32(decision.attributes.count), otherwise: -1,
          activity: Int32(index), hits: decision.hits)
        decisionAttributes += decision.attributes.map { Int32($0) }
        for rule in decision.rules {
          decisionRules.append(
            DecisionRuleRow(
              condition: program.add(rule.condition), firstValue: Int32(decisionValues.count)))
          decisionValues += rule.values
        }
        if let otherwise = decision.otherwise {
          row.otherwise = Int32(decisionValues.count)
          decisionValues += otherwise
        }
        decisions.append(row)
      }
      firstPriorities.append(Int32(priorities.count))
      priorities += stack.priorityRules.map {
        PriorityRow(condition: program.add($0.condition), priority: $0.priority)
      }
    }
    firstPriorities.append(Int32(priorities.count))
    guardrailConditions = FlatArray(
      stacks.flatMap(\.guardrails).map { $0.condition.map { program.add($0) } ?? -1 })
    routeConditions = FlatArray(
      stacks.flatMap(\.guardrails).flatMap { guardrail in
        [guardrail.handling?.opinion?.condition, guardrail.handling?.documents?.condition]
          .map { $0.map { program.add($0) } ?? -1 }
      })
    repetitionConditions = FlatArray(
      stacks.flatMap(\.repetitions).map { $0.condition.map { program.add($0) } ?? -1 })
    askConditions = stacks.flatMap(\.automations).flatMap(\.asks).map {
      $0.condition.map { program.add($0) } ?? -1
    }
    orchestrationConditions = FlatArray(
      OrchestrationState.conditions(of: stacks).map { $0.map { program.add($0) } ?? -1 })
    steps = FlatArray(program.steps)
    firstSteps = FlatArray(program.firstSteps + [Int32(program.steps.count)])
    self.ruleOfNode = FlatArray(ruleOfNode)
    nodeCount = flow.nodes.count
    self.branching = FlatArray(branching)
    self.choices = FlatArray(choices)
    self.decisions = FlatArray(decisions)
    self.decisionRules = FlatArray(decisionRules)
    self.decisionAttributes = FlatArray(decisionAttributes)
    self.decisionValues = FlatArray(decisionValues)
    self.priorities = FlatArray(priorities)
    self.firstPriorities = FlatArray(firstPriorities)
  }

  /// The rule of a gateway under a stack; −1 where shares steer it.
  @inline(__always)
  func branchingRule(stack: UInt8, node: Int32) -> Int32 {
    ruleOfNode.count == 0 ? -1 : ruleOfNode[Int(stack) * nodeCount + Int(node)]
  }
}

private struct BranchingRow: BitwiseCopyable {
  var first: Int32
  var count: Int32
  /// −1 for none.
  var otherwise: Int32
  var node: Int32
  var hits: RuleHits
  var takesAll: Bool
}

private struct ChoiceRow: BitwiseCopyable {
  var condition: Int32
  var flow: Int32
}

private struct DecisionRow: BitwiseCopyable {
  var firstRule: Int32
  var ruleCount: Int32
  var firstAttribute: Int32
  var attributeCount: Int32
  /// First of the values where no rule holds; −1 for none.
  var otherwise: Int32
  var activity: Int32
  var hits: RuleHits
}

private struct DecisionRuleRow: BitwiseCopyable {
  var condition: Int32
  var firstValue: Int32
}

private struct PriorityRow: BitwiseCopyable {
  var condition: Int32
  var priority: Int32
}

extension Replication {
  // MARK: Branching

  /// The one flow that a gateway's rule chooses for a case.
  ///
  /// - Returns: −1 where there is none or not one: then the run has failed.
  mutating func flowChosen(byRule rule: Int32, caseSlot: Int32) -> Int32 {
    let row = rules.branching[Int(rule)]
    notePass(of: row.node)
    var chosen = firstFlowHolding(row, caseSlot: caseSlot)
    if chosen == -1 { chosen = row.otherwise }
    if chosen == -1 { failNoRuleHolds(at: row.node, caseSlot: caseSlot) }
    if chosen < 0 { return -1 }
    noteChoice(of: chosen)
    return chosen
  }

  /// The flow of the rule's first condition that holds; −1 where none does, −2 where more do than may:
  /// then the run has failed.
  private mutating func firstFlowHolding(_ row: BranchingRow, caseSlot: Int32) -> Int32 {
    var chosen: Int32 = -1
    for position in row.first..<(row.first + row.count) {
      let choice = rules.choices[Int(position)]
      guard holds(choice.condition, caseSlot: caseSlot) else { continue }
      if row.hits == .first { return choice.flow }
      if chosen >= 0, row.hits == .unique || chosen != choice.flow {
        failure = .severalRulesHold(
          element: model.flow.elementID(ofNode: row.node), caseOrdinal: cases[caseSlot].ordinal,
          attributes: attributeText(of: caseSlot))
        return -2
      }
      chosen = choice.flow
    }
    return chosen
  }

  /// Sends tokens along all flows whose condition holds, or the one that a table names, and along
  /// those that have none; where no condition holds, along the rule's other flow.
  mutating func sendByRule(_ rule: Int32, _ token: Int32, _ node: FlowGraph.Node) {
    let row = rules.branching[Int(rule)]
    let caseSlot = tokens[token].caseSlot
    notePass(of: row.node)
    let only = row.takesAll ? -1 : firstFlowHolding(row, caseSlot: caseSlot)
    if only == -2 { return }
    var sent: Int32 = 0
    var chosen: Int32 = 0
    for index in node.firstFlow..<(node.firstFlow + node.flowCount) {
      if flows[Int(index)].role != .always {
        let isTaken =
          row.takesAll ? anyHolds(ofFlow: index, row, caseSlot: caseSlot) : index == only
        guard isTaken else { continue }
        chosen += 1
        noteChoice(of: index)
      }
      send(token, along: index, isFirst: sent == 0)
      sent += 1
    }
    if chosen > 0 { return }
    if row.otherwise >= 0 {
      noteChoice(of: row.otherwise)
      send(token, along: row.otherwise, isFirst: sent == 0)
    } else if sent == 0 {
      failNoRuleHolds(at: row.node, caseSlot: caseSlot)
    }
  }

  /// Whether a condition of the rule sends a case down a flow.
  private func anyHolds(ofFlow flow: Int32, _ row: BranchingRow, caseSlot: Int32) -> Bool {
    for position in row.first..<(row.first + row.count) {
      let choice = rules.choices[Int(position)]
      if choice.flow == flow, holds(choice.condition, caseSlot: caseSlot) { return true }
    }
    return false
  }

  /// Counts a choice, where a forecast asks how often each is made.
  @inline(__always)
  private mutating func noteChoice(of flow: Int32) {
    if choiceCounts.count > 0 { choiceCounts[Int(flow)] &+= 1 }
  }

  /// Counts how often a node that a rule steers acts, where a forecast asks for it.
  @inline(__always)
  mutating func notePass(of node: Int32) {
    if passCounts.count > 0 { passCounts[Int(node)] &+= 1 }
  }

  /// Ends the run: no rule holds for a case at a node, and nothing says what then.
  mutating func failNoRuleHolds(at node: Int32, caseSlot: Int32) {
    failure = .noRuleHolds(
      element: model.flow.elementID(ofNode: node), caseOrdinal: cases[caseSlot].ordinal,
      attributes: attributeText(of: caseSlot))
  }

  /// The attributes of a case, for messages.
  private func attributeText(of caseSlot: Int32) -> String {
    model.attributes.enumerated().map { index, attribute in
      "\(attribute.name) = \(attribute.text(of: attributes.values[caseSlot, index]))"
    }.joined(separator: ", ")
  }

  // MARK: Decisions

  /// Completion effect: an activity's decision table writes attributes.
  mutating func decide(_ decision: Int32, on token: Int32) -> EffectOutcome {
    let row = rules.decisions[Int(decision)]
    let caseSlot = tokens[token].caseSlot
    var values: Int32 = -1
    for position in row.firstRule..<(row.firstRule + row.ruleCount) {
      let rule = rules.decisionRules[Int(position)]
      guard holds(rule.condition, caseSlot: caseSlot) else { continue }
      if values >= 0, row.hits == .unique || !sameValues(values, rule.firstValue, row) {
        failure = .severalRulesHold(
          element: model.flow.activityID(Int(row.activity)), caseOrdinal: cases[caseSlot].ordinal,
          attributes: attributeText(of: caseSlot))
        return .hold
      }
      values = rule.firstValue
      if row.hits == .first { break }
    }
    if values < 0 { values = row.otherwise }
    guard values >= 0 else {
      failNoRuleHolds(at: tokens[token].node, caseSlot: caseSlot)
      return .hold
    }
    for position in 0..<row.attributeCount {
      let attribute = rules.decisionAttributes[Int(row.firstAttribute + position)]
      attributes.values[caseSlot, Int(attribute)] = rules.decisionValues[Int(values + position)]
    }
    return .proceed
  }

  private func sameValues(_ a: Int32, _ b: Int32, _ row: DecisionRow) -> Bool {
    (0..<row.attributeCount).allSatisfy {
      rules.decisionValues[Int(a + $0)] == rules.decisionValues[Int(b + $0)]
    }
  }

  // MARK: Urgency

  /// Class of urgency of a case by the first rule that holds for it now; lower goes first, 0 where
  /// none does and for work without a case, which has no attributes.
  func caseClass(of caseSlot: Int32) -> Int32 {
    if caseSlot < 0 { return 0 }
    let first = rules.firstPriorities[Int(stack)]
    for position in first..<rules.firstPriorities[Int(stack) + 1] {
      let rule = rules.priorities[Int(position)]
      if holds(rule.condition, caseSlot: caseSlot) { return rule.priority }
    }
    return 0
  }
}
