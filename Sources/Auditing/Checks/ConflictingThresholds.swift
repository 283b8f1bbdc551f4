import Facts
import Inventory
import ProcessModel

extension AuditCheck {
  static let conflictingThresholds = AuditCheck(
    id: "conflicting-thresholds",
    summary: "Decision tables that contradict one another, and tables that contradict themselves",
    matters: "The same case is decided differently depending on which system it meets."
  ) { context in
    var outcome = Outcome(remarks: context.tables.remarks)
    outcome.findings = context.tables.conflicts.map { finding($0, context) }
    for decision in context.estate.decisions {
      let check = TableSelfCheck(decision.table, evaluations: context.options.ruleEvaluations)
      outcome.findings += check.flaws.map { finding($0, decision, context) }
    }
    return outcome
  }
}

private func finding(_ conflict: TableConflict, _ context: AuditContext) -> Finding {
  let (a, b) = (conflict.first, conflict.second)
  var subjects = [EntityReference(.system, a.system)]
  if nameKey(b.system) != nameKey(a.system) { subjects.append(EntityReference(.system, b.system)) }
  let agreement =
    conflict.agreement.map { "they agree at \($0), so it is \(conflict.input) that is in dispute" }
    ?? "they agree for no value of it"
  let isInUse = [a, b].allSatisfy { context.system(named: $0.system)?.isAlive ?? true }
  return Finding(
    check: AuditCheck.conflictingThresholds.id, isInUse ? .high : .low,
    "\(a.table.name) and \(b.table.name) decide differently for \(conflict.region)",
    subjects: subjects,
    topic: [a.table.id, b.table.id, conflict.input].map(nameKey).joined(separator: "-"),
    evidence: [
      evidence(a.table, conflict.firstRule), evidence(b.table, conflict.secondRule),
    ],
    why: "Both tables test \(conflict.input). For \(conflict.region), all else being equal, "
      + "\(ruleName(a.table, conflict.firstRule)) says \(conflict.firstSays) and "
      + "\(ruleName(b.table, conflict.secondRule)) says \(conflict.secondSays); \(agreement).",
    remedy: "Let the owners of \(a.system) and \(b.system) agree on one rule for "
      + "\(conflict.region), and keep it in one of the two tables, which the other asks.",
    example: conflict.example)
}

private func finding(
  _ flaw: TableFlaw, _ decision: EstateDecision, _ context: AuditContext
) -> Finding {
  let table = decision.table
  let example = flaw.values.isEmpty ? "any case" : flaw.values.joined(separator: ", ")
  let policy = table.hitPolicy.rawValue
  let isInUse = context.system(named: decision.system)?.isAlive ?? true
  func made(
    _ severity: Severity, _ title: String, _ topic: String, why: String, remedy: String
  ) -> Finding {
    Finding(
      check: AuditCheck.conflictingThresholds.id, isInUse ? severity : .info, title,
      subjects: [EntityReference(.system, decision.system)],
      topic: "\(nameKey(table.id))-\(topic)",
      evidence: flaw.rules.isEmpty
        ? [Evidence(.imported, table.location)] : flaw.rules.map { evidence(table, $0) },
      why: why, remedy: remedy, example: example)
  }
  switch flaw.kind {
  case .contradiction, .overlap:
    let (i, j) = (flaw.rules[0], flaw.rules[1])
    let pair = "rules \(i + 1) and \(j + 1)"
    let isContradiction = flaw.kind == .contradiction
    let says =
      isContradiction
      ? "say \(table.rules[i].outputs.joined(separator: ", ")) and "
        + "\(table.rules[j].outputs.joined(separator: ", "))" : "say the same"
    return made(
      isContradiction ? .high : .low,
      "\(table.name): \(pair) both match \(example)", isContradiction ? "contradiction" : "overlap",
      why: "The hit policy is \(policy), yet \(counted(flaw.count, "pair")) of rules overlap; the "
        + "first, \(pair), both match \(example) and \(says).",
      remedy: isContradiction
        ? "Narrow rule \(j + 1) so that it no longer matches \(example)."
        : "Remove rule \(j + 1), or narrow it so that it no longer matches \(example).")
  case .gap:
    return made(
      .low, "\(table.name): no rule covers \(example)", "gap",
      why:
        "No rule matches \(counted(flaw.count, "combination")) of values between the bounds that the "
        + "table mentions; the first is \(example).",
      remedy: "Add a rule for \(example) to \(table.name).")
  }
}

private func evidence(_ table: DecisionTable, _ rule: Int) -> Evidence {
  Evidence(.imported, table.rules[rule].location, note: ruleName(table, rule))
}

private func ruleName(_ table: DecisionTable, _ rule: Int) -> String {
  "rule \(rule + 1) of \(table.name)"
}
