import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let maturitySigns = Assessment(
    id: "maturity-signs", title: "Signs of maturity in the files",
    formula:
      "Five rungs (From Agent Sprawl to Compounding Value), each reached where half or more of what it "
      + "counts is seen; the level is the number of rungs reached from below without a gap, 0–5. 1 control layer: "
      + "agents that something orders. 2 log the why: workflows with agents, and agents, that write a trace or "
      + "explain themselves. 3 learn coordination: workflows whose failures and volume are both known. 4 governance as "
      + "feedback: agents that a guardrail binds, something governs, or a person checks. 5 accelerating "
      + "returns: tool operations of agents that another automation uses, too."
  ) { context in
    let view = OrchestrationView(context)
    let agents = view.agents.map(view.parts)
    let flows = view.workflows.map(view.parts)
    let orchestrated = view.orchestrated
    let ordered = agents.count { $0.node.map(orchestrated.contains) ?? false }
    let actors =
      agents + flows.filter { $0.system.kind.value != .agent && !view.agents(calledBy: $0).isEmpty }
    let logging = actors.count { parts in
      OrchestrationSigns(parts, view, context).has(.visibility, 0)
        || says(
          parts.system.purpose.value ?? "",
          ["explain", "explains", "reason", "reasons", "rationale"])
    }
    let measured = flows.count { $0.system.failureRate.isKnown && $0.system.volume.isKnown }
    let governed = agents.count { parts in
      let signs = OrchestrationSigns(parts, view, context)
      return signs.has(.policy, 0) || signs.has(.policy, 1)
    }
    var users: [String: Set<Int>] = [:]
    var ofAgents: Set<String> = []
    for edge in context.graph.edges {
      let target = context.graph.nodes[edge.target]
      guard let action = edge.action, target.kind == .application, !isModelService(target.name),
        context.isAlive(edge.source)
      else { continue }
      let tool = "\(edge.target) \(nameKey(action))"
      users[tool, default: []].insert(edge.source)
      if context.graph.nodes[edge.source].systemKind == .agent { ofAgents.insert(tool) }
    }
    let reused = ofAgents.count { (users[$0]?.count ?? 0) > 1 }
    let rungs: [(name: String, part: Int, whole: Int, of: String, places: [Evidence])] = [
      (
        "control layer", ordered, agents.count, "agents that something orders",
        agents.flatMap(\.evidence)
      ),
      (
        "log the why", logging, actors.count,
        "agents and their workflows that leave a trace or explain", actors.flatMap(\.evidence)
      ),
      (
        "learn coordination", measured, flows.count, "workflows with known failures and volume",
        flows.flatMap(\.evidence)
      ),
      (
        "governance as feedback", governed, agents.count, "agents bound by a guardrail or checked",
        agents.flatMap(\.evidence)
      ),
      (
        "accelerating returns", reused, ofAgents.count,
        "tool operations of agents that others use, too", []
      ),
    ]
    func isReached(_ part: Int, _ whole: Int) -> Bool { whole > 0 && 2 * part >= whole }
    let level = rungs.prefix { isReached($0.part, $0.whole) }.count
    return AssessmentTable(
      summary: agents.isEmpty
        ? "No agent is in the inventory; the ladder is about agents."
        : "Level \(level) of 5, as far as files show.",
      columns: [
        .init("Rung", "What an organisation has learnt."),
        .init("Share", "How much of it is seen."),
        .init("Reached", "Whether it is half or more."), .init("Evidence", "What was counted."),
      ],
      rows: rungs.enumerated().map { place, rung in
        AssessmentTable.Row(
          [
            .text("\(place + 1) \(rung.name)"),
            .share(rung.part, of: rung.whole, "there are no \(rung.of)"),
            rung.whole == 0
              ? .unknown("nothing to count")
              : .text(isReached(rung.part, rung.whole) ? "yes" : "no"),
            .text("\(rung.part) of \(rung.whole) \(rung.of)"),
          ], evidence: Array(rung.places.prefix(4)))
      },
      notes: ["What no file shows may be there; the level is a lower bound."])
  }
}
