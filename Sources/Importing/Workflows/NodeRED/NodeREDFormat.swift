import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Flows of Node-RED: `flows.json` of a project, an export from the editor, or an answer of its API.
  static let nodeRED = ImportFormat(
    id: "node-red", title: "Node-RED flows",
    isFormat: { file in
      guard file.contains("\"wires\""), file.contains("\"type\""), let first = file.firstByte,
        first == UInt8(ascii: "[") || first == UInt8(ascii: "{"), let root = try? file.json()
      else { return false }
      return nodeREDNodes(in: root) != nil
    },
    readFile: { file throws(DocumentError) in
      let root = try file.json()
      var flows = NodeREDFlows(
        nodeREDNodes(in: root) ?? [], title: nodeREDTitle(root), root: root, path: file.path)
      return flows.reading()
    })
}

/// The nodes in a file: a list, or what the API and packaged subflows wrap around one; `nil` where these
/// are none of Node-RED's.
func nodeREDNodes(in root: DataNode) -> [DataNode]? {
  if let items = root.array { return areNodes(items) ? items : nil }
  guard root.object != nil else { return nil }
  // GET /flows answers `flows`, GET /flow/:id a tab with `nodes`, a packaged subflow has `flow`.
  if let items = root["flows"]?.array, areNodes(items) { return items }
  if let items = root["flow"]?.array, root["type"]?.string == "subflow", areNodes(items) {
    return [root] + items
  }
  if let items = root["nodes"]?.array, root["label"] != nil || root["configs"] != nil,
    areNodes(items)
  {
    return items + (root["configs"]?.array ?? []) + (root["subflows"]?.array ?? [])
  }
  return nil
}

/// The name of what an object wraps, such as the label of a tab.
private func nodeREDTitle(_ root: DataNode) -> DataNode? { root["label"] }

private func areNodes(_ items: [DataNode]) -> Bool {
  let typed = items.filter {
    $0["id"]?.string != nil && $0["type"]?.string?.trimmedOrNil != nil
  }
  return !items.isEmpty && typed.count == items.count
    && typed.contains { $0["wires"]?.array != nil && $0["z"] != nil }
    && typed.allSatisfy { $0["typeVersion"] == nil && $0["class_type"] == nil }
}
