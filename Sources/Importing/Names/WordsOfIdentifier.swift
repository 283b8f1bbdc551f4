/// An identifier in camel case as words: `googleSheets` becomes `Google Sheets`.
///
/// Runs of capitals stay together (`readPDF` becomes `Read PDF`), and so do words with digits.
func words(ofIdentifier identifier: String) -> String {
  let characters = Array(identifier)
  var words: [String] = []
  var word = ""
  for (index, character) in characters.enumerated() {
    if character == "_" || character == "-" || character.isWhitespace {
      if !word.isEmpty { words.append(word) }
      word = ""
      continue
    }
    let follows = index + 1 < characters.count ? characters[index + 1] : nil
    let isStart =
      character.isUppercase
      && (word.last?.isLowercase ?? false
        || (word.last?.isUppercase ?? false) && (follows?.isLowercase ?? false))
    if isStart {
      words.append(word)
      word = ""
    }
    word.append(character)
  }
  if !word.isEmpty { words.append(word) }
  return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
}
