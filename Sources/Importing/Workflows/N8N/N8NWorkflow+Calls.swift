import DocumentReading
import Facts
import Inventory

/// What the nodes of a workflow call.
extension N8NWorkflow {
  mutating func addCall(_ node: Node) {
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
    let shown = chosen?["cachedResultName"]?.string?.trimmedOrNil
    var note: String?
    let target: String
    if let shown, let written, written != identifier, !neighbours.contains(written) {
      // The editor keeps the name beside the identifier, which tells nobody anything.
      target = shown
      note = "its identifier is '\(written)'"
      // Templates put a tool and the workflow that it calls into one file; which is meant, nobody says.
      if node.type.short == "toolWorkflow",
        nodes.contains(where: { $0.type.short == "executeWorkflowTrigger" })
      {
        note =
          "perhaps the part of this file that starts when it is called; its identifier is '\(written)'"
      }
    } else if let written, !written.hasPrefix("=") {
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

  func isRequest(_ node: Node) -> Bool {
    node.type.isServerClient
      || node.type.isBuiltIn
        && ["httpRequest", "httpRequestTool", "toolHttpRequest", "graphql"].contains(
          node.type.short)
  }

  private mutating func request(_ node: Node) {
    let parameters = node.parameters
    let isServer = node.type.isServerClient
    let address =
      ["url", "endpoint", "endpointUrl", "sseEndpoint"].lazy.compactMap {
        parameters?[$0]?.string?.trimmedOrNil
      }.first ?? ""
    let method = parameters?["method"]?.string ?? parameters?["requestMethod"]?.string ?? "GET"
    // `=https://host/{{ … }}` computes the end of an address only.
    let plain = address.hasPrefix("=") ? String(address.dropFirst()) : address
    var target: String
    if let host = host(ofAddress: plain) ?? host(inExpression: plain) {
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
    } else if isServer, let credential = node.node["credentials"]?.object?.first?.value["name"],
      let server = credential.string?.trimmedOrNil, !server.contains("@")
    {
      // Some clients keep the server's address in the credential, whose name is all that is told.
      target = server
    } else if let credential = parameters?["nodeCredentialType"]?.string?.trimmedOrNil {
      target = N8NNodeType(withoutKindOfKey(credential)).application
    } else {
      target = variable(plain) ?? "computed address in '\(name.value)'"
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

  /// The variable of the whole installation that an address begins with, as a symbol for its host.
  private func variable(_ address: String) -> String? {
    guard let open = address.ranges(of: "{{").first,
      ["", "http://", "https://"].contains(String(address[..<open.lowerBound]))
    else { return nil }
    let expression = address[open.upperBound...].prefix { $0 != "}" }
    let name = expression.filter { !$0.isWhitespace }
    guard name.hasPrefix("$env.") || name.hasPrefix("$vars."),
      name.dropFirst().allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    else { return nil }
    return name
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
}
