import DocumentReading
import Facts

extension GenAISpan {
  /// The spans of a file that tell of generative AI: one document, or one on each line.
  static func spans(of file: CandidateFile) -> [GenAISpan] {
    if let root = try? file.json() { return spans(in: root) }
    // The Collector's file exporter writes one request on each line.
    guard file.bytes.count < 64 << 20, file.firstByte == UInt8(ascii: "{") else { return [] }
    var found: [GenAISpan] = []
    for (index, line) in file.bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) else { continue }
      guard let root = try? parseJSON(Array(line), path: file.path, limits: file.limits) else {
        return []
      }
      for var span in spans(in: root) {
        span.location = SourceLocation(path: file.path, line: index + 1)
        found.append(span)
      }
    }
    return found
  }

  private static func spans(in root: DataNode) -> [GenAISpan] {
    var found: [GenAISpan] = []
    collect(root, service: nil, depth: 0, into: &found)
    return found.filter(\.isGenAI)
  }

  private static func collect(
    _ node: DataNode, service: String?, depth: Int, into found: inout [GenAISpan]
  ) {
    guard depth < 8 else { return }
    if let items = node.array {
      for item in items where item.object != nil {
        collect(item, service: service, depth: depth + 1, into: &found)
      }
      return
    }
    guard let members = node.object else { return }
    let own = attributes(node["resource"]?["attributes"])["service.name"]?.text ?? service
    // Jaeger keeps the services of a trace beside its spans.
    if let spans = node["spans"]?.array {
      let processes = node["processes"]
      for item in spans {
        let process = item["processID"]?.text.flatMap { processes?[$0]?["serviceName"]?.string }
        collect(item, service: process ?? own, depth: depth + 1, into: &found)
      }
      return
    }
    for key in [
      "resourceSpans", "resource_spans", "scopeSpans", "scope_spans", "instrumentationLibrarySpans",
    ] {
      if let inner = node[key] {
        collect(inner, service: own, depth: depth + 1, into: &found)
        return
      }
    }
    if let given = node["attributes"] ?? node["tags"],
      node["name"] != nil || node["operationName"] != nil || node["spanContext"] != nil
    {
      found.append(span(node, attributes(given), service: own))
      return
    }
    if members.contains(where: { member in
      member.value.object == nil && marks.contains { member.key.hasPrefix($0) }
    }) {
      // The attributes of one span by themselves.
      found.append(span(node, attributes(node), service: own))
      return
    }
    // Lists of spans by some key, or what an interface wraps around them.
    for member in members where member.value.array != nil {
      collect(member.value, service: own, depth: depth + 1, into: &found)
    }
  }

  /// Attributes as an object, or as the list of keys and values that OTLP and Jaeger have.
  private static func attributes(_ node: DataNode?) -> [String: DataNode] {
    var found: [String: DataNode] = [:]
    for member in node?.object ?? [] where found[member.key] == nil {
      // Some exporters nest what the points in a name separate.
      if let inner = member.value.object, !inner.isEmpty, !member.key.contains(".") {
        flatten(member.value, member.key, into: &found, depth: 0)
      } else {
        found[member.key] = member.value
      }
    }
    for item in node?.array ?? [] {
      guard let key = item["key"]?.string else { continue }
      let value = item["value"]
      found[key] = value?.object?.first?.value ?? value
    }
    return found
  }

  private static func flatten(
    _ node: DataNode, _ path: String, into found: inout [String: DataNode], depth: Int
  ) {
    guard depth < 6, found.count < 2000 else { return }
    for member in node.object ?? [] {
      let key = "\(path).\(member.key)"
      if member.value.object != nil {
        flatten(member.value, key, into: &found, depth: depth + 1)
      } else {
        found[key] = member.value
      }
    }
  }

  private static func span(
    _ node: DataNode, _ attributes: [String: DataNode], service: String?
  ) -> GenAISpan {
    let context = node.first(of: ["spanContext", "context"]) ?? node
    let start = moment(
      node.first(of: ["startTimeUnixNano", "start_time_unix_nano", "startTime", "start_time"]))
    var end = moment(
      node.first(of: ["endTimeUnixNano", "end_time_unix_nano", "endTime", "end_time"]))
    if end == nil, let start, let duration = node["duration"] {
      // A pair of seconds and nanoseconds, or Jaeger's microseconds.
      if let time = pair(duration) {
        end = start + time
      } else if let microseconds = duration.double {
        end = start + microseconds / 1e6
      }
    }
    return GenAISpan(
      name: node.first(of: ["name", "operationName"])?.string ?? "",
      trace: id(context, ["traceId", "trace_id", "traceID"]),
      id: id(context, ["spanId", "span_id", "spanID"]), parent: parent(of: node),
      start: start, end: end, isError: isError(node, attributes), service: service,
      attributes: attributes, location: node.location)
  }

  private static func id(_ node: DataNode, _ keys: [String]) -> String? {
    for key in keys {
      if let text = node[key]?.text?.trimmedOrNil { return text }
    }
    return nil
  }

  private static func parent(of node: DataNode) -> String? {
    let keys = ["parentSpanId", "parent_span_id", "parentId", "parent_id"]
    if let own = id(node, keys) { return own }
    if let context = node["parentSpanContext"], let own = id(context, ["spanId"]) { return own }
    guard let references = node["references"]?.array else { return nil }
    for reference in references where reference["refType"]?.string == "CHILD_OF" {
      return reference["spanID"]?.text
    }
    return nil
  }

  private static func isError(_ node: DataNode, _ attributes: [String: DataNode]) -> Bool {
    if attributes["error.type"] != nil || attributes["error"]?.bool == true { return true }
    var status = node.first(of: ["status", "status_code"])
    if let code = node["status"]?["code"] { status = code }
    guard let status else { return false }
    return status.double == 2 || status.string?.uppercased().contains("ERROR") == true
  }

  /// A moment in seconds: nanoseconds, microseconds or milliseconds since 1970, a pair, or a date.
  private static func moment(_ node: DataNode?) -> Double? {
    guard let node else { return nil }
    if let pair = pair(node) { return pair }
    if let number = node.double ?? node.string.flatMap(Double.init), number > 0 {
      // Seconds since 1970 have ten digits in this century; each unit has three more.
      var seconds = number
      while seconds > 1e11 { seconds /= 1000 }
      return seconds
    }
    return node.string.flatMap { Timestamp($0)?.seconds }
  }

  private static func pair(_ node: DataNode) -> Double? {
    guard let items = node.array, items.count == 2, let whole = items[0].double,
      let part = items[1].double
    else { return nil }
    return whole + part / 1e9
  }
}
