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
