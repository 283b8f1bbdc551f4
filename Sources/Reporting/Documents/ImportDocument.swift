import Facts
public import Inventory

/// What `rehearse import --format json` prints; every field is defined in `docs/reference/outputs.md`.
public struct ImportDocument: Encodable, Sendable {
  private var files: [File]
  private var problems: [Problem]
  private var totals: Totals

  /// The document of an import.
  /// - Parameters:
  ///   - documents: The files, in order.
  ///   - problems: Problems that belong to no file.
  ///   - estate: What is in the estate, which the totals count.
  public init(
    _ documents: [DocumentHead], problems: [ImportProblem] = [], estate: EstateSnapshot
  ) {
    files = documents.map(File.init)
    self.problems = problems.map(Problem.init)
    func count(_ status: SourceDocument.Status) -> Int { documents.count { $0.status == status } }
    totals = Totals(
      files: documents.count, imported: count(.imported), partial: count(.partial),
      notInventory: count(.notInventory), failed: count(.failed), systems: estate.systems.count,
      applications: estate.applications.count, teams: estate.teams.count, steps: estate.steps,
      connections: estate.connections.count,
      problems: documents.reduce(problems.count) { $0 + $1.problems.count })
  }

  private struct File: Encodable {
    var path: String
    var format: String?
    var status: String
    var digest: String
    var systems: Int
    var steps: Int
    var connections: Int
    var calls: Int
    var human: Int
    var triggers: Int
    var unknowns: Int
    var limits: [String]
    var problems: [Problem]

    init(_ document: DocumentHead) {
      path = document.path
      format = document.format
      status = document.status.rawValue
      digest = document.digest
      systems = document.systems
      steps = document.steps
      connections = document.connections
      calls = document.calls
      human = document.human
      triggers = document.triggers
      unknowns = document.unknowns
      limits = document.limits
      problems = document.problems.map(Problem.init)
    }

    /// The format is `null` where none was recognised: the key is always there.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(path, forKey: .path)
      try container.encode(format, forKey: .format)
      try container.encode(status, forKey: .status)
      try container.encode(digest, forKey: .digest)
      try container.encode(systems, forKey: .systems)
      try container.encode(steps, forKey: .steps)
      try container.encode(connections, forKey: .connections)
      try container.encode(calls, forKey: .calls)
      try container.encode(human, forKey: .human)
      try container.encode(triggers, forKey: .triggers)
      try container.encode(unknowns, forKey: .unknowns)
      try container.encode(limits, forKey: .limits)
      try container.encode(problems, forKey: .problems)
    }

    enum CodingKeys: String, CodingKey {
      case path, format, status, digest, systems, steps, connections, calls, human, triggers
      case unknowns, limits, problems
    }
  }

  private struct Problem: Encodable {
    var severity: String
    var message: String
    var path: String
    var position: String?
    var element: String?

    init(_ problem: ImportProblem) {
      severity = problem.severity.rawValue
      message = problem.message
      path = problem.location.path
      position = problem.location.position
      element = problem.location.element
    }

    /// The position is `null` where the format has no lines: the key is always there.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(severity, forKey: .severity)
      try container.encode(message, forKey: .message)
      try container.encode(path, forKey: .path)
      try container.encode(position, forKey: .position)
      try container.encodeIfPresent(element, forKey: .element)
    }

    enum CodingKeys: String, CodingKey { case severity, message, path, position, element }
  }

  private struct Totals: Encodable {
    var files: Int
    var imported: Int
    var partial: Int
    var notInventory: Int
    var failed: Int
    var systems: Int
    var applications: Int
    var teams: Int
    var steps: Int
    var connections: Int
    var problems: Int

    enum CodingKeys: String, CodingKey {
      case files, imported, partial, failed, systems, applications, teams, steps, connections
      case problems
      case notInventory = "not_inventory"
    }
  }
}
