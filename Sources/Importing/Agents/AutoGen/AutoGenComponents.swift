import DocumentReading
import Facts
import Inventory

/// Components of AgentChat: teams of agents with models, tools and conditions, nested at will.
struct AutoGenComponents {
  var statements: AgentStatements
  private let path: String

  init(_ statements: AgentStatements, path: String) {
    self.statements = statements
    self.path = path
  }

  /// Adds a component that stands by itself.
  mutating func add(_ component: DataNode) {
    switch kind(of: component) {
    case .team: _ = addTeam(component, depth: 0)
    case .agent: _ = addAgent(component, depth: 0)
    case .tool: addLooseTool(component)
    case .workbench: addLooseWorkbench(component)
    case .other: break
    }
  }

  private enum Kind { case team, agent, tool, workbench, other }

  /// What a component is: by its declared type, else by the module of its provider.
  private func kind(of component: DataNode) -> Kind {
    let provider = component["provider"]?.string ?? ""
    switch component["component_type"]?.string?.lowercased() {
    case "team": return .team
    case "agent": return .agent
    case "tool": return .tool
    case "workbench": return .workbench
    case "model", "termination", "chat_completion_context", "token_provider", "memory":
      return .other
    default: break
    }
    if provider.contains(".teams.") { return .team }
    if provider.contains(".agents.") { return .agent }
    if shortName(provider).hasSuffix("Workbench") { return .workbench }
    return provider.contains(".tools.") || shortName(provider).hasSuffix("Tool") ? .tool : .other
  }

  private func shortName(_ provider: String) -> String {
    provider.split(separator: ".").last.map(String.init) ?? provider
  }

  // MARK: Teams

  private mutating func addTeam(_ team: DataNode, depth: Int) -> String? {
    guard depth < 100 else { return nil }
    // Hand-written files leave the layer `config` out.
    let config = team["config"] ?? team
    let (name, evidence) = teamName(team)
    var system = AutomationSystem(name: name, source: evidence)
    let provider = team["provider"] ?? team
    system.kind.state(
      .orchestrator,
      Evidence(.imported, provider.location, note: "a team hands work from agent to agent"))
    system.technology.state(AutoGenFile.product, provider.evidence)
    describe(&system, team)
    if let label = team["label"]?.string?.trimmedOrNil { system.addAlias(label) }
    let source = EntityReference(.system, name)
    addModel(config["model_client"], to: &system)
    statements.add(system)
    let decides = Set(conditionalNodes(config["graph"]))
    for (index, participant) in (config["participants"]?.array ?? []).enumerated() {
      addParticipant(
        participant, index: index, of: source, decides: decides, depth: depth)
    }
    addTerminations(config["termination_condition"], of: name, depth: 0)
    for limit in ["max_turns", "max_stalls"] {
      if let node = config[limit], let text = node.text {
        statements.addGuardrail(
          "\(limit.replacing("_", with: " ")) \(text)", of: name, node.evidence)
      }
    }
    return name
  }

  private func teamName(_ team: DataNode) -> (String, Evidence) {
    let labels = [team["config"]?["name"], team["label"]]
    let generic = [
      shortName(team["provider"]?.string ?? ""), "RoundRobin Team", "Selector Team", "Swarm Team",
      "RoundRobinGroupChat", "SelectorGroupChat",
    ]
    for node in labels.compactMap({ $0 }) {
      if let text = node.string?.trimmedOrNil, !generic.contains(text) {
        return (text, node.evidence)
      }
    }
    // The Studio's own label tells the kind of team only; several files would look like one team.
    let file = stem(of: lastComponent(of: path))
    let name = team["label"]?.string?.trimmedOrNil ?? shortName(team["provider"]?.string ?? "Team")
    return (
      "\(file) \(name)", (team["provider"] ?? team).inferred("named after its file and kind")
    )
  }

  private mutating func addParticipant(
    _ participant: DataNode, index: Int, of team: EntityReference, decides: Set<String>, depth: Int
  ) {
    let isTeam = kind(of: participant) == .team
    let name: String?
    if isTeam {
      name = addTeam(participant, depth: depth + 1)
    } else if isPerson(participant) {
      let own = participant["config"]?["name"]?.string?.trimmedOrNil ?? "user"
      addPerson(participant, own, of: team.name)
      return
    } else {
      name = addAgent(participant, depth: depth + 1)
    }
    guard let name else {
      statements.reading.note(
        .medium, "participant \(index + 1) of the team '\(team.name)' has no name; it is left out",
        at: participant.location)
      return
    }
    statements.reading.fragment.steps.append(
      Step(
        system: team.name, id: name, kind: decides.contains(name) ? .decision : .call,
        evidence: participant.evidence))
    statements.connect(
      team, .invokes, EntityReference(.system, name), .internalCall, "participant",
      participant.evidence)
  }

  /// Agents of a graph after which a condition chooses the way.
  private func conditionalNodes(_ graph: DataNode?) -> [String] {
    (graph?["nodes"]?.object ?? []).filter { node in
      (node.value["edges"]?.array ?? []).contains {
        $0["condition"].map { !$0.isNull } ?? false || $0["condition_function"]?.string != nil
      }
    }.map(\.key)
  }

  // MARK: People

  private func isPerson(_ component: DataNode) -> Bool {
    component["provider"]?.string.map(shortName) == "UserProxyAgent"
  }

  private mutating func addPerson(_ component: DataNode, _ id: String, of team: String) {
    let text = component["config"]?["description"]?.string
    statements.reading.fragment.steps.append(
      Step(system: team, id: id, kind: .human, evidence: component.evidence))
    statements.reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: team, step: id, kind: touchPointKind(label: text, fallback: .review),
        evidence: component.evidence))
  }

  // MARK: Agents

  private mutating func addAgent(_ agent: DataNode, depth: Int) -> String? {
    let config = agent["config"] ?? agent
    guard depth < 100, let node = config["name"] ?? agent["label"],
      let name = node.string?.trimmedOrNil
    else { return nil }
    var system = AutomationSystem(name: name, source: node.evidence)
    system.kind.state(.agent, (agent["provider"] ?? agent).evidence)
    system.technology.state(AutoGenFile.product, (agent["provider"] ?? agent).evidence)
    describe(&system, agent)
    let source = EntityReference(.system, name)
    addModel(config["model_client"], to: &system)
    if let model = config["model"]?.string?.trimmedOrNil { system.addModel(model) }
    if isPerson(agent) { addPerson(agent, name, of: name) }
    for tool in config["tools"]?.array ?? [] { addTool(tool, of: source, depth: depth + 1) }
    for bench in config["workbench"]?.array ?? [config["workbench"]].compactMap({ $0 }) {
      addWorkbench(bench, of: source, depth: depth + 1)
    }
    for handoff in config["handoffs"]?.array ?? config["handoffs"]?.object?.map(\.value) ?? [] {
      addHandoff(handoff, of: source)
    }
    for memory in config["memory"]?.array ?? [] { addMemory(memory, of: source) }
    if let executor = config["code_executor"] ?? config["executor"], executor.object != nil {
      statements.addPermission(
        "run code (\(shortName(executor["provider"]?.string ?? "executor")))", of: name,
        executor.evidence)
    }
    if let inner = config["team"], kind(of: inner) == .team,
      let team = addTeam(inner, depth: depth + 1)
    {
      statements.connect(
        source, .invokes, EntityReference(.system, team), .internalCall, "team", inner.evidence)
    }
    addSurfer(agent, of: source)
    statements.add(system)
    return name
  }

  /// Agents that come with a tool of their own: a browser, files.
  private mutating func addSurfer(_ agent: DataNode, of source: EntityReference) {
    let provider = agent["provider"] ?? agent
    switch shortName(provider.string ?? "") {
    case "MultimodalWebSurfer", "WebSurfer":
      statements.connect(
        source, .reads, EntityReference(.application, "World Wide Web"), .userInterface, "browse",
        provider.evidence)
    case "FileSurfer":
      statements.connect(
        source, .reads, EntityReference(.application, "Local files"), .file, "browse",
        provider.evidence)
    default: break
    }
  }

  private mutating func addHandoff(_ handoff: DataNode, of source: EntityReference) {
    guard let target = (handoff.string ?? handoff["target"]?.string)?.trimmedOrNil else { return }
    let people = ["user", "human", "user_proxy", "customer"].contains(target.lowercased())
    if people {
      statements.connect(
        source, .escalates, EntityReference(.team, target), .people, "handoff", handoff.evidence)
      statements.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: source.name, step: "handoff to \(target)", kind: .exception,
          evidence: handoff.evidence))
    } else {
      statements.connect(
        source, .invokes, EntityReference(.system, target), .internalCall, "handoff",
        handoff.evidence)
    }
  }

  private mutating func addMemory(_ memory: DataNode, of source: EntityReference) {
    let provider = memory["provider"]?.string.map(shortName) ?? "memory"
    guard provider != "ListMemory" else { return }
    let store = provider.replacing("Memory", with: "").replacing("Vector", with: "")
    statements.connect(
      source, .reads, EntityReference(.application, store.isEmpty ? provider : store), .database,
      "memory", data: [memory["config"]?["collection_name"]?.string].compactMap { $0 },
      memory.evidence)
  }

  private func describe(_ system: inout AutomationSystem, _ component: DataNode) {
    for node in [component["config"]?["description"], component["description"]] {
      if let node, let text = node.string?.trimmedOrNil {
        system.purpose.state(text, node.evidence)
        break
      }
    }
    if let version = component["component_version"], let text = version.text {
      system.version.state(text, version.evidence)
    }
    system.unknowns.append("What starts it is in the program that loads this file.")
  }

  // MARK: Models

  private mutating func addModel(_ client: DataNode?, to system: inout AutomationSystem) {
    guard let client, let config = client["config"] else { return }
    if let inner = config["client"], inner.object != nil {
      return addModel(inner, to: &system)
    }
    for key in ["model", "azure_deployment", "model_name", "ai_model_id"] {
      guard let model = config[key]?.string?.trimmedOrNil else { continue }
      system.addModel(model)
      break
    }
    let address = [config["azure_endpoint"], config["base_url"], config["endpoint"]].lazy
      .compactMap { $0?.string }.first
    let target = address.flatMap(application(ofAddress:))
    for member in config.object ?? [] where namesCredential(member.key) && !member.value.isNull {
      guard member.value.double == nil, !member.key.contains("max_") else { continue }
      statements.addCredential(
        "\(shortName(client["provider"]?.string ?? "model")) \(member.key)", of: system.name,
        application: target, Evidence(.imported, member.keyLocation))
    }
  }

  // MARK: Conditions

  private mutating func addTerminations(_ condition: DataNode?, of team: String, depth: Int) {
    guard let condition, condition.object != nil, depth < 50 else { return }
    let config = condition["config"]
    if let inner = config?["conditions"]?.array {
      for item in inner { addTerminations(item, of: team, depth: depth + 1) }
      return
    }
    let name = shortName(condition["provider"]?.string ?? "termination")
    let limits = (config?.object ?? []).compactMap { member -> String? in
      let number = member.value.double != nil ? member.value.text : nil
      return (number ?? member.value.string).map {
        "\(member.key.replacing("_", with: " ")) \($0)"
      }
    }
    let text = limits.isEmpty ? name : "\(name): \(limits.joined(separator: ", "))"
    statements.addGuardrail("stops at \(text)", of: team, condition.evidence)
  }
}
