public import Importing

/// How a register would be read, for a terminal: each column with its field and first cells, what is
/// left out, and what the audit will miss.
public func registerPreviewText(_ preview: RegisterPreview, style: TextStyle = .plain) -> String {
  preview.tables.map { table in
    var head = table.sheet.map { "Sheet '\($0)': header" } ?? "Header"
    head += " in line \(table.headerLine), \(plural(table.rowCount, "row"))"
    if let delimiter = table.delimiter {
      head += ", parted by \(delimiter == "\t" ? "tabs" : "'\(delimiter)'")"
    }
    var columns = TextTable(
      heads: ["column", "field", "how"] + table.firstRows.indices.map { "row \($0 + 1)" })
    for (index, column) in table.columns.enumerated() {
      let how =
        column.isMapped
        ? "given" : column.field != nil ? "guessed" : column.hint.map { "'\($0)'?" } ?? ""
      let dress: (String) -> String = if column.field == nil { style.quiet } else { { $0 } }
      columns.add(
        [column.header, column.field ?? "–", how]
          + table.firstRows.map { shortened($0.indices.contains(index) ? $0[index] : "") },
        dress: dress)
    }
    var text = style.strong(head) + "\n" + columns.text(style)
    let left = table.columns.filter { $0.field == nil }.map(\.header)
    if !left.isEmpty {
      text += wrapped(
        "Not read: \(left.joined(separator: ", ")). Say what a column holds with "
          + "--map \"\(left[0])=field\"; fields are \(preview.fields.joined(separator: ", ")), and "
          + "ignore.", indent: "", next: "  ")
    }
    if !table.missingFields.isEmpty {
      text += wrapped(
        "No column for: \(table.missingFields.joined(separator: ", ")). The audit will ask for them.",
        indent: "", next: "  ")
    }
    return text
  }.joined(separator: "\n")
}

private func shortened(_ cell: String) -> String {
  cell.count <= 24 ? cell : "\(cell.prefix(23))…"
}
