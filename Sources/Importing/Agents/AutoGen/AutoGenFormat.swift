import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// AutoGen and AG2: components of AgentChat (version 0.4 and later) by themselves, in lists and in
  /// galleries of AutoGen Studio, and what the Studio of version 0.2 exported.
  static let autoGen = ImportFormat(
    id: "autogen", title: "AutoGen agents and teams",
    isFormat: { file in
      let first = file.firstByte
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
        AutoGenFile.marks.contains(where: file.contains), let root = try? file.json()
      else { return false }
      return AutoGenFile.content(of: root) != nil
    },
    readFile: { file throws(DocumentError) in
      AutoGenFile(try file.json(), path: file.path).reading()
    })
}

/// One file of AutoGen.
struct AutoGenFile {
  /// Product, as it is shown.
  static let product = "AutoGen"

  /// Texts of which a file of AutoGen has at least one.
  static let marks = [
    "\"component_type\"", "autogen_", "\"human_input_mode\"", "\"llm_config\"", "\"api_type\"",
    "\"summary_method\"", "\"groupchat_config\"", "\"is_termination_msg\"", "\"user_id\"",
  ]

  /// What a file holds.
  enum Content {
    case components([DataNode])
    case agent, workflow, model, skill
    case list([DataNode])
  }

  private let root: DataNode
  private let path: String

  init(_ root: DataNode, path: String) {
    self.root = root
    self.path = path
  }

  // MARK: Recognition

  /// What a document holds; `nil` where it is not of AutoGen.
  static func content(of root: DataNode) -> Content? {
    if let items = root.array {
      guard !items.isEmpty else { return nil }
      if items.allSatisfy(isComponent) { return .components(items) }
      let isLegacy = items.allSatisfy { $0.array == nil && content(of: $0) != nil }
      return isLegacy ? .list(items) : nil
    }
    guard root.object != nil else { return nil }
    if isComponent(root) { return .components([root]) }
    // A gallery lists components by type, also inside the record of a database.
    for gallery in [root["components"], root["config"]?["components"]] {
      let listed = (gallery?.object ?? []).flatMap { $0.value.array ?? [] }
      if !listed.isEmpty, listed.allSatisfy(isComponent) { return .components(listed) }
    }
    // Records of the Studio keep a component under `component` or `config`.
    for inner in [root["component"], root["config"]] {
      if let inner, isComponent(inner) { return .components([inner]) }
    }
    return legacyContent(of: root)
  }

  private static func isComponent(_ node: DataNode) -> Bool {
    guard let provider = node["provider"]?.string,
      node["config"]?.object != nil || node["participants"]?.array != nil
    else {
      return false
    }
    return provider.hasPrefix("autogen_") || provider.hasPrefix("autogenstudio")
      || (node["component_type"]?.string != nil && provider.contains("."))
  }

  private static func legacyContent(of root: DataNode) -> Content? {
    let config = root["config"]
    let agentKeys = ["human_input_mode", "llm_config", "is_termination_msg", "system_message"]
    let agentTypes = ["assistant", "userproxy", "groupchat"]
    if let type = root["type"]?.string, agentTypes.contains(type), let config,
      agentKeys.contains(where: { config[$0] != nil })
    {
      return .agent
    }
    if root["sender"]?["config"] != nil, root["receiver"]?["config"] != nil { return .workflow }
    if root["type"]?.string.map({ ["autonomous", "sequential", "twoagents"].contains($0) }) == true,
      root["summary_method"] != nil || root["sample_tasks"] != nil
    {
      return .workflow
    }
    if root["flow"]?["sender"] != nil, root["flow"]?["receiver"] != nil { return .workflow }
    if root["model"]?.string != nil, root["api_type"] != nil, root.object?.count ?? 0 < 16,
      root["base_url"] != nil || root["api_version"] != nil || root["user_id"] != nil
    {
      return .model
    }
    if root["name"]?.string != nil, let code = root["content"]?.string, code.contains("def "),
      root["user_id"] != nil || root["secrets"] != nil || root["libraries"] != nil
    {
      return .skill
    }
    return nil
  }

  // MARK: Reading

  /// What the file says.
  func reading() -> FileReading {
    var statements = AgentStatements(path: path)
    switch Self.content(of: root) {
    case .components(let components):
      var walk = AutoGenComponents(statements, path: path)
      for component in components { walk.add(component) }
      statements = walk.statements
    case .list(let items):
      for item in items { addLegacy(item, to: &statements) }
    default: addLegacy(root, to: &statements)
    }
    if statements.reading.fragment.isEmpty, !statements.reading.hasFailed {
      statements.reading.isBeside = true
      statements.reading.note(
        .info, "the file describes models or conditions, and no agent, team or tool uses them here",
        at: root.location)
    }
    return statements.reading
  }

  private func addLegacy(_ node: DataNode, to statements: inout AgentStatements) {
    switch Self.content(of: node) {
    case .agent: statements.addLegacyAutoGenAgent(node)
    case .workflow: statements.addLegacyAutoGenWorkflow(node, path: path)
    case .skill: statements.addLegacyAutoGenSkill(node)
    default: break
    }
  }
}
