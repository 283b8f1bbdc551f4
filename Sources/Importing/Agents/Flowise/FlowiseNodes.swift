import DocumentReading
import Facts
import Inventory

/// What the types and categories of Flowise's nodes mean.
///
/// Source: Flowise documentation, "Agentflow V2", "Sequential Agents", "Multi Agents" and the reference
/// of its nodes.
enum FlowiseNodes {
  static func role(_ type: String, category: String) -> CanvasComponent.Role {
    if let known = roles[type] { return known }
    switch category {
    case "Chat Models", "LLMs": return .model
    case "Embeddings": return .embeddings
    case "Vector Stores", "Graph": return internalStores.contains(type) ? .other : .store
    case "Agents", "Multi Agents": return .agent
    case "Tools (MCP)", "MCP Servers": return .server
    case "Tools": return .tool
    case "Memory", "Record Manager", "Cache": return .memory
    case "Document Loaders", "Retrievers": return .loader
    case "Moderation": return .guardrail
    default: return type.hasSuffix("MCP") ? .server : .other
    }
  }

  private static let roles: [String: CanvasComponent.Role] = [
    "startAgentflow": .start, "seqStart": .start, "agentAgentflow": .agent, "seqAgent": .agent,
    "smartAgentAgentflow": .agent, "toolAgentflow": .tool, "retrieverAgentflow": .tool,
    "httpAgentflow": .request,
    "conditionAgentAgentflow": .decision, "conditionAgentflow": .decision,
    "seqCondition": .decision, "seqConditionAgent": .decision, "ifElseFunction": .decision,
    "humanInputAgentflow": .person, "loopAgentflow": .group, "iterationAgentflow": .group,
    "seqLoop": .group, "seqState": .group, "executeFlowAgentflow": .flow, "seqExecuteFlow": .flow,
    "chatflowTool": .flow, "agentAsTool": .flow, "customFunctionAgentflow": .code,
    "customFunction": .code, "seqCustomFunction": .code, "requestsGet": .request,
    "requestsPost": .request, "requestsPut": .request, "requestsDelete": .request,
    "customMCP": .server, "customMcpServer": .server,
  ]

  private static let internalStores: Set<String> = [
    "memoryVectorStore", "simpleStoreLlamaIndex", "faiss", "documentStoreVS",
  ]

  /// Tools that do their work inside Flowise.
  static func isOwnTool(_ type: String) -> Bool {
    [
      "calculator", "currentDateTime", "jsonPathExtractor", "openAPIToolkit", "codeInterpreterE2B",
      "chainTool", "stringOperations",
    ].contains(type)
  }

  /// The application that a tool leads to.
  static func application(_ type: String) -> String {
    switch type {
    case "webBrowser", "webScraperTool": return "World Wide Web"
    case "readFile", "writeFile": return "File system"
    default: return knownService(type) ?? words(ofIdentifier: type)
    }
  }

  /// The server that a node of the Model Context Protocol leads to: `slackMCP` is Slack's.
  static func server(_ type: String) -> String {
    let plain = type.hasSuffix("MCP") ? String(type.dropLast(3)) : type
    return knownService(plain) ?? words(ofIdentifier: plain)
  }

  /// The application of a memory or loader outside Flowise, where its product is not listed.
  static func outside(_ component: CanvasComponent) -> String? {
    let own = [
      "bufferMemory", "bufferWindowMemory", "conversationSummaryMemory", "agentMemory",
      "conversationSummaryBufferMemory", "inMemoryCache", "inMemoryEmbeddingCache",
      "documentStore", "sqliteAgentMemory", "plainText",
    ]
    let name = component.type.lowercased()
    if own.contains(component.type) { return nil }
    if component.role == .loader {
      if ["cheerio", "puppeteer", "playwright", "spider"].contains(where: name.contains) {
        return "World Wide Web"
      }
      // Files that are put into the flow's own settings.
      let isFile = name.hasSuffix("file") || name.hasSuffix("retriever") || name.contains("folder")
      return isFile ? nil : words(ofIdentifier: component.type)
    }
    return words(ofIdentifier: component.type)
  }

  /// What the designer shows as a node's name.
  static func label(_ data: DataNode) -> String? {
    let inputs = data["inputs"]
    for key in [
      "agentName", "workerName", "supervisorName", "conditionAgentName", "conditionName",
      "llmNodeName", "toolNodeName", "seqExecuteFlowName",
    ] {
      if let name = inputs?[key]?.string?.trimmedOrNil { return name }
    }
    return data["label"]?.string?.trimmedOrNil
  }

  /// Texts in a list that may be written as text (`["a","b"]`).
  static func list(_ node: DataNode?) -> [String] {
    guard let node else { return [] }
    if let text = node.string {
      let inner = try? parseJSON(Array(text.utf8), path: node.location.path)
      return inner?.array?.compactMap(\.string) ?? []
    }
    return (node.array ?? []).compactMap(\.string)
  }

  /// A text without the marks of the rich text editor: `<p>https://…</p>`.
  static func plain(_ text: String) -> String {
    guard text.contains("<") else { return text }
    var kept = ""
    var isTag = false
    for character in text.prefix(2000) {
      switch character {
      case "<": isTag = true
      case ">": isTag = false
      default: if !isTag { kept.append(character) }
      }
    }
    return kept
  }
}
