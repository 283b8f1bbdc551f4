extension UnaryTest {
  /// The test that a cell of a decision table means.
  ///
  /// Understood are the unary tests of DMN 1.5, section 10.3.1.2 (grammar rules 13 to 17), over
  /// numbers, strings, truth values and `null`: comparisons, intervals with any brackets, lists,
  /// `not(…)`, `-` and the empty cell; also `=`, `==` and `!=`, which products write. What goes
  /// beyond that anywhere in the cell makes the whole cell `opaque`.
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
    case .anyOf(let tests): tests.map(\.feel).joined(separator: ", ")
    case .not(let test): "not(\(test.feel))"
    case .opaque(let text): text
    }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension UnaryTest.Interval {
  /// The interval as FEEL writes it; an interval without bounds is `-`.
  fileprivate var feel: String {
    switch (lower, upper) {
    case (nil, nil): return "-"
    case (let lower?, nil): return (includesLower ? ">= " : "> ") + number(lower)
    case (nil, let upper?): return (includesUpper ? "<= " : "< ") + number(upper)
    case (let lower?, let upper?):
      if lower == upper, includesLower, includesUpper { return number(lower) }
      return (includesLower ? "[" : "(") + number(lower) + ".." + number(upper)
        + (includesUpper ? "]" : ")")
    }
  }

  private func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
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
    if accept("<=") { return number().map { .interval(.init(upper: $0)) } }
    if accept("<") { return number().map { .interval(.init(upper: $0, includesUpper: false)) } }
    if accept(">=") { return number().map { .interval(.init(lower: $0)) } }
    if accept(">") { return number().map { .interval(.init(lower: $0, includesLower: false)) } }
    if accept("!=") { return literal().map { .not($0) } }
    if accept("==") || accept("=") { return literal() }
    if let includesLower = lowerBracket() { return interval(includesLower) }
    return literal()
  }

  private mutating func literal() -> UnaryTest? {
    if acceptWord("true") { return .boolean(true) }
    if acceptWord("false") { return .boolean(false) }
    if acceptWord("null") { return .null }
    if let text = string() { return .string(text) }
    return number().map { .interval(.init(lower: $0, upper: $0)) }
  }

  private mutating func lowerBracket() -> Bool? {
    if accept("[") { return true }
    return accept("(") || accept("]") ? false : nil
  }

  private mutating func interval(_ includesLower: Bool) -> UnaryTest? {
    guard let lower = number(), accept(".."), let upper = number() else { return nil }
    let includesUpper = accept("]")
    guard includesUpper || accept(")") || accept("[") else { return nil }
    return .interval(
      .init(
        lower: lower, includesLower: includesLower, upper: upper, includesUpper: includesUpper))
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
