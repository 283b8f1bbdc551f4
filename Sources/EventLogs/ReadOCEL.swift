internal import DocumentReading
internal import Facts

/// Reads OCEL 2.0 in JSON, and the first version of the standard (`ocel:events`).
///
/// Source: OCEL 2.0 specification, doi:10.48550/arXiv.2403.01975, sec. 4.
func readOCEL(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  let root = try parseJSON(bytes, path: path, limits: options.limits)
  let records: [OCELEvent]
  if let events = root["events"]?.array, let objects = root["objects"]?.array {
    let types = Dictionary(
      objects.compactMap { object in
        object["id"]?.text.flatMap { id in object["type"]?.text.map { (id, $0) } }
      }, uniquingKeysWith: { first, _ in first })
    records = events.map { OCELEvent(second: $0, types: types) }
  } else if let events = root["ocel:events"]?.object, let objects = root["ocel:objects"]?.object {
    let types = Dictionary(
      objects.compactMap { object in object.value["ocel:type"]?.text.map { (object.key, $0) } },
      uniquingKeysWith: { first, _ in first })
    records = events.map { OCELEvent(first: $0.value, types: types) }
  } else {
    throw DocumentError(
      .malformed,
      "this is JSON, but it has not the 'events' and 'objects' of OCEL 2.0; give an event log in OCEL 2.0, "
        + "XES or CSV", at: root.location)
  }
  return try flatten(
    records, path: path, options: options, columns: ("type", "time"), at: root.location)
}
