import DocumentReading
import Facts
import Inventory

/// One agent of Bedrock.
struct BedrockAgent {
  let node: DataNode
  /// Its name in the template; `nil` where it is described alone.
  let id: String?
  let template: BedrockTemplate

  func add(to statements: inout AgentStatements) {
    let described = template.system(
      node, id: id, name: "AgentName", otherNames: ["agentId", "agentArn"],
      version: "agentVersion")
    guard var system = described else {
      statements.reading.note(.medium, "an agent has no name and was left out", at: node.location)
      return
    }
    let name = system.name
    let supervises = node.member("AgentCollaboration")?.string?.hasPrefix("SUPERVISOR") ?? false
    system.kind.state(supervises ? .orchestrator : .agent, node.evidence)
    system.technology.state("Amazon Bedrock Agents", node.evidence)
    if !system.purpose.isKnown, let text = node.member("Instruction"),
      let whole = template.text(text),
      let purpose = singleLine(objective(inInstructions: whole, of: name))
    {
      system.purpose.state(purpose, text.inferred("the beginning of its instruction"))
    }
    addStatus(to: &system)
    addOwner(to: &system)
    system.unknowns.append("What starts it is in the programs that call it.")
    let source = EntityReference(.system, name)
    if let model = node.member("FoundationModel"), let text = template.shortName(model) {
      system.addModel(text)
      statements.connect(
        source, .invokes, EntityReference(.application, BedrockFile.product), .api, "model",
        model.evidence)
    }
    template.addRole(node.member("AgentResourceRoleArn"), of: name, &statements)
    for group in node.member("ActionGroups")?.array ?? [] {
      BedrockActionGroup(group, of: name, in: template).add(to: &statements, &system)
    }
    for base in node.member("KnowledgeBases")?.array ?? [] {
      guard base.member("KnowledgeBaseState")?.string != "DISABLED",
        let target = template.knowledgeName(base.member("KnowledgeBaseId"))
      else { continue }
      statements.connect(
        source, .reads, EntityReference(.application, target), .internalCall, "knowledge base",
        base.evidence)
    }
    for collaborator in node.member("AgentCollaborators")?.array ?? [] {
      let alias = collaborator.member("AgentDescriptor")?.member("AliasArn")
      let called = collaborator.member("CollaboratorName")?.string?.trimmedOrNil
      guard let target = template.agent(ofAlias: alias) ?? called else { continue }
      statements.connect(
        source, .invokes, EntityReference(.system, target), .internalCall,
        called ?? "collaborator", collaborator.evidence)
    }
    if let guardrail = node.member("GuardrailConfiguration"),
      let text = template.shortName(guardrail.member("GuardrailIdentifier"))
    {
      statements.addGuardrail(text, of: name, guardrail.evidence)
    }
    statements.add(system)
  }

  private func addStatus(to system: inout AutomationSystem) {
    guard let status = node["agentStatus"] else { return }
    switch status.string {
    case "NOT_PREPARED", "CREATING": system.status.state(.development, status.evidence)
    case "DELETING": system.status.state(.retired, status.evidence)
    default: break
    }
  }

  private func addOwner(to system: inout AutomationSystem) {
    let tags = node.member("Tags")
    for tag in tags?.object ?? [] where tag.key.lowercased() == "owner" {
      if let owner = template.text(tag.value) {
        system.owner.state(owner, Evidence(.imported, tag.keyLocation, note: "tag"))
      }
    }
  }
}

/// A group of actions of an agent: functions, or operations of an interface, and what runs them.
struct BedrockActionGroup {
  private let node: DataNode
  private let agent: String
  private let template: BedrockTemplate

  init(_ node: DataNode, of agent: String, in template: BedrockTemplate) {
    self.node = node
    self.agent = agent
    self.template = template
  }

  func add(to statements: inout AgentStatements, _ system: inout AutomationSystem) {
    let name = template.text(node.member("ActionGroupName")) ?? "action group"
    if node.member("ActionGroupState")?.string == "DISABLED" {
      statements.reading.note(
        .info, "the action group '\(name)' is disabled and was left out", at: node.location)
      return
    }
    let signature =
      node.member("ParentActionGroupSignature") ?? node["parentActionSignature"]
    switch signature?.string {
    case "AMAZON.UserInput":
      statements.addStep(name, nil, .human, of: agent, node.evidence)
      statements.addTouchPoint(
        .form, at: name, name, of: agent,
        Evidence(.imported, node.location, note: "it asks the user for what is missing"))
      return
    case let own? where own.hasPrefix("AMAZON.CodeInterpreter"):
      statements.addPermission("run code (hosted sandbox)", of: agent, node.evidence)
      statements.addStep(name, nil, .action, of: agent, node.evidence)
      return
    case let own? where own.hasPrefix("ANTHROPIC."):
      statements.addPermission("use a computer (\(own))", of: agent, node.evidence)
      statements.addStep(name, nil, .action, of: agent, node.evidence)
      return
    default: break
    }
    let (target, channel, action) = executor(name, &statements, &system)
    var count = 0
    func addAction(_ id: String, _ label: String?, _ place: DataNode, confirms: DataNode?) {
      count += 1
      let step = "\(name)/\(id)"
      statements.addStep(step, label ?? id, .action, of: agent, place.evidence)
      statements.connect(
        EntityReference(.system, agent), .invokes, target, channel, action ?? id, place.evidence)
      if let confirms {
        statements.addTouchPoint(
          .approval, at: step, label ?? id, of: agent,
          Evidence(.imported, confirms.location, note: "the user confirms before it runs"))
      }
    }
    for function in node.member("FunctionSchema")?.member("Functions")?.array ?? [] {
      guard let id = template.text(function.member("Name")) else { continue }
      let confirms = function.member("RequireConfirmation")
      addAction(id, nil, function, confirms: confirms?.string == "ENABLED" ? confirms : nil)
    }
    for operation in operations(&statements) {
      addAction(
        operation.id, operation.label, operation.node ?? node,
        confirms: operation.confirms ? operation.node ?? node : nil)
    }
    if count == 0 {
      addAction(name, name, node, confirms: nil)
      if node.member("ApiSchema")?.member("S3") != nil {
        statements.reading.note(
          .info,
          "the operations of the action group '\(name)' are in a file of its own; import it too",
          at: node.location)
      }
    }
  }

  /// What carries the actions out.
  private func executor(
    _ name: String, _ statements: inout AgentStatements, _ system: inout AutomationSystem
  ) -> (EntityReference, Connection.Channel, String?) {
    let executor = node.member("ActionGroupExecutor")
    if let lambda = executor?.member("Lambda"),
      let function = template.shortName(lambda)
    {
      let named = template.addFunction(lambda, named: function, besides: agent, &statements)
      return (EntityReference(.system, named), .api, nil)
    }
    if executor?.member("CustomControl")?.string == "RETURN_CONTROL" {
      let note = "Actions of '\(name)' are carried out by the program that called it."
      if !system.unknowns.contains(note) { system.unknowns.append(note) }
      return (
        EntityReference(.application, "program that calls \(agent)"), .internalCall, nil
      )
    }
    return (EntityReference(.application, "\(name) of \(agent)"), .unknown, nil)
  }

  private struct Operation {
    var id: String
    var label: String?
    /// `nil` where it stands inside a text.
    var node: DataNode?
    var confirms = false
  }

  /// The operations of an interface whose description stands in the template, as text or as what it
  /// means.
  private func operations(_ statements: inout AgentStatements) -> [Operation] {
    guard let schema = node.member("ApiSchema") else { return [] }
    var root = schema
    var isText = false
    if let payload = schema.member("Payload") {
      root = payload
      if let text = templateText(of: payload) {
        isText = true
        let bytes = Array(text.utf8)
        let isJSON = text.trimmedOrNil?.hasPrefix("{") ?? false
        let path = payload.location.path
        guard
          let inner = isJSON ? try? parseJSON(bytes, path: path) : try? parseYAML(bytes, path: path)
        else {
          statements.reading.note(
            .low, "the description of an interface in an action group cannot be read",
            at: payload.location)
          return []
        }
        root = inner
      }
    }
    let methods = ["get", "put", "post", "delete", "patch", "head", "options"]
    var found: [Operation] = []
    for path in root["paths"]?.object ?? [] {
      for method in path.value.object ?? [] where methods.contains(method.key.lowercased()) {
        let id = method.value["operationId"]?.string ?? "\(method.key.uppercased()) \(path.key)"
        let mark = method.value["x-requireConfirmation"]
        found.append(
          Operation(
            id: id, label: method.value["summary"]?.string?.trimmedOrNil,
            node: isText ? nil : method.value,
            confirms: mark?.string?.uppercased() == "ENABLED" || mark?.bool == true))
      }
    }
    return found
  }
}
