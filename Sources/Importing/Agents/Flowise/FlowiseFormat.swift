import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Chatflows, agentflows and tools of Flowise: exported one by one, or all at once.
  static let flowise = ImportFormat(
    id: "flowise", title: "Flowise flow",
    isFormat: { file in
      guard file.firstByte == UInt8(ascii: "{"),
        file.contains("\"nodes\"") || file.contains("\"func\"") || file.contains("flowData"),
        let root = file.jsonObject
      else { return false }
      return FlowiseFile.content(of: root) != nil
    },
    readFile: { file throws(DocumentError) in
      FlowiseFile.reading(try file.json(), path: file.path, limits: file.limits)
    })
}

/// One file of Flowise.
enum FlowiseFile {
  /// Product, as it is shown.
  static let product = "Flowise"

  /// What a file holds.
  enum Content {
    case flow, tool
    /// Everything of an installation.
    case all
  }

  /// Kinds of flow in an export of everything.
  private static let lists = ["ChatFlow", "AgentFlow", "AgentFlowV2", "AssistantFlow"]

  static func content(of root: DataNode) -> Content? {
    if let nodes = root["nodes"]?.array, root["edges"]?.array != nil {
      // Components of Flowise say how they are drawn and which anchors they have.
      let ours = nodes.filter { node in
        let data = node["data"]
        return data?["inputAnchors"]?.array != nil || data?["inputParams"]?.array != nil
          || data?["category"]?.string == "Agent Flows"
      }
      return !nodes.isEmpty && ours.count * 2 >= nodes.count ? .flow : nil
    }
    if lists.contains(where: { list in
      (root[list]?.array ?? []).contains { $0["flowData"]?.string != nil }
    }) {
      return .all
    }
    let isTool =
      root["name"]?.string != nil && root["func"]?.string != nil && root["schema"] != nil
    return isTool ? .tool : nil
  }

  static func reading(_ root: DataNode, path: String, limits: DocumentLimits) -> FileReading {
    switch content(of: root) {
    case .tool: return tool(root, path: path)
    case .all: return all(root, path: path, limits: limits)
    default:
      var flow = FlowiseFlow(root, path: path)
      return flow.reading()
    }
  }

  // MARK: Tools

  private static func tool(_ root: DataNode, path: String) -> FileReading {
    var statements = AgentStatements(path: path)
    let name = root["name"]?.string?.trimmedOrNil ?? stem(of: lastComponent(of: path))
    let source = EntityReference(.application, name)
    statements.addApplication(name, root.evidence)
    if let code = root["func"], let text = code.string {
      statements.addReach(ofCode: text, from: source, code)
    }
    return statements.reading
  }

  // MARK: Everything of an installation

  private static func all(_ root: DataNode, path: String, limits: DocumentLimits) -> FileReading {
    var reading = FileReading(path: path)
    for list in lists {
      for item in root[list]?.array ?? [] {
        guard let data = item["flowData"], let text = data.string,
          let inner = packedJSON(text, path, limits)
        else {
          reading.note(
            .medium, "a flow has no 'flowData' that can be read; export it again", at: item.location
          )
          continue
        }
        var flow = FlowiseFlow(inner, of: item, path: path, place: data.location)
        reading.add(flow.reading())
      }
    }
    for item in root["Tool"]?.array ?? [] where item["func"]?.string != nil {
      reading.add(tool(item, path: path))
    }
    return reading
  }
}
