import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Apps and knowledge pipelines of Dify, as its DSL describes them: workflows, chatflows, agents and
  /// chat apps, of all versions of the DSL.
  static let dify = ImportFormat(
    id: "dify", title: "Dify app",
    isFormat: { file in
      guard file.firstByte != UInt8(ascii: "<"),
        file.contains("workflow") || file.contains("model_config"),
        file.contains("mode") || file.contains("rag_pipeline"), let root = difyRoot(file)
      else { return false }
      return isDify(root)
    },
    readFile: { file throws(DocumentError) in
      let root = file.firstByte == UInt8(ascii: "{") ? try file.json() : try file.yaml()
      var app = DifyApp(root, path: file.path)
      return app.reading()
    })

  private static func difyRoot(_ file: CandidateFile) -> DataNode? {
    guard file.contains("app") || file.contains("rag_pipeline") else { return nil }
    return file.firstByte == UInt8(ascii: "{") ? file.jsonObject : try? file.yaml()
  }

  private static func isDify(_ root: DataNode) -> Bool {
    let modes = ["workflow", "advanced-chat", "agent-chat", "chat", "completion", "agent"]
    switch root["kind"]?.string {
    case "rag_pipeline": return root["workflow"]?["graph"] != nil
    case "app", nil:
      guard let mode = root["app"]?["mode"]?.string, modes.contains(mode) else { return false }
      return root["workflow"]?.object != nil || root["model_config"]?.object != nil
    default: return false
    }
  }
}
