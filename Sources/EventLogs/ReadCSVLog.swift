internal import DocumentReading
internal import Facts

/// Reads a log with one record for each event.
func readCSVLog(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  var reader = try CSVReader(bytes, path: path, limits: options.limits)
  guard let head = try reader.next() else {
    throw DocumentError(
      .truncated, "the file is empty where a header line was expected",
      at: SourceLocation(path: path))
  }
  let header = head.fields.map(\.trimmed)
  if isOCELTable(header), options.columns[.caseID] == nil {
    return try readOCELTable(bytes, path: path, options: options)
  }
  let (columns, unknown) = guessColumns(header, given: options.columns)
  if let first = unknown.first {
    throw DocumentError(
      .malformed,
      "there is no column '\(first.column)' for the \(first.part.rawValue); the columns are "
        + header.prefix(20).joined(separator: ", "), at: SourceLocation(path: path, line: head.line)
    )
  }
  // The first records decide how times are written.
  var ahead: [CSVRow] = []
  while ahead.count < 500, let row = try reader.next() { ahead.append(row) }
  let format = try timeFormat(of: ahead, columns, header, path: path, line: head.line)
  guard let caseColumn = columns[.caseID], let activityColumn = columns[.activity],
    columns[.end] != nil || columns[.start] != nil
  else {
    let missing = [
      (LogPart.caseID, columns[.caseID] != nil), (.activity, columns[.activity] != nil),
      (.end, columns[.end] != nil || columns[.start] != nil),
    ].filter { !$0.1 }.map(\.0.rawValue)
    throw DocumentError(
      .malformed,
      "no column is known as \(missing.joined(separator: ", ")); say which with --column "
        + "\(missing[0])=NAME; the columns are \(header.prefix(20).joined(separator: ", "))",
      at: SourceLocation(path: path, line: head.line))
  }
  var source = LogSource()
  source.path = path
  source.format = "csv"
  source.header = header
  source.timeFormat = format.rawValue
  for part in LogPart.allCases {
    guard let column = columns[part] else { continue }
    source.mapping.append(
      ColumnUse(
        part: part, column: header[column], isGiven: options.columns[part] != nil))
  }
  let used = Set(columns.values)
  let others = header.indices.filter { !used.contains($0) }
  source.unused = others.map { header[$0] }
  var builder = LogBuilder(source: source, attributes: source.unused)
  var next = 0
  while true {
    let row: CSVRow
    if next < ahead.count {
      row = ahead[next]
      next += 1
    } else if let further = try reader.next() {
      row = further
    } else {
      break
    }
    let place = SourceLocation(path: path, line: row.line)
    func text(_ part: LogPart) -> String? {
      guard let column = columns[part], let field = row[column] else { return nil }
      let text = field.trimmed
      return text.isEmpty ? nil : text
    }
    guard let caseID = row[caseColumn].map(\.trimmed), !caseID.isEmpty else {
      builder.skip("there is no case id", at: place)
      continue
    }
    guard let activity = row[activityColumn].map(\.trimmed), !activity.isEmpty else {
      builder.skip("there is no activity", at: place)
      continue
    }
    func time(_ part: LogPart) -> LogTime? { text(part).flatMap { format.read($0[...].utf8) } }
    let (start, end) = (time(.start), time(.end))
    if (start == nil && text(.start) != nil) || (end == nil && text(.end) != nil) {
      builder.skip("a time is not written as the others are (\(format.rawValue))", at: place)
      continue
    }
    if start == nil, end == nil {
      builder.skip("there is no time", at: place)
      continue
    }
    if text(.lifecycle) == nil || columns[.start] == nil || columns[.end] == nil {
      builder.add(
        .init(
          caseID: caseID, activity: activity, resource: text(.resource), start: start, end: end,
          enabled: time(.enabled), lifecycle: text(.lifecycle)?.lowercased()),
        attributes: others.map { row[$0] }, at: place)
    } else {
      // Where a record has both times its lifecycle adds nothing.
      builder.add(
        .init(
          caseID: caseID, activity: activity, resource: text(.resource), start: start, end: end,
          enabled: time(.enabled), lifecycle: nil),
        attributes: others.map { row[$0] }, at: place)
    }
  }
  return builder.finish()
}

/// How the times of the first records are written.
private func timeFormat(
  of rows: [CSVRow], _ columns: [LogPart: Int], _ header: [String], path: String, line: Int
) throws(DocumentError) -> LogTimeFormat {
  var texts: [String] = []
  for part in [LogPart.start, .end] {
    guard let column = columns[part] else { continue }
    texts += rows.compactMap { $0[column].map(\.trimmed) }.filter { !$0.isEmpty }
  }
  if texts.isEmpty { return .iso }
  if let common = LogTimeFormat.common(of: texts) { return common }
  // Some records may be damaged: the format that reads most of them, if that is most of all.
  let counts = LogTimeFormat.allCases.map { format in
    (format, texts.count { format.read($0[...].utf8) != nil })
  }
  if let best = counts.max(by: { $0.1 < $1.1 }), best.1 * 2 > texts.count { return best.0 }
  throw DocumentError(
    .malformed,
    "the column '\(header[columns[.end] ?? columns[.start] ?? 0])' has no times that are understood; "
      + "write them as 2026-01-05T08:30:00+01:00 (ISO 8601), or name another with --column end=NAME",
    at: SourceLocation(path: path, line: line + 1))
}
