internal import Simulation

/// What a condition may name: the attributes of a scenario, in order.
struct ConditionVocabulary {
  var attributes: [ScenarioAttribute]

  func index(of name: String) -> Int? { attributes.firstIndex { $0.name == name } }

  /// Why a name is no attribute.
  func unknown(_ name: String) -> String {
    if attributes.isEmpty {
      return "'\(shown(name))' is no attribute: the scenario declares none under 'attributes'"
    }
    let names = attributes.map(\.name)
    let hint =
      nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
      ?? "known are \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? " …" : "")"
    return "'\(shown(name))' is no attribute; \(hint)"
  }
}

/// Reads a condition on attributes: `amount > 10000 and segment in (sme | corporate)`.
///
/// Understood are comparisons (`=`, `!=`, `<`, `<=`, `>`, `>=`), `in` with a list or a range, `between`,
/// a boolean attribute alone, `and`, `or`, `not` and parentheses. BPMN files may write the same as FEEL
/// or JUEL: `= amount > 10000`, `${amount > 10000 && segment == 'sme'}`.
func parseCondition(
  _ text: String, _ vocabulary: ConditionVocabulary
) throws(ValueError) -> CaseCondition {
  var parser = ConditionParser(
    tokens: try conditionTokens(of: text), vocabulary: vocabulary, end: text.count + 1)
  return try parser.whole()
}

/// Recursive descent; a condition is a truth value, a comparison or several joined.
struct ConditionParser {
  let tokens: [ConditionToken]
  let vocabulary: ConditionVocabulary
  /// Position behind the last character.
  let end: Int
  var next = 0
  var depth = 0

  /// One side of a comparison.
  enum Operand {
    case attribute(Int)
    /// A bare word that is no attribute.
    case word(String)
    /// A text in quotes.
    case string(String)
    case number(Double, written: String, unit: String?)
    case truth(Bool)
  }

  init(tokens: [ConditionToken], vocabulary: ConditionVocabulary, end: Int) {
    self.tokens = tokens
    self.vocabulary = vocabulary
    self.end = end
  }

  var position: Int { next < tokens.count ? tokens[next].position : end }

  mutating func whole() throws(ValueError) -> CaseCondition {
    guard !tokens.isEmpty else { throw ValueError("there is no condition") }
    let condition = try disjunction()
    if next < tokens.count {
      throw failure("'\(shown(tokens[next].text))' is not expected here", at: position)
    }
    return condition
  }

  mutating func accept(_ words: String...) -> Bool {
    guard next < tokens.count else { return false }
    switch tokens[next].kind {
    case .name(let name) where words.contains(name.lowercased()): break
    case .sign(let sign) where words.contains(sign): break
    default: return false
    }
    next += 1
    return true
  }

  mutating func disjunction() throws(ValueError) -> CaseCondition {
    var parts = [try conjunction()]
    while accept("or", "||") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  mutating func conjunction() throws(ValueError) -> CaseCondition {
    var parts = [try negation()]
    while accept("and", "&&") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  mutating func negation() throws(ValueError) -> CaseCondition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 40 else { throw failure("it is nested too deeply", at: position) }
    if accept("not", "!") { return .not(try negation()) }
    if accept("(") {
      let inside = try disjunction()
      guard accept(")") else { throw failure("')' is missing", at: position) }
      return inside
    }
    return try comparison()
  }

  mutating func comparison() throws(ValueError) -> CaseCondition {
    let place = position
    let left = try operand()
    let sign = position
    if let comparison = takeComparison() {
      let right = try operand()
      return try compare(left, comparison, right, at: place, sign: sign)
    }
    if accept("in") { return try membership(of: try attribute(left, at: place)) }
    if accept("not") {
      guard accept("in") else { throw failure("'in' is missing after 'not'", at: position) }
      return .not(try membership(of: try attribute(left, at: place)))
    }
    if accept("between") {
      let index = try attribute(left, at: place)
      let lower = try value(for: index)
      guard accept("and") else { throw failure("'and' is missing after 'between'", at: position) }
      return try range(of: index, lower, try value(for: index), at: place)
    }
    switch left {
    case .truth(let truth): return truth ? .always : .not(.always)
    case .attribute(let index) where vocabulary.attributes[index].kind == .boolean:
      return .compares(attribute: index, .equal, 1)
    case .attribute(let index):
      throw failure(
        "'\(vocabulary.attributes[index].name)' is compared with nothing; only an attribute that is "
          + "true or false can stand alone", at: place)
    case .word(let word), .string(let word):
      throw failure(vocabulary.unknown(word), at: place)
    case .number: throw failure("a number is compared with nothing", at: place)
    }
  }

  mutating func takeComparison() -> CaseCondition.Comparison? {
    if accept("=", "==", "eq") { return .equal }
    if accept("!=", "<>", "ne") { return .unequal }
    if accept("<=", "le") { return .atMost }
    if accept("<", "lt") { return .less }
    if accept(">=", "ge") { return .atLeast }
    if accept(">", "gt") { return .more }
    return nil
  }
}
