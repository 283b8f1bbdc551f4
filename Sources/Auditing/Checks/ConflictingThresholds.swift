import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let conflictingThresholds = AuditCheck(
    id: "conflicting-thresholds",
    summary: "Decision tables that contradict one another",
    matters: "The same case is decided differently depending on which system it meets."
  ) { context in
    var outcome = Outcome(remarks: context.tables.remarks)
    outcome.findings = context.tables.conflictGroups.map { finding($0, context) }
    return outcome
  }
}

/// A finding about two tables, or about versions of two tables of which each has one id.
private func finding(_ conflicts: [TableConflict], _ context: AuditContext) -> Finding {
  let conflict = conflicts[0]
  let (a, b) = (conflict.first, conflict.second)
  let isOneSystem = nameKey(b.system) == nameKey(a.system)
  var subjects = [EntityReference(.system, a.system)]
  if !isOneSystem { subjects.append(EntityReference(.system, b.system)) }
  let agreement =
    conflict.agreement.map { "they agree at \($0), so it is \(conflict.input) that is in dispute" }
    ?? "they agree for no value of it"
  let isInUse = [a, b].allSatisfy { context.system(named: $0.system)?.isAlive ?? true }
  let relation = TableRelation(conflict, context)
  let more =
    conflicts.count == 1
    ? ""
    : " So \(conflicts.count == 2 ? "does" : "do") \(counted(conflicts.count - 1, "other pair")) of "
      + "versions of these tables."
  return Finding(
    check: AuditCheck.conflictingThresholds.id,
    isInUse ? relation.severity : max(.low, relation.severity),
    "\(title(a.table, besides: b.table)) and \(title(b.table, besides: a.table)) decide differently for "
      + conflict.region,
    subjects: subjects,
    topic: [a.table.id, b.table.id, conflict.input].map(nameKey).joined(separator: "-"),
    evidence: conflicts.prefix(5).flatMap {
      [evidence($0.first.table, $0.firstRule), evidence($0.second.table, $0.secondRule)]
    },
    why: "Both tables test \(conflict.input). For \(conflict.region), all else being equal, "
      + "\(ruleName(a.table, conflict.firstRule)) says \(conflict.firstSays) and "
      + "\(ruleName(b.table, conflict.secondRule)) says \(conflict.secondSays); \(agreement).\(more) "
      + "\(relation.text)",
    remedy: isOneSystem
      ? "Let the owner of \(a.system) say which of the two holds for \(conflict.region), and remove "
        + "or rename the other."
      : "Let the owners of \(a.system) and \(b.system) agree on one rule for "
        + "\(conflict.region), and keep it in one of the two tables, which the other asks.",
    example: conflict.example)
}

/// A table by its name, and by its file where the other has the same name.
private func title(_ table: DecisionTable, besides other: DecisionTable) -> String {
  guard nameKey(table.name) == nameKey(other.name), table.location.path != other.location.path
  else { return table.name }
  let file = table.location.path.split(separator: "/").last.map(String.init)
  return "\(table.name) (\(file ?? table.location.path))"
}

/// How sure it is that two tables decide the same thing.
private struct TableRelation {
  let severity: Severity
  let text: String

  init(_ conflict: TableConflict, _ context: AuditContext) {
    let (a, b) = (conflict.first, conflict.second)
    let isOneName =
      nameKey(a.table.name) == nameKey(b.table.name) || nameKey(a.table.id) == nameKey(b.table.id)
    if a.table.location.path == b.table.location.path, !isOneName {
      severity = .info
      text = "Both stand in one file, where they may well be stages of one decision."
      return
    }
    if nameKey(a.system) == nameKey(b.system) {
      // Exports alone may hold versions of which but one is in use, or files that were never one system.
      let isFromExports =
        context.system(named: a.system).map(UnregisteredGroup.isUnregistered) ?? false
      severity = isOneName && conflict.sharesOutputName && !isFromExports ? .medium : .low
      text =
        isOneName
        ? "They have one name or id and stand in different files, as versions of one decision do; which "
          + "of them is in use, no file says."
        : "They belong to one system, and may be stages of one decision."
      return
    }
    var reasons: [String] = []
    let user = Self.commonUser(a.system, b.system, context)
    let areLive = [a, b].allSatisfy {
      context.system(named: $0.system)?.isInProduction == true
    }
    if let name = user {
      reasons.append("\(name) uses both")
    }
    if conflict.sharedInputs.count >= 2, conflict.sharesOutputName {
      reasons.append(
        "they share \(listText(conflict.sharedInputs)) and the name of the answer")
    }
    // Tables of one name may be versions, unless somebody says that both are in use.
    let isSure =
      !reasons.isEmpty && (user != nil || areLive || !isOneName) && conflict.sharesOutputName
      && conflict.isPlain
    if isOneName { reasons.append("they have one name") }
    severity = isSure ? .high : !reasons.isEmpty || conflict.sharesOutputName ? .medium : .low
    text =
      reasons.isEmpty
      ? "Nothing but names says that they decide the same thing: compare what they are for first."
      : "That they decide the same thing is concluded, since \(listText(reasons))."
  }

  /// A system that calls or reads both of two systems.
  private static func commonUser(_ a: String, _ b: String, _ context: AuditContext) -> String? {
    guard let first = context.node(ofSystemNamed: a), let second = context.node(ofSystemNamed: b),
      first != second
    else { return nil }
    func users(_ node: Int) -> Set<Int> {
      Set(
        context.graph.edges(to: node).filter {
          ($0.kind == .invokes || $0.kind == .reads)
            && context.graph.nodes[$0.source].kind == .system
        }.map(\.source))
    }
    return users(first).intersection(users(second)).min().map { context.graph.nodes[$0].name }
  }
}

/// A rule as evidence.
func evidence(_ table: DecisionTable, _ rule: Int) -> Evidence {
  Evidence(.imported, table.rules[rule].location, note: ruleName(table, rule))
}

/// A rule by its number, for people.
func ruleName(_ table: DecisionTable, _ rule: Int) -> String {
  "rule \(rule + 1) of \(table.name)"
}
