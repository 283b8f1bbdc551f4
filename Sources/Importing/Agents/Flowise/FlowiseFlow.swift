import DocumentReading
import Facts
import Inventory

/// One chatflow or agentflow of Flowise.
struct FlowiseFlow {
  private let root: DataNode
  /// The record around the flow in an export of everything.
  private let record: DataNode
  /// Where the flow stands, where its nodes have no place of their own in the file.
  private let place: SourceLocation?
  private var canvas: ComponentCanvas

  init(_ root: DataNode, of record: DataNode? = nil, path: String, place: SourceLocation? = nil) {
    self.root = root
    self.record = record ?? root
    self.place = place
    let evidence: Evidence
    let name: String
    if let node = self.record["name"], let text = node.string?.trimmedOrNil {
      name = text
      evidence = node.evidence
    } else {
      name = Self.fileName(path)
      evidence = root.inferred("named after its file, which states no name")
    }
    var system = AutomationSystem(name: name, source: evidence)
    if let id = self.record["id"]?.string?.trimmedOrNil { system.addAlias(id) }
    canvas = ComponentCanvas(system, product: FlowiseFile.product, path: path)
  }

  /// The designer writes files as `Name Agents.json` or `Name Chatflow.json`.
  private static func fileName(_ path: String) -> String {
    let file = stem(of: lastComponent(of: path))
    let suffix = [" Chatflow", " Agents", " Agentflow", " Tool"].first { file.hasSuffix($0) }
    return suffix.flatMap { String(file.dropLast($0.count)).trimmedOrNil } ?? file
  }

  /// What the flow says.
  mutating func reading() -> FileReading {
    describe()
    var notes = 0
    for node in root["nodes"]?.array ?? [] {
      guard let data = node["data"], let type = data["name"]?.string?.trimmedOrNil else {
        canvas.statements.reading.note(
          .medium, "a node has no data or type and was left out; export the flow again",
          at: place ?? node.location)
        continue
      }
      if type.hasPrefix("stickyNote") {
        notes += 1
        continue
      }
      let id = (node["id"] ?? data["id"])?.text?.trimmedOrNil ?? "\(type) \(notes)"
      let label = FlowiseNodes.label(data) ?? id
      canvas.add(
        CanvasComponent(
          id: id, type: type, label: label,
          role: FlowiseNodes.role(type, category: data["category"]?.string ?? ""), node: data,
          evidence: Evidence(.imported, place ?? node.location)))
    }
    for edge in root["edges"]?.array ?? [] {
      guard let from = edge["source"]?.text, let to = edge["target"]?.text else { continue }
      canvas.connect(from, to: to)
      let handle = edge["targetHandle"]?.string ?? ""
      if handle.contains("-input-tools-") { canvas.attachments.insert("\(from)>\(to)") }
      // A worker's input is its supervisor, who calls it.
      if handle.contains("-input-supervisor-"), let caller = canvas.agents[from] {
        canvas.calledBy[to] = caller
      }
    }
    for component in canvas.components { add(component) }
    if !canvas.components.contains(where: { $0.role == .start }) {
      canvas.statements.addTrigger(
        .manual, "chat", of: canvas.name,
        Evidence(.inferred, place ?? root.location, note: "a chatflow is started by a message"))
    }
    return canvas.reading()
  }

  private mutating func describe() {
    let whole = Evidence(.imported, place ?? root.location)
    canvas.system.kind.state(.workflow, whole)
    canvas.system.technology.state(FlowiseFile.product, whole)
    if let text = record["description"], let purpose = singleLine(text.string) {
      canvas.system.purpose.state(purpose, text.evidence)
    }
    if let deployed = record["deployed"]?.bool {
      let evidence = Evidence(
        .imported, (record["deployed"] ?? record).location,
        note: deployed ? "deployed" : "not deployed")
      canvas.system.status.state(deployed ? .production : .development, evidence)
    }
    canvas.system.unknowns.append("How often it runs and who may use it is not in its file.")
  }

  // MARK: Components

  private mutating func add(_ component: CanvasComponent) {
    let inputs = component.node["inputs"]
    if let credential = component.node["credential"], let text = credential.string?.trimmedOrNil {
      addCredential(text, component, credential)
    }
    if let start = inputs?["startInputType"]?.string { addStart(start, component) }
    addPerson(component, inputs)
    addChosenModels(component, inputs)
    switch component.role {
    case .model, .embeddings:
      if let model = modelName(inputs) { canvas.addModel(model, of: component) }
      canvas.use(
        component, .invokes,
        EntityReference(
          .application, server(of: component.type, inputs) ?? modelProvider(component.type)), .api,
        component.role == .model ? "model" : "embeddings")
    case .agent: addAgent(component, inputs)
    case .tool: addTool(component.type, component, inputs)
    case .server:
      canvas.use(
        component, .invokes, EntityReference(.system, FlowiseNodes.server(component.type)), .mcp,
        "tool")
    case .flow: addFlow(component, inputs)
    case .request: addRequest(component, inputs)
    case .store, .memory, .loader: addStore(component, inputs)
    case .code:
      for key in ["javascriptFunction", "customFunctionJavascriptFunction", "toolFunc", "code"] {
        if let code = inputs?[key], let text = code.string {
          canvas.statements.addReach(ofCode: text, from: canvas.source, code)
        }
      }
    case .guardrail:
      canvas.statements.addGuardrail(component.label, of: canvas.name, component.evidence)
    default: break
    }
  }

  private mutating func addCredential(_ id: String, _ component: CanvasComponent, _ node: DataNode)
  {
    guard id.count <= 64, id.allSatisfy({ $0.isHexDigit || $0 == "-" }) else { return }
    canvas.addCredential("\(component.label) credential \(id.prefix(8))", of: component, node)
  }

  /// What answers where a node made for OpenAI is led to an address of another; `nil` where it is not.
  private func server(of type: String, _ inputs: DataNode?) -> String? {
    let lowered = type.lowercased()
    guard lowered.contains("openai"), !lowered.contains("azure") else { return nil }
    for key in ["basepath", "basePath", "baseUrl", "baseURL"] {
      if let text = inputs?[key]?.string?.trimmedOrNil, let target = application(ofAddress: text) {
        return target
      }
    }
    return nil
  }

  private func modelName(_ inputs: DataNode?) -> String? {
    for key in ["customModelName", "modelName", "model", "deploymentName", "modelId"] {
      if let text = inputs?[key]?.string?.trimmedOrNil, !text.contains("{{") { return text }
    }
    return nil
  }

  private mutating func addStart(_ kind: String, _ component: CanvasComponent) {
    let schedule = (component.node["inputs"]?["scheduleCronExpression"])?.string?.trimmedOrNil
    switch kind {
    case "scheduleInput", "schedule":
      canvas.statements.addTrigger(.schedule, schedule, of: canvas.name, component.evidence)
    case "webhookTrigger", "webhook":
      canvas.statements.addTrigger(.call, "webhook", of: canvas.name, component.evidence)
    default:
      let title = component.node["inputs"]?["formTitle"]?.string?.trimmedOrNil
      canvas.statements.addTrigger(
        .manual, title ?? (kind == "formInput" ? "form" : "chat"), of: canvas.name,
        component.evidence)
    }
  }

  // MARK: People

  private mutating func addPerson(_ component: CanvasComponent, _ inputs: DataNode?) {
    if component.role == .person {
      canvas.statements.addTouchPoint(
        touchPointKind(label: component.label, fallback: .approval), at: component.id,
        component.label, of: canvas.name, component.evidence)
    } else if inputs?["interrupt"]?.bool == true || inputs?["interrupt"]?.string == "true" {
      canvas.statements.addTouchPoint(
        .approval, at: component.id, component.label, of: canvas.name,
        Evidence(
          .imported, component.evidence.location, note: "a person is asked before its tools run"))
    }
  }

  // MARK: Agents

  /// Models that a node of an agentflow has in its own settings: `agentModel` with
  /// `agentModelConfig`, `llmModel` and the like.
  private mutating func addChosenModels(_ component: CanvasComponent, _ inputs: DataNode?) {
    for member in inputs?.object ?? [] where member.key.hasSuffix("Model") {
      guard let provider = member.value.string?.trimmedOrNil, !provider.contains("{{"),
        component.node["category"]?.string == "Agent Flows"
      else { continue }
      let config = inputs?["\(member.key)Config"]
      if let model = modelName(config) { canvas.addModel(model, of: component) }
      if let id = (config?["FLOWISE_CREDENTIAL_ID"] ?? config?["credential"]),
        let text = id.string?.trimmedOrNil
      {
        addCredential(text, component, id)
      }
      canvas.use(
        component, .invokes,
        EntityReference(.application, server(of: provider, config) ?? modelProvider(provider)),
        .api, "model")
    }
  }

  private mutating func addAgent(_ component: CanvasComponent, _ inputs: DataNode?) {
    let prompts = [
      "workerPrompt", "supervisorPrompt", "systemMessagePrompt", "systemMessage", "prompt",
    ]
    canvas.describe(component, purpose: prompts.lazy.compactMap { inputs?[$0] }.first)
    // Some agents bring their own model or service with them.
    if ["openAIAssistant"].contains(component.type) {
      canvas.use(component, .invokes, EntityReference(.application, "OpenAI"), .api, "assistant")
    }
    for tool in inputs?["agentTools"]?.array ?? [] {
      guard let type = tool["agentSelectedTool"]?.string?.trimmedOrNil else { continue }
      addChosenTool(type, tool["agentSelectedToolConfig"], component)
      let asks = tool["agentSelectedToolRequiresHumanInput"]
      if asks?.bool == true || asks?.string == "true" {
        canvas.statements.addTouchPoint(
          .approval, at: component.id, "\(component.label): \(type)", of: canvas.name,
          Evidence(
            .imported, place ?? tool.location, note: "a person is asked before the tool runs"))
      }
    }
    for key in ["agentToolsBuiltInOpenAI", "agentToolsBuiltInGemini", "agentToolsBuiltInAnthropic"]
    {
      for tool in FlowiseNodes.list(inputs?[key]) {
        canvas.statements.addPermission(
          tool, of: canvas.agents[component.id] ?? canvas.name, component.evidence)
      }
    }
    addKnowledge(inputs?["agentKnowledgeDocumentStores"], component)
    for item in inputs?["agentKnowledgeVSEmbeddings"]?.array ?? [] {
      guard let type = item["vectorStore"]?.string?.trimmedOrNil else { continue }
      canvas.use(
        component, .reads, EntityReference(.application, modelProvider(type)), .database,
        "knowledge", data: [item["knowledgeName"]?.string?.trimmedOrNil].compactMap(\.self))
    }
    for key in ["maxIterations", "recursionLimit", "maxTokenLimit"] {
      if let limit = inputs?[key]?.text?.trimmedOrNil, limit.allSatisfy(\.isNumber) {
        canvas.statements.addGuardrail(
          "\(words(ofIdentifier: key)) \(limit)", of: canvas.agents[component.id] ?? canvas.name,
          component.evidence)
      }
    }
  }

  /// Document stores, written as `identifier:name`.
  private mutating func addKnowledge(_ list: DataNode?, _ component: CanvasComponent) {
    for item in list?.array ?? [] {
      guard let text = item["documentStore"]?.string?.trimmedOrNil else { continue }
      let store = text.firstIndex(of: ":").map { String(text[text.index(after: $0)...]) } ?? text
      canvas.use(
        component, .reads, EntityReference(.application, store), .internalCall, "document store")
    }
  }

  // MARK: Calls

  private mutating func addTool(_ type: String, _ component: CanvasComponent, _ inputs: DataNode?) {
    switch type {
    case "toolAgentflow":
      guard let chosen = inputs?["toolAgentflowSelectedTool"]?.string?.trimmedOrNil else {
        canvas.statements.reading.note(
          .info, "which tool '\(component.label)' uses is not chosen",
          at: component.evidence.location)
        return
      }
      addChosenTool(chosen, inputs?["toolAgentflowSelectedToolConfig"], component)
    case "retrieverAgentflow": addKnowledge(inputs?["retrieverKnowledgeDocumentStores"], component)
    case "customTool":
      let name = (inputs?["customToolName"] ?? inputs?["toolName"])?.string?.trimmedOrNil
      canvas.use(
        component, .invokes,
        EntityReference(.application, name ?? "\(component.label) of \(canvas.name)"),
        .internalCall,
        "tool")
    case "retrieverTool", "queryEngineToolLlamaIndex", "chainTool":
      let name = (inputs?["name"] ?? inputs?["toolName"])?.string?.trimmedOrNil
      canvas.use(
        component, .invokes, EntityReference(.application, FlowiseFile.product), .internalCall,
        name ?? "tool")
    default:
      let isOwn = FlowiseNodes.isOwnTool(type)
      canvas.use(
        component, .invokes,
        EntityReference(
          .application, isOwn ? FlowiseFile.product : FlowiseNodes.application(type)),
        isOwn ? .internalCall : .api, isOwn ? component.label : "tool")
    }
  }

  private mutating func addChosenTool(
    _ type: String, _ config: DataNode?, _ component: CanvasComponent
  ) {
    if let id = config?["FLOWISE_CREDENTIAL_ID"] ?? config?["credential"],
      let text = id.string?.trimmedOrNil
    {
      addCredential(text, component, id)
    }
    var inner = component
    inner.role = FlowiseNodes.role(type, category: type.hasSuffix("MCP") ? "Tools (MCP)" : "Tools")
    switch inner.role {
    case .server:
      let server = type == "customMCP" ? component.label : FlowiseNodes.server(type)
      canvas.use(inner, .invokes, EntityReference(.system, server), .mcp, "tool")
    case .flow: addFlow(inner, config)
    case .request:
      inner.type = type
      addRequest(inner, config)
    default: addTool(type, inner, config)
    }
  }

  private mutating func addFlow(_ component: CanvasComponent, _ inputs: DataNode?) {
    let keys = ["executeFlowSelectedFlow", "selectedChatflow", "selectedFlow", "chatflowId"]
    let chosen = keys.lazy.compactMap { inputs?[$0]?.string?.trimmedOrNil }.first
    let target = chosen ?? "computed flow of '\(canvas.name)'"
    if chosen == nil {
      canvas.statements.reading.note(
        .low, "which flow '\(component.label)' runs is not in the file",
        at: component.evidence.location)
    }
    canvas.use(component, .invokes, EntityReference(.system, target), .internalCall, "flow")
  }

  private mutating func addRequest(_ component: CanvasComponent, _ inputs: DataNode?) {
    let keys = ["url", "requestsGetUrl", "requestsPostUrl", "requestsPutUrl", "requestsDeleteUrl"]
    let address = keys.lazy.compactMap { inputs?[$0]?.string }.first.map(FlowiseNodes.plain)
    let lowered = component.type.lowercased()
    let methods = ["get", "post", "put", "delete"]
    let method = inputs?["method"]?.string ?? methods.first { lowered.hasSuffix($0) } ?? "GET"
    for user in canvas.users(of: component.id) {
      canvas.statements.request(
        EntityReference(.system, user), method, address, of: canvas.name, component.evidence)
    }
  }

  private mutating func addStore(_ component: CanvasComponent, _ inputs: DataNode?) {
    guard let target = knownService(component.type) ?? FlowiseNodes.outside(component) else {
      return
    }
    let keys = [
      "pineconeIndex", "qdrantCollection", "collectionName", "tableName", "indexName",
      "milvusCollection", "repoLink", "documentStore",
    ]
    let data = keys.compactMap { inputs?[$0]?.string?.trimmedOrNil }.filter {
      !$0.contains("{{") && !$0.contains("://")
    }
    canvas.use(
      component, component.role == .memory ? .writes : .reads,
      EntityReference(.application, target), component.role == .loader ? .api : .database,
      component.role == .memory ? "memory" : component.role == .store ? "vector store" : "document",
      data: data)
  }
}
