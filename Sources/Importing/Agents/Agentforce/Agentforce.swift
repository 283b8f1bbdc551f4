import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Agents of Salesforce Agentforce: metadata of agents, topics, actions and prompt templates, and
  /// Agent Script.
  static let agentforce = ImportFormat(
    id: "agentforce", title: "Salesforce Agentforce agent",
    sniff: { file in
      guard let kind = AgentforceFile(file) else { return nil }
      if kind == .schema { return .companion }
      return .member(levelsUp: AgentforceFile.levelsToProject(file.path))
    },
    read: { group in AgentforceProject(group).readings() })
}

/// The kinds of file that an agent of Agentforce consists of.
enum AgentforceFile {
  case bot, botVersion, planner, topic, action, promptTemplate, script, bundle, schema

  /// The kind of a file; `nil` where it is none of them.
  init?(_ file: CandidateFile) {
    if let root = file.xmlRootName {
      guard root.namespace == "http://soap.sforce.com/2006/04/metadata" else { return nil }
      switch root.name {
      case "Bot": self = .bot
      case "BotVersion": self = .botVersion
      case "GenAiPlanner", "GenAiPlannerBundle": self = .planner
      case "GenAiPlugin": self = .topic
      case "GenAiFunction": self = .action
      case "GenAiPromptTemplate": self = .promptTemplate
      case "AiAuthoringBundle": self = .bundle
      default: return nil
      }
      return
    }
    if file.firstByte == UInt8(ascii: "{") {
      // Inputs and outputs of an action, in `input/schema.json` and `output/schema.json`.
      guard file.contains("\"lightning:type\""),
        file.jsonObject?["properties"]?.object != nil,
        ["input", "output"].contains(folders(file.path).last ?? "")
      else { return nil }
      self = .schema
      return
    }
    guard AgentScript.isScript(file) else { return nil }
    self = .script
  }

  /// How far above a file the project begins whose agents, topics and actions name each other.
  ///
  /// In a project of Salesforce DX that is the folder of its packages
  /// (`<project>/<package>/main/default/genAiPlugins/…`), else the folder of the kinds of metadata.
  static func levelsToProject(_ path: String) -> Int {
    let folders = folders(path)
    for (index, folder) in folders.enumerated().reversed()
    where index + 1 < folders.count && folder == "main" && folders[index + 1] == "default" {
      return folders.count - max(0, index - 1)
    }
    let kinds = [
      "bots", "genaiplanners", "genaiplannerbundles", "genaiplugins", "genaifunctions",
      "genaiprompttemplates", "aiauthoringbundles",
    ]
    guard let index = folders.lastIndex(where: { kinds.contains($0.lowercased()) }) else {
      return 0
    }
    return folders.count - index
  }
}

private func folders(_ path: String) -> [String] {
  path.split(separator: "/").dropLast().map(String.init)
}

/// The files of one Salesforce project that tell of agents.
struct AgentforceProject {
  /// A metadata file and the name under which other files call what it defines.
  struct Item {
    var path: String
    var developerName: String
    var root: XMLElement
  }

  private(set) var items: [AgentforceFile: [Item]] = [:]
  private var scripts: [(path: String, text: String)] = []
  private var besides: [String] = []
  private var failures: [FileReading] = []

  init(_ group: ImportGroup) {
    for file in group.files {
      do {
        switch AgentforceFile(file) {
        case nil: continue
        case .script?: scripts.append((file.path, try decodeText(file.bytes, path: file.path)))
        case .schema?, .bundle?: besides.append(file.path)
        case let kind?:
          let root = try file.xml()
          items[kind, default: []].append(
            Item(path: file.path, developerName: Self.name(root, file.path), root: root))
        }
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
  }

  /// The API name of a component: as its file says, else as the file is called.
  private static func name(_ root: XMLElement, _ path: String) -> String {
    if let name = root.first("developerName")?.text.trimmedOrNil { return name }
    if root.name == "BotVersion" {
      return path.split(separator: "/").dropLast().last.map(String.init) ?? "bot"
    }
    // `Check_Weather.genAiFunction-meta.xml`
    return lastComponent(of: path).split(separator: ".").first.map(String.init) ?? path
  }

  /// What each file says.
  func readings() -> [FileReading] {
    var readings = failures
    for item in items[.planner] ?? [] { readings.append(readPlanner(item)) }
    for item in items[.topic] ?? [] { readings.append(readTopic(item)) }
    for item in items[.action] ?? [] { readings.append(readAction(item)) }
    for item in items[.bot] ?? [] { readings.append(readBot(item)) }
    for item in items[.botVersion] ?? [] { readings.append(readBotVersion(item)) }
    for item in items[.promptTemplate] ?? [] { readings.append(readPromptTemplate(item)) }
    for (path, text) in scripts { readings.append(AgentScript(text, path: path).reading()) }
    for path in besides {
      var reading = FileReading(path: path)
      reading.isBeside = true
      reading.note(
        .info, "the file only describes fields or the version of a bundle",
        at: SourceLocation(path: path))
      readings.append(reading)
    }
    return readings
  }

  // MARK: Names

  /// The component of a developer name; where packages have one of the same name, the nearest.
  func item(_ kind: AgentforceFile, _ name: String, near path: String) -> Item? {
    let found = (items[kind] ?? []).filter { $0.developerName == name }
    guard found.count > 1 else { return found.first }
    func shared(_ other: String) -> Int { zip(path, other).prefix { $0 == $1 }.count }
    return found.max { (shared($0.path), $1.path) < (shared($1.path), $0.path) }
  }

  /// What people call the agent of a planner: as the bot that talks for it is labelled.
  func agentName(ofPlanner item: Item) -> String {
    for version in items[.botVersion] ?? [] {
      let planners = version.root.all("conversationDefinitionPlanners").compactMap {
        $0.first("genAiPlannerName")?.text.trimmedOrNil
      }
      if planners.contains(item.developerName),
        let bot = self.item(.bot, version.developerName, near: version.path)
      {
        return agentName(ofBot: bot)
      }
    }
    if let bot = self.item(.bot, item.developerName, near: item.path) {
      return agentName(ofBot: bot)
    }
    return item.root.first("masterLabel")?.text.trimmedOrNil ?? item.developerName
  }

  /// What people call a bot.
  func agentName(ofBot item: Item) -> String {
    (item.root.first("label") ?? item.root.first("botMlDomain")?.first("label"))?.text.trimmedOrNil
      ?? item.developerName.replacing("_", with: " ")
  }

  /// Agents that use a topic.
  func agents(ofTopic topic: Item) -> [String] {
    let named = (items[.planner] ?? []).filter { planner in
      (planner.root.all("genAiPlugins") + planner.root.all("localTopicLinks")).contains {
        $0.first("genAiPluginName")?.text.trimmedOrNil == topic.developerName
      } && item(.topic, topic.developerName, near: planner.path)?.path == topic.path
    }
    return unique(named.map { agentName(ofPlanner: $0) })
  }

  /// Agents that use an action, each with the topic that lists it; `nil` for the agent's own actions.
  func uses(ofAction action: Item) -> [(agent: String, topic: String?)] {
    var uses: [(agent: String, topic: String?)] = []
    func lists(_ element: XMLElement) -> Bool {
      (element.all("genAiFunctions") + element.all("localActionLinks")).contains { link in
        (link.first("functionName") ?? link.first("genAiFunctionName"))?.text.trimmedOrNil
          == action.developerName
      }
    }
    func add(_ agent: String, _ topic: String?) {
      if !uses.contains(where: { $0.agent == agent && $0.topic == topic }) {
        uses.append((agent, topic))
      }
    }
    for planner in items[.planner] ?? [] {
      let agent = agentName(ofPlanner: planner)
      if lists(planner.root) { add(agent, nil) }
      for link in planner.root.all("genAiPlugins") {
        if let topic = link.first("genAiCustomizedPlugin"), lists(topic) {
          add(agent, link.first("genAiPluginName")?.text.trimmedOrNil)
        }
      }
      for topic in planner.root.all("localTopics") where lists(topic) {
        add(agent, (topic.first("developerName") ?? topic.first("fullName"))?.text.trimmedOrNil)
      }
    }
    for topic in items[.topic] ?? [] where lists(topic.root) {
      for agent in agents(ofTopic: topic) { add(agent, topic.developerName) }
    }
    return uses
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert(nameKey($0)).inserted }
  }
}
