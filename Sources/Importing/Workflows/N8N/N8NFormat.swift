import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Workflows of n8n: downloaded, exported by its command line or API, or as part of an execution.
  static let n8n = ImportFormat(
    id: "n8n", title: "n8n workflow",
    isFormat: { file in
      guard file.contains("\"nodes\""), let start = file.firstByte else { return false }
      guard start == UInt8(ascii: "{") || start == UInt8(ascii: "["),
        file.contains("n8n") || file.contains("\"typeVersion\"")
          || file.contains("\"connections\"")
      else { return false }
      guard let root = try? file.json() else { return false }
      return !n8nWorkflows(in: root).isEmpty
    },
    readFile: { file throws(DocumentError) in
      readN8NWorkflows(try file.json(), path: file.path)
    })
}

/// A workflow inside an exported file, with the object around it, which may hold name and authors.
struct N8NDefinition {
  var node: DataNode
  /// Objects around it, the nearest first.
  var wrappers: [DataNode]

  /// The first value that the workflow, or what is around it, has under a key.
  func first<Value>(_ key: String, _ read: (DataNode) -> Value?) -> (Value, DataNode)? {
    for object in [node] + wrappers {
      if let member = object[key], let value = read(member) { return (value, member) }
    }
    return nil
  }
}

/// The workflows in a file: one, an array of them, or wrapped by the product's API.
func n8nWorkflows(in root: DataNode) -> [N8NDefinition] {
  var found: [N8NDefinition] = []
  func look(_ node: DataNode, _ wrappers: [DataNode]) {
    if let items = node.array {
      for item in items where item.object != nil { look(item, wrappers) }
      return
    }
    guard node.object != nil else { return }
    if isN8NWorkflow(node) {
      found.append(N8NDefinition(node: node, wrappers: wrappers))
      return
    }
    // Four objects around a workflow are the most that any export has.
    guard wrappers.count < 4 else { return }
    for key in ["workflow", "workflowData", "data", "workflows", "template", "templates", "json"] {
      guard let inner = node[key], inner.array != nil || inner.object != nil else { continue }
      look(inner, [node] + wrappers)
    }
  }
  look(root, [])
  return found
}

private func isN8NWorkflow(_ node: DataNode) -> Bool {
  guard let nodes = node["nodes"]?.array else { return false }
  let typed = nodes.filter { $0["type"]?.string != nil }
  if typed.contains(where: { isN8NType($0["type"]?.string ?? "") }) {
    // A list of nodes without connections is a piece of some other file, unless it is all n8n's.
    return node["connections"]?.object != nil || typed.count == nodes.count
  }
  guard let connections = node["connections"]?.object else { return false }
  guard nodes.isEmpty else {
    // Nodes made by an organisation itself have types of any name.
    return typed.count == nodes.count
      && typed.allSatisfy { $0["typeVersion"]?.double != nil && $0["position"] != nil }
  }
  let settings = ["settings", "active", "versionId", "pinData"].filter { node[$0] != nil }
  return connections.isEmpty && settings.count > 1
}

private func isN8NType(_ type: String) -> Bool {
  guard let dot = type.lastIndex(of: ".") else { return false }
  return type[..<dot].contains("n8n-nodes-") || type.hasPrefix("CUSTOM.")
}

private func readN8NWorkflows(_ root: DataNode, path: String) -> FileReading {
  var reading = FileReading(path: path)
  let definitions = n8nWorkflows(in: root)
  var names: Set<String> = []
  let identifiers = Set(definitions.compactMap { $0.node["id"]?.text?.trimmedOrNil })
  for definition in definitions {
    var workflow = N8NWorkflow(definition, path: path, isAlone: definitions.count == 1)
    workflow.neighbours = identifiers
    // Names need not be unique in n8n; identifiers are.
    if !names.insert(nameKey(workflow.name.value)).inserted {
      let mark = workflow.identifier ?? "\(names.count + 1)"
      workflow.name.value += " (\(mark))"
      names.insert(nameKey(workflow.name.value))
    }
    let inner = workflow.reading()
    reading.fragment.add(inner.fragment)
    reading.problems += inner.problems
    reading.isPartial = reading.isPartial || inner.isPartial
  }
  return reading
}
