import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let observability = Assessment(
    id: "observability", title: "What can be seen of agents at work",
    formula: "Four items for each agent in use (Layer: decision tracing, tracking between agents, "
      + "attribution, drift): tracing = 'traced' of the policy file; tracking = an edge to or from another "
      + "agent or orchestrator is on the map; attribution = an audit trail and an identity of its own, both "
      + "declared; drift = 'drift_checked'. Observed = items known to hold / 4."
  ) { context in
    let governance = context.governance
    let graph = context.graph
    var sum = 0
    let rows = context.agents.map { agent -> (key: Int, row: AssessmentTable.Row) in
      let said = governance.declaration(of: agent.name)
      let ties =
        context.node(ofSystemNamed: agent.name).map { node in
          (graph.edges(from: node) + graph.edges(to: node)).filter { edge in
            [edge.source, edge.target].contains { end in
              guard end != node, let kind = context.system(at: end)?.kind.value else {
                return false
              }
              return kind == .agent || kind == .orchestrator
            }
          }
        } ?? []
      let attribution: Bool? =
        if let trail = said?.auditTrail, let identity = said?.identity {
          !trail.value.isEmpty && identity.value == .own
        } else { nil }
      let items: [Bool?] = [
        said?.traced?.value, ties.isEmpty ? nil : true, attribution, said?.driftChecked?.value,
      ]
      let reasons = [
        "say 'traced' in the policy file", "no tie to another agent is on the map",
        "say 'audit_trail' and 'identity' in the policy file",
        "say 'drift_checked' in the policy file",
      ]
      let count = items.count { $0 == true }
      sum += count
      let cells = zip(items, reasons).map { item, reason in
        item.map { AssessmentTable.Cell.text($0 ? "yes" : "no") } ?? .unknown(reason)
      }
      let declared: [Evidence?] = [
        said?.traced?.evidence, said?.auditTrail?.evidence, said?.identity?.evidence,
        said?.driftChecked?.evidence,
      ]
      return (
        count,
        .init(
          [.text(agent.name)] + cells + [.share(Double(count) / 4)],
          evidence: declared.compactMap { $0 } + ties.flatMap { $0.evidence.prefix(1) }
            + agent.sources.sorted().prefix(1))
      )
    }
    let total = rows.count * 4
    return AssessmentTable(
      summary: rows.isEmpty
        ? "There is no agent in use."
        : "\(sum) of \(total) items are known to hold (\(percentText(sum, of: total))) for "
          + "\(counted(rows.count, "agent")).",
      columns: [
        .init("agent", "Agent in use."),
        .init("tracing", "Whether its decisions can be traced from step to step."),
        .init("tracking", "Whether its ties to other agents are known."),
        .init("attribution", "Whether an act can be laid to it alone."),
        .init("drift", "Whether it is checked for drift."),
        .init("observed", "Items known to hold / 4."),
      ], rows: rows.sorted { $0.key < $1.key }.map(\.row),
      notes: ["Items that are not known count as not known to hold, not as absent."])
    id: "observability", title: "What can be observed of workflows with agents",
    formula:
      "Four items per workflow that agents work in (Building the Agentic Enterprise, Part 5): decision "
      + "tracing (a trace or log is written), tracking between agents (the calls of agents are in its files and "
      + "name their operation), attribution (each agent's own failure rate is known), drift (a failure rate "
      + "is stated more than once, so that dates can be compared)."
  ) { context in
    let view = OrchestrationView(context)
    let rows: [AssessmentTable.Row] = view.workflows.compactMap { index in
      let parts = view.parts(index)
      let agents = view.agents(calledBy: parts)
      guard !agents.isEmpty else { return nil }
      let signs = OrchestrationSigns(parts, view, context)
      let calls = parts.outgoing.filter { agents.contains($0.target) }
      let rated = agents.count { context.system(at: $0)?.failureRate.isKnown == true }
      let again = agents.count { (context.system(at: $0)?.failureRate.facts.count ?? 0) > 1 }
      return AssessmentTable.Row(
        [
          .text(parts.system.name), .number(Double(agents.count)),
          .seen(signs.has(.visibility, 0), isShown: parts.isShown),
          .seen(calls.allSatisfy { $0.action != nil }, isShown: parts.isShown),
          .share(Double(rated) / Double(agents.count)),
          again == 0
            ? .unknown("no agent has failure rates of two dates")
            : .share(Double(again) / Double(agents.count)),
        ], evidence: Array((calls.flatMap(\.evidence) + parts.evidence).prefix(5)))
    }
    return AssessmentTable(
      summary: "\(counted(rows.count, "workflow")) with agents.",
      columns: [
        .init("Workflow", "What agents work in."), .init("Agents", "Agents that it calls."),
        .init("Decision tracing", "Whether a trace of what was decided is written."),
        .init("Tracking between agents", "Whether each call of an agent names its operation."),
        .init("Attribution", "Agents whose own failure rate is known."),
        .init("Drift", "Agents whose failure rate is known of more than one date."),
      ], rows: rows)
  }
}
