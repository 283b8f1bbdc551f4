internal import Facts

extension Estate {
  /// The estate that documents and corrections speak of, together.
  ///
  /// A pure function: the order of the documents does not matter (they are taken by path), and a
  /// document given twice changes nothing. No statement is lost: facts that disagree stay in their
  /// `Field`, the strongest provenance first (corrected, measured, declared, imported, inferred,
  /// assumed).
  ///
  /// Which statements speak of one system is said by `SystemIdentity`, what a name at the end of a
  /// connection refers to by `NameResolver`. The shown name is that of the strongest statement;
  /// other spellings become aliases. Connections that agree in source, target, kind, channel and
  /// action are one, with the evidence of all; one that says no more than that two things are
  /// connected, as a register's does, adds its evidence to the more exact ones between the two, and
  /// stands by itself only where there are none. Steps, touch points, triggers, guardrails, permissions,
  /// credentials, processes and decisions that agree in everything but the place are one, with the first place. What has a
  /// blank name, and connections to it, are left out.
  /// - Parameters:
  ///   - documents: Files after import; those that are no inventory or failed say nothing.
  ///   - corrections: In the order in which they were made: the last for a field of a system counts, and
  ///     each merges or splits what those before it left.
  /// - Complexity: O(n log n) in the number of statements.
  public init(merging documents: [SourceDocument], corrections: [Correction] = []) {
    self = Self.merged(documents, corrections).estate
  }

  /// The estate, and what resolved its names.
  static func merged(
    _ documents: [SourceDocument], _ corrections: [Correction]
  ) -> (estate: Estate, resolver: NameResolver) {
    let (ordered, fragments) = mergeable(documents)
    var resolver = NameResolver(
      systemsOf: fragments, paths: ordered.map(\.path), corrections: corrections)
    let unapplied = resolver.apply(corrections)
    let unnamed = resolver.collectApplicationsAndTeams(of: fragments, corrections: corrections)
    var estate = Estate()
    estate.unappliedCorrections = unapplied.union(unnamed).sorted().map { corrections[$0] }
    estate.connections = mergedConnections(fragments, resolver)
    var parts = EstateParts()
    for (document, fragment) in fragments.enumerated() {
      parts.add(fragment) {
        resolver.systemName($0, in: document)
      } team: {
        resolver.teamName($0)
      }
    }
    estate.systems = resolver.namedSystems
    estate.applications = resolver.namedApplications
    estate.teams = resolver.namedTeams
    estate.steps = parts.steps.values
    estate.touchPoints = parts.touchPoints.values
    estate.triggers = parts.triggers.values
    estate.guardrails = parts.guardrails.values
    estate.permissions = parts.permissions.values
    estate.credentials = parts.credentials.values
    estate.processes = parts.processes.values
    estate.decisions = parts.decisions.values
    return (estate, resolver)
  }
}

/// Documents in the order in which they are merged, and what is merged of each.
func mergeable(
  _ documents: [SourceDocument]
) -> (ordered: [SourceDocument], fragments: [EstateFragment]) {
  let ordered = documents.sorted { ($0.path, $0.digest) < ($1.path, $1.digest) }
  return (ordered, ordered.map(\.fragment.withoutNameless))
}

extension EstateFragment {
  /// Less the systems, applications and teams without a name, and connections to such.
  fileprivate var withoutNameless: EstateFragment {
    func isBlank(_ name: String) -> Bool { name.allSatisfy(\.isWhitespace) }
    var fragment = self
    fragment.systems.removeAll { isBlank($0.name) }
    fragment.applications.removeAll { isBlank($0.name) }
    fragment.teams.removeAll { isBlank($0.name) }
    fragment.connections.removeAll { isBlank($0.source.name) || isBlank($0.target.name) }
    return fragment
  }
}

/// Connections of all documents, ends resolved, equal ones joined, in an order of their own.
private func mergedConnections(
  _ fragments: [EstateFragment], _ resolver: NameResolver
) -> [Connection] {
  struct Identity: Hashable {
    var source: EntityReference
    var target: EntityReference
    var kind: Connection.Kind
    var channel: Connection.Channel
    var action: String?
  }
  var merged: [Connection] = []
  var positions: [Identity: Int] = [:]
  var evidence: [Set<Evidence>] = []
  for (document, fragment) in fragments.enumerated() {
    for var connection in fragment.connections {
      connection.source = resolver.resolve(connection.source, in: document, besides: nil)
      connection.target = resolver.resolve(
        connection.target, in: document, besides: connection.source)
      let identity = Identity(
        source: connection.source, target: connection.target, kind: connection.kind,
        channel: connection.channel, action: connection.action)
      if let position = positions[identity] {
        evidence[position].formUnion(connection.evidence)
        merged[position].data += connection.data
      } else {
        positions[identity] = merged.count
        evidence.append(Set(connection.evidence))
        merged.append(connection)
      }
    }
  }
  for position in merged.indices {
    merged[position].evidence = evidence[position].sorted()
    merged[position].data = uniqueNames(merged[position].data)
  }
  merged = withVagueOnesFolded(merged)
  func rank(_ c: Connection) -> (Int, Int, String) {
    (
      Connection.Kind.allCases.firstIndex(of: c.kind) ?? 0,
      Connection.Channel.allCases.firstIndex(of: c.channel) ?? 0, c.action ?? ""
    )
  }
  return merged.sorted {
    if $0.source != $1.source { return $0.source < $1.source }
    if $0.target != $1.target { return $0.target < $1.target }
    return rank($0) < rank($1)
  }
}

extension Connection {
  /// Whether a person declared, or we concluded from such, that two things are connected, and neither
  /// how nor to what end.
  fileprivate var isVague: Bool {
    kind == .invokes && channel == .unknown && action == nil && data.isEmpty
      && evidence.allSatisfy { [.declared, .inferred].contains($0.provenance) }
  }
}

/// Connections in which vague ones have given their evidence to exact ones between the same two
/// things, whichever way those go.
private func withVagueOnesFolded(_ connections: [Connection]) -> [Connection] {
  struct Pair: Hashable {
    var ends: Set<EntityReference>
  }
  var exact: [Pair: [Int]] = [:]
  for (position, connection) in connections.enumerated() where !connection.isVague {
    exact[Pair(ends: [connection.source, connection.target]), default: []].append(position)
  }
  var folded = connections
  var isGone = Array(repeating: false, count: connections.count)
  for (position, connection) in connections.enumerated() where connection.isVague {
    guard let others = exact[Pair(ends: [connection.source, connection.target])] else { continue }
    isGone[position] = true
    for other in others {
      folded[other].evidence = Set(folded[other].evidence + connection.evidence).sorted()
    }
  }
  return zip(folded, isGone).filter { !$0.1 }.map(\.0)
}

/// Names without those that equal an earlier one by key, ordered by key.
func uniqueNames(_ names: [String]) -> [String] {
  var spelling: [String: String] = [:]
  for name in names where spelling[nameKey(name)] == nil { spelling[nameKey(name)] = name }
  return spelling.sorted { $0.key < $1.key }.map(\.value)
}

/// The parts that belong to one system each, without repetitions.
private struct EstateParts {
  var steps = WithoutRepetition<Step>()
  var touchPoints = WithoutRepetition<HumanTouchPoint>()
  var triggers = WithoutRepetition<Trigger>()
  var guardrails = WithoutRepetition<Guardrail>()
  var permissions = WithoutRepetition<Permission>()
  var credentials = WithoutRepetition<CredentialUse>()
  var processes = WithoutRepetition<EstateProcess>()
  var decisions = WithoutRepetition<EstateDecision>()

  mutating func add(
    _ fragment: EstateFragment, system: (String) -> String, team: (String) -> String
  ) {
    let nowhere = Evidence(.imported, SourceLocation(path: ""))
    for var step in fragment.steps {
      step.system = system(step.system)
      steps.add(step) { $0.evidence = nowhere }
    }
    for var touchPoint in fragment.touchPoints {
      touchPoint.system = system(touchPoint.system)
      touchPoint.team = touchPoint.team.map(team)
      touchPoints.add(touchPoint) { $0.evidence = nowhere }
    }
    for var trigger in fragment.triggers {
      trigger.system = system(trigger.system)
      triggers.add(trigger) { $0.evidence = nowhere }
    }
    for var guardrail in fragment.guardrails {
      guardrail.system = system(guardrail.system)
      guardrails.add(guardrail) { $0.evidence = nowhere }
    }
    for var permission in fragment.permissions {
      permission.system = system(permission.system)
      permissions.add(permission) { $0.evidence = nowhere }
    }
    for var credential in fragment.credentials {
      credential.system = system(credential.system)
      credentials.add(credential) { $0.evidence = nowhere }
    }
    for var process in fragment.processes {
      process.system = system(process.system)
      processes.add(process) { $0.process.forgetPlaces(nowhere.location) }
    }
    for var decision in fragment.decisions {
      decision.system = system(decision.system)
      decisions.add(decision) { $0.table.forgetPlaces(nowhere.location) }
    }
  }
}

/// Values in order of arrival, less those that equal an earlier one apart from the place.
private struct WithoutRepetition<Value: Hashable> {
  private(set) var values: [Value] = []
  private var seen: Set<Value> = []

  mutating func add(_ value: Value, forgettingPlace: (inout Value) -> Void) {
    var placeless = value
    forgettingPlace(&placeless)
    if seen.insert(placeless).inserted { values.append(value) }
  }
}
