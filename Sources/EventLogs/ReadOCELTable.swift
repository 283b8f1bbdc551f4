internal import DocumentReading
internal import Facts

/// Whether the columns of a table are those of OCEL in CSV: a column of objects for each type.
func isOCELTable(_ header: [String]) -> Bool {
  header.contains { $0.hasPrefix(objectColumn) } && header.contains("ocel:activity")
    && header.contains("ocel:timestamp")
}

private let objectColumn = "ocel:type:"

/// Reads OCEL in CSV, as pm4py writes it: a record for each event, with a list of objects for each type.
func readOCELTable(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  var reader = try CSVReader(bytes, path: path, limits: options.limits)
  let head = try reader.next()
  let header = (head?.fields ?? []).map(\.trimmed)
  var types: [(column: Int, type: String)] = []
  var others: [(column: Int, name: String)] = []
  for (column, name) in header.enumerated() {
    if name.hasPrefix(objectColumn) {
      types.append((column, String(name.dropFirst(objectColumn.count))))
    } else if !["ocel:eid", "ocel:activity", "ocel:timestamp"].contains(name) {
      others.append((column, name))
    }
  }
  let activity = header.firstIndex(of: "ocel:activity") ?? 0
  let time = header.firstIndex(of: "ocel:timestamp") ?? 0
  let records = OCELRecords(path: path, options: options)
  while let row = try reader.next() {
    var record = OCELEvent(location: SourceLocation(path: path, line: row.line))
    record.activity = row[activity].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
    record.time = row[time].flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    for (column, type) in types {
      record.objects += listed(row[column] ?? "").map { ($0, type) }
    }
    for (column, name) in others {
      if let value = row[column].map(\.trimmed), !value.isEmpty { record.attributes[name] = value }
    }
    records.add(record)
  }
  return try records.log(
    columns: ("ocel:activity", "ocel:timestamp"),
    at: SourceLocation(path: path, line: head?.line))
}

/// The texts of a list as Python writes it, `['a', "b"]`.
private func listed(_ text: String) -> [String] {
  var found: [String] = []
  var open: Character?
  var current = ""
  for character in text {
    if let quote = open {
      if character == quote {
        found.append(current)
        current = ""
        open = nil
      } else {
        current.append(character)
      }
    } else if character == "'" || character == "\"" {
      open = character
    }
  }
  return found
}
