extension StringProtocol {
  /// The text without white space at both ends.
  public var trimmed: String {
    let bytes = utf8
    guard let first = bytes.first, let last = bytes.last else { return "" }
    // Most texts begin and end with a letter of ASCII: no character needs to be looked at.
    if (0x21...0x7F).contains(first), (0x21...0x7F).contains(last) { return String(self) }
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }
}
