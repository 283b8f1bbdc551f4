import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  /// From looking at data to acting, and how much of that somebody controls.
  ///
  /// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together*.
  static let dataToAction = Assessment(
    id: "data-to-action", title: "From data to action, and who controls it",
    formula:
      "Of the connections of an automation in use that people do not carry: looking = it reads; acting = it "
      + "writes, calls or starts something. Acts under control = acting connections of automations at which "
      + "somebody may say no (approval, review, exception, guardrail, escalation, stated involvement) / acting "
      + "connections of automations of which that is known. Not known: files neither show their steps nor say "
      + "whether people are involved."
  ) { context in
    let governance = context.governance
    var rows: [(acts: Int, row: AssessmentTable.Row)] = []
    var (looks, acts, controlled, unknown) = (0, 0, 0, 0)
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      guard let node = context.node(ofSystem: index) else { continue }
      let edges = context.graph.edges(from: node).filter { !$0.isHuman && $0.kind != .governs }
      let acting = edges.filter { $0.kind != .reads }
      guard !edges.isEmpty else { continue }
      let saying = governance.supervision(of: system, context)
      let isKnown =
        !saying.isEmpty || context.hasSteps(system) || governance.worksAlone(system) != nil
      looks += edges.count - acting.count
      acts += acting.count
      if !isKnown { unknown += acting.count } else if !saying.isEmpty { controlled += acting.count }
      let control: AssessmentTable.Cell =
        acting.isEmpty
        ? .text("–")
        : isKnown
          ? .text(saying.isEmpty ? "no" : "yes")
          : .unknown("no file shows its steps or says whether people are involved")
      var evidence = saying
      if let first = acting.first { evidence = first.evidence + evidence }
      rows.append(
        (
          acting.count,
          AssessmentTable.Row(
            [
              .text(system.name), .number(Double(edges.count - acting.count)),
              .number(Double(acting.count)), .share(Double(acting.count) / Double(edges.count)),
              control,
            ], evidence: Array(evidence.prefix(4)))
        ))
    }
    let order = rows.indices.sorted { (-rows[$0].acts, $0) < (-rows[$1].acts, $1) }
    let known = acts - unknown
    let total = AssessmentTable.Row([
      .text("all automations"), .number(Double(looks)), .number(Double(acts)),
      looks + acts == 0
        ? .unknown("no connection is known") : .share(Double(acts) / Double(looks + acts)),
      known == 0
        ? .unknown("of no acting connection it is known")
        : .share(Double(controlled) / Double(known)),
    ])
    let open: [String] =
      unknown == 0
      ? []
      : [
        "Of \(counted(unknown, "acting connection")) it is not known whether anybody may say no; they are in "
          + "no share."
      ]
    return AssessmentTable(
      summary: looks + acts == 0
        ? "No connection of an automation is known."
        : "\(acts) of \(counted(looks + acts, "connection")) act (\(percentText(acts, of: looks + acts)))"
          + (known == 0
            ? "; who controls them is not known."
            : ", and of those of which it is known \(percentText(controlled, of: known)) are under control."),
      columns: [
        .init("Automation", "The automation."),
        .init("Looks", unit: "connections", "Connections over which it only reads."),
        .init("Acts", unit: "connections", "Connections over which it writes, calls or starts."),
        .init("Acting", "Acting connections / all of them."),
        .init(
          "Under control",
          "Whether somebody may say no to what it does; in all, the share of acting connections."),
      ], rows: rows.isEmpty ? [] : [total] + order.map { rows[$0].row }, notes: open)
  }
}
