import DocumentReading
import Facts
import Inventory

/// The files of one solution or folder with agents of Copilot Studio.
struct CopilotStudioSolution {
  /// YAML of a component, as far as it could be read.
  struct Dialog {
    var path: String
    /// `nil` where only its lines could be read.
    var root: DataNode?
    var lines: [CopilotLine] = []
    var problems: [ImportProblem] = []
    var isTolerated = false
  }

  private(set) var dialogs: [Dialog] = []
  private var bots: [(path: String, root: XMLElement)] = []
  private var components: [(path: String, root: XMLElement)] = []
  private var configurations: [(path: String, root: DataNode)] = []
  private var settings: [(path: String, root: DataNode)] = []
  private var references: [(path: String, root: XMLElement)] = []
  private var solution: (path: String, root: XMLElement)?
  private var others: [String] = []
  private var failures: [FileReading] = []

  init(_ group: ImportGroup) {
    for file in group.files {
      do {
        switch CopilotStudioFile.kind(of: file) {
        case .bot?: bots.append((file.path, try file.xml()))
        case .component?: components.append((file.path, try file.xml()))
        case .configuration?: configurations.append((file.path, try file.json()))
        case .dialog?: dialogs.append(try Self.dialog(file))
        case .settings?:
          settings.append(
            (
              file.path,
              try parseYAML(
                file.bytes, path: file.path, limits: file.limits, acceptsReserved: true)
            ))
        case .connectionReferences?: references.append((file.path, try file.xml()))
        case .solution?: solution = (file.path, try file.xml())
        case .link?, .variable?, nil: others.append(file.path)
        }
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
  }

  // MARK: Reading

  /// What each file says.
  func readings() -> [FileReading] {
    var readings = failures
    readings += bots.map { readBot($0.path, $0.root) }
    readings += settings.map { readSettings($0.path, $0.root) }
    readings += configurations.map { readConfiguration($0.path, $0.root) }
    readings += components.map { readComponent($0.path, $0.root) }
    for dialog in dialogs {
      var reader = CopilotDialog(dialog, in: self)
      readings.append(reader.read())
    }
    readings += references.map { readReferences($0.path, $0.root) }
    let isEmpty = bots.isEmpty && dialogs.isEmpty && settings.isEmpty
    for path in others + [solution?.path].compactMap({ $0 }) {
      var reading = FileReading(path: path)
      reading.isBeside = isEmpty
      readings.append(reading)
    }
    return readings
  }

  /// The YAML of a component.
  ///
  /// What Copilot Studio writes is not always YAML by the letter: values may
  /// begin with `@`, or hold a colon without quotes.
  private static func dialog(_ file: CandidateFile) throws(DocumentError) -> Dialog {
    var dialog = Dialog(path: file.path)
    let strict: DocumentError
    do {
      dialog.root = try file.yaml()
      return dialog
    } catch {
      strict = error
    }
    guard [.malformed, .truncated].contains(strict.kind) else { throw strict }
    if let root = try? parseYAML(
      file.bytes, path: file.path, limits: file.limits, acceptsReserved: true)
    {
      dialog.root = root
      dialog.isTolerated = true
      dialog.problems = [
        ImportProblem(
          .low,
          "values begin with '@', which YAML reserves; they were read as text, as Copilot Studio does",
          at: strict.location)
      ]
      return dialog
    }
    dialog.lines = CopilotLine.lines(of: try decodeText(file.bytes, path: file.path))
    dialog.isTolerated = true
    dialog.problems = [
      ImportProblem(
        .medium,
        "the file is not valid YAML from here on (placeholders of a template are one cause); its"
          + " nodes were read line by line, without what they lead to", at: strict.location)
    ]
    return dialog
  }

  // MARK: Names

  /// The agent that a file belongs to.
  func bot(of path: String) -> String? {
    if CopilotStudioFile.lies(path) {
      return botSchema(ofComponent: componentSchema(of: path)).map { name(ofBot: $0) }
    }
    let folder = folder(of: path)
    let near = settings.filter { folder.hasPrefix(Importing.folder(of: $0.path)) }
      .max { $0.path.count < $1.path.count }
    if let near, let schema = near.root["schemaName"]?.string { return name(ofBot: schema) }
    let gpt = dialogs.filter {
      $0.root?["kind"]?.string == "GptComponentMetadata"
        && folder.hasPrefix(Importing.folder(of: $0.path))
    }.max { $0.path.count < $1.path.count }
    if let gpt { return displayName(of: gpt) ?? folderName(of: gpt.path) }
    return bots.count == 1 ? bots[0].root["schemaname"].map { name(ofBot: $0) } : nil
  }

  private func displayName(of dialog: Dialog) -> String? {
    (dialog.root?["displayName"] ?? dialog.root?["mcs.metadata"]?["componentName"])?.string?
      .trimmedOrNil
  }

  /// What people call the agent of a schema name.
  func name(ofBot schema: String) -> String {
    let bot = bots.first { $0.root["schemaname"] == schema }
    if let name = bot?.root.first("name")?.text.trimmedOrNil { return name }
    let setting = settings.first { $0.root["schemaName"]?.string == schema }
    return setting?.root["displayName"]?.string?.trimmedOrNil ?? schema
  }

  /// Whether the agent of a schema name is among the files.
  func has(bot schema: String) -> Bool {
    bots.contains { $0.root["schemaname"] == schema }
      || settings.contains { $0.root["schemaName"]?.string == schema }
  }

  /// The schema name of a component, by the folder it lies in.
  func componentSchema(of path: String) -> String {
    path.split(separator: "/").dropLast().last.map(String.init) ?? path
  }

  /// The component that a schema name names.
  func component(_ schema: String) -> XMLElement? {
    components.first { $0.root["schemaname"] == schema }?.root
  }

  /// The agent of a component: as its file says, or by its schema name `<agent>.topic.<name>`.
  func botSchema(ofComponent schema: String) -> String? {
    if let parent = component(schema)?.first("parentbotid")?.first("schemaname")?.text.trimmedOrNil
    {
      return parent
    }
    if bots.contains(where: { $0.root["schemaname"] == schema }) { return schema }
    return schema.split(separator: ".").first.map(String.init)
  }

  /// Name of the agent inside an agent that a component belongs to.
  func childAgent(ofComponent schema: String) -> String? {
    guard
      let parent = component(schema)?.first("parentbotcomponentid")?.first("schemaname")?.text
        .trimmedOrNil
    else { return nil }
    return childAgentName(parent)
  }

  /// Name of an agent inside an agent; a name that is no name goes with that of the whole.
  func childAgentName(_ schema: String) -> String {
    // Where its own file is missing, another one may know it by its schema name.
    guard let name = component(schema)?.first("name")?.text.trimmedOrNil else { return schema }
    guard isGenericProjectName(name), let bot = botSchema(ofComponent: schema) else { return name }
    return "\(self.name(ofBot: bot)) \(name)"
  }

  /// `Escalate` of `cr1_bot.topic.Escalate`.
  func lastPart(of schema: String) -> String {
    schema.split(separator: ".").last.map(String.init) ?? schema
  }

  /// The folder of a file, past folders that have no name of their own.
  func folderName(of path: String) -> String {
    let plain = ["topics", "actions", "knowledge", "agents", "src", "topic", "yaml"]
    let folders = path.split(separator: "/").dropLast().map(String.init)
    return folders.last { !plain.contains($0.lowercased()) } ?? stem(of: lastComponent(of: path))
  }

  /// The connector behind a connection reference.
  func connector(ofReference name: String) -> String? {
    for (_, root) in references {
      for reference in root.descendants("connectionreference")
      where reference["connectionreferencelogicalname"]?.lowercased() == name.lowercased() {
        if let id = reference.first("connectorid")?.text.trimmedOrNil {
          return lastComponent(of: id)
        }
      }
    }
    // `<agent>.shared_commondataserviceforapps.<connection>`
    return name.split(separator: ".").first { $0.hasPrefix("shared_") }.map(String.init)
  }

  // MARK: What describes an agent

  private func readBot(_ path: String, _ root: XMLElement) -> FileReading {
    var reading = FileReading(path: path)
    let schema = root["schemaname"] ?? componentSchema(of: path)
    let evidence = Evidence(.imported, root.location)
    var system = AutomationSystem(name: name(ofBot: schema), source: evidence)
    system.aliases = [schema]
    system.kind.state(.agent, evidence)
    system.technology.state("Microsoft Copilot Studio", evidence)
    if root.first("statecode")?.text == "1" { system.status.state(.disabled, evidence) }
    if let version = solution?.root.first("SolutionManifest")?.first("Version"),
      let text = version.text.trimmedOrNil
    {
      system.version.state(text, Evidence(.imported, version.location, note: "of the solution"))
    }
    if let publisher = (solution?.root).flatMap(publisher(ofSolution:)) {
      system.creator.state(publisher.value, publisher.evidence)
    }
    reading.fragment.systems = [system]
    if let mode = root.first("authenticationmode") {
      add(authentication: mode.text.trimmedOrNil, of: system.name, at: mode.location, &reading)
    }
    reading.fragment.triggers.append(
      Trigger(system: system.name, kind: .manual, expression: "conversation", evidence: evidence))
    return reading
  }

  private func readSettings(_ path: String, _ root: DataNode) -> FileReading {
    var reading = FileReading(path: path)
    guard let schema = root["schemaName"]?.string?.trimmedOrNil else {
      reading.note(.medium, "the settings of the agent hold no schema name", at: root.location)
      return reading
    }
    let evidence = Evidence(.imported, root.location)
    var system = AutomationSystem(name: name(ofBot: schema), source: evidence)
    system.aliases = [schema]
    system.kind.state(.agent, evidence)
    system.technology.state("Microsoft Copilot Studio", evidence)
    system.models = models(in: root["configuration"] ?? root)
    reading.fragment.systems = [system]
    if let mode = root["authenticationMode"] {
      add(authentication: mode.text, of: system.name, at: mode.location, &reading)
    }
    reading.fragment.triggers.append(
      Trigger(system: system.name, kind: .manual, expression: "conversation", evidence: evidence))
    return reading
  }

  /// How people sign in, by its number in Dataverse or its word.
  private func add(
    authentication mode: String?, of system: String, at place: SourceLocation,
    _ reading: inout FileReading
  ) {
    let words: String
    switch mode?.lowercased() {
    case "1", "none": words = "anyone may converse without signing in"
    case "2", "integrated": words = "people sign in with Microsoft Entra ID (integrated)"
    case "3", "custom azure active directory", "customazureactivedirectory":
      words = "people sign in with Microsoft Entra ID (an application of their own)"
    case "4", "genericoauth2", "generic oauth2", "manual": words = "people sign in by OAuth 2"
    default: return
    }
    reading.fragment.permissions.append(
      Permission(system: system, name: words, evidence: Evidence(.imported, place)))
  }

  private func readConfiguration(_ path: String, _ root: DataNode) -> FileReading {
    var reading = FileReading(path: path)
    let schema =
      CopilotStudioFile.lies(path) ? componentSchema(of: path) : bots.first?.root["schemaname"]
    let models = models(in: root)
    guard !models.isEmpty, let schema else { return reading }
    var system = AutomationSystem(
      name: name(ofBot: schema), source: Evidence(.imported, root.location))
    system.models = models
    reading.fragment.systems = [system]
    return reading
  }

  /// Names of language models in the settings of an agent.
  func models(in root: DataNode) -> [String] {
    let settings = root["aISettings"] ?? root["aiSettings"]
    let candidates = [
      settings?["model"]?["modelNameHint"], settings?["model"]?["modelName"],
      settings?["modelNameHint"], root["model"]?["modelNameHint"], root["modelNameHint"],
      settings?["model"], root["model"],
    ]
    return candidates.lazy.compactMap { $0?.string?.trimmedOrNil }.first.map { [$0] } ?? []
  }

  /// Name, description and state of a component; its YAML tells the rest.
  private func readComponent(_ path: String, _ root: XMLElement) -> FileReading {
    var reading = FileReading(path: path)
    guard let schema = root["schemaname"], let bot = botSchema(ofComponent: schema) else {
      return reading
    }
    let evidence = Evidence(.imported, root.location)
    // A file that was uploaded has no YAML beside it.
    if root.first("componenttype")?.text == "14",
      let file = (root.first("filedata_name") ?? root.first("name"))?.text.trimmedOrNil
    {
      reading.fragment.connections.append(
        Connection(
          .reads, from: EntityReference(.system, name(ofBot: bot)),
          to: EntityReference(.data, file), channel: .file, action: "knowledge", evidence: evidence)
      )
    }
    if let content = root.first("content"), content.text.trimmedOrNil != nil {
      reading.isPartial = true
      reading.note(
        .medium,
        "the topic is of the older Power Virtual Agents, whose content is not read; save it anew in"
          + " Copilot Studio and export the solution again", at: content.location)
    }
    if schema.contains(".gpt."), let text = root.first("description"),
      let purpose = text.text.trimmedOrNil
    {
      var system = AutomationSystem(name: name(ofBot: bot), source: evidence)
      system.kind.state(.agent, evidence)
      system.purpose.state(purpose, Evidence(.imported, text.location))
      reading.fragment.systems = [system]
    }
    return reading
  }

  private func readReferences(_ path: String, _ root: XMLElement) -> FileReading {
    var reading = FileReading(path: path)
    for reference in root.descendants("connectionreference") {
      guard let id = reference.first("connectorid")?.text.trimmedOrNil else { continue }
      let key = lastComponent(of: id)
      guard let name = KnownApplication.named(byConnector: key) else { continue }
      reading.fragment.applications.append(
        Application(
          name: name, aliases: [key], source: Evidence(.imported, reference.location)))
    }
    reading.isBeside = reading.fragment.isEmpty && bots.isEmpty && dialogs.isEmpty
    return reading
  }
}
