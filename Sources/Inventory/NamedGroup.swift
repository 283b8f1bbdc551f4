internal import Facts

/// What one place says about an application or a team.
struct NamedStatement {
  var name: String
  var aliases: [String] = []
  var sources: [Evidence]
  /// Whether the thing is only named here, at the end of a connection, and not described.
  var isReference = false

  /// The same, as a mere mention.
  var asReference: NamedStatement {
    var statement = self
    statement.isReference = true
    return statement
  }

  /// Adds what corrections say of the names of applications or teams.
  ///
  /// - Returns: Positions of those that name none of them.
  static func correct(
    _ statements: inout [NamedStatement], kind: EntityKind, by corrections: [Correction]
  ) -> Set<Int> {
    var unapplied: Set<Int> = []
    let written = statements
    for (position, correction) in corrections.enumerated() {
      let names: [String]
      switch correction.action {
      case .merge(kind, let merged): names = merged
      case .alias(kind, let name, let alias): names = [name, alias]
      case .unalias(kind, let name, let alias):
        let (key, denied) = (nameKey(name), nameKey(alias))
        for index in statements.indices
        where statements[index].keys.contains(key) && nameKey(statements[index].name) != denied {
          statements[index].aliases.removeAll { nameKey($0) == denied }
        }
        let wasGiven = corrections[..<position].contains { earlier in
          guard case .alias(kind, let other, let given) = earlier.action else { return false }
          return nameKey(other) == key && nameKey(given) == denied
        }
        if !wasGiven, !written.contains(where: { $0.keys.isSuperset(of: [key, denied]) }) {
          unapplied.insert(position)
        }
        continue
      default: continue
      }
      // What no file speaks of any more does not come into being by a correction.
      guard let first = names.first,
        statements.contains(where: { !$0.keys.isDisjoint(with: names.map(nameKey)) })
      else {
        unapplied.insert(position)
        continue
      }
      statements.append(
        NamedStatement(
          name: first, aliases: Array(names.dropFirst()),
          sources: [correction.evidence(about: "\(kind.rawValue) \(first)")]))
    }
    return unapplied
  }

  private var keys: Set<String> { Set(([name] + aliases).map(nameKey)) }
}

/// An application or a team: all statements that share a name or an alias.
struct NamedGroup {
  /// Name under which it is shown: that of the strongest statement.
  private(set) var name: String
  /// Its other names, ordered by key.
  private(set) var aliases: [String]
  /// Every place that speaks of it.
  private(set) var sources: [Evidence]
  /// `nameKey` of all names.
  private(set) var keys: [String]
  /// Whether a person described it, so that it does not give way to a namesake of another kind.
  private(set) var isDeclared: Bool
  /// What it turned out to be instead; `nil` where it is what it seemed.
  var becomes: Becoming?

  /// What an application or team can turn out to be; positions in the resolver's lists.
  enum Becoming: Equatable {
    case system(Int)
    case application(Int)
    case team(Int)
  }

  /// Groups statements, which come in the order of their documents.
  static func groups(of statements: [NamedStatement]) -> [NamedGroup] {
    var joined = NameGroups(count: statements.count)
    joined.join(byNames: statements.map { ([$0.name] + $0.aliases).map(nameKey) })
    return joined.groups().map { NamedGroup($0.map { statements[$0] }) }
  }

  private init(_ statements: [NamedStatement]) {
    // Whoever describes a thing names it; only where nobody does, a mention names it.
    let described = statements.filter { !$0.isReference }
    let naming = described.isEmpty ? statements : described
    name = strongest(naming) { $0.sources }.name
    let shown = nameKey(name)
    aliases = uniqueNames(statements.flatMap { [$0.name] + $0.aliases }).filter {
      nameKey($0) != shown
    }
    sources = Set(statements.flatMap(\.sources)).sorted()
    keys = ([name] + aliases).map(nameKey).filter { !$0.isEmpty }
    isDeclared = described.contains { $0.sources.contains { $0.provenance <= .declared } }
  }
}

/// The value with the strongest evidence; the first of several.
func strongest<Value>(_ values: [Value], by evidence: (Value) -> [Evidence]) -> Value {
  precondition(!values.isEmpty, "nothing to choose from")
  var best = values[0]
  var bestEvidence = evidence(best).min()
  for value in values.dropFirst() {
    guard let candidate = evidence(value).min() else { continue }
    if bestEvidence.map({ candidate < $0 }) ?? true {
      best = value
      bestEvidence = candidate
    }
  }
  return best
}
