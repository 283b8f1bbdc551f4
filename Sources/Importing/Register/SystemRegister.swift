import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// The list of automations that an organisation keeps itself, as CSV or Excel: one row each, with the
  /// seven fields of the audit.
  static let systemRegister = ImportFormat(
    id: "system-register", title: "System register",
    isFormat: { file in registerTable(file, headerOnly: true) != nil },
    readFile: { file throws(DocumentError) in
      if isWorkbook(file.bytes) { _ = try file.workbook() }
      if let table = registerTable(file, headerOnly: false) { return readRegister(table) }
      // The header is that of a register, so it is a later record that cannot be read.
      _ = try parseCSV(file.bytes, path: file.path, limits: file.limits)
      return FileReading(path: file.path)
    })
}

/// A table whose header is that of a register.
private struct RegisterTable {
  var path: String
  var columns: RegisterColumns
  var header: SourceLocation
  var width: Int
  var rows: [(fields: [String], place: SourceLocation)]
}

/// The register in a file; `nil` where there is none.
private func registerTable(_ file: CandidateFile, headerOnly: Bool) -> RegisterTable? {
  if isWorkbook(file.bytes) { return workbookTable(file) }
  guard let first = file.firstByte, first != UInt8(ascii: "<"), first != UInt8(ascii: "{"),
    !file.bytes.starts(with: [0x50, 0x4B]),
    let header = csvHeader(file), RegisterColumns(header.fields).isRegister
  else { return nil }
  var table = RegisterTable(
    path: file.path, columns: RegisterColumns(header.fields),
    header: SourceLocation(path: file.path, line: header.line), width: header.fields.count, rows: []
  )
  guard !headerOnly else { return table }
  guard let csv = try? parseCSV(file.bytes, path: file.path, limits: file.limits) else {
    return nil
  }
  table.rows = csv.rows.map { ($0.fields, SourceLocation(path: file.path, line: $0.line)) }
  return table
}

/// The first record of a file, read as CSV; `nil` where it is not text or has fewer than three fields.
func csvHeader(_ file: CandidateFile) -> CSVRow? {
  // A register's header is one line; whatever has none in 64 KiB is no register.
  let start = Array(file.bytes.prefix(64 << 10))
  guard start.contains(0x0A) || start.contains(0x0D) || file.bytes.count < start.count,
    var reader = try? CSVReader(start, path: file.path), let row = try? reader.next(),
    row.fields.count >= 3
  else { return nil }
  return row
}

private func workbookTable(_ file: CandidateFile) -> RegisterTable? {
  guard let workbook = try? file.workbook() else { return nil }
  for sheet in workbook.sheets where !sheet.isHidden {
    guard let top = sheet.rows.firstIndex(where: { $0.contains { $0.trimmedOrNil != nil } }) else {
      continue
    }
    let columns = RegisterColumns(sheet.rows[top])
    guard columns.isRegister else { continue }
    func place(_ row: Int) -> SourceLocation {
      SourceLocation(path: file.path, line: row + 1, element: sheet.name)
    }
    return RegisterTable(
      path: file.path, columns: columns, header: place(top), width: sheet.rows[top].count,
      rows: sheet.rows.indices.dropFirst(top + 1).filter { row in
        sheet.rows[row].contains { $0.trimmedOrNil != nil }
      }.map { (sheet.rows[$0], place($0)) })
  }
  return nil
}

/// A hint for a table that is almost a register; `nil` for every other file.
func registerHint(for file: CandidateFile) -> ImportProblem? {
  guard pathExtension(of: file.name) == "csv", let header = csvHeader(file) else { return nil }
  let columns = RegisterColumns(header.fields)
  guard columns[.name] != nil, columns.auditedCount > 0, !columns.isRegister else { return nil }
  let missing = RegisterField.allCases.filter { $0.isAudited && columns[$0] == nil }
  return ImportProblem(
    .info,
    "not read as a system register, since it lacks the columns "
      + missing.map { "'\($0.title)'" }.joined(separator: ", ")
      + "; a name and three of the seven audited fields are needed",
    at: SourceLocation(path: file.path, line: header.line))
}

private func readRegister(_ table: RegisterTable) -> FileReading {
  var reading = FileReading(path: table.path)
  for (header, hint) in table.columns.unknown {
    let suggestion = hint.map { "; did you mean '\($0)'?" } ?? ""
    reading.note(
      .low, "the column '\(header)' is not one that is read\(suggestion)", at: table.header)
  }
  for (header, field) in table.columns.repeated {
    reading.note(
      .medium, "the column '\(header)' is left out, since an earlier one holds the \(field.title)",
      at: table.header)
  }
  var firstLines: [String: Int] = [:]
  var applications: [SourceLocation] = []
  for (fields, place) in table.rows {
    let row = RegisterRow(fields, columns: table.columns, place: place)
    guard let name = row.name else {
      reading.note(.medium, "the row has no name and is left out; name the automation", at: place)
      continue
    }
    if fields.count > table.width,
      fields[table.width...].contains(where: { $0.trimmedOrNil != nil })
    {
      reading.note(
        .medium,
        "the row has \(fields.count) fields where the header has \(table.width); quote fields that"
          + " hold the delimiter", at: place)
    }
    if let line = firstLines[nameKey(name)] {
      reading.note(
        .medium, "the row repeats '\(name)' of line \(line); both are kept, the first wins",
        at: place)
    } else {
      firstLines[nameKey(name)] = place.line ?? 0
    }
    row.read(into: &reading)
    if row.isRichApplication { applications.append(place) }
  }
  if let first = applications.first {
    reading.note(
      .info,
      "of applications only the names are kept (rows: \(applications.count), the first is here)",
      at: first)
  }
  if table.rows.isEmpty {
    reading.note(.medium, "the register has a header and no rows", at: table.header)
  }
  return reading
}
