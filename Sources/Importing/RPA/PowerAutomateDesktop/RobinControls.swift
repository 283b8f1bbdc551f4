import DocumentReading

/// The repository of controls that the designer copies behind a script: selectors by screen and name.
struct RobinControls {
  private var selectors: [String: String] = [:]

  /// No controls.
  init() {}

  /// Reads what follows the mark `# [ControlRepository]`.
  init(_ text: Substring) {
    guard let start = text.firstIndex(of: "{"), let end = text.lastIndex(of: "}"), start < end,
      let root = try? parseJSON(Array(text[start...end].utf8), path: "")
    else { return }
    for symbol in root["ControlRepositorySymbols"]?.array ?? [] {
      guard let inner = symbol["Repository"]?.string,
        let repository = try? parseJSON(Array(inner.utf8), path: "")
      else { continue }
      add(repository)
    }
  }

  /// Whether a JSON object is a repository that a solution carries for a flow.
  static func isRepository(_ object: DataNode) -> Bool {
    object["Screens"]?.array != nil && object["Version"] != nil
  }

  /// Adds the controls of a repository.
  mutating func add(_ repository: DataNode) {
    for screen in repository["Screens"]?.array ?? [] {
      add(screen["Controls"]?.array ?? [], of: screen["Name"]?.string ?? "", depth: 0)
    }
  }

  private mutating func add(_ controls: [DataNode], of screen: String, depth: Int) {
    guard depth < 50 else { return }
    for control in controls {
      add(control["Controls"]?.array ?? [], of: screen, depth: depth + 1)
      guard let name = control["Name"]?.string,
        let selector = control["Selectors"]?.array?.first(where: { $0["Ignore"]?.bool != true })
      else { continue }
      selectors[key(screen, name)] = Self.text(of: selector)
    }
  }

  /// The selector of a control that an action names as `appmask['screen']['name']`; `nil` where the
  /// repository is not with the script.
  func selector(of reference: String) -> String? {
    let parts = reference.split(separator: "['", omittingEmptySubsequences: false).dropFirst()
      .map { part in
        let end = part.ranges(of: "']").last?.lowerBound ?? part.endIndex
        return String(part[..<end].replacing("\\'", with: "'"))
      }
    guard parts.count == 2 else { return nil }
    return selectors[key(parts[0], parts[1])]
  }

  private func key(_ screen: String, _ name: String) -> String { screen + "\u{0}" + name }

  /// What was written by hand, else the elements as the designer shows them.
  private static func text(of selector: DataNode) -> String? {
    if let custom = selector["CustomSelector"]?.string?.trimmedOrNil { return custom }
    let elements = (selector["Elements"]?.array ?? []).filter { $0["Ignore"]?.bool != true }
    let parts = elements.compactMap { element -> String? in
      guard let tag = (element["Tag"] ?? element["Name"])?.string?.trimmedOrNil else { return nil }
      var text = tag
      for attribute in element["Attributes"]?.array ?? [] where attribute["Ignore"]?.bool == false {
        guard let name = attribute["Name"]?.string, let value = attribute["Value"]?.text else {
          continue
        }
        text += attribute["IsOrdinal"]?.bool == true ? ":eq(\(value))" : "[\(name)=\"\(value)\"]"
      }
      return text
    }
    return parts.isEmpty ? nil : parts.joined(separator: " > ")
  }
}
