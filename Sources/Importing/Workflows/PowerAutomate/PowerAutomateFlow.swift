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
  /// The flow around the definition.
  let root: DataNode
  private let source: WorkflowDefinition
  private var definition: DataNode { source.definition }
  private let description: Description
  /// Names that the package gives to connectors, by identifier.
  let connectorNames: [String: String]
  /// Identifiers of connectors, by the names of connections that the files beside give.
  let connections: [String: String]
  /// Whether something waits for an approval, so that creating one is not an act of its own.
  let waitsForApproval: Bool
  private let name: Fact<String>
  private var result: FileReading

  init(
    _ source: WorkflowDefinition, path: String, description: Description,
    connectorNames: [String: String], connections: [String: String]
  ) {
    self.source = source
    root = source.envelope
    self.path = path
    self.description = description
    self.connectorNames = connectorNames
    self.connections = connections
    identifier = root["name"]?.string
    result = FileReading(path: path)
    name = Self.name(source, path: path, description)
    waitsForApproval = Self.mentionsWaiting(source.definition, depth: 0)
  }

  private static func mentionsWaiting(_ node: DataNode, depth: Int) -> Bool {
    guard depth < 200 else { return false }
    if let operation = node["inputs"]?["host"]?["operationId"]?.string?.lowercased(),
      operation.contains("waitforanapproval")
    {
      return true
    }
    return (node.object ?? []).contains { mentionsWaiting($0.value, depth: depth + 1) }
  }

  private static func name(
    _ source: WorkflowDefinition, path: String, _ description: Description
  ) -> Fact<String> {
    if let name = description.solutionName ?? source.resourceName { return name }
    let root = source.envelope
    for node in [root["properties"]?["displayName"], description.name] {
      if let node, let text = node.string?.trimmedOrNil {
        return Fact(text, Evidence(.imported, node.location))
      }
    }
    let note = "named after its file, which states no name"
    let evidence = Evidence(.inferred, SourceLocation(path: path), note: note)
    return Fact(title(ofPath: path).name, evidence)
  }

  /// The name that a path gives a flow, and the GUID behind it where there is one.
  ///
  /// Solutions name files `<name>-<GUID>.json`; in packages, Logic Apps and the folders of agents the
  /// folder is named so.
  private static func title(ofPath path: String) -> (name: String, identifier: String?) {
    let components = path.split { $0 == "/" || $0 == "!" }
    var title = stem(of: lastComponent(of: path))
    if ["definition", "workflow"].contains(title.lowercased()), components.count > 1 {
      title = String(components[components.count - 2])
    }
    guard title.count > 37, isGUID(String(title.suffix(36))) else { return (title, nil) }
    return (String(title.dropLast(37)), String(title.suffix(36)))
  }

  /// What the flow says.
  mutating func reading() -> FileReading {
    addSystem()
    for trigger in definition["triggers"]?.object ?? [] { addTrigger(trigger) }
    if source.isClipping {
      let key = root["id"]?.string?.trimmedOrNil ?? stem(of: lastComponent(of: path))
      addActions(key, definition, at: definition.location, depth: 0)
      result.isPartial = true
      result.note(
        .low,
        "one action and not the whole flow; export the flow for its name, triggers and other steps",
        at: definition.location)
    } else {
      addActions(definition["actions"], depth: 0)
    }
    return result
  }

  private mutating func addSystem() {
    let whole = Evidence(.imported, definition.location)
    var system = AutomationSystem(name: name.value, source: name.evidence)
    system.sources.append(whole)
    if let source = description.source { system.sources.append(source) }
    system.aliases = description.aliases + [identifier].compactMap { $0 }
    if let identifier = Self.title(ofPath: path).identifier { system.aliases.append(identifier) }
    system.kind.state(.workflow, whole)
    system.technology.state(source.isLogicApp ? "Azure Logic Apps" : "Power Automate", whole)
    if let fact = description.purpose { system.purpose.state(fact.value, fact.evidence) }
    if let text = definition["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, Evidence(.imported, text.location))
    }
    if let fact = description.creator { system.creator.state(fact.value, fact.evidence) }
    if let fact = description.version { system.version.state(fact.value, fact.evidence) }
    if let fact = description.status { system.status.state(fact.value, fact.evidence) }
    if let state = root["properties"]?["state"], let text = state.string {
      if ["Started", "Enabled"].contains(text) {
        system.status.state(.production, Evidence(.imported, state.location))
      }
      if ["Stopped", "Suspended", "Disabled"].contains(text) {
        system.status.state(.disabled, Evidence(.imported, state.location))
      }
    }
    if let (frequency, evidence) = scheduledVolume() { system.volume.state(frequency, evidence) }
    if let identity = root["identity"]?["type"], let kind = identity.string?.trimmedOrNil {
      result.fragment.permissions.append(
        Permission(
          system: name.value, name: "managed identity: \(kind)",
          evidence: Evidence(.imported, identity.location)))
    }
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
    case "Recurrence", "SlidingWindow":
      kind = .schedule
      expression = node["recurrence"].map(scheduleText)
    case "Request":
      switch node["kind"]?.string {
      case "Http", "VirtualAgent", "Skills", "EventGrid", "Alert", "TeamsWebhook", nil: kind = .call
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
      guard let interval = recurrence["interval"].map({ $0.double }) ?? 1, interval > 0 else {
        continue
      }
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

  private mutating func addActions(_ actions: DataNode?, depth: Int) {
    guard depth < 200 else { return }
    for action in actions?.object ?? [] {
      addActions(action.key, action.value, at: action.keyLocation, depth: depth)
    }
  }

  /// Adds an action and those inside it.
  private mutating func addActions(
    _ key: String, _ node: DataNode, at location: SourceLocation, depth: Int
  ) {
    addAction(key, node, Evidence(.imported, location))
    addActions(node["actions"], depth: depth + 1)
    addActions(node["else"]?["actions"], depth: depth + 1)
    // Branches of a switch, and tools of an agent.
    for branch in (node["cases"]?.object ?? []) + (node["tools"]?.object ?? []) {
      addActions(branch.value["actions"], depth: depth + 1)
    }
    addActions(node["default"]?["actions"], depth: depth + 1)
  }

  private mutating func addAction(_ key: String, _ node: DataNode, _ evidence: Evidence) {
    let type = node["type"]?.string?.lowercased() ?? ""
    let inputs = node["inputs"]
    let connector = connector(of: node)
    let person = humanAct(connector, key, node)
    var step = Step(
      system: name.value, id: key, name: key.replacing("_", with: " "),
      kind: stepKind(type, node, connector, isHuman: person != nil), evidence: evidence)
    step.retries = retries(inputs?["retryPolicy"] ?? node["runtimeConfiguration"]?["retryPolicy"])
    step.timeout = node["limit"]?["timeout"]?.string.flatMap { TimeSpan(iso8601: $0) }
    result.fragment.steps.append(step)
    if let person {
      result.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name.value, step: key, name: key.replacing("_", with: " "),
          kind: person, team: assignedTeam(inputs), evidence: evidence))
    }
    switch type {
    case "workflow", "invokeworkflow":
      let host = inputs?["host"]
      guard
        let child = [host?["workflowReferenceName"], host?["workflow"]?["id"]].lazy
          .compactMap({ $0?.string }).first,
        let called = Self.identifier(in: child)
      else { return }
      connect(.invokes, to: EntityReference(.system, called), .internalCall, "Workflow", evidence)
    case "http", "httpwebhook":
      addRequest(inputs?["subscribe"] ?? inputs, evidence)
    case "function", "invokefunction", "apimanagement":
      addFunction(inputs, type, evidence)
    case "agent":
      addModel(inputs, evidence)
    default:
      if let connector { addConnector(connector, node, evidence) }
    }
  }

  /// The last name in a path, or in an expression that puts one together.
  static func identifier(in text: String) -> String? {
    let text = text.trimmedOrNil ?? ""
    guard text.contains("'") else {
      return text.hasPrefix("@") || text.hasPrefix("[") ? nil : lastComponent(of: text).trimmedOrNil
    }
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    return quoted.reversed().lazy.map { lastComponent(of: $0) }.first { part in
      part.contains { $0.isLetter } && !part.hasPrefix("$")
    }
  }

  private mutating func addRequest(_ inputs: DataNode?, _ evidence: Evidence) {
    let method = inputs?["method"]?.string?.uppercased()
    let address = inputs?["uri"]?.string ?? ""
    let isExpression = address.hasPrefix("@") || address.hasPrefix("[")
    guard let host = isExpression ? host(inExpression: address) : host(ofAddress: address) else {
      result.note(
        .low, "the address of the request is an expression, so that its target is unknown",
        at: evidence.location)
      if let name = symbolicName(address, of: name.value) {
        var evidence = evidence
        evidence.note = "named by an expression, which the file does not determine"
        connect(
          httpDirection(method), to: EntityReference(.application, name), .api, method, evidence)
      }
      return
    }
    let application = KnownApplication.named(byHost: host) ?? host
    describe(Connector(application: application, alias: host, operation: method), evidence)
    connect(
      httpDirection(method), to: EntityReference(.application, application), .api, method, evidence)
  }

  /// A function or an interface of the organisation's own, by the name of what hosts it.
  private mutating func addFunction(_ inputs: DataNode?, _ type: String, _ evidence: Evidence) {
    let function = inputs?["function"]
    let id =
      function?["id"]?.string ?? inputs?["api"]?["id"]?.string
      ?? function?["connectionName"]?.string ?? inputs?["functionName"]?.string
    guard let id else { return }
    // …/providers/Microsoft.Web/sites/<app>/functions/<function>
    let parts = id.split(separator: "/").map(String.init)
    let sites = parts.firstIndex { $0.lowercased() == "sites" }
    let host = sites.flatMap { parts.indices.contains($0 + 1) ? parts[$0 + 1] : nil }
    let name = host.flatMap { $0.contains("'") || $0.hasPrefix("[") ? nil : $0 }
    guard let target = name ?? Self.identifier(in: id) else { return }
    connect(
      .invokes, to: EntityReference(.application, target), .api,
      name == nil ? type : Self.identifier(in: id), evidence)
  }

  /// The model behind an agent's loop.
  private mutating func addModel(_ inputs: DataNode?, _ evidence: Evidence) {
    let parameters = inputs?["parameters"]
    let model = [
      parameters?["deploymentId"], parameters?["modelId"],
      parameters?["agentModelSettings"]?["deploymentModelProperties"]?["name"],
    ].lazy.compactMap { $0?.string?.trimmedOrNil }.first { !$0.hasPrefix("@") }
    if let model, !result.fragment.systems.isEmpty {
      result.fragment.systems[0].models.append(model)
    }
    connect(
      .invokes, to: EntityReference(.application, "Azure OpenAI"), .api, "Agent", evidence)
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
    let method: DataNode? =
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
      connector.isMail ? .mail : .api, connector.operation ?? method?.string?.uppercased(),
      evidence,
      data: dataNames(node))
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
