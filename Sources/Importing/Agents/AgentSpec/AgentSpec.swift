import DocumentReading
import Facts
import Inventory

/// One document of Agent Spec.
struct AgentSpec {
  private static let product = "Open Agent Specification"

  private let root: DataNode
  let components: AgentSpecComponents
  var statements: AgentStatements
  /// Components that are read, by their place, so that references in a circle end.
  private var done: Set<String> = []

  init(_ root: DataNode, path: String) {
    self.root = root
    components = AgentSpecComponents(root)
    statements = AgentStatements(path: path)
  }

  /// What the document says.
  mutating func reading() -> FileReading {
    if root["component_type"] != nil {
      addAny(root, key: nil)
    } else if let listed = root["$referenced_components"] {
      if listed["component_type"]?.string != nil { addAny(listed, key: nil) }
      for item in listed.object ?? [] where item.value.object != nil {
        addAny(item.value, key: item.key)
      }
    }
    if statements.reading.fragment.isEmpty {
      statements.reading.isBeside = true
      statements.reading.note(
        .info, "the file has models or parts only, and neither agents nor tools", at: root.location)
    }
    return statements.reading
  }

  private mutating func addAny(_ node: DataNode, key: String?) {
    let type = components.type(node)
    if add(node) != nil { return }
    guard type.hasSuffix("Tool") || type.hasSuffix("ToolBox"), let name = components.name(node)
    else {
      return
    }
    statements.addApplication(name, aliases: [node["id"]?.text, key], node.evidence)
  }

  /// Adds an agent, flow or team and gives its name; `nil` for all other components.
  mutating func add(_ node: DataNode?) -> String? {
    guard let node = components.resolve(node) else { return nil }
    let type = components.type(node)
    let isSystem =
      type.hasSuffix("Agent") || ["Flow", "Swarm", "ManagerWorkers"].contains(type)
    guard let name = components.name(node) else { return nil }
    // What a reference to another file names is known by that name only.
    if components.reference(node) != nil { return name }
    guard isSystem else { return nil }
    let place = "\(node.location.line ?? 0):\(node.location.column ?? 0):\(name)"
    guard done.insert(place).inserted else { return name }
    var system = AutomationSystem(name: name, source: (node["name"] ?? node).evidence)
    let whole = (node["component_type"] ?? node["type"] ?? node).evidence
    system.technology.state(Self.product, whole)
    if let id = node["id"]?.text?.trimmedOrNil { system.addAlias(id) }
    if let text = node["description"], let purpose = singleLine(text.string) {
      system.purpose.state(purpose, text.evidence)
    }
    switch type {
    case "Flow":
      system.kind.state(.workflow, whole)
      addFlow(node, name, &system)
    case "Swarm":
      system.kind.state(.orchestrator, whole)
      addSwarm(node, name)
    case "ManagerWorkers":
      system.kind.state(.orchestrator, whole)
      addTeam(node, name)
    default:
      system.kind.state(.agent, whole)
      addAgent(node, type, name, &system)
    }
    system.unknowns.append("What starts it is in the program that loads this file.")
    statements.add(system)
    return name
  }

  // MARK: Agents

  private mutating func addAgent(
    _ node: DataNode, _ type: String, _ name: String, _ system: inout AutomationSystem
  ) {
    let source = EntityReference(.system, name)
    let inner = components.resolve(node["agent"])
    let model = node["llm_config"] ?? inner?["llm_config"] ?? node["llm"]
    addModel(model?.array?.first ?? model, of: source, &system)
    if let prompt = node["system_prompt"] ?? node["prompt_template"], !system.purpose.isKnown,
      let purpose = prompt.string.flatMap({ objective(inInstructions: $0, of: name) })
    {
      system.purpose.state(purpose, prompt.inferred("the beginning of its prompt"))
    }
    let additional = node["agent_specialization_parameters"]?["additional_tools"]
    for list in [node["tools"], inner?["tools"], additional] {
      for tool in list?.array ?? [] { addTool(tool, of: source, step: nil) }
    }
    for box in (node["toolboxes"] ?? inner?["toolboxes"])?.array ?? [] {
      addToolbox(box, of: source)
    }
    let asks = node["human_in_the_loop"]
    if let asks, asks.bool == true {
      statements.addTouchPoint(
        .form, at: name, nil, of: name,
        Evidence(.imported, asks.location, note: "it may ask the user while it works"))
    }
    if let address = node["agent_url"], let text = address.string?.trimmedOrNil {
      let shown = publicAddress(text)
      system.addAddress(shown)
      statements.addCall(shown, of: name, address.evidence)
      system.unknowns.append("It runs elsewhere; what it does and uses is not in this file.")
    }
    if let id = node["agent_endpoint_id"]?.text?.trimmedOrNil {
      system.addAlias(id)
      system.technology = Field()
      system.technology.state("OCI Generative AI Agents", node.evidence)
      system.unknowns.append("It runs in Oracle Cloud; what it does and uses is not in this file.")
    }
    if let login = components.resolve(node["client_config"]) {
      let profile = (login["auth_profile"] ?? login["auth_type"])?.text?.trimmedOrNil
      if let profile {
        statements.addCredential("OCI profile \(profile)", of: name, login.evidence)
      }
    }
  }

  mutating func addModel(
    _ reference: DataNode?, of source: EntityReference, _ system: inout AutomationSystem,
    at evidence: Evidence? = nil
  ) {
    guard let reference, let config = components.resolve(reference) else { return }
    if let model = (config["model_id"] ?? config["model"])?.text?.trimmedOrNil {
      system.addModel(model)
    }
    let provider: String
    switch components.type(config) {
    case "OpenAiConfig": provider = "OpenAI"
    case "OciGenAiConfig": provider = "OCI Generative AI"
    case "OllamaConfig": provider = "Ollama"
    case "AnthropicConfig": provider = "Anthropic"
    case "GeminiConfig": provider = "Google Gemini"
    case "OciGenAiLLM": provider = "OCI Generative AI"
    default:
      provider =
        config["url"]?.string.flatMap { application(ofAddress: $0) } ?? components.name(config)
        ?? "language model"
    }
    statements.connect(
      source, .invokes, EntityReference(.application, provider), .api, "model",
      evidence ?? reference.evidence)
    for member in config.object ?? [] where namesCredential(member.key) && !member.value.isNull {
      guard member.value.object == nil, member.value.double == nil else { continue }
      statements.addCredential(
        "\(provider) \(member.key)", of: source.name, application: provider,
        Evidence(.imported, member.keyLocation))
    }
  }

  // MARK: Tools

  /// Adds the use of a tool by an agent, or by a step of a flow.
  mutating func addTool(_ reference: DataNode, of source: EntityReference, step: DataNode?) {
    guard let tool = components.resolve(reference), let name = components.name(tool) else {
      statements.reading.note(.low, "a tool has no name", at: reference.location)
      return
    }
    let evidence = (step ?? reference).evidence
    let type = components.type(tool)
    if type == "Flow" || type.hasSuffix("Agent"), let called = add(reference) {
      statements.connect(
        source, .invokes, EntityReference(.system, called), .internalCall, "tool", evidence)
      return
    }
    switch type {
    case "RemoteTool":
      statements.request(
        source, tool["http_method"]?.string ?? "GET", tool["url"]?.string, action: name,
        of: source.name, evidence)
      for part in [tool["headers"], tool["sensitive_headers"], tool["query_params"]] {
        addHeaders(part, of: source.name)
      }
    case "MCPTool":
      let transport = components.resolve(tool["client_transport"])
      connect(source, toServerAt: transport, of: name, action: name, evidence)
      addHeaders(transport?["headers"], of: source.name)
      addHeaders(transport?["sensitive_headers"], of: source.name)
    case "":
      statements.reading.note(
        .info, "the tool '\(name)' is in another file; import it too", at: reference.location)
      statements.connect(
        source, .invokes, EntityReference(.application, name), .internalCall, "tool", evidence)
    default:
      statements.connect(
        source, .invokes, EntityReference(.application, name), .internalCall, "tool", evidence)
    }
    if let mark = tool["requires_confirmation"], mark.bool == true {
      statements.addTouchPoint(
        .approval, at: step.flatMap { components.name($0) } ?? name, name, of: source.name,
        Evidence(.imported, mark.location, note: "a person is asked before the tool runs"))
    }
  }

  private mutating func addToolbox(_ reference: DataNode, of source: EntityReference) {
    guard let box = components.resolve(reference), let name = components.name(box) else { return }
    let transport = components.resolve(box["client_transport"])
    connect(source, toServerAt: transport, of: name, action: "toolbox", reference.evidence)
    for tool in box["tool_filter"]?.array ?? [] {
      guard let text = (tool.string ?? tool["name"]?.string)?.trimmedOrNil else { continue }
      statements.addPermission(text, of: source.name, application: name, tool.evidence)
    }
    addHeaders(transport?["headers"], of: source.name)
    addHeaders(transport?["sensitive_headers"], of: source.name)
  }

  private mutating func addHeaders(_ headers: DataNode?, of system: String) {
    for member in headers?.object ?? [] where namesCredential(member.key) {
      statements.addCredential(member.key, of: system, Evidence(.imported, member.keyLocation))
    }
  }

  /// Adds the use of a server, known by its address, else by the program that starts it; where the file has
  /// neither, it is called after its transport or after what uses it, and which server it is stays open.
  private mutating func connect(
    _ source: EntityReference, toServerAt transport: DataNode?, of name: String, action: String,
    _ evidence: Evidence
  ) {
    var evidence = evidence
    let words = (transport?["args"]?.texts ?? []).map(\.text).filter { !$0.hasPrefix("-") }
    let server: String
    if let url = transport?["url"]?.string?.trimmedOrNil, let host = host(ofAddress: url),
      !isLoopback(host)
    {
      server = publicAddress(url)
    } else if let program = words.first {
      server = program
    } else {
      server = transport.flatMap { components.name($0) } ?? "\(name) server"
      evidence.note = "named after a placeholder: its transport, which leads to no other machine"
    }
    statements.connect(source, .invokes, EntityReference(.system, server), .mcp, action, evidence)
  }

  // MARK: Teams

  private mutating func addSwarm(_ node: DataNode, _ name: String) {
    let source = EntityReference(.system, name)
    var members: Set<String> = []
    func isNew(_ member: String) -> Bool { members.insert(member).inserted }
    for reference in [node["first_agent"]].compactMap(\.self) {
      guard let agent = add(reference), isNew(agent) else { continue }
      addMember(agent, "first agent", of: source, reference)
    }
    for relation in node["relationships"]?.array ?? [] {
      guard let from = relation[0], let to = relation[1], let caller = add(from),
        let called = add(to)
      else {
        statements.reading.note(
          .low, "a relationship of the swarm '\(name)' does not name two agents",
          at: relation.location)
        continue
      }
      for (agent, place) in [(caller, from), (called, to)] where isNew(agent) {
        addMember(agent, "member", of: source, place)
      }
      statements.connect(
        EntityReference(.system, caller), .invokes, EntityReference(.system, called), .internalCall,
        "handoff", relation.evidence)
    }
  }

  private mutating func addTeam(_ node: DataNode, _ name: String) {
    let source = EntityReference(.system, name)
    let manager = [node["group_manager"]].compactMap(\.self).map { ($0, "manager") }
    for (reference, role) in manager + (node["workers"]?.array ?? []).map({ ($0, "worker") }) {
      let config = components.resolve(reference)
      if let agent = add(reference) {
        addMember(agent, role, of: source, reference)
      } else if let config, components.type(config).hasSuffix("Config") {
        // A team may be led by a bare model.
        var ignored = AutomationSystem(name: name, source: node.evidence)
        addModel(reference, of: source, &ignored)
        statements.add(ignored)
      }
    }
  }

  private mutating func addMember(
    _ agent: String, _ role: String, of source: EntityReference, _ place: DataNode
  ) {
    statements.addStep(agent, nil, .call, of: source.name, place.evidence)
    statements.connect(
      source, .invokes, EntityReference(.system, agent), .internalCall, role, place.evidence)
  }
}
