internal import Simulation

// The sides of comparisons, and what a written value means for an attribute.

extension ConditionParser {
  mutating func operand() throws(ValueError) -> Operand {
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
  mutating func takeUnit() -> String? {
    guard next < tokens.count, case .name(let name) = tokens[next].kind,
      !conditionWords.contains(name.lowercased())
    else { return nil }
    next += 1
    return name
  }

  func attribute(_ operand: Operand, at place: Int) throws(ValueError) -> Int {
    switch operand {
    case .attribute(let index): return index
    case .word(let word), .string(let word):
      throw failure(vocabulary.unknown(word), at: place)
    case .number, .truth: throw failure("an attribute is expected here", at: place)
    }
  }

  func compare(
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

  func requireOrder(
    _ attribute: ScenarioAttribute, _ isEquality: Bool, at place: Int
  ) throws(ValueError) {
    if !isEquality, !attribute.isNumber {
      throw failure(
        "'\(attribute.name)' is no number and has no order; use =, != or in", at: place)
    }
  }

  /// What a written value means for an attribute.
  func code(
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

  mutating func value(for index: Int) throws(ValueError) -> Double {
    let place = position
    return try code(of: try categoryOrValue(for: index), for: index, at: place)
  }

  /// An operand in which a bare word is a category even where an attribute has the same name.
  mutating func categoryOrValue(for index: Int) throws(ValueError) -> Operand {
    let place = position
    let operand = try operand()
    guard case .attribute(let other) = operand else { return operand }
    let name = vocabulary.attributes[other].name
    guard vocabulary.attributes[index].code(ofCategory: name) != nil else {
      throw failure("a value is expected here, not the attribute '\(name)'", at: place)
    }
    return .word(name)
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
