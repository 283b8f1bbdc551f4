import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let useCases = Assessment(
    id: "use-cases", title: "Horizontal and vertical use of agents",
    formula:
      "An agent is vertical where a workflow, process or orchestrator calls it, or where it writes to a system, "
      + "application or data; horizontal where it does neither and people start it or it only reads; not known where no "
      + "file tells what it is connected with or who starts it. Stuck: vertical, and in development or pilot."
  ) { context in
    let triggers = Dictionary(grouping: context.estate.triggers) { nameKey($0.system) }
    var rows: [(order: Int, row: AssessmentTable.Row)] = []
    var counts = [0, 0, 0]
    var stuck = 0
    for (index, system) in context.estate.systems.enumerated()
    where system.isAlive && system.kind.value == .agent {
      let use = use(of: index, triggers[system.key] ?? [], context)
      counts[use.order] += 1
      let isStuck =
        use.order == 0 && (system.status.value == .pilot || system.status.value == .development)
      if isStuck { stuck += 1 }
      rows.append(
        (
          use.order,
          AssessmentTable.Row(
            [
              .text(system.name),
              use.order == 2
                ? .unknown(use.reason) : .text(use.order == 0 ? "vertical" : "horizontal"),
              .text(use.reason),
              system.status.value.map { .text($0.rawValue) } ?? .unknown("no status is stated"),
              system.volume.value.map { .number(($0.perMonth * 10).rounded() / 10) }
                ?? .unknown("no volume is stated"),
              .text(isStuck ? "yes" : "no"),
            ],
            evidence: Array(
              (use.evidence.isEmpty ? system.sources.sorted() : use.evidence).prefix(4)))
        ))
    }
    return AssessmentTable(
      summary:
        "\(counts[0]) vertical, \(counts[1]) horizontal, \(counts[2]) not known; of the vertical "
        + "ones \(stuck) are not in production yet.",
      columns: [
        .init("Agent", "The agent."),
        .init(
          "Use", "Vertical: within one process, where its worth shows; horizontal: for anybody."),
        .init("Reason", "What that rests on."), .init("Status", "Where it is in its life."),
        .init("Runs", unit: "runs/month", "How often it runs."),
        .init("Stuck", "Whether it is vertical and not in production yet."),
      ],
      rows: rows.indices.sorted { (rows[$0].order, $0) < (rows[$1].order, $1) }.map { rows[$0].row }
    )
  }
}

/// How an agent is used: 0 vertical, 1 horizontal, 2 not known.
private func use(
  of index: Int, _ triggers: [Trigger], _ context: AuditContext
) -> (order: Int, reason: String, evidence: [Evidence]) {
  let edges = context.node(ofSystem: index).map { context.graph.edges(from: $0) } ?? []
  let callers = (context.node(ofSystem: index).map { context.graph.edges(to: $0) } ?? []).filter {
    guard [.invokes, .triggers].contains($0.kind), context.isAlive($0.source) else { return false }
    let kind = context.system(at: $0.source)?.kind.value
    return kind == .workflow || kind == .orchestrator
  }
  if let caller = callers.first {
    return (0, "\(context.graph.nodes[caller.source].name) calls it", caller.evidence)
  }
  let writes = edges.filter { $0.kind == .writes }
  if let write = writes.first {
    return (0, "it writes to \(context.graph.nodes[write.target].name)", write.evidence)
  }
  if let manual = triggers.first(where: { $0.kind == .manual }) {
    return (1, "people start it, and nothing is known to be written by it", [manual.evidence])
  }
  if !edges.isEmpty, edges.allSatisfy({ $0.kind == .reads }) {
    return (1, "it only reads, and no workflow calls it", edges.flatMap(\.evidence))
  }
  return (2, "no file tells who starts it and what it changes", [])
}
