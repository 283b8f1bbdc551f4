internal import DocumentReading
internal import Facts

/// Reads OCEL 2.0 in JSON, and the first version of the standard (`ocel:events`).
///
/// Objects of one type become the cases; an event with several of them stands in each of their cases, as
/// flattening does. Source: OCEL 2.0 specification, doi:10.48550/arXiv.2403.01975, sec. 4.
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
  let type = try caseType(of: records, options: options, root)
  var source = LogSource()
  source.path = path
  source.format = "ocel"
  source.objectType = type
  source.timeFormat = LogTimeFormat.iso.rawValue
  source.mapping = [
    ColumnUse(part: .caseID, column: "objects of type \(type)", isGiven: options.objectType != nil),
    ColumnUse(part: .activity, column: "type", isGiven: false),
    ColumnUse(part: .end, column: "time", isGiven: false),
  ]
  let resource = options.columns[.resource] ?? "resource"
  if records.contains(where: { $0.attributes[resource] != nil }) {
    source.mapping.append(
      ColumnUse(
        part: .resource, column: resource, isGiven: options.columns[.resource] != nil))
  }
  var builder = LogBuilder(source: source, attributes: [])
  for record in records {
    guard let activity = record.activity, let time = record.time else {
      builder.skip("there is no type or no time as ISO 8601", at: record.location)
      continue
    }
    for object in record.objects where object.type == type {
      builder.add(
        .init(
          caseID: object.id, activity: activity, resource: record.attributes[resource],
          start: record.attributes["start_timestamp"].flatMap {
            LogTimeFormat.iso.read($0[...].utf8)
          }, end: time, enabled: nil, lifecycle: nil), at: record.location)
    }
  }
  return builder.finish()
}

private func caseType(
  of records: [OCELEvent], options: EventLogOptions, _ root: DataNode
) throws(DocumentError) -> String {
  var counts: [String: Int] = [:]
  for record in records {
    for type in Set(record.objects.map(\.type)) { counts[type, default: 0] += 1 }
  }
  let names = counts.keys.sorted()
  if let wanted = options.objectType {
    guard counts[wanted] != nil else {
      throw DocumentError(
        .malformed,
        "no event has an object of type '\(wanted)'; the types are "
          + names.prefix(20).joined(separator: ", "), at: root.location)
    }
    return wanted
  }
  guard let most = names.max(by: { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) }) else {
    throw DocumentError(
      .malformed,
      "no event of the log has an object, so that there are no cases; export it with its objects",
      at: root.location)
  }
  return most
}

/// An event of OCEL, of either version.
private struct OCELEvent {
  var activity: String?
  var time: LogTime?
  var objects: [(id: String, type: String)] = []
  var attributes: [String: String] = [:]
  var location: SourceLocation

  init(second node: DataNode, types: [String: String]) {
    location = node.location
    activity = node["type"]?.text
    time = node["time"]?.text.flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    for relation in node["relationships"]?.array ?? [] {
      if let id = relation["objectId"]?.text, let type = types[id] { objects.append((id, type)) }
    }
    for attribute in node["attributes"]?.array ?? [] {
      if let name = attribute["name"]?.text, let value = attribute["value"]?.text {
        attributes[name] = value
      }
    }
  }

  init(first node: DataNode, types: [String: String]) {
    location = node.location
    activity = node["ocel:activity"]?.text
    time = node["ocel:timestamp"]?.text.flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    for id in node["ocel:omap"]?.array?.compactMap(\.text) ?? [] {
      if let type = types[id] { objects.append((id, type)) }
    }
    for member in node["ocel:vmap"]?.object ?? [] {
      if let value = member.value.text { attributes[member.key] = value }
    }
  }
}
