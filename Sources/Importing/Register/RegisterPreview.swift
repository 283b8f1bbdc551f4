public import DocumentReading
import Facts
import Inventory

/// How one register is to be read.
public struct RegisterRequest: Hashable, Sendable, Codable {
  /// The file.
  public var path: String
  /// Fields of columns that somebody gave.
  public var mapping: RegisterMapping
  /// Line of the header, counted from 1; looked for where `nil`.
  public var headerLine: Int?
  /// The only sheet that is read; every one that fits where `nil`.
  public var sheet: String?

  /// Creates a request.
  public init(
    path: String, mapping: RegisterMapping = RegisterMapping(), headerLine: Int? = nil,
    sheet: String? = nil
  ) {
    self.path = path
    self.mapping = mapping
    self.headerLine = headerLine
    self.sheet = sheet
  }

  var search: RegisterSearch {
    RegisterSearch(mapping: mapping, headerLine: headerLine, sheet: sheet, isCertain: true)
  }

  func file(_ limits: DocumentLimits) throws(DocumentError) -> CandidateFile {
    let shown = lastComponent(of: path)
    return CandidateFile(
      path: shown, bytes: try DocumentReader.read(file: path, shownAs: shown, limits: limits),
      limits: limits)
  }
}

/// How a register would be read: which column is taken for what, before anything is imported.
public struct RegisterPreview: Hashable, Sendable {
  /// Tables that were found.
  public var tables: [Table]
  /// Fields that a column may be mapped to, by the name that a mapping gives them.
  public var fields: [String]
  /// Headers that the mapping names and no table has.
  public var missing: [String]

  /// One table of the file.
  public struct Table: Hashable, Sendable {
    /// Sheet of the workbook; `nil` in a CSV file.
    public var sheet: String?
    /// Delimiter of the CSV file; `nil` in a workbook.
    public var delimiter: String?
    /// Line of the header.
    public var headerLine: Int
    /// Columns from left to right; those without a header are left out.
    public var columns: [Column]
    /// Rows in all.
    public var rowCount: Int
    /// The first rows: what each column holds there.
    public var firstRows: [[String]]
    /// Fields that the audit asks for and no column holds.
    public var missingFields: [String]
  }

  /// One column.
  public struct Column: Hashable, Sendable {
    /// Header as written.
    public var header: String
    /// Field that it is taken for; `nil` where it is left out.
    public var field: String?
    /// Whether that was given and not guessed.
    public var isMapped: Bool
    /// The header that may be meant, where the field is not known.
    public var hint: String?
  }
}

/// How a register would be read; nothing is imported.
///
/// - Parameter rows: How many rows are shown of each table.
/// - Throws: What keeps the file from being read; tables are empty where it has none.
public func previewRegister(
  _ request: RegisterRequest, rows: Int = 3, limits: DocumentLimits = .standard
) throws(DocumentError) -> RegisterPreview {
  let file = try request.file(limits)
  if isWorkbook(file.bytes) { _ = try file.workbook() }
  let tables = request.search.tables(in: file, headerOnly: false)
  return RegisterPreview(
    tables: tables.map { table in
      let headed = table.headers.indices.filter { table.headers[$0].trimmedOrNil != nil }
      return RegisterPreview.Table(
        sheet: table.sheet, delimiter: table.delimiter.map(String.init),
        headerLine: table.header.line ?? 1,
        columns: headed.map { index in
          let column = table.columns.columns.first { $0.index == index }
          let header = table.headers[index].trimmedOrNil ?? ""
          return RegisterPreview.Column(
            header: header, field: column?.field.title, isMapped: column?.isMapped ?? false,
            hint: column == nil && table.columns.unknown.contains(header)
              ? RegisterColumns.hint(for: header) : nil)
        }, rowCount: table.rows.count,
        firstRows: table.rows.prefix(max(0, rows)).map { row in
          headed.map { row.fields.indices.contains($0) ? row.fields[$0] : "" }
        },
        missingFields: RegisterField.allCases.filter { $0.isAudited && table.columns[$0] == nil }
          .map(\.title))
    }, fields: RegisterField.allCases.map(\.title),
    missing: request.mapping.missing(from: tables.flatMap(\.headers)))
}

/// Imports one file as a register, whatever its header says.
///
/// Never throws: a file that cannot be read is a document with status `failed`.
public func importRegister(
  _ request: RegisterRequest, limits: DocumentLimits = .standard
) -> ImportResult {
  let shown = lastComponent(of: request.path)
  do {
    let file = try request.file(limits)
    if isWorkbook(file.bytes) { _ = try file.workbook() }
    let search = request.search
    let hasNames = search.tables(in: file, headerOnly: true).contains { $0.columns[.name] != nil }
    var reading = hasNames ? readRegister(file, search) : FileReading(path: file.path)
    if !hasNames {
      reading.hasFailed = true
      reading.note(
        .high,
        "no table with a column of names was found; look with --preview and say which it is, for"
          + " instance with --map \"Column=name\"", at: file.location)
    }
    return ImportResult(documents: [
      reading.document(of: file, format: ImportFormat.systemRegister.id)
    ])
  } catch {
    return ImportResult(documents: [
      SourceDocument(
        path: shown, format: nil, status: .failed, digest: contentDigest([]),
        problems: [ImportProblem(error)])
    ])
  }
}
