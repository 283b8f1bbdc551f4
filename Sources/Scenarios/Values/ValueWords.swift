internal import Facts

/// The candidate that most resembles a misspelt name; none where there are too many to look through.
func nearestName(to name: String, among candidates: [String]) -> String? {
  guard name.count <= 80, candidates.count <= 1000 else { return nil }
  return closestName(to: name, among: candidates)
}

/// Why a written value cannot be read: what was found, in words that finish "… is `text`: ".
struct ValueError: Error, Equatable {
  var message: String

  init(_ message: String) { self.message = message }
}

/// The words of a value: `"52 EUR/h"` is `["52", "EUR/h"]`, `"50%"` is `["50", "%"]`.
///
/// A number ends where its unit begins, with or without a space between them.
func valueWords(_ text: String) -> [String] {
  var words: [String] = []
  for word in text.split(whereSeparator: \.isWhitespace) {
    let number = numericPrefix(of: word)
    if number.isEmpty || number.count == word.count {
      words.append(String(word))
    } else {
      words.append(String(number))
      words.append(String(word.dropFirst(number.count)))
    }
  }
  return words
}

/// The longest beginning that is a decimal number, exponent included; empty where there is none.
private func numericPrefix(of word: Substring) -> Substring {
  var end = word.startIndex
  var hasDigit = false
  var position = word.startIndex
  func isDigit(_ index: Substring.Index) -> Bool {
    index < word.endIndex && word[index].isASCII && word[index].isNumber
  }
  if position < word.endIndex, "+-".contains(word[position]) {
    position = word.index(after: position)
  }
  while isDigit(position) || (position < word.endIndex && word[position] == ".") {
    if isDigit(position) { hasDigit = true }
    position = word.index(after: position)
    if hasDigit { end = position }
  }
  guard hasDigit else { return word[word.startIndex..<word.startIndex] }
  if position < word.endIndex, "eE".contains(word[position]) {
    var exponent = word.index(after: position)
    if exponent < word.endIndex, "+-".contains(word[exponent]) {
      exponent = word.index(after: exponent)
    }
    if isDigit(exponent) {
      while isDigit(exponent) { exponent = word.index(after: exponent) }
      end = exponent
    }
  }
  return word[word.startIndex..<end]
}

/// Reads a plain decimal number.
func parseNumber(_ word: String) throws(ValueError) -> Double {
  guard let first = word.unicodeScalars.first, "+-.0123456789".unicodeScalars.contains(first),
    let value = Double(word)
  else { throw ValueError("'\(shown(word))' is no number") }
  guard value.isFinite else { throw ValueError("'\(shown(word))' is too large") }
  // −0 and 0 are one value.
  return value + 0
}

/// A number alone: the whole of a value.
func parseLoneNumber(_ text: String) throws(ValueError) -> Double {
  let words = valueWords(text)
  guard let first = words.first else { throw ValueError("there is no number") }
  let value = try parseNumber(first)
  if words.count > 1 {
    throw ValueError("'\(shown(words[1]))' after the number is not understood")
  }
  return value
}

/// A number as people write it: without the decimal part where it has none.
func written(_ value: Double) -> String {
  if value.rounded() == value, value.magnitude < 1e15 { return String(Int64(value)) }
  return "\(value)"
}

/// A piece of the file as error texts show it: at most 60 characters, on one line.
func shown(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  return line.count > 60 ? line.prefix(57) + "…" : line
}
