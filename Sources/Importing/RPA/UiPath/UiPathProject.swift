import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// UiPath Studio projects: `project.json`, workflows in XAML, values in `Config.xlsx`.
  static let uiPathProject = ImportFormat(
    id: "uipath-project", title: "UiPath Studio project",
    sniff: { file in
      if let root = file.xmlRootName {
        if root.name == "package", file.contains("<metadata") { return .envelope }
        guard root.name == "Activity", root.namespace == UiPathWorkflow.activitiesNamespace else {
          return nil
        }
        // Other products use the same XAML; without UiPath's activities only the folder tells.
        let isOfUiPath =
          file.contains("http://schemas.uipath.com/workflow/activities")
          || file.contains("assembly=UiPath")
        return isOfUiPath ? .part : .companion
      }
      if isWorkbook(file.bytes) { return .companion }
      if isCodedWorkflow(file) { return .companion }
      return file.jsonObject.map(isUiPathProject) == true ? .anchor : nil
    },
    read: { group in
      var project = UiPathProject(group)
      return project.readings()
    })
}

/// Whether a file is a workflow written in C#: a class that derives from `CodedWorkflow`.
private func isCodedWorkflow(_ file: CandidateFile) -> Bool {
  pathExtension(of: file.name) == "cs" && file.contains("CodedWorkflow")
    && (file.contains("[Workflow") || file.contains("[TestCase"))
}

/// Whether a JSON object is the `project.json` of a UiPath project, and not that of some other tool.
private func isUiPathProject(_ node: DataNode) -> Bool {
  guard node["dependencies"]?.object != nil else { return false }
  let entries =
    [node["main"]?.string] + (node["entryPoints"]?.array ?? []).map { $0["filePath"]?.string }
  let isXAML = entries.contains { $0?.lowercased().hasSuffix(".xaml") ?? false }
  return isXAML || (node["studioVersion"] != nil && node["designOptions"] != nil)
}

/// A UiPath project: one automation, told by several files.
private struct UiPathProject {
  private let group: ImportGroup
  private var manifest: (file: CandidateFile, node: DataNode)?
  private var failures: [FileReading] = []
  private var workflows: [UiPathWorkflow] = []
  private var configurations: [UiPathConfiguration] = []
  private var packages: [(path: String, metadata: XMLElement)] = []
  private var otherBooks: [String] = []
  private var coded: [CandidateFile] = []
  private let systemName: String

  init(_ group: ImportGroup) {
    self.group = group
    for file in group.files {
      do {
        if isCodedWorkflow(file) {
          coded.append(file)
        } else if file.firstByte == UInt8(ascii: "{") {
          manifest = (file, try file.json())
        } else if isWorkbook(file.bytes) {
          if let configuration = UiPathConfiguration(try file.workbook(), path: file.path) {
            configurations.append(configuration)
          } else {
            otherBooks.append(file.path)
          }
        } else {
          let root = try file.xml()
          if root.name == "package" {
            packages.append((file.path, root.first("metadata") ?? root))
          } else {
            workflows.append(UiPathWorkflow(root: root, path: file.path, in: group.folder))
          }
        }
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
    let folderName = group.folder.split(separator: "/").last.map { folder in
      folder.hasSuffix("!") ? stem(of: String(folder.dropLast())) : String(folder)
    }
    systemName =
      manifest?.node["name"]?.string?.trimmedOrNil ?? manifest?.node["id"]?.string?.trimmedOrNil
      ?? folderName ?? workflows.first.map { stem(of: $0.name) } ?? "UiPath project"
  }

  /// Paths of all files of the project, those among them that could not be read.
  private var fileKeys: Set<String> {
    Set(group.files.map { UiPathWorkflow.key(String($0.path.dropFirst(group.folder.count))) })
  }

  mutating func readings() -> [FileReading] {
    var readings = failures
    if let manifest { readings.append(readManifest(manifest.file, manifest.node)) }
    let values = UiPathValues(workflows: workflows, configurations: configurations)
    let tests = testCases()
    let ignored = ignoredWorkflows()
    let unreached = unreachedWorkflows(values)
    for workflow in workflows {
      var walk = UiPathWalk(
        workflow, system: systemName, values: values, knownFiles: fileKeys)
      if tests.contains(workflow.key) {
        readings.append(
          walk.stepsAlone(
            because: "project.json lists this workflow as a test case; only its steps are kept"))
        continue
      }
      var reading = walk.reading()
      if manifest == nil { describeLoneWorkflow(workflow, in: &reading) }
      if ignored.contains(workflow.key) || unreached.contains(workflow.key) {
        let remark =
          ignored.contains(workflow.key)
          ? "project.json excludes this workflow from the published package, so it may never run"
          : "no entry point of the project leads to this workflow, so it may never run"
        reading.note(.info, remark, at: SourceLocation(path: workflow.path))
        for index in reading.fragment.connections.indices {
          reading.fragment.connections[index].add(remark: remark)
        }
        for index in reading.fragment.touchPoints.indices {
          reading.fragment.touchPoints[index].evidence.note = remark
        }
      }
      readings.append(reading)
    }
    readings += configurations.map { $0.reading(system: systemName) }
    readings += packages.map { readPackage($0.path, $0.metadata) }
    readings += coded.map(readCodedWorkflow)
    readings += otherBooks.map { path in
      var reading = FileReading(path: path)
      reading.isBeside = true
      return reading
    }
    return readings
  }

  // MARK: project.json

  private func readManifest(_ file: CandidateFile, _ node: DataNode) -> FileReading {
    var reading = FileReading(path: file.path)
    func evidence(_ member: DataNode) -> Evidence { Evidence(.imported, member.location) }
    var system = AutomationSystem(
      name: systemName, source: evidence(node["name"] ?? node["id"] ?? node))
    system.kind.state(.rpa, evidence(node))
    let studio = node["studioVersion"]
    system.technology.state("UiPath", evidence(studio ?? node))
    // `projectId` is no alias: a project that began as a copy of another one's folder keeps its GUID.
    if let description = node["description"], let purpose = description.string?.trimmedOrNil,
      !isTemplateText(purpose)
    {
      system.purpose.state(purpose, evidence(description))
    }
    if let version = node["projectVersion"] ?? node["version"], let text = version.string {
      system.version.state(text, evidence(version))
    }
    if let attended = node["runtimeOptions"]?["isAttended"], attended.bool == true {
      system.humanInvolvement.state(
        "Runs attended, on the computer of a person", evidence(attended))
    }
    system.unknowns = [
      "Schedules, queue settings, machines and owners are kept in Orchestrator, not in the project."
    ]
    for entry in entryPoints(node) {
      reading.fragment.triggers.append(
        Trigger(
          system: systemName, kind: .call, expression: entry.path, evidence: evidence(entry.node)))
      if entry.path.lowercased().hasSuffix(".cs") {
        system.unknowns.append("\(entry.path) is a coded workflow (C#), which is not read.")
        reading.isPartial = true
      } else if !fileKeys.contains(UiPathWorkflow.key(entry.path)) {
        reading.note(
          .medium,
          "the entry point '\(entry.path)' is not among the files; export the whole project folder",
          at: entry.node.location)
      }
    }
    reading.fragment.systems = [system]
    addDependencies(node, &reading)
    return reading
  }

  /// Descriptions that Studio's templates bring along say nothing of the project.
  private func isTemplateText(_ text: String) -> Bool {
    let templates = [
      "blank process", "blank library", "robotic enterprise framework",
      "uipath reframework template",
      "background process", "attended robot process", "test automation",
    ]
    return nameKey(text) == nameKey(systemName) || templates.contains(text.lowercased())
  }

  private func entryPoints(_ node: DataNode) -> [(path: String, node: DataNode)] {
    var entries: [(path: String, node: DataNode)] = []
    for entry in (node["entryPoints"]?.array ?? []).compactMap({ $0["filePath"] }) + [node["main"]]
    {
      guard let entry, let path = entry.string?.trimmedOrNil else { continue }
      if entries.contains(where: { UiPathWorkflow.key($0.path) == UiPathWorkflow.key(path) }) {
        continue
      }
      entries.append((path, entry))
    }
    return entries
  }

  /// Says of each package that leads to an application of its own whether anything uses it.
  ///
  /// Studio keeps packages that nothing uses any more, so a package alone shows no connection; only
  /// where something of the project is not read may what uses it lie there.
  private func addDependencies(_ node: DataNode, _ reading: inout FileReading) {
    let used = Set(workflows.flatMap { UiPathService.all(in: $0.root) })
    for dependency in node["dependencies"]?.object ?? [] {
      guard let service = UiPathService.ofPackage(dependency.key),
        !used.contains(service.application)
      else { continue }
      if failures.isEmpty, !reading.isPartial {
        reading.note(
          .info,
          "the project depends on '\(dependency.key)', of which no workflow uses an activity",
          at: dependency.keyLocation)
        continue
      }
      let note = "the project depends on \(dependency.key), and not all of it could be read"
      reading.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, systemName),
          to: EntityReference(.application, service.application), channel: service.channel,
          evidence: Evidence(.inferred, dependency.keyLocation, note: note)))
    }
  }

  /// What the package around a published project says: its identifier, and who made it.
  private func readPackage(_ path: String, _ metadata: XMLElement) -> FileReading {
    var reading = FileReading(path: path)
    func text(_ name: String) -> Fact<String>? {
      guard let element = metadata.first(name), let text = element.text.trimmedOrNil else {
        return nil
      }
      var place = element.location
      place.element = name
      return Fact(text, Evidence(.imported, place))
    }
    let id = text("id")
    var system = AutomationSystem(
      name: systemName, source: id?.evidence ?? Evidence(.imported, metadata.location))
    if let id, nameKey(id.value) != nameKey(systemName) { system.aliases.append(id.value) }
    // Studio writes the name of whoever publishes into both; it says nothing of who answers for it.
    if let author = text("authors") ?? text("owners") {
      system.creator.state(author.value, author.evidence)
    }
    if let version = text("version") { system.version.state(version.value, version.evidence) }
    if let purpose = text("description"), !isTemplateText(purpose.value) {
      system.purpose.state(purpose.value, purpose.evidence)
    }
    reading.fragment.systems = [system]
    return reading
  }

  /// A coded workflow is named; what it does stands in C#.
  private func readCodedWorkflow(_ file: CandidateFile) -> FileReading {
    var reading = FileReading(path: file.path)
    let name = stem(of: file.name)
    guard !file.contains("[TestCase") else {
      reading.note(.info, "a test case in C#, which is left out", at: file.location)
      return reading
    }
    reading.fragment.steps = [
      Step(
        system: systemName, id: "\(file.name)#Execute", name: name, kind: .call,
        evidence: Evidence(.imported, file.location, note: "a coded workflow (C#)"))
    ]
    reading.isPartial = true
    reading.note(
      .low, "the coded workflow '\(name)' is named, and its C# is not read", at: file.location)
    return reading
  }

  /// Workflows that the published package leaves out.
  private func ignoredWorkflows() -> Set<String> {
    let files = manifest?.node["designOptions"]?["processOptions"]?["ignoredFiles"]?.array ?? []
    return Set(files.compactMap(\.string).map(UiPathWorkflow.key))
  }

  private func testCases() -> Set<String> {
    let files = manifest?.node["designOptions"]?["fileInfoCollection"]?.array ?? []
    let tests = files.filter { $0["testCaseId"] != nil }
    return Set(tests.compactMap { $0["fileName"]?.string }.map(UiPathWorkflow.key))
  }

  /// Workflows that no chain of invocations reaches; none where one is invoked by an expression.
  private func unreachedWorkflows(_ values: UiPathValues) -> Set<String> {
    guard let node = manifest?.node, node["designOptions"]?["outputType"]?.string != "Library"
    else { return [] }
    var reached: Set<String> = []
    var front = entryPoints(node).map { UiPathWorkflow.key($0.path) }
    while let next = front.popLast() {
      guard reached.insert(next).inserted,
        let workflow = workflows.first(where: { $0.key == next })
      else { continue }
      for invocation in workflow.invocations {
        guard let path = values.resolve(invocation.path, in: workflow)?.text else { return [] }
        front.append(UiPathWorkflow.key(path))
      }
    }
    return Set(workflows.map(\.key)).subtracting(reached)
  }

  /// A workflow that came without its project still shows that there is an automation.
  private func describeLoneWorkflow(_ workflow: UiPathWorkflow, in reading: inout FileReading) {
    let whole = SourceLocation(path: workflow.path)
    let note = "named after its folder or file, since its project.json is not among the files"
    var system = AutomationSystem(name: systemName, source: Evidence(.inferred, whole, note: note))
    system.kind.state(.rpa, Evidence(.imported, whole))
    system.technology.state("UiPath", Evidence(.imported, whole))
    system.unknowns = ["The project this workflow belongs to is not among the files."]
    reading.fragment.systems = [system]
    reading.isPartial = true
  }
}

extension Connection {
  /// Adds a remark to all evidence.
  fileprivate mutating func add(remark: String) {
    for index in evidence.indices {
      evidence[index].note = [evidence[index].note, remark].compactMap { $0 }.joined(
        separator: "; ")
    }
  }
}
