import Experiments

/// What factors do alone and together; no rows where the study is no factorial design.
func factorialTable(_ reading: StudyReading) -> ReportTable {
  let rows = FactorialRows(reading.study)
  return ReportTable(
    "factors", title: "Alone and together", caption: FactorialRows.explanation,
    columns: [.text("effect", "Effect of", "The factor, or the factors together.")]
      + rows.heads.map { head in
        .interval(
          identifier(head).replacing("-20-", with: "_"), head, unit: nil,
          "Effect on this figure, mean over rehearsals.")
      },
    rows: rows.rows.map { row in
      ReportTable.Row([.text(row.name)] + row.figures.map { .figure($0) })
    })
}
