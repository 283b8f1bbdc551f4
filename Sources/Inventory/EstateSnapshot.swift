internal import Facts

/// What an estate is at one time, as values: systems with their fields, and who is connected to whom.
///
/// Two of them make an `EstateDifference`.
public struct EstateSnapshot: Hashable, Sendable, Codable {
  /// Fields of each system as text, by its name; unknown fields are not there.
  public var systems: [String: [String: String]] = [:]
  /// Connections, in the order of the estate.
  public var connections: [Link] = []
  /// Names of applications.
  public var applications: [String] = []
  /// Names of teams.
  public var teams: [String] = []
  /// Steps of all systems.
  public var steps = 0

  /// One connection, without its evidence.
  public struct Link: Hashable, Sendable, Codable {
    /// Who acts.
    public var source: String
    /// What it acts on.
    public var target: String
    /// `Connection.Kind`.
    public var kind: String
    /// `Connection.Channel`.
    public var channel: String
    /// `Connection.action`.
    public var action: String?
  }

  /// An estate of which nothing is known.
  public init() {}

  /// The snapshot of what documents say together: see `Estate(merging:corrections:)`.
  public init(merging cores: [DocumentCore], corrections: [Correction] = []) {
    let ordered = cores.sorted {
      ($0.document.path, $0.document.digest) < ($1.document.path, $1.document.digest)
    }
    let (estate, resolver) = Estate.merged(ordered.map(\.document), corrections)
    var seen: Set<UInt64> = []
    for (position, core) in ordered.enumerated() {
      for part in core.steps {
        var system = StableHash()
        system.add(nameKey(resolver.systemName(part.system, in: position)))
        for number in part.numbers { seen.insert(system.value &* 31 &+ number) }
      }
    }
    self.init(estate)
    steps = seen.count
  }

  /// The snapshot of an estate.
  public init(_ estate: Estate) {
    for system in estate.systems { systems[system.name] = system.knownFields }
    connections = estate.connections.map {
      Link(
        source: $0.source.name, target: $0.target.name, kind: $0.kind.rawValue,
        channel: $0.channel.rawValue, action: $0.action)
    }
    applications = estate.applications.map(\.name)
    teams = estate.teams.map(\.name)
    steps = estate.steps.count
  }
}

extension AutomationSystem {
  /// What is known of it, as text, by the name of the field.
  fileprivate var knownFields: [String: String] {
    let fields: [(String, String?)] = [
      ("kind", kind.value?.rawValue), ("technology", technology.value), ("purpose", purpose.value),
      ("owner", owner.value), ("created by", creator.value), ("team", team.value),
      ("fails", failureRate.value.map(writtenShare)),
      ("volume", volume.value.map(writtenFrequency)),
      ("run time", runTime.value.map(writtenDuration)),
      ("people step in", humanInvolvement.value), ("integrates with", integrations.value),
      ("status", status.value?.rawValue), ("criticality", criticality.value?.rawValue),
      ("version", version.value), ("models", models.isEmpty ? nil : models.joined(separator: "; ")),
      ("also called", aliases.isEmpty ? nil : aliases.joined(separator: "; ")),
    ]
    return Dictionary(
      fields.compactMap { name, value in value.map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}

/// What is different in an estate: what came, what went, and which fields of systems changed.
public struct EstateDifference: Hashable, Sendable, Codable {
  /// Names of systems that came.
  public var systemsAdded: [String]
  /// Names of systems that went.
  public var systemsRemoved: [String]
  /// Systems that were there before and are there, with the fields that are different.
  public var systemsChanged: [SystemChange]
  /// Connections that came.
  public var connectionsAdded: [EstateSnapshot.Link]
  /// Connections that went.
  public var connectionsRemoved: [EstateSnapshot.Link]
  /// Names of applications that came.
  public var applicationsAdded: [String]
  /// Names of applications that went.
  public var applicationsRemoved: [String]
  /// Names of teams that came.
  public var teamsAdded: [String]
  /// Names of teams that went.
  public var teamsRemoved: [String]

  /// The fields of one system that are different.
  public struct SystemChange: Hashable, Sendable, Codable {
    /// Name of the system.
    public var system: String
    /// The fields, in the order of their names.
    public var fields: [FieldChange]

    /// Creates the change of one field.
    public init(system: String, field: String, before: String?, after: String?) {
      self.init(
        system: system, fields: [FieldChange(field: field, before: before, after: after)])
    }

    init(system: String, fields: [FieldChange]) {
      self.system = system
      self.fields = fields
    }
  }

  /// One field that is different.
  public struct FieldChange: Hashable, Sendable, Codable {
    /// What people call the field.
    public var field: String
    /// What was known; `nil` where nothing was.
    public var before: String?
    /// What is known; `nil` where nothing is.
    public var after: String?
  }

  /// What is different between two snapshots.
  public init(from before: EstateSnapshot, to after: EstateSnapshot) {
    (systemsAdded, systemsRemoved) = Self.changes(
      before.systems.keys.sorted(), after.systems.keys.sorted())
    systemsChanged = after.systems.sorted { $0.key < $1.key }.compactMap { name, fields in
      guard let old = before.systems[name], old != fields else { return nil }
      let names = Set(old.keys).union(fields.keys).sorted().filter { old[$0] != fields[$0] }
      return SystemChange(
        system: name,
        fields: names.map { FieldChange(field: $0, before: old[$0], after: fields[$0]) })
    }
    (connectionsAdded, connectionsRemoved) = Self.changes(before.connections, after.connections)
    (applicationsAdded, applicationsRemoved) = Self.changes(
      before.applications, after.applications)
    (teamsAdded, teamsRemoved) = Self.changes(before.teams, after.teams)
  }

  /// Whether nothing is different.
  public var isEmpty: Bool {
    systemsAdded.isEmpty && systemsRemoved.isEmpty && systemsChanged.isEmpty
      && connectionsAdded.isEmpty && connectionsRemoved.isEmpty && applicationsAdded.isEmpty
      && applicationsRemoved.isEmpty && teamsAdded.isEmpty && teamsRemoved.isEmpty
  }

  /// The difference with every text changed that a file could have brought.
  public func mapTexts(_ change: (String) -> String) -> EstateDifference {
    func links(_ links: [EstateSnapshot.Link]) -> [EstateSnapshot.Link] {
      links.map { link in
        var link = link
        link.source = change(link.source)
        link.target = change(link.target)
        link.action = link.action.map(change)
        return link
      }
    }
    var changed = self
    changed.systemsAdded = systemsAdded.map(change)
    changed.systemsRemoved = systemsRemoved.map(change)
    changed.systemsChanged = systemsChanged.map { system in
      SystemChange(
        system: change(system.system),
        fields: system.fields.map {
          FieldChange(
            field: $0.field, before: $0.before.map(change), after: $0.after.map(change))
        })
    }
    changed.connectionsAdded = links(connectionsAdded)
    changed.connectionsRemoved = links(connectionsRemoved)
    changed.applicationsAdded = applicationsAdded.map(change)
    changed.applicationsRemoved = applicationsRemoved.map(change)
    changed.teamsAdded = teamsAdded.map(change)
    changed.teamsRemoved = teamsRemoved.map(change)
    return changed
  }

  private static func changes<Value: Hashable>(
    _ before: [Value], _ after: [Value]
  ) -> (added: [Value], removed: [Value]) {
    let (old, new) = (Set(before), Set(after))
    return (after.filter { !old.contains($0) }, before.filter { !new.contains($0) })
  }
}
