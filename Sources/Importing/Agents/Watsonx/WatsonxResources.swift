import DocumentReading
import Facts
import Inventory

/// What agents of watsonx Orchestrate use: tools, toolkits, connections, knowledge bases, models and
/// channels.
extension AgentStatements {
  // MARK: Tools

  /// Adds a tool with its binding: what runs when an agent calls it.
  mutating func addWatsonxTool(_ root: DataNode) {
    guard let (name, node) = watsonxName(root), let binding = root["binding"] else { return }
    var system = AutomationSystem(name: name, source: node.evidence)
    for key in ["display_name", "id"] {
      if let alias = root[key]?.string?.trimmedOrNil { system.addAlias(alias) }
    }
    if let text = root["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    let isFlow = binding["langflow"] != nil || binding["flow"] != nil
    system.kind.state(
      isFlow ? .workflow : .script,
      Evidence(.imported, binding.location, note: "a tool that agents call"))
    system.technology.state(
      binding["langflow"] == nil ? WatsonxFile.product : "Langflow", binding.evidence)
    if let permission = root["permission"], let text = permission.string?.trimmedOrNil {
      addPermission(text, of: name, permission.evidence)
    }
    reading.fragment.triggers.append(
      Trigger(system: name, kind: .call, evidence: binding.evidence))
    let source = EntityReference(.system, name)
    if let openAPI = binding["openapi"] { addOpenAPIBinding(openAPI, of: source) }
    if let flows = binding["wxflows"] {
      addAddress(flows["endpoint"], of: source, action: "wxflows")
    }
    if let mcp = binding["mcp"] {
      addAddress(mcp["server_url"], of: source, action: "mcp", channel: .mcp)
    }
    if let skill = binding["skill"] {
      connect(
        source, .invokes, EntityReference(.application, "IBM watsonx Orchestrate skills"),
        .internalCall, skill["skill_operator_path"]?.string, skill.evidence)
    }
    for (kind, part) in (binding.object ?? []).map({ ($0.key, $0.value) }) {
      addConnections(part["connections"], of: name)
      if kind == "python" {
        system.unknowns.append("What its Python code reaches is not in this file.")
      }
    }
    if binding["flow"] != nil {
      system.unknowns.append("The flow's nodes are in another file.")
    }
    add(system)
  }

  private mutating func addOpenAPIBinding(_ binding: DataNode, of source: EntityReference) {
    let method = binding["http_method"]?.string?.uppercased()
    let action = [method, binding["http_path"]?.string].compactMap { $0 }.joined(separator: " ")
    let server = binding["servers"]?.texts.first
    let target = server.flatMap { application(ofAddress: $0.text) }
    if let id = binding["connection_id"], let name = id.string?.trimmedOrNil {
      addCredential(name, of: source.name, application: target, id.evidence)
    }
    guard let target else {
      reading.note(
        .low, "the tool names no server, so that the application it calls is unknown",
        at: binding.location)
      return
    }
    connect(
      source, httpDirection(method), EntityReference(.application, target), .api, action,
      (server?.node ?? binding).evidence)
  }

  private mutating func addAddress(
    _ node: DataNode?, of source: EntityReference, action: String,
    channel: Connection.Channel = .api
  ) {
    guard let node, let target = node.string.flatMap(application(ofAddress:)) else { return }
    connect(source, .invokes, EntityReference(.application, target), channel, action, node.evidence)
  }

  /// Connections by which a tool logs in: names, or names with identifiers.
  private mutating func addConnections(_ node: DataNode?, of system: String) {
    for member in node?.object ?? [] {
      addCredential(member.key, of: system, Evidence(.imported, member.keyLocation))
    }
    for item in node?.array ?? [] {
      if let name = item.string?.trimmedOrNil { addCredential(name, of: system, item.evidence) }
    }
  }

  // MARK: Toolkits

  /// Adds a toolkit: an MCP server or a package of Python tools.
  mutating func addWatsonxToolkit(_ root: DataNode) {
    guard let (name, node) = watsonxName(root) else { return noteNameless(root) }
    let kind = root["kind"]?.string
    var system = AutomationSystem(name: name, source: node.evidence)
    let described = (root["kind"] ?? node).location
    system.kind.state(.script, Evidence(.imported, described, note: "a set of tools for agents"))
    system.technology.state(
      kind == "mcp" ? mcpTechnology : WatsonxFile.product, Evidence(.imported, described))
    if let text = root["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    let source = EntityReference(.system, name)
    let details = root["mcp"] ?? root["python"] ?? root
    addConnections(details["connections"] ?? root["connections"], of: name)
    if let package = details["package"]?.string?.trimmedOrNil { system.addAlias(package) }
    if let address = details["url"] ?? details["server_url"], let text = address.string {
      let shown = publicAddress(text)
      system.addAddress(shown)
      addAddress(address, of: source, action: "remote MCP server", channel: .mcp)
    }
    for (tool, node) in details["tools"]?.named() ?? [] {
      if kind == "python" {
        reading.fragment.steps.append(
          Step(system: name, id: tool, kind: .action, evidence: node.evidence))
        addConnections(node["binding"]?["python"]?["connections"], of: name)
      } else if tool != "*" {
        addPermission("tool \(tool)", of: name, node.evidence)
      }
    }
    system.unknowns.append("What its tools reach is not told by this file.")
    add(system)
  }

  // MARK: Connections and knowledge

  /// Adds a connection: the application that it opens, found by the address of each environment.
  mutating func addWatsonxConnection(_ root: DataNode) {
    guard let node = root["app_id"] ?? root["name"], let id = node.text?.trimmedOrNil else {
      return noteNameless(root)
    }
    var targets: [String] = []
    for environment in root["environments"]?.object ?? [] {
      let address = environment.value["server_url"]?.string.flatMap(application(ofAddress:))
      if let address, !targets.contains(address) { targets.append(address) }
    }
    // Two environments with different hosts are one application under the connection's name.
    let name = targets.count == 1 ? targets[0] : id
    addApplication(name, aliases: [id] + targets, node.evidence)
  }

  /// Adds a knowledge base and the store it searches.
  mutating func addWatsonxKnowledgeBase(_ root: DataNode) {
    guard let (name, node) = watsonxName(root) else { return noteNameless(root) }
    addApplication(name, aliases: [root["id"]?.string], node.evidence)
    let source = EntityReference(.application, name)
    let stores = [
      ("milvus", "Milvus"), ("elastic_search", "Elasticsearch"), ("astradb", "Astra DB"),
      ("open_search", "OpenSearch"), ("custom_search", "Custom search"),
    ]
    for index in root["conversational_search_tool"]?["index_config"]?.array ?? [] {
      for (key, product) in stores {
        guard let store = index[key], store.object != nil else { continue }
        let address = store["url"] ?? store["api_endpoint"] ?? store["grpc_host"]
        let place = address?.string.flatMap { application(ofAddress: $0) }
        if let place { addApplication(product, aliases: [place], store.evidence) }
        let data = [store["index"], store["collection"], store["table"]].compactMap {
          $0?.string?.trimmedOrNil
        }
        connect(
          source, .reads, EntityReference(.application, product), .database, "search", data: data,
          store.evidence)
      }
    }
    for document in root["documents"]?.array ?? [] {
      guard let path = (document.string ?? document["path"]?.string)?.trimmedOrNil else { continue }
      connect(
        source, .reads, EntityReference(.data, lastComponent(of: path)), .file, "document",
        document.evidence)
    }
  }

  // MARK: Models and channels

  /// Adds a model that was registered under a name, or a policy that chooses among models.
  mutating func addWatsonxModel(_ root: DataNode) {
    guard let (name, node) = watsonxName(root) else { return noteNameless(root) }
    addApplication(name, aliases: [root["display_name"]?.string], node.evidence)
    let source = EntityReference(.application, name)
    addAddress(
      root["provider_config"]?["custom_host"] ?? root["provider_config"]?["customHost"],
      of: source, action: "model provider")
    addTargets(of: root["policy"], source, depth: 0)
  }

  private mutating func addTargets(of policy: DataNode?, _ source: EntityReference, depth: Int) {
    guard let policy, depth < 20 else { return }
    let mode = policy["strategy"]?["mode"]?.string ?? "policy"
    for target in policy["targets"]?.array ?? [] {
      if let model = target["model_name"]?.string?.trimmedOrNil {
        connect(
          source, .invokes, EntityReference(.application, model), .api, mode, target.evidence)
      } else {
        addTargets(of: target, source, depth: depth + 1)
      }
    }
  }

  /// Adds a channel by which people reach an agent.
  mutating func addWatsonxChannel(_ root: DataNode) {
    let products = [
      "byo_slack": "Slack", "slack": "Slack", "teams": "Microsoft Teams", "webchat": "Web chat",
      "facebook": "Facebook Messenger", "twilio_whatsapp": "Twilio WhatsApp",
      "twilio_sms": "Twilio SMS", "genesys_bot_connector": "Genesys",
      "genesys_audio_connector": "Genesys", "sip_trunk": "SIP telephony",
    ]
    let node = root["channel"] ?? root["service_provider"] ?? root
    let product = node.string.map { products[$0] ?? $0 }
    guard let product else { return noteNameless(root) }
    addApplication(product, node.evidence)
    if let agent = root["agent_id"], let id = agent.string?.trimmedOrNil {
      reading.fragment.triggers.append(
        Trigger(system: id, kind: .manual, expression: product, evidence: agent.evidence))
    } else {
      reading.note(
        .info, "the channel does not say which agent it serves; that is set where it is deployed",
        at: node.location)
    }
  }

  private mutating func noteNameless(_ root: DataNode) {
    reading.hasFailed = true
    reading.note(
      .high, "the file names nothing; give it a name and import it again", at: root.location)
  }
}
