import DocumentReading
import Facts
import Inventory

/// One flow: lists of elements by type, joined by connectors that name their target.
struct SalesforceFlow {
  let root: XMLElement
  let path: String
  let name: SalesforceFlowName
  /// Objects that variables, lookups and the start hold records of, by name.
  let objects: [String: String]
  /// Elements that only a fault leads to directly.
  private let faultHandlers: Set<String>
  private let unreached: [String]
  var result: FileReading

  init(_ root: XMLElement, path: String) {
    self.root = root
    self.path = path
    name = SalesforceFlowName(
      path: path, fullName: root.first("fullName")?.text.trimmedOrNil,
      label: root.first("label")?.text.trimmedOrNil)
    objects = Self.objects(in: root)
    let paths = SalesforceFlowPaths(root)
    faultHandlers = paths.faultHandlers
    unreached = paths.unreached
    result = FileReading(path: path)
  }

  var source: EntityReference { EntityReference(.system, name.shown) }

  /// What the flow says.
  mutating func reading() -> FileReading {
    addSystem()
    addTriggers()
    for element in root.children { addElement(element) }
    if !unreached.isEmpty {
      let some = unreached.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      result.note(
        .info,
        "\(unreached.count) element(s) are connected to nothing that starts, so that they never run"
          + " (\(some)); they are listed as steps all the same", at: root.location)
    }
    return result
  }

  // MARK: The flow itself

  /// `AutoLaunchedFlow`, `Flow` for screens, `Workflow` for Process Builder and so on.
  var processType: String { root.first("processType")?.text.trimmedOrNil ?? "" }

  private mutating func addSystem() {
    let whole = Evidence(.imported, root.location)
    var system = AutomationSystem(name: name.shown, source: whole)
    let label = root.first("label")?.text.trimmedOrNil
    let overridden = root.first("overriddenFlow")?.text.trimmedOrNil
    system.aliases = [name.apiName, label, overridden].compactMap { $0 }
      .filter { $0 != name.shown }
    let isOrchestration = ["Orchestrator", "ApprovalWorkflow"].contains(processType)
    system.kind.state(isOrchestration ? .orchestrator : .workflow, whole)
    let isProcess = ["Workflow", "InvocableProcess", "CustomEvent"].contains(processType)
    let technology =
      isProcess
      ? "Salesforce Process Builder"
      : isOrchestration ? "Salesforce Flow Orchestration" : "Salesforce Flow"
    system.technology.state(
      technology, Evidence(.imported, root.first("processType")?.location ?? root.location))
    if let text = root.first("description"), let purpose = text.text.trimmedOrNil {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    if let version = name.version {
      system.version.state(
        version, Evidence(.imported, SourceLocation(path: path), note: "of the file's name"))
    }
    addStatus(to: &system)
    if let mode = root.first("runInMode"), let text = mode.text.trimmedOrNil, text != "DefaultMode"
    {
      result.fragment.permissions.append(
        Permission(
          system: name.shown, name: "run in \(text)", application: "Salesforce",
          evidence: Evidence(.imported, mode.location)))
    }
    system.exampleSigns = exampleSigns
    result.fragment.systems = [system]
  }

  private func addStatus(to system: inout AutomationSystem) {
    guard let status = root.first("status"), let text = status.text.trimmedOrNil else { return }
    let evidence = Evidence(.imported, status.location)
    switch text {
    case "Active": system.status.state(.production, evidence)
    case "Draft", "InvalidDraft": system.status.state(.development, evidence)
    case "Obsolete": system.status.state(.disabled, evidence)
    default: break
    }
  }

  // MARK: Elements

  /// Lists of elements that Flow Builder draws, with what they are (Metadata API, `Flow`).
  static let elementKinds: [String: Step.Kind] = [
    "actionCalls": .action, "apexPluginCalls": .call, "assignments": .action,
    "collectionProcessors": .action, "customErrors": .errorHandling, "decisions": .decision,
    "experiments": .decision, "loops": .group, "orchestratedStages": .group,
    "recordCreates": .action, "recordDeletes": .action, "recordLookups": .action,
    "recordRollbacks": .errorHandling, "recordUpdates": .action, "screens": .human,
    "steppedStages": .group, "steps": .action, "subflows": .call, "transforms": .action,
    "waits": .wait,
  ]

  private mutating func addElement(_ element: XMLElement) {
    if element.name == "start" {
      addStep("start", named: "Start", .group, element)
      return
    }
    // Later versions bring other elements, which have a place on the canvas too.
    let isDrawn = element.first("locationX") != nil && element.first("name") != nil
    guard let kind = Self.elementKinds[element.name] ?? (isDrawn ? .action : nil) else { return }
    guard let id = element.first("name")?.text.trimmedOrNil else {
      result.note(
        .medium,
        "an element of '\(element.name)' has no name, by which connectors would call it; it was left"
          + " out", at: element.location)
      return
    }
    if Self.elementKinds[element.name] == nil {
      result.note(
        .low,
        "'\(element.name)' is a kind of element that is not known here; it is listed as a plain step",
        at: element.location)
    }
    let label = element.first("label")?.text.trimmedOrNil
    switch element.name {
    case "screens":
      addTouchPoint(id, label, touchPointKind(label: label ?? id, fallback: .form), element)
      addStep(id, named: label, .human, element)
      for action in element.all("actions") { connectAction(action, at: action) }
    case "actionCalls":
      addStep(id, named: label, connectAction(element, at: element) ?? kind, element)
    case "orchestratedStages", "steppedStages":
      addStep(id, named: label, kind, element)
      addConditionFlows(of: element)
      for step in element.all("stageSteps") + element.all("steps") { addStageStep(step, in: id) }
    default:
      addStep(id, named: label, kind, element)
      addRecordAccess(element)
      addCall(element)
    }
  }

  /// Adds a step; what only a fault leads to handles errors, unless a person does it.
  mutating func addStep(
    _ id: String, named label: String?, _ kind: Step.Kind, _ element: XMLElement
  ) {
    let handlesErrors = faultHandlers.contains(id) && kind != .human
    result.fragment.steps.append(
      Step(
        system: name.shown, id: id, name: label, kind: handlesErrors ? .errorHandling : kind,
        evidence: evidence(element)))
  }

  mutating func addTouchPoint(
    _ id: String, _ label: String?, _ kind: HumanTouchPoint.Kind, _ element: XMLElement,
    team: String? = nil
  ) {
    result.fragment.touchPoints.append(
      HumanTouchPoint(
        system: name.shown, step: id, name: label, kind: kind, team: team,
        evidence: evidence(element)))
  }

  /// The place of an element, named after it.
  func evidence(_ element: XMLElement, note: String? = nil) -> Evidence {
    var place = element.location
    place.element = element.first("name")?.text.trimmedOrNil ?? place.element
    return Evidence(.imported, place, note: note)
  }

  mutating func connect(
    _ kind: Connection.Kind, to target: EntityReference, _ channel: Connection.Channel,
    _ action: String?, _ element: XMLElement, data: [String] = []
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: source, to: target, channel: channel, action: action, data: data,
        evidence: evidence(element)))
  }
}

/// Which elements of a flow can be reached, and how.
private struct SalesforceFlowPaths {
  private(set) var faultHandlers: Set<String> = []
  private(set) var unreached: [String] = []

  init(_ root: XMLElement) {
    var next: [String: [String]] = [:]
    var faults: [String: [String]] = [:]
    var names: [String] = []
    var starts = root.all("startElementReference").compactMap { $0.text.trimmedOrNil }
    for element in root.children {
      if element.name == "start" { starts += Self.targets(in: element, faults: false) }
      guard SalesforceFlow.elementKinds[element.name] != nil,
        let name = element.first("name")?.text.trimmedOrNil
      else { continue }
      names.append(name)
      next[name, default: []] += Self.targets(in: element, faults: false)
      faults[name, default: []] += Self.targets(in: element, faults: true)
    }
    let normal = Self.reached(from: starts, by: next)
    guard !starts.isEmpty else { return }
    let all = next.merging(faults) { $0 + $1 }
    let reached = Self.reached(from: starts, by: all)
    for name in names where reached.contains(name) {
      faultHandlers.formUnion((faults[name] ?? []).filter { !normal.contains($0) })
    }
    unreached = names.filter { !reached.contains($0) }
  }

  /// Targets of connectors, either of those that faults take or of all others.
  private static func targets(in element: XMLElement, faults: Bool, isFault: Bool = false)
    -> [String]
  {
    element.children.flatMap { child -> [String] in
      if child.name == "targetReference" {
        return isFault == faults ? [child.text.trimmedOrNil].compactMap { $0 } : []
      }
      return targets(
        in: child, faults: faults, isFault: isFault || child.name == "faultConnector")
    }
  }

  private static func reached(from starts: [String], by next: [String: [String]]) -> Set<String> {
    var reached = Set(starts)
    var waiting = starts
    while let name = waiting.popLast() {
      for target in next[name] ?? [] where reached.insert(target).inserted {
        waiting.append(target)
      }
    }
    return reached
  }
}
