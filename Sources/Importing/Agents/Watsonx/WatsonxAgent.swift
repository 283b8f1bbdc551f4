import DocumentReading
import Facts
import Inventory

/// Agents of watsonx Orchestrate: native ones, and the entries of external agents and assistants.
extension AgentStatements {
  /// Adds what an agent's file says.
  mutating func addWatsonxAgent(_ root: DataNode) {
    guard let (name, node) = watsonxName(root) else {
      reading.hasFailed = true
      reading.note(.high, "the agent has no name; give it one under 'name'", at: root.location)
      return
    }
    var system = AutomationSystem(name: name, source: node.evidence)
    system.kind.state(.agent, node.evidence)
    for key in ["display_name", "title", "nickname", "id"] {
      if let alias = root[key]?.string?.trimmedOrNil { system.addAlias(alias) }
    }
    if let text = root["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    if let publisher = root["publisher"], let text = publisher.string?.trimmedOrNil {
      system.creator.state(text, Evidence(.imported, publisher.location, note: "publisher"))
    }
    switch root["kind"]?.string {
    case "external": describeExternal(&system, root)
    case "assistant": describeAssistant(&system, root)
    default: describeNative(&system, root)
    }
    add(system)
  }

  // MARK: Native agents

  private mutating func describeNative(_ system: inout AutomationSystem, _ root: DataNode) {
    let whole = (root["kind"] ?? root["spec_version"] ?? root).evidence
    system.technology.state(WatsonxFile.product, whole)
    system.models = ([root["llm"], root["chat_with_docs"]?["generation"]?["model_id"]]).compactMap {
      $0?.string?.trimmedOrNil
    }
    let source = EntityReference(.system, system.name)
    var tools: Set<String> = []
    for (tool, node) in root["tools"]?.named() ?? [] {
      tools.insert(tool)
      addTool(tool, of: source, node.evidence)
    }
    if let (tool, node) = root["custom_join_tool"]?.texts.first {
      addTool(tool, of: source, node.evidence)
    }
    for (toolkit, node) in root["toolkits"]?.named() ?? [] {
      connect(
        source, .invokes, EntityReference(.application, toolkit), .unknown, "toolkit", node.evidence
      )
    }
    for (agent, node) in root["collaborators"]?.named() ?? [] {
      connect(
        source, .invokes, EntityReference(.system, withoutIdentifier(agent)), .internalCall,
        "collaborator", node.evidence)
    }
    let bases = root["knowledge_base"] ?? root["knowledge_bases"]
    for (base, node) in bases?.array == nil
      ? bases?.texts.map({ ($0.text, $0.node) }) ?? []
      : bases?.named() ?? []
    {
      connect(
        source, .reads, EntityReference(.application, base), .internalCall, "knowledge base",
        node.evidence)
    }
    for variable in root["context_variables"]?.texts ?? [] {
      addPermission(
        "read context variable \(variable.text)", of: system.name, variable.node.evidence)
    }
    addGuidelines(root, tools: tools, source)
    for moment in root["plugins"]?.object ?? [] {
      for (plugin, node) in moment.value.named(["plugin_name", "name"]) {
        addGuardrail("\(plugin) (\(moment.key))", of: system.name, node.evidence)
      }
    }
    if let prompts = root["starter_prompts"] ?? root["welcome_content"], prompts.object != nil {
      reading.fragment.triggers.append(
        Trigger(
          system: system.name, kind: .manual,
          evidence: prompts.inferred("it has a welcome for people who chat with it")))
    }
    if root["hidden"]?.bool == true {
      system.unknowns.append("Hidden from the chat; which agents call it is in their files.")
    }
    system.unknowns.append("What its tools reach is told by the tools' own files.")
  }

  private mutating func addTool(_ tool: String, of agent: EntityReference, _ evidence: Evidence) {
    if let builtIn = builtInTool(tool) {
      connect(
        agent, .invokes, EntityReference(.application, WatsonxFile.product), .internalCall, builtIn,
        evidence)
      return
    }
    let (toolkit, name) = toolkitAndTool(tool)
    connect(
      agent, .invokes, EntityReference(.application, toolkit ?? name), .internalCall, "tool",
      data: toolkit == nil ? [] : [name], evidence)
    addHandOver(of: agent, to: name, named: name, evidence)
  }

  /// Guidelines: what the agent must do under which condition.
  private mutating func addGuidelines(
    _ root: DataNode, tools: Set<String>, _ agent: EntityReference
  ) {
    for guideline in root["guidelines"]?.array ?? [] {
      let condition = guideline["condition"]?.string?.trimmedOrNil
      guard let wording = guideline["display_name"]?.string?.trimmedOrNil ?? condition else {
        reading.note(.low, "a guideline has neither name nor condition", at: guideline.location)
        continue
      }
      addGuardrail(wording, of: agent.name, guideline.evidence)
      if let tool = guideline["tool"],
        let name = (tool.string ?? tool["name"]?.string)?.trimmedOrNil,
        !tools.contains(name)
      {
        addTool(name, of: agent, tool.evidence)
      }
    }
  }

  /// A tool whose name says that it gives the conversation to people.
  private mutating func addHandOver(
    of agent: EntityReference, to tool: String, named name: String, _ evidence: Evidence
  ) {
    let words = name.lowercased().split { !$0.isLetter }
    let people = words.contains { ["human", "live", "representative", "person"].contains($0) }
    let moves = words.contains { word in
      ["transfer", "escalat", "handoff", "handover", "hand", "connect"].contains {
        word.hasPrefix($0)
      }
    }
    guard people, moves else { return }
    let concluded = Evidence(
      .inferred, evidence.location, note: "the name of the tool says that people take over")
    reading.fragment.touchPoints.append(
      HumanTouchPoint(system: agent.name, step: tool, kind: .exception, evidence: concluded))
    connect(
      agent, .escalates, EntityReference(.team, "Human agents"), .people, name, concluded)
  }

  // MARK: Agents outside

  private mutating func describeExternal(_ system: inout AutomationSystem, _ root: DataNode) {
    if let provider = root["provider"], let text = provider.string?.lowercased() {
      let technologies = [
        ("salesforce", "Salesforce Agentforce"), ("wx.ai", "IBM watsonx.ai"),
        ("watsonx", "IBM watsonx Assistant"), ("external_chat/a2a", "Agent2Agent (A2A)"),
      ]
      if let technology = technologies.first(where: { text.hasPrefix($0.0) })?.1 {
        system.technology.state(technology, provider.evidence)
      }
    }
    if let model = root["chat_params"]?["model"]?.string?.trimmedOrNil { system.models = [model] }
    if let address = root["api_url"], let text = address.string?.trimmedOrNil {
      let shown = publicAddress(text)
      addCall(shown, of: system.name, address.evidence)
      system.addAddress(shown)
    }
    addAuthentication(of: system.name, root, scheme: root["auth_scheme"])
    system.unknowns.append(
      "It runs outside watsonx Orchestrate; what it does and uses is not in this file.")
  }

  private mutating func describeAssistant(_ system: inout AutomationSystem, _ root: DataNode) {
    system.technology.state("IBM watsonx Assistant", (root["kind"] ?? root).evidence)
    let config = root["config"]
    if let id = config?["assistant_id"]?.string?.trimmedOrNil { system.addAlias(id) }
    if let address = config?["service_instance_url"] ?? config?["instance_url"],
      let text = address.string?.trimmedOrNil
    {
      reading.fragment.triggers.append(
        Trigger(
          system: system.name, kind: .call, expression: publicAddress(text),
          evidence: address.evidence))
    }
    addAuthentication(of: system.name, root, scheme: config?["auth_type"])
    system.unknowns.append("What the assistant does and uses is in watsonx Assistant.")
  }

  /// The connection by which an agent outside is opened, else the kind of credential.
  private mutating func addAuthentication(of system: String, _ root: DataNode, scheme: DataNode?) {
    let named = [
      root["app_id"], root["connection_id"], root["config"]?["connection_id"],
    ].lazy.compactMap { $0 }.first
    if let node = named, let name = node.string?.trimmedOrNil {
      addCredential(name, of: system, node.evidence)
    } else if let scheme, let name = scheme.string?.trimmedOrNil,
      !["NONE", "<hidden>"].contains(name)
    {
      addCredential(name, of: system, scheme.evidence)
    }
  }

  // MARK: Names

  /// The name of a thing and where it stands.
  func watsonxName(_ root: DataNode) -> (name: String, node: DataNode)? {
    for key in ["name", "display_name", "title"] {
      if let node = root[key], let name = node.text?.trimmedOrNil { return (name, node) }
    }
    return nil
  }
}

/// `name` of `name:3f2a…`, as the flow builder refers to agents and tools.
func withoutIdentifier(_ reference: String) -> String {
  guard let colon = reference.lastIndex(of: ":") else { return reference }
  let rest = reference[reference.index(after: colon)...]
  let isIdentifier = rest.count >= 16 && rest.allSatisfy { $0.isHexDigit || $0 == "-" }
  guard isIdentifier, colon != reference.startIndex else { return reference }
  return String(reference[..<colon])
}

/// The name of one of the product's own tools (`i__get_schedule_intrinsic_tool__`); `nil` for others.
func builtInTool(_ reference: String) -> String? {
  let suffix = "_intrinsic_tool__"
  guard reference.hasPrefix("i__"), reference.hasSuffix(suffix) else { return nil }
  let name = reference.dropFirst(3).dropLast(suffix.count)
  return name.isEmpty ? nil : String(name)
}

/// The toolkit and the tool of `toolkit:tool`; a tool by itself has none.
func toolkitAndTool(_ reference: String) -> (toolkit: String?, tool: String) {
  let plain = withoutIdentifier(reference)
  guard let colon = plain.firstIndex(of: ":"), colon != plain.startIndex else {
    return (nil, plain)
  }
  let tool = String(plain[plain.index(after: colon)...])
  return tool.isEmpty ? (nil, plain) : (String(plain[..<colon]), tool)
}
