import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let agentAwareness = Assessment(
    id: "agent-awareness", title: "What agents know of one another, and what they let others see",
    formula:
      "Shares memory: it reads another agent's result, or a data object or memory service that "
      + "another agent uses. Emits a trace: a connection to a service of traces or logs, or a step that "
      + "logs. Explains: its purpose, guardrails or tasks speak of reasons, sources or explanations "
      + "(inferred from words). Registered: a register or a person declares it."
  ) { context in
    let view = OrchestrationView(context)
    let nodes = view.agents.compactMap(context.node(ofSystem:))
    let hasRegister = context.estate.systems.contains(where: isDeclared)
    var users: [Int: Set<Int>] = [:]
    for node in nodes {
      for edge in context.graph.edges(from: node)
      where view.service(edge.target) == .memory || context.graph.nodes[edge.target].kind == .data {
        users[edge.target, default: []].insert(node)
      }
    }
    let isAgent = Set(nodes)
    var yes = [0, 0, 0, 0]
    let rows = view.agents.map { index in
      let parts = view.parts(index)
      let shares = parts.outgoing.first { edge in
        (users[edge.target]?.count ?? 0) > 1
          || (edge.kind == .reads && isAgent.contains(edge.target) && edge.target != edge.source)
      }
      let traces = OrchestrationSigns(parts, view, context).seen[.visibility].flatMap { $0[0] }
      let reasons = explanation(parts)
      let registered = isDeclared(parts.system)
      for (place, isYes) in [shares != nil, traces != nil, reasons != nil, registered].enumerated()
      where isYes { yes[place] += 1 }
      var evidence = parts.evidence
      if let place = shares?.evidence.first { evidence.append(place) }
      if let place = traces?.first { evidence.append(place) }
      if let place = reasons?.evidence { evidence.append(place) }
      let sharedWith = shares.map { context.graph.nodes[$0.target].name } ?? ""
      let explains: AssessmentTable.Cell =
        if let reasons {
          .text("yes, by its words: “\(reasons.text.prefix(60))”")
        } else { .unknown("no word of it in what its files say") }
      let entry: AssessmentTable.Cell =
        if registered {
          .text("yes")
        } else if hasRegister {
          .text("no, in no register that was read")
        } else { .unknown("no register was read") }
      let cells: [AssessmentTable.Cell] = [
        .text(parts.system.name), .seen(shares != nil, isShown: parts.isShown, sharedWith),
        .seen(traces != nil, isShown: parts.isShown), explains, entry,
      ]
      return AssessmentTable.Row(cells, evidence: evidence)
    }
    let count = view.agents.count
    return AssessmentTable(
      summary: count == 0
        ? "No agent is in the inventory."
        : "Of \(counted(count, "agent")) \(yes[0]) share memory, \(yes[1]) emit a trace, \(yes[2]) are said "
          + "to explain themselves and \(yes[3]) are registered.",
      columns: [
        .init("Agent", "The agent."),
        .init("Shares memory", "Whether it works on context that another agent has, too."),
        .init("Emits a trace", "Whether it writes where others can see what it did."),
        .init("Explains", "Whether it gives reasons or sources; inferred from words."),
        .init("Registered", "Whether somebody entered it in a register."),
      ], rows: rows,
      notes: ["“No” only says that the files that were read show none, where they would."])
  }
}

private func isDeclared(_ system: AutomationSystem) -> Bool {
  system.sources.contains { $0.provenance == .declared }
}

private func explanation(_ parts: SystemParts) -> (text: String, evidence: Evidence)? {
  let wanted = [
    "explain", "explains", "explained", "explanation", "reason", "reasons", "rationale", "justify",
    "justification", "cite", "cites", "citation", "sources", "source for every", "names a source",
  ]
  if let fact = parts.system.purpose.winner, says(fact.value, wanted) {
    return (fact.value, fact.evidence)
  }
  if let guardrail = parts.guardrails.first(where: { says($0.name, wanted) }) {
    return (guardrail.name, guardrail.evidence)
  }
  return parts.steps.first { says($0.name ?? $0.id, wanted) }.map {
    ($0.name ?? $0.id, $0.evidence)
  }
}
