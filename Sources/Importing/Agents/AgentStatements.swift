import DocumentReading
import Facts
import Inventory

/// Gathers what a file says of agents and their tools, one call for each statement.
struct AgentStatements {
  /// What was gathered.
  var reading: FileReading

  /// Nothing said yet.
  init(path: String) { reading = FileReading(path: path) }

  // MARK: Systems

  /// A system of which the file speaks at a place.
  func system(
    _ name: String, _ kind: SystemKind?, technology: String?, _ evidence: Evidence
  ) -> AutomationSystem {
    var system = AutomationSystem(name: name, source: evidence)
    if let kind { system.kind.state(kind, evidence) }
    if let technology { system.technology.state(technology, evidence) }
    return system
  }

  /// Adds a system; of one that is there already, aliases and models are joined.
  mutating func add(_ system: AutomationSystem) {
    guard let index = reading.fragment.systems.firstIndex(where: { $0.key == system.key }) else {
      reading.fragment.systems.append(system)
      return
    }
    for alias in system.aliases where !reading.fragment.systems[index].aliases.contains(alias) {
      reading.fragment.systems[index].aliases.append(alias)
    }
    for model in system.models where !reading.fragment.systems[index].models.contains(model) {
      reading.fragment.systems[index].models.append(model)
    }
  }

  /// Adds an application with other names by which files may call it.
  mutating func addApplication(_ name: String, aliases: [String?] = [], _ evidence: Evidence) {
    let others = aliases.compactMap { $0?.trimmedOrNil }.filter { nameKey($0) != nameKey(name) }
    reading.fragment.applications.append(
      Application(name: name, aliases: others, source: evidence))
  }

  // MARK: Parts

  /// Adds a connection.
  mutating func connect(
    _ source: EntityReference, _ kind: Connection.Kind, _ target: EntityReference,
    _ channel: Connection.Channel, _ action: String?, data: [String] = [], _ evidence: Evidence
  ) {
    reading.fragment.connections.append(
      Connection(
        kind, from: source, to: target, channel: channel, action: action, data: data,
        evidence: evidence))
  }

  /// Adds the use of a credential, each name once for a system.
  mutating func addCredential(
    _ name: String, of system: String, application: String? = nil, _ evidence: Evidence
  ) {
    let use = CredentialUse(
      system: system, name: name, application: application, evidence: evidence)
    guard
      !reading.fragment.credentials.contains(where: {
        $0.system == system && $0.name == name && $0.application == application
      })
    else { return }
    reading.fragment.credentials.append(use)
  }

  /// Adds a permission, each name once for a system.
  mutating func addPermission(
    _ name: String, of system: String, application: String? = nil, _ evidence: Evidence
  ) {
    guard
      !reading.fragment.permissions.contains(where: {
        $0.system == system && $0.name == name && $0.application == application
      })
    else { return }
    reading.fragment.permissions.append(
      Permission(system: system, name: name, application: application, evidence: evidence))
  }

  /// Adds a guardrail.
  mutating func addGuardrail(_ name: String, of system: String, _ evidence: Evidence) {
    reading.fragment.guardrails.append(Guardrail(system: system, name: name, evidence: evidence))
  }
}

extension DataNode {
  /// Evidence that the file says so at this place.
  var evidence: Evidence { Evidence(.imported, location) }

  /// Evidence concluded from this place, with the reason.
  func inferred(_ note: String) -> Evidence { Evidence(.inferred, location, note: note) }

  /// The texts of a list; a single text counts as a list of one.
  var texts: [(text: String, node: DataNode)] {
    (array ?? [self]).compactMap { item in item.string?.trimmedOrNil.map { ($0, item) } }
  }

  /// Items of a list that are texts, or objects with a name under one of these keys.
  func named(_ keys: [String] = ["name"]) -> [(name: String, node: DataNode)] {
    (array ?? []).compactMap { item in
      let name = item.string ?? keys.lazy.compactMap { item[$0]?.string }.first
      return name?.trimmedOrNil.map { ($0, item) }
    }
  }
}
