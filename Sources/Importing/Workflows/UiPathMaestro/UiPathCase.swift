import DocumentReading
import Facts
import Inventory

/// A case of UiPath Maestro: stages with tasks, triggers, and service levels with escalations.
func readUiPathCase(_ root: DataNode, path: String, names: UiPathProjectNames) -> FileReading {
  var plan = UiPathCase(root, path: path, names: names)
  return plan.read()
}

/// A case plan while it is read.
private struct UiPathCase {
  private let root: DataNode
  private let names: UiPathProjectNames
  private var part: UiPathPart
  /// Values of bindings, by id.
  private let bindings: [String: DataNode]

  init(_ root: DataNode, path: String, names: UiPathProjectNames) {
    self.root = root
    self.names = names
    let project = names.project(of: path)
    // Older plans keep what concerns the whole case in `root`.
    let written = (root["name"] ?? root["root"]?["name"] ?? root["root"]?["data"]?["name"])?.string?
      .trimmedOrNil
    let named = written.flatMap { isGenericProjectName($0) ? nil : $0 }
    part = UiPathPart(path: path, system: named ?? project.name.value)
    let listed =
      root["bindings"]?.array ?? root["root"]?["data"]?["uipath"]?["bindings"]?.array
      ?? root["root"]?["data"]?["bindings"]?.array ?? []
    bindings = Dictionary(
      listed.compactMap { binding in binding["id"]?.text.map { ($0, binding) } },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func read() -> FileReading {
    addSystem()
    addServiceLevels(root["metadata"] ?? root["root"]?["data"], of: nil)
    for node in root["nodes"]?.array ?? [] {
      let type = node["type"]?.string?.lowercased() ?? ""
      if type.hasSuffix("trigger") {
        addTrigger(node)
      } else if type.contains("stage") {
        addStage(node)
      } else {
        part.reading.note(
          .low,
          "a node of the case is of the type '\(type)', which is not known here; it was left out",
          at: node.location)
      }
    }
    return part.reading
  }

  private mutating func addSystem() {
    let project = names.project(of: part.reading.path)
    let evidence = Evidence(.imported, (root["name"] ?? root).location)
    var system = AutomationSystem(name: part.system, source: evidence)
    system.aliases = project.aliases
    if nameKey(project.name.value) != nameKey(part.system) {
      system.aliases.append(project.name.value)
    }
    system.kind.state(.workflow, evidence)
    system.technology.state("UiPath Maestro", evidence)
    if let text = root["description"] ?? root["root"]?["description"],
      let purpose = text.string?.trimmedOrNil
    {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    if let version = root["metadata"]?["publishVersion"], let text = version.text {
      system.version.state(text, Evidence(.imported, version.location))
    }
    part.reading.fragment.systems.append(system)
  }

  private mutating func addTrigger(_ node: DataNode) {
    let data = node["data"]
    let inputs = data?["inputs"] ?? data?["uipath"]
    let label = (data?["display"]?["label"] ?? data?["label"])?.string?.trimmedOrNil
    let service = inputs?["serviceType"]?.string?.lowercased() ?? "none"
    let evidence = Evidence(.imported, node.location)
    var kind = Trigger.Kind.manual
    var expression = label
    if service.contains("timer") {
      kind = .schedule
      expression =
        ["timeCycle", "timeDate", "timeDuration"].lazy.compactMap { inputs?[$0]?.text }.first
        ?? label
    } else if service != "none" {
      kind = .event
      if let key = context("connectorKey", of: inputs) {
        let application = UiPathConnector.application(key: key)
        part.reading.fragment.connections.append(
          Connection(
            .triggers, from: EntityReference(.application, application),
            to: EntityReference(.system, part.system), channel: .api,
            action: context("operation", of: inputs), evidence: evidence))
        part.reading.fragment.applications.append(
          Application(name: application, aliases: [key], source: evidence))
      }
    }
    part.reading.fragment.triggers.append(
      Trigger(system: part.system, kind: kind, expression: expression, evidence: evidence))
  }

  // MARK: Stages and tasks

  private mutating func addStage(_ node: DataNode) {
    let data = node["data"]
    let label = data?["label"]?.string?.trimmedOrNil
    guard let id = node["id"]?.text?.trimmedOrNil ?? label else {
      part.reading.note(.medium, "a stage has neither id nor label", at: node.location)
      return
    }
    let type = (data?["stageType"]?.string ?? node["type"]?.string ?? "").lowercased()
    part.addStep(id, name: label, type.contains("exception") ? .errorHandling : .group, at: node)
    addServiceLevels(data, of: label ?? id)
    for lane in data?["tasks"]?.array ?? [] {
      // Tasks stand in lanes; hand-written plans leave the lanes out.
      for task in lane.array ?? [lane] { addTask(task) }
    }
  }

  private mutating func addTask(_ task: DataNode) {
    let label = (task["displayName"] ?? task["name"])?.string?.trimmedOrNil
    guard let id = (task["id"] ?? task["elementId"])?.text?.trimmedOrNil ?? label else {
      part.reading.note(.medium, "a task has neither id nor name", at: task.location)
      return
    }
    let type = task["type"]?.string?.lowercased() ?? ""
    switch type {
    case "action", "external-action", "user-task":
      addHuman(task, id: id, label: label)
    case "wait-for-timer", "wait-for-connector", "wait-for-event":
      part.addStep(id, name: label, .wait, at: task)
      addConnector(task, .reads)
    case "execute-connector-activity", "connector-activity", "http-request":
      part.addStep(id, name: label, .action, at: task)
      addConnector(task, nil)
    case "document-extraction":
      part.addStep(id, name: label, .action, at: task)
      part.connect(
        .invokes, to: EntityReference(.application, uiPathDocuments), by: .internalCall,
        action: label, at: task)
    case "rpa", "process", "agent", "api-workflow", "case-management", "external-agent",
      "external-workflow", "flow-process", "agentic-process", "run-human-action":
      addCall(task, id: id, label: label, type: type)
    default:
      part.addStep(id, name: label, .action, at: task)
      part.reading.note(
        .low,
        "the task '\(label ?? id)' is of the type '\(type)', which is not known here; it counts as"
          + " a step without a target", at: task.location)
    }
  }

  private mutating func addCall(_ task: DataNode, id: String, label: String?, type: String) {
    part.addStep(id, name: label, .call, at: task)
    let data = task["data"]
    if type.hasPrefix("external-"), context("connectorKey", of: data) != nil {
      addConnector(task, .invokes)
      return
    }
    // `process` is an agentic process where its binding says so, else a robot's.
    let subtype = binding(of: data?["name"])?["resourceSubType"]?.string ?? type
    guard let called = value(of: data?["name"] ?? data?["processName"]) else {
      part.reading.note(
        .low, "the task '\(label ?? id)' names nothing that it starts; it is still a placeholder",
        at: task.location)
      return
    }
    part.connect(
      .invokes, to: EntityReference(.system, called), by: .internalCall, action: type, at: task)
    part.mention(
      called, uiPathSystemKind(subtype), technology: uiPathTechnology(subtype), at: task)
  }

  private mutating func addHuman(_ task: DataNode, id: String, label: String?) {
    let data = task["data"]
    let team = uiPathTeam([data?["recipient"], data?["assignee"]].compactMap { $0 })
    part.addStep(id, name: label, .human, at: task)
    let title = data?["taskTitle"]?.string ?? ""
    part.addTouchPoint(
      id, name: label,
      touchPointKind(label: label, fallback: touchPointKind(label: title, fallback: .work)),
      team: team, at: task)
  }

  private mutating func addConnector(_ task: DataNode, _ kind: Connection.Kind?) {
    let data = task["data"]
    guard let key = context("connectorKey", of: data) else { return }
    let operation =
      context("operation", of: data) ?? context("objectName", of: data)
    let method = context("method", of: data)
    let act =
      kind ?? operation.flatMap(direction(ofOperation:)) ?? httpDirection(method)
    part.connect(act, toConnector: key, action: operation, at: task)
    part.addCredential(
      connection: context("connection", of: data),
      application: UiPathConnector.application(key: key), at: task)
  }

  // MARK: Service levels

  private mutating func addServiceLevels(_ data: DataNode?, of stage: String?) {
    for rule in data?["slaRules"]?.array ?? data?["sla"]?["rules"]?.array ?? [] {
      let name = rule["displayName"]?.string?.trimmedOrNil ?? "SLA"
      let place = stage.map { " of the stage \($0)" } ?? ""
      let length = [rule["count"]?.text, rule["unit"]?.text].compactMap { $0 }
      let measure = length.count == 2 ? ": \(length.joined(separator: " "))" : ""
      part.reading.fragment.guardrails.append(
        Guardrail(
          system: part.system, name: "\(name)\(place)\(measure)",
          evidence: Evidence(.imported, rule.location)))
      for escalation in rule["escalationRule"]?.array ?? [] { addEscalation(escalation) }
    }
  }

  private mutating func addEscalation(_ escalation: DataNode) {
    let name = escalation["displayName"]?.string?.trimmedOrNil
    let id = escalation["id"]?.text?.trimmedOrNil ?? name ?? "escalation"
    let team = uiPathTeam(escalation["action"]?["recipients"]?.array ?? [])
    part.addTouchPoint(id, name: name, .exception, team: team, at: escalation)
    part.escalate(
      to: team, app: nil, action: escalation["triggerInfo"]?["type"]?.string ?? name, at: escalation
    )
  }

  // MARK: Values

  private func binding(of node: DataNode?) -> DataNode? {
    guard let text = node?.string, text.hasPrefix("=bindings.") else { return nil }
    return bindings[String(text.dropFirst(10))]
  }

  private func value(of node: DataNode?) -> String? {
    if let binding = binding(of: node) { return binding["default"]?.string?.trimmedOrNil }
    guard let text = node?.string?.trimmedOrNil, !isExpression(text), !text.hasPrefix("<") else {
      return nil
    }
    return text
  }

  private func context(_ name: String, of data: DataNode?) -> String? {
    let entry = (data?["context"]?.array ?? []).first { $0["name"]?.string == name }
    return value(of: entry?["value"] ?? data?[name])
  }
}
