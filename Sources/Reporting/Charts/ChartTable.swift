/// A value in a cell of a chart's data.
enum ChartValue: Sendable, Hashable {
  case number(Double)
  case text(String)
  /// Nothing is known.
  case missing

  init(_ number: Double?) { self = number.map { .number($0) } ?? .missing }
}

extension ChartValue: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value) where value.isFinite: try container.encode(sixDigits(value))
    case .text(let text): try container.encode(text)
    case .number, .missing: try container.encodeNil()
    }
  }
}

/// A number to six significant digits: more than a chart can show, and half as long to write.
func sixDigits(_ value: Double) -> Double {
  guard value.isFinite, value != 0 else { return value.isFinite ? 0 : value }
  var scale = 1.0
  while value.magnitude * scale < 100_000, scale < 1e12 { scale *= 10 }
  return (value * scale).rounded() / scale
}

/// The data of a chart: drawn by it, folded out below it, and offered as CSV.
struct ChartTable: Sendable {
  /// A column.
  struct Column: Sendable {
    /// Name in the specification and in files for programs.
    var field: String
    /// Head of the column for people, with the unit.
    var title: String
    /// Unit of the numbers as tables show them; `%` for shares.
    var unit = ""
    /// What it holds, in one sentence; empty where the title says it.
    var meaning = ""
    /// How a number stands in tables.
    var form = Form.decimals(1)
  }

  /// How a number of the chart stands in tables.
  enum Form: Sendable {
    /// With so many decimals.
    case decimals(Int)
    /// With as many decimals as it needs, at most one.
    case whole
    /// With one decimal below a hundred, with none above.
    case coarse
    /// With three significant digits.
    case significant
    /// A share in 0...1 in per cent, with one decimal.
    case share

    /// A number as a table shows it.
    func cell(_ value: Double) -> ReportTable.Cell {
      switch self {
      case .decimals(let decimals): .number(value, to: decimals)
      case .whole: .number(value, to: value == value.rounded() ? 0 : 1)
      case .coarse: .number(value, to: value.magnitude < 100 ? 1 : 0)
      case .significant: .number(value, to: significantDecimals(value))
      case .share: .percent(value)
      }
    }
  }

  /// Columns.
  var columns: [Column]
  /// Rows; each as long as `columns`.
  var rows: [[ChartValue]]

  /// The rows as objects, as a Vega-Lite specification holds them.
  var values: [ChartRow] {
    rows.map { row in ChartRow(cells: zip(columns.map(\.field), row).map { ($0, $1) }) }
  }

  /// The data as a table of a report.
  func table(id: String, title: String, caption: String?) -> ReportTable {
    ReportTable(
      id, title: title, caption: caption,
      columns: columns.enumerated().map { position, column in
        let hasNumbers = rows.contains { row in
          if case .number = row[position] { true } else { false }
        }
        let isShare = if case .share = column.form { true } else { false }
        return ReportTable.Column(
          id: column.field, title: column.title, unit: hasNumbers && isShare ? "%" : column.unit,
          meaning: column.meaning.isEmpty ? "\(column.title)." : column.meaning,
          content: hasNumbers ? .number : .text)
      },
      rows: rows.map { row in
        ReportTable.Row(
          zip(columns, row).map { column, value in
            switch value {
            case .number(let number) where number.isFinite:
              // As the chart has it, so that the page's CSV rounds the same number.
              column.form.cell(sixDigits(number))
            case .text(let text): .text(text)
            case .number, .missing: .missing
            }
          })
      })
  }
}

/// A row of a chart's data, by field.
struct ChartRow: Sendable, Encodable {
  var cells: [(field: String, value: ChartValue)]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TextKey.self)
    for cell in cells { try container.encode(cell.value, forKey: TextKey(cell.field)) }
  }
}

/// A key of a JSON object that is known only at run time.
struct TextKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ text: String) { stringValue = text }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
