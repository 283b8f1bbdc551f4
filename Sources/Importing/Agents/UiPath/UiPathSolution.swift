import DocumentReading
import Facts
import Inventory

/// What the files around UiPath's agentic projects say: the solution, its resources, entry points and
/// bindings.
extension UiPathAgenticFiles {
  // MARK: Solution

  /// The projects that a solution consists of.
  func readSolution(_ file: File) -> FileReading {
    var reading = FileReading(path: file.path)
    for (folder, entry) in UiPathProjectNames.projects(of: file) {
      let project = names.project(of: folder + "project.uiproj")
      addProject(project, of: "solution \(stem(of: file.name))", at: entry, &reading)
    }
    if reading.fragment.isEmpty {
      reading.isBeside = true
      reading.note(.info, "the solution lists no projects", at: file.root.location)
    }
    return reading
  }

  /// `project.uiproj`: name, type and purpose of a project.
  func readProjectFile(_ file: File) -> FileReading {
    var reading = FileReading(path: file.path)
    addProject(names.project(of: file.path), of: "project", at: file.root, &reading)
    return reading
  }

  private func addProject(
    _ project: UiPathProjectNames.Project, of list: String, at node: DataNode,
    _ reading: inout FileReading
  ) {
    let evidence = Evidence(.imported, node.location, note: "listed in its \(list)")
    if ["webapp", "app", "codedapp"].contains(project.type?.lowercased() ?? "") {
      reading.fragment.applications.append(
        Application(name: project.name.value, aliases: project.aliases, source: evidence))
      return
    }
    var system = AutomationSystem(name: project.name.value, source: project.name.evidence)
    system.sources.append(evidence)
    system.aliases = project.aliases
    if let kind = uiPathSystemKind(project.type) { system.kind.state(kind, evidence) }
    system.technology.state(uiPathTechnology(project.type), evidence)
    if let purpose = project.purpose { system.purpose.state(purpose.value, purpose.evidence) }
    reading.fragment.systems.append(system)
  }

  // MARK: Resources of a solution

  /// A process, app, connection or queue that a solution deploys.
  func readSolutionResource(_ file: File) -> FileReading {
    var reading = FileReading(path: file.path)
    let resource = file.root["resource"] ?? file.root
    let evidence = Evidence(.imported, resource.location)
    let kind = resource["kind"]?.string?.lowercased() ?? ""
    let name = (resource["name"] ?? resource["spec"]?["name"])?.string?.trimmedOrNil
    switch kind {
    case "process" where name != nil && resource["type"]?.string?.lowercased() != "webapp":
      addProcess(resource, named: name ?? "", evidence, &reading)
    case "app", "process":
      if let name {
        reading.fragment.applications.append(Application(name: name, source: evidence))
      }
    case "connection":
      let key = (resource["spec"]?["connectorKey"] ?? resource["type"])?.string?.trimmedOrNil
      if let key, !key.hasPrefix("<") {
        reading.fragment.applications.append(
          Application(
            name: UiPathConnector.application(
              key: key, name: resource["spec"]?["connectorName"]?.string),
            aliases: [key], source: evidence))
      }
    case "mcpserver":
      if let name {
        reading.fragment.applications.append(Application(name: name, source: evidence))
      }
    case _ where kind.hasSuffix("trigger"):
      addTrigger(resource, evidence, &reading)
    default: break
    }
    if reading.fragment.isEmpty {
      reading.isBeside = true
      reading.note(
        .info, "a resource of the kind '\(kind)' tells of no automation by itself",
        at: resource.location)
    }
    return reading
  }

  private func addProcess(
    _ resource: DataNode, named name: String, _ evidence: Evidence, _ reading: inout FileReading
  ) {
    let type = resource["type"]?.string
    var system = AutomationSystem(name: name, source: evidence)
    if let kind = uiPathSystemKind(type) { system.kind.state(kind, evidence) }
    system.technology.state(uiPathTechnology(type), evidence)
    let spec = resource["spec"]
    for node in [spec?["packageName"], resource["projectKey"], resource["key"]] {
      if let alias = node?.string?.trimmedOrNil { system.aliases.append(alias) }
    }
    if let text = spec?["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    if let text = spec?["packageVersion"], let version = text.string?.trimmedOrNil {
      system.version.state(version, Evidence(.imported, text.location))
    }
    reading.fragment.systems.append(system)
  }

  private func addTrigger(
    _ resource: DataNode, _ evidence: Evidence, _ reading: inout FileReading
  ) {
    let spec = resource["spec"]
    let started = ["processName", "releaseName", "ReleaseName", "process"].lazy
      .compactMap { spec?[$0]?.string?.trimmedOrNil }.first
    guard let started else { return }
    let schedule = ["startProcessCron", "cron", "StartProcessCron", "cronExpression"].lazy
      .compactMap { spec?[$0]?.string?.trimmedOrNil }.first
    reading.fragment.triggers.append(
      Trigger(
        system: started, kind: schedule == nil ? .event : .schedule,
        expression: schedule ?? resource["name"]?.string, evidence: evidence))
  }

  // MARK: Entry points

  /// How the project is started; where its own file is missing or in code, also what it is.
  func readEntryPoints(_ file: File) -> FileReading {
    var reading = FileReading(path: file.path)
    let project = names.project(of: file.path)
    let points = file.root["entryPoints"]?.array ?? []
    let hasMain = hasMainFile(inProjectOf: file.path)
    let type = points.lazy.compactMap { $0["type"]?.string }.first ?? project.type
    let paths = points.compactMap { $0["filePath"]?.string?.lowercased() }
    // A project of UiPath Studio tells more than this file, which it also writes.
    let isOfStudio = paths.contains { $0.hasSuffix(".xaml") } && !names.isDeclared(file.path)
    guard !points.isEmpty, !isOfStudio else {
      reading.isBeside = true
      reading.note(
        .info,
        points.isEmpty
          ? "the project lists no entry points" : "the project's own file tells how it starts",
        at: file.root.location)
      return reading
    }
    let evidence = Evidence(.imported, file.root.location)
    var typed = project
    typed.type = project.type ?? type
    if !hasMain {
      addProject(typed, of: "entry points", at: file.root, &reading)
      noteCode(typed, paths, file, &reading)
    }
    guard hasMain || !reading.fragment.systems.isEmpty else { return reading }
    let system = mainName(inProjectOf: file.path) ?? project.name.value
    for point in points {
      reading.fragment.triggers.append(
        Trigger(
          system: system, kind: .call, expression: point["filePath"]?.string?.trimmedOrNil,
          evidence: Evidence(.imported, point.location, note: evidence.note)))
    }
    return reading
  }

  /// An agent in Python has its model and tools in code.
  private func noteCode(
    _ project: UiPathProjectNames.Project, _ paths: [String], _ file: File,
    _ reading: inout FileReading
  ) {
    guard let index = reading.fragment.systems.indices.last else { return }
    let isLowCode = paths.contains { $0.hasSuffix(".json") || $0.contains(".bpmn") }
    reading.isPartial = true
    reading.fragment.systems[index].unknowns.append(
      isLowCode
        ? "What it does stands in a file that is not among those imported."
        : uiPathSystemKind(project.type) == .rpa
          ? "What it does stands in its workflows, which are not among the files imported."
          : "Its model, instructions and tools are in code, which is not read.")
  }

  /// The name under which the project's own file is imported.
  func mainName(inProjectOf path: String) -> String? {
    let home = UiPathProjectNames.home(of: path)
    let main = files.first {
      [.agent, .flow, .casePlan, .apiWorkflow].contains($0.kind)
        && UiPathProjectNames.home(of: $0.path) == home
    }
    return main.flatMap { reading(ofMain: $0) }
  }

  // MARK: Bindings

  /// What a project uses of Orchestrator, as far as its other files do not say so.
  func readBindings(_ file: File, besides said: [EstateFragment]) -> FileReading {
    let system = mainName(inProjectOf: file.path) ?? names.project(of: file.path).name.value
    var part = UiPathPart(path: file.path, system: system)
    let known = Set(
      said.flatMap(\.connections).filter { $0.source.key == nameKey(system) }.map(\.target))
    // A connector may be named by its key here, and by what it leads to elsewhere.
    var shown: [String: String] = [:]
    for application in said.flatMap(\.applications) {
      for alias in application.aliases { shown[nameKey(alias)] = application.name }
    }
    for binding in file.root["resources"]?.array ?? [] {
      let before = part.reading.fragment
      addBinding(binding, &part)
      if let last = part.reading.fragment.connections.last,
        part.reading.fragment.connections.count > before.connections.count,
        known.contains(last.target)
          || shown[nameKey(connectorKey(of: binding))].map({
            known.contains(EntityReference(.application, $0))
          }) == true
      {
        part.reading.fragment = before
      }
    }
    if part.reading.fragment.isEmpty {
      part.reading.isBeside = !hasMainFile(inProjectOf: file.path)
      if part.reading.isBeside {
        part.reading.note(
          .info, "the project binds no process, connection, queue or app", at: file.root.location)
      }
    } else if !hasMainFile(inProjectOf: file.path) {
      let types = names.project(of: file.path).type
      part.mention(system, uiPathSystemKind(types), at: file.root)
    }
    return part.reading
  }

  private func connectorKey(of binding: DataNode) -> String {
    binding["metadata"]?.object?.first { $0.key.lowercased() == "connector" }?.value.string ?? ""
  }

  private func addBinding(_ binding: DataNode, _ part: inout UiPathPart) {
    func value(_ keys: String...) -> String? {
      for member in binding["value"]?.object ?? [] where keys.contains(member.key.lowercased()) {
        let node = member.value["defaultValue"] ?? member.value
        if let text = node.string?.trimmedOrNil, !isExpression(text) { return text }
      }
      return nil
    }
    let metadata = binding["metadata"]
    func described(_ key: String) -> String? {
      metadata?.object?.first { $0.key.lowercased() == key }?.value.string?.trimmedOrNil
    }
    let key = binding["key"]?.string?.trimmedOrNil
    let name = value("name") ?? key
    switch binding["resource"]?.string?.lowercased() {
    case "process":
      guard let name else { return }
      part.connect(
        .invokes, to: EntityReference(.system, name), by: .internalCall, action: "binding",
        at: binding)
      if let kind = uiPathSystemKind(described("subtype")) { part.mention(name, kind, at: binding) }
    case "connection":
      guard let connector = described("connector") else { return }
      part.connect(.invokes, toConnector: connector, action: "binding", at: binding)
      part.addCredential(
        connection: value("connectionid") ?? key,
        application: UiPathConnector.application(key: connector), at: binding)
    case "app":
      guard let name else { return }
      part.addTouchPoint(
        name, name: name, touchPointKind(label: name, fallback: .exception), team: nil, at: binding)
      part.escalate(to: nil, app: name, action: "binding", at: binding)
    case "mcpserver":
      guard let name else { return }
      part.connect(
        .invokes, to: EntityReference(.application, name), by: .mcp, action: "binding", at: binding)
    case "asset":
      guard let name else { return }
      if ["credential", "secret"].contains(described("subtype")?.lowercased() ?? "") {
        part.reading.fragment.credentials.append(
          CredentialUse(
            system: part.system, name: name, evidence: Evidence(.imported, binding.location)))
      } else {
        part.connect(
          .reads, to: EntityReference(.data, name), by: .internalCall, action: "asset", at: binding)
      }
    case "queue":
      guard let name else { return }
      part.connect(
        .writes, to: EntityReference(.data, name), by: .queue, action: "binding", at: binding)
    case "index", "bucket", "entity", "memoryspace":
      guard let name else { return }
      part.connect(
        .reads, to: EntityReference(.data, name), by: .internalCall,
        action: binding["resource"]?.string, at: binding)
    default: return
    }
  }
}

extension UiPathAgenticFiles.File {
  /// Last component of the path.
  var name: String { lastComponent(of: path) }
}

/// The product that runs a process of Orchestrator, by the words of UiPath's files.
func uiPathTechnology(_ type: String?) -> String {
  switch type?.lowercased().filter({ $0.isLetter }) {
  case "agent": "UiPath Agents"
  case "api", "apiworkflow": "UiPath API Workflows"
  case "processorchestration", "agenticprocess", "flow", "casemanagement", "case":
    "UiPath Maestro"
  default: "UiPath"
  }
}
