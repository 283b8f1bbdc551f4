import DocumentReading
import Facts
import Inventory

/// One cloud flow: a definition in the Workflow Definition Language of Azure Logic Apps
/// (`Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json`).
struct PowerAutomateFlow {
  /// What the package around a definition says of it.
  struct Description {
    var name: DataNode?
    var solutionName: Fact<String>?
    var aliases: [String] = []
    var purpose: Fact<String>?
    var creator: Fact<String>?
    var version: Fact<String>?
    var status: Fact<LifecycleStatus>?
    var source: Evidence?
  }

  /// GUID of the flow, where its file states one.
  let identifier: String?
  private let path: String
  /// The whole file.
  let root: DataNode
  private let definition: DataNode
  private let description: Description
  /// Names that the package gives to connectors, by identifier.
  let connectorNames: [String: String]
  private let name: Fact<String>
  private var result: FileReading

  /// The definition inside an exported file; `nil` where the file holds none.
  static func definition(in root: DataNode) -> DataNode? {
    for candidate in [root["properties"]?["definition"], root["definition"], root] {
      guard let candidate, candidate["triggers"]?.object != nil, candidate["actions"]?.object != nil
      else { continue }
      let schema = candidate["$schema"]?.string ?? ""
      if schema.contains("workflowdefinition.json") { return candidate }
    }
    return nil
  }

  init(
    _ root: DataNode, path: String, description: Description, connectorNames: [String: String]
  ) {
    self.root = root
    self.path = path
    self.description = description
    self.connectorNames = connectorNames
    definition = Self.definition(in: root) ?? root
    identifier = root["name"]?.string
    result = FileReading(path: path)
    name = Self.name(root, path: path, description)
  }

  private static func name(
    _ root: DataNode, path: String, _ description: Description
  ) -> Fact<String> {
    if let name = description.solutionName { return name }
    for node in [root["properties"]?["displayName"], description.name] {
      if let node, let text = node.string?.trimmedOrNil {
        return Fact(text, Evidence(.imported, node.location))
      }
    }
    let note = "named after its file, which states no name"
    let evidence = Evidence(.inferred, SourceLocation(path: path), note: note)
    let file = stem(of: lastComponent(of: path))
    // Solutions name files `<name>-<GUID>.json`; in packages and Logic Apps the folder has the name.
    if file.count > 37, isGUIDText(String(file.suffix(36))) {
      return Fact(String(file.dropLast(37)), evidence)
    }
    let components = path.split { $0 == "/" || $0 == "!" }
    let isGeneric = ["definition", "workflow"].contains(file.lowercased())
    if isGeneric, components.count > 1 {
      return Fact(String(components[components.count - 2]), evidence)
    }
    return Fact(file, evidence)
  }

  /// What the flow says.
  mutating func reading() -> FileReading {
    addSystem()
    for trigger in definition["triggers"]?.object ?? [] { addTrigger(trigger) }
    addActions(definition["actions"], inside: nil)
    return result
  }

  private mutating func addSystem() {
    let whole = Evidence(.imported, definition.location)
    var system = AutomationSystem(name: name.value, source: name.evidence)
    system.sources.append(whole)
    if let source = description.source { system.sources.append(source) }
    system.aliases = description.aliases + [identifier].compactMap { $0 }
    let fileStem = stem(of: lastComponent(of: path))
    if fileStem.count > 37, isGUIDText(String(fileStem.suffix(36))) {
      system.aliases.append(String(fileStem.suffix(36)))
    }
    system.kind.state(.workflow, whole)
    let isFlow = root["properties"] != nil
    system.technology.state(isFlow ? "Power Automate" : "Azure Logic Apps", whole)
    if let fact = description.purpose { system.purpose.state(fact.value, fact.evidence) }
    if let text = definition["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    if let fact = description.creator { system.creator.state(fact.value, fact.evidence) }
    if let fact = description.version { system.version.state(fact.value, fact.evidence) }
    if let fact = description.status { system.status.state(fact.value, fact.evidence) }
    if let state = root["properties"]?["state"], let text = state.string {
      if text == "Started" { system.status.state(.production, Evidence(.imported, state.location)) }
      if ["Stopped", "Suspended"].contains(text) {
        system.status.state(.disabled, Evidence(.imported, state.location))
      }
    }
    if let (frequency, evidence) = scheduledVolume() { system.volume.state(frequency, evidence) }
    result.fragment.systems = [system]
  }

  // MARK: Triggers

  private mutating func addTrigger(_ trigger: DataMember) {
    let node = trigger.value
    let type = node["type"]?.string ?? ""
    let evidence = Evidence(.imported, trigger.keyLocation)
    var kind = Trigger.Kind.event
    var expression: String? = trigger.key
    switch type {
    case "Recurrence":
      kind = .schedule
      expression = node["recurrence"].map(scheduleText)
    case "Request":
      switch node["kind"]?.string {
      case "Http", "VirtualAgent", "Skills", nil: kind = .call
      default: kind = .manual
      }
      expression = node["kind"]?.string
    default: break
    }
    result.fragment.triggers.append(
      Trigger(system: name.value, kind: kind, expression: expression, evidence: evidence))
    guard type != "Recurrence", let connector = connector(of: node), kind == .event else { return }
    result.fragment.connections.append(
      Connection(
        .triggers, from: EntityReference(.application, connector.application),
        to: EntityReference(.system, name.value), channel: .api, action: connector.operation,
        data: dataNames(node), evidence: evidence))
    describe(connector, evidence)
  }

  private func scheduleText(_ recurrence: DataNode) -> String {
    var text =
      "every \(recurrence["interval"]?.text ?? "1") \(recurrence["frequency"]?.text ?? "?")"
    let schedule = recurrence["schedule"]
    for (key, word) in [
      ("weekDays", "on"), ("monthDays", "on day"), ("hours", "at hour"),
      ("minutes", "at minute"),
    ] {
      let values = (schedule?[key]?.array ?? []).compactMap(\.text)
      if !values.isEmpty { text += " \(word) \(values.joined(separator: ", "))" }
    }
    if let zone = recurrence["timeZone"]?.text { text += " (\(zone))" }
    return text
  }

  /// How often the schedule starts the flow.
  ///
  /// Source: Azure Logic Apps, schedule triggers: within a day or week the flow runs at every
  /// combination of the given hours and minutes, on every given day.
  private func scheduledVolume() -> (Frequency, Evidence)? {
    for trigger in definition["triggers"]?.object ?? []
    where trigger.value["type"]?.string == "Recurrence" {
      guard let recurrence = trigger.value["recurrence"],
        let unit = recurrence["frequency"]?.string
      else { continue }
      let interval = recurrence["interval"]?.double ?? 1
      guard interval > 0 else { continue }
      let schedule = recurrence["schedule"]
      func count(_ key: String) -> Double { Double(max(1, schedule?[key]?.array?.count ?? 1)) }
      let perDay = count("hours") * count("minutes")
      let frequency: Frequency
      switch unit {
      case "Second": frequency = Frequency(count: 3600 / interval, per: .hour)
      case "Minute": frequency = Frequency(count: 60 / interval, per: .hour)
      case "Hour": frequency = Frequency(count: count("minutes") / interval, per: .hour)
      case "Day": frequency = Frequency(count: perDay / interval, per: .day)
      case "Week": frequency = Frequency(count: perDay * count("weekDays") / interval, per: .week)
      case "Month":
        frequency = Frequency(count: perDay * count("monthDays") / interval, per: .month)
      default: continue
      }
      return (frequency, Evidence(.inferred, recurrence.location, note: "from its schedule"))
    }
    return nil
  }

  // MARK: Actions

  private mutating func addActions(_ actions: DataNode?, inside parent: String?) {
    for action in actions?.object ?? [] {
      addAction(action)
      let node = action.value
      addActions(node["actions"], inside: action.key)
      addActions(node["else"]?["actions"], inside: action.key)
      for branch in node["cases"]?.object ?? [] {
        addActions(branch.value["actions"], inside: action.key)
      }
      addActions(node["default"]?["actions"], inside: action.key)
    }
  }

  private mutating func addAction(_ action: DataMember) {
    let node = action.value
    let evidence = Evidence(.imported, action.keyLocation)
    let type = node["type"]?.string ?? ""
    let inputs = node["inputs"]
    let connector = connector(of: node)
    let person = humanAct(connector, action.key)
    if let kind = stepKind(type, node, connector, isHuman: person != nil) {
      var step = Step(
        system: name.value, id: action.key, name: action.key.replacing("_", with: " "), kind: kind,
        evidence: evidence)
      step.retries = retries(inputs?["retryPolicy"] ?? node["runtimeConfiguration"]?["retryPolicy"])
      step.timeout = node["limit"]?["timeout"]?.string.flatMap { TimeSpan(iso8601: $0) }
      result.fragment.steps.append(step)
    }
    if let person {
      result.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name.value, step: action.key, name: action.key.replacing("_", with: " "),
          kind: person, team: assignedTeam(inputs), evidence: evidence))
    }
    switch type {
    case "Workflow":
      let host = inputs?["host"]
      guard let child = host?["workflowReferenceName"]?.string ?? host?["workflow"]?["id"]?.string
      else { return }
      connect(
        .invokes, to: EntityReference(.system, lastComponent(of: child)), .internalCall, "Workflow",
        evidence)
    case "Http":
      addRequest(inputs, evidence)
    default:
      if let connector { addConnector(connector, node, evidence) }
    }
  }

  private mutating func addRequest(_ inputs: DataNode?, _ evidence: Evidence) {
    let method = inputs?["method"]?.string?.uppercased()
    let address = inputs?["uri"]?.string ?? ""
    guard !address.hasPrefix("@"), let host = host(ofAddress: address) else {
      result.note(
        .low, "the address of the request is an expression, so that its target is unknown",
        at: evidence.location)
      return
    }
    let application = KnownApplication.named(byHost: host) ?? host
    describe(Connector(application: application, alias: host, operation: method), evidence)
    connect(
      httpDirection(method), to: EntityReference(.application, application), .api, method, evidence)
  }

  private mutating func addConnector(_ connector: Connector, _ node: DataNode, _ evidence: Evidence)
  {
    let parameters = node["inputs"]?["parameters"]
    if connector.id == "uiflow" {
      let flow = parameters?["uiFlowId"]?.string ?? parameters?["uiflowId"]?.string
      if let flow, !flow.hasPrefix("@") {
        connect(
          .invokes, to: EntityReference(.system, flow), .internalCall, connector.operation, evidence
        )
      } else {
        result.note(
          .low, "the desktop flow that is run is an expression, so that it is unknown",
          at: evidence.location)
      }
      return
    }
    var application = connector.application
    if connector.operation?.lowercased().hasPrefix("aibuilder") == true {
      application = "AI Builder"
    }
    let method =
      parameters?["request/method"] ?? parameters?["parameters/method"] ?? node["inputs"]?["method"]
    let operation = connector.operation ?? ""
    let direction =
      operation.lowercased().contains("httprequest")
      ? httpDirection(method?.string)
      : operation.isEmpty
        ? httpDirection(method?.string) : direction(ofOperation: operation) ?? .invokes
    describe(connector, evidence)
    connect(
      direction, to: EntityReference(.application, application),
      connector.isMail ? .mail : .api, connector.operation, evidence, data: dataNames(node))
  }

  private mutating func connect(
    _ kind: Connection.Kind, to target: EntityReference, _ channel: Connection.Channel,
    _ action: String?, _ evidence: Evidence, data: [String] = []
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, name.value), to: target, channel: channel,
        action: action, data: data, evidence: evidence))
  }

  private mutating func describe(_ connector: Connector, _ evidence: Evidence) {
    guard let alias = connector.alias, nameKey(alias) != nameKey(connector.application) else {
      return
    }
    result.fragment.applications.append(
      Application(name: connector.application, aliases: [alias], source: evidence))
  }
}

/// Whether a text is a GUID with hyphens.
func isGUIDText(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  return parts.map(\.count) == [8, 4, 4, 4, 12]
    && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
}
