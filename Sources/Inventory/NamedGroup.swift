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
