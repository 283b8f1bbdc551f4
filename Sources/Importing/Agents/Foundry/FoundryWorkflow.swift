import DocumentReading
import Facts
import Inventory

/// A workflow of agents: actions in actions, in the words of Copilot Studio.
struct FoundryWorkflow {
  private let root: DataNode
  private let name: Fact<String>
  private var unnamed = 0

  init(_ root: DataNode, path: String) {
    self.root = root
    if let node = root["name"], let text = node.plainText {
      name = Fact(text, node.evidence)
    } else {
      name = Fact(
        stem(of: lastComponent(of: path)),
        root.inferred("named after its file, which states no name"))
    }
  }

  private var source: EntityReference { EntityReference(.system, name.value) }

  mutating func add(to statements: inout AgentStatements) {
    let trigger = root["trigger"]
    var system = AutomationSystem(name: name.value, source: name.evidence)
    system.kind.state(.workflow, (root["kind"] ?? root).evidence)
    system.technology.state("Microsoft Agent Framework", (root["kind"] ?? root).evidence)
    if let text = root["description"], let purpose = singleLine(text.string) {
      system.purpose.state(purpose, text.evidence)
    }
    for id in [root["id"], trigger?["id"]] {
      if let text = id?.plainText, text != "workflow_demo" { system.addAlias(text) }
    }
    if let trigger, let kind = trigger["kind"]?.string {
      let isChat = kind == "OnConversationStart" || kind == "OnActivity"
      statements.addTrigger(
        isChat ? .manual : .event, CopilotNode.words(kind), of: name.value, trigger.evidence)
    }
    if let trigger { addActions(in: trigger, depth: 0, &statements) }
    statements.add(system)
  }

  private mutating func addActions(
    in node: DataNode, depth: Int, _ statements: inout AgentStatements
  ) {
    guard depth < 120 else {
      statements.reading.note(
        .medium, "actions are nested beyond 120 levels; the inner ones were left out",
        at: node.location)
      return
    }
    for member in node.object ?? [] {
      switch member.key {
      case "actions", "elseActions", "defaultActions", "catchActions", "finallyActions":
        for action in member.value.array ?? [] {
          add(action, catches: member.key == "catchActions", &statements)
          addActions(in: action, depth: depth + 1, &statements)
        }
      case "conditions", "cases", "branches":
        for branch in member.value.array ?? [] {
          addActions(in: branch, depth: depth + 1, &statements)
        }
      case "else", "default", "body", "errorHandling":
        addActions(in: member.value, depth: depth + 1, &statements)
      default: break
      }
    }
  }

  private mutating func add(_ action: DataNode, catches: Bool, _ statements: inout AgentStatements)
  {
    guard let kind = action["kind"]?.string?.trimmedOrNil else {
      statements.reading.note(
        .medium, "an action has no kind and was left out", at: action.location)
      return
    }
    if action["disabled"]?.bool == true {
      statements.reading.note(.info, "a switched-off action was left out", at: action.location)
      return
    }
    unnamed += 1
    let id = action["id"]?.text?.trimmedOrNil ?? "\(kind)_\(unnamed)"
    let label = action["displayName"]?.plainText ?? CopilotNode.words(kind)
    let evidence = action.evidence
    let asksPeople = ["RequestExternalInput", "RequestHumanInput", "HumanApproval"].contains(kind)
    var step = asksPeople ? Step.Kind.human : CopilotNode.kind(kind)
    if kind == "InvokeAzureAgent" { step = .call }
    if kind == "TryCatch" || kind == "OnError" || catches && step == .action {
      step = .errorHandling
    }
    statements.addStep(id, label, step, of: name.value, evidence)
    if step == .human {
      let isHandOver = kind.hasPrefix("TransferConversation")
      statements.addTouchPoint(
        isHandOver
          ? .exception : touchPointKind(label: id.replacing("_", with: " "), fallback: .form),
        at: id, label, of: name.value, evidence)
    }
    switch kind {
    case "InvokeAzureAgent", "InvokeAgentAction", "InvokeConnectedAgentTaskAction":
      let agent = action["agent"]?["name"] ?? action["agentName"] ?? action["agent"]
      statements.connect(
        source, .invokes, EntityReference(.system, target(agent, id, &statements)), .internalCall,
        "agent",
        agent?.plainText == nil
          ? Evidence(.imported, action.location, note: "named after a placeholder") : evidence)
    case "InvokeMcpTool":
      let address = action["serverUrl"]?.plainText.map(publicAddress)
      let server = address ?? action["serverLabel"]?.plainText ?? "\(id) of \(name.value)"
      let isVariable = address == nil && action["serverUrl"] != nil
      statements.connect(
        source, .invokes, EntityReference(.system, server), .mcp, action["toolName"]?.plainText,
        isVariable
          ? Evidence(
            .imported, action.location, note: "a service at an address that a variable gives")
          : evidence)
    case "InvokeFunctionTool", "InvokeTool":
      let function = action["functionName"] ?? action["toolName"] ?? action["name"]
      statements.connect(
        source, .invokes, EntityReference(.application, target(function, id, &statements)),
        .internalCall, "function", evidence)
    case "HttpRequestAction", "HttpRequest":
      statements.request(
        source, action["method"]?.plainText ?? "GET", action["url"]?.string, of: name.value,
        evidence)
    case "InvokeWorkflow", "BeginDialog":
      let workflow = action["workflow"] ?? action["dialog"] ?? action["workflowName"]
      statements.connect(
        source, .invokes, EntityReference(.system, target(workflow, id, &statements)),
        .internalCall, "workflow", evidence)
    default: break
    }
    if let approval = action["requireApproval"], approval.bool == true {
      statements.addTouchPoint(
        .approval, at: id, label, of: name.value,
        Evidence(.imported, approval.location, note: "a person is asked before it runs"))
    }
  }

  /// The name of what is called; where it is computed, a symbol for it.
  private func target(
    _ node: DataNode?, _ id: String, _ statements: inout AgentStatements
  ) -> String {
    if let text = node?.plainText { return text }
    statements.reading.note(
      .low, "what '\(id)' calls is computed or not stated, so that it is unknown",
      at: node?.location ?? root.location)
    return node?.string.flatMap { symbolicName($0, of: name.value) } ?? "\(id) of \(name.value)"
  }
}
