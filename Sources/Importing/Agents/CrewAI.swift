import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// CrewAI teams: `agents.yaml` and `tasks.yaml`, also in the dialect of Amazon's Bedrock samples.
  ///
  /// Always partial: which agents form a crew, and most tools, are wired in Python.
  static let crewAI = ImportFormat(
    id: "crewai", title: "CrewAI agents and tasks",
    sniff: { file in
      // Only what may be YAML with these keys is parsed.
      guard file.firstByte != UInt8(ascii: "{"), file.firstByte != UInt8(ascii: "<") else {
        return nil
      }
      let mayBeAgents = file.contains("role:") && file.contains("goal:")
      let mayBeTasks = file.contains("description:") && file.contains("expected_output:")
      guard mayBeAgents || mayBeTasks, let node = try? file.yaml() else { return nil }
      if CrewAIFiles.isAgents(node) { return .anchor }
      return CrewAIFiles.isTasks(node) ? .part : nil
    },
    read: { group in CrewAIFiles(group).readings() })
}

/// The agents and tasks of one folder.
private struct CrewAIFiles {
  private var failures: [FileReading] = []
  private var agents: [(path: String, node: DataNode)] = []
  private var tasks: [(path: String, node: DataNode)] = []

  static func isAgents(_ node: DataNode) -> Bool { has(node, ["role", "goal"]) }
  static func isTasks(_ node: DataNode) -> Bool { has(node, ["description", "expected_output"]) }

  /// Whether a map holds nothing but maps that have all the keys.
  private static func has(_ node: DataNode, _ keys: [String]) -> Bool {
    guard let members = node.object, !members.isEmpty else { return false }
    return members.allSatisfy { member in keys.allSatisfy { member.value[$0] != nil } }
  }

  init(_ group: ImportGroup) {
    for file in group.files {
      do {
        let node = try file.yaml()
        if Self.isAgents(node) {
          agents.append((file.path, node))
        } else {
          tasks.append((file.path, node))
        }
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
  }

  func readings() -> [FileReading] {
    failures + agents.map { readAgents($0.path, $0.node) }
      + tasks.map { readTasks($0.path, $0.node) }
  }

  // MARK: Agents

  private func readAgents(_ path: String, _ node: DataNode) -> FileReading {
    var reading = FileReading(path: path)
    reading.isPartial = true
    for member in node.object ?? [] {
      let agent = member.value
      let evidence = Evidence(.imported, member.keyLocation)
      var system = AutomationSystem(name: member.key, source: evidence)
      system.kind.state(.agent, evidence)
      system.technology.state("CrewAI", evidence)
      let role = agent["role"]?.string?.filter { $0 != "\"" }.trimmedOrNil
      if let role, !role.contains("{") {
        system.aliases.append(role)
      }
      if let goal = agent["goal"], let text = goal.string?.trimmedOrNil {
        system.purpose.state(text, Evidence(.imported, goal.location))
      }
      system.models = ["llm", "function_calling_llm", "routing_classifier_model"].compactMap {
        agent[$0]?.string?.trimmedOrNil
      }
      system.unknowns = [
        "Tools, and which agents form a crew, are wired in Python, which is not read."
      ]
      if agent["allow_delegation"]?.bool == true {
        system.unknowns.append("May delegate to any other agent of its crew.")
      }
      reading.fragment.systems.append(system)
      let source = EntityReference(.system, member.key)
      for tool in agent["tools"]?.array ?? [] {
        guard let name = (tool.string ?? tool["name"]?.string)?.trimmedOrNil else { continue }
        reading.fragment.connections.append(
          Connection(
            .invokes, from: source, to: EntityReference(.application, name), channel: .internalCall,
            action: "tool", evidence: Evidence(.imported, tool.location)))
      }
      for collaborator in agent["collaborator_agents"]?.array ?? [] {
        guard let name = (collaborator["agent"] ?? collaborator["name"])?.string?.trimmedOrNil
        else {
          continue
        }
        reading.fragment.connections.append(
          Connection(
            .invokes, from: source, to: EntityReference(.system, name), channel: .internalCall,
            action: "collaborator", evidence: Evidence(.imported, collaborator.location)))
      }
    }
    return reading
  }

  // MARK: Tasks

  private func readTasks(_ path: String, _ node: DataNode) -> FileReading {
    var reading = FileReading(path: path)
    reading.isPartial = true
    var performers: [String: String] = [:]
    for member in node.object ?? [] {
      let task = member.value
      let evidence = Evidence(.imported, member.keyLocation)
      let performer: String
      if let agent = task["agent"]?.string?.trimmedOrNil {
        performer = agent
        noteUnknownAgent(agent, task["agent"]?.location ?? member.keyLocation, &reading)
      } else {
        performer = crewName(path)
        addCrew(performer, evidence, &reading)
      }
      performers[member.key] = performer
      addTask(member, performer, evidence, &reading)
    }
    addContexts(node, performers, &reading)
    return reading
  }

  private func addTask(
    _ member: DataMember, _ performer: String, _ evidence: Evidence, _ reading: inout FileReading
  ) {
    let task = member.value
    var step = Step(
      system: performer, id: member.key, name: task["name"]?.string, kind: .action,
      evidence: evidence)
    let agent = agents.lazy.compactMap { $0.node[performer] }.first
    step.retries = firstNumber(
      task["guardrail_max_retries"], task["max_retries"], agent?["max_retry_limit"]
    ).flatMap { Int(exactly: $0) }
    step.timeout = firstNumber(task["max_execution_time"], agent?["max_execution_time"])
      .flatMap { TimeSpan(seconds: $0) }
    reading.fragment.steps.append(step)
    if task["human_input"]?.bool == true {
      // CrewAI asks for feedback on the agent's answer before it is final.
      reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: performer, step: member.key, name: task["name"]?.string, kind: .review,
          evidence: Evidence(.imported, task["human_input"]?.location ?? member.keyLocation)))
    }
    let guardrails = [task["guardrail"]].compactMap { $0 } + (task["guardrails"]?.array ?? [])
    for guardrail in guardrails {
      guard let text = guardrail.string?.trimmedOrNil else { continue }
      reading.fragment.guardrails.append(
        Guardrail(system: performer, name: text, evidence: Evidence(.imported, guardrail.location)))
    }
    for tool in task["tools"]?.array ?? [] {
      guard let name = (tool.string ?? tool["name"]?.string)?.trimmedOrNil else { continue }
      reading.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, performer),
          to: EntityReference(.application, name), channel: .internalCall, action: "tool",
          evidence: Evidence(.imported, tool.location)))
    }
  }

  private func firstNumber(_ nodes: DataNode?...) -> Double? {
    nodes.lazy.compactMap { $0 }.first?.double
  }

  /// The output of one task is context of another: data flow from agent to agent.
  private func addContexts(
    _ node: DataNode, _ performers: [String: String], _ reading: inout FileReading
  ) {
    for member in node.object ?? [] {
      for context in member.value["context"]?.array ?? [] {
        guard let name = context.string?.trimmedOrNil, let reader = performers[member.key] else {
          continue
        }
        guard let writer = performers[name] else {
          let hint = closestName(to: name, among: performers.keys.sorted()).map {
            "; did you mean '\($0)'?"
          }
          reading.note(
            .medium,
            "task '\(member.key)' takes the output of task '\(name)', which is not in this file"
              + (hint ?? ""), at: context.location)
          continue
        }
        guard writer != reader else { continue }
        reading.fragment.connections.append(
          Connection(
            .reads, from: EntityReference(.system, reader), to: EntityReference(.system, writer),
            channel: .internalCall, action: "context", data: [name],
            evidence: Evidence(.imported, context.location)))
      }
    }
  }

  private func noteUnknownAgent(
    _ agent: String, _ place: SourceLocation, _ reading: inout FileReading
  ) {
    guard !agents.isEmpty else { return }
    let known = agents.flatMap { $0.node.object ?? [] }.map(\.key)
    guard !known.contains(agent) else { return }
    let hint = closestName(to: agent, among: known).map { "; did you mean '\($0)'?" }
    reading.note(
      .medium, "the agent '\(agent)' is not among the agents of this folder\(hint ?? "")", at: place
    )
  }

  /// A crew has no name in its files; that of the folder is taken, of the one above `config/`.
  private func crewName(_ path: String) -> String {
    let folders = path.split { $0 == "/" || $0 == "!" }.dropLast().map(String.init)
    let named = folders.last { $0.lowercased() != "config" }
    return "\(named ?? stem(of: lastComponent(of: path))) crew"
  }

  private func addCrew(_ name: String, _ evidence: Evidence, _ reading: inout FileReading) {
    guard !reading.fragment.systems.contains(where: { $0.name == name }) else { return }
    let concluded = Evidence(
      .inferred, evidence.location,
      note: "tasks without an agent belong to the crew, which is named after its folder")
    var crew = AutomationSystem(name: name, source: concluded)
    crew.kind.state(.agent, concluded)
    crew.technology.state("CrewAI", evidence)
    crew.unknowns = ["Which agent does which task is wired in Python, which is not read."]
    reading.fragment.systems.append(crew)
  }
}
