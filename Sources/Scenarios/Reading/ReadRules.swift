internal import Facts
internal import ProcessModel
internal import Simulation
internal import Statistics

// What reads attributes: branching by condition or decision table, urgency, firing, updates.

extension StackReading {
  private var vocabulary: ConditionVocabulary { assembly.vocabulary }

  // MARK: Branching

  /// Whether what stands at a gateway is a rule on attributes, and no shares.
  func isRule(_ gateway: ScenarioNode.Member) -> Bool {
    if gateway.node.text != nil { return true }
    if gateway.node["decision"] != nil { return true }
    return gateway.node.members.contains { $0.node.text.map { !isShare($0) } ?? false }
  }

  /// Whether a text at a flow is meant as a share.
  private func isShare(_ text: String) -> Bool {
    if text == "rest" || text.isEmpty { return true }
    if text.contains(where: { "<>=!&|".contains($0) }) || text == "otherwise" { return false }
    if let first = text.first, first.isNumber || "+-.".contains(first) { return true }
    // Without attributes nothing else can be meant.
    return assembly.attributes.isEmpty && !text.contains(" in ")
  }

  /// The gateways at which attributes choose the way; `nil` where one is wrong, which is reported.
  func readBranchingRules() -> [BranchingRule]? {
    let outer = reading.group(sections, "branching")
    _ = reading.key("branching.*.*")
    _ = reading.key("branching.*.decision")
    _ = reading.key("branching.*.output")
    var rules: [BranchingRule] = []
    var isWhole = true
    for (index, node) in flow.nodes.enumerated() where node.kind == .exclusive {
      let id = flow.elementIDs[index]
      guard let member = outer.node?.members.first(where: { $0.key == id }), isRule(member) else {
        continue
      }
      let gateway = RuledGateway(
        node: index, id: id,
        flows: Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount), member: member)
      let rule =
        if let text = member.node.text {
          ruleOfProcess(gateway, text: text)
        } else if member.node["decision"] != nil {
          ruleByDecision(gateway, outer)
        } else {
          ruleByConditions(gateway, outer)
        }
      if let rule { rules.append(rule) } else { isWhole = false }
    }
    return isWhole ? rules : nil
  }

  /// A gateway and what is written of it.
  struct RuledGateway {
    var node: Int
    var id: String
    var flows: Range<Int>
    var member: ScenarioNode.Member
  }

  private func ruleByConditions(_ gateway: RuledGateway, _ outer: Section) -> BranchingRule? {
    let section = reading.named(gateway.member, below: outer)
    var conditions = [CaseCondition?](repeating: nil, count: gateway.flows.count)
    var named: Set<Int> = []
    var otherwise: Int?
    var isWhole = true
    for member in section.node?.members ?? [] {
      guard let position = position(of: member, at: gateway.id, among: gateway.flows) else {
        isWhole = false
        continue
      }
      if !named.insert(position).inserted {
        reading.report(
          key: member.node.path, "the flow '\(shown(member.key))' has two conditions; keep one",
          at: member.keyLocation)
        isWhole = false
      }
      if let text = member.node.text, isShare(text) {
        reading.report(
          key: member.node.path,
          "'\(member.node.path)' is the share `\(shown(text))` beside conditions; at one gateway give "
            + "either shares or conditions, and `otherwise` for the flow where none holds",
          at: member.node.location)
        isWhole = false
      } else if member.node.text == "otherwise" {
        if otherwise != nil {
          reading.report(
            key: member.node.path,
            "the gateway '\(gateway.id)' has two flows for `otherwise`; keep one",
            at: member.node.location)
          isWhole = false
        }
        otherwise = gateway.flows.lowerBound + position
      } else if let condition = condition(section, member) {
        conditions[position] = condition
      } else {
        isWhole = false
      }
    }
    for (position, index) in gateway.flows.enumerated() where isWhole && !named.contains(position) {
      reading.report(
        key: gateway.member.node.path,
        "the flow '\(flow.flowIDs[index])' of the gateway '\(gateway.id)' has no condition; give it one, "
          + "or `otherwise`", at: gateway.member.keyLocation)
      isWhole = false
    }
    guard isWhole else { return nil }
    return rule(gateway, conditions, otherwise: otherwise)
  }

  private func rule(
    _ gateway: RuledGateway, _ conditions: [CaseCondition?], otherwise: Int?
  ) -> BranchingRule {
    let choices = zip(gateway.flows, conditions).compactMap { flow, condition in
      condition.map { BranchingRule.Choice($0, flow: flow) }
    }
    return BranchingRule(node: gateway.node, choices: choices, otherwise: otherwise)
  }

  /// The conditions that the BPMN file itself has.
  private func ruleOfProcess(_ gateway: RuledGateway, text: String) -> BranchingRule? {
    guard text == "conditions" else {
      reading.report(
        key: gateway.member.node.path,
        "'\(gateway.member.node.path)' is `\(shown(text))`; give the share or condition of each flow, or "
          + "`conditions` for those of the BPMN file", at: gateway.member.node.location)
      return nil
    }
    reading.record(
      path: gateway.member.node.path, text: text, value: nil, unit: "",
      claim: ScenarioNode.Claim(provenance: .imported, note: "conditions of the BPMN"),
      at: gateway.member.node.location)
    let standard = process.element(gateway.id)?.defaultFlow
    var conditions = [CaseCondition?](repeating: nil, count: gateway.flows.count)
    var otherwise: Int?
    var isWhole = true
    for (position, index) in gateway.flows.enumerated() {
      let id = flow.flowIDs[index]
      guard let sequence = process.flows.first(where: { $0.id == id }) else { continue }
      if id == standard {
        otherwise = index
        continue
      }
      var place = sequence.location
      place.element = id
      guard let written = sequence.condition else {
        reading.report(
          key: gateway.member.node.path,
          "the flow '\(id)' of the gateway '\(gateway.id)' has no condition in the BPMN file and is not "
            + "its default; give the conditions in the scenario", at: place)
        isWhole = false
        continue
      }
      do {
        conditions[position] = try parseCondition(written, vocabulary)
      } catch {
        reading.report(
          key: gateway.member.node.path,
          "the condition `\(shown(written))` of the flow '\(id)' is not understood: \(error.message); "
            + "declare what it names under 'attributes', or give the conditions in the scenario",
          at: place)
        isWhole = false
      }
    }
    return isWhole ? rule(gateway, conditions, otherwise: otherwise) : nil
  }

  private func ruleByDecision(_ gateway: RuledGateway, _ outer: Section) -> BranchingRule? {
    let section = reading.named(gateway.member, below: outer)
    guard let table = decisionTable(section, "decision"),
      let output = output(of: table, section)
    else { return nil }
    var flowOfValue: [String: Int] = [:]
    var otherwise: Int?
    var isWhole = true
    for member in section.node?.members ?? [] where !["decision", "output"].contains(member.key) {
      guard let position = position(of: member, at: gateway.id, among: gateway.flows),
        let leaves = reading.leaves(of: member.node, reading.key("branching.*.*"))
      else {
        isWhole = false
        continue
      }
      let index = gateway.flows.lowerBound + position
      let values = Set(table.rules.map { $0.outputs[output] })
      for leaf in leaves {
        let value = leaf.text ?? ""
        if value == "otherwise" {
          otherwise = index
        } else if !values.contains(value) {
          let hint =
            nearestName(to: value, among: values.sorted()).map { "did you mean '\($0)'?" }
            ?? "it says \(values.sorted().prefix(8).joined(separator: ", "))"
          reading.report(
            key: leaf.path,
            "'\(leaf.path)' is `\(shown(value))`, which the decision '\(table.name)' never says; \(hint)",
            at: leaf.location)
          isWhole = false
        } else if flowOfValue.updateValue(index, forKey: value) != nil {
          reading.report(
            key: leaf.path, "the output `\(shown(value))` leads down two flows; keep one",
            at: leaf.location)
          isWhole = false
        }
      }
      reading.record(
        path: member.node.path, text: leaves.compactMap(\.text).joined(separator: ", "), value: nil,
        unit: "", claim: member.node.claim, at: member.node.location)
    }
    guard isWhole, let hits = ruleHits(of: table, at: section) else { return nil }
    var choices: [BranchingRule.Choice] = []
    for rule in table.rules {
      let value = rule.outputs[output]
      guard let index = flowOfValue[value] ?? otherwise else {
        reading.report(
          key: section.path,
          "the decision '\(table.name)' can say `\(shown(value))`, for which the gateway '\(gateway.id)' "
            + "has no flow; name it, or give one flow as `otherwise`", at: section.location)
        return nil
      }
      guard let condition = condition(of: rule, in: table) else { return nil }
      choices.append(BranchingRule.Choice(condition, flow: index))
    }
    return BranchingRule(node: gateway.node, choices: choices, otherwise: otherwise, hits: hits)
  }

  private func output(of table: DecisionTable, _ section: Section) -> Int? {
    let names = table.outputs.map(\.name)
    if let name = reading.name(section, "output", among: names) {
      return names.firstIndex(of: name)
    }
    guard section.node?["output"] == nil else { return nil }
    if names.count == 1 { return 0 }
    reading.report(
      key: section.path(of: "output"),
      "the decision '\(table.name)' has several outputs (\(names.joined(separator: ", "))); say which "
        + "one by 'output'", at: section.location)
    return nil
  }

  // MARK: Conditions

  private func condition(_ section: Section, _ member: ScenarioNode.Member) -> CaseCondition? {
    let vocabulary = vocabulary
    return reading.leaf(
      section, member, number: { _ in nil },
      parse: { text throws(ValueError) in try parseCondition(text, vocabulary) })
  }

  /// A condition under a key of the table.
  func condition(_ section: Section, _ name: String) -> CaseCondition? {
    let vocabulary = vocabulary
    return reading.scalar(section, name) { text throws(ValueError) in
      try parseCondition(text, vocabulary)
    }
  }

  // MARK: Urgency

  /// Classes of urgency; `nil` where one is wrong, which is reported.
  func readPriorities() -> [PriorityRule]? {
    let key = reading.key("priorities")
    guard let node = sections.node?["priorities"], !reading.isEmpty(node) else { return [] }
    let items: [ScenarioNode] = if case .list(let list) = node.content { list } else { [node] }
    var rules: [PriorityRule] = []
    for item in items {
      guard item.isMap else {
        reading.report(
          key: item.path,
          "'\(item.path)' is \(item.kindName); expected a group of keys, or a list of them",
          at: item.location)
        return nil
      }
      let section = Section(node: item, pattern: key.path, path: item.path, location: item.location)
      let isConditional = item["when"].map { !reading.isEmpty($0) } ?? false
      let when = condition(section, "when")
      guard let priority = reading.count(section, "class"), !isConditional || when != nil else {
        return nil
      }
      if let last = rules.last, last.condition == .always {
        reading.report(
          key: item.path,
          "'\(item.path)' is never looked at: the rule before it holds for all cases; put that one "
            + "last", at: item.location)
        return nil
      }
      rules.append(PriorityRule(when ?? .always, priority: Int32(priority)))
    }
    return rules
  }

  // MARK: Guardrails

  /// When a guardrail fires, and its condition.
  func readFiring(_ section: Section) -> (fires: WrittenFiring?, condition: CaseCondition?) {
    _ = reading.key("guardrails.*.fires.when")
    _ = reading.key("guardrails.*.fires.share")
    guard section.node?["fires"]?.isMap == true else {
      return (reading.firing(section, "fires"), nil)
    }
    let group = reading.group(section, "fires")
    let when = condition(group, "when")
    let share = reading.share(group, "share")
    guard let when, let share else { return (nil, nil) }
    return (.probability(share), when)
  }
}
