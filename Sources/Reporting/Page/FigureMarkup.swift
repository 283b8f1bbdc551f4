import Foundation

extension ChartFigure {
  /// The figure: caption, charts, key, data table and downloads.
  ///
  /// Without a bundle the table stands open and the charts are left out.
  func markup(drawn: Bool) throws -> Markup {
    var parts = [
      element(
        "figcaption", [:], element("h3", ["id": "\(id)-title"], "\(title)"),
        element("p", [:], "\(subtitle).")),
      element("p", ["class": "hidden", "id": "\(id)-description"], "\(description)"),
    ]
    if drawn {
      parts.append(keyMarkup(key, class: keyIsNeeded ? "key" : "key spare"))
      parts.append(try panelsMarkup())
    }
    parts.append(dataTable(open: !drawn))
    parts.append(try downloads())
    return element(
      "figure",
      [
        "id": id, "aria-labelledby": "\(id)-title", "aria-describedby": "\(id)-description",
      ], containing: parts)
  }

  private func panelsMarkup() throws -> Markup {
    let charts = try panels.enumerated().map { index, panel in
      let place = element(
        "div", ["class": "chart"],
        element(
          "script", ["type": "application/json", "id": "\(id)-\(index + 1)"],
          Markup(trusted: try inlineJSON(panel.specification))))
      guard panels.count > 1 else { return place }
      return element(
        "div", ["class": "panel"],
        element("h4", [:], "\(panel.title ?? "")"), keyMarkup(panel.notes, class: "key notes"),
        place)
    }
    return panels.count > 1
      ? element("div", ["class": hasWidePanels ? "panels wide" : "panels"], containing: charts)
      : charts.joined()
  }

  private func keyMarkup(_ entries: [KeyEntry], class name: String) -> Markup {
    guard !entries.isEmpty else { return .none }
    return element(
      "ul", ["class": name],
      containing: entries.map { element("li", [:], sign($0), "\($0.label)") })
  }

  private func dataTable(open: Bool) -> Markup {
    let shown = shownRows ?? Array(table.rows.indices)
    let left = shown.count < table.rows.count
    let heads = table.columns.map { element("th", ["scope": "col"], "\($0.title)") }
    let body = shown.map { row in
      element(
        "tr", [:],
        containing: zip(table.columns, table.rows[row]).map { column, value in
          switch value {
          case .number(let number): element("td", ["class": "number"], "\(column.text(number))")
          case .text(let text): element("td", [:], "\(text)")
          case .missing: element("td", ["class": "number"], "–")
          }
        })
    }
    let note = left ? " (\(shownRowsNote ?? "some rows"); all rows are in the CSV)" : ""
    return element(
      "details", ["open": open ? "open" : nil],
      element("summary", [:], "Data behind the chart\(note)"),
      element(
        "div", ["class": "scroll tall"],
        element(
          "table", [:], element("thead", [:], element("tr", [:], containing: heads)),
          element("tbody", [:], containing: body))))
  }

  private func downloads() throws -> Markup {
    let csv = element(
      "a", ["download": "\(id).csv", "href": dataURI(table.csv, type: "text/csv;charset=utf-8")],
      "CSV")
    let specifications = try panels.enumerated().map { index, panel in
      let isOnly = panels.count == 1
      return element(
        "a",
        [
          "download": isOnly ? "\(id).vl.json" : "\(id)-\(index + 1).vl.json",
          "title": panel.title,
          "href": dataURI(try jsonText(panel.specification), type: "application/json"),
        ], isOnly ? "Vega-Lite" : "\(index + 1)")
    }
    return element(
      "p", ["class": "downloads"], "Download: ", csv, panels.count == 1 ? " " : " Vega-Lite ",
      specifications.joined(by: " "))
  }

  private func dataURI(_ text: String, type: String) -> String {
    "data:\(type);base64,\(Data(text.utf8).base64EncodedString())"
  }

  private func sign(_ entry: KeyEntry) -> Markup {
    let colour = escapedText(entry.colour)
    let shape =
      switch entry.sign {
      case .line: "<path d=\"M0 6H24\" stroke=\"\(colour)\" stroke-width=\"3\" />"
      case .dashed(let dashes):
        "<path d=\"M0 6H24\" stroke=\"\(colour)\" stroke-width=\"2\" stroke-dasharray=\""
          + dashes.map(String.init).joined(separator: " ") + "\" />"
      case .dashes:
        "<path d=\"M0 6H24\" stroke=\"\(colour)\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\" />"
      case .dots:
        "<path d=\"M0 6H24\" stroke=\"\(colour)\" stroke-width=\"1.5\" stroke-dasharray=\"1 3\" />"
      case .fill, .hatch:
        "<rect x=\"6\" width=\"12\" height=\"12\" fill=\"\(colour)\" stroke=\"currentColor\" "
          + "stroke-width=\"0.5\" />"
      case .band:
        "<rect width=\"24\" height=\"12\" fill=\"\(colour)\" opacity=\"0.15\" />"
          + "<rect y=\"2\" width=\"24\" height=\"8\" fill=\"\(colour)\" opacity=\"0.2\" />"
          + "<path d=\"M0 6H24\" stroke=\"\(colour)\" stroke-width=\"2\" />"
      }
    return Markup(
      trusted: "<svg viewBox=\"0 0 24 12\" aria-hidden=\"true\" "
        + "xmlns=\"http://www.w3.org/2000/svg\">\(shape)</svg>")
  }
}
