import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let workflowIntegrations = Assessment(
    id: "workflow-integrations", title: "Workflows tied into IT service, identity and compliance",
    formula:
      "Per workflow: a connection to, or a credential of, an application whose name is that of a "
      + "service of tickets (ITSM), of identities, or of compliance and audit; for compliance also something "
      + "that governs it or a guardrail. Which service an application is, is inferred from its name."
  ) { context in
    let view = OrchestrationView(context)
    let kinds: [ServiceKind] = [.serviceManagement, .identity, .compliance]
    var counts = [0, 0, 0]
    var rows: [AssessmentTable.Row] = []
    for index in view.workflows {
      let parts = view.parts(index)
      let edges = parts.outgoing.map { ($0, $0.target) } + parts.incoming.map { ($0, $0.source) }
      var evidence: [Evidence] = []
      let cells: [AssessmentTable.Cell] = kinds.enumerated().map { place, kind in
        var names: [String] = []
        for (edge, other) in edges where view.service(other) == kind {
          names.append(context.graph.nodes[other].name)
          evidence += edge.evidence.prefix(1)
        }
        for credential in parts.credentials
        where kind == .identity
          && says(credential.name, ["oidc", "openid", "entra", "okta", "saml", "oauth", "oauth2"])
        {
          names.append(credential.name)
          evidence.append(credential.evidence)
        }
        if kind == .compliance {
          for edge in parts.incoming where edge.kind == .governs {
            names.append(context.graph.nodes[edge.source].name)
            evidence += edge.evidence.prefix(1)
          }
          for guardrail in parts.guardrails {
            names.append("guardrail “\(guardrail.name.prefix(30))”")
            evidence.append(guardrail.evidence)
          }
        }
        if !names.isEmpty { counts[place] += 1 }
        return .seen(
          !names.isEmpty, isShown: parts.isShown, listText(Set(names).sorted(), limit: 3))
      }
      rows.append(
        AssessmentTable.Row(
          [.text(parts.system.name)] + cells, evidence: Array((evidence + parts.evidence).prefix(5))
        ))
    }
    return AssessmentTable(
      summary:
        "Of \(counted(rows.count, "workflow")) \(counts[0]) are tied into IT service, \(counts[1]) into "
        + "identity and \(counts[2]) into compliance, as far as files show.",
      columns: [
        .init("Workflow", "What orders the work of others."),
        .init("IT service", "Tickets, incidents, changes."), .init("Identity", "Who may do what."),
        .init("Compliance", "Rules, guardrails and evidence."),
      ], rows: rows)
  }
}
