import Experiments

/// When stages of rollouts are reached, variant by variant; no rows where none has one.
func rolloutTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  ReportTable(
    "rollout", title: "Rollout",
    caption:
      "Share of rehearsals that come to each stage, and the day from day 0 on which they do. "
      + "What is exhausted after a rollout was cancelled does not count as the variant's exhaustion.",
    columns: [
      .text("stage", "Stage", "Stage of the rollout, or its end."),
      .text("variant", "Variant", "The variant."),
      .interval("reached", "Reached", unit: "%", "Share of rehearsals that come to the stage."),
      .number(
        "day_median", "Day, median", unit: "days",
        "Calendar days from day 0 until then, median of the rehearsals that come to it."),
      .number("day_10", "Day, 10 % of them", unit: "days", "10 % quantile of the same."),
      .number("day_90", "Day, 90 % of them", unit: "days", "90 % quantile of the same."),
    ],
    rows: reading.study.rolloutRows.map { row in
      let range = row.step.day80.flatMap { $0.count == 2 ? $0 : nil }
      return ReportTable.Row([
        .text(row.step.name), palette.label(row.variant), .figure(FigureText(row.step.reached)),
        .number(row.step.medianDay, to: 0), .number(range?[0], to: 0), .number(range?[1], to: 0),
      ])
    })
}
