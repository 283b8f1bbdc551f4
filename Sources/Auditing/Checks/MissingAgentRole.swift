import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let missingAgentRole = AuditCheck(
    id: "missing-agent-role",
    summary: "Agents that work together without an orchestrator or without shared state",
    matters:
      "Agents without a common order or memory repeat one another's work and act on different "
      + "pictures of one case."
  ) { context in
    let view = OrchestrationView(context)
    var outcome = Outcome()
    var unknown = 0
    for team in AgentTeam.all(view, context) {
      let lacksOrder = team.orchestrator == nil && team.members.count >= 3
      let lacksMemory = team.memory == nil && team.isShown
      if team.memory == nil, !team.isShown { unknown += 1 }
      guard lacksOrder || lacksMemory else { continue }
      outcome.findings.append(finding(team, lacksOrder, lacksMemory, context))
    }
    if unknown > 0 {
      outcome.remarks.append(
        "Of \(counted(unknown, "team")) of agents no file shows what all of them read and write; whether "
          + "they share state is unknown.")
    }
    return outcome
  }
}

private func finding(
  _ team: AgentTeam, _ lacksOrder: Bool, _ lacksMemory: Bool, _ context: AuditContext
) -> Finding {
  let names = context.names(team.members)
  let subjects = team.orchestrator.map { [context.reference($0)] } ?? []
  let lead = team.orchestrator.map { context.graph.nodes[$0].name }
  var parts: [String] = []
  if lacksOrder { parts.append("none of them, and nothing else, calls all the others") }
  if lacksMemory {
    parts.append(
      "no data object, memory service or result is used by two of them, as far as files show")
  }
  let members = team.members.map(context.reference)
  return Finding(
    check: AuditCheck.missingAgentRole.id, lacksOrder && lacksMemory ? .medium : .low,
    lacksOrder
      ? "\(counted(team.members.count, "agent")) work together and nothing orders them: \(listText(names, limit: 4))"
      : "\(counted(team.members.count, "agent"))\(lead.map { " of \($0)" } ?? "") share no state that files show",
    subjects: subjects.isEmpty ? Array(members.prefix(1)) : subjects,
    others: subjects.isEmpty ? Array(members.dropFirst()) : members, evidence: team.evidence,
    why: "\(listText(names)) work together\(lead.map { ", called by \($0)" } ?? ""): "
      + "\(parts.joined(separator: "; ")). Of the four roles (orchestrator, specialists, protocol, shared "
      + "memory) \(lacksOrder && lacksMemory ? "two are" : "one is") missing.",
    remedy: lacksMemory
      ? "Give them one store of the case's state, and let each read it before it acts."
      : "Let one workflow or orchestrator call them in an order.")
}
