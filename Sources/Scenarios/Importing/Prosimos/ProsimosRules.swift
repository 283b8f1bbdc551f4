internal import DocumentReading

/// A rule of Prosimos: it holds where all tests of one of its clauses do.
struct ProsimosRule {
  var clauses: [[Test]]

  /// A test of one attribute.
  struct Test {
    /// Index of the attribute.
    var attribute: Int
    var accepts: Accepted
    /// As a scenario writes it.
    var text: String
  }

  /// Values for which a test holds.
  enum Accepted {
    case categories(Set<Int>)
    case numbers(@Sendable (Double) -> Bool)
  }

  /// A value of an attribute; a number that has none yet is `unset`.
  enum Value {
    case unset
    case number(Double)
    case category(Int)
  }

  /// Whether it holds where attributes have these values.
  func holds(_ value: (Int) -> Value) -> Bool {
    clauses.contains { clause in
      clause.allSatisfy { test in
        switch (test.accepts, value(test.attribute)) {
        case (.categories(let accepted), .category(let index)): accepted.contains(index)
        case (.numbers(let accepts), .number(let number)): accepts(number)
        default: false
        }
      }
    }
  }

  /// As a scenario writes it.
  var text: String {
    if clauses.isEmpty { return "false" }
    if clauses.contains(where: \.isEmpty) { return "true" }
    return clauses.map { $0.map(\.text).joined(separator: " and ") }.joined(separator: " or ")
  }
}

extension ProsimosReading {
  /// Names of attributes that rules ask for.
  func attributesOfRules(_ document: DataNode) -> Set<String> {
    var names: Set<String> = []
    for section in ["branch_rules", "prioritisation_rules"] {
      for rule in document[section]?.array ?? [] {
        for test in (rule["rules"]?.array ?? []).flatMap({ $0.array ?? [] }) {
          if let name = test["attribute"]?.text { names.insert(name) }
        }
      }
    }
    return names
  }

  /// Rules of urgency, the most urgent first, and last the one for all other cases.
  mutating func readPriorities(_ document: DataNode) -> [ImportedModel.Priority] {
    var result: [ImportedModel.Priority] = []
    for node in optionalList(document, "prioritisation_rules") {
      guard let level = number(node, "priority_level"),
        let rule = readRule(node, isOfUrgency: true)
      else { continue }
      guard let whole = Int(exactly: level), -1000..<1000 ~= whole else {
        fail(node, "has the level \(plainNumber(level)); expected a whole number from -1000 to 999")
        continue
      }
      result.append(ImportedModel.Priority(condition: rule.text, level: whole))
    }
    // Rules of one level keep their order.
    result = result.enumerated()
      .sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }.map(\.element)
    if let last = result.last {
      result.append(ImportedModel.Priority(condition: nil, level: last.level + 1))
    }
    return result
  }

  /// The rule under `rules`; `nil` for a wrong one, which is reported.
  mutating func readRule(_ node: DataNode, isOfUrgency: Bool = false) -> ProsimosRule? {
    let problems = errors.count
    var rule = ProsimosRule(clauses: [])
    for clause in list(node, "rules", of: "lists of conditions") {
      guard let items = clause.array else {
        fail(clause, "is \(clause.kindName); expected a list of conditions that hold together")
        continue
      }
      rule.clauses.append(items.compactMap { readTest($0, isOfUrgency: isOfUrgency) })
    }
    return errors.count == problems ? rule : nil
  }

  private mutating func readTest(_ node: DataNode, isOfUrgency: Bool) -> ProsimosRule.Test? {
    guard let name = text(node, "attribute"), let comparison = text(node, "comparison") else {
      return nil
    }
    guard let value = node["value"] else {
      missing("value", node)
      return nil
    }
    guard let index = attributes.firstIndex(where: { $0.source == name }) else {
      // One that is wrong has been reported where it stands.
      if errors.isEmpty {
        let hint =
          nearestName(to: name, among: attributes.map(\.source)).map { "; did you mean '\($0)'?" }
          ?? "; the file describes none of that name"
        fail(node, "asks for the attribute '\(shown(name))'\(hint)")
      }
      return nil
    }
    let attribute = attributes[index]
    if isOfUrgency, !attribute.isOfCases {
      fail(
        node,
        "asks for '\(shown(name))', but Prosimos' urgency knows the attributes of "
          + "'case_attributes' alone")
      return nil
    }
    let known = isOfUrgency ? ["=", "in"] : ["=", "!=", "<", "<=", ">", ">=", "in"]
    guard known.contains(comparison) else {
      fail(
        node,
        "compares by '\(shown(comparison))', which Prosimos takes for =; expected one of "
          + known.joined(separator: ", "))
      return nil
    }
    switch attribute.kind {
    case .number: return numberTest(node, index, comparison, value)
    case .categories(let categories):
      return categoryTest(node, index, comparison, value, categories)
    }
  }

  // MARK: Categories

  private mutating func categoryTest(
    _ node: DataNode, _ index: Int, _ comparison: String, _ value: DataNode,
    _ categories: [ImportedAttribute.Category]
  ) -> ProsimosRule.Test? {
    guard comparison != "in", let text = value.string else {
      fail(
        node,
        "asks whether '\(shown(attributes[index].source))', which is a text, "
          + (comparison == "in" ? "lies in a range" : "is \(value.kindName)")
          + "; compare it with a text")
      return nil
    }
    var accepted: Set<Int> = []
    for (position, category) in categories.enumerated() {
      // What is not yet set fulfils no condition.
      if attributes[index].isSetLater, position == 0 { continue }
      if holds(category.key, comparison, text) { accepted.insert(position) }
    }
    if accepted.isEmpty {
      note(node, "never holds: no value of '\(shown(attributes[index].source))' fulfils it")
    }
    let names = categories.indices.filter(accepted.contains).map { word(categories[$0].name) }
    let name = attributes[index].name
    let written =
      switch names.count {
      case 0: "false"
      case 1: "\(name) = \(names[0])"
      default: "\(name) in (\(names.joined(separator: " | ")))"
      }
    return ProsimosRule.Test(attribute: index, accepts: .categories(accepted), text: written)
  }

  /// As Prosimos compares texts: all but `=` as numbers where both are some.
  private func holds(_ key: String, _ comparison: String, _ value: String) -> Bool {
    if comparison == "=" { return key == value }
    if let a = try? parseNumber(key), let b = try? parseNumber(value) {
      return compares(a, comparison, b)
    }
    let order = Array(key.unicodeScalars), other = Array(value.unicodeScalars)
    switch comparison {
    case "<": return order.lexicographicallyPrecedes(other)
    case ">": return other.lexicographicallyPrecedes(order)
    case "<=": return !other.lexicographicallyPrecedes(order)
    case ">=": return !order.lexicographicallyPrecedes(other)
    default: return order != other
    }
  }

  /// A category as an operand: bare where it is plainly a word, else in quotes.
  private func word(_ name: String) -> String {
    isConditionName(name) && !attributes.contains { $0.name == name } ? name : "'\(name)'"
  }

  // MARK: Numbers

  private mutating func numberTest(
    _ node: DataNode, _ index: Int, _ comparison: String, _ value: DataNode
  ) -> ProsimosRule.Test? {
    let attribute = attributes[index]
    let text: String
    let accepts: @Sendable (Double) -> Bool
    if comparison == "in" {
      guard let items = value.array, items.count == 2, let low = number(items[0]) else {
        if value.array?.count != 2 { fail(value, "is no range; expected the least and the most") }
        return nil
      }
      if items[1].text == "inf" {
        text = "\(attribute.name) >= \(plainNumber(low))"
        accepts = { $0 >= low }
      } else {
        guard let high = number(items[1]) else { return nil }
        guard low <= high else {
          fail(value, "is a range that runs backwards")
          return nil
        }
        text =
          low == high
          ? "\(attribute.name) = \(plainNumber(low))"
          : "\(attribute.name) between \(plainNumber(low)) and \(plainNumber(high))"
        accepts = { low <= $0 && $0 <= high }
      }
    } else {
      if comparison == "=", value.double == nil {
        fail(
          value,
          "is \(value.kindName), which the number '\(shown(attribute.source))' never equals in "
            + "Prosimos; write it as a number")
        return nil
      }
      guard let bound = number(value) else { return nil }
      text = "\(attribute.name) \(comparison) \(plainNumber(bound))"
      accepts = { compares($0, comparison, bound) }
    }
    boundaries[index, default: []].append(contentsOf: numbers(of: value))
    return ProsimosRule.Test(
      attribute: index, accepts: .numbers(accepts),
      text: attribute.knownName.map { "\($0) and \(text)" } ?? text)
  }

  private func numbers(of value: DataNode) -> [Double] {
    (value.array ?? [value]).compactMap { node in
      node.double ?? node.string.flatMap { try? parseNumber($0) }
    }
  }
}

/// Whether a comparison of two numbers holds.
private func compares(_ a: Double, _ comparison: String, _ b: Double) -> Bool {
  switch comparison {
  case "<": a < b
  case "<=": a <= b
  case ">": a > b
  case ">=": a >= b
  case "!=": a != b
  default: a == b
  }
}
