import Auditing

/// Rows of a table that a terminal shows; the other outputs have all.
private let rowLimit = 20

/// What the assessments say: a line each, or the tables with what their columns mean.
func assessmentsText(
  _ tables: [AssessmentTable], isFull: Bool, _ style: TextStyle
) -> String {
  guard !tables.isEmpty else { return "" }
  if isFull { return tables.map { tableText($0, style) }.joined() }
  var text = style.strong("Computed figures (tables: --full)") + "\n"
  for table in tables {
    text += wrapped("\(table.id): \(table.summary)", indent: "  ", next: "    ")
  }
  return text + "\n"
}

private func tableText(_ table: AssessmentTable, _ style: TextStyle) -> String {
  var text = style.strong(oneLine(table.title)) + style.quiet("  \(oneLine(table.id))") + "\n"
  text += wrapped(table.summary, indent: "  ")
  if !table.rows.isEmpty {
    var rows = TextTable(
      heads: table.columns.map { oneLine(headText($0)) },
      numbers: Set(table.columns.indices.filter { holdsFigures(table, column: $0) }))
    for row in table.rows.prefix(rowLimit) { rows.add(row.cells.map { clipped(cellText($0)) }) }
    text += rows.text(style)
  }
  if table.rows.count > rowLimit {
    let rest = plural(table.rows.count - rowLimit, "row")
    text += style.quiet("  … and \(rest) more: --format html, xlsx or json") + "\n"
  }
  func add(_ sentence: String) { text += wrapped(sentence, indent: "  ", next: "    ") }
  for (reason, count) in unknownReasons(table).prefix(8) {
    add("unknown in \(plural(count, "cell")): \(reason)")
  }
  for note in table.notes { add("note: \(note)") }
  for column in table.columns { add("\(column.name): \(column.meaning)") }
  add("formula: \(table.formula)")
  return text + "\n"
}

/// A cell as far as a terminal has room for it.
private func clipped(_ text: String) -> String {
  text.count > 48 ? text.prefix(47) + "…" : text
}
