internal import Facts

extension AutomationSystem {
  /// One system of several statements about it, which come in the order of their documents.
  ///
  /// - Parameters:
  ///   - statements: At least one.
  ///   - taken: Keys of names that are in use; the chosen one is added. Where the name is in use by
  ///     a system of another kind, the kind is added in brackets.
  init(merging statements: [AutomationSystem], besides taken: inout Set<String>) {
    self = strongest(statements) { $0.sources }
    for other in statements {
      kind.merge(other.kind)
      technology.merge(other.technology)
      purpose.merge(other.purpose)
      owner.merge(other.owner)
      creator.merge(other.creator)
      team.merge(other.team)
      failureRate.merge(other.failureRate)
      volume.merge(other.volume)
      humanInvolvement.merge(other.humanInvolvement)
      integrations.merge(other.integrations)
      status.merge(other.status)
      criticality.merge(other.criticality)
      version.merge(other.version)
    }
    models = Set(statements.flatMap(\.models)).sorted()
    sources = Set(statements.flatMap(\.sources)).sorted()
    var said: Set<String> = []
    unknowns = statements.flatMap(\.unknowns).filter { said.insert($0).inserted }
    let shown = key
    aliases = uniqueNames(statements.flatMap { [$0.name] + $0.aliases }).filter {
      nameKey($0) != shown && !nameKey($0).isEmpty
    }
    distinguish(besides: &taken)
  }

  private mutating func distinguish(besides taken: inout Set<String>) {
    let plain = name
    if taken.contains(key), let kind = kind.value {
      name = "\(plain) (\(kind.rawValue))"
      unknowns.append(
        "Another system is also called \(plain); files state different kinds, so they stay apart.")
    }
    var number = 2
    while taken.contains(key) {
      name = "\(plain) (\(number))"
      number += 1
    }
    taken.insert(key)
  }
}
