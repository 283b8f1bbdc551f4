internal import DocumentReading
internal import Facts

/// Reads a log with one record for each event.
func readCSVLog(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  var reader = try CSVReader(bytes, path: path, limits: options.limits)
  guard var head = try reader.next() else {
    throw DocumentError(
      .truncated, "the file is empty where a header line was expected",
      at: SourceLocation(path: path))
  }
  var header = head.fields.map(\.trimmed)
  if isOCELTable(header), options.columns[.caseID] == nil {
    return try readOCELTable(bytes, path: path, options: options)
  }
  var (columns, unknown) = guessColumns(header, given: options.columns)
  if let first = unknown.first {
    throw DocumentError(
      .malformed,
      "there is no column '\(first.column)' for the \(first.part.rawValue); the columns are "
        + header.prefix(20).joined(separator: ", "), at: SourceLocation(path: path, line: head.line)
    )
  }
  // The first records decide how times are written, and what is what where no name says so.
  var ahead = try reader.lookAhead(500)
  guessByWords(header, ahead, &columns)
  if !isComplete(columns), let place = headerBelowTitle(ahead, given: options.columns) {
    for _ in 0...place { if let next = try reader.next() { head = next } }
    header = head.fields.map(\.trimmed)
    columns = guessColumns(header, given: options.columns).columns
    ahead = try reader.lookAhead(500)
    guessByWords(header, ahead, &columns)
  }
  if columns[.lifecycle] == nil, columns[.start] == nil || columns[.end] == nil {
    columns[.lifecycle] = lifecycleColumn(
      ahead, leavingOut: Set(columns.values), columns: header.count)
  }
  let times = timeColumns(columns, header, rows: ahead)
  var format = try timeFormat(of: ahead, times, header, path: path, line: head.line)
  if format == .dayFirst || format == .monthFirst {
    format = try dayOrMonthFirst(
      bytes, path: path, limits: options.limits, times: times, otherwise: format)
  }
  guard let caseColumn = columns[.caseID], let activityColumn = columns[.activity],
    columns[.end] != nil || columns[.start] != nil
  else {
    let missing = [
      (LogPart.caseID, columns[.caseID] != nil), (.activity, columns[.activity] != nil),
      (.end, columns[.end] != nil || columns[.start] != nil),
    ].filter { !$0.1 }.map(\.0.rawValue)
    let steps = missing.contains(LogPart.activity.rawValue) ? stepColumns(header, ahead) : []
    let advice =
      steps.isEmpty
      ? "say which with --column \(missing[0])=NAME; the columns are "
        + header.prefix(20).joined(separator: ", ")
      : "each record has the times of several steps (\(steps.prefix(5).joined(separator: ", "))); a log needs one "
        + "record for each step, with its case, its name and its time"
    throw DocumentError(
      .malformed, "no column is known as \(missing.joined(separator: ", ")); \(advice)",
      at: SourceLocation(path: path, line: head.line))
  }
  var source = LogSource()
  source.path = path
  source.format = "csv"
  source.header = header
  source.timeFormat = format.rawValue
  source.hasEndTimes = columns[.end] != nil || columns[.lifecycle] != nil
  for part in LogPart.allCases {
    guard let column = columns[part] else { continue }
    source.mapping.append(
      ColumnUse(
        part: part, column: header[column], isGiven: options.columns[part] != nil))
  }
  // The other half of a time stands behind it.
  for part in LogPart.allCases {
    guard let halves = times[part], let column = columns[part], let clock = halves.clock else {
      continue
    }
    source.mapping.append(
      ColumnUse(
        part: part, column: header[clock == column ? halves.column : clock], isGiven: false))
  }
  let used = Set(columns.values).union(times.values.flatMap { [$0.column, $0.clock ?? $0.column] })
  let others = header.indices.filter { !used.contains($0) }
  source.unused = others.map { header[$0] }
  var builder = LogBuilder(source: source, attributes: source.unused)
  while let row = try reader.next() {
    let place = SourceLocation(path: path, line: row.line)
    func text(_ part: LogPart) -> String? {
      guard let column = columns[part], let field = row[column] else { return nil }
      let text = field.trimmed
      return standsForNothing(text) ? nil : text
    }
    guard let caseID = row[caseColumn].map(\.trimmed), !caseID.isEmpty else {
      builder.skip("there is no case id", at: place)
      continue
    }
    guard let activity = row[activityColumn].map(\.trimmed), !activity.isEmpty else {
      builder.skip("there is no activity", at: place)
      continue
    }
    let (startText, endText) = (times[.start]?.text(row), times[.end]?.text(row))
    let start = startText.flatMap { format.read($0[...].utf8) }
    let end = endText.flatMap { format.read($0[...].utf8) }
    if (start == nil && startText != nil) || (end == nil && endText != nil) {
      builder.skip("a time is not written as the others are (\(format.rawValue))", at: place)
      continue
    }
    if start == nil, end == nil {
      builder.skip("there is no time", at: place)
      continue
    }
    // Where a record has both times its lifecycle adds nothing.
    let hasBoth = columns[.start] != nil && columns[.end] != nil
    builder.add(
      .init(
        caseID: caseID, activity: activity, resource: text(.resource), start: start, end: end,
        enabled: times[.enabled]?.text(row).flatMap { format.read($0[...].utf8) },
        lifecycle: hasBoth ? nil : text(.lifecycle)?.lowercased(),
        instance: hasBoth ? nil : text(.instance)),
      attributes: others.map { row[$0] }, at: place)
  }
  return builder.finish()
}

/// Whether case, activity and a time are known, without which nothing can be read.
private func isComplete(_ columns: [LogPart: Int]) -> Bool {
  columns[.caseID] != nil && columns[.activity] != nil
    && (columns[.start] != nil || columns[.end] != nil)
}

/// The place of the header among the first records where lines of a title stand above it: the first of twenty in
/// whose names all is known that is needed.
private func headerBelowTitle(_ rows: [CSVRow], given: [LogPart: String]) -> Int? {
  rows.prefix(20).indices.first { place in
    let names = rows[place].fields.map(\.trimmed)
    guard names.count(where: { !$0.isEmpty }) >= 3 else { return false }
    let (columns, unknown) = guessColumns(names, given: given)
    guard unknown.isEmpty else { return false }
    var found = columns
    guessByWords(names, Array(rows[(place + 1)...]), &found)
    return isComplete(found)
  }
}

/// The columns that hold times, where there are three or more of them: each record is a case then.
private func stepColumns(_ header: [String], _ rows: [CSVRow]) -> [String] {
  let found = header.indices.filter { column in
    let texts = rows.compactMap { $0[column]?.trimmed }.filter { !standsForNothing($0) }
    let format = LogTimeFormat.common(of: texts)
    return format != nil && format != .spreadsheetDays
  }
  return found.count >= 3 ? found.map { header[$0] } : []
}

/// How the times of the first records are written.
private func timeFormat(
  of rows: [CSVRow], _ times: [LogPart: CSVTimeColumn], _ header: [String], path: String, line: Int
) throws(DocumentError) -> LogTimeFormat {
  var texts: [String] = []
  for part in [LogPart.start, .end] {
    guard let column = times[part] else { continue }
    texts += rows.compactMap { column.text($0) }
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
    "the column '\(header[times[.end]?.column ?? times[.start]?.column ?? 0])' has no times that are understood; "
      + "write them as 2026-01-05T08:30:00+01:00 (ISO 8601), or name another with --column end=NAME",
    at: SourceLocation(path: path, line: line + 1))
}

/// Whether dates such as `05/01/2026` begin with the day or with the month.
///
/// The first records may not tell, since days up to the twelfth are both: the whole file is looked at. Where it does
/// not tell either, that is taken which puts the events closer together, and the day where both do.
private func dayOrMonthFirst(
  _ bytes: [UInt8], path: String, limits: DocumentLimits, times: [LogPart: CSVTimeColumn],
  otherwise: LogTimeFormat
) throws(DocumentError) -> LogTimeFormat {
  var reader = try CSVReader(bytes, path: path, limits: limits)
  _ = try reader.next()
  let places = [times[.start], times[.end]].compactMap(\.self)
  var (days, months) = (0, 0)
  var spans: [LogTimeFormat: ClosedRange<Int64>] = [:]
  while let row = try reader.next() {
    for place in places {
      guard let text = place.text(row) else { continue }
      let day = LogTimeFormat.dayFirst.read(text[...].utf8)
      let month = LogTimeFormat.monthFirst.read(text[...].utf8)
      if day != nil, month == nil { days += 1 }
      if day == nil, month != nil { months += 1 }
      for (format, time) in [(LogTimeFormat.dayFirst, day), (.monthFirst, month)] {
        guard let time = time?.local else { continue }
        let known = spans[format] ?? time...time
        spans[format] = min(known.lowerBound, time)...max(known.upperBound, time)
      }
    }
    // A few damaged records decide nothing.
    if abs(days - months) >= 10 { break }
  }
  if days != months { return days > months ? .dayFirst : .monthFirst }
  guard let day = spans[.dayFirst], let month = spans[.monthFirst] else { return otherwise }
  func length(_ span: ClosedRange<Int64>) -> Int64 { span.upperBound - span.lowerBound }
  return length(month) < length(day) ? .monthFirst : .dayFirst
}
