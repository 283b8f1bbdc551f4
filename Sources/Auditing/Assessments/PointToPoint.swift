import IntegrationGraph

extension Assessment {
  static let pointToPoint = Assessment(
    id: "point-to-point", title: "Point-to-point links against a hub or a standard",
    formula:
      "Pairs of systems and applications joined by at least one link that people do not carry; n of "
      + "them can have n · (n − 1) ÷ 2. A pair is through a hub where one end is an orchestrator, by a "
      + "standard where all its links are MCP, A2A or queues, else point to point."
  ) { context in
    let graph = context.graph
    let count = graph.pointToPoint { context.isAlive($0) }
    let columns = [
      AssessmentTable.Column("Links", "How the pairs are joined."),
      AssessmentTable.Column("Pairs", unit: "pairs", "How many pairs are joined so."),
      AssessmentTable.Column("Share of linked pairs", "Their share of all pairs that are joined."),
      AssessmentTable.Column(
        "Share of possible pairs", "Their share of n · (n − 1) ÷ 2, orchestrators left out of n."),
    ]
    guard let share = count.share else {
      return AssessmentTable(
        summary: "No file tells of a link between two systems in use.", columns: columns, rows: [],
        notes: ["Whether there are none, or only none that a file shows, is not known."])
    }
    let all = count.direct.count + count.throughHub.count + count.byStandard.count
    func row(
      _ name: String, _ pairs: [PointToPointCount.Pair], _ possible: AssessmentTable.Cell
    ) -> AssessmentTable.Row {
      AssessmentTable.Row(
        [
          .text(name), .number(Double(pairs.count)),
          .share(Double(pairs.count) / Double(all)), possible,
        ],
        evidence: pairs.compactMap { $0.edges.first }.flatMap { graph.edges[$0].evidence.prefix(1) }
      )
    }
    let density: AssessmentTable.Cell =
      count.density.map { .share($0) } ?? .unknown("fewer than two systems without orchestrators")
    let n = count.members.count
    var notes = [
      "A further system that must reach all others would need \(n) point-to-point links, or one to a hub."
    ]
    if count.directOfUnknownChannel > 0 {
      notes.append(
        "Of \(counted(count.directOfUnknownChannel, "pair")) counted as point to point no file says by "
          + "what means they are joined; a standard may be among them.")
    }
    return AssessmentTable(
      summary:
        "\(count.direct.count) of \(all) linked pairs (\(percentText(share))) are joined point to point; "
        + "\(n) systems and applications can make \(count.possible) pairs.",
      columns: columns,
      rows: [
        row("Point to point", count.direct, density),
        row("Through a hub", count.throughHub, .unknown("pairs with a hub are not among the n")),
        row(
          "By a standard", count.byStandard,
          count.possible > 0
            ? .share(Double(count.byStandard.count) / Double(count.possible))
            : .unknown("fewer than two systems without orchestrators")),
      ], notes: notes)
  }
}
