import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let hotspotManyAutomations = AuditCheck(
    id: "hotspot-many-automations",
    summary: "Workflows that several automations of different technology or owner touch",
    matters: "Automations that act on one case without an order repeat or undo one another's work."
  ) { context in
    let carriers = Set(
      context.estate.processes.compactMap { context.node(ofSystemNamed: $0.system) })
    var outcome = Outcome()
    for (node, place) in context.graph.nodes.enumerated() {
      guard place.kind == .system, let system = context.system(at: node), system.isAlive,
        place.systemKind == .workflow || carriers.contains(node)
      else { continue }
      if let finding = finding(node, system, context) { outcome.findings.append(finding) }
    }
    return outcome
  }
}

private func finding(
  _ node: Int, _ workflow: AutomationSystem, _ context: AuditContext
) -> Finding? {
  let edges = context.edges(at: node).filter { edge, other in
    // Of a ghost nothing is known, not even that it is an automation.
    other != node && edge.kind != .governs && context.system(at: other)?.isAlive == true
  }
  let automations = Set(edges.map(\.other)).sorted()
  // What the workflow itself calls it keeps in order; others are those of which that is not known.
  let called = Set(
    context.graph.edges(from: node).filter {
      ($0.kind == .invokes || $0.kind == .triggers) && $0.tellsDirection
    }.map(\.target))
  let outside = automations.filter { other in
    !called.contains(other)
      || context.graph.edges(from: other).contains { $0.target == node && $0.tellsDirection }
  }
  let kinds = SystemKind.allCases.filter { kind in
    automations.contains { context.graph.nodes[$0].systemKind == kind }
  }
  let groups = automations.compactMap { context.graph.nodes[$0].ownerGroup }
  let owners = Dictionary(grouping: groups, by: nameKey).values.compactMap(\.first).sorted()
  let options = context.options
  guard automations.count >= max(1, options.touchingAutomations),
    kinds.count >= options.touchingTechnologiesOrOwners
      || owners.count >= options.touchingTechnologiesOrOwners,
    !owners.isEmpty || outside.count >= 2
  else { return nil }
  let unknownKinds = automations.count { context.graph.nodes[$0].systemKind == nil }
  let unknownOwners = automations.count - groups.count
  let isSevere = kinds.count >= options.touchingTechnologiesOrOwners + 1 && owners.count >= 2
  let count = counted(automations.count, "automation")
  func unknown(_ count: Int) -> String { count == 0 ? "" : ", unknown of \(count)" }
  let kindNames = listText(kinds.map(\.rawValue))
  let technologies =
    "\(counted(kinds.count, "technology", "technologies")) (\(kindNames)\(unknown(unknownKinds)))"
  let ownerText =
    "\(counted(owners.count, "owner")) (\(listText(owners))\(unknown(unknownOwners)))"
  return Finding(
    check: AuditCheck.hotspotManyAutomations.id, isSevere ? .high : .medium,
    "\(automations.count) automations touch \(workflow.name)",
    subjects: [workflow.reference], others: automations.map(context.reference),
    evidence: edges.flatMap(\.edge.evidence).sorted(),
    why: "Connected with it are \(count) (\(listText(context.names(automations)))) "
      + "of \(technologies) and \(ownerText); it takes \(options.touchingAutomations) automations, and "
      + "\(options.touchingTechnologiesOrOwners) technologies or owners. "
      + (outside.isEmpty
        ? "It calls all of them itself, and keeps them in order as far as it is their only caller."
        : "Not called by it alone: \(listText(context.names(outside)))."),
    remedy: "Draw the order in which they act on one case of \(workflow.name), and let one "
      + "orchestration hold its state and call them.")
}
