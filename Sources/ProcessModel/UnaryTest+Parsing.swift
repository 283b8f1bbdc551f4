extension UnaryTest {
  /// The test that a cell of a decision table means.
  ///
  /// Understood are the unary tests of DMN 1.5, section 10.3.1.2 (grammar rules 13 to 17), over
  /// numbers, strings, truth values, dates, times, durations and `null`: comparisons, intervals with
  /// any brackets, lists, `not(…)`, `-` and the empty cell; also `=`, `==` and `!=`, which products
  /// write; and conditions on `?` joined by `and` and `or`: comparisons, `in`, `between`, `contains`,
  /// `starts with`, `ends with`, `string length`, `list contains`, `before`, `after`. What goes beyond
  /// that anywhere in the cell makes the whole cell `opaque`.
  public init(feel text: String) {
    var parser = UnaryTestParser(text)
    self = parser.whole() ?? .opaque(String(parser.trimmed))
  }

  /// The test as FEEL writes it; `init(feel:)` reads it back.
  public var feel: String {
    switch self {
    case .any: "-"
    case .interval(let interval): interval.feel
    case .string(let text): quoted(text)
    case .boolean(let truth): "\(truth)"
    case .null: "null"
    case .text(let test): test.feel(quoted)
    case .anyOf(let tests): tests.map(\.feel).joined(separator: ", ")
    case .allOf(let tests): tests.map(\.condition).joined(separator: " and ")
    case .not(let test): "not(\(test.feel))"
    case .opaque(let text): text
    }
  }

  /// The test as a condition on `?`.
  private var condition: String {
    switch self {
    case .text: feel
    case .opaque(let text): text
    default: "? in (\(feel))"
    }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension UnaryTest.TextTest {
  fileprivate func feel(_ quoted: (String) -> String) -> String {
    switch self {
    case .startsWith(let text): return "starts with(?, \(quoted(text)))"
    case .endsWith(let text): return "ends with(?, \(quoted(text)))"
    case .contains(let text): return "contains(?, \(quoted(text)))"
    case .length(let interval):
      let bounds = [
        (interval.lower, interval.includesLower ? ">=" : ">"),
        (interval.upper, interval.includesUpper ? "<=" : "<"),
      ]
      let parts = bounds.compactMap { bound, sign in
        bound.map { "string length(?) \(sign) \(UnaryTest.Scale.number.feel($0))" }
      }
      return parts.joined(separator: " and ")
    }
  }
}

extension UnaryTest.Interval {
  /// The interval as FEEL writes it; an interval without bounds is `-`.
  fileprivate var feel: String {
    switch (lower, upper) {
    case (nil, nil): return "-"
    case (let lower?, nil): return (includesLower ? ">= " : "> ") + scale.feel(lower)
    case (nil, let upper?): return (includesUpper ? "<= " : "< ") + scale.feel(upper)
    case (let lower?, let upper?):
      if isPoint { return scale.feel(lower) }
      return (includesLower ? "[" : "(") + scale.feel(lower) + ".." + scale.feel(upper)
        + (includesUpper ? "]" : ")")
    }
  }
}

/// Recursive descent over one cell; every step answers `nil` where the text leaves the subset.
private struct UnaryTestParser {
  private let characters: [Character]
  private var position = 0
  /// Open `not(`, of which nobody needs many.
  private var depth = 0

  init(_ text: String) { characters = Array(text) }

  /// The text without outer white space.
  var trimmed: ArraySlice<Character> {
    guard let start = characters.firstIndex(where: { !$0.isWhitespace }),
      let end = characters.lastIndex(where: { !$0.isWhitespace })
    else { return [] }
    return characters[start...end]
  }

  mutating func whole() -> UnaryTest? {
    if trimmed.isEmpty || trimmed == ["-"] { return .any }
    guard let test = list(), isAtEnd else { return nil }
    return test
  }

  /// Tests separated by commas.
  private mutating func list() -> UnaryTest? {
    var tests: [UnaryTest] = []
    repeat {
      guard let test = single() else { return nil }
      tests.append(test)
    } while accept(",")
    return tests.count == 1 ? tests[0] : .anyOf(tests)
  }

  private mutating func single() -> UnaryTest? {
    if acceptWord("not") {
      depth += 1
      defer { depth -= 1 }
      guard depth <= 20, accept("("), let test = list(), accept(")") else { return nil }
      return .not(test)
    }
    if let sign = comparison() { return compared(sign) }
    if let includesLower = lowerBracket() { return interval(includesLower) }
    let start = position
    if let test = literal() { return test }
    position = start
    return condition()
  }

  private mutating func comparison() -> String? {
    ["<=", "<", ">=", ">", "!=", "==", "="].first { accept($0) }
  }

  /// What a sign of comparison means with the literal that follows.
  private mutating func compared(_ sign: String) -> UnaryTest? {
    switch sign {
    case "!=": return literal().map { .not($0) }
    case "=", "==": return literal()
    default:
      guard let (value, scale) = ordered() else { return nil }
      return .interval(bounded(sign, value, scale))
    }
  }

  private func bounded(_ sign: String, _ value: Double, _ scale: UnaryTest.Scale)
    -> UnaryTest.Interval
  {
    switch sign {
    case "<": .init(upper: value, includesUpper: false, scale: scale)
    case "<=": .init(upper: value, scale: scale)
    case ">": .init(lower: value, includesLower: false, scale: scale)
    case ">=": .init(lower: value, scale: scale)
    default: .init(lower: value, upper: value, scale: scale)
    }
  }

  private mutating func literal() -> UnaryTest? {
    if acceptWord("true") { return .boolean(true) }
    if acceptWord("false") { return .boolean(false) }
    if acceptWord("null") { return .null }
    if let text = string() { return .string(text) }
    return ordered().map { .interval(.init(lower: $0, upper: $0, scale: $1)) }
  }

  /// A literal of an ordered kind: a number, date, time or duration.
  private mutating func ordered() -> (Double, UnaryTest.Scale)? {
    if let number = number() { return (number, .number) }
    let start = position
    if let found = temporal() { return (found.value, found.scale) }
    position = start
    return nil
  }

  private mutating func temporal() -> FEELTemporal? {
    if accept("@") { return string().flatMap { FEELTemporal(any: $0) } }
    for function in ["date and time", "date", "time", "duration"] {
      let start = position
      guard acceptWord(function), accept("(") else {
        position = start
        continue
      }
      if let text = string() {
        return accept(")") ? FEELTemporal(function: function, text) : nil
      }
      guard function == "date", let year = whole(4), accept(","), let month = whole(2),
        accept(","), let day = whole(2), accept(")")
      else { return nil }
      return FEELTemporal(year: year, month: month, day: day)
    }
    return nil
  }

  private mutating func whole(_ digits: Int) -> Int? {
    number().flatMap { Int(exactly: $0) }.flatMap { String($0).count <= digits ? $0 : nil }
  }

  private mutating func lowerBracket() -> Bool? {
    if accept("[") { return true }
    return accept("(") || accept("]") ? false : nil
  }

  private mutating func interval(_ includesLower: Bool) -> UnaryTest? {
    guard let (lower, scale) = ordered(), accept(".."), let (upper, other) = ordered(),
      scale == other
    else { return nil }
    let includesUpper = accept("]")
    guard includesUpper || accept(")") || accept("[") else { return nil }
    return .interval(
      .init(
        lower: lower, includesLower: includesLower, upper: upper, includesUpper: includesUpper,
        scale: scale))
  }

  // MARK: Conditions on `?`

  /// Conditions joined by `or`, which binds less than `and`.
  private mutating func condition() -> UnaryTest? {
    var parts: [UnaryTest] = []
    repeat {
      var all: [UnaryTest] = []
      repeat {
        guard let part = simpleCondition() else { return nil }
        all.append(part)
      } while acceptWord("and")
      parts.append(all.count == 1 ? all[0] : .allOf(all))
    } while acceptWord("or")
    return parts.count == 1 ? parts[0] : .anyOf(parts)
  }

  private mutating func simpleCondition() -> UnaryTest? {
    if accept("?") { return relation() }
    if acceptWord("not") {
      depth += 1
      defer { depth -= 1 }
      guard depth <= 20, accept("("), let test = condition(), accept(")") else { return nil }
      return .not(test)
    }
    if acceptWord("string length") {
      guard acceptArgument(), accept(")"), let sign = comparison(), let length = number() else {
        return nil
      }
      let test = UnaryTest.text(.length(bounded(sign, length, .number)))
      return sign == "!=" ? .not(test) : test
    }
    if acceptWord("list contains") {
      guard accept("("), accept("["), let test = list(), accept("]"), accept(","), accept("?"),
        accept(")")
      else { return nil }
      return test.isListOfLiterals ? test : nil
    }
    for (name, sign) in [("before", "<"), ("after", ">")] where acceptWord(name) {
      guard acceptArgument(), accept(","), let (value, scale) = ordered(), accept(")") else {
        return nil
      }
      return .interval(bounded(sign, value, scale))
    }
    for name in ["contains", "starts with", "ends with"] where acceptWord(name) {
      guard acceptArgument(), accept(","), let text = string(), accept(")") else { return nil }
      return .text(
        name == "contains"
          ? .contains(text) : name == "starts with" ? .startsWith(text) : .endsWith(text))
    }
    return nil
  }

  /// `(?`.
  private mutating func acceptArgument() -> Bool { accept("(") && accept("?") }

  /// What follows a `?`.
  private mutating func relation() -> UnaryTest? {
    if let sign = comparison() { return compared(sign) }
    if acceptWord("between") {
      guard let (lower, scale) = ordered(), acceptWord("and"), let (upper, other) = ordered(),
        scale == other
      else { return nil }
      return .interval(.init(lower: lower, upper: upper, scale: scale))
    }
    guard acceptWord("in") else { return nil }
    let start = position
    if let includesLower = lowerBracket(), let test = interval(includesLower) { return test }
    position = start
    let isBracketed = accept("(")
    guard isBracketed || accept("["), let test = list(), accept(isBracketed ? ")" : "]"),
      isBracketed || test.isListOfLiterals
    else { return nil }
    return test
  }

  private mutating func string() -> String? {
    skipSpace()
    guard position < characters.count, characters[position] == "\"" else { return nil }
    var text = ""
    var index = position + 1
    while index < characters.count {
      switch characters[index] {
      case "\"":
        position = index + 1
        return text
      case "\\":
        index += 1
        guard index < characters.count else { return nil }
        switch characters[index] {
        case "\"", "\\", "'": text.append(characters[index])
        case "n": text.append("\n")
        case "t": text.append("\t")
        default: return nil
        }
      default: text.append(characters[index])
      }
      index += 1
    }
    return nil
  }

  /// A numeric literal that nothing of a name or another number follows.
  private mutating func number() -> Double? {
    skipSpace()
    var index = position
    func digits() -> Int {
      var end = index
      while end < characters.count, characters[end].isASCII, characters[end].isNumber { end += 1 }
      return end
    }
    if index < characters.count, characters[index] == "-" { index += 1 }
    let integerStart = index
    index = digits()
    var digitCount = index - integerStart
    // The dots of `1..2` are not a decimal point.
    if index + 1 < characters.count, characters[index] == ".", characters[index + 1].isASCII,
      characters[index + 1].isNumber
    {
      index += 1
      let fractionStart = index
      index = digits()
      digitCount += index - fractionStart
    }
    guard digitCount > 0 else { return nil }
    if index < characters.count, characters[index] == "e" || characters[index] == "E" {
      index += 1
      if index < characters.count, characters[index] == "-" || characters[index] == "+" {
        index += 1
      }
      let exponentStart = index
      index = digits()
      if index == exponentStart { return nil }
    }
    if index < characters.count, characters[index].isLetter || characters[index] == "_" {
      return nil
    }
    let written = String(characters[position..<index])
    guard let value = Double(written.hasPrefix(".") ? "0\(written)" : written), value.isFinite
    else { return nil }
    position = index
    return value
  }

  private mutating func skipSpace() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private var isAtEnd: Bool { characters[position...].allSatisfy(\.isWhitespace) }

  private mutating func accept(_ sign: String) -> Bool {
    skipSpace()
    guard characters[position...].starts(with: sign) else { return false }
    position += sign.count
    return true
  }

  /// A word that no further letter follows.
  private mutating func acceptWord(_ word: String) -> Bool {
    skipSpace()
    guard characters[position...].starts(with: word) else { return false }
    let end = position + word.count
    if end < characters.count, characters[end].isLetter || characters[end].isNumber { return false }
    position = end
    return true
  }
}

extension UnaryTest {
  /// Whether it is a literal or a list of them.
  fileprivate var isListOfLiterals: Bool {
    switch self {
    case .string, .boolean, .null: true
    case .interval(let interval): interval.isPoint
    case .anyOf(let tests): tests.allSatisfy(\.isListOfLiterals)
    case .any, .text, .allOf, .not, .opaque: false
    }
  }
}
