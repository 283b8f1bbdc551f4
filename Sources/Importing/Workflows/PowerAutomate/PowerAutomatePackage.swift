import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Power Automate cloud flows: exported packages and solutions, and bare workflow definitions, which
  /// Azure Logic Apps shares.
  static let powerAutomate = ImportFormat(
    id: "power-automate", title: "Power Automate cloud flow",
    sniff: { file in
      if let root = file.xmlRootName {
        guard root.namespace == nil else { return nil }
        switch root.name {
        case "ImportExportXml":
          return file.contains("<Workflow ") || file.contains("<SolutionManifest") ? .anchor : nil
        case "Workflow":
          // What an unpacked solution says of a flow, beside its definition.
          return file.contains("WorkflowId=") && file.contains("<Category>5</Category>")
            ? .companion : nil
        case "environmentvariabledefinition", "desktopflowbinary": return .companion
        default: return nil
        }
      }
      guard let object = file.jsonObject else { return nil }
      if !WorkflowDefinition.all(in: object).isEmpty { return .part }
      if isPackageManifest(object) || isConnectionList(object) { return .anchor }
      return isPackagePart(object) || RobinControls.isRepository(object) ? .companion : nil
    },
    read: { group in PowerAutomatePackage(group).readings() })
}

/// Whether a JSON object is the `manifest.json` at the root of an exported package.
private func isPackageManifest(_ object: DataNode) -> Bool {
  guard object["details"]?.object != nil, let resources = object["resources"]?.object else {
    return false
  }
  return resources.contains { $0.value["type"]?.string == "Microsoft.Flow/flows" }
}

/// Whether a JSON object is one of the small maps beside a definition.
private func isPackagePart(_ object: DataNode) -> Bool {
  if object["packageSchemaVersion"] != nil, object["flowAssets"] != nil { return true }
  guard let members = object.object, !members.isEmpty else { return false }
  return members.allSatisfy { $0.key.hasPrefix("shared_") && $0.value.string != nil }
}

/// Whether a JSON object is the `connections.json` of Logic Apps.
private func isConnectionList(_ object: DataNode) -> Bool {
  ["managedApiConnections", "serviceProviderConnections", "functionConnections"].contains {
    object[$0]?.object != nil
  }
}

/// The files of one package or solution.
struct PowerAutomatePackage {
  private var failures: [FileReading] = []
  private var definitions: [(file: CandidateFile, flows: [WorkflowDefinition])] = []
  /// Identifiers of connectors, by the names of connections in `connections.json`.
  private var connections: [String: String] = [:]
  private var manifests: [(file: CandidateFile, node: DataNode)] = []
  private var customizations: [(file: CandidateFile, root: XMLElement)] = []
  private var solutions: [(file: CandidateFile, root: XMLElement)] = []
  private var others: [CandidateFile] = []
  /// Repositories of controls by the names of their files, and the names of those of each desktop flow.
  private var repositories: [String: DataNode] = [:]
  private var repositoryNames: [(flow: String, file: String)] = []

  init(_ group: ImportGroup) {
    for file in group.files {
      do {
        if file.xmlRootName != nil {
          let root = try file.xml()
          if root.first("SolutionManifest") != nil {
            solutions.append((file, root))
          } else if root.name == "ImportExportXml" || root.name == "Workflow" {
            customizations.append((file, root))
          } else {
            addBinary(root)
            others.append(file)
          }
          continue
        }
        let node = try file.json()
        let flows = WorkflowDefinition.all(in: node)
        if !flows.isEmpty {
          definitions.append((file, flows))
        } else if node["resources"] != nil {
          manifests.append((file, node))
        } else {
          addConnections(node)
          if RobinControls.isRepository(node) { repositories[file.name.lowercased()] = node }
          others.append(file)
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
    let names = connectorNames()
    var readings = failures
    var known: Set<String> = []
    for (file, flows) in definitions {
      var whole = FileReading(path: file.path)
      for source in flows {
        var flow = PowerAutomateFlow(
          source, path: file.path, description: description(ofFlowIn: file), connectorNames: names,
          connections: connections)
        known.insert(flow.identifier ?? "")
        whole.add(flow.reading())
      }
      readings.append(whole)
    }
    let hasFlows = !definitions.isEmpty
    for (file, root) in customizations { readings.append(desktopFlows(file, root, beside: known)) }
    for (file, node) in manifests { readings.append(missingFlows(file, node, beside: known)) }
    for file in solutions.map(\.file) + others {
      var reading = FileReading(path: file.path)
      reading.isBeside = !hasFlows
      readings.append(reading)
    }
    return readings
  }

  private mutating func addConnections(_ node: DataNode) {
    for connection in node["managedApiConnections"]?.object ?? [] {
      connections[connection.key] = connection.value["api"]?["id"]?.string
    }
    for connection in node["serviceProviderConnections"]?.object ?? [] {
      connections[connection.key] = connection.value["serviceProvider"]?["id"]?.string
    }
  }

  /// What a solution carries beside the script of a desktop flow; repositories of controls are read.
  private mutating func addBinary(_ root: XMLElement) {
    guard root.first("type")?.text == "ControlRepository",
      let flow = root.first("process")?.first("workflowid")?.text.trimmedOrNil,
      let file = root.first("data")?.text.trimmedOrNil
    else { return }
    repositoryNames.append((withoutBraces(flow).lowercased(), file.lowercased()))
  }

  // MARK: What the package says of a flow

  private func description(ofFlowIn file: CandidateFile) -> PowerAutomateFlow.Description {
    var description = PowerAutomateFlow.Description()
    let components = file.path.split(separator: "/").map(String.init)
    for (manifestFile, manifest) in manifests {
      // …/Microsoft.Flow/flows/<resource>/definition.json
      guard components.count > 1,
        let resource = manifest["resources"]?[components[components.count - 2]]
      else { continue }
      let details = manifest["details"]
      description.aliases.append(components[components.count - 2])
      description.name = resource["details"]?["displayName"]
      if let text = details?["description"], text.string?.trimmedOrNil != nil {
        description.purpose = Fact(text.string ?? "", Evidence(.imported, text.location))
      }
      if let creator = details?["creator"], let name = creator.string?.trimmedOrNil, name != "N/A" {
        description.creator = Fact(name, Evidence(.imported, creator.location))
      }
      description.source = Evidence(.imported, SourceLocation(path: manifestFile.path))
    }
    if let workflow = workflow(of: file) { describe(workflow, in: &description) }
    return description
  }

  /// What `customizations.xml` says of a flow.
  private func describe(
    _ workflow: XMLElement, in description: inout PowerAutomateFlow.Description
  ) {
    let evidence = Evidence(.imported, workflow.location)
    if let name = workflow["Name"] { description.solutionName = Fact(name, evidence) }
    if let id = workflow["WorkflowId"] { description.aliases.append(withoutBraces(id)) }
    if let text = workflow.first("Descriptions")?.first("Description")?["description"]?.trimmedOrNil
    {
      description.purpose = Fact(text, evidence)
    }
    switch workflow.first("StateCode")?.text {
    case "1":
      description.status = Fact(
        .production, Evidence(.imported, workflow.location, note: "switched on"))
    case "0", "2":
      description.status = Fact(
        .disabled, Evidence(.imported, workflow.location, note: "switched off"))
    default: break
    }
    addSolution(to: &description)
  }

  private func addSolution(to description: inout PowerAutomateFlow.Description) {
    guard let solution = solutions.first, let manifest = solution.root.first("SolutionManifest")
    else { return }
    description.creator = description.creator ?? publisher(ofSolution: solution.root)
    if let version = manifest.first("Version"), let text = version.text.trimmedOrNil {
      description.version = Fact(
        text, Evidence(.imported, version.location, note: "of the solution"))
    }
  }

  /// Entries of `customizations.xml`; the entry itself where a solution was unpacked into files.
  private static func workflows(in root: XMLElement) -> [XMLElement] {
    root.name == "Workflow" ? [root] : root.first("Workflows")?.all("Workflow") ?? []
  }

  /// The entry of `customizations.xml` that points to a definition.
  private func workflow(of file: CandidateFile) -> XMLElement? {
    customizations.lazy.flatMap { Self.workflows(in: $0.root) }.first {
      guard let path = $0.first("JsonFileName")?.text.trimmedOrNil else { return false }
      return lastComponent(of: path).lowercased() == file.name.lowercased()
    }
  }

  /// Names of connectors that the package gives, for those that are made by the organisation itself.
  private func connectorNames() -> [String: String] {
    var names: [String: String] = [:]
    for (_, manifest) in manifests {
      for resource in manifest["resources"]?.object ?? []
      where resource.value["type"]?.string == "Microsoft.PowerApps/apis" {
        if let id = resource.value["name"]?.string,
          let name = resource.value["details"]?["displayName"]?.string?.trimmedOrNil
        {
          names[id] = name
        }
      }
    }
    return names
  }

  // MARK: What has no definition

  /// Desktop flows are listed in a solution, with their script.
  private func desktopFlows(
    _ file: CandidateFile, _ root: XMLElement, beside known: Set<String>
  ) -> FileReading {
    var reading = FileReading(path: file.path)
    let surroundings = RobinWalk.Surroundings(
      flows: Dictionary(
        customizations.flatMap { Self.workflows(in: $0.root) }.compactMap { flow in
          flow["WorkflowId"].flatMap { id in
            flow["Name"].map { (withoutBraces(id).lowercased(), $0) }
          }
        }, uniquingKeysWith: { first, _ in first }),
      queues: queueNames(root),
      controls: Dictionary(grouping: repositoryNames, by: \.flow).mapValues { names in
        names.compactMap { repositories[$0.file] }
      })
    for workflow in Self.workflows(in: root) {
      guard let name = workflow["Name"]?.trimmedOrNil else { continue }
      switch workflow.first("Category")?.text.trimmedOrNil {
      case "6": addDesktopFlow(workflow, name, surroundings, to: &reading)
      case "5" where !definitions.contains(where: { self.workflow(of: $0.file) == workflow }):
        reading.note(
          .medium,
          "the cloud flow '\(name)' has no definition among the files; export the solution again",
          at: workflow.location)
      default: break
      }
    }
    reading.isBeside =
      reading.fragment.isEmpty && reading.problems.isEmpty && definitions.isEmpty
    return reading
  }

  private func addDesktopFlow(
    _ workflow: XMLElement, _ name: String, _ surroundings: RobinWalk.Surroundings,
    to reading: inout FileReading
  ) {
    let evidence = Evidence(.imported, workflow.location)
    var description = PowerAutomateFlow.Description()
    describe(workflow, in: &description)
    var system = AutomationSystem(name: name, source: evidence)
    system.kind.state(.rpa, evidence)
    system.technology.state("Power Automate Desktop", evidence)
    system.aliases = description.aliases
    if let fact = description.purpose { system.purpose.state(fact.value, fact.evidence) }
    if let fact = description.creator { system.creator.state(fact.value, fact.evidence) }
    if let fact = description.version { system.version.state(fact.value, fact.evidence) }
    if let fact = description.status { system.status.state(fact.value, fact.evidence) }
    var called: Set<String> = []
    if let script = desktopFlow(workflow, name: name, surroundings: surroundings) {
      let part = script.fragment
      reading.fragment.applications += part.applications
      reading.fragment.connections += part.connections
      reading.fragment.steps += part.steps
      reading.fragment.touchPoints += part.touchPoints
      reading.fragment.credentials += part.credentials
      reading.problems += script.problems
      called = Set(part.connections.filter { $0.target.kind == .system }.map(\.target.name))
    } else {
      system.unknowns = ["What the desktop flow does stands in its script, which is not read."]
      reading.isPartial = true
    }
    reading.fragment.systems.append(system)
    for child in childFlows(of: workflow)
    where !called.contains(surroundings.flows[child.lowercased()] ?? child) {
      reading.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, name), to: EntityReference(.system, child),
          channel: .internalCall, action: "RunFlow", evidence: evidence))
    }
    addConnectionReferences(of: workflow, name, to: &reading)
  }

  /// Connections that a desktop flow was given, by their names.
  private func addConnectionReferences(
    of workflow: XMLElement, _ name: String, to reading: inout FileReading
  ) {
    guard let element = workflow.first("ConnectionReferences"),
      let text = element.text.trimmedOrNil,
      let node = try? parseJSON(Array(text.utf8), path: workflow.location.path)
    else { return }
    for reference in node.array ?? node.object?.map(\.value) ?? [] {
      guard
        let credential =
          (reference["connectionReferenceLogicalName"] ?? reference["displayName"])?.string?
          .trimmedOrNil
      else { continue }
      // The script calls the same connection by its display name.
      let shown = reference["displayName"]?.string
      let isKnown = reading.fragment.credentials.contains {
        $0.system == name && ($0.name == credential || $0.name == shown)
      }
      if isKnown { continue }
      let connector = (reference["api"]?["name"]?.string).map(lastComponent(of:))
      reading.fragment.credentials.append(
        CredentialUse(
          system: name, name: credential,
          application: connector.map { KnownApplication.named(byConnector: $0) ?? $0 },
          evidence: Evidence(.imported, element.location)))
    }
  }

  private func queueNames(_ root: XMLElement) -> [String: String] {
    var names: [String: String] = [:]
    for queue in root.first("workqueues")?.all("workqueue") ?? [] {
      let id = queue["workqueueid"] ?? queue.first("workqueueid")?.text
      let name = queue["name"] ?? queue.first("name")?.text
      if let id, let name = name?.trimmedOrNil { names[withoutBraces(id).lowercased()] = name }
    }
    return names
  }

  private func childFlows(of workflow: XMLElement) -> [String] {
    guard let text = workflow.first("Dependencies")?.text.trimmedOrNil,
      let node = try? parseJSON(Array(text.utf8), path: workflow.location.path)
    else { return [] }
    return (node["childFlows"]?.array ?? []).compactMap(\.string)
  }

  private func missingFlows(
    _ file: CandidateFile, _ manifest: DataNode, beside known: Set<String>
  ) -> FileReading {
    var reading = FileReading(path: file.path)
    for resource in manifest["resources"]?.object ?? []
    where resource.value["type"]?.string == "Microsoft.Flow/flows" {
      let isThere = definitions.contains { $0.file.path.contains("/\(resource.key)/") }
      if !isThere {
        reading.note(
          .medium,
          "the flow '\(resource.key)' has no definition among the files; export the package again",
          at: resource.keyLocation)
      }
    }
    return reading
  }
}

/// Solutions write identifiers as `{2578e499-…}`.
func withoutBraces(_ id: String) -> String {
  id.filter { $0 != "{" && $0 != "}" }
}
