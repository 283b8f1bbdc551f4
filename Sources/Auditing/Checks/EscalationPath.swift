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
    for agent in context.agents + teams(governance, context) {
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

/// Group chats and other orchestrators of agents of which it is stated that nobody steps in: they decide who speaks next
/// and when to end.
private func teams(
  _ governance: GovernanceFacts, _ context: AuditContext
) -> [AutomationSystem] {
  context.estate.systems.filter {
    $0.isAlive && $0.kind.value == .orchestrator && governance.worksAlone($0) == true
  }
}

/// Whether the agent, what runs it or a member of its team gives cases to people.
private func hasWayOut(
  _ agent: AutomationSystem, _ governance: GovernanceFacts, _ context: AuditContext
) -> Bool {
  if agent.kind.value == .orchestrator, let node = context.node(ofSystemNamed: agent.name) {
    let members = context.graph.edges(from: node).filter { $0.kind == .invokes }
      .compactMap { context.system(at: $0.target) }
    let asks = members.contains { member in
      !governance.supervision(of: member, context).isEmpty
        || !context.touchPoints(ofSystemNamed: member.name).isEmpty
    }
    if asks { return true }
  }
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
  let chats = agents.count { $0.kind.value == .orchestrator }
  let chatText =
    chats == 0
    ? ""
    : " (\(counted(chats, "of them orders the others, as a group chat does", "of them order others, as group chats do")))"
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
      "Of \(counted(agents.count, "agent"))\(chatText) human involvement is stated to be none, or their format "
      + "would show an escalation, a question to a person or a guardrail, and shows none; nor does what "
      + "calls them. \(live.count) in production or switched on: \(live.isEmpty ? "low" : "medium").",
    remedy:
      "Write down for \(agents.count == 1 ? agents[0].name : "each") which cases it must hand over, from which "
      + "figure on, and to which team, and build that way out"
      + (0 < chats && chats < agents.count
        ? "; begin with those that order others, which decide who speaks and when to end: "
          + "\(listText(agents.filter { $0.kind.value == .orchestrator }.map(\.name), limit: 3))."
        : "."))
}
