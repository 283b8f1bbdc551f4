import DocumentReading
import Facts
import Inventory

extension FileReading {
  /// The document that the reading of a file becomes, without credentials.
  func document(of file: CandidateFile?, format: String) -> SourceDocument {
    var reading = self
    reading.dropSecrets(of: file?.bytes ?? [])
    return SourceDocument(
      path: path, format: isBeside ? nil : format, status: status, digest: file?.digest ?? "",
      fragment: reading.fragment, problems: reading.problems)
  }

  /// Drops what looks like a credential from everything that was read, and mail addresses from the
  /// problems, which end up in logs; says how many credentials the file holds.
  ///
  /// - Parameter bytes: The file.
  mutating func dropSecrets(of bytes: [UInt8]) {
    var dropped = 0
    func clean(_ text: String) -> String {
      let (kept, count) = withoutSecrets(text)
      dropped += count
      return kept
    }
    fragment = fragment.mapTexts(clean)
    problems = problems.map { problem in
      var problem = problem
      problem.message = withoutAddresses(clean(problem.message))
      return problem
    }
    // What is packed shows its content only in what was read from it.
    let isPacked = bytes.starts(with: Array("PK".utf8))
    let found = isPacked ? [] : secrets(in: bytes)
    noteSecrets(found, dropped: dropped, bytes)
  }

  private mutating func noteSecrets(_ found: [FoundSecret], dropped: Int, _ bytes: [UInt8]) {
    let count = found.isEmpty ? dropped : found.count
    guard count > 0 else { return }
    let kinds = FoundSecret.Kind.allCases.compactMap { kind -> String? in
      let number = found.count { $0.kind == kind }
      return number == 0 ? nil : "\(number) × \(kind.rawValue)"
    }
    var location = SourceLocation(path: path)
    if let first = found.first {
      location.line = 1 + bytes[..<first.range.lowerBound].count { $0 == 0x0A }
    }
    let what = kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"
    note(
      .info,
      "\(count) value\(count == 1 ? " looks" : "s look") like a credential\(what); none is kept."
        + " Change \(count == 1 ? "it" : "them") where the file has been passed on", at: location)
  }
}

/// A text in which mail addresses give way to `[address]`.
func withoutAddresses(_ text: String) -> String {
  replacingAddresses(in: text) { _ in "[address]" }
}

/// A text in which each mail address gives way to something else.
func replacingAddresses(in text: String, with replacement: (String) -> String) -> String {
  guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
  let bytes = Array(text.utf8)
  func isOfName(_ byte: UInt8) -> Bool {
    isOfHost(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+") || byte == 0x25
  }
  func isOfHost(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte >= 0x80
  }
  var result: [UInt8] = []
  var copied = 0
  for at in bytes.indices where bytes[at] == UInt8(ascii: "@") {
    var start = at
    while start > copied, isOfName(bytes[start - 1]) { start -= 1 }
    var end = at + 1
    while end < bytes.count, isOfHost(bytes[end]) { end += 1 }
    // A full stop ends a sentence, not a host.
    while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    let host = bytes[at + 1..<end]
    guard start < at, let dot = host.lastIndex(of: UInt8(ascii: ".")), dot > host.startIndex,
      host.endIndex - dot > 2
    else { continue }
    result += bytes[copied..<start]
    result += Array(replacement(String(decoding: bytes[start..<end], as: UTF8.self)).utf8)
    copied = end
  }
  guard copied > 0 else { return text }
  result += bytes[copied...]
  return String(decoding: result, as: UTF8.self)
}
