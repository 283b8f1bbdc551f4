import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Components of Open Agent Specification (oracle.github.io/agent-spec), versions 25.4 to 26.2:
  /// agents, flows, swarms and teams, and the tools and models that they share.
  static let agentSpec = ImportFormat(
    id: "agent-spec", title: "Open Agent Specification",
    isFormat: { file in AgentSpecComponents.root(of: file) != nil },
    readFile: { file throws(DocumentError) in
      guard let root = AgentSpecComponents.root(of: file) else {
        throw DocumentError(
          .malformed, "the file holds no component of Agent Spec", at: file.location)
      }
      var spec = AgentSpec(root, path: file.path)
      return spec.reading()
    })
}

/// The components of a document, and those that others refer to.
struct AgentSpecComponents {
  /// Components by the name under which they are referred to, and by id.
  private let shared: [String: DataNode]

  /// The document of a file, where it is of this format.
  static func root(of file: CandidateFile) -> DataNode? {
    guard file.firstByte != UInt8(ascii: "<"),
      file.contains("agentspec_version")
        || file.contains("component_type")
          && (file.contains("$component_ref") || file.contains("$referenced_components"))
    else { return nil }
    let isJSON = file.firstByte == UInt8(ascii: "{")
    guard let root = isJSON ? try? file.json() : try? file.yaml(), root.object != nil else {
      return nil
    }
    // Early files say `type`, which is a common word, but also their version.
    let isVersioned = root["agentspec_version"] != nil
    let isList = (root["$referenced_components"]?.object ?? []).contains { member in
      let given = member.value["component_type"] ?? (isVersioned ? member.value["type"] : nil)
      return given?.string != nil
    }
    let isComponent =
      root["component_type"]?.string != nil && root["provider"] == nil
      && (isVersioned || root["name"] != nil || root["id"] != nil)
    return isList || isComponent ? root : nil
  }

  init(_ root: DataNode) {
    var found: [String: DataNode] = [:]
    Self.collect(root, into: &found, depth: 0)
    shared = found
  }

  private static func collect(_ node: DataNode, into found: inout [String: DataNode], depth: Int) {
    guard depth < 240 else { return }
    for member in node.object ?? [] {
      if member.key == "$referenced_components" {
        for item in member.value.object ?? [] { found[item.key] = item.value }
      }
      collect(member.value, into: &found, depth: depth + 1)
    }
    if let id = node["id"]?.text, node["component_type"] != nil, found[id] == nil {
      found[id] = node
    }
    for item in node.array ?? [] { collect(item, into: &found, depth: depth + 1) }
  }

  /// The component that stands at a place, or that is referred to there; a reference to another file
  /// stays itself.
  func resolve(_ node: DataNode?) -> DataNode? {
    guard let node, !node.isNull else { return nil }
    return reference(node).map { shared[$0] ?? node } ?? node
  }

  /// What a reference refers to; `nil` for a component itself.
  func reference(_ node: DataNode) -> String? {
    (node["$component_ref"] ?? node["$ref"])?.text?.trimmedOrNil
  }

  /// The name of a component, else its id or the name under which it is referred to.
  func name(_ node: DataNode) -> String? {
    ["name", "id", "$component_ref", "$ref"].lazy.compactMap { node[$0]?.text?.trimmedOrNil }
      .first
  }

  /// A type, in the spelling that the specification has now.
  func type(_ node: DataNode) -> String {
    let type = (node["component_type"] ?? node["type"])?.string ?? ""
    return type == "LLMNode" ? "LlmNode" : type == "VLLMConfig" ? "VllmConfig" : type
  }
}
