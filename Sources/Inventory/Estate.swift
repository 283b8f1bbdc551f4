internal import ProcessModel

/// The estate: all systems, applications, teams, data, and what they do to one another.
///
/// A pure function of the imported documents: see `Estate(merging:)`.
public struct Estate: Hashable, Sendable, Codable {
  /// Systems, ordered by key.
  public internal(set) var systems: [AutomationSystem]
  /// Applications, ordered by key.
  public internal(set) var applications: [Application]
  /// Teams, ordered by key.
  public internal(set) var teams: [Team]
  /// Connections; their ends name systems, applications and teams of this inventory by its own
  /// spelling, or something that is nowhere described (a ghost).
  public internal(set) var connections: [Connection]
  /// Steps, in file order.
  public internal(set) var steps: [Step]
  /// Places where people step in.
  public internal(set) var touchPoints: [HumanTouchPoint]
  /// What starts systems.
  public internal(set) var triggers: [Trigger]
  /// Guardrails.
  public internal(set) var guardrails: [Guardrail]
  /// What systems may do.
  public internal(set) var permissions: [Permission]
  /// Credentials that systems use, by name.
  public internal(set) var credentials: [CredentialUse]
  /// Business processes.
  public internal(set) var processes: [EstateProcess]
  /// Decision tables.
  public internal(set) var decisions: [EstateDecision]
  /// Corrections that name a thing no file speaks of, in the order in which they were given.
  public internal(set) var unappliedCorrections: [Correction]

  /// An estate of which nothing is known.
  public init() {
    systems = []
    applications = []
    teams = []
    connections = []
    steps = []
    touchPoints = []
    triggers = []
    guardrails = []
    permissions = []
    credentials = []
    processes = []
    decisions = []
    unappliedCorrections = []
  }

  /// The system of a name or alias; `nil` where there is none.
  /// - Complexity: O(systems).
  public func system(named name: String) -> AutomationSystem? {
    let key = nameKey(name)
    return systems.first { $0.key == key }
      ?? systems.first { $0.aliases.contains { nameKey($0) == key } }
  }

  /// The process of an id, system name or process name; `nil` where there is none.
  /// - Complexity: O(processes).
  public func process(named name: String) -> EstateProcess? {
    let key = nameKey(name)
    return processes.first { nameKey($0.process.id) == key }
      ?? processes.first { nameKey($0.process.name ?? "") == key || nameKey($0.system) == key }
  }

  /// Systems that connections name and no file describes, each once, ordered by key.
  ///
  /// Applications, teams and data come into being by being named, so they are never ghosts.
  /// - Complexity: O((connections + systems) · log connections).
  public var ghosts: [EntityReference] {
    let known = Set(systems.map(\.key))
    let named = connections.flatMap { [$0.source, $0.target] }
    return Set(named.filter { $0.kind == .system && !known.contains($0.key) }).sorted()
  }
}
