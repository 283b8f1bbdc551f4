/// A name for a target that a file gives only by an expression, such as `in_Config(QueueName) of Bot`;
/// `nil` where the expression names nothing.
///
/// What cannot be known keeps a node of its own, so that a call does not vanish from the map and two
/// systems never share it. Of texts in the expression only keys in brackets are kept: addresses and
/// secrets may stand in the others.
func symbolicName(_ expression: String, of system: String) -> String? {
  var name = ""
  var text = ""
  var quote: Character?
  /// The last character before the text that is open.
  var before: Character = " "
  for character in expression.prefix(400) {
    if let open = quote {
      if character == open {
        if before == "(" || before == "[", isKey(text) { name += text }
        text = ""
        quote = nil
      } else {
        text.append(character)
      }
      continue
    }
    if character == "\"" || character == "'" {
      quote = character
      continue
    }
    if character.isLetter || character.isNumber || "_.()[]".contains(character) {
      name.append(character)
    } else if !character.isWhitespace, name.last.map({ $0.isLetter || $0 == ")" }) == true {
      name.append(" ")
    }
    if !character.isWhitespace { before = character }
  }
  name = name.split(separator: " ").first.map(String.init) ?? ""
  for conversion in [".ToString()", ".ToString", ".Trim()"] where name.hasSuffix(conversion) {
    name = String(name.dropLast(conversion.count))
  }
  guard name.contains(where: \.isLetter) else { return nil }
  return "\(name.prefix(60)) of \(system)"
}

/// Whether a text in an expression is a plain key, and neither an address nor what may be a secret.
private func isKey(_ text: String) -> Bool {
  !text.isEmpty && text.count <= 40 && text.count { $0.isNumber } <= 4
    && text.allSatisfy { $0.isLetter || $0.isNumber || "_-. $".contains($0) }
}
