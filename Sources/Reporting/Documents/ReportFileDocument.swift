/// A report as JSON: what `--format json` prints, and under `tables` the tables of the report, their
/// numbers rounded as in all other formats.
///
/// The JSON Schemas are docs/reference/compare.schema.json and, for a grid, sweep.schema.json.
public struct ReportFileDocument: Encodable, Sendable {
  private let result: any Encodable & Sendable
  private let document: ReportDocument

  /// The document of a comparison.
  public init(_ report: StudyReport, _ document: ReportDocument) {
    self.init(result: StudyDocument(report), document)
  }

  /// The document of anything whose JSON is an object.
  public init(result: some Encodable & Sendable, _ document: ReportDocument) {
    self.result = result
    self.document = document
  }

  /// The keys of both stand side by side.
  public func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: TextKey.self)
    try container.encode(document.answer, forKey: TextKey("answer"))
    try container.encode(document.advice, forKey: TextKey("advice"))
    try container.encode(document.tables.map(TableDocument.init), forKey: TextKey("tables"))
  }
}

/// A table of a report with what its columns mean.
private struct TableDocument: Encodable {
  let table: ReportTable

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TextKey.self)
    try container.encode(table.id, forKey: TextKey("id"))
    try container.encode(table.title, forKey: TextKey("title"))
    try container.encodeIfPresent(table.caption, forKey: TextKey("caption"))
    try container.encode(table.definitions, forKey: TextKey("columns"))
    let flat = table.flat
    try container.encode(
      flat.rows.map { TableRow(columns: flat.columns, cells: $0) }, forKey: TextKey("rows"))
  }
}
