import DocumentReading
import Facts
import Inventory

/// How the Model Context Protocol is shown as a technology.
let mcpTechnology = "Model Context Protocol (MCP)"

extension ImportFormat {
  /// Files of the Model Context Protocol: `server.json` of its registry in all versions of its
  /// schema, server cards, bundles, and the settings in which clients list the servers they use.
  static let mcp = ImportFormat(
    id: "mcp", title: "Model Context Protocol",
    isFormat: { file in MCPFile(file) != nil },
    readFile: { file throws(DocumentError) in
      guard let found = MCPFile(file) else {
        throw DocumentError(
          .malformed, "the file is no description of an MCP server or client", at: file.location)
      }
      return found.reading(path: file.path)
    })
}

/// One file of the Model Context Protocol and what it is.
struct MCPFile {
  private enum Content {
    /// Descriptions of servers: entries of a registry, cards, bundles.
    case servers([DataNode])
    /// The settings of a client.
    case client
  }

  private let root: DataNode
  private let content: Content

  /// Finds out what a file is; `nil` where it has nothing to do with the protocol.
  init?(_ file: CandidateFile) {
    let isJSON = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "/")].contains(file.firstByte)
    let marks = [
      "mcpServers", "context_servers", "\"servers\"", "\"packages\"", "\"remotes\"", "\"mcp\"",
      "\"transport\"", "mcp_config", "entry_point", "modelcontextprotocol",
    ]
    guard file.firstByte != UInt8(ascii: "<"), marks.contains(where: file.contains) else {
      return nil
    }
    if isJSON {
      guard let node = try? file.jsonWithComments() else { return nil }
      root = node
    } else {
      // Only clients write YAML: Continue, LibreChat.
      guard file.contains("mcpServers:"), let node = try? file.yaml(), node.object != nil else {
        return nil
      }
      root = node
    }
    if let servers = Self.descriptions(in: root) {
      content = .servers(servers)
    } else if !MCPClientFile.serverLists(in: root).isEmpty {
      content = .client
    } else {
      return nil
    }
  }

  private static func descriptions(in root: DataNode) -> [DataNode]? {
    if isDescription(root) { return [root] }
    if let inner = root["server"], isDescription(inner) { return [inner] }
    guard let listed = root.array ?? root["servers"]?.array, !listed.isEmpty else { return nil }
    let servers = listed.map { $0["server"]?.object == nil ? $0 : $0["server"] ?? $0 }
    return servers.contains(where: isDescription) ? servers : nil
  }

  private static func isDescription(_ node: DataNode) -> Bool {
    if let schema = node["$schema"]?.string, schema.contains("modelcontextprotocol"),
      schema.contains("server"), node["name"] != nil || node["serverInfo"] != nil
    {
      return true
    }
    let name = node["name"]?.string ?? node["serverInfo"]?["name"]?.string
    guard name != nil, node["skills"] == nil, node["mcpServers"] == nil else { return false }
    let registryKeys = ["registryType", "registry_type", "registry_name", "registryBaseUrl"]
    let isPackage = (node["packages"]?.array ?? []).contains { package in
      registryKeys.contains { package[$0] != nil }
    }
    let isRemote = (node["remotes"]?.array ?? []).contains {
      $0["url"]?.string != nil && ($0["type"] ?? $0["transport_type"] ?? $0["transport"]) != nil
    }
    // A card lists tools and how they are reached; a bundle says how its server is started.
    let transports = ["stdio", "http", "sse", "streamable-http", "streamable_http"]
    let transport =
      node["transport"]?["type"]?.string ?? node["transport"]?.string
      ?? node["transport"]?.array?.first?.string
      ?? node["transport"]?.array?.first?["type"]?.string
    let isCard =
      (transport.map { transports.contains($0.lowercased()) } ?? false)
      && (node["tools"] != nil || node["capabilities"] != nil || node["serverInfo"] != nil)
    let server = node["server"]
    let isBundle =
      (node["manifest_version"] ?? node["dxt_version"] ?? node["mcpb_version"]) != nil
      && (server?["mcp_config"]?.object != nil || server?["entry_point"]?.string != nil)
    return isPackage || isRemote || isCard || isBundle
  }

  /// What the file says.
  func reading(path: String) -> FileReading {
    var statements = AgentStatements(path: path)
    switch content {
    case .servers(let servers):
      for server in servers { statements.addMCPServer(server) }
      return statements.reading
    case .client: return MCPClientFile(root, path: path).reading()
    }
  }
}
