public import Facts

/// What one file says about the estate.
///
/// The inventory is the merger of all fragments.
public struct EstateFragment: Hashable, Sendable, Codable {
  /// Systems spoken of.
  public var systems: [AutomationSystem] = []
  /// Applications spoken of, beyond those that only occur at the end of a connection.
  public var applications: [Application] = []
  /// Teams spoken of, likewise.
  public var teams: [Team] = []
  /// Connections.
  public var connections: [Connection] = []
  /// Steps.
  public var steps: [Step] = []
  /// Places where people step in.
  public var touchPoints: [HumanTouchPoint] = []
  /// What starts systems.
  public var triggers: [Trigger] = []
  /// Guardrails.
  public var guardrails: [Guardrail] = []
  /// What systems may do.
  public var permissions: [Permission] = []
  /// Credentials that systems use, by name.
  public var credentials: [CredentialUse] = []
  /// Business processes.
  public var processes: [EstateProcess] = []
  /// Decision tables.
  public var decisions: [EstateDecision] = []

  /// A fragment that says nothing.
  public init() {}

  /// Whether the fragment says nothing at all.
  public var isEmpty: Bool { self == EstateFragment() }

  /// Adds all that another fragment says.
  public mutating func add(_ other: EstateFragment) {
    systems += other.systems
    applications += other.applications
    teams += other.teams
    connections += other.connections
    steps += other.steps
    touchPoints += other.touchPoints
    triggers += other.triggers
    guardrails += other.guardrails
    permissions += other.permissions
    credentials += other.credentials
    processes += other.processes
    decisions += other.decisions
  }

  /// Places that call something: every connection, and every step of kind `call` that none of them
  /// starts at, since it leads to another part of its own system.
  public var callCount: Int {
    let places = Set(connections.flatMap(\.evidence).map(\.location))
    return connections.count
      + steps.count { $0.kind == .call && !places.contains($0.evidence.location) }
  }
}

/// Something in a file that was not understood or is wrong.
public struct ImportProblem: Hashable, Sendable, Codable {
  /// How bad it is: `high` for what could not be read, `medium` for what was skipped, `low` and
  /// `info` for remarks.
  public var severity: Severity
  /// One sentence: what was found, what was expected, what to do.
  public var message: String
  /// Where.
  public var location: SourceLocation

  /// Creates a problem.
  public init(_ severity: Severity, _ message: String, at location: SourceLocation) {
    self.severity = severity
    self.message = message
    self.location = location
  }
}

/// One file after import: what it is, what became of it, what it says.
public struct SourceDocument: Hashable, Sendable, Codable {
  /// Path as shown to people, relative to the import root; archive members as `a.zip!/b`.
  public var path: String
  /// Identifier of the recognised format, such as `uipath-project`; `nil` where none was recognised.
  public var format: String?
  /// What became of it.
  public var status: Status
  /// SHA-256 of the content, lower-case hexadecimal.
  public var digest: String
  /// What it says.
  public var fragment: EstateFragment
  /// What was not understood.
  public var problems: [ImportProblem]

  /// Creates a document.
  public init(
    path: String, format: String?, status: Status, digest: String,
    fragment: EstateFragment = EstateFragment(), problems: [ImportProblem] = []
  ) {
    self.path = path
    self.format = format
    self.status = status
    self.digest = digest
    self.fragment = fragment
    self.problems = problems
  }

  /// What can become of a file.
  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    /// Read whole.
    case imported
    /// Read, but the format cannot tell everything, or something was not understood.
    case partial
    /// It says nothing of an estate, or is none of the formats; nothing is wrong with it.
    case notInventory = "not_inventory"
    /// Could not be read.
    case failed
  }
}
