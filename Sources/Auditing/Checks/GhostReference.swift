import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let ghostReference = AuditCheck(
    id: "ghost-reference", summary: "Systems that others name and that are not in the inventory",
    matters: "One cannot orchestrate what one cannot see."
  ) { context in
    let names = LikelyNames(context.estate.systems.flatMap { [$0.name] + $0.aliases })
    return Outcome(findings: context.graph.ghosts.map { finding($0, known: names, context) })
  }
}

private func finding(_ ghost: Int, known names: LikelyNames, _ context: AuditContext) -> Finding {
  let graph = context.graph
  let edges = context.edges(at: ghost)
  let others = Set(edges.map(\.other)).sorted()
  let alive = others.filter(context.isAlive)
  let inProduction = others.filter { context.system(at: $0)?.status.value == .production }
  let name = graph.nodes[ghost].name
  let verbs = Set(edges.map(\.edge.kind.rawValue)).sorted()
  let severity: Severity =
    if !inProduction.isEmpty { .high } else if !alive.isEmpty { .medium } else { .low }
  let alike = names.closest(to: name)
  let place = edges.flatMap(\.edge.evidence).min().map { " (\($0.location))" } ?? ""
  let remedy =
    alike.map {
      "If “\(name)” is \($0), correct the name\(place); else enter “\(name)” in the register."
    } ?? "Enter “\(name)” in the register, or remove the reference\(place)."
  return Finding(
    check: AuditCheck.ghostReference.id, severity,
    "“\(name)” is named by \(listText(context.names(others))) but is not in the inventory",
    subjects: [graph.nodes[ghost].reference], others: others.map(context.reference),
    evidence: edges.flatMap(\.edge.evidence).sorted(),
    why:
      "\(counted(edges.count, "connection")) (\(listText(verbs))) from or to \(counted(others.count, "thing")), "
      + "\(inProduction.count) of them in production, and no file describes a system of this name.",
    remedy: remedy)
}
