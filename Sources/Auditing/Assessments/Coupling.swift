import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let coupling = Assessment(
    id: "coupling", title: "How far a failure and a compromise reach",
    formula:
      "Stand still: automations in use that need it, directly or through others, over connections of "
      + "any kind. In reach if compromised: automations and applications that it can act on, directly or "
      + "through others, along everything but what people carry; through orchestrators: those that only an "
      + "orchestrator which it calls, or which calls it and trusts its answer, can act on. "
      + "The fifty with most dependents, ordered by who stands still."
  ) { context in
    let graph = context.graph
    func isThing(_ node: Int) -> Bool {
      [.system, .application].contains(graph.nodes[node].kind) && context.isAlive(node)
    }
    let candidates = graph.nodes.indices.filter(isThing).map {
      (node: $0, count: graph.dependents(of: $0).count)
    }.filter { $0.count > 0 || graph.outDegree(of: $0.node) > 0 }
      .sorted { ($1.count, $0.node) < ($0.count, $1.node) }.prefix(50)
    let others = max(1, context.systemsInUse - 1)
    var ranked: [(still: Int, row: AssessmentTable.Row)] = []
    let reaches = graph.compromiseReaches(of: candidates.map(\.node))
    for ((node, count), reach) in zip(candidates, reaches) {
      let still = graph.blastRadius(of: node).filter {
        graph.nodes[$0].kind == .system && context.isAlive($0)
      }.count
      let direct = reach.direct.count { isThing($0) && $0 != node }
      let through = reach.throughOrchestrators.count { isThing($0) && $0 != node }
      let isSystem = graph.nodes[node].kind == .system
      ranked.append(
        (
          still,
          AssessmentTable.Row(
            [
              .text(graph.nodes[node].name), .text(isSystem ? "automation" : "application"),
              .number(Double(count)), .number(Double(still)),
              .share(min(1, Double(still) / Double(others))), .number(Double(direct)),
              isSystem
                ? .number(Double(through)) : .text("–"),
              graph.nodes[node].criticality.map { .text($0.rawValue) } ?? .unknown("not stated"),
            ],
            evidence: Array(graph.nodes[node].evidence.prefix(1))
              + Array(context.edges(at: node).flatMap(\.edge.evidence).prefix(2)))
        ))
    }
    ranked.sort { $0.still > $1.still }
    return AssessmentTable(
      summary: ranked.first.map {
        "At most \(counted($0.still, "automation stands", "automations stand")) still at once."
      }
        ?? "Nothing is known to depend on anything.",
      columns: [
        .init("Thing", "What fails or is compromised."),
        .init("Kind", "Automation or application."),
        .init("Need it directly", "Things that depend on it directly."),
        .init("Stand still", "Automations that depend on it, through however many others."),
        .init("Share", "The same as a share of the other automations in use."),
        .init("In reach", "What it can act on if it is compromised."),
        .init(
          "Through orchestrators",
          "What it could act on besides through orchestrators that it calls or that trust its answers."
        ),
        .init("Criticality", "How much depends on it, as somebody says."),
      ], rows: ranked.map(\.row),
      notes: ["Reach is over what files show; rights that nobody uses are not in it."])
  }
}
