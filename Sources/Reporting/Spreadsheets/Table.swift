import Facts
import Inventory

/// A table of values under heads, for spreadsheets and databases.
public struct Table: Sendable, Hashable {
  /// Name in lower case: of the sheet, of the file, of the list in JSON.
  public var name: String
  /// Heads.
  public var columns: [String]
  /// What each column holds, beside its head; empty where the heads say all.
  public var notes: [String]
  /// Rows, each as wide as the heads.
  public var rows: [[Cell]]
  /// The chart that a workbook draws beside the table; `nil` for none.
  public var chart: Chart?

  /// Creates a table.
  public init(_ name: String, columns: [String], notes: [String] = [], rows: [[Cell]] = []) {
    self.name = name
    self.columns = columns
    self.notes = notes
    self.rows = rows
  }

  /// A chart that a spreadsheet draws from cells of the table.
  public struct Chart: Sendable, Hashable {
    /// How it is drawn.
    public enum Kind: Sendable, Hashable {
      /// Lines over numbers.
      case lines
      /// A bar for each row, its parts one after the other.
      case stackedBars
      /// Bars side by side for each row.
      case bars
    }

    /// Cells of one column, from a first to a last row, the rows counted from 0 without the head.
    public struct Cells: Sendable, Hashable {
      /// Position of the column.
      public var column: Int
      /// Positions of the first and last row.
      public var rows: ClosedRange<Int>
    }

    /// A series.
    public struct Series: Sendable, Hashable {
      /// Name in the legend.
      public var name: String
      /// Places on the first axis.
      public var categories: Cells
      /// Values.
      public var values: Cells
    }

    /// How it is drawn.
    public var kind: Kind
    /// Title.
    public var title: String
    /// What the axis of categories shows; empty for no title.
    public var categoryTitle: String
    /// What the axis of values shows; empty for no title.
    public var valueTitle: String
    /// The series.
    public var series: [Series]
  }

  /// One value.
  public enum Cell: Sendable, Hashable {
    /// A text.
    case text(String)
    /// A finite number.
    case number(Double)
    /// A finite number that was rounded to so many decimals.
    case rounded(Double, decimals: Int)
    /// Nothing is known, and nobody need know.
    case empty
    /// Nothing is known, and somebody should say.
    case gap
  }
}

extension Table.Cell {
  /// A text, or nothing.
  init(_ text: String?) { self = text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty }
  /// A number, or nothing.
  init(_ number: Double?) { self = number.map { $0.isFinite ? .number($0) : .empty } ?? .empty }
  /// A count.
  init(_ count: Int) { self = .number(Double(count)) }

  /// The value as text, whole numbers without a point.
  var text: String {
    switch self {
    case .text(let text): text
    case .number(let number), .rounded(let number, _):
      Int(exactly: number).map(String.init) ?? "\(number)"
    case .empty, .gap: ""
    }
  }
}

extension Table {
  /// The table as CSV (RFC 4180); a text that a spreadsheet would take for a formula is led by an
  /// apostrophe.
  public var csv: String {
    func line(_ fields: [String]) -> String {
      fields.map(csvField).joined(separator: ",") + "\r\n"
    }
    var text = line(columns)
    for row in rows {
      text += line(
        row.map { cell in if case .text(let text) = cell { cellText(text) } else { cell.text } })
    }
    return text
  }
}

private func csvField(_ text: String) -> String {
  let parting = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
  guard parting || text.contains(";") || text.first == " " || text.last == " " else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}

/// Tables as JSON: one list each, under its name, of objects with the heads as keys; what is not known is
/// `null`.
public func tablesJSON(_ tables: [Table]) throws -> String {
  try jsonText(
    Dictionary(
      tables.map { table in
        (table.name, table.rows.map { TableRow(columns: table.columns, cells: $0) })
      }, uniquingKeysWith: { first, _ in first }))
}

struct TableRow: Encodable {
  var columns: [String]
  var cells: [Table.Cell]

  struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (column, cell) in zip(columns, cells) {
      switch cell {
      case .text(let text): try container.encode(text, forKey: Key(column))
      case .number(let number), .rounded(let number, _):
        try container.encode(number, forKey: Key(column))
      case .empty, .gap: try container.encodeNil(forKey: Key(column))
      }
    }
  }
}
