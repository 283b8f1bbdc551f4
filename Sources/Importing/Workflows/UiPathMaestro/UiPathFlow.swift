import DocumentReading
import Facts
import Inventory

/// A flow of UiPath Maestro: nodes and edges, with sub-flows beside them.
func readUiPathFlow(_ root: DataNode, path: String, names: UiPathProjectNames) -> FileReading {
  var flow = UiPathFlow(root, path: path, names: names)
  return flow.read()
}

/// A flow of UiPath Maestro while it is read.
struct UiPathFlow {
  let root: DataNode
  private let names: UiPathProjectNames
  var part: UiPathPart
  /// Models of node types that the flow carries with it, by type.
  private let definitions: [String: DataNode]
  /// Names of inline agents, by the id of the node to which they attach resources.
  private var agentOfResource: [String: String] = [:]
  /// Nodes that run only where another one has failed.
  private var errorHandlers: Set<String> = []

  init(_ root: DataNode, path: String, names: UiPathProjectNames) {
    self.root = root
    self.names = names
    let project = names.project(of: path)
    let written = root["name"]?.string?.trimmedOrNil ?? root["title"]?.string?.trimmedOrNil
    let named = written.flatMap { isGenericProjectName($0) ? nil : $0 }
    part = UiPathPart(path: path, system: named ?? project.name.value)
    definitions = Dictionary(
      (root["definitions"]?.array ?? []).compactMap { definition in
        definition["nodeType"]?.string.map { ($0, definition) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// What the flow says.
  mutating func read() -> FileReading {
    addSystem()
    addNodes(of: root)
    // A sub-flow stands under the id of the node that runs it.
    for member in root["subflows"]?.object ?? [] { addNodes(of: member.value, inside: member.key) }
    return part.reading
  }

  private mutating func addSystem() {
    let project = names.project(of: part.reading.path)
    let node = root["name"] ?? root
    let evidence = Evidence(.imported, node.location)
    var system = AutomationSystem(name: part.system, source: evidence)
    system.aliases = project.aliases
    if nameKey(project.name.value) != nameKey(part.system) {
      // A folder of samples is not the flow's project.
      let file = stem(of: lastComponent(of: part.reading.path))
      system.aliases.append(names.isDeclared(part.reading.path) ? project.name.value : file)
    }
    for key in ["id", "projectId"] {
      if let id = root[key]?.string?.trimmedOrNil, isGUID(id) { system.aliases.append(id) }
    }
    system.kind.state(.workflow, evidence)
    system.technology.state("UiPath Maestro", evidence)
    if let text = root["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    if let purpose = project.purpose { system.purpose.state(purpose.value, purpose.evidence) }
    part.reading.fragment.systems.append(system)
  }

  // MARK: Nodes

  private mutating func addNodes(of container: DataNode, inside parent: String? = nil) {
    let nodes = container["nodes"]?.array ?? []
    let edges = container["edges"]?.array ?? []
    findErrorHandlers(edges)
    findAgents(nodes, edges)
    for node in nodes {
      guard let id = node["id"]?.text?.trimmedOrNil else {
        part.reading.note(
          .medium, "a node of the flow has no id; every node needs one", at: node.location)
        continue
      }
      let type = node["type"]?.string ?? ""
      let label = (node["display"]?["label"] ?? node["data"]?["label"])?.string?.trimmedOrNil
      let step = UiPathFlowNode(
        id: id, type: type, label: label, node: node, definition: definitions[type])
      if step.isNote || type == "core.control.end" { continue }
      if step.isTrigger {
        // The start of a sub-flow is no start of the flow.
        if parent == nil { addTrigger(step) }
        continue
      }
      add(step)
    }
  }

  /// Nodes that are reached by the error ports of others alone.
  private mutating func findErrorHandlers(_ edges: [DataNode]) {
    var regular: Set<String> = []
    var failing: Set<String> = []
    for edge in edges {
      guard let target = edge["targetNodeId"]?.text else { continue }
      if edge["sourcePort"]?.text?.lowercased() == "error" {
        failing.insert(target)
      } else {
        regular.insert(target)
      }
    }
    errorHandlers.formUnion(failing.subtracting(regular))
  }

  private mutating func findAgents(_ nodes: [DataNode], _ edges: [DataNode]) {
    var agents: [String: String] = [:]
    for node in nodes {
      guard let id = node["id"]?.text, let type = node["type"]?.string,
        UiPathFlowNode.isInlineAgent(type)
      else { continue }
      agents[id] = node["display"]?["label"]?.string?.trimmedOrNil ?? id
    }
    guard !agents.isEmpty else { return }
    for edge in edges {
      guard let source = edge["sourceNodeId"]?.text, let target = edge["targetNodeId"]?.text else {
        continue
      }
      if let agent = agents[source] { agentOfResource[target] = agentOfResource[target] ?? agent }
      if let agent = agents[target] { agentOfResource[source] = agentOfResource[source] ?? agent }
    }
  }

  private mutating func add(_ step: UiPathFlowNode) {
    var kind = step.kind
    if errorHandlers.contains(step.id), [.action, .call, .group].contains(kind) {
      kind = .errorHandling
    }
    part.addStep(
      step.id, name: step.label, kind, at: step.node, retries: step.retries, timeout: step.timeout)
    switch step.family {
    case .published: addPublished(step)
    case .inlineAgent: addInlineAgent(step)
    case .agentResource: addResource(step)
    case .connector: addConnector(step)
    case .human: addHuman(step)
    case .http: addRequest(step)
    case .queue: addQueue(step)
    case .documents:
      part.connect(
        .invokes, to: EntityReference(.application, uiPathDocuments), by: .internalCall,
        action: step.node["inputs"]?["modelName"]?.string?.trimmedOrNil ?? step.label, at: step.node
      )
    case .placeholder:
      part.reading.note(
        .info, "the node '\(step.label ?? step.id)' is a placeholder for work to come",
        at: step.node.location)
    case .unknown:
      part.reading.note(
        .low,
        "the node '\(step.label ?? step.id)' is of the type '\(step.type)', which is not known here;"
          + " it counts as a step without a target", at: step.node.location)
    case .plain: break
    }
  }

  private mutating func addTrigger(_ step: UiPathFlowNode) {
    let evidence = Evidence(.imported, step.node.location)
    let inputs = step.node["inputs"]
    if step.type.hasPrefix("core.trigger.scheduled") {
      let preset = inputs?["timerPreset"]?.string
      let written = [
        inputs?["timerValue"], inputs?["timerDate"], inputs?["cron"], inputs?["timerPreset"],
      ]
      .lazy.compactMap { $0?.text?.trimmedOrNil }.first { $0 != "custom" }
      part.reading.fragment.triggers.append(
        Trigger(
          system: part.system, kind: .schedule, expression: written ?? preset, evidence: evidence))
      return
    }
    if let (key, operation) = step.connector {
      part.reading.fragment.triggers.append(
        Trigger(
          system: part.system, kind: .event, expression: operation ?? step.label, evidence: evidence
        ))
      let application = UiPathConnector.application(key: key, name: step.connectorName)
      part.reading.fragment.connections.append(
        Connection(
          .triggers, from: EntityReference(.application, application),
          to: EntityReference(.system, part.system), channel: .api, action: operation,
          data: step.dataNames, evidence: evidence))
      part.reading.fragment.applications.append(
        Application(name: application, aliases: [key], source: evidence))
      return
    }
    let kind: Trigger.Kind = step.type.hasSuffix("manual") ? .manual : .event
    part.reading.fragment.triggers.append(
      Trigger(system: part.system, kind: kind, expression: step.label, evidence: evidence))
  }

  // MARK: Calls

  /// A process, agent or workflow that is published in Orchestrator or lies in the same solution.
  private mutating func addPublished(_ step: UiPathFlowNode) {
    let name = step.publishedName(among: root["bindings"]?.array ?? [])
    guard let called = name ?? step.label else {
      part.reading.note(
        .low, "the node '\(step.id)' does not say which process it starts", at: step.node.location)
      return
    }
    part.connect(
      .invokes, to: EntityReference(.system, called), by: .internalCall, action: step.word,
      at: step.node)
    part.mention(
      called, step.publishedKind, aliases: step.key.map { [$0] } ?? [],
      technology: uiPathTechnology(step.word), at: step.node)
  }

  private mutating func addInlineAgent(_ step: UiPathFlowNode) {
    let name = step.label ?? step.id
    let inputs = step.node["inputs"]
    part.connect(
      .invokes, to: EntityReference(.system, name), by: .internalCall, action: "agent",
      at: step.node)
    let evidence = Evidence(.imported, step.node.location)
    var agent = AutomationSystem(name: name, source: evidence)
    agent.kind.state(.agent, evidence)
    agent.technology.state("UiPath Agents", evidence)
    for node in [inputs?["source"], step.node["model"]?["source"]] {
      if let id = node?.string?.trimmedOrNil, isGUID(id) { agent.aliases.append(id) }
    }
    if let model = inputs?["model"]?.string?.trimmedOrNil, !isExpression(model) {
      agent.models = [model]
    }
    if let text = inputs?["systemPrompt"],
      let purpose = text.string.flatMap({ objective(inInstructions: $0, of: name) })
    {
      agent.purpose.state(
        purpose, Evidence(.inferred, text.location, note: "the beginning of its instructions"))
    }
    part.reading.fragment.systems.append(agent)
  }

  /// A tool, context, memory or escalation that is drawn beside an agent.
  private mutating func addResource(_ step: UiPathFlowNode) {
    let words = step.type.split(separator: ".").map(String.init)
    let agent = agentOfResource[step.id]
    let label = step.label ?? step.id
    let kind = words.count > 3 ? words[3] : ""
    let variant = words.count > 4 ? words[4] : ""
    switch kind {
    case "escalation":
      let inputs = step.node["inputs"]
      let recipients =
        inputs?["recipients"]?.array
        ?? [
          inputs?["recipient"]?["assignee"] ?? inputs?["recipient"]
        ].compactMap { $0 }
      let team = uiPathTeam(recipients)
      part.addTouchPoint(
        step.id, name: label, touchPointKind(label: label, fallback: .exception), team: team,
        at: step.node)
      part.escalate(to: team, app: nil, of: agent, action: label, at: step.node)
    case "context", "memory":
      part.connect(
        .reads, of: agent,
        to: EntityReference(.data, variant == "index" && words.count > 5 ? words[5] : label),
        by: .internalCall, action: kind, at: step.node)
    case "mcp":
      part.connect(
        .invokes, of: agent, to: EntityReference(.application, label), by: .mcp, action: "tool",
        at: step.node)
    default:
      if let called = uiPathSystemKind(variant) {
        let name = step.publishedName(among: root["bindings"]?.array ?? []) ?? label
        part.connect(
          .invokes, of: agent, to: EntityReference(.system, name), by: .internalCall,
          action: "tool", at: step.node)
        part.mention(name, called, aliases: step.key.map { [$0] } ?? [], at: step.node)
      } else if let (key, _) = step.connector {
        part.connect(
          .invokes, of: agent, toConnector: key, named: step.connectorName, action: "tool",
          at: step.node)
      } else {
        part.connect(
          .invokes, of: agent, to: EntityReference(.application, label), by: .internalCall,
          action: "tool", at: step.node)
      }
    }
  }

  private mutating func addConnector(_ step: UiPathFlowNode) {
    guard let (key, operation) = step.connector else {
      part.reading.note(
        .low, "the node '\(step.label ?? step.id)' names no connector", at: step.node.location)
      return
    }
    let detail = step.node["inputs"]?["detail"]
    if UiPathConnector.isPlainHTTP(key: key) {
      let body = detail?["bodyParameters"] ?? detail?["queryParameters"]
      part.connect(
        toAddress: body?["url"]?.string ?? detail?["url"]?.string, method: body?["method"]?.string,
        at: step.node)
      return
    }
    part.connect(
      step.act, toConnector: key, named: step.connectorName, action: operation,
      data: step.dataNames, at: step.node)
    part.addCredential(
      connection: detail?["connectionId"]?.string,
      application: UiPathConnector.application(key: key, name: step.connectorName), at: step.node)
  }

  private mutating func addRequest(_ step: UiPathFlowNode) {
    let inputs = step.node["inputs"]
    if inputs?["detail"] != nil, step.connector != nil {
      addConnector(step)
      return
    }
    let address = inputs?["url"]
    part.connect(
      toAddress: address?.string ?? address?["expression"]?.string,
      method: inputs?["method"]?.string, at: step.node)
  }

  private mutating func addQueue(_ step: UiPathFlowNode) {
    let inputs = step.node["inputs"]
    let queue = (inputs?["queue"] ?? inputs?["queueName"]).flatMap {
      $0.string ?? $0["name"]?.string ?? $0["value"]?.string
    }?.trimmedOrNil
    guard let queue, !isExpression(queue) else {
      part.reading.note(
        .info, "the queue of the node '\(step.label ?? step.id)' is computed",
        at: step.node.location)
      return
    }
    part.connect(
      .writes, to: EntityReference(.data, queue), by: .queue, action: step.type, at: step.node)
  }

  private mutating func addHuman(_ step: UiPathFlowNode) {
    let recipient = step.node["inputs"]?["recipient"]
    let team = uiPathTeam([recipient?["assignee"], recipient].compactMap { $0 })
    part.addTouchPoint(
      step.id, name: step.label,
      touchPointKind(label: step.label, fallback: step.hasOutcomes ? .approval : .form), team: team,
      at: step.node)
  }
}
