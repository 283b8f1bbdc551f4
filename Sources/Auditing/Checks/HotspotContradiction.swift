import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let hotspotContradiction = AuditCheck(
    id: "hotspot-contradiction", summary: "Contradicting logic that people have to settle",
    matters: "People settle by hand, case after case, what the rules could settle once."
  ) { context in
    var outcome = Outcome()
    for conflict in context.tables.conflictGroups.map({ $0[0] }) {
      // Two tables of one file may be stages of one decision.
      if conflict.first.table.location.path == conflict.second.table.location.path { continue }
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
  // Where people settle what is in dispute, they do it there; else wherever they check or approve.
  var settling = Settling(at: places, context) { point in
    point.kind == .exception || namesSettling(point.name ?? point.step)
  }
  if settling.nodes.isEmpty {
    settling = Settling(at: places, context) { $0.kind == .review || $0.kind == .approval }
  }
  let (touched, teams, evidence) = (settling.nodes, settling.teams, settling.evidence)
  guard !touched.isEmpty else { return nil }
  let who = Dictionary(grouping: teams, by: nameKey).values.compactMap(\.first).sorted()
  let people = who.isEmpty ? "people (which team, no file says)" : listText(who)
  let (a, b) = (conflict.first.table, conflict.second.table)
  let subjects = first == second ? [first] : [first, second]
  return Finding(
    check: AuditCheck.hotspotContradiction.id,
    // Tables that nothing but a word of their answers has in common may decide different things.
    conflict.sharesOutputName
      && (first == second || !users.isEmpty || conflict.sharedInputs.count > 1)
      ? .high : .medium,
    "\(a.name) and \(b.name) contradict each other, and \(people) may have to settle it",
    subjects: subjects.map(context.reference),
    others: touched.filter { !subjects.contains($0) }.map(context.reference),
    topic: [a.id, b.id, conflict.input].map(nameKey).joined(separator: "-"),
    evidence: evidence.sorted(),
    why: "The tables contradict each other for \(conflict.region) (check "
      + "\(AuditCheck.conflictingThresholds.id)), and people step in at "
      + "\(listText(context.names(touched))), which carries one of the tables or uses both.",
    remedy: "Count for a week how often \(people) decide a case with "
      + "\(conflict.region), then settle the rule once, and let an agent apply it.",
    example: conflict.example)
}

/// Where, and by whom, disputes are settled.
private struct Settling {
  var nodes: [Int] = []
  var teams: [String] = []
  var evidence: [Evidence] = []

  init(at places: [Int], _ context: AuditContext, by isSettling: (HumanTouchPoint) -> Bool) {
    for node in places where context.isAlive(node) {
      let points = context.touchPoints(ofSystemNamed: context.graph.nodes[node].name)
        .filter(isSettling)
      let edges = context.graph.edges(from: node).filter {
        $0.kind == .escalates && context.graph.nodes[$0.target].kind == .team
      }
      if points.isEmpty && edges.isEmpty { continue }
      nodes.append(node)
      teams += points.compactMap(\.team) + edges.map { context.graph.nodes[$0.target].name }
      evidence += points.map(\.evidence) + edges.flatMap(\.evidence)
    }
  }
}

/// Whether the name of a touch point says that something in dispute is settled there.
private func namesSettling(_ name: String) -> Bool {
  let stems = [
    "settl", "resolv", "reconcil", "contradict", "conflict", "disput", "clarif", "overrid", "klär",
  ]
  return words(of: name).contains { word in stems.contains { word.hasPrefix($0) } }
}

/// Systems that call or read a node.
private func users(of node: Int, _ context: AuditContext) -> [Int] {
  context.graph.edges(to: node).filter { edge in
    (edge.kind == .invokes || edge.kind == .reads)
      && context.graph.nodes[edge.source].kind == .system
  }.map(\.source)
}
