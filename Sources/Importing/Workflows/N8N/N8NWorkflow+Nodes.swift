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
    if node.handlesErrors, [.action, .call, .group].contains(node.type.kind) {
      return .errorHandling
    }
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
    agentNodes[agent.name] = node.id
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
        let mark = "\(use.system)\u{0}\(use.name)\u{0}\(use.application ?? "")"
        if knownCredentials.insert(mark).inserted { result.fragment.credentials.append(use) }
      }
    }
  }

  private mutating func addModels(of node: Node) {
    let short = node.type.short
    guard
      node.type.isModel || short == "openAi" || short == "openAiAssistant"
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
    for user in users(of: node) {
      guard let id = agentNodes[user], agents[id]?.models.contains(model) == false else { continue }
      agents[id]?.models.append(model)
    }
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
    // Whatever is chosen from a list has the name that the list showed. Workflows, models and people
    // are no data.
    for parameter in node.parameters?.object ?? [] {
      let key = parameter.key.lowercased()
      guard let name = parameter.value["cachedResultName"]?.string?.trimmedOrNil,
        ![
          "workflow", "model", "agent", "assistant", "user", "assignee", "owner", "member",
          "person",
        ]
        .contains(where: key.contains), !name.contains("@"), !names.contains(name)
      else { continue }
      names.append(name)
    }
    for key in [
      "documentId", "sheetName", "base", "table", "tableId", "tableName", "collection", "queue",
      "topic", "bucketName", "boardId", "databaseId", "fileId", "folderId", "fileName",
      "fileSelector", "sobject", "channelId", "calendar", "pineconeIndex", "qdrantCollection",
      "mongoCollection", "index",
    ] {
      guard let parameter = node.parameters?[key] else { continue }
      var name: String?
      if parameter["cachedResultName"]?.string?.trimmedOrNil == nil,
        parameter["mode"]?.string.map({ $0 == "name" }) ?? true,
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
