import DocumentReading
import Facts
import Inventory

/// An API workflow of UiPath: activities in the dialect of the CNCF's Serverless Workflow 1.0 that
/// Studio Web writes.
func readUiPathAPIWorkflow(
  _ root: DataNode, path: String, names: UiPathProjectNames
) -> FileReading {
  var workflow = UiPathAPIWorkflow(root, path: path, names: names)
  return workflow.read()
}

/// An API workflow while it is read.
private struct UiPathAPIWorkflow {
  private let root: DataNode
  private let project: UiPathProjectNames.Project
  private var part: UiPathPart

  init(_ root: DataNode, path: String, names: UiPathProjectNames) {
    self.root = root
    project = names.project(of: path)
    let file = stem(of: lastComponent(of: path))
    let written = root["document"]?["name"]?.string?.trimmedOrNil
    // Studio Web calls every document `Workflow`; the project has the name, or a file that is exported.
    let name = [written, isGenericProjectName(file) ? project.name.value : file].lazy
      .compactMap { $0 }.first { !isGenericProjectName($0) }
    part = UiPathPart(path: path, system: name ?? project.name.value)
  }

  mutating func read() -> FileReading {
    let document = root["document"] ?? root
    let evidence = Evidence(.imported, document.location)
    var system = AutomationSystem(name: part.system, source: evidence)
    if project.name.value == part.system { system.aliases = project.aliases }
    system.kind.state(.workflow, evidence)
    system.technology.state("UiPath API Workflows", evidence)
    for text in [document["summary"], document["title"]] {
      if let text, let purpose = text.string?.trimmedOrNil {
        system.purpose.state(purpose, Evidence(.imported, text.location))
        break
      }
    }
    if let version = document["version"], let text = version.text, text != "0.0.1" {
      system.version.state(text, Evidence(.imported, version.location))
    }
    part.reading.fragment.systems.append(system)
    part.reading.fragment.triggers.append(
      Trigger(system: part.system, kind: .call, expression: nil, evidence: evidence))
    addActivities(root["do"], catching: false)
    return part.reading
  }

  // MARK: Activities

  /// The activities of a list, each an object of one member.
  private mutating func addActivities(_ list: DataNode?, catching: Bool) {
    for item in list?.array ?? [] {
      for member in item.object ?? [] { addActivity(member, catching: catching) }
    }
  }

  private mutating func addActivity(_ member: DataMember, catching: Bool) {
    let node = member.value
    let type = node["metadata"]?["activityType"]?.string ?? ""
    if let kind = kind(of: member, type: type) {
      let id = member.key.hasSuffix("#Wrapper") ? String(member.key.dropLast(8)) : member.key
      part.addStep(
        id, name: node["metadata"]?["displayName"]?.string?.trimmedOrNil, kind, at: node,
        retries: retries(node), timeout: timeout(node))
      addCall(member)
    }
    addActivities(node["do"], catching: catching)
    addActivities(node["try"], catching: catching)
    addActivities(node["catch"]?["do"], catching: true)
    addActivities(node["fork"]?["branches"], catching: catching)
  }

  /// The kind of step that an activity is; `nil` for what Studio Web adds of its own accord.
  private func kind(of member: DataMember, type: String) -> Step.Kind? {
    let node = member.value
    if node["metadata"]?["isTransparent"]?.bool == true || member.key == "WorkflowStart" {
      return nil
    }
    switch type {
    case "Sequence", "ForEach", "DoWhile", "While", "Parallel", "Scope": return .group
    case "If", "Switch": return .decision
    case "TryCatch": return .errorHandling
    case "Wait", "Delay": return .wait
    case "Assign", "JsInvoke", "Connector", "Http", "Response", "Break", "Continue": return .action
    case "": break
    default: return node["run"]?["workflow"] != nil ? .call : .action
    }
    // Branches and bodies have names such as `If_1#Then` and belong to their activity.
    guard !member.key.contains("#"), node.object != nil else { return nil }
    if node["switch"] != nil {
      return node["metadata"] == nil ? .decision : nil
    }
    if node["try"] != nil { return .errorHandling }
    if node["wait"] != nil || node["listen"] != nil { return .wait }
    if node["for"] != nil || node["fork"] != nil || node["do"] != nil { return .group }
    if node["run"]?["workflow"] != nil { return .call }
    let acts = ["call", "set", "run", "response", "raise", "emit", "break"]
    return acts.contains { node[$0] != nil } ? .action : nil
  }

  private func retries(_ node: DataNode) -> Int? {
    let configuration = node["with"]?["retry"] ?? node["metadata"]?["retry"] ?? node["retry"]
    let count =
      configuration?["maxRetries"]?.int ?? configuration?["count"]?.int
      ?? configuration?["limit"]?["attempt"]?["count"]?.int ?? node["with"]?["retryCount"]?.int
    return count.flatMap { $0 >= 0 ? $0 : nil }
  }

  private func timeout(_ node: DataNode) -> TimeSpan? {
    let written = node["timeout"]?["after"] ?? node["timeout"] ?? node["with"]?["timeout"]
    return written?.string.flatMap { TimeSpan(iso8601: $0) }
  }

  private mutating func addCall(_ member: DataMember) {
    let node = member.value
    let with = node["with"]
    if let called = node["run"]?["workflow"]?["name"]?.string?.trimmedOrNil {
      part.connect(
        .invokes, to: EntityReference(.system, called), by: .internalCall, action: "run", at: node)
      return
    }
    guard let call = node["call"]?.string?.trimmedOrNil else { return }
    let key = with?["connector"]?.string?.trimmedOrNil
    if ["http", "uipath.http"].contains(call.lowercased())
      || key.map(UiPathConnector.isPlainHTTP) == true
    {
      let body = with?["bodyParameters"]
      let endpoint = with?["endpoint"]
      part.connect(
        toAddress: body?["url"]?.string ?? endpoint?["uri"]?.string ?? endpoint?.string,
        method: body?["method"]?.string ?? with?["method"]?.string, at: node)
      return
    }
    if let key {
      let operation = with?["endpoint"]?.string?.split(separator: "/").last.map(String.init)
      let act =
        operation.flatMap(direction(ofOperation:)) ?? httpDirection(with?["method"]?.string)
      let entity = with?["pathParameters"]?["entityName"]?.string
      part.connect(
        act, toConnector: key, action: operation, data: [entity].compactMap { $0 }, at: node)
      part.addCredential(
        connection: with?["connectionId"]?.string,
        application: UiPathConnector.application(key: key), at: node)
      return
    }
    let process = (with?["processName"] ?? with?["name"])?.string?.trimmedOrNil
    guard let process, !isExpression(process) else {
      part.reading.note(
        .low, "the activity '\(member.key)' calls '\(call)', whose target is not told",
        at: node.location)
      return
    }
    part.connect(
      .invokes, to: EntityReference(.system, process), by: .internalCall, action: call, at: node)
  }
}
