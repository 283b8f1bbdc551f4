internal import Facts
internal import ProcessModel
internal import Simulation

// Gateways, and activities with conditional flows, at which attributes choose the way: by conditions of the
// scenario or of the BPMN file, or by a decision table.

extension StackReading {
  /// The gateways, and activities with conditional flows, at which attributes choose the way; `nil` where
  /// one is wrong, which is reported.
  func readBranchingRules() -> [BranchingRule]? {
    let outer = reading.group(sections, "branching")
    _ = reading.key("branching.*.*")
    _ = reading.key("branching.*.decision")
    _ = reading.key("branching.*.output")
    var rules: [BranchingRule] = []
    var isWhole = true
    for (index, node) in flow.nodes.enumerated()
    where node.kind == .exclusive || node.traits.contains(.conditionalFlows) {
      let id = wrapped(index)
      guard let member = outer.node?.members.first(where: { $0.key == id }), isRule(member) else {
        continue
      }
      let gateway = RuledGateway(
        node: index, id: id,
        flows: Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount), member: member,
        choosesSeveral: node.traits.contains(.conditionalFlows))
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

  /// A gateway or activity and what is written of it.
  struct RuledGateway {
    var node: Int
    var id: String
    var flows: Range<Int>
    var member: ScenarioNode.Member
    /// Whether several of the flows can be taken.
    var choosesSeveral: Bool
  }

  /// The flow that the BPMN takes where no other is, at a node where several can be.
  private func standardFlow(_ gateway: RuledGateway) -> Int? {
    gateway.choosesSeveral ? gateway.flows.first { flow.flows[$0].role == .standard } : nil
  }

  /// Whether a flow can have a condition, or is always taken; then it is reported.
  private func isFree(_ member: ScenarioNode.Member, flow index: Int, _ gateway: RuledGateway)
    -> Bool
  {
    guard gateway.choosesSeveral, flow.flows[index].role == .always else { return true }
    reading.report(
      key: member.node.path,
      "the flow '\(shown(member.key))' has no condition in the BPMN file and is always taken; remove it "
        + "here", at: member.keyLocation)
    return false
  }

  private func ruleByConditions(_ gateway: RuledGateway, _ outer: Section) -> BranchingRule? {
    let section = reading.named(gateway.member, below: outer)
    var conditions = [CaseCondition?](repeating: nil, count: gateway.flows.count)
    var named: Set<Int> = []
    let standard = standardFlow(gateway)
    var otherwise: Int?
    var isWhole = true
    for member in section.node?.members ?? [] {
      guard let position = position(of: member, at: gateway.id, among: gateway.flows),
        isFree(member, flow: gateway.flows.lowerBound + position, gateway)
      else {
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
        let taken = otherwise ?? standard
        if let taken, taken != gateway.flows.lowerBound + position {
          reading.report(
            key: member.node.path,
            "'\(gateway.id)' has two flows for `otherwise`, with '\(flow.flowIDs[taken])'"
              + "\(taken == standard ? ", its default in the BPMN file" : ""); keep one",
            at: member.node.location)
          isWhole = false
        }
        otherwise = gateway.flows.lowerBound + position
      } else if gateway.flows.lowerBound + position == standard {
        reading.report(
          key: member.node.path,
          "the flow '\(shown(member.key))' is the default in the BPMN file, taken where no condition holds; "
            + "write `otherwise` or leave it out", at: member.node.location)
        isWhole = false
      } else if let condition = condition(section, member) {
        conditions[position] = condition
      } else {
        isWhole = false
      }
    }
    for (position, index) in gateway.flows.enumerated()
    where isWhole && !named.contains(position)
      && (!gateway.choosesSeveral || flow.flows[index].role == .conditional)
    {
      reading.report(
        key: gateway.member.node.path,
        "the flow '\(flow.flowIDs[index])' of \(noun(gateway)) has no condition; give it one, "
          + "or `otherwise`", at: gateway.member.keyLocation)
      isWhole = false
    }
    guard isWhole else { return nil }
    return rule(gateway, conditions, otherwise: otherwise ?? standard)
  }

  private func noun(_ gateway: RuledGateway) -> String {
    let isActivity = process.element(gateway.id)?.isActivity ?? false
    return "the \(isActivity ? "activity" : "gateway") '\(gateway.id)'"
  }

  private func rule(
    _ gateway: RuledGateway, _ conditions: [CaseCondition?], otherwise: Int?
  ) -> BranchingRule {
    let choices = zip(gateway.flows, conditions).compactMap { flow, condition in
      condition.map { BranchingRule.Choice($0, flow: flow) }
    }
    return BranchingRule(
      node: gateway.node, choices: choices, otherwise: otherwise, takesAll: gateway.choosesSeveral)
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
      if gateway.choosesSeveral, flow.flows[index].role == .always { continue }
      var place = sequence.location
      place.element = id
      guard let written = sequence.condition else {
        reading.report(
          key: gateway.member.node.path,
          "the flow '\(id)' of \(noun(gateway)) has no condition in the BPMN file and is not "
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
    var otherwise = standardFlow(gateway)
    var isWhole = true
    for member in section.node?.members ?? [] where !["decision", "output"].contains(member.key) {
      guard let position = position(of: member, at: gateway.id, among: gateway.flows),
        isFree(member, flow: gateway.flows.lowerBound + position, gateway),
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
    // Several flows can be taken at once, so that a list of outputs can steer them.
    let takesAll =
      gateway.choosesSeveral && table.aggregation == nil
      && [.collect, .ruleOrder, .outputOrder].contains(table.hitPolicy)
    guard isWhole, let hits = takesAll ? .first : ruleHits(of: table, at: section) else {
      return nil
    }
    var choices: [BranchingRule.Choice] = []
    for rule in table.rules {
      let value = rule.outputs[output]
      guard let index = flowOfValue[value] ?? otherwise else {
        reading.report(
          key: section.path,
          "the decision '\(table.name)' can say `\(shown(value))`, for which \(noun(gateway)) "
            + "has no flow; name it, or give one flow as `otherwise`", at: section.location)
        return nil
      }
      guard let condition = condition(of: rule, in: table) else { return nil }
      choices.append(BranchingRule.Choice(condition, flow: index))
    }
    return BranchingRule(
      node: gateway.node, choices: choices, otherwise: otherwise, hits: hits, takesAll: takesAll)
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
}
