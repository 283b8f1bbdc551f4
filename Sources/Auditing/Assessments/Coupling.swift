import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let coupling = Assessment(
    id: "coupling", title: "How far a failure and a compromise reach",
    formula:
      "Stand still: automations in use that need it, directly or through others, over connections of "
      + "any kind. In reach if compromised: automations and applications that it can act on, directly or "
      + "through others, by calling, starting or writing; through the orchestrator: those that only what "
      + "calls it can act on. The fifty with most dependents, ordered by who stands still."
  ) { context in
    let graph = context.graph
    let acts = DirectedGraph(
      nodeCount: graph.nodes.count,
      edges: graph.edges.filter { [.invokes, .triggers, .writes].contains($0.kind) && !$0.isHuman }
        .map { (from: $0.source, to: $0.target) })
    let callers = acts.reversed
    func isThing(_ node: Int) -> Bool {
      [.system, .application].contains(graph.nodes[node].kind) && context.isAlive(node)
    }
    let candidates = graph.nodes.indices.filter(isThing).map {
      (node: $0, count: graph.dependents(of: $0).count)
    }.filter { $0.count > 0 || !acts.successors(of: $0.node).isEmpty }
      .sorted { ($1.count, $0.node) < ($0.count, $1.node) }.prefix(50)
    let others = max(1, context.estate.systems.count(where: \.isAlive) - 1)
    var ranked: [(still: Int, row: AssessmentTable.Row)] = []
    for (node, count) in candidates {
      let still = graph.blastRadius(of: node).filter {
        graph.nodes[$0].kind == .system && context.isAlive($0)
      }.count
      let reach = Set(acts.reachable(from: node).filter(isThing))
      let above = callers.successors(of: node).filter {
        graph.nodes[$0].kind == .system && context.isAlive($0)
      }
      let through = Set(above.flatMap { acts.reachable(from: $0) }.filter(isThing))
        .subtracting(reach).subtracting([node])
      let isSystem = graph.nodes[node].kind == .system
      ranked.append(
        (
          still,
          AssessmentTable.Row(
            [
              .text(graph.nodes[node].name), .text(isSystem ? "automation" : "application"),
              .number(Double(count)), .number(Double(still)),
              .share(min(1, Double(still) / Double(others))), .number(Double(reach.count)),
              isSystem
                ? .number(Double(through.count)) : .text("–"),
              graph.nodes[node].criticality.map { .text($0.rawValue) } ?? .unknown("not stated"),
            ],
            evidence: Array(graph.nodes[node].evidence.prefix(1))
              + Array(context.edges(at: node).flatMap(\.edge.evidence).prefix(2)))
        ))
    }
    ranked.sort { $0.still > $1.still }
    return AssessmentTable(
      summary: ranked.first.map {
        "At most \(counted($0.still, "automation")) stand still at once."
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
          "Through callers", "What it could act on besides if those that call it trust its answers."
        ),
        .init("Criticality", "How much depends on it, as somebody says."),
      ], rows: ranked.map(\.row),
      notes: ["Reach is over what files show; rights that nobody uses are not in it."])
  }
}
