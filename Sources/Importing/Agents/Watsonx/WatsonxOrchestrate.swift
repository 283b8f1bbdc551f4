import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// What the Agent Development Kit and the flow builder of IBM watsonx Orchestrate write: agents,
  /// flows, tools, toolkits, connections, knowledge bases, models and channels
  /// (developer.watson-orchestrate.ibm.com, specification version v1).
  static let watsonxOrchestrate = ImportFormat(
    id: "watsonx-orchestrate", title: "IBM watsonx Orchestrate",
    isFormat: { WatsonxFile.isFormat($0) },
    readFile: { file throws(DocumentError) in try WatsonxFile(file).reading() })
}

/// One file of watsonx Orchestrate.
struct WatsonxFile {
  /// Product, as it is shown.
  static let product = "IBM watsonx Orchestrate"

  /// What a file of this product describes.
  enum Content {
    case agent, flow, tool, toolkit, connection, knowledgeBase, model, channel
    /// Something of the product that says nothing of an estate, such as a voice.
    case other
  }

  private let path: String
  private let root: DataNode
  private let repetition: ImportProblem?

  // MARK: Recognition

  /// Whether a file is one of this product's; one that breaks YAML is so by its first lines.
  static func isFormat(_ file: CandidateFile) -> Bool {
    if file.firstByte == UInt8(ascii: "{") {
      let mayBe =
        file.contains("\"spec_version\"") || file.contains("\"binding\"")
        || (file.contains("\"spec\"") && file.contains("\"nodes\""))
      guard mayBe, let root = file.jsonObject else { return false }
      return content(of: root) != nil
    }
    guard file.firstByte != UInt8(ascii: "<"), file.contains("spec_version") else { return false }
    do {
      return content(of: try document(of: file).root) != nil
    } catch {
      return file.contains("spec_version: v1") && kinds.contains { file.contains("kind: \($0.0)") }
    }
  }

  private static let kinds: [(String, Content)] = [
    ("native", .agent), ("external", .agent), ("assistant", .agent),
    ("knowledge_base", .knowledgeBase), ("connection", .connection),
    ("connections", .connection), ("mcp", .toolkit), ("python", .toolkit), ("model", .model),
    ("model_policy", .model), ("channel", .channel), ("phone", .channel),
    ("voice_configuration", .other),
  ]

  /// What a document of this product describes; `nil` where it is none.
  static func content(of root: DataNode) -> Content? {
    if root["spec"]?["kind"]?.string == "flow", root["nodes"]?.object != nil { return .flow }
    let bindings = [
      "openapi", "python", "wxflows", "skill", "client_side", "mcp", "flow", "langflow",
    ]
    if root["name"]?.string != nil, let binding = root["binding"],
      bindings.contains(where: { binding[$0]?.object != nil })
    {
      return binding["flow"]?["model"].flatMap(content(of:)) ?? .tool
    }
    guard root["spec_version"]?.text?.lowercased() == "v1" else { return nil }
    let isNamed = ["name", "display_name", "title"].contains { root[$0] != nil }
    if let kind = root["kind"]?.string {
      let content = kinds.first { $0.0 == kind }?.1
      // Other products write connections of a version 1 too, which have no application's id.
      return content == .connection
        ? root["app_id"].map { _ in .connection } : isNamed ? content : nil
    }
    guard isNamed else { return nil }
    let agentKeys = ["llm", "style", "instructions", "collaborators", "tools"]
    if agentKeys.contains(where: { root[$0] != nil }) { return .agent }
    if root["provider_config"] != nil || root["policy"] != nil { return .model }
    return root["speech_to_text"] != nil ? .other : nil
  }

  // MARK: Reading

  /// Reads the bytes of a file.
  init(_ file: CandidateFile) throws(DocumentError) {
    path = file.path
    if file.firstByte == UInt8(ascii: "{") {
      root = try file.json()
      repetition = nil
    } else {
      (root, repetition) = try Self.document(of: file)
    }
  }

  /// The file as YAML; lines that stand twice word for word, which the product accepts, count once.
  private static func document(
    of file: CandidateFile
  ) throws(DocumentError) -> (root: DataNode, repetition: ImportProblem?) {
    do {
      return (try file.yaml(), nil)
    } catch {
      guard error.kind == .malformed, let mended = withoutRepeatedLines(file.bytes) else {
        throw error
      }
      let root = try parseYAML(mended.bytes, path: file.path, limits: file.limits)
      let place = SourceLocation(path: file.path, line: mended.line)
      return (
        root,
        ImportProblem(
          .low,
          "a key and its value stand twice in the file, word for word; remove one of the lines",
          at: place)
      )
    }
  }

  /// What the file says.
  func reading() -> FileReading {
    var statements = AgentStatements(path: path)
    if let repetition { statements.reading.problems.append(repetition) }
    switch Self.content(of: root) {
    case .agent: statements.addWatsonxAgent(root)
    case .flow:
      let model = root["binding"]?["flow"]?["model"] ?? root
      var flow = WatsonxFlow(model, path: path, statements)
      return flow.reading(toolName: root["binding"] == nil ? nil : root["name"])
    case .tool: statements.addWatsonxTool(root)
    case .toolkit: statements.addWatsonxToolkit(root)
    case .connection: statements.addWatsonxConnection(root)
    case .knowledgeBase: statements.addWatsonxKnowledgeBase(root)
    case .model: statements.addWatsonxModel(root)
    case .channel: statements.addWatsonxChannel(root)
    case .other, nil:
      statements.reading.isBeside = true
      statements.reading.note(
        .info,
        "the file sets up something of watsonx Orchestrate that is no agent, tool or connection",
        at: root.location)
    }
    return statements.reading
  }
}

/// Text without top-level lines that stand in it twice, and the line of the first one left out.
///
/// `nil` where there are none. Only whole `key: value` lines that nothing continues are looked at.
private func withoutRepeatedLines(_ bytes: [UInt8]) -> (bytes: [UInt8], line: Int)? {
  var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  var seen: Set<[UInt8]> = []
  var first: Int?
  for index in lines.indices {
    let line = lines[index]
    guard let start = line.first, start != UInt8(ascii: " "), start != UInt8(ascii: "#"),
      start != UInt8(ascii: "-"), line.contains(UInt8(ascii: ":"))
    else { continue }
    let next = index + 1 < lines.count ? lines[index + 1].first : nil
    if next == UInt8(ascii: " ") || next == UInt8(ascii: "-") { continue }
    if !seen.insert(Array(line)).inserted {
      lines[index] = []
      first = first ?? index + 1
    }
  }
  guard let first else { return nil }
  return (Array(lines.joined(separator: [UInt8(ascii: "\n")])), first)
}
