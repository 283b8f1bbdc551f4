import DocumentReading
import Facts
import Inventory

/// Tools and workbenches of AutoGen's components.
extension AutoGenComponents {
  /// Adds a tool that no agent of the file uses: an application with the hosts its code names.
  mutating func addLooseTool(_ tool: DataNode) {
    guard let name = toolName(tool) else { return }
    statements.addApplication(name, tool.evidence)
    addReach(of: tool, from: EntityReference(.application, name), depth: 0)
  }

  /// Adds a workbench that no agent of the file uses.
  mutating func addLooseWorkbench(_ bench: DataNode) {
    let provider = bench["provider"]?.string ?? ""
    if let parameters = bench["config"]?["server_params"] {
      let server = serverName(parameters, label: bench["label"]?.string)
      statements.addApplication(server, aliases: [bench["label"]?.string], bench.evidence)
    } else if provider.hasSuffix("StaticWorkbench") {
      for tool in bench["config"]?["tools"]?.array ?? [] { addLooseTool(tool) }
    }
  }

  /// Adds the use of a tool by an agent.
  mutating func addTool(_ tool: DataNode, of agent: EntityReference, depth: Int) {
    guard depth < 100 else { return }
    guard let name = toolName(tool) else {
      statements.reading.note(
        .low, "a tool of '\(agent.name)' has no name", at: tool.location)
      return
    }
    let config = tool["config"]
    // An agent or team as a tool is a call of that agent or team.
    for (key, inner) in [("agent", config?["agent"]), ("team", config?["team"])] {
      if let inner, inner["provider"] != nil {
        add(inner)
        let own = inner["config"]?["name"]?.string?.trimmedOrNil ?? inner["label"]?.string ?? name
        statements.connect(
          agent, .invokes, EntityReference(.system, own), .internalCall, "\(key) as tool",
          tool.evidence)
        return
      }
    }
    if let parameters = config?["server_params"] {
      addServer(parameters, label: nil, action: name, of: agent, tool.evidence)
      return
    }
    if config?["host"]?.string != nil, config?["json_schema"] != nil {
      addReach(of: tool, from: agent, depth: depth)
      return
    }
    statements.connect(
      agent, .invokes, EntityReference(.application, name), .internalCall, "tool", tool.evidence)
    addReach(of: tool, from: agent, depth: depth)
  }

  /// Adds the use of a workbench by an agent: an MCP server, or a fixed set of tools.
  mutating func addWorkbench(_ bench: DataNode, of agent: EntityReference, depth: Int) {
    guard depth < 100 else { return }
    if let parameters = bench["config"]?["server_params"] {
      let label = bench["label"]?.string?.trimmedOrNil
      addServer(parameters, label: label, action: "workbench", of: agent, bench.evidence)
    }
    for tool in bench["config"]?["tools"]?.array ?? [] {
      addTool(tool, of: agent, depth: depth + 1)
    }
  }

  private func toolName(_ tool: DataNode) -> String? {
    (tool["config"]?["name"]?.string ?? tool["name"]?.string ?? tool["label"]?.string
      ?? tool["config"]?["tool"]?["name"]?.string)?.trimmedOrNil
      ?? tool["provider"]?.string?.split(separator: ".").last.map(String.init)
  }

  // MARK: Servers of the Model Context Protocol

  private mutating func addServer(
    _ parameters: DataNode, label: String?, action: String, of agent: EntityReference,
    _ evidence: Evidence
  ) {
    let server = serverName(parameters, label: label)
    for part in [parameters["env"], parameters["headers"]] {
      for member in part?.object ?? [] where namesCredential(member.key) {
        statements.addCredential(
          member.key, of: agent.name, application: server, Evidence(.imported, member.keyLocation))
      }
    }
    statements.connect(
      agent, .invokes, EntityReference(.application, server), .mcp, action, evidence)
  }

  /// A server by its address or package, else by the label it has here.
  private func serverName(_ parameters: DataNode, label: String?) -> String {
    if let address = parameters["url"]?.string?.trimmedOrNil { return publicAddress(address) }
    let words = (parameters["args"]?.texts ?? []).map(\.text)
    let package = words.first { !$0.hasPrefix("-") && !["run", "tool", "exec"].contains($0) }
    return package.map(packageName) ?? label ?? parameters["command"]?.string ?? "MCP server"
  }

  // MARK: What a tool reaches

  private mutating func addReach(of tool: DataNode, from source: EntityReference, depth: Int) {
    guard let config = tool["config"] else { return }
    if let host = config["host"]?.string?.trimmedOrNil, config["json_schema"] != nil {
      let method = config["method"]?.string ?? "POST"
      let target = application(ofAddress: "https://\(host)/") ?? host
      statements.connect(
        source, httpDirection(method), EntityReference(.application, target), .api,
        "\(method) \(config["path"]?.string ?? "/")", tool.evidence)
      for member in config["headers"]?.object ?? [] where namesCredential(member.key) {
        statements.addCredential(
          member.key, of: source.name, application: target,
          Evidence(.imported, member.keyLocation))
      }
    }
    if let endpoint = config["endpoint"]?.string, let target = application(ofAddress: endpoint) {
      statements.connect(
        source, .reads, EntityReference(.application, target), .api, "search",
        data: [config["index_name"]?.string].compactMap { $0 }, tool.evidence)
    }
    if config["executor"]?.object != nil, source.kind == .system {
      statements.addPermission("run code", of: source.name, tool.evidence)
    }
    if let code = config["source_code"], let text = code.string {
      statements.addReach(ofCode: text, from: source, code)
    }
  }
}

extension AgentStatements {
  /// Adds the hosts and secrets that a piece of Python names.
  mutating func addReach(ofCode code: String, from source: EntityReference, _ node: DataNode) {
    let concluded = node.inferred("an address in the code of the tool")
    var targets: [String] = []
    for address in addresses(inCode: code) {
      guard let target = application(ofAddress: address), !targets.contains(target) else {
        continue
      }
      targets.append(target)
      connect(source, .invokes, EntityReference(.application, target), .api, "code", concluded)
    }
    guard source.kind == .system else { return }
    for name in environmentNames(inCode: code) where namesCredential(name) {
      addCredential(
        name, of: source.name, application: targets.count == 1 ? targets[0] : nil,
        node.inferred("a variable that the code of the tool reads"))
    }
  }
}
