public import Inventory
import Facts

/// What the audit could see of the estate, and what it could not.
///
/// A finding that is not there says nothing about what was not seen.
public struct AuditCoverage: Hashable, Sendable, Codable {
  /// What became of the files; `nil` where the estate was not read from files just now.
  public var files: Files?
  /// What formats cannot tell, the most systems first.
  public var limits: [Limit] = []
  /// Kinds of technology of which no system is known.
  public var absentKinds: [SystemKind] = []
  /// Systems of unknown kind.
  public var kindless = 0
  /// Systems in the inventory.
  public var systems = 0
  /// How the figures of failures and volumes are known.
  public var figures: [FigureSource] = []
  /// Corrections made by hand that name nothing of the estate.
  public var idleCorrections = 0

  /// A coverage of which nothing is known.
  public init() {}

  /// Files of the import.
  public struct Files: Hashable, Sendable, Codable {
    /// Files in all.
    public var count: Int
    /// Files that were read whole.
    public var whole: Int
    /// Files that were not, or only in part: failed ones first, then by path.
    public var others: [File]
  }

  /// A file that was not read whole.
  public struct File: Hashable, Sendable, Codable {
    /// Its path.
    public var path: String
    /// What became of it.
    public var status: SourceDocument.Status
    /// What was not understood, the first few; empty where the format as such cannot tell everything.
    public var reasons: [String]
    /// How many problems there were in all.
    public var problems: Int
  }

  /// Something that the file of a system cannot tell.
  public struct Limit: Hashable, Sendable, Codable {
    /// What it is, in one sentence.
    public var text: String
    /// Systems it concerns, in the order of the estate.
    public var systems: [EntityReference]
  }

  /// How a figure is known of the systems.
  public struct FigureSource: Hashable, Sendable, Codable {
    /// The figure.
    public var field: AuditField
    /// Systems of which it was measured or counted.
    public var measured: Int
    /// Systems of which it is stated otherwise.
    public var stated: Int
  }

  init(of estate: Estate, documents: [DocumentHead]?) {
    systems = estate.systems.count
    files = documents.map(Files.init)
    var limits: [String: [EntityReference]] = [:]
    for system in estate.systems {
      for text in Set(system.unknowns) { limits[text, default: []].append(system.reference) }
    }
    self.limits = limits.map { Limit(text: $0.key, systems: $0.value) }
      .sorted { ($1.systems.count, $0.text) < ($0.systems.count, $1.text) }
    let kinds = Set(estate.systems.compactMap(\.kind.value))
    absentKinds = SystemKind.allCases.filter { !kinds.contains($0) }
    kindless = estate.systems.count { $0.kind.value == nil }
    idleCorrections = estate.unappliedCorrections.count
    figures = [
      Self.source(of: .failureFrequency, estate.systems.map(\.failureRate)),
      Self.source(of: .volume, estate.systems.map(\.volume)),
    ]
  }

  private static func source<Value>(
    of figure: AuditField, _ fields: [Field<Value>]
  ) -> FigureSource {
    let known = fields.compactMap { $0.facts.first?.evidence.provenance }
    let measured = known.count { $0 == .measured }
    return FigureSource(
      field: figure, measured: measured,
      stated: known.count { $0 != .measured && $0 != .assumed })
  }
}

extension AuditCoverage.Files {
  init(_ documents: [DocumentHead]) {
    let order: [SourceDocument.Status] = [.failed, .notInventory, .partial]
    let others = documents.filter { $0.status != .imported }.map { document in
      AuditCoverage.File(
        path: document.path, status: document.status,
        reasons: document.problems.prefix(3).map { problem in
          (problem.location.position.map { "\($0): " } ?? "") + problem.message
        }, problems: document.problems.count)
    }
    self.init(
      count: documents.count, whole: documents.count - others.count,
      others: order.flatMap { status in
        others.filter { $0.status == status }.sorted { $0.path < $1.path }
      })
  }
}
