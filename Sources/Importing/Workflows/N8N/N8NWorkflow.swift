import DocumentReading
import Facts
import Inventory

/// One workflow of n8n: nodes, and connections between them by the nodes' names.
struct N8NWorkflow {
  /// A node that is in use.
  struct Node {
    var id: String
    var type: N8NNodeType
    var node: DataNode
    /// Whether only the error output of another node leads to it.
    var handlesErrors = false

    var parameters: DataNode? { node["parameters"] }
    var evidence: Evidence { Evidence(.imported, node.location) }
  }

  /// A connection of an auxiliary node, such as a model or tool, to the node that uses it.
  struct Attachment {
    var kind: String
    var target: String
  }

  var name: Fact<String>
  let identifier: String?
  /// Identifiers of the workflows in the same file.
  var neighbours: Set<String> = []
  let definition: N8NDefinition
  let root: DataNode
  private(set) var nodes: [Node] = []
  private var indices: [String: Int] = [:]
  /// What auxiliary nodes are attached to, by the node's name.
  private(set) var attachments: [String: [Attachment]] = [:]
  var result: FileReading
  var models: [String] = []
  /// Systems of the agents in it, by the node's name.
  var agents: [String: AutomationSystem] = [:]
  /// Names of the agents' nodes, by the agents' names.
  var agentNodes: [String: String] = [:]
  var knownCredentials: Set<String> = []

  init(_ definition: N8NDefinition, path: String, isAlone: Bool) {
    self.definition = definition
    root = definition.node
    result = FileReading(path: path)
    identifier = root["id"]?.text?.trimmedOrNil
    let file = stem(of: lastComponent(of: path))
    if let (text, node) = definition.first("name", { $0.string?.trimmedOrNil }),
      !Self.isGenericName(text, root) || Self.isGenericName(file, root) || !isAlone
    {
      name = Fact(text, Evidence(.imported, node.location))
    } else {
      name = Fact(
        isAlone ? file : "\(file) \(identifier ?? root.location.element ?? "")",
        Evidence(
          .inferred, root.location, note: "named after its file, which states no name of its own"))
    }
  }

  /// Whether a name says nothing by which a workflow could be told from others: the product's own for
  /// new ones, or no more than the type of one of its nodes.
  private static func isGenericName(_ name: String, _ workflow: DataNode) -> Bool {
    let generic: Set<String> = [
      "workflow", "my", "new", "unnamed", "untitled", "test", "demo", "main", "production", "copy",
      "n8n", "automation", "example", "sample",
    ]
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      .filter { !generic.contains($0) && !$0.allSatisfy(\.isNumber) }
    guard let word = words.first else { return true }
    return words.count == 1
      && (workflow["nodes"]?.array ?? []).contains {
        $0["type"]?.string.map { N8NNodeType($0).short.lowercased() == word } ?? false
      }
  }

  /// What the workflow says.
  mutating func reading() -> FileReading {
    collectNodes()
    collectConnections()
    for node in nodes where node.type.isAgent { addAgent(node) }
    for node in nodes { add(node) }
    addErrorWorkflow()
    addSystem()
    return result
  }

  var source: EntityReference { EntityReference(.system, name.value) }

  func node(named name: String) -> Node? { indices[name].map { nodes[$0] } }

  // MARK: Nodes

  private mutating func collectNodes() {
    var disabled: [String] = []
    var doubles: [(name: String, place: SourceLocation)] = []
    for node in root["nodes"]?.array ?? [] {
      guard let type = node["type"]?.string?.trimmedOrNil else {
        result.note(
          .medium, "a node has no type and was left out; export the workflow again",
          at: node.location)
        continue
      }
      let kind = N8NNodeType(type)
      guard !kind.isNote else { continue }
      let shown = node["name"]?.text?.trimmedOrNil ?? node["id"]?.text?.trimmedOrNil ?? type
      if node["disabled"]?.bool == true {
        disabled.append(shown)
        continue
      }
      var id = shown
      if indices[id] != nil {
        id = "\(shown) (\(node["id"]?.text?.trimmedOrNil ?? "\(nodes.count + 1)"))"
        doubles.append((shown, node.location))
        if indices[id] != nil { id += " \(nodes.count + 1)" }
      }
      indices[id] = nodes.count
      nodes.append(Node(id: id, type: kind, node: node))
    }
    if let first = doubles.first {
      let names = uniqueInOrder(doubles.map(\.name)).prefix(5).map { "'\($0)'" }
      result.note(
        .low,
        "names of nodes are to be unique, and \(names.joined(separator: ", ")) occur again; all nodes"
          + " are kept (repetitions: \(doubles.count), the first is here)", at: first.place)
    }
    if !disabled.isEmpty {
      result.note(
        .info,
        "left out, because they are disabled: \(disabled.count) node\(disabled.count == 1 ? "" : "s")",
        at: (root["nodes"] ?? root).location)
    }
    if nodes.isEmpty {
      result.note(
        .info, "the workflow has no nodes in use, so that it does nothing", at: root.location)
    }
  }

  // MARK: Connections between nodes

  private mutating func collectConnections() {
    // Some tools write connections by the node's id; the product takes names only.
    var names: [String: String] = [:]
    for node in root["nodes"]?.array ?? [] {
      guard let name = node["name"]?.text?.trimmedOrNil else { continue }
      names[name] = name
      if let id = node["id"]?.text, names[id] == nil { names[id] = name }
    }
    var onError: Set<String> = []
    var regular: Set<String> = []
    var unknown: [(String, SourceLocation)] = []
    for member in root["connections"]?.object ?? [] {
      guard let from = names[member.key] else {
        unknown.append((member.key, member.keyLocation))
        continue
      }
      for output in member.value.object ?? [] {
        let branches = output.value.array ?? []
        for (index, branch) in branches.enumerated() {
          for link in branch.array ?? (branch.object == nil ? [] : [branch]) {
            guard let written = link["node"]?.text else { continue }
            guard let to = names[written] else {
              unknown.append((written, link.location))
              continue
            }
            if output.key != "main" {
              attachments[from, default: []].append(Attachment(kind: output.key, target: to))
            } else if isErrorOutput(index, of: from, among: branches.count) {
              onError.insert(to)
            } else {
              regular.insert(to)
            }
          }
        }
      }
    }
    for index in nodes.indices {
      nodes[index].handlesErrors =
        onError.contains(nodes[index].id) && !regular.contains(nodes[index].id)
    }
    noteUnknown(unknown)
  }

  /// A node that goes on after errors has one output more, the last.
  private func isErrorOutput(_ index: Int, of name: String, among count: Int) -> Bool {
    guard let node = node(named: name), node.node["onError"]?.string == "continueErrorOutput"
    else { return false }
    switch node.type.short {
    case "if", "splitInBatches": return index == 2
    case "switch", "textClassifier", "sentimentAnalysis", "compareDatasets":
      return index > 0 && index + 1 == count
    default: return index == 1
    }
  }

  private mutating func noteUnknown(_ unknown: [(String, SourceLocation)]) {
    guard let (name, place) = unknown.first else { return }
    let more = unknown.count > 1 ? " and \(unknown.count - 1) more" : ""
    result.note(
      .low,
      "connections lead from or to '\(name)'\(more), which the workflow does not have; they were"
        + " passed over" + suggestion(for: name, among: nodes.map(\.id)), at: place)
  }

  // MARK: The whole

  private mutating func addSystem() {
    var system = AutomationSystem(name: name.value, source: Evidence(.imported, root.location))
    let whole = Evidence(.imported, root.location)
    if let identifier { system.aliases.append(identifier) }
    system.kind.state(.workflow, whole)
    system.technology.state("n8n", whole)
    if let (purpose, node) = definition.first("description", { singleLine($0.string) }) {
      system.purpose.state(purpose, Evidence(.imported, node.location))
    }
    addStatus(to: &system)
    addPeople(to: &system)
    if let volume = scheduledVolume() { system.volume.state(volume.value, volume.evidence) }
    system.models = models
    if !nodes.contains(where: \.type.isTrigger), !nodes.isEmpty {
      system.unknowns.append("What starts the workflow is not in the file, which has no trigger.")
    }
    if nodes.contains(where: { ["code", "function", "functionItem"].contains($0.type.short) }) {
      system.unknowns.append("What its code nodes call is written in code, which is not read.")
    }
    let agents = nodes.compactMap { self.agents[$0.id] }
    result.fragment.systems =
      [system]
      + agents.map { agent in
        // An agent runs where its workflow does.
        var agent = agent
        if let status = system.status.winner { agent.status.state(status.value, status.evidence) }
        return agent
      }
  }

  private func addStatus(to system: inout AutomationSystem) {
    if let archived = root["isArchived"], archived.bool == true {
      system.status.state(.retired, Evidence(.imported, archived.location, note: "archived"))
    } else if let active = root["active"], let isActive = active.bool {
      // Workflows that others call, or people start, run without being active.
      let needsIt = nodes.contains {
        $0.type.isTrigger
          && !["executeWorkflowTrigger", "manualTrigger", "errorTrigger", "start"].contains(
            $0.type.short)
      }
      let evidence = Evidence(
        .imported, active.location, note: isActive ? "active" : "not active")
      if isActive {
        system.status.state(.production, evidence)
      } else if needsIt {
        system.status.state(.disabled, evidence)
      }
    }
  }

  /// The project that a workflow belongs to is a team, or a person's own.
  private func addPeople(to system: inout AutomationSystem) {
    for share in root["shared"]?.array ?? [] where share["role"]?.string == "workflow:owner" {
      addProject(share["project"], to: &system)
    }
    addProject(root["homeProject"], to: &system)
    if let (user, node) = definition.first("user", { $0["name"]?.string?.trimmedOrNil }) {
      system.creator.state(user, Evidence(.imported, node.location))
    }
  }

  private func addProject(_ project: DataNode?, to system: inout AutomationSystem) {
    guard let project, let name = singleLine(project["name"]?.string) else { return }
    let evidence = Evidence(.imported, project.location)
    if project["type"]?.string == "team" {
      system.team.state(name, evidence)
    } else {
      let person = name.prefix { $0 != "<" }
      system.creator.state(
        String(person).trimmedOrNil ?? name, Evidence(.imported, project.location, note: "project"))
    }
  }

  private mutating func addErrorWorkflow() {
    guard let setting = root["settings"]?["errorWorkflow"],
      let target = setting.text?.trimmedOrNil, target != "DEFAULT", target != identifier
    else { return }
    result.fragment.connections.append(
      Connection(
        .invokes, from: source, to: EntityReference(.system, target), channel: .internalCall,
        action: "errorWorkflow", evidence: Evidence(.imported, setting.location)))
  }
}
