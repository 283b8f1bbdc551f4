import DocumentReading
import Facts
import Inventory

/// Settings in which a client of the Model Context Protocol lists the servers that it uses.
///
/// Such a file says who is used, and often not by whom: then the user is an application named after
/// the folder, and no system.
struct MCPClientFile {
  private let root: DataNode
  private let path: String
  private let entries: [(name: String, node: DataNode, key: Evidence)]
  private var statements: AgentStatements

  init(_ root: DataNode, path: String) {
    self.root = root
    self.path = path
    entries = Self.serverLists(in: root).flatMap(Self.entries)
    statements = AgentStatements(path: path)
  }

  // MARK: Recognition

  /// The lists of servers in a document: maps from name to settings, or arrays of settings.
  static func serverLists(in root: DataNode) -> [DataNode] {
    var lists = [
      root["mcpServers"], root["context_servers"], root["servers"], root["mcp"]?["servers"],
      root["mcp"]?["mcpServers"], root["mcp"], root["amp.mcpServers"], root["mcp_servers"],
    ].compactMap { $0 }
    for project in root["projects"]?.object ?? [] {
      if let list = project.value["mcpServers"] { lists.append(list) }
    }
    let isExplicit = root["mcpServers"] != nil || root["context_servers"] != nil
    return lists.filter { list in
      let entries = Self.entries(of: list)
      if entries.isEmpty { return isExplicit && list.object?.isEmpty == true }
      return entries.allSatisfy { isServer($0.node) }
    }
  }

  private static func entries(of list: DataNode) -> [(name: String, node: DataNode, key: Evidence)]
  {
    if let members = list.object {
      return members.filter { $0.value.object != nil }.map {
        ($0.key, $0.value, Evidence(.imported, $0.keyLocation))
      }
    }
    return (list.array ?? []).compactMap { item in
      item["name"]?.string?.trimmedOrNil.map { ($0, item, item.evidence) }
    }
  }

  private static let addressKeys = ["url", "serverUrl", "httpUrl", "server_url", "endpoint", "uri"]

  private static func isServer(_ node: DataNode) -> Bool {
    if addressKeys.contains(where: { node[$0]?.string != nil }) { return true }
    let command = node["command"]
    if command?.string != nil || command?.array != nil || command?["path"] != nil { return true }
    let types = ["stdio", "http", "sse", "local", "remote", "streamable-http", "streamableHttp"]
    if let type = (node["type"] ?? node["transport"])?.string, types.contains(type) { return true }
    return node["source"]?.string == "extension" || node["settings"]?.object != nil
  }

  // MARK: Reading

  /// What the file says.
  func reading() -> FileReading {
    var copy = self
    return copy.read()
  }

  private mutating func read() -> FileReading {
    let user = addUser()
    var disabled = 0
    var packages: [String: Int] = [:]
    for (_, node, _) in entries {
      if let package = launch(of: node).package { packages[package, default: 0] += 1 }
    }
    for (name, node, evidence) in entries {
      if node["disabled"]?.bool == true || node["enabled"]?.bool == false {
        disabled += 1
        continue
      }
      let launch = launch(of: node)
      let isOwn = launch.package.map { packages[$0] == 1 } ?? false
      addServer(name, node, launch, isOwnPackage: isOwn, usedBy: user, evidence)
    }
    if disabled > 0 {
      statements.reading.note(
        .info, "\(disabled) servers are switched off and left out", at: root.location)
    }
    if statements.reading.fragment.isEmpty {
      statements.reading.isBeside = true
      statements.reading.note(.info, "the settings list no MCP server", at: root.location)
    }
    return statements.reading
  }

  private mutating func addServer(
    _ name: String, _ node: DataNode, _ launch: Launch, isOwnPackage: Bool,
    usedBy user: EntityReference, _ evidence: Evidence
  ) {
    var system = AutomationSystem(name: name, source: evidence)
    system.kind.state(
      .script,
      Evidence(
        .imported, evidence.location, note: "an MCP server is a program with tools for agents"))
    system.technology.state(mcpTechnology, evidence)
    if let text = node["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    if let package = launch.package, isOwnPackage, nameKey(package) != nameKey(name) {
      system.addAlias(package)
    }
    if let address = launch.address {
      statements.addCall(address, of: name, evidence)
      system.addAddress(address)
    }
    for environment in [node["env"], node["environment"], node["command"]?["env"]] {
      for member in environment?.object ?? [] where namesCredential(member.key) {
        statements.addCredential(member.key, of: name, Evidence(.imported, member.keyLocation))
      }
    }
    for headers in [node["headers"], node["requestInit"]?["headers"], node["http_headers"]] {
      for member in headers?.object ?? [] where namesCredential(member.key) {
        statements.addCredential(member.key, of: name, Evidence(.imported, member.keyLocation))
      }
    }
    system.unknowns.append("Which applications its tools reach is not told by such a file.")
    statements.connect(
      user, .invokes, EntityReference(.system, name), .mcp, launch.transport, evidence)
    statements.add(system)
    addAllowedTools(node, server: name, usedBy: user)
  }

  /// Tools that the client may call, and those that it calls without asking a person.
  private mutating func addAllowedTools(
    _ node: DataNode, server: String, usedBy user: EntityReference
  ) {
    for key in ["autoApprove", "alwaysAllow"] {
      for (tool, item) in node[key]?.named() ?? [] {
        statements.addPermission(
          "\(tool) without asking", of: user.name, application: server, item.evidence)
      }
    }
    if let trust = node["trust"], trust.bool == true {
      statements.addPermission(
        "all tools without asking", of: user.name, application: server, trust.evidence)
    }
    for key in ["includeTools", "tools", "enabledTools", "allowedTools"] {
      for (tool, item) in node[key]?.named() ?? [] where tool != "*" {
        statements.addPermission("tool \(tool)", of: user.name, application: server, item.evidence)
      }
    }
  }

  // MARK: Who uses the servers

  private mutating func addUser() -> EntityReference {
    let place = root.location
    if let node = root["name"], let name = node.string?.trimmedOrNil {
      // The settings of one agent, or of an extension that brings servers with it.
      var system = AutomationSystem(name: name, source: node.evidence)
      let isAgent = ["prompt", "model", "instructions", "tools", "allowedTools"].contains {
        root[$0] != nil
      }
      if isAgent { system.kind.state(.agent, node.evidence) }
      if let text = root["description"], let purpose = text.string?.trimmedOrNil {
        system.purpose.state(purpose, text.evidence)
      }
      if let version = root["version"], let text = version.text {
        system.version.state(text, version.evidence)
      }
      if let model = root["model"]?.string?.trimmedOrNil { system.models = [model] }
      for tool in root["allowedTools"]?.texts ?? [] {
        statements.addPermission("\(tool.text) without asking", of: name, tool.node.evidence)
      }
      statements.add(system)
      return EntityReference(.system, name)
    }
    let folder = projectFolder(of: path)
    if let (client, note) = client() {
      let name = folder.map { "\(client) in \($0)" } ?? client
      let evidence = Evidence(.inferred, place, note: note)
      var system = AutomationSystem(name: name, source: evidence)
      system.kind.state(.agent, evidence)
      system.technology.state(client, evidence)
      system.unknowns.append("Who works with it, and with which model, is not in its settings.")
      statements.add(system)
      return EntityReference(.system, name)
    }
    let name = folder.map { "MCP client of \($0)" } ?? "MCP client"
    statements.reading.note(
      .info, "the file does not say which client uses these servers", at: place)
    return EntityReference(.application, name)
  }

  /// The client that writes such settings, by their dialect or their customary place.
  private func client() -> (name: String, note: String)? {
    let dialect = "told by the dialect of its settings"
    if root["context_servers"] != nil { return ("Zed", dialect) }
    if root["$schema"]?.string?.contains("opencode.ai") == true { return ("OpenCode", dialect) }
    if root["amp.mcpServers"] != nil { return ("Amp", dialect) }
    if entries.contains(where: { $0.node["serverUrl"] != nil }) { return ("Windsurf", dialect) }
    if entries.contains(where: { $0.node["httpUrl"] != nil }) { return ("Gemini CLI", dialect) }
    if root["servers"]?.object != nil || root["mcp"]?["servers"]?.object != nil {
      return ("Visual Studio Code", dialect)
    }
    let places = [
      ("claude_desktop_config.json", "Claude Desktop"), (".claude.json", "Claude Code"),
      (".claude/settings.json", "Claude Code"), (".cursor/mcp.json", "Cursor"),
      (".vscode/mcp.json", "Visual Studio Code"), ("windsurf/mcp_config.json", "Windsurf"),
      (".gemini/settings.json", "Gemini CLI"), ("cline_mcp_settings.json", "Cline"),
      (".roo/mcp.json", "Roo Code"), (".kiro/settings/mcp.json", "Kiro"),
      (".amazonq/mcp.json", "Amazon Q Developer"), (".junie/mcp/mcp.json", "Junie"),
      ("librechat.yaml", "LibreChat"), (".lmstudio/mcp.json", "LM Studio"),
      (".copilot/mcp-config.json", "GitHub Copilot CLI"),
    ]
    let lowered = path.lowercased()
    let known = places.first { lowered == $0.0 || lowered.hasSuffix("/\($0.0)") }
    return known.map { ($0.1, "told by the customary place of its settings") }
  }

  /// The folder of the project, above folders of settings such as `.vscode`.
  private func projectFolder(of path: String) -> String? {
    let folders = path.split { $0 == "/" || $0 == "!" }.dropLast().map(String.init)
    return folders.last { !$0.hasPrefix(".") && !["settings", "mcp", "config"].contains($0) }
  }

  // MARK: How a server is started

  private struct Launch {
    var transport: String
    var package: String?
    var address: String?
  }

  private func launch(of node: DataNode) -> Launch {
    let addresses = Self.addressKeys.map { node[$0] } + [node["settings"]?["url"]]
    if let address = addresses.lazy.compactMap({ $0?.string?.trimmedOrNil }).first {
      let declared = (node["type"] ?? node["transport"])?.string?.trimmedOrNil
      return Launch(transport: declared ?? "http", address: publicAddress(address))
    }
    var words: [String] = []
    for part in [
      node["command"]?["path"] ?? node["command"], node["command"]?["args"] ?? node["args"],
    ] {
      words += part?.texts.map(\.text) ?? []
    }
    let bridged = words.contains { ["mcp-remote", "supergateway"].contains(packageName($0)) }
    let address = words.first { $0.hasPrefix("http://") || $0.hasPrefix("https://") }
    if bridged, let address {
      return Launch(transport: "http", address: publicAddress(address))
    }
    return Launch(transport: "stdio", package: package(startedBy: words))
  }

  /// The registered package or image that a command starts; `nil` for scripts on disk.
  private func package(startedBy words: [String]) -> String? {
    guard let command = words.first.map({ stem(of: lastComponent(of: $0)).lowercased() }) else {
      return nil
    }
    var rest = Array(words.dropFirst())
    // `cmd /c npx …` on Windows, `uv tool run …`, `pnpm dlx …`, `docker run …`.
    if command == "cmd", let shift = rest.firstIndex(where: { !$0.hasPrefix("/") }) {
      return package(startedBy: Array(rest[shift...]))
    }
    switch command {
    case "npx", "bunx", "uvx", "pipx": break
    case "npm", "pnpm", "yarn", "bun", "uv":
      guard let verb = rest.firstIndex(where: { ["exec", "dlx", "x", "run"].contains($0) }),
        command != "uv" || rest.contains("tool")
      else { return nil }
      rest = Array(rest[rest.index(after: verb)...])
    case "docker", "podman": return image(in: rest)
    default: return nil
    }
    if rest.first == "run" { rest.removeFirst() }
    var index = 0
    while index < rest.count {
      let word = rest[index]
      if ["--from", "-p", "--package", "--with", "--python"].contains(word) {
        if word != "--with", word != "--python", index + 1 < rest.count {
          return packageName(rest[index + 1])
        }
        index += 2
      } else if word.hasPrefix("-") {
        index += 1
      } else {
        let isPath = word.hasPrefix(".") || word.hasPrefix("/") || word.contains("\\")
        return isPath || word.contains("{") ? nil : packageName(word)
      }
    }
    return nil
  }

  /// The image of `docker run`, after options with values.
  private func image(in words: [String]) -> String? {
    guard let run = words.firstIndex(of: "run") else { return nil }
    let withValue: Set<String> = [
      "-e", "--env", "-v", "--volume", "--mount", "--name", "--network", "-p", "--publish",
      "--env-file", "-w", "--workdir", "-u", "--user", "--entrypoint", "--platform", "-m",
      "--memory", "--cpus", "--add-host", "-l", "--label", "--pull",
    ]
    var index = words.index(after: run)
    while index < words.count {
      let word = words[index]
      if withValue.contains(word) {
        index += 2
      } else if word.hasPrefix("-") {
        index += 1
      } else {
        return word.contains("{") ? nil : packageName(word)
      }
    }
    return nil
  }
}
