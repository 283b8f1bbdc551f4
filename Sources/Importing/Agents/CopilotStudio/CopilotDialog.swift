import DocumentReading
import Facts
import Inventory

/// One component of an agent of Copilot Studio: a topic, tool, agent or knowledge source.
struct CopilotDialog {
  private let dialog: CopilotStudioSolution.Dialog
  let solution: CopilotStudioSolution
  private let isLone: Bool
  /// The agent, or the agent inside it, to which this belongs.
  let owner: String
  /// Schema name or file name, which keeps ids of nodes apart between topics.
  private let key: String
  /// What people call it.
  let title: String
  var reading: FileReading
  private var steps = 0

  init(_ dialog: CopilotStudioSolution.Dialog, in solution: CopilotStudioSolution) {
    self.dialog = dialog
    self.solution = solution
    let path = dialog.path
    let isInSolution = CopilotStudioFile.lies(path)
    let schema = isInSolution ? solution.componentSchema(of: path) : nil
    let bot = solution.bot(of: path)
    let written = (dialog.root?["mcs.metadata"]?["componentName"] ?? dialog.root?["displayName"])?
      .string?.trimmedOrNil
    let file = stem(of: stem(of: lastComponent(of: path)))
    // A topic that is saved alone is named by its folder.
    let ownName =
      ["topic", "data", "agent"].contains(file.lowercased()) ? solution.folderName(of: path) : file
    title =
      schema.flatMap { solution.component($0)?.first("name")?.text.trimmedOrNil } ?? written
      ?? schema.map(solution.lastPart(of:)) ?? ownName
    isLone = bot == nil
    key = schema.map { Self.withoutAgent($0) } ?? (isLone ? "" : ownName)
    owner =
      schema.flatMap { solution.childAgent(ofComponent: $0) } ?? bot
      ?? ownName
    reading = FileReading(path: path)
    reading.problems = dialog.problems
    reading.isPartial = dialog.isTolerated
  }

  /// `topic.Escalate` of `cr1_bot.topic.Escalate`.
  private static func withoutAgent(_ schema: String) -> String {
    let parts = schema.split(separator: ".", maxSplits: 1)
    return parts.count == 2 ? String(parts[1]) : schema
  }

  /// What the component says.
  mutating func read() -> FileReading {
    let schema =
      CopilotStudioFile.lies(dialog.path) ? solution.componentSchema(of: dialog.path) : ""
    if solution.component(schema)?.first("statecode")?.text == "1" {
      reading.note(
        .info, "the component '\(title)' is switched off and left out",
        at: SourceLocation(path: dialog.path))
      return reading
    }
    if isLone { addLoneOwner() }
    guard let root = dialog.root else {
      addLines()
      return reading
    }
    switch root["kind"]?.string {
    case "AdaptiveDialog", "Dialog": addTopic(root)
    case "TaskDialog", "ConnectorTool", "McpTool", "WorkflowTool", "ConnectedAgentTool":
      addTool(root)
    case "AgentDialog": addChildAgent(root)
    case "GptComponentMetadata", "CopilotComponentMetadata": addInstructions(root)
    case "KnowledgeSourceConfiguration", "KnowledgeSource": addKnowledge(root)
    case "SkillDefinition": addSkill(root)
    case "ExternalTriggerConfiguration": addExternalTrigger(root)
    default: break
    }
    return reading
  }

  private mutating func addLoneOwner() {
    let node = dialog.root?["modelDescription"] ?? dialog.root?["mcs.metadata"]?["description"]
    let place = dialog.root?.location ?? SourceLocation(path: dialog.path)
    let evidence = Evidence(
      .inferred, place, note: "a topic without its agent is named after its folder or file")
    var system = AutomationSystem(name: owner, source: evidence)
    system.kind.state(.agent, evidence)
    system.technology.state("Microsoft Copilot Studio", Evidence(.imported, place))
    if let node,
      let purpose = node.string.flatMap({ objective(inInstructions: $0, of: system.name) })
    {
      system.purpose.state(purpose, Evidence(.imported, node.location))
    }
    system.unknowns = ["Which agent it belongs to is not told by a topic that is saved alone."]
    reading.fragment.systems.append(system)
    reading.isPartial = true
  }

  // MARK: Topics

  private mutating func addTopic(_ root: DataNode) {
    guard let begin = root["beginDialog"] else { return addActions(in: root, depth: 0) }
    let kind = begin["kind"]?.string ?? ""
    addTrigger(kind, begin)
    let id = qualified(begin["id"]?.text ?? "main")
    switch kind {
    case "OnEscalate":
      addStep(id, name: title, .human, at: begin)
      addTouchPoint(id, .exception, at: begin)
      escalate(action: title, at: begin)
    case "OnError": addStep(id, name: title, .errorHandling, at: begin)
    default: break
    }
    addActions(in: begin, depth: 0)
  }

  private mutating func addTrigger(_ kind: String, _ begin: DataNode) {
    let queries = (begin["intent"]?["triggerQueries"]?.array ?? []).compactMap(\.text)
    let events = [
      "OnActivity", "OnEventActivity", "OnEvent", "OnInactivity", "OnMessageReceived",
      "OnExternalTrigger", "OnInvokeActivity", "OnConversationUpdate",
    ]
    guard
      ["OnRecognizedIntent", "OnEscalate", "OnConversationStart"].contains(kind)
        || events.contains(kind)
    else { return }
    var expression = kind == "OnConversationStart" ? "start of a conversation" : title
    if !queries.isEmpty {
      expression += ": \(queries.prefix(3).joined(separator: "; "))"
      if queries.count > 3 { expression += " and \(queries.count - 3) more" }
    }
    reading.fragment.triggers.append(
      Trigger(
        system: owner, kind: events.contains(kind) ? .event : .manual, expression: expression,
        evidence: Evidence(.imported, begin.location)))
  }

  /// Nodes under a node, in lists called `actions` and `elseActions`, at any depth.
  private mutating func addActions(in node: DataNode, depth: Int) {
    guard depth < 120 else {
      reading.note(
        .medium, "nodes of the topic are nested beyond 120 levels; the inner ones were left out",
        at: node.location)
      return
    }
    for member in node.object ?? [] {
      switch member.key {
      case "actions", "elseActions":
        for action in member.value.array ?? [] {
          addAction(action)
          addActions(in: action, depth: depth + 1)
        }
      case "conditions", "cases", "branches":
        for branch in member.value.array ?? [] { addActions(in: branch, depth: depth + 1) }
      case "else", "default", "errorHandling", "body":
        addActions(in: member.value, depth: depth + 1)
      default: break
      }
    }
  }

  private func qualified(_ id: String) -> String { key.isEmpty ? id : "\(key)/\(id)" }

  private mutating func addAction(_ action: DataNode) {
    guard let kind = action["kind"]?.string?.trimmedOrNil else { return }
    if action["disabled"]?.bool == true {
      reading.note(.info, "a switched-off node was left out", at: action.location)
      return
    }
    steps += 1
    let id = qualified(action["id"]?.text?.trimmedOrNil ?? "\(kind)_\(steps)")
    let name = action["displayName"]?.string?.trimmedOrNil
    let stepKind = CopilotNode.kind(kind)
    addStep(id, name: name ?? CopilotNode.words(kind), stepKind, at: action)
    switch kind {
    case "Question", "AdaptiveCardPrompt", "CSATQuestion", "InputForm":
      addTouchPoint(id, .form, named: name ?? CopilotNode.words(kind), at: action)
    case "TransferConversation", "TransferConversationV2":
      addTouchPoint(id, .exception, named: name ?? "Transfer of the conversation", at: action)
      escalate(action: kind, at: action)
    default: addCall(action, kind, as: nil)
    }
  }

  // MARK: Parts

  mutating func addStep(_ id: String, name: String?, _ kind: Step.Kind, at node: DataNode) {
    reading.fragment.steps.append(
      Step(
        system: owner, id: id, name: name, kind: kind, evidence: Evidence(.imported, node.location))
    )
  }

  private mutating func addTouchPoint(
    _ id: String, _ kind: HumanTouchPoint.Kind, named name: String? = nil, at node: DataNode
  ) {
    reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: owner, step: id, name: name ?? title, kind: kind,
        evidence: Evidence(.imported, node.location)))
  }

  private mutating func escalate(action: String, at node: DataNode) {
    reading.fragment.connections.append(
      Connection(
        .escalates, from: EntityReference(.system, owner),
        to: EntityReference(.team, liveAgents(of: owner)),
        channel: .people, action: action,
        evidence: Evidence(
          .imported, node.location, note: "the file does not say which people take over")))
  }

  /// What is known of a file that is not valid YAML: its nodes, in order.
  private mutating func addLines() {
    for (index, line) in dialog.lines.enumerated() {
      let place = SourceLocation(path: dialog.path, line: line.number)
      let evidence = Evidence(.imported, place)
      let id = qualified(line.id ?? "\(line.kind)_\(index + 1)")
      let isEscalation = line.kind == "OnEscalate"
      guard line.isNode || isEscalation else { continue }
      let kind = isEscalation ? Step.Kind.human : CopilotNode.kind(line.kind)
      reading.fragment.steps.append(
        Step(
          system: owner, id: id, name: CopilotNode.words(line.kind), kind: kind,
          evidence: evidence))
      guard kind == .human else { continue }
      let isHandOver = isEscalation || line.kind.hasPrefix("TransferConversation")
      reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: owner, step: id, name: isEscalation ? title : CopilotNode.words(line.kind),
          kind: isHandOver ? .exception : .form, evidence: evidence))
      if isHandOver {
        reading.fragment.connections.append(
          Connection(
            .escalates, from: EntityReference(.system, owner),
            to: EntityReference(.team, liveAgents(of: owner)), channel: .people, action: line.kind,
            evidence: evidence))
      }
    }
  }
}

/// The people who take over an agent's conversations, where no file says who they are.
///
/// They are named after the agent, since those of two agents need not be the same.
func liveAgents(of agent: String) -> String { "Live agents of \(agent)" }

/// What the names of nodes of Copilot Studio mean.
enum CopilotNode {
  /// The kind of step that a node is.
  static func kind(_ kind: String) -> Step.Kind {
    switch kind {
    case "ConditionGroup", "IfCondition", "Switch", "SwitchCondition": .decision
    case "Foreach", "ForEach", "RepeatUntil", "ActionScope", "Loop": .group
    case "BeginDialog", "ReplaceDialog", "RepeatDialog": .call
    case "Question", "AdaptiveCardPrompt", "CSATQuestion", "InputForm", "TransferConversation",
      "TransferConversationV2":
      .human
    case "Wait", "Delay", "WaitForEvent": .wait
    case "InvokeFlowAction", "InvokeSkillAction", "InvokeFlowTaskAction",
      "InvokeConnectedAgentTaskAction", "InvokeAgentAction", "ConnectedAgentTool", "WorkflowTool":
      .call
    default: .action
    }
  }

  /// `Send activity` of `SendActivity`.
  static func words(_ kind: String) -> String {
    var text = ""
    for character in kind {
      if character.isUppercase, let last = text.last, last.isLowercase {
        text += " " + character.lowercased()
      } else {
        text.append(character)
      }
    }
    return text
  }
}

/// A line `kind: …` of a file that is not valid YAML.
struct CopilotLine {
  var number: Int
  var kind: String
  var id: String?
  /// Whether it begins an item of a list, as nodes do.
  var isNode: Bool

  /// The lines that name nodes; definitions of types and cards are no nodes.
  static func lines(of text: String) -> [CopilotLine] {
    var found: [CopilotLine] = []
    var awaitsID = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if trimmed.hasPrefix("- kind:") || trimmed.hasPrefix("kind: OnEscalate") {
        let isNode = trimmed.hasPrefix("-")
        let kind = trimmed.drop { $0 != ":" }.dropFirst().filter { $0.isLetter || $0.isNumber }
        let isInput = kind.hasSuffix("Input") || kind.hasSuffix("TaskInput") || kind.isEmpty
        if !isInput {
          found.append(
            CopilotLine(number: index + 1, kind: String(kind), id: nil, isNode: isNode))
        }
        awaitsID = !isInput
      } else if awaitsID, trimmed.hasPrefix("id:"), let last = found.indices.last {
        found[last].id = String(trimmed.dropFirst(3)).trimmedOrNil
        awaitsID = false
      }
    }
    return found
  }
}
