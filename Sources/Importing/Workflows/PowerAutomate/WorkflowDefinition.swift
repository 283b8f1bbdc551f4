import DocumentReading
import Facts

/// A definition in the Workflow Definition Language of Azure Logic Apps, and what stands around it.
struct WorkflowDefinition {
  /// The flow, resource or file around the definition.
  let envelope: DataNode
  /// The definition; a single action, where people kept one of the designer's clippings.
  let definition: DataNode
  /// Name of the resource in a template; `nil` where the file is no template.
  var resourceName: Fact<String>?
  /// Whether it is one action and no whole definition.
  var isClipping = false

  /// Whether it belongs to Azure Logic Apps and not to Power Automate.
  var isLogicApp: Bool {
    guard envelope["properties"] != nil else { return !isClipping }
    return envelope["type"]?.string?.lowercased().hasPrefix("microsoft.logic/") ?? false
  }

  /// The definitions in an exported file, in document order; none where it is no such file.
  ///
  /// A file of Power Automate or Logic Apps holds one; a template of Azure Resource Manager, and an
  /// answer of the management interface, any number.
  static func all(in root: DataNode) -> [WorkflowDefinition] {
    if let single = single(in: root) { return [single] }
    if let list = root["value"]?.array {
      let found = list.compactMap(single)
      if !found.isEmpty { return found }
    }
    var found: [WorkflowDefinition] = []
    collect(in: root["resources"], template: root, depth: 0, into: &found)
    if found.isEmpty, let clipping = clipping(in: root) { found.append(clipping) }
    return found
  }

  private static func single(in root: DataNode) -> WorkflowDefinition? {
    for candidate in [root["properties"]?["definition"], root["definition"], root] {
      guard let candidate, isDefinition(candidate, in: root) else { continue }
      return WorkflowDefinition(envelope: root, definition: candidate)
    }
    return nil
  }

  private static func isDefinition(_ node: DataNode, in root: DataNode) -> Bool {
    guard node["triggers"]?.object != nil, let actions = node["actions"]?.object else {
      return false
    }
    if node["$schema"]?.string?.contains("workflowdefinition.json") == true { return true }
    // Some tools leave the schema out; then what surrounds it and its actions have to tell.
    let isSurrounded =
      node["contentVersion"] != nil || root["properties"]?["connectionReferences"] != nil
      || root["connectionReferences"] != nil
    return isSurrounded && !actions.isEmpty
      && actions.allSatisfy { $0.value["type"]?.string != nil }
  }

  // MARK: Templates

  /// Resources of a template, those of templates inside it included.
  private static func collect(
    in resources: DataNode?, template: DataNode, depth: Int, into found: inout [WorkflowDefinition]
  ) {
    guard depth < 8, let resources else { return }
    // Newer templates name their resources by the keys of an object.
    let list = resources.array ?? resources.object?.map(\.value) ?? []
    for resource in list {
      switch resource["type"]?.string?.lowercased() {
      case "microsoft.logic/workflows":
        guard let definition = resource["properties"]?["definition"],
          definition["actions"]?.object != nil || definition["triggers"]?.object != nil
        else { continue }
        let name = resource["name"].flatMap { node in
          templateText(node.string, in: template).map {
            Fact($0, Evidence(.imported, node.location))
          }
        }
        found.append(
          WorkflowDefinition(envelope: resource, definition: definition, resourceName: name))
      case "microsoft.resources/deployments":
        if let inner = resource["properties"]?["template"] {
          collect(in: inner["resources"], template: inner, depth: depth + 1, into: &found)
        }
      default: break
      }
      collect(in: resource["resources"], template: template, depth: depth + 1, into: &found)
    }
  }

  /// A text of a template: as it stands, or what its parameter or variable is by default, or the name
  /// of that parameter; `nil` where it is computed in another way.
  private static func templateText(_ text: String?, in template: DataNode) -> String? {
    guard let text = text?.trimmedOrNil else { return nil }
    guard text.hasPrefix("["), text.hasSuffix("]"), !text.hasPrefix("[[") else { return text }
    guard let quoted = text.split(separator: "'").dropFirst().first.map(String.init) else {
      return nil
    }
    let isComputed = text.contains("concat(") || text.contains("format(")
    for (function, values, key) in [
      ("[parameters(", template["parameters"], "defaultValue"),
      ("[variables(", template["variables"], nil),
    ] as [(String, DataNode?, String?)] where text.hasPrefix(function) && !isComputed {
      let value = values?[quoted]
      if let plain = (key.map { value?[$0] } ?? value)?.string?.trimmedOrNil, !plain.hasPrefix("[")
      {
        return plain
      }
      return quoted
    }
    // Of what is put together the longest text is likely to tell the most.
    let parts = text.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    return parts.filter { $0.count > 2 }.max { $0.count < $1.count }
      .map { $0.trimmingDelimiters }.flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: Clippings

  /// One action as the designer's “Peek code” or its clipboard gives it.
  private static func clipping(in root: DataNode) -> WorkflowDefinition? {
    let action = root["operationDefinition"] ?? root
    guard action["type"]?.string != nil else { return nil }
    let host = action["inputs"]?["host"]
    let isCall =
      host?["apiId"] != nil || host?["api"]?["runtimeUrl"] != nil
      || host?["connection"]?["referenceName"] != nil
    let inner = action["actions"]?.object ?? []
    let isScope =
      !inner.isEmpty && inner.allSatisfy { $0.value["type"] != nil && $0.value["runAfter"] != nil }
    guard isCall || isScope else { return nil }
    return WorkflowDefinition(envelope: root, definition: action, isClipping: true)
  }
}

extension Substring {
  /// Without the strokes and hyphens by which parts of names are joined.
  fileprivate var trimmingDelimiters: String {
    let isDelimiter: (Character) -> Bool = { "-_/. ".contains($0) }
    var rest = drop(while: isDelimiter)
    while let last = rest.last, isDelimiter(last) { rest.removeLast() }
    return String(rest)
  }
}
