import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let hotspotContradiction = AuditCheck(
    id: "hotspot-contradiction", summary: "Contradicting logic that people have to settle"
  ) { context in
    var outcome = Outcome()
    for conflict in context.tables.conflicts {
      if let finding = finding(conflict, context) { outcome.findings.append(finding) }
    }
    return outcome
  }
}

/// Places where people step in at one of two systems that contradict each other, or at a system that
/// uses both and so meets the contradiction.
private func finding(_ conflict: TableConflict, _ context: AuditContext) -> Finding? {
  guard let first = context.node(ofSystemNamed: conflict.first.system),
    let second = context.node(ofSystemNamed: conflict.second.system)
  else { return nil }
  let users = Set(users(of: first, context)).intersection(users(of: second, context))
  let places = Set([first, second]).union(users).sorted()
  var touched: [Int] = []
  var teams: [String] = []
  var evidence: [Evidence] = []
  for node in places where context.isAlive(node) {
    let points = context.touchPoints(ofSystemNamed: context.graph.nodes[node].name).filter {
      $0.kind == .exception || $0.kind == .review || $0.kind == .approval
    }
    let edges = context.graph.edges(from: node).filter {
      $0.kind == .escalates
        || ($0.kind == .handsOver && context.graph.nodes[$0.target].kind == .team)
    }
    if points.isEmpty && edges.isEmpty { continue }
    touched.append(node)
    teams += points.compactMap(\.team) + edges.map { context.graph.nodes[$0.target].name }
    evidence += points.map(\.evidence) + edges.flatMap(\.evidence)
  }
  guard !touched.isEmpty else { return nil }
  let who = Dictionary(grouping: teams, by: nameKey).values.compactMap(\.first).sorted()
  let people = who.isEmpty ? "people (which team, no file says)" : listText(who)
  let (a, b) = (conflict.first.table, conflict.second.table)
  var subjects = [first, second]
  subjects += touched.filter { !subjects.contains($0) }
  if first == second { subjects.removeFirst() }
  return Finding(
    check: AuditCheck.hotspotContradiction.id, .high,
    "\(a.name) and \(b.name) contradict each other, and \(people) may have to settle it",
    subjects: subjects.map(context.reference),
    topic: [a.id, b.id, conflict.input].map(nameKey).joined(separator: "-"),
    evidence: evidence.sorted(),
    why: "The tables contradict each other for \(conflict.region) (check "
      + "\(AuditCheck.conflictingThresholds.id)), and people step in at "
      + "\(listText(context.names(touched))), which carries one of the tables or uses both.",
    remedy: "Count for a week how often \(people) decide a case in "
      + "\(conflict.region), then settle the rule once, and let an agent apply it.",
    example: conflict.example)
}

/// Systems that call or read a node.
private func users(of node: Int, _ context: AuditContext) -> [Int] {
  context.graph.edges(to: node).filter { edge in
    (edge.kind == .invokes || edge.kind == .reads)
      && context.graph.nodes[edge.source].kind == .system
  }.map(\.source)
}
