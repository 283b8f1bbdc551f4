import DocumentReading
import Facts
import Inventory

/// The flows in one file of Node-RED: tabs and subflows, each a system, and the nodes on them.
struct NodeREDFlows {
  /// A node on a canvas.
  struct Node {
    var id: String
    var type: NodeREDNodeType
    var node: DataNode
    /// Name of the flow that it lies on.
    var system: String
    /// Whether only a catch node leads to it.
    var handlesErrors = false

    var evidence: Evidence { node.evidence }
    /// Name that the designer shows.
    var label: String {
      singleLine(node["name"]?.text ?? node["label"]?.text) ?? type.written
    }
  }

  /// A tab or subflow.
  struct Canvas {
    var name: Fact<String>
    var node: DataNode
    var isSubflow: Bool
  }

  let root: DataNode
  let path: String
  private let items: [DataNode]
  private let title: DataNode?
  /// Tabs and subflows by identifier, in the order of the file.
  private(set) var canvases: [(id: String, canvas: Canvas)] = []
  private var names: [String: String] = [:]
  /// Nodes that are no step but hold servers and accounts for others.
  private(set) var configurations: [String: DataNode] = [:]
  private(set) var nodes: [Node] = []
  private(set) var indices: [String: Int] = [:]
  var said: AgentStatements

  init(_ items: [DataNode], title: DataNode?, root: DataNode, path: String) {
    self.items = items
    self.title = title
    self.root = root
    self.path = path
    said = AgentStatements(path: path)
  }

  /// What the file says.
  mutating func reading() -> FileReading {
    collectCanvases()
    collectNodes()
    findErrorPaths()
    for node in nodes { add(node) }
    for (_, canvas) in canvases { addSystem(canvas) }
    return said.reading
  }

  /// The flow on which a node lies.
  func system(of id: String) -> String? { indices[id].map { nodes[$0].system } }

  /// The subflow of an identifier.
  func subflow(_ id: String) -> String? { names[id] }

  // MARK: Canvases

  private mutating func collectCanvases() {
    var taken: Set<String> = []
    for item in items {
      let type = item["type"]?.string
      guard type == "tab" || type == "subflow", let id = item["id"]?.string else { continue }
      addCanvas(id, item, isSubflow: type == "subflow", taken: &taken)
    }
    // What was copied out of the editor, or asked of the API, may come without its tab.
    let loose = items.compactMap { item -> String? in
      guard isNode(item), let place = item["z"]?.string, names[place] == nil else { return nil }
      return place
    }
    for id in uniqueInOrder(loose) { addCanvas(id, nil, isSubflow: false, taken: &taken) }
  }

  private mutating func addCanvas(
    _ id: String, _ item: DataNode?, isSubflow: Bool, taken: inout Set<String>
  ) {
    let file = stem(of: lastComponent(of: path))
    let shown = item.map { $0["label"] ?? $0["name"] } ?? title
    var name: Fact<String>
    if let label = singleLine(shown?.text), !isGenericLabel(label) {
      name = Fact(label, (shown ?? root).evidence)
    } else {
      let own = singleLine(shown?.text).map { "\(file) \($0)" } ?? file
      name = Fact(
        own, (item ?? root).inferred("named after its file, which states no name of its own"))
    }
    if !taken.insert(nameKey(name.value)).inserted {
      name.value += " (\(id))"
      taken.insert(nameKey(name.value))
    }
    names[id] = name.value
    canvases.append((id, Canvas(name: name, node: item ?? root, isSubflow: isSubflow)))
  }

  /// Whether a label is the one that the editor gives, such as `Flow 1`.
  private func isGenericLabel(_ label: String) -> Bool {
    let words = label.lowercased().split(separator: " ")
    return words.count <= 2 && ["flow", "sheet", "subflow"].contains(words.first ?? "")
      && words.dropFirst().allSatisfy { $0.allSatisfy(\.isNumber) }
  }

  private mutating func addSystem(_ canvas: Canvas) {
    let name = canvas.name.value
    let evidence = canvas.node.evidence
    var system = AutomationSystem(name: name, source: canvas.name.evidence)
    system.kind.state(.workflow, evidence)
    system.technology.state("Node-RED", evidence)
    if let info = canvas.node["info"], canvas.node["type"] != nil,
      let purpose = singleLine(info.string)
    {
      system.purpose.state(String(purpose.prefix(500)), info.evidence)
    }
    if let disabled = canvas.node["disabled"], disabled.bool == true {
      system.status.state(
        .disabled, Evidence(.imported, disabled.location, note: "the flow is disabled"))
    }
    if canvas.isSubflow, let version = canvas.node["meta"]?["version"],
      let text = version.text?.trimmedOrNil
    {
      system.version.state(text, version.evidence)
    }
    let own = nodes.filter { $0.system == name }
    if let volume = scheduledVolume(own) { system.volume.state(volume.value, volume.evidence) }
    if own.contains(where: { ["function", "template"].contains($0.type.written) }) {
      system.unknowns.append("What its function nodes call is written in code, which is not read.")
    }
    if !canvas.isSubflow, !own.isEmpty, !own.contains(where: { $0.type.isTrigger }),
      !own.contains(where: { $0.type.isDashboardInput || $0.type.written == "link in" })
    {
      system.unknowns.append("What starts the flow is not in the file, which has no such node.")
    }
    for entry in canvas.node["env"]?.array ?? [] where entry["type"]?.string == "cred" {
      if let variable = entry["name"]?.string?.trimmedOrNil {
        said.addCredential(variable, of: name, entry.evidence)
      }
    }
    said.add(system)
  }

  // MARK: Nodes

  /// Whether an item lies on a canvas; configurations have no place and no wires.
  private func isNode(_ item: DataNode) -> Bool {
    guard let type = item["type"]?.string, type != "tab", type != "subflow" else { return false }
    return item["wires"]?.array != nil || item["x"] != nil && item["y"] != nil
  }

  private mutating func collectNodes() {
    var disabled: [SourceLocation] = []
    var doubles: [SourceLocation] = []
    for item in items {
      guard let id = item["id"]?.string, let type = item["type"]?.string,
        type != "tab", type != "subflow"
      else { continue }
      guard isNode(item) else {
        configurations[id] = item
        continue
      }
      let kind = NodeREDNodeType(written: type)
      guard !kind.isDrawing, let place = item["z"]?.string, let system = names[place] else {
        continue
      }
      if item["d"]?.bool == true {
        disabled.append(item.location)
        continue
      }
      guard indices[id] == nil else {
        doubles.append(item.location)
        continue
      }
      indices[id] = nodes.count
      nodes.append(Node(id: id, type: kind, node: item, system: system))
    }
    if let first = doubles.first {
      said.reading.note(
        .low,
        "identifiers of nodes are to be unique, and \(doubles.count) occur again, the first here; they"
          + " were left out", at: first)
    }
    if let first = disabled.first {
      said.reading.note(
        .info,
        "left out, because they are disabled: \(disabled.count) node\(disabled.count == 1 ? "" : "s")",
        at: first)
    }
    if nodes.isEmpty {
      said.reading.note(
        .info, "the file has no nodes in use, so that it does nothing", at: root.location)
    }
  }

  private mutating func findErrorPaths() {
    var onError: Set<String> = []
    var regular: Set<String> = []
    for node in nodes {
      for output in node.node["wires"]?.array ?? [] {
        for target in output.array ?? [] {
          guard let id = target.string else { continue }
          if node.type.written == "catch" { onError.insert(id) } else { regular.insert(id) }
        }
      }
    }
    for index in nodes.indices {
      nodes[index].handlesErrors =
        onError.contains(nodes[index].id) && !regular.contains(nodes[index].id)
    }
  }
}
