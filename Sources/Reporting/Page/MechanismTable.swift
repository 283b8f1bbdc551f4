import Experiments

/// What mechanisms did, variant by variant; no rows where they did nothing.
func mechanismTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  ReportTable(
    "mechanisms", title: "What mechanisms did",
    columns: [
      .text("event", "What happened", "What happened."),
      .text("mechanism", "Mechanism", "The mechanism that made it happen."),
      .text("variant", "Variant", "The variant."),
      .interval("per_hundred", "Per 100 cases", unit: "", "How often per hundred cases."),
      .interval(
        "work_per_hundred", "Human work per 100 cases", unit: nil,
        "Human work that it took, per hundred cases."),
      .interval(
        "cost_per_case", "Cost of a case", unit: reading.study.currency,
        "What it cost, per case that arrived."),
    ],
    rows: reading.study.mechanismRows.map { row in
      ReportTable.Row([
        .text(row.result.title), .text(row.result.mechanism), palette.label(row.variant),
        .figure(FigureText(row.result.perHundred, unit: "")),
        .figure(FigureText(row.result.minutesPerHundred, unit: "min")),
        .figure(FigureText(row.result.costPerCase, unit: reading.study.currency)),
      ])
    })
}

extension VariantPalette {
  /// The cell that names a variant by its position.
  func label(_ variant: Int) -> ReportTable.Cell {
    .label(titles[variant], colour: colours[variant])
  }

  /// The cell that names a variant by its name.
  func label(_ variant: String) -> ReportTable.Cell {
    .label(title(of: variant), colour: colour(of: variant))
  }
}

extension StudyResult {
  /// What mechanisms did, event by event, and for each the variants by their position.
  var mechanismRows: [(variant: Int, result: MechanismResult)] {
    var events: [String] = []
    for result in variants.flatMap(\.mechanisms) where !events.contains(result.event) {
      events.append(result.event)
    }
    return events.flatMap { event in
      variants.enumerated().flatMap { index, variant in
        variant.mechanisms.filter { $0.event == event }.map { (index, $0) }
      }
    }
  }
}
