import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let hotspotHumanCarrying = AuditCheck(
    id: "hotspot-human-carrying", summary: "People who carry cases from one system to another",
    matters: "People carry what systems could pass on, and a case waits for them each time."
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
    for process in context.estate.processes {
      outcome.findings += findings(in: process, context)
    }
    return outcome
  }
}

/// The stretches of a process on which people carry the case, one finding for each two systems.
private func findings(in process: EstateProcess, _ context: AuditContext) -> [Finding] {
  let stretches = CarriedCase.all(in: process, context).filter {
    context.isAlive($0.giver) && context.isAlive($0.taker)
  }
  return Dictionary(grouping: stretches, by: { [$0.giver, $0.taker] })
    .sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    .map { finding($0.value, in: process, context) }
}

private func finding(
  _ stretches: [CarriedCase], in process: EstateProcess, _ context: AuditContext
) -> Finding {
  let (giver, taker) = (stretches[0].giver, stretches[0].taker)
  let (from, to) = (context.graph.nodes[giver].name, context.graph.nodes[taker].name)
  let work = stretches.flatMap(\.work)
  let labels = uniqued(work.map { "“\($0.name ?? $0.id)”" })
  let points = work.compactMap { context.touchPoint(at: $0, ofSystem: process.system) }
  let people = uniqued(points.compactMap(\.team) + work.compactMap(\.lane))
  let who = people.isEmpty ? "People" : listText(people)
  let weight = Weight(of: [giver, taker], carrier: process.system, context)
  return Finding(
    check: AuditCheck.hotspotHumanCarrying.id, weight.severity,
    "\(who) carry cases from \(from) to \(to): \(listText(labels))",
    subjects: [giver, taker].map(context.reference),
    others: [EntityReference(.system, process.system)], topic: process.process.id,
    evidence: uniqued(stretches.flatMap(\.elements)).map {
      Evidence(.imported, $0.location, note: $0.name)
    },
    why: "In \(process.process.name ?? process.process.id) the way from \(from) to \(to) leads "
      + "through \(counted(labels.count, "task")) of people that neither approve nor check "
      + "(\(listText(labels))); \(weight.text)",
    remedy: "Let \(from) return what \(to) needs to \(process.process.name ?? process.process.id), "
      + "which passes it on, and drop \(labels[0]).")
}

private func uniqued<Value: Hashable>(_ values: [Value]) -> [Value] {
  var seen: Set<Value> = []
  return values.filter { seen.insert($0).inserted }
}

/// How much is carried, and how much depends on it.
private struct Weight {
  let severity: Severity
  /// The rule with its numbers, as the end of a sentence.
  let text: String

  init(of systems: [Int], carrier: String?, _ context: AuditContext) {
    let limit = context.options.carriedPerMonth
    // The carrying process runs once a case; without one, the busiest system is an upper bound.
    let carried = carrier.flatMap { context.system(named: $0)?.volume.value?.perMonth }
    let volume =
      carried ?? systems.compactMap { context.system(at: $0)?.volume.value?.perMonth }.max()
    let bound = carried == nil ? " at most" : ""
    let volumeText =
      volume.map {
        "\(numberText($0.rounded())) cases a month\(bound) "
          + "(\($0 >= limit ? "≥" : "<") \(numberText(limit)))"
      } ?? "how many cases that is a month is unknown, which is not zero"
    let isCritical = systems.contains {
      context.system(at: $0)?.criticality.value == .missionCritical
        || context.system(at: $0)?.criticality.value == .high
    }
    severity = isCritical || (volume ?? 0) >= limit ? .high : .medium
    text =
      volumeText + (isCritical ? "; much depends on one of the systems" : "")
      + ". High from \(numberText(limit)) a month or where much depends on it, else medium."
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
  let systems = givers + takers.filter { !givers.contains($0) }
  let weight = Weight(of: systems, carrier: nil, context)
  return Finding(
    check: AuditCheck.hotspotHumanCarrying.id, weight.severity,
    "\(people) carry cases from \(listText(context.names(givers))) to \(listText(context.names(takers)))",
    subjects: (team.map { [$0] } ?? systems).map(context.reference),
    others: team == nil ? [] : systems.map(context.reference),
    evidence: edges.flatMap(\.evidence),
    why: "\(counted(edges.count, "edge")) of people between machines on both sides"
      + (data.isEmpty ? "" : ", carrying \(listText(data))") + "; \(weight.text)",
    remedy: "Watch \(people == "People" ? "them" : people) for a day: count the cases and what is "
      + "typed twice, then let \(context.graph.nodes[givers[0]].name) pass that on to "
      + "\(context.graph.nodes[takers[0]].name) itself.")
}
