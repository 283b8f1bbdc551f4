import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let crossDomain = Assessment(
    id: "cross-domain", title: "Work across domains",
    formula:
      "Workflows in use that more than one team has part in (their own, those of the automations they "
      + "call, those of their human tasks), and domains of which their purposes speak (inferred from words). "
      + "Across domains: two teams or two domains or more. An agent of one domain ends at such work "
      + "(Building the Agentic Enterprise, Part 5)."
  ) { context in
    let view = OrchestrationView(context)
    let graph = context.graph
    var rows: [(teams: Int, name: String, row: AssessmentTable.Row)] = []
    for index in view.workflows {
      let parts = view.parts(index)
      let called = Set(
        parts.outgoing.filter { $0.kind == .invokes || $0.kind == .triggers }.map(\.target)
      ).sorted().compactMap { context.system(at: $0) }
      var teams: [String: String] = [:]
      for name in ([parts.system] + called).compactMap(\.team.value)
        + parts.touchPoints.compactMap(\.team)
      where !isPlaceholder(name) { teams[nameKey(name)] = teams[nameKey(name)] ?? name }
      let texts = ([parts.system] + called).flatMap { [$0.purpose.value ?? "", $0.name] }
      let domains = BusinessDomain.all(in: texts.joined(separator: " . "))
      guard teams.count > 1 || domains.count > 1 else { continue }
      let agents = view.agents(calledBy: parts)
      rows.append(
        (
          teams.count, parts.system.name,
          AssessmentTable.Row(
            [
              .text(parts.system.name),
              teams.isEmpty
                ? .unknown("no team is named") : .text(listText(teams.values.sorted())),
              domains.isEmpty
                ? .unknown("its words name none") : .text(listText(domains.map(\.rawValue))),
              agents.isEmpty ? .text("none") : .text(listText(context.names(agents))),
            ],
            evidence: parts.evidence + parts.touchPoints.prefix(3).map(\.evidence)
              + Array(
                parts.outgoing.filter { graph.nodes[$0.target].kind == .system }.flatMap(\.evidence)
                  .prefix(2)))
        ))
    }
    rows.sort { ($1.teams, $0.name) < ($0.teams, $1.name) }
    return AssessmentTable(
      summary:
        "\(rows.count) of \(counted(view.workflows.count, "workflow")) cross teams or domains.",
      columns: [
        .init("Workflow", "What orders the work."), .init("Teams", "Teams that have part in it."),
        .init("Domains", "Domains of which the words speak."),
        .init("Agents", "Agents that already work in it."),
      ], rows: rows.map(\.row))
  }
}
