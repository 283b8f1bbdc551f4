import Facts
import Inventory
import ProcessModel

extension AuditCheck {
  static let ruleDebt = AuditCheck(
    id: "rule-debt",
    summary: "Systems of very many rules, or of which many rules are dead or disputed",
    matters: "The more rules there are, the less anybody can say what a change of one of them does."
  ) { context in
    var outcome = Outcome()
    let stocks = RuleStock.all(context)
    outcome.findings = stocks.compactMap { finding($0, context) }
    let unread = stocks.filter { $0.rules > $0.inTables }
    if !unread.isEmpty {
      outcome.remarks.append(
        "Not analysed: \(counted(unread.reduce(0) { $0 + $1.rules - $1.inTables }, "rule")) of "
          + "\(counted(unread.count, "system")) that are not part of a table, as their conditions go "
          + "beyond comparisons of fields; they count as rules, and are called neither good nor bad."
      )
    }
    return outcome
  }
}

/// The rules of one system.
struct RuleStock {
  let system: String
  /// Rules, in tables or not.
  let rules: Int
  /// Rules in tables.
  let inTables: Int
  let tables: [TableReview]
  /// Rules that overlap against the hit policy, never count, are there twice or match nothing; at most
  /// five of each kind and table are told apart, so that this is a lower bound.
  let flawed: Int
  let evidence: Evidence

  /// Every system with rules, by name.
  static func all(_ context: AuditContext) -> [RuleStock] {
    let reviews = Dictionary(grouping: context.tables.reviews) { nameKey($0.decision.system) }
    // Rules that a file lists one by one are steps of kind decision of a system of rules.
    var listed: [String: Int] = [:]
    for step in context.estate.steps where step.kind == .decision {
      listed[nameKey(step.system), default: 0] += 1
    }
    let named = context.estate.systems.filter {
      reviews[$0.key] != nil || ($0.kind.value == .rules && (listed[$0.key] ?? 0) > 0)
    }
    return named.map { system in
      let tables = reviews[system.key] ?? []
      let inTables = tables.reduce(0) { $0 + $1.decision.table.rules.count }
      let isListed = system.technology.value == "Drools"
      let flawed = tables.reduce(0) { sum, review in
        let serious = review.flaws.filter { ![.gap, .masked].contains($0.kind) }
        return sum
          + Set(
            serious.flatMap {
              $0.kind == .shadowed ? $0.instances.map { $0[0] } : $0.instances.flatMap { $0 }
            }
          )
          .count
      }
      return RuleStock(
        system: system.name, rules: max(inTables, isListed ? listed[system.key] ?? 0 : 0),
        inTables: inTables, tables: tables, flawed: flawed,
        evidence: tables.first.map { Evidence(.imported, $0.decision.table.location) }
          ?? system.sources[0])
    }.sorted { (-$0.rules, $0.system) < (-$1.rules, $1.system) }
  }
}

private func finding(_ stock: RuleStock, _ context: AuditContext) -> Finding? {
  let limit = context.options.ruleCount
  let share = stock.inTables > 0 ? Double(stock.flawed) / Double(stock.inTables) : 0
  let isMany = stock.rules >= limit
  // A few rules are soon read; of many, a tenth that is dead or disputed is debt.
  let isFlawed = stock.inTables >= 20 && share >= 0.1
  guard isMany || isFlawed else { return nil }
  let isInUse = context.system(named: stock.system)?.isAlive ?? true
  let flaws =
    stock.flawed == 0
    ? "none of those in tables is known to overlap against its hit policy, to be dead or to be there "
      + "twice"
    : "at least \(stock.flawed) of the \(stock.inTables) in tables overlap against their hit policy, "
      + "never count, match nothing or are there twice (check \(AuditCheck.decisionTableFlaws.id))"
  let unread = stock.rules - stock.inTables
  return Finding(
    check: AuditCheck.ruleDebt.id, !isInUse ? .info : isMany && isFlawed ? .medium : .low,
    "\(stock.system) has \(counted(stock.rules, "rule"))"
      + (stock.flawed > 0 ? ", of which at least \(stock.flawed) are dead or disputed" : ""),
    subjects: [EntityReference(.system, stock.system)],
    evidence: [stock.evidence]
      + stock.tables.dropFirst().prefix(9).map { Evidence(.imported, $0.decision.table.location) },
    why: "It has \(counted(stock.rules, "rule")) in \(counted(stock.tables.count, "table")); "
      + "\(limit) are many (`ruleCount`, assumed). Of these \(flaws)"
      + (unread > 0 ? "; \(unread) could not be analysed." : ".")
      + " How fast they grow is not in one import: compare two with `--baseline`.",
    remedy: stock.flawed > 0
      ? "Begin with the rules that never count: remove them, then settle those that are in dispute."
      : "Part the rules by what they decide, give each table an owner, and remove what no case has met "
        + "for a year.")
}
