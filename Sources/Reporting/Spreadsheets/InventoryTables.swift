import Facts
public import Inventory

/// Everything of an estate as tables, for a configuration management database: systems, steps,
/// connections, applications, teams, touch points, triggers, permissions, credentials and problems.
///
/// - Parameters:
///   - estate: The estate.
///   - problems: What was not understood when its files were read.
public func inventoryTables(_ estate: Estate, problems: [ImportProblem] = []) -> [Table] {
  [
    systemsTable(estate), stepsTable(estate), connectionsTable(estate),
    thingsTable("applications", estate.applications.map { ($0.name, $0.aliases, $0.sources) }) {
      EntityReference(.application, $0)
    } counting: {
      estate.connections
    },
    thingsTable("teams", estate.teams.map { ($0.name, $0.aliases, $0.sources) }) {
      EntityReference(.team, $0)
    } counting: {
      estate.connections
    },
    touchPointsTable(estate), triggersTable(estate),
    grantsTable(
      "permissions",
      estate.permissions.map { ($0.system, $0.name, $0.application, $0.evidence) }),
    grantsTable(
      "credentials",
      estate.credentials.map { ($0.system, $0.name, $0.application, $0.evidence) }),
    problemsTable(problems),
  ]
}

private func systemsTable(_ estate: Estate) -> Table {
  let steps = Dictionary(grouping: estate.steps) { nameKey($0.system) }
  let connections = Dictionary(grouping: estate.connections.filter { $0.source.kind == .system }) {
    $0.source.key
  }
  return Table(
    "systems",
    columns: [
      "name", "aliases", "kind", "technology", "purpose", "owner", "created_by", "team", "status",
      "criticality", "version", "failure_rate", "volume", "volume_period", "run_time_s",
      "human_involvement", "integrates_with", "models", "steps", "connections", "owner_provenance",
      "disagreements", "not_read", "sources",
    ],
    rows: estate.systems.map { system in
      [
        .text(system.name), list(system.aliases), Table.Cell(system.kind.value?.rawValue),
        Table.Cell(system.technology.value), Table.Cell(system.purpose.value),
        Table.Cell(system.owner.value), Table.Cell(system.creator.value),
        Table.Cell(system.team.value), Table.Cell(system.status.value?.rawValue),
        Table.Cell(system.criticality.value?.rawValue), Table.Cell(system.version.value),
        Table.Cell(system.failureRate.value?.value), Table.Cell(system.volume.value?.count),
        Table.Cell(system.volume.value?.period.rawValue),
        Table.Cell(system.runTime.value?.seconds), Table.Cell(system.humanInvolvement.value),
        Table.Cell(system.integrations.value), list(system.models),
        Table.Cell(steps[system.key]?.count ?? 0), Table.Cell(connections[system.key]?.count ?? 0),
        Table.Cell(system.owner.winner?.evidence.provenance.rawValue),
        list(system.disagreements), list(system.unknowns), places(system.sources),
      ]
    })
}

extension AutomationSystem {
  /// Names of the fields that places state differently.
  fileprivate var disagreements: [String] {
    func differs<Value>(_ name: String, _ field: Field<Value>) -> String? {
      field.dissent.isEmpty ? nil : name
    }
    return [
      differs("kind", kind), differs("technology", technology), differs("purpose", purpose),
      differs("owner", owner), differs("created_by", creator), differs("team", team),
      differs("failure_rate", failureRate), differs("volume", volume),
      differs("run_time_s", runTime), differs("human_involvement", humanInvolvement),
      differs("integrates_with", integrations), differs("status", status),
      differs("criticality", criticality), differs("version", version),
    ].compactMap(\.self)
  }
}

private func stepsTable(_ estate: Estate) -> Table {
  Table(
    "steps",
    columns: [
      "system", "id", "name", "kind", "retries", "timeout_s", "path", "position", "element",
    ],
    rows: estate.steps.map { step in
      [
        .text(step.system), Table.Cell(step.id), Table.Cell(step.name), .text(step.kind.rawValue),
        Table.Cell(step.retries.map(Double.init)), Table.Cell(step.timeout?.seconds),
      ] + place(step.evidence.location)
    })
}

private func connectionsTable(_ estate: Estate) -> Table {
  Table(
    "connections",
    columns: [
      "source_kind", "source", "kind", "target_kind", "target", "channel", "action", "data",
      "provenance", "places", "path", "position", "element",
    ],
    rows: estate.connections.map { connection in
      let first = connection.evidence.first
      return [
        .text(connection.source.kind.rawValue), .text(connection.source.name),
        .text(connection.kind.rawValue), .text(connection.target.kind.rawValue),
        .text(connection.target.name), .text(connection.channel.rawValue),
        Table.Cell(connection.action), list(connection.data),
        Table.Cell(first?.provenance.rawValue), Table.Cell(connection.evidence.count),
      ] + place(first?.location ?? SourceLocation(path: ""))
    })
}

private func thingsTable(
  _ name: String, _ things: [(name: String, aliases: [String], sources: [Evidence])],
  reference: (String) -> EntityReference, counting connections: () -> [Connection]
) -> Table {
  var uses: [EntityReference: Int] = [:]
  for connection in connections() {
    for end in Set([connection.source, connection.target]) { uses[end, default: 0] += 1 }
  }
  return Table(
    name, columns: ["name", "aliases", "connections", "sources"],
    rows: things.map { thing in
      [
        .text(thing.name), list(thing.aliases), Table.Cell(uses[reference(thing.name)] ?? 0),
        places(thing.sources),
      ]
    })
}

private func touchPointsTable(_ estate: Estate) -> Table {
  Table(
    "touch_points",
    columns: ["system", "step", "name", "kind", "team", "path", "position", "element"],
    rows: estate.touchPoints.map { point in
      [
        .text(point.system), Table.Cell(point.step), Table.Cell(point.name),
        .text(point.kind.rawValue), Table.Cell(point.team),
      ] + place(point.evidence.location)
    })
}

private func triggersTable(_ estate: Estate) -> Table {
  Table(
    "triggers", columns: ["system", "kind", "expression", "path", "position", "element"],
    rows: estate.triggers.map { trigger in
      [.text(trigger.system), .text(trigger.kind.rawValue), Table.Cell(trigger.expression)]
        + place(trigger.evidence.location)
    })
}

private func grantsTable(
  _ name: String, _ grants: [(system: String, name: String, application: String?, Evidence)]
) -> Table {
  Table(
    name, columns: ["system", "name", "application", "path", "position", "element"],
    rows: grants.map { grant in
      [.text(grant.system), .text(grant.name), Table.Cell(grant.application)]
        + place(grant.3.location)
    })
}

private func problemsTable(_ problems: [ImportProblem]) -> Table {
  Table(
    "problems", columns: ["severity", "message", "path", "position", "element"],
    rows: problems.map { problem in
      [.text(problem.severity.rawValue), .text(problem.message)] + place(problem.location)
    })
}

private func place(_ location: SourceLocation) -> [Table.Cell] {
  [Table.Cell(location.path), Table.Cell(location.position), Table.Cell(location.element)]
}

private func list(_ names: [String]) -> Table.Cell { Table.Cell(names.joined(separator: "; ")) }

/// The files among places, each once, in order; at most twenty.
private func places(_ sources: [Evidence]) -> Table.Cell {
  var seen: Set<String> = []
  let paths = sources.map(\.location.path).filter { seen.insert($0).inserted }
  return list(
    paths.prefix(20) + (paths.count > 20 ? ["and \(paths.count - 20) more"] : []))
}
