internal import Facts

/// Which statements speak of one system, after what people said of it.
///
/// Begins with what `SystemIdentity` finds by itself, then takes corrections in their order. A name in a
/// correction refers to the system shown under it, else to the one that files call so, else to the only
/// one that has it as alias; one that refers to nothing leaves everything as it is, and is reported.
struct SystemGrouping {
  /// One system.
  struct Group {
    /// Its statements, as indices, ascending.
    var statements: [Int]
    /// The name that a person chose; `nil` where files name it.
    var name: String?
    /// Further names that a person gave it.
    var aliases: [String] = []
    /// Keys of names that are those of what was split off, or of what it was split off from.
    var foreignNames: Set<String> = []
    /// Whether nothing but its name would make it one with another system.
    var isNamesake = false
  }

  /// All systems; those that nothing is known of by hand in the order of `SystemIdentity`.
  private(set) var groups: [Group] = []
  /// The statements, less the aliases that a person denied.
  private(set) var statements: [AutomationSystem]
  /// Path of the document of each statement.
  let documents: [String]
  /// Positions of the corrections that changed nothing, since there is nothing of the name.
  private(set) var unapplied: Set<Int> = []

  private var groupOf: [Int] = []
  /// The system that is shown under a name, and the name of each that files name.
  private var shown: [String: Int] = [:]
  private var automaticNames: [String] = []
  private var byName: [String: [Int]] = [:]
  private var byAlias: [String: [Int]] = [:]

  /// Groups statements.
  ///
  /// - Parameters:
  ///   - statements: In the order of their documents.
  ///   - documents: Path of the document of each.
  ///   - corrections: In the order in which they were made.
  init(of statements: [AutomationSystem], documents: [String], corrections: [Correction]) {
    self.statements = statements
    self.documents = documents
    for (position, correction) in corrections.enumerated() {
      guard case .unalias(.system, let name, let alias) = correction.action else { continue }
      if !deny(alias, of: name, as: statements) { unapplied.insert(position) }
    }
    let identity = SystemIdentity(of: self.statements)
    groups = identity.groups.map { members in
      Group(statements: members, isNamesake: !identity.parted.isDisjoint(with: members))
    }
    guard corrections.contains(where: \.isAboutIdentity) else { return }
    let automatic = groups.map(\.statements)
    enterNames()
    for (position, correction) in corrections.enumerated() {
      switch correction.action {
      case .merge(.system, let names):
        if !merge(names) { unapplied.insert(position) }
      case .alias(.system, let name, let alias):
        if !add(alias, to: name) { unapplied.insert(position) }
      case .unalias(.system, let name, let alias):
        if remove(alias, from: name) { unapplied.remove(position) }
      case .split(let name, let selection, let into):
        if !split(name, selection, into) { unapplied.insert(position) }
      default: break
      }
    }
    // Whoever undoes by hand what was done by hand gets back the old order, and the names with it.
    var home = Array(repeating: 0, count: statements.count)
    for (rank, members) in automatic.enumerated() {
      for statement in members { home[statement] = rank }
    }
    groups.removeAll(where: \.statements.isEmpty)
    groups.sort { a, b in
      let ranks = [a, b].map { $0.statements.map { home[$0] }.min() ?? 0 }
      return ranks[0] != ranks[1]
        ? ranks[0] < ranks[1] : (a.statements.first ?? 0) < (b.statements.first ?? 0)
    }
  }

  /// The systems, each with a name of its own.
  func merged() -> [AutomationSystem] {
    var taken: [String: SystemKind?] = [:]
    // A chosen name is taken from the start, whichever group comes first.
    for case let name? in groups.map(\.name) { taken[nameKey(name)] = .some(nil) }
    var used: Set<String> = []
    return groups.map { group in
      let members = group.statements.map { statements[$0] }
      let system: AutomationSystem
      if let name = group.name {
        if !used.contains(nameKey(name)) { taken.removeValue(forKey: nameKey(name)) }
        var others = taken
        let automatic = AutomationSystem(merging: members, besides: &others)
        if automatic.key == nameKey(name) {
          taken = others
          system = automatic
        } else {
          system = AutomationSystem(merging: members, named: name, besides: &taken)
        }
      } else {
        system = AutomationSystem(
          merging: members, isNamesake: group.isNamesake, besides: &taken)
      }
      used.insert(system.key)
      return withNames(system, group)
    }
  }

  private func withNames(_ system: AutomationSystem, _ group: Group) -> AutomationSystem {
    guard !group.aliases.isEmpty || !group.foreignNames.isEmpty else { return system }
    var system = system
    system.aliases = uniqueNames(system.aliases + group.aliases).filter {
      nameKey($0) != system.key
        && (!group.foreignNames.contains(nameKey($0)) || isGeneratedIdentifier($0))
    }
    return system
  }

  // MARK: Names

  private mutating func enterNames() {
    groupOf = Array(repeating: 0, count: statements.count)
    for (id, system) in merged().enumerated() {
      automaticNames.append(system.name)
      shown[system.key] = id
      for statement in groups[id].statements { groupOf[statement] = id }
    }
    for (index, statement) in statements.enumerated() {
      byName[statement.key, default: []].append(index)
      for alias in statement.aliases { byAlias[nameKey(alias), default: []].append(index) }
    }
  }

  private func group(named name: String) -> Int? {
    let key = nameKey(name)
    if let id = shown[key] { return id }
    for table in [byName, byAlias] {
      let found = Set((table[key] ?? []).map { groupOf[$0] })
      if found.count == 1 { return found.first }
    }
    let given = groups.indices.filter { groups[$0].aliases.contains { nameKey($0) == key } }
    return given.count == 1 ? given[0] : nil
  }

  /// The name under which a system is shown; `nil` where files name one that was split off.
  private func name(of id: Int) -> String? {
    groups[id].name ?? (automaticNames.indices.contains(id) ? automaticNames[id] : nil)
  }

  // MARK: Corrections

  private mutating func deny(
    _ alias: String, of name: String, as written: [AutomationSystem]
  ) -> Bool {
    let (key, denied) = (nameKey(name), nameKey(alias))
    var isFound = false
    for (index, statement) in written.enumerated()
    where statement.key == key || statement.aliases.contains(where: { nameKey($0) == key }) {
      guard statement.aliases.contains(where: { nameKey($0) == denied }) else { continue }
      statements[index].aliases.removeAll { nameKey($0) == denied }
      isFound = true
    }
    return isFound
  }

  private mutating func merge(_ names: [String]) -> Bool {
    let found = names.compactMap { name in group(named: name).map { (name, $0) } }
    guard let (name, id) = found.first else { return false }
    let others = Set(found.map(\.1)).subtracting([id])
    guard !others.isEmpty else { return found.count == names.count }
    for other in others.sorted() { join(other, to: id) }
    groups[id].name = name
    shown[nameKey(name)] = id
    return true
  }

  private mutating func join(_ other: Int, to id: Int) {
    groups[id].statements = (groups[id].statements + groups[other].statements).sorted()
    groups[id].aliases += groups[other].aliases
    groups[id].foreignNames.formUnion(groups[other].foreignNames)
    for statement in groups[other].statements {
      groupOf[statement] = id
      groups[id].foreignNames.remove(statements[statement].key)
    }
    for statement in groups[id].statements {
      groups[id].foreignNames.remove(statements[statement].key)
    }
    groups[other] = Group(statements: [])
    for (key, owner) in shown where owner == other { shown[key] = id }
  }

  private mutating func add(_ alias: String, to name: String) -> Bool {
    guard let id = group(named: name) else { return false }
    let key = nameKey(alias)
    // What is called so from now on is the same thing, if there is any.
    let named = shown[key].map { [$0] } ?? (byName[key] ?? []).map { groupOf[$0] }
    for other in Set(named).subtracting([id]).sorted() {
      groups[id].name = self.name(of: id)
      join(other, to: id)
    }
    if !groups[id].aliases.contains(alias) { groups[id].aliases.append(alias) }
    return true
  }

  private mutating func remove(_ alias: String, from name: String) -> Bool {
    guard let id = group(named: name) else { return false }
    let before = groups[id].aliases.count
    groups[id].aliases.removeAll { nameKey($0) == nameKey(alias) }
    return groups[id].aliases.count != before
  }

  private mutating func split(
    _ name: String, _ selection: StatementSelection, _ into: String
  ) -> Bool {
    guard let id = group(named: name) else { return false }
    let target = shown[nameKey(into)].flatMap { $0 == id ? nil : $0 }
    let selected = groups[id].statements.filter {
      selection.contains(statements[$0], of: documents[$0])
    }
    let rest = groups[id].statements.filter { !selected.contains($0) }
    // Where nothing is left to do, it may have been done before.
    guard !selected.isEmpty else { return target != nil }
    guard !rest.isEmpty else { return shown[nameKey(into)] == id }
    let other = target ?? groups.count
    if target == nil { groups.append(Group(statements: [], name: into)) }
    groups[id].statements = rest
    groups[other].statements = (groups[other].statements + selected).sorted()
    for statement in selected { groupOf[statement] = other }
    let names = [id, other].map { Set(groups[$0].statements.map { statements[$0].key }) }
    groups[id].foreignNames.formUnion(names[1].subtracting(names[0]))
    groups[other].foreignNames.formUnion(names[0].subtracting(names[1]))
    if let shownName = self.name(of: id) {
      // The rest keeps the name, unless only what was taken out is called so.
      let key = nameKey(shownName)
      let isTaken = names[1].contains(key) && !names[0].contains(key)
      groups[id].name = isTaken ? nil : shownName
      if isTaken { shown[key] = other }
    }
    shown[nameKey(into)] = other
    return true
  }
}

extension Correction {
  /// Whether it says which statements speak of one system.
  fileprivate var isAboutIdentity: Bool {
    switch action {
    case .merge(.system, _), .alias(.system, _, _), .unalias(.system, _, _), .split: true
    default: false
    }
  }
}
