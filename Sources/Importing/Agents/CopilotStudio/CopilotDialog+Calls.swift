import DocumentReading
import Facts
import Inventory

/// What components of an agent lead to.
extension CopilotDialog {
  /// Adds the connection of a node or tool, if it has one.
  ///
  /// - Parameter tool: Name of the tool, where the node stands in one.
  mutating func addCall(_ action: DataNode, _ kind: String, as tool: String?) {
    let label = tool.map { _ in "tool" }
    switch kind {
    case "BeginDialog", "ReplaceDialog", "RepeatDialog": addTopicCall(action)
    case "InvokeConnectorAction", "InvokeConnectorTaskAction", "ConnectorTool":
      addConnector(action, action: label ?? action["operationId"]?.string, tool: tool)
    case "InvokeExternalAgentTaskAction", "McpTool": addExternalAgent(action, tool: tool)
    case "InvokeFlowAction", "InvokeFlowTaskAction", "WorkflowTool", "InvokeWorkflowAction":
      let id = (action["flowId"] ?? action["workflowId"])?.text?.trimmedOrNil
      guard let id, !id.hasPrefix("=") else {
        reading.note(.low, "a node calls a flow that it does not name", at: action.location)
        return
      }
      connect(
        .invokes, to: EntityReference(.system, lastComponent(of: id)), .api, label ?? kind, action,
        tool)
    case "InvokeConnectedAgentTaskAction", "ConnectedAgentTool", "InvokeAgentAction":
      guard
        let schema = (action["botSchemaName"] ?? action["agentSchemaName"])?.string?.trimmedOrNil
      else { return }
      connect(
        .invokes, to: EntityReference(.system, solution.name(ofBot: schema)), .internalCall,
        label ?? kind, action, tool)
    case "InvokeSkillAction":
      guard let skill = action["skillId"]?.string?.trimmedOrNil else { return }
      let name =
        solution.component(skill)?.first("name")?.text.trimmedOrNil ?? solution.lastPart(of: skill)
      connect(
        .invokes, to: EntityReference(.application, name), .api,
        action["actionId"]?.string ?? kind, action, tool)
    case "InvokeAIBuilderModelAction", "InvokeAIBuilderModelTaskAction":
      connect(
        .invokes, to: EntityReference(.application, "AI Builder"), .api,
        label ?? "model \(action["aIModelId"]?.text ?? "unknown")", action, tool)
    case "InvokeAIPluginAction", "InvokeAIPluginTaskAction": addPlugin(action, label ?? kind, tool)
    case "HttpRequestAction": addRequest(action, tool: tool)
    case "SearchKnowledgeSources", "SearchAndSummarizeContent", "AnswerQuestionWithAI":
      addSources(of: action)
    case _ where kind.hasPrefix("Invoke"):
      reading.note(
        .low,
        "a node of the kind '\(kind)' is not known here; it counts as a step without a target",
        at: action.location)
    default: break
    }
  }

  private mutating func connect(
    _ kind: Connection.Kind, to target: EntityReference, _ channel: Connection.Channel,
    _ action: String?, _ node: DataNode, _ tool: String?, data: [String] = []
  ) {
    reading.fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, owner), to: target, channel: channel, action: action,
        data: data, evidence: Evidence(.imported, node.location, note: tool.map { "tool \($0)" })))
  }

  /// A plug-in of Dataverse; those whose name begins with `msdynaip_` are prompts of AI Builder.
  private mutating func addPlugin(_ action: DataNode, _ word: String, _ tool: String?) {
    let key = (action["entityKey"] ?? action["pluginId"])?.string ?? ""
    let name = key.split(separator: ",").first.flatMap {
      $0.split(separator: "=").last.map(String.init)?.trimmedOrNil
    }
    let isPrompt = name?.hasPrefix("msdynaip_") ?? false
    connect(
      .invokes,
      to: EntityReference(.application, isPrompt ? "AI Builder" : name ?? "Microsoft Dataverse"),
      .api, word, action, tool)
  }

  /// Topics call each other; only the topic of another agent leads out of this one.
  private mutating func addTopicCall(_ action: DataNode) {
    guard let dialog = action["dialog"]?.string?.trimmedOrNil, !dialog.hasPrefix("="),
      let bot = dialog.split(separator: ".").first.map(String.init), dialog.contains(".")
    else { return }
    let name = solution.name(ofBot: bot)
    guard nameKey(name) != nameKey(owner), solution.bot(of: reading.path) != name else { return }
    // The name of a topic of one's own agent may come before the agent inside it.
    if solution.component(dialog) != nil { return }
    connect(
      .invokes, to: EntityReference(.system, name), .internalCall, solution.lastPart(of: dialog),
      action, nil)
  }

  private mutating func addConnector(_ action: DataNode, action word: String?, tool: String?) {
    guard let reference = action["connectionReference"]?.string?.trimmedOrNil else {
      reading.note(
        .low, "a node calls a connector without naming its connection", at: action.location)
      return
    }
    let key = solution.connector(ofReference: reference)
    let application = key.map(Self.application(ofConnector:)) ?? reference
    let operation = action["operationId"]?.string ?? word ?? ""
    let act = tool == nil ? direction(ofOperation: operation) ?? .invokes : .invokes
    connect(
      act, to: EntityReference(.application, application), .api, word, action,
      tool.map { operation.isEmpty ? $0 : "\($0) (\(operation))" })
    if let key, nameKey(key) != nameKey(application) {
      reading.fragment.applications.append(
        Application(
          name: application, aliases: [key], source: Evidence(.imported, action.location)))
    }
    addRights(action, reference: reference, application: application)
  }

  private mutating func addRights(_ action: DataNode, reference: String, application: String) {
    let evidence = Evidence(.imported, action.location)
    reading.fragment.credentials.append(
      CredentialUse(
        system: owner, name: reference, application: application, evidence: evidence))
    switch action["connectionProperties"]?["mode"]?.string?.lowercased() {
    case "maker":
      reading.fragment.permissions.append(
        Permission(
          system: owner, name: "runs with the connection of its maker", application: application,
          evidence: evidence))
    case "invoker":
      reading.fragment.permissions.append(
        Permission(
          system: owner, name: "runs with the connection of the person who converses",
          application: application, evidence: evidence))
    default: break
    }
  }

  private static func application(ofConnector key: String) -> String {
    if let known = KnownApplication.named(byConnector: key) { return known }
    // Connectors of one's own carry the name with marks in it: `shared_new-5forders-20mcp-5fee08…`.
    let short = key.hasPrefix("shared_") ? String(key.dropFirst(7)) : key
    var words: [String] = []
    for part in withMarks(inConnector: short).split(whereSeparator: { $0 == "-" || $0 == "_" }) {
      let isHash = part.count >= 12 && part.allSatisfy { $0.isHexDigit }
      if !isHash { words.append(String(part)) }
    }
    return words.isEmpty ? short : words.joined(separator: " ")
  }

  private mutating func addExternalAgent(_ action: DataNode, tool: String?) {
    let isServer = action["operationDetails"]?["kind"]?.string == "ModelContextProtocolMetadata"
    let isAgent = action["operationDetails"]?["kind"]?.string?.contains("Agent2Agent") == true
    guard let reference = action["connectionReference"]?.string?.trimmedOrNil else { return }
    let key = solution.connector(ofReference: reference)
    let application = key.map(Self.application(ofConnector:)) ?? reference
    connect(
      .invokes, to: EntityReference(.application, application),
      isServer ? .mcp : isAgent ? .a2a : .api, tool == nil ? "InvokeServer" : "tool", action, tool)
    addRights(action, reference: reference, application: application)
  }

  private mutating func addRequest(_ action: DataNode, tool: String?) {
    let method = action["method"]?.string
    let url = action["url"]?.string
    guard let found = url.flatMap({ host(ofAddress: $0) ?? host(inExpression: $0) }) else {
      reading.note(
        .info, "the address of a web request is computed, so that its target is unknown",
        at: action.location)
      // A variable that holds it stands for the target: one of the environment everywhere, others
      // within this agent only.
      let names = ["Topic.", "Global."].compactMap { mark in
        url.flatMap { variable(in: $0, after: mark) }.map { "\(mark)\($0) of \(owner)" }
      }
      if let name = url.flatMap({ variable(in: $0, after: "Env.") }) ?? names.first {
        connect(
          httpDirection(method ?? "GET"), to: EntityReference(.application, name), .api,
          method?.uppercased(), action, tool)
      }
      return
    }
    connect(
      httpDirection(method ?? "GET"),
      to: EntityReference(.application, KnownApplication.named(byHost: found) ?? found), .api,
      method?.uppercased(), action, tool)
  }

  private mutating func addSources(of action: DataNode) {
    for source in action["knowledgeSources"]?["knowledgeSources"]?.array ?? [] {
      guard let name = source.string?.trimmedOrNil else { continue }
      connect(
        .reads, to: EntityReference(.data, solution.lastPart(of: name)), .internalCall,
        "knowledge", action, nil)
    }
  }

  // MARK: Tools, agents, knowledge

  mutating func addTool(_ root: DataNode) {
    let name =
      (root["modelDisplayName"] ?? root["name"] ?? root["displayName"])?.string?.trimmedOrNil
      ?? title
    let action = root["action"] ?? root
    let kind = action["kind"]?.string ?? ""
    let step = CopilotNode.kind(kind)
    addStep(title, name: name, step == .human ? .action : step, at: root)
    addCall(action, kind, as: name)
    if root["confirmation"]?["mode"]?.string == "Strict"
      || root["confirmation"]?["activity"] != nil
    {
      reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: owner, step: title, name: "Confirm \(name)", kind: .approval,
          evidence: Evidence(.imported, root.location)))
    }
  }

  mutating func addChildAgent(_ root: DataNode) {
    let schema =
      CopilotStudioFile.lies(reading.path) ? solution.componentSchema(of: reading.path) : nil
    let name = schema.map { solution.childAgentName($0) } ?? title
    let evidence = Evidence(.imported, root.location)
    var system = AutomationSystem(name: name, source: evidence)
    system.aliases = [schema].compactMap { $0 }
    system.kind.state(.agent, evidence)
    system.technology.state("Microsoft Copilot Studio", evidence)
    if let text = root["beginDialog"]?["description"] ?? root["mcs.metadata"]?["description"],
      let purpose = text.string?.trimmedOrNil
    {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    system.models = solution.models(in: root["settings"] ?? root)
    reading.fragment.systems.append(system)
    guard nameKey(name) != nameKey(owner) else { return }
    addStep(title, name: name, .call, at: root)
    connect(.invokes, to: EntityReference(.system, name), .internalCall, "agent", root, nil)
  }

  mutating func addInstructions(_ root: DataNode) {
    let evidence = Evidence(.imported, root.location)
    var system = AutomationSystem(name: owner, source: evidence)
    system.kind.state(.agent, evidence)
    system.technology.state("Microsoft Copilot Studio", evidence)
    system.models = solution.models(in: root)
    if let text = root["mcs.metadata"]?["description"] ?? root["description"],
      let purpose = text.string?.trimmedOrNil
    {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    } else if let text = root["instructions"],
      let sentence = text.string.flatMap({ objective(inInstructions: $0, of: system.name) })
    {
      system.purpose.state(
        sentence, Evidence(.inferred, text.location, note: "the beginning of its instructions"))
    }
    reading.fragment.systems.append(system)
    for capability in root["gptCapabilities"]?.object ?? [] where capability.value.bool == true {
      reading.fragment.permissions.append(
        Permission(
          system: owner, name: CopilotNode.words(capability.key),
          evidence: Evidence(.imported, capability.keyLocation)))
    }
    for source in root["knowledgeSources"]?["knowledgeSources"]?.array ?? [] {
      if let name = source.string?.trimmedOrNil {
        connect(
          .reads, to: EntityReference(.data, solution.lastPart(of: name)), .internalCall,
          "knowledge", source, nil)
      }
    }
  }

  mutating func addKnowledge(_ root: DataNode) {
    guard let source = root["source"] else { return }
    let kind = source["kind"]?.string ?? ""
    let address = (source["site"] ?? source["url"] ?? source["siteUrl"])?.string?.trimmedOrNil
    if let address, let found = host(ofAddress: address) ?? host(inExpression: address) {
      connect(
        .reads, to: EntityReference(.application, KnownApplication.named(byHost: found) ?? found),
        .api, "knowledge", root, nil)
      return
    }
    let application: String? =
      switch kind {
      case _ where kind.contains("Dataverse"): "Microsoft Dataverse"
      case _ where kind.contains("SharePoint"): "SharePoint"
      case _ where kind.contains("OneDrive"): "OneDrive for Business"
      case _ where kind.contains("GraphConnector"): "Microsoft Graph"
      case _ where kind.contains("AzureAISearch"): "Azure AI Search"
      case _ where kind.contains("Salesforce"): "Salesforce"
      case _ where kind.contains("ServiceNow"): "ServiceNow"
      default: nil
      }
    let target =
      application.map { EntityReference(.application, $0) } ?? EntityReference(.data, title)
    connect(
      .reads, to: target, application == nil ? .file : .api, "knowledge", root, nil,
      data: application == nil ? [] : [title])
  }

  /// A skill: a bot elsewhere that answers under an address of the environment.
  mutating func addSkill(_ root: DataNode) {
    reading.fragment.applications.append(
      Application(
        name: title, aliases: [solution.componentSchema(of: reading.path)],
        source: Evidence(.imported, root.location)))
  }

  mutating func addExternalTrigger(_ root: DataNode) {
    let evidence = Evidence(.imported, root.location)
    reading.fragment.triggers.append(
      Trigger(system: owner, kind: .event, expression: title, evidence: evidence))
    let source = root["externalTriggerSource"] ?? root["source"] ?? root
    guard let flow = (source["flowId"] ?? source["workflowId"])?.text?.trimmedOrNil else { return }
    reading.fragment.connections.append(
      Connection(
        .triggers, from: EntityReference(.system, lastComponent(of: flow)),
        to: EntityReference(.system, owner), channel: .api, action: title, evidence: evidence))
  }
}
