import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let hotspotHumanCarrying = AuditCheck(
    id: "hotspot-human-carrying", summary: "People who carry cases from one system to another"
  ) { context in
    let graph = context.graph
    var outcome = Outcome()
    for (team, node) in graph.nodes.enumerated() where node.kind == .team {
      if let finding = carriedBy(team, context) { outcome.findings.append(finding) }
    }
    let direct = graph.edges.filter { edge in
      edge.kind == .handsOver && edge.source != edge.target
        && isMachine(edge.source, context) && isMachine(edge.target, context)
    }
    for (_, edges) in Dictionary(grouping: direct, by: { [$0.source, $0.target] })
      .sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    {
      outcome.findings.append(
        finding(from: [edges[0].source], to: [edges[0].target], by: nil, edges, context))
    }
    return outcome
  }
}

/// Whether a node is something that people carry cases from or to.
private func isMachine(_ node: Int, _ context: AuditContext) -> Bool {
  let kind = context.graph.nodes[node].kind
  return (kind == .system || kind == .application) && context.isAlive(node)
}

/// A team that is handed cases by one machine and takes them to another.
private func carriedBy(_ team: Int, _ context: AuditContext) -> Finding? {
  let given = context.graph.edges(to: team).filter {
    ($0.kind == .handsOver || $0.kind == .escalates) && isMachine($0.source, context)
  }
  let taken = context.graph.edges(from: team).filter {
    [.handsOver, .invokes, .writes, .triggers].contains($0.kind) && isMachine($0.target, context)
  }
  let givers = Set(given.map(\.source))
  let takers = Set(taken.map(\.target))
  // Back to where it came from is a decision on the case, not a way to carry it.
  let from = givers.filter { giver in takers.contains { $0 != giver } }.sorted()
  let to = takers.filter { taker in givers.contains { $0 != taker } }.sorted()
  guard !from.isEmpty, !to.isEmpty else { return nil }
  return finding(from: from, to: to, by: team, given + taken, context)
}

private func finding(
  from givers: [Int], to takers: [Int], by team: Int?, _ edges: [GraphEdge], _ context: AuditContext
) -> Finding {
  let people = team.map { context.graph.nodes[$0].name } ?? "People"
  let data = Set(edges.flatMap(\.data)).sorted()
  let volumes = givers.compactMap { context.system(at: $0)?.volume.value?.perMonth }
  let volume = volumes.max()
  let limit = context.options.carriedPerMonth
  let volumeText =
    volume.map {
      "\(numberText($0.rounded())) runs a month of the busiest giver "
        + "(\($0 >= limit ? "≥" : "<") \(numberText(limit)))"
    } ?? "how many cases that is a month is unknown, which is not zero"
  let systems = givers + takers.filter { !givers.contains($0) }
  let isCritical = systems.contains {
    let criticality = context.system(at: $0)?.criticality.value
    return criticality == .missionCritical || criticality == .high
  }
  let isSevere = isCritical || (volume ?? 0) >= limit
  return Finding(
    check: AuditCheck.hotspotHumanCarrying.id, isSevere ? .high : .medium,
    "\(people) carry cases from \(listText(context.names(givers))) to \(listText(context.names(takers)))",
    subjects: ((team.map { [$0] } ?? []) + systems).map(context.reference),
    evidence: edges.flatMap(\.evidence),
    why: "\(counted(edges.count, "edge")) of people between machines on both sides"
      + (data.isEmpty ? "" : ", carrying \(listText(data))") + "; \(volumeText)"
      + (isCritical ? "; much depends on one of the systems" : "")
      + ". High from \(numberText(limit)) a month or where much depends on it, else medium.",
    remedy: "Watch \(people == "People" ? "them" : people) for a day: count the cases and what is "
      + "typed twice, then let \(context.graph.nodes[givers[0]].name) pass that on to "
      + "\(context.graph.nodes[takers[0]].name) itself.")
}
