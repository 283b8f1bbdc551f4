extension StringProtocol {
  /// The text without white space at both ends.
  public var trimmed: String {
    let text = Substring(self)
    guard let first = text.utf8.first, let last = text.utf8.last else { return "" }
    // Most texts begin and end with a letter of ASCII: no character needs to be looked at.
    if (0x21...0x7F).contains(first), (0x21...0x7F).contains(last) { return String(text) }
    guard let start = text.firstIndex(where: { !$0.isWhitespace }),
      let end = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[start...end])
  }
}
