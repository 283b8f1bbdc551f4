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
    /// Name in the specification and the CSV.
    var field: String
    /// Head of the column for people, with the unit.
    var title: String
    /// How a number is written in the page's table.
    var text: @Sendable (Double) -> String = { numberText($0, decimals: 1) }
  }

  /// Columns.
  var columns: [Column]
  /// Rows; each as long as `columns`.
  var rows: [[ChartValue]]

  /// The rows as objects, as a Vega-Lite specification holds them.
  var values: [ChartRow] {
    rows.map { row in ChartRow(cells: zip(columns.map(\.field), row).map { ($0, $1) }) }
  }

  /// RFC 4180, with a head.
  var csv: String {
    let head = columns.map { quotedField($0.field) }.joined(separator: ",")
    let lines = rows.map { row in
      row.map { value in
        switch value {
        case .number(let number): number.isFinite ? shortNumber(sixDigits(number)) : ""
        case .text(let text): quotedField(text)
        case .missing: ""
        }
      }.joined(separator: ",")
    }
    return ([head] + lines).joined(separator: "\r\n") + "\r\n"
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

private func shortNumber(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : "\(value)"
}

/// A field of a CSV file; what a spreadsheet would take for a formula is quoted and led by an apostrophe.
private func quotedField(_ text: String) -> String {
  var field = oneLine(text)
  if let first = field.first, "=+-@".contains(first) { field = "'" + field }
  guard field.contains(where: { ",;\"'".contains($0) }) else { return field }
  return "\"" + field.replacing("\"", with: "\"\"") + "\""
}
