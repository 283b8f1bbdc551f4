import DocumentReading
import Facts
import Inventory

/// One flow of Langflow: components with templates of fields, and edges between them.
struct LangflowFlow {
  private let root: DataNode
  private var canvas: ComponentCanvas

  init(_ root: DataNode, path: String, isAlone: Bool) {
    self.root = root
    let evidence: Evidence
    let name: String
    if let node = root["name"], let text = node.string?.trimmedOrNil {
      name = text
      evidence = node.evidence
    } else {
      let file = stem(of: lastComponent(of: path))
      name = isAlone ? file : "\(file) \(root["id"]?.string ?? root.location.element ?? "")"
      evidence = root.inferred("named after its file, which states no name")
    }
    var system = AutomationSystem(name: name, source: evidence)
    for key in ["id", "endpoint_name"] {
      if let alias = root[key]?.string?.trimmedOrNil { system.addAlias(alias) }
    }
    canvas = ComponentCanvas(system, product: LangflowFile.product, path: path)
  }

  /// What the flow says.
  mutating func reading() -> FileReading {
    describe()
    addNodes(of: root["data"] ?? root, depth: 0)
    addEdges(of: root["data"] ?? root, depth: 0)
    for component in canvas.components { add(component) }
    addStarts()
    return canvas.reading()
  }

  private mutating func describe() {
    let whole = root.evidence
    canvas.system.kind.state(.workflow, whole)
    canvas.system.technology.state(LangflowFile.product, whole)
    if let text = root["description"], let purpose = singleLine(text.string) {
      canvas.system.purpose.state(purpose, text.evidence)
    }
    if root["access_type"]?.string == "PUBLIC" {
      canvas.statements.addPermission(
        "public: used without logging in", of: canvas.name,
        (root["access_type"] ?? root).evidence)
    }
    canvas.system.unknowns.append("How often it runs and who may use it is not in its file.")
  }

  // MARK: Nodes and edges

  private mutating func addNodes(of data: DataNode, depth: Int) {
    for node in data["nodes"]?.array ?? [] {
      guard node["type"]?.string != "noteNode", node["data"]?["type"]?.string != "note" else {
        continue
      }
      // A group keeps the flow that it stands for.
      if let inner = node["data"]?["node"]?["flow"]?["data"], inner["nodes"]?.array != nil,
        depth < 20
      {
        addNodes(of: inner, depth: depth + 1)
        continue
      }
      guard let component = node["data"]?["node"],
        let type = node["data"]?["type"]?.string?.trimmedOrNil,
        let id = (node["id"] ?? node["data"]?["id"])?.text?.trimmedOrNil
      else {
        canvas.statements.reading.note(
          .medium, "a node has no component, type or id and was left out; export the flow again",
          at: node.location)
        continue
      }
      let label =
        (component["display_name"] ?? node["data"]?["display_name"])?.string?.trimmedOrNil ?? type
      canvas.add(
        CanvasComponent(
          id: id, type: type, label: label, role: LangflowNodes.role(type, component),
          node: component, evidence: node.evidence))
    }
  }

  private mutating func addEdges(of data: DataNode, depth: Int) {
    for edge in data["edges"]?.array ?? [] {
      guard let from = edge["source"]?.text, let to = edge["target"]?.text else { continue }
      canvas.connect(from, to: to)
      let field = edge["data"]?["targetHandle"]?["fieldName"]?.string
      if ["tools", "agents", "manager_agent", "agent"].contains(field) {
        canvas.attachments.insert("\(from)>\(to)")
      }
    }
    guard depth < 20 else { return }
    for node in data["nodes"]?.array ?? [] {
      if let inner = node["data"]?["node"]?["flow"]?["data"] {
        addEdges(of: inner, depth: depth + 1)
      }
    }
  }

  private mutating func addStarts() {
    let whole = root.evidence
    if root["webhook"]?.bool == true || canvas.components.contains(where: { $0.type == "Webhook" })
    {
      let address = root["endpoint_name"]?.string?.trimmedOrNil
      canvas.statements.addTrigger(.call, address ?? "webhook", of: canvas.name, whole)
    }
    if canvas.components.contains(where: { ["ChatInput", "TextInput"].contains($0.type) }) {
      canvas.statements.addTrigger(.manual, "chat", of: canvas.name, whole)
    }
    if root["mcp_enabled"]?.bool == true {
      canvas.statements.addTrigger(
        .call, "tool of its project's MCP server", of: canvas.name,
        (root["mcp_enabled"] ?? root).evidence)
    }
  }

  // MARK: Components

  /// The value of a field, where it is a plain text.
  private func field(_ component: CanvasComponent, _ keys: [String]) -> String? {
    for key in keys {
      let value = component.node["template"]?[key]?["value"]
      let text =
        value?.string ?? value?["name"]?.string ?? value?.array?.first?["name"]?.string
        ?? value?.array?.first?.string
      if let text = text?.trimmedOrNil { return text }
    }
    return nil
  }

  private mutating func add(_ component: CanvasComponent) {
    addCredentials(component)
    switch component.role {
    case .model, .embeddings: addModel(component)
    case .agent:
      canvas.describe(component, purpose: component.node["template"]?["system_prompt"]?["value"])
      if component.node["template"]?["agent_llm"] != nil
        || component.node["template"]?["model"]?["value"]?.array?.isEmpty == false
      {
        addModel(component)
      }
      if let limit = component.node["template"]?["max_iterations"]?["value"], let text = limit.text,
        let own = canvas.agents[component.id]
      {
        canvas.statements.addGuardrail("at most \(text) iterations", of: own, limit.evidence)
      }
    case .server:
      let server = field(component, ["mcp_server", "server_name"])
      let address = field(component, ["sse_url", "command"]).map(publicAddress)
      canvas.use(
        component, .invokes, EntityReference(.system, server ?? address ?? component.label), .mcp,
        field(component, ["tool"]) ?? "tool")
    case .flow:
      let target = field(component, ["flow_name_selected", "flow_name", "flow_id_selected"])
      if target == nil {
        canvas.statements.reading.note(
          .low, "which flow '\(component.label)' runs is not in the file",
          at: component.evidence.location)
      }
      canvas.use(
        component, .invokes,
        EntityReference(.system, target ?? "computed flow of '\(canvas.name)'"), .internalCall,
        "flow")
    case .request: addRequests(component)
    case .store, .memory:
      let data = ["collection_name", "index_name", "table_name", "knowledge_base", "keyspace"]
        .compactMap { field(component, [$0]) }
      let isIngested = component.node["template"]?["ingest_data"] != nil
      let isOwn = component.type.hasPrefix("Knowledge")
      canvas.use(
        component,
        component.role == .memory || component.type == "KnowledgeIngestion" ? .writes : .reads,
        EntityReference(
          .application, isOwn ? LangflowFile.product : LangflowNodes.application(component)),
        isOwn ? .internalCall : .database,
        component.role == .memory ? "memory" : isIngested ? "vector store" : "knowledge",
        data: data)
    case .file:
      canvas.use(
        component, component.type.hasPrefix("Save") ? .writes : .reads,
        EntityReference(.application, "File system"), .file, component.label)
    case .tool:
      canvas.use(
        component, .invokes,
        EntityReference(.application, LangflowNodes.application(component)), .api, "tool")
    case .person:
      canvas.statements.addTouchPoint(
        touchPointKind(label: component.label, fallback: .review), at: component.id,
        component.label, of: canvas.name, component.evidence)
    case .guardrail:
      canvas.statements.addGuardrail(component.label, of: canvas.name, component.evidence)
    case .code: addCode(component)
    case .other: if component.node["edited"]?.bool == true { addCode(component) }
    default: break
    }
  }

  /// The code of a component that somebody wrote for this flow.
  private mutating func addCode(_ component: CanvasComponent) {
    for key in ["code", "python_code", "tool_code"] {
      guard let code = component.node["template"]?[key]?["value"], let text = code.string else {
        continue
      }
      for user in canvas.users(of: component.id) {
        canvas.statements.addReach(ofCode: text, from: EntityReference(.system, user), code)
      }
    }
  }

  private mutating func addModel(_ component: CanvasComponent) {
    let chosen = component.node["template"]?["model"]?["value"]?.array?.first
    let model = field(
      component, ["model_name", "model", "model_id", "deployment_name", "azure_deployment"])
    if let model, !["Connect other models", "Custom"].contains(model) {
      canvas.addModel(model, of: component)
    }
    let provider =
      chosen?["provider"]?.string ?? field(component, ["agent_llm", "provider", "llm_type"])
    // `Custom` means that a model is attached, which says itself what it is.
    if let provider, ["Custom", "Connect other models"].contains(provider) { return }
    if component.role == .agent, provider == nil { return }
    canvas.use(
      component, .invokes,
      EntityReference(
        .application, modelProvider(provider ?? LangflowNodes.plainType(component.type))), .api,
      component.role == .embeddings ? "embeddings" : "model")
  }

  private mutating func addRequests(_ component: CanvasComponent) {
    let template = component.node["template"]
    let method = component.type == "APIRequest" ? field(component, ["method"]) : "GET"
    var addresses: [String] = []
    for key in ["url_input", "urls", "url", "rss_url"] {
      guard addresses.isEmpty, let value = template?[key]?["value"] else { continue }
      addresses = (value.array ?? [value]).compactMap {
        ($0.string ?? $0["url"]?.string)?.trimmedOrNil
      }
    }
    for user in canvas.users(of: component.id) {
      for address in addresses.isEmpty ? [""] : addresses {
        canvas.statements.request(
          EntityReference(.system, user), method, address, of: canvas.name, component.evidence)
      }
    }
  }

  /// Fields that hold secrets: the global variable that one is read from is named, a value never is.
  private mutating func addCredentials(_ component: CanvasComponent) {
    for member in component.node["template"]?.object ?? []
    where member.value["password"]?.bool == true {
      guard member.value["load_from_db"]?.bool == true, let value = member.value["value"],
        let variable = value.string?.trimmedOrNil, variable.count <= 80,
        variable.allSatisfy({ $0.isLetter || $0.isNumber || "_- .".contains($0) })
      else { continue }
      canvas.addCredential(variable, of: component, value)
    }
  }
}
