internal import Facts
internal import ProcessModel
internal import Simulation
internal import Statistics

// What reads attributes: conditions on flows, urgency, firing.

extension StackReading {
  var vocabulary: ConditionVocabulary { assembly.vocabulary }

  // MARK: Shares or conditions

  /// Whether what stands at a gateway is a rule on attributes, and no shares.
  func isRule(_ gateway: ScenarioNode.Member) -> Bool {
    if gateway.node.text != nil { return true }
    if gateway.node["decision"] != nil { return true }
    return gateway.node.members.contains { $0.node.text.map { !isShare($0) } ?? false }
  }

  /// Whether a text at a flow is meant as a share.
  func isShare(_ text: String) -> Bool {
    if text == "rest" || text.isEmpty { return true }
    if text.contains(where: { "<>=!&|".contains($0) }) || text == "otherwise" { return false }
    if let first = text.first, first.isNumber || "+-.".contains(first) { return true }
    // Without attributes nothing else can be meant.
    return assembly.attributes.isEmpty && !text.contains(" in ")
  }

  // MARK: Conditions

  func condition(_ section: Section, _ member: ScenarioNode.Member) -> CaseCondition? {
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
