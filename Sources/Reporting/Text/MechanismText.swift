import Experiments

/// What mechanisms did, for a terminal; empty where no variant has any.
func mechanismText(_ study: StudyResult, style: TextStyle) -> String {
  let palette = VariantPalette(study)
  var table = TextTable(
    heads: ["what happened", "", "per 100 cases", "work per 100", "cost of a case"],
    numbers: [2, 3, 4])
  let rows = study.mechanismRows
  for row in rows {
    table.add([
      row.result.title, palette.titles[row.variant],
      FigureText(row.result.perHundred, unit: "").text,
      FigureText(row.result.minutesPerHundred, unit: "min").text,
      FigureText(row.result.costPerCase, unit: study.currency).text,
    ])
  }
  return rows.isEmpty ? "" : table.text(style) + "\n"
}
