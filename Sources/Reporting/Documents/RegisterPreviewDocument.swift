public import Importing

/// What `rehearse import register --preview --format json` prints; every field is defined in
/// `docs/reference/outputs.md`.
public struct RegisterPreviewDocument: Encodable, Sendable {
  private var tables: [Table]
  private var fields: [String]

  /// The document of a preview.
  public init(_ preview: RegisterPreview) {
    tables = preview.tables.map(Table.init)
    fields = preview.fields
  }

  private struct Table: Encodable {
    var sheet: String?
    var delimiter: String?
    var header: Int
    var rows: Int
    var columns: [Column]
    var missing: [String]

    init(_ table: RegisterPreview.Table) {
      sheet = table.sheet
      delimiter = table.delimiter
      header = table.headerLine
      rows = table.rowCount
      missing = table.missingFields
      columns = table.columns.enumerated().map { index, column in
        Column(
          column: column.header, field: column.field, given: column.isMapped, hint: column.hint,
          cells: table.firstRows.map { $0.indices.contains(index) ? $0[index] : "" })
      }
    }
  }

  private struct Column: Encodable {
    var column: String
    var field: String?
    var given: Bool
    var hint: String?
    var cells: [String]

    /// The field is `null` where the column is not read: the key is always there.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(column, forKey: .column)
      try container.encode(field, forKey: .field)
      try container.encode(given, forKey: .given)
      try container.encodeIfPresent(hint, forKey: .hint)
      try container.encode(cells, forKey: .cells)
    }

    enum CodingKeys: String, CodingKey { case column, field, given, hint, cells }
  }
}
