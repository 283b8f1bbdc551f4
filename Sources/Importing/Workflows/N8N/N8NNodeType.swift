import Inventory

/// What the type of a node tells of it.
///
/// Source: n8n documentation, node reference (docs.n8n.io/integrations): core nodes, cluster nodes and
/// triggers. What is not listed there as a core or cluster node leads to an application.
struct N8NNodeType {
  /// Package, such as `n8n-nodes-base`.
  let package: String
  /// Name within the package.
  let short: String

  init(_ type: String) {
    let dot = type.lastIndex(of: ".")
    package = dot.map { String(type[..<$0]) } ?? ""
    short = dot.map { String(type[type.index(after: $0)...]) } ?? type
  }

  /// Whether it is one of the product's own packages.
  var isBuiltIn: Bool {
    ["n8n-nodes-base", "@n8n/n8n-nodes-langchain", "n8n-nodes-langchain", ""].contains(package)
  }

  var isNote: Bool { short == "stickyNote" }
  var isAgent: Bool { ["agent", "agentTool"].contains(short) && package.hasSuffix("langchain") }

  var isTrigger: Bool {
    short.hasSuffix("Trigger")
      || isBuiltIn
        && ["webhook", "start", "cron", "interval", "emailReadImap"].contains(short)
  }

  /// Whether the node asks a person before a tool is used.
  var isToolReview: Bool { short.hasSuffix("HitlTool") }

  /// Whether the node runs another workflow.
  var callsWorkflow: Bool {
    isBuiltIn && ["executeWorkflow", "toolWorkflow", "retrieverWorkflow"].contains(short)
  }

  var isModel: Bool {
    short.hasPrefix("lmChat")
      || short.hasPrefix("lm") && short.dropFirst(2).first?.isUppercase == true
      || short.hasPrefix("embeddings")
  }

  /// Whether everything that the node does stays within n8n.
  var isInternal: Bool {
    guard isBuiltIn else { return false }
    if Self.core.contains(short) || isAgent { return true }
    let prefixes = [
      "outputParser", "textSplitter", "chain", "document", "retriever", "vectorStoreInMemory",
    ]
    return prefixes.contains(where: short.hasPrefix)
  }

  /// Whether the node is a tool that n8n itself provides.
  var isBuiltInTool: Bool {
    isBuiltIn && ["toolCode", "toolCalculator", "toolThink", "toolVectorStore"].contains(short)
  }

  var kind: Step.Kind {
    if callsWorkflow || isAgent { return .call }
    if isTrigger { return .wait }
    guard isBuiltIn else { return .action }
    switch short {
    case "if", "switch", "filter", "textClassifier", "sentimentAnalysis", "compareDatasets",
      "modelSelector":
      return .decision
    case "splitInBatches", "merge", "noOp": return .group
    case "stopAndError", "guardrails": return .errorHandling
    case "wait": return .wait
    default: return .action
    }
  }

  /// The name of the application behind the node.
  var application: String {
    if isBuiltIn, let plain = Self.plainNames[short] { return plain }
    if let known = KnownApplication.named(byConnector: short) { return known }
    var rest = Substring(short)
    for suffix in ["Trigger", "HitlTool", "Tool"]
    where rest.hasSuffix(suffix) && rest.count > suffix.count {
      rest = rest.dropLast(suffix.count)
      break
    }
    if let known = KnownApplication.named(byConnector: String(rest)) { return known }
    if isBuiltIn {
      for prefix in [
        "lmChat", "lmOpen", "lm", "embeddings", "vectorStore", "memory", "tool", "reranker",
      ]
      where rest.hasPrefix(prefix) && rest.dropFirst(prefix.count).first?.isUppercase == true {
        if prefix != "lmOpen" { rest = rest.dropFirst(prefix.count) }
        break
      }
      if short.hasPrefix("memory"), rest.hasSuffix("Chat") { rest = rest.dropLast(4) }
    }
    let first = rest.prefix(1).lowercased() + rest.dropFirst()
    if let known = KnownApplication.named(byConnector: first) { return known }
    let spaced = words(ofIdentifier: String(rest))
    return KnownApplication.named(spaced) ?? spaced
  }

  var channel: Connection.Channel {
    let name = short.lowercased()
    func has(_ parts: [String]) -> Bool { parts.contains(where: name.contains) }
    if name.hasPrefix("mcp") { return .mcp }
    if has([
      "gmail", "emailsend", "emailread", "microsoftoutlook", "sendgrid", "mailgun", "mailjet",
      "mandrill", "awsses", "postmark",
    ]) {
      return .mail
    }
    if has([
      "postgres", "mysql", "mongodb", "microsoftsql", "snowflake", "oracledb", "questdb",
      "timescaledb", "cratedb", "cockroach", "redis", "vectorstorepgvector", "clickhouse",
      "awsdynamodb", "elasticsearch", "vectorstore", "databricks",
    ]) {
      return .database
    }
    if has(["kafka", "rabbitmq", "amqp", "awssqs", "awssns", "mqtt", "pubsub", "azureservicebus"]) {
      return .queue
    }
    if has(["readwritefile", "readbinaryfile", "writebinaryfile", "localfile", "ftp", "sftp"]) {
      return .file
    }
    return .api
  }

  /// Nodes that are named after what they do rather than whom they call.
  private static let plainNames = [
    "emailSend": "SMTP", "emailSendTool": "SMTP", "emailReadImap": "IMAP",
    "executeCommand": "Command line",
    "readWriteFile": "File system", "readBinaryFile": "File system",
    "readBinaryFiles": "File system", "writeBinaryFile": "File system",
    "localFileTrigger": "File system", "rssFeedRead": "RSS", "rssFeedReadTrigger": "RSS",
    "rssFeedReadTool": "RSS", "sseTrigger": "Server-sent events",
  ]

  private static let core: Set<String> = [
    "aggregate", "aiTransform", "chainLlm", "chat", "chatTrigger", "code", "compareDatasets",
    "compression", "convertToFile", "cron", "crypto", "dataTable", "dateTime", "debugHelper",
    "editImage", "errorTrigger", "evaluation", "evaluationTrigger", "executeWorkflow",
    "executeWorkflowTrigger", "executionData", "extractFromFile", "filter", "form", "formTrigger",
    "function", "functionItem", "guardrails", "html", "htmlExtract", "iCal", "if",
    "informationExtractor", "interval", "itemLists", "jwt", "limit", "manualChatTrigger",
    "manualTrigger", "markdown", "mcpTrigger", "memoryBufferWindow", "memoryChatRetriever",
    "memoryManager", "merge", "modelSelector", "moveBinaryData", "n8nTrigger", "noOp",
    "readPDF", "removeDuplicates", "renameKeys", "respondToWebhook", "scheduleTrigger",
    "sentimentAnalysis", "set", "simulate", "simulateTrigger", "sort", "splitInBatches",
    "splitOut", "spreadsheetFile", "start", "stopAndError", "summarize", "switch",
    "textClassifier", "toolCalculator", "toolCode", "toolExecutor", "toolThink",
    "toolVectorStore", "toolWorkflow", "totp", "wait", "webhook", "workflowTrigger", "xml",
  ]
}
