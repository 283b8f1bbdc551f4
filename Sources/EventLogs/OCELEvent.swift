internal import DocumentReading
internal import Facts

/// An event of OCEL, of either version and any of its formats.
struct OCELEvent {
  /// What was done; `nil` where it is not said.
  var activity: String?
  /// When.
  var time: LogTime?
  /// What it was done with; the type is `nil` where the object itself says it, elsewhere in the file.
  var objects: [(id: String, type: String?)] = []
  /// What else is said of it.
  var attributes: [String: String] = [:]
  var location: SourceLocation

  init(location: SourceLocation) { self.location = location }

  init(second node: DataNode) {
    location = node.location
    activity = node["type"]?.text
    time = node["time"]?.text.flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    for relation in node["relationships"]?.array ?? [] {
      if let id = relation["objectId"]?.text { objects.append((id, nil)) }
    }
    for attribute in node["attributes"]?.array ?? [] {
      if let name = attribute["name"]?.text, let value = attribute["value"]?.text {
        attributes[name] = value
      }
    }
  }

  init(first node: DataNode) {
    location = node.location
    activity = node["ocel:activity"]?.text
    time = node["ocel:timestamp"]?.text.flatMap { LogTimeFormat.iso.read($0[...].utf8) }
    for id in node["ocel:omap"]?.array?.compactMap(\.text) ?? [] {
      objects.append((id, nil))
    }
    for member in node["ocel:vmap"]?.object ?? [] {
      if let value = member.value.text { attributes[member.key] = value }
    }
  }
}
