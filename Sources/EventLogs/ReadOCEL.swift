internal import DocumentReading
internal import Facts

/// Reads OCEL 2.0 in JSON, and the first version of the standard (`ocel:events`).
///
/// Source: OCEL 2.0 specification, doi:10.48550/arXiv.2403.01975, sec. 4.
func readOCEL(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  let records = OCELRecords(path: path, options: options)
  let root = try streamJSON(
    bytes, path: path, limits: options.limits,
    lists: ["events", "objects", "ocel:events", "ocel:objects"]
  ) { list, key, record in
    switch list {
    case "events": records.add(OCELEvent(second: record))
    case "ocel:events": records.add(OCELEvent(first: record))
    case "objects":
      if let id = record["id"]?.text, let type = record["type"]?.text {
        records.define(id, type: type)
      }
    default:
      if let key, let type = record["ocel:type"]?.text { records.define(key, type: type) }
    }
  }
  let isSecond = root["events"]?.array != nil && root["objects"]?.array != nil
  let isFirst = root["ocel:events"]?.object != nil && root["ocel:objects"]?.object != nil
  guard isSecond || isFirst else {
    throw DocumentError(
      .malformed,
      "this is JSON, but it has not the 'events' and 'objects' of OCEL 2.0; give an event log in OCEL 2.0, "
        + "XES or CSV", at: root.location)
  }
  return try records.log(
    columns: isSecond ? ("type", "time") : ("ocel:activity", "ocel:timestamp"), at: root.location)
}
