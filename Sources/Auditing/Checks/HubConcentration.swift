import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let hubConcentration = AuditCheck(
    id: "hub-concentration", summary: "One automation through which most calls go",
    matters:
      "What everything goes through limits how much gets through, and stops everything when it stops."
  ) { context in
    let links = AutomationLinks(context)
    let options = context.options
    guard links.count >= max(2, options.hubLinks) else { return Outcome() }
    // One with few others is no hub, however few links there are.
    let hubs = links.hubs.filter {
      $0.share >= options.hubShare && $0.neighbours >= 5 && !context.graph.nodes[$0.node].isGhost
    }
    return Outcome(findings: hubs.map { finding($0, links, context) })
  }
}

private func finding(_ hub: AutomationLinks.Hub, _ links: AutomationLinks, _ context: AuditContext)
  -> Finding
{
  let node = context.graph.nodes[hub.node]
  let edges = context.edges(at: hub.node).filter { links.isLink($0.edge) }
  return Finding(
    check: AuditCheck.hubConcentration.id,
    hub.share >= 0.75 && node.status == .production ? .medium : .low,
    "\(node.name): \(percentText(hub.share)) of the links between automations touch it",
    subjects: [node.reference], evidence: edges.flatMap(\.edge.evidence).sorted(),
    why: "\(hub.neighbours) of \(links.count) links between automations (pairs of which one calls, "
      + "starts, reads, writes or hands over to the other) touch \(node.name): "
      + "\(percentText(hub.share)) ≥ \(percentText(context.options.hubShare)) (assumed limit). Without it "
      + "\(links.count - hub.neighbours) links are left.",
    remedy:
      "Let pairs that only pass data through \(node.name) talk directly, by a common standard, "
      + "and find out how many calls an hour it takes.")
}

/// Pairs of automations of which one acts on the other.
struct AutomationLinks {
  /// Number of pairs.
  let count: Int
  /// Automations with their links, the busiest first.
  let hubs: [Hub]
  private let isAutomation: [Bool]

  /// An automation with the others that it has a link with, and their share of all links.
  struct Hub {
    var node: Int
    var neighbours: Int
    var share: Double
  }

  init(_ context: AuditContext) {
    let nodes = context.graph.nodes
    let isAutomation = nodes.indices.map { nodes[$0].kind == .system && context.isAlive($0) }
    self.isAutomation = isAutomation
    var neighbours: [Int: Set<Int>] = [:]
    for edge in context.graph.edges
    where isAutomation[edge.source] && isAutomation[edge.target] && edge.source != edge.target {
      neighbours[edge.source, default: []].insert(edge.target)
      neighbours[edge.target, default: []].insert(edge.source)
    }
    let count = neighbours.values.reduce(0) { $0 + $1.count } / 2
    self.count = count
    hubs = neighbours.map { node, others in
      Hub(
        node: node, neighbours: others.count, share: Double(others.count) / Double(max(1, count)))
    }.sorted { ($1.neighbours, $0.node) < ($0.neighbours, $1.node) }
  }

  func isLink(_ edge: GraphEdge) -> Bool {
    isAutomation[edge.source] && isAutomation[edge.target] && edge.source != edge.target
  }
}
