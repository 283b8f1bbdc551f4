import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let workflowObservability = Assessment(
    id: "workflow-observability", title: "What can be observed of workflows with agents",
    formula:
      "Four items per workflow that agents work in (Building the Agentic Enterprise, Part 5): decision "
      + "tracing (a trace or log is written), tracking between agents (the calls of agents are in its files and "
      + "name their operation), attribution (each agent's own failure rate is known), drift (a failure rate "
      + "is stated more than once, so that dates can be compared)."
  ) { context in
    let view = OrchestrationView(context)
    let rows = view.workflowsWithAgents.map { parts, agents in
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
