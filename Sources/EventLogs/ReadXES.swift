internal import DocumentReading
internal import Facts

/// Reads XES (IEEE 1849-2016): a `log` of `trace`s of `event`s, whose attributes have keys.
func readXES(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  let root = try parseXML(bytes, path: path, limits: options.limits)
  guard root.name == "log" else {
    throw DocumentError(
      .malformed,
      "this is XML, but its root is '\(root.name)' where XES and OCEL have 'log'; give an event log "
        + "in XES, CSV or OCEL", at: root.location)
  }
  if root.first("objects") != nil, root.first("events") != nil {
    return try readOCELXML(root, path: path, options: options)
  }
  func key(_ part: LogPart, _ standard: String) -> String { options.columns[part] ?? standard }
  let keys: [(part: LogPart, key: String)] = [
    (.caseID, key(.caseID, "concept:name")), (.activity, key(.activity, "concept:name")),
    (.start, key(.start, "start_timestamp")), (.end, key(.end, "time:timestamp")),
    (.resource, key(.resource, "org:resource")), (.enabled, key(.enabled, "time:enabled")),
    (.lifecycle, key(.lifecycle, "lifecycle:transition")),
  ]
  var source = LogSource()
  source.path = path
  source.format = "xes"
  source.timeFormat = LogTimeFormat.iso.rawValue
  let standard = Set(keys.map(\.key))
  var names: [String] = []
  var found: Set<String> = []
  var used: Set<String> = []
  let traces = root.children.filter { $0.name == "trace" }
  for event in traces.lazy.flatMap({ $0.children }) where event.name == "event" {
    for attribute in event.children {
      guard let key = attribute["key"] else { continue }
      if standard.contains(key) {
        used.insert(key)
      } else if found.insert(key).inserted, names.count < 64 {
        names.append(key)
      }
    }
  }
  var traceNames: [String] = []
  for trace in traces {
    for attribute in trace.children where attribute.name != "event" {
      if let key = attribute["key"], key != keys[0].key, traceNames.count < 64,
        !traceNames.contains(key)
      {
        traceNames.append(key)
      }
    }
  }
  source.mapping = keys.filter { $0.part == .caseID || used.contains($0.key) }.map {
    ColumnUse(
      part: $0.part, column: $0.part == .caseID ? "trace \($0.key)" : $0.key,
      isGiven: options.columns[$0.part] != nil)
  }
  source.unused = names + traceNames.map { "case:\($0)" }
  if !traces.isEmpty { try requireTimes(traces, keys[2].key, keys[3].key, path: path) }
  var builder = LogBuilder(source: source, attributes: source.unused)
  for (number, trace) in traces.enumerated() {
    var values: [String: String] = [:]
    for attribute in trace.children where attribute.name != "event" {
      if let key = attribute["key"], let value = attribute["value"] { values[key] = value }
    }
    let caseID = values[keys[0].key] ?? "trace \(number + 1)"
    let ofTrace = traceNames.map { values[$0] }
    for event in trace.children where event.name == "event" {
      var row: [String: String] = [:]
      for attribute in event.children {
        if let key = attribute["key"], let value = attribute["value"] { row[key] = value }
      }
      guard let activity = row[keys[1].key], !activity.isEmpty else {
        builder.skip("there is no '\(keys[1].key)'", at: event.location)
        continue
      }
      func time(_ index: Int) -> LogTime? {
        row[keys[index].key].flatMap { LogTimeFormat.iso.read($0[...].utf8) }
      }
      let (start, end) = (time(2), time(3))
      guard start != nil || end != nil else {
        builder.skip("there is no '\(keys[3].key)' as ISO 8601", at: event.location)
        continue
      }
      let life = row[keys[6].key]?.lowercased()
      if let life, start == nil, !["start", "complete"].contains(life), isMinorStep(life) {
        continue
      }
      builder.add(
        .init(
          caseID: caseID, activity: activity,
          resource: row[keys[4].key].flatMap { $0.isEmpty ? nil : $0 }, start: start, end: end,
          enabled: time(5), lifecycle: start == nil ? life : nil),
        attributes: names.map { row[$0] } + ofTrace, at: event.location)
    }
  }
  return builder.finish()
}

/// Refuses a log of which no event says when it happened.
private func requireTimes(
  _ traces: [XMLElement], _ start: String, _ end: String, path: String
) throws(DocumentError) {
  var events = 0
  for trace in traces {
    for event in trace.children where event.name == "event" {
      events += 1
      for attribute in event.children where attribute["key"] == start || attribute["key"] == end {
        if let value = attribute["value"], LogTimeFormat.iso.read(value[...].utf8) != nil { return }
      }
    }
  }
  guard events > 0 else { return }
  throw DocumentError(
    .malformed,
    "none of its \(events) events says when it happened: '\(end)' is missing or no time as ISO 8601. "
      + "Arrivals, working times and waiting cannot be measured without times; export the log with "
      + "them, or name the key that has them with --column end=KEY",
    at: SourceLocation(path: path))
}

/// Steps of the standard lifecycle model between an event's start and end, and before its start.
private func isMinorStep(_ step: String) -> Bool {
  ["schedule", "assign", "reassign", "suspend", "resume", "autoskip", "manualskip", "withdraw"]
    .contains(step)
}
