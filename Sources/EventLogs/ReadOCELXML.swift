internal import DocumentReading
internal import Facts

/// OCEL in XML: `relationship`s of `event`s to `object`s (2.0), or their lists `omap` (1.0).
///
/// Sources: OCEL 2.0 specification, doi:10.48550/arXiv.2403.01975, sec. 6.2; OCEL 1.0, sec. 4.2.
extension OCELRecords {
  /// Says of what type an object is.
  func define(_ object: XMLElement) {
    let id = object["id"] ?? value("id", of: object)
    let type = object["type"] ?? value("type", of: object)
    if let id, let type { define(id, type: type) }
  }

  /// Adds an event.
  func add(_ event: XMLElement) {
    var record = OCELEvent(location: event.location)
    let time = event["time"] ?? value("timestamp", of: event)
    record.activity = event["type"] ?? value("activity", of: event)
    record.time = time.flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    var related = (event.first("objects")?.children ?? []).compactMap { $0["object-id"] }
    for list in event.all("list") {
      switch list["key"] {
      case "omap": related += list.children.compactMap { $0["value"] }
      case "vmap":
        for attribute in list.children {
          if let key = attribute["key"] { record.attributes[key] = attribute["value"] }
        }
      default: break
      }
    }
    for attribute in event.first("attributes")?.children ?? [] {
      if let name = attribute["name"] { record.attributes[name] = attribute.text.trimmed }
    }
    record.objects = related.map { ($0, nil) }
    add(record)
  }
}

/// Value of the child with a key, as OCEL 1.0 writes what it says of events and objects.
private func value(_ key: String, of element: XMLElement) -> String? {
  element.children.first { $0["key"] == key }?["value"]
}
