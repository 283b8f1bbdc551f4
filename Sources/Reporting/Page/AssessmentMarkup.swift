package import Auditing
import Facts

/// Rows of a table that a page shows; workbook and JSON have all.
private let rowLimit = 200

/// Rows without being folded in.
private let openRows = 12

/// Links to the tables of computed figures, of which there are many.
func assessmentIndex(_ tables: [AssessmentTable]) -> Markup {
  guard tables.count > 3 else { return .none }
  return element(
    "nav", ["aria-label": "Computed figures"],
    element(
      "ul", [:],
      containing: tables.map {
        element("li", [:], element("a", ["href": "#assessment-\($0.id)"], "\($0.title)"))
      }))
}

/// A table of computed figures: what it says, the figures, what the columns mean, how it was computed.
package func assessmentMarkup(_ table: AssessmentTable) -> Markup {
  var markup = element("h3", ["id": "assessment-\(table.id)"], "\(table.title)")
  markup += element("p", [:], "\(table.summary)")
  markup += rowsMarkup(table)
  markup += table.notes.map { element("p", ["class": "notes"], "\($0)") }.joined()
  let meanings = table.columns.map { column in
    element("dt", [:], "\(headText(column))") + element("dd", [:], "\(column.meaning)")
  }
  markup += element(
    "details", ["class": "printed"],
    element("summary", [:], "What the columns mean, and how it was computed"),
    element("dl", ["class": "meanings"], containing: meanings),
    element("p", ["class": "notes"], "Formula. \(table.formula)"),
    element(
      "p", ["class": "small"],
      "Assessment ", element("code", [:], "\(table.id)"), evidenceNote(table)))
  return element("section", ["class": "assessment"], markup)
}

private func evidenceNote(_ table: AssessmentTable) -> Markup {
  let places = table.rows.reduce(0) { $0 + $1.evidence.count }
  return places == 0
    ? .none : "; \(plural(places, "place")) behind the rows are in the JSON report"
}

private func rowsMarkup(_ table: AssessmentTable) -> Markup {
  guard !table.rows.isEmpty else { return element("p", ["class": "quiet"], "No rows.") }
  let figures = table.columns.indices.map { holdsFigures(table, column: $0) }
  let heads = zip(table.columns, figures).map { column, isFigure in
    Cell(content: headMarkup(column), isNumber: isFigure)
  }
  func rows(_ rows: ArraySlice<AssessmentTable.Row>) -> Markup {
    tableMarkup(
      heads: heads,
      rows: rows.map { row in
        (
          cells: row.cells.enumerated().map { place, cell in
            cellMarkup(cell, isFirst: place == 0, isFigure: figures[place])
          }, isChosen: false
        )
      })
  }
  let shown = table.rows.prefix(rowLimit)
  var markup = rows(shown.prefix(shown.count <= openRows + 3 ? shown.count : openRows))
  let rest = shown.dropFirst(shown.count <= openRows + 3 ? shown.count : openRows)
  if !rest.isEmpty {
    markup += element(
      "details", ["class": "printed"],
      element("summary", [:], "and \(plural(rest.count, "other row"))"),
      rows(rest))
  }
  if table.rows.count > rowLimit {
    markup += element(
      "p", ["class": "notes"],
      "\(plural(table.rows.count - rowLimit, "row")) more are in the workbook and the JSON report.")
  }
  return markup
}

private func headMarkup(_ column: AssessmentTable.Column) -> Markup {
  guard let unit = column.unit else { return "\(column.name)" }
  return "\(column.name) " + element("span", ["class": "quiet"], "\(unit)")
}

/// A share as a bar, for the eye only: the number stands beside it.
///
/// A drawing, since pages of the workbench allow no styles of elements.
package func shareBar(_ share: Double, class name: String = "bar") -> Markup {
  let width = "\(numberText(100 * min(1, max(0, share)), decimals: 0))%"
  return element(
    "svg", ["class": name, "aria-hidden": "true"],
    element("rect", ["width": width, "height": "100%"]))
}

private func cellMarkup(_ cell: AssessmentTable.Cell, isFirst: Bool, isFigure: Bool) -> Cell {
  switch cell {
  case .text(let text):
    return isFirst ? .head("\(text)") : isFigure ? .number("\(text)") : .text("\(text)")
  case .number: return .number("\(cellText(cell))")
  case .share(let share):
    return .number(
      shareBar(share, class: "bar thin")
        + element("span", ["class": "percent"], "\(cellText(cell))"))
  case .unknown(let reason):
    let content: Markup =
      "unknown" + element("div", ["class": "small"], "\(reason)")
    return isFirst ? .head(content) : .text(content)
  }
}
