import DocumentReading
import Facts
import Inventory

/// Gathers what a file says of agents and their tools, one call for each statement.
struct AgentStatements {
  /// What was gathered.
  var reading: FileReading
  /// Positions of systems by key, and what was said already, so that large files stay fast.
  private var positions: [String: Int] = [:]
  private var said: Set<Said> = []

  /// A credential, permission or call that was said of a system.
  private struct Said: Hashable {
    enum Kind { case credential, permission, call }
    var kind: Kind
    var system: String
    var name: String
    var application: String?
  }

  /// Nothing said yet.
  init(path: String) { reading = FileReading(path: path) }

  // MARK: Systems

  /// Adds a system; of one that is there already, aliases and models are joined.
  mutating func add(_ system: AutomationSystem) {
    guard let index = positions[system.key] else {
      positions[system.key] = reading.fragment.systems.count
      reading.fragment.systems.append(system)
      return
    }
    for alias in system.aliases { reading.fragment.systems[index].addAlias(alias) }
    for model in system.models { reading.fragment.systems[index].addModel(model) }
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
    let key = Said(kind: .credential, system: system, name: name, application: application)
    guard said.insert(key).inserted else { return }
    reading.fragment.credentials.append(
      CredentialUse(system: system, name: name, application: application, evidence: evidence))
  }

  /// Adds a permission, each name once for a system.
  mutating func addPermission(
    _ name: String, of system: String, application: String? = nil, _ evidence: Evidence
  ) {
    let key = Said(kind: .permission, system: system, name: name, application: application)
    guard said.insert(key).inserted else { return }
    reading.fragment.permissions.append(
      Permission(system: system, name: name, application: application, evidence: evidence))
  }

  /// Adds that others call a system, each address once.
  mutating func addCall(_ expression: String, of system: String, _ evidence: Evidence) {
    guard said.insert(Said(kind: .call, system: system, name: expression)).inserted else { return }
    reading.fragment.triggers.append(
      Trigger(system: system, kind: .call, expression: expression, evidence: evidence))
  }

  /// Adds a guardrail.
  mutating func addGuardrail(_ name: String, of system: String, _ evidence: Evidence) {
    reading.fragment.guardrails.append(Guardrail(system: system, name: name, evidence: evidence))
  }
}

extension AutomationSystem {
  /// Adds another name, each once; of hundreds of names the first ones count.
  mutating func addAlias(_ alias: String) {
    guard alias != name, aliases.count < 200, !aliases.contains(alias) else { return }
    aliases.append(alias)
  }

  /// Adds a language model, each once; of hundreds of models the first ones count.
  mutating func addModel(_ model: String) {
    guard models.count < 200, !models.contains(model) else { return }
    models.append(model)
  }

  /// Adds the address under which it is reached, unless that identifies nothing.
  mutating func addAddress(_ address: String) {
    guard let host = host(ofAddress: address), host.contains("."), !isLoopback(host),
      !address.contains("{")
    else { return }
    addAlias(address)
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
