import DocumentReading
import Facts
import Inventory

/// How commands find their elements, and how long they wait.
extension AutomationAnywhereWalk {
  /// The time that a delay takes, in the unit that stands beside it; `nil` where either is missing.
  func delay(of node: DataNode) -> TimeSpan? {
    let units = [
      "millisecond": 0.001, "ms": 0.001, "second": 1, "s": 1, "minute": 60, "min": 60, "hour": 3600,
    ]
    var number: Double?
    var unit: Double?
    for attribute in node["attributes"]?.array ?? [] {
      guard let name = attribute["name"]?.string, let text = text(name, of: node) else { continue }
      let word = text.lowercased()
      if let factor = units[word] ?? units[String(word.dropLast())] {
        unit = factor
      } else if let value = Double(text), value >= 0 {
        // Of a random delay the longer bound counts.
        number = max(number ?? 0, value)
      }
    }
    guard let number, let unit else { return nil }
    return TimeSpan(seconds: number * unit)
  }

  /// How a command finds its element: by the path in the page, a picture or a point.
  func selector(of node: DataNode, _ package: String) -> String? {
    let key = nameKey(package)
    if key.hasPrefix("imagerecognition") { return "image: \(package)" }
    if ["mouse", "mouseclick", "mousemove"].contains(key), let x = text("x", of: node),
      let y = text("y", of: node)
    {
      return "coordinates: \(x), \(y)"
    }
    for attribute in node["attributes"]?.array ?? [] {
      guard let object = attribute["value"]?["uiObject"] else { continue }
      if let path = path(in: object, depth: 0) { return path }
    }
    return nil
  }

  /// The criterion `DOMXPath`, else `Path`, wherever the object keeps it.
  private func path(in node: DataNode, depth: Int) -> String? {
    guard depth < 8 else { return nil }
    if let items = node.array {
      return items.lazy.compactMap { path(in: $0, depth: depth + 1) }.first
    }
    if let name = node["name"]?.string, isPath(name), let value = node["value"],
      let text = (value["string"] ?? value).string?.trimmedOrNil
    {
      return text
    }
    for member in node.object ?? [] where member.key != "blob" {
      if isPath(member.key),
        let text =
          (member.value["value"]?["string"] ?? member.value["value"]
          ?? member.value["string"] ?? member.value).string?.trimmedOrNil
      {
        return text
      }
      if let found = path(in: member.value, depth: depth + 1) { return found }
    }
    return nil
  }

  private func isPath(_ name: String) -> Bool {
    ["domxpath", "htmlxpath", "xpath"].contains(nameKey(name))
  }
}
