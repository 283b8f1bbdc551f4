import DocumentReading
import Facts
import Inventory

/// Gathers what the lines of an Agent Script say.
struct AgentScriptReader {
  /// An action that a topic defines.
  private struct Action {
    var topic: String
    var name: String
    var label: String?
    var target: (text: String, line: Int)?
    var confirms = false
    var line: Int
  }

  /// A tool that a topic offers to the model, or a step that it always takes.
  private struct Tool {
    var topic: String
    var name: String
    var value: String
    var line: Int
  }

  private let path: String
  private var settings: [String: (value: String, line: Int)] = [:]
  private var topics: [(name: String, title: String, line: Int)] = []
  private var actions: [Action] = []
  private var tools: [Tool] = []
  private var route: (type: String, name: String, line: Int)?
  private var models: [String] = []
  private var sources: [(name: String, line: Int)] = []
  /// Agents elsewhere that this one hands over to.
  private var connected: [(address: String, line: Int)] = []

  init(path: String) { self.path = path }

  // MARK: Lines

  /// Takes in a line.
  mutating func read(_ line: AgentScriptLine) {
    guard let block = line.path.first else { return }
    if line.command.isEmpty, line.path.count == 1, isAgent(block) {
      topics.append((topicName(block), block, line.number))
      return
    }
    if isAgent(block) {
      readAgent(line, topic: topicName(block))
      return
    }
    switch block {
    case "config" where line.path.count == 2 && line.command.isEmpty:
      settings[line.path[1]] = (line.value, line.number)
    case "connections",
      _ where block.hasPrefix("connection "):
      readConnection(line)
    case "knowledge" where line.path.count == 2:
      if ["rag_feature_config_id", "data_space", "retriever"].contains(line.path[1]),
        !line.value.isEmpty
      {
        sources.append((line.value, line.number))
      }
    default: break
    }
    if line.path.last == "model", line.command.isEmpty { readModel(line) }
  }

  private mutating func readModel(_ line: AgentScriptLine) {
    let name = line.value.components(beforeAndAfter: "://")?.1 ?? line.value
    if !name.isEmpty, !models.contains(name) { models.append(name) }
  }

  private func isAgent(_ block: String) -> Bool {
    ["start_agent", "connected_subagent ", "subagent ", "topic "].contains { block.hasPrefix($0) }
      || block == "topic"
  }

  private func topicName(_ block: String) -> String {
    block.split(separator: " ").dropFirst().joined(separator: " ").trimmedOrNil ?? block
  }

  private mutating func readConnection(_ line: AgentScriptLine) {
    guard line.command.isEmpty, let key = line.path.last, !line.value.isEmpty else { return }
    if key == "outbound_route_name" {
      let name = line.value.components(beforeAndAfter: "://")?.1 ?? line.value
      route = (route?.type ?? "", name, line.number)
    } else if key == "outbound_route_type" {
      route = (line.value, route?.name ?? "", line.number)
    }
  }

  private mutating func readAgent(_ line: AgentScriptLine, topic: String) {
    let path = line.path
    if !line.command.isEmpty {
      // `after_reasoning:` and instructions may send the conversation on by themselves.
      if line.command.contains("@utils.escalate") {
        tools.append(
          Tool(topic: topic, name: "escalate", value: "@utils.escalate", line: line.number))
      }
      return
    }
    if path.count >= 3, path[1] == "actions" {
      readAction(line, topic: topic)
    } else if path.count == 4, path[1] == "reasoning", path[2] == "actions" {
      tools.append(Tool(topic: topic, name: path[3], value: line.value, line: line.number))
    }
    if path.count == 2, path[1] == "target", !line.value.isEmpty {
      connected.append((line.value, line.number))
    }
    if path.last == "model" { readModel(line) }
  }

  private mutating func readAction(_ line: AgentScriptLine, topic: String) {
    let name = line.path[2]
    if line.path.count == 3 {
      actions.append(Action(topic: topic, name: name, line: line.number))
      // A short form names the target at once.
      if line.value.contains("://"), let index = actions.indices.last {
        actions[index].target = (line.value, line.number)
      }
      return
    }
    guard line.path.count == 4,
      let index = actions.lastIndex(where: { $0.topic == topic && $0.name == name })
    else { return }
    switch line.path[3] {
    case "target": actions[index].target = (line.value, line.number)
    case "label": actions[index].label = line.value.trimmedOrNil
    case "require_user_confirmation": actions[index].confirms = line.value.lowercased() == "true"
    default: break
    }
  }

  // MARK: Result

  private func place(_ line: Int) -> SourceLocation { SourceLocation(path: path, line: line) }

  private func setting(_ keys: String...) -> (value: String, line: Int)? {
    for key in keys {
      if let found = settings[key], !found.value.isEmpty { return found }
    }
    return nil
  }

  /// What was read.
  func finish() -> FileReading {
    var part = AgentforcePart(path: path)
    let file = stem(of: lastComponent(of: path))
    let developerName = setting("developer_name", "agent_name", "agent_api_name")
    let named = setting("agent_label", "label", "agent_name", "developer_name")
    let agent = named?.value ?? file
    part.addAgent(
      agent, aliases: [developerName?.value ?? file], purpose: nil, at: place(named?.line ?? 1))
    describe(agent, &part)
    if named == nil {
      part.reading.note(
        .low, "the block 'config' names no agent, so that the name of the file is taken",
        at: place(1))
    }
    for topic in topics {
      let isElsewhere = topic.title.hasPrefix("connected_subagent")
      part.addStep(
        topic.title, name: topic.name, isElsewhere ? .call : .group, of: agent,
        at: place(topic.line))
    }
    for action in actions { add(action, of: agent, &part) }
    for tool in tools { add(tool, of: agent, &part) }
    for other in connected {
      let parts = other.address.components(beforeAndAfter: "://")
      part.addCall(
        type: parts?.0 ?? "agentforce", target: parts?.1 ?? other.address, of: agent, label: nil,
        at: place(other.line))
    }
    for source in sources {
      part.reading.fragment.connections.append(
        Connection(
          .reads, from: EntityReference(.system, agent), to: EntityReference(.data, source.name),
          channel: .internalCall, action: "knowledge",
          evidence: Evidence(.imported, place(source.line))))
    }
    if let route, !route.name.isEmpty, route.type.lowercased().contains("flow") {
      part.addCall(
        type: "flow", target: route.name, of: agent, label: "hand-over to people",
        at: place(route.line))
    }
    if topics.isEmpty {
      part.reading.isPartial = true
      part.reading.note(
        .medium, "the script has no block 'start_agent', 'subagent' or 'topic'; it seems cut off",
        at: place(1))
    }
    return part.reading
  }

  private func describe(_ agent: String, _ part: inout AgentforcePart) {
    if let purpose = setting("description", "agent_description") {
      part.reading.fragment.systems[0].purpose.state(
        purpose.value, Evidence(.imported, place(purpose.line)))
    }
    part.reading.fragment.systems[0].models = models
    let whole = Evidence(.imported, place(settings["agent_type"]?.line ?? 1))
    switch settings["agent_type"]?.value {
    case "AgentforceServiceAgent", "EinsteinServiceAgent":
      part.reading.fragment.systems[0].humanInvolvement.state("Converses with customers", whole)
    case "AgentforceEmployeeAgent":
      part.reading.fragment.systems[0].humanInvolvement.state("Converses with employees", whole)
    default: break
    }
    part.reading.fragment.triggers.append(
      Trigger(system: agent, kind: .manual, expression: "conversation", evidence: whole))
    if let user = setting("default_agent_user") {
      part.reading.fragment.permissions.append(
        Permission(
          system: agent, name: "runs as a user of its own", application: "Salesforce",
          evidence: Evidence(.imported, place(user.line))))
    }
  }

  private func add(_ action: Action, of agent: String, _ part: inout AgentforcePart) {
    let id = "\(action.topic).\(action.name)"
    let label = action.label ?? action.name
    part.addStep(id, name: label, .call, of: agent, at: place(action.line))
    if action.confirms {
      part.addConfirmation(id, name: label, of: agent, at: place(action.line))
    }
    guard let target = action.target,
      let (type, name) = target.text.components(beforeAndAfter: "://"),
      let called = name.trimmedOrNil
    else {
      part.reading.note(
        .low, "the action '\(action.name)' has no target such as 'flow://…'; give it one",
        at: place(action.line))
      return
    }
    part.addCall(type: type, target: called, of: agent, label: label, at: place(target.line))
  }

  /// Tools that are actions of the topic were counted with them.
  private func add(_ tool: Tool, of agent: String, _ part: inout AgentforcePart) {
    let id = "\(tool.topic).\(tool.name)"
    if tool.value.hasPrefix("@utils.escalate") {
      part.addStep(id, name: tool.name, .human, of: agent, at: place(tool.line))
      let target = route.flatMap { route in
        route.name.isEmpty || route.type.lowercased().contains("flow")
          ? nil : EntityReference(.team, route.name)
      }
      part.addEscalation(id, name: tool.name, of: agent, to: target, at: place(tool.line))
    } else if tool.value.hasPrefix("@utils.transition") || tool.value.hasPrefix("@subagent.")
      || tool.value.hasPrefix("@topic.")
    {
      part.addStep(id, name: tool.name, .call, of: agent, at: place(tool.line))
    } else if tool.value.hasPrefix("@utils.") {
      part.addStep(id, name: tool.name, .action, of: agent, at: place(tool.line))
    }
  }
}
