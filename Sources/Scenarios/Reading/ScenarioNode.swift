internal import DocumentReading
internal import Facts

/// A value of a scenario file, with its place and provenance, apart from the YAML it came from: variants
/// merge into it, sweeps replace its leaves.
struct ScenarioNode: Sendable {
  var content: Content
  /// Where the value stands; for a member, `keyLocation` is where its key stands.
  var location: SourceLocation
  /// Dotted path as written in the file.
  var path: String
  /// How the value is known.
  var claim = Claim()

  enum Content: Sendable {
    /// Nothing after the colon.
    case empty
    /// A scalar, as written.
    case text(String)
    case list([ScenarioNode])
    case map([Member])
  }

  struct Member: Sendable {
    var key: String
    var keyLocation: SourceLocation
    var node: ScenarioNode
  }

  /// Provenance written beside a value.
  struct Claim: Sendable, Hashable {
    var provenance: Provenance = .declared
    var note: String?
    var sample: Int?
  }

  subscript(_ key: String) -> ScenarioNode? {
    members.first { $0.key == key }?.node
  }

  var members: [Member] {
    if case .map(let members) = content { members } else { [] }
  }

  var isMap: Bool {
    if case .map = content { true } else { false }
  }

  /// The scalar as written; `nil` for lists and maps.
  var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  /// What it is, for error texts.
  var kindName: String {
    switch content {
    case .empty: "nothing"
    case .text: "a value"
    case .list: "a list"
    case .map: "a group of keys"
    }
  }
}

// MARK: - Provenance

/// Keys that say how a value is known, beside `value` and `sample`.
let provenanceKeys: [String: Provenance] = [
  "measured": .measured, "declared": .declared, "imported": .imported, "inferred": .inferred,
  "assumed": .assumed,
]

extension ScenarioNode {
  /// Converts a YAML value.
  ///
  /// `{ value: 3 %, measured: jobs.csv, sample: 4120 }` becomes the scalar
  /// with its provenance; provenance beside the keys of a group holds for all values of the group.
  init(_ node: DataNode, path: String, claim: Claim = Claim(), problems: inout [ScenarioProblem]) {
    location = node.location
    location.element = nil
    self.path = path
    self.claim = claim
    switch node.value {
    case .null: content = .empty
    case .bool, .number, .string: content = .text(node.text ?? "")
    case .array(let items):
      content = .list(
        items.enumerated().map { index, item in
          ScenarioNode(item, path: "\(path)[\(index)]", claim: claim, problems: &problems)
        })
    case .object(let members):
      var inner = claim
      var rest = Self.takeClaim(from: members, into: &inner, path: path, problems: &problems)
      Self.dropCutText(from: &rest, path: path, problems: &problems)
      if rest.count == 1, rest[0].key == "value" {
        self = ScenarioNode(rest[0].value, path: path, claim: inner, problems: &problems)
        return
      }
      self.claim = inner
      content = .map(
        rest.map { member in
          var keyLocation = member.keyLocation
          keyLocation.element = nil
          return Member(
            key: member.key, keyLocation: keyLocation,
            node: ScenarioNode(
              member.value, path: path.isEmpty ? member.key : "\(path).\(member.key)",
              claim: inner, problems: &problems))
        })
    }
  }

  /// Reports what stands beside a `value` without a value of its own: within `{ }` a comma ends a text.
  private static func dropCutText(
    from members: inout [DataMember], path: String, problems: inout [ScenarioProblem]
  ) {
    func isCut(_ member: DataMember) -> Bool {
      if case .null = member.value.value { member.key != "value" } else { false }
    }
    guard members.contains(where: { $0.key == "value" }), let cut = members.first(where: isCut)
    else { return }
    problems.append(
      ScenarioProblem(
        key: path,
        "`\(shown(cut.key))` stands beside the value of '\(path)' with nothing after it; within { } a "
          + "comma ends a text: put a text that has one into quotes", at: cut.keyLocation))
    members.removeAll(where: isCut)
  }

  /// Takes the provenance keys out of a group.
  private static func takeClaim(
    from members: [DataMember], into claim: inout Claim, path: String,
    problems: inout [ScenarioProblem]
  ) -> [DataMember] {
    var rest: [DataMember] = []
    var sources = 0
    for member in members {
      if let provenance = provenanceKeys[member.key], let note = member.value.text {
        claim = Claim(provenance: provenance, note: note, sample: sources > 0 ? claim.sample : nil)
        sources += 1
        if sources == 2 {
          problems.append(
            ScenarioProblem(
              key: path,
              "'\(path)' has two sources; keep the one that its value comes from",
              at: member.keyLocation))
        }
      } else {
        rest.append(member)
      }
    }
    if let position = rest.firstIndex(where: { $0.key == "sample" && $0.value.object == nil }),
      sources > 0 || rest.contains(where: { $0.key == "value" })
    {
      let member = rest.remove(at: position)
      if let count = member.value.int, count > 0 {
        claim.sample = count
      } else {
        problems.append(
          ScenarioProblem(
            key: path,
            "the sample of '\(path)' is `\(shown(member.value.text ?? ""))`, not a whole number "
              + "of 1 or more", at: member.value.location))
      }
    }
    return rest
  }
}

// MARK: - Changing

extension ScenarioNode {
  /// What is written below `other` wins, key by key; lists and scalars are replaced whole.
  func merged(with other: ScenarioNode) -> ScenarioNode {
    guard case .map(var members) = content, case .map(let others) = other.content else {
      return other
    }
    for member in others {
      if let position = members.firstIndex(where: { $0.key == member.key }) {
        members[position].node = members[position].node.merged(with: member.node)
        members[position].keyLocation = member.keyLocation
      } else {
        members.append(member)
      }
    }
    var result = self
    result.content = .map(members)
    return result
  }

  /// Without the members of some keys.
  func without(_ keys: Set<String>) -> ScenarioNode {
    guard case .map(let members) = content else { return self }
    var result = self
    result.content = .map(members.filter { !keys.contains($0.key) })
    return result
  }

  /// Without what stands at a path of keys.
  func removing(_ keys: ArraySlice<String>) -> ScenarioNode {
    guard let key = keys.first, case .map(var members) = content else { return self }
    var result = self
    if keys.count == 1 {
      members.removeAll { $0.key == key }
    } else if let position = members.firstIndex(where: { $0.key == key }) {
      members[position].node = members[position].node.removing(keys.dropFirst())
    }
    result.content = .map(members)
    return result
  }

  /// With another node at a path of keys; groups on the way are made where they are missing.
  func replacing(_ keys: ArraySlice<String>, with node: ScenarioNode) -> ScenarioNode {
    guard let key = keys.first else {
      var node = node
      node.path = path
      return node
    }
    var result = self
    var members = self.members
    let below = path.isEmpty ? key : "\(path).\(key)"
    if let position = members.firstIndex(where: { $0.key == key }) {
      members[position].node = members[position].node.replacing(keys.dropFirst(), with: node)
    } else {
      let blank = ScenarioNode(content: .map([]), location: node.location, path: below)
      members.append(
        Member(
          key: key, keyLocation: node.location,
          node: blank.replacing(keys.dropFirst(), with: node)))
    }
    result.content = .map(members)
    return result
  }
}
