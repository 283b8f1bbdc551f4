import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let maturity = Assessment(
    id: "maturity", title: "Ladder of maturity",
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
    id: "maturity", title: "Maturity of the orchestration",
    formula:
      "Five motions, each resting on the one before it. A motion holds where it is answered with yes "
      + "(policy key maturity). The first one also follows from files: it holds where an orchestrator or workflow "
      + "in use calls every agent in use, in part where it calls some. Level = number of motions from "
      + "the first on that hold without a gap, 0 to 5. A motion of which nothing is known ends the ladder "
      + "as not known, so that the level is then a lower bound."
  ) { context in
    let answers = Dictionary(
      context.policy.maturity.map { ($0.motion, $0) }, uniquingKeysWith: { first, _ in first })
    let layer = controlLayer(context)
    var level = 0
    var isOpen = true
    var firstUnknown: MaturityMotion?
    var rows: [AssessmentTable.Row] = []
    for (index, motion) in MaturityMotion.allCases.enumerated() {
      let answer = answers[motion]
      let fromFiles = motion == .controlLayer ? layer : nil
      let known = [fromFiles?.share, answer?.answer.level].compactMap { $0 }.min()
      if isOpen {
        if known == 1 {
          level = index + 1
        } else {
          isOpen = false
          if known == nil { firstUnknown = motion }
        }
      }
      let basis = [
        fromFiles.map { "files: \($0.basis)" }, answer.map { "answered: \($0.answer.rawValue)" },
      ]
      .compactMap { $0 }
      rows.append(
        AssessmentTable.Row(
          [
            .number(Double(index + 1)), .text(motion.rawValue),
            known.map { .share($0) } ?? .unknown("ask: \(motion.question)"),
            .text(basis.isEmpty ? "no file can say it" : basis.joined(separator: "; ")),
          ],
          evidence: (fromFiles?.evidence ?? [])
            + (answer.map { [Evidence(.declared, $0.location)] } ?? [])))
    }
    let bound = firstUnknown.map { "; whether it is more is not known: \($0.question)" } ?? ""
    return AssessmentTable(
      summary: "Level \(level) of 5\(bound)",
      columns: [
        .init("Step", "Its place on the ladder."), .init("Motion", "What matures."),
        .init("Holds", "1 where it holds, less where only in part."),
        .init("Basis", "What that rests on."),
      ], rows: rows,
      notes: firstUnknown == nil
        ? [] : ["The level is a lower bound. Answer the rest under maturity in the policy file."])
  }
}

/// Which share of the agents in use an orchestrator or workflow in use calls; `nil` without agents.
private func controlLayer(
  _ context: AuditContext
) -> (share: Double, basis: String, evidence: [Evidence])? {
  var called = 0
  var count = 0
  var evidence: [Evidence] = []
  for (index, system) in context.estate.systems.enumerated()
  where system.isAlive && system.kind.value == .agent {
    count += 1
    guard let node = context.node(ofSystem: index) else { continue }
    let calls = context.graph.edges(to: node).filter { edge in
      guard [.invokes, .triggers, .governs].contains(edge.kind), context.isAlive(edge.source),
        let kind = context.system(at: edge.source)?.kind.value
      else { return false }
      return kind == .orchestrator || kind == .workflow
    }
    if calls.isEmpty { continue }
    called += 1
    if evidence.count < 4 { evidence += calls.flatMap(\.evidence).prefix(1) }
  }
  guard count > 0 else { return nil }
  return (
    Double(called) / Double(count),
    "an orchestrator or workflow calls \(called) of \(counted(count, "agent")) in use", evidence
  )
}
