import Facts
import Inventory
import ProcessModel

extension BPMNImporter {
  /// Adds what an element calls; what cannot be known goes to the system's unknowns.
  mutating func importCalls(
    _ element: FlowElement, _ index: BPMNProcessIndex, _ details: BPMNProcessDetails,
    of system: inout AutomationSystem
  ) {
    let shown = element.name ?? element.id
    if case .callActivity(let called) = element.kind {
      if let called, reading.globalTasks.contains(called) {
        // A task that several processes share, within the same file.
      } else if let called, !isExpression(called) {
        connect(
          element, from: caller(of: element, index, details, system.name),
          to: EntityReference(.system, systemNames[called] ?? called), channel: .internalCall)
      } else if details.implementations[element.id]?.target == nil {
        system.unknowns.append("The file does not tell which process the call '\(shown)' starts.")
      }
    }
    guard let implementation = details.implementations[element.id] else { return }
    let from = caller(of: element, index, details, system.name)
    let target: EntityReference
    var note = implementation.note
    switch implementation.target {
    case nil: return
    case .undetermined(let expression):
      system.unknowns.append(
        "The target of '\(shown)' (\(implementation.text)) is computed at run time.")
      guard let name = symbolicName(expression, of: system.name) else { return }
      target = EntityReference(.application, name)
      note = "named by an expression, which the file does not determine"
    case .computed:
      system.unknowns.append(
        "The target of '\(shown)' (\(implementation.text)) is computed at run time.")
      return
    case .application(let name): target = EntityReference(.application, name)
    case .system(let name): target = EntityReference(.system, name)
    case .data(let name): target = EntityReference(.data, name)
    case .agent(let name, let models):
      target = EntityReference(.system, name)
      addAgent(name, models: models, for: element)
    }
    if implementation.isInbound {
      return connect(
        element, .triggers, from: target, to: from, channel: implementation.channel,
        action: implementation.action, note: note)
    }
    connect(
      element, target.kind == .data ? .writes : .invokes, from: from, to: target,
      channel: implementation.channel, action: implementation.action, note: note)
  }

  private mutating func connect(
    _ element: FlowElement, _ kind: Connection.Kind = .invokes, from source: EntityReference,
    to target: EntityReference, channel: Connection.Channel, action: String? = nil,
    note: String? = nil
  ) {
    guard source != target else { return }
    fragment.connections.append(
      Connection(
        kind, from: source, to: target, channel: channel, action: action,
        evidence: Evidence(.imported, element.location, note: note)))
  }

  /// The tools in an agent's ad-hoc sub-process are called by the agent, all else by the process.
  private func caller(
    of element: FlowElement, _ index: BPMNProcessIndex, _ details: BPMNProcessDetails,
    _ system: String
  ) -> EntityReference {
    var parent = element.parent
    while let id = parent {
      if case .agent(let name, _) = details.implementations[id]?.target {
        return EntityReference(.system, name)
      }
      parent = index.elements[id]?.parent
    }
    return EntityReference(.system, system)
  }

  private mutating func addAgent(_ name: String, models: [String], for element: FlowElement) {
    let evidence = Evidence(.imported, element.location)
    var agent = AutomationSystem(name: name, source: evidence)
    agent.kind = Field(.agent, evidence)
    if let technology { agent.technology = Field(technology, evidence) }
    agent.models = models
    fragment.systems.append(agent)
  }

  // MARK: Messages

  /// Message flows between pools; those inside one process say nothing new.
  mutating func importMessageFlows() {
    guard !reading.messageFlows.isEmpty else { return }
    let ends = messageEnds()
    for flow in reading.messageFlows {
      guard let source = ends[flow.source]?.reference,
        let (target, startsIt) = ends[flow.target], source != target
      else { continue }
      let isGuess = source.kind == .team || target.kind == .team
      let location = flow.location
      fragment.connections.append(
        Connection(
          startsIt ? .triggers : .invokes, from: source, to: target,
          channel: isGuess ? .people : .unknown, action: flow.name,
          data: flow.name.map { [$0] } ?? [],
          evidence: Evidence(
            .imported, location,
            note: isGuess ? "a pool without a process is taken for people" : nil)))
      for reference in [source, target] where reference.kind == .team {
        fragment.teams.append(
          Team(
            name: reference.name,
            source: Evidence(.inferred, location, note: "a pool without a process")))
      }
    }
  }

  /// What every element and participant id stands for as the end of a message flow: its system, or
  /// the people of a black-box pool.
  private func messageEnds() -> [String: (reference: EntityReference, isStart: Bool)] {
    var ends: [String: (reference: EntityReference, isStart: Bool)] = [:]
    for participant in reading.participants {
      let process = reading.processes.first { $0.id == participant.process }
      if let process, !process.elements.isEmpty {
        ends[participant.id] = (reference(to: process), false)
      } else if let name = participant.name,
        !reading.failedProcesses.contains(participant.process ?? "")
      {
        let kind = looksLikeSoftware(name) ? EntityKind.application : .team
        ends[participant.id] = (EntityReference(kind, name), false)
      }
    }
    for process in reading.processes {
      for element in process.elements {
        var isStart = false
        if case .startEvent = element.kind { isStart = true }
        ends[element.id] = (reference(to: process), isStart)
      }
    }
    return ends
  }

  private func reference(to process: BusinessProcess) -> EntityReference {
    EntityReference(.system, systemNames[process.id] ?? process.id)
  }

  /// Whether a pool's name speaks of software and not of people.
  private func looksLikeSoftware(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    let software: Set<String> = [
      "system", "service", "platform", "api", "application", "app", "database", "engine", "portal",
      "server", "sap", "erp", "crm", "bot", "robot", "website", "software",
    ]
    return words.contains { software.contains($0) }
  }
}
