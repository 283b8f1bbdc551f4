import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// How sure it is that two tables decide the same thing, and how grave that is.
struct TableRelation {
  let severity: Severity
  let text: String

  init(_ conflict: TableConflict, _ context: AuditContext) {
    let relation = Self.ofTablesInUse(conflict, context)
    let isInUse = [conflict.first, conflict.second].allSatisfy {
      context.system(named: $0.system)?.isAlive ?? true
    }
    let areExamples = [conflict.first, conflict.second].allSatisfy { Self.isExample($0, context) }
    severity = isInUse && !areExamples ? relation.severity : max(.low, relation.severity)
    text =
      relation.text
      + (areExamples
        ? " Both lie in folders whose names say that they are examples or tests, and no file says that "
          + "either runs." : "")
  }

  /// Whether nothing but the export of a system is known, which lies among tests or examples and does not say
  /// that it runs.
  static func isExample(_ decision: EstateDecision, _ context: AuditContext) -> Bool {
    guard !exampleWords(above: decision.table.location).isEmpty,
      let system = context.system(named: decision.system)
    else { return false }
    return UnregisteredGroup.isUnregistered(system) && !context.isSaidToRun(system)
  }

  private static func ofTablesInUse(_ conflict: TableConflict, _ context: AuditContext)
    -> (severity: Severity, text: String)
  {
    let (a, b) = (conflict.first, conflict.second)
    let isOneName =
      nameKey(a.table.name) == nameKey(b.table.name) || nameKey(a.table.id) == nameKey(b.table.id)
    if a.table.location.path == b.table.location.path, !isOneName {
      return (.info, "Both stand in one file, where they may well be stages of one decision.")
    }
    if nameKey(a.system) == nameKey(b.system) {
      // Exports alone may hold versions of which but one is in use, or files that were never one system.
      let isFromExports =
        context.system(named: a.system).map(UnregisteredGroup.isUnregistered) ?? false
      return (
        isOneName && conflict.sharesOutputName && !isFromExports ? .medium : .low,
        isOneName
          ? "They have one name or id and stand in different files, as versions of one decision do; which "
            + "of them is in use, no file says."
          : "They belong to one system, and may be stages of one decision."
      )
    }
    var reasons: [String] = []
    let user = commonUser(a.system, b.system, context)
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
    return (
      isSure ? .high : !reasons.isEmpty || conflict.sharesOutputName ? .medium : .low,
      reasons.isEmpty
        ? "Nothing but names says that they decide the same thing: compare what they are for first."
        : "That they decide the same thing is concluded, since \(listText(reasons))."
    )
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
