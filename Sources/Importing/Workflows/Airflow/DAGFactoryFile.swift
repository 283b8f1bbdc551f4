import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Workflows of Apache Airflow that are written in YAML for dag-factory.
  static let dagFactory = ImportFormat(
    id: "airflow-dag-factory", title: "Airflow workflow for dag-factory",
    isFormat: { file in
      guard file.contains("tasks"), file.contains("operator") || file.contains("decorator"),
        let first = file.firstByte, first != UInt8(ascii: "<"), let root = try? file.yaml()
      else { return false }
      return !dagEntries(in: root).isEmpty
    },
    readFile: { file throws(DocumentError) in
      let root = try file.yaml()
      var reading = FileReading(path: file.path)
      let entries = dagEntries(in: root)
      let defaults = root["default"]
      for entry in entries {
        var dag = DAGFactoryWorkflow(
          entry.key, entry.value, defaults: defaults, path: file.path)
        reading.add(dag.reading())
      }
      connectAssets(of: entries, in: &reading)
      return reading
    })
}

/// The workflows in a file: each a map with tasks, of which one at least names its operator.
///
/// What is under `default` is common to all and no workflow itself.
private func dagEntries(in root: DataNode) -> [DataMember] {
  func tasks(_ node: DataNode?) -> [DataNode] {
    node?["tasks"]?.array ?? node?["tasks"]?.object?.map(\.value) ?? []
  }
  let members = root.object ?? []
  guard members.count < 5000 else { return [] }
  let found = members.filter { $0.key != "default" && !tasks($0.value).isEmpty }
  let named = (found.map(\.value) + [root["default"]].compactMap(\.self)).contains { workflow in
    tasks(workflow).contains {
      ($0["operator"]?.string ?? $0["decorator"]?.string)?.contains(".") == true
    }
  }
  return named ? found : []
}

/// A workflow that updates an asset starts those that are scheduled by it.
private func connectAssets(of entries: [DataMember], in reading: inout FileReading) {
  var consumers: [String: [String]] = [:]
  for entry in entries {
    for asset in assets(in: entry.value["schedule"]) {
      consumers[asset, default: []].append(entry.key)
    }
  }
  for entry in entries {
    for task in taskNodes(entry.value) {
      for asset in assets(in: task.node["outlets"]) {
        let targets: [String] = consumers[asset] ?? []
        for target in targets where target != entry.key {
          reading.fragment.connections.append(
            Connection(
              .triggers, from: EntityReference(.system, entry.key),
              to: EntityReference(.system, target), channel: .internalCall, action: "asset",
              data: [asset], evidence: task.node.evidence))
        }
      }
    }
  }
}

/// The tasks of a workflow with their identifiers, in both spellings: a list, or a map.
func taskNodes(_ workflow: DataNode?) -> [(id: String, node: DataNode)] {
  if let members = workflow?["tasks"]?.object { return members.map { ($0.key, $0.value) } }
  return (workflow?["tasks"]?.array ?? []).compactMap { task in
    task["task_id"]?.text?.trimmedOrNil.map { ($0, task) }
  }
}

/// Names of assets, or of datasets as they were called, in a schedule or list of outlets.
func assets(in node: DataNode?) -> [String] {
  var names: [String] = []
  // Below the key of a list of assets a bare name is one too, and conditions are written as text:
  // `(orders & returns) | stock`.
  var waiting: [(item: DataNode, depth: Int, isListed: Bool)] = node.map { [($0, 0, false)] } ?? []
  while let (item, depth, isListed) = waiting.popLast() {
    guard depth < 10 else { continue }
    if let name = item["name"]?.string ?? item["uri"]?.string {
      names.append(name)
    } else if let text = item.string?.trimmedOrNil {
      if isListed, text.contains("&") || text.contains("|") {
        names += text.split { $0.isWhitespace || "()&|".contains($0) }.map(String.init)
      } else if isListed || text.contains("://") {
        names.append(text)
      }
    } else if item["__type__"] == nil || item["__args__"] != nil {
      waiting += (item.array ?? []).reversed().map { ($0, depth + 1, isListed) }
      for member in (item.object ?? []).reversed() {
        let isList = ["datasets", "assets"].contains(member.key)
        let joins = ["__args__", "or", "and", "__or__", "__and__", "conditions"]
        if isList || joins.contains(member.key) {
          waiting.append((member.value, depth + 1, isListed || isList))
        }
      }
    }
  }
  return uniqueInOrder(names)
}
