import Facts
import Inventory
import ProcessModel

/// Contradictions that are told together.
struct ConflictSet {
  /// Pairs of tables, the gravest first; each with its versions.
  private(set) var groups: [[TableConflict]]
  /// The gravest of them.
  private(set) var severity: Severity

  /// The tables in the order of the pairs.
  var tables: [EstateDecision] {
    var seen: Set<SourceLocation> = []
    return groups.flatMap { [$0[0].first, $0[0].second] }
      .filter { seen.insert($0.table.location).inserted }
  }

  /// The systems in the order of the pairs.
  var systems: [String] {
    var seen: Set<String> = []
    return tables.map(\.system).filter { seen.insert(nameKey($0)).inserted }
  }

  /// Pairs of tables that are linked through others, where of all systems only exports speak and nothing
  /// shows that the two decide the same thing; every other pair by itself.
  static func sets(_ groups: [[TableConflict]], _ context: AuditContext) -> [ConflictSet] {
    var sets: [ConflictSet] = []
    /// The set in which a table stands.
    var place: [SourceLocation: Int] = [:]
    for (group, severity) in inOrder(groups, context) {
      let tables = [group[0].first, group[0].second]
      let joins =
        severity > .high && nameKey(tables[0].system) != nameKey(tables[1].system)
        && tables.allSatisfy {
          context.system(named: $0.system).map(UnregisteredGroup.isUnregistered) ?? false
        }
      var set = ConflictSet(groups: [group], severity: severity)
      if joins {
        let linked = Set(tables.compactMap { place[$0.table.location] }).sorted()
        set.severity = linked.map { sets[$0].severity }.min().map { min($0, severity) } ?? severity
        set.groups = linked.flatMap { sets[$0].groups } + set.groups
        for other in linked { sets[other].groups = [] }
        for table in set.tables { place[table.table.location] = sets.count }
      }
      sets.append(set)
    }
    return sets.filter { !$0.groups.isEmpty }
  }

  /// Pairs with their severities, the gravest first.
  private static func inOrder(_ groups: [[TableConflict]], _ context: AuditContext)
    -> [(group: [TableConflict], severity: Severity)]
  {
    groups.map { ($0, TableRelation($0[0], context).severity) }.enumerated()
      .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element)
  }
}
