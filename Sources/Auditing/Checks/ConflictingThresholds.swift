import Facts
import Inventory
import ProcessModel

extension AuditCheck {
  static let conflictingThresholds = AuditCheck(
    id: "conflicting-thresholds",
    summary: "Decision tables that contradict one another",
    matters:
      "Where both are in use, the same case is decided differently depending on which it meets."
  ) { context in
    var outcome = Outcome(remarks: context.tables.remarks)
    for set in ConflictSet.sets(context.tables.conflictGroups, context) {
      outcome.findings.append(
        set.groups.count == 1 ? finding(set.groups[0], context) : finding(set, context))
    }
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
  let relation = TableRelation(conflict, context)
  let more =
    conflicts.count == 1
    ? ""
    : " So \(conflicts.count == 2 ? "does" : "do") \(counted(conflicts.count - 1, "other pair")) of "
      + "versions of these tables."
  return Finding(
    check: AuditCheck.conflictingThresholds.id,
    relation.severity,
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
      + "\(relation.text)\(spellings(a.table, b.table))",
    remedy: isOneSystem
      ? "Let the owner of \(a.system) say which of the two holds for \(conflict.region), and remove "
        + "or rename the other."
      : "Let the owners of \(a.system) and \(b.system) agree on one rule for "
        + "\(conflict.region), and keep it in one of the two tables, which the other asks.",
    example: conflict.example)
}

/// A finding about several tables that contradict one another crosswise, of systems that only exports
/// speak of: models of one example in several states, more often than not.
private func finding(_ set: ConflictSet, _ context: AuditContext) -> Finding {
  let pairs = set.groups.map { $0[0] }
  let leader = pairs[0]
  let named = set.tables.map { table in
    nameKey(table.table.name) == nameKey(table.system)
      ? table.system : "\(table.table.name) (\(table.system))"
  }
  let told = pairs.prefix(5).map { pair in
    "with \(listText(pair.values)) \(pair.first.system) says \(pair.firstSays) and \(pair.second.system) "
      + "says \(pair.secondSays)"
  }
  let identifiers = Set(set.tables.map { nameKey($0.table.id) })
  let copies =
    identifiers.count == 1
    ? " All have one identifier (\(leader.first.table.id)), as copies of one decision do." : ""
  let more = pairs.count > 5 ? "; and so on" : ""
  let words = Set(set.tables.flatMap { exampleWords(above: $0.table.location) }).sorted()
  let examples =
    set.tables.allSatisfy { TableRelation.isExample($0, context) }
    ? " All lie in folders whose names say that they are examples or tests (\(listText(words, limit: 4))), and "
      + "no file says that any of them runs: low for that."
    : ""
  return Finding(
    check: AuditCheck.conflictingThresholds.id, set.severity,
    "\(counted(set.tables.count, "decision table")) contradict one another, such as "
      + "\(title(leader.first.table, besides: leader.second.table)) and "
      + "\(title(leader.second.table, besides: leader.first.table)) for \(listText(leader.values))",
    subjects: set.systems.map { EntityReference(.system, $0) },
    topic: nameKey(leader.first.table.id),
    evidence: pairs.flatMap {
      [evidence($0.first.table, $0.firstRule), evidence($0.second.table, $0.secondRule)]
    },
    why: "\(listText(named, limit: 12)) contradict one another in \(counted(pairs.count, "pair")): "
      + "\(told.joined(separator: "; "))\(more).\(copies) Only exports speak of these systems, so that they may as "
      + "well be examples or versions of one decision as decide side by side.\(examples)"
      + spellings(leader.first.table, leader.second.table),
    remedy:
      "Say for each of the tables whether it is in use and what for; of those in use, choose the one that "
      + "decides, settle each of the cases above in it, and let the others ask it.",
    example: leader.example)
}

/// A table by its name, and by its file where the other has the same name.
private func title(_ table: DecisionTable, besides other: DecisionTable) -> String {
  guard nameKey(table.name) == nameKey(other.name), table.location.path != other.location.path
  else { return table.name }
  let file = table.location.path.split(separator: "/").last.map(String.init)
  return "\(table.name) (\(file ?? table.location.path))"
}

/// That inputs of two tables are one but for capitals and spaces, as a sentence that begins with a space.
private func spellings(_ a: DecisionTable, _ b: DecisionTable) -> String {
  let pairs = a.inputs.compactMap { input -> String? in
    let other = b.inputs.first {
      $0.name != input.name && nameKey($0.name) == nameKey(input.name)
    }
    return other.map { "“\(input.name)” and “\($0.name)”" }
  }
  return pairs.isEmpty
    ? ""
    : " Inputs are written differently, which FEEL tells apart: \(listText(pairs, limit: 3))."
}

/// A rule as evidence.
func evidence(_ table: DecisionTable, _ rule: Int) -> Evidence {
  Evidence(.imported, table.rules[rule].location, note: ruleName(table, rule))
}

/// A rule by its number, for people.
func ruleName(_ table: DecisionTable, _ rule: Int) -> String {
  "rule \(rule + 1) of \(table.name)"
}
