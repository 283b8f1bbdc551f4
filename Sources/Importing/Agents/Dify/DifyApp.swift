import DocumentReading
import Facts
import Inventory

/// One app of Dify: a graph of nodes, or a model with its settings.
struct DifyApp {
  /// Product, as it is shown.
  static let product = "Dify"

  private let root: DataNode
  let name: String
  private let named: Evidence
  var statements: AgentStatements
  var system: AutomationSystem

  init(_ root: DataNode, path: String) {
    self.root = root
    let title = root["app"]?["name"] ?? root["rag_pipeline"]?["name"]
    if let title, let text = title.text?.trimmedOrNil {
      name = text
      named = title.evidence
    } else {
      name = stem(of: lastComponent(of: path))
      named = root.inferred("named after its file, which states no name")
    }
    statements = AgentStatements(path: path)
    system = AutomationSystem(name: name, source: named)
  }

  var source: EntityReference { EntityReference(.system, name) }

  /// What the app says.
  mutating func reading() -> FileReading {
    describe()
    if let graph = root["workflow"]?["graph"] {
      addSettings(root["workflow"]?["features"])
      addVariables()
      addGraph(graph)
    }
    if let config = root["model_config"], config.object != nil { addModelConfig(config) }
    statements.add(system)
    // Agents inside it come after the app.
    let first = statements.reading.fragment.systems.firstIndex { $0.name == name }
    if let first, first > 0 {
      let own = statements.reading.fragment.systems.remove(at: first)
      statements.reading.fragment.systems.insert(own, at: 0)
    }
    return statements.reading
  }

  private mutating func describe() {
    let app = root["app"] ?? root["rag_pipeline"]
    let mode = app?["mode"]
    let whole = (mode ?? root["kind"] ?? root).evidence
    let isGraph = ["workflow", "advanced-chat"].contains(mode?.string) || mode == nil
    system.kind.state(isGraph ? .workflow : .agent, whole)
    system.technology.state(Self.product, whole)
    if let text = app?["description"], let purpose = singleLine(text.string) {
      system.purpose.state(purpose, text.evidence)
    }
    if mode?.string != "workflow", mode != nil {
      statements.addTrigger(
        .manual, "chat", of: name,
        Evidence(.imported, whole.location, note: "an app that people use by chat or page"))
    }
    system.unknowns.append("Whether it is published and how often it runs is not in its file.")
  }

  // MARK: Settings

  private mutating func addSettings(_ features: DataNode?) {
    guard let check = features?["sensitive_word_avoidance"], check["enabled"]?.bool == true else {
      return
    }
    let kind = check["type"]?.string?.trimmedOrNil.map { " (\($0))" } ?? ""
    statements.addGuardrail("sensitive word avoidance\(kind)", of: name, check.evidence)
  }

  private mutating func addVariables() {
    for variable in root["workflow"]?["environment_variables"]?.array ?? []
    where variable["value_type"]?.string == "secret" {
      guard let title = variable["name"]?.string?.trimmedOrNil else { continue }
      statements.addCredential(title, of: name, variable.evidence)
    }
  }

  // MARK: Apps without a graph

  private mutating func addModelConfig(_ config: DataNode) {
    addSettings(config)
    addModel(config["model"], of: name, to: source, config["model"]?.evidence ?? config.evidence)
    let agent = config["agent_mode"]
    if agent?["enabled"]?.bool != false {
      for tool in agent?["tools"]?.array ?? [] { addTool(tool, of: source, action: "tool") }
    }
    let datasets = config["dataset_configs"]?["datasets"]?["datasets"]?.array ?? []
    for item in datasets {
      guard let set = item["dataset"], set["enabled"]?.bool != false else { continue }
      addKnowledge(set["id"], "knowledge", from: source, set.evidence)
    }
    for tool in config["external_data_tools"]?.array ?? [] where tool["enabled"]?.bool != false {
      let title = (tool["label"] ?? tool["variable"])?.text?.trimmedOrNil ?? "external data"
      statements.connect(
        source, .reads, EntityReference(.application, title), .api, "external data tool",
        tool.evidence)
    }
  }

  // MARK: Parts

  /// Adds the model that a node or app uses, and the call of its provider.
  mutating func addModel(
    _ model: DataNode?, of user: String, to source: EntityReference, action: String = "model",
    _ evidence: Evidence
  ) {
    guard let model, model.object != nil else { return }
    let title = (model["name"] ?? model["model"])?.text?.trimmedOrNil
    if let title {
      system.addModel(title)
      if user != name {
        var other = AutomationSystem(name: user, source: evidence)
        other.addModel(title)
        statements.add(other)
      }
    }
    guard let provider = model["provider"]?.string?.trimmedOrNil ?? title else { return }
    statements.connect(
      source, .invokes, EntityReference(.application, modelProvider(provider)), .api, action,
      evidence)
  }

  /// Adds the reading of a knowledge base, of which a file has the identifier only.
  mutating func addKnowledge(
    _ id: DataNode?, _ action: String, kind: Connection.Kind = .reads,
    from source: EntityReference, _ evidence: Evidence
  ) {
    let shown = id?.text?.trimmedOrNil.map { "Dify knowledge \($0.prefix(36))" }
    statements.connect(
      source, kind, EntityReference(.application, shown ?? "Dify knowledge of \(name)"),
      .internalCall, action, evidence)
  }

  /// Adds the use of a tool: of a product, of an interface, of another workflow or of a server.
  mutating func addTool(_ tool: DataNode, of source: EntityReference, action: String? = nil) {
    guard tool["enabled"]?.bool != false else { return }
    let evidence = tool.evidence
    let kind = tool["provider_type"]?.string ?? tool["type"]?.string ?? "builtin"
    let provider =
      [tool["provider_name"], tool["provider_id"], tool["provider"]].lazy.compactMap {
        $0?.string?.trimmedOrNil
      }.first
    let operation = (tool["tool_name"] ?? tool["tool_label"])?.string?.trimmedOrNil
    switch kind {
    case "workflow":
      let target = tool["tool_label"]?.string?.trimmedOrNil ?? provider ?? operation
      statements.connect(
        source, .invokes, EntityReference(.system, target ?? "computed workflow of '\(name)'"),
        .internalCall, action ?? operation, evidence)
    case "mcp":
      let server = provider ?? operation ?? "MCP server"
      statements.connect(
        source, .invokes, EntityReference(.system, server), .mcp, operation, evidence)
    case "dataset-retrieval", "dataset":
      addKnowledge(tool["dataset_id"] ?? tool["provider_id"], "knowledge", from: source, evidence)
    default:
      let id = provider ?? operation ?? "tool"
      let isOwn = DifyNodeKind.isInternal(id)
      let target =
        isOwn ? Self.product : knownService(lastPart(id)) ?? words(ofIdentifier: lastPart(id))
      statements.connect(
        source, operation.flatMap(direction(ofOperation:)) ?? .invokes,
        EntityReference(.application, target), isOwn ? .internalCall : .api, operation ?? action,
        evidence)
    }
    if let credential = tool["credential_id"]?.string?.trimmedOrNil {
      statements.addCredential(
        "\(provider ?? operation ?? "tool") credential \(credential.prefix(8))", of: source.name,
        tool["credential_id"]?.evidence ?? evidence)
    }
  }

  private func lastPart(_ id: String) -> String {
    id.split(separator: "/").last.map(String.init) ?? id
  }
}
