import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let crossDomain = Assessment(
    id: "cross-domain", title: "Workflows across domains, and their ties to control",
    formula:
      "For each workflow, orchestrator or agent in use that works on anything: domains = declared "
      + "domains, else teams, of itself and of what it works on. A tie to control is an edge to or from an "
      + "application whose name is of that kind: tickets (ServiceNow, Jira, …), identity (Entra, Okta, …), "
      + "compliance (GRC, AML screening, …); names are interpreted (inferred)."
  ) { context in
    let governance = context.governance
    let graph = context.graph
    func domain(_ node: Int) -> String? {
      governance.declaration(of: graph.nodes[node].name)?.domain?.value
        ?? context.system(at: node)?.team.value
    }
    var rows: [(domains: Int, row: AssessmentTable.Row)] = []
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      guard [.workflow, .orchestrator, .agent].contains(system.kind.value),
        let node = context.node(ofSystem: index)
      else { continue }
      let edges = graph.edges(from: node) + graph.edges(to: node)
      let others = Set(edges.flatMap { [$0.source, $0.target] }).subtracting([node]).sorted()
      guard !others.isEmpty else { continue }
      let domains = Set(([node] + others).compactMap(domain)).sorted()
      let unknown = others.count { graph.nodes[$0].kind != .data && domain($0) == nil }
      let names = others.filter {
        graph.nodes[$0].kind == .application || graph.nodes[$0].kind == .system
      }
      .map { graph.nodes[$0].name }
      let ties = ControlKind.allCases.map { kind -> AssessmentTable.Cell in
        let found = names.filter(kind.fits)
        return found.isEmpty
          ? .unknown("none is seen in its files") : .text(listText(found, limit: 3))
      }
      rows.append(
        (
          domains.count,
          .init(
            [
              .text(system.name), .number(Double(domains.count)),
              domains.isEmpty ? .unknown("no domain or team is known") : .text(listText(domains)),
              .number(Double(unknown)),
            ] + ties,
            evidence: edges.flatMap { $0.evidence.prefix(1) }.sorted().prefix(8).map { $0 })
        ))
    }
    let crossing = rows.count { $0.domains > 1 }
    return AssessmentTable(
      summary:
        "\(crossing) of \(counted(rows.count, "workflow")) and agents work across two domains or more.",
      columns: [
        .init("system", "Workflow, orchestrator or agent in use."),
        .init("domains", unit: "domains", "Domains or teams it works across, its own included."),
        .init("which", "Their names."),
        .init("unknown", unit: "things", "Things it works on whose domain is not known."),
        .init("tickets", "Tie to service management."),
        .init("identity", "Tie to identity management."),
        .init("compliance", "Tie to compliance."),
      ],
      rows: rows.enumerated().sorted {
        ($1.element.domains, $0.offset) < ($0.element.domains, $1.offset)
      }.map(\.element.row),
      notes: ["A tie that no file shows may exist all the same."])
  }
}

/// Kinds of applications by which hand-overs are kept traceable.
private enum ControlKind: CaseIterable {
  case tickets
  case identity
  case compliance

  func fits(_ name: String) -> Bool {
    let all = Set(words(of: name))
    let key = nameKey(name)
    return !ownWords.isDisjoint(with: all) || names.contains { key.contains($0) }
  }

  private var ownWords: Set<String> {
    switch self {
    case .tickets: ["jira", "zendesk", "itsm", "freshservice", "remedy", "tickets", "opsgenie"]
    case .identity: ["okta", "entra", "keycloak", "cyberark", "sailpoint", "iam", "ldap"]
    case .compliance: ["grc", "aml", "compliance", "archer", "onetrust", "purview", "kyc"]
    }
  }

  private var names: [String] {
    switch self {
    case .tickets: ["servicenow", "servicedesk", "pagerduty", "topdesk"]
    case .identity: ["activedirectory", "azuread", "auth0", "pingidentity"]
    case .compliance: ["sanction"]
    }
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
