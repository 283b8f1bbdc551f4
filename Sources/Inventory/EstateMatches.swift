public import Facts

/// By what statements of several places were taken for one system, and names for one thing.
///
/// Every match can be undone: see `Correction.Action.split` and `.unalias`.
public struct EstateMatches: Hashable, Sendable, Codable {
  /// Systems of which more than one place speaks, ordered by key.
  public var systems: [SystemMatch]
  /// Ends of connections that are written otherwise than the thing they were taken for is called, each
  /// once, ordered by what they mean.
  public var references: [ReferenceMatch]

  /// The matches of an estate, of what it is merged of: see `Estate(merging:corrections:)`.
  public init(merging documents: [SourceDocument], corrections: [Correction] = []) {
    let (ordered, fragments) = mergeable(documents)
    var resolver = NameResolver(
      systemsOf: fragments, paths: ordered.map(\.path), corrections: corrections)
    _ = resolver.apply(corrections)
    _ = resolver.collectApplicationsAndTeams(of: fragments, corrections: corrections)
    systems = resolver.systemMatches.sorted { nameKey($0.system) < nameKey($1.system) }
    var seen: Set<ReferenceMatch> = []
    references = []
    for (document, fragment) in fragments.enumerated() {
      for connection in fragment.connections {
        let source = resolver.resolve(connection.source, in: document, besides: nil)
        let target = resolver.resolve(connection.target, in: document, besides: source)
        for (written, meant) in [(connection.source, source), (connection.target, target)] {
          guard written.name != meant.name, let evidence = connection.evidence.first else {
            continue
          }
          let match = ReferenceMatch(
            written: written, meant: meant, document: ordered[document].path, evidence: evidence)
          var same = match
          same.evidence = Evidence(.imported, SourceLocation(path: match.document))
          if seen.insert(same).inserted { references.append(match) }
        }
      }
    }
    references.sort {
      $0.meant != $1.meant
        ? $0.meant < $1.meant : ($0.written.name, $0.document) < ($1.written.name, $1.document)
    }
  }
}

/// One system of which several places speak.
public struct SystemMatch: Hashable, Sendable, Codable {
  /// Name under which it is shown.
  public var system: String
  /// What is said of it, strongest first.
  public var statements: [Statement]

  /// One statement about it.
  public struct Statement: Hashable, Sendable, Codable {
    /// Name under which the place speaks of it.
    public var name: String
    /// Path of the document that says so.
    public var document: String
    /// The place.
    public var evidence: Evidence
    /// By what it was taken for the same system as an earlier one.
    public var reason: Reason
    /// The text that both share: the identifier, name or alias; `nil` for the first and for what a person
    /// joined.
    public var shared: String?
  }

  /// By what two statements are one system, the surest first.
  public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
    /// The strongest statement, to which the others were added.
    case first
    /// An identifier in both: a GUID, or one that a person wrote.
    case identifier
    /// The same name.
    case name
    /// The same name in another spelling.
    case spelling
    /// The name of one is an alias of the other.
    case alias
    /// A person said so.
    case correction
  }
}

/// A name in a file that was taken for a thing of another name or spelling.
public struct ReferenceMatch: Hashable, Sendable, Codable {
  /// The name and kind as the file has it.
  public var written: EntityReference
  /// What it was taken for.
  public var meant: EntityReference
  /// Path of the document.
  public var document: String
  /// The first place that says so.
  public var evidence: Evidence

  /// By what it was taken for that.
  public var reason: SystemMatch.Reason {
    if isGUID(written.name) { return .identifier }
    return written.key == meant.key ? .spelling : .alias
  }

  /// Equal where the spelling is, too.
  public static func == (a: ReferenceMatch, b: ReferenceMatch) -> Bool {
    a.written == b.written && a.written.name == b.written.name && a.meant == b.meant
      && a.document == b.document && a.evidence == b.evidence
  }
}

extension NameResolver {
  /// The systems of which more than one statement speaks, with the reason for each.
  fileprivate var systemMatches: [SystemMatch] {
    zip(grouping.groups, mergedSystems).compactMap { group, system in
      guard group.statements.count > 1 else { return nil }
      let members = group.statements.map { (grouping.statements[$0], grouping.documents[$0]) }
        .sorted { a, b in
          guard let first = a.0.sources.min(), let second = b.0.sources.min() else { return false }
          return first < second
        }
      return SystemMatch(system: system.name, statements: matchedStatements(members))
    }
  }
}

/// Statements in the order in which they hang together, each with the reason why it hangs on one before
/// it.
private func matchedStatements(
  _ members: [(system: AutomationSystem, document: String)]
) -> [SystemMatch.Statement] {
  var seen = SeenNames()
  var result: [SystemMatch.Statement] = []
  func add(
    _ member: (system: AutomationSystem, document: String), _ reason: SystemMatch.Reason,
    _ shared: String?
  ) {
    seen.add(member.system)
    let nowhere = Evidence(.imported, SourceLocation(path: member.document))
    result.append(
      SystemMatch.Statement(
        name: member.system.name, document: member.document,
        evidence: member.system.sources.min() ?? nowhere, reason: reason, shared: shared))
  }
  var waiting = members[...]
  if let first = waiting.popFirst() { add(first, .first, nil) }
  var isMoving = true
  while isMoving, !waiting.isEmpty {
    isMoving = false
    var later: [(system: AutomationSystem, document: String)] = []
    for member in waiting {
      if let (reason, shared) = seen.reason(for: member.system) {
        add(member, reason, shared)
        isMoving = true
      } else {
        later.append(member)
      }
    }
    waiting = later[...]
  }
  for member in waiting { add(member, .correction, nil) }
  return result
}

/// Names, identifiers and aliases of the statements so far.
private struct SeenNames {
  private var identifiers: Set<String> = []
  private var exactNames: Set<String> = []
  private var names: [String: String] = [:]
  private var aliases: Set<String> = []

  mutating func add(_ system: AutomationSystem) {
    identifiers.formUnion(SystemIdentity.identifiers(of: system).map(nameKey))
    exactNames.insert(system.name)
    if names[system.key] == nil { names[system.key] = system.name }
    aliases.formUnion(system.aliases.map(nameKey))
  }

  func reason(for system: AutomationSystem) -> (SystemMatch.Reason, String)? {
    let shared = SystemIdentity.identifiers(of: system).first {
      identifiers.contains(nameKey($0))
    }
    if let shared { return (.identifier, shared) }
    if exactNames.contains(system.name) { return (.name, system.name) }
    if let other = names[system.key] { return (.spelling, other) }
    if aliases.contains(system.key) { return (.alias, system.name) }
    if let alias = system.aliases.first(where: { names[nameKey($0)] != nil }) {
      return (.alias, alias)
    }
    return nil
  }
}
