internal import DocumentReading
internal import Facts

/// Reads XES (IEEE 1849-2016), a `log` of `trace`s of `event`s whose attributes have keys, or OCEL in XML; a
/// trace or an event at a time.
func readXES(
  _ bytes: [UInt8], path: String, options: EventLogOptions
) throws(DocumentError) -> EventLog {
  let traces = XESTraces(path: path, options: options)
  let records = OCELRecords(path: path, options: options)
  let root = try streamXML(
    bytes, path: path, limits: options.limits,
    records: [["log", "trace"], ["log", "events", "event"], ["log", "objects", "object"]]
  ) { element, kind in
    switch kind {
    case 0: traces.add(element)
    case 1: records.add(element)
    default: records.define(element)
    }
  }
  guard root.name == "log" else {
    throw DocumentError(
      .malformed,
      "this is XML, but its root is '\(root.name)' where XES and OCEL have 'log'; give an event log "
        + "in XES, CSV or OCEL", at: root.location)
  }
  if root.first("objects") != nil, root.first("events") != nil {
    return try records.log(columns: ("type", "time"), at: root.location)
  }
  return try traces.log()
}

/// The traces of an XES log as they come.
private final class XESTraces {
  private let path: String
  private let keys: [(part: LogPart, key: String)]
  private let isGiven: Set<LogPart>
  private let standard: Set<String>
  private var used: Set<String> = []
  private var builder: LogBuilder
  /// Further keys of events and of traces, in the order of their first appearance, with their columns.
  private var eventColumns = Columns()
  private var traceColumns = Columns()
  private var traces = 0
  private var events = 0
  private var hasTimes = false

  /// At most 64 keys and their columns in the log.
  private struct Columns {
    var names: [String] = []
    var positions: [Int] = []
    private var numbers: [String: Int] = [:]

    /// The column of a key, made where the key is new; `nil` of the 65th on.
    mutating func column(_ name: String, make: () -> Int) -> Int? {
      if let known = numbers[name] { return known }
      guard names.count < 64 else { return nil }
      let position = make()
      numbers[name] = position
      names.append(name)
      positions.append(position)
      return position
    }
  }

  init(path: String, options: EventLogOptions) {
    self.path = path
    func key(_ part: LogPart, _ standard: String) -> String { options.columns[part] ?? standard }
    keys = [
      (.caseID, key(.caseID, "concept:name")), (.activity, key(.activity, "concept:name")),
      (.start, key(.start, "start_timestamp")), (.end, key(.end, "time:timestamp")),
      (.resource, key(.resource, "org:resource")), (.enabled, key(.enabled, "time:enabled")),
      (.lifecycle, key(.lifecycle, "lifecycle:transition")),
      (.instance, key(.instance, "concept:instance")),
    ]
    isGiven = Set(options.columns.keys)
    standard = Set(keys.map(\.key))
    var source = LogSource()
    source.path = path
    source.format = "xes"
    source.timeFormat = LogTimeFormat.iso.rawValue
    builder = LogBuilder(source: source, attributes: [])
  }

  func add(_ trace: XMLElement) {
    traces += 1
    var caseID = "trace \(traces)"
    var ofTrace: [(column: Int, value: String)] = []
    for attribute in trace.children where attribute.name != "event" {
      guard let key = attribute["key"] else { continue }
      if key == keys[0].key {
        if let value = attribute["value"] { caseID = value }
      } else if let column = traceColumns.column(
        key, make: { builder.addAttribute("case:\(key)") }),
        let value = attribute["value"]
      {
        ofTrace.append((column, value))
      }
    }
    for event in trace.children where event.name == "event" {
      add(event, caseID: caseID, ofTrace: ofTrace)
    }
  }

  private func add(
    _ event: XMLElement, caseID: String, ofTrace: [(column: Int, value: String)]
  ) {
    events += 1
    var row: [String: String] = [:]
    var others = ofTrace
    for attribute in event.children {
      guard let key = attribute["key"] else { continue }
      if standard.contains(key) {
        used.insert(key)
        row[key] = attribute["value"] ?? row[key]
      } else if let column = eventColumns.column(key, make: { builder.addAttribute(key) }),
        let value = attribute["value"]
      {
        others.append((column, value))
      }
    }
    func time(_ index: Int) -> LogTime? {
      row[keys[index].key].flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    }
    let (start, end) = (time(2), time(3))
    if start != nil || end != nil { hasTimes = true }
    guard let activity = row[keys[1].key], !activity.isEmpty else {
      return builder.skip("there is no '\(keys[1].key)'", at: event.location)
    }
    guard start != nil || end != nil else {
      return builder.skip("there is no '\(keys[3].key)' as ISO 8601", at: event.location)
    }
    let life = row[keys[6].key]?.lowercased()
    var values = [String?](repeating: nil, count: builder.attributeCount)
    for (column, value) in others { values[column] = value }
    builder.add(
      .init(
        caseID: caseID, activity: activity,
        resource: row[keys[4].key].flatMap { $0.isEmpty ? nil : $0 }, start: start, end: end,
        enabled: time(5), lifecycle: start == nil ? life : nil, instance: row[keys[7].key]),
      attributes: values, at: event.location)
  }

  /// The log.
  ///
  /// - Throws: where no event says when it happened.
  func log() throws(DocumentError) -> EventLog {
    guard hasTimes || events == 0 else {
      throw DocumentError(
        .malformed,
        "none of its \(events) events says when it happened: '\(keys[3].key)' is missing or no time as ISO 8601. "
          + "Arrivals, working times and waiting cannot be measured without times; export the log with "
          + "them, or name the key that has them with --column end=KEY",
        at: SourceLocation(path: path))
    }
    builder.source.mapping = keys.filter { $0.part == .caseID || used.contains($0.key) }.map {
      ColumnUse(
        part: $0.part, column: $0.part == .caseID ? "trace \($0.key)" : $0.key,
        isGiven: isGiven.contains($0.part))
    }
    builder.source.unused = eventColumns.names + traceColumns.names.map { "case:\($0)" }
    builder.orderAttributes(eventColumns.positions + traceColumns.positions)
    return builder.finish()
  }
}
