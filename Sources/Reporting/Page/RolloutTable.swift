import Experiments

/// When stages of rollouts are reached, variant by variant; nothing where none has one.
func rolloutTable(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  let rows = reading.study.rolloutRows.map { row -> (cells: [Cell], isChosen: Bool) in
    (
      [
        .head("\(row.step.name)"),
        .text(swatch(palette.colours[row.variant]) + "\(palette.titles[row.variant])"),
        .figure(FigureText(row.step.reached)), .number("\(row.day)"), .number("\(row.range)"),
      ], false
    )
  }
  guard !rows.isEmpty else { return .none }
  return element(
    "p", ["class": "quiet"],
    "Share of rehearsals that come to each stage, and the day from day 0 on which they do. What is "
      + "exhausted after a rollout was cancelled does not count as the variant's exhaustion.")
    + tableMarkup(
      heads: [
        .head("Stage"), .head("Variant"), .number("Reached"), .number("Day, median"),
        .number("Day, 80 % of them"),
      ], rows: rows)
}
