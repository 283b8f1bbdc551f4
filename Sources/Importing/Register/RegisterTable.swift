import DocumentReading
import Facts
import Inventory

/// A table whose header is that of a register.
struct RegisterTable {
  var path: String
  /// Sheet of the workbook; `nil` in a CSV file.
  var sheet: String?
  /// Delimiter of the CSV file; `nil` in a workbook.
  var delimiter: Character?
  /// Header as written.
  var headers: [String]
  var columns: RegisterColumns
  var header: SourceLocation
  var rows: [(fields: [String], place: SourceLocation)]
  /// Records that could not be read.
  var problems: [ImportProblem] = []

  /// Whether numbers have a comma before their decimals: the file parts its fields by semicolons, or a
  /// number with a comma and one or two digits after it stands in a column of quantities.
  var hasDecimalComma: Bool {
    if delimiter == ";" { return true }
    let quantities = [columns[.failureRate], columns[.volume]].compactMap { $0?.index }
    return rows.prefix(1000).contains { row in
      quantities.contains { row.fields.indices.contains($0) && endsInDecimalComma(row.fields[$0]) }
    }
  }

  private func endsInDecimalComma(_ text: String) -> Bool {
    guard let comma = text.firstIndex(of: ","), comma != text.startIndex,
      text[text.index(before: comma)].isNumber, text.lastIndex(of: ",") == comma
    else { return false }
    let decimals = text[text.index(after: comma)...].prefix { $0.isNumber }
    return (1...2).contains(decimals.count)
  }
}

/// How a register is looked for in a file.
struct RegisterSearch {
  /// Fields of columns that somebody gave.
  var mapping = RegisterMapping()
  /// Line of the header, counted from 1; looked for where `nil`.
  var headerLine: Int?
  /// The only sheet that is read; every one that fits where `nil`.
  var sheet: String?
  /// Whether a table is taken as a register, whatever its header says.
  var isCertain = false
  /// Whether the line with the most columns is taken, since no header fits.
  private var takesFullest = false

  init(
    mapping: RegisterMapping = RegisterMapping(), headerLine: Int? = nil, sheet: String? = nil,
    isCertain: Bool = false
  ) {
    self.mapping = mapping
    self.headerLine = headerLine
    self.sheet = sheet
    self.isCertain = isCertain
  }

  /// How far down a header is looked for: titles, notes and blank lines may stand above it.
  private static let depth = 25
  /// What has more columns is no table that a person keeps, such as a program in one line.
  private static let mostColumns = 2000

  /// The registers in a file, none where there is none; of a CSV file at most one.
  ///
  /// - Parameter headerOnly: Whether rows are left out.
  func tables(in file: CandidateFile, headerOnly: Bool) -> [RegisterTable] {
    let found = fittingTables(in: file, headerOnly: headerOnly)
    guard found.isEmpty, isCertain, headerLine == nil else { return found }
    // Somebody says that it is one: then the fullest of the first lines is likely to be its header.
    var search = self
    search.takesFullest = true
    return search.fittingTables(in: file, headerOnly: headerOnly)
  }

  private func fittingTables(in file: CandidateFile, headerOnly: Bool) -> [RegisterTable] {
    if isWorkbook(file.bytes) { return workbookTables(file) }
    guard let first = file.firstByte, first != UInt8(ascii: "<"), first != UInt8(ascii: "{"),
      !file.bytes.starts(with: [0x50, 0x4B])
    else { return [] }
    return csvTable(file, headerOnly: headerOnly).map { [$0] } ?? []
  }

  private func isHeader(_ columns: RegisterColumns) -> Bool {
    guard isCertain else { return columns.isRegister }
    // One word alone may be a cell of a row: robots are called Bot.
    return columns[.name] != nil && columns.columns.count >= 2
  }

  // MARK: CSV

  private func csvTable(_ file: CandidateFile, headerOnly: Bool) -> RegisterTable? {
    guard let (delimiter, header) = csvHeader(file) else { return nil }
    var table = RegisterTable(
      path: file.path, delimiter: delimiter, headers: header.fields,
      columns: RegisterColumns(header.fields, mapping: mapping),
      header: SourceLocation(path: file.path, line: header.line), rows: [])
    guard !headerOnly,
      var reader = try? CSVReader(
        file.bytes, path: file.path, delimiter: delimiter, limits: file.limits)
    else { return table }
    while true {
      do {
        guard let row = try reader.next() else { return table }
        guard row.line > header.line, row.fields.contains(where: { $0.trimmedOrNil != nil }) else {
          continue
        }
        table.rows.append((row.fields, SourceLocation(path: file.path, line: row.line)))
      } catch {
        // One record that breaks the rules costs that record; a quote that is never closed, or a file
        // beyond all bounds, costs the rest.
        table.problems.append(ImportProblem(error))
        guard error.kind == .malformed, table.problems.count < 100 else { return table }
        reader.skipLine()
      }
    }
  }

  /// The first line that is a register's header, and the delimiter that makes it one.
  private func csvHeader(_ file: CandidateFile) -> (Character, CSVRow)? {
    // A register's header is one line; whatever has none in 64 KiB is no register.
    let start = Array(file.bytes.prefix(64 << 10))
    guard start.contains(0x0A) || start.contains(0x0D) || file.bytes.count < start.count else {
      return nil
    }
    var fullest: (Character, CSVRow)?
    for delimiter in [nil, ",", ";", "\t", "|"] as [Character?] {
      guard var reader = try? CSVReader(start, path: file.path, delimiter: delimiter) else {
        return nil
      }
      for _ in 0..<Self.depth {
        guard let row = try? reader.next() else { break }
        if let headerLine {
          guard row.line == headerLine else { continue }
          if row.fields.count > 1 || delimiter == "|" { return (reader.delimiter, row) }
          break
        }
        guard row.fields.count >= (isCertain ? 2 : 3), row.fields.count <= Self.mostColumns
        else { continue }
        if takesFullest {
          if row.fields.count > (fullest?.1.fields.count ?? 0) { fullest = (reader.delimiter, row) }
          continue
        }
        if isHeader(RegisterColumns(row.fields, mapping: mapping)) {
          return (reader.delimiter, row)
        }
      }
    }
    return fullest
  }

  // MARK: Workbooks

  private func workbookTables(_ file: CandidateFile) -> [RegisterTable] {
    guard let workbook = try? file.workbook() else { return [] }
    return workbook.sheets.compactMap { sheet in
      guard self.sheet == nil ? !sheet.isHidden : sheet.name == self.sheet else { return nil }
      func place(_ row: Int) -> SourceLocation {
        SourceLocation(path: file.path, line: row + 1, element: sheet.name)
      }
      func filled(_ row: Int) -> Int { sheet.rows[row].count { $0.trimmedOrNil != nil } }
      let first = Array(sheet.rows.indices.prefix(Self.depth))
      let most = first.map(filled).max() ?? 0
      for top in first {
        if let headerLine, top + 1 != headerLine { continue }
        guard sheet.rows[top].contains(where: { $0.trimmedOrNil != nil }) else { continue }
        let columns = RegisterColumns(sheet.rows[top], mapping: mapping)
        guard
          headerLine != nil || isHeader(columns)
            || (takesFullest && most > 1 && filled(top) == most)
        else { continue }
        return RegisterTable(
          path: file.path, sheet: sheet.name, headers: sheet.rows[top], columns: columns,
          header: place(top),
          rows: sheet.rows.indices.dropFirst(top + 1).filter { row in
            sheet.rows[row].contains { $0.trimmedOrNil != nil }
          }.map { (sheet.rows[$0], place($0)) })
      }
      return nil
    }
  }
}
