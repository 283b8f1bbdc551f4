import Facts

/// Parses a JSON document (RFC 8259) from an untrusted file.
///
/// An own reader, because Foundation's tells neither line nor order of members nor how a number was
/// written, and lets the last of two equal keys win in silence. A byte order mark is accepted, and
/// UTF-16 and Windows-1252 are decoded as `decodeText` does.
/// - Throws: `malformed` (also for a key twice in one object and for numbers beyond the range of
///   `Double`), `truncated`, `tooLarge`, `tooDeep`, `wrongEncoding`.
/// - Complexity: O(bytes).
public func parseJSON(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard
) throws(DocumentError) -> DataNode {
  try limits.checkSize(bytes.count, path: path)
  var parser = JSONParser(bytes: try utf8Bytes(bytes, path: path), path: path, limits: limits)
  return try parser.document()
}

/// Parses a JSON document whose root is an object and hands over what is in some of its lists, one item
/// after the other, so that a document of millions of records needs no memory for more than one of them
/// beside its bytes.
///
/// Limits and errors are those of `parseJSON`; what comes before an error has been handed over by then.
/// - Parameters:
///   - lists: Keys of the root whose values, arrays or objects, are handed over.
///   - take: Called with the key of the list, the key of the record where the list is an object, and the
///     record, in document order.
/// - Returns: The document, with those lists empty.
/// - Throws: as `parseJSON`.
/// - Complexity: O(bytes).
public func streamJSON(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard, lists: Set<String>,
  take: @escaping (_ list: String, _ key: String?, _ record: DataNode) -> Void
) throws(DocumentError) -> DataNode {
  try limits.checkSize(bytes.count, path: path)
  var parser = JSONParser(bytes: try utf8Bytes(bytes, path: path), path: path, limits: limits)
  parser.lists = lists
  parser.take = take
  return try parser.document()
}

private struct JSONParser {
  let bytes: [UInt8]
  let path: String
  let limits: DocumentLimits
  var position = 0
  var line = 1
  /// Offset of the current line's first byte, moved on by each continuation byte, so that the
  /// difference to `position` counts characters.
  var lineStart = 0
  var nodes = 0
  /// Members of the root whose contents are handed over, and who takes them.
  var lists: Set<String> = []
  var take: ((String, String?, DataNode) -> Void)?
  /// The list whose container comes next.
  private var list: String?

  init(bytes: [UInt8], path: String, limits: DocumentLimits) {
    self.bytes = bytes
    self.path = path
    self.limits = limits
  }

  // MARK: Grammar

  mutating func document() throws(DocumentError) -> DataNode {
    let root = try value(at: .root(path: path), depth: 1)
    skipSpace()
    guard position == bytes.count else {
      throw failure("more text follows the end of the document; keep one JSON value in a file")
    }
    return root
  }

  private mutating func value(
    at place: DataPlace, depth: Int
  ) throws(DocumentError) -> DataNode {
    skipSpace()
    nodes += 1
    if nodes > limits.nodes { throw limits.tooManyNodes(at: here) }
    let (line, column) = (line, column)
    let start = position
    switch try peek("a value") {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if depth > limits.depth { throw limits.tooDeep(at: here) }
      let value =
        bytes[position] == UInt8(ascii: "{")
        ? try object(place.opened(), depth) : try array(place.opened(), depth)
      return DataNode(value, line: line, column: column, place: place)
    case UInt8(ascii: "\""):
      return DataNode(.string(try string()), line: line, column: column, place: place)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let number = try number()
      let written = String(decoding: bytes[start..<position], as: UTF8.self)
      return DataNode(.number(number), written: written, line: line, column: column, place: place)
    default:
      for (word, value) in [
        ("true", DataNode.Value.bool(true)), ("false", .bool(false)), ("null", .null),
      ] where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        let written = value.isNull ? nil : word
        return DataNode(value, written: written, line: line, column: column, place: place)
      }
      if bytes[position] == UInt8(ascii: "/") {
        throw failure("found a comment, which JSON does not have; remove it")
      }
      throw failure("expected a value; correct the JSON or export it again")
    }
  }

  /// A member of the root whose contents are handed over.
  private mutating func records(
    _ key: String, at place: DataPlace, depth: Int
  ) throws(DocumentError) -> DataNode {
    skipSpace()
    let isContainer = [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(try peek("a value"))
    list = isContainer ? key : nil
    return try value(at: place, depth: depth)
  }

  private mutating func object(
    _ container: DataContainer, _ depth: Int
  ) throws(DocumentError) -> DataNode.Value {
    let handedOver = list
    list = nil
    position += 1
    var members: [DataMember] = []
    var known: Set<String> = []
    skipSpace()
    if try peek("a key or '}'") == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard try peek("a key") == UInt8(ascii: "\"") else {
        throw failure("expected a key in double quotes; correct the JSON or export it again")
      }
      let (keyLine, keyColumn) = (line, column)
      let key = try string()
      let isNew: Bool
      if handedOver == nil, members.count < 8 {
        // Most objects are small, and a set for each would take longer than looking.
        isNew = !members.contains { $0.key == key }
      } else {
        if known.isEmpty { known = Set(members.map(\.key)) }
        isNew = known.insert(key).inserted
      }
      guard isNew else {
        throw DocumentError(
          .malformed, "the key '\(key)' stands twice in one object; keep one of them",
          at: SourceLocation(path: path, line: keyLine, column: keyColumn))
      }
      skipSpace()
      guard try peek("':'") == UInt8(ascii: ":") else {
        throw failure("expected ':' after the key; correct the JSON or export it again")
      }
      position += 1
      let place = DataPlace(container: container, step: .key(key))
      let value =
        depth == 1 && lists.contains(key)
        ? try records(key, at: place, depth: depth + 1) : try value(at: place, depth: depth + 1)
      if let handedOver {
        take?(handedOver, key, value)
      } else {
        members.append(DataMember(key: key, line: keyLine, column: keyColumn, value: value))
      }
      skipSpace()
      switch try peek("',' or '}'") {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return .object(members)
      default:
        throw failure("expected ',' or '}' after a member; correct the JSON or export it again")
      }
    }
  }

  private mutating func array(
    _ container: DataContainer, _ depth: Int
  ) throws(DocumentError) -> DataNode.Value {
    let handedOver = list
    list = nil
    position += 1
    var items: [DataNode] = []
    var count = 0
    skipSpace()
    if try peek("an item or ']'") == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      let item = try value(
        at: DataPlace(container: container, step: .index(count)), depth: depth + 1)
      count += 1
      if let handedOver { take?(handedOver, nil, item) } else { items.append(item) }
      skipSpace()
      switch try peek("',' or ']'") {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return .array(items)
      default:
        throw failure("expected ',' or ']' after an item; correct the JSON or export it again")
      }
    }
  }

  private mutating func number() throws(DocumentError) -> Double {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let integerStart = position
    try digits()
    if bytes[integerStart] == UInt8(ascii: "0"), position > integerStart + 1 {
      throw failure("a number starts with a superfluous zero; correct the JSON")
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if position < bytes.count, [UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position]) {
      position += 1
      if position < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) {
        position += 1
      }
      try digits()
    }
    let number = Double(String(decoding: bytes[start..<position], as: UTF8.self))
    guard let number, number.isFinite else {
      throw failure("a number is larger than 1.8e308, which nothing can compute with; correct it")
    }
    return number
  }

  private mutating func digits() throws(DocumentError) {
    let start = position
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    if position == start {
      _ = try peek("a digit")
      throw failure("expected a digit; correct the JSON or export it again")
    }
  }

  private mutating func string() throws(DocumentError) -> String {
    position += 1
    var start = position
    var decoded: [UInt8] = []
    while true {
      let byte = try peek("'\"' at the end of a string")
      switch byte {
      case UInt8(ascii: "\""):
        decoded.append(contentsOf: bytes[start..<position])
        position += 1
        return String(decoding: decoded, as: UTF8.self)
      case UInt8(ascii: "\\"):
        decoded.append(contentsOf: bytes[start..<position])
        position += 1
        try escape(into: &decoded)
        start = position
      case 0..<0x20:
        throw failure("a string contains a raw control character; write it as an escape (\\n)")
      default:
        if byte & 0xC0 == 0x80 { lineStart += 1 }
        position += 1
      }
    }
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(DocumentError) {
    let byte = try peek("an escape")
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try hexadecimal()
      // Half a surrogate pair, as some programs cut it, becomes U+FFFD below.
      if (0xD800..<0xDC00).contains(scalar), bytes[position...].starts(with: [0x5C, 0x75]) {
        let afterHigh = position
        position += 2
        let low = try hexadecimal()
        if (0xDC00..<0xE000).contains(low) {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        } else {
          position = afterHigh
        }
      }
      decoded.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
    default: throw failure("a string contains an unknown escape; correct the JSON")
    }
  }

  private mutating func hexadecimal() throws(DocumentError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek("four hexadecimal digits")
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("expected four hexadecimal digits after \\u; correct the JSON")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: Bytes and places

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x0A:
        position += 1
        line += 1
        lineStart = position
      case 0x20, 0x09, 0x0D: position += 1
      default: return
      }
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func peek(_ expected: String) throws(DocumentError) -> UInt8 {
    guard position < bytes.count else {
      throw DocumentError(
        .truncated, "the document ends where \(expected) was expected; export or copy it again",
        at: here)
    }
    return bytes[position]
  }

  private var column: Int { position - lineStart + 1 }
  private var here: SourceLocation { SourceLocation(path: path, line: line, column: column) }
  private func failure(_ message: String) -> DocumentError {
    DocumentError(.malformed, message, at: here)
  }
}

extension DataNode.Value {
  fileprivate var isNull: Bool { if case .null = self { true } else { false } }
}
