import DocumentReading
import Facts
import Inventory

/// Planners, topics, actions and prompt templates.
extension AgentforceProject {
  // MARK: Agents

  /// A planner: the agent, its topics and the actions it has of its own.
  func readPlanner(_ item: Item) -> FileReading {
    var part = AgentforcePart(path: item.path)
    let agent = agentName(ofPlanner: item)
    let root = item.root
    let label = root.first("masterLabel")?.text.trimmedOrNil
    part.addAgent(
      agent, aliases: [item.developerName, label].compactMap { $0 },
      purpose: root.first("description"), at: root.location)
    part.reading.fragment.triggers.append(
      Trigger(
        system: agent, kind: .manual, expression: "conversation",
        evidence: Evidence(.imported, root.location)))
    for function in root.all("genAiFunctions") {
      guard let name = function.first("genAiFunctionName")?.text.trimmedOrNil else { continue }
      addUse(of: name, inside: nil, of: agent, near: item.path, at: function.location, &part)
    }
    for action in root.all("plannerActions") { addAction(action, inside: nil, of: agent, &part) }
    for link in root.all("genAiPlugins") { addTopicLink(link, of: agent, &part, near: item.path) }
    for topic in root.all("localTopics") { addTopic(topic, of: agent, &part, near: item.path) }
    return part.reading
  }

  private func addTopicLink(
    _ link: XMLElement, of agent: String, _ part: inout AgentforcePart, near path: String
  ) {
    guard let name = link.first("genAiPluginName")?.text.trimmedOrNil else { return }
    if let customised = link.first("genAiCustomizedPlugin") {
      addTopic(customised, of: agent, &part, near: path, named: name)
      return
    }
    let topic = item(.topic, name, near: path)
    part.addStep(
      name, name: topic?.root.first("masterLabel")?.text.trimmedOrNil ?? name, .group, of: agent,
      at: link.location)
    if topic == nil {
      part.reading.note(
        .info,
        "the topic '\(name)' is not among the files; a standard topic of Salesforce has none, any"
          + " other is to be exported with the agent", at: link.location)
    }
  }

  // MARK: Topics

  /// A topic of its own file, which any number of agents may have.
  func readTopic(_ item: Item) -> FileReading {
    var part = AgentforcePart(path: item.path)
    var agents = agents(ofTopic: item)
    if agents.isEmpty {
      let name = item.root.first("masterLabel")?.text.trimmedOrNil ?? item.developerName
      part.addAgent(
        name, aliases: [item.developerName], purpose: item.root.first("description"),
        at: item.root.location)
      part.reading.fragment.systems[0].unknowns = [
        "Which agent has this topic is told by a planner, which is not among the files."
      ]
      part.reading.isPartial = true
      agents = [name]
    }
    for agent in agents { addTopic(item.root, of: agent, &part, near: item.path) }
    return part.reading
  }

  /// A topic: its actions, and whether it may give the conversation to people.
  private func addTopic(
    _ topic: XMLElement, of agent: String, _ part: inout AgentforcePart, near path: String,
    named given: String? = nil
  ) {
    let name =
      given ?? (topic.first("developerName") ?? topic.first("fullName") ?? topic.first("name"))?
      .text.trimmedOrNil ?? item(atPath: path)?.developerName ?? "topic"
    let label = topic.first("masterLabel")?.text.trimmedOrNil ?? name
    part.addStep(name, name: label, .group, of: agent, at: topic.location)
    if let escalates = topic.first("canEscalate"), escalates.text.trimmedOrNil == "true" {
      let id = "\(name).escalate"
      part.addStep(id, name: "Escalate from \(label)", .human, of: agent, at: escalates.location)
      part.addEscalation(id, name: label, of: agent, at: escalates.location)
    }
    let own = topic.all("localActions")
    let ownNames = Set(own.compactMap { actionName($0) })
    for action in own { addAction(action, inside: name, of: agent, &part) }
    for function in topic.all("genAiFunctions") + topic.all("localActionLinks") {
      let called = (function.first("functionName") ?? function.first("genAiFunctionName"))?.text
        .trimmedOrNil
      guard let called, !ownNames.contains(called) else { continue }
      addUse(of: called, inside: name, of: agent, near: path, at: function.location, &part)
    }
  }

  private func item(atPath path: String) -> Item? {
    (items[.topic] ?? []).first { $0.path == path }
  }

  /// An action that is defined elsewhere: in its own file, or by Salesforce.
  private func addUse(
    of name: String, inside topic: String?, of agent: String, near path: String,
    at place: SourceLocation, _ part: inout AgentforcePart
  ) {
    let found = item(.action, name, near: path)
    let label = found?.root.first("masterLabel")?.text.trimmedOrNil ?? name
    part.addStep(
      [topic, name].compactMap { $0 }.joined(separator: "."), name: label,
      found == nil ? .action : .call, of: agent, at: place)
    if let target = found?.root.first("invocationTarget"), let called = target.text.trimmedOrNil {
      part.addCall(
        type: found?.root.first("invocationTargetType")?.text.trimmedOrNil ?? "", target: called,
        of: agent, label: label, at: place)
    }
    guard found == nil else { return }
    // Names such as `EmployeeCopilot__AnswerQuestionsWithKnowledge` are Salesforce's own.
    let isStandard = name.contains("__")
    part.reading.fragment.connections.append(
      Connection(
        .invokes, from: EntityReference(.system, agent),
        to: isStandard
          ? EntityReference(.application, "Salesforce") : EntityReference(.system, name),
        channel: .internalCall, action: isStandard ? name : "tool",
        evidence: Evidence(.imported, place)))
  }

  // MARK: Actions

  private func actionName(_ action: XMLElement) -> String? {
    (action.first("developerName") ?? action.first("fullName"))?.text.trimmedOrNil
  }

  /// An action that a planner or topic defines itself.
  private func addAction(
    _ action: XMLElement, inside topic: String?, of agent: String, _ part: inout AgentforcePart
  ) {
    guard let name = actionName(action) else {
      part.reading.note(.medium, "an action has no name", at: action.location)
      return
    }
    let label = action.first("masterLabel")?.text.trimmedOrNil ?? name
    let id = [topic, name].compactMap { $0 }.joined(separator: ".")
    part.addStep(id, name: label, .call, of: agent, at: action.location)
    addTarget(action, of: agent, step: id, label: label, &part)
  }

  private func addTarget(
    _ action: XMLElement, of agent: String, step: String, label: String,
    _ part: inout AgentforcePart
  ) {
    if let target = action.first("invocationTarget"), let name = target.text.trimmedOrNil {
      part.addCall(
        type: action.first("invocationTargetType")?.text.trimmedOrNil ?? "", target: name,
        of: agent, label: label, at: target.location)
    } else {
      part.reading.note(
        .low, "the action '\(label)' names nothing that it starts", at: action.location)
    }
    if let confirmation = action.first("isConfirmationRequired"),
      confirmation.text.trimmedOrNil == "true"
    {
      part.addConfirmation(step, name: label, of: agent, at: confirmation.location)
    }
  }

  /// An action of its own file: what it starts, for every agent that has it.
  func readAction(_ item: Item) -> FileReading {
    var part = AgentforcePart(path: item.path)
    let label = item.root.first("masterLabel")?.text.trimmedOrNil ?? item.developerName
    var uses = uses(ofAction: item)
    if uses.isEmpty {
      part.addAgent(
        label, aliases: [item.developerName], purpose: item.root.first("description"),
        at: item.root.location)
      part.reading.fragment.systems[0].unknowns = [
        "Which agents have this action is told by topics and planners, which are not among the"
          + " files."
      ]
      part.reading.isPartial = true
      uses = [(label, nil)]
    }
    var seen: Set<String> = []
    for (agent, topic) in uses {
      let id = [topic, item.developerName].compactMap { $0 }.joined(separator: ".")
      part.addStep(id, name: label, .call, of: agent, at: item.root.location)
      // What it starts is the same from all topics of an agent.
      guard seen.insert(agent).inserted else { continue }
      addTarget(item.root, of: agent, step: id, label: label, &part)
    }
    return part.reading
  }

  // MARK: Prompt templates

  /// A prompt template: model, and the data and automations that fill it.
  func readPromptTemplate(_ item: Item) -> FileReading {
    var part = AgentforcePart(path: item.path)
    let root = item.root
    let name = root.first("masterLabel")?.text.trimmedOrNil ?? item.developerName
    part.addAgent(
      name, aliases: [item.developerName], purpose: root.first("description"), at: root.location)
    let versions = root.all("templateVersions")
    let active = root.first("activeVersionIdentifier")?.text.trimmedOrNil
    let version =
      versions.first { active != nil && $0.first("versionIdentifier")?.text.trimmedOrNil == active }
      ?? versions.last
    part.reading.fragment.systems[0].technology = Field(
      "Salesforce Prompt Builder", Evidence(.imported, root.location))
    guard let version else {
      part.reading.note(.low, "the prompt template has no version", at: root.location)
      return part.reading
    }
    if let model = version.first("primaryModel")?.text.trimmedOrNil {
      part.reading.fragment.systems[0].models = [model]
    }
    if let status = version.first("status") {
      let evidence = Evidence(.imported, status.location)
      if status.text == "Published" {
        part.reading.fragment.systems[0].status.state(.production, evidence)
      } else if status.text == "Draft" {
        part.reading.fragment.systems[0].status.state(.development, evidence)
      }
    }
    part.addStep("prompt", name: name, .action, of: name, at: version.location)
    let records = version.all("inputs").compactMap { input -> String? in
      guard let text = input.first("definition")?.text.trimmedOrNil,
        text.uppercased().hasPrefix("SOBJECT://")
      else { return nil }
      return String(text.dropFirst(10))
    }
    if !records.isEmpty {
      part.reading.fragment.connections.append(
        Connection(
          .reads, from: EntityReference(.system, name),
          to: EntityReference(.application, "Salesforce"), channel: .internalCall,
          action: "prompt input", data: records, evidence: Evidence(.imported, version.location)))
    }
    for (index, provider) in version.all("templateDataProviders").enumerated() {
      guard let text = provider.first("definition")?.text.trimmedOrNil else { continue }
      let parts = text.components(beforeAndAfter: "://")
      let id = provider.first("referenceName")?.text.trimmedOrNil ?? "data \(index + 1)"
      part.addStep(id, name: id, .action, of: name, at: provider.location)
      part.addCall(
        type: parts?.0 ?? "", target: parts?.1 ?? text, of: name, label: id, at: provider.location)
    }
    return part.reading
  }
}

extension String {
  /// What stands before and after the first occurrence of a mark; `nil` where it does not occur.
  func components(beforeAndAfter mark: String) -> (String, String)? {
    guard let range = firstRange(of: mark) else { return nil }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }
}
