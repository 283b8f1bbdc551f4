/// A phrase that is looked for in names: its words must all occur, next to one another and in order.
///
/// A star stands for any letters at the beginning or end of a word: `card number`, `kreditkarte*`,
/// `*zahlung*`. Capitals, hyphens, underscores and joined words (`cardNumber`) make no difference.
struct WordPattern: Sendable {
  private struct Part: Sendable {
    var text: String
    var isOpenBefore: Bool
    var isOpenAfter: Bool

    func matches(_ word: String) -> Bool {
      switch (isOpenBefore, isOpenAfter) {
      case (false, false): word == text
      case (false, true): word.hasPrefix(text)
      case (true, false): word.hasSuffix(text)
      case (true, true): word.contains(text)
      }
    }
  }

  /// The phrase as it was written.
  let text: String
  private let parts: [Part]

  init(_ text: String) {
    self.text = text
    parts = text.split(whereSeparator: { $0.isWhitespace || $0 == "-" || $0 == "_" }).compactMap {
      let word = $0.filter { $0 != "*" }.lowercased()
      return word.isEmpty
        ? nil : Part(text: word, isOpenBefore: $0.first == "*", isOpenAfter: $0.last == "*")
    }
  }

  /// Whether the phrase occurs among the words of a name, its words next to one another.
  func matches(_ words: [String]) -> Bool {
    guard !parts.isEmpty, words.count >= parts.count else { return false }
    return (0...(words.count - parts.count)).contains { start in
      parts.indices.allSatisfy { parts[$0].matches(words[start + $0]) }
    }
  }

  /// Whether a name begins with the phrase.
  func leads(_ words: [String]) -> Bool { matches(Array(words.prefix(parts.count))) }

  /// Whether all words of the phrase occur in a name, in any order and with others between them.
  func matchesInAnyOrder(_ words: [String]) -> Bool {
    !parts.isEmpty && parts.allSatisfy { part in words.contains(where: part.matches) }
  }

  /// Those words of a name that are none of the phrase's.
  func others(of words: [String]) -> [String] {
    words.filter { word in !parts.contains { $0.matches(word) } }
  }
}
