/// A cell of a table in the page.
package struct Cell: Sendable {
  var content: Markup
  /// Whether it holds a number, which stands at the right.
  var isNumber = false
  /// Whether it is the head of its row.
  var isHead = false
  /// Whether its line may break, between a figure and its interval.
  var mayBreak = false

  fileprivate var kind: String? { isNumber ? (mayBreak ? "number broken" : "number") : nil }

  package static func text(_ content: Markup) -> Cell { Cell(content: content) }
  package static func number(_ content: Markup) -> Cell { Cell(content: content, isNumber: true) }
  package static func head(_ content: Markup) -> Cell { Cell(content: content, isHead: true) }

  /// Figures whose parts are kept in one piece.
  static func figure(_ content: Markup) -> Cell {
    Cell(content: content, isNumber: true, mayBreak: true)
  }

  /// A figure with its interval behind it.
  static func figure(_ text: FigureText?) -> Cell {
    guard let text else { return .number("–") }
    return .figure(figureMarkup(text))
  }
}

/// A figure and its interval, each kept in one piece.
func figureMarkup(_ text: FigureText) -> Markup {
  let value = element("span", ["class": "n"], "\(text.value)")
  guard !text.interval.isEmpty else { return value }
  return value + " " + element("span", ["class": "n quiet"], "\(text.interval)")
}

/// A table that scrolls sideways where the page is narrow.
package func tableMarkup(
  heads: [Cell], rows: [(cells: [Cell], isChosen: Bool)], caption: Markup? = nil
) -> Markup {
  let head = heads.map {
    element("th", ["scope": "col", "class": $0.isNumber ? "number" : nil], $0.content)
  }
  let body = rows.map { row in
    element(
      "tr", ["class": row.isChosen ? "chosen" : nil],
      containing: row.cells.map { cell in
        cell.isHead
          ? element("th", ["scope": "row"], cell.content)
          : element("td", ["class": cell.kind], cell.content)
      })
  }
  return element(
    "div", ["class": "scroll"],
    element(
      "table", [:], caption.map { element("caption", [:], $0) } ?? .none,
      element("thead", [:], element("tr", [:], containing: head)),
      element("tbody", [:], containing: body)))
}

/// A table of a report.
func tableMarkup(_ table: ReportTable) -> Markup {
  guard !table.rows.isEmpty else { return .none }
  let heads = table.columns.map { column in
    element(
      "th",
      ["scope": "col", "class": column.isNumber ? "number" : nil, "title": column.meaning],
      "\(column.title)")
  }
  let body = table.rows.map { row in
    element(
      "tr", ["class": row.isChosen ? "chosen" : nil],
      containing: zip(table.columns, row.cells).enumerated().map { position, pair in
        let (column, cell) = pair
        let content = cellMarkup(cell, in: column, of: table)
        if position == 0 { return element("th", ["scope": "row"], content) }
        guard column.isNumber else { return element("td", [:], content) }
        // A figure may break between number and interval.
        return element(
          "td", ["class": column.content == .number ? "number" : "number broken"], content)
      })
  }
  return element(
    "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": table.title],
    element(
      "table", ["data-table": table.id],
      table.caption.map { element("caption", [:], "\($0)") } ?? .none,
      element("thead", [:], element("tr", [:], containing: heads)),
      element("tbody", [:], containing: body)))
}

private func cellMarkup(
  _ cell: ReportTable.Cell, in column: ReportTable.Column, of table: ReportTable
) -> Markup {
  switch cell {
  case .label(let text, let colour): swatch(colour) + "\(text)"
  case .code(let text): element("code", [:], "\(text)")
  case .figure(let figure): figureMarkup(figure)
  case .noted(let figure, let note):
    figureMarkup(figure) + element("br") + element("span", ["class": "n quiet"], "\(note)")
  case .text, .number, .day, .missing: "\(table.text(cell, in: column))"
  }
}
