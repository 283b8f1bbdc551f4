import Facts

/// The text of a file of unknown encoding.
///
/// A byte order mark decides between UTF-8 and UTF-16 and is removed; without one, valid UTF-8 is
/// UTF-8, and anything else that can be text is taken as Windows-1252, which is what Western
/// European office software writes.
/// - Throws: `wrongEncoding` for bytes that are not text: NUL bytes without a byte order mark, an
///   odd number of bytes in UTF-16, bytes that Windows-1252 does not define.
public func decodeText(_ bytes: [UInt8], path: String) throws(DocumentError) -> String {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
    guard let text = validUTF8(bytes[3...]) else {
      throw notText("it starts as UTF-8 but is not valid UTF-8; save it again as UTF-8", path)
    }
    return text
  }
  if bytes.starts(with: [0xFF, 0xFE]) { return try decodeUTF16(bytes, bigEndian: false, path) }
  if bytes.starts(with: [0xFE, 0xFF]) { return try decodeUTF16(bytes, bigEndian: true, path) }
  if bytes.contains(0) {
    throw notText("it contains NUL bytes and is not text; export it as UTF-8 text", path)
  }
  if let text = validUTF8(bytes[...]) { return text }
  return try decodeWindows1252(bytes, path)
}

/// The bytes of a text file in UTF-8 without byte order mark; the very same array where it is that.
func utf8Bytes(_ bytes: [UInt8], path: String) throws(DocumentError) -> [UInt8] {
  let isMarked = [0xEF, 0xFE, 0xFF].contains(bytes.first ?? 0)
  if !isMarked, !bytes.contains(0), isValidUTF8(bytes[...]) { return bytes }
  return Array(try decodeText(bytes, path: path).utf8)
}

/// Whether bytes are valid UTF-8.
private func isValidUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.withUnsafeBufferPointer { buffer in
    // Most files are ASCII, which eight bytes at a time tell quickly.
    if buffer.allSatisfy({ $0 < 0x80 }) { return true }
    return String(validating: buffer, as: UTF8.self) != nil
  }
}

private func validUTF8(_ bytes: ArraySlice<UInt8>) -> String? {
  String(validating: bytes, as: UTF8.self)
}

private func decodeUTF16(
  _ bytes: [UInt8], bigEndian: Bool, _ path: String
) throws(DocumentError) -> String {
  guard bytes.count.isMultiple(of: 2) else {
    throw notText("it starts as UTF-16 but has an odd number of bytes; export it again", path)
  }
  var units: [UInt16] = []
  units.reserveCapacity(bytes.count / 2)
  for index in stride(from: 2, to: bytes.count, by: 2) {
    let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
    units.append(bigEndian ? a << 8 | b : b << 8 | a)
  }
  guard let text = String(validating: units, as: UTF16.self) else {
    throw notText("it starts as UTF-16 but is not valid UTF-16; save it as UTF-8", path)
  }
  return text
}

private func decodeWindows1252(_ bytes: [UInt8], _ path: String) throws(DocumentError) -> String {
  var text = String.UnicodeScalarView()
  var line = 1
  for byte in bytes {
    if byte == 0x0A { line += 1 }
    guard (0x80...0x9F).contains(byte) else {
      text.append(Unicode.Scalar(byte))
      continue
    }
    guard let scalar = windows1252[Int(byte) - 0x80] else {
      throw DocumentError(
        .wrongEncoding, "the bytes here are neither UTF-8 nor Windows-1252; save it as UTF-8",
        at: SourceLocation(path: path, line: line))
    }
    text.append(scalar)
  }
  return String(text)
}

private func notText(_ found: String, _ path: String) -> DocumentError {
  DocumentError(.wrongEncoding, found, at: SourceLocation(path: path))
}

/// Code points of the bytes 0x80 to 0x9F in Windows-1252; five are not defined.
private let windows1252: [Unicode.Scalar?] = [
  "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
  nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
]
