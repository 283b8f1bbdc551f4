/// A comparison as JSON: what `compare --format json` prints, and under `tables` the tables of the report,
/// their numbers rounded as in all other formats.
///
/// Its JSON Schema is docs/reference/compare.schema.json.
public struct ReportFileDocument: Encodable, Sendable {
  private let study: StudyDocument
  private let document: ReportDocument

  /// The document of a report.
  public init(_ report: StudyReport, _ document: ReportDocument) {
    study = StudyDocument(report)
    self.document = document
  }

  /// The keys of both stand side by side.
  public func encode(to encoder: any Encoder) throws {
    try study.encode(to: encoder)
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
