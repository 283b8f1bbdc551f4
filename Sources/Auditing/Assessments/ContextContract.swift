import Facts
import Inventory

extension Assessment {
  static let contextContract = Assessment(
    id: "context-contract", title: "The context that agents are given",
    formula:
      "Four items per workflow that agents work in (AI Agent Orchestration: Making Multi-Agent "
      + "Systems Work Together): who is on it (a team or assignee is named), what is done (an engine, store "
      + "or shared memory keeps the state), which standard (a guardrail, rules or something that governs), "
      + "what failed (a failure is caught, repeated, escalated, or its share is known)."
  ) { context in
    let view = OrchestrationView(context)
    let rows = view.workflowsWithAgents.map { parts, agents in
      let signs = OrchestrationSigns(parts, view, context)
      func cell(_ options: [(OrchestrationFunction, Int)]) -> AssessmentTable.Cell {
        let seen = options.filter { signs.has($0.0, $0.1) }.map { $0.0.signs[$0.1] }
        return .seen(!seen.isEmpty, isShown: parts.isShown, seen.joined(separator: ", "))
      }
      let failure: AssessmentTable.Cell =
        if let rate = parts.system.failureRate.value {
          .text("yes: \(percentText(rate.value)) of its runs fail")
        } else { cell([(.errors, 0), (.errors, 1), (.errors, 2)]) }
      return AssessmentTable.Row(
        [
          .text(parts.system.name),
          .number(Double(agents.count)),
          cell([(.resources, 1)]), cell([(.state, 0), (.state, 1), (.state, 2)]),
          cell([(.policy, 0), (.policy, 2)]), failure,
        ], evidence: Array(signs.evidence.prefix(6)))
    }
    return AssessmentTable(
      summary: "\(counted(rows.count, "workflow")) with agents.",
      columns: [
        .init("Workflow", "What agents work in."), .init("Agents", "Agents that it calls."),
        .init("Who is on it", "Whether the person or team that has the case is named."),
        .init("What is done", "Whether the state of a case can be read."),
        .init("Which standard", "Whether a rule or guardrail says how it must be done."),
        .init("What failed", "Whether failures are seen."),
      ], rows: rows)
  }
}
