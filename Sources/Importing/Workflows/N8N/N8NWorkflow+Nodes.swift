import DocumentReading
import Facts
import Inventory

/// What single nodes of a workflow say.
extension N8NWorkflow {
  mutating func add(_ node: Node) {
    let person = humanAct(node)
    var step = Step(
      system: name.value, id: node.id, name: node.id, kind: kind(of: node, person),
      evidence: node.evidence)
    if node.node["retryOnFail"]?.bool == true {
      // Three tries in all is what the node's settings begin with.
      step.retries = max(0, (node.node["maxTries"]?.int ?? 3) &- 1)
    }
    step.timeout = (node.parameters?["options"]?["timeout"]?.double).flatMap {
      $0 > 0 ? TimeSpan(seconds: $0 / 1000) : nil
    }
    result.fragment.steps.append(step)
    if let person {
      result.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name.value, step: node.id, name: node.id, kind: person, team: team(of: node),
          evidence: node.evidence))
    }
    addCredentials(of: node)
    addModels(of: node)
    if node.type.isBuiltIn, node.type.short == "guardrails" {
      result.fragment.guardrails.append(
        Guardrail(system: users(of: node)[0], name: node.id, evidence: node.evidence))
    }
    if node.type.isToolReview {
      result.fragment.guardrails.append(
        Guardrail(
          system: users(of: node)[0], name: "a person is asked before a tool is used: \(node.id)",
          evidence: node.evidence))
    }
    if node.type.isTrigger { addTrigger(node) } else { addCall(node) }
  }

  private func kind(of node: Node, _ person: HumanTouchPoint.Kind?) -> Step.Kind {
    if person != nil { return .human }
    if node.handlesErrors, [.action, .group].contains(node.type.kind) { return .errorHandling }
    if node.type.isBuiltIn, node.type.short == "errorTrigger" { return .errorHandling }
    return node.type.kind
  }

  // MARK: People

  /// What a person does at a node; `nil` where none is asked.
  private func humanAct(_ node: Node) -> HumanTouchPoint.Kind? {
    let parameters = node.parameters
    if node.type.isToolReview { return .approval }
    let operation = parameters?["operation"]?.string?.lowercased() ?? ""
    if operation == "sendandwait" || operation == "dispatchandwait" {
      // Nothing stated means approval, which the node's editor begins with.
      switch parameters?["responseType"]?.string {
      case nil, "approval": return .approval
      default: return .form
      }
    }
    guard node.type.isBuiltIn else { return nil }
    switch node.type.short {
    case "form", "formTrigger": return .form
    case "wait":
      switch parameters?["resume"]?.string {
      case "form": return touchPointKind(label: node.id, fallback: .form)
      case "webhook":
        // Who calls the address to go on is not told, except by the node's name.
        let worded = touchPointKind(label: words(of: node.id), fallback: .work)
        return worded == .work ? nil : worded
      default: return nil
      }
    case "chat":
      return parameters?["waitUserReply"]?.bool == true || operation.isEmpty ? .work : nil
    default: return nil
    }
  }

  /// A label without the words for waiting, which say nothing of what is waited for.
  private func words(of label: String) -> String {
    let passing = ["wait", "for", "until", "await", "awaiting", "waiting"]
    return label.split(separator: " ").filter { !passing.contains($0.lowercased()) }
      .joined(separator: " ")
  }

  /// The group that is asked: a shared mailbox or a channel.
  private func team(of node: Node) -> String? {
    let parameters = node.parameters
    for key in ["sendTo", "toEmail", "toRecipients", "to"] {
      if let address = plain(parameters?[key]), let group = groupMailbox(among: address) {
        return group
      }
    }
    guard let channel = parameters?["channelId"] ?? parameters?["channel"] else { return nil }
    return channel["cachedResultName"]?.string?.trimmedOrNil
  }

  // MARK: Who acts

  /// Names of the systems on whose behalf a node works: the agents it is attached to, else the
  /// workflow; never empty.
  func users(of node: Node) -> [String] {
    var found: [String] = []
    var seen: Set<String> = [node.id]
    var waiting = attachments[node.id] ?? []
    while !waiting.isEmpty {
      let link = waiting.removeFirst()
      guard seen.insert(link.target).inserted else { continue }
      if let agent = agents[link.target] {
        if !found.contains(agent.name) { found.append(agent.name) }
      } else {
        waiting += attachments[link.target] ?? []
      }
    }
    return found.isEmpty ? [name.value] : found
  }

  mutating func addAgent(_ node: Node) {
    var agent = AutomationSystem(name: "\(name.value): \(node.id)", source: node.evidence)
    agent.kind.state(.agent, node.evidence)
    agent.technology.state("n8n", node.evidence)
    if let text = node.parameters?["toolDescription"], let purpose = singleLine(plain(text)) {
      agent.purpose.state(purpose, Evidence(.imported, text.location))
    }
    agents[node.id] = agent
  }

  // MARK: Credentials and models

  private mutating func addCredentials(of node: Node) {
    for member in node.node["credentials"]?.object ?? [] {
      let given = (member.value["name"] ?? member.value).string?.trimmedOrNil
      // A credential that is named after somebody's address is shown by its type.
      let shown = given.flatMap { $0.contains("@") ? nil : $0 } ?? member.key
      for user in users(of: node) {
        let use = CredentialUse(
          system: user, name: shown,
          application: node.type.isInternal || isRequest(node) ? nil : node.type.application,
          evidence: Evidence(.imported, member.keyLocation))
        let isKnown = result.fragment.credentials.contains {
          $0.system == use.system && $0.name == use.name && $0.application == use.application
        }
        if !isKnown { result.fragment.credentials.append(use) }
      }
    }
  }

  private mutating func addModels(of node: Node) {
    let short = node.type.short
    guard node.type.isModel || short == "openAi" || short == "openAiAssistant"
      || node.parameters?["modelId"] != nil
    else { return }
    let parameters = node.parameters
    let keys = ["modelId", "model", "modelName", "chatModel", "deploymentName", "imageModel"]
    guard let chosen = keys.lazy.compactMap({ parameters?[$0] }).first else { return }
    guard let model = plain(chosen["value"] ?? chosen) else {
      if (chosen["value"] ?? chosen).string?.hasPrefix("=") == true {
        result.note(
          .low, "the model of '\(node.id)' is computed at run time, so that it is unknown",
          at: chosen.location)
      }
      return
    }
    if !models.contains(model) { models.append(model) }
    guard !short.hasPrefix("embeddings") else { return }
    for (id, agent) in agents where users(of: node).contains(agent.name) {
      if !agent.models.contains(model) { agents[id]?.models.append(model) }
    }
  }

  // MARK: Calls

  private mutating func addCall(_ node: Node) {
    if node.type.callsWorkflow {
      callWorkflow(node)
    } else if let agent = agents[node.id] {
      for user in users(of: node) where user != agent.name {
        let isTool = node.type.short == "agentTool"
        connect(
          .invokes, from: user, to: EntityReference(.system, agent.name), .internalCall,
          isTool ? "tool" : "agent", node.evidence)
      }
    } else if isRequest(node) {
      request(node)
    } else if node.type.isBuiltInTool {
      for user in users(of: node) {
        connect(
          .invokes, from: user, to: EntityReference(.application, node.id), .internalCall, "tool",
          node.evidence)
      }
    } else if !node.type.isInternal {
      useApplication(node)
    }
  }

  private mutating func callWorkflow(_ node: Node) {
    let parameters = node.parameters
    let chosen = parameters?["workflowId"]
    let action = node.type.short == "executeWorkflow" ? "executeWorkflow" : "tool"
    let written = (chosen?["value"] ?? chosen)?.text?.trimmedOrNil
    let note = chosen?["cachedResultName"]?.string?.trimmedOrNil.map { "named '\($0)' there" }
    let target: String
    if let written, !written.hasPrefix("=") {
      target = written
    } else if let written, isOwnIdentifier(written) {
      target = name.value
    } else if let path = plain(parameters?["workflowPath"] ?? parameters?["workflowUrl"]) {
      target = stem(of: lastComponent(of: path))
    } else if parameters?["workflowJson"] != nil {
      result.note(
        .low, "'\(node.id)' runs a workflow that stands inside the node; it is not read",
        at: node.node.location)
      target = "\(name.value): \(node.id)"
    } else {
      result.note(
        .low, "which workflow '\(node.id)' runs is computed or not stated, so that it is unknown",
        at: (chosen ?? node.node).location)
      target = "computed workflow of '\(name.value)'"
    }
    for user in users(of: node) {
      connect(
        .invokes, from: user, to: EntityReference(.system, target), .internalCall, action,
        Evidence(.imported, node.node.location, note: note))
    }
  }

  private func isOwnIdentifier(_ expression: String) -> Bool {
    expression.filter { !$0.isWhitespace } == "={{$workflow.id}}"
  }

  private func isRequest(_ node: Node) -> Bool {
    node.type.isBuiltIn
      && ["httpRequest", "httpRequestTool", "toolHttpRequest", "graphql", "mcpClientTool",
        "mcpClient"].contains(node.type.short)
  }

  private mutating func request(_ node: Node) {
    let parameters = node.parameters
    let isServer = node.type.short.hasPrefix("mcp")
    let address =
      ["url", "endpoint", "endpointUrl", "sseEndpoint"].lazy.compactMap {
        parameters?[$0]?.string?.trimmedOrNil
      }.first ?? ""
    let method = parameters?["method"]?.string ?? parameters?["requestMethod"]?.string ?? "GET"
    // `=https://host/{{ … }}` computes the end of an address only.
    let plain = address.hasPrefix("=") ? String(address.dropFirst()) : address
    var target: String
    if let host = host(ofAddress: plain) {
      target = KnownApplication.named(byHost: host) ?? host
      // Services on n8n's own machine are told apart by their port.
      if host == "localhost" || host.hasPrefix("127."),
        let port = plain.split(separator: ":").last?.prefix(while: \.isNumber), port.count > 1
      {
        target = "localhost:\(port)"
      } else if nameKey(target) != nameKey(host) {
        result.fragment.applications.append(
          Application(name: target, aliases: [host], source: node.evidence))
      }
    } else if let credential = parameters?["nodeCredentialType"]?.string?.trimmedOrNil {
      target = N8NNodeType(withoutKindOfKey(credential)).application
    } else {
      target = "computed address in '\(name.value)'"
      result.note(
        .low, "the address of '\(node.id)' is computed, so that its target is unknown",
        at: (parameters?["url"] ?? node.node).location)
    }
    for user in users(of: node) {
      let isTool = attachments[node.id]?.contains { $0.kind == "ai_tool" } ?? false
      connect(
        isServer || node.type.short == "graphql" ? .invokes : httpDirection(method), from: user,
        to: EntityReference(isServer ? .system : .application, target), isServer ? .mcp : .api,
        isTool ? "tool" : method, node.evidence)
      guard isServer else { continue }
      for tool in parameters?["includeTools"]?.array ?? [] {
        guard let name = tool.string?.trimmedOrNil else { continue }
        result.fragment.permissions.append(
          Permission(
            system: user, name: name, application: target,
            evidence: Evidence(.imported, tool.location)))
      }
    }
  }

  /// `hubspotOAuth2Api` without what says how it is signed in.
  private func withoutKindOfKey(_ credential: String) -> String {
    var rest = Substring(credential)
    for suffix in ["Api", "OAuth2", "OAuth", "AppToken", "Token", "ServiceAccount", "Cloud"]
    where rest.hasSuffix(suffix) && rest.count > suffix.count {
      rest = rest.dropLast(suffix.count)
    }
    return String(rest)
  }

  private mutating func useApplication(_ node: Node) {
    let target = EntityReference(.application, node.type.application)
    let links = attachments[node.id] ?? []
    let operation = node.parameters?["operation"]?.string?.trimmedOrNil
    let resource = node.parameters?["resource"]?.string?.trimmedOrNil
    let asked = operation ?? node.parameters?["mode"]?.string?.trimmedOrNil
    var kind = asked.flatMap(direction(ofOperation:)) ?? .invokes
    var action: String? = [resource, operation].compactMap(\.self).joined(separator: " ")
      .trimmedOrNil
    if node.type.isModel {
      kind = .invokes
      action = "model"
    } else if links.contains(where: { $0.kind == "ai_tool" }) {
      action = "tool"
    } else if links.contains(where: { $0.kind == "ai_memory" }) {
      kind = .writes
      action = "memory"
    } else if operation == nil, node.type.channel == .mail {
      // To send is what the mail nodes do where nothing else is chosen.
      kind = .writes
    } else if asked == nil, let standard = Self.standardDirections[node.type.short] {
      kind = standard
    } else if asked == "load" || asked == "retrieve" || asked == "retrieve-as-tool" {
      kind = .reads
    } else if asked == "push" || asked == "publish" {
      kind = .writes
    }
    for user in users(of: node) {
      connect(
        kind, from: user, to: target, node.type.channel, action, node.evidence,
        data: dataNames(node))
    }
  }

  /// What nodes do where no operation is chosen: the first that their editor offers, which it leaves
  /// out of the file.
  private static let standardDirections: [String: Connection.Kind] = [
    "googleSheets": .reads, "airtable": .reads, "telegram": .writes, "slack": .writes,
    "discord": .writes, "twilio": .writes, "jira": .writes, "googleCalendar": .writes,
  ]

  private mutating func connect(
    _ kind: Connection.Kind, from user: String, to target: EntityReference,
    _ channel: Connection.Channel, _ action: String?, _ evidence: Evidence, data: [String] = []
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, user), to: target, channel: channel, action: action,
        data: data, evidence: evidence))
  }

  // MARK: Values

  /// A text that is no expression.
  func plain(_ node: DataNode?) -> String? {
    guard let text = (node?["value"] ?? node)?.text?.trimmedOrNil, !text.hasPrefix("="),
      !text.contains("{{")
    else { return nil }
    return text
  }

  /// Names of tables, sheets, folders and queues that a node is about; identifiers are left out.
  func dataNames(_ node: Node) -> [String] {
    var names: [String] = []
    for key in [
      "documentId", "sheetName", "base", "table", "tableId", "tableName", "collection", "queue",
      "topic", "bucketName", "boardId", "databaseId", "fileId", "folderId", "fileName",
      "fileSelector", "sobject", "channelId", "calendar", "pineconeIndex", "qdrantCollection",
      "mongoCollection", "index",
    ] {
      guard let parameter = node.parameters?[key] else { continue }
      var name = parameter["cachedResultName"]?.string?.trimmedOrNil
      if name == nil, parameter["mode"]?.string.map({ $0 == "name" }) ?? true,
        let text = plain(parameter), !text.contains("://"), !looksLikeIdentifier(text)
      {
        name = text
      }
      if let name, !name.contains("@"), !names.contains(name) { names.append(name) }
    }
    return names
  }

  private func looksLikeIdentifier(_ text: String) -> Bool {
    text.count > 15 && !text.contains(where: { $0.isWhitespace || $0 == "/" || $0 == "." })
      && text.contains(where: \.isNumber)
  }
}
