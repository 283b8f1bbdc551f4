// A table of a report as programs read it: one value in each field, ends of intervals in fields of their
// own.

extension ReportTable {
  /// The table with a column for each number.
  ///
  /// A figure with an interval becomes three columns, `x`, `x_lower` and `x_upper`; where cells say their
  /// own unit, `x_unit` follows.
  public var flat: Table {
    let parts = columns.map(\.parts)
    var table = Table(
      id, columns: parts.flatMap { $0.map(\.id) }, notes: parts.flatMap { $0.map(\.note) },
      rows: rows.map { row in
        zip(columns, row.cells).flatMap { column, cell in column.flat(cell) }
      })
    table.chart = chart(columns: table.columns)
    return table
  }

  /// The chart of a spreadsheet, its series as cells of the flat table.
  private func chart(columns names: [String]) -> Table.Chart? {
    func title(_ id: String) -> String { columns.first { $0.id == id }?.title ?? id }
    func position(_ id: String) -> Int? { names.firstIndex(of: id) }
    switch drawing {
    case .lines(let x, let y, let by):
      guard let xColumn = position(x), let yColumn = position(y),
        let names = columns.firstIndex(where: { $0.id == by })
      else { return nil }
      var series: [Table.Chart.Series] = []
      var start = 0
      while start < rows.count {
        let name = text(rows[start].cells[names], in: columns[names])
        var end = start
        while end + 1 < rows.count, rows[end + 1].cells[names] == rows[start].cells[names] {
          end += 1
        }
        series.append(
          .init(
            name: name, categories: .init(column: xColumn, rows: start...end),
            values: .init(column: yColumn, rows: start...end)))
        start = end + 1
      }
      return Table.Chart(
        kind: .lines, title: self.title, categoryTitle: title(x), valueTitle: title(y),
        series: series)
    case .stack(let parts), .bars(let parts):
      guard !rows.isEmpty else { return nil }
      let all = 0...(rows.count - 1)
      let isStack = if case .stack = drawing { true } else { false }
      return Table.Chart(
        kind: isStack ? .stackedBars : .bars, title: self.title, categoryTitle: "",
        valueTitle: columns.first { $0.id == parts.first }?.unit ?? "",
        series: parts.compactMap { part in
          position(part).map {
            .init(
              name: title(part), categories: .init(column: 0, rows: all),
              values: .init(column: $0, rows: all))
          }
        })
    case nil: return nil
    }
  }

  /// What each column of the flat table holds.
  public var definitions: [Definition] {
    columns.flatMap { column in
      column.parts.map { Definition(id: $0.id, unit: $0.unit, meaning: $0.meaning) }
    }
  }

  /// A column of a flat table and what it means.
  public struct Definition: Sendable, Hashable, Codable {
    /// Name of the column.
    public var id: String
    /// Unit of its numbers; empty for counts and words.
    public var unit: String
    /// What it holds.
    public var meaning: String
  }
}

extension ReportTable.Column {
  fileprivate struct Part {
    var id: String
    var unit: String
    var meaning: String
    var note: String { unit.isEmpty ? meaning : "\(meaning) Unit: \(unit)." }
  }

  fileprivate var parts: [Part] {
    let own = unit ?? "as in \(id)_unit"
    var parts = [Part(id: id, unit: own, meaning: meaning)]
    switch content {
    case .text, .number: break
    case .interval:
      parts += [
        Part(id: "\(id)_lower", unit: own, meaning: "Lower end of the interval of \(id)."),
        Part(id: "\(id)_upper", unit: own, meaning: "Upper end of the interval of \(id)."),
      ]
    case .share(let whole):
      parts.append(Part(id: "\(id)_share", unit: "%", meaning: "\(id) as a share of \(whole)."))
    }
    if unit == nil { parts.append(Part(id: "\(id)_unit", unit: "", meaning: "Unit of \(id).")) }
    return parts
  }

  /// As many values as there are parts.
  fileprivate func flat(_ cell: ReportTable.Cell) -> [Table.Cell] {
    var values: [Table.Cell]
    var ownUnit: String?
    switch cell {
    case .text(let text), .code(let text), .day(let text): values = [Table.Cell(text)]
    case .label(let text, _): values = [Table.Cell(text)]
    case .number(let number, let decimals):
      values = [Self.rounded(number, decimals: decimals)]
    case .figure(let figure), .noted(let figure, _):
      guard let numbers = figure.numbers else {
        values = [Table.Cell(figure.text)]
        break
      }
      ownUnit = numbers.unit
      values = [
        Self.rounded(numbers.value, decimals: numbers.decimals),
        numbers.lower.map { Self.rounded($0, decimals: numbers.endDecimals) } ?? .empty,
        numbers.upper.map { Self.rounded($0, decimals: numbers.endDecimals) } ?? .empty,
      ]
    case .missing: values = [.empty]
    }
    let count = content == .text || content == .number ? 1 : content == .interval ? 3 : 2
    values =
      Array(values.prefix(count)) + Array(repeating: .empty, count: max(0, count - values.count))
    if unit == nil { values.append(Table.Cell(ownUnit)) }
    return values
  }

  private static func rounded(_ number: Double, decimals: Int) -> Table.Cell {
    number.isFinite ? .rounded(number, decimals: decimals) : .empty
  }
}

/// Every column of some tables, with unit and meaning: a table of its own.
func columnsTable(_ tables: [ReportTable]) -> ReportTable {
  ReportTable(
    "columns", title: "What the columns mean",
    columns: [
      .text("table", "Table", "The table."), .text("column", "Column", "The column."),
      .text("unit", "Unit", "Unit of its numbers; empty for counts and words."),
      .text("meaning", "Meaning", "What it holds."),
    ],
    rows: tables.flatMap { table in
      table.definitions.map { definition in
        ReportTable.Row([
          .text(table.id), .code(definition.id),
          definition.unit.isEmpty ? .missing : .text(definition.unit), .text(definition.meaning),
        ])
      }
    })
}
