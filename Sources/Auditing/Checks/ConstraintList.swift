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
    var found: [String: AgentsWithoutLimits] = [:]
    var silent = 0
    for agent in context.agents where agent.purpose.isKnown {
      let guardrails = governance.guardrails(of: agent)
      let product = agent.technology.value ?? "unknown"
      guard showsGuardrails(agent) else {
        if guardrails.isEmpty { silent += 1 }
        continue
      }
      if guardrails.isEmpty { found[product, default: AgentsWithoutLimits()].add(agent, context) }
    }
    outcome.findings = found.sorted { $0.key < $1.key }.map { finding($0.key, $0.value) }
    if silent > 0 {
      outcome.remarks.append(
        "Of \(counted(silent, "agent")) with a known objective the format does not show whether they "
          + "have guardrails.")
    }
    return outcome
  }
}

/// Agents of one product in whose files the place for guardrails is empty.
private struct AgentsWithoutLimits {
  /// Those with something to act with, or by whose answers others go.
  var acting: [(agent: AutomationSystem, consequence: Consequence, goesOn: String?)] = []
  /// Those that can do no more than answer, as far as their files show.
  var answering: [AutomationSystem] = []

  mutating func add(_ agent: AutomationSystem, _ context: AuditContext) {
    let consequence = context.consequence(of: agent)
    let caller = callerThatGoesOn(agent, context)
    if let worst = consequence.worst, worst < .reads {
      acting.append((agent, consequence, caller))
    } else if let caller {
      acting.append((agent, consequence, caller))
    } else {
      answering.append(agent)
    }
  }

  /// Those that act, the gravest first.
  var inOrder: [(agent: AutomationSystem, consequence: Consequence, goesOn: String?)] {
    acting.sorted { a, b in
      if a.consequence.rank != b.consequence.rank {
        return a.consequence.rank.lexicographicallyPrecedes(b.consequence.rank)
      }
      return a.agent.key < b.agent.key
    }
  }
}

/// What calls an agent and does something else besides, which may go by what the agent says; `nil` where nothing does.
private func callerThatGoesOn(_ agent: AutomationSystem, _ context: AuditContext) -> String? {
  guard let node = context.node(ofSystemNamed: agent.name) else { return nil }
  for edge in context.graph.edges(to: node)
  where edge.kind == .invokes && edge.source != node && context.isAlive(edge.source) {
    let acts = context.graph.edges(from: edge.source).contains {
      $0.target != node && $0.kind != .reads
    }
    if acts { return context.graph.nodes[edge.source].name }
  }
  return nil
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

private func finding(_ technology: String, _ found: AgentsWithoutLimits) -> Finding {
  let acting = found.inOrder
  let onlyAnswer = acting.isEmpty
  let agents = onlyAnswer ? found.answering : acting.map(\.agent)
  let has = agents.count == 1 ? "has" : "have"
  let title =
    "an objective" + (onlyAnswer ? ", no guardrail and nothing to act with" : " and no guardrail")
  return Finding(
    check: AuditCheck.constraintList.id, onlyAnswer ? .info : .low,
    "\(listText(agents.map(\.name), limit: 4)) (\(technology)) \(has) \(title)",
    subjects: [], others: agents.map(\.reference), topic: nameKey(technology),
    evidence: evidence(acting, agents: agents),
    why: why(acting, found, onlyAnswer: onlyAnswer),
    remedy: remedy(acting, found))
}

private func evidence(
  _ acting: [(agent: AutomationSystem, consequence: Consequence, goesOn: String?)],
  agents: [AutomationSystem]
) -> [Evidence] {
  var places = agents.flatMap { agent in
    // Where its own file says it, rather than what a register says of it.
    let said = agent.purpose.facts.map(\.evidence)
    let own = said.filter { $0.provenance == .imported || $0.provenance == .inferred }
    return (own.isEmpty ? said : own).prefix(1)
  }
  // What makes the first ones the first.
  for entry in acting.prefix(shownFirst) {
    guard let worst = entry.consequence.worst, worst <= .calls,
      let act = entry.consequence.acts[worst]
    else { continue }
    for var place in act.evidence.prefix(1) {
      place.note = "\(worst.verb): \(act.name)"
      places.append(place)
    }
  }
  return places
}

/// Agents that a remedy names.
private let shownFirst = 3

private func why(
  _ acting: [(agent: AutomationSystem, consequence: Consequence, goesOn: String?)],
  _ found: AgentsWithoutLimits, onlyAnswer: Bool
) -> String {
  var sentences: [String] = []
  if !acting.isEmpty {
    let callers = acting.compactMap { entry -> String? in
      guard let caller = entry.goesOn, entry.consequence.worst.map({ $0 >= .reads }) ?? true else {
        return nil
      }
      return "\(entry.agent.name) in \(caller)"
    }
    sentences.append(
      "Of \(counted(acting.count, "agent")) an objective is known, and the place that the format has for "
        + "guardrails is empty. They have a tool, a call or a message of their own"
        + (callers.isEmpty
          ? "."
          : ", or what calls them does more besides and may go by what they say (\(listText(callers, limit: 3))).")
    )
  }
  if !found.answering.isEmpty {
    let names = listText(found.answering.map(\.name), limit: 5)
    sentences.append(
      (onlyAnswer
        ? "Of \(counted(found.answering.count, "agent")) an objective is known, and the place that the format has "
          + "for guardrails is empty; as far as their files show"
        : "\(counted(found.answering.count, "more has", "more have")) none either (\(names)), but as far as files "
          + "show")
        + " \(found.answering.count == 1 ? "it can" : "they can") only answer: no tool, no write, no message, "
        + "and nothing that goes on by what \(found.answering.count == 1 ? "it says" : "they say")."
    )
  }
  sentences.append(
    "Limits may stand in the prose of instructions, which is not interpreted: low"
      + (onlyAnswer ? ", and information only where nothing can be acted with." : "."))
  return sentences.joined(separator: " ")
}

private func remedy(
  _ acting: [(agent: AutomationSystem, consequence: Consequence, goesOn: String?)],
  _ found: AgentsWithoutLimits
) -> String {
  guard let first = acting.first else {
    return
      "Write down what \(found.answering.count == 1 ? "it" : "each") must not do before it gets a tool."
  }
  // Only what changes, sends or calls something is worth beginning with.
  let named = acting.filter { entry in
    guard let worst = entry.consequence.worst else { return false }
    return worst <= .calls
  }
  let some = named.prefix(shownFirst).map { "\($0.agent.name) (\($0.consequence.said))" }
  return
    "Write down for \(acting.count == 1 ? "it" : "each") what it must not do to reach its objective, and check "
    + "each item outside the model"
    + (acting.count == 1
      ? ": \(first.agent.name) (“\(short(first.agent.purpose.value ?? ""))”)."
      : some.isEmpty
        ? "."
        : "; begin with what weighs most by its name: \(listText(some, limit: shownFirst)).")
}

private func short(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  return line.count > 80 ? line.prefix(79) + "…" : line
}
