internal import Facts

extension AutomationSystem {
  /// One system of several statements about it, which come in the order of their documents.
  ///
  /// - Parameters:
  ///   - statements: At least one.
  ///   - chosen: The name that a person chose; `nil` where the strongest statement names it.
  ///   - isNamesake: Whether nothing but its name would make it one with another system.
  ///   - taken: Keys of names that are in use, with the kind of their system; the chosen one is added.
  ///     Where the name is in use, the kind is added in brackets, or the folder where the kind is the
  ///     same.
  init(
    merging statements: [AutomationSystem], named chosen: String? = nil, isNamesake: Bool = false,
    besides taken: inout [String: SystemKind?]
  ) {
    self = strongest(statements) { $0.sources }
    if let chosen { name = chosen }
    for other in statements {
      kind.merge(other.kind)
      technology.merge(other.technology)
      purpose.merge(other.purpose)
      owner.merge(other.owner)
      creator.merge(other.creator)
      team.merge(other.team)
      failureRate.merge(other.failureRate)
      volume.merge(other.volume)
      runTime.merge(other.runTime)
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
    var shownSigns: Set<ExampleSign> = []
    exampleSigns = statements.flatMap(\.exampleSigns).filter { shownSigns.insert($0).inserted }
    let shown = key
    aliases = uniqueNames(statements.flatMap { [$0.name] + $0.aliases }).filter {
      nameKey($0) != shown && !nameKey($0).isEmpty
    }
    distinguish(isNamesake: isNamesake, besides: &taken)
  }

  private mutating func distinguish(isNamesake: Bool, besides taken: inout [String: SystemKind?]) {
    let plain = name
    if let other = taken[key] {
      if let kind = kind.value, kind != other {
        name = "\(plain) (\(kind.rawValue))"
        unknowns.append(
          "Another system is also called \(plain); files state different kinds, so they stay apart."
        )
      } else {
        name = "\(plain) (\(place))"
        unknowns.append(
          "Another system is also called \(plain); "
            + (isNamesake
              ? "nothing but the name says that they are one" : "files state different purposes")
            + ", so they stay apart.")
      }
    }
    let qualified = name
    var number = 2
    while taken.keys.contains(key) {
      name = "\(qualified) \(number)"
      number += 1
    }
    taken[key] = kind.value
  }

  /// The folder of the first source, that above `config` and the like; the file where there is none.
  private var place: String {
    let path = sources.first?.location.path ?? ""
    let parts = path.split { $0 == "/" || $0 == "!" }.map(String.init)
    let folders = parts.dropLast().filter { !["config", "src"].contains($0.lowercased()) }
    return folders.last ?? parts.last ?? ""
  }
}
