import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Scenarios of Make, once Integromat: blueprints as the editor exports them, or as its API wraps them.
  static let make = ImportFormat(
    id: "make", title: "Make scenario",
    isFormat: { file in
      guard file.contains("\"flow\""), file.contains("\"module\""), let root = file.jsonObject
      else { return false }
      return makeBlueprint(in: root) != nil
    },
    readFile: { file throws(DocumentError) in
      let root = try file.json()
      guard let found = makeBlueprint(in: root) else { return FileReading(path: file.path) }
      var scenario = MakeScenario(
        found.blueprint, scheduling: found.scheduling, name: found.name, path: file.path)
      return scenario.reading()
    })
}

/// The blueprint in a file, with what the API puts beside it.
private func makeBlueprint(
  in root: DataNode
) -> (blueprint: DataNode, scheduling: DataNode?, name: DataNode?)? {
  func isBlueprint(_ node: DataNode) -> Bool {
    guard let modules = node["flow"]?.array else { return false }
    let named = modules.filter { module in
      module["id"]?.int != nil
        && module["module"]?.string.map { $0.contains(":") && !$0.contains("://") } ?? false
    }
    return !named.isEmpty && named.count == modules.count
  }
  if isBlueprint(root) { return (root, root["scheduling"], nil) }
  // GET /scenarios/:id/blueprint answers with `response`; templates have `blueprint`.
  for outer in [root, root["response"], root["template"], root["scenario"]].compactMap(\.self) {
    if let inner = outer["blueprint"], isBlueprint(inner) {
      return (inner, outer["scheduling"], outer["name"])
    }
  }
  return nil
}

/// One scenario: modules in order, with routes and error handlers.
struct MakeScenario {
  let root: DataNode
  let scheduling: DataNode?
  var name: Fact<String>
  var said: AgentStatements
  var models: [String] = []
  var steps: Set<String> = []

  init(_ root: DataNode, scheduling: DataNode?, name: DataNode?, path: String) {
    self.root = root
    self.scheduling = scheduling
    said = AgentStatements(path: path)
    let shown = root["name"] ?? name
    let file = stem(of: lastComponent(of: path))
    if let shown, let text = singleLine(shown.text),
      !["new scenario", "blueprint"].contains(text.lowercased())
    {
      self.name = Fact(text, shown.evidence)
    } else {
      self.name = Fact(
        file, root.inferred("named after its file, which states no name of its own"))
    }
  }

  /// What the scenario says.
  mutating func reading() -> FileReading {
    walk(root["flow"], isStart: true, handlesErrors: false, depth: 0)
    addSchedule()
    var system = AutomationSystem(name: name.value, source: name.evidence)
    system.kind.state(.workflow, root.evidence)
    system.technology.state("Make", root.evidence)
    if let text = root["description"], let purpose = singleLine(text.string) {
      system.purpose.state(purpose, text.evidence)
    }
    if let interval = scheduling?["interval"], let seconds = interval.double,
      let frequency = frequency(everySeconds: seconds),
      scheduling?["type"]?.string == "indefinitely"
    {
      system.volume.state(frequency, interval.inferred("from its schedule"))
    }
    system.models = models
    if scheduling == nil, root["metadata"]?["instant"]?.bool != true {
      system.unknowns.append("When the scenario runs is not in a blueprint.")
    }
    said.add(system)
    return said.reading
  }

  // MARK: Modules

  private mutating func walk(
    _ flow: DataNode?, isStart: Bool, handlesErrors: Bool, depth: Int
  ) {
    guard depth < 100 else {
      if let flow {
        said.reading.note(
          .medium, "routes lie more than 100 deep; what lies deeper was left out", at: flow.location
        )
      }
      return
    }
    for (index, module) in (flow?.array ?? []).enumerated() {
      guard let type = module["module"]?.string?.trimmedOrNil else {
        if module.object != nil {
          said.reading.note(
            .medium, "a module names no application and was left out; export the scenario again",
            at: module.location)
        }
        continue
      }
      add(module, MakeModule(type), isStart: isStart && index == 0, handlesErrors)
      for route in module["routes"]?.array ?? [] where route["disabled"]?.bool != true {
        walk(route["flow"], isStart: false, handlesErrors: handlesErrors, depth: depth + 1)
      }
      for key in ["branches", "else"] {
        for branch in module[key]?.array ?? [module[key]].compactMap(\.self) {
          walk(branch["flow"], isStart: false, handlesErrors: handlesErrors, depth: depth + 1)
        }
      }
      walk(module["onerror"], isStart: false, handlesErrors: true, depth: depth + 1)
    }
  }

  private mutating func add(
    _ module: DataNode, _ type: MakeModule, isStart: Bool, _ handlesErrors: Bool
  ) {
    var id = module["id"]?.text?.trimmedOrNil ?? type.written
    if !steps.insert(id).inserted {
      id += " (\(steps.count + 1))"
      steps.insert(id)
    }
    let label =
      singleLine((module["metadata"]?["designer"]?["name"] ?? module["label"])?.string)
      ?? type.label
    let person = type.humanAct
    var kind = person != nil ? .human : type.kind
    if isStart, kind == .action { kind = .wait }
    if handlesErrors, person == nil, kind != .decision { kind = .errorHandling }
    var step = Step(system: name.value, id: id, name: label, kind: kind, evidence: module.evidence)
    if type.isSleep,
      let seconds = (module["mapper"]?["duration"] ?? module["parameters"]?["duration"])?.text
        .flatMap(Double.init),
      seconds > 0
    {
      step.delay = TimeSpan(seconds: seconds)
    }
    if let timeout = (module["mapper"]?["timeout"] ?? module["parameters"]?["timeout"])?.text
      .flatMap(Double.init), timeout > 0,
      type.app == "http"
    {
      step.timeout = TimeSpan(seconds: timeout)
    }
    // `Break` tries the module again that failed.
    if type.written == "builtin:Break",
      let count = (module["mapper"]?["count"])?.text.flatMap({ Int($0) }),
      count > 0
    {
      step.retries = count
    }
    said.reading.fragment.steps.append(step)
    if let person {
      said.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name.value, step: id, name: label, kind: person, evidence: module.evidence))
    }
    if isStart { addTrigger(module, type, label) }
    addCall(module, type, label, isStart: isStart)
    addModel(module)
  }

  private mutating func addTrigger(_ module: DataNode, _ type: MakeModule, _ label: String) {
    let kind: Trigger.Kind
    switch type.app {
    case "gateway": kind = .call
    case "builtin" where type.name == "BasicScheduler": kind = .schedule
    case "scenario-service", "scenarios": kind = .call
    default:
      guard type.watches else { return }
      kind = .event
    }
    said.reading.fragment.triggers.append(
      Trigger(
        system: name.value, kind: kind,
        expression: type.app == "gateway" ? "webhook" : "\(type.application): \(type.name)",
        evidence: module.evidence))
  }

  private mutating func addSchedule() {
    guard let scheduling, let type = scheduling["type"]?.string else { return }
    var expression = type
    var kind = Trigger.Kind.schedule
    switch type {
    case "indefinitely":
      guard let interval = scheduling["interval"]?.text else { return }
      expression = "every \(interval) seconds"
    case "immediately": return
    case "on-demand": kind = .manual
    default:
      if let time = scheduling["time"]?.text { expression += " at \(time)" }
      let days = (scheduling["days"]?.array ?? []).compactMap(\.text)
      if !days.isEmpty { expression += " on days \(days.joined(separator: ", "))" }
    }
    said.reading.fragment.triggers.append(
      Trigger(
        system: name.value, kind: kind, expression: expression, evidence: scheduling.evidence))
  }

  private mutating func addModel(_ module: DataNode) {
    for key in ["model", "modelId"] {
      guard
        let text = (module["mapper"]?[key] ?? module["parameters"]?[key])?.string?.trimmedOrNil,
        !text.contains("{{"), !models.contains(text)
      else { continue }
      models.append(text)
    }
  }

  // MARK: Calls

  private mutating func addCall(
    _ module: DataNode, _ type: MakeModule, _ label: String, isStart: Bool
  ) {
    let source = EntityReference(.system, name.value)
    if type.callsScenario {
      let target =
        choice("scenarioId", of: module) ?? choice("scenario", of: module)
        ?? "computed scenario of '\(name.value)'"
      said.connect(
        source, .invokes, EntityReference(.system, target), .internalCall, type.name,
        module.evidence)
    } else if type.isRequest {
      request(module, label)
    } else if !type.isInternal {
      let target = EntityReference(.application, type.application)
      if isStart, type.watches {
        said.connect(
          target, .triggers, source, type.channel, type.name, data: data(of: module),
          module.evidence)
      } else {
        said.connect(
          source, type.direction, target, type.channel, type.name, data: data(of: module),
          module.evidence)
      }
    }
    addConnection(module, type)
  }

  private mutating func request(_ module: DataNode, _ label: String) {
    let written =
      (module["mapper"]?["url"] ?? module["parameters"]?["url"])?.string?.trimmedOrNil ?? ""
    let method =
      (module["mapper"]?["method"] ?? module["parameters"]?["method"])?.string?.uppercased()
    let target: String
    if let host = host(ofAddress: written) {
      target = KnownApplication.named(byHost: host) ?? host
      if nameKey(target) != nameKey(host) {
        said.addApplication(target, aliases: [host], module.evidence)
      }
    } else {
      target = symbol(written) ?? "computed address in '\(name.value)'"
      said.reading.note(
        .low, "the address of '\(label)' is computed, so that its target is unknown",
        at: (module["mapper"]?["url"] ?? module).location)
    }
    said.connect(
      EntityReference(.system, name.value), httpDirection(method ?? "GET"),
      EntityReference(.application, target), .api, method ?? "GET", module.evidence)
  }

  /// A variable that an address begins with, as a symbol for its host.
  private func symbol(_ address: String) -> String? {
    guard address.hasPrefix("{{") else { return nil }
    let inner = address.dropFirst(2).prefix { $0 != "}" }
    guard !inner.isEmpty, inner.contains(where: \.isLetter), inner.first?.isLetter == true,
      inner.count <= 60, inner.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return nil }
    return "\(inner) of \(name.value)"
  }

  /// What was chosen for a field: its label in the editor, else its value.
  private func choice(_ key: String, of module: DataNode) -> String? {
    for part in ["expect", "parameters"] {
      if let label = singleLine(module["metadata"]?["restore"]?[part]?[key]?["label"]?.string) {
        return label
      }
    }
    let value = (module["mapper"]?[key] ?? module["parameters"]?[key])?.text?.trimmedOrNil
    return value.flatMap { $0.contains("{{") ? nil : $0 }
  }

  /// Names of sheets, tables, folders and channels that a module is about, as the editor shows them.
  private func data(of module: DataNode) -> [String] {
    var names: [String] = []
    let keys = [
      "spreadsheetId", "sheetId", "sheet", "table", "tableId", "base", "baseId", "database",
      "databaseId", "folder", "folderId", "file", "channel", "channelId", "calendar", "bucket",
      "queue", "topic", "collection", "object", "module", "list", "board", "dataStore", "datastore",
    ]
    for key in keys {
      let label = ["expect", "parameters"].lazy.compactMap {
        singleLine(module["metadata"]?["restore"]?[$0]?[key]?["label"]?.string)
      }.first
      let name = label ?? choice(key, of: module)
      guard let name, !name.contains("@"), !name.contains("://"), !name.contains("{{"),
        label != nil || !looksLikeIdentifier(name)
      else { continue }
      names.append(name)
    }
    return uniqueInOrder(names)
  }

  private func looksLikeIdentifier(_ text: String) -> Bool {
    text.allSatisfy(\.isNumber)
      || text.count > 15 && text.contains(where: \.isNumber)
        && !text.contains(where: \.isWhitespace)
  }

  private mutating func addConnection(_ module: DataNode, _ type: MakeModule) {
    guard let parameters = module["parameters"] else { return }
    for key in ["__IMTCONN__", "__IMTHOOK__", "connection", "account"] {
      guard let value = parameters[key], !value.isNull, value.string?.isEmpty != true else {
        continue
      }
      guard key != "__IMTHOOK__" else { continue }
      // The label often has the address of whoever made the connection.
      let label = ["parameters", "expect"].lazy.compactMap {
        singleLine(module["metadata"]?["restore"]?[$0]?[key]?["label"]?.string)
      }.first
      let kind = module["metadata"]?["parameters"]?.array?.first {
        $0["name"]?.string == key
      }?["type"]?.string.map { $0.replacing("account:", with: "") }
      let written = value.text.map { "connection \($0)" } ?? "connection of \(type.application)"
      let shown = label.flatMap { $0.contains("@") ? nil : $0 } ?? kind.map { "\($0) connection" }
      said.addCredential(
        shown ?? (written.contains("{{") ? "connection of \(type.application)" : written),
        of: name.value, application: type.isRequest ? nil : type.application, value.evidence)
    }
  }
}
