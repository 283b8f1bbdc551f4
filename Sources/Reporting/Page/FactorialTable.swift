import Experiments

/// What factors do alone and together; nothing where the study is no factorial design.
func factorialTable(_ reading: StudyReading) -> Markup {
  let rows = FactorialRows(reading.study)
  guard !rows.rows.isEmpty else { return .none }
  return tableMarkup(
    heads: [.head("Effect of")] + rows.heads.map { .number("\($0)") },
    rows: rows.rows.map { row in
      (cells: [.head("\(row.name)")] + row.figures.map { .figure($0) }, isChosen: false)
    }, caption: "\(FactorialRows.explanation)")
}
