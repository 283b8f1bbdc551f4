/// Reads words, texts and blocks of the Drools Rule Language, past comments.
struct DroolsScanner {
  private let characters: [Character]
  private var position = 0
  private var line = 1
  /// Line of the word read last.
  private(set) var wordLine = 1
  /// Whether the text read last ended with one of its stop words.
  private(set) var foundStop = false

  init(_ text: String) { characters = Array(text) }

  var isAtEnd: Bool { position >= characters.count }

  private func peek(_ offset: Int = 0) -> Character? {
    let index = position + offset
    return index < characters.count ? characters[index] : nil
  }

  @discardableResult private mutating func take() -> Character? {
    guard let character = peek() else { return nil }
    if character.isNewline { line += 1 }
    position += 1
    return character
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "$"
  }

  /// Passes over a comment, if one begins here; `#` begins one where a statement may begin.
  private mutating func skipComment(allowsHash: Bool) -> Bool {
    if peek() == "/" && peek(1) == "/" || peek() == "#" && allowsHash {
      while let character = peek(), !character.isNewline { take() }
      return true
    }
    guard peek() == "/", peek(1) == "*" else { return false }
    take()
    take()
    while !isAtEnd, !(peek() == "*" && peek(1) == "/") { take() }
    take()
    take()
    return true
  }

  private mutating func skipSpace() {
    while let character = peek() {
      if character.isWhitespace || character == "\u{FEFF}" {
        take()
      } else if !skipComment(allowsHash: true) {
        return
      }
    }
  }

  /// The next word with hyphens, or the next character that belongs to none.
  mutating func nextWord() -> String? {
    skipSpace()
    wordLine = line
    guard let first = peek() else { return nil }
    guard Self.isWord(first) else {
      take()
      return String(first)
    }
    var word = ""
    while let character = peek(), Self.isWord(character) || character == "-" {
      word.append(character)
      take()
    }
    return word
  }

  /// A name in quotes, or up to the next space.
  mutating func name() -> String? {
    skipSpace()
    guard let first = peek() else { return nil }
    if first == "\"" || first == "'" { return quoted().trimmedOrNil }
    var name = ""
    while let character = peek(), !character.isWhitespace, !"(;@".contains(character) {
      name.append(character)
      take()
    }
    return name.trimmedOrNil
  }

  mutating func qualifiedName() -> String? {
    skipSpace()
    var name = ""
    while let character = peek(), Self.isWord(character) || character == "." {
      name.append(character)
      take()
    }
    return name.trimmedOrNil
  }

  /// The text of a literal in quotes, which does not go beyond its line.
  private mutating func quoted() -> String {
    guard let quote = take() else { return "" }
    var text = ""
    while let character = peek(), !character.isNewline {
      take()
      if character == quote { break }
      if character == "\\", let escaped = peek(), !escaped.isNewline {
        text.append(escaped)
        take()
      } else {
        text.append(character)
      }
    }
    return text
  }

  mutating func restOfLine() -> String {
    var text = ""
    while let character = peek(), !character.isNewline {
      text.append(character)
      take()
    }
    return text
  }

  /// Up to a semicolon or the end of the line.
  mutating func restOfStatement() -> String {
    var text = ""
    while let character = peek(), !character.isNewline, character != ";" {
      if skipComment(allowsHash: false) { continue }
      text.append(character)
      take()
    }
    return text.trimmedOrNil ?? ""
  }

  mutating func annotation() {
    while let character = peek(), Self.isWord(character) || character == "." { take() }
    skipSpace()
    if peek() == "(" { _ = block("(", ")") }
  }

  /// The value of an attribute: a literal, a number, an expression in brackets, or nothing.
  mutating func attributeValue() -> String {
    skipSpace()
    guard let first = peek() else { return "" }
    if first == "\"" || first == "'" {
      var values = [quoted()]
      skipSpace()
      while peek() == "," {
        take()
        skipSpace()
        guard peek() == "\"" || peek() == "'" else { break }
        values.append(quoted())
        skipSpace()
      }
      return values.joined(separator: ", ")
    }
    if first == "(" { return block("(", ")") }
    if first == "-" || first.isNumber {
      var number = ""
      while let character = peek(), character == "-" || Self.isWord(character) {
        number.append(character)
        take()
      }
      return number
    }
    for truth in ["true", "false"] {
      let characters = Array(truth)
      let isHere =
        characters.indices.allSatisfy { peek($0) == characters[$0] }
        && !(peek(characters.count).map(Self.isWord) ?? false)
      if isHere {
        for _ in characters { take() }
        return truth
      }
    }
    return ""
  }

  /// The name of a function, whose body is passed over.
  mutating func function() -> String? {
    var head = ""
    while let character = peek(), character != "(", character != "{" {
      head.append(character)
      take()
    }
    if peek() == "(" { _ = block("(", ")") }
    skipSpace()
    if peek() == "{" { _ = block("{", "}") }
    return head.split(whereSeparator: \.isWhitespace).last.map(String.init)
  }

  /// What stands between two brackets that belong together.
  private mutating func block(_ open: Character, _ close: Character) -> String {
    var depth = 0
    var text = ""
    while let character = peek() {
      if skipComment(allowsHash: false) { continue }
      if character == "\"" || character == "'" {
        text += "\"\(quoted())\""
        continue
      }
      take()
      if character == open {
        depth += 1
        if depth == 1 { continue }
      }
      if character == close {
        depth -= 1
        if depth == 0 { break }
      }
      text.append(character)
    }
    return text.trimmedOrNil ?? ""
  }

  /// A text without comments up to a word that stands by itself, which is passed over.
  mutating func text(until stops: Set<String>) -> String {
    var text = ""
    foundStop = false
    var previous: Character?
    while let character = peek() {
      if skipComment(allowsHash: false) {
        text.append(" ")
        previous = " "
        continue
      }
      if character == "\"" || character == "'" {
        let content = quoted().replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        text += "\"\(content)\""
        previous = "\""
        continue
      }
      guard Self.isWord(character) else {
        text.append(character)
        previous = character
        take()
        continue
      }
      var word = ""
      while let next = peek(), Self.isWord(next) {
        word.append(next)
        take()
      }
      let follows = peek()
      if stops.contains(word), previous != ".", follows != ".", follows != "(", follows != "=" {
        foundStop = true
        return text
      }
      text += word
      previous = word.last
    }
    return text
  }

  /// Goes on at the next line that begins a statement.
  mutating func skipToStatement() {
    let statements = [
      "rule", "query", "declare", "function", "import", "global", "package", "template",
    ]
    while !isAtEnd {
      while let character = peek(), !character.isNewline { take() }
      take()
      let rest = String(characters[position..<min(position + 12, characters.count)])
      let word = rest.drop { $0 == " " || $0 == "\t" }.prefix { $0.isLetter }
      if statements.contains(String(word)) { return }
    }
  }
}
