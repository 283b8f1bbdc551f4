import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Flows of Langflow: exported one by one, by project, or as components.
  static let langflow = ImportFormat(
    id: "langflow", title: "Langflow flow",
    isFormat: { file in
      let first = file.firstByte
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), file.contains("\"nodes\""),
        file.contains("\"template\""), let root = try? file.json()
      else { return false }
      return !LangflowFile.flows(in: root).isEmpty
    },
    readFile: { file throws(DocumentError) in
      var reading = FileReading(path: file.path)
      let flows = LangflowFile.flows(in: try file.json())
      for root in flows {
        var flow = LangflowFlow(root, path: file.path, isAlone: flows.count == 1)
        reading.add(flow.reading())
      }
      return reading
    })
}

/// One file of Langflow.
enum LangflowFile {
  /// Product, as it is shown.
  static let product = "Langflow"

  /// The flows of a file: itself, the items of a list, or those of a project.
  static func flows(in root: DataNode) -> [DataNode] {
    if isFlow(root) { return [root] }
    let listed = root.array ?? root["flows"]?.array ?? []
    return listed.filter(isFlow)
  }

  private static func isFlow(_ root: DataNode) -> Bool {
    guard let nodes = (root["data"] ?? root)["nodes"]?.array, !nodes.isEmpty else { return false }
    let ours = nodes.filter { node in
      let data = node["data"]
      return data?["node"]?["template"]?.object != nil || node["type"]?.string == "noteNode"
    }
    return ours.count * 2 > nodes.count
      && ours.contains { $0["data"]?["node"]?["template"]?.object != nil }
  }
}
