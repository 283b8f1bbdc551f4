import DocumentReading
import Facts
import Inventory
import ProcessModel

/// A flow of watsonx Orchestrate: nodes in nodes, each with a `spec` that says its kind.
struct WatsonxFlow {
  private let root: DataNode
  private let path: String
  private var statements: AgentStatements
  private var name = ""
  private var models: [String] = []
  /// Kinds of node that are unknown and noted.
  private var unknownKinds: Set<String> = []
  /// Keys that are in use as ids of steps.
  private var taken: Set<String> = []

  init(_ root: DataNode, path: String, _ statements: AgentStatements) {
    self.root = root
    self.path = path
    self.statements = statements
  }

  /// What the flow says.
  /// - Parameter toolName: Name of the tool that the flow is, where its file has one around it.
  mutating func reading(toolName: DataNode?) -> FileReading {
    let spec = root["spec"] ?? root
    guard
      let (name, node) = statements.watsonxName(spec)
        ?? toolName.flatMap({ node in
          node.text?.trimmedOrNil.map { ($0, node) }
        })
    else {
      statements.reading.hasFailed = true
      statements.reading.note(
        .high, "the flow has no name; give it one under 'spec.name'", at: spec.location)
      return statements.reading
    }
    self.name = name
    var system = AutomationSystem(name: name, source: node.evidence)
    system.kind.state(.workflow, spec.evidence)
    system.technology.state(WatsonxFile.product, spec.evidence)
    for alias in [spec["display_name"]?.string, toolName?.string] {
      if let alias = alias?.trimmedOrNil { system.addAlias(alias) }
    }
    if let text = spec["description"], let purpose = text.string?.trimmedOrNil,
      root["metadata"]?["is_under_specified"]?.bool != true
    {
      let isGenerated = root["metadata"]?["is_system_generated_description"]?.bool == true
      system.purpose.state(
        purpose,
        isGenerated ? text.inferred("written by the product, not by a person") : text.evidence)
    }
    statements.reading.fragment.triggers.append(
      Trigger(
        system: name, kind: .call,
        evidence: Evidence(.imported, spec.location, note: "a flow is a tool that agents call")))
    if spec["schedulable"]?.bool == true {
      system.unknowns.append("It can be scheduled; whether it is, is not in its file.")
    }
    if let model = root["metadata"]?["llm_model"]?.string?.trimmedOrNil { system.addModel(model) }
    addNodes(of: root, inside: nil, depth: 0)
    for model in models { system.addModel(model) }
    system.unknowns.append("What its tools reach is told by the tools' own files.")
    statements.add(system)
    return statements.reading
  }

  // MARK: Nodes

  private mutating func addNodes(of parent: DataNode, inside: String?, depth: Int) {
    guard depth < 200 else { return }
    let errorTargets = Set(errorPathTargets(of: parent))
    for member in parent["nodes"]?.object ?? [] {
      let node = member.value
      let kind = node["spec"]?["kind"]?.string ?? ""
      guard !["start", "end"].contains(kind) else { continue }
      let id = identifier(member.key, inside: inside)
      noteUnknown(kind, node)
      addNode(member, id: id, kind: kind, isErrorPath: errorTargets.contains(member.key))
      addNodes(of: node, inside: id, depth: depth + 1)
    }
  }

  /// Says of each kind once that it is not known.
  private mutating func noteUnknown(_ kind: String, _ node: DataNode) {
    let known = [
      "tool", "agent", "user", "user_field", "form", "branch", "decisions", "timer", "wait",
      "user_flow", "userflow", "foreach", "loop", "flow", "prompt", "docproc", "docext",
      "docclassifier", "script", "node",
    ]
    guard !known.contains(kind), unknownKinds.count < 20, unknownKinds.insert(kind).inserted else {
      return
    }
    let shown = kind.isEmpty ? "without a kind" : "of the unknown kind '\(kind)'"
    statements.reading.note(.info, "a node \(shown) is taken for an action", at: node.location)
  }

  /// Nodes to which an edge leads that is taken after an error.
  private func errorPathTargets(of parent: DataNode) -> [String] {
    let errorEdges = Set(
      (parent["nodes"]?.object ?? []).compactMap {
        let handler = $0.value["spec"]?["error_handler_config"]
        return handler?["on_error"]?.string == "show_message"
          ? nil : handler?["error_edge_id"]?.string
      })
    guard !errorEdges.isEmpty else { return [] }
    return (parent["edges"]?.array ?? []).compactMap { edge in
      guard let id = edge["id"]?.string, errorEdges.contains(id) else { return nil }
      return edge["end"]?.string
    }
  }

  private mutating func identifier(_ key: String, inside parent: String?) -> String {
    if taken.insert(key).inserted { return key }
    var id = parent.map { "\($0)/\(key)" } ?? key
    while !taken.insert(id).inserted { id += "'" }
    return id
  }

  private mutating func addNode(
    _ member: DataMember, id: String, kind: String, isErrorPath: Bool
  ) {
    let spec = member.value["spec"] ?? member.value
    let evidence = Evidence(.imported, member.keyLocation)
    let label =
      spec["display_name"]?.string?.trimmedOrNil ?? spec["name"]?.string?.trimmedOrNil ?? member.key
    var step = Step(
      system: name, id: id, name: label, kind: stepKind(kind, member.value), evidence: evidence)
    if isErrorPath, step.kind != .human { step.kind = .errorHandling }
    step.retries = spec["error_handler_config"]?["max_retries"]?.int
    statements.reading.fragment.steps.append(step)
    if step.kind == .human { addTouchPoint(spec, id: id, label, evidence) }
    let source = EntityReference(.system, name)
    switch kind {
    case "tool":
      let tool = spec["tool"]
      guard let reference = (tool?.string ?? tool?["name"]?.string)?.trimmedOrNil else {
        noteUnnamed("tool", label, spec)
        return
      }
      if let builtIn = builtInTool(reference) {
        statements.connect(
          source, .invokes, EntityReference(.application, WatsonxFile.product), .internalCall,
          builtIn, evidence)
        return
      }
      let (toolkit, plain) = toolkitAndTool(reference)
      statements.connect(
        source, .invokes, EntityReference(.application, toolkit ?? plain), .internalCall, "tool",
        data: toolkit == nil ? [] : [plain], evidence)
    case "agent":
      guard let agent = spec["agent"]?.string?.trimmedOrNil else {
        noteUnnamed("agent", label, spec)
        return
      }
      let plain = agent.firstIndex(of: ":").map { String(agent[..<$0]) } ?? agent
      statements.connect(
        source, .invokes, EntityReference(.system, plain.isEmpty ? agent : plain), .internalCall,
        "agent", evidence)
    case "prompt", "docext", "docclassifier", "docproc":
      let model = spec["llm"] ?? spec["config"]?["llm"] ?? spec["kvp_model_name"]
      let prompted = model?.string?.trimmedOrNil
      if let prompted { models.append(prompted) }
      let target = kind == "prompt" ? prompted : prompted ?? "IBM watsonx document processing"
      if let target {
        statements.connect(
          source, .invokes, EntityReference(.application, target), .api, kind, evidence)
      }
      if spec["enable_review"]?.bool == true || spec["review_fields"]?.array?.isEmpty == false {
        statements.reading.fragment.touchPoints.append(
          HumanTouchPoint(system: name, step: id, name: label, kind: .review, evidence: evidence))
      }
    case "decisions": addDecision(spec, id: id, label)
    default: break
    }
  }

  private func stepKind(_ kind: String, _ node: DataNode) -> Step.Kind {
    switch kind {
    case "tool", "agent": .call
    case "user", "user_field", "form": .human
    case "branch", "decisions": .decision
    case "timer", "wait": .wait
    case "user_flow", "userflow", "foreach", "loop", "flow": node["nodes"] == nil ? .call : .group
    default: .action
    }
  }

  private mutating func noteUnnamed(_ what: String, _ label: String, _ spec: DataNode) {
    statements.reading.note(
      .low, "the node '\(label)' names no \(what), so that what it calls is unknown",
      at: spec.location)
  }

  // MARK: People

  private mutating func addTouchPoint(
    _ spec: DataNode, id: String, _ label: String, _ evidence: Evidence
  ) {
    let fields = spec["fields"]?.array ?? []
    let directions =
      fields.compactMap { $0["direction"]?.string } + [spec["direction"]?.string].compactMap { $0 }
    let onlyShows = spec["form"] == nil && !directions.isEmpty && !directions.contains("input")
    let kind: HumanTouchPoint.Kind =
      onlyShows
      ? .work : touchPointKind(label: label.replacing("_", with: " "), fallback: .form)
    statements.reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: name, step: id, name: label, kind: kind, team: team(spec["owners"]),
        evidence: onlyShows
          ? Evidence(.imported, evidence.location, note: "shows something to the person")
          : evidence))
  }

  /// The group that owns a node; `__current_user__` and addresses of single people are none.
  private func team(_ owners: DataNode?) -> String? {
    owners?.texts.map(\.text).first { owner in
      !owner.hasPrefix("__") && !owner.contains("@") && !owner.contains("{")
    }
  }

  // MARK: Decision tables

  private mutating func addDecision(_ spec: DataNode, id: String, _ label: String) {
    let rules = spec["rules"]?.array ?? []
    func keys(_ part: String) -> [String] {
      var seen: [String] = []
      for rule in rules {
        for member in rule[part]?.object ?? [] where !seen.contains(member.key) && seen.count < 200
        {
          seen.append(member.key)
        }
      }
      return seen
    }
    let inputs = keys("conditions")
    var outputs = keys("actions")
    for member in spec["default_actions"]?.object ?? [] where !outputs.contains(member.key) {
      outputs.append(member.key)
    }
    guard !outputs.isEmpty else {
      statements.reading.note(
        .medium, "the decision table '\(label)' has no result; it is left out", at: spec.location)
      return
    }
    var rows = rules.enumerated().map { index, rule in
      DecisionTable.Rule(
        id: "\(id) rule \(index + 1)",
        tests: inputs.map { Self.test(rule["conditions"]?[$0]) },
        outputs: outputs.map { rule["actions"]?[$0]?.text ?? "" }, location: rule.location)
    }
    if let fallback = spec["default_actions"], fallback.object?.isEmpty == false {
      rows.append(
        DecisionTable.Rule(
          id: "\(id) default", tests: inputs.map { _ in .any },
          outputs: outputs.map { fallback[$0]?.text ?? "" }, location: fallback.location))
    }
    statements.reading.fragment.decisions.append(
      EstateDecision(
        system: name,
        table: DecisionTable(
          id: id, name: label, hitPolicy: .first,
          inputs: inputs.map { DecisionTable.Column(name: $0) },
          outputs: outputs.map { DecisionTable.Column(name: $0) }, rules: rows,
          location: spec.location)))
  }

  /// A condition as the product writes it: `> 5`, `== "A"`, `[1:5)`, `in …`.
  private static func test(_ node: DataNode?) -> UnaryTest {
    guard let text = node?.text?.trimmedOrNil else { return .any }
    if let first = text.first, "[(]".contains(first), let last = text.last, "])[".contains(last),
      text.filter({ $0 == ":" }).count == 1
    {
      return UnaryTest(feel: text.replacing(":", with: ".."))
    }
    return UnaryTest(feel: text)
  }
}
