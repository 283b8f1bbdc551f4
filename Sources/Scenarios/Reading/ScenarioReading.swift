internal import Facts
internal import Statistics

/// Reads values by the table of keys; collects problems and parameters on the way.
///
/// One reading lasts as long as one `readScenario` and is not shared.
final class ScenarioReading {
  private(set) var problems: [ScenarioProblem] = []
  /// The scenario's one currency and where it was first written.
  private(set) var currency: (code: String, location: SourceLocation)?
  /// Length of a working day in seconds; eight hours until the calendars are read.
  var workingDay = 28_800.0
  /// Paths of the table that were asked for.
  private(set) var keysRead: Set<String> = []
  private var records: [ParameterRecord] = []
  private var recorded: Set<String> = []
  private var reported: Set<ScenarioProblem> = []
  private var unknownNames: [String: UnknownName] = [:]

  /// A name that is not known: its problem, and all places where it stands.
  private struct UnknownName {
    var problem: Int
    var locations: [SourceLocation]
  }

  /// Parameters in the order in which they were first read.
  var parameters: [ParameterRecord] { records }

  // MARK: Problems

  func report(
    _ severity: Severity = .high, key: String? = nil, _ message: String,
    at location: SourceLocation
  ) {
    let problem = ScenarioProblem(key: key, message, severity: severity, at: location)
    if reported.insert(problem).inserted { problems.append(problem) }
  }

  func report(_ problem: ScenarioProblem) {
    if reported.insert(problem).inserted { problems.append(problem) }
  }

  /// Whether a name is not known and was so before: then its place is noted, and nothing is to be
  /// reported.
  func isUnknownAgain(_ node: ScenarioNode?, _ what: String, _ known: [String]) -> Bool {
    guard let node, let text = node.text, !known.isEmpty, !known.contains(text) else {
      return false
    }
    let name = "\(what)\u{0}\(text)"
    guard let seen = unknownNames[name] else {
      unknownNames[name] = UnknownName(problem: problems.count, locations: [node.location])
      return false
    }
    if !seen.locations.contains(node.location) {
      unknownNames[name]?.locations.append(node.location)
    }
    return true
  }

  /// The errors; a name that is not known is one, with the other places where it stands.
  var errors: [ScenarioProblem] {
    var result = problems
    for unknown in unknownNames.values where result.indices.contains(unknown.problem) {
      let lines = Set(unknown.locations.dropFirst().compactMap(\.line)).sorted()
      if lines.isEmpty { continue }
      let some = lines.prefix(8).map { "\($0)" }.joined(separator: ", ")
      result[unknown.problem].message +=
        "; it stands in \(lines.count == 1 ? "line" : "lines") \(some)\(lines.count > 8 ? " …" : "") as "
        + "well"
    }
    return result.filter { $0.severity <= .high }
  }

  var hasErrors: Bool { problems.contains { $0.severity <= .high } }

  // MARK: Sections

  /// A group of keys, or the place where one would stand.
  struct Section {
    /// The group; `nil` where it is absent.
    var node: ScenarioNode?
    /// Its path in the table, such as `guardrails.*.drift`.
    var pattern: String
    /// Its path in the file.
    var path: String
    /// Where it stands, or where it is missing.
    var location: SourceLocation

    var isPresent: Bool { node != nil }

    func pattern(of key: String) -> String { pattern.isEmpty ? key : "\(pattern).\(key)" }
    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
  }

  /// A group below a section; reports one that is required and absent, or is no group.
  func group(_ section: Section, _ name: String) -> Section {
    let key = self.key(section.pattern(of: name))
    var result = Section(
      node: nil, pattern: key.path, path: section.path(of: name), location: section.location)
    guard let node = section.node?[name] else {
      if section.isPresent, key.presence == .required { reportMissing(key, section, name) }
      return result
    }
    result.location = node.location
    result.path = node.path
    if node.isMap {
      result.node = node
    } else if case .empty = node.content {
      if key.presence == .required { reportMissing(key, section, name) }
    } else {
      report(
        key: node.path,
        "'\(node.path)' is \(node.kindName); expected \(key.kind.words)", at: node.location)
    }
    return result
  }

  /// The groups under names that the scenario chooses, in file order.
  func named(_ section: Section, _ name: String) -> [(name: String, section: Section)] {
    let outer = group(section, name)
    return (outer.node?.members ?? []).map { member in
      (member.key, named(member, below: outer))
    }
  }

  func named(_ member: ScenarioNode.Member, below outer: Section) -> Section {
    let pattern = outer.pattern(of: "*")
    keysRead.insert(pattern)
    var section = Section(
      node: member.node, pattern: pattern, path: member.node.path, location: member.keyLocation)
    if case .empty = member.node.content {
      section.node?.content = .map([])
    } else if !member.node.isMap,
      KeyTree.all.descendant(pattern.split(separator: ".").map(String.init))?.key?.kind == .group
    {
      report(
        key: member.node.path,
        "'\(member.node.path)' is \(member.node.kindName); expected a group of keys",
        at: member.node.location)
      section.node = nil
    }
    return section
  }

  /// The table entry of a path.
  func key(_ pattern: String) -> ScenarioKey {
    keysRead.insert(pattern)
    guard let place = Self.places[pattern] else {
      preconditionFailure("the key '\(pattern)' is read but stands in no table")
    }
    return ScenarioKey.all[place]
  }

  /// Where the key of a path stands in the table.
  private static let places: [String: Int] = Dictionary(
    ScenarioKey.all.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })

  func reportMissing(_ key: ScenarioKey, _ section: Section, _ name: String) {
    let path = section.path(of: name)
    let example = key.example.isEmpty ? "" : ", such as `\(name): \(key.example)`"
    report(
      key: path, "'\(path)' is missing; expected \(key.expectation)\(example)",
      at: section.location)
  }

  // MARK: Scalars

  /// A scalar of a section, parsed, checked against its range and recorded.
  ///
  /// - Parameters:
  ///   - number: the number that the range bounds and that is recorded, in the key's unit.
  ///   - note: recorded text where the key's unit says too little.
  /// - Returns: `nil` where it is absent without a default, or wrong (and reported).
  func scalar<Value>(
    _ section: Section, _ name: String, number: (Value) -> Double? = { _ in nil },
    unit: (Value) -> String? = { _ in nil }, parse: (String) throws(ValueError) -> Value
  ) -> Value? {
    let key = self.key(section.pattern(of: name))
    guard let node = section.node?[name], !isEmpty(node) else {
      return standard(key, section, name, number: number, unit: unit, parse: parse)
    }
    guard let text = node.text else {
      report(
        key: node.path,
        "'\(node.path)' is \(node.kindName); expected \(key.expectation)\(example(of: key))",
        at: node.location)
      return nil
    }
    guard let value = checked(text, key, at: node, number: number, parse: parse) else { return nil }
    record(
      path: node.path, text: text, value: number(value), unit: unit(value) ?? key.unit,
      claim: node.claim, at: node.location)
    return value
  }

  /// The value a leaf has, reported where it cannot be read or is out of range; not recorded.
  func checked<Value>(
    _ text: String, _ key: ScenarioKey, at node: ScenarioNode, number: (Value) -> Double?,
    parse: (String) throws(ValueError) -> Value
  ) -> Value? {
    do {
      let value = try parse(text)
      if let range = key.range, let number = number(value), !range.contains(number) {
        report(
          key: node.path,
          "'\(node.path)' is `\(shown(text))`, out of range; expected "
            + "\(key.expectation)\(example(of: key))", at: node.location)
        return nil
      }
      return value
    } catch {
      let uncertain =
        isUncertain(text)
        ? "; give one value here, and what it may be under `uncertain`" : ""
      report(
        key: node.path,
        "'\(node.path)' is `\(shown(text))`: \(error.message)\(uncertain); expected "
          + "\(key.expectation)\(example(of: key))", at: node.location)
      return nil
    }
  }

  private func standard<Value>(
    _ key: ScenarioKey, _ section: Section, _ name: String, number: (Value) -> Double?,
    unit: (Value) -> String?, parse: (String) throws(ValueError) -> Value
  ) -> Value? {
    switch key.presence {
    case .required:
      reportMissing(key, section, name)
      return nil
    case .optional: return nil
    case .standard(let text, let source):
      guard let value = try? parse(text) else { return nil }
      record(
        path: section.path(of: name), text: text, value: number(value),
        unit: unit(value) ?? key.unit,
        claim: ScenarioNode.Claim(provenance: .assumed, note: source), at: section.location,
        isDefault: true)
      return value
    }
  }

  func record(
    path: String, text: String, value: Double?, unit: String, claim: ScenarioNode.Claim,
    at location: SourceLocation, isDefault: Bool = false
  ) {
    guard recorded.insert("\(path)\u{0}\(text)").inserted else { return }
    records.append(
      ParameterRecord(
        path: path, text: text, value: value, unit: value == nil ? "" : unit,
        provenance: claim.provenance, note: claim.note, sample: claim.sample, location: location,
        isDefault: isDefault))
  }

  func example(of key: ScenarioKey) -> String {
    key.example.isEmpty ? "" : ", such as `\(key.example)`"
  }

  func isEmpty(_ node: ScenarioNode) -> Bool {
    if case .empty = node.content { true } else { false }
  }

  private func isUncertain(_ text: String) -> Bool {
    guard let first = valueWords(text).first else { return false }
    return first == "beta" || distributionForms.contains { $0.name == first }
  }

  /// Notes the currency of an amount; one that differs from the scenario's is reported.
  func noteCurrency(_ code: String, key: String, at location: SourceLocation) {
    guard let known = currency else {
      currency = (code, location)
      return
    }
    if known.code != code {
      let line = known.location.line.map { " in line \($0)" } ?? ""
      report(
        key: key,
        "'\(key)' is in \(code), but the scenario counts in \(known.code) since the amount\(line); "
          + "convert it, a scenario has one currency", at: location)
    }
  }
}
