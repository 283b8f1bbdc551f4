import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// The list of automations that an organisation keeps itself, as CSV or Excel: one row each, with the
  /// seven fields of the audit.
  static let systemRegister = ImportFormat(
    id: "system-register", title: "System register",
    isFormat: { file in !RegisterSearch().tables(in: file, headerOnly: true).isEmpty },
    readFile: { file throws(DocumentError) in
      if isWorkbook(file.bytes) { _ = try file.workbook() }
      return readRegister(file, RegisterSearch())
    })
}

/// The first record of a file, read as CSV; `nil` where it is not text or has fewer than three fields.
func csvHeader(_ file: CandidateFile) -> CSVRow? {
  // A header is one line; whatever has none in 64 KiB is no table.
  let start = Array(file.bytes.prefix(64 << 10))
  guard start.contains(0x0A) || start.contains(0x0D) || file.bytes.count < start.count,
    var reader = try? CSVReader(start, path: file.path), let row = try? reader.next(),
    row.fields.count >= 3
  else { return nil }
  return row
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
      + "; a name and three of the seven audited fields are needed, or say what its columns hold:"
      + " rehearse import register FILE --preview",
    at: SourceLocation(path: file.path, line: header.line))
}

/// Reads the registers in a file.
func readRegister(_ file: CandidateFile, _ search: RegisterSearch) -> FileReading {
  var reading = FileReading(path: file.path)
  for table in search.tables(in: file, headerOnly: false) { reading.add(readRegister(table)) }
  return reading
}

private func readRegister(_ table: RegisterTable) -> FileReading {
  var reading = FileReading(path: table.path)
  for header in table.columns.unknown {
    let hint = RegisterColumns.hint(for: header)
    let suggestion = hint.map { "; did you mean '\($0)'?" } ?? ""
    reading.note(
      .low, "the column '\(header)' is not one that is read\(suggestion)", at: table.header)
  }
  for (header, field) in table.columns.repeated {
    reading.note(
      .medium, "the column '\(header)' is left out, since an earlier one holds the \(field.title)",
      at: table.header)
  }
  reading.problems += table.problems
  reading.hasFailed = table.rows.isEmpty && !table.problems.isEmpty
  let hasDecimalComma = table.hasDecimalComma
  var firstLines: [String: Int] = [:]
  var applications: [SourceLocation] = []
  var beside: [SourceLocation] = []
  for (fields, place) in table.rows {
    let row = RegisterRow(
      fields, columns: table.columns, place: place, hasDecimalComma: hasDecimalComma)
    guard let name = row.name else {
      reading.note(.medium, "the row has no name and is left out; name the automation", at: place)
      continue
    }
    guard !row.isBesideTheEstate else {
      beside.append(place)
      continue
    }
    if fields.count > table.headers.count,
      fields[table.headers.count...].contains(where: { $0.trimmedOrNil != nil })
    {
      reading.note(
        .medium,
        "the row has \(fields.count) fields where the header has \(table.headers.count); quote fields"
          + " that hold the delimiter", at: place)
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
  if let first = beside.first {
    reading.note(
      .info,
      "rows of hardware, organisation and capabilities are left out (rows: \(beside.count), the first"
        + " is here)", at: first)
  }
  if table.rows.isEmpty, table.problems.isEmpty {
    reading.note(.medium, "the register has a header and no rows", at: table.header)
  }
  return reading
}
