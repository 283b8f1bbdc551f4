import Facts
import Inventory

extension Assessment {
  static let governanceBeforeScale = Assessment(
    id: "governance-before-scale", title: "Does governance grow as fast as agents?",
    formula:
      "An agent in use is governed where four things hold: a person answers for it, it is in a "
      + "register or the policy file, somebody supervises it (approval, guardrail, escalation), and it "
      + "leaves an audit trail (declared). Growth = agents that began in a year / those in use before it, "
      + "over agents whose day of beginning ('since') is declared."
  ) { context in
    let governance = context.governance
    let agents = context.agents
    func has(_ test: (AutomationSystem) -> Bool) -> Int { agents.count(where: test) }
    let tests: [(name: String, unknown: Int, test: (AutomationSystem) -> Bool)] = [
      (
        "a person answers", has { !$0.owner.isKnown },
        { governance.owner(of: $0) == .person }
      ),
      (
        "registered", 0,
        { agent in
          governance.declaration(of: agent.name) != nil
            || agent.sources.contains { $0.provenance == .declared || $0.provenance == .corrected }
        }
      ),
      (
        "supervised",
        has {
          governance.supervision(of: $0, context).isEmpty && governance.worksAlone($0) != true
        }, { !governance.supervision(of: $0, context).isEmpty }
      ),
      (
        "leaves a trail", has { governance.declaration(of: $0.name)?.auditTrail == nil },
        { governance.declaration(of: $0.name)?.auditTrail?.value.isEmpty == false }
      ),
    ]
    var rows = tests.map { item in
      AssessmentTable.Row([
        .text(item.name), .number(Double(has(item.test))),
        agents.isEmpty
          ? .unknown("there is no agent") : .share(Double(has(item.test)) / Double(agents.count)),
        .number(Double(item.unknown)),
      ])
    }
    let governed = has { agent in tests.allSatisfy { $0.test(agent) } }
    rows.append(
      .init([
        .text("all four: governed"), .number(Double(governed)),
        agents.isEmpty
          ? .unknown("there is no agent") : .share(Double(governed) / Double(agents.count)),
        .text(""),
      ]))
    let dated = agents.compactMap { agent -> (agent: AutomationSystem, since: Fact<CalendarDay>)? in
      governance.declaration(of: agent.name)?.since.map { (agent, $0) }
    }.sorted { ($0.since.value, $0.agent.key) < ($1.since.value, $1.agent.key) }
    var total = 0
    for (year, group) in Dictionary(grouping: dated, by: { $0.since.value.date.year })
      .sorted(by: { $0.key < $1.key })
    {
      let kept = group.count { item in tests.allSatisfy { $0.test(item.agent) } }
      let growth = total == 0 ? "the first" : "+\(percentText(group.count, of: total))"
      total += group.count
      rows.append(
        .init(
          [
            .text("began in \(year) (\(growth))"), .number(Double(group.count)),
            .share(Double(kept) / Double(group.count)), .number(0),
          ], evidence: group.map(\.since.evidence)))
    }
    return AssessmentTable(
      summary: agents.isEmpty
        ? "There is no agent in use."
        : "\(governed) of \(counted(agents.count, "agent")) in use are known to be governed in all four "
          + "respects (\(percentText(governed, of: agents.count))).",
      columns: [
        .init("respect", "What is asked, or the year of beginning."),
        .init(
          "agents", unit: "agents",
          "Agents in use of which it is known to hold, or that began then."),
        .init(
          "share", "Of all agents in use; for a year, the governed share of those that began then."),
        .init("unknown", unit: "agents", "Agents of which it is not known."),
      ], rows: rows,
      notes: (agents.isEmpty
        ? []
        : [
          "For comparison: in a survey 21 % of organisations called their governance of agents mature (the "
            + "survey's figure, by their own judgement; nothing here is computed from it)."
        ])
        + (dated.count == agents.count
          ? []
          : [
            "Of \(agents.count - dated.count) of \(counted(agents.count, "agent")) the day of beginning is not "
              + "known, so growth is that of the others; say 'since' in the policy file."
          ]))
  }
}
