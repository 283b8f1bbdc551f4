import Experiments

/// How the result of a comparison hangs on what the scenario calls uncertain; nothing where it calls
/// nothing so.
func ignoranceBlocks(_ report: StudyReport) -> [ReportDocument.Block] {
  guard let result = report.ignorance else { return [] }
  let frame = SweepFrame(
    title: report.title,
    variants: report.study.variants.map { SweepFrame.Variant(name: $0.name, title: $0.title) },
    baseline: report.study.baseline, workingDays: report.scenario.workingDays,
    provenance: report.provenance)
  let reading = UncertaintyReading(result: result, frame: frame)
  let cost = StudyMeasure.figure(.costPerCase)
  var blocks: [ReportDocument.Block] = [
    .paragraph("\(reading.answer). \(reading.advice)."),
    .remark(
      "This is ignorance, not noise: all other brackets of this report hold every value to be known. "
        + reading.facts.joined(separator: " ")),
  ]
  if let decision = reading.decision { blocks.append(.figure(decision)) }
  if let tornado = reading.tornado(of: cost) { blocks.append(.figure(tornado)) }
  let parts = [reading.components, reading.cheapest, inputsTable(result.inputs)]
  return blocks + parts.filter { !$0.rows.isEmpty }.flatMap { [.heading($0.title), .table($0)] }
}

extension UncertaintyReading {
  /// How often the favourite is the cheapest with each parameter low and high; `nil` where there is no
  /// choice, or too few sets.
  var decision: ChartFigure? {
    guard let decision = result.decision, let first = decision.inputs.first else { return nil }
    let favourite = palette.title(of: decision.variant)
    let ends = ["lower half", "upper half"]
    let colours = ["#0072B2", "#D55E00"]
    func number(_ field: String, _ title: String, _ meaning: String) -> ChartTable.Column {
      .init(field: field, title: title, unit: "%", meaning: meaning, form: .decimals(0))
    }
    let table = ChartTable(
      columns: [
        .init(field: "name", title: "Parameter", meaning: "What is not known."),
        .init(
          field: "series", title: "Sets in its",
          meaning: "Half of the sets in which the parameter is lower or higher."),
        number(
          "value", "Cheapest, %", "Share of those sets with which \(favourite) is the cheapest."),
        number("lower", "Lower end, %", "Lower end of its 95 % interval (Wilson)."),
        number("upper", "Upper end, %", "Upper end of its 95 % interval."),
      ],
      rows: decision.inputs.flatMap { input in
        zip(ends, [input.low, input.high]).map { end, share -> [ChartValue] in
          [
            .text(inputTitle(input.input)), .text(end), .number(100 * share.share),
            .number(100 * share.lower), .number(100 * share.upper),
          ]
        }
      })
    // Ends whose intervals overlap do not tell that the parameter decides anything.
    let told = first.low.upper < first.high.lower || first.high.upper < first.low.lower
    let title =
      told
      ? "Not knowing \(inputTitle(first.input)) moves the decision most: \(favourite) is the cheapest with "
        + "\(shareText(first.low.share)) of the sets where it is low, \(shareText(first.high.share)) where it is high"
      : "No parameter that is not known can be told to move the decision for \(favourite)"
    return ChartFigure(
      id: "decision", title: title,
      subtitle:
        "Ignorance, not noise: of \(countText(result.draws)) sets of what is not known, those in the lower and the "
        + "upper half of each parameter, and the share of them with which \(favourite) is the cheapest, with its 95 % "
        + "interval",
      description: title + ". Two intervals for each parameter.",
      panels: [
        .init(
          specification: IntervalChart(
            title: title, subtitle: "Share of sets with which \(favourite) is the cheapest",
            axis: "Cheapest, % of sets", names: decision.inputs.map { inputTitle($0.input) },
            series: ends, colours: colours, rows: table.values, domain: [0, 100]
          ).specification)
      ],
      key: zip(ends, colours).map { .init(label: $0, colour: $1, sign: .line) },
      keyIsNeeded: true, table: table)
  }
}
