internal import DocumentReading
internal import Facts

/// Reads OCEL in SQLite: version 2.0, and the tables that pm4py writes of the first version.
///
/// Source: OCEL 2.0 specification, doi:10.48550/arXiv.2403.01975, sec. 6: the tables `event`, `object`,
/// `event_object` and `event_map_type`, and one `event_…` for each type of event.
func readOCELDatabase(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  let tables = try SQLiteTables(bytes, path: path)
  let place = SourceLocation(path: path)
  func has(_ names: String...) -> Bool { names.allSatisfy { tables.columns[$0] != nil } }
  if has("event", "object", "event_object", "event_map_type") {
    let records = OCELRecords(path: path, options: options)
    try readSecond(tables, into: records, at: place)
    return try records.log(columns: ("ocel_type", "ocel_time"), at: place)
  }
  if has("EVENTS", "RELATIONS") {
    let records = OCELRecords(path: path, options: options)
    try readFirst(tables, into: records, at: place)
    return try records.log(columns: ("ocel:activity", "ocel:timestamp"), at: place)
  }
  let names = tables.columns.keys.sorted().prefix(10).joined(separator: ", ")
  throw DocumentError(
    .malformed,
    "this is an SQLite database, but it has not the tables 'event', 'object', 'event_object' and 'event_map_type' "
      + "of OCEL 2.0 (it has \(names.isEmpty ? "none" : names)); export the log as OCEL, XES or CSV",
    at: place)
}

private func readSecond(
  _ tables: SQLiteTables, into records: OCELRecords, at place: SourceLocation
) throws(DocumentError) {
  try tables.forEachRow(of: "object", ["ocel_id", "ocel_type"]) { row throws(DocumentError) in
    if let id = row[0], let type = row[1] { records.define(id, type: type) }
  }
  var drafts: [OCELEvent] = []
  var positions: [String: Int] = [:]
  try tables.forEachRow(of: "event", ["ocel_id", "ocel_type"]) { row throws(DocumentError) in
    guard let id = row[0], positions[id] == nil else { return }
    positions[id] = drafts.count
    var event = OCELEvent(location: place)
    event.activity = row[1]
    drafts.append(event)
  }
  var names: [String] = []
  try tables.forEachRow(of: "event_map_type", ["ocel_type_map"]) { row throws(DocumentError) in
    if let name = row[0], !names.contains(name) { names.append(name) }
  }
  let wanted = records.wantedAttributes
  for name in names where tables.columns["event_\(name)"] != nil {
    try tables.forEachRow(of: "event_\(name)", ["ocel_id", "ocel_time"] + wanted) {
      row throws(DocumentError) in
      guard let id = row[0], let position = positions[id] else { return }
      drafts[position].time = row[1].flatMap { LogTimeFormat.iso.read($0[...].utf8) }
      for (attribute, value) in zip(wanted, row.dropFirst(2)) {
        if let value, !value.isEmpty { drafts[position].attributes[attribute] = value }
      }
    }
  }
  try tables.forEachRow(of: "event_object", ["ocel_event_id", "ocel_object_id"]) {
    row throws(DocumentError) in
    guard let event = row[0], let object = row[1], let position = positions[event] else { return }
    drafts[position].objects.append((object, nil))
  }
  for event in drafts { records.add(event) }
}

private func readFirst(
  _ tables: SQLiteTables, into records: OCELRecords, at place: SourceLocation
) throws(DocumentError) {
  let wanted = records.wantedAttributes
  var drafts: [OCELEvent] = []
  var positions: [String: Int] = [:]
  try tables.forEachRow(of: "EVENTS", ["ocel:eid", "ocel:activity", "ocel:timestamp"] + wanted) {
    row throws(DocumentError) in
    guard let id = row[0], positions[id] == nil else { return }
    positions[id] = drafts.count
    var event = OCELEvent(location: place)
    event.activity = row[1]
    event.time = row[2].flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    for (attribute, value) in zip(wanted, row.dropFirst(3)) {
      if let value, !value.isEmpty { event.attributes[attribute] = value }
    }
    drafts.append(event)
  }
  try tables.forEachRow(of: "RELATIONS", ["ocel:eid", "ocel:oid", "ocel:type"]) {
    row throws(DocumentError) in
    guard let event = row[0], let object = row[1], let position = positions[event] else { return }
    if let type = row[2] { records.define(object, type: type) }
    drafts[position].objects.append((object, nil))
  }
  for event in drafts { records.add(event) }
}
