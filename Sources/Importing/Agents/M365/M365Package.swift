import DocumentReading
import Facts
import Inventory

/// The files of one app package: its manifest, its agents and their plugins.
struct M365Package {
  /// Technologies, as they are shown.
  static let agentTechnology = "Microsoft 365 Copilot declarative agent"
  private static let botTechnology = "Microsoft Teams bot"

  private var failures: [FileReading] = []
  private var apps: [(path: String, root: DataNode)] = []
  private var agents: [(path: String, root: DataNode, name: Fact<String>)] = []
  private var plugins: [(path: String, root: DataNode, name: Fact<String>)] = []

  init(_ group: ImportGroup) {
    var agentRoots: [(String, DataNode)] = []
    for file in group.files {
      do {
        let root = try file.json()
        switch M365File.kind(of: file) {
        case .app: apps.append((file.path, root))
        case .agent: agentRoots.append((file.path, root))
        default:
          let node = root["name_for_human"] ?? root["namespace"] ?? root
          let given = root["name_for_human"]?.settledText ?? root["namespace"]?.settledText
          let name = given ?? stem(of: file.name)
          plugins.append((file.path, root, Fact(name, node.evidence)))
        }
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
    for (path, root) in agentRoots {
      agents.append((path, root, agentName(root, path: path)))
    }
  }

  func readings() -> [FileReading] {
    failures + apps.map(reading(ofApp:)) + agents.map(reading(ofAgent:))
      + plugins.map(reading(ofPlugin:))
  }

  // MARK: Names

  /// An agent's own name, else the app's, else that of its folder.
  private func agentName(_ root: DataNode, path: String) -> Fact<String> {
    if let node = root["name"], let text = node.settledText { return Fact(text, node.evidence) }
    let app = apps.first { folder(of: path).hasPrefix(folder(of: $0.path)) }
    if let node = app?.root["name"]?["short"], let text = node.settledText {
      return Fact(text, Evidence(.imported, node.location, note: "the app's name"))
    }
    let folders = path.split { $0 == "/" || $0 == "!" }.dropLast().reversed().map(String.init)
    let generic = ["apppackage", "package", "build", "m365agent", "teamsapp"]
    let own =
      folders.first { !generic.contains($0.lowercased()) } ?? stem(of: lastComponent(of: path))
    return Fact(own, root.inferred("named after its folder, for its name is filled in later"))
  }

  /// The file that another one names by a relative path.
  private func resolve(_ name: String, from path: String) -> String {
    var parts = folder(of: path).split(separator: "/").map(String.init)
    for part in name.split(separator: "/") where part != "." {
      if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }

  // MARK: Apps

  private func reading(ofApp app: (path: String, root: DataNode)) -> FileReading {
    var statements = AgentStatements(path: app.path)
    let root = app.root
    let copilot = root["copilotAgents"] ?? root["copilotExtensions"]
    let declared =
      (copilot?["declarativeAgents"] ?? copilot?["declarativeCopilots"])?.array ?? []
    let title = root["name"]?["short"] ?? root["name"]?["full"]
    let appName = title?.settledText ?? root["name"]?["full"]?.settledText
    for item in declared {
      guard let file = item["file"]?.string?.trimmedOrNil else { continue }
      let wanted = resolve(file, from: app.path)
      let found = agents.first { $0.path == wanted }
      guard let name = found?.name.value ?? appName else { continue }
      var system = system(name, of: root, title ?? root)
      system.technology.state(Self.agentTechnology, item.evidence)
      if let appName { system.addAlias(appName) }
      if found == nil {
        system.unknowns.append(
          "What it reads and does is in '\(file)', which is not among the files.")
        statements.reading.note(
          .info, "the agent's own file '\(file)' is not among the files; import it too",
          at: item.location)
        statements.reading.isPartial = true
        // Plugins of the package, of which no agent's file tells, are its.
        for plugin in plugins where folder(of: plugin.path).hasPrefix(folder(of: app.path)) {
          connect(name, to: plugin, &statements, item.inferred("a plugin in the agent's package"))
        }
      }
      statements.add(system)
      addPermissions(root, of: name, &statements)
    }
    let engines = copilot?["customEngineAgents"]?.array ?? []
    let bots = root["bots"]?.array ?? []
    if declared.isEmpty, !(engines.isEmpty && bots.isEmpty), let appName {
      var system = system(appName, of: root, title ?? root)
      let place = (copilot?["customEngineAgents"] ?? root["bots"] ?? root).evidence
      system.technology.state(
        engines.isEmpty ? Self.botTechnology : "Microsoft 365 custom engine agent", place)
      for id in engines.map({ $0["id"] }) + bots.map({ $0["botId"] }) {
        if let id = id?.settledText { system.addAlias(id) }
      }
      system.unknowns.append("What it does is in its code, which is not read.")
      statements.reading.isPartial = true
      addCommands(bots.flatMap { $0["commandLists"]?.array ?? [] }, of: appName, &statements)
      statements.add(system)
      addPermissions(root, of: appName, &statements)
    }
    addExtensions(root, appName, &statements)
    if statements.reading.fragment.isEmpty {
      statements.reading.isBeside = true
      statements.reading.note(
        .info, "the app has neither an agent nor a bot nor an extension", at: root.location)
    }
    return statements.reading
  }

  private func system(_ name: String, of root: DataNode, _ title: DataNode) -> AutomationSystem {
    var system = AutomationSystem(name: name, source: title.evidence)
    system.kind.state(.agent, title.evidence)
    for id in [root["id"], root["name"]?["full"]] {
      // The full name that templates come with is no name.
      if let text = id?.settledText, !text.lowercased().hasPrefix("full name"), text != name {
        system.addAlias(text)
      }
    }
    if let version = root["version"], let text = version.text {
      system.version.state(text, version.evidence)
    }
    if let developer = root["developer"]?["name"], let text = developer.settledText {
      system.creator.state(text, Evidence(.imported, developer.location, note: "developer"))
    }
    return system
  }

  private func addPermissions(
    _ root: DataNode, of name: String, _ statements: inout AgentStatements
  ) {
    for permission in root["permissions"]?.texts ?? [] {
      statements.addPermission(permission.text, of: name, permission.node.evidence)
    }
    for item in root["authorization"]?["permissions"]?["resourceSpecific"]?.array ?? [] {
      if let text = item["name"]?.string?.trimmedOrNil {
        statements.addPermission(text, of: name, item.evidence)
      }
    }
  }

  private func addCommands(
    _ lists: [DataNode], of name: String, _ statements: inout AgentStatements
  ) {
    let first = lists.flatMap { $0["commands"]?.array ?? [] }.first
    if let first {
      statements.addTrigger(.manual, "chat", of: name, first.evidence)
    }
  }

  /// Message extensions: what people search for or send out of Teams and Outlook.
  private func addExtensions(
    _ root: DataNode, _ appName: String?, _ statements: inout AgentStatements
  ) {
    for item in root["composeExtensions"]?.array ?? [] {
      guard let appName, let commands = item["commands"]?.array, !commands.isEmpty else { continue }
      if statements.reading.fragment.systems.isEmpty {
        var system = system(appName, of: root, item)
        system.kind = Field()
        system.kind.state(.script, item.inferred("a message extension"))
        system.technology.state("Microsoft Teams message extension", item.evidence)
        statements.add(system)
      }
      let name = statements.reading.fragment.systems[0].name
      for command in commands {
        guard let id = (command["id"] ?? command["title"])?.string?.trimmedOrNil else { continue }
        statements.addStep(
          id, command["title"]?.settledText, .action, of: name, command.evidence)
      }
    }
  }

  // MARK: Agents

  /// Whether a description is the one that Microsoft's toolkit puts into every new agent.
  private static func isTemplateText(_ text: String) -> Bool {
    text.lowercased().hasPrefix("declarative agent created with ")
  }

  private func reading(
    ofAgent agent: (path: String, root: DataNode, name: Fact<String>)
  ) -> FileReading {
    var statements = AgentStatements(path: agent.path)
    let name = agent.name.value
    let root = agent.root
    var system = AutomationSystem(name: name, source: agent.name.evidence)
    system.kind.state(.agent, root.evidence)
    system.technology.state(Self.agentTechnology, (root["$schema"] ?? root).evidence)
    if let text = root["description"], let purpose = singleLine(text.settledText),
      !Self.isTemplateText(purpose)
    {
      system.purpose.state(purpose, text.evidence)
    }
    if let id = root["id"]?.settledText { system.addAlias(id) }
    system.unknowns.append("Who may use it and how often it is used is not in its package.")
    let starters = root["conversation_starters"]
    statements.addTrigger(
      .manual, "chat", of: name,
      Evidence(.imported, (starters ?? root).location, note: "people ask it in Copilot"))
    for capability in root["capabilities"]?.array ?? [] {
      var reader = M365Capability(capability, of: name)
      reader.add(to: &statements, &system)
    }
    for action in root["actions"]?.array ?? [] {
      guard let file = action["file"]?.string?.trimmedOrNil else {
        statements.reading.note(.low, "an action names no file", at: action.location)
        continue
      }
      let wanted = resolve(file, from: agent.path)
      if let plugin = plugins.first(where: { $0.path == wanted }) {
        connect(name, to: plugin, &statements, action.evidence)
      } else {
        let id = action["id"]?.settledText ?? stem(of: lastComponent(of: file))
        statements.connect(
          EntityReference(.system, name), .invokes,
          EntityReference(.application, "\(id) of \(name)"), .api, "action", action.evidence)
        statements.reading.note(
          .low, "the plugin '\(file)' is not among the files; import it too", at: action.location)
      }
    }
    for worker in root["worker_agents"]?.array ?? [] {
      guard let id = (worker["id"] ?? worker).settledText else { continue }
      statements.connect(
        EntityReference(.system, name), .invokes, EntityReference(.system, id), .internalCall,
        "worker agent", worker.evidence)
    }
    let special = root["behavior_overrides"]?["special_instructions"]
    if let rule = special?["discourage_model_knowledge"], rule.bool == true {
      statements.addGuardrail("answers from its own sources only", of: name, rule.evidence)
    }
    statements.add(system)
    return statements.reading
  }

  /// Adds that an agent calls the functions of a plugin.
  private func connect(
    _ agent: String, to plugin: (path: String, root: DataNode, name: Fact<String>),
    _ statements: inout AgentStatements, _ evidence: Evidence
  ) {
    let reader = M365Plugin(plugin.root, name: plugin.name)
    for function in reader.functions {
      statements.connect(
        EntityReference(.system, agent), .invokes, function.target, function.channel, function.name,
        evidence)
    }
    for login in reader.logins {
      statements.addCredential(
        login.name, of: agent, application: plugin.name.value, login.evidence)
    }
  }

  private func reading(
    ofPlugin plugin: (path: String, root: DataNode, name: Fact<String>)
  ) -> FileReading {
    var statements = AgentStatements(path: plugin.path)
    let isUsed =
      agents.contains { agent in
        (agent.root["actions"]?.array ?? []).contains {
          $0["file"]?.string.map { resolve($0, from: agent.path) } == plugin.path
        }
      } || !apps.isEmpty && agents.isEmpty
    M365Plugin(plugin.root, name: plugin.name).add(to: &statements, connects: !isUsed)
    return statements.reading
  }
}
