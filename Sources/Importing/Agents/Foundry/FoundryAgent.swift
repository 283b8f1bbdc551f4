import DocumentReading
import Facts
import Inventory

/// One agent: a prompt with a model and tools, or a container that holds one.
struct FoundryAgent {
  private let root: DataNode
  /// Where instructions, model and tools stand.
  private let body: DataNode
  private let name: Fact<String>

  init(_ root: DataNode, path: String) {
    self.root = root
    body = root["versions"]?["latest"]?["definition"] ?? root["template"] ?? root
    if let node = root["name"] ?? body["name"], let text = node.plainText {
      name = Fact(text, node.evidence)
    } else {
      name = Fact(
        stem(of: lastComponent(of: path)),
        root.inferred("named after its file, which states no name"))
    }
  }

  private var source: EntityReference { EntityReference(.system, name.value) }

  /// How the product is shown, by the dialect of the declaration.
  private var technology: String {
    if let type = root["type"]?.string, root["kind"] == nil {
      return type == "foundry_agent" || type == "azure_ai_agent"
        ? "Microsoft Foundry Agent Service" : "Semantic Kernel"
    }
    if root["object"] != nil { return "Microsoft Foundry Agent Service" }
    return root["template"] != nil || body["kind"]?.string?.lowercased() == "hosted"
      ? "Microsoft Foundry hosted agent" : "Microsoft Agent Framework"
  }

  private func system() -> AutomationSystem {
    var system = AutomationSystem(name: name.value, source: name.evidence)
    let whole = (root["kind"] ?? root["type"] ?? root["object"] ?? root["template"] ?? root)
      .evidence
    system.kind.state(.agent, whole)
    system.technology.state(technology, whole)
    for alias in [root["displayName"], body["displayName"], root["id"], body["name"]] {
      if let text = alias?.plainText { system.addAlias(text) }
    }
    for text in [root["description"], body["description"]] {
      if let text, let purpose = singleLine(text.string) {
        system.purpose.state(purpose, text.evidence)
        break
      }
    }
    let authors = (root["metadata"] ?? body["metadata"])?["authors"]?.texts ?? []
    if let author = authors.first {
      system.creator.state(author.text, Evidence(.imported, author.node.location, note: "author"))
    }
    if let version = root["versions"]?["latest"]?["version"] ?? root["version"],
      let text = version.plainText
    {
      system.version.state(text, version.evidence)
    }
    return system
  }

  /// Adds an agent that is a prompt.
  func add(to statements: inout AgentStatements) {
    var system = system()
    addModel(to: &system, &statements)
    for tool in body["tools"]?.array ?? body["tools"]?.object?.map(\.value) ?? [] {
      addTool(tool, to: &statements)
    }
    addResources(to: &system, &statements)
    system.unknowns.append("What starts it is in the program that loads this file.")
    statements.add(system)
  }

  /// Adds an agent whose code runs in a container.
  func addHosted(to statements: inout AgentStatements) {
    var system = system()
    for item in body["protocols"]?.array ?? [] {
      guard let text = (item["protocol"] ?? item)?.string?.trimmedOrNil else { continue }
      statements.addTrigger(.call, text, of: name.value, item.evidence)
    }
    for variable in (body["environment_variables"] ?? body["environmentVariables"])?.array ?? [] {
      guard let key = variable["name"]?.string?.trimmedOrNil, namesCredential(key) else { continue }
      statements.addCredential(key, of: name.value, variable.evidence)
    }
    addResources(to: &system, &statements)
    system.unknowns.append("What it does and calls is in its code, which is not read.")
    statements.add(system)
    statements.reading.isPartial = true
  }

  // MARK: Models

  private func addModel(to system: inout AutomationSystem, _ statements: inout AgentStatements) {
    guard let model = body["model"] else { return }
    let id = model.object == nil ? model : model["id"] ?? model["deployment"]
    if let text = id?.plainText {
      system.addModel(text)
    } else if let id, id.variableName != nil {
      statements.reading.note(
        .info, "the model is a setting of the program that loads this file", at: id.location)
    }
    let connection = model["connection"]
    let endpoint = connection?["endpoint"]?.plainText
    let provider =
      model["provider"]?.plainText.map(modelProvider)
      ?? endpoint.flatMap { application(ofAddress: $0) }
      ?? connection?["type"]?.plainText.map(modelProvider) ?? ownProvider
    statements.connect(
      source, .invokes, EntityReference(.application, provider), .api, "model", model.evidence)
    addCredentials(connection, provider, &statements)
  }

  /// Who serves the model where the declaration leaves it to the dialect.
  private var ownProvider: String {
    switch root["type"]?.string {
    case "openai_assistant", "openai_responses": "OpenAI"
    case "azure_assistant", "azure_responses": "Azure OpenAI"
    case "bedrock_agent": "Amazon Bedrock"
    default: "Microsoft Foundry"
    }
  }

  /// Keys and named connections that a connection uses, by name.
  private func addCredentials(
    _ connection: DataNode?, _ application: String, _ statements: inout AgentStatements
  ) {
    guard let connection else { return }
    for key in ["apiKey", "key", "api_key"] {
      guard let node = connection[key] else { continue }
      statements.addCredential(
        node.variableName ?? "\(application) \(key)", of: name.value, application: application,
        node.evidence)
    }
    let named = connection["name"] ?? connection["service_id"] ?? connection["id"]
    if let text = named?.plainText, let named {
      statements.addCredential(text, of: name.value, application: application, named.evidence)
    }
  }

  // MARK: Tools

  private func addTool(_ tool: DataNode, to statements: inout AgentStatements) {
    let kind = (tool["kind"] ?? tool["type"])?.string?.trimmedOrNil ?? "function"
    let options = tool["options"] ?? tool
    let own =
      tool["name"]?.plainText ?? tool["id"]?.plainText ?? tool["function"]?["name"]?.plainText
    let lowered = kind.lowercased().filter { $0.isLetter }
    var target: EntityReference?
    var channel = Connection.Channel.api
    switch lowered {
    case "mcp":
      let address = (tool["url"] ?? tool["serverUrl"] ?? tool["server_url"])?.plainText
      let label = (tool["serverName"] ?? tool["server_label"])?.plainText ?? own
      target = EntityReference(.system, address.map(publicAddress) ?? label ?? "MCP server")
      channel = .mcp
      for allowed in (tool["allowedTools"] ?? tool["allowed_tools"])?.texts ?? [] {
        statements.addPermission(
          allowed.text, of: name.value, application: target?.name, allowed.node.evidence)
      }
    case "codeinterpreter":
      statements.addPermission("run code (hosted sandbox)", of: name.value, tool.evidence)
      return
    case "websearch", "websearchpreview", "bing", "binggrounding", "bingsearch":
      target = EntityReference(.application, "Bing Search")
    case "bingcustomsearch": target = EntityReference(.application, "Bing Search")
    case "filesearch":
      let stores =
        (options["vectorStoreIds"] ?? options["vector_store_ids"])?.texts.map(\.text) ?? []
      statements.connect(
        source, .reads, EntityReference(.application, "Microsoft Foundry"), .internalCall,
        "file search", data: stores.filter { !$0.contains("{") && !$0.hasPrefix("=") },
        tool.evidence)
      return
    case "azureaisearch":
      let index = (options["tool_connections"] ?? options["index_name"])?.plainText
      statements.connect(
        source, .reads, EntityReference(.application, "Azure AI Search"), .api, "search",
        data: [index].compactMap(\.self), tool.evidence)
      return
    case "sharepoint", "sharepointgrounding": target = EntityReference(.application, "SharePoint")
    case "fabric", "fabricdataagent": target = EntityReference(.application, "Microsoft Fabric")
    case "azurefunction": target = EntityReference(.application, own ?? "Azure Functions")
    case "openapi":
      let inner = options["specification"] ?? tool["openapi"]?["spec"]
      let address = inner?["servers"]?.array?.first?["url"]?.plainText
      let title = inner?["info"]?["title"]?.plainText
      target = EntityReference(
        .application,
        address.flatMap { application(ofAddress: $0) } ?? own ?? title ?? "OpenAPI tool")
    case "agent", "a2a", "connectedagent":
      let called = tool["connected_agent"]?["name"]?.plainText ?? own
      target = called.map { EntityReference(.system, $0) }
      channel = lowered == "a2a" ? .a2a : .internalCall
    default:
      target = own.map { EntityReference(.application, $0) }
      channel = .internalCall
    }
    guard let target else {
      statements.reading.note(
        .low, "a tool of the kind '\(kind)' has no name", at: tool.location)
      return
    }
    statements.connect(source, .invokes, target, channel, "tool", tool.evidence)
    addCredentials(tool["connection"], target.name, &statements)
    addApproval(tool, own ?? kind, &statements)
  }

  private func addApproval(_ tool: DataNode, _ id: String, _ statements: inout AgentStatements) {
    let mode = tool["approvalMode"] ?? tool["require_approval"] ?? tool["approval_mode"]
    let kind = (mode?["kind"] ?? mode)?.string?.lowercased()
    guard let mode,
      kind == "always" || kind == "always_require" || mode["alwaysRequireApprovalTools"] != nil
    else { return }
    statements.addTouchPoint(
      .approval, at: id, id, of: name.value,
      Evidence(.imported, mode.location, note: "a person is asked before the tool runs"))
  }

  // MARK: Resources

  /// Models and tools that a manifest asks for.
  private func addResources(to system: inout AutomationSystem, _ statements: inout AgentStatements)
  {
    for resource in root["resources"]?.array ?? [] {
      switch resource["kind"]?.string?.lowercased() {
      case "model":
        guard let id = resource["id"]?.plainText else { continue }
        system.addModel(id)
        statements.connect(
          source, .invokes, EntityReference(.application, "Microsoft Foundry"), .api, "model",
          resource.evidence)
      case let kind?:
        let written = resource["name"] ?? resource["id"]
        let named = written?.plainText ?? written?.variableName.map(parameter) ?? kind
        statements.connect(
          source, .invokes, EntityReference(.application, named), .internalCall, kind,
          resource.evidence)
      case nil: continue
      }
    }
  }

  /// The default of a manifest's parameter, else its name as a symbol.
  private func parameter(_ key: String) -> String {
    let parameters = root["parameters"]?["properties"] ?? root["parameters"]
    let listed = parameters?.array?.first { $0["name"]?.string == key } ?? parameters?[key]
    return listed?["default"]?.plainText ?? "\(key) of \(name.value)"
  }
}
