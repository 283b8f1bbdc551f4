internal import Facts

/// The keys of a scenario that is being written, in file order.
struct ScenarioDraft {
  var sections: [Key] = []
  /// Comments above all keys.
  var head: [String] = []

  /// A key and what stands there.
  struct Key {
    var key: String
    var content: Content
    /// At the end of the line.
    var comment: String?
    /// Lines above it.
    var above: [String] = []
  }

  enum Content {
    /// A value as the language writes it, and how it is known; none for titles and references.
    case value(String, DraftClaim?)
    case group([Key])
  }

  /// Adds a section, unless it is empty.
  mutating func add(_ key: String, _ members: [Key], above: [String] = []) {
    guard !members.isEmpty else { return }
    sections.append(Key(key: key, content: .group(members), above: above))
  }

  /// The scenario as text.
  var text: String {
    var result = ScenarioText()
    for line in head { result.comment(line) }
    for section in sections {
      if case .group = section.content { result.blank() }
      section.write(into: &result, depth: 0)
    }
    return result.text
  }
}

extension ScenarioDraft.Key {
  init(_ key: String, _ value: String, _ claim: DraftClaim?, comment: String? = nil) {
    self.init(key: key, content: .value(value, claim), comment: comment)
  }

  init(_ key: String, _ members: [ScenarioDraft.Key], comment: String? = nil, above: [String] = [])
  {
    self.init(key: key, content: .group(members), comment: comment, above: above)
  }

  func write(into text: inout ScenarioText, depth: Int) {
    for line in above { text.comment(line, depth: depth) }
    switch content {
    case .value(let value, let claim):
      text.line(depth, key, claim?.written(beside: value) ?? value, comment: comment)
    case .group(let members):
      text.line(depth, key, comment: comment)
      for member in members { member.write(into: &text, depth: depth + 1) }
    }
  }
}

/// How a value that is being written is known, as the language says it beside the value.
struct DraftClaim: Hashable {
  var provenance: Provenance
  var note: String

  init(_ provenance: Provenance, _ note: String) {
    // The language has no word of its own for what was corrected by hand: a person declared it.
    self.provenance = provenance == .corrected ? .declared : provenance
    self.note = note
  }

  /// What the inventory says, with its place.
  init(_ evidence: Evidence, _ said: String? = nil) {
    let place = evidence.location.description
    self.init(evidence.provenance, [said, place].compactMap(\.self).joined(separator: " - "))
  }

  /// What several places say together: it is known as well as the worst of them.
  ///
  /// - Precondition: at least one.
  init(_ evidence: [Evidence]) {
    var places: [String] = []
    for place in evidence.map(\.location.description) where !places.contains(place) {
      places.append(place)
    }
    let more = places.count > 4 ? "; \(places.count - 4) more places" : ""
    self.init(
      evidence.map(\.provenance).max() ?? .assumed,
      places.prefix(4).joined(separator: "; ") + more)
  }

  /// A value of ours, because the inventory is silent.
  static func placeholder(_ reason: String) -> DraftClaim {
    DraftClaim(.assumed, "placeholder - \(reason)")
  }

  func written(beside value: String) -> String {
    "{ value: \(value), \(provenance.rawValue): \(ScenarioText.quoted(ScenarioText.onOneLine(note))) }"
  }
}

/// A name for a key, made of a name of the inventory: lower case, with `_` for all that is no letter or
/// digit, so that it still means the same name.
func keyName(_ name: String, besides taken: Set<String>) -> String {
  var key = ""
  for character in name.lowercased() {
    if character.isLetter || character.isNumber {
      key.append(character)
    } else if !key.isEmpty, key.last != "_" {
      key.append("_")
    }
  }
  while key.last == "_" { key.removeLast() }
  if key.isEmpty { key = "unnamed" }
  var result = key
  var number = 2
  while taken.contains(result) {
    result = "\(key)_\(number)"
    number += 1
  }
  return result
}
