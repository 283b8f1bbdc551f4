import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let constraintList = AuditCheck(
    id: "constraint-list", summary: "Agents with an objective and no list of what they must not do",
    matters: "A narrow objective without limits is reached by whatever means are at hand."
  ) { context in
    let governance = context.governance
    var outcome = Outcome()
    var lacking: [String: [AutomationSystem]] = [:]
    var silent = 0
    for agent in context.agents
    where agent.purpose.isKnown && governance.guardrails(of: agent).isEmpty {
      if showsGuardrails(agent) {
        lacking[agent.technology.value ?? "unknown", default: []].append(agent)
      } else {
        silent += 1
      }
    }
    outcome.findings = lacking.sorted { $0.key < $1.key }.map { product, agents in
      // Who changes or calls most can do most harm.
      let acts = agents.map { agent in
        context.node(ofSystemNamed: agent.name).map { node in
          context.graph.edges(from: node).count { $0.kind == .writes || $0.kind == .invokes }
        } ?? 0
      }
      let order = agents.indices.sorted {
        (acts[$1], agents[$0].name) < (acts[$0], agents[$1].name)
      }
      return finding(product, order.map { agents[$0] })
    }
    if silent > 0 {
      outcome.remarks.append(
        "Of \(counted(silent, "agent")) with a known objective the format does not show whether they "
          + "have guardrails.")
    }
    return outcome
  }
}

/// Whether the agent's format has a place for guardrails that the import reads.
private func showsGuardrails(_ agent: AutomationSystem) -> Bool {
  let technology = nameKey(agent.technology.value ?? "")
  // An agent of UiPath is described in its own file; elsewhere it is only spoken of.
  let isDescribed = agent.sources.contains {
    $0.provenance == .imported
      && (!technology.contains("uipath") || $0.location.path.hasSuffix("/agent.json"))
  }
  return isDescribed
    && ["crewai", "uipathagents", "watsonxorchestrate", "servicenow"].contains {
      technology.contains($0)
    }
}

private func finding(_ technology: String, _ agents: [AutomationSystem]) -> Finding {
  Finding(
    check: AuditCheck.constraintList.id, .low,
    "\(listText(agents.map(\.name), limit: 4)) (\(technology)) "
      + "\(agents.count == 1 ? "has" : "have") an objective and no guardrail",
    subjects: [], others: agents.map(\.reference), topic: nameKey(technology),
    evidence: agents.flatMap { agent in
      // Where its own file says it, rather than what a register says of it.
      let said = agent.purpose.facts.map(\.evidence)
      let own = said.filter { $0.provenance == .imported || $0.provenance == .inferred }
      return (own.isEmpty ? said : own).prefix(1)
    },
    why:
      "Of \(counted(agents.count, "agent")) an objective is known, and their format has a place for "
      + "guardrails that is empty. Limits may stand in the prose of their instructions, which is not "
      + "interpreted: low.",
    remedy:
      "Write down for \(agents.count == 1 ? "it" : "each") what it must not do to reach its objective, and check "
      + "each item outside the model; "
      + (agents.count == 1 ? "" : "begin with those that call or change most, ")
      + "\(agents[0].name) (“\(short(agents[0].purpose.value ?? ""))”)"
      + (agents.count == 1 ? "." : ", then \(listText(agents.dropFirst().map(\.name), limit: 3))."))
}

private func short(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  return line.count > 80 ? line.prefix(79) + "…" : line
}
