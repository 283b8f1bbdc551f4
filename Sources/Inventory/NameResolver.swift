internal import Facts

/// Says which thing of the estate a name in a document refers to.
///
/// A name refers to the thing of its own kind that has it as name or alias. Where there is none, it
/// may change its kind:
/// - an application or team that no person declared gives way to a system of that name, or to a
///   declared team or application of that name, where exactly one kind has it;
/// - the name of a system that no file describes refers to an application or team of that name,
///   where exactly one of the two kinds has it; else it is a ghost;
/// - data give way to an application of that name, since models draw systems of record as data
///   stores; nothing becomes data.
///
/// Among several systems of one name (see `SystemIdentity`), the one that is described nearest in the
/// folder tree is meant, first of all in the document itself, and the target of a connection is not its
/// own source.
struct NameResolver {
  private var systems: [AutomationSystem]
  private var byName: [String: [Int]] = [:]
  private var byAlias: [String: [Int]] = [:]
  private var shown: [String: Int] = [:]
  /// Which statements speak of which system.
  let grouping: SystemGrouping
  /// Paths of documents, in components.
  private let paths: [[Substring]]
  private let trees: FolderTrees
  /// Documents that describe each system.
  private var describing: [[Int]] = []
  private var applications: [NamedGroup] = []
  private var teams: [NamedGroup] = []
  private var applicationOfKey: [String: Int] = [:]
  private var teamOfKey: [String: Int] = [:]
  private var spelling: [EntityReference: String] = [:]

  /// Merges the systems of all fragments.
  ///
  /// - Parameters:
  ///   - fragments: What the documents say, in the order of their paths.
  ///   - paths: Their paths.
  ///   - corrections: What people said of names, in order.
  init(systemsOf fragments: [EstateFragment], paths: [String], corrections: [Correction] = []) {
    self.paths = paths.map { $0.split(separator: "/") }
    trees = FolderTrees(paths)
    var statements: [AutomationSystem] = []
    var documents: [Int] = []
    for (document, fragment) in fragments.enumerated() {
      statements += fragment.systems
      documents += Array(repeating: document, count: fragment.systems.count)
    }
    grouping = SystemGrouping(
      of: statements, documents: documents.map { paths[$0] }, corrections: corrections)
    systems = grouping.merged()
    for (position, group) in grouping.groups.enumerated() {
      describing.append(group.statements.map { documents[$0] })
      shown[systems[position].key] = position
      for index in group.statements { enter(position, grouping.statements[index]) }
      for alias in group.aliases { Self.add(nameKey(alias), position, to: &byName) }
    }
  }

  private mutating func enter(_ position: Int, _ statement: AutomationSystem) {
    Self.add(statement.key, position, to: &byName)
    Self.add(systems[position].key, position, to: &byName)
    for alias in statement.aliases { Self.add(nameKey(alias), position, to: &byAlias) }
  }

  private static func add(_ key: String, _ position: Int, to table: inout [String: [Int]]) {
    guard !key.isEmpty, table[key]?.contains(position) != true else { return }
    table[key, default: []].append(position)
  }

  /// Sets the facts that corrections state; returns the positions of those that name no system, or
  /// nothing that could be merged or split.
  mutating func apply(_ corrections: [Correction]) -> Set<Int> {
    struct Place: Hashable {
      var system: Int
      var field: Correction.Field
    }
    var last: [Place: Int] = [:]
    var unapplied = grouping.unapplied
    for (index, correction) in corrections.enumerated() {
      guard case .set(let name, let field, _) = correction.action else { continue }
      if let system = shown[nameKey(name)] ?? system(name, in: nil, besides: nil) {
        last[Place(system: system, field: field)] = index
      } else {
        unapplied.insert(index)
      }
    }
    for (place, index) in last.sorted(by: { $0.value < $1.value }) {
      guard case .set(let name, let field, let value) = corrections[index].action else { continue }
      field.state(
        value, in: &systems[place.system],
        corrections[index].evidence(about: "\(name).\(field.rawValue)"))
    }
    return unapplied
  }

  /// Gathers applications and teams: those described, and those that come into being by being named.
  ///
  /// - Returns: Positions of the corrections that name no application or team.
  mutating func collectApplicationsAndTeams(
    of fragments: [EstateFragment], corrections: [Correction] = []
  ) -> Set<Int> {
    var namedApplications: [NamedStatement] = []
    var namedTeams: [NamedStatement] = []
    for fragment in fragments {
      namedApplications += fragment.applications.map {
        NamedStatement(name: $0.name, aliases: $0.aliases, sources: $0.sources)
      }
      namedTeams += fragment.teams.map {
        NamedStatement(name: $0.name, aliases: $0.aliases, sources: $0.sources)
      }
      for touchPoint in fragment.touchPoints {
        guard let team = touchPoint.team else { continue }
        namedTeams.append(NamedStatement(name: team, sources: [touchPoint.evidence]))
      }
      for connection in fragment.connections {
        for end in [connection.source, connection.target] {
          let statement = NamedStatement(name: end.name, sources: connection.evidence)
          switch end.kind {
          case .application: namedApplications.append(statement.asReference)
          case .team: namedTeams.append(statement.asReference)
          case .system, .data: if spelling[end] == nil { spelling[end] = end.name }
          }
        }
      }
    }
    for system in systems {
      namedTeams += system.team.facts.map {
        NamedStatement(name: $0.value, sources: [$0.evidence])
      }
    }
    let unapplied =
      NamedStatement.correct(&namedApplications, kind: .application, by: corrections)
      .union(NamedStatement.correct(&namedTeams, kind: .team, by: corrections))
    applications = NamedGroup.groups(of: namedApplications)
    teams = NamedGroup.groups(of: namedTeams)
    for (index, group) in applications.enumerated() {
      for key in group.keys { applicationOfKey[key] = index }
    }
    for (index, group) in teams.enumerated() {
      for key in group.keys { teamOfKey[key] = index }
    }
    giveWay()
    nameTeamsOfSystemsAlike()
    return unapplied
  }

  /// Lets undeclared applications and teams give way to what else has their name.
  private mutating func giveWay() {
    for index in applications.indices where !applications[index].isDeclared {
      let system = soleSystem(ofAny: applications[index].keys).flatMap {
        isMeant($0, by: applications[index]) ? $0 : nil
      }
      let team = soleIndex(applications[index].keys, teamOfKey).filter { teams[$0].isDeclared }
      applications[index].becomes = becoming(system: system, other: team, .team)
    }
    for index in teams.indices where !teams[index].isDeclared {
      let system = soleSystem(ofAny: teams[index].keys).flatMap {
        isMeant($0, by: teams[index]) ? $0 : nil
      }
      let application = soleIndex(teams[index].keys, applicationOfKey).filter {
        applications[$0].isDeclared
      }
      teams[index].becomes = becoming(system: system, other: application, .application)
    }
    for group in applications + teams {
      guard case .system(let position) = group.becomes else { continue }
      let aliases = [group.name] + group.aliases
      systems[position].aliases = uniqueNames(systems[position].aliases + aliases).filter {
        nameKey($0) != systems[position].key
      }
      systems[position].sources = Set(systems[position].sources + group.sources).sorted()
    }
  }

  /// Whether whoever names an application or team of a system's name can be taken to mean the system.
  ///
  /// In another part of what was imported one plain word does not say so, such as *Customer* or the connector
  /// *approvals*, nor does a further name that files of products give the system, unless it is an identifier.
  private func isMeant(_ position: Int, by group: NamedGroup) -> Bool {
    let system = systems[position]
    if system.sources.contains(where: { $0.provenance <= .declared })
      || trees.areNear(system.sources, group.sources)
    {
      return true
    }
    let isNamed = group.keys.contains { byName[$0]?.contains(position) == true }
    if isNamed { return !isPlainWord(group.name) }
    let identifiers = Set(SystemIdentity.identifiers(of: system).map(nameKey))
    return group.keys.contains(where: identifiers.contains)
  }

  private func becoming(system: Int?, other: Int?, _ kind: EntityKind) -> NamedGroup.Becoming? {
    switch (system, other) {
    case (let system?, nil): .system(system)
    case (nil, let other?): kind == .team ? .team(other) : .application(other)
    default: nil
    }
  }

  private func soleSystem(ofAny keys: [String]) -> Int? {
    let found = Set(keys.flatMap { byName[$0] ?? byAlias[$0] ?? [] })
    return found.count == 1 ? found.first : nil
  }

  private func soleIndex(_ keys: [String], _ table: [String: Int]) -> Int? {
    let found = Set(keys.compactMap { table[$0] })
    return found.count == 1 ? found.first : nil
  }

  private mutating func nameTeamsOfSystemsAlike() {
    for position in systems.indices {
      var team = Field<String>()
      for fact in systems[position].team.facts { team.state(teamName(fact.value), fact.evidence) }
      systems[position].team = team
    }
  }

  // MARK: Answers

  /// Systems, in the order of their groups.
  var mergedSystems: [AutomationSystem] { systems }

  /// Systems, ordered by key.
  var namedSystems: [AutomationSystem] { systems.sorted { $0.key < $1.key } }

  /// Applications that stayed applications, ordered by key.
  var namedApplications: [Application] {
    applications.filter { $0.becomes == nil }.map { group in
      var application = Application(
        name: group.name, aliases: group.aliases, source: group.sources[0])
      application.sources = group.sources
      return application
    }.sorted { $0.key < $1.key }
  }

  /// Teams that stayed teams, ordered by key.
  var namedTeams: [Team] {
    teams.filter { $0.becomes == nil }.map { group in
      var team = Team(name: group.name, aliases: group.aliases, source: group.sources[0])
      team.sources = group.sources
      return team
    }.sorted { $0.key < $1.key }
  }

  /// The canonical name of the system a document names; the name itself where there is none.
  func systemName(_ name: String, in document: Int) -> String {
    system(name, in: document, besides: nil).map { systems[$0].name } ?? name
  }

  /// The canonical name of a team; the name itself where there is none.
  func teamName(_ name: String) -> String {
    guard let index = teamOfKey[nameKey(name)], teams[index].becomes == nil else { return name }
    return teams[index].name
  }

  /// What an end of a connection refers to.
  /// - Parameters:
  ///   - reference: The end as the document names it.
  ///   - document: Position of the document.
  ///   - source: The other end, already resolved, where this one is the target.
  func resolve(
    _ reference: EntityReference, in document: Int, besides source: EntityReference?
  ) -> EntityReference {
    switch reference.kind {
    case .data:
      if let index = applicationOfKey[reference.key], applications[index].becomes == nil {
        return EntityReference(.application, applications[index].name)
      }
      return EntityReference(.data, spelling[reference] ?? reference.name)
    case .application:
      guard let index = applicationOfKey[reference.key] else { return reference }
      return entity(ofApplication: index)
    case .team:
      guard let index = teamOfKey[reference.key] else { return reference }
      return entity(ofTeam: index)
    case .system:
      let other = source.flatMap { $0.kind == .system ? $0.key : nil }
      if let position = system(reference.name, in: document, besides: other) {
        return EntityReference(.system, systems[position].name)
      }
      switch (applicationOfKey[reference.key], teamOfKey[reference.key]) {
      case (let application?, nil): return entity(ofApplication: application)
      case (nil, let team?): return entity(ofTeam: team)
      default: return EntityReference(.system, spelling[reference] ?? reference.name)
      }
    }
  }

  private func entity(ofApplication index: Int) -> EntityReference {
    switch applications[index].becomes {
    case .system(let position): EntityReference(.system, systems[position].name)
    case .team(let team): EntityReference(.team, teams[team].name)
    default: EntityReference(.application, applications[index].name)
    }
  }

  private func entity(ofTeam index: Int) -> EntityReference {
    switch teams[index].becomes {
    case .system(let position): EntityReference(.system, systems[position].name)
    case .application(let other): EntityReference(.application, applications[other].name)
    default: EntityReference(.team, teams[index].name)
    }
  }

  /// The system of a name: by name, else by an alias; the nearest where several have it.
  private func system(_ name: String, in document: Int?, besides other: String?) -> Int? {
    let key = nameKey(name)
    for (candidates, mayGuess) in [(byName[key] ?? [], true), (byAlias[key] ?? [], false)] {
      guard candidates.count > 1 else {
        if let only = candidates.first { return only }
        continue
      }
      let others = candidates.filter { systems[$0].key != other }
      let distances = others.map { closeness(of: $0, to: document) }
      guard let most = distances.max() else { continue }
      let nearest = zip(others, distances).filter { $0.1 == most }.map(\.0)
      if mayGuess || nearest.count == 1 { return nearest.first }
    }
    return nil
  }

  /// How many folders a document shares with the nearest one that describes a system.
  private func closeness(of system: Int, to document: Int?) -> Int {
    guard let document else { return 0 }
    return describing[system].map { other in
      zip(paths[other], paths[document]).prefix { $0 == $1 }.count
    }.max() ?? 0
  }
}

extension Optional {
  fileprivate func filter(_ isWanted: (Wrapped) -> Bool) -> Wrapped? {
    flatMap { isWanted($0) ? $0 : nil }
  }
}
