import Facts

/// A number as people write it: thousands separated, no needless digits.
func numberText(_ number: Double) -> String {
  guard number.isFinite else { return number.isNaN ? "unknown" : number < 0 ? "−∞" : "∞" }
  let sign = number < 0 ? "−" : ""
  if number.magnitude < 1e15, number == number.rounded() {
    return sign + grouped("\(Int64(number.magnitude))")
  }
  let text = "\(number.magnitude)"
  guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return sign + text }
  return sign + grouped(String(text[..<point])) + text[point...]
}

/// A whole number with its thousands separated.
func numberText(_ number: Int) -> String { numberText(Double(number)) }

/// A share as a whole percentage, such as `57 %`.
func percentText(_ part: Int, of whole: Int) -> String {
  whole == 0 ? "none" : percentText(Double(part) / Double(whole))
}

/// A share in 0...1 as a whole percentage.
func percentText(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

/// A score with two decimals.
func scoreText(_ score: Double) -> String {
  let hundredths = Int((score * 100).rounded())
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}

/// A count with its noun: `1 system`, `3 systems`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(numberText(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// Names as a list in a sentence; of many, the first few and how many more.
func listText(_ names: [String], limit: Int = 6) -> String {
  if names.count > limit {
    return names.prefix(limit - 1).joined(separator: ", ") + " and \(names.count - limit + 1) more"
  }
  guard let last = names.last, names.count > 1 else { return names.first ?? "none" }
  return names.dropLast().joined(separator: ", ") + " and " + last
}

private func grouped(_ digits: String) -> String {
  var result = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return result
}

/// The words of a text in lower case: runs of letters and digits, broken also where a small letter
/// meets a capital one, so that `creditScore` is two words.
func words(of text: String) -> [String] {
  asciiWords(of: text) ?? wordsByCharacters(of: text)
}

/// The words of a text that is ASCII, byte by byte; `nil` of any other.
private func asciiWords(of text: String) -> [String]? {
  var words: [String] = []
  var word: [UInt8] = []
  var previousIsLower = false
  for byte in text.utf8 {
    switch byte {
    case 0x30...0x39, 0x61...0x7A:
      word.append(byte)
      previousIsLower = true
    case 0x41...0x5A:
      if previousIsLower {
        words.append(String(decoding: word, as: UTF8.self))
        word.removeAll(keepingCapacity: true)
      }
      word.append(byte + 0x20)
      previousIsLower = false
    case 0x80...: return nil
    default:
      if !word.isEmpty {
        words.append(String(decoding: word, as: UTF8.self))
        word.removeAll(keepingCapacity: true)
      }
      previousIsLower = false
    }
  }
  if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
  return words
}

/// The words of any text, character by character.
func wordsByCharacters(of text: String) -> [String] {
  var words: [String] = []
  var word = ""
  var previousIsLower = false
  for character in text {
    let isWordCharacter = character.isLetter || character.isNumber
    if !isWordCharacter || (character.isUppercase && previousIsLower) {
      if !word.isEmpty { words.append(word.lowercased()) }
      word = ""
    }
    if isWordCharacter { word.append(character) }
    previousIsLower = character.isLowercase || character.isNumber
  }
  if !word.isEmpty { words.append(word.lowercased()) }
  return words
}

/// The runs of up to three words of a text, in lower case with single spaces, in its order.
func phrases(of text: String) -> [String] {
  let all = words(of: text)
  return all.indices.flatMap { start in
    (start..<min(start + 3, all.count)).map { all[start...$0].joined(separator: " ") }
  }
}

/// Hours with one digit after the point below 10, else whole.
func hoursText(_ hours: Double) -> String {
  numberText(hours < 10 ? (hours * 10).rounded() / 10 : hours.rounded())
}

/// A share in 0...1 as a percentage with one digit after the point where it is small.
func shareText(_ share: Double) -> String {
  share < 0.1 ? "\(numberText((share * 1000).rounded() / 10)) %" : percentText(share)
}

/// Money as people write it: whole from 100 on.
func moneyText(_ money: Money) -> String {
  let amount = money.amount
  let rounded = amount < 100 ? (amount * 100).rounded() / 100 : amount.rounded()
  return "\(numberText(rounded)) \(money.currency)"
}
