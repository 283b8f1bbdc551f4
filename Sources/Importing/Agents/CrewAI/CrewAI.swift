import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// CrewAI teams: `agents.yaml` and `tasks.yaml`, also in the dialect of Amazon's Bedrock samples,
  /// and `crew.jsonc` with a file for each agent (docs.crewai.com, concepts).
  ///
  /// YAML is always partial: which agents form a crew, and most tools, are wired in Python.
  static let crewAI = ImportFormat(
    id: "crewai", title: "CrewAI agents and tasks",
    sniff: { file in
      guard let content = CrewAIContent(file) else { return nil }
      // An agent's own file is part of the crew whose file lies above it.
      let isOwnFile = content.crew == nil && content.agents.count == 1 && isJSONFile(file)
      return content.tasks.isEmpty && !isOwnFile || content.crew != nil ? .anchor : .part
    },
    read: { group in CrewAIFiles(group).readings() })
}

private func isJSONFile(_ file: CandidateFile) -> Bool {
  [UInt8(ascii: "{"), UInt8(ascii: "/")].contains(file.firstByte)
}

/// The agents and tasks of one project.
private struct CrewAIFiles {
  private typealias Entry = CrewAIContent.Entry

  private var files: [(path: String, content: CrewAIContent)] = []
  private var failures: [FileReading] = []
  private let agents: [Entry]
  /// Agents by name.
  private let agentNamed: [String: DataNode]
  /// Names and roles by which tasks may call agents.
  private let agentNames: Set<String>

  init(_ group: ImportGroup) {
    for file in group.files {
      if let content = CrewAIContent(file) {
        files.append((file.path, content))
      } else {
        // It was one a moment ago.
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.note(.high, "the file can no longer be read", at: file.location)
        failures.append(failure)
      }
    }
    agents = files.flatMap(\.content.agents)
    agentNamed = Dictionary(
      agents.map { ($0.name, $0.node) }, uniquingKeysWith: { first, _ in first })
    agentNames = Set(
      agents.flatMap { [$0.name, $0.node["role"]?.string?.trimmedOrNil ?? $0.name] })
  }

  func readings() -> [FileReading] {
    failures
      + files.map { path, content in
        var statements = AgentStatements(path: path)
        // Only a crew's own file says who belongs to it and with which tools.
        let isComplete = agents.contains { $0.node["settings"] != nil } || content.crew != nil
        statements.reading.isPartial = !isComplete
        for agent in content.agents { addAgent(agent, isComplete: isComplete, &statements) }
        if let crew = content.crew { addCrew(crew, path: path, content, &statements) }
        addTasks(content, path: path, &statements)
        let isSaid = statements.reading.fragment.systems.contains { !$0.unknowns.isEmpty }
        if !isComplete, !isSaid, statements.reading.problems.isEmpty {
          statements.reading.note(
            .info,
            "how the tasks are run, and with which tools, is wired in Python, which is not read",
            at: SourceLocation(path: path))
        }
        return statements.reading
      }
  }

  // MARK: Agents

  private func addAgent(_ entry: Entry, isComplete: Bool, _ statements: inout AgentStatements) {
    let agent = entry.node
    let evidence = Evidence(.imported, entry.place)
    var system = AutomationSystem(name: entry.name, source: evidence)
    system.kind.state(.agent, evidence)
    // Examples of Amazon Bedrock keep its agents in files like CrewAI's, with instructions and no backstory.
    let isBedrock = agent["instructions"] != nil && agent["backstory"] == nil
    system.technology.state(isBedrock ? "Amazon Bedrock Agents" : "CrewAI", evidence)
    let role = agent["role"]?.string?.filter { $0 != "\"" }.trimmedOrNil
    if let role, !role.contains("{"), role != entry.name { system.addAlias(role) }
    if let goal = agent["goal"], let text = goal.string?.trimmedOrNil {
      system.purpose.state(text, goal.evidence)
    }
    for key in ["llm", "function_calling_llm", "planning_llm", "routing_classifier_model"] {
      let value = setting(key, of: agent)
      let model = value?.string ?? value?["model"]?.string ?? value?["model_name"]?.string
      if let model = model?.trimmedOrNil { system.addModel(model) }
      if let secret = value?["api_key"], !secret.isNull {
        statements.addCredential("\(key) api_key", of: entry.name, secret.evidence)
      }
    }
    if !isComplete {
      system.unknowns = [
        "Tools, and which agents form a crew, are wired in Python, which is not read."
      ]
    }
    if setting("allow_delegation", of: agent)?.bool == true {
      system.unknowns.append("May delegate to any other agent of its crew.")
    }
    statements.reading.fragment.systems.append(system)
    let source = EntityReference(.system, entry.name)
    addTools(agent, of: source, &statements)
    for collaborator in agent["collaborator_agents"]?.array ?? [] {
      guard let name = (collaborator["agent"] ?? collaborator["name"])?.string?.trimmedOrNil else {
        continue
      }
      statements.connect(
        source, .invokes, EntityReference(.system, name), .internalCall, "collaborator",
        collaborator.evidence)
    }
    addKnowledge(agent, of: source, &statements)
    if let node = setting("allow_code_execution", of: agent), node.bool == true {
      let mode = setting("code_execution_mode", of: agent)?.string
      statements.addPermission(
        mode.map { "run code (\($0))" } ?? "run code", of: entry.name, node.evidence)
    }
    for key in ["guardrail", "guardrails"] {
      addGuardrails(agent[key], of: entry.name, &statements)
    }
  }

  /// A setting of an agent, which JSON projects keep under `settings`.
  private func setting(_ key: String, of agent: DataNode) -> DataNode? {
    agent[key] ?? agent["settings"]?[key]
  }

  private func addTools(
    _ node: DataNode, of source: EntityReference, _ statements: inout AgentStatements
  ) {
    for (name, tool) in node["tools"]?.named(["name", "type", "python"]) ?? [] {
      let plain = name.hasPrefix("custom:") ? String(name.dropFirst(7)) : name
      statements.connect(
        source, .invokes, EntityReference(.application, plain), .internalCall, "tool",
        tool.evidence)
    }
    for (name, server) in node["mcps"]?.named(["url", "name", "command"]) ?? [] {
      statements.connect(
        source, .invokes, EntityReference(.application, publicAddress(name)), .mcp, "mcps",
        server.evidence)
      for part in [server["headers"], server["env"]] {
        for member in part?.object ?? [] where namesCredential(member.key) {
          statements.addCredential(
            member.key, of: source.name, application: publicAddress(name),
            Evidence(.imported, member.keyLocation))
        }
      }
    }
    for (name, app) in node["apps"]?.named() ?? [] {
      // `gmail`, or `gmail/send_email` for one of its actions.
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      guard let product = parts.first else { continue }
      let known = KnownApplication.named(byConnector: product) ?? KnownApplication.named(product)
      let action = parts.count > 1 ? parts[1] : nil
      statements.connect(
        source, action.flatMap(direction(ofOperation:)) ?? .invokes,
        EntityReference(.application, known ?? product), .api, action, app.evidence)
      if known != nil {
        statements.addApplication(known ?? product, aliases: [product], app.evidence)
      }
    }
  }

  private func addKnowledge(
    _ agent: DataNode, of source: EntityReference, _ statements: inout AgentStatements
  ) {
    for knowledge in agent["knowledge_sources"]?.array ?? [] {
      let files =
        knowledge["file_paths"] ?? knowledge["file_path"] ?? knowledge["source"] ?? knowledge
      for (text, node) in files.texts {
        statements.connect(
          source, .reads, EntityReference(.data, lastComponent(of: text)), .file, "knowledge",
          node.evidence)
      }
    }
  }

  private func addGuardrails(
    _ node: DataNode?, of system: String, _ statements: inout AgentStatements
  ) {
    for item in node?.array ?? [node].compactMap({ $0 }) {
      let text = item.string ?? item["python"]?.string ?? item["description"]?.string
      if let text = text?.trimmedOrNil { statements.addGuardrail(text, of: system, item.evidence) }
    }
  }

  // MARK: Tasks

  private func addTasks(
    _ content: CrewAIContent, path: String, _ statements: inout AgentStatements
  ) {
    let crew = crewName(content.crew, path: path)
    var performers: [String: String] = [:]
    for task in content.tasks {
      let performer: String
      if let agent = task.node["agent"], let name = agent.string?.trimmedOrNil {
        performer = name
        noteUnknownAgent(name, agent.location, &statements)
      } else {
        performer = crew
        if content.crew == nil { addNamelessCrew(crew, task.place, &statements) }
      }
      performers[task.name] = performer
      addTask(task, performer, &statements)
    }
    addContexts(content.tasks, performers, &statements)
  }

  private func addTask(_ entry: Entry, _ performer: String, _ statements: inout AgentStatements) {
    let task = entry.node
    let label = task["name"]?.string.flatMap { $0 == entry.name ? nil : $0 }
    var step = Step(
      system: performer, id: entry.name, name: label, kind: .action,
      evidence: Evidence(.imported, entry.place))
    let agent = agentNamed[performer]
    step.retries = firstNumber(
      task["guardrail_max_retries"], task["max_retries"],
      agent.flatMap { setting("max_retry_limit", of: $0) }
    ).flatMap { Int(exactly: $0) }
    step.timeout = firstNumber(
      task["max_execution_time"], agent.flatMap { setting("max_execution_time", of: $0) }
    ).flatMap { TimeSpan(seconds: $0) }
    statements.reading.fragment.steps.append(step)
    if let asks = task["human_input"], asks.bool == true || asks.string?.lowercased() == "true" {
      // CrewAI asks for feedback on the agent's answer before it is final.
      statements.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: performer, step: entry.name, name: label, kind: .review, evidence: asks.evidence))
    }
    for key in ["guardrail", "guardrails"] { addGuardrails(task[key], of: performer, &statements) }
    let source = EntityReference(.system, performer)
    addTools(task, of: source, &statements)
    if let output = task["output_file"], let file = output.string?.trimmedOrNil {
      statements.connect(
        source, .writes, EntityReference(.data, lastComponent(of: file)), .file, "output file",
        output.evidence)
    }
  }

  private func firstNumber(_ nodes: DataNode?...) -> Double? {
    nodes.lazy.compactMap { $0 }.first?.double
  }

  /// The output of one task is context of another: data flow from agent to agent.
  private func addContexts(
    _ tasks: [Entry], _ performers: [String: String], _ statements: inout AgentStatements
  ) {
    for task in tasks {
      for context in task.node["context"]?.array ?? [] {
        guard let name = context.string?.trimmedOrNil, let reader = performers[task.name] else {
          continue
        }
        guard let writer = performers[name] else {
          let hint = hint(for: name, among: performers.keys, statements)
          statements.reading.note(
            .medium,
            "task '\(task.name)' takes the output of task '\(name)', which is not in this file"
              + hint, at: context.location)
          continue
        }
        guard writer != reader else { continue }
        statements.connect(
          EntityReference(.system, reader), .reads, EntityReference(.system, writer),
          .internalCall, "context", data: [name], context.evidence)
      }
    }
  }

  private func noteUnknownAgent(
    _ agent: String, _ place: SourceLocation, _ statements: inout AgentStatements
  ) {
    guard !agents.isEmpty, !agentNames.contains(agent) else { return }
    let hint = hint(for: agent, among: agentNamed.keys, statements)
    statements.reading.note(
      .medium, "the agent '\(agent)' is not among the agents of this folder\(hint)", at: place)
  }

  /// A guess at what a name was meant to be, for the first problems of a file.
  private func hint(
    for name: String, among names: some Collection<String>, _ statements: AgentStatements
  ) -> String {
    statements.reading.problems.count < 20 ? suggestion(for: name, among: names) : ""
  }

  // MARK: Crews

  /// The crew of a file that defines one, with its members.
  private func addCrew(
    _ crew: DataNode, path: String, _ content: CrewAIContent, _ statements: inout AgentStatements
  ) {
    let name = crewName(crew, path: path)
    let named = crew["name"]?.evidence ?? crew.inferred("named after its folder")
    var system = AutomationSystem(name: name, source: named)
    system.kind.state(
      .orchestrator, Evidence(.imported, crew.location, note: "a crew hands tasks to its agents"))
    system.technology.state("CrewAI", crew.evidence)
    if let text = crew["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    for key in ["manager_llm", "planning_llm", "function_calling_llm", "chat_llm"] {
      if let model = (crew[key]?.string ?? crew[key]?["model"]?.string)?.trimmedOrNil {
        system.addModel(model)
      }
    }
    statements.add(system)
    var members = (crew["agents"]?.array ?? []).compactMap { item in
      item.string.map { ($0, item.location) }
    }
    members += content.agents.map { ($0.name, $0.place) }
    for (member, place) in members {
      statements.connect(
        EntityReference(.system, name), .invokes, EntityReference(.system, member), .internalCall,
        "member", Evidence(.imported, place))
    }
    addKnowledge(crew, of: EntityReference(.system, name), &statements)
  }

  /// A crew has no name in YAML; that of the folder is taken, of the one above `config/`.
  private func crewName(_ crew: DataNode?, path: String) -> String {
    if let name = crew?["name"]?.string?.trimmedOrNil { return name }
    let folders = path.split { $0 == "/" || $0 == "!" }.dropLast().map(String.init)
    let named = folders.last { $0.lowercased() != "config" }
    return "\(named ?? stem(of: lastComponent(of: path))) crew"
  }

  private func addNamelessCrew(
    _ name: String, _ place: SourceLocation, _ statements: inout AgentStatements
  ) {
    guard !statements.reading.fragment.systems.contains(where: { $0.name == name }) else { return }
    let concluded = Evidence(
      .inferred, place,
      note: "tasks without an agent belong to the crew, which is named after its folder")
    var crew = AutomationSystem(name: name, source: concluded)
    crew.kind.state(.agent, concluded)
    crew.technology.state("CrewAI", Evidence(.imported, place))
    crew.unknowns = ["Which agent does which task is wired in Python, which is not read."]
    statements.reading.fragment.systems.append(crew)
  }
}
