import Experiments

/// What mechanisms did, variant by variant; nothing where they did nothing.
func mechanismTable(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  let rows = reading.study.mechanismRows.map { row -> (cells: [Cell], isChosen: Bool) in
    (
      [
        .head("\(row.result.title)"), .text("\(row.result.mechanism)"),
        .text(swatch(palette.colours[row.variant]) + "\(palette.titles[row.variant])"),
        .figure(FigureText(row.result.perHundred, unit: "")),
        .figure(FigureText(row.result.minutesPerHundred, unit: "min")),
        .figure(FigureText(row.result.costPerCase, unit: reading.study.currency)),
      ], false
    )
  }
  guard !rows.isEmpty else { return .none }
  return tableMarkup(
    heads: [
      .head("What happened"), .head("Mechanism"), .head("Variant"), .number("Per 100 cases"),
      .number("Human work per 100 cases"), .number("Cost of a case"),
    ], rows: rows)
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
