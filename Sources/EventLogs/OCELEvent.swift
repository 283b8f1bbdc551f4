internal import DocumentReading
internal import Facts

/// An event of OCEL, of either version and any of its formats.
struct OCELEvent {
  /// What was done; `nil` where it is not said.
  var activity: String?
  /// When.
  var time: LogTime?
  /// What it was done with.
  var objects: [(id: String, type: String)] = []
  /// What else is said of it.
  var attributes: [String: String] = [:]
  var location: SourceLocation

  init(location: SourceLocation) { self.location = location }

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

/// A log of events of which each stands in the case of each of its objects of one type.
///
/// - Parameters:
///   - columns: what the file calls the activity and the time.
///   - location: where the events stand, for what is wrong with all of them.
/// - Throws: where no event has an object, or none one of the type that the user named.
func flatten(
  _ records: [OCELEvent], path: String, options: EventLogOptions,
  columns: (activity: String, time: String), at location: SourceLocation
) throws(DocumentError) -> EventLog {
  let type = try caseType(of: records, options: options, at: location)
  var source = LogSource()
  source.path = path
  source.format = "ocel"
  source.objectType = type
  source.timeFormat = LogTimeFormat.iso.rawValue
  source.mapping = [
    ColumnUse(part: .caseID, column: "objects of type \(type)", isGiven: options.objectType != nil),
    ColumnUse(part: .activity, column: columns.activity, isGiven: false),
    ColumnUse(part: .end, column: columns.time, isGiven: false),
  ]
  let resource = options.columns[.resource] ?? resourceAttribute(of: records)
  if records.contains(where: { $0.attributes[resource] != nil }) {
    source.mapping.append(
      ColumnUse(
        part: .resource, column: resource, isGiven: options.columns[.resource] != nil))
  }
  var builder = LogBuilder(source: source, attributes: [])
  for record in records {
    guard let activity = record.activity, let time = record.time else {
      builder.skip(
        "there is no \(columns.activity) or no \(columns.time) as ISO 8601", at: record.location)
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

/// The attribute that says who did it: the first of those that programs use and that some event has.
private func resourceAttribute(of records: [OCELEvent]) -> String {
  ["resource", "org:resource", "Resource", "user", "ocel:resource"].first { name in
    records.contains { $0.attributes[name] != nil }
  } ?? "resource"
}

private func caseType(
  of records: [OCELEvent], options: EventLogOptions, at location: SourceLocation
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
          + names.prefix(20).joined(separator: ", "), at: location)
    }
    return wanted
  }
  guard let most = names.max(by: { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) }) else {
    throw DocumentError(
      .malformed,
      "no event of the log has an object, so that there are no cases; export it with its objects",
      at: location)
  }
  return most
}
