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
  }
}
