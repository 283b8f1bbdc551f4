import DocumentReading
import Facts
import Inventory

/// What is being read from one file of UiPath's agentic projects.
struct UiPathPart {
  /// What was read so far.
  var reading: FileReading
  /// System that steps belong to unless another one is named.
  let system: String

  /// An empty part of a system.
  init(path: String, system: String) {
    reading = FileReading(path: path)
    self.system = system
  }

  /// Adds a step.
  mutating func addStep(
    _ id: String, name: String?, _ kind: Step.Kind, of system: String? = nil, at place: DataNode,
    retries: Int? = nil, timeout: TimeSpan? = nil
  ) {
    reading.fragment.steps.append(
      Step(
        system: system ?? self.system, id: id, name: name, kind: kind, retries: retries,
        timeout: timeout, evidence: Evidence(.imported, place.location)))
  }

  /// Adds a connection from the system.
  mutating func connect(
    _ kind: Connection.Kind, of system: String? = nil, to target: EntityReference,
    by channel: Connection.Channel, action: String? = nil, data: [String] = [], at place: DataNode,
    note: String? = nil
  ) {
    reading.fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, system ?? self.system), to: target, channel: channel,
        action: action, data: data, evidence: Evidence(.imported, place.location, note: note)))
  }

  /// Adds a use of an application, and the key under which connectors name it.
  mutating func connect(
    _ kind: Connection.Kind, of system: String? = nil, toConnector key: String,
    named name: String? = nil, action: String? = nil, data: [String] = [], at place: DataNode,
    note: String? = nil
  ) {
    let application = UiPathConnector.application(key: key, name: name)
    connect(
      kind, of: system, to: EntityReference(.application, application), by: .api, action: action,
      data: data, at: place, note: note)
    if nameKey(key) != nameKey(application) {
      reading.fragment.applications.append(
        Application(
          name: application, aliases: [key], source: Evidence(.imported, place.location)))
    }
  }

  /// Adds a web request.
  mutating func connect(toAddress address: String?, method: String?, at place: DataNode) {
    let found = address.flatMap { host(ofAddress: $0) ?? host(inExpression: $0) }
    guard let found else {
      reading.note(
        .info, "the address of a web request is computed, so that its target is unknown",
        at: place.location)
      // The variable that holds it stands for the target, within this automation only.
      if let variable = address.flatMap({ variable(in: $0, after: "$vars.") }) {
        connect(
          httpDirection(method),
          to: EntityReference(.application, "$vars.\(variable) of \(system)"), by: .api,
          action: method?.uppercased(), at: place, note: "the address is computed")
      }
      return
    }
    connect(
      httpDirection(method),
      to: EntityReference(.application, KnownApplication.named(byHost: found) ?? found), by: .api,
      action: method?.uppercased(), at: place)
  }

  /// Names another automation that is called, with the kind that the call tells.
  mutating func mention(
    _ name: String, _ kind: SystemKind?, aliases: [String] = [], technology: String = "UiPath",
    at place: DataNode
  ) {
    let concluded = Evidence(.inferred, place.location, note: "from the call of it")
    var system = AutomationSystem(name: name, source: concluded)
    if let kind { system.kind.state(kind, concluded) }
    system.technology.state(technology, concluded)
    system.aliases = aliases
    reading.fragment.systems.append(system)
  }

  /// Adds a place where a person steps in.
  mutating func addTouchPoint(
    _ step: String, name: String?, _ kind: HumanTouchPoint.Kind, team: String?,
    of system: String? = nil, at place: DataNode
  ) {
    reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system ?? self.system, step: step, name: name, kind: kind, team: team,
        evidence: Evidence(.imported, place.location)))
  }

  /// Adds a hand-over to people when the automation cannot go on.
  ///
  /// - Parameters:
  ///   - team: Who takes it; where unknown, the product in which the task waits.
  ///   - app: Form or app in which the task is shown.
  mutating func escalate(
    to team: String?, app: String?, of system: String? = nil, action: String?, at place: DataNode
  ) {
    connect(
      .escalates, of: system,
      to: team.map { EntityReference(.team, $0) }
        ?? EntityReference(.application, uiPathActionCenter), by: .people, action: action,
      data: [app].compactMap { $0 }, at: place,
      note: team == nil ? "the file names no group of people" : nil)
  }

  /// Adds the use of a connection of Integration Service, whose name may be a person's and is left out.
  mutating func addCredential(connection id: String?, application: String?, at place: DataNode) {
    guard let id = id?.trimmedOrNil, !isExpression(id), id != "ImplicitConnection",
      !id.hasPrefix("<")
    else { return }
    reading.fragment.credentials.append(
      CredentialUse(
        system: system, name: "connection \(id)", application: application,
        evidence: Evidence(.imported, place.location)))
  }
}

/// Where people find the tasks that automations of UiPath give them.
let uiPathActionCenter = "UiPath Action Center"

/// The group of people among recipients of a task; `nil` for persons and for what is computed.
func uiPathTeam(_ recipients: [DataNode]) -> String? {
  for recipient in recipients {
    let type = (recipient["type"] ?? recipient["Type"] ?? recipient["scope"])?.text?.lowercased()
    // 2 and 5 are a group's id and name in agents; a case writes words.
    guard ["2", "5", "group", "usergroup", "staticgroupname"].contains(type ?? "") else { continue }
    for key in ["displayName", "groupName", "value", "Value", "name"] {
      guard let name = recipient[key]?.string?.trimmedOrNil, !isGUID(name), !name.contains("@"),
        !name.hasPrefix("="), !name.hasPrefix("<"), !name.contains("{{"), Int(name) == nil
      else { continue }
      return name
    }
  }
  return nil
}

/// The kind of system that a process of Orchestrator is, by the words of UiPath's files.
func uiPathSystemKind(_ type: String?) -> SystemKind? {
  switch type?.lowercased().filter({ $0.isLetter }) {
  case "agent", "externalagent": .agent
  case "process", "rpa", "rpaworkflow", "testautomation": .rpa
  case "api", "apiworkflow", "processorchestration", "agenticprocess", "flow", "casemanagement",
    "case", "externalworkflow", "maestro":
    .workflow
  case "businessrules", "businessrule": .rules
  case "function", "script", "codedfunction": .script
  default: nil
  }
}

/// The name that follows a mark such as `Env.` in an expression; `nil` where there is none.
func variable(in expression: String, after mark: String) -> String? {
  guard let range = expression.firstRange(of: mark) else { return nil }
  let name = expression[range.upperBound...].prefix {
    $0.isLetter || $0.isNumber || $0 == "_" || $0 == "."
  }
  return name.isEmpty ? nil : String(name)
}
