import DocumentReading
import Facts
import Inventory

/// Descriptions of MCP servers, as registries, cards and bundles have them.
extension AgentStatements {
  /// Adds a server: how it is installed and reached, its tools, and the secrets that it asks for.
  mutating func addMCPServer(_ node: DataNode) {
    guard let named = node["name"] ?? node["serverInfo"]?["name"],
      let name = named.string?.trimmedOrNil
    else {
      reading.note(
        .medium, "a server of the list has no name; it is left out", at: node.location)
      return
    }
    var system = AutomationSystem(name: name, source: named.evidence)
    system.kind.state(
      .script,
      Evidence(.imported, named.location, note: "an MCP server is a program with tools for agents"))
    system.technology.state(mcpTechnology, named.evidence)
    let titles = [node["title"], node["display_name"], node["serverInfo"]?["title"]]
    for title in titles.compactMap({ $0?.string?.trimmedOrNil }) { system.addAlias(title) }
    if let text = node["description"], let purpose = text.string?.trimmedOrNil,
      purpose.contains(where: \.isLetter)
    {
      system.purpose.state(purpose, text.evidence)
    }
    let versions = [
      node["version"], node["version_detail"]?["version"], node["serverInfo"]?["version"],
    ]
    if let version = versions.lazy.compactMap({ $0 }).first, let text = version.text?.trimmedOrNil,
      !text.contains("${"), !text.contains("{{")
    {
      system.version.state(text, version.evidence)
    }
    for key in ["publisher", "provider", "author", "vendor"] {
      let publisher = node[key]?["name"] ?? node[key]?["organization"] ?? node[key]
      if let publisher, let text = publisher.string?.trimmedOrNil {
        system.creator.state(text, Evidence(.imported, publisher.location, note: key))
        break
      }
    }
    if let status = node["status"], status.string == "deleted" {
      system.status.state(.retired, status.evidence)
    }
    for package in node["packages"]?.array ?? [] { addPackage(package, &system) }
    for remote in node["remotes"]?.array ?? [] { addRemote(remote, &system) }
    addTransports(of: node, &system)
    addBundle(node, name)
    addTools(node, name)
    system.unknowns.append("Which applications its tools reach is not told by such a file.")
    add(system)
  }

  // MARK: Packages and addresses

  private mutating func addPackage(_ package: DataNode, _ system: inout AutomationSystem) {
    let identifier = package["identifier"] ?? package["name"]
    if let text = identifier?.string?.trimmedOrNil {
      system.addAlias(packageName(text))
    }
    addSettings(
      package["environmentVariables"] ?? package["environment_variables"], of: system.name)
    for key in [
      "packageArguments", "package_arguments", "runtimeArguments", "runtime_arguments",
    ] {
      addSettings(package[key], of: system.name)
    }
    if let transport = package["transport"] { addTransport(transport, &system) }
  }

  private mutating func addRemote(_ remote: DataNode, _ system: inout AutomationSystem) {
    addSettings(remote["headers"], of: system.name)
    addVariables(remote["variables"], of: system.name)
    addTransport(remote, &system)
  }

  private mutating func addTransports(of node: DataNode, _ system: inout AutomationSystem) {
    guard let transport = node["transport"] else {
      for key in ["url", "endpoint"] {
        if let address = node[key], address.string != nil { addAddress(address, &system) }
      }
      return
    }
    for item in transport.array ?? [transport] { addTransport(item, &system) }
    let authentication = node["authentication"]
    for scheme in (authentication?["schemes"] ?? authentication?["type"])?.texts ?? []
    where scheme.text.lowercased() != "none" {
      addCredential(scheme.text, of: system.name, scheme.node.evidence)
    }
  }

  private mutating func addTransport(_ transport: DataNode, _ system: inout AutomationSystem) {
    addSettings(transport["headers"], of: system.name)
    if let address = transport["url"] ?? transport["endpoint"], address.string != nil {
      addAddress(address, &system)
    } else if let kind = transport["type"] ?? Optional(transport), let text = kind.string {
      addCall(text, of: system.name, kind.evidence)
    }
  }

  private mutating func addAddress(_ node: DataNode, _ system: inout AutomationSystem) {
    guard let text = node.string?.trimmedOrNil else { return }
    let shown = publicAddress(text)
    addCall(shown, of: system.name, node.evidence)
    system.addAddress(shown)
  }

  // MARK: Settings that are secret

  private mutating func addSettings(_ list: DataNode?, of system: String) {
    for setting in list?.array ?? [] {
      let value = setting["value"]?.string ?? ""
      // `-e NAME={token}` sets a variable of a container.
      let assigned = value.firstIndex(of: "=").map { String(value[..<$0]) }
      let isVariable = ["-e", "--env"].contains(setting["name"]?.string ?? "")
      let name = isVariable ? assigned : setting["name"]?.string?.trimmedOrNil
      if let name, isSecret(setting) || hasSecret(setting["variables"]) || namesCredential(name) {
        addCredential(name.trimmingDashes, of: system, setting.evidence)
      } else {
        addVariables(setting["variables"], of: system)
      }
    }
  }

  private mutating func addVariables(_ variables: DataNode?, of system: String) {
    for variable in variables?.object ?? [] where isSecret(variable.value) {
      addCredential(variable.key, of: system, Evidence(.imported, variable.keyLocation))
    }
  }

  private func hasSecret(_ variables: DataNode?) -> Bool {
    (variables?.object ?? []).contains { isSecret($0.value) }
  }

  private func isSecret(_ node: DataNode) -> Bool {
    (node["isSecret"] ?? node["is_secret"] ?? node["sensitive"])?.bool == true
  }

  // MARK: Bundles and tools

  private mutating func addBundle(_ node: DataNode, _ name: String) {
    for member in node["server"]?["mcp_config"]?["env"]?.object ?? []
    where namesCredential(member.key) {
      addCredential(member.key, of: name, Evidence(.imported, member.keyLocation))
    }
    for member in node["user_config"]?.object ?? []
    where isSecret(member.value) && !hasEnvironment(node, member.key) {
      addCredential(member.key, of: name, Evidence(.imported, member.keyLocation))
    }
  }

  /// Whether a setting of the user only fills a variable that is listed already.
  private func hasEnvironment(_ node: DataNode, _ key: String) -> Bool {
    (node["server"]?["mcp_config"]?["env"]?.object ?? []).contains {
      namesCredential($0.key) && $0.value.string?.contains("user_config.\(key)}") == true
    }
  }

  private mutating func addTools(_ node: DataNode, _ name: String) {
    var seen: Set<String> = []
    for (tool, item) in node["tools"]?.named() ?? [] where seen.insert(tool).inserted {
      reading.fragment.steps.append(
        Step(
          system: name, id: tool,
          name: item["title"]?.string ?? item["annotations"]?["title"]?.string,
          kind: .action, evidence: item.evidence))
    }
  }
}

extension String {
  /// Without hyphens at the front, as options of commands have them.
  fileprivate var trimmingDashes: String {
    let rest = drop { $0 == "-" }
    return rest.isEmpty ? self : String(rest)
  }
}

/// A package or image without its version, so that two versions of it are one thing.
func packageName(_ identifier: String) -> String {
  var name = Substring(identifier)
  let start = name.hasPrefix("@") ? name.index(after: name.startIndex) : name.startIndex
  if let at = name[start...].firstIndex(of: "@") { name = name[..<at] }
  if let equals = name.ranges(of: "==").first { name = name[..<equals.lowerBound] }
  // `ghcr.io/owner/image:1.2`, but not the port in `host:5000/image`.
  if let colon = name.lastIndex(of: ":"), name.contains("/"), !name.contains("://"),
    !name[colon...].contains("/")
  {
    name = name[..<colon]
  }
  return name.isEmpty ? identifier : String(name)
}
