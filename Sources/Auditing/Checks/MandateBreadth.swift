import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let mandateBreadth = AuditCheck(
    id: "mandate-breadth", summary: "Agents that work on many applications, domains or tools",
    matters: "What one agent may do everywhere, one mistake or one attack does everywhere."
  ) { context in
    let governance = context.governance
    return Outcome(
      findings: context.agents.compactMap { agent in
        context.node(ofSystemNamed: agent.name).flatMap {
          finding(agent, at: $0, governance, context)
        }
      })
  }
}

private func finding(
  _ agent: AutomationSystem, at node: Int, _ governance: GovernanceFacts, _ context: AuditContext
) -> Finding? {
  let graph = context.graph
  let options = context.options
  let edges = graph.edges(from: node).filter { !$0.isHuman }
  // A tool within the agent's own program is one of its operations; what it reaches no file says.
  let applications = Set(edges.filter { !isOwnTool($0) }.map(\.target))
    .filter { graph.nodes[$0].kind == .application }.sorted()
  let domains = Set(
    Set(edges.map(\.target)).compactMap { target in
      governance.declaration(of: graph.nodes[target].name)?.domain?.value
        ?? context.system(at: target)?.team.value
    }
  ).sorted()
  let tools = Set(edges.compactMap { edge in edge.action.map { "\(edge.target) \($0)" } })
  var reasons: [String] = []
  if applications.count >= options.mandateApplications {
    reasons.append(
      "\(applications.count) ≥ \(options.mandateApplications) applications "
        + "(\(listText(context.names(applications))))")
  }
  if domains.count >= options.mandateDomains {
    reasons.append("\(domains.count) ≥ \(options.mandateDomains) domains (\(listText(domains)))")
  }
  if tools.count >= options.mandateTools {
    reasons.append("\(tools.count) ≥ \(options.mandateTools) tools or operations")
  }
  guard !reasons.isEmpty else { return nil }
  return Finding(
    check: AuditCheck.mandateBreadth.id,
    reasons.count > 1 && agent.isSwitchedOn ? .medium : .low,
    "\(agent.name) has a broad mandate: \(counted(applications.count, "application")), "
      + "\(counted(domains.count, "domain")), \(counted(tools.count, "tool"))",
    subjects: [agent.reference], others: applications.map(context.reference),
    evidence: edges.flatMap { $0.evidence.prefix(1) }.sorted(),
    why: "It works on \(reasons.joined(separator: "; ")). Thresholds assumed; domains are declared "
      + "ones, else the teams of the systems it calls. Two reasons, in production or switched on: medium, else low.",
    remedy:
      "Split \(agent.name) by domain, or write down for which of these it stands and take the "
      + "others from it.")
}

/// Whether an edge leads to a function of the agent's own program that its file lists as a tool.
private func isOwnTool(_ edge: GraphEdge) -> Bool {
  edge.kind == .invokes && edge.channel == .internalCall
    && ["tool", "skill", "function"].contains(edge.action)
}
