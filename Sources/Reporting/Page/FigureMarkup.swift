import Foundation

extension ChartFigure {
  /// The figure: caption, charts, key, data table and downloads.
  func markup(drawn: Bool) throws -> Markup {
    try markup(for: drawn ? .browser : .withoutCharts)
  }

  /// The figure in a page: without a bundle the table stands open and the charts are left out; on paper the
  /// charts are places for drawings, and nothing can be downloaded.
  func markup(for medium: PageMedium) throws -> Markup {
    let drawn = medium != .withoutCharts
    var parts = [
      element(
        "figcaption", [:], element("h3", ["id": "\(id)-title"], "\(title)"),
        element("p", [:], "\(subtitle).")),
      element("p", ["class": "hidden", "id": "\(id)-description"], "\(description)"),
    ]
    if drawn {
      parts.append(keyMarkup(key, class: keyIsNeeded ? "key" : "key spare"))
      parts.append(try panelsMarkup(for: medium))
    }
    parts.append(dataTable(open: medium != .browser, isWhole: medium == .paper))
    if medium != .paper { parts.append(downloads(drawn: drawn)) }
    return element(
      "figure",
      [
        "id": id, "class": paperClass, "aria-labelledby": "\(id)-title",
        "aria-describedby": "\(id)-description",
      ], containing: parts)
  }

  /// How it is laid out on paper: two beside each other, or with its rows of panels on several pages.
  private var paperClass: String? {
    if isPairedOnPaper { return "paired" }
    return panels.count > (hasWidePanels ? 2 : 3) ? "several" : nil
  }

  private func panelsMarkup(for medium: PageMedium) throws -> Markup {
    let charts = try panels.enumerated().map { index, panel in
      let place =
        medium == .paper
        ? element("div", ["class": "chart", "id": "chart-\(id)-\(index + 1)"], " ")
        : element(
          "div", ["class": "chart"],
          element(
            "script", ["type": "application/json", "id": "\(id)-\(index + 1)"],
            Markup(trusted: try inlineJSON(panel.specification, packed: true))))
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

  private func dataTable(open: Bool, isWhole: Bool) -> Markup {
    let data = reportTable
    let shown = shownRows ?? Array(data.rows.indices)
    let left = shown.count < data.rows.count
    let heads = data.columns.map {
      element("th", ["scope": "col", "title": $0.meaning], "\($0.title)")
    }
    let body = shown.map { row in
      element(
        "tr", [:],
        containing: zip(data.columns, data.rows[row].cells).map { column, cell in
          let isWords = if case .text = cell { true } else { false }
          return element(
            "td", ["class": isWords ? nil : "number"], "\(data.text(cell, in: column))")
        })
    }
    let note = left ? " (\(shownRowsNote ?? "some rows"); all rows are in the CSV)" : ""
    // On paper a long table only repeats what the chart shows.
    if isWhole, shown.count > 20 {
      return element(
        "p", ["class": "quiet"],
        "The \(data.rows.count) rows behind the chart stand in the workbook and the CSV files.")
    }
    return element(
      "details", ["open": open ? "open" : nil],
      element("summary", [:], "Data behind the chart\(note)"),
      element(
        "div",
        [
          "class": "scroll tall", "tabindex": "0", "role": "region", "aria-label": "Data: \(title)",
        ],
        element(
          "table", ["data-table": left ? nil : id],
          element("thead", [:], element("tr", [:], containing: heads)),
          element("tbody", [:], containing: body))))
  }

  /// Name of the file that holds a panel's specification.
  func specificationName(_ panel: Int) -> String {
    panels.count == 1 ? "\(id).vl.json" : "\(id)-\(panel + 1).vl.json"
  }

  private func downloads(drawn: Bool) -> Markup {
    // Where the charts hold the data of the table, the script makes the file of them, so that nothing stands
    // in the page twice.
    let isInCharts = drawn && chartsHoldTable
    let csv = element(
      "a",
      [
        "download": "\(id).csv", "class": isInCharts ? "data" : nil,
        "data-columns": isInCharts ? tableForms : nil,
        "href": isInCharts
          ? "#\(id)-1" : dataURI(reportTable.flat.csv, type: "text/csv;charset=utf-8"),
      ],
      "CSV")
    // The specification stands in the page already; the script makes a file of it.
    guard drawn else { return element("p", ["class": "downloads"], "Download: ", csv) }
    let specifications = panels.indices.map { index in
      element(
        "a",
        [
          "download": specificationName(index), "title": panels[index].title,
          "href": "#\(id)-\(index + 1)", "class": "specification",
        ], panels.count == 1 ? "Vega-Lite" : "\(index + 1)")
    }
    return element(
      "p", ["class": "downloads"], "Download: ", csv, panels.count == 1 ? " " : " Vega-Lite ",
      specifications.joined(by: " "))
  }

  /// Whether the rows of all charts, one after the other, are those of the table.
  private var chartsHoldTable: Bool {
    let rows = panels.flatMap(\.specification.data.values)
    return rows.count == table.rows.count
      && zip(rows, table.rows).allSatisfy { drawn, row in
        drawn.cells.count == row.count
          && zip(zip(drawn.cells, table.columns), row).allSatisfy { pair, value in
            pair.0.field == pair.1.field && pair.0.value == value
          }
      }
  }

  /// Name and form of each column, such as `day:0 share:%`, as `drawingScript` reads them.
  private var tableForms: String {
    table.columns.map { column in
      let form =
        switch column.form {
        case .decimals(let decimals): "\(decimals)"
        case .whole: "whole"
        case .coarse: "coarse"
        case .significant: "significant"
        case .share: "share"
        }
      return "\(column.field):\(form)"
    }.joined(separator: " ")
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
