import DocumentReading
import Facts
import Inventory

/// What `agent.json` and the files of its resources say.
extension UiPathAgenticFiles {
  /// An agent: model, instructions, guardrails, and resources where they stand in the same file.
  func readAgent(_ file: File) -> FileReading {
    let root = file.root
    let name = agentName(file)
    var part = UiPathPart(path: file.path, system: name.value)
    let whole = Evidence(.imported, root.location)
    var system = AutomationSystem(name: name.value, source: name.evidence)
    system.sources.append(whole)
    let project = names.project(of: file.path)
    system.aliases = project.aliases
    for key in ["projectId", "id"] {
      if let id = root[key]?.string?.trimmedOrNil, isGUID(id) { system.aliases.append(id) }
    }
    if nameKey(project.name.value) != nameKey(name.value) {
      system.aliases.append(project.name.value)
    }
    system.kind.state(.agent, whole)
    system.technology.state("UiPath Agents", whole)
    describe(&system, root, project)
    if let model = root["settings"]?["model"]?.string?.trimmedOrNil { system.models = [model] }
    if root["metadata"]?["isConversational"]?.bool == true, let node = root["metadata"] {
      system.humanInvolvement.state(
        "Converses with people",
        Evidence(.imported, node["isConversational"]?.location ?? node.location))
      part.reading.fragment.triggers.append(
        Trigger(system: name.value, kind: .manual, expression: "conversation", evidence: whole))
    }
    part.reading.fragment.systems = [system]
    for guardrail in root["guardrails"]?.array ?? [] { addGuardrail(guardrail, &part) }
    for resource in root["resources"]?.array ?? [] { addResource(resource, &part) }
    for feature in root["features"]?.array ?? [] { addFeature(feature, &part) }
    return part.reading
  }

  private func describe(
    _ system: inout AutomationSystem, _ root: DataNode, _ project: UiPathProjectNames.Project
  ) {
    if let text = root["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    if let purpose = project.purpose { system.purpose.state(purpose.value, purpose.evidence) }
    let prompt = (root["messages"]?.array ?? []).first {
      $0["role"]?.text?.lowercased() == "system" || $0["role"]?.text == "0"
    }?["content"]
    if let prompt,
      let sentence = prompt.string.flatMap({ objective(inInstructions: $0, of: system.name) })
    {
      system.purpose.state(
        sentence, Evidence(.inferred, prompt.location, note: "the beginning of its instructions"))
    }
    if let version = root["version"], let text = version.text?.trimmedOrNil {
      system.version.state(text, Evidence(.imported, version.location))
    }
  }

  /// The name of the agent that a file describes.
  private func agentName(_ file: File) -> Fact<String> {
    let project = names.project(of: file.path)
    if project.name.evidence.provenance == .imported { return project.name }
    if let node = file.root["name"], let name = node.string?.trimmedOrNil,
      !isGenericProjectName(name)
    {
      return Fact(name, Evidence(.imported, node.location))
    }
    return project.name
  }

  /// The name of the agent to whose project a file belongs.
  private func agentName(ofProjectOf path: String) -> String {
    let home = UiPathProjectNames.home(of: path)
    let agents = files.filter {
      $0.kind == .agent && UiPathProjectNames.home(of: $0.path) == home
    }
    // The copy that Studio Web writes below the project has the name, where the original has none.
    let named = agents.map { agentName($0) }
    return (named.first { $0.evidence.provenance == .imported } ?? named.first)?.value
      ?? names.project(of: path).name.value
  }

  // MARK: Resources

  /// A tool, context, escalation or MCP server of an agent.
  func readAgentResource(_ file: File) -> FileReading {
    var part = UiPathPart(path: file.path, system: agentName(ofProjectOf: file.path))
    if !hasMainFile(inProjectOf: file.path) {
      part.reading.isPartial = true
      part.reading.note(
        .low, "the agent that this resource belongs to is not among the files; add its agent.json",
        at: file.root.location)
      part.mention(part.system, .agent, technology: "UiPath Agents", at: file.root)
    }
    addResource(file.root, &part)
    return part.reading
  }

  /// A memory of an agent.
  func readAgentFeature(_ file: File) -> FileReading {
    var part = UiPathPart(path: file.path, system: agentName(ofProjectOf: file.path))
    addFeature(file.root, &part)
    return part.reading
  }

  private func addFeature(_ feature: DataNode, _ part: inout UiPathPart) {
    guard feature["isEnabled"]?.bool != false,
      let space = (feature["memorySpaceName"] ?? feature["name"])?.string?.trimmedOrNil
    else { return }
    part.connect(
      .reads, to: EntityReference(.data, space), by: .internalCall, action: "memory", at: feature)
  }

  private func addResource(_ resource: DataNode, _ part: inout UiPathPart) {
    let name =
      (resource["name"] ?? resource["slug"])?.text?.trimmedOrNil
      ?? resource["id"]?.text?.trimmedOrNil
    guard let name else {
      part.reading.note(
        .medium, "a resource of the agent has no name; give it one, so that it can be told apart",
        at: resource.location)
      return
    }
    if resource["isEnabled"]?.bool == false {
      part.reading.note(
        .info, "the resource '\(name)' is switched off and left out", at: resource.location)
      return
    }
    switch resource["$resourceType"]?.string?.lowercased() {
    case "tool": addTool(name, resource, &part)
    case "context": addContext(name, resource, &part)
    case "escalation": addEscalation(name, resource, &part)
    case "mcp", "mcpserver": addServer(name, resource, &part)
    case let type:
      part.addStep(name, name: name, .action, at: resource)
      part.reading.note(
        .low,
        "the resource '\(name)' is of the kind '\(type ?? "none")', which is not known here; only"
          + " its name was taken", at: resource.location)
    }
    for policy in resource["guardrail"]?["policies"]?.array ?? [] { addGuardrail(policy, &part) }
  }

  private func addTool(_ name: String, _ tool: DataNode, _ part: inout UiPathPart) {
    let properties = tool["properties"]
    let type = tool["type"]?.text?.lowercased() ?? ""
    if type == "integration" {
      let connection = properties?["connection"]
      let connector = connection?["connector"]
      part.addStep(name, name: name, .action, at: tool)
      if let key = (connector?["key"] ?? properties?["connectorKey"])?.string?.trimmedOrNil {
        let shown = connector?["name"]?.string
        part.connect(
          .invokes, toConnector: key, named: shown, action: "tool", at: tool, note: "tool \(name)")
        part.addCredential(
          connection: connection?["id"]?.string,
          application: UiPathConnector.application(key: key, name: shown), at: tool)
      } else {
        part.reading.note(
          .low, "the tool '\(name)' names no connector, so that its application is unknown",
          at: tool.location)
      }
      return
    }
    if let kind = uiPathSystemKind(type) {
      let called = properties?["processName"]?.string?.trimmedOrNil ?? name
      part.addStep(name, name: name, .call, at: tool)
      part.connect(
        .invokes, to: EntityReference(.system, called), by: .internalCall, action: "tool", at: tool,
        note: "tool \(name)")
      let key = tool["referenceKey"]?.string?.trimmedOrNil
      part.mention(called, kind, aliases: [key].compactMap { $0 }.filter(isGUID), at: tool)
      return
    }
    part.addStep(name, name: name, .action, at: tool)
    let application = type == "ixp" || type == "documentextraction" ? uiPathDocuments : name
    part.connect(
      .invokes, to: EntityReference(.application, application), by: .internalCall, action: "tool",
      at: tool, note: "tool \(name)")
  }

  private func addContext(_ name: String, _ context: DataNode, _ part: inout UiPathPart) {
    part.addStep(name, name: name, .action, at: context)
    let type = context["contextType"]?.string?.lowercased() ?? "index"
    if type.hasPrefix("datafabric") {
      let entities = (context["entitySet"]?.array ?? []).compactMap {
        $0["name"]?.string?.trimmedOrNil
      }
      part.connect(
        .reads, toConnector: "uipath-uipath-dataservice", named: "UiPath Data Fabric",
        action: "context", data: entities, at: context)
      return
    }
    let index = context["indexName"]?.string?.trimmedOrNil ?? name
    part.connect(
      .reads, to: EntityReference(.data, index), by: type == "attachments" ? .file : .internalCall,
      action: "context", at: context)
  }

  private func addServer(_ name: String, _ server: DataNode, _ part: inout UiPathPart) {
    let slug = server["slug"]?.string?.trimmedOrNil ?? name
    part.addStep(name, name: name, .action, at: server)
    part.connect(
      .invokes, to: EntityReference(.application, slug), by: .mcp, action: "tool", at: server)
    for tool in server["availableTools"]?.array ?? [] {
      guard let allowed = (tool["name"] ?? tool).string?.trimmedOrNil else { continue }
      part.reading.fragment.permissions.append(
        Permission(
          system: part.system, name: allowed, application: slug,
          evidence: Evidence(.imported, tool.location)))
    }
  }

  private func addEscalation(_ name: String, _ escalation: DataNode, _ part: inout UiPathPart) {
    let channels = escalation["channels"]?.array ?? []
    let recipients = channels.flatMap { $0["recipients"]?.array ?? [] }
    let team = uiPathTeam(recipients)
    let title = channels.lazy.compactMap { $0["taskTitle"]?.string?.trimmedOrNil }.first
    let app = channels.lazy.compactMap { $0["properties"]?["appName"]?.string?.trimmedOrNil }.first
    part.addStep(name, name: name, .human, at: escalation)
    part.addTouchPoint(
      name, name: name, touchPointKind(label: title ?? name, fallback: .exception), team: team,
      at: escalation)
    part.escalate(to: team, app: app, action: name, at: escalation)
    if recipients.isEmpty {
      part.reading.note(
        .low, "the escalation '\(name)' names no recipient, so that nobody may see it",
        at: escalation.location)
    }
  }

  // MARK: Guardrails

  private func addGuardrail(_ guardrail: DataNode, _ part: inout UiPathPart) {
    guard let name = (guardrail["name"] ?? guardrail["validatorType"])?.string?.trimmedOrNil else {
      return
    }
    let action = guardrail["action"]
    let reaction = action?["$actionType"]?.string
    part.reading.fragment.guardrails.append(
      Guardrail(
        system: part.system, name: name,
        evidence: Evidence(
          .imported, guardrail.location, note: reaction.map { "when it is broken: \($0)" })))
    guard let action, reaction?.lowercased() == "escalate" else { return }
    let team = uiPathTeam([action["recipient"]].compactMap { $0 })
    part.addStep(name, name: name, .human, at: action)
    part.addTouchPoint(name, name: name, .review, team: team, at: action)
    part.escalate(
      to: team, app: action["app"]?["name"]?.string?.trimmedOrNil, action: name, at: action)
  }
}

/// What reads documents for automations of UiPath.
let uiPathDocuments = "UiPath Document Understanding"
