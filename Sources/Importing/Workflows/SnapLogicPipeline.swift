import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Pipelines of SnapLogic, of which only what describes them is read.
  static let snapLogic = ImportFormat(
    id: "snaplogic", title: "SnapLogic pipeline",
    isFormat: { file in
      file.contains("com-snaplogic-pipeline")
        && file.jsonObject.map { !snapLogicPipelines(in: $0).isEmpty } ?? false
    },
    readFile: { file throws(DocumentError) in
      var reading = FileReading(path: file.path)
      for pipeline in snapLogicPipelines(in: try file.json()) {
        readPipeline(pipeline, file: file, into: &reading)
      }
      reading.isPartial = true
      reading.note(
        .info,
        "of pipelines of SnapLogic only what describes them is read, not what their snaps do",
        at: file.location)
      return reading
    })
}

/// The pipelines in a file: one, or the entries of a project's export.
private func snapLogicPipelines(in root: DataNode) -> [DataNode] {
  func isPipeline(_ node: DataNode) -> Bool {
    (node["class_id"] ?? node["class_fqid"])?.string?.hasPrefix("com-snaplogic-pipeline") == true
      && (node["snap_map"]?.object != nil || node["property_map"]?.object != nil)
  }
  return ([root] + (root["entries"]?.array ?? [])).filter(isPipeline)
}

private func readPipeline(
  _ pipeline: DataNode, file: CandidateFile, into reading: inout FileReading
) {
  let info = pipeline["property_map"]?["info"]
  func text(_ key: String) -> (String, DataNode)? {
    guard let node = info?[key]?["value"], let text = singleLine(node.string) else { return nil }
    return (text, node)
  }
  let shown =
    text("label")
    ?? pipeline["name"].flatMap { node in
      singleLine(node.string).map { ($0, node) }
    }
  let evidence = shown?.1.evidence ?? pipeline.inferred("named after its file")
  var system = AutomationSystem(name: shown?.0 ?? stem(of: file.name), source: evidence)
  if let id = pipeline["instance_id"]?.string?.trimmedOrNil { system.addAlias(id) }
  system.kind.state(.workflow, pipeline.evidence)
  system.technology.state("SnapLogic", pipeline.evidence)
  if let (purpose, node) = text("purpose") ?? text("notes") {
    system.purpose.state(String(purpose.prefix(500)), node.evidence)
  }
  if let (author, node) = text("author") { system.creator.state(author, node.evidence) }
  let count = pipeline["snap_map"]?.object?.count ?? 0
  system.unknowns = ["What its \(count) snaps do and call is not read."]
  reading.fragment.systems.append(system)
}
