internal import Facts
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

/// Words that conditions are made of, which no attribute can be called.
let conditionWords: Set<String> = [
  "and", "or", "not", "in", "between", "true", "false", "null", "empty", "eq", "ne", "lt", "le",
  "gt", "ge", "otherwise", "always", "given",
]

/// Whether a text can stand for an attribute in a condition: a letter or `_`, then also digits, `.`
/// and `-`.
func isConditionName(_ text: String) -> Bool {
  guard let first = text.first, first.isLetter || first == "_" else { return false }
  return text.allSatisfy(isNameCharacter) && !conditionWords.contains(text.lowercased())
}

private func isNameCharacter(_ character: Character) -> Bool {
  character.isLetter || character.isNumber || "_.-".contains(character)
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

private struct ConditionToken: Equatable {
  var kind: Kind
  /// Where it begins, counted in characters from 1.
  var position: Int

  enum Kind: Equatable {
    case name(String)
    case number(Double, written: String)
    case string(String)
    case sign(String)
  }

  var text: String {
    switch kind {
    case .name(let text), .sign(let text): text
    case .number(_, let written): written
    case .string(let text): "\"\(text)\""
    }
  }
}

private func failure(_ message: String, at position: Int) -> ValueError {
  ValueError("\(message) (at character \(position))")
}

private func conditionTokens(of text: String) throws(ValueError) -> [ConditionToken] {
  guard text.count <= 4_000 else { throw ValueError("it is longer than 4000 characters") }
  let characters = Array(text)
  var (start, end) = (0, characters.count)
  func skipSpace() {
    while start < end, characters[start].isWhitespace { start += 1 }
    while start < end, characters[end - 1].isWhitespace { end -= 1 }
  }
  skipSpace()
  if end - start >= 3, "$#".contains(characters[start]), characters[start + 1] == "{",
    characters[end - 1] == "}"
  {
    (start, end) = (start + 2, end - 1)
  } else if start < end, characters[start] == "=", start + 1 == end || characters[start + 1] != "="
  {
    start += 1
  }
  var tokens: [ConditionToken] = []
  var position = start
  while position < end {
    let character = characters[position]
    let begin = position
    if character.isWhitespace {
      position += 1
    } else if character.isLetter || character == "_" {
      while position < end, isNameCharacter(characters[position]) { position += 1 }
      tokens.append(
        ConditionToken(kind: .name(String(characters[begin..<position])), position: begin + 1))
    } else if isNumberStart(characters, position, end) {
      let written = numberText(characters, from: position, to: end)
      guard let value = Double(written), value.isFinite else {
        throw failure("'\(shown(written))' is no number", at: begin + 1)
      }
      position += written.count
      tokens.append(
        ConditionToken(kind: .number(value + 0, written: written), position: begin + 1))
    } else if character == "\"" || character == "'" {
      position += 1
      while position < end, characters[position] != character { position += 1 }
      guard position < end else { throw failure("the quote is not closed", at: begin + 1) }
      tokens.append(
        ConditionToken(
          kind: .string(String(characters[(begin + 1)..<position])), position: begin + 1))
      position += 1
    } else {
      let two = String(characters[position..<min(position + 2, end)])
      let sign =
        ["<=", ">=", "!=", "<>", "==", "&&", "||", ".."].contains(two) ? two : String(character)
      guard two == sign || "<>=!()[]|,".contains(character) else {
        throw failure("'\(character)' is not understood", at: begin + 1)
      }
      position += sign.count
      tokens.append(ConditionToken(kind: .sign(sign), position: begin + 1))
    }
  }
  return tokens
}

private func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

private func isNumberStart(_ text: [Character], _ position: Int, _ end: Int) -> Bool {
  if isDigit(text[position]) { return true }
  return "+-".contains(text[position]) && position + 1 < end && isDigit(text[position + 1])
}

/// The number that begins at a position; the dots of `1..2` are no decimal point.
private func numberText(_ text: [Character], from start: Int, to end: Int) -> String {
  var position = start + 1
  func takeDigits() {
    while position < end, isDigit(text[position]) { position += 1 }
  }
  takeDigits()
  if position + 1 < end, text[position] == ".", isDigit(text[position + 1]) {
    position += 1
    takeDigits()
  }
  if position + 1 < end, "eE".contains(text[position]) {
    let signed = "+-".contains(text[position + 1]) ? position + 2 : position + 1
    if signed < end, isDigit(text[signed]) {
      position = signed
      takeDigits()
    }
  }
  return String(text[start..<position])
}

/// Recursive descent; a condition is a truth value, a comparison or several joined.
private struct ConditionParser {
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

  private mutating func accept(_ words: String...) -> Bool {
    guard next < tokens.count else { return false }
    switch tokens[next].kind {
    case .name(let name) where words.contains(name.lowercased()): break
    case .sign(let sign) where words.contains(sign): break
    default: return false
    }
    next += 1
    return true
  }

  private mutating func disjunction() throws(ValueError) -> CaseCondition {
    var parts = [try conjunction()]
    while accept("or", "||") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(ValueError) -> CaseCondition {
    var parts = [try negation()]
    while accept("and", "&&") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(ValueError) -> CaseCondition {
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

  private mutating func comparison() throws(ValueError) -> CaseCondition {
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

  private mutating func takeComparison() -> CaseCondition.Comparison? {
    if accept("=", "==", "eq") { return .equal }
    if accept("!=", "<>", "ne") { return .unequal }
    if accept("<=", "le") { return .atMost }
    if accept("<", "lt") { return .less }
    if accept(">=", "ge") { return .atLeast }
    if accept(">", "gt") { return .more }
    return nil
  }

  // MARK: Operands

  private mutating func operand() throws(ValueError) -> Operand {
    guard next < tokens.count else {
      throw failure("an attribute or a value is missing", at: end)
    }
    let token = tokens[next]
    next += 1
    switch token.kind {
    case .string(let text): return .string(text)
    case .number(let value, let written):
      return .number(value, written: written, unit: takeUnit())
    case .sign(let sign):
      throw failure(
        "'\(sign)' stands where an attribute or a value is expected", at: token.position)
    case .name(let name):
      if next < tokens.count, tokens[next].kind == .sign("(") {
        throw failure("functions such as '\(shown(name))' are not understood", at: token.position)
      }
      switch name.lowercased() {
      case "true": return .truth(true)
      case "false": return .truth(false)
      case "null", "empty":
        throw failure(
          "'\(name)' cannot be compared with: a case has all its attributes", at: token.position)
      case let word where conditionWords.contains(word):
        throw failure(
          "'\(name)' stands where an attribute or a value is expected", at: token.position)
      default: return vocabulary.index(of: name).map(Operand.attribute) ?? .word(name)
      }
    }
  }

  /// The word after a number, unless it goes on with the condition.
  private mutating func takeUnit() -> String? {
    guard next < tokens.count, case .name(let name) = tokens[next].kind,
      !conditionWords.contains(name.lowercased())
    else { return nil }
    next += 1
    return name
  }

  private func attribute(_ operand: Operand, at place: Int) throws(ValueError) -> Int {
    switch operand {
    case .attribute(let index): return index
    case .word(let word), .string(let word):
      throw failure(vocabulary.unknown(word), at: place)
    case .number, .truth: throw failure("an attribute is expected here", at: place)
    }
  }

  private func compare(
    _ left: Operand, _ comparison: CaseCondition.Comparison, _ right: Operand, at place: Int,
    sign: Int
  ) throws(ValueError) -> CaseCondition {
    let isEquality = comparison == .equal || comparison == .unequal
    switch (left, right) {
    case (.attribute(let index), .attribute(let other)):
      let (first, second) = (vocabulary.attributes[index], vocabulary.attributes[other])
      // A category may be called like another attribute.
      if let code = first.code(ofCategory: second.name) {
        try requireOrder(first, isEquality, at: sign)
        return .compares(attribute: index, comparison, code)
      }
      guard first.kind == second.kind else {
        throw failure(
          "'\(first.name)' and '\(second.name)' are not of one kind or unit", at: place)
      }
      try requireOrder(first, isEquality, at: sign)
      return .comparesAttributes(index, comparison, other)
    case (.attribute(let index), let value):
      try requireOrder(vocabulary.attributes[index], isEquality, at: sign)
      return .compares(attribute: index, comparison, try code(of: value, for: index, at: place))
    case (.word(let word), .attribute(let index))
    where vocabulary.attributes[index].valueNames == nil
      || vocabulary.attributes[index].kind == .boolean:
      throw failure(vocabulary.unknown(word), at: place)
    case (let value, .attribute(let index)):
      try requireOrder(vocabulary.attributes[index], isEquality, at: sign)
      return .compares(
        attribute: index, comparison.mirrored, try code(of: value, for: index, at: place))
    case (.word(let word), _), (.string(let word), _):
      throw failure(vocabulary.unknown(word), at: place)
    default: throw failure("two values are compared, and no attribute", at: place)
    }
  }

  private func requireOrder(
    _ attribute: ScenarioAttribute, _ isEquality: Bool, at place: Int
  ) throws(ValueError) {
    if !isEquality, !attribute.isNumber {
      throw failure(
        "'\(attribute.name)' is no number and has no order; use =, != or in", at: place)
    }
  }

  /// What a written value means for an attribute.
  private func code(
    of operand: Operand, for index: Int, at place: Int
  ) throws(ValueError) -> Double {
    let attribute = vocabulary.attributes[index]
    switch (operand, attribute.kind) {
    case (.number(let value, _, let unit), .number(let own)):
      if let unit, unit != own {
        let expected = own.map { "it is in \($0)" } ?? "it has no unit"
        throw failure(
          "'\(unit)' is not the unit of '\(attribute.name)'; \(expected)", at: place)
      }
      return value
    case (.truth(let truth), .boolean): return truth ? 1 : 0
    case (.word(let text), .categories), (.string(let text), .categories),
      (.number(_, let text, nil), .categories):
      if let code = attribute.code(ofCategory: text) { return code }
      throw failure(attribute.unknownCategory(text), at: place)
    case (.truth(let truth), .categories):
      if let code = attribute.code(ofCategory: "\(truth)") { return code }
      throw failure(attribute.unknownCategory("\(truth)"), at: place)
    case (.word(let text), .number), (.string(let text), .number):
      throw failure(
        "'\(attribute.name)' is a number and '\(shown(text))' is none, nor an attribute", at: place)
    default:
      throw failure(
        "'\(attribute.name)' is \(attribute.kindWords), which this value is not", at: place)
    }
  }

  private mutating func value(for index: Int) throws(ValueError) -> Double {
    let place = position
    return try code(of: try categoryOrValue(for: index), for: index, at: place)
  }

  /// An operand in which a bare word is a category even where an attribute has the same name.
  private mutating func categoryOrValue(for index: Int) throws(ValueError) -> Operand {
    let place = position
    let operand = try operand()
    guard case .attribute(let other) = operand else { return operand }
    let name = vocabulary.attributes[other].name
    guard vocabulary.attributes[index].code(ofCategory: name) != nil else {
      throw failure("a value is expected here, not the attribute '\(name)'", at: place)
    }
    return .word(name)
  }

  // MARK: Sets

  /// What follows `in`: `(a | b)`, `[a, b]`, `1000..5000`, `(1000..5000]`.
  private mutating func membership(of index: Int) throws(ValueError) -> CaseCondition {
    let place = position
    var opening: String?
    if next < tokens.count, case .sign(let sign) = tokens[next].kind, "([]".contains(sign) {
      opening = sign
      next += 1
    }
    let first = try value(for: index)
    if accept("..") {
      let last = try value(for: index)
      var excludes = (lower: false, upper: false)
      if opening != nil {
        guard next < tokens.count, case .sign(let closing) = tokens[next].kind,
          ")][".contains(closing)
        else { throw failure("the range is not closed", at: position) }
        next += 1
        excludes = (opening != "[", closing != "]")
      }
      return try range(of: index, first, last, excludes: excludes, at: place)
    }
    var values = [first]
    while accept("|", ",") { values.append(try value(for: index)) }
    if opening != nil, !accept(")", "]") {
      throw failure("the list is not closed", at: position)
    }
    return .any(values.map { .compares(attribute: index, .equal, $0) })
  }

  private func range(
    of index: Int, _ lower: Double, _ upper: Double,
    excludes: (lower: Bool, upper: Bool) = (false, false), at place: Int
  ) throws(ValueError) -> CaseCondition {
    try requireOrder(vocabulary.attributes[index], false, at: place)
    guard lower <= upper else {
      throw failure(
        "the range runs backwards, from \(written(lower)) to \(written(upper))", at: place)
    }
    return .all([
      .compares(attribute: index, excludes.lower ? .more : .atLeast, lower),
      .compares(attribute: index, excludes.upper ? .less : .atMost, upper),
    ])
  }
}

extension CaseCondition.Comparison {
  /// The comparison with its sides exchanged.
  fileprivate var mirrored: CaseCondition.Comparison {
    switch self {
    case .equal, .unequal: self
    case .less: .more
    case .atMost: .atLeast
    case .more: .less
    case .atLeast: .atMost
    }
  }
}
