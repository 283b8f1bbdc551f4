// The words of conditions: names, numbers, texts in quotes, signs.

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

/// A word, number, text or sign of a condition.
struct ConditionToken: Equatable {
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

/// An error at a place in a condition.
func failure(_ message: String, at position: Int) -> ValueError {
  ValueError("\(message) (at character \(position))")
}

/// The tokens of a condition, without the brackets or sign that BPMN files put around it.
func conditionTokens(of text: String) throws(ValueError) -> [ConditionToken] {
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
