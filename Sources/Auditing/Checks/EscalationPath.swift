import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let escalationPath = AuditCheck(
    id: "escalation-path", summary: "Agents that give a case to nobody when they cannot go on",
    matters: "An agent without a way out to people decides also what it must not decide."
  ) { context in
    let governance = context.governance
    var outcome = Outcome()
    var lacking: [String: [AutomationSystem]] = [:]
    var silent = 0
    var withoutThreshold: [AutomationSystem] = []
    for agent in context.agents {
      if hasWayOut(agent, governance, context) {
        if !hasThreshold(agent, governance, context) { withoutThreshold.append(agent) }
      } else if governance.worksAlone(agent) == true || showsPeople(agent) {
        lacking[agent.technology.value ?? "unknown", default: []].append(agent)
      } else {
        silent += 1
      }
    }
    outcome.findings = lacking.sorted { $0.key < $1.key }.map { finding($0.key, $0.value) }
    if silent > 0 {
      outcome.remarks.append(
        "Of \(counted(silent, "agent")) the format does not show to whom they escalate.")
    }
    if !withoutThreshold.isEmpty {
      outcome.remarks.append(
        "\(counted(withoutThreshold.count, "agent")) with a way out to people "
          + "(\(listText(withoutThreshold.map(\.name), limit: 4))) name no figure from which on it is "
          + "taken; it may stand in instructions, which are not interpreted.")
    }
    return outcome
  }
}

/// Whether the agent, or what runs it, gives cases to people.
private func hasWayOut(
  _ agent: AutomationSystem, _ governance: GovernanceFacts, _ context: AuditContext
) -> Bool {
  if !governance.supervision(of: agent, context).isEmpty
    || !context.touchPoints(ofSystemNamed: agent.name).isEmpty
  {
    return true
  }
  guard let node = context.node(ofSystemNamed: agent.name) else { return false }
  return context.graph.edges(to: node).contains { edge in
    guard edge.kind == .invokes, let caller = context.system(at: edge.source) else { return false }
    return !governance.supervision(of: caller, context).isEmpty
      || !context.touchPoints(ofSystemNamed: caller.name).isEmpty
  }
}

/// Whether a guardrail, a touch point or a declaration holds a figure.
private func hasThreshold(
  _ agent: AutomationSystem, _ governance: GovernanceFacts, _ context: AuditContext
) -> Bool {
  if governance.declaration(of: agent.name)?.escalationThreshold != nil { return true }
  let texts =
    governance.guardrails(of: agent).map(\.name)
    + context.touchPoints(ofSystemNamed: agent.name).compactMap(\.name)
    + [agent.humanInvolvement.value ?? ""]
  return texts.contains { $0.contains(where: \.isNumber) }
}

/// Whether the agent's format would show where people are asked, if they were.
private func showsPeople(_ agent: AutomationSystem) -> Bool {
  let technology = nameKey(agent.technology.value ?? "")
  return agent.sources.contains { $0.provenance == .imported }
    && agent.unknowns.isEmpty
    && ["copilotstudio", "crewai", "agentforce", "servicenow"].contains {
      technology.contains($0)
    }
}

private func finding(_ technology: String, _ agents: [AutomationSystem]) -> Finding {
  let live = agents.filter { $0.isSwitchedOn }
  return Finding(
    check: AuditCheck.escalationPath.id, live.isEmpty ? .low : .medium,
    "\(listText(agents.map(\.name), limit: 4)) (\(technology)) "
      + "\(agents.count == 1 ? "escalates" : "escalate") to nobody",
    subjects: [], others: agents.map(\.reference), topic: nameKey(technology),
    evidence: agents.flatMap { agent in
      let stated = agent.humanInvolvement.facts.prefix(1).map(\.evidence)
      return stated.isEmpty ? Array(agent.sources.sorted().prefix(1)) : stated
    },
    why:
      "Of \(counted(agents.count, "agent")) human involvement is stated to be none, or their format "
      + "would show an escalation, a question to a person or a guardrail, and shows none; nor does what "
      + "calls them. \(live.count) in production or switched on: \(live.isEmpty ? "low" : "medium").",
    remedy:
      "Write down for \(agents[0].name) which cases it must hand over, from which figure on, and "
      + "to which team, and build that way out.")
}
