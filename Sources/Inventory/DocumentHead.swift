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
  /// The same in words, each once and at most eight; empty where an older workspace kept none.
  public var limits: [String]
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
    var said: [String] = []
    for text in document.fragment.systems.lazy.flatMap(\.unknowns)
    where said.count < 8 && !said.contains(text) {
      said.append(text)
    }
    limits = said
    problems = document.problems
  }

  /// Reads what a workspace keeps, of this version or an older one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    path = try container.decode(String.self, forKey: .path)
    format = try container.decodeIfPresent(String.self, forKey: .format)
    status = try container.decode(SourceDocument.Status.self, forKey: .status)
    digest = try container.decode(String.self, forKey: .digest)
    systems = try container.decode(Int.self, forKey: .systems)
    steps = try container.decode(Int.self, forKey: .steps)
    connections = try container.decode(Int.self, forKey: .connections)
    calls = try container.decode(Int.self, forKey: .calls)
    human = try container.decode(Int.self, forKey: .human)
    triggers = try container.decode(Int.self, forKey: .triggers)
    unknowns = try container.decode(Int.self, forKey: .unknowns)
    limits = try container.decodeIfPresent([String].self, forKey: .limits) ?? []
    problems = try container.decode([ImportProblem].self, forKey: .problems)
  }
}
