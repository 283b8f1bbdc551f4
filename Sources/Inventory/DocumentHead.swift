/// What became of one file of an import, without what it says.
public struct DocumentHead: Hashable, Sendable, Codable {
  /// `SourceDocument.path`.
  public var path: String
  /// `SourceDocument.format`.
  public var format: String?
  /// `SourceDocument.status`.
  public var status: SourceDocument.Status
  /// `SourceDocument.digest`.
  public var digest: String
  /// Systems it speaks of.
  public var systems: Int
  /// Steps it lists.
  public var steps: Int
  /// Connections it states.
  public var connections: Int
  /// `EstateFragment.callCount`.
  public var calls: Int
  /// Places where people step in.
  public var human: Int
  /// Triggers.
  public var triggers: Int
  /// What the format cannot tell, in all its systems.
  public var unknowns: Int
  /// What was not understood.
  public var problems: [ImportProblem]

  /// The head of a document.
  public init(_ document: SourceDocument) {
    path = document.path
    format = document.format
    status = document.status
    digest = document.digest
    systems = document.fragment.systems.count
    steps = document.fragment.steps.count
    connections = document.fragment.connections.count
    calls = document.fragment.callCount
    human = document.fragment.touchPoints.count
    triggers = document.fragment.triggers.count
    unknowns = document.fragment.systems.reduce(0) { $0 + $1.unknowns.count }
    problems = document.problems
  }
}
