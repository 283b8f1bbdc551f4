import Facts
import Inventory
import ProcessModel

extension Assessment {
  static let decisionLogic = Assessment(
    id: "decision-logic", title: "Decision logic, table by table",
    formula: "Analysed = tests understood / tests. Coverage = combinations of values between the "
      + "bounds that a table mentions (or that its file allows) which some rule matches or may match / "
      + "all of them. Overlaps, shadowed rules and gaps as in the check decision-table-flaws."
  ) { context in
    let reviews = context.tables.reviews
    let rows = reviews.sorted { a, b in
      let (x, y) = (a.decision.table, b.decision.table)
      return (-x.rules.count, a.decision.system, x.name, x.location.path)
        < (-y.rules.count, b.decision.system, y.name, y.location.path)
    }.map(row)
    let rules = reviews.reduce(0) { $0 + $1.decision.table.rules.count }
    let cells = reviews.reduce(0) { $0 + $1.cellCount }
    let opaque = reviews.reduce(0) { $0 + $1.opaque.count }
    let unread = RuleStock.all(context).reduce(0) { $0 + $1.rules - $1.inTables }
    var notes: [String] = []
    if opaque > 0 {
      let texts = reviews.flatMap { review in
        review.opaque.map { test in
          let location = review.decision.table.rules[test.rule].location.description
          return "`\(test.text.prefix(60))` (\(location))"
        }
      }
      notes.append("Not analysed, as written: \(listText(texts, limit: 20)).")
    }
    if unread > 0 {
      notes.append(
        "Not in any table, and so not in this one: \(counted(unread, "rule")) whose conditions go beyond "
          + "comparisons of fields.")
    }
    notes.append("How fast rules grow is not in one import; compare two with `--baseline`.")
    return AssessmentTable(
      summary: reviews.isEmpty
        ? "No decision table was imported, so that nothing is known of decision logic."
        : "\(counted(reviews.count, "table")) with \(counted(rules, "rule")); "
          + "\(numberText(Double(cells - opaque))) of \(counted(cells, "test")) are analysed.",
      columns: columns, rows: rows, notes: notes)
  }

  private static let columns: [AssessmentTable.Column] = [
    .init("System", "System that decides by the table."),
    .init("Table", "Name of the table."),
    .init("Hit policy", "How many rules may match, and which of them counts."),
    .init("Rules", "Rules of the table."),
    .init("Inputs", "Input columns."),
    .init("Analysed", "Share of the tests that are understood."),
    .init("Not analysed", "Tests that are not understood, and of which nothing is concluded."),
    .init(
      "Overlaps", "Pairs of rules that match one case against the hit policy, whatever they say."),
    .init("Duplicates", "Pairs of rules that ask and say the same."),
    .init("Never count", "Rules that others always come before, or that no case can match."),
    .init("Gaps", "Combinations of expected values that no rule matches."),
    .init("Coverage", "Share of the combinations of expected values that rules match."),
  ]

  private static func row(_ review: TableReview) -> AssessmentTable.Row {
    let table = review.decision.table
    func count(_ kinds: [TableFlaw.Kind], _ end: TableReview.OpenEnd) -> AssessmentTable.Cell {
      if review.openEnds.contains(end) { return .unknown("too large to be searched to the end") }
      return .number(
        review.flaws.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.count })
    }
    let collects = ![.unique, .any, .first, .priority].contains(table.hitPolicy)
    let hasDefault = table.outputs.contains { $0.defaultOutput != nil }
    let noGaps: String? =
      collects
      ? "a collecting table may give no answer"
      : hasDefault ? "a default output covers the rest" : nil
    return AssessmentTable.Row(
      [
        .text(review.decision.system), .text(table.name),
        .text(table.actsInTurn == true ? "all matching rules act" : table.hitPolicy.rawValue),
        .number(Double(table.rules.count)), .number(Double(table.inputs.count)),
        review.cellCount == 0
          ? .unknown("no tests")
          : .share(Double(review.cellCount - review.opaque.count) / Double(review.cellCount)),
        .number(Double(review.opaque.count)),
        count([.contradiction, .undecided, .overlap, .duplicate], .overlaps),
        count([.duplicate], .overlaps), count([.shadowed, .impossible], .shadows),
        noGaps.map { .unknown($0) } ?? count([.gap], .gaps),
        noGaps.map { .unknown($0) }
          ?? review.coverage.map { .share($0) } ?? .unknown("not computed"),
      ], evidence: [Evidence(.imported, table.location)])
  }
}
