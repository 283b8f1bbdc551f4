import DocumentReading
import Facts
import Inventory

/// The kinds of JSON file that UiPath's agentic projects consist of, told by their content.
enum UiPathFileKind: CaseIterable {
  /// `agent.json`: an agent made in Studio Web.
  case agent
  /// `resource.json` of an agent: a tool, context, escalation or MCP server.
  case agentResource
  /// `feature.json` of an agent: a memory.
  case agentFeature
  /// `*.flow`: a flow of Maestro.
  case flow
  /// `caseplan.json`: a case of Maestro.
  case casePlan
  /// A workflow of API calls, in a dialect of the CNCF's Serverless Workflow.
  case apiWorkflow
  /// `*.uipx`: the list of a solution's projects.
  case solution
  /// A resource that a solution deploys: a process, app, connection, queue.
  case solutionResource
  /// `project.uiproj`.
  case projectFile
  /// `bindings_v2.json`: what a project uses of Orchestrator.
  case bindings
  /// `entry-points.json`.
  case entryPoints

  /// The kind of a file; `nil` where it is none of them.
  init?(_ file: CandidateFile) {
    guard file.firstByte == UInt8(ascii: "{"), Self.marks.contains(where: file.contains),
      let root = file.jsonObject,
      let kind = Self.allCases.first(where: { $0.fits(root) })
    else { return nil }
    self = kind
  }

  /// Texts of which each of these files has at least one.
  private static let marks = [
    "\"lowCode\"", "\"$resourceType\"", "\"$featureType\"", "\"nodes\"", "\"dsl\"", "\"Projects\"",
    "\"docVersion\"", "\"ProjectType\"", "\"resources\"", "\"entryPoints\"", "\"messages\"",
  ]

  private func fits(_ root: DataNode) -> Bool {
    switch self {
    case .agent:
      let type = root["type"]?.string?.lowercased()
      guard root["settings"]?.object != nil || root["messages"]?.array != nil else { return false }
      return type == "lowcode" || (type == "coded" && root["metadata"]?["storageVersion"] != nil)
        || (type == nil && root["metadata"]?["storageVersion"] != nil
          && root["messages"]?.array != nil)
    case .agentResource:
      return root["$resourceType"]?.string != nil
    case .agentFeature:
      return root["$featureType"]?.string != nil
    case .flow:
      guard let nodes = root["nodes"]?.array, root["edges"]?.array != nil else { return false }
      return nodes.contains { node in
        let type = node["type"]?.string ?? ""
        return type.hasPrefix("core.") || type.hasPrefix("uipath.")
      } && !nodes.contains { $0["type"]?.string?.hasPrefix("case-management:") == true }
    case .casePlan:
      guard let nodes = root["nodes"]?.array else { return false }
      return root["root"]?["type"]?.string?.hasPrefix("case-management:") == true
        || nodes.contains { $0["type"]?.string?.hasPrefix("case-management:") == true }
        || (root["metadata"]?["caseIdentifier"] != nil && root["bindings"] != nil)
    case .apiWorkflow:
      return root["document"]?["dsl"] != nil && root["do"]?.array != nil
    case .solution:
      return root["SolutionId"] != nil && root["Projects"]?.array != nil
    case .solutionResource:
      return root["docVersion"] != nil && root["resource"]?["kind"]?.string != nil
    case .projectFile:
      return root["ProjectType"]?.string != nil && root["Name"]?.string != nil
    case .bindings:
      guard root["version"]?.string != nil, let resources = root["resources"]?.array else {
        return false
      }
      let count = root.object?.count ?? 0
      return count <= 4 && resources.allSatisfy { $0["resource"]?.string != nil }
    case .entryPoints:
      guard let points = root["entryPoints"]?.array else { return false }
      return root["$schema"]?.string?.contains("uipath.com") == true
        || root["$id"]?.string?.hasPrefix("entry-points") == true
        || (!points.isEmpty && points.allSatisfy { $0["uniqueId"] != nil && $0["filePath"] != nil })
    }
  }

  /// Files that say something of the project beside them.
  fileprivate static let besides: [UiPathFileKind] = [.projectFile, .bindings, .entryPoints]
}

extension ImportFormat {
  /// UiPath agents: made in Studio Web, with tools, contexts and escalations in files of their own.
  static let uiPathAgent = uiPathFormat(
    "uipath-agent", "UiPath agent", anchors: [.agent], parts: [.agentResource, .agentFeature])

  /// Flows of UiPath Maestro.
  static let uiPathFlow = uiPathFormat("uipath-flow", "UiPath Maestro flow", anchors: [.flow])

  /// Cases of UiPath Maestro.
  static let uiPathCase = uiPathFormat("uipath-case", "UiPath Maestro case", anchors: [.casePlan])

  /// API workflows of UiPath.
  static let uiPathAPIWorkflow = uiPathFormat(
    "uipath-api-workflow", "UiPath API workflow", anchors: [.apiWorkflow])

  /// Solutions of UiPath, and what is left of projects whose own files are missing or in code.
  static let uiPathSolution = uiPathFormat(
    "uipath-solution", "UiPath solution", anchors: [.solution],
    parts: [.solutionResource] + UiPathFileKind.besides)

  private static func uiPathFormat(
    _ id: String, _ title: String, anchors: [UiPathFileKind], parts: [UiPathFileKind] = []
  ) -> ImportFormat {
    ImportFormat(
      id: id, title: title,
      sniff: { file in
        guard let kind = file.uiPathFileKind else { return nil }
        if anchors.contains(kind) { return .anchor }
        if parts.contains(kind) { return .part }
        return UiPathFileKind.besides.contains(kind) ? .companion : nil
      },
      read: { group in UiPathAgenticFiles(group).readings() })
  }
}

/// The files of one agentic project or solution.
struct UiPathAgenticFiles {
  /// A file and what it parses to.
  struct File {
    var path: String
    var kind: UiPathFileKind
    var root: DataNode
  }

  private(set) var files: [File] = []
  private var failures: [FileReading] = []
  let names: UiPathProjectNames

  /// Sorts the files of a group by their kind.
  init(_ group: ImportGroup) {
    for file in group.files {
      do {
        let root = try file.json()
        guard let kind = file.uiPathFileKind else { continue }
        files.append(File(path: file.path, kind: kind, root: root))
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
    names = UiPathProjectNames(files)
  }

  /// What each file says.
  func readings() -> [FileReading] {
    var readings = failures
    for file in files where file.kind != .bindings { readings.append(reading(of: file)) }
    // Bindings repeat what the project's other files say; they add what is nowhere else.
    let said = readings.map(\.fragment)
    for file in files where file.kind == .bindings {
      readings.append(readBindings(file, besides: said))
    }
    return readings
  }

  private func reading(of file: File) -> FileReading {
    switch file.kind {
    case .agent: readAgent(file)
    case .agentResource: readAgentResource(file)
    case .agentFeature: readAgentFeature(file)
    case .flow: readUiPathFlow(file.root, path: file.path, names: names)
    case .casePlan: readUiPathCase(file.root, path: file.path, names: names)
    case .apiWorkflow: readUiPathAPIWorkflow(file.root, path: file.path, names: names)
    case .solution: readSolution(file)
    case .solutionResource: readSolutionResource(file)
    case .projectFile: readProjectFile(file)
    case .entryPoints: readEntryPoints(file)
    case .bindings: FileReading(path: file.path)
    }
  }

  /// The name under which the project's own file is imported.
  func reading(ofMain file: File) -> String? {
    reading(of: file).fragment.systems.first?.name
  }

  /// Whether a project has a file that says what it is, apart from lists of what it uses.
  func hasMainFile(inProjectOf path: String) -> Bool {
    let home = UiPathProjectNames.home(of: path)
    return files.contains {
      [.agent, .flow, .casePlan, .apiWorkflow].contains($0.kind)
        && UiPathProjectNames.home(of: $0.path) == home
    }
  }
}
